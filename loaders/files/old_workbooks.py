"""Workbooks of Excel before 2007 (.xls): their sheets, with what is merged, hidden, or shown otherwise."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import xlrd

from loaders.errors import UnreadableFile
from loaders.files.appearance import Appearance, cell_key, divisor, with_percent_signs
from loaders.files.table import InputFile
from loaders.files.worksheets import (
    MAX_BOOK_BYTES,
    TOO_LARGE,
    BookRow,
    Budget,
    Merge,
    Sheet,
    raised,
    stored_text,
)


def old_sheets(item: InputFile) -> list[Sheet]:
    """The sheets of a workbook.

    Raises UnreadableFile for one with a password, or too large; for damage whatever xlrd runs into.
    """
    if item.size > MAX_BOOK_BYTES:
        raise UnreadableFile(f"the workbook has {item.size:,} bytes.", file=item.name, remedy=TOO_LARGE)
    try:
        book = xlrd.open_workbook(
            file_contents=item.content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        raise UnreadableFile(
            "this is a workbook with a password, or no workbook of Excel before 2007.",
            file=item.name,
            remedy="Save it as .xlsx without a password.",
        ) from error
    odd = _odd_styles(book)
    budget = Budget(item.name)
    return [_sheet(sheet, book.datemode, odd, budget) for sheet in book.sheets()]


def _odd_styles(book: Any) -> dict[int, int]:
    """The styles of cells whose formats divide, or show percentages: number -> divisor."""
    formats = {key: divisor(item.format_str or "") for key, item in book.format_map.items()}
    found = {number: formats.get(style.format_key) for number, style in enumerate(book.xf_list)}
    return {number: by for number, by in found.items() if by is not None}


def _sheet(sheet: Any, datemode: int, odd: dict[int, int], budget: Budget) -> Sheet:
    rows = _rows(sheet, datemode, budget)
    looks = Appearance(
        _shown(sheet, odd),
        frozenset(at + 1 for at, row in sheet.rowinfo_map.items() if row.hidden),
        frozenset(at + 1 for at, column in sheet.colinfo_map.items() if column.hidden),
    )
    merges = [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    return Sheet(sheet.name, with_percent_signs(rows, looks), merges, looks, sheet.visibility != 0)


def _rows(sheet: Any, datemode: int, budget: Budget) -> list[BookRow]:
    found: list[BookRow] = []
    in_fonts: dict[int, list[int]] = {}
    for row, place in sheet.rich_text_runlist_map:
        in_fonts.setdefault(row, []).append(place)
    for at in range(sheet.nrows):
        pairs = zip(sheet.row_types(at), sheet.row_values(at), strict=True)
        cells = [_text(kind, value, datemode) for kind, value in pairs]
        for place in in_fonts.get(at, ()):
            cells[place] = _with_raised(cells[place], sheet, (at, place))
        budget.take(cells, at + 1, sheet.name)
        if any(cells):
            found.append((at + 1, cells))
    return found


def _text(kind: int, value: Any, datemode: int) -> str:
    if kind == xlrd.XL_CELL_DATE:
        return _date(value, datemode)
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#ERROR!"))
    return stored_text(bool(value) if kind == xlrd.XL_CELL_BOOLEAN else value)


def _with_raised(text: str, sheet: Any, cell: tuple[int, int]) -> str:
    """A text in several fonts; digits above the line stay such."""
    runs = [(0, None), *sheet.rich_text_runlist_map[cell], (len(text), None)]
    return "".join(
        raised(text[start:end]) if font is not None and _is_raised(sheet.book, font) else text[start:end]
        for (start, font), (end, _) in pairwise(runs)
    )


def _is_raised(book: Any, font: int) -> bool:
    return bool(book.font_list[font].escapement == 1)


def _date(value: float, datemode: int) -> str:
    """A day that Excel can show; a number outside its calendar stays a number."""
    try:
        return stored_text(xlrd.xldate_as_datetime(value, datemode))
    except (ValueError, OverflowError):
        return stored_text(value)


def _shown(sheet: Any, odd: dict[int, int]) -> dict[int, int]:
    """The cells with a style of those."""
    if not odd:
        return {}
    return {
        cell_key(at + 1, place + 1): odd[style]
        for at in range(sheet.nrows)
        for place in range(sheet.row_len(at))
        if (style := sheet.cell_xf_index(at, place)) in odd
    }
