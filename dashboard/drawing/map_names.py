"""Names and figures on a map: where each stands, none over another and few over what is shaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from dashboard.boundaries.shapes import world
from dashboard.charts.chart import Map
from dashboard.drawing.frame import INK, TEXT
from dashboard.drawing.letters import LINE_HEIGHT, fit, marked_up, widest
from dashboard.drawing.map_colours import LABEL_GROUND

_NAMED = 5
"""How many of the largest values are named on the map."""
EDGE = 20
"""Points of an edge that are looked at."""
_ROOMY = 12.0
"""So many times as large as its name a place is at least that has it on itself."""
_STEP = 5
"""One point in so many of a large place is tried."""
FIRST_TRIED = 5
"""Spots beside a smaller place and on its middle; the others on it where none of these is free."""
_NAME_WIDTH = 92.0
"""Pixels of the longest line of a name on the map."""
_PAD = 1.0
"""Pixels around the words, within their ground."""
_APART = 3.0
"""Pixels from a place to a name beside it."""


class MapPlace(NamedTuple):
    """A line of the map's table."""

    place: str
    label: str
    value: float
    shade: int
    words: str
    state: str
    emphasis: bool
    id: str
    hover: str


class _Box(NamedTuple):
    """Words on the map, in pixels from its left end and from the equator upwards."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: _Box) -> bool:
        """Whether one lies over the other."""
        beside = self.left >= other.right or other.left >= self.right
        return not (beside or self.low >= other.high or other.low >= self.high)

    def within(self, extent: Extent) -> bool:
        """Whether it is on the map as a whole."""
        across = (extent.east - extent.west) * extent.scale
        low, high = extent.south * extent.scale, extent.north * extent.scale
        return self.left >= -2 and self.right <= across + 2 and self.low >= low and self.high <= high


class Extent(NamedTuple):
    """The ends of a map on its plane, and how many pixels a radius of the sphere is."""

    west: float
    east: float
    south: float
    north: float
    scale: float


class _Spot(NamedTuple):
    """A point of the map, and at which side of it the words stand."""

    x: float
    y: float
    xanchor: str
    yanchor: str


def names_on_map(drawing: Map, marks: Mapping[str, MapPlace], extent: Extent) -> list[dict[str, Any]]:
    """The names and figures of the chosen places and of the largest, as annotations.

    A name stands where it covers no other place of which there is a figure, and little land. Where it has no
    such room on this map it is left out, unless its place is chosen; the largest where none is.
    """
    taken: list[_Box] = []
    notes: dict[str, dict[str, Any]] = {}
    named = _named(drawing, marks)
    always = [mark.place for mark in named if mark.emphasis] or [mark.place for mark in named[:1]]
    for mark in named:
        name = fit(mark.label, _NAME_WIDTH, TEXT, mark.emphasis)
        words = fit(mark.words, _NAME_WIDTH, TEXT, True)
        half = widest([*name, *words], TEXT, True) / 2 + 2, len([*name, *words]) * TEXT * LINE_HEIGHT / 2 + 2
        best = _best(mark.place, half, marks, taken, extent)
        if best.others and mark.place not in always:
            continue
        taken.append(best.box)
        notes[mark.place] = _note(mark, name, words, best.spot)
    unnamed = [mark for mark in marks.values() if mark.place not in notes]
    return [*notes.values(), *_signs(unnamed, taken, extent)]


class _Room(NamedTuple):
    """Where words can stand: how many points of other places with figures, and of land, they lie over."""

    others: int
    land: int
    number: int
    spot: _Spot
    box: _Box


def _best(
    code: str,
    half: tuple[float, float],
    marks: Mapping[str, MapPlace],
    taken: Sequence[_Box],
    extent: Extent,
) -> _Room:
    """The room that lies over least, for words `half` as wide and high; the first where none is free."""
    roomy = _roomy(code, half, extent.scale)
    found: list[_Room] = []
    spots = list(_spots(code, roomy))
    for number, spot in enumerate(spots):
        if number == FIRST_TRIED and not roomy and found and min(found).others == 0:
            break
        box = _box(spot, half, extent.scale, extent.west)
        if box.within(extent) and not any(box.meets(one) for one in taken):
            below = Counter(_below(box, extent))
            own = below.pop(code, 0)
            others = sum(points for place, points in below.items() if place in marks)
            found.append(_Room(others, below.total() + (0 if roomy else own), number, spot, box))
    return min(found, default=_Room(1, 0, 0, spots[0], _box(spots[0], half, extent.scale, extent.west)))


_SIGNS = ("*", "†")
"""What stands behind a figure that is corrected, or that a later release prints otherwise."""


def _signs(unnamed: Iterable[MapPlace], taken: Sequence[_Box], extent: Extent) -> Iterator[dict[str, Any]]:
    """The signs of places without a name: each stands on its place, where no name lies over it."""
    half = widest(["†"], TEXT, True) / 2 + 2, TEXT * LINE_HEIGHT / 2 + 2
    for mark in unnamed:
        sign = mark.words[-1:]
        x, y = world().shapes[mark.place].label
        spot = _Spot(x, y, "center", "middle")
        box = _box(spot, half, extent.scale, extent.west)
        if sign in _SIGNS and not any(box.meets(one) for one in taken):
            yield _note(mark._replace(label="", emphasis=False), [], [sign], spot)


def _named(drawing: Map, marks: Mapping[str, MapPlace]) -> list[MapPlace]:
    valued = [mark for mark in marks.values() if mark.shade >= 0]
    ordered = sorted(valued, key=lambda mark: mark.value if drawing.lowest_first else -mark.value)
    chosen = [mark for mark in marks.values() if mark.emphasis]
    return list(dict.fromkeys([*chosen, *ordered[:_NAMED]]))


@cache
def _land() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points all over all places and on their edges, from west to east: x, y and the code of the place."""
    points = {code: np.concatenate([touched_points(code), _edge(code)]) for code in world().shapes}
    owners = np.repeat(list(points), [len(own) for own in points.values()])
    x, y = np.concatenate(list(points.values())).T
    order = np.argsort(x)
    return x[order], y[order], owners[order]


