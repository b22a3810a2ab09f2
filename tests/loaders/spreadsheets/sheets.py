"""Spreadsheets made for a test, read as they are proposed: what comes out, and what is asked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

import openpyxl

from loaders.errors import MineralsError
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.read import Surroundings, load_with
from loaders.spreadsheets.account import Account
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.mapping import Mapping, from_toml, to_toml
from loaders.spreadsheets.proposing import propose
from loaders.spreadsheets.sheets import longest

Rows = Sequence[Sequence[object]]
Figure = tuple[str, str, str, int]
"""Mineral, place, measure, year."""


class Outcome(NamedTuple):
    """What a spreadsheet gives: figures with value in tonnes and status, and what is asked instead."""

    figures: dict[Figure, tuple[float | None, str]]
    asked: str
    account: Account | None
    mapping: Mapping
    notes: dict[Figure, str]


def book(sheets: dict[str, Rows], *merged: str) -> InputFile:
    """A workbook of these sheets; the ranges are merged in the first one."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        workbook.worksheets[0].merge_cells(cells)
    stream = io.BytesIO()
    workbook.save(stream)
    return InputFile("theirs.xlsx", stream.getvalue())


def text(*lines: str) -> InputFile:
    """A text file of these lines."""
    return InputFile("theirs.csv", "".join(f"{line}\n" for line in lines).encode())


def read(item: InputFile, sheet: str | None = None, edition: str = "2025", **said: str) -> Outcome:
    """The file read with the mapping that is proposed, and with what is `said` for all rows besides."""
    tables = laid_out(read_tables(item))
    raw = next(table for table in tables if table.sheet == sheet) if sheet else longest(tables)
    proposal = propose(raw, "own", edition, tables)
    mapping = from_toml(to_toml(proposal.mapping))
    mapping = mapping.model_copy(update={"constants": said | mapping.constants})
    asked = [*proposal.asked, *(f"nothing says {name}" for name in proposal.open)]
    return as_mapped(item, mapping, asked)


def as_mapped(item: InputFile, mapping: Mapping, asked: Sequence[str] = ()) -> Outcome:
    """The file read with a mapping; an error and the problems of the report are among what is asked."""
    try:
        loaded = load_with([item], lambda _: Surroundings(), mapping)
    except MineralsError as error:
        return Outcome({}, "\n".join([*asked, str(error)]), None, mapping, {})
    lines = [
        ((line.mineral, line.place, line.measure, line.year), line)
        for line in loaded.observations.itertuples()
    ]
    assert len({(key, line.detail) for key, line in lines}) == len(lines), "a figure stands there twice"
    told = [*asked, *(f"{problem.rule}: {problem.message}" for problem in loaded.report.problems)]
    figures = {key: (None if line.value != line.value else line.value, line.status) for key, line in lines}
    return Outcome(figures, "\n".join(told), loaded.account, mapping, {key: line.note for key, line in lines})
