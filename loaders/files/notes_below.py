"""Notes below a table in a text file: lines with fewer cells than the table, as agencies print them."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from loaders.knowledge import rules

_NOTE = re.compile("|".join(f"(?:{rule['words']})" for rule in rules("note_words")), re.I)
_NUMBER = re.compile(r"[-+−]?[\d.,\s]*\d[\d.,\s]*")
_YEAR = re.compile(r"\s*(?:19|20)\d\d\.?\s*")

_LONGEST = 64 * 2**10
"""Bytes at the end of a file that are looked at."""


def notes_at_end(rows: Sequence[Sequence[str]], width: int) -> int:
    """How many rows at the end are notes below a table of this width, with the blank ones above them.

    They have fewer cells than the table and no numbers but years. A blank line divides them from it, or the
    first begins as a note does: "Source: ...", "* ...", "1) ...". A row that is cut off is no note.
    """
    start = len(rows)
    while start and len(rows[start - 1]) < width:
        start -= 1
    notes = rows[start:]
    first = next((place for place, row in enumerate(notes) if any(row)), None)
    if first is None or any(map(_is_number, (cell for row in notes for cell in row))):
        return 0
    return len(notes) if first or _NOTE.match(notes[0][0].strip()) else 0


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) and not _YEAR.fullmatch(cell)


def with_notes_padded(content: bytes, delimiter: str, width: int) -> bytes:
    """UTF-8 text whose notes below the table stand in the first cell of rows as wide as the table."""
    start = content.find(b"\n", len(content) - _LONGEST) + 1 if len(content) > _LONGEST else 0
    end = content[start:]
    if width < 2 or end.count(b'"') % 2:
        return content
    lines = end.decode("utf-8").splitlines(keepends=True)
    rows = [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
    notes = notes_at_end(rows, width)
    if not notes or notes == len(lines):
        return content
    padded = [
        _padded(line, row, delimiter * (width - 1))
        for line, row in zip(lines[-notes:], rows[-notes:], strict=True)
    ]
    return content[:start] + "".join([*lines[:-notes], *padded]).encode()


def _padded(line: str, row: Sequence[str], blank: str) -> str:
    if not any(row):
        return line
    text = row[0] if len(row) == 1 else line.strip()
    doubled = text.replace('"', '""')
    return f'"{doubled}"{blank}\n'
