"""Any file becomes tables of text: its first bytes say how it is read, not its name."""

from __future__ import annotations

from loaders.delimited import read_table
from loaders.records import STARTS_WITH_OBJECT, read_document, read_json_lines
from loaders.tables import DOCUMENT_SUFFIXES, ZIP, InputFile, RawTable

PARQUET = b"PAR1"


def read_tables(item: InputFile) -> list[RawTable]:
    """The tables of a CSV, Excel, Parquet or JSON lines file, or the JSON document that describes tables.

    Raises UnreadableFile for anything else.
    """
    # What reads workbooks and Parquet takes 15 MB of memory, and most files are neither.
    if item.head.startswith(ZIP):
        from loaders.workbooks import read_book

        return read_book(item)
    if item.head.startswith(PARQUET):
        from loaders.parquet import read_parquet

        return [read_parquet(item)]
    if item.name.lower().endswith(DOCUMENT_SUFFIXES):
        return [read_document(item)]
    if STARTS_WITH_OBJECT.match(item.head):
        return [read_json_lines(item)]
    return [read_table(item)]
