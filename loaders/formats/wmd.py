"""World Mining Data, chapter 6.4: a workbook with one sheet for each mineral, years in columns.

The yearbook appears two years after the last year of its tables, and that year names the edition. A blank
cell is not a zero: zeros are printed. European and Asian Russia are rows of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.files.table import RawTable
from loaders.formats.observations import Origin, Reading, RowAccount, assemble, figures
from loaders.formats.refusing import by_distinct, ignored_rows
from loaders.values import clean_column
from loaders.vocabulary import Basis, Measure, Status

NAME = "World Mining Data, production by mineral (chapter 6.4)"
PUBLISHER = "wmd"

_YEAR = re.compile(r"(?:19|20)\d\d")
_SOURCES = re.compile(r"(?i)(?:sources? of data|data sources?)")
_AFTER_LAST_YEAR = 2


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    for raw in tables:
        if not raw.sheet:
            return f"{raw.name}: expected an Excel workbook"
        if [name.lower() for name in raw.header[:2]] != ["country", "unit"] or not _years(raw):
            return (
                f"{raw.name}: expected the columns Country, unit and years; found {', '.join(raw.header[:4])}"
            )
        if not any(_SOURCES.fullmatch(name) for name in raw.header):
            return f"{raw.name}: no column 'Sources of data'"
    spans = {max(_years(raw)) for raw in tables}
    if len(spans) > 1:
        return f"the sheets end in different years: {', '.join(sorted(spans))}"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the sheets of one yearbook; a blank cell is a figure that the yearbook does not have."""
    cells = pd.concat([_cells(raw) for raw in tables], ignore_index=True)
    edition = str(max(int(year) for raw in tables for year in _years(raw)) + _AFTER_LAST_YEAR)
    headers = {"place": "Country", "mineral": "sheet", "unit": "unit"}
    blank = [item for raw in tables for item in ignored_rows(raw.name, _blank(raw), "blank row")]
    return assemble(
        cells.assign(**_minerals(cells["commodity"], answers), **_values(cells, answers)),
        Origin("wmd", edition, PUBLISHER, headers, answers=answers),
        RowAccount(rows_read=sum(len(raw.frame) for raw in tables), ignored=blank),
    )


def _years(raw: RawTable) -> list[str]:
    return [name for name in raw.header[2:] if _YEAR.fullmatch(name)]


def _blank(raw: RawTable) -> pd.Series:
    """Rows without a country and without a figure."""
    blank = clean_column(raw.frame.iloc[:, 0]) == ""
    for year in _years(raw):
        blank &= raw.frame[year].str.strip() == ""
    return blank


def _cells(raw: RawTable) -> pd.DataFrame:
    """One line for each row and year; the sheet's name is the mineral."""
    rows = raw.frame[~_blank(raw)]
    rows = rows.set_axis(["Country", "unit", *raw.header[2:]], axis="columns")
    sources = next((name for name in raw.header if _SOURCES.fullmatch(name)), None)
    common = {
        "file": raw.name,
        "row": rows.index,
        "commodity": raw.sheet,
        "measure": Measure.PRODUCTION.value,
        "printed_measure": f"Production, {raw.sheet.strip()}",
        "printed_name": rows["Country"],
        "printed_unit": rows["unit"],
        "note": rows[sources] if sources else "",
    }
    years = [
        pd.DataFrame({**common, "column": year, "year": int(year), "printed_value": rows[year]})
        for year in _years(raw)
    ]
    return pd.concat(years, ignore_index=True)


# Sheets of later yearbooks say what is weighed: "Chromium (Cr2O3)", "Rare Earths (REO)", "Iron (Fe)".
_WEIGHED = re.compile(r"(.*\S)\s*\(([A-Z][A-Za-z0-9]*)\)\s*")
_ELEMENT = re.compile(r"[A-Z][a-z]?")


def _minerals(sheets: pd.Series, answers: Answers) -> dict[str, pd.Series]:
    """The `mineral` that each sheet is named after, and the `basis` if the name says one."""
    split = clean_column(sheets).str.extract(_WEIGHED)
    whole = answers.read_minerals(sheets, PUBLISHER)
    basis = by_distinct(split[1].fillna("").to_frame(), _basis)
    return {
        "mineral": whole.fillna(answers.read_minerals(split[0], PUBLISHER)),
        "basis": basis.mask(whole.notna(), Basis.UNDEFINED.value),
    }


def _basis(formula: str) -> str:
    if formula in list(Basis):
        return formula
    return Basis.CONTENT.value if _ELEMENT.fullmatch(formula) else Basis.UNDEFINED.value


def _values(cells: pd.DataFrame, answers: Answers) -> dict[str, pd.Series]:
    """Value, bounds and status; the sources say which are estimates."""
    values = figures(answers.rename("sign", cells["printed_value"]))
    estimate = cells["note"].str.contains("estimate", case=False) & values["value"].fillna(0).ne(0)
    published = values["status"] == Status.AS_PUBLISHED.value
    values["status"] = values["status"].mask(estimate & published, Status.ESTIMATED.value)
    return {str(name): values[name] for name in values}
