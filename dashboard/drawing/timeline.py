"""Events in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dashboard.charts.cards import event_mark
from dashboard.charts.chart import Timeline
from dashboard.drawing.frame import (
    ALWAYS_OPAQUE,
    NARROW,
    RIGHT,
    TEXT,
    VERMILION,
    Sketch,
    hover_text,
    lines_height,
)
from dashboard.drawing.letters import fit, marked_up
from loaders.model import Event

WORDS = 12.0
"""The size of the letters."""
MARK = 24.0
"""Pixels from the words of an event to those of the next, its mark between them."""


def timeline(drawing: Timeline, width: float = NARROW) -> Sketch:
    """One row an event, its words above its dates."""
    data: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    room = width - 4 - RIGHT
    top = 4.0
    for event in drawing.events:
        words, lines = _event_words(event, room)
        annotations.append({**_NOTE, "y": top, "text": words})
        mark = top + lines_height(lines, WORDS) + MARK / 2
        data += _event_marks(event, mark, event_mark(event.id))
        top = mark + MARK / 2
    layout = {
        "xaxis": {**_time_axis(drawing, room), "fixedrange": True, "showgrid": True, "zeroline": False},
        "yaxis": {"range": [top, 0], "visible": False, "fixedrange": True},
        "annotations": annotations,
        "shapes": [],
    }
    return Sketch(data, layout, max(top, 40.0), top=40)


def _event_marks(event: Event, position: float, name: str) -> list[dict[str, Any]]:
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
            "hovertext": hover_text([event.what]) * (2 if start != end else 1),
            "hoverinfo": "text",
            **ALWAYS_OPAQUE,
        }
        for start, end in spans
    ]


_NOTE: dict[str, Any] = {
    "xref": "paper", "x": 0, "yref": "y", "xanchor": "left", "yanchor": "top", "align": "left",
    "showarrow": False, "font": {"size": WORDS},
}  # fmt: skip


def _event_words(event: Event, room: float) -> tuple[str, int]:
    """The words of an event, and how many lines they are; what is said of its date stands in a line below."""
    lines = fit(event.what, room, WORDS)
    planned = ["<i>(planned)</i>"] if event.planned else []
    disputed = ["<b>(documents disagree on the date)</b>"] if event.disputed else []
    told = [*planned, *disputed]
    return marked_up(lines) + "".join(f"<br>{text}" for text in told), len(lines) + len(told)


# Axis of time -------------------------------------------------------------------------------------------

TICK_WIDTH = 56.0
"""Pixels from one date to the next, at least."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""Months from one date to the next."""


def _time_axis(drawing: Timeline, room: float) -> dict[str, Any]:
    axis: dict[str, Any] = {"type": "date", "side": "top", "tickangle": 0, "tickfont": {"size": TEXT}}
    days = [day for event in drawing.events for day in _days(event)]
    if not days:
        return {**axis, "range": ["2000-01-01", "2000-12-31"], "tickvals": [], "ticktext": []}
    pad = timedelta(days=max(1, round((max(days) - min(days)).days * 0.04)))
    start, end = min(days) - pad, max(days) + pad
    ticks = _ticks(start, end, room)
    words = [f"{day:%b}<br>{day.year}" if day.month != 1 else f"Jan<br>{day.year}" for day in ticks]
    return {
        **axis,
        "range": [start.isoformat(), end.isoformat()],
        "tickvals": [day.isoformat() for day in ticks],
        "ticktext": words,
    }


def _days(event: Event) -> Iterator[date]:
    yield from event.span
    for mention in event.mentions:
        if mention.date:
            yield mention.date
            yield mention.until or mention.date


def _ticks(start: date, end: date, room: float) -> list[date]:
    """The first days of months, as many as there is room for."""
    most = max(1, int(room / TICK_WIDTH))
    first = start.year * 12 + start.month - 1
    months = range(first, end.year * 12 + end.month)
    for step in _STEPS:
        found = [date(number // 12, number % 12 + 1, 1) for number in months if number % step == 0]
        found = [day for day in found if start <= day <= end]
        if len(found) <= most:
            return found
    return found[:1]
