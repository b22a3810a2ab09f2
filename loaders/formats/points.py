"""Points of numbers such as `12.000` that may stand between thousands: they are asked about.

Where the comma is the decimal sign, programs write them so, also what they read with commas.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from loaders.answers.answers import Answers
from loaders.columns import arrow, at_codes, distinct, has_sign, to_mask
from loaders.formats.refusing import RowCheck
from loaders.report import NameKind
from loaders.units import read_units

EACH = "each like 1.000"
"""What is asked about, and answered, of all numbers of a file: `1000` or `1`."""

EACH_MEANS = ("1000", "1")
"""The answers: the points stand between thousands, or before decimals."""

_SIGN = r"^\s*(?:[e<>]\s?)?"
_THREE_AFTER_POINT = rf"{_SIGN}[1-9][0-9]{{0,2}}\.[0-9]{{3}}\s*$"
_THREES_AFTER_POINTS = rf"{_SIGN}[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+\s*$"
_THREE_AFTER_COMMA = rf"{_SIGN}[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?\s*$"
_DIGITS = rf"{_SIGN}[0-9]+\s*$"
_NUMBER = rf"{_SIGN}[0-9][0-9.,]*\s*$"


def beside_commas(printed: pd.Series, files: pd.Series) -> pd.Series:
    """Where `12.000` stands in a file that has commas between thousands: its point may be one of those."""
    found = np.zeros(len(printed), dtype=bool)
    if has_sign(printed, ","):
        found = _matches(printed, _THREE_AFTER_POINT)
    if found.any():
        commas = _matches(printed, _THREE_AFTER_COMMA)
        found &= files.isin(files[commas].unique()).to_numpy()
    return pd.Series(found, index=printed.index)


def alone(printed: pd.Series, files: pd.Series, unit: pd.Series, publisher: str) -> pd.Series:
    """Where a point has three digits behind it, in a file that no number of which says what points are.

    `1,200`, `0.125` and `12.5` would. Parts of a whole have no thousands.
    """
    doubted = pd.Series(np.zeros(len(printed), dtype=bool), index=printed.index, copy=False)
    if not has_sign(printed, "."):
        return doubted
    some = slice(_SOME)
    open_ = ~files.isin(files[some][_settles(printed[some])].unique())
    if not open_.any():
        return doubted
    texts, of = printed[open_], files[open_]
    found = _matches(texts, _THREES_AFTER_POINTS)
    if found.any():
        found &= ~of.isin(of[_settles(texts)].unique()).to_numpy()
        found &= ~_are_parts(unit[open_], publisher)
    doubted[open_] = found
    return doubted


_SOME = 1_000
"""Rows that are looked at first: those of a large file mostly settle it."""


def _settles(printed: pd.Series) -> np.ndarray:
    """Where a number says what points are; one without any, such as USGS prints beside `1,200`, does not."""
    either = _matches(printed, _THREES_AFTER_POINTS) | _matches(printed, _DIGITS)
    settled: np.ndarray = _matches(printed, _NUMBER) & ~either
    return settled


def _are_parts(unit: pd.Series, publisher: str) -> np.ndarray:
    codes, texts = distinct(unit)
    parts = read_units(pd.Series(texts, dtype="string"), publisher)["unit"] == "1"
    marks: np.ndarray = at_codes(parts.fillna(False).to_numpy(dtype=bool), codes)
    return marks


def _matches(printed: pd.Series, pattern: str) -> np.ndarray:
    return to_mask(pc.fill_null(pc.match_substring_regex(arrow(printed), pattern), False))


# What a steward says of them ----------------------------------------------------------------------------


def without_points(printed: pd.Series, doubted: pd.Series, answers: Answers) -> pd.Series:
    """The numbers without the points that are said to stand between thousands."""
    if answers.said("sign").get(EACH) != EACH_MEANS[0]:
        return printed
    return printed.astype("string").mask(doubted, printed.astype("string").str.replace(".", ""))


def point_check(printed: pd.Series, doubted: pd.Series, answers: Answers) -> RowCheck:
    """All such numbers of a file are asked about at once, unless that is answered."""
    settled = answers.said("sign").get(EACH) in EACH_MEANS
    open_ = doubted if not doubted.any() else doubted & ~answers.is_said("sign", printed) & (not settled)
    return RowCheck("point or thousands", open_, EACH, None)


def points_counted(doubted: pd.Series, answers: Answers) -> dict[tuple[NameKind, str], int]:
    """In how many lines stands what is answered of each."""
    number = int(doubted.sum()) if EACH in answers.said("sign") else 0
    return {("sign", EACH): number} if number else {}
