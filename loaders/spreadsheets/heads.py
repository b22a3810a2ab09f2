"""A table of a spreadsheet with another head, and what its cells and columns hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from loaders.columns import distinct
from loaders.files.table import LEVELS, HeadRow, RawTable, unique_names
from loaders.values import clean

SAMPLE = 2_000
"""Rows that are looked at to tell what a column holds."""


def under(raw: RawTable, body: pd.DataFrame, header_rows: int) -> RawTable:
    """The table with the last rows of its head for a header, and what is below it."""
    titles = raw.head[: len(raw.head) - header_rows]
    levels = [row.cells for row in raw.head[len(titles) :]]
    names = unique_names([_name(column) for column in zip(*levels, strict=True)])
    numbers = None
    if raw.numbers is not None:
        numbers = raw.numbers.loc[body.index].set_axis(names, axis="columns")
    return replace(
        raw,
        frame=body.set_axis(names, axis="columns"),
        numbers=numbers,
        above=_above(titles),
        header_rows=header_rows,
    )


def _name(levels: Sequence[str]) -> str:
    return LEVELS.join(dict.fromkeys(clean(text) for text in levels if text.strip()))


def _above(titles: Sequence[HeadRow]) -> tuple[str, ...]:
    """The title lines; a text that is merged over several cells stands there once."""
    lines = [" ".join(dict.fromkeys(filter(None, map(clean, row.cells)))) for row in titles]
    return tuple(filter(None, lines))


def filled_cells(cells: Iterable[object]) -> int:
    """How many cells hold something."""
    return sum(1 for cell in cells if isinstance(cell, str) and cell.strip())


def texts_below(column: pd.Series) -> list[str]:
    """The different texts of a column, among the first rows."""
    return [clean(text) for text in distinct(column.head(SAMPLE))[1] if text.strip()]
