"""The sheets of a workbook, whatever its format, become tables of text.

The header is found below the title lines; header cells of several rows, merged or not, become one name.
Cells keep what they store: numbers to the 15 digits that Excel shows, text as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from loaders.errors import UnreadableFile
from loaders.files.appearance import Appearance, divided, unseen
from loaders.files.damage import refuse_damaged_text
from loaders.files.table import (
    LEVELS,
    MAX_COLUMNS,
    HeadRow,
    InputFile,
    MergedCell,
    NumberCell,
    RawTable,
    unique_names,
)

MAX_BOOK_BYTES = 256 * 2**20
"""The most that the parts of one workbook together may unpack to, and the most text in its cells."""

MAX_BOOK_CELLS = 4_000_000
MAX_ROWS = 1_048_576
MAX_CELL_TEXT = 32_767
"""Rows of a sheet and characters of a cell: the limits of Excel."""

MAX_HEADER_ROWS = 20

TOO_LARGE = "Save the sheet as CSV, or divide the workbook."


class Merge(NamedTuple):
    """A merged range; rows and columns count from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


BookRow = tuple[int, list[str]]
"""A row that is not blank: its number, and its cells as text."""


class Sheet(NamedTuple):
    """A sheet of a workbook: its rows that are not blank, what is merged, and what it looks like."""

    title: str
    rows: list[BookRow]
    merges: list[Merge]
    looks: Appearance
    hidden: bool


