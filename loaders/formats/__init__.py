"""The formats that are read, in the order they are tried.

Each module has a `NAME`, a `PUBLISHER` (whose names and unit spellings apply), and two functions:
`declines(tables)` says why the tables are not of this format, or None if they are;
`read(tables, answers)` makes a `Reading` of them, with what a steward answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from loaders.answers.answers import NO_ANSWERS, Answers
from loaders.files.table import RawTable
from loaders.formats import baci, bgs, comtrade, datapackage, energy_institute, iea, owid, tidy, wmd
from loaders.formats.observations import Reading
from loaders.formats.usgs import chapters, long, wide, yearbook


class Format(Protocol):
    """One publisher's format."""

    NAME: str
    PUBLISHER: str

    def declines(self, tables: Sequence[RawTable]) -> str | None:
        """Why these tables are not of this format, or None if they are."""
        ...

    def read(self, tables: Sequence[RawTable], answers: Answers = NO_ANSWERS) -> Reading:
        """Observations of one edition, and an account of the rest; `answers` are a steward's."""
        ...


FORMATS: tuple[Format, ...] = (
    chapters,
    wide,
    long,
    yearbook,
    bgs,
    wmd,
    energy_institute,
    iea,
    owid,
    comtrade,
    baci,
    datapackage,
    tidy,
)
