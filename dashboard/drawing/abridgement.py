"""A drawing with less in it, for a picture that has no room for all; what is left out is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.charts.chart import Chart, Heat, Map, Panel, Ranks, SideBySide, Stack, Strips, Timeline
from dashboard.charts.lines import LinePanel, LinePanels
from loaders.text import count

Shorter = tuple[Any, str]
"""A drawing, and what it leaves out in words."""


def shorter(chart: Chart) -> Iterator[tuple[Chart, str]]:
    """A chart with less and less drawn, each with a sentence of what is left out; its table stays whole."""
    shortened = _SHORTENED.get(type(chart.drawing))
    for drawing, words in shortened(chart.drawing) if shortened else ():
        yield replace(chart, drawing=drawing), words


def said_once(chart: Chart) -> Chart:
    """A chart without what the lines above it say, too: the heading of the legend of a map."""
    drawing = chart.drawing
    return replace(chart, drawing=replace(drawing, heading="")) if isinstance(drawing, Map) else chart


def _told(drawn: int, every: int) -> str:
    return f"Drawn here: {drawn} of {every}; the table has all."


def _first(rows: pd.DataFrame, number: int) -> list[int]:
    """The places of so many rows, those that are chosen and then the first, in their order."""
    chosen = rows["emphasis"].astype(bool).tolist()
    return sorted(sorted(range(len(rows)), key=lambda place: (not chosen[place], place))[:number])


def _with_rows(panel: Panel, places: list[int]) -> Panel:
    return replace(panel, rows=panel.rows.iloc[places].reset_index(drop=True))


def _stack(drawing: Stack) -> Iterator[Shorter]:
    """Fewer bars in each panel, then fewer panels."""
    panels = drawing.panels
    every = sum(len(panel.rows) for panel in panels)
    longest = max((len(panel.rows) for panel in panels), default=0)
    sizes = [
        *((n, len(panels)) for n in range(longest - 1, 0, -1)),
        *((1, n) for n in range(len(panels) - 1, 0, -1)),
    ]
    for number, many in sizes:
        kept = tuple(_with_rows(panel, _first(panel.rows, number)) for panel in panels[:many])
        yield replace(drawing, panels=kept), _told(sum(len(panel.rows) for panel in kept), every)


def _side_by_side(drawing: SideBySide) -> Iterator[Shorter]:
    every = len(drawing.left.rows)
    for number in range(every - 1, 0, -1):
        places = _first(drawing.left.rows, number)
        left, right = (_with_rows(panel, places) for panel in (drawing.left, drawing.right))
        yield replace(drawing, left=left, right=right), _told(number, every)


def _of_column(rows: pd.DataFrame, column: str) -> Iterator[tuple[pd.DataFrame, int, int]]:
    """The lines of the first values of a column, fewer and fewer, with how many of how many there are."""
    values = list(dict.fromkeys(rows[column].tolist()))
    for number in range(len(values) - 1, 0, -1):
        yield rows[rows[column].isin(values[:number])].reset_index(drop=True), number, len(values)


def _ranks(drawing: Ranks) -> Iterator[Shorter]:
    """Fewer places from the last on, the chosen ones kept; the others keep where they stand."""
    places = drawing.lines.groupby("place", sort=False).agg({"shown": "max", "emphasis": "max"})
    ordered = places.sort_values(["emphasis", "shown"], ascending=[False, True], kind="stable").index.tolist()
    for number in range(len(ordered) - 1, 0, -1):
        lines = drawing.lines[drawing.lines["place"].isin(ordered[:number])].reset_index(drop=True)
        yield replace(drawing, lines=lines), _told(number, len(ordered))


def _strips(drawing: Strips) -> Iterator[Shorter]:
    for marks, number, every in _of_column(drawing.marks, "strip"):
        yield replace(drawing, marks=marks), _told(number, every)


def _heat(drawing: Heat) -> Iterator[Shorter]:
    """Fewer rows; where that is not enough, fewer columns and then fewer rows of these."""
    for number in range(len(drawing.columns), 0, -1):
        columns = drawing.columns[:number]
        cells = drawing.cells[drawing.cells["column"].isin(columns)].reset_index(drop=True)
        of = f"{number} of {len(drawing.columns)} columns; " if number < len(drawing.columns) else ""
        if of:
            yield replace(drawing, cells=cells, columns=columns), f"Drawn here: {of}the table has all."
        for kept, shown, every in _of_column(cells, "row"):
            told = (
                f"Drawn here: {shown} of {every} rows, {of}the table has all." if of else _told(shown, every)
            )
            yield replace(drawing, cells=kept, columns=columns), told


def _timeline(drawing: Timeline) -> Iterator[Shorter]:
    every = len(drawing.events)
    for number in range(every - 1, 0, -1):
        yield replace(drawing, events=drawing.events[:number]), _told(number, every)


def _lines(drawing: LinePanels) -> Iterator[Shorter]:
    """Without what is said of events; then fewer panels, and at last fewer lines in the first of them."""
    apart = f"Without {count(len(drawing.events), 'event')}. " if drawing.events else ""
    plain = replace(drawing, events=())
    if drawing.events:
        yield plain, apart.strip()
    panels = drawing.panels
    for number in range(len(panels) - 1, 0, -1):
        told = f"{apart}Drawn here: {number} of {len(panels)} panels; the table has all."
        yield replace(plain, panels=panels[:number]), told
    every = sum(panel.points["line"].nunique() for panel in panels)
    for points, *_ in _of_column(panels[0].points, "line"):
        first: LinePanel = replace(panels[0], points=points, below=())
        yield replace(plain, panels=(first,)), apart + _told(points["line"].nunique(), every)


def _map(drawing: Map) -> Iterator[Shorter]:
    yield replace(drawing, heading=""), ""


_SHORTENED: dict[type[Any], Callable[[Any], Iterator[Shorter]]] = {
    Stack: _stack,
    SideBySide: _side_by_side,
    Ranks: _ranks,
    Strips: _strips,
    Heat: _heat,
    Timeline: _timeline,
    LinePanels: _lines,
    Map: _map,
}
