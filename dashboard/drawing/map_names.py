"""Names and figures on a map: where each stands, none over another and few over what is shaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from dashboard.boundaries.shapes import world
from dashboard.charts.chart import Map
from dashboard.drawing.frame import INK, TEXT
from dashboard.drawing.letters import LINE_HEIGHT, fit, marked_up, widest
from dashboard.drawing.map_colours import LABEL_GROUND

NAMED = 5
"""How many of the largest values are named on the map."""
NAME_WIDTH = 92.0
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

    def holds(self, points: np.ndarray) -> int:
        """How many of the points lie in it, each a line of two numbers."""
        low, high = (self.left, self.low), (self.right, self.high)
        return int(((points > low) & (points < high)).all(axis=1).sum())


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

    A name that has no room is left
    out, unless its place is chosen. It stands where there is room on this map: a wider one gives it more.
    """
    west, scale = extent.west, extent.scale
    seen = {code: (touched_points(code) - (west, 0.0)) * scale for code in marks}
    taken: list[_Box] = []
    notes: dict[str, dict[str, Any]] = {}
    for mark in _named(drawing, marks):
        name = fit(mark.label, NAME_WIDTH, TEXT, mark.emphasis)
        words = fit(mark.words, NAME_WIDTH, TEXT, True)
        half = widest([*name, *words], TEXT, True) / 2 + 2, len([*name, *words]) * TEXT * LINE_HEIGHT / 2 + 2
        others = np.concatenate(
            [np.empty((0, 2)), *(points for code, points in seen.items() if code != mark.place)]
        )
        boxes = [(spot, _box(spot, half, scale, west)) for spot in _spots(mark.place, half, scale)]
        free = [
            (box.holds(others), number, spot, box)
            for number, (spot, box) in enumerate(boxes)
            if box.within(extent) and not any(box.meets(one) for one in taken)
        ]
        if free:
            _, _, spot, box = min(free)
            taken.append(box)
            notes[mark.place] = _note(mark, name, words, spot)
        elif mark.emphasis:
            notes[mark.place] = _note(mark, name, words, boxes[0][0])
    unnamed = [mark for mark in marks.values() if mark.place not in notes]
    return [*notes.values(), *_signs(unnamed, taken, extent)]


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
    return list(dict.fromkeys([*chosen, *ordered[:NAMED]]))


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


def _spots(code: str, half: tuple[float, float], scale: float) -> Iterator[_Spot]:
    """Where the name of a place may stand, the best first: on it where it is large enough, else beside it."""
    x, y = world().shapes[code].label
    west, south, east, north = _largest_part(code)
    roomy = (east - west) * scale > 4 * half[0] and (north - south) * scale > 2.4 * half[1]
    middle = _Spot(x, y, "center", "middle")
    if roomy:
        yield middle
    yield _Spot(east, y, "left", "middle")
    yield _Spot(west, y, "right", "middle")
    yield _Spot(x, north, "center", "bottom")
    yield _Spot(x, south, "center", "top")
    if not roomy:
        yield middle


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
