"""Rows of a table that say the same twice: they are counted once."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from loaders.columns import distinct, is_category, is_constant, only, without_rows
from loaders.formats.observations import Reading
from loaders.formats.refusing import MAX_PROBLEMS
from loaders.model import OBSERVATION_COLUMNS
from loaders.quality import Again, Repeated
from loaders.quality.arrays import number_lines
from loaders.quality.figures import FIGURE
from loaders.report import Ignored, Problem
from loaders.vocabulary import Severity

_WHERE = ("row", "correction")
"""What may differ between two rows that say the same."""


def rows_said_twice(lines: pd.DataFrame) -> Again:
    """What finds the lines of an edition whose row repeats another one in every word.

    A row of which only some lines are repeated stays, and so do rows that differ in anything.
    """
    single = _has_a_line_a_row(lines)
    words = [lines[name].array for name in lines if name not in _WHERE and not is_constant(lines[name])]
    coded = [column.codes for column in words if isinstance(column, pd.Categorical)]

    def again(repeated: Repeated) -> np.ndarray:
        alike = _alike(lines, coded, repeated)
        if not len(alike):
            return alike
        alike = alike if single else _with_their_rows(lines, alike)
        same = pd.Series(_said(words, alike)).duplicated()
        if single:
            return _at(alike, same)
        rows = [lines["file"].astype("string").iloc[alike].array, lines["row"].iloc[alike].array]
        found = _at(alike, same.groupby(rows, sort=False).transform("all"))
        return found[np.isin(found, repeated.lines)]

    return again


def _has_a_line_a_row(lines: pd.DataFrame) -> bool:
    """Whether each line is seen at once to come from a row of its own."""
    rows = lines["row"].to_numpy()
    return len(distinct(lines["file"])[1]) == 1 and bool((rows[1:] > rows[:-1]).all())


def _alike(lines: pd.DataFrame, coded: Sequence[np.ndarray], repeated: Repeated) -> np.ndarray:
    """The positions, rising, of the lines of which another one has the same figure, value and categories.

    Only these can say the same in every word; to compare all words of a million lines takes long. Lines
    that differ may be among them by chance.
    """
    values = lines["value"].to_numpy()[repeated.lines]
    keys = np.where(np.isnan(values), np.inf, values).view("int64") ^ (repeated.figure_of_lines * _SPREAD)
    at, keys = _several(repeated.lines, keys)
    for codes in coded:
        keys = keys * _SPREAD + codes[at]
    return np.sort(_several(at, keys)[0])


def _several(at: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The positions, and the keys, of which there are several."""
    same = pd.Series(keys, copy=False).duplicated(keep=False).to_numpy()
    return at[same], keys[same]


def _said(words: Sequence[Any], at: np.ndarray) -> np.ndarray:
    """A number for each of some lines, the same for lines that say the same in every word."""
    return number_lines([_numbers(column, at) for column in words])


def _numbers(column: Any, at: np.ndarray) -> np.ndarray:
    coded = isinstance(column, pd.Categorical)
    numbers: np.ndarray = column.codes[at] if coded else pd.factorize(column[at])[0]
    return numbers.astype("int64")


def _at(positions: np.ndarray, chosen: pd.Series) -> np.ndarray:
    found: np.ndarray = positions[chosen.to_numpy()]
    return found


_SPREAD = 0x9E3779B97F4A7C1
"""A large odd number: its multiples differ in all bits."""


def _with_their_rows(lines: pd.DataFrame, alike: np.ndarray) -> np.ndarray:
    """The positions of all lines of the rows in which these lines stand."""
    near = np.flatnonzero(lines["row"].isin(lines["row"].to_numpy()[alike]))
    rows = pd.MultiIndex.from_arrays([lines["file"].astype("string").iloc[near], lines["row"].iloc[near]])
    found: np.ndarray = near[rows.isin(rows[np.isin(near, alike)])]
    return found


def without_lines(reading: Reading, gone: np.ndarray) -> tuple[Reading, list[Problem]]:
    """The reading without lines that say something again, and a warning for each file.

    The numbers of the reading that is given are used up where a line goes: a large table would not stand
    here twice.
    """
    if not len(gone):
        return reading, []
    lines = reading.observations
    dropped = _rows_of_files(lines, gone)
    ignored = [
        Ignored(file=file, reason="the same row again", count=len(rows)) for file, rows in dropped.items()
    ]
    kept = {name: without_rows(lines[name], gone) for name in lines if is_category(lines[name])}
    kept |= {name: without_rows(lines.pop(name), gone) for name in OBSERVATION_COLUMNS if name not in kept}
    observations = pd.DataFrame({name: kept[name] for name in OBSERVATION_COLUMNS}, copy=False)
    problems = [_problem(file, rows) for file, rows in dropped.items()]
    return replace(reading, observations=observations, ignored=[*reading.ignored, *ignored]), problems


def _rows_of_files(lines: pd.DataFrame, some: np.ndarray) -> dict[str, np.ndarray]:
    """The numbers, rising, of the rows of each file in which some lines (positions, rising) stand."""
    codes, files = distinct(lines["file"].iloc[some])
    rows = lines["row"].iloc[some].to_numpy()
    return {files[code]: np.unique(rows[codes == code]) for code in pd.unique(codes)}


def _problem(file: str, rows: np.ndarray) -> Problem:
    told = "1 row says" if len(rows) == 1 else f"{len(rows):,} rows say"
    return Problem(
        severity=Severity.WARNING,
        rule="the same row again",
        message=f"{told} the same as another one in every word, and counted once.",
        remedy="Look whether two different things are meant; a column that tells them apart helps.",
        file=file,
        row=int(rows[0]),
    )


def repeated_figures(observations: pd.DataFrame, repeated: Repeated) -> list[Problem]:
    """A warning for each figure that stands in the files more than once; beyond MAX_PROBLEMS, one for all."""
    figures = repeated.figures(MAX_PROBLEMS + 1)
    if not figures:
        return []
    shown = [lines[:MAX_PROBLEMS] for lines in figures]
    rows = iter(only(observations, _SAID).iloc[np.concatenate(shown)].to_dict("records"))
    groups = [list(itertools.islice(rows, len(lines))) for lines in shown]
    found = [_repeated(group, len(lines)) for group, lines in zip(groups, figures, strict=True)]
    if len(found) <= MAX_PROBLEMS:
        return found
    count = len(repeated.starts) - MAX_PROBLEMS
    return [*found[:-1], _repeated_at(groups[-1][0], f"{count:,} more figures stand here several times.")]


_SAID = [*FIGURE, "printed_value", "file", "row", "column"]
"""What a warning about a repeated figure says."""


def _repeated(rows: Sequence[dict[Hashable, Any]], count: int) -> Problem:
    """The warning for a figure that stands in so many rows, of which these are the first."""
    message = (
        f"{', '.join(str(rows[0][name]) for name in FIGURE if rows[0][name])} stands here {count} times."
    )
    return _repeated_at(rows[0], message, " | ".join(str(row["printed_value"]) for row in rows))


def _repeated_at(first: dict[Hashable, Any], message: str, printed: str = "") -> Problem:
    return Problem(
        severity=Severity.WARNING,
        rule="repeated figure",
        message=message,
        remedy="Look which one counts; all are kept.",
        file=str(first["file"]),
        row=int(first["row"]),
        column=str(first["column"]),
        printed=printed,
    )
