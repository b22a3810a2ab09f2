"""The quality pass: numbers of an edition that other numbers, or the file's own words, contradict.

It knows no bad cell by name. It compares

- a row with its own notes ("Reserve data is thousand metric tons"): `notes`;
- a column with the same column of the neighbouring editions, reserves with production in years, and a
  column of reserves with the capacities: `columns`;
- the rows with their printed world total, and a number with the same number elsewhere: `cells`.

A finding changes nothing. What is wrong beyond doubt is mended by a declared correction
(`loaders.corrections`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from loaders.columns import distinct, only
from loaders.model import Finding
from loaders.quality.cells import wrong_cells
from loaders.quality.columns import moved_columns, shifted_columns
from loaders.quality.figures import NEEDED, Figures, Wrong, compare, prepare
from loaders.quality.notes import contradicted_by_notes

NO_NEIGHBOURS = pd.DataFrame()


KEY = ["mineral", "detail", "place", "measure", "year", "basis", "unit"]
"""What tells two figures of one edition apart."""


class Checked(NamedTuple):
    """What is wrong, or looks so, and the lines (positions) whose figure stands in several lines."""

    findings: list[Finding]
    repeated: np.ndarray


def check(observations: pd.DataFrame, neighbours: pd.DataFrame = NO_NEIGHBOURS) -> Checked:
    """Look at the observations of one edition; the findings are in the order of the file.

    `observations` and `neighbours` have the columns of `model.OBSERVATION_COLUMNS`; neighbours are
    the observations of other editions of the same dataset, corrected where they are known to be wrong.
    """
    needed = only(observations, NEEDED)
    nothing = prepare(needed.iloc[:0])
    wrong: list[Wrong] = []
    repeated = [np.array([], dtype="int64")]
    for lines in _parts(observations):
        part = _lines(needed, lines)
        others = nothing if neighbours.empty else prepare(_same_minerals(neighbours, part))
        found = _check_part(part, others)
        wrong += (item._replace(line=int(lines[item.line])) for item in found.wrong)
        repeated.append(lines[found.repeated])
    return Checked(_findings(observations, wrong), np.sort(np.concatenate(repeated)))


class _Part(NamedTuple):
    """What `check` finds in a part, with positions in it."""

    wrong: list[Wrong]
    repeated: np.ndarray


def _check_part(part: pd.DataFrame, others: Figures) -> _Part:
    figures = prepare(part)
    return _Part(_wrong(figures, others), _repeated(figures))


PART = 80_000
"""Lines that are compared at a time, if no mineral has more: what is needed on the way stays small.

A table as publishers release it is one part; a part of a larger one is judged as a table of its own.
"""


def _parts(observations: pd.DataFrame) -> Iterator[np.ndarray]:
    """The positions of the lines, those of one mineral together: nothing is compared across minerals."""
    number = _part_of(observations["mineral"])
    for part in range(int(number.max()) + 1 if len(number) else 0):
        lines = np.flatnonzero(number == part)
        if len(lines):
            yield lines


def _part_of(minerals: pd.Series) -> np.ndarray:
    """The number of the part that each line belongs to, from 0: parts of about the same size."""
    codes, texts = distinct(minerals)
    parts = math.ceil(len(codes) / PART)
    before = np.cumsum(np.bincount(codes, minlength=len(texts))) - 1
    number: np.ndarray = (before * parts // max(1, len(codes))).astype(np.min_scalar_type(parts))[codes]
    return number


def _lines(observations: pd.DataFrame, lines: np.ndarray) -> pd.DataFrame:
    """Some of the lines, without a copy if they stand together."""
    first, last = int(lines[0]), int(lines[-1])
    together = last - first + 1 == len(lines)
    return observations.iloc[first : last + 1] if together else observations.iloc[lines]


def find(observations: pd.DataFrame, neighbours: pd.DataFrame = NO_NEIGHBOURS) -> list[Finding]:
    """The findings of `check` alone."""
    return check(observations, neighbours).findings


def _wrong(figures: Figures, others: Figures) -> list[Wrong]:
    compared = compare(figures, others)
    wrong = contradicted_by_notes(figures, compared)
    figures = figures.mended(wrong)
    shifted = shifted_columns(figures, compared, wrong)
    figures = figures.mended(shifted)
    moved = moved_columns(figures, others)
    cells = wrong_cells(figures.without(moved), compared)
    return [*wrong, *shifted, *moved, *cells]


def _repeated(figures: Figures) -> np.ndarray:
    """The lines of which another line says the same figure, in the order of the file."""
    keys = figures.figure[figures.order]
    same = np.concatenate([[False], keys[1:] == keys[:-1], [False]])
    repeated: np.ndarray = np.sort(figures.order[same[1:] | same[:-1]])
    return repeated


def _same_minerals(neighbours: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    return neighbours[neighbours["mineral"].isin(observations["mineral"].unique())]


def _findings(observations: pd.DataFrame, wrong: list[Wrong]) -> list[Finding]:
    lines = observations[WHERE].iloc[[item.line for item in wrong]].to_numpy()
    found = [
        _finding(dict(zip(WHERE, line, strict=True)), item) for line, item in zip(lines, wrong, strict=True)
    ]
    return sorted(found, key=lambda item: (item.file, item.mineral, item.measure, item.column, item.row))


WHERE = ["dataset", "edition", "mineral", "measure", "place", "file", "row", "column"]


def _finding(line: dict[str, Any], item: Wrong) -> Finding:
    whole = {"place": None} if item.column is not None else {}
    return Finding(
        **{**line, **whole},
        kind=item.kind,
        printed=item.printed,
        expected=item.expected,
        ratio=item.ratio,
        certainty=item.certainty,
        compared=item.compared,
        cause=item.cause,
    )
