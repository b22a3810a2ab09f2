"""A file that no format recognises: what it looks like, what is missing, and what maps it."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.errors import UnknownFormat
from loaders.files.table import RawTable
from loaders.formats import Format, tidy
from loaders.text import count
from loaders.values import clean

_MOST_COLUMNS = 8
"""Columns that are named at most."""


def unrecognised(tables: Sequence[RawTable], formats: Sequence[Format]) -> UnknownFormat:
    """The error for tables of no known format: what it looks like, what is missing, and what maps it.

    The first two are the lines of the message, the third is the remedy. Of several files it is about those
    that no format recognises by themselves either.
    """
    by_file: dict[str, list[RawTable]] = {}
    for table in tables:
        by_file.setdefault(table.file, []).append(table)
    if len(by_file) > 1:
        known = [name for name, own in by_file.items() if any(one.declines(own) is None for one in formats)]
        if len(known) == len(by_file):
            return _several_editions(known)
        tables = [table for table in tables if table.file not in known]
    filled = [raw for raw in tables if raw.document is None and raw.frame.shape[1]]
    if not filled:
        return UnknownFormat(
            "no format recognises this: there is no table in it.",
            file=tables[0].file if tables else None,
            remedy="Expected a publisher's table, our tidy table, or a spreadsheet.",
        )
    raw = max(filled, key=lambda raw: len(raw.frame))
    looks, lacks = _looks(raw), _lacks(filled, raw)
    error = UnknownFormat(
        f"no format recognises this. {looks}\n{lacks}",
        file=raw.file,
        remedy=f"If it is a spreadsheet with columns of its own: `minerals map {raw.file}`, or the page "
        "Data, says what its columns are.",
    )
    error.looks = (looks, lacks)
    return error


def _several_editions(files: Sequence[str]) -> UnknownFormat:
    """The error for files of which each is known by itself, and which are not one edition together."""
    return UnknownFormat(
        f"each of these {len(files)} files is recognised by itself, and they are not one edition together: "
        f"{', '.join(files[:_MOST_COLUMNS])}{', …' if len(files) > _MOST_COLUMNS else ''}.",
        remedy="Read them one by one, or hand them in together with `minerals add` or on the page Data.",
    )


def _looks(raw: RawTable) -> str:
    names = ", ".join(map(clean, raw.header[:_MOST_COLUMNS])) + (
        ", …" if len(raw.header) > _MOST_COLUMNS else ""
    )
    where = f"Sheet {clean(raw.sheet)}" if raw.sheet else "It"
    return f"{where} looks like a table of {count(len(raw.frame), 'row')} with the columns {names[:300]}."


def _lacks(filled: Sequence[RawTable], raw: RawTable) -> str:
    missing = [name for name in tidy.REQUIRED if name not in raw.header]
    if len(missing) * 2 > len(tidy.REQUIRED):
        return f"Our tidy table would also have {', '.join(missing)}."
    return clean(f"It is not our tidy table: {tidy.declines(filled)}.")
