"""What became of every number of a spreadsheet, cell by cell: figure, key, column not used, row left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from loaders.columns import is_among
from loaders.files.table import MergedCell, RawTable
from loaders.model import Record
from loaders.spreadsheets.fitting import absent, own_columns
from loaders.spreadsheets.flags import holds_number, number_cells
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
        parts = laid_out([raw])
        here = _in_heads(raw, parts)
        for part in parts:
            here.update(_of_part(part, mapping, observations))
        total = _all_numbers(raw)
        here["not_used", "of no table"] += total - sum(here.values())
        numbers += total
        count.update(here)
    told: dict[str, dict[str, int]] = {"not_used": {}, "left_out": {}, "not_read": {}}
    for (kind, name), number in count.items():
        if kind in told and number:
            told[kind][name] = number
    single = {kind: count[kind, ""] for kind in ("figures", "keys", "headers", "refused")}
    return Account.model_validate({"numbers": numbers, **single, **told})


def _all_numbers(raw: RawTable) -> int:
    """The cells of a table that hold a number, its titles and header among them."""
    heads = sum(_is_number(text) for row in raw.head for text in row.cells)
    return heads + sum(int(number_cells(raw.frame[name]).sum()) for name in raw.header)


def _is_number(text: str) -> bool:
    """Whether a cell of a head holds a number; one that is merged over several cells does in the first."""
    return holds_number(text) and not isinstance(text, MergedCell)


def _in_heads(raw: RawTable, parts: Sequence[RawTable]) -> Counter[tuple[str, str]]:
    """The cells with a number in titles and headers: of the table, and of the tables that lie in it."""
    wanted = {
        (row.number, part.left + place)
        for part in parts
        for row in part.head
        for place, text in enumerate(row.cells)
        if text
    }
    rows = {number for number, _ in wanted}
    found = {
        (row.number, raw.left + place)
        for row in raw.head
        for place, text in enumerate(row.cells)
        if _is_number(text)
    }
    body = raw.frame[raw.frame.index.isin(list(rows))]
    for place, name in enumerate(raw.header):
        found |= {(int(row), raw.left + place) for row in body.index[number_cells(body[name])]}
    return Counter({("headers", ""): len(found & wanted)})


def _of_part(part: RawTable, mapping: Mapping, observations: pd.DataFrame | None) -> Counter[tuple[str, str]]:
    """What became of the cells with a number below the header of a table."""
    masks = {name: number_cells(part.frame[name]) for name in part.header}
    count: Counter[tuple[str, str]] = Counter()
    if part.sheet in mapping.skip_sheets or absent(mapping, part) or not mapping.values:
        name = part.name if mapping.values else "the table"
        count["not_read", name] += sum(int(mask.sum()) for mask in masks.values())
        return count
    mapping = own_columns(mapping, part)
    used = np.ones(len(part.frame), dtype=bool)
    for reason, rows in reasons_to_ignore(mapping, part).items():
        count["left_out", reason] += sum(int((mask & rows & used).sum()) for mask in masks.values())
        used &= ~rows
    keys = {*mapping.columns.values(), *(column.flags for column in mapping.values)}
    for name, mask in masks.items():
        read = _read_rows(part, name, mapping, observations)
        if read is None:
            count[("keys", "") if name in keys else ("not_used", name)] += int((mask & used).sum())
        else:
            count["figures", ""] += int((mask & used & read).sum())
            count["refused", ""] += int((mask & used & ~read).sum())
    return count


def _read_rows(part: RawTable, name: str, mapping: Mapping, observations: pd.DataFrame | None) -> Any:
    """Where the number of a column of amounts became a figure; None for another column."""
    if all(column.header != name for column in mapping.values):
        return None
    if observations is None:
        return np.ones(len(part.frame), dtype=bool)
    mine = is_among(observations["file"], [part.name]) & is_among(observations["column"], [name])
    return part.frame.index.isin(observations["row"].to_numpy()[mine])
