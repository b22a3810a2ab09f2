"""What files for offices share: the same bytes from the same content, and a day that they were made."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

from dashboard.exports.choices import Choices

FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip archive knows."""
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def made_on(choices: Choices) -> datetime:
    """The day that a file is made, at midnight."""
    day = date.fromisoformat(choices.made) if choices.made else date.today()
    return datetime(day.year, day.month, day.day)


def steady(content: bytes, made: datetime) -> bytes:
    """An archive of an office with no other time in it than the day that it was made, in all its parts."""
    steadied = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(steadied, "w") as new:
        for item in old.infolist():
            part = old.read(item)
            if item.filename.endswith(".xlsx"):
                part = steady(part, made)
            if item.filename == "docProps/core.xml":
                part = _DATES.sub(rb"\g<1>" + f"{made:%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            new.writestr(zipfile.ZipInfo(item.filename, FIRST_DATE), part, zipfile.ZIP_DEFLATED)
    return steadied.getvalue()
