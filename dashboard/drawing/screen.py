"""A chart for a page: a Plotly figure. The only importer of Plotly."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import Chart
from dashboard.drawing.draw import sketch
from dashboard.drawing.frame import (
    NARROW,
    SOURCE,
    TEXT,
    Sketch,
    lines_height,
    source_lines,
    source_note,
)
from dashboard.drawing.letters import FAMILY

KEPT = 100
"""Drawn charts that are kept: a rerun of a page draws nothing anew."""


@lru_cache(maxsize=KEPT)
def figure(chart: Chart) -> go.Figure:
    """The chart for a page, its source line inside; shared, so nobody may change it.

    The title stands above it, on the page.
    """
    drawn = sketch(chart, NARROW)
    foot = 18 + lines_height(len(source_lines(chart.source, NARROW)), SOURCE)
    notes = [*drawn.layout.get("annotations", []), source_note(chart.source, NARROW, drawn.labels)]
    return go.Figure(data=drawn.data, layout=page_layout(drawn, foot) | {"annotations": notes})


def page_layout(drawn: Sketch, foot: float) -> dict[str, Any]:
    """The layout of a sketch on a page, with so many pixels below it."""
    return {
        "template": "plotly_white",
        "font": {"family": FAMILY, "size": TEXT},
        "height": int(drawn.body + foot + drawn.top),
        "margin": {"l": drawn.left, "r": drawn.right, "t": drawn.top, "b": foot},
        "dragmode": False,
        "hovermode": "closest",
        "showlegend": False,
        "bargap": 0.3,
        **drawn.layout,
    }
