"""Text separated by commas, tabs, semicolons or bars becomes a table of text cells."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import itertools
import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from loaders.columns import narrow, text_frame
from loaders.errors import UnreadableFile
from loaders.files.damage import is_damaged, is_garbled
from loaders.files.encodings import Decoded, as_utf8, doubts_of_letters, is_utf8
from loaders.files.notes_below import notes_at_end, with_notes_padded
from loaders.files.prose import DELIMITERS, refuse_prose
from loaders.files.table import (
    LARGE,
    MAX_CELLS,
    MAX_COLUMNS,
    SNIFFED,
    HeadRow,
    InputFile,
    RawTable,
    unique_names,
)
from loaders.files.tables_below import with_tables_padded, without_outer_bars
from loaders.model import SourceFile


def read_table(item: InputFile) -> RawTable:
    """Read a file separated by commas, tabs, semicolons or bars into text cells.

    Blank lines keep their row numbers. In a file larger than LARGE columns of few texts are categories.
    Title lines of fewer cells than the header below them stand in `above` and `head`; notes below the table
    in the first cell of their rows.

    Raises UnreadableFile if it is empty, is no text, or a row has more or fewer cells than the header, and
    NoTable for a text of sentences.
    """
    cells = _in_blocks(item) if item.size > LARGE else None
    table, text, source, delimiter, titles = cells or _as_a_whole(item)
    printed = [str(column[0].as_py()).strip() for column in table.columns]
    header = unique_names(printed)
    frame = text_frame(table.slice(1).rename_columns(header))
    frame.index = pd.RangeIndex(titles.lines + 2, titles.lines + len(table) + 1)
    head = (*titles.rows, HeadRow(titles.lines + 1, tuple(printed)))
    above = tuple(" ".join(filter(None, row.cells)) for row in titles.rows)
    raw = RawTable(item.name, frame, text.encoding, source, above=above, head=head, delimiter=delimiter)
    return replace(raw, problems=doubts_of_letters(text, item.name))


class _Titles(NamedTuple):
    """The title lines above a header: how many lines they and the blank ones take, and their cells."""

    lines: int = 0
    rows: tuple[HeadRow, ...] = ()


class _Cells(NamedTuple):
    """All rows as text, the header among them, in columns named 0, 1, ..."""

    table: pa.Table
    text: Decoded
    source: SourceFile
    delimiter: str
    titles: _Titles = _Titles()


# The columns, from the first rows -----------------------------------------------------------------------


class _Layout(NamedTuple):
    """How the cells are separated, and what each column is read as."""

    delimiter: str
    kinds: list[pa.DataType]
    titles: _Titles = _Titles()


def _layout(item: InputFile, start: bytes) -> _Layout:
    head = start.decode("utf-8", "ignore")
    if not head.strip():
        raise UnreadableFile("the file is empty.", file=item.name, remedy="Expected a header and rows.")
    lines = io.StringIO(head, newline="")
    titles = {delimiter: _title_lines(lines, delimiter) for delimiter in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda delimiter: _fit(lines, delimiter, titles[delimiter]))
    above = titles[delimiter]
    if above.lines:
        below = itertools.islice(io.StringIO(head, newline=""), above.lines, None)
        lines = io.StringIO("".join(below), newline="")
    width = _width(lines, delimiter, item.name)
    text = [pa.large_string()] * width
    return _Layout(delimiter, _kinds(lines, delimiter, width) if item.size > LARGE else text, above)


def _fit(lines: io.StringIO, delimiter: str, titles: _Titles) -> tuple[int, int]:
    """How many of the first rows are as wide as the header, and how wide; 0 if that is one cell."""
    try:
        rows = list(itertools.islice(_rows(lines, delimiter), 20))
    except csv.Error:
        return 0, 0
    widths = [len(row) for row in rows if row][len(titles.rows) :]
    return (widths.count(widths[0]), widths[0]) if widths and widths[0] > 1 else (0, 0)


_MAX_TITLES = 30
"""Lines above a header that are looked at."""

LEAST_BELOW = 3
"""Rows of one width that there are below title lines: a header and two more."""


def _title_lines(lines: io.StringIO, delimiter: str) -> _Titles:
    """Lines above the header with fewer cells than all rows from there on; none if any is in doubt.

    Each has one text only, or a blank line stands between them and the header, or what is taken for the
    header is of words above rows with numbers: a header from which a separator is missing is no title.
    """
    lines.seek(0)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        rows = [(reader.line_num, row) for row in itertools.islice(reader, _MAX_TITLES + LEAST_BELOW)]
    except csv.Error:
        return _Titles()
    widths = [len(row) for _, row in rows if row]
    widest = max(widths, default=0)
    first = next((place for place, (_, row) in enumerate(rows) if len(row) == widest), 0)
    above, below = rows[:first], [row for _, row in rows[first:]]
    below = [row for row in below[: len(below) - notes_at_end(below, widest)] if any(row)]
    if not above or len(below) < LEAST_BELOW or any(len(row) != widest for row in below):
        return _Titles()
    several = any(sum(map(bool, row)) > 1 for _, row in above)
    if above[-1][1] and several and not _is_of_words(below):
        return _Titles()
    cells = [(line, tuple(cell.strip() for cell in row)) for line, row in above if any(row)]
    return _Titles(above[-1][0], tuple(HeadRow(line, (row + ("",) * widest)[:widest]) for line, row in cells))


def _is_of_words(rows: list[list[str]]) -> bool:
    """Whether the first row has words in each cell, and a number below one of them in all other rows."""
    words = [bool(cell.strip()) and not _NUMBER.fullmatch(cell.strip()) for cell in rows[0]]
    numbers = [all(map(_NUMBER.fullmatch, map(str.strip, column))) for column in zip(*rows[1:], strict=True)]
    return all(words) and any(numbers)


_NUMBER = re.compile(r"[-+]?\d[\d.,' ]*")


def _rows(lines: io.StringIO, delimiter: str) -> Iterator[list[str]]:
    """The rows from the first one on."""
    lines.seek(0)
    return csv.reader(lines, delimiter=delimiter)


def _width(lines: io.StringIO, delimiter: str, name: str) -> int:
    try:
        header = next(_rows(lines, delimiter))
    except csv.Error as error:
        raise UnreadableFile(f"the header is not readable ({error}).", file=name, row=1) from error
    # The limit of `csv` itself is one for the whole process, and other libraries move it.
    if any(len(cell) > LONGEST_HEADER for cell in header):
        raise UnreadableFile(
            f"a cell of the header has more than {LONGEST_HEADER:,} characters.", file=name, row=1
        )
    width = max(1, len(header))
    if width > MAX_COLUMNS:
        raise UnreadableFile(
            f"the header has {width:,} cells; at most {MAX_COLUMNS:,} are read.", file=name, row=1
        )
    return width


LONGEST_HEADER = 100_000
"""Characters of one cell of a header; a longer one is no name of a column."""

_SAMPLE = 2_000
_REPEATED = 0.25


def _kinds(lines: io.StringIO, delimiter: str, width: int) -> list[pa.DataType]:
    """Categories for the columns of few texts, by the first rows."""
    try:
        rows = itertools.islice(_rows(lines, delimiter), 1, _SAMPLE)
        sample = [row for row in rows if len(row) == width]
    except csv.Error:
        sample = []
    few = [len(set(column)) <= _REPEATED * len(sample) for column in zip(*sample, strict=True)] or [
        False
    ] * width
    return [pa.dictionary(pa.int32(), pa.string()) if is_few else pa.large_string() for is_few in few]


# A large file in blocks ---------------------------------------------------------------------------------

_BLOCK = 4 * 2**20
"""Bytes of a large file that are read at a time."""

_WAITING = 3
"""Blocks that are held at a time: two that are being read, and the next one."""


class _IrregularText(Exception):
    """The text cannot be divided safely, or something is wrong with it."""


def _in_blocks(item: InputFile) -> _Cells | None:
    """A large file of the usual kind, two blocks at a time; None if it must be read as a whole.

    That is so for everything that is wrong, which only the whole file can say where.
    """
    hashed = hashlib.sha256()
    waiting: deque[Future[pa.Table]] = deque()
    tables: list[pa.Table] = []
    if is_garbled(item.head):
        return None
    with ThreadPoolExecutor(max_workers=2) as threads:  # Arrow and hashing work outside Python's lock
        try:
            layout = _layout(item, item.head.removeprefix(codecs.BOM_UTF8))
            if layout.titles.lines:
                return None
            for block in _blocks(item, hashed):
                waiting.append(threads.submit(_read_block, block, layout))
                if len(waiting) >= _WAITING:
                    tables.append(waiting.popleft().result())
            tables += [table.result() for table in waiting]
        except (_IrregularText, UnreadableFile, pa.ArrowInvalid):
            return None
    if sum(map(len, tables)) * len(layout.kinds) > MAX_CELLS:
        return None
    source = SourceFile(name=item.name, sha256=hashed.hexdigest(), size=item.size)
    table = pa.concat_tables(tables, promote_options="permissive")
    return _Cells(table, Decoded(b"", "utf-8"), source, layout.delimiter)


def _blocks(item: InputFile, hashed: hashlib._Hash) -> Iterator[bytes]:
    """Whole lines of about _BLOCK bytes together; `hashed` is told of all bytes."""
    rest = b""
    with item.open() as stream:
        while read := stream.read(_BLOCK):
            hashed.update(read)
            end = read.rfind(b"\n") + 1
            if end:
                yield b"".join((rest, memoryview(read)[:end]))
            rest = read[end:] if end else rest + read
            if len(rest) > _BLOCK:
                raise _IrregularText
    if rest:
        yield rest + b"\n"


def _read_block(block: bytes, layout: _Layout) -> pa.Table:
    if not is_utf8(block) or is_damaged(block):
        raise _IrregularText
    if not _is_well_quoted(block, layout.delimiter):
        raise _IrregularText
    table, wrong = _read_csv(block, layout, whole=False)
    if wrong:
        raise _IrregularText
    return pa.table(
        [narrow(column) if pa.types.is_dictionary(column.type) else column for column in table.columns],
        names=table.column_names,
    )


def _is_well_quoted(block: bytes, delimiter: str) -> bool:
    """Whether every quotation mark opens a cell, closes it, or is doubled within: then lines can be counted.

    The block ends with the end of a line.
    """
    if b'"' not in block:
        return True
    text = np.frombuffer(block, dtype="uint8")
    marks = np.flatnonzero(text == ord('"'))
    beside = np.zeros(256, dtype=bool)
    beside[list(f'{delimiter}"\r\n'.encode())] = True
    opening, closing = marks[::2], marks[1::2]
    if len(opening) > len(closing):
        return False
    return bool(beside[text[opening - 1]].all() and beside[text[closing + 1]].all())


# A file as a whole --------------------------------------------------------------------------------------

_END = "end"
"""The first cell of a row added at the end if a quotation mark may be open: one that is swallows it."""


def _as_a_whole(item: InputFile) -> _Cells:
    """Any file; raises UnreadableFile if something is wrong with it."""
    text = with_tables_padded(without_outer_bars(as_utf8(item.content, item.name)), DELIMITERS)
    refuse_prose(text.content[:SNIFFED], item.name)
    with ThreadPoolExecutor(max_workers=1) as thread:  # hashing and parsing both work outside Python's lock
        record = thread.submit(lambda: item.record)
        layout = _layout(item, text.content[:SNIFFED])
        below = _without_lines(text.content, layout.titles.lines)
        below = with_notes_padded(below, layout.delimiter, len(layout.kinds))
        table = _parse(below, item, layout)
    return _Cells(table, text._replace(content=b""), record.result(), layout.delimiter, layout.titles)


def _without_lines(content: bytes, lines: int) -> bytes:
    """The content below its first lines."""
    for _ in range(lines):
        end = _LINE_END.search(content)
        content = content[end.end() :] if end else b""
    return content


_LINE_END = re.compile(rb"\r\n|\r|\n")


def _parse(content: bytes, item: InputFile, layout: _Layout) -> pa.Table:
    width, above = len(layout.kinds), layout.titles.lines
    _refuse_too_many_cells(content, width, item.name)
    odd = content.count(b'"') % 2 == 1
    if odd:
        line_end = b"" if content.endswith((b"\n", b"\r")) else b"\n"
        content = b"".join([content, line_end, _END.encode(), layout.delimiter.encode() * (width - 1), b"\n"])
    try:
        table, wrong = _read_csv(content, layout, whole=True)
    except pa.ArrowInvalid as error:
        raise UnreadableFile(f"not a readable table ({error}).", file=item.name) from error
    if wrong:
        raise UnreadableFile(
            f"the row has {wrong[0].actual_columns} cells, the header {wrong[0].expected_columns}.",
            file=item.name,
            row=above + wrong[0].number,
            remedy="Look for a missing quotation mark, or a comma within a number that is not in quotes. "
            "If another table begins here, put it into a file of its own.",
        )
    if not odd:
        return table
    if table.column(0)[-1].as_py() != _END:
        raise UnreadableFile(
            "a quotation mark is opened in this row and never closed.",
            file=item.name,
            row=above + len(table),
            remedy="The file may be cut off: download it again.",
        )
    return table.slice(0, len(table) - 1)


def _refuse_too_many_cells(content: bytes, width: int, name: str) -> None:
    if len(content) <= MAX_CELLS:  # each cell but the last ends with a byte of its own
        return
    cells = width * max(content.count(b"\n"), content.count(b"\r") if b"\r" in content else 0)
    if cells > MAX_CELLS:
        raise UnreadableFile(
            f"the table has about {cells:,} cells; at most {MAX_CELLS:,} are read.",
            file=name,
            remedy="Divide it into several files.",
        )


def _read_csv(content: bytes, layout: _Layout, whole: bool) -> tuple[pa.Table, list[pacsv.InvalidRow]]:
    """Text cells of all rows, and the first row that has another number of cells, if there is one."""
    columns = [str(position) for position in range(len(layout.kinds))]
    wrong: list[pacsv.InvalidRow] = []

    def note(row: pacsv.InvalidRow) -> str:
        wrong.extend([] if wrong else [row])
        return "skip"

    table = pacsv.read_csv(
        pa.BufferReader(content),
        memory_pool=pa.system_memory_pool(),
        # With threads of Arrow's own rows do not know their numbers, a table takes up half as much again
        # while it is read, and pyarrow 26 may abort the program after a file that it refuses.
        read_options=pacsv.ReadOptions(
            column_names=columns, use_threads=False, block_size=_LONGEST_CELL if whole else len(content)
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=layout.delimiter,
            newlines_in_values=whole and b'"' in content,  # matters where Arrow itself looks for line ends
            ignore_empty_lines=False,
            invalid_row_handler=note,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict(zip(columns, layout.kinds, strict=True)),
            strings_can_be_null=False,
            check_utf8=False,  # `as_utf8` and `is_utf8` have made sure
        ),
    )
    return table, wrong


_LONGEST_CELL = 2**20
"""Bytes of a cell that Arrow reads."""
