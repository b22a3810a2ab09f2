"""The workbook behind a native chart of PowerPoint, which "Edit data" opens."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from dashboard.exports.office import FIRST_DATE, in_element

_SHEET = "xl/worksheets/sheet1.xml"
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def numbers_workbook(
    labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], made: datetime
) -> bytes:
    """A sheet with labels in column A from row 2, and a column for each series under its name."""
    columns = [column_name(number) for number in range(1, len(series) + 1)]
    head = "".join(_text(f"{column}1", name) for column, (name, _) in zip(columns, series, strict=True))
    lines = [f'<row r="1">{head}</row>']
    for number, label in enumerate(labels):
        row = number + 2
        cells = "".join(
            f'<c r="{column}{row}"><v>{float(value)!r}</v></c>'
            for column, (_, values) in zip(columns, series, strict=True)
            if (value := values[number]) is not None
        )
        lines.append(f'<row r="{row}">{_text(f"A{row}", label)}{cells}</row>')
    sheet = f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    content = io.BytesIO(_without_sheet(made))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(zipfile.ZipInfo(_SHEET, FIRST_DATE), sheet, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def column_name(number: int) -> str:
    """The letters of a column, of which the first is 0."""
    name: str = xl_col_to_name(number)
    return name


def _text(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t xml:space="preserve">{in_element(text)}</t></is></c>'


@lru_cache(maxsize=4)
def _without_sheet(made: datetime) -> bytes:
    """All of a workbook but its sheet, which is what differs between one chart and another."""
    whole, rest = io.BytesIO(), io.BytesIO()
    with Workbook(whole, {"in_memory": True}) as book:
        book.set_properties({"created": made})
        book.add_worksheet()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(rest, "w") as new:
        for part in old.infolist():
            if part.filename != _SHEET:
                info = zipfile.ZipInfo(part.filename, FIRST_DATE)
                new.writestr(info, old.read(part), zipfile.ZIP_DEFLATED)
    return rest.getvalue()
