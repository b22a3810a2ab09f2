"""The same number elsewhere: in the year before, and in other editions."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from loaders.quality.arrays import combine
from loaders.quality.figures import FEW, Figures, nearest_power

FAR = 0.45
"""A number this far from the same number elsewhere, in powers of ten (a factor of 2.8), stands out."""

_NEAR = 0.2
"""A number this near to the year before (a factor of 1.6) is much like it."""

RESTLESS = 0.34
"""Where more than this share of a series stands out, nothing does."""

AGREE = 0.6
"""Neighbouring editions that lie within this of each other agree on a number."""


HUNDREDFOLD = 2.0
"""So far beyond all other editions a number stands out even where these are not at one."""


class Elsewhere(NamedTuple):
    """The same number elsewhere, for each line, as a logarithm; NaN where it stands nowhere else.

    `sibling` is that of the year before, or else after; `ref` the middle of the other editions, or else the
    sibling; `spread` how far the `editions` lie apart.
    """

    sibling: np.ndarray
    ref: np.ndarray
    spread: np.ndarray
    editions: np.ndarray


def elsewhere_of(figures: Figures, compared: pd.DataFrame) -> Elsewhere:
    sibling = _siblings(figures)
    if compared.empty:
        nothing = np.zeros(len(figures), dtype="int8")
        return Elsewhere(sibling, sibling, nothing, nothing)
    spread, editions = np.zeros(len(figures)), np.zeros(len(figures), dtype="int64")
    ref = sibling.copy()
    logs = _level(figures, compared).groupby("line")["log"]
    lines = logs.median().index.to_numpy(dtype="int64")
    ref[lines] = logs.median()
    spread[lines], editions[lines] = logs.max() - logs.min(), logs.size()
    return Elsewhere(sibling, ref, spread, editions)


def _level(figures: Figures, compared: pd.DataFrame) -> pd.DataFrame:
    """The neighbours' numbers, those of a column that is a thousandfold off brought to this one's level."""
    lines = compared["line"].to_numpy()
    shift = figures.log[lines] - compared["log"]
    groups = shift.groupby([figures.column_id[lines], compared["edition"].to_numpy()])
    power = groups.transform("median").map(nearest_power).where(groups.transform("count") >= FEW, 0)
    return compared.assign(log=compared["log"] + power)


def _siblings(figures: Figures) -> np.ndarray:
    """The logarithm of the same figure in the year before, or else after, in the same edition."""
    order = figures.order
    series, year, log = figures.series[order], figures.year[order], figures.log[order]
    next_year = (series[1:] == series[:-1]) & (year[1:] != year[:-1])
    found = np.full(len(log), np.nan)
    np.copyto(found[:-1], log[1:], where=next_year)
    np.copyto(found[1:], log[:-1], where=next_year & ~np.isnan(log[:-1]))
    siblings = np.empty(len(log))
    siblings[order] = found
    return siblings


def unlike(figures: Figures, elsewhere: Elsewhere) -> np.ndarray:
    """Where a number is far from the same number elsewhere, and not much like the year before.

    Not where most of the series is, and not where the other editions are not at one, but for a number that is
    much further from them than they are from each other.
    """
    far: np.ndarray = np.abs(figures.log - elsewhere.ref) > FAR
    if not far.any():
        return far
    beside = np.abs(figures.log - elsewhere.sibling) < _NEAR
    apart = np.abs(figures.log - elsewhere.ref) > elsewhere.spread + HUNDREDFOLD
    at_one = (elsewhere.spread < AGREE) | apart
    unlike: np.ndarray = far & ~beside & _steady(figures, elsewhere.ref, far) & at_one
    return unlike


def _steady(figures: Figures, ref: np.ndarray, far: np.ndarray) -> np.ndarray:
    """Whether the series is one whose figures mostly lie where they lie elsewhere."""
    series = combine([figures["mineral"], figures["measure"]])
    known = np.bincount(series, weights=~np.isnan(ref))
    restless = np.bincount(series, weights=far) > RESTLESS * known
    steady: np.ndarray = (~restless | (known == 1))[series]
    return steady
