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
from loaders.formats.usgs import chapters, long, us_chapters, us_long, wide, yearbook


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
    us_long,
    us_chapters,
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


def formats_of(dataset: str | None) -> tuple[Format, ...]:
    """The formats to try: of a dataset whose files hold another one as well, its own alone."""
    own = tuple(one for one in FORMATS if getattr(one, "DATASET", "") == dataset)
    return own or FORMATS


def dataset_beside(format_name: str) -> str:
    """The other dataset that files of a format hold as well; empty where they hold one alone."""
    return next((str(getattr(one, "BESIDE", "")) for one in FORMATS if format_name == one.NAME), "")
