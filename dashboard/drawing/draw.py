"""Draw a chart: one function for each kind of drawing, a figure for the page or for paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import (
    Chart,
    Heat,
    PartOfWhole,
    Ranks,
    SideBySide,
    Stack,
    Strips,
    Timeline,
)
from dashboard.drawing.bars import side_by_side, stack
from dashboard.drawing.frame import Paper, Sketch, on_paper, on_screen
from dashboard.drawing.heat import heat
from dashboard.drawing.nested import part_of_whole
from dashboard.drawing.ranks import ranks
from dashboard.drawing.strips import strips
from dashboard.drawing.timeline import timeline
from dashboard.snapshot import Stamp

SKETCHES: dict[type[Any], Callable[[Any], Sketch]] = {
    Stack: stack,
    SideBySide: side_by_side,
    Ranks: ranks,
    Strips: strips,
    Heat: heat,
    Timeline: timeline,
    PartOfWhole: part_of_whole,
}
"""How each kind of drawing is sketched."""

KEPT = 100
"""Drawn charts that are kept: a rerun of a page draws nothing anew."""


@lru_cache(maxsize=KEPT)
def figure(chart: Chart) -> go.Figure:
    """The chart for a page, its source line inside; shared, so nobody may change it."""
    return on_screen(_sketch(chart), chart.source)


def paper(chart: Chart, stamp: Stamp) -> Paper:
    """The chart for paper, with title, source and versions in it."""
    return on_paper(_sketch(chart), chart, stamp)


def _sketch(chart: Chart) -> Sketch:
    return SKETCHES[type(chart.drawing)](chart.drawing)
