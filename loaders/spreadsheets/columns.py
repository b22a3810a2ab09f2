"""What the columns of a spreadsheet are: keys by their header or what they hold, numbers, flags, others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from pydantic import Field

from loaders.columns import is_blank
from loaders.files.table import LEVELS, RawTable
from loaders.model import Record, Text
from loaders.names import known_mineral, known_place, read_minerals, read_places
from loaders.numerals import with_plain_digits
from loaders.spreadsheets.checks import are_subdivisions, texts_of
from loaders.spreadsheets.flags import LONGEST_LETTERS, holds_number, meanings
from loaders.spreadsheets.headers import (
    Said,
    is_of_countries,
    measure_of,
    named_column,
    names_subdivisions,
    not_an_amount,
    said_by_header,
)
from loaders.spreadsheets.heads import SAMPLE
from loaders.spreadsheets.mapping import ValueColumn
from loaders.spreadsheets.units_of_minerals import name_and_unit
from loaders.spreadsheets.years import counts_fiscal_years, is_span
from loaders.units import known_unit
from loaders.values import clean, read_value
from loaders.vocabulary import ReserveClass

SURE = 0.95
LIKELY = 0.7
POSSIBLE = 0.4

LONGEST_SIGN = 20
"""Characters of a sign or of words that stand in place of a number."""


class Match(Record):
    """A proposed match: our column, the header (or the text for all rows), how sure, and why."""

    column: Text
    matched: str
    confidence: float = Field(ge=0, le=1)
    why: Text


class Keys(NamedTuple):
    """The columns that say what a figure is about, and what has to be asked of them."""

    matches: list[Match]
    questions: list[str]


def key_columns(raw: RawTable) -> Keys:
    """The best header for each of our columns, the surest first; each header is used once."""
    questions: list[str] = []
    found: list[Match] = []
    rows = _without_headings(raw)
    for header in raw.header:
        texts = texts_of(rows[header])
        reason = _of_parts_of_a_country(header, texts)
        if reason:
            questions.append(f"{reason}: is it a table of one country? Map it as place only if not.")
        else:
            found += _candidates(header, texts)
    matches: dict[str, Match] = {}
    taken: set[str] = set()
    for match in sorted(found, key=lambda match: -match.confidence):
        if match.column not in matches and match.matched not in taken:
            matches[match.column] = match
            taken.add(match.matched)
    questions += _rivals(found, matches, raw) + _parts_of_years(raw) + _fiscal(matches)
    return Keys(list(matches.values()), questions)


def _without_headings(raw: RawTable) -> pd.DataFrame:
    """The rows without lines of one text, such as the name of a country above the rows of its minerals."""
    if len(raw.header) < 3:
        return raw.frame
    sample = raw.frame.head(SAMPLE)
    alone = np.column_stack([~is_blank(sample[name]) for name in raw.header]).sum(axis=1) == 1
    return raw.frame if alone.all() or not alone.any() else sample.loc[~alone]


def _fiscal(matches: dict[str, Match]) -> list[str]:
    """A question about a column of fiscal years that are written as one year each."""
    header = matches["year"].matched if "year" in matches else ""
    return (
        [f"{header} counts fiscal years: do they count for the years they are called by? They keep a note."]
        if counts_fiscal_years(header)
        else []
    )


def _parts_of_years(raw: RawTable) -> list[str]:
    """Columns of months or quarters: the figures of their rows are not those of years."""
    names = [
        name
        for name in raw.header
        if re.fullmatch(
            r"month|quarter|monat|quartal|mois|trimestre|месяц|квартал|月份?|季度", name.strip(), re.I
        )
    ]
    return [f"The column {name} divides the year: is each row the figure of a year?" for name in names]


def _of_parts_of_a_country(header: str, texts: Sequence[str]) -> str | None:
    is_country = is_of_countries(header)
    if named_column(header) not in (None, "place"):
        return None  # MT in a column of units is not Montana
    reason = are_subdivisions(header, list(texts), is_country)
    if reason or not names_subdivisions(header):
        return reason
    return f"the column {header} is of parts of one country" if _held(texts)[0] == "place" else None


def _rivals(found: Sequence[Match], matches: dict[str, Match], raw: RawTable) -> list[str]:
    """Other columns that could be the place, mineral or year as well, and hold something else."""
    asked = []
    for column in ("place", "mineral", "year"):
        chosen = matches.get(column)
        for match in found:
            if chosen is None or match.column != column or match.matched == chosen.matched:
                continue
            if any(other.matched == match.matched for other in matches.values()):
                continue
            if chosen.why == match.why and not _are_the_same(column, raw, chosen.matched, match.matched):
                asked.append(
                    f"{chosen.matched} and {match.matched} both hold a {column}: which is it? "
                    f"{chosen.matched} is proposed."
                )
    return asked


def _are_the_same(column: str, raw: RawTable, one: str, other: str) -> bool:
    """Whether two columns say the same in every row, as names and codes of countries do."""
    sample = raw.frame[[one, other]].head(2_000)
    if column == "place":
        first, second = (read_places(sample[name], "any")["place"] for name in (one, other))
    elif column == "mineral":
        first, second = (read_minerals(sample[name], "any") for name in (one, other))
    else:
        first, second = sample[one], sample[other]
    both = first.notna() & second.notna()
    return bool((first[both] == second[both]).all())


def _candidates(header: str, texts: Sequence[str]) -> list[Match]:
    named = named_column(header)
    held, share = _held(texts)
    if held == "year" and not named and said_by_header(header).says:
        return []
    if named == "class" and not all(text in list(ReserveClass) for text in texts):
        named = "detail"
    candidates = []
    if named and not (named == "value" and held == "year"):
        sure = SURE if named == held or named not in _RECOGNISED else LIKELY
        if not (named == "detail" and held == "measure"):
            candidates.append(Match(column=named, matched=header, confidence=sure, why="its header"))
    if held and held != named and share > 0.5:
        confidence = POSSIBLE + share / 4
        candidates.append(Match(column=held, matched=header, confidence=confidence, why="what it holds"))
    return candidates


_RECOGNISED = ("place", "mineral", "unit", "year")
"""Columns whose content can be told."""


def _held(texts: Sequence[str]) -> tuple[str | None, float]:
    """Which of our columns the content looks like, and the share of texts that do."""
    column = pd.Series(list(map(with_plain_digits, texts)), dtype="string")
    if column.empty:
        return None, 0.0
    shares = {
        "place": sum(bool(known_place(text, "any").place) for text in texts) / len(texts),
        "mineral": sum(known_mineral(name_and_unit(text)[0], "any") is not None for text in texts)
        / len(texts),
        "unit": sum(known_unit(text, "any") is not None and not text.isdigit() for text in texts)
        / len(texts),
        "year": float(column.str.contains(r"^\s*(?:19|20)\d\d\s*$", regex=True).mean()),
        "measure": float(all(map(measure_of, texts))),
        "status": float(all(map(_says_status, texts))),
    }
    best = max(shares, key=lambda name: shares[name])
    return (best, shares[best]) if shares[best] > 0 else (None, 0.0)


def _says_status(text: str) -> bool:
    """Whether a text is a word for how a number came to be: 'geschätzt'; single letters may be anything."""
    return len(text) > LONGEST_LETTERS and bool(meanings([text], ()).get(text))


# Numbers --------------------------------------------------------------------------------------------------


class Numbers(NamedTuple):
    """The columns of amounts with what their headers say, other columns of numbers with the reason."""

    values: list[ValueColumn]
    said: list[Said]
    not_used: dict[str, str]
    questions: list[str]


def number_columns(raw: RawTable, keys: Sequence[str], value: str | None) -> Numbers:
    """The columns that hold amounts. One whose header says a rank, a share, a change, ... is none.

    Where a header says nothing, a column is taken only if it is the one column of numbers.
    """
    numeric = [name for name in raw.header if name not in keys and _holds_numbers(name, raw)]
    headers = [value] if value else numeric
    not_used = {name: "beside the column of values" for name in numeric if value and name != value}
    alone = len(headers) == 1
    values, said, questions = [], [], []
    for header in headers:
        kind = not_an_amount(header) or _of_percents(raw, header) or _of_days(header, headers)
        kind = kind or _counts_rows(raw, header)
        says = said_by_header(header)
        if kind and not (alone and is_span(header)):
            not_used[header] = kind
        elif not alone and not _says_what_it_is(says, header):
            not_used[header] = "its header does not say what it holds"
            questions.append(f"What does the column {header} hold? It is not used.")
        else:
            values.append(ValueColumn(header=header, says=says.says))
            said.append(says)
    return Numbers(values, said, not_used, questions)


def _of_percents(raw: RawTable, header: str) -> str | None:
    """What numbers are that all have a percent sign."""
    texts = texts_of(raw.frame[header])
    return "a share" if texts and all(text.endswith("%") for text in texts) else None


_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d-\d\d)(?!\d)")


def _of_days(header: str, headers: Sequence[str]) -> str | None:
    """What numbers are whose header is a day: of a year only on its last day, with no other of that year."""
    day = _DAY.search(header)
    if day is None:
        return None
    same = {found[2] for found in map(_DAY.search, headers) if found and found[1] == day[1]}
    return "a part of a year" if same != {"12-31"} else None


def _counts_rows(raw: RawTable, header: str) -> str | None:
    """What numbers are that have no header and count the rows, from 0 or 1, as data tools write them."""
    if not re.fullmatch(r"column \(\d+\)|unnamed: \d+|index", header, re.I):
        return None
    texts = [clean(text) for text in raw.frame[header]]
    counts = [[str(number + first) for number in range(len(texts))] for first in (0, 1)]
    return "a count of the rows" if len(texts) > 1 and texts in counts else None


def _says_what_it_is(says: Said, header: str) -> bool:
    known = says.says.keys() | says.several
    return bool(known & {"year", "measure", "unit", "mineral", "place", "class", "scheme"}) or bool(
        named_column(header) == "value"
    )


def _holds_numbers(header: str, raw: RawTable) -> bool:
    """Whether a column holds figures: mostly numbers, or a few where its header is a year or a measure."""
    texts = texts_of(raw.frame[header])
    numeric = [text for text in texts if holds_number(text)]
    if len(numeric) * 2 > len(texts):
        return True
    says = said_by_header(header)
    if says.says.keys().isdisjoint(_FIGURES) and says.several.isdisjoint(_FIGURES):
        return False
    figures = [text for text in texts if text in numeric or len(text) <= LONGEST_SIGN or read_value(text)]
    if numeric:
        return len(figures) == len(texts)
    return bool(texts) and all(text.startswith(":") or read_value(text) for text in texts)


_FIGURES = ("year", "measure")
"""What the header of a column of figures says."""


# Flags ----------------------------------------------------------------------------------------------------

_FLAG = re.compile(r"[A-Za-z]{1,4}\.?|\*{1,3}|[†‡§]")


def with_flags(
    raw: RawTable, values: Sequence[ValueColumn], keys: Sequence[str]
) -> tuple[list[ValueColumn], list[str]]:
    """The columns of numbers with the columns of letters beside them, and what has to be asked of those."""
    place = {header: number for number, header in enumerate(raw.header)}
    numeric = {place[column.header]: column for column in values}
    flags = [
        place[name]
        for name in raw.header
        if name not in keys and place[name] not in numeric and _is_flags(raw, name)
    ]
    if not flags:
        return list(values), []
    right = all(number - 1 in numeric for number in flags)
    left = all(number + 1 in numeric for number in flags)
    if right and left and all(_is_called_flag(raw.header[number]) for number in flags):
        left = False  # a column of that name follows its numbers
    if right == left:
        names = ", ".join(raw.header[number] for number in flags)
        return list(values), [
            f"Do the letters in {names} belong to the numbers to their left or right? Say flags."
        ]
    beside = {number + (-1 if right else 1): raw.header[number] for number in flags}
    marked = [column.model_copy(update={"flags": beside.get(place[column.header], "")}) for column in values]
    return marked, []


def _is_flags(raw: RawTable, header: str) -> bool:
    """Whether a column holds letters for the numbers beside it: it has no header of its own, or 'Flag'."""
    own = header.split(LEVELS)[-1]
    if _is_called_flag(header):
        return all(map(_FLAG.fullmatch, texts_of(raw.frame[header])))
    bare = re.fullmatch(r"column \(\d+\)|(?:f|status)(?: \(\d+\))?", own, re.I)
    texts = texts_of(raw.frame[header])
    place = raw.header.index(header)
    repeats = place > 0 and header.startswith(f"{raw.header[place - 1]} (")
    return bool(bare or repeats) and bool(texts) and all(map(_FLAG.fullmatch, texts))


def _is_called_flag(header: str) -> bool:
    return bool(re.fullmatch(r"(?:flags?|obs_flag)(?: \(\d+\))?", header.split(LEVELS)[-1], re.I))


def flags_in(raw: RawTable, values: Sequence[ValueColumn]) -> list[str]:
    """The different letters in columns beside the numbers."""
    return [text for column in values if column.flags for text in texts_of(raw.frame[column.flags])]


def status_is_flags(raw: RawTable, header: str | None) -> bool:
    """Whether a column that is called status holds letters for the numbers beside it, not codes for rows."""
    return header is not None and _is_flags(raw, header)
