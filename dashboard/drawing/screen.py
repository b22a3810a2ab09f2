"""A chart for a page: a Plotly figure. The only importer of Plotly."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart import Chart, Heat, Map
from dashboard.drawing.draw import sketch
from dashboard.drawing.frame import (
    NARROW,
    TEXT,
    Sketch,
)
from dashboard.drawing.letters import FAMILY

FOOT = 4
"""Pixels below a chart on a page."""
TELEPHONE = 370
"""Pixels that a chart has on a telephone."""
KEPT = 300
"""Drawn charts that are kept: a rerun of a page draws nothing anew."""


class _Drawn(go.Figure):  # type: ignore[misc]  # Plotly has no types, so its classes are Any
    """A figure that is drawn again and again and never changed: what is sent of it is worked out once."""

    def to_dict(self) -> dict[str, Any]:
        if "_sent" not in self.__dict__:
            self.__dict__["_sent"] = super().to_dict()
        sent: dict[str, Any] = self.__dict__["_sent"]
        return sent


@lru_cache(maxsize=KEPT)
def figure(chart: Chart) -> go.Figure:
    """The chart for a page; shared, so nobody may change it.

    The title stands above it and the source line below it, on the page.
    """
    drawn = sketch(chart, NARROW)
    return _Drawn(data=drawn.data, layout=page_layout(drawn, FOOT + drawn.below))


def proportions(chart: Chart) -> tuple[float, float] | None:
    """Of a chart that keeps its proportions: its height by its width, and how many pixels are added to it.

    Nothing for a chart that is as high however wide it is.
    """
    if not isinstance(chart.drawing, Map):
        return None
    layout = figure(chart).layout
    ratio = layout.meta["ratio"]
    around = layout.margin.l + layout.margin.r
    return ratio, layout.margin.t + layout.margin.b - ratio * around


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
        "meta": {"ratio": drawn.ratio},
        **drawn.layout,
    }


@lru_cache(maxsize=KEPT)
def lines_for_telephone(chart: Chart) -> tuple[tuple[str, str], ...]:
    """Of cells that a telephone has no room for beside each other: each row in words, after its name.

    Nothing for a chart that fits, or for one of another kind.
    """
    if not isinstance(chart.drawing, Heat) or sketch(chart, NARROW).needs <= TELEPHONE:
        return ()
    told = chart.drawing.cells.assign(
        column=chart.drawing.cells["column"].str.replace(r",?\|", " ", regex=True)
    )
    words = told["column"] + " " + told["words"]
    return tuple((str(name), " · ".join(own)) for name, own in words.groupby(told["row"], sort=False))
