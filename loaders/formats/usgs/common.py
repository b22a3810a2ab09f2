"""What the three layouts of the USGS Mineral Commodity Summaries share.

A layout turns its tables into cells, one line per row and value column; `observations` reads the cells.
`values` reads what cells and notes say of a number, `wording` what the words mean.
"""

from __future__ import annotations

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.formats import points
from loaders.formats.observations import Origin, Reading, RowAccount, assemble, rows_without_figures
from loaders.formats.refusing import RowCheck
from loaders.formats.usgs.values import NOTE_INSTEAD_OF_VALUE, including_rows, statuses, values_of
from loaders.formats.usgs.wording import bases, details, split_minerals, usgs_measures
from loaders.formats.years import newest_year
from loaders.names import read_places
from loaders.values import clean_column
from loaders.vocabulary import ReserveClass, Scheme

UNITED_STATES = "usgs-mcs-us"
"""The dataset of the tables that tell of the United States alone."""

NAMED_BY_FILE = "file name"
"""The namespace of a table that says its commodity in its file name only, in words of the user's."""

_CELL_COLUMNS = (
    "file",
    "row",
    "column",  # the header of the value column, as printed
    "namespace",  # whose names `chapter` is one of: usgs-file (codes), usgs, or NAMED_BY_FILE
    "chapter",
    "name",  # the country as printed
    "words",  # the TYPE or Statistics_detail as printed
    "qualifier",  # words inside the column header: Sponge, ore
    "context",  # the title of the section, 2026 only
    "heading",  # the unit line of the chapter, 2026 only
    "kind",  # production, capacity or reserves
    "year",
    "unit",
    "value",
    "estimated",  # the column header says so
    "note",
    "blank_is_zero",
)
"""What a layout says of each cell; where `unit` is not as printed, `printed_unit` holds what is."""


def observations(
    cells: pd.DataFrame,
    edition: str,
    account: RowAccount,
    answers: Answers = NO_ANSWERS,
    *,
    notes_apart: bool = False,
    unit_in_header: bool = False,
) -> Reading:
    """Read the cells of one edition: names, units, values, statuses, measures, bases.

    `cells` has `_CELL_COLUMNS`. A cell that cannot be read is refused with a problem, its row with it;
    columns that are blank for a whole commodity are absent, and counted as such. `notes_apart` as in
    `Reading`: the tables up to 2024 have columns of notes, and marks glued to numbers all the same. They
    have no column of units: `unit_in_header`.
    """
    absent = _absent(cells)
    empty = rows_without_figures(cells, absent, "no figure in any column of this commodity and type")
    cells = cells[~absent].reset_index(drop=True)
    cells = cells.assign(printed_value=cells["value"], value=points.as_said(cells, "value", "usgs", answers))
    minerals, places = _minerals(cells, answers), read_places(answers.rename("place", cells["name"]), "usgs")
    headers = {name: text for name, text in _HEADERS.items() if name != "unit" or not unit_in_header}
    origin = Origin(
        "usgs-mcs", edition, "usgs", headers, ReserveClass.RESERVE, Scheme.USGS_C831, notes_apart, answers
    )
    return assemble(
        including_rows(_read(cells, minerals, places)),
        origin,
        account._replace(absent=int(absent.sum()), ignored=[*account.ignored, *empty]),
        _checks(cells, minerals),
    )


_HEADERS = {"place": "Country", "mineral": "commodity", "unit": "unit"}


def _absent(cells: pd.DataFrame) -> pd.Series:
    """Whether a value column is blank for every row of its commodity and type."""
    blank = cells["value"].str.strip() == ""
    series = [cells[name] for name in ("file", "chapter", "words", "column")]
    told = clean_column(cells["note"]).str.fullmatch(NOTE_INSTEAD_OF_VALUE)
    return (blank & ~told).groupby(series, sort=False).transform("all")


def _minerals(cells: pd.DataFrame, answers: Answers) -> pd.Series:
    """The mineral of each cell's chapter, <NA> if unknown."""
    minerals = pd.Series(pd.NA, index=cells.index, dtype="string")
    for namespace, part in cells.groupby("namespace", sort=False):
        minerals.loc[part.index] = answers.read_minerals(part["chapter"], str(namespace)).astype("string")
    return minerals


def _read(cells: pd.DataFrame, minerals: pd.Series, places: pd.DataFrame) -> pd.DataFrame:
    """The cells with what they say in our words."""
    values = values_of(cells)
    mineral, measure = split_minerals(cells, minerals), usgs_measures(cells)
    read = {
        **{str(name): values[name] for name in values},
        "mineral": mineral,
        "detail": details(cells, places["detail"]),
        "place": places["place"],
        "measure": measure,
        "basis": bases(cells, mineral, measure, places["detail"]),
        "status": statuses(cells, values, places["estimated"]),
    }
    printed = {ours: cells[theirs] for ours, theirs in _PRINTED.items() if ours not in cells}
    return cells.assign(**printed, **read)


_PRINTED = {
    "commodity": "chapter",
    "printed_unit": "unit",
    "printed_name": "name",
    "printed_measure": "words",
}


def _checks(cells: pd.DataFrame, minerals: pd.Series) -> list[RowCheck]:
    """A file may be named after its mineral by the user: then the remedy is another."""
    unknown, by_file = minerals.isna(), cells["namespace"] == NAMED_BY_FILE
    return [
        RowCheck("unknown mineral", unknown & ~by_file, "chapter", "commodity"),
        RowCheck("no commodity", unknown & by_file, "file", "file name", "chapter"),
    ]


def edition_of(years: pd.Series) -> str:
    """The edition is the year after the latest year of its production or capacity columns."""
    return str(newest_year(years, EVERY_YEAR) + 1)


EVERY_YEAR = 1
"""Each edition prints the same two years of each country."""
