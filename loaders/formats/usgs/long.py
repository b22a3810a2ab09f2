"""USGS Mineral Commodity Summaries since 2026: one long table, Windows-1252, world tables among others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.files.table import RawTable
from loaders.formats.observations import Reading, RowAccount
from loaders.formats.refusing import RULES
from loaders.formats.usgs.common import EVERY_YEAR, UNITED_STATES, edition_of, observations
from loaders.formats.years import stray_years
from loaders.report import Ignored, Problem
from loaders.values import clean_column
from loaders.vocabulary import Severity

NAME = "USGS MCS, one long table (since 2026)"
PUBLISHER = "usgs"
BESIDE = UNITED_STATES
"""The dataset that such files hold as well."""

HEADER = [
    "MCS chapter", "Section", "Commodity", "Country", "Statistics", "Statistics_detail", "Unit", "Year",
    "Value", "Notes", "Other notes",
]  # fmt: skip
SALIENT, SUPPLIERS = "Salient Statistics", "Import Sources"  # the sections of the United States
_UNIT_LINE = r"(\(Data in [^()]*(?:\([^()]*\)[^()]*)*\))"
_KINDS = {"Production": "production", "Capacity": "capacity", "Reserves": "reserves"}


def no_long_table(tables: Sequence[RawTable]) -> str | None:
    """Why these are not the one table with the columns, or None if they are."""
    if len(tables) != 1:
        return f"expected one table, found {len(tables)}"
    missing = [name for name in HEADER if name not in tables[0].header]
    return f"{tables[0].file}: the columns {', '.join(missing)} are missing" if missing else None


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    if why := no_long_table(tables):
        return why
    frame = tables[0].frame
    if _years(frame[_world_rows(frame)]).isna().all():
        return f"{tables[0].file}: no year in a section whose title begins with 'World'"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the world sections; the other sections are ignored, and the report says so."""
    raw = tables[0]
    world = _world_rows(raw.frame)
    rows = raw.frame[world]
    year = _years(rows)
    stray = stray_years(year, EVERY_YEAR)
    unread = year.isna() | ~clean_column(rows["Statistics"]).isin(_KINDS)
    problems = [*_unread_rows(raw.file, rows[unread]), *_stray_rows(raw.file, rows[stray & ~unread])]
    unread |= stray
    return observations(
        _cells(raw.file, rows[~unread], year[~unread].astype("int64")),
        edition_of(year.dropna()),
        RowAccount(
            rows_read=len(raw.frame),
            ignored=_other_sections(raw.file, raw.frame[~world]),
            problems=_shifted_rows(raw.file, rows) + problems,
            refused=int(unread.sum()),
        ),
        answers,
        notes_apart=True,
    )


def _world_rows(frame: pd.DataFrame) -> pd.Series:
    return clean_column(frame["Section"]).str.startswith("World")


def _years(rows: pd.DataFrame) -> pd.Series:
    """The year of each row as Int64, <NA> for spans such as '2021–24'."""
    return clean_column(rows["Year"]).str.extract(r"^([0-9]{4})$")[0].astype("Int64")


def _other_sections(file: str, rows: pd.DataFrame) -> list[Ignored]:
    sections = Counter(clean_column(rows["Section"]))
    return [
        Ignored(file=file, reason=f"section '{section}' is no world table{_where(section)}", count=count)
        for section, count in sections.items()
    ]


def _where(section: str) -> str:
    """Who reads a section, if anybody does."""
    of_the_us = section.startswith((SALIENT, SUPPLIERS))
    return f"; the dataset {UNITED_STATES} has it" if of_the_us else ""


def _cells(file: str, rows: pd.DataFrame, year: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "file": file,
            "row": rows.index,
            "column": "Value",
            "namespace": "usgs",
            "chapter": rows["Commodity"],
            "name": rows["Country"],
            "words": rows["Statistics_detail"],
            "qualifier": "",
            "context": _section_words(rows),
            "heading": unit_lines(rows),
            "kind": clean_column(rows["Statistics"]).map(_KINDS),
            "year": year,
            "unit": rows["Unit"],
            "value": rows["Value"],
            "estimated": False,
            "note": rows["Notes"],
            "blank_is_zero": False,
        }
    ).reset_index(drop=True)


def unit_lines(rows: pd.DataFrame) -> pd.Series:
    """The unit line of the chapter of each row: '(Data in metric tons unless otherwise specified)'."""
    return rows["Other notes"].str.extract(_UNIT_LINE)[0].fillna("")


def _section_words(rows: pd.DataFrame) -> pd.Series:
    """The section's title; of reserves without what it says of production alone.

    'World Mine Production (manganese content) and Reserves' says nothing of the reserves.
    """
    reserves = clean_column(rows["Statistics"]).map(_KINDS) == "reserves"
    said = rows["Section"].str.replace(r"\([^)]*\)(?=\s+and Reserves)", "", case=False, regex=True)
    return rows["Section"].mask(reserves, said)


def _shifted_rows(file: str, rows: pd.DataFrame) -> list[Problem]:
    """Rows whose cells behind the value have slipped by one (the yttrium row of 2026)."""
    slipped = rows[clean_column(rows["Notes"]).isin(["Yes", "No"])]
    return [
        Problem(
            severity=Severity.WARNING,
            rule="shifted cells",
            message="the cells behind Value stand one column too far left; Notes holds a yes or no.",
            remedy="The value was read; its note is not one.",
            file=file,
            row=int(str(row)),
            column="Notes",
            printed=str(text),
        )
        for row, text in slipped["Notes"].items()
    ]


def _unread_rows(file: str, rows: pd.DataFrame) -> list[Problem]:
    return [
        Problem(
            severity=Severity.ERROR,
            rule="unreadable row",
            message="a row of a world table needs a four-digit Year and Production, Capacity or Reserves.",
            remedy="Compare with the publisher's printed table.",
            file=file,
            row=int(str(index)),
            column="Year, Statistics",
            printed=f"{row['Year']}, {row['Statistics']}",
        )
        for index, row in rows.iterrows()
    ]


def _stray_rows(file: str, rows: pd.DataFrame) -> list[Problem]:
    says, remedy = RULES["stray year"]
    return [
        Problem(
            severity=Severity.ERROR,
            rule="stray year",
            message=f"'{year}' {says}",
            remedy=remedy,
            file=file,
            row=int(str(index)),
            column="Year",
            printed=str(year),
        )
        for index, year in rows["Year"].items()
    ]
