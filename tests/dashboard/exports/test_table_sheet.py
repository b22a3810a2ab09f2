"""The sheet that takes a whole table holds the cells that xlsxwriter writes one by one."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import pytest
from xlsxwriter import Workbook

from dashboard.exports.json import plain_value
from dashboard.exports.office import sheet_text
from dashboard.exports.table_sheet import add_table_sheet

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
NUMBER = {"num_format": "General"}

COLUMNS: dict[str, Callable[[], pd.Series[Any]]] = {
    "numbers": lambda: pd.Series([1.0, 0.1 + 0.2, 1e21, -4.5e-9, 0.0, 123456789012345680.0]),
    "numbers that are not there": lambda: pd.Series([1.0, float("nan"), float("inf"), float("-inf"), 1.0]),
    "whole numbers": lambda: pd.Series([1, 0, -7, 2**53]),
    "truths": lambda: pd.Series([True, False, True]),
    "nothing at all": lambda: pd.Series([None, float("nan")], dtype=object),
    "truths beside numbers": lambda: pd.Series([True, 1, 1.0, 0, False, None, "1"], dtype=object),
    "days": lambda: pd.Series([date(2025, 3, 31), None, date(2025, 3, 31)], dtype=object),
    "texts": lambda: pd.Series(["Myanmar (Burma)", "", None, "Myanmar (Burma)", "0", " two  spaces "]),
    "texts like formulas": lambda: pd.Series(["=1+1", "=cmd|' /C calc'!A0", "@x", "https://a.example", "'"]),
    "signs of XML": lambda: pd.Series(["<c>&amp;</c>", '"', "a\nb", "a\r\nb\tc", "\0\x1b", "_x0041_"]),
    "half a sign": lambda: pd.Series(["\ud800"], dtype=object),
    "other scripts": lambda: pd.Series(["مصر", "中国", "\U0001f30d", "e\u0301"]),
    "long": lambda: pd.Series(["x" * 40_000, "y" * 200]),
}  # fmt: skip


def cells(content: bytes) -> list[list[tuple[object, ...]]]:
    """Value, kind and look of each cell below the head; one with a text of no letters is none."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["figures"]
    rows = sheet.iter_rows(min_row=2)
    return [[("", cell.number_format) if cell.value in (None, "") else
             (cell.value, cell.data_type, cell.number_format, cell.font.b) for cell in row]
            for row in rows]  # fmt: skip


def one_by_one(table: pd.DataFrame) -> bytes:
    """As xlsxwriter writes cells."""
    content = io.BytesIO()
    with Workbook(content, OPTIONS) as book:
        sheet = book.add_worksheet("figures")
        number = book.add_format(NUMBER)
        for place, name in enumerate(table.columns):
            sheet.write_string(0, place, name)
            for line, value in enumerate(map(plain_value, table[name].tolist()), 1):
                if isinstance(value, bool):
                    sheet.write_boolean(line, place, value)
                elif isinstance(value, int | float):
                    sheet.write_number(line, place, value, number)
                elif value is not None:
                    sheet.write_string(line, place, sheet_text(value))
    return content.getvalue()


def at_once(table: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    with Workbook(content, OPTIONS) as book:
        sheet = add_table_sheet(book, "figures")
        sheet.write_below(table, book.add_format(NUMBER))
        for place, name in enumerate(table.columns):
            sheet.write_string(0, place, name)
    return content.getvalue()


def padded(rows: list[list[tuple[object, ...]]], width: int, height: int) -> list[list[tuple[object, ...]]]:
    """Rows and columns at the end that hold nothing are no cells in one of the two."""
    nothing = ("", "General")
    rows = [row + [nothing] * (width - len(row)) for row in rows]
    return rows + [[nothing] * width] * (height - len(rows))


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_as_when_written_one_by_one(name: str) -> None:
    table = COLUMNS[name]().to_frame(name)
    shape = (1, len(table))
    assert padded(cells(at_once(table)), *shape) == padded(cells(one_by_one(table)), *shape)


def test_columns_stand_beside_each_other() -> None:
    table = pd.DataFrame({name: make() for name, make in COLUMNS.items()})
    shape = (len(COLUMNS), len(table))
    assert padded(cells(at_once(table)), *shape) == padded(cells(one_by_one(table)), *shape)


def test_a_table_without_lines_has_its_head() -> None:
    table = pd.DataFrame({"figure": [], "value": []})
    assert cells(at_once(table)) == []
    assert [cell.value for cell in next(openpyxl.load_workbook(io.BytesIO(at_once(table))).active.rows)] == [
        "figure",
        "value",
    ]


def test_the_longest_value_of_each_column_is_known() -> None:
    table = pd.DataFrame({"a": ["x", "three", None], "b": [1.5, float("nan"), 22.25], "c": [None] * 3})
    with Workbook(io.BytesIO(), OPTIONS) as book:
        assert add_table_sheet(book, "figures").write_below(table, book.add_format(NUMBER)) == [5, 5, 0]
