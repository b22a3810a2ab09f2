"""USGS Mineral Commodity Summaries 2022 to 2024: one table per commodity, years and units in the headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.files.table import RawTable
from loaders.formats.observations import Reading, RowAccount
from loaders.formats.refusing import ignored_rows
from loaders.formats.usgs.common import NAMED_BY_FILE, edition_of, observations
from loaders.report import Ignored, Problem
from loaders.values import clean_column
from loaders.vocabulary import Severity

NAME = "USGS MCS, one table per commodity (2022 to 2024)"
PUBLISHER = "usgs"

_VALUE_HEADER = re.compile(
    r"(?P<kind>Prod|Cap|Reserves)(?:_(?P<qualifier>[A-Za-z0-9]+?(?:_[A-Za-z0-9]+_equiv)?))??"
    r"_(?P<unit>(?!est\b|notes?\b)[a-z][a-z0-9]*?)(?P<estimated>_est)?(?:_(?P<year>\d{4}))?",
    re.I,
)
_NOTE_HEADER = re.compile(r"(?P<kind>Prod|Cap|Reserves)_notes?", re.I)
_KINDS = {"prod": "production", "cap": "capacity", "reserves": "reserves"}
_FILE_CODE = re.compile(r"mcs\d{4}-([a-z-]+)_world", re.I)


class ValueHeader(NamedTuple):
    """What the header of a value column says."""

    header: str
    kind: str
    qualifier: str
    unit: str
    year: int | None
    estimated: bool
    note: str | None


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    for raw in tables:
        if [name.lower() for name in raw.header[:2]] != ["source", "country"]:
            return (
                f"{raw.file}: expected the first columns Source, Country; found {', '.join(raw.header[:2])}"
            )
        if not any(column.year and column.kind != "reserves" for column in value_columns(raw.header)):
            return f"{raw.file}: no column such as Prod_t_2023 or Cap_kt_2023"
    editions = {_edition(raw) for raw in tables}
    if len(editions) > 1:
        return f"the tables belong to several editions: {', '.join(sorted(editions))}"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the tables of one edition; all belong to `declines(...) is None`."""
    edition = _edition(tables[0])
    blank = [_blank_rows(raw) for raw in tables]
    return observations(
        pd.concat(
            [_cells(raw, ~empty, edition) for raw, empty in zip(tables, blank, strict=True)],
            ignore_index=True,
        ),
        edition,
        RowAccount(
            rows_read=sum(len(raw.frame) for raw in tables),
            ignored=[i for raw, empty in zip(tables, blank, strict=True) for i in _ignored(raw, empty)],
            problems=[problem for raw in tables for problem in _unknown_columns(raw)],
        ),
        answers,
        unit_in_header=True,
    )


def value_columns(header: Sequence[str]) -> list[ValueHeader]:
    """The value columns among the headers, each with the notes column of its kind."""
    notes = {match["kind"].lower(): name for name in header if (match := _NOTE_HEADER.fullmatch(name))}
    return [
        ValueHeader(
            header=name,
            kind=_KINDS[match["kind"].lower()],
            qualifier=(match["qualifier"] or "").replace("_", " "),
            unit=match["unit"],
            year=int(match["year"]) if match["year"] else None,
            estimated=match["estimated"] is not None,
            note=notes.get(match["kind"].lower()),
        )
        for name in header
        if (match := _VALUE_HEADER.fullmatch(name))
    ]


def _edition(raw: RawTable) -> str:
    years = pd.Series([c.year for c in value_columns(raw.header) if c.year and c.kind != "reserves"])
    return edition_of(years)


def _blank_rows(raw: RawTable) -> pd.Series:
    """Rows without a country; the 2024 release has 590 rows of commas only."""
    return clean_column(raw.frame.iloc[:, 1]) == ""


def _ignored(raw: RawTable, blank: pd.Series) -> list[Ignored]:
    return ignored_rows(raw.file, blank, "blank row")


def _cells(raw: RawTable, used: pd.Series, edition: str) -> pd.DataFrame:
    rows = raw.frame[used]
    code = _FILE_CODE.search(raw.file)
    common = {
        "file": raw.file,
        "row": rows.index,
        "namespace": "usgs-file" if code else NAMED_BY_FILE,
        "chapter": code[1] if code else PurePath(raw.file).stem,
        "name": rows.iloc[:, 1],
        "words": rows.iloc[:, 2],
        "context": "",
        "heading": "",
        "blank_is_zero": False,
    }
    return pd.concat(
        [
            pd.DataFrame(
                {
                    **common,
                    "column": column.header,
                    "qualifier": column.qualifier,
                    "kind": column.kind,
                    "year": column.year or int(edition) - 1,
                    "unit": column.unit,
                    "value": rows[column.header],
                    "estimated": column.estimated,
                    "note": rows[column.note] if column.note else "",
                }
            )
            for column in value_columns(raw.header)
        ],
        ignore_index=True,
    )


def _unknown_columns(raw: RawTable) -> list[Problem]:
    """Columns with text in them that the format does not know: kept out, and said so."""
    known = {*raw.header[:3], *(c.header for c in value_columns(raw.header))}
    known |= {name for name in raw.header if _NOTE_HEADER.fullmatch(name)}
    return [
        Problem(
            severity=Severity.WARNING,
            rule="column not read",
            message=f"this format does not read the column '{name}'; {int(filled.sum())} cells are left out.",
            remedy="Compare with the publisher's printed table.",
            file=raw.file,
            row=int(str(filled.idxmax())),
            column=name,
            printed=str(raw.frame[name][filled].iloc[0]),
        )
        for name in raw.header
        if name not in known and (filled := clean_column(raw.frame[name]) != "").any()
    ]
