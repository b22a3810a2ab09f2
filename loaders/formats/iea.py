"""IEA Critical Minerals Dataset: supply of key minerals by country, at the mine and refined.

The sheet "2 Total supply for key minerals" has two panels side by side, each a column of names and columns of
years, in thousand tonnes. A line such as "Copper - Mining" says what the rows below it are. The first year is
that of the last known figures; later years are forecasts, and have the status of a forecast and the case or
scenario that stands above them as detail: the base case, where nothing else does. Shares are computed and
not read; the sheets of demand by scenario are left out, as demand is no measure of ours. A sheet whose panels
have different years is declined.

The layout was compared with two public programs that read the sheet: Our World in Data's etl, step
meadow, critical_minerals (edition of 2024), and one of the edition of 2025 (columns 1 to 5 mined, 7 to 11
refined, rows Total, Total clean technologies, Top 3 share, Rest of world). Neither reads a line of the unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.columns import by_text
from loaders.files.table import RawTable
from loaders.formats import points
from loaders.formats.heads import headed
from loaders.formats.observations import Origin, Reading, RowAccount, assemble, figures
from loaders.formats.refusing import ignored_rows
from loaders.names import read_minerals, read_places
from loaders.report import Ignored
from loaders.units import read_units
from loaders.values import clean, clean_column
from loaders.vocabulary import WORLD, Measure, Status

NAME = "IEA Critical Minerals Dataset, supply by country"
PUBLISHER = "iea"

_SHEET = re.compile(r"(?i)\s*2\s+total supply.*")
_YEAR = re.compile(r"20\d\d(?:\.0)?")
_BLOCK = re.compile(r"^(?P<mineral>.+?)\s+[-–—]\s+(?P<stage>[^()]+?)\s*(?:\((?P<unit>[^()]+)\))?\s*$")
_NOTE = re.compile(r"(?i)(?:note|source)s?\b.*")
_DERIVED = re.compile(r"(?i)top \d+ share.*|share.*")
_TOTAL = re.compile(r"(?i)total(?: supply| clean technologies)?")
_STAGES = {
    "mining": Measure.MINE_PRODUCTION,
    "refining": Measure.REFINERY_PRODUCTION,
    "chemicals": Measure.REFINERY_PRODUCTION,
    "battery grade": Measure.PRODUCTION,
}
"""Stages in the words of the dataset; "chemicals" is refined lithium, "battery grade" natural and synthetic
graphite."""

SCENARIO = "base case"
"""The case of the forecasts of supply, where no line above the years says another."""

_CASE = re.compile(r"(?i)(?!.*\bby\b)(?:.{0,40}\b(?:case|scenario)|STEPS|APS|NZE|CPS)(?: \([^()]*\))?")


class _Panel(NamedTuple):
    """A column of names and the columns of years to its right, by position."""

    names: int
    years: dict[int, int]


def declines(tables: Sequence[RawTable]) -> str | None:
    """Why these tables are not of this format, or None if they are."""
    if not all(raw.sheet for raw in tables):
        return "expected the Excel workbook of the dataset"
    found = [raw for raw in tables if _SHEET.fullmatch(raw.sheet)]
    if len(found) != 1:
        return "expected one sheet '2 Total supply for key minerals'"
    sheet = _supply(found[0])
    if sheet is None or not any(_BLOCK.fullmatch(text) for text in _names(sheet)):
        return f"{found[0].name}: expected years, and lines such as 'Copper - Mining'"
    panels = _panels(sheet)
    if len({tuple(sorted(panel.years.values())) for panel in panels}) > 1:
        return f"{found[0].name}: the panels have different years"
    if any(len(set(_forecasts(sheet, panel))) < len(panel.years) for panel in panels):
        return f"{found[0].name}: a year stands there twice, and nothing says of which case or scenario"
    return None


def read(tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
    """Read the supply of each country, mineral, stage and year; later years than the first are forecasts."""
    raw = next(raw for raw in tables if _SHEET.fullmatch(raw.sheet))
    sheet = _supply(raw)
    assert sheet is not None
    panels = _panels(sheet)
    known = min(year for panel in panels for year in panel.years.values())
    kinds = [_kinds(sheet, panel) for panel in panels]
    cells = pd.concat(
        [_cells(sheet, panel, kind, known) for panel, kind in zip(panels, kinds, strict=True)],
        ignore_index=True,
    )
    values = figures(points.as_said(cells, "printed_value", PUBLISHER, answers))
    forecast = (cells["year"] > known) & (values["status"] == Status.AS_PUBLISHED.value)
    values["status"] = values["status"].mask(forecast, Status.FORECAST.value)
    headers = {"place": "name", "mineral": "line above", "unit": "title"}
    return assemble(
        cells.assign(**{str(name): values[name] for name in values}),
        Origin("iea-critical-minerals", str(known + 1), PUBLISHER, headers, answers=answers),
        RowAccount(
            sum(len((sheet if table is raw else table).frame) for table in tables),
            [*_unread_rows(sheet, kinds), *_other_sheets(tables, raw)],
        ),
    )


# The sheet --------------------------------------------------------------------------------------------------


def _supply(raw: RawTable) -> RawTable | None:
    """The sheet with its row of years as header."""
    return headed(raw, lambda cells: sum(_is_year(cell) for cell in cells) > 1)


def _is_year(text: str) -> bool:
    return bool(_YEAR.fullmatch(re.sub(r" \(\d+\)$", "", text.strip())))


def _names(sheet: RawTable) -> list[str]:
    return [
        clean(text) for panel in _panels(sheet) for text in sheet.frame.iloc[:, panel.names] if clean(text)
    ]


def _panels(sheet: RawTable) -> list[_Panel]:
    """The runs of columns of years, each with the column to its left."""
    found: list[_Panel] = []
    for position, header in enumerate(sheet.header):
        if not _is_year(header):
            continue
        year = int(header[:4])
        if found and position - 1 in found[-1].years:
            found[-1].years[position] = year
        elif position:
            found.append(_Panel(position - 1, {position: year}))
    return found


def _cases(sheet: RawTable) -> list[str]:
    """The case or scenario above each column, in small letters: of all columns, if a line has one alone."""
    cases = [SCENARIO] * len(sheet.header)
    for row in sheet.head[:-1]:
        texts = [clean(text) for text in row.cells]
        told = {place: text for place, text in enumerate(texts) if _CASE.fullmatch(text)}
        now = SCENARIO if len(set(told.values())) > 1 else next(iter(told.values()), "")
        for place in range(len(cases)):
            now = told.get(place, now)
            cases[place] = now.lower() or cases[place]
    return cases


def _forecasts(sheet: RawTable, panel: _Panel) -> list[tuple[int, str]]:
    """The year of each column of a panel, and its case."""
    cases = _cases(sheet)
    return [(year, cases[place]) for place, year in panel.years.items()]


def _kinds(sheet: RawTable, panel: _Panel) -> pd.DataFrame:
    """For each row of a panel its `name`, `kind` ("row", "line", "share", "note", "blank") and `block`."""
    names = clean_column(sheet.frame.iloc[:, panel.names])
    numbers = sheet.frame.iloc[:, list(panel.years)].apply(lambda column: column.str.strip() != "")
    filled = numbers.any(axis="columns")
    kind = pd.Series("row", index=names.index)
    kind = kind.mask(names.str.fullmatch(_DERIVED.pattern), "share")
    kind = kind.mask(~filled & names.ne(""), "line").mask(~filled & names.eq(""), "blank")
    notes = names.str.fullmatch(_NOTE.pattern).cummax()
    kind = kind.mask(notes & ~filled, "note")
    lines = names.where(kind.eq("line") & names.str.fullmatch(_BLOCK.pattern))
    return pd.DataFrame({"name": names, "kind": kind, "block": lines.ffill()})


def _unread_rows(sheet: RawTable, kinds: Sequence[pd.DataFrame]) -> list[Ignored]:
    """Rows of which no panel has a figure that is read."""
    used = pd.concat([kind["kind"].eq("row") for kind in kinds], axis="columns").any(axis="columns")
    share = pd.concat([kind["kind"].eq("share") for kind in kinds], axis="columns").any(axis="columns")
    return [
        *ignored_rows(sheet.name, ~used & share, "a share, which is computed"),
        *ignored_rows(sheet.name, ~used & ~share, "blank row, title or note"),
    ]


def _other_sheets(tables: Sequence[RawTable], raw: RawTable) -> list[Ignored]:
    return [
        Ignored(file=table.name, reason="demand by scenario, or notes", count=len(table.frame))
        for table in tables
        if table is not raw and len(table.frame)
    ]


# Cells ------------------------------------------------------------------------------------------------------


def _unit(sheet: RawTable) -> str:
    """The unit that the lines above the years state in brackets: "(kt)"."""
    for line in sheet.above:
        for unit in re.findall(r"\(([^()]+)\)", line):
            if read_units(pd.Series([unit], dtype="string"), PUBLISHER)["unit"].notna().iloc[0]:
                return str(unit)
    return ""


def _cells(sheet: RawTable, panel: _Panel, kinds: pd.DataFrame, known: int) -> pd.DataFrame:
    """One line for each row of a panel and year."""
    used = kinds["kind"] == "row"
    blocks = kinds.loc[used, "block"].fillna("").str.extract(_BLOCK.pattern).fillna("")
    names = kinds.loc[used, "name"]
    places = read_places(names, PUBLISHER)["place"]
    minerals = read_minerals(by_text(blocks["mineral"], _without_brackets), PUBLISHER)
    stage = blocks["stage"].str.strip().str.lower().map(lambda text: _STAGES.get(text, ""))
    detail = stage.where(blocks["stage"].str.lower() == "battery grade", "").mask(
        lambda column: column != "", "battery grade"
    )
    stated, cases = _unit(sheet), _cases(sheet)
    common = {
        "file": sheet.name,
        "row": names.index,
        "commodity": kinds.loc[used, "block"].fillna("(no line above)"),
        "mineral": minerals.where(stage != ""),
        "measure": stage,
        "printed_measure": kinds.loc[used, "block"].fillna(""),
        "printed_name": names,
        "place": places.mask(names.str.fullmatch(_TOTAL.pattern), WORLD),
        "printed_unit": blocks["unit"].mask(blocks["unit"] == "", stated),
        "note": "",
    }
    return pd.concat(
        [
            pd.DataFrame(
                {
                    **common,
                    "column": sheet.header[position],
                    "year": year,
                    "detail": detail if year == known else detail.map(partial(_with_case, cases[position])),
                    "printed_value": sheet.frame.iloc[:, position][used],
                }
            )
            for position, year in panel.years.items()
        ],
        ignore_index=True,
    )


def _with_case(case: str, detail: str) -> str:
    return ", ".join(filter(None, (detail, case)))


def _without_brackets(text: str) -> str:
    return clean(re.sub(r"\([^()]*\)", " ", text))
