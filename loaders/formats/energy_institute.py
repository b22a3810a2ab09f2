"""Energy Institute, Statistical Review of World Energy: the sheets of minerals in its workbook.

`Cobalt P-R` (or `Cobalt Production-Reserves`) has the unit in the corner, production in columns of years,
then rates of growth and shares, which are computed and not read, and reserves "At end of" a year; for
aluminium that column is capacity. A sheet of prices has a year in each row and a mineral in each column.
Sheets of energy are left out. Sums of regions are no places; `n/a` is not available, `^` less than 0.05.

The review appears a year after the last year of its tables, and that year names the edition. Of the sheet of
prices, `Cobalt and Lithium - Prices`, a public program for the review of 2019 was seen: years in the first
column, a mineral in each other one, notes below; where it has its unit was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.columns import by_text
from loaders.files.table import LEVELS, RawTable
from loaders.formats.heads import headed
from loaders.formats.observations import Origin, Reading, RowAccount, assemble, figures
from loaders.formats.refusing import ignored_rows
from loaders.names import find_mineral, read_minerals, read_places
from loaders.report import Ignored
from loaders.values import clean, clean_column
from loaders.vocabulary import OTHER, WORLD, Basis, Measure

NAME = "Energy Institute Statistical Review, sheets of minerals"
PUBLISHER = "energy-institute"

_SHEET = re.compile(r"(?i)\s*(.+?)\s+(?:- )?(?:P-R|Production\s*(?:-|&|and)\s*Reserves)\s*|\s*(PGM)\s*")
_PRICES = re.compile(r"(?i).*\b(?:mineral|cobalt|lithium)\b.*\bprices\b.*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AT_END = re.compile(r"(?i)at end (?:of )?((?:19|20)\d\d)")
_MARKS = re.compile(r"[\s#*^†‡♦]+$")
_AFTER_LAST_YEAR = 1


class _Column(NamedTuple):
    """A column of figures: its header, measure, and year; the year of a row where it is None."""

    header: str
    measure: Measure
    year: int | None


class _Sheet(NamedTuple):
    """A sheet of minerals and its columns of figures."""

    raw: RawTable
    columns: tuple[_Column, ...]

    @property
    def last(self) -> int | None:
        """The latest year of production; None for a sheet of prices."""
        return max((column.year for column in self.columns if column.year), default=None)


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    if not all(raw.sheet for raw in tables):
        return "expected the Excel workbook of the review"
    ends = {sheet.last for sheet in map(_sheet, tables) if sheet and sheet.last}
    if not ends:
        return "expected a sheet such as 'Cobalt P-R' with columns of years and 'At end of'"
    if len(ends) > 1:
        return f"the sheets end in different years: {', '.join(map(str, sorted(ends)))}"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the sheets of minerals; regions, notes and sheets of energy are left out and counted."""
    found = [(raw, _sheet(raw)) for raw in tables]
    sheets = [sheet for _, sheet in found if sheet]
    others = [
        Ignored(file=raw.name, reason="a sheet of energy, not of minerals", count=len(raw.frame))
        for raw, sheet in found
        if not sheet and len(raw.frame)
    ]
    edition = max(sheet.last for sheet in sheets if sheet.last) + _AFTER_LAST_YEAR
    headers = {"place": "first column", "mineral": "sheet", "unit": "first header", "year": "first column"}
    return assemble(
        pd.concat([_cells(sheet) for sheet in sheets], ignore_index=True),
        Origin("energy-institute", str(edition), PUBLISHER, headers, answers=answers),
        RowAccount(
            rows_read=sum(len((sheet.raw if sheet else raw).frame) for raw, sheet in found),
            ignored=[*(item for sheet in sheets for item in _left_out(sheet)), *others],
        ),
    )


# Sheets -----------------------------------------------------------------------------------------------------


def _sheet(raw: RawTable) -> _Sheet | None:
    """The sheet with its columns of figures, if it is one of minerals."""
    if _SHEET.fullmatch(raw.sheet):
        found = headed(raw, lambda cells: sum(map(_is_year, cells)) > 1 and not _is_year(cells[0]))
        columns = _production_and_reserves(found) if found else ()
        return _Sheet(found, columns) if found and columns else None
    if _PRICES.fullmatch(raw.sheet) and _price_unit(raw, ""):
        columns = tuple(_Column(name, Measure.PRICE, None) for name in raw.header[1:] if _is_price(raw, name))
        return _Sheet(raw, columns) if columns else None
    return None


def _is_year(text: str) -> bool:
    return bool(_YEAR.fullmatch(text.strip()))


def _production_and_reserves(raw: RawTable) -> tuple[_Column, ...]:
    """Columns of a year that is not repeated to the right of them, and those "At end of" a year.

    The latest year stands there again as a rate of growth and as a share; its header has its position then.
    """
    words = " ".join(raw.above).lower()
    stages = (Measure.MINE_PRODUCTION, Measure.REFINERY_PRODUCTION, Measure.SMELTER_PRODUCTION)
    stage = next((stage for stage in stages if stage.label.lower() in words), Measure.PRODUCTION)
    held = Measure.CAPACITY if "aluminium" in raw.sheet.lower() else Measure.RESERVES
    found = []
    for name in raw.header[1:]:
        end = _AT_END.fullmatch(name)
        if _is_year(name):
            found.append(_Column(name, stage, int(name)))
        elif end:
            found.append(_Column(name, held, int(end[1])))
    return tuple(found) if any(column.measure is stage for column in found) else ()