class Budget:
    """What is left of the cells and the characters that one workbook may have."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.cells = MAX_BOOK_CELLS
        self.text = MAX_BOOK_BYTES

    def take(self, cells: list[str], row: int, sheet: str) -> None:
        """Count the cells of a row. Raises UnreadableFile for too many, and for damaged text."""
        if row > MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise UnreadableFile(f"sheet {sheet} is larger than a sheet of Excel.", file=self.file, row=row)
        self.cells -= len(cells)
        self.text -= sum(map(len, cells))
        if self.cells < 0 or self.text < 0:
            raise UnreadableFile(
                f"the workbook has more than {MAX_BOOK_CELLS:,} cells or {MAX_BOOK_BYTES:,} characters.",
                file=self.file,
                row=row,
                remedy=TOO_LARGE,
            )
        refuse_damaged_text("\n".join(cells), f"{self.file}, sheet {sheet}", row)


_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def raised(text: str) -> str:
    """A text that is printed above the line: its digits are those of a footnote, or of a power."""
    return text.translate(_RAISED)


def stored_text(value: Any) -> str:
    """What a cell stores, as text; a number is a NumberCell."""
    if value is None:
        return ""
    if isinstance(value, str):
        if len(value) > MAX_CELL_TEXT:
            raise UnreadableFile(f"a cell holds {len(value):,} characters; Excel allows {MAX_CELL_TEXT:,}.")
        return "" if value.isspace() else value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return NumberCell(f"{value:.15g}")
    if isinstance(value, int):
        return NumberCell(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def table_of(item: InputFile, sheet: Sheet, kind: str) -> RawTable:
    """The table of a sheet; `kind` is what its file is."""
    rows, merges = sheet.rows, sheet.merges
    width = max(len(cells) for _, cells in rows)
    rows = [(number, cells + [""] * (width - len(cells))) for number, cells in rows]
    filled = _with_merges(rows, merges, item.name)
    first, last = _header_rows(rows, filled, merges)
    names = [
        _header_name(filled[number][position] for number, _ in rows if first <= number <= last)
        for position in range(width)
    ]
    body = [(number, _body_cells(cells, filled[number])) for number, cells in rows if number > last]
    frame = pd.DataFrame([cells for _, cells in body], columns=range(width), dtype="string")
    frame = frame.set_axis(unique_names(names), axis="columns")
    frame.index = pd.Index([number for number, _ in body], dtype="int64")
    above = tuple(" ".join(filter(None, cells)) for number, cells in rows if number < first)
    in_numbers = np.array([[isinstance(cell, NumberCell) for cell in cells] for _, cells in body], dtype=bool)
    numbers = pd.DataFrame(in_numbers.reshape(frame.shape), index=frame.index, columns=frame.columns)
    head = _with_merges([row for row in rows if row[0] <= last], merges, item.name, numbers_too=True)
    return RawTable(
        item.name,
        frame,
        kind,
        item.record,
        sheet.title,
        above,
        numbers=numbers,
        head=tuple(HeadRow(number, tuple(cells)) for number, cells in head.items()),
        header_rows=sum(number >= first for number in head),
        unseen=unseen(rows, sheet.looks, sheet.hidden),
        divided=divided(rows, sheet.looks),
    )


def _with_merges(
    rows: list[BookRow], merges: list[Merge], file: str, numbers_too: bool = False
) -> dict[int, list[str]]:
    """The rows, with the text of a merged range in each of its cells.

    A number stays in its first cell, unless `numbers_too`: a year over several columns of a header.
    """
    cells = {number: list(texts) for number, texts in rows}
    numbers = list(cells)
    left = MAX_BOOK_CELLS
    for merge in merges:
        text = _cell(cells, merge.top, merge.left)
        if not text or (_NUMBER.fullmatch(text) and not numbers_too):
            continue
        covered = numbers[bisect_left(numbers, merge.top) : bisect_right(numbers, merge.bottom)]
        width = min(merge.right, len(cells[merge.top])) - merge.left + 1
        left -= len(covered) * width
        if left < 0:
            raise UnreadableFile(f"merged ranges cover more than {MAX_BOOK_CELLS:,} cells.", file=file)
        again = MergedCell(text) if isinstance(text, NumberCell) else text
        for number in covered:
            first = text if number == merge.top else again
            cells[number][merge.left - 1 : merge.right] = [first, *[again] * (width - 1)]
    return cells


def _body_cells(printed: list[str], filled: list[str]) -> list[str]:
    """The cells of a row below the header; a note or title merged over the row stays in its first cell."""
    return printed if len(set(filter(None, filled))) == 1 and any(printed) else filled


_NUMBER = re.compile(r"[-+]?[0-9][0-9.,\s]*(?:e[-+]?[0-9]+)?", re.I)


def _cell(cells: dict[int, list[str]], row: int, column: int) -> str:
    texts = cells.get(row, [])
    return texts[column - 1] if column <= len(texts) else ""


def _header_rows(rows: list[BookRow], filled: dict[int, list[str]], merges: list[Merge]) -> tuple[int, int]:
    """First and last row of the header: the first row that is at least half as full as the fullest.

    A title has one cell, even if it is merged over the width of the table. Merged cells lead further
    down: to their own last row, or, where one stands above several columns, to the row that divides it.
    """
    least = min(2, max(_count(cells) for _, cells in rows))
    full = {number: _count(filled[number]) for number, cells in rows if _count(cells) >= least}
    first = next(number for number, count in full.items() if count * 2 >= max(full.values()))
    last, numbers = first, [number for number, _ in rows]
    while (deeper := _deepest(merges, first, last)) and deeper - first < MAX_HEADER_ROWS:
        last = deeper
    return first, min(last, numbers[-1])


def _deepest(merges: list[Merge], first: int, last: int) -> int:
    """The row to which merged cells of the header's rows lead, or 0 if no further."""
    ends = [merge.bottom for merge in merges if first <= merge.top <= last]
    ends += [merge.bottom + 1 for merge in merges if first <= merge.top <= last and merge.right > merge.left]
    deepest = max(ends, default=0)
    return deepest if deepest > last else 0


def _count(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell)


def _header_name(texts: Iterator[str]) -> str:
    return LEVELS.join(dict.fromkeys(" ".join(text.split()) for text in texts if text))
