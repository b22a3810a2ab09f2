"""A chart of many lines in parts, each of which can be read on a slide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from dashboard.charts.chart import Chart, Heat, Strips, Timeline
from dashboard.charts.lines import LinePanels

ROWS, STRIPS, EVENTS_ON_SLIDE = 10, 2, 7
"""Rows of cells, strips and events that leave letters of 14 points on a slide."""
_BESIDE, _BELOW = 3, 2
"""Panels of lines that do so, beside each other and one below the other."""


def slide_parts(chart: Chart) -> Iterator[tuple[Chart, str]]:
    """The chart in parts, and which rows of how many are in each; the chart itself where it is short."""
    drawing = chart.drawing
    if isinstance(drawing, Heat):
        for cells, words in _runs(drawing.cells, "row", ROWS, "rows"):
            yield replace(chart, drawing=replace(drawing, cells=cells)), words
    elif isinstance(drawing, Strips):
        for marks, words in _runs(drawing.marks, "strip", STRIPS, "strips"):
            yield replace(chart, drawing=replace(drawing, marks=marks)), words
    elif isinstance(drawing, Timeline):
        numbers = pd.DataFrame({"event": range(len(drawing.events))})
        for part, words in _runs(numbers, "event", EVENTS_ON_SLIDE, "events"):
            events = tuple(drawing.events[number] for number in part["event"])
            yield replace(chart, drawing=Timeline(events)), words
    elif isinstance(drawing, LinePanels) and len(drawing.panels) > 1:
        panels = pd.DataFrame({"panel": range(len(drawing.panels))})
        for part, words in _runs(panels, "panel", _BESIDE if drawing.beside else _BELOW, "panels"):
            own = tuple(drawing.panels[number] for number in part["panel"])
            yield replace(chart, drawing=replace(drawing, panels=own, scaled_with=drawing.panels)), words
    else:
        yield chart, ""


def _runs(lines: pd.DataFrame, name: str, most: int, what: str) -> Iterator[tuple[pd.DataFrame, str]]:
    """The lines with so many values of a column at most, in as many parts of like size as it takes."""
    values = list(dict.fromkeys(lines[name]))
    number = -(-len(values) // most)
    for part in range(number):
        first, end = (len(values) * turn // number for turn in (part, part + 1))
        words = f"{what.capitalize()} {first + 1} to {end} of {len(values)}." if number > 1 else ""
        yield lines[lines[name].isin(values[first:end])].reset_index(drop=True), words
