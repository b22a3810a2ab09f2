"""USGS Mineral Commodity Summaries 2022 to 2024: one table per commodity, years and units in the headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.columns import constant, is_blank
from loaders.files.table import RawTable
from loaders.formats.observations import Reading, RowAccount
from loaders.formats.refusing import ignored_rows
from loaders.formats.usgs.common import NAMED_BY_FILE, edition_of, observations
from loaders.report import Ignored, Problem
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
    rows = [raw.frame[~empty] for raw, empty in zip(tables, blank, strict=True)]
    return observations(
        _cells(tables, rows, edition),
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
    return pd.Series(is_blank(raw.frame.iloc[:, 1]), index=raw.frame.index)


def _ignored(raw: RawTable, blank: pd.Series) -> list[Ignored]:
    return ignored_rows(raw.file, blank, "blank row")


def _cells(tables: Sequence[RawTable], rows: Sequence[pd.DataFrame], edition: str) -> pd.DataFrame:
    """One line for each row and value column of the tables; `rows` are those that are read of each."""
    columns = [
        (raw, used, c) for raw, used in zip(tables, rows, strict=True) for c in value_columns(raw.header)
    ]
    said = pd.DataFrame([_said(raw, column, edition) for raw, _, column in columns])
    printed = {
        "name": [used.iloc[:, 1] for _, used, _ in columns],
        "words": [used.iloc[:, 2] for _, used, _ in columns],
        "value": [used[column.header] for _, used, column in columns],
        "note": [
            used[column.note] if column.note else constant("", used.index) for _, used, column in columns
        ],
    }
    cells = said.loc[said.index.repeat([len(used) for _, used, _ in columns])].reset_index(drop=True)
    return cells.assign(
        row=np.concatenate([used.index for _, used, _ in columns]),
        **{name: pd.concat(parts, ignore_index=True) for name, parts in printed.items()},
    )


def _said(raw: RawTable, column: ValueHeader, edition: str) -> dict[str, Any]:
    """What holds for all cells of a value column."""
    code = _FILE_CODE.search(raw.file)
    return {
        "file": raw.file,
        "namespace": "usgs-file" if code else NAMED_BY_FILE,
        "chapter": code[1] if code else PurePath(raw.file).stem,
        "context": "",
        "heading": "",
        "blank_is_zero": False,
        "column": column.header,
        "qualifier": column.qualifier,
        "kind": column.kind,
        "year": column.year or int(edition) - 1,
        "unit": column.unit,
        "estimated": column.estimated,
    }


def _unknown_columns(raw: RawTable) -> list[Problem]:
    """Columns with text in them that the format does not know: kept out, and said so."""
    known = {*raw.header[:3], *(c.header for c in value_columns(raw.header))}
    known |= {name for name in raw.header if _NOTE_HEADER.fullmatch(name)}
    others = {name: raw.frame[name] for name in raw.header if name not in known}
    filled = {name: column[~is_blank(column)] for name, column in others.items()}
    return [
        Problem(
            severity=Severity.WARNING,
            rule="column not read",
            message=f"this format does not read the column '{name}'; {len(cells)} cells are left out.",
            remedy="Compare with the publisher's printed table.",
            file=raw.file,
            row=int(cells.index[0]),
            column=name,
            printed=str(cells.iloc[0]),
        )
        for name, cells in filled.items()
        if len(cells)
    ]
