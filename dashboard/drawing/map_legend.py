"""The legend of a map: classes in words and numbers, patterns in words; as wide as there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from dashboard.charts.chart import Map
from dashboard.drawing.frame import CLEAR, TEXT
from dashboard.drawing.letters import fit, marked_up, text_width
from dashboard.drawing.map_colours import (
    BORDER,
    NO_ROW,
    STATE_WORDS,
    Fill,
    all_estimated,
    fill_of,
    statement_fill,
)
from loaders.vocabulary import MarkState

_WIDE, _HIGH = 26.0, 14.0
"""Pixels of a swatch."""
_AFTER, _BETWEEN, _ROW = 6.0, 16.0, 20.0
"""Pixels from a swatch to its words, from these to the next swatch, and from one row to the next."""
_LEFT = 4.0
"""Pixels of the margin at the left: the legend begins where the title does."""
_FIRST = 8.0
"""Pixels from the map to the legend."""
NO_ROW_WORDS, NO_CLAIM_WORDS = "no row", "no claim"
"""What is said of the countries of which a map of statistics, and one of statements, has nothing."""


class _Item(NamedTuple):
    """A swatch and its words."""

    fill: Fill
    words: str


class Legend(NamedTuple):
    """Shapes and words below the axes, and how many pixels they take."""

    shapes: list[dict[str, Any]]
    annotations: list[dict[str, Any]]
    height: float


def legend(drawing: Map, width: float) -> Legend:
    """The legend of a map within so many pixels."""
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    down = _FIRST
    heading = f"{drawing.heading}; all are estimates" if all_estimated(drawing) else drawing.heading
    for line in fit(heading, width, TEXT, True) if heading else ():
        down += _ROW
        notes.append(_words(f"<b>{marked_up([line])}</b>", 0.0, down - _ROW / 2))
    for group in (_classes(drawing), _states(drawing)):
        for row in _rows(group, width):
            down += _ROW
            for item, at in row:
                shapes += _swatch(item.fill, at, down - _ROW / 2 - _HIGH / 2)
                notes.append(_words(marked_up([item.words]), at + _WIDE + _AFTER, down - _ROW / 2))
    return Legend(shapes, notes, down)


def _classes(drawing: Map) -> list[_Item]:
    count = len(drawing.classes)
    fills = (
        statement_fill(n, count) if drawing.stated else fill_of(MarkState.VALUE, n, count)
        for n in range(count)
    )
    return [_Item(fill, words) for fill, words in zip(fills, drawing.classes, strict=True)]


def _states(drawing: Map) -> list[_Item]:
    """The patterns that are there, over the shade of the middle where they stand over one; then no row."""
    marks, count, plain = drawing.marks, len(drawing.classes), all_estimated(drawing)
    shaded = dict(zip(marks["state"].tolist(), (marks["shade"] >= 0).tolist(), strict=True))
    found = [
        _Item(fill_of(state, (count - 1) // 2 if shaded[state] else -1, count), words)
        for state, words in STATE_WORDS.items()
        if state in shaded and not (plain and state is MarkState.ESTIMATE)
    ]
    return [*found, _Item(Fill(NO_ROW), NO_CLAIM_WORDS if drawing.stated else NO_ROW_WORDS)]


def _rows(items: Sequence[_Item], width: float) -> Iterator[list[tuple[_Item, float]]]:
    """The items in rows, each with where it begins."""
    row: list[tuple[_Item, float]] = []
    at = 0.0
    for item in items:
        needed = _WIDE + _AFTER + text_width(item.words, TEXT)
        if row and at + needed > width:
            yield row
            row, at = [], 0.0
        row.append((item, at))
        at += needed + _BETWEEN
    if row:
        yield row


def _words(text: str, right: float, down: float) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 0, "xshift": right - _LEFT, "yref": "paper", "y": 0, "yshift": -down,
        "text": text, "xanchor": "left", "yanchor": "middle", "align": "left", "showarrow": False,
        "font": {"size": TEXT},
    }  # fmt: skip


# Swatches -----------------------------------------------------------------------------------------------


def _swatch(fill: Fill, left: float, top: float) -> list[dict[str, Any]]:
    """A box in the colour, with the lines or dots of the pattern in it."""
    box = _shape("rect", left, top, left + _WIDE, top + _HIGH)
    marks = _dots(fill, left, top) if fill.pattern == "." else _lines(fill, left, top)
    return [{**box, "fillcolor": fill.ground, "line": {"color": CLEAR, "width": 0}}, *marks,
            {**box, "fillcolor": CLEAR, "line": {"color": BORDER, "width": 1}}]  # fmt: skip


def _shape(kind: str, x0: float, y0: float, x1: float, y1: float) -> dict[str, Any]:
    """A shape of so many pixels from the lower left corner of the map, downwards."""
    return {
        "type": kind, "xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel",
        "xanchor": 0, "yanchor": 0, "x0": x0 - _LEFT, "x1": x1 - _LEFT, "y0": -y0, "y1": -y1,
    }  # fmt: skip


def _dots(fill: Fill, left: float, top: float) -> list[dict[str, Any]]:
    step, half = fill.size * 0.85, fill.size * 0.2
    places = [
        (left + step * (x + 0.5), top + step * (y + 0.5))
        for x in range(int(_WIDE / step))
        for y in range(int(_HIGH / step))
    ]
    return [
        {**_shape("circle", x - half, y - half, x + half, y + half), "fillcolor": fill.ink,
         "line": {"color": CLEAR, "width": 0}}
        for x, y in places
    ]  # fmt: skip


_SLOPES = {"/": (-1.0,), "\\": (1.0,), "x": (1.0, -1.0)}


def _lines(fill: Fill, left: float, top: float) -> list[dict[str, Any]]:
    line = {"color": fill.ink, "width": max(1.0, fill.size * fill.solidity)}
    found: list[dict[str, Any]] = []
    if fill.pattern in ("-", "+"):
        rows = (top + fill.size * (n + 0.5) for n in range(int(_HIGH / fill.size)))
        found += [_shape("line", left, y, left + _WIDE, y) for y in rows]
    if fill.pattern in ("|", "+"):
        columns = (left + fill.size * (n + 0.5) for n in range(int(_WIDE / fill.size)))
        found += [_shape("line", x, top, x, top + _HIGH) for x in columns]
    for slope in _SLOPES.get(fill.pattern, ()):
        found += list(_slanting(fill, left, top, slope))
    return [{**shape, "line": line} for shape in found]


def _slanting(fill: Fill, left: float, top: float, slope: float) -> Iterator[dict[str, Any]]:
    """Lines at 45 degrees, cut at the edges of the box; a slope below zero is upwards to the right."""
    step = fill.size * 1.4
    begin = step / 2 - _HIGH
    while begin < _WIDE:
        x0, x1 = max(begin, 0.0), min(begin + _HIGH, _WIDE)
        y0, y1 = x0 - begin, x1 - begin
        if slope < 0:
            y0, y1 = _HIGH - y0, _HIGH - y1
        yield _shape("line", left + x0, top + y0, left + x1, top + y1)
        begin += step
