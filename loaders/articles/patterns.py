"""Patterns of tables, matched against small letters: Python's `re` is several times faster that way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

_CAPITAL = re.compile(r"(\\.|\(\?P)|([A-ZА-ЯЁІЇЄҐÁÉÍÓÚÑ])")


NEVER = "(?!)"
_IS_PATTERN = re.compile(r"[\\\[{+^$.]|\(\?")
_HEDGES = "about|some|another|a|further|nearly|almost|around|over|up|to|only|just|more|less|than|at|least"
_SLOTS = {
    " NUMBER": r"(?= (?:\w+ ){0,2}\d)",
    " MONEY": rf"(?= (?:(?:{_HEDGES}) )*(?:us|a|c)?[$€£¥])",
    " SUM": rf"(?= (?:(?:{_HEDGES}) )*(?:us|a|c)?[$€£¥\d])",
    "WORDS ": r"(?:[^\W\d][\w'-]* ){0,4}",
    " … ": r"(?:[^.;]|\.(?=\d)){1,80}?\b",
    "*": r"\w*",
    "(": "(?:",
}
_SLOT = re.compile("|".join(map(re.escape, _SLOTS)))
_OTHER_SCRIPT = re.compile("[\u0130\u0131\u017f\u0400-\u04ff\u212a\u4e00-\u9fff]")
_OTHER_LETTER = re.compile("[\u0400-\u04ff\u4e00-\u9fff]|\\[[\u0400-\u04ff\u4e00-\u9fff]+\\]")
PIECE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|<?[=!]|[a-z-]*:))?|[)|]|[^\\\[()|]", re.DOTALL)


def is_latin(text: str, start: int, end: int) -> bool:
    """Whether a text has neither Cyrillic nor Chinese letters between two places, nor İ, ı, ſ or Kelvin.

    Those four are to `re` the same as i, s and k in the other case, which they are not to `str.lower`.
    """
    return _OTHER_SCRIPT.search(text, start, end) is None


def of_words(words: str) -> str:
    """The pattern of a rule that is written in words; one that is a pattern already stays as it is.

    "(a|b)" is a choice, "?" makes what is before it optional, "*" stands for any ending, WORDS for up to four
    words, "…" for more of the clause; NUMBER, MONEY and SUM say that a number follows, a sum with the sign
    of a currency, or either.
    """
    if _IS_PATTERN.search(words):
        return words
    ends = "" if words.endswith(("NUMBER", "MONEY", "SUM")) or "\u4e00" <= words[-1] <= "\u9fff" else r"\b"
    return _SLOT.sub(lambda match: _SLOTS[match[0]], words) + ends


def in_year(words: str, year: int) -> str:
    """The words of a pattern with the years that its slots stand for in a document of a year.

    PASTYEAR is one before that year, COMINGYEAR that year or a later one, LATERYEAR a later one.
    """
    return _YEAR_SLOT.sub(lambda match: _years_between(*_YEAR_SLOTS[match[0]](year)), words)


@lru_cache(maxsize=256)
def of_year(words: str, year: int) -> re.Pattern[str]:
    """A pattern with slots for years, in a document of a year."""
    return re.compile(in_year(words, year))


def _years_between(first: int, last: int) -> str:
    return f"(?:{'|'.join(map(str, range(first, last + 1))) or NEVER})"


_YEAR_SLOTS: dict[str, Callable[[int], tuple[int, int]]] = {
    "PASTYEAR": lambda year: (1900, year - 1),
    "COMINGYEAR": lambda year: (year, 2099),
    "LATERYEAR": lambda year: (year + 1, 2099),
}
_YEAR_SLOT = re.compile("|".join(_YEAR_SLOTS))


def latin(words: str) -> str:
    """A pattern without the alternatives that only other letters than Latin ones can match."""
    return _choices(iter(PIECE.findall(words)))


def _choices(pieces: Iterator[str]) -> str:
    """The alternatives up to the end of a group, or what never matches where none is left."""
    choices, foreign = [""], [False]
    for piece in pieces:
        if piece == ")":
            break
        if piece == "|":
            choices.append("")
            foreign.append(False)
        elif piece.startswith("("):
            choices[-1] += f"{piece}{_choices(pieces)})"
        else:
            choices[-1] += piece
            foreign[-1] |= _OTHER_LETTER.fullmatch(piece) is not None
    kept = [choice for choice, is_foreign in zip(choices, foreign, strict=True) if not is_foreign]
    return "|".join(kept) if kept else NEVER


def by_letter(words: str) -> str:
    """A pattern with its alternatives put together by their first letter, where they begin with one.

    What is matched stays the same: only alternatives that exclude each other change places.
    """
    made: list[str] = []
    run: dict[str, list[str]] = {}
    for choice in [*alternatives(words), ""]:
        if _PLAIN_START.match(choice):
            run.setdefault(choice[0], []).append(choice[1:])
            continue
        made += [f"{letter}(?:{'|'.join(rest)})" for letter, rest in run.items()]
        made += [choice] if choice else []
        run = {}
    return "|".join(made)


_PLAIN_START = re.compile(r"[^\W\d_](?![?*+{])")


@cache
def alternatives(words: str) -> tuple[str, ...]:
    """The alternatives of a pattern, outside of its groups."""
    choices, depth = [""], 0
    for piece in PIECE.findall(words):
        depth += piece.startswith("(") - (piece == ")")
        if piece == "|" and not depth:
            choices.append("")
        else:
            choices[-1] += piece
    return tuple(choices)


def lowered(text: str) -> str:
    """The text in small letters, every character in its place."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def small_letters(words: str) -> re.Pattern[str]:
    """A pattern for small letters."""
    return re.compile(in_small_letters(words))


def in_small_letters(words: str) -> str:
    """The words of a pattern for small letters: capitals are lowered, escapes such as `\\S` kept."""
    return _CAPITAL.sub(lambda match: match[1] or match[2].lower(), words)
