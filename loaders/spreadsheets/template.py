"""An Excel workbook of our tidy table, to fill in."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.styles import Font

from loaders.formats.tidy import COLUMNS, REQUIRED, VOCABULARIES

_EXAMPLES = (
    {"mineral": "lithium", "place": "Chile", "measure": "mine_production", "year": "2024", "value": "49,000",
     "unit": "t", "basis": "content", "status": "E", "note": "Example: delete this row"},
    {"mineral": "Rare earths", "place": "RUS", "measure": "reserves", "year": "2024", "value": "28.5",
     "unit": "Mt", "class": "state_balance", "note": "Example: delete this row"},
    {"mineral": "gallium", "place": "World", "measure": "production", "year": "2024", "value": "W",
     "unit": "kg", "note": "Example: delete this row"},
)  # fmt: skip

_LEFT_TO_LOADERS = ("file", "row", "column", "correction", "printed_value", "printed_unit", "printed_name")
"""Columns that the template does not offer: who fills in the others has them at hand, or needs them not."""


def template() -> bytes:
    """An Excel workbook to fill in: a sheet with our columns and examples, and one that explains them."""
    names = [name for name in COLUMNS if name not in _LEFT_TO_LOADERS]
    book = openpyxl.Workbook()
    sheet, help_sheet = book.worksheets[0], book.create_sheet("columns")
    sheet.title = "table"
    sheet.append(names)
    for example in _EXAMPLES:
        row = {"dataset": "my-ministry", "edition": "2025"} | example
        sheet.append([row.get(name, "") for name in names])
    help_sheet.append(["column", "required", "what it holds", "codes"])
    for name in names:
        codes = ", ".join(term.value for term in VOCABULARIES.get(name, ()))
        help_sheet.append([name, "yes" if name in REQUIRED else "", COLUMNS[name], codes])
    for page in (sheet, help_sheet):
        page.freeze_panes = "A2"
        for cell in page[1]:
            cell.font = Font(bold=True)
            page.column_dimensions[cell.column_letter].width = 16
    help_sheet.column_dimensions["C"].width = help_sheet.column_dimensions["D"].width = 80
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
