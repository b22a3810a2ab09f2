"""The quality pass: numbers of an edition that other numbers, or the file's own words, contradict.

It knows no bad cell by name. It compares

- a row with its own notes ("Reserve data is thousand metric tons"): `notes`;
- a column with the same column of the neighbouring editions, reserves with production in years, and a
  column of reserves with the capacities: `columns`;
- the rows with their printed world total, and a number with the same number elsewhere: `cells`.

A finding changes nothing. What is wrong beyond doubt is mended by a declared correction
(`loaders.quality.corrections`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from loaders.quality.arrays import Coded, without_copy
from loaders.quality.cells import wrong_cells
from loaders.quality.columns import moved_columns, shifted_columns
from loaders.quality.figures import Figures, Wrong, compare_figures, prepare
from loaders.quality.notes import contradicted_by_notes
from loaders.report import Finding

NO_NEIGHBOURS = pd.DataFrame()
_NO_LINES: np.ndarray = np.array([], dtype="int64")


class Repeated(NamedTuple):
    """The lines (positions) of figures that stand in several lines, those of one figure together.

    `starts` says where in `lines` each figure begins; the lines of a figure are in the order of the file.
    """

    lines: np.ndarray
    starts: np.ndarray

    @property
    def figure_of_lines(self) -> np.ndarray:
        """The number of the figure of each line."""
        return np.repeat(np.arange(len(self.starts)), np.diff(self.starts, append=len(self.lines)))

    def figures(self, count: int) -> list[np.ndarray]:
        """The lines of each of the first figures, in the order of the file."""
        ends = np.append(self.starts[1:], len(self.lines))
        first = pd.Series(self.lines[self.starts]).nsmallest(count).index
        return [self.lines[self.starts[figure] : ends[figure]] for figure in first]


Again = Callable[[Repeated], np.ndarray]
"""Of lines of repeated figures those that only say again what another one says, by position, rising."""


class Checked(NamedTuple):
    """What is wrong, or looks so, the figures that stand in several lines, and the lines not looked at."""

    findings: list[Finding]
    repeated: Repeated
    again: np.ndarray


def check(
    observations: pd.DataFrame,
    neighbours: pd.DataFrame = NO_NEIGHBOURS,
    *,
    glued: bool = True,
    again: Again = lambda _: _NO_LINES,
) -> Checked:
    """Look at the observations of one edition; the findings are in the order of the file.

    `observations` and `neighbours` have the columns of `model.OBSERVATION_COLUMNS`; neighbours are
    the observations of other editions of the same dataset, corrected where they are known to be wrong.
    `glued` says whether the marks of footnotes may be glued to numbers: not in a format that keeps its
    notes apart. Lines that say something `again` are as if they were not there.
    """
    figures = prepare(observations, glued)
    others = figures.part(slice(0)) if neighbours.empty else prepare(neighbours)
    parts = _part_of(figures["mineral"])

    def check_part(part: int) -> _Part:
        return _check_part(figures.part(without_copy(np.flatnonzero(parts == part))), others, again)

    with ThreadPoolExecutor(max_workers=2) as threads:  # NumPy works outside Python's lock
        found = list(threads.map(check_part, np.flatnonzero(np.bincount(parts))))
    wrong = [item for part in found for item in part.wrong]
    lines = np.sort(np.concatenate([_NO_LINES, *(part.again for part in found)]))
    return Checked(_findings(observations, wrong), _together([part.repeated for part in found]), lines)


class _Part(NamedTuple):
    """What `check` finds in a part."""

    wrong: list[Wrong]
    repeated: Repeated
    again: np.ndarray


def _check_part(figures: Figures, others: Figures, again: Again) -> _Part:
    repeated = _repeated(figures)
    gone = again(repeated) if len(repeated.lines) else _NO_LINES
    if len(gone):
        figures = figures.without_lines(gone)
        repeated = _repeated(figures)
    wrong = _wrong(figures, _same_minerals(others, figures))
    return _Part([item._replace(line=int(figures.lines[item.line])) for item in wrong], repeated, gone)


_PART = 80_000
"""Lines that are compared at a time, if no mineral has more: what is needed on the way stays small.

A table as publishers release it is one part; a part of a larger one is judged as a table of its own.
"""


def _part_of(minerals: Coded) -> np.ndarray:
    """The number of the part that each line belongs to, from 0: parts of about the same size.

    Lines of one mineral are in one part: nothing is compared across minerals.
    """
    codes, texts = minerals
    parts = math.ceil(len(codes) / _PART)
    before = np.cumsum(np.bincount(codes, minlength=len(texts))) - 1
    number: np.ndarray = (before * parts // max(1, len(codes))).astype(np.min_scalar_type(parts))[codes]
    return number


def find(observations: pd.DataFrame, neighbours: pd.DataFrame = NO_NEIGHBOURS) -> list[Finding]:
    """The findings of `check` alone."""
    return check(observations, neighbours).findings


def _wrong(figures: Figures, others: Figures) -> list[Wrong]:
    compared = compare_figures(figures, others)
    wrong = contradicted_by_notes(figures, compared)
    figures = figures.mended(wrong)
    shifted = shifted_columns(figures, compared, wrong)
    figures = figures.mended(shifted)
    moved = moved_columns(figures, others)
    cells = wrong_cells(figures.without(moved), compared)
    return [*wrong, *shifted, *moved, *cells]


def _same_minerals(others: Figures, figures: Figures) -> Figures:
    """The lines of the other figures that are about the minerals of these."""
    minerals = figures["mineral"]
    wanted = [minerals.texts[code] for code in minerals.present()]
    return others.part(np.flatnonzero(others["mineral"].among(wanted)))


def _repeated(figures: Figures) -> Repeated:
    """The lines of which another line says the same figure."""
    keys = figures.figure[figures.order]
    same = np.concatenate([[False], keys[1:] == keys[:-1], [False]])
    several = np.flatnonzero(same[1:] | same[:-1])
    lines = figures.lines[figures.order[several]]
    return Repeated(lines, np.flatnonzero(~same[several]))


def _together(parts: Iterable[Repeated]) -> Repeated:
    """Repeated figures of several parts as those of one."""
    lines, starts, count = [_NO_LINES], [_NO_LINES], 0
    for part in parts:
        lines.append(part.lines)
        starts.append(part.starts + count)
        count += len(part.lines)
    return Repeated(np.concatenate(lines), np.concatenate(starts))


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