def _below(box: _Box, extent: Extent) -> list[str]:
    """The place of each point that lies in the box."""
    x, y, owners = _land()
    ends = (box.left / extent.scale + extent.west, box.right / extent.scale + extent.west)
    first, last = np.searchsorted(x, ends)
    up = y[first:last] * extent.scale
    codes: list[str] = owners[first:last][(up > box.low) & (up < box.high)].tolist()
    return codes


def _edge(code: str) -> np.ndarray:
    """Some points of the largest ring of a place."""
    ring = next(iter(world().shapes[code].rings), np.empty((0, 2)))
    return ring[:: max(len(ring) // EDGE, 1)]


@cache
def touched_points(code: str) -> np.ndarray:
    """Points all over a place."""
    shape = world().shapes[code]
    return np.array([shape.label, *shape.touch], dtype=float)


@cache
def _largest_part(code: str) -> tuple[float, float, float, float]:
    """West, south, east and north of the largest ring of a place; of a point, the point."""
    shape = world().shapes[code]
    if not shape.rings:
        return (*shape.label, *shape.label)
    west, south = shape.rings[0].min(axis=0).tolist()
    east, north = shape.rings[0].max(axis=0).tolist()
    return west, south, east, north


def _roomy(code: str, half: tuple[float, float], scale: float) -> bool:
    """Whether a place is so large on the map that its name can stand on it."""
    west, south, east, north = _largest_part(code)
    across, up = (east - west) * scale / (2 * half[0]), (north - south) * scale / (2 * half[1])
    return min(across, up) > 1.2 and across * up > _ROOMY


def _spots(code: str, roomy: bool) -> Iterator[_Spot]:
    """Where the name of a place may stand, the best first: on it where it is large enough, else beside it."""
    x, y = world().shapes[code].label
    west, south, east, north = _largest_part(code)
    points = touched_points(code)[:: _STEP if roomy else 1]
    on_it = [_Spot(across, up, "center", "middle") for across, up in points.tolist()]
    yield from on_it if roomy else ()
    yield _Spot(east, y, "left", "middle")
    yield _Spot(west, y, "right", "middle")
    yield _Spot(x, north, "center", "bottom")
    yield _Spot(x, south, "center", "top")
    yield from () if roomy else on_it


_SHIFT = {"left": 1.0, "center": 0.0, "right": -1.0, "bottom": 1.0, "middle": 0.0, "top": -1.0}


def _box(spot: _Spot, half: tuple[float, float], scale: float, west: float) -> _Box:
    """The box of some words, `half` as wide and high, at a spot."""
    wide, high = half
    x = (spot.x - west) * scale + _SHIFT[spot.xanchor] * (wide + _APART)
    y = spot.y * scale + _SHIFT[spot.yanchor] * (high + _APART)
    return _Box(x - wide, y - high, x + wide, y + high)


def _note(mark: MapPlace, name: Sequence[str], words: Sequence[str], spot: _Spot) -> dict[str, Any]:
    plain = marked_up(list(name))
    called = f"<b>{plain}</b>" if mark.emphasis else plain
    return {
        "x": spot.x, "y": spot.y, "xanchor": spot.xanchor, "yanchor": spot.yanchor, "align": spot.xanchor,
        "xshift": _SHIFT[spot.xanchor] * _APART, "yshift": _SHIFT[spot.yanchor] * _APART,
        "text": "<br>".join(filter(None, (called, f"<b>{marked_up(list(words))}</b>"))),
        "showarrow": False, "font": {"size": TEXT, "color": INK}, "bgcolor": LABEL_GROUND, "borderpad": _PAD,
    }  # fmt: skip
