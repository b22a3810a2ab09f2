"""The header of a sheet where it is known what it looks like: the first row that fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from loaders.files.table import HeadRow, RawTable, unique_names

DEEPEST = 15
"""Rows below the header that was found which may be the header yet."""


def headed(raw: RawTable, fits: Callable[[Sequence[str]], bool]) -> RawTable | None:
    """The table with the first row that `fits` as its header, what is above it in `above`; None for none.

    A header of several rows is taken apart: the texts of the other rows are lines above or rows below.
    """
    width = len(raw.header)
    upper = [(row.number, [*row.cells, *[""] * (width - len(row.cells))][:width]) for row in raw.head]
    upper = upper or [(int(raw.frame.index.min()) - 1 if len(raw.frame) else 1, list(raw.header))]
    body = list(zip(raw.frame.index.tolist(), raw.frame.head(DEEPEST).to_numpy().tolist(), strict=False))
    rows = [*upper, *body]
    place = next((number for number, (_, cells) in enumerate(rows) if fits(cells)), None)
    if place is None:
        return None
    number, cells = rows[place]
    between = [row for row in upper if row[0] > number]
    names = unique_names([" ".join(cell.split()) for cell in cells])
    frame = pd.DataFrame([texts for _, texts in between], columns=names, dtype="string")
    frame.index = pd.Index([below for below, _ in between], dtype="int64")
    rest = raw.frame[raw.frame.index > number].set_axis(names, axis="columns")
    above = tuple(" ".join(filter(None, dict.fromkeys(texts))) for at, texts in rows if at < number)
    return replace(
        raw,
        frame=pd.concat([frame, rest]) if between else rest,
        above=above,
        head=tuple(HeadRow(at, tuple(texts)) for at, texts in rows if at <= number),
        header_rows=1,
        numbers=None,
    )
