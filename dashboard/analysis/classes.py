"""Few classes for numbers that span orders of magnitude: where one class ends and the next begins."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

MOST_CLASSES = 5
"""Classes at most: more shades are not told apart."""

_STEPS: tuple[tuple[int, ...], ...] = ((1, 2, 5), (1, 3), (1,))
"""Numbers of each power of ten at which a class may begin, the finest first."""

_RANKS = (2.0, 4.0, 11.0)
"""Ranks at which a class begins: first; second and third; fourth to tenth; the others."""


def class_breaks(values: Iterable[float]) -> tuple[float, ...]:
    """Where classes begin, besides the lowest one, for numbers above zero; NaN and zero are passed over.

    Round numbers between the smallest and the largest value: 1, 2 and 5 of each power of ten where that
    makes no more than `MOST` classes, else 1 and 3, else powers of ten alone; of these the highest.
    """
    known = [float(value) for value in values if value > 0]
    if not known:
        return ()
    least, most = min(known), max(known)
    powers = range(math.floor(math.log10(least)) - 1, math.ceil(math.log10(most)) + 1)
    for steps in _STEPS:
        found = [float(f"{step}e{power}") for power in powers for step in steps]
        found = [number for number in found if least < number <= most]
        if len(found) < MOST_CLASSES:
            break
    return tuple(found[-(MOST_CLASSES - 1) :])


def class_number(value: float, breaks: Sequence[float]) -> int:
    """The number of the class of a value, from 0 up; a value at a break is in the class that begins there."""
    return bisect_right(breaks, value)


def present_ranks(last: float) -> tuple[float, ...]:
    """Those of `_RANKS` that some rank up to the last one reaches."""
    return tuple(number for number in _RANKS if number <= last)
