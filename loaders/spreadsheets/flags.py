"""Letters beside numbers, such as `1084 e` or `2030 f`: what they say of the number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from loaders.columns import distinct
from loaders.knowledge import rules
from loaders.numerals import SPACES, with_plain_digits
from loaders.spreadsheets.years import is_year
from loaders.values import clean, read_value

TIMES = "万萬亿億"
"""Numerals that stand behind a number and multiply it, as they do before a unit: 6.3万 is 63,000."""

_PRINTED = rf"(?:e\s?)?[<>≤≥≈~]?\s*[-+−]?(?:\d(?:[\d.,\u066b]|{SPACES})*|[.,]\d+)(?:[eE][-+]\d+)?"
_SLASHED = r"(?:[A-Za-z]{1,2}|(?<=\s)\d{1,2})/(?:\s?(?:[A-Za-z]|\d{1,2})/)*"
"""Marks of footnotes as older tables have them: '990,000 2/', '350,000 r/', '6,800 r/ 3/'."""
_RAISED = "[ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]"
_LETTERS = (
    rf"{_SLASHED}|"
    r"[A-Za-z]{1,4}\.?|\*{1,3}|[†‡§]|[⁰¹²³⁴-⁹]{1,2}[)⁾]?|(?<=\s)\d{1,2}\)"
    rf"|{_RAISED}|[{TIMES}]"
)
_FLAGGED = re.compile(
    rf"({_PRINTED}|:|-|–|—|\.{{2,3}}|…)\s*(?:[(\[]?\s*({_LETTERS})\s*[)\]]?|([(\[]\d{{1,2}}[)\]]))"
)
_BEFORE = re.compile(rf"([~≈]|(?:ca?|est|approx)\.|circa|ca|about|около|ок\.|约)\s*({_PRINTED})", re.I)
_PERCENT = re.compile(rf"{_PRINTED}\s*%")
_MARK_OF_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\s*(\()?([A-Za-z]{1,2}|est\.?|\*+)(?(1)\))(?![\w])")
_IN_BRACKETS = re.compile(r"[(（]\s*\d[\d.,' ]*\d\d\s*[)）]")
"""A number in brackets, which is a number all the same; one of two digits may be that of a footnote."""
_NUMBER = re.compile(rf"{_PRINTED}(?:\s*(?:[-–—]|to)\s*{_PRINTED})?")


@lru_cache(maxsize=65_536)
def holds_number(text: str) -> bool:
    """Whether a text is a number, perhaps with signs, a flag or a percent sign."""
    cell = with_plain_digits(clean(text))
    if not any(map(str.isdigit, cell)):
        return False
    alone = _NUMBER.fullmatch(cell) or _PERCENT.fullmatch(cell) or _IN_BRACKETS.fullmatch(cell)
    return bool(alone) or _is_flagged_number(cell)


def number_cells(column: pd.Series) -> Any:
    """Where a column of texts holds a number: a mask, read once for each different text."""
    codes, texts = distinct(column)
    return np.array([holds_number(text) for text in texts], dtype=bool)[codes]


def _is_flagged_number(cell: str) -> bool:
    number, flag = split_flag(cell)
    return bool(flag) and any(map(str.isdigit, number))


def split_flag(text: str) -> tuple[str, str]:
    """A printed number, or a sign for none, and the letters behind or before it; none where there are none.

    What our table reads as it stands is never divided.
    """
    cell = with_plain_digits(clean(text))
    if read_value(cell):
        return cell, ""
    found = _FLAGGED.fullmatch(cell)
    if found:
        flag = found[2] or found[3]
        return found[1].strip(), unicodedata.normalize("NFKC", flag) if re.fullmatch(_RAISED, flag) else flag
    before = _BEFORE.fullmatch(cell)
    return (before[2].strip(), before[1]) if before else (cell, "")


def marks_of_years(header: str) -> list[str]:
    """The letters that stand at the years of a header: 'e' in '2020e', 'f' in '2030 (f)'."""
    return [mark for _, mark in _MARK_OF_YEAR.findall(header)]


def year_and_mark(text: str) -> tuple[str, str]:
    """The year of a cell such as '2023e' or '2024 (p)', and what its mark says; else the text and ""."""
    marks = marks_of_years(text) if is_year(text) else []
    says = meanings(marks, ()).get(marks[0], "") if marks else ""
    return (text.strip()[:4], says) if says else (text, "")


UNIT_FLAG = "unit: "
"""With what a flag begins in a mapping that says a unit: `kt = "unit: kt"`."""


@cache
def _known(eurostat: bool) -> dict[str, str]:
    found = {rule["flag"]: rule["says"] for rule in rules("value_flags") if not rule["beside"]}
    if eurostat:
        found |= {rule["flag"]: rule["says"] for rule in rules("value_flags") if rule["beside"]}
    return found


def meanings(flags: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """What flags mean: a status code, or words for a note; an empty text where that is not known.

    Some letters are known only beside the sign ':', which Eurostat has for "not available".
    """
    known = _known(any(text.startswith(":") for text in texts))
    return {flag: _meaning(flag, known) for flag in dict.fromkeys(flags)}


LONGEST_LETTERS = 4
"""Letters of a flag whose case counts; longer ones are words."""

_SUPERSCRIPT = re.compile("([⁰¹²³⁴-⁹]+)[)⁾]?")


def _meaning(flag: str, known: dict[str, str]) -> str:
    if flag in known:
        return known[flag]
    if len(flag) > LONGEST_LETTERS and flag.casefold() in known:
        return known[flag.casefold()]
    if flag.endswith("/"):
        return _of_slashed(flag, known)
    if raised := _SUPERSCRIPT.fullmatch(flag):
        return f"footnote {unicodedata.normalize('NFKC', raised[1])}"
    said = [known.get(letter, "") for letter in flag]
    return " ".join(said) if len(flag) > 1 and all(said) and not any(map(_is_code, said)) else ""


def unknown_marks(flags: Mapping[str, str], texts: Iterable[str]) -> Iterator[str]:
    """A question for each mark beside numbers of which nothing says what it means, with one of the texts."""
    printed = {split_flag(text)[1]: text for text in reversed(list(texts))}
    for flag, says in flags.items():
        if not says:
            where = f" in '{printed[flag]}'" if flag in printed else ""
            note = f'"E" for an estimate, "footnote {flag.strip("()[]")}" or other words for the note'
            said = f'"{UNIT_FLAG}{flag}吨" for a number of so many tonnes' if flag in TIMES else note
            yield f"What does '{flag}' beside a number mean{where}? Say under [flags]: {said}."


def meaning_in_words(words: str) -> str:
    """What the words of a note say that a letter means: E for 'estimated by the compiler'; "" if unknown."""
    first = words.split()[0].casefold().strip(".,;") if words.strip() else ""
    return _known(eurostat=False).get(first, "") if len(first) > LONGEST_LETTERS else ""


def _of_slashed(flag: str, known: dict[str, str]) -> str:
    """What 'r/', '2/' or 'r/ 3/' say: the letter, and the numbers of footnotes."""
    marks = [mark.strip() for mark in flag.split("/") if mark.strip()]
    letters = [mark for mark in marks if not mark.isdigit()]
    if not letters:
        return f"footnote {', '.join(marks)}"
    return known.get(letters[0], "") if len(letters) == 1 else ""


def _is_code(says: str) -> bool:
    return len(says) == 1
