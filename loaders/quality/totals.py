"""Printed world totals, and whether each is the sum of its rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loaders.quality.arrays import number_lines
from loaders.quality.figures import Figures
from loaders.vocabulary import EUROPEAN_UNION, WORLD, Status

TRIFLE = 0.02
"""A total this near to its sum, as a share, is off by rounding."""

_MANY = 20
"""So many totals tell whether a table's totals are sums at all."""

_NO_NUMBER = [
    Status.WITHHELD.value,
    Status.NOT_AVAILABLE.value,
    Status.NOT_SIGNIFICANT.value,
    Status.INCLUDED_ELSEWHERE.value,
]
"""Rows that count in the total without a number."""


def group_of(figures: Figures) -> np.ndarray:
    """A number for the lines that belong to one world total, -1 for those that belong to none or several.

    They are those of a column, or those of the same basis in a column of several totals.
    """
    world = figures["place"].among([WORLD])
    if not world.any():
        return np.full(len(figures), -1)
    column = figures.column_id
    several = _worlds(world, column) > 1
    if several.any():
        basis = np.where(several[column], figures["basis"].codes, -1)
        column = number_lines([column, basis])
    group: np.ndarray = np.where(_worlds(world, column) == 1, np.arange(column.max() + 1), -1)[column]
    return group


def _worlds(world: np.ndarray, key: np.ndarray) -> np.ndarray:
    """How many lines of each key (numbers from 0) are world totals."""
    return np.bincount(key[world], minlength=key.max() + 1)


def totals_of(figures: Figures, group: np.ndarray) -> pd.DataFrame:
    """Each printed total by its group: `line`, `world`, `sum`, `half` (half a unit of its last digit).

    `off` where it contradicts its rows, `holds` where it is their sum.
    A total with a lower bound ("more than") is off when the sum is below it; one with rows that say no
    number is off when the sum is above it.
    """
    worlds = figures["place"].among([WORLD]) & (group >= 0)
    union = figures["place"].among([EUROPEAN_UNION])
    lines = np.flatnonzero(worlds & (figures.number > 0))
    if not len(lines):
        return _NO_TOTALS
    totals = pd.DataFrame(
        {
            "line": lines,
            "world": figures.number[lines],
            "scale": figures.scale[lines],
            "more": figures.bound[lines],
        },
        index=group[lines],
    ).join(_sums(figures, group, np.flatnonzero((group >= 0) & ~worlds & ~union)), how="inner")
    totals["printed"] = (totals["world"] / 10 ** totals["scale"]).round(6)
    totals["half"] = half_step(totals["printed"]) * 10 ** totals["scale"]
    above = totals["sum"] > totals["world"] + totals["half"]
    below = totals["sum"] < totals["world"] - totals["half"]
    apart = (totals["sum"] - totals["world"]).abs() > TRIFLE * totals["world"]
    totals["off"] = apart & ((above & ~totals["more"]) | (below & ~totals["open"]))
    totals.loc[totals["sum"] == 0, "off"] = False
    if len(totals) >= _MANY and totals["off"].mean() > 0.5:
        totals["off"] = False  # what this table calls the world total is something else
    totals["holds"] = ~apart | ~(above | below)
    return totals


def _sums(figures: Figures, group: np.ndarray, lines: np.ndarray) -> pd.DataFrame:
    """The `sum` of the lines of each group, the number of `rows`, and whether one says no number (`open`)."""
    group, number = group[lines], figures.number[lines]
    missing = np.isnan(number)
    silent = missing & figures["status"].among(_NO_NUMBER)[lines] | figures.bound[lines]
    found = pd.DataFrame(
        {
            "sum": np.bincount(group, weights=np.where(missing, 0, number)),
            "rows": np.bincount(group, weights=~missing),
            "open": np.bincount(group, weights=silent) > 0,
        }
    )
    return found[np.bincount(group) > 0]


def half_step(printed: pd.Series) -> pd.Series:
    """Half a unit of the last digit that counts: trailing zeros do not, but for the second digit.

    The summaries round to two digits or more; 110,000,000 is read as 110 million, give or take 5.
    """
    number = printed.where(printed > 0).to_numpy(dtype="float64")
    zeros = np.zeros(len(number))
    for power in range(1, 16):
        zeros += number % 10.0**power == 0
    second = np.floor(np.log10(number)) - 1
    return pd.Series(10.0 ** np.minimum(zeros, second) / 2, index=printed.index)


def half_step_of(number: pd.Series, scale: pd.Series) -> pd.Series:
    """`half_step` of numbers in the canonical unit, in that unit."""
    unit = 10.0 ** scale[number.index]
    return half_step((number / unit).round(6)) * unit


_NO_TOTALS = pd.DataFrame(
    {"line": [], "off": np.array([], dtype=bool), "holds": np.array([], dtype=bool), "half": []}
)
"""Where there is no total."""
