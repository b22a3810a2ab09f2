"""USGS Mineral Commodity Summaries 2025: one wide table, units in a column, zeros blank."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.files.table import RawTable
from loaders.formats.observations import Reading, RowAccount
from loaders.formats.refusing import ignored_rows
from loaders.formats.usgs.common import edition_of, observations
from loaders.report import Problem
from loaders.values import clean_column
from loaders.vocabulary import Severity

NAME = "USGS MCS, one wide table (2025)"
PUBLISHER = "usgs"

_HEADER = ["SOURCE", "COMMODITY", "COUNTRY", "TYPE", "UNIT_MEAS"]
_VALUE_HEADER = re.compile(r"(PROD|CAP|RESERVES)_(EST_)? ?(\d{4})")
_KINDS = {
    "PROD": ("production", "PROD_NOTES"),
    "CAP": ("capacity", "CAP_NOTES"),
    "RESERVES": ("reserves", "RESERVE_NOTES"),
}


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    if len(tables) != 1:
        return f"expected one table, found {len(tables)}"
    header = list(tables[0].header)
    missing = [name for name in [*_HEADER, *(note for _, note in _KINDS.values())] if name not in header]
    if missing:
        return f"{tables[0].file}: the columns {', '.join(missing)} are missing"
    if not any(match[1] == "PROD" for match in _value_headers(header)):
        return f"{tables[0].file}: no column such as PROD_2023"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the one table; a blank production cell is a zero (the edition prints no zeros)."""
    raw = tables[0]
    blank = clean_column(raw.frame["COUNTRY"]) == ""
    rows = raw.frame[~blank]
    unit, warnings = _units(raw.file, rows)
    headers = _value_headers(raw.header)
    edition = edition_of(pd.Series([int(match[3]) for match in headers if match[1] != "RESERVES"]))
    return observations(
        pd.concat([_cells(raw.file, rows, unit, match) for match in headers], ignore_index=True),
        edition,
        RowAccount(len(raw.frame), ignored_rows(raw.file, blank, "blank row"), warnings),
        answers,
    )


def _value_headers(header: Sequence[str]) -> list[re.Match[str]]:
    return [match for name in header if (match := _VALUE_HEADER.fullmatch(name))]


def _cells(file: str, rows: pd.DataFrame, unit: pd.Series, header: re.Match[str]) -> pd.DataFrame:
    kind, note = _KINDS[header[1]]
    return pd.DataFrame(
        {
            "file": file,
            "row": rows.index,
            "column": header[0],
            "namespace": "usgs",
            "chapter": rows["COMMODITY"],
            "name": rows["COUNTRY"],
            "words": rows["TYPE"],
            "qualifier": "",
            "context": "",
            "heading": "",
            "kind": kind,
            "year": int(header[3]),
            "unit": unit,
            "printed_unit": rows["UNIT_MEAS"],
            "value": rows[header[0]],
            "estimated": header[2] is not None,
            "note": rows[note],
            "blank_is_zero": kind == "production",
        }
    )


def _units(file: str, rows: pd.DataFrame) -> tuple[pd.Series, list[Problem]]:
    """A blank unit is that of the other rows of its commodity and type, if they agree; with a warning."""
    unit = clean_column(rows["UNIT_MEAS"])
    blank = unit == ""
    if not blank.any():
        return rows["UNIT_MEAS"], []
    series = [clean_column(rows[name]) for name in ("COMMODITY", "TYPE")]
    groups = unit.mask(blank).groupby(series)
    agreed = groups.transform("first").where(groups.transform("nunique") == 1)
    filled = rows["UNIT_MEAS"].mask(blank, agreed.fillna(""))
    return filled, [_filled_unit(file, int(str(row)), str(filled[row])) for row in unit.index[blank]]


def _filled_unit(file: str, row: int, unit: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        rule="blank unit",
        message=f"the unit is blank; read as '{unit}', as in the other rows of the commodity and type.",
        remedy="Compare with the publisher's printed table.",
        file=file,
        row=row,
        column="UNIT_MEAS",
    )
