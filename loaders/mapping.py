"""From a spreadsheet with columns of its own to our tidy table: propose, let a person decide, apply, keep.

`propose` looks at the headers (words in several languages, `knowledge/header_words.csv`) and at what the
columns hold. A person confirms or corrects the `Mapping`, which is saved as TOML or JSON with the dataset
and applied again next year. Nothing is applied that nobody has seen: `apply` takes a mapping, not a guess.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pandas as pd
import tomlkit
from pydantic import Field, ValidationError, model_validator

from loaders.columns import by_text, constant, distinct, is_blank
from loaders.errors import MineralsError
from loaders.formats.tidy import COLUMNS, REQUIRED
from loaders.knowledge import rules
from loaders.model import Ignored, Record, Text
from loaders.names import find_mineral, read_minerals, read_places
from loaders.tables import RawTable
from loaders.units import read_units
from loaders.values import clean, read_values
from loaders.vocabulary import Status
from loaders.workbooks import LEVELS

SURE = 0.95
LIKELY = 0.7
POSSIBLE = 0.4


class ValueColumn(Record):
    """A column of numbers, and what its header says of all of them: year, measure, unit, class, ..."""

    header: Text
    says: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known(self) -> ValueColumn:
        _refuse_unknown_columns(self.says)
        return self


class Mapping(Record):
    """How the columns of a table become ours.

    `columns` maps our column to the header of theirs, `constants` our column to a text for all rows.
    `values` are the columns of numbers; one line is made for each of them. `decimal` and `thousands` are
    the separators in numbers that are stored as text; spaces between digits are always dropped.
    """

    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    values: tuple[ValueColumn, ...] = ()
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " "] = ","

    @model_validator(mode="after")
    def _known(self) -> Mapping:
        _refuse_unknown_columns([*self.columns, *self.constants])
        if self.decimal == self.thousands:
            raise ValueError("decimal and thousands separator are the same")
        return self


class Match(Record):
    """A proposed match: our column, the header (or the text for all rows), how sure, and why."""

    column: Text
    matched: str
    confidence: float = Field(ge=0, le=1)
    why: Text


class Proposal(Record):
    """A mapping to confirm or correct, the reason for each part, and the required columns still open."""

    mapping: Mapping
    matches: tuple[Match, ...]
    open: tuple[str, ...]


def _refuse_unknown_columns(names: Iterable[str]) -> None:
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise ValueError(f"{unknown[0]} is none of our columns: {', '.join(COLUMNS)}")


# Keeping --------------------------------------------------------------------------------------------


def to_toml(mapping: Mapping) -> str:
    """The mapping as TOML, to be kept with the dataset."""
    return tomlkit.dumps(mapping.model_dump())


def from_toml(text: str, file: str = "") -> Mapping:
    """The mapping of a TOML text. Raises MineralsError for a text that is none."""
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise MineralsError(f"this is not TOML: {error}.", file=file, remedy="Propose it again.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise MineralsError(
            f"this is no mapping: {first['msg']}.",
            file=file,
            column=".".join(str(part) for part in first["loc"]),
            remedy="Compare with data/TIDY.md.",
        ) from error


# Applying -------------------------------------------------------------------------------------------


def misfit(mapping: Mapping, raw: RawTable) -> str | None:
    """Why the mapping cannot be applied to the table, or None if it can."""
    named = [*mapping.columns.values(), *(column.header for column in mapping.values)]
    absent = [header for header in named if header not in raw.header]
    if absent:
        return f"{raw.name}: the columns {', '.join(absent)} are missing"
    stated = [{*mapping.columns, *mapping.constants, *column.says, "value"} for column in mapping.values]
    wanting = [name for name in REQUIRED if not all(name in names for names in stated or [set()])]
    return f"nothing says {', '.join(wanting)}" if wanting else None


def apply(mapping: Mapping, raw: RawTable) -> RawTable:
    """The table with our columns, one line for each row and column of numbers; row numbers are kept.

    Rows without any number and place or mineral are notes: left out, and counted. A blank cell in a row
    with other numbers is a figure that the publisher does not have. Raises MineralsError if the mapping
    does not fit.
    """
    reason = misfit(mapping, raw)
    if reason:
        raise MineralsError(f"the mapping does not fit: {reason}.", remedy="Correct it or propose it again.")
    used, ignored = _rows_used(mapping, raw)
    lines = [_lines(mapping, raw.frame[used], column) for column in mapping.values]
    frame = pd.concat(lines) if lines else raw.frame[used]
    return replace(raw, frame=frame, ignored=(*raw.ignored, *ignored))


def apply_all(mapping: Mapping, tables: Sequence[RawTable]) -> list[RawTable]:
    """The tables that the mapping fits as one with our columns; the others stay as they are.

    Sheets of one layout become one table, if they are all of one file. Raises MineralsError if none fits.
    """
    fitting = [raw for raw in tables if misfit(mapping, raw) is None]
    if not fitting:
        apply(mapping, tables[0])
    applied = [apply(mapping, raw) for raw in fitting]
    others = [raw for raw in tables if not any(raw is fit for fit in fitting)]
    if len(applied) > 1:
        frames = [raw.frame.assign(file=raw.name, row=raw.frame.index.astype(str)) for raw in applied]
        joined = pd.concat(frames).astype("string")
        first = replace(
            applied[0], sheet="", frame=joined, ignored=tuple(i for raw in applied for i in raw.ignored)
        )
        applied = [first]
    return [*applied, *others]


def _rows_used(mapping: Mapping, raw: RawTable) -> tuple[Any, list[Ignored]]:
    blank = [is_blank(raw.frame[column.header]) for column in mapping.values]
    no_number = np.logical_and.reduce(blank)
    keys = [mapping.columns[name] for name in ("place", "mineral") if name in mapping.columns]
    no_key = np.logical_or.reduce([is_blank(raw.frame[key]) for key in keys]) if keys else no_number
    numbering = _column_numbers(raw)
    reasons = {
        "blank row, title or note": no_number & ~numbering,
        "the columns are numbered here": numbering,
    }
    notes = no_key & _no_values(mapping, raw)
    reasons["note below the table"] = notes & ~no_number & ~numbering
    left_out = np.logical_or.reduce(list(reasons.values()))
    return ~left_out, [
        Ignored(file=raw.name, reason=reason, count=int(mask.sum()))
        for reason, mask in reasons.items()
        if mask.any()
    ]


def _column_numbers(raw: RawTable) -> Any:
    """Rows that read 1, 2, 3, ... across, as statistical offices print below a header."""
    if raw.frame.shape[1] < 3:
        return np.zeros(len(raw.frame), dtype=bool)
    expected = [str(position) for position in range(1, raw.frame.shape[1] + 1)]
    equal = [raw.frame.iloc[:, i].str.strip() == text for i, text in enumerate(expected)]
    return np.logical_and.reduce([np.asarray(mask.fillna(False), dtype=bool) for mask in equal])


def _no_values(mapping: Mapping, raw: RawTable) -> Any:
    """Rows whose number columns hold nothing that is a value."""
    known = [
        np.asarray(read_values(_numbers(raw.frame[column.header], mapping))["known"])
        for column in mapping.values
    ]
    return ~np.logical_or.reduce(known)


def _lines(mapping: Mapping, rows: pd.DataFrame, column: ValueColumn) -> pd.DataFrame:
    """The rows as lines of our table for one column of numbers."""
    said = mapping.constants | column.says
    lines = {name: rows[header] for name, header in mapping.columns.items()}
    lines |= {name: constant(text, rows.index) for name, text in said.items()}
    printed = rows[column.header]
    lines["value"] = _numbers(printed, mapping)
    lines |= {"printed_value": printed, "column": constant(column.header, rows.index)}
    lines.setdefault("printed_measure", constant(column.header, rows.index))
    blank = pd.Series(is_blank(printed), index=rows.index)
    status = lines.get("status", constant("", rows.index))
    lines["status"] = status.mask(blank & (status == ""), Status.NOT_AVAILABLE.value)
    return pd.DataFrame(lines)


_SPACES = "[   \u2007\u2009\u202f']"


def _numbers(column: pd.Series, mapping: Mapping) -> pd.Series:
    """Numbers written as elsewhere ('1 234,5') written as here ('1234.5'); other texts as they are."""
    decimal, thousands = re.escape(mapping.decimal), re.escape(mapping.thousands)
    groups = f"(?:{_SPACES}|{thousands})" if mapping.thousands.strip() else _SPACES
    number = re.compile(rf"([<>≈~]?\s*)(\d{{1,3}}(?:{groups}\d{{3}})+|\d+)(?:{decimal}(\d+))?")

    def written_here(text: str) -> str:
        match = number.fullmatch(clean(text))
        if not match:
            return text
        whole = re.sub(r"\D", "", match[2])
        return f"{match[1].strip()}{whole}.{match[3]}" if match[3] else f"{match[1].strip()}{whole}"

    return by_text(column, written_here)


# Proposing ------------------------------------------------------------------------------------------


def propose(raw: RawTable, dataset: str = "", edition: str = "") -> Proposal:
    """A mapping for a table, from its headers, the lines above them, the sheet's name, and its content."""
    matches = _match_columns(raw)
    columns = {match.column: match.matched for match in matches}
    numbers = [
        name for name in raw.header if name not in columns.values() and _is_number_column(raw.frame[name])
    ]
    value = columns.pop("value", None)
    values = _told_apart([_value_column(name) for name in ([value] if value else numbers)])
    stated = _constants(raw, columns, values) | {
        name: text for name, text in (("dataset", dataset), ("edition", edition)) if text
    }
    stated, values = _classes_where_they_apply(stated, values)
    decimal, thousands = _separators(raw.frame[[column.header for column in values]])
    mapping = Mapping(
        columns=columns, constants=stated, values=tuple(values), decimal=decimal, thousands=thousands
    )
    said = [set(column.says) for column in values]
    everywhere = set.intersection(*said) if said else set()
    settled = {*columns, *stated, *everywhere} | ({"value"} if values else set())
    return Proposal(
        mapping=mapping,
        matches=(*matches, *_reasons(mapping, matches)),
        open=tuple(name for name in REQUIRED if name not in settled),
    )


