"""A chart for a page: a Plotly figure. The only importer of Plotly."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.chart import Chart, Heat, Map
from dashboard.charts.lines import LinePanels
from dashboard.drawing.draw import sketch
from dashboard.drawing.frame import (
    NARROW,
    TEXT,
    Sketch,
)
from dashboard.drawing.letters import FAMILY

TEMPLATE = "plotly_white"
_FOOT = 4
"""Pixels below a chart on a page."""
ROOMY, STEP = 840.0, 120.0
"""Pixels of the widest layout of a page, and from one layout to the next: words stay whole in each."""
TALLER = -0.5
"""How far lines are drawn out in the widest layout, or they would be flat; see `tightened`."""
SKETCHES_KEPT = 600
"""Drawn charts that are kept: a rerun of a page draws nothing anew."""


class _Drawn(go.Figure):  # type: ignore[misc]  # Plotly has no types, so its classes are Any
    """A figure that only says what is sent of it.

    Plotly builds an object of each property, looks at it, and takes it apart again to send it, which takes
    longer than to work out what a chart shows. The tests look at each kind of drawing in that way.
    """

    def __init__(self, sent: dict[str, Any]) -> None:
        self.__dict__["_sent"] = sent

    def to_dict(self) -> dict[str, Any]:
        sent: dict[str, Any] = self.__dict__["_sent"]
        return sent


def laid_width(room: float) -> float:
    """The width in pixels that a chart is laid out for where it has so much room: never more than that.

    There are few of them, so that a window that is drawn wider or narrower seldom asks for another layout.
    """
    return min(max(room // STEP * STEP, NARROW), ROOMY)


@lru_cache(maxsize=SKETCHES_KEPT)
def drawn_figure(chart: Chart, width: float = NARROW) -> go.Figure:
    """The chart for a page, laid out so wide, ready to be sent; shared, so nobody may change it."""
    drawn, layout = _laid_out(chart, width)
    kinds = {str(trace.get("type", "scatter")) for trace in drawn.data}
    data = [{name: _sent(value) for name, value in trace.items()} for trace in drawn.data]
    return _Drawn({"data": data, "layout": {**layout, "template": _template(frozenset(kinds))}})


def _laid_out(chart: Chart, width: float) -> tuple[Sketch, dict[str, Any]]:
    taller = width >= ROOMY and isinstance(chart.drawing, LinePanels)
    drawn = sketch(chart, width, TALLER if taller else 0.0)
    layout = page_layout(drawn, _FOOT + drawn.below)
    return drawn, layout | {"meta": layout["meta"] | {"laid": width}}


def _sent(value: Any) -> Any:
    """A property of a trace; coordinates in an array as Plotly itself sends them, as bytes."""
    if not isinstance(value, np.ndarray):
        return value
    numbers = value.astype("<f4")
    return {"dtype": "f4", "bdata": base64.b64encode(numbers.tobytes()).decode()}


@lru_cache(maxsize=20)
def _template(kinds: frozenset[str]) -> dict[str, Any]:
    """Plotly's template of that name, with the kinds of traces that are drawn."""
    whole = go.Figure(layout={"template": TEMPLATE}).to_dict()["layout"]["template"]
    return {
        "data": {kind: whole["data"][kind] for kind in sorted(kinds & set(whole["data"]))},
        "layout": whole["layout"],
    }


def figure(chart: Chart) -> go.Figure:
    """The chart for a page as Plotly's own object, each of its properties looked at.

    The title stands above it and the source line below it, on the page.
    """
    drawn, layout = _laid_out(chart, NARROW)
    return go.Figure(data=drawn.data, layout=layout)


def proportions(chart: Chart, width: float = NARROW) -> tuple[float, float] | None:
    """Of a chart that keeps its proportions: its height by its width, and how many pixels are added to it.

    Nothing for a chart that is as high however wide it is.
    """
    if not isinstance(chart.drawing, Map):
        return None
    layout = drawn_figure(chart, width).to_dict()["layout"]
    ratio, margin = layout["meta"]["ratio"], layout["margin"]
    return ratio, margin["t"] + margin["b"] - ratio * (margin["l"] + margin["r"])


def page_layout(drawn: Sketch, foot: float) -> dict[str, Any]:
    """The layout of a sketch on a page, with so many pixels below it."""
    return {
        "template": TEMPLATE,
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


@lru_cache(maxsize=SKETCHES_KEPT)
def lines_for_telephone(chart: Chart) -> tuple[tuple[str, str], ...]:
    """Of cells that a telephone has no room for beside each other: each row in words, after its name.

    Nothing for a chart that fits, or for one of another kind.
    """
    if not isinstance(chart.drawing, Heat) or sketch(chart, NARROW).needs <= NARROW:
        return ()
    cells = chart.drawing.cells
    columns = cells["column"].str.replace(r",?\|", " ", regex=True)
    kinds = cells["column"].str.extract(r"^(.*?),\|", expand=False)
    again = kinds.notna() & (kinds == kinds.groupby(cells["row"], sort=False).shift())
    said = columns.where(~again, cells["column"].str.extract(r"\|(.*)", expand=False))
    words = (said + " " + cells["words"]).str.replace(" ", "\u00a0")  # a line breaks between two cells
    lines = words.groupby(cells["row"], sort=False)
    return tuple((str(name), " · ".join(own)) for name, own in lines)
