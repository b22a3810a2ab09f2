"""One shape for typographic characters, with every character in its place.

`tidy` drops what cannot be seen (soft hyphens, joiners, marks of direction) and is what an article's
spans count in. `fold` then writes no-break and thin spaces, quotation marks and full-width digits in one
shape, character for character, so that a place found in the folded text is the same place in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_UNSEEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Behind a 10 they are a power, behind one or two letters part of a unit such as km².
_FOOTNOTE = re.compile(
    r"[⁰¹²³⁴⁵⁶⁷⁸⁹[](?:(?<=\w\[)\d{1,2}\]"
    r"|(?<!\[)(?:(?<=\d.)(?<!10.)|(?<=[^\W\d_]{3}.))[⁰¹²³⁴⁵⁶⁷⁸⁹]*)(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]|\[\d{1,2}\])*"
)
_NEWLINES = re.compile(r"[\r\x0b\x0c\x85\u2028\u2029](?:(?<=\r)\n)?")
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SINGLE = "‘’‚‛ʼ′`´"
_DOUBLE = "“”„‟«»″「」『』"
_FULL_WIDTH = "０１２３４５６７８９％＄．，"
_ONE_SHAPE = dict(
    zip(
        _SPACES + _SINGLE + _DOUBLE + _FULL_WIDTH + "−‐‑‒",
        " " * len(_SPACES) + "'" * len(_SINGLE) + '"' * len(_DOUBLE) + "0123456789%$.," + "----",
        strict=True,
    )
)
_OTHER_SHAPE = re.compile(f"[{''.join(_ONE_SHAPE)}]")

_COMMA_LANGUAGES = frozenset({"ru", "uk", "es", "de", "fr"})
_DECIMAL_COMMA = re.compile(r"\d(?<![\d,.].)\d{0,2}(?:[ '.]\d{3})*,\d{1,2}(?![\d,])")
_DECIMAL_POINT = re.compile(r"\d(?<![\d,.].)\d{0,2}(?:[ ',]\d{3})*\.\d{1,2}(?![\d.:])")
_WORDS = re.compile(r"\w+")
_SPANISH = frozenset(["de", "la", "el", "los", "las", "en", "que", "del", "según", "una", "con", "por"])
_ENGLISH = frozenset(["the", "of", "and", "to", "in", "is", "for", "that", "said", "with", "was", "has"])
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_CYRILLIC = re.compile(r"[а-яА-ЯёЁіїєґІЇЄҐ]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FAR = re.compile(r"[\u0400-\u04ff\u4e00-\u9fff]")
_SAMPLE = 5_000


class Custom(NamedTuple):
    """How a text writes: its language (en, es, ru, uk, zh) and its decimal mark, "." or ","."""

    language: str
    decimal: str


def tidy(text: str) -> str:
    """The text with one kind of line break, without what cannot be seen and without marks of footnotes."""
    return _FOOTNOTE.sub("", _UNSEEN.sub("", _NEWLINES.sub("\n", text)))


def raised_digits(text: str) -> str:
    """Digits small and raised, as printed behind a number or a word for a footnote."""
    return text.translate(_RAISED)


def fold(text: str) -> str:
    """The text in one shape of spaces, quotation marks, hyphens and digits; as long as it was."""
    return _OTHER_SHAPE.sub(lambda match: _ONE_SHAPE[match[0]], text)


def custom_of(folded: str) -> Custom:
    """The language and the decimal mark of a folded text, from its first pages."""
    return _custom(folded[:_SAMPLE])


@lru_cache(maxsize=8)
def _custom(sample: str) -> Custom:
    language = _language(sample)
    commas, points = len(_DECIMAL_COMMA.findall(sample)), len(_DECIMAL_POINT.findall(sample))
    if commas != points:
        return Custom(language, "," if commas > points else ".")
    return Custom(language, "," if language in _COMMA_LANGUAGES else ".")


def _language(sample: str) -> str:
    if not _FAR.search(sample):
        return _western(sample)
    letters = sum(map(str.isalpha, sample)) or 1
    if len(_CHINESE.findall(sample)) > 0.2 * letters:
        return "zh"
    cyrillic = len(_CYRILLIC.findall(sample))
    if cyrillic > 0.4 * letters:
        return "uk" if len(_UKRAINIAN.findall(sample)) > 0.02 * cyrillic else "ru"
    return _western(sample)


def _western(sample: str) -> str:
    """Spanish where its small words are more than those of English."""
    words = _WORDS.findall(sample.lower())
    spanish, english = (sum(map(listed.__contains__, words)) for listed in (_SPANISH, _ENGLISH))
    return "es" if spanish > english else "en"