def _match_columns(raw: RawTable) -> list[Match]:
    """The best header for each of our columns, the surest first; each header is used once."""
    found = [match for header in raw.header for match in _candidates(header, raw.frame[header])]
    matches: dict[str, Match] = {}
    taken: set[str] = set()
    for match in sorted(found, key=lambda match: -match.confidence):
        if match.column not in matches and match.matched not in taken:
            matches[match.column] = match
            taken.add(match.matched)
    return list(matches.values())


def _candidates(header: str, column: pd.Series) -> list[Match]:
    named = _named_column(header)
    held, share = _held(column)
    candidates = []
    if named:
        sure = SURE if named == held or named not in _RECOGNISED else LIKELY
        candidates.append(Match(column=named, matched=header, confidence=sure, why="its header"))
    if held and held != named and share > 0.5:
        candidates.append(
            Match(column=held, matched=header, confidence=POSSIBLE + share / 4, why="what it holds")
        )
    return candidates


_RECOGNISED = ("place", "mineral", "unit", "year")
"""Columns whose content can be told."""

SAMPLE = 2_000
"""Rows that are looked at to tell what a column holds."""


def _named_column(header: str) -> str | None:
    """Our column of which the whole header is a known name."""
    text = clean(header).casefold()
    if text in COLUMNS:
        return text
    for rule in rules("header_words"):
        if not rule["code"] and re.fullmatch(rule["words"], text, re.I):
            return rule["says"]
    return None


