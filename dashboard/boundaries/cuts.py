"""Rings cut where the map ends, at 180 degrees east and west; one around a pole is closed along it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from dashboard.boundaries.topojson import Points

_Line = list[tuple[float, float]]


def cut_at_edges(ring: Points) -> list[Points]:
    """The parts of a ring within the map, each a ring by itself, its last point joined to the first."""
    whole = _closed_at_pole(ring)
    low, high = (math.floor((edge(whole[:, 0]) + 180) / 360) for edge in (np.min, np.max))
    parts: list[Points] = []
    for turn in range(low, high + 1):
        shifted = [(x - 360.0 * turn, y) for x, y in whole.tolist()]
        for west in _kept(shifted, 180.0, 1.0):
            parts += [np.array(list(_with_steps(part))) for part in _kept(west, -180.0, -1.0)]
    return [part for part in parts if len(part) > 2 and np.ptp(part[:, 0]) > 0]


def _closed_at_pole(ring: Points) -> Points:
    """A ring that goes round the whole world encloses a pole: its ends are joined along it."""
    turned = ring[-1, 0] - ring[0, 0]
    if abs(turned) < 180:
        return ring
    pole = -90.0 if ring[:, 1].mean() < 0 else 90.0
    first = ring[0] + [math.copysign(360.0, turned), 0.0]
    return np.vstack([ring, first, [first[0], pole], [ring[0, 0], pole]])


def _kept(ring: _Line, edge: float, side: float) -> list[_Line]:
    """The parts of a ring at one side of a meridian: what is west of it, or east where `side` is -1."""
    inside = [side * (x - edge) <= 0 for x, _ in ring]
    if all(inside):
        return [ring]
    if not any(inside):
        return []
    return _joined(_chains(ring, inside, edge))


def _chains(ring: _Line, inside: list[bool], edge: float) -> list[_Line]:
    """The runs of points inside, each from the meridian to the meridian."""
    start = inside.index(False)
    chains: list[_Line] = []
    for step in range(len(ring)):
        one, other = ((start + step + more) % len(ring) for more in (0, 1))
        if inside[one]:
            chains[-1].append(ring[one])
        if inside[one] != inside[other]:
            crossing = _crossing(ring[one], ring[other], edge)
            if inside[other]:
                chains.append([crossing])
            else:
                chains[-1].append(crossing)
    return chains


def _crossing(one: tuple[float, float], other: tuple[float, float], edge: float) -> tuple[float, float]:
    part = (edge - one[0]) / (other[0] - one[0])
    return edge, one[1] + part * (other[1] - one[1])


def _joined(chains: list[_Line]) -> list[_Line]:
    """Ends that follow each other on the meridian have the inside between them."""
    ends = sorted(
        (chain[-1 if last else 0][1], number, last) for number, chain in enumerate(chains) for last in (0, 1)
    )
    partner = {}
    for (_, one, one_last), (_, other, other_last) in zip(ends[::2], ends[1::2], strict=True):
        partner[one, one_last], partner[other, other_last] = (other, other_last), (one, one_last)
    rings: list[_Line] = []
    waiting = dict.fromkeys(range(len(chains)))
    while waiting:
        number = next(iter(waiting))
        ring: _Line = []
        while number in waiting:
            del waiting[number]
            ring += chains[number]
            number, last = partner[number, 1]
            if last:
                raise ValueError("a ring crosses itself at the end of the map")
        rings.append(ring)
    return rings


def _with_steps(ring: _Line) -> Iterator[tuple[float, float]]:
    """Points along the end of the map, which is no straight line on it: one a degree at least."""
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        yield one
        if one[0] == other[0] and abs(one[0]) == 180.0:
            steps = math.ceil(abs(other[1] - one[1]))
            for step in range(1, steps):
                yield one[0], one[1] + (other[1] - one[1]) * step / steps
