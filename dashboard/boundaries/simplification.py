"""Fewer points for the same line: those whose triangles with their neighbours are smallest are left out.

M. Visvalingam and J. D. Whyatt (1993): Line generalisation by repeated elimination of points. The
Cartographic Journal 30(1), 46-51. Ends of arcs stay, so that neighbours keep one line between them.
"""

from __future__ import annotations

import heapq

import numpy as np

from dashboard.boundaries.equal_earth import project
from dashboard.boundaries.topojson import Points

_LEAST = 5
"""Points that an arc which is a ring by itself keeps: an island stays one."""


def simplified(arc: Points, area: float) -> Points:
    """The points of an arc that span more than an area of the map, of a sphere of radius one."""
    if len(arc) <= 2:
        return arc
    x, y = project(arc[:, 0], arc[:, 1])
    sizes = _sizes(x.tolist(), y.tolist())
    kept = sizes > area
    if np.array_equal(arc[0], arc[-1]) and kept.sum() < _LEAST:
        kept[np.argsort(-sizes, kind="stable")[: min(_LEAST, len(arc))]] = True
    found: Points = arc[kept]
    return found


def _sizes(x: list[float], y: list[float]) -> np.ndarray:
    """The size of the triangle of each point when its turn comes to be left out; none at the ends."""
    count = len(x)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    sizes = np.full(count, np.inf)

    def triangle(middle: int) -> float:
        a, b = before[middle], after[middle]
        across = (x[middle] - x[a]) * (y[b] - y[a]) - (x[b] - x[a]) * (y[middle] - y[a])
        return abs(across) / 2

    waiting = [(triangle(middle), middle) for middle in range(1, count - 1)]
    current = {middle: size for size, middle in waiting}
    heapq.heapify(waiting)
    least = 0.0
    while waiting:
        size, middle = heapq.heappop(waiting)
        if current.get(middle) != size:
            continue
        least = max(least, size)
        sizes[middle] = least
        del current[middle]
        a, b = before[middle], after[middle]
        after[a], before[b] = b, a
        for near in (a, b):
            if near in current:
                current[near] = triangle(near)
                heapq.heappush(waiting, (current[near], near))
    return sizes
