"""Arrays of one number per line, which are compared and grouped far faster than tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from loaders.columns import categories, distinct

Lines = Any
"""Positions of lines: an array of whole numbers, or a slice."""


def without_copy(lines: np.ndarray) -> Lines:
    """The same positions, in rising order, as a slice if they stand together."""
    together = len(lines) and int(lines[-1]) - int(lines[0]) + 1 == len(lines)
    return slice(int(lines[0]), int(lines[-1]) + 1) if together else lines


class Coded(NamedTuple):
    """A column of texts: the position of each line's text in `texts`, where each text stands once."""

    codes: np.ndarray
    texts: list[str]

    def at(self, lines: Lines) -> Coded:
        """Some of the lines."""
        one = len(self.texts) == 1 and not isinstance(lines, slice)
        return Coded(self.codes[: len(lines)] if one else self.codes[lines], self.texts)

    def text(self, line: int) -> str:
        """The text of one line."""
        return str(self.texts[self.codes[line]])

    def among(self, wanted: Iterable[str]) -> np.ndarray:
        """Where one of the wanted texts stands."""
        wanted = set(wanted)
        marks = np.array([text in wanted for text in self.texts], dtype=bool)
        if not marks.any() or marks.all():
            return np.full(len(self.codes), marks.any())
        found: np.ndarray = marks[self.codes]
        return found

    def present(self) -> np.ndarray:
        """The codes that stand in the column."""
        return np.flatnonzero(np.bincount(self.codes, minlength=len(self.texts)))

    def categories(self, lines: Lines) -> pd.Categorical:
        """Some of the lines as a column of a table."""
        return pd.Categorical.from_codes(self.codes[lines], pd.Index(self.texts, dtype="str"))


def coded(columns: Iterable[pd.Series]) -> list[Coded]:
    """Text columns, with the texts in the order in which they first stand there, as codes."""
    return [Coded(*distinct(column)) for column in categories(columns)]


def stacked(own: Coded, other: Coded) -> Coded:
    """Two columns below each other."""
    if not len(other.codes):
        return own
    texts = list(dict.fromkeys([*own.texts, *other.texts]))
    place = {text: position for position, text in enumerate(texts)}
    moved = np.array([place[text] for text in other.texts], dtype="int64")
    return Coded(np.concatenate([own.codes, moved[other.codes]]), texts)


def combine(keys: Sequence[Coded | np.ndarray]) -> np.ndarray:
    """A whole number for each line, the same for lines of the same keys: texts or whole numbers."""
    numbers = [_from_zero(key) for key in keys]
    small = math.prod(count for _, count in numbers) <= _LARGEST["int32"]
    lines, size = np.zeros(len(numbers[0][0]), dtype="int32" if small else "int64"), 1
    for codes, count in numbers:
        if size * count > _LARGEST["int64"]:
            (lines, size), (codes, count) = _renumbered(lines), _renumbered(codes)
        if count > 1:
            lines *= count
            lines += codes
            size *= count
    return lines


_LARGEST = {"int32": 2**31 - 1, "int64": 2**63 - 1}


def _from_zero(key: Coded | np.ndarray) -> tuple[np.ndarray, int]:
    """The key as numbers from 0, and more than the largest of them."""
    if isinstance(key, Coded):
        return key.codes, len(key.texts)
    if not len(key):
        return key, 1
    least = int(key.min())
    return key - least, int(key.max()) - least + 1


def _renumbered(numbers: np.ndarray) -> tuple[np.ndarray, int]:
    codes, found = pd.factorize(numbers)
    return codes, len(found)


def number_lines(keys: Sequence[Coded | np.ndarray]) -> np.ndarray:
    """A number for each distinct line of the keys, from 0, in the order of their first lines."""
    return _renumbered(combine(keys))[0]


def first_lines(lines: np.ndarray) -> np.ndarray:
    """The position of the first of each number of `number_lines`."""
    before = np.maximum.accumulate(np.concatenate([[-1], lines[:-1]]))
    return np.flatnonzero(lines > before)


def first_where(mask: np.ndarray, codes: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """The position of the first line of each code for which the mask is true."""
    lines = np.flatnonzero(mask)[::-1]
    first = otherwise.copy()
    first[codes[lines]] = lines  # of several lines of a code the last one assigned counts
    return first


def sorted_lines(keys: np.ndarray) -> np.ndarray:
    """The positions of the lines in the order of whole-numbered keys from 0; equal ones stay in order.

    NumPy sorts numbers of 16 bits by counting them, which takes a fraction of the time of comparing.
    """
    order = np.argsort(keys.astype("uint16"), kind="stable")
    for shift in range(16, int(keys.max(initial=0)).bit_length(), 16):
        order = order[np.argsort((keys >> shift).astype("uint16")[order], kind="stable")]
    return order
