"""Events in the order of time."""

from __future__ import annotations

import textwrap
from typing import Any

from dashboard.charts.cards import event_mark
from dashboard.charts.chart import Timeline
from dashboard.drawing.frame import ALWAYS_OPAQUE, VERMILION, Sketch
from loaders.model import Event


def timeline(drawing: Timeline) -> Sketch:
    """One row an event, its words above its dates."""
    data: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for position, event in enumerate(drawing.events):
        data += _event_marks(event, position, event_mark(event.id))
        annotations.append(_event_words(event, position))
    layout = {
        "xaxis": {"type": "date", "fixedrange": True, "side": "top", "tickformat": "%-d %b", "nticks": 8,
                  "showgrid": True, "zeroline": False},
        "yaxis": {"range": [len(drawing.events) - 0.6, -0.9], "visible": False, "fixedrange": True},
        "annotations": annotations,
        "shapes": [],
    }  # fmt: skip
    return Sketch(data, layout, 40 + 52 * len(drawing.events), top=30)


def _event_marks(event: Event, position: int, name: str) -> list[dict[str, Any]]:
    dated = sorted({(m.date, m.until or m.date) for m in event.mentions if m.date})
    spans = dated if event.disputed else [event.span]
    symbol = "circle-open" if event.planned else ("diamond" if event.disputed else "circle")
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [start.isoformat(), end.isoformat()] if start != end else [start.isoformat()],
            "y": [position] * (2 if start != end else 1),
            "line": {"color": VERMILION, "width": 4, "dash": "dot" if event.planned else "solid"},
            "marker": {
                "symbol": symbol,
                "size": 11,
                "color": VERMILION,
                "line": {"width": 2, "color": VERMILION},
            },
            "customdata": [name] * (2 if start != end else 1),
            "hovertext": [event.what] * (2 if start != end else 1),
            "hoverinfo": "text",
            **ALWAYS_OPAQUE,
        }
        for start, end in spans
    ]


def _event_words(event: Event, position: int) -> dict[str, Any]:
    text = "<br>".join(textwrap.wrap(event.what, 54))
    mark = " <b>(documents disagree on the date)</b>" if event.disputed else ""
    planned = " <i>(planned)</i>" if event.planned else ""
    return {
        "xref": "paper", "x": 0, "y": position - 0.18, "yref": "y", "text": text + planned + mark,
        "xanchor": "left", "yanchor": "bottom", "align": "left", "showarrow": False, "font": {"size": 11.5},
    }  # fmt: skip
