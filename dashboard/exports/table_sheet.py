"""A sheet of a workbook that holds one long table, written by column and by distinct value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.json import plain_value
from dashboard.exports.native.numbers import column_name
from dashboard.exports.office import sheet_text


class TableSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types, so its classes are Any
    """A sheet whose first row is written cell by cell, and the rows below it as text that is ready."""

    dim_rowmax: int
    _below = ""

    def write_below(self, table: pd.DataFrame, number: Format) -> list[int]:
        """Write a table from the second row on; gives the letters of the longest value of each column.

        Numbers and truths are cells of that kind, every text is a text; what is missing, and a text without
        a letter, is no cell.
        """
        lines = [str(line) for line in range(2, len(table) + 2)]
        columns, longest = [], []
        for place, name in enumerate(table.columns):
            letters = f'<c r="{column_name(place)}'
            codes, distinct = _distinct(table[name])
            ends = [self._end(value, number) for value in distinct]
            told = map([*ends, ""].__getitem__, codes)
            columns.append(
                [f"{letters}{line}{end}" if end else "" for line, end in zip(lines, told, strict=True)]
            )
            longest.append(max((len(str(value)) for value in distinct if value is not None), default=0))
        if columns and lines:
            self._check_dimensions(len(lines), len(columns) - 1)
        rows = zip(lines, map("".join, zip(*columns, strict=True)), strict=True)
        self._below = "".join(f'<row r="{line}">{cells}</row>' for line, cells in rows if cells)
        return longest

    def _end(self, value: Any, number: Format) -> str:
        """What follows the place of a cell; nothing where there is no cell."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return f'" t="b"><v>{value:d}</v></c>'
        if isinstance(value, int | float):
            return f'" s="{number._get_xf_index()}"><v>{value:.16G}</v></c>'
        text = sheet_text(value)
        return f'" t="s"><v>{self.str_table._get_shared_string_index(text)}</v></c>' if text else ""

    def _write_rows(self) -> None:
        """Called by xlsxwriter, which writes the rows of one sheet here: the first by itself, then ours."""
        last, self.dim_rowmax = self.dim_rowmax, 0
        super()._write_rows()
        self.dim_rowmax = last
        self.fh.write(self._below)


def add_table_sheet(book: Workbook, name: str) -> TableSheet:
    """A new sheet of a workbook."""
    sheet = book.add_worksheet(name, worksheet_class=TableSheet)
    assert isinstance(sheet, TableSheet)
    return sheet


def _distinct(column: pd.Series[Any]) -> tuple[Sequence[int], list[Any]]:
    """Which of the distinct values each line has, −1 for none; a truth is no number."""
    if column.dtype != object:
        places, found = pd.factorize(column)
        return places.tolist(), [plain_value(value) for value in found.tolist()]
    known: dict[tuple[type, Any], int] = {}
    cells = [plain_value(value) for value in column.tolist()]
    codes = [-1 if cell is None else known.setdefault((type(cell), cell), len(known)) for cell in cells]
    return codes, [value for _, value in known]
