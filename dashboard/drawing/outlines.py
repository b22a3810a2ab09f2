"""Shapes of many points as the text of paths."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np


def outline_path(points: np.ndarray, zero: tuple[float, float], scale: tuple[float, float]) -> str:
    """The path of points, one line each, to a tenth of a pixel: each start, and from there step by step.

    A gap (NaN) ends a line, and two a shape. `zero` is where both axes have their zero, in pixels, `scale`
    how many pixels one is on each. Shapes of places are the same on every map of a size, so the text of each
    is made once.
    """
    gaps = np.isnan(points[:, 0])
    ends = (np.flatnonzero(gaps[:-1] & gaps[1:]) + 2).tolist()
    left, top = round(zero[0] * 10), round(zero[1] * 10)
    found = []
    for start, end in zip([0, *ends], [*ends, len(points)], strict=True):
        outline = _outline(points[start:end].tobytes(), points.dtype.str, *scale)
        if outline:
            x, y, rest = outline
            found.append(f"M{(left + x) / 10:g} {(top + y) / 10:g}{rest}")
    return "".join(found)


@lru_cache(maxsize=4_000)
def _outline(points: bytes, kind: str, across: float, down: float) -> tuple[int, int, str] | None:
    """Tenths of pixels from the zero of both axes to the first of a shape's points, and the steps from there.

    None where there is no line.
    """
    shape = np.frombuffer(points, kind).reshape(-1, 2)
    gaps = np.flatnonzero(np.isnan(shape[:, 0])).tolist()
    bounds = zip([0, *(gap + 1 for gap in gaps)], [*gaps, len(shape)], strict=True)
    lines = [
        (shape[start:end] * (across * 10, down * 10)).round().astype(int)
        for start, end in bounds
        if end > start + 1
    ]
    if not lines:
        return None
    text = [f"l{_line_text(lines[0])}"]
    for before, line in pairwise(lines):
        text.append(f"m{_tenths(line[0] - before[-1])}l{_line_text(line)}")
    x, y = lines[0][0].tolist()
    return x, y, "".join(text)


def _line_text(line: np.ndarray) -> str:
    """The steps of a line in tenths, without those that lead nowhere."""
    steps = np.diff(line, axis=0)
    return _tenths(steps[steps.any(axis=1)]) or "0 0"


def _tenths(numbers: np.ndarray) -> str:
    """Numbers of tenths as a path has them; most are so small that their text is known."""
    reach = len(_SMALL) // 2
    return " ".join(
        [_SMALL[n + reach] if -reach <= n <= reach else f"{n / 10:g}" for n in numbers.ravel().tolist()]
    )


_SMALL = [f"{n / 10:g}" for n in range(-300, 301)]
