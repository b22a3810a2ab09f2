"""Any file becomes tables of text: its first bytes say how it is read, not its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from loaders.errors import UnreadableFile
from loaders.files.archives import DOCUMENT_SUFFIXES, ZIP
from loaders.files.delimited import read_table
from loaders.files.encodings import OLE
from loaders.files.json_lines import STARTS_WITH_OBJECT, read_document, read_json_lines
from loaders.files.table import InputFile, RawTable
from loaders.report import Problem
from loaders.values import PLAIN_NUMBER
from loaders.vocabulary import Severity

PARQUET = b"PAR1"
STARTS_WITH_LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*[{\]]")
WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml|table|head|body)\b", re.I)


def tables_in(inputs: Iterable[InputFile]) -> tuple[list[RawTable], list[Problem]]:
    """The tables of files; a warning instead for each text beside them that is none, such as a readme."""
    tables = [table for item in inputs for table in read_tables(item)]
    texts = [table for table in tables if _is_plain_text(table)]
    if not texts or len(texts) == len(tables):
        return tables, []
    return [table for table in tables if table not in texts], [_not_read(table) for table in texts]


def _is_plain_text(table: RawTable) -> bool:
    """Whether a file is called a text, and no cell of it is a number."""
    if not table.file.lower().endswith(_TEXTS):
        return False
    return not any(table.frame[name].str.fullmatch(PLAIN_NUMBER).any() for name in table.frame)


_TEXTS = (".txt", ".md")


def _not_read(table: RawTable) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        rule="no table",
        message="this is a text without numbers, and was not read.",
        file=table.file,
    )


def read_tables(item: InputFile) -> list[RawTable]:
    """The tables of a CSV, Excel, Parquet or JSON lines file, or the JSON document that describes tables.

    Raises UnreadableFile for anything else.
    """
    # What reads workbooks and Parquet takes 15 MB of memory, and most files are neither.
    if item.head.startswith((ZIP, OLE)):
        from loaders.files.workbooks import read_book

        return read_book(item)
    if item.head.startswith(PARQUET):
        from loaders.files.parquet import read_parquet

        return [read_parquet(item)]
    if item.name.lower().endswith(DOCUMENT_SUFFIXES):
        return [read_document(item)]
    if STARTS_WITH_LIST.match(item.head):
        raise UnreadableFile(
            "this is a JSON list.", file=item.name, remedy="Save it as JSON lines: one object on each line."
        )
    if WEB_PAGE.match(item.head):
        raise UnreadableFile(
            "this is a web page, or a table that was saved as one, whatever the file is called.",
            file=item.name,
            remedy="Open it in a spreadsheet program and save it as .xlsx. If that shows no table, download "
            "the file itself; a page may ask to sign in first.",
        )
    if STARTS_WITH_OBJECT.match(item.head):
        return [read_json_lines(item)]
    return [read_table(item)]
