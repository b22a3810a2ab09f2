"""How the columns of a spreadsheet become those of our tidy table: a `Mapping`, applied and kept.

`loaders.proposing` proposes one; a person confirms or corrects it. It is kept with the edition that was read
with it, and `renewed` for the next one. Nothing is applied that nobody has seen.
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

from loaders.columns import by_text, constant, is_blank
from loaders.errors import MineralsError
from loaders.files.table import RawTable
from loaders.formats.tidy import COLUMNS, REQUIRED
from loaders.model import Record, Text
from loaders.names import read_minerals, read_places
from loaders.numerals import written_here
from loaders.report import Ignored
from loaders.values import clean, read_value, read_values
from loaders.vocabulary import Status


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
    the separators in numbers that are stored as text; spaces between digits are always dropped. `symbols`
    maps a sign or words in place of a number to what our table has there: NA, W, XX, 0, ... `sheets` holds,
    for sheets of a workbook whose name or title says something else, what replaces the constants there.
    """

    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    values: tuple[ValueColumn, ...] = ()
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " "] = ","
    symbols: dict[str, str] = Field(default_factory=dict)
    sheets: dict[str, dict[str, str]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known(self) -> Mapping:
        told = [name for says in self.sheets.values() for name in says]
        _refuse_unknown_columns([*self.columns, *self.constants, *told])
        if self.decimal == self.thousands:
            raise ValueError("decimal and thousands separator are the same")
        unread = [text for text in self.symbols.values() if read_value(text) is None]
        if unread:
            raise ValueError(f"symbols: '{unread[0]}' is no value; expected NA, W, XX, 0, ...")
        return self


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
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MineralsError(f"this is not TOML: {error}.", file=file, remedy="Propose it again.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise MineralsError(
            f"this is no mapping: {first['msg']}.",
            file=file,
            column=".".join(str(part) for part in first["loc"]),
            remedy="Compare with data/TIDY.md.",
        ) from error


def renewed(kept: Mapping, raw: RawTable, proposed: Mapping) -> Mapping:
    """Last year's mapping for this year's table: columns whose headers differ in the year alone are the same.

    What last year's mapping said of a year that no header states is taken from what is `proposed` for this
    table, or left open, and so is the name of the edition: they would be last year's. A unit is left open
    where this table's title names another one.
    """
    values = tuple(column for header in raw.header for column in _same_column(kept.values, header))
    columns = {name: _same_header(header, raw) for name, header in kept.columns.items()}
    stale = [name for name in ("year", "edition") if name in kept.constants]
    stated = {name: text for name, text in kept.constants.items() if name not in stale}
    stated |= {name: proposed.constants[name] for name in stale if name in proposed.constants}
    if proposed.constants.get("unit", stated.get("unit")) != stated.get("unit"):
        stated.pop("unit", None)
    return kept.model_copy(
        update={
            "columns": columns,
            "constants": stated,
            "values": values or kept.values,
            "symbols": proposed.symbols | kept.symbols,
            "sheets": kept.sheets | proposed.sheets,
        }
    )


def _same_column(kept: Sequence[ValueColumn], header: str) -> list[ValueColumn]:
    """What was said of the column of that header, or of the first one that differs in the year alone."""
    alike = [column for column in kept if _yearless(column.header) == _yearless(header)]
    alike = [column for column in alike if column.header == header] or alike[:1]
    return [ValueColumn(header=header, says=_with_year(column.says, header)) for column in alike]


def _with_year(says: dict[str, str], header: str) -> dict[str, str]:
    """The year that the header states, in place of the one that was said; none if it states none."""
    years = set(YEAR.findall(header))
    rest = {name: text for name, text in says.items() if name != "year"}
    return rest | {"year": years.pop()} if "year" in says and len(years) == 1 else rest


def _same_header(kept: str, raw: RawTable) -> str:
    """The header that differs from last year's in the year alone; last year's if there is none."""
    alike = [header for header in raw.header if _yearless(header) == _yearless(kept)]
    return kept if kept in raw.header else next(iter(alike), kept)


def _yearless(header: str) -> str:
    return YEAR.sub("0000", clean(header))


YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def with_names(mapping: Mapping, dataset: str = "", edition: str = "") -> Mapping:
    """The mapping with names of dataset and edition for all rows, where they are given."""
    names = {"dataset": dataset, "edition": edition}
    return mapping.model_copy(
        update={"constants": mapping.constants | {name: text for name, text in names.items() if text}}
    )


# Applying -------------------------------------------------------------------------------------------


def misfit(mapping: Mapping, raw: RawTable, also: Iterable[str] = ()) -> str | None:
    """Why the mapping cannot be applied to the table, or None if it can.

    `also` names columns of ours that will be said elsewhere.
    """
    named = [*mapping.columns.values(), *(column.header for column in mapping.values)]
    absent = [header for header in named if header not in raw.header]
    if absent:
        return f"{raw.name}: the columns {', '.join(absent)} are missing"
    of_all = {*mapping.columns, *mapping.constants, *mapping.sheets.get(raw.sheet, {}), *also}
    stated = [{*of_all, *column.says, "value"} for column in mapping.values] or [of_all]
    wanting = [name for name in REQUIRED if not all(name in names for names in stated)]
    return f"nothing says {', '.join(wanting)}" if wanting else None


def apply(mapping: Mapping, raw: RawTable) -> RawTable:
    """The table with our columns, one line for each row and column of numbers; row numbers are kept.

    Rows without any number are titles and notes, unless they name a place and a mineral that we know: left
    out, and counted. A blank cell in another row is a figure that the publisher does not have. Raises
    MineralsError if the mapping does not fit.
    """
    reason = misfit(mapping, raw)
    if reason:
        raise MineralsError(f"the mapping does not fit: {reason}.", remedy="Correct it or propose it again.")
    used, ignored = _rows_used(mapping, raw)
    mapping = mapping.model_copy(update={"constants": mapping.constants | mapping.sheets.get(raw.sheet, {})})
    lines = [_lines(mapping, raw, used, column) for column in mapping.values]
    frame = pd.concat(lines) if lines else raw.frame[used]
    return replace(raw, frame=frame, ignored=(*raw.ignored, *ignored), headers=mapping.columns)


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
        ignored = tuple(item for raw in applied for item in raw.ignored)
        parts = tuple(raw.name for raw in applied for _ in range(len(raw.frame)))
        applied = [replace(applied[0], sheet="", frame=joined, ignored=ignored, parts=parts)]
    return [*applied, *others]


def _rows_used(mapping: Mapping, raw: RawTable) -> tuple[Any, list[Ignored]]:
    blank = [is_blank(raw.frame[column.header]) for column in mapping.values]
    no_number = np.logical_and.reduce(blank)
    keys = [mapping.columns[name] for name in ("place", "mineral") if name in mapping.columns]
    no_key = np.logical_or.reduce([is_blank(raw.frame[key]) for key in keys]) if keys else no_number
    numbering = _column_numbers(raw)
    reasons = {
        "blank row, title or note": no_number & ~numbering & ~_known_keys(mapping, raw),
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


def _known_keys(mapping: Mapping, raw: RawTable) -> Any:
    """Rows that name a place and a mineral that we know, as far as columns say them: figures, not titles."""
    known = np.full(len(raw.frame), "place" in mapping.columns)
    if "place" in mapping.columns:
        known &= np.asarray(read_places(raw.frame[mapping.columns["place"]], "any")["place"].notna())
    if "mineral" in mapping.columns:
        known &= np.asarray(read_minerals(raw.frame[mapping.columns["mineral"]], "any").notna())
    return known


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
        np.asarray(read_values(numbers(raw.frame[column.header], mapping))["known"])
        for column in mapping.values
    ]
    return ~np.logical_or.reduce(known)


def _lines(mapping: Mapping, raw: RawTable, used: Any, column: ValueColumn) -> pd.DataFrame:
    """The used rows as lines of our table for one column of numbers."""
    rows = raw.frame[used]
    said = mapping.constants | column.says
    lines = {name: rows[header] for name, header in mapping.columns.items()}
    lines |= {name: constant(text, rows.index) for name, text in said.items()}
    printed = rows[column.header]
    lines["value"] = numbers(printed, mapping)
    if raw.numbers is not None:
        lines["value"] = lines["value"].mask(raw.numbers.loc[used, column.header], printed)
    lines |= {"printed_value": printed, "column": constant(column.header, rows.index)}
    lines.setdefault("printed_measure", constant(column.header, rows.index))
    blank = pd.Series(is_blank(printed), index=rows.index)
    status = lines.get("status", constant("", rows.index))
    lines["status"] = status.mask(blank & (status == ""), Status.NOT_AVAILABLE.value)
    return pd.DataFrame(lines)


def numbers(column: pd.Series, mapping: Mapping) -> pd.Series:
    """A column of numbers as our table writes them, signs such as '…' as the mapping reads them."""
    written = written_here(column, mapping.decimal, mapping.thousands)
    if not mapping.symbols:
        return written
    return by_text(written, lambda text: mapping.symbols.get(clean(text), text))
