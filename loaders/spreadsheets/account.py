"""What became of every number of a spreadsheet, cell by cell: figure, key, column not used, row left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from loaders.columns import distinct
from loaders.files.table import RawTable
from loaders.model import Record
from loaders.spreadsheets.applying import absent
from loaders.spreadsheets.flags import holds_number
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.mapping import Mapping
from loaders.spreadsheets.rows import reasons_to_ignore


class Account(Record):
    """How many cells of a file hold a number, and what became of them. The sum holds, or it is not made.

    numbers = figures + keys + headers + refused + sum(not_used) + sum(left_out) + sum(not_read)

    `keys` are years and the like, `headers` numbers in titles and headers, `refused` cells that the report
    names; `not_used` counts by column, `left_out` by the reason for which the row holds no figure,
    `not_read` by sheet.
    """

    numbers: int = 0
    figures: int = 0
    keys: int = 0
    headers: int = 0
    refused: int = 0
    not_used: dict[str, int] = Field(default_factory=dict)
    left_out: dict[str, int] = Field(default_factory=dict)
    not_read: dict[str, int] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _adds_up(self) -> Account:
        elsewhere = sum(sum(part.values()) for part in (self.not_used, self.left_out, self.not_read))
        if self.numbers != self.figures + self.keys + self.headers + self.refused + elsewhere:
            raise ValueError("the numbers do not add up")
        return self

    @property
    def sentence(self) -> str:
        """The account in words, what is nothing left away."""
        parts = [
            f"{count:,} {what}"
            for count, what in (
                (self.figures, "figures"),
                (self.keys, "years and other keys"),
                (self.headers, "in titles and headers"),
                (self.refused, "refused"),
            )
            if count
        ]
        parts += [f"{count:,} in the column {name}, not used" for name, count in self.not_used.items()]
        parts += [f"{count:,} in rows left out ({why})" for why, count in self.left_out.items()]
        parts += [f"{count:,} in {name}, not read" for name, count in self.not_read.items()]
        return f"{self.numbers:,} cells with a number = {' + '.join(parts) or '0'}"


def account(
    tables: Sequence[RawTable], mapping: Mapping, observations: pd.DataFrame | None = None
) -> Account:
    """The account of tables as they were in their files, read with a mapping.

    Without `observations` no cell counts as refused: those that would be read are figures.
    """
    count: Counter[tuple[str, str]] = Counter()
    numbers = 0
    for raw in tables:
        cells = _cells_of(raw)
        numbers += len(cells)
        for part in laid_out([raw]):
            here = _destinations(part, mapping, observations)
            count.update(here[cell] for cell in cells & here.keys())
            cells -= here.keys()
        count[("not_used", "of no table")] += len(cells)
    told: dict[str, dict[str, int]] = {"not_used": {}, "left_out": {}, "not_read": {}}
    for (kind, name), number in count.items():
        if kind in told and number:
            told[kind][name] = number
    single = {kind: count[(kind, "")] for kind in ("figures", "keys", "headers", "refused")}
    return Account.model_validate({"numbers": numbers, **single, **told})


def _cells_of(raw: RawTable) -> set[tuple[int, int]]:
    """The row and column of each cell of a table that holds a number, its titles and header among them."""
    found = {
        (row.number, raw.left + place)
        for row in raw.head
        for place, text in enumerate(row.cells)
        if holds_number(text)
    }
    for place, name in enumerate(raw.header):
        rows = raw.frame.index[_numbers(raw.frame[name])]
        found |= {(int(row), raw.left + place) for row in rows}
    return found


def _numbers(column: pd.Series) -> Any:
    codes, texts = distinct(column)
    return np.array([holds_number(text) for text in texts], dtype=bool)[codes]


def _destinations(
    part: RawTable, mapping: Mapping, observations: pd.DataFrame | None
) -> dict[tuple[int, int], tuple[str, str]]:
    """Where the number of each cell goes: the kind, and the name of the column, row or sheet."""
    found = {
        (row.number, part.left + place): ("headers", "")
        for row in part.head
        for place in range(len(row.cells))
    }
    if part.sheet in mapping.skip_sheets or absent(mapping, part) or not mapping.values:
        name = part.name if mapping.values else "the table"
        cells = (
            (int(row), part.left + place) for place in range(len(part.header)) for row in part.frame.index
        )
        return found | dict.fromkeys(cells, ("not_read", name))
    return found | dict(_of_cells(part, mapping, observations))


def _of_cells(
    part: RawTable, mapping: Mapping, observations: pd.DataFrame | None
) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    part_ = part.frame.index
    why = np.full(len(part_), "", dtype=object)
    for reason, mask in reasons_to_ignore(mapping, part).items():
        why[mask] = reason
    keys = {*mapping.columns.values(), *(column.flags for column in mapping.values)}
    for place, name in enumerate(part.header):
        read = _read_rows(part, name, mapping, observations)
        for row, reason in zip(part_, why, strict=True):
            cell = (int(row), part.left + place)
            if reason:
                yield cell, ("left_out", reason)
            elif read is not None:
                yield cell, ("figures" if int(row) in read else "refused", "")
            else:
                yield cell, ("keys", "") if name in keys else ("not_used", name)


def _read_rows(
    part: RawTable, name: str, mapping: Mapping, observations: pd.DataFrame | None
) -> set[int] | None:
    """The rows whose number in a column of amounts is a figure; None for another column."""
    if all(column.header != name for column in mapping.values):
        return None
    if observations is None:
        return {int(row) for row in part.frame.index}
    mine = observations[(observations["file"] == part.name) & (observations["column"] == name)]
    return set(mine["row"].astype(int))
