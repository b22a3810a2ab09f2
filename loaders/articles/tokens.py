"""Tokens of a folded text: numbers, words, and digits that are dates, times or names, not amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from loaders.units import currencies

NUMBER = "number"
WORD = "word"
MARK = "mark"

_NO_CURRENCY = rf"(?!(?:{'|'.join([*currencies(), 'RMB', 'Rs'])})\d)"
_ODD = (
    ("a web address", r"https?://\S+"),
    (
        "a date",
        r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)\b|\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b"
        r"|(?<!\d)(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日)?",
    ),
    ("a time", r"\b\d{1,2}:\d\d(?::\d\d)?\b(?: ?[ap]\.?m\b\.?)?|\b\d{1,2}[.:]\d\d(?= ?[ap]\.?m\b)"),
    (
        "a telephone number",
        r"\+\d[\d() -]{6,18}\d|\b\d{1,4}(?:-\d{2,5}){2,5}\b|(?<![\d,.])0\d{0,4}(?: \d{2,4}){2,5}\b"
        r"|\b\d{3}-\d{4}\b(?! ?(?:t|kt|Mt|tonnes|tons)\b)",
    ),
    ("part of a name", rf"\b{_NO_CURRENCY}[A-Za-zА-Яа-яЁёІіЇїЄє]+\d+(?:[^\W_]*)(?:-\d+)?"),
)
_PARTS = "½¼¾⅓⅔⅕⅛"
_DIGITS = (  # first those to which one or two digits are glued behind full groups: the mark of a footnote
    r"\d{1,3}(?:,\d{3}){2,}\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3}){2,}\d{1,2}(?!\d)|"
    r"\d{1,3}(?:[ ']\d{3})+(?!\d)(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d{4,}(?:,\d{3})+(?!\d)"
    rf"|\d+(?:[.,]\d+| ?[{_PARTS}])?|[{_PARTS}]"
)
_WORD = (
    r"[A-Za-z]++(?![\w':])"  # most words: the next line would match the same, more slowly
    rf"|[\u4e00-\u9fff]++|[^\W\d_\u4e00-\u9fff{_PARTS}]++(?:'[^\W\d_]++)*+(?!\d|://)"
)
_TOKEN = re.compile(
    rf"(?=[\w+])(?:(?P<word>{_WORD})|"
    + "|".join(f"(?P<odd{number}>{pattern})" for number, (_, pattern) in enumerate(_ODD))
    + rf"|(?P<number>{_DIGITS}))"
)
_REASONS = {f"odd{number}": reason for number, (reason, _) in enumerate(_ODD)}


class Token(NamedTuple):
    """A token: `kind` is number, word or mark; `why` says what a mark is, such as "a date"."""

    start: int
    end: int
    kind: str
    text: str
    why: str = ""


def tokens(folded: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a folded text between two places; the text of words and marks has no capitals."""
    found: list[Token] = []
    for match in _TOKEN.finditer(folded, start, len(folded) if end is None else end):
        kind, text = match.lastgroup or WORD, match[0]
        begins, ends = match.span()
        if kind == WORD and not "\u4e00" <= text[0] <= "\u9fff":
            found.append(Token(begins, ends, WORD, text.casefold()))
        elif kind == WORD:
            found += _characters(match)
        elif kind == NUMBER:
            found.append(Token(begins, ends, NUMBER, text))
        else:
            found.append(Token(begins, ends, MARK, text.casefold(), _REASONS[kind]))
    return found


def _characters(match: re.Match[str]) -> Iterator[Token]:
    """Chinese is printed without spaces: scale signs stand alone, and so does every other sign."""
    for found in re.finditer(r"千[克米瓦]|(?:[百万亿]|千(?![克米瓦]))+|.", match[0]):
        yield Token(match.start() + found.start(), match.start() + found.end(), WORD, found[0])
