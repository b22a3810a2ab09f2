"""Marks of lines: the line with its gaps, a mark for every year, what is no number on a shelf below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from dashboard.drawing.frame import ALWAYS_OPAQUE, BLUE, GREY, INK, hover_text
from dashboard.drawing.line_axes import Across, Line, Point, Up
from loaders.vocabulary import MarkState

INKS = (
    (BLUE, ""),
    ("#9a5fc0", "7px,3px"),
    ("#35875a", "2px,3px"),
    ("#9a6700", "9px,3px,2px,3px"),
    ("#0f827c", "5px,2px"),
    ("#c2407f", "1px,2px"),
    ("#6b7a8a", "12px,3px"),
    ("#667700", "6px,2px,1px,2px,1px,2px"),
)
"""A colour and a dash for each line; a line is told apart by its dash and its name too.

The colours are seen on a light page and on a dark one.
"""

RULE = "rgba(139,151,164,0.3)"
"""Lines across, pale on a light page and on a dark one."""
_RING = "#768391"
"""Around a year that an older edition prints otherwise."""

LINES_PRINTED = {
    **dict(
        zip(
            (colour for colour, _ in INKS[1:]),
            ("#7a3e9d", "#2e7d4f", "#8a5a00", "#0b7a75", "#b0306f", "#4d5a68", "#5b6b00"),
            strict=True,
        )
    ),
    RULE: "#dde3e9",
    _RING: INK,
}
"""What they are on paper."""
_CLOSE = 7.0
"""Pixels from year to year below which marks are small."""

_BOUNDS = {
    MarkState.MORE_THAN: "triangle-up",
    MarkState.LESS_THAN: "triangle-down",
    MarkState.RANGE: "triangle-up",
}


def ink_of(number: int) -> tuple[str, str]:
    """The colour and dash of a line by its number in its panel."""
    return INKS[number % len(INKS)]


def place_of(point: Point, axis: Up, shelf: float) -> float:
    """Where the mark of a year stands: at its number, at its bound, or on the shelf."""
    number = point.figure.value if point.figure.value == point.figure.value else point.bound
    found = axis.at(number)
    return shelf if found is None else found


def line_traces(
    line: Line, ink: tuple[str, str], axes: dict[str, str], across: Across, axis: Up, shelf: float
) -> list[dict[str, Any]]:
    """The path of a line, rings around what was revised, a mark for every year."""
    colour, dash = ink
    close = across.step < _CLOSE
    common = {"type": "scatter", "xaxis": axes["x"], "yaxis": axes["y"], "showlegend": False}
    years, heights = _path(line.points, axis)
    path = {
        **common,
        "mode": "lines",
        "x": years,
        "y": heights,
        "line": {"color": colour, "width": 2.0, **({"dash": dash} if dash else {})},
        "connectgaps": False,
        "hoverinfo": "skip",
    }
    places = [place_of(point, axis, shelf) for point in line.points]
    marks = {
        **common,
        "mode": "markers",
        "x": [point.year for point in line.points],
        "y": places,
        "marker": {
            "symbol": [_symbol(point, axis) for point in line.points],
            "size": 4 if close else 7,
            "color": colour,
            "line": {"width": 1.0 if close else 1.6, "color": colour},
        },
        "customdata": [point.figure.id for point in line.points],
        "hovertext": hover_text([point.figure.hover for point in line.points]),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }
    rings = _rings(line.points, places, 9 if close else 13)
    return [path, *([{**common, **rings}] if rings["x"] else []), marks]


def _path(points: Sequence[Point], axis: Up) -> tuple[list[int], list[float | None]]:
    """Every year from the first to the last, with None where the line is broken.

    A year that is printed in several rows has no single number. Before a year that is not counted as those
    before it the line is broken too.
    """
    printed: dict[int, list[float | None]] = {}
    for point in points:
        printed.setdefault(point.year, []).append(axis.at(point.figure.value))
    cut = {point.year for point in points if point.breaks}
    years: list[int] = []
    heights: list[float | None] = []
    for year in range(min(printed), max(printed) + 1):
        numbers = printed.get(year, [])
        own = numbers[0] if len(numbers) == 1 else None
        heights += [None, own] if year in cut else [own]
        years += [year] * (len(heights) - len(years))
    return years, heights


def _symbol(point: Point, axis: Up) -> str:
    number = point.figure.value
    if number == number and axis.at(number) is not None:
        if point.forecast:
            return "diamond-open"
        return "circle-open" if point.figure.state == MarkState.ESTIMATE else "circle"
    if axis.at(point.bound) is not None and point.figure.state in _BOUNDS:
        return _BOUNDS[MarkState(point.figure.state)]
    return "circle-open-dot"


def _rings(points: Sequence[Point], places: Sequence[float], size: float) -> dict[str, Any]:
    """A ring around each year that an older edition prints otherwise."""
    revised = [(point.year, y) for point, y in zip(points, places, strict=True) if point.revised]
    return {
        "mode": "markers",
        "x": [year for year, _ in revised],
        "y": [y for _, y in revised],
        "marker": {
            "symbol": ["circle-open"] * len(revised),
            "size": size,
            "color": _RING,
            "line": {"width": 1.0, "color": _RING},
        },
        "hoverinfo": "skip",
    }


def line_shapes(line: Line, colour: str, axes: dict[str, str], axis: Up) -> list[dict[str, Any]]:
    """What stands beside the marks of a line: a bar from bound to bound of each year that is printed as a
    range, a broken rule before each with which the publisher begins to count otherwise.
    """
    ranges = (
        (point.year, axis.at(point.figure.lower), axis.at(point.figure.upper))
        for point in line.points
        if point.figure.state == MarkState.RANGE
    )
    bars = [
        rule(axes, (year, year), (low, high), colour, 3.0)
        for year, low, high in ranges
        if low is not None and high is not None
    ]
    breaks = [point.year - 0.5 for point in line.points if point.breaks]
    whole = axis.low, axis.high
    return [*bars, *(rule(axes, (year, year), whole, colour, 1.0, "3px,3px") for year in breaks)]


def rule(
    axes: dict[str, str],
    x: tuple[float, float],
    y: tuple[float, float],
    colour: str,
    width: float,
    dash: str = "",
) -> dict[str, Any]:
    """A straight line from point to point."""
    return {
        "type": "line", "xref": axes["x"], "yref": axes["y"], "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1],
        "line": {"color": colour, "width": width, **({"dash": dash} if dash else {})}, "layer": "below",
    }  # fmt: skip


def grid(across: Across, axis: Up, axes: dict[str, str], apart: bool) -> list[dict[str, Any]]:
    """A rule at each number; the lowest is dark, and dashed where the panel has a scale of its own."""
    found = []
    for number in axis.ticks:
        y = axis.at(number)
        if y is not None:
            lowest = y == axis.low
            colour, width = (GREY, 1.2) if lowest else (RULE, 1.0)
            found.append(
                rule(
                    axes,
                    (across.low, across.high),
                    (y, y),
                    colour,
                    width,
                    "4px,3px" if apart and lowest else "",
                )
            )
    return found


def known_at_end(line: Line, axis: Up) -> Point | None:
    """The last year of which a line has a number or a bound, else its last year."""
    known = [point for point in line.points if axis.at(_known(point)) is not None]
    return known[-1] if known else (line.points[-1] if line.points else None)


def _known(point: Point) -> float:
    return point.figure.value if not math.isnan(point.figure.value) else point.bound
