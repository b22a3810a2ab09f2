"""A map of the world: shapes filled by class and state, the largest figures named, a legend below."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import numpy as np

from dashboard.boundaries.equal_earth import Plane
from dashboard.boundaries.shapes import Shape, world
from dashboard.charts.chart import Map
from dashboard.drawing.frame import ALWAYS_OPAQUE, CLEAR, INK, NARROW, RIGHT, Sketch, hover_text, tightened
from dashboard.drawing.map_colours import BORDER, NO_ROW, Fill, all_estimated, fill_of, statement_fill
from dashboard.drawing.map_legend import legend
from dashboard.drawing.map_names import Extent, MapPlace, names_on_map, touched_points
from loaders.names import place_name

_SMALL = 30_000.0
"""Square kilometres: a smaller place of which there is a figure gets a disc, or nobody would find it."""
DISC = 0.03
"""The radius of a disc, in radii of the sphere: five pixels on a map 900 pixels wide."""
_LEAST_PART = 0.45
"""The part of the width that a map has at least that is made lower."""
ANTARCTICA = "ATA"
"""Left out where nothing is said of it."""
_MARGIN = 0.03


def world_map(drawing: Map, width: float = NARROW, tight: float = 0.0) -> Sketch:
    """The map and, below it, its legend; as high as its width asks for, or in the middle of it and lower."""
    marks = _places(drawing)
    shown = _shown(marks)
    across = width - 4 - RIGHT
    part = tightened(1.0, _LEAST_PART, max(tight, 0.0))
    extent = _extent(shown, across * part)
    west, east, south, north, _ = extent
    ratio = (north - south) / (east - west)
    told = legend(drawing, across)
    axis = {"visible": False, "fixedrange": True, "showgrid": False, "zeroline": False}
    layout: dict[str, Any] = {
        "xaxis": {**axis, "range": [west, east], "domain": [(1 - part) / 2, (1 + part) / 2]},
        "yaxis": {**axis, "range": [south, north]},
        "annotations": [*names_on_map(drawing, marks, extent), *told.annotations],
        "shapes": told.shapes,
    }
    data = [*_filled(drawing, marks, shown), *_outlined(marks, shown), _touched(drawing, marks, shown)]
    return Sketch(data, layout, across * part * ratio, below=told.height, ratio=ratio)


@lru_cache(maxsize=100)
def _places(drawing: Map) -> dict[str, MapPlace]:
    """The lines of its table, read once."""
    columns = (drawing.marks[name].tolist() for name in MapPlace._fields)
    return {line[0]: MapPlace(*line) for line in zip(*columns, strict=True)}


def _shown(marks: dict[str, MapPlace]) -> dict[str, Shape]:
    """What is drawn: every shape, and the points of which there is a figure."""
    return {
        code: shape
        for code, shape in world().shapes.items()
        if code in marks or (shape.rings and code != ANTARCTICA)
    }


def _extent(shown: dict[str, Shape], across: float) -> Extent:
    """The ends of the map, the same for every one without Antarctica."""
    west, south, east, north = _bounds(ANTARCTICA in shown)
    scale = across / (east - west + 2 * _MARGIN)
    return Extent(west - _MARGIN, east + _MARGIN, south - _MARGIN, north + _MARGIN, scale)


@cache
def _bounds(whole: bool) -> tuple[float, float, float, float]:
    shapes = (shape for code, shape in world().shapes.items() if whole or code != ANTARCTICA)
    points = np.concatenate([ring for shape in shapes for ring in shape.rings])
    (west, south), (east, north) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return west, south, east, north


# Shapes -------------------------------------------------------------------------------------------------


@cache
def _outline(code: str, disc: bool) -> Plane:
    """The rings of a place one after the other, each closed, with a gap behind it; a disc for a small one.

    The last has two gaps behind it, where the next place begins.
    """
    shape = world().shapes[code]
    rings = [*shape.rings, *([_disc(shape.label)] if disc else [])]
    gap = np.full((1, 2), np.nan)
    return np.concatenate([*(part for ring in rings for part in (ring, ring[:1], gap)), gap])


def _disc(middle: tuple[float, float]) -> Plane:
    turns = np.linspace(0, -2 * math.pi, 16, endpoint=False)
    return np.column_stack((middle[0] + DISC * np.cos(turns), middle[1] + DISC * np.sin(turns)))


def _has_disc(code: str, shape: Shape, marks: dict[str, MapPlace]) -> bool:
    return code in marks and shape.area < _SMALL


def _filled(drawing: Map, marks: dict[str, MapPlace], shown: dict[str, Shape]) -> Iterator[dict[str, Any]]:
    """One trace for all places that are filled alike; what has no line lies below the others."""
    groups: dict[Fill, list[str]] = {Fill(NO_ROW): []}
    count, plain = len(drawing.classes), all_estimated(drawing)
    for code in shown:
        mark = marks.get(code)
        if mark is None:
            fill = Fill(NO_ROW)
        elif drawing.stated:
            fill = statement_fill(mark.shade, count)
        else:
            fill = fill_of(mark.state, mark.shade, count, plain)
        groups.setdefault(fill, []).append(code)
    for fill, codes in groups.items():
        if codes:
            outlines = (_outline(code, _has_disc(code, shown[code], marks)) for code in codes)
            yield _shapes(fill, np.concatenate(list(outlines)))


def _shapes(fill: Fill, points: Plane) -> dict[str, Any]:
    pattern = {
        "fillpattern": {
            "shape": fill.pattern, "fgcolor": fill.ink, "bgcolor": fill.ground, "size": fill.size,
            "solidity": fill.solidity, "fillmode": "replace",
        }
    }  # fmt: skip
    return {
        **_line(points, BORDER, 0.6),
        "fill": "toself",
        "fillcolor": fill.ground,
        **(pattern if fill.pattern else {}),
    }


def _line(points: Plane, colour: str, width: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": points[:, 0].astype(np.float32),
        "y": points[:, 1].astype(np.float32),
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _outlined(marks: dict[str, MapPlace], shown: dict[str, Shape]) -> Iterator[dict[str, Any]]:
    """The chosen places, outlined in dark on white, to be seen on every shade and on every page."""
    chosen = [code for code, mark in marks.items() if mark.emphasis and code in shown]
    if chosen:
        points = np.concatenate([_outline(code, _has_disc(code, shown[code], marks)) for code in chosen])
        yield _line(points, "#ffffff", 3.6)
        yield _line(points, INK, 1.8)


def _touched(drawing: Map, marks: dict[str, MapPlace], shown: dict[str, Shape]) -> dict[str, Any]:
    """Clear points all over the places: the nearest one tells a pointer and a click which place it is."""
    points: list[Plane] = []
    ids: list[str] = []
    hovers: list[str] = []
    for code, shape in shown.items():
        if not code:
            continue
        mark = marks.get(code)
        points.append(touched_points(code))
        ids += [mark.id if mark else ""] * (1 + len(shape.touch))
        hover = hover_text([mark.hover]) if mark else _absent(code, drawing.absent)
        hovers += hover * (1 + len(shape.touch))
    across, up = np.concatenate(points).T.tolist() if points else ([], [])
    return {
        "type": "scatter",
        "mode": "markers",
        "x": across,
        "y": up,
        "marker": {"symbol": "circle", "size": 12, "color": CLEAR, "line": {"width": 0, "color": CLEAR}},
        "customdata": ids,
        "hovertext": hovers,
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }


@lru_cache(maxsize=2_000)
def _absent(code: str, words: str) -> list[str]:
    """What a pointer over a place without a line shows."""
    return hover_text([f"{place_name(code)}: {words}"])
