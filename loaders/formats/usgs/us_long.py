"""USGS Mineral Commodity Summaries since 2026: the sections of the United States in the one long table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.files.table import RawTable
from loaders.formats.observations import Reading, RowAccount
from loaders.formats.refusing import ignored_rows
from loaders.formats.usgs import us_account
from loaders.formats.usgs.common import UNITED_STATES, edition_of
from loaders.formats.usgs.long import SALIENT, SUPPLIERS, no_long_table, unit_lines
from loaders.report import Ignored, Problem
from loaders.values import clean_column
from loaders.vocabulary import Measure, Severity

NAME = "USGS MCS of the United States, in one long table (since 2026)"
PUBLISHER = "usgs"
DATASET = UNITED_STATES


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    if why := no_long_table(tables):
        return why
    frame = tables[0].frame
    if not (_is_salient(frame) & (_last_year(frame) != "")).any():
        return f"{tables[0].file}: no year in a section '{SALIENT}'"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the sections of the United States; those of the world are ignored, and the report says so."""
    raw = tables[0]
    frame = raw.frame
    ours = _is_salient(frame) | _is_source(frame)
    others = clean_column(frame.loc[~ours, "Section"]).value_counts(sort=False)
    ignored = [
        Ignored(file=raw.file, reason=f"section '{name}' is a table of countries", count=int(n))
        for name, n in others.items()
    ]
    cells = _cells(raw.file, frame[ours], answers)
    reasons = _reasons(cells)
    for reason in reasons[reasons != ""].unique():
        ignored += ignored_rows(raw.file, reasons == reason, str(reason))
    used = cells[reasons == ""].reset_index(drop=True)
    years = _last_year(frame[_is_salient(frame)])
    return us_account.us_observations(
        used,
        edition_of(years[years != ""].astype("int64")),
        RowAccount(rows_read=len(frame), ignored=ignored, problems=_contradicted(used)),
        answers,
        notes_apart=True,
    )


def _is_salient(frame: pd.DataFrame) -> pd.Series:
    return clean_column(frame["Section"]).str.startswith(SALIENT)


def _is_source(frame: pd.DataFrame) -> pd.Series:
    return clean_column(frame["Section"]).str.startswith(SUPPLIERS)


def _last_year(rows: pd.DataFrame) -> pd.Series:
    """The year, of a span such as '2021–24' its last one, as text; empty where there is none."""
    found = clean_column(rows["Year"]).str.extract(r"^([0-9]{2})([0-9]{2})(?:[–-](?:[0-9]{2})?([0-9]{2}))?$")
    return (found[0] + found[2].fillna(found[1])).fillna("").astype("string")


def _cells(file: str, rows: pd.DataFrame, answers: Answers) -> pd.DataFrame:
    """The rows as `us_account._CELL_COLUMNS`, with `_statistic`; indexed from 0."""
    source = _is_source(rows)
    words, span = clean_column(rows["Statistics_detail"]), clean_column(rows["Year"])
    statistic = clean_column(rows["Statistics"])
    measure = us_account.us_measures(statistic, words).mask(source, Measure.IMPORT_SOURCE_SHARE.value)
    minerals = answers.read_minerals(rows["Commodity"], "usgs").astype("string")
    split = us_account.split_chapters(pd.DataFrame({"words": words}), minerals)
    stated = us_account.stated_units(words).where(statistic == "Price", "")
    note = clean_column(rows["Notes"])
    cells = pd.DataFrame(
        {
            "file": file,
            "row": rows.index,
            "column": "Value",
            "mineral": _without_twins(rows, split),
            "commodity": rows["Commodity"],
            "measure": measure,
            "detail": _told_apart(rows, minerals, words.where(source, us_account.us_details(words, measure))),
            "words": words,
            "heading": unit_lines(rows),
            "partner_name": rows["Country"].where(source, ""),
            "printed_name": rows["Country"],
            "year": _last_year(rows),
            "unit": rows["Unit"].mask(stated != "", stated),
            "printed_unit": rows["Unit"],
            "printed_value": rows["Value"],
            "note": note.where(~source, (span + " -- " + note).str.removesuffix(" -- ")),
            "basis": "",
            "_statistic": statistic,
        }
    )
    return cells.reset_index(drop=True)


def _told_apart(rows: pd.DataFrame, minerals: pd.Series, detail: pd.Series) -> pd.Series:
    """The details, with the words of the commodity where several of a section are one mineral: diamonds."""
    names = clean_column(rows["Commodity"])
    several = names.str.casefold().groupby([minerals, _is_source(rows)]).transform("nunique") > 1
    own = names.str.extract(r"\(([^()]*)\)$")[0].fillna("")
    return detail.where(~several | (own == ""), (own + ": " + detail).str.removesuffix(": "))


_TWINS = {("mica", 0): "mica-scrap-flake", ("mica", 1): "mica-sheet"}
"""Chapters with two tables of one wording: the mineral of the first row with these words, of the second."""

_OF_TWINS = (("mica", r"(?i)muscovite|^sold or used$", "mica-sheet"), ("mica", "", "mica-scrap-flake"))
"""And of the rows whose words stand in one of the two."""


def _without_twins(rows: pd.DataFrame, minerals: pd.Series) -> pd.Series:
    """The mineral of each row where a chapter holds two tables, one after the other."""
    words = clean_column(rows["Statistics_detail"])
    known = minerals.notna()
    minerals = minerals.fillna("")
    keys = [minerals, clean_column(rows["Section"]), words, clean_column(rows["Year"]), rows["Country"]]
    several = minerals.groupby(keys, sort=False).transform("size") > 1
    number = minerals.groupby(keys, sort=False).cumcount()
    found = minerals.copy()
    for (chapter, at), mineral in _TWINS.items():
        found = found.mask(several & (minerals == chapter) & (number == at), mineral)
    for chapter, pattern, mineral in _OF_TWINS:
        found = found.mask((found == chapter) & words.str.contains(pattern), mineral)
    return found.where(known)


def _reasons(cells: pd.DataFrame) -> pd.Series:
    """Why a row is no figure, or an empty text."""
    words, unit = cells["words"], clean_column(cells["printed_unit"])
    value, year = clean_column(cells["printed_value"]), cells["year"]
    reasons = pd.Series("", index=cells.index, dtype="string")
    told = {
        "no year": year == "",
        "a price in words, without a unit": (unit == "") & ~value.str.contains("[0-9]"),
        "a part of production, not an amount": (cells["_statistic"] == "Production") & (unit == "percent"),
        "square feet by its words, tons by its unit": words.str.contains("square feet"),
        "its minus sign is lost in the file": value.str.match(r"\?[0-9]"),
    }
    for reason, mask in told.items():
        reasons = reasons.mask((reasons == "") & mask, reason)
    return reasons


def _contradicted(cells: pd.DataFrame) -> list[Problem]:
    """Prices whose words state another unit than the column of units: read as the words say."""
    printed = clean_column(cells["printed_unit"]).str.lower()
    wrong = cells[cells["unit"].str.strip().str.lower() != printed]
    return [
        Problem(
            severity=Severity.WARNING,
            rule="two units",
            message=f"the words say '{unit}', the column Unit says '{said}'; read as the words say.",
            remedy="Compare with the publisher's printed table.",
            file=str(part["file"].iloc[0]),
            row=int(part["row"].iloc[0]),
            column="Unit",
            printed=str(said),
        )
        for (unit, said), part in wrong.groupby(["unit", "printed_unit"], sort=False)
    ]