def _held(column: pd.Series) -> tuple[str | None, float]:
    """Which of our columns the content looks like, and the share of texts that do."""
    texts = pd.Series([text for text in distinct(column.head(SAMPLE))[1] if text.strip()], dtype="string")
    if texts.empty:
        return None, 0.0
    shares = {
        "place": float((read_places(texts, "any")["place"].notna()).mean()),
        "mineral": float(read_minerals(texts, "any").notna().mean()),
        "unit": float((read_units(texts, "any")["unit"].notna() & ~texts.str.isdigit()).mean()),
        "year": float(texts.str.contains(r"^\s*(?:19|20)\d\d\s*$", regex=True).mean()),
    }
    best = max(shares, key=lambda name: shares[name])
    return (best, shares[best]) if shares[best] > 0 else (None, 0.0)


_DIGITS = re.compile(rf"[<>≈~]?\s*\d(?:[\d.,]|{_SPACES})*")


def _is_number_column(column: pd.Series) -> bool:
    texts = [text for text in distinct(column.head(SAMPLE))[1] if text.strip()]
    numbers = [text for text in texts if _DIGITS.fullmatch(clean(text))]
    return len(numbers) * 2 > len(texts)


def _value_column(header: str) -> ValueColumn:
    """What the header of a number column says: '2023', 'Запасы | A+B+C1, тыс. т'."""
    return ValueColumn(header=header, says=_said(header))


