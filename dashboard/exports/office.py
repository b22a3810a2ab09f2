"""What files for offices share: the same bytes from the same content, and a day that they were made."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from dashboard.exports.about import PROGRAM
from dashboard.exports.choices import Choices

OFFICE = "application/vnd.openxmlformats-officedocument"
"""How the kinds of files of offices begin, as mail and browsers name them."""

FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip archive knows."""


def made_on(choices: Choices) -> datetime:
    """The day that a file is made, at midnight."""
    day = date.fromisoformat(choices.made) if choices.made else date.today()
    return datetime(day.year, day.month, day.day)


def describe(written: Any, title: str, subject: str, choices: Choices) -> None:
    """Fill in the properties of a document or of slides, which hold 255 characters each."""
    written.title, written.subject = title[:255], subject[:255]
    written.author, written.language, written.comments = PROGRAM, "en-GB", ""
    written.last_modified_by = PROGRAM
    written.created = written.modified = made_on(choices)


_CELL = 32_767
"""Characters that a cell of a workbook holds."""

# Signs that a file of an office, which is XML, cannot hold.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n?")


def sheet_text(text: str) -> str:
    """A text that a cell can hold; a longer one is cut with a word that says so."""
    if (
        text.isprintable() and len(text) <= _CELL
    ):  # nearly all are, and to look for signs takes ten times as long
        return text
    kept = _NOT_IN_XML.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    return kept if len(kept) <= _CELL else f"{kept[: _CELL - 20]} (cut here)"


def in_element(text: str) -> str:
    """A text as it stands in an element of XML."""
    return escape(sheet_text(text))


def in_attribute(text: str) -> str:
    """A text as it stands in an attribute of XML, its lines kept."""
    return escape(sheet_text(text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def steady(content: bytes) -> bytes:
    """An archive of an office with no time in it: each part has the first date that an archive knows.

    The day that it was made stands in its properties. Times are written over where they stand, since to pack
    all parts again takes as long as to pack them once.
    """
    dated = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        own = [part.header_offset + _TIME_OF_PART for part in archive.infolist()]
        entry, listed = archive.start_dir, []
        for _ in own:
            listed.append(entry + _TIME_OF_ENTRY)
            entry += _ENTRY + sum(struct.unpack_from("<HHH", content, entry + _LENGTHS))
    for place in (*own, *listed):
        dated[place : place + 4] = _FIRST_TIME
    return bytes(dated)


_TIME_OF_PART, _TIME_OF_ENTRY, _LENGTHS, _ENTRY = 10, 12, 28, 46
"""Where times and lengths stand in the head of a part and in its entry in the list, and how long one is."""
_FIRST_TIME = struct.pack("<HH", 0, 1 << 5 | 1)
"""`FIRST_DATE` as an archive writes it."""
