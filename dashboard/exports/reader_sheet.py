"""The first sheet of a workbook: the finding, what a reader needs of the table, its source, and charts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.charts.chart import Chart
from dashboard.exports.json import plain_value
from dashboard.exports.office import sheet_text
from dashboard.exports.small_table import small_table
from dashboard.snapshot import Stamp
from loaders.text import count

_ROWS = 1_000
"""Rows that a reader looks through; a longer table is whole on the sheet of figures."""
_HEAD = 3
"""The line of the heads, below finding, subtitle and an empty line."""
_WIDEST = 44
"""Characters of a column."""
_WIDTH, _LINE = 760, 20
"""Pixels of a chart's width, and of a line of a sheet."""


class SheetColumn(NamedTuple):
    """The head of a column and its cells: numbers, texts, or None."""

    head: str
    cells: list[Any]
    part: bool = False
    """Whether its numbers are parts of a whole, shown in per cent."""


class ReaderSheet:
    """A sheet whose charts stand at the right of its table, one below the other."""

    def __init__(self, sheet: Worksheet, beside: int) -> None:
        self._sheet, self._beside, self._line = sheet, beside, _HEAD

    def add_chart(self, drawn: Any, alt: str, height: int) -> None:
        """Put a native chart of so many pixels below the last one."""
        drawn.set_size({"width": _WIDTH, "height": height})
        self._sheet.insert_chart(self._line, self._beside, drawn, {"description": sheet_text(alt)})
        self._line += height // _LINE + 2


def add_reader_sheet(book: Workbook, chart: Chart, stamp: Stamp) -> ReaderSheet:
    """Add the sheet "table": numbers are numbers, and beside each stand the words that it is read by."""
    sheet = book.add_worksheet("table")
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, sheet_text(chart.title), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, sheet_text(chart.subtitle))
    columns = _columns(chart)
    for place, column in enumerate(columns):
        _write(book, sheet, place, column)
    left = len(chart.table) - _ROWS
    told = [f"{count(left, 'more row')} on the sheet figures."] if left > 0 else []
    told += [f"{chart.source} {stamp.words}", "Each figure with file, row and citation: sheet figures."]
    small = book.add_format({"font_size": 9, "font_color": "#56616D"})
    for line, text in enumerate(told, _HEAD + min(len(chart.table), _ROWS) + 2):
        sheet.write_string(line, 0, sheet_text(text), small)
    return ReaderSheet(sheet, len(columns) + 1)


def _columns(chart: Chart) -> list[SheetColumn]:
    """Those of the small table; ranks as numbers, and amounts of one unit as numbers before their words."""
    table = chart.table.head(_ROWS)
    small = small_table(replace(chart, table=table))
    texts = zip(*small.rows, strict=True) if small.rows else ([] for _ in small.head)
    unit = _unit(table)
    columns: list[SheetColumn] = []
    for head, cells in zip(small.head, texts, strict=True):
        if head == "amount" and unit:
            named = "amount" if unit == "1" else f"amount ({unit})"
            columns.append(SheetColumn(named, _plain(table["value"]), part=unit == "1"))
            columns.append(SheetColumn("in words", list(cells)))
        else:
            columns.append(SheetColumn(head, _plain(table["rank"]) if head == "rank" else list(cells)))
    return columns


def _plain(cells: Any) -> list[Any]:
    return [plain_value(value) for value in cells.tolist()]


def _unit(table: pd.DataFrame) -> str:
    """The unit of all amounts; empty where they have several."""
    units = {str(unit) for unit in table["unit"] if unit} if "unit" in table else set()
    return units.pop() if len(units) == 1 else ""


def _write(book: Workbook, sheet: Worksheet, place: int, column: SheetColumn) -> None:
    numbers = any(isinstance(cell, int | float) for cell in column.cells)
    align = "right" if numbers else "left"
    sheet.write_string(
        _HEAD, place, sheet_text(column.head), book.add_format({"bold": True, "bottom": 1, "align": align})
    )
    part, whole, other = (book.add_format({"num_format": name}) for name in ("0.00%", "#,##0", "General"))
    for line, cell in enumerate(column.cells, _HEAD + 1):
        if isinstance(cell, int | float):
            looks = part if column.part else whole if cell == int(cell) else other
            sheet.write_number(line, place, cell, looks)
        elif cell:
            sheet.write_string(line, place, sheet_text(str(cell)))
    longest = max((len(str(cell)) for cell in column.cells if cell is not None), default=0)
    sheet.set_column(place, place, min(max(longest, len(column.head)) + 2, _WIDEST))