def _told_apart(values: list[ValueColumn]) -> list[ValueColumn]:
    """Columns of one measure and year keep what tells them apart as detail: 'A+B+C1', 'C2'."""
    said = [(column.says.get("measure"), column.says.get("year")) for column in values]
    return [
        ValueColumn(header=column.header, says=column.says | {"detail": column.header.split(LEVELS)[-1]})
        if said.count(key) > 1
        else column
        for column, key in zip(values, said, strict=True)
    ]


_IN_THE_GROUND = ("reserves", "resources", "holdings")


def _classes_where_they_apply(
    stated: dict[str, str], values: list[ValueColumn]
) -> tuple[dict[str, str], list[ValueColumn]]:
    """Class and scheme of a title go to the columns of what is in the ground, not to production."""
    if not any("measure" in column.says for column in values):
        return stated, values
    kinds = {name: stated[name] for name in ("class", "scheme") if name in stated}
    rest = {name: text for name, text in stated.items() if name not in kinds}
    ground = [column.says.get("measure", stated.get("measure")) in _IN_THE_GROUND for column in values]
    said = [
        kinds | column.says if is_ground else column.says
        for column, is_ground in zip(values, ground, strict=True)
    ]
    return rest, [ValueColumn(header=c.header, says=says) for c, says in zip(values, said, strict=True)]


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]|[,，:：|]\s*([^,，:：|]+)$")


def _said(text: str) -> dict[str, str]:
    """Year, unit, measure, class and scheme that a header or a title names."""
    said: dict[str, str] = {}
    years = _YEAR.findall(text)
    if len(set(years)) == 1:
        said["year"] = years[0]
    unit = _unit_in(text)
    if unit:
        said["unit"] = unit
    for rule in rules("header_words"):
        if rule["code"] and re.search(
            rf"(?<!\w)(?:{rule['words']})(?!\w)|{_chinese(rule['words'])}", text, re.I
        ):
            said.setdefault(rule["says"], rule["code"])
    return said


def _chinese(words: str) -> str:
    """The words that are written without spaces between them, which may stand anywhere in a text."""
    found = [word for word in words.split("|") if re.search(r"[\u4e00-\u9fff]", word)]
    return "|".join(found) or r"(?!)"


def _unit_in(text: str) -> str | None:
    """The unit that stands in brackets, behind a comma or colon, or alone."""
    parts = [clean(inside or after) for inside, after in _IN_BRACKETS.findall(text)]
    texts = pd.Series([*parts, clean(text)], dtype="string")
    known = read_units(texts, "any")["unit"].notna()
    return str(texts[known].iloc[0]) if known.any() else None


def _constants(raw: RawTable, columns: dict[str, str], values: Sequence[ValueColumn]) -> dict[str, str]:
    """What the sheet's name and the lines above the header say for all rows."""
    stated: dict[str, str] = {}
    for text in (*raw.above, raw.sheet):
        stated = _said(text) | stated
        mineral = find_mineral(text)
        if mineral:
            stated.setdefault("mineral", mineral)
    said_by_all = set.intersection(*(set(column.says) for column in values)) if values else set()
    return {name: text for name, text in stated.items() if name not in columns and name not in said_by_all}


def _separators(numbers: pd.DataFrame) -> tuple[Literal[".", ","], Literal["", ",", ".", " "]]:
    """Decimal and thousands separator, from the numbers that can be read in one way only."""
    texts = [clean(text) for name in numbers for text in distinct(numbers[name].head(SAMPLE))[1]]
    if any(re.search(r"\d,\d{1,2}$|\d,\d{4,}$|^0,\d+$|\.\d{3},\d+$", text) for text in texts):
        dotted = any(re.search(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$", text) for text in texts)
        return ",", "." if dotted else " "
    return ".", ","


def _reasons(mapping: Mapping, matches: Sequence[Match]) -> list[Match]:
    """Why the constants and the number columns are proposed."""
    told = [
        Match(column=name, matched=text, confidence=LIKELY, why="title or name of the sheet")
        for name, text in mapping.constants.items()
        if name not in ("dataset", "edition")
    ]
    by_header = {match.matched for match in matches}
    told += [
        Match(column="value", matched=column.header, confidence=LIKELY, why="it holds numbers")
        for column in mapping.values
        if column.header not in by_header
    ]
    return told
