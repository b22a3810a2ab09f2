"""The header of a sheet where it is known what it looks like: the first row that fits."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from loaders.files.table import HeadRow, RawTable, unique_names

DEEPEST = 15
"""Rows below the header that was found which may be the header yet."""


def headed(
    raw: RawTable,
    fits: Callable[[Sequence[str]], bool],
    below: Callable[[Sequence[str]], bool] = lambda _: True,
) -> RawTable | None:
    """The table with the first row that `fits` as its header, what is above it in `above`; None for none.

    A header of several rows is taken apart: the texts of the other rows are lines above or rows below.
    None as well if the header stands not `below` such lines.
    """
    width = len(raw.header)
    upper = [(row.number, [*row.cells, *[""] * (width - len(row.cells))][:width]) for row in raw.head]
    upper = upper or [(int(raw.frame.index.min()) - 1 if len(raw.frame) else 1, list(raw.header))]
    rows: list[tuple[int, list[str]]] = []
    for row in itertools.chain(upper, _body(raw)):
        rows.append(row)
        if fits(row[1]):
            break
    else:
        return None
    above = tuple(" ".join(filter(None, dict.fromkeys(texts))) for _, texts in rows[:-1])
    if not below(above):
        return None
    number, cells = rows[-1]
    between = [row for row in upper if row[0] > number]
    names = unique_names([" ".join(cell.split()) for cell in cells])
    frame = pd.DataFrame([texts for _, texts in between], columns=names, dtype="string")
    frame.index = pd.Index([at for at, _ in between], dtype="int64")
    rest = raw.frame[raw.frame.index > number].set_axis(names, axis="columns")
    return replace(
        raw,
        frame=pd.concat([frame, rest]) if between else rest,
        above=above,
        head=tuple(HeadRow(at, tuple(texts)) for at, texts in rows),
        header_rows=1,
        numbers=None,
    )


def _body(raw: RawTable) -> Iterator[tuple[int, list[str]]]:
    """The first rows below the header that was found: their numbers and cells."""
    yield from zip(raw.frame.index.tolist(), raw.frame.head(DEEPEST).to_numpy().tolist(), strict=False)
