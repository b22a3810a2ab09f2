"""What a workbook shows otherwise than it stores: percentages, numbers shown divided, what is hidden."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from defusedxml.ElementTree import fromstring

from loaders.files.table import NumberCell
from loaders.text import count

PERCENT = 0

_MOST = 16_384 + 1
"""More than the columns of a sheet."""


class Appearance(NamedTuple):
    """Of a sheet: the divisor with which a number is shown, by `cell_key`; hidden rows and columns, from 1.

    PERCENT stands for a percentage.
    """

    shown: Mapping[int, int]
    rows: frozenset[int]
    columns: frozenset[int]


_PLAIN_SIGHT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DIVIDED = re.compile(r"[0#?](,+)(?![0#?,])")
_BUILT_IN_PERCENT = (9, 10)


def divisor(number_format: str) -> int | None:
    """By how much a format divides what it shows: 1000 for '#,##0,'; PERCENT for '0%'; None else."""
    first = _PLAIN_SIGHT.sub("", number_format).split(";")[0]
    if "%" in first:
        return PERCENT
    found = _DIVIDED.search(first)
    return 1000 ** len(found[1]) if found else None


def odd_styles(archive: zipfile.ZipFile) -> dict[int, int]:
    """The styles of a workbook's cells whose formats divide, or show percentages: number -> divisor."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    root = fromstring(archive.read("xl/styles.xml"))
    own = {
        item.get("numFmtId"): divisor(item.get("formatCode") or "")
        for item in root.iter()
        if item.tag.endswith("}numFmt")
    }
    own |= {str(number): PERCENT for number in _BUILT_IN_PERCENT}
    formats = next((list(item) for item in root if item.tag.endswith("}cellXfs")), [])
    found = {number: own.get(style.get("numFmtId")) for number, style in enumerate(formats)}
    return {number: divided for number, divided in found.items() if divided is not None}


_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]*? s="(\d{1,6})"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row (?=[^>]*hidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_HIDDEN_COLUMNS = re.compile(rb'<(?:\w+:)?col (?=[^>]*hidden="(?:1|true)")[^>]*>')
_BOUND = re.compile(rb'\b(min|max)="(\d{1,5})"')


def appearance(part: bytes, odd: Mapping[int, int]) -> Appearance:
    """What the cells of a sheet look like, from its part of the workbook."""
    shown = {}
    if any(b's="%d"' % number in part for number in odd):
        shown = {
            cell_key(int(found[2]), column_number(found[1])): odd[int(found[3])]
            for found in _CELL.finditer(part)
            if int(found[3]) in odd
        }
    if b"hidden=" not in part:
        return Appearance(shown, frozenset(), frozenset())
    columns: set[int] = set()
    for tag in _HIDDEN_COLUMNS.findall(part):
        bounds = {name: int(number) for name, number in _BOUND.findall(tag)}
        columns |= set(range(bounds.get(b"min", 1), min(bounds.get(b"max", 0), _MOST - 1) + 1))
    return Appearance(shown, frozenset(map(int, _HIDDEN_ROW.findall(part))), frozenset(columns))


def cell_key(row: int, column: int) -> int:
    """One number for a cell: a sheet may have millions of them."""
    return row * _MOST + column


def column_number(letters: bytes) -> int:
    """1 for column A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """A for column 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def with_percent_signs(
    rows: Iterable[tuple[int, list[str]]], looks: Appearance
) -> list[tuple[int, list[str]]]:
    """The rows; a number that is shown as a percentage becomes the text that is shown, such as 1.4%."""
    percents = {cell for cell, divided in looks.shown.items() if divided == PERCENT}
    if not percents:
        return list(rows)
    return [
        (
            number,
            [
                _percent(cell) if cell_key(number, at) in percents else cell
                for at, cell in enumerate(cells, 1)
            ],
        )
        for number, cells in rows
    ]


def _percent(cell: str) -> str:
    return f"{float(cell) * 100:.12g}%" if isinstance(cell, NumberCell) else cell


def unseen(rows: Sequence[tuple[int, list[str]]], looks: Appearance, hidden: bool) -> tuple[str, ...]:
    """What somebody who opens the sheet does not see of its numbers: sentences."""
    numbers = {
        (number, place)
        for number, cells in rows
        if number in looks.rows or looks.columns
        for place, cell in enumerate(cells, 1)
        if (number in looks.rows or place in looks.columns) and isinstance(cell, NumberCell)
    }
    in_rows = sorted({number for number, _ in numbers if number in looks.rows})
    in_columns = sorted({place for _, place in numbers if place in looks.columns})
    told = ["The sheet is hidden."] if hidden else []
    if in_rows:
        told.append(f"Hidden: {count(len(in_rows), 'row')} with numbers, the first is row {in_rows[0]}.")
    told += [f"Column {column_letters(place)} is hidden and holds numbers." for place in in_columns[:3]]
    return tuple(told)


def divided(rows: Sequence[tuple[int, list[str]]], looks: Appearance) -> str:
    """A sentence on the first number that is shown divided; "" if there is none."""
    texts = dict(rows)
    for key, by in sorted(looks.shown.items()):
        row, column = divmod(key, _MOST)
        cells = texts.get(row, [])
        if by > 1 and column <= len(cells) and isinstance(cells[column - 1], NumberCell):
            stored = cells[column - 1]
            shown = f"{float(stored) / by:,.0f}"
            return (
                f"Numbers are shown divided by {by:,}: row {row}, column {column_letters(column)} holds "
                f"{stored} and shows {shown}."
            )
    return ""
