"""What files for offices share: the same bytes from the same content, and a day that they were made."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

from dashboard.exports.about import PROGRAM
from dashboard.exports.choices import Choices

OFFICE = "application/vnd.openxmlformats-officedocument"
"""How the kinds of files of offices begin, as mail and browsers name them."""

FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip archive knows."""
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_PACKED = (".xlsx", ".png", ".jpeg")
"""Parts that are as small as they get."""


def made_on(choices: Choices) -> datetime:
    """The day that a file is made, at midnight."""
    day = date.fromisoformat(choices.made) if choices.made else date.today()
    return datetime(day.year, day.month, day.day)


def describe(written: Any, title: str, subject: str, choices: Choices) -> None:
    """Fill in the properties of a document or of slides, which hold 255 characters each."""
    written.title, written.subject = title[:255], subject[:255]
    written.author, written.language, written.comments = PROGRAM, "en-GB", ""
    written.created = written.modified = made_on(choices)


def steady(content: bytes, made: datetime) -> bytes:
    """An archive of an office with no other time in it than the day that it was made."""
    steadied = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(steadied, "w") as new:
        for item in old.infolist():
            part = old.read(item)
            if item.filename == "docProps/core.xml":
                part = _DATES.sub(rb"\g<1>" + f"{made:%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            packed = item.filename.endswith(_PACKED)
            kind = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(item.filename, FIRST_DATE), part, kind)
    return steadied.getvalue()
