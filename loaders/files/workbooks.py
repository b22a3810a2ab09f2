"""Excel workbooks become tables of text: one for each sheet, with the row numbers that Excel shows.

The header is found below the title lines; header cells of several rows, merged or not, become one name.
Cells keep what they store: numbers to the 15 digits that Excel shows, text as it is.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import numpy as np
import openpyxl
import pandas as pd
from defusedxml.ElementTree import fromstring

from loaders.errors import MineralsError, UnreadableFile
from loaders.files.appearance import (
    Appearance,
    appearance,
    column_number,
    divided,
    odd_styles,
    unseen,
    with_percent_signs,
)
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

MAX_OTHER_TAGS = 500_000
"""XML elements of one part that are no cells: each becomes an object, styles and merged ranges among them."""

MAX_HEADER_ROWS = 20

_TOO_LARGE = "Save the sheet as CSV, or divide the workbook."


class Merge(NamedTuple):
    """A merged range; rows and columns count from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


Row = tuple[int, list[str]]
"""A row that is not blank: its number, and its cells as text."""


def read_book(item: InputFile) -> list[RawTable]:
    """The tables of a workbook, one for each sheet that is not blank.

    Raises UnreadableFile for a workbook that is damaged, too large, blank, or has a formula without
    its result.
    """
    try:
        sheets = _read_sheets(item)
    except MineralsError:
        raise
    except Exception as error:  # openpyxl meets damaged workbooks with whatever its code runs into
        raise UnreadableFile(
            f"the workbook cannot be opened ({type(error).__name__}: {error}).",
            file=item.name,
            remedy="Open it in a spreadsheet program and save it again as .xlsx.",
        ) from error
    tables = [_table(item, sheet) for sheet in sheets if sheet.rows]
    if not tables:
        raise UnreadableFile("the workbook is empty.", file=item.name, remedy="Expected a header and rows.")
    return tables


class _Sheet(NamedTuple):
    title: str
    rows: list[Row]
    merges: list[Merge]
    looks: Appearance
    hidden: bool


def _read_sheets(item: InputFile) -> list[_Sheet]:
    with zipfile.ZipFile(io.BytesIO(item.content)) as archive:
        _refuse_large(archive, item.name)
        parts = {title: archive.read(path) for title, path in _sheet_parts(archive).items()}
        odd = odd_styles(archive)
    for title, part in parts.items():
        _refuse_missing_results(part, item.name, title)
    budget = _Budget(item.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validation lists, which are not read
        book = openpyxl.load_workbook(
            io.BytesIO(item.content), read_only=True, data_only=True, keep_links=False
        )
        return [_sheet(sheet, parts.get(sheet.title, b""), odd, budget) for sheet in book.worksheets]


def _sheet(sheet: Any, part: bytes, odd: dict[int, int], budget: _Budget) -> _Sheet:
    looks = appearance(part, odd)
    rows = with_percent_signs(_rows(sheet, budget), looks)
    return _Sheet(sheet.title, rows, _merges(part), looks, sheet.sheet_state != "visible")


def _refuse_large(archive: zipfile.ZipFile, name: str) -> None:
    """Before openpyxl sees it: it reads a whole part to find out how large a sheet is."""
    size = sum(info.file_size for info in archive.infolist())
    if size > MAX_BOOK_BYTES:
        raise UnreadableFile(
            f"the workbook unpacks to {size:,} bytes; at most {MAX_BOOK_BYTES:,} are read.",
            file=name,
            remedy=_TOO_LARGE,
        )
    for info in archive.infolist():
        part = archive.read(info)
        tags = part.count(b"<") - part.count(b"</")
        cells = sum(part.count(tag) for tag in _CELL_TAGS)
        rows = sum(part.count(tag) for tag in _ROW_TAGS)
        if cells > 4 * MAX_BOOK_CELLS or rows > MAX_ROWS or tags - cells - rows > MAX_OTHER_TAGS:
            raise UnreadableFile(
                f"the part {info.filename[:80]} of the workbook has too many elements.",
                file=name,
                remedy=_TOO_LARGE,
            )


_CELL_TAGS = (
    b"<c ", b"<c>", b"<c/", b"<v>", b"<v ", b"<v/", b"<f>", b"<f ", b"<f/", b"<is>", b"<si>", b"<si/", b"<t>",
    b"<t ", b"<t/",
)  # fmt: skip
_ROW_TAGS = (b"<row ", b"<row>", b"<row/")


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Title of each sheet -> the archive's member that holds its cells."""
    links = {
        link.get("Id"): str(link.get("Target"))
        for link in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    members = set(archive.namelist())
    parts = {}
    for sheet in fromstring(archive.read("xl/workbook.xml")).iter():
        target = links.get(next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None), "")
        path = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
        if sheet.tag.endswith("}sheet") and path in members:
            parts[sheet.attrib["name"]] = path
    return parts


# <c r="B2" s="1"><f>A1*2</f></c>, <c r="B2"><f t="shared" si="0"/><v></v></c>; with t="str" the result is
# an empty text.
_NO_RESULT = re.compile(
    rb'<(?:\w+:)?c r="(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})"(?![^>]*t="str")[^>]*>'
    rb"<(?:\w+:)?f[^<]*(?:/>|</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?</"
    rb"(?:\w+:)?c>"
)


def _refuse_missing_results(part: bytes, name: str, sheet: str) -> None:
    cell = _NO_RESULT.search(part) if b"<f" in part or b":f" in part else None
    if cell:
        raise UnreadableFile(
            f"sheet {sheet} has a formula without its result.",
            file=name,
            row=int(cell["row"]),
            column=cell["column"].decode(),
            remedy="Open the workbook in a spreadsheet program and save it, or paste the values.",
        )


_MERGE = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def _merges(part: bytes) -> list[Merge]:
    return (
        []
        if b"mergeCell" not in part
        else [
            Merge(int(top), column_number(left), int(bottom), column_number(right))
            for left, top, right, bottom in _MERGE.findall(part)
        ]
    )


class _Budget:
    """What is left of the cells and the characters that one workbook may have."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.cells = MAX_BOOK_CELLS
        self.text = MAX_BOOK_BYTES

    def spend(self, cells: list[str], row: int) -> None:
        self.cells -= len(cells)
        self.text -= sum(map(len, cells))
        if self.cells < 0 or self.text < 0:
            raise UnreadableFile(
                f"the workbook has more than {MAX_BOOK_CELLS:,} cells or {MAX_BOOK_BYTES:,} characters.",
                file=self.file,
                row=row,
                remedy=_TOO_LARGE,
            )


def _rows(sheet: Any, budget: _Budget) -> list[Row]:
    sheet.reset_dimensions()  # what the sheet says of its own size may be wrong
    found: list[Row] = []
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MAX_ROWS or len(values) > MAX_COLUMNS:
            raise UnreadableFile(
                f"sheet {sheet.title} is larger than a sheet of Excel.", file=budget.file, row=number
            )
        cells = [_text(value) for value in values]
        budget.spend(cells, number)
        refuse_damaged_text("\n".join(cells), f"{budget.file}, sheet {sheet.title}", number)
        if any(cells):
            found.append((number, cells))
    return found


def _text(value: Any) -> str:
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


# From rows to a table -------------------------------------------------------------------------------


def _table(item: InputFile, sheet: _Sheet) -> RawTable:
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
        "Excel workbook",
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
    rows: list[Row], merges: list[Merge], file: str, numbers_too: bool = False
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


def _header_rows(rows: list[Row], filled: dict[int, list[str]], merges: list[Merge]) -> tuple[int, int]:
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