def _mineral(sheet: str) -> str | None:
    """The mineral that a sheet is named after."""
    found = _SHEET.fullmatch(sheet)
    name = pd.Series([clean(found[1] or found[2]) if found else ""], dtype="string")
    known = read_minerals(name, PUBLISHER).iloc[0]
    return find_mineral(str(name.iloc[0])) if pd.isna(known) else str(known)


# Prices -----------------------------------------------------------------------------------------------------

_PRICE_UNIT = re.compile(
    r"(?i)(?:US dollars?|US\$|\$)\s*(?:per |/ ?)(tonne|metric ton|mt|t|kg|kilogram|lb|pound)"
)
_AMOUNTS = {"mt": "tonne", "t": "tonne", "metric ton": "tonne", "kilogram": "kg", "lb": "pound"}


def _price_unit(raw: RawTable, header: str) -> str:
    """What a price is of: "per tonne"; of the column, or else of all of the sheet; "" if nothing says it."""
    for text in (header, raw.header[0], *raw.above):
        found = {_AMOUNTS.get(unit.lower(), unit.lower()) for unit in _PRICE_UNIT.findall(text)}
        if len(found) == 1:
            return f"per {found.pop()}"
    return ""


def _is_price(raw: RawTable, header: str) -> bool:
    filled = clean_column(raw.frame[header])
    return bool(filled.str.contains(r"\d", regex=True).any())


# Cells ------------------------------------------------------------------------------------------------------


def _reasons(sheet: _Sheet) -> dict[str, pd.Series]:
    """The rows that are not read, by reason; a row has one reason."""
    raw = sheet.raw
    names = clean_column(raw.frame.iloc[:, 0])
    blank = pd.Series(True, index=raw.frame.index)
    for column in sheet.columns:
        blank &= raw.frame[column.header].str.strip() == ""
    if sheet.last is None:
        return {"blank row, title or note": blank}
    return {
        "blank row, title or note": blank,
        "a sum of a region or a group": ~blank & names.str.fullmatch(_GROUP),
    }


_GROUP = r"(?i)(?:total (?!world)|of which|(?:non-)?(?:oecd|opec)\b|european union|eu\b|cis\b).*"


def _left_out(sheet: _Sheet) -> Iterator[Ignored]:
    for reason, rows in _reasons(sheet).items():
        yield from ignored_rows(sheet.raw.name, rows, reason)


def _cells(sheet: _Sheet) -> pd.DataFrame:
    """One line for each row and column of figures."""
    mask = pd.concat(list(_reasons(sheet).values()), axis="columns").any(axis="columns")
    rows = sheet.raw.frame[~mask]
    lines = pd.concat(
        [
            (_price_cells if sheet.last is None else _amount_cells)(sheet.raw, rows, column)
            for column in sheet.columns
        ],
        ignore_index=True,
    )
    values = figures(by_text(lines["printed_value"], _as_value))
    return lines.assign(
        file=sheet.raw.name,
        basis=Basis.NOT_APPLICABLE.value if sheet.last is None else Basis.UNDEFINED.value,
        note="",
        **{str(name): values[name] for name in values},
    )


def _as_value(text: str) -> str:
    """`n/a` and `^` in the words of `values.read_value`."""
    return {"n/a": "NA", "^": "<0.05"}.get(clean(text), text)


def _amount_cells(raw: RawTable, rows: pd.DataFrame, column: _Column) -> pd.DataFrame:
    places = _places(rows.iloc[:, 0])
    corner = raw.header[0]
    return pd.DataFrame(
        {
            "row": rows.index,
            "column": column.header,
            "commodity": raw.sheet,
            "mineral": _mineral(raw.sheet),
            "measure": column.measure.value,
            "printed_measure": f"{raw.sheet.strip()}, {column.header}",
            "year": column.year,
            "printed_year": str(column.year),
            "printed_name": rows.iloc[:, 0],
            "printed_value": rows[column.header],
            "printed_unit": corner,
            "unit": re.sub(r"(?<=[a-z])\s?\d$|\s*[*#]$", "", corner),
            "place": places["place"],
            "detail": places["detail"].fillna(""),
        }
    ).astype({"mineral": "string", "year": "Int64"})


def _places(names: pd.Series) -> pd.DataFrame:
    """Places without the publisher's marks; what is left of a region is other countries."""
    bare = by_text(names, lambda text: _MARKS.sub("", clean(text)))
    found = read_places(bare, PUBLISHER)
    rest = bare.str.fullmatch(r"(?i)other(?: \D+)?|rest of (?:the )?world\d?|others")
    return found.assign(
        place=found["place"].mask(rest, OTHER),
        detail=found["detail"].mask(rest & bare.str.contains(r"(?i)^other "), bare),
    )


def _price_cells(raw: RawTable, rows: pd.DataFrame, column: _Column) -> pd.DataFrame:
    """Prices of the world market: in dollars, the detail says of which amount."""
    printed = rows.iloc[:, 0]
    title = re.sub(r"(?<=[a-z)])\s?\d+$", "", column.header.split(LEVELS)[0])
    return pd.DataFrame(
        {
            "row": rows.index,
            "column": column.header,
            "commodity": column.header,
            "mineral": find_mineral(title),
            "measure": Measure.PRICE.value,
            "printed_measure": f"Price, {column.header}",
            "year": clean_column(printed).where(clean_column(printed).str.fullmatch(_YEAR.pattern)),
            "printed_year": printed,
            "printed_name": "",
            "printed_value": by_text(rows[column.header], lambda text: "NA" if text.strip() == "-" else text),
            "printed_unit": f"US dollars {_price_unit(raw, column.header)}",
            "unit": "US dollars" if _price_unit(raw, column.header) else "",
            "place": WORLD,
            "detail": _price_unit(raw, column.header),
        }
    ).astype({"mineral": "string", "year": "Int64"})
