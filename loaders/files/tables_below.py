"""Text files that are more, or less, than a table: tables below each other, bars around the cells."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Sequence

from loaders.files.encodings import Decoded
from loaders.files.notes_below import notes_at_end

_LONGEST = 2**18
"""Bytes of a text that is looked at; larger ones are one table."""

_BLANK_LINE = re.compile(rb"\n[ \t]*\r?\n")

_Rows = Sequence[Sequence[str]]


def with_tables_padded(text: Decoded, delimiters: str) -> Decoded:
    """The text of several tables with all rows as wide as the widest; any other text as it is.

    Each part between blank lines has lines of one cell alone, or rows of one width below such lines, the
    first of which names the columns: no row is cut off or too long. One below the first has a title, or
    columns of its own.
    """
    content = text.content if len(text.content) <= _LONGEST else b""
    if not _BLANK_LINE.search(content.rstrip()) or content.count(b'"') % 2:
        return text
    for delimiter in delimiters:
        rows = _rows(content, delimiter)
        if _are_tables(rows):
            return text._replace(content=_written(rows, delimiter))
    return text


def _rows(content: bytes, delimiter: str) -> list[list[str]]:
    """The rows, as many as there are lines; none where a cell holds several lines."""
    lines = io.StringIO(content.decode("utf-8"), newline="")
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        rows = list(reader)
    except csv.Error:
        return []
    return rows if reader.line_num == len(rows) else []


def _are_tables(rows: _Rows) -> bool:
    if len({len(row) for row in rows if any(row)}) < 2:
        return False
    parts = [list(part) for filled, part in itertools.groupby(rows, any) if filled]
    widths = [_width(part) for part in parts]
    below = [part for part, width in zip(parts, widths, strict=True) if width > 1][1:]
    titled = any(len(part[0]) == 1 for part in below) or len({*widths} - {1}) > 1
    return all(widths) and bool(below) and titled


def _width(part: _Rows) -> int:
    """The width of the table between two blank lines; 1 for lines of one cell, 0 for what is neither."""
    titles = sum(1 for _ in itertools.takewhile(lambda row: len(row) == 1, part))
    table = part[titles:]
    if not table:
        return 1
    width = len(table[0])
    table = table[: len(table) - notes_at_end(table, width)]
    regular = len(table) > 1 and all(len(row) == width for row in table)
    return width if regular and _names_columns(table) else 0


def _names_columns(table: _Rows) -> bool:
    """Whether the first row begins with a word, and has as many cells filled as any row below it."""
    filled = [sum(map(bool, map(str.strip, row))) for row in table]
    first = table[0][0].strip()
    return not any(map(str.isdigit, first)) and filled[0] + (not first) >= max(filled)


def _written(rows: _Rows, delimiter: str) -> bytes:
    width = max(map(len, rows))
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\n")
    writer.writerows([*row, *[""] * (width - len(row))] if row else [""] * width for row in rows)
    return lines.getvalue().encode()


_DASHES = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
"""The line below a header in Markdown: | --- | ---: |"""


def without_outer_bars(text: Decoded) -> Decoded:
    """A table as Markdown and wikis write it without the bars at both ends of its lines.

    The line of dashes below the header becomes a blank one; a text without such a line stays as it is.
    """
    if len(text.content) > _LONGEST or b"|" not in text.content[:_START]:
        return text
    lines = text.content.decode("utf-8").splitlines()
    if not any(map(_DASHES.fullmatch, lines)):
        return text
    bare = ["" if _DASHES.fullmatch(line) else _without_bars(line.strip()) for line in lines]
    return text._replace(content="".join(f"{line}\n" for line in bare).encode())


_START = 2_000
"""Bytes among which the first bar stands."""


def _without_bars(line: str) -> str:
    return line.removeprefix("|").removesuffix("|") if line.startswith("|") else line
