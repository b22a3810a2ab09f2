"""Workbooks become tables of text: one for each sheet, with the row numbers that Excel shows.

Those of Excel since 2007 are read here, older ones in `old_workbooks`, OpenDocument in `opendocument`;
`worksheets` makes tables of their sheets.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import openpyxl
from defusedxml.ElementTree import fromstring

from loaders.errors import MineralsError, UnreadableFile
from loaders.files.appearance import appearance, column_number, odd_styles, with_percent_signs
from loaders.files.archives import OPEN_DOCUMENT, OPEN_DOCUMENT_AT
from loaders.files.encodings import OLE
from loaders.files.old_workbooks import old_sheets
from loaders.files.opendocument import open_document_sheets
from loaders.files.table import InputFile, RawTable
from loaders.files.worksheets import (
    MAX_BOOK_BYTES,
    MAX_BOOK_CELLS,
    MAX_ROWS,
    TOO_LARGE,
    BookRow,
    Budget,
    Merge,
    Sheet,
    raised,
    stored_text,
    table_of,
)

MAX_OTHER_TAGS = 500_000
"""XML elements of one part that are no cells: each becomes an object, styles and merged ranges among them."""


def read_book(item: InputFile) -> list[RawTable]:
    """The tables of a workbook, one for each sheet that is not blank.

    Raises UnreadableFile for a workbook that is damaged, too large, blank, or has a formula without
    its result.
    """
    kind, sheets_of = _reader(item.head)
    try:
        sheets = sheets_of(item)
    except MineralsError:
        raise
    except Exception as error:  # the libraries meet damaged workbooks with whatever their code runs into
        raise UnreadableFile(
            f"the workbook cannot be opened ({type(error).__name__}: {error}).",
            file=item.name,
            remedy="Open it in a spreadsheet program and save it again as .xlsx.",
        ) from error
    tables = [table_of(item, sheet, kind) for sheet in sheets if sheet.rows]
    if not tables:
        raise UnreadableFile("the workbook is empty.", file=item.name, remedy="Expected a header and rows.")
    return tables


def _reader(head: bytes) -> tuple[str, Callable[[InputFile], list[Sheet]]]:
    """What a workbook is, and what reads its sheets."""
    if head.startswith(OLE):
        return "Excel workbook (.xls)", old_sheets
    if head.startswith(OPEN_DOCUMENT, OPEN_DOCUMENT_AT):
        return "OpenDocument spreadsheet", open_document_sheets
    return "Excel workbook", _read_sheets


def _read_sheets(item: InputFile) -> list[Sheet]:
    with zipfile.ZipFile(io.BytesIO(item.content)) as archive:
        _refuse_other_archive(archive, item.name)
        _refuse_large(archive, item.name)
        parts = {title: archive.read(path) for title, path in _sheet_parts(archive).items()}
        odd = odd_styles(archive)
    for title, part in parts.items():
        _refuse_missing_results(part, item.name, title)
    budget = Budget(item.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validation lists, which are not read
        book = openpyxl.load_workbook(
            io.BytesIO(_with_raised(item.content)), read_only=True, data_only=True, keep_links=False
        )
        return [_sheet(sheet, parts.get(sheet.title, b""), odd, budget) for sheet in book.worksheets]


def _refuse_other_archive(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse what is packed as workbooks are, and is none. Raises UnreadableFile."""
    members = set(archive.namelist())
    if "xl/workbook.xml" in members:
        return
    what = next((what for part, what in _PACKED_ALIKE.items() if part in members), "a zip archive")
    raise UnreadableFile(
        f"this is {what}, and not the workbook that its name promises.",
        file=name,
        remedy="Expected a workbook (.xlsx), or a zip of tables that is called .zip.",
    )


_PACKED_ALIKE = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "xl/workbook.bin": "a binary workbook (.xlsb)",
}
"""A part of an archive of Office, and what it then is."""


_RAISED = b'"superscript"'
_TEXT_OF_RUN = re.compile(rb"(<t(?: [^>]*)?>)([^<]*)")


def _with_raised(content: bytes) -> bytes:
    """A workbook in which digits above the line are such: openpyxl puts the runs of a text together."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {
            name: archive.read(name)
            for name in archive.namelist()
            if name.startswith(("xl/sharedStrings", "xl/worksheets/"))
        }
        if not any(_RAISED in part for part in parts.values()):
            return content
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as copy:
            for name in archive.namelist():
                copy.writestr(name, _runs_raised(parts[name]) if name in parts else archive.read(name))
    return stream.getvalue()


def _runs_raised(part: bytes) -> bytes:
    first, *runs = part.split(b"<r>")
    return b"<r>".join([first, *(_run_raised(run) for run in runs)])


def _run_raised(run: bytes) -> bytes:
    properties, end, rest = run.partition(b"</rPr>")
    if _RAISED not in properties:
        return run
    text = _TEXT_OF_RUN.sub(lambda found: found[1] + raised(found[2].decode()).encode(), rest, count=1)
    return properties + end + text


def _sheet(sheet: Any, part: bytes, odd: dict[int, int], budget: Budget) -> Sheet:
    looks = appearance(part, odd)
    rows = with_percent_signs(_rows(sheet, budget), looks)
    return Sheet(sheet.title, rows, _merges(part), looks, sheet.sheet_state != "visible")


def _refuse_large(archive: zipfile.ZipFile, name: str) -> None:
    """Before openpyxl sees it: it reads a whole part to find out how large a sheet is."""
    size = sum(info.file_size for info in archive.infolist())
    if size > MAX_BOOK_BYTES:
        raise UnreadableFile(
            f"the workbook unpacks to {size:,} bytes; at most {MAX_BOOK_BYTES:,} are read.",
            file=name,
            remedy=TOO_LARGE,
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
                remedy=TOO_LARGE,
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


def _rows(sheet: Any, budget: Budget) -> list[BookRow]:
    sheet.reset_dimensions()  # what the sheet says of its own size may be wrong
    found: list[BookRow] = []
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [stored_text(value) for value in values]
        budget.take(cells, number, sheet.title)
        if any(cells):
            found.append((number, cells))
    return found
