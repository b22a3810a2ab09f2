"""Points within shapes: where a label stands, and where a pointer finds the place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.boundaries.topojson import Points

_APART = 0.08
"""From one point to be touched to the next, in radii of the sphere: 13 pixels on a map 900 pixels wide."""


def contains(rings: Sequence[Points], points: Points) -> NDArray[np.bool_]:
    """Which of the points are within the rings; a ring within another one is a hole."""
    x, y = points[:, 0, None], points[:, 1, None]
    crossed = np.zeros(len(points), int)
    for ring in rings:
        after = np.roll(ring, -1, axis=0)
        (x0, y0), (x1, y1) = ring.T, after.T
        with np.errstate(divide="ignore", invalid="ignore"):
            left_of = x < (x1 - x0) * (y - y0) / (y1 - y0) + x0
        crossed += (((y0 > y) != (y1 > y)) & left_of).sum(axis=1)
    within: NDArray[np.bool_] = crossed % 2 == 1
    return within


def spread_points(rings: Sequence[Points]) -> Points:
    """Points all over some rings, on one grid for the whole map."""
    (west, south), (east, north) = (edge(np.concatenate(rings), axis=0) for edge in (np.min, np.max))
    xs = np.arange(np.floor(west / _APART), np.ceil(east / _APART) + 1) * _APART
    ys = np.arange(np.floor(south / _APART), np.ceil(north / _APART) + 1) * _APART
    grid = np.array([(x, y) for x in xs for y in ys])
    found: Points = grid[contains(rings, grid)]
    return found


_GRID = 24
"""Points each way among which the place of a label is looked for."""


def inner_point(rings: Sequence[Points]) -> Points:
    """The point of the largest ring that is farthest from its edge, as good as a grid finds it."""
    largest = max(rings, key=lambda ring: float(np.ptp(ring, axis=0).prod()))
    (west, south), (east, north) = largest.min(axis=0), largest.max(axis=0)
    steps = (np.arange(_GRID) + 0.5) / _GRID
    grid = np.array([(west + (east - west) * a, south + (north - south) * b) for a in steps for b in steps])
    within = grid[contains(rings, grid)]
    if not len(within):
        middle: Points = largest.mean(axis=0)
        return middle
    edges = np.concatenate(rings)
    distances = np.hypot(*(within[:, None, :] - edges[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    found: Points = within[int(distances.argmax())]
    return found
