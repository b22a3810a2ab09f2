"""Events in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

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
from dashboard.drawing.letters import fit, marked_up, widest
from loaders.model import Event

_WORDS = 12.0
"""The size of the letters."""
_MARK = 24.0
"""Pixels of the row of a mark."""
_APART = 11.0
"""Pixels from the middle of a mark to the words beside it."""
_BETWEEN = 6.0
"""Pixels between an event and the next."""


def timeline(drawing: Timeline, width: float = NARROW) -> Sketch:
    """One row an event, its words beside its dates where that takes no more lines than above them."""
    data: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    room = width - 4 - RIGHT
    axis = _time_axis(drawing, room)
    top = 4.0
    for event in drawing.events:
        words = _placed(event, axis["range"], room)
        mark = top + (words.height + _MARK / 2 if words.above else max(words.height, _MARK) / 2)
        annotations.append({**_NOTE, **words.note, "y": top if words.above else mark})
        data += _event_marks(event, mark, event_mark(event.id))
        top = mark + max(_MARK, 0.0 if words.above else words.height) / 2 + _BETWEEN
    layout = {
        "xaxis": {**axis, "fixedrange": True, "showgrid": True, "zeroline": False},
        "yaxis": {"range": [top, 0], "visible": False, "fixedrange": True},
        "annotations": annotations,
        "shapes": [],
    }
    return Sketch(data, layout, max(top, 40.0), top=40)


def _event_marks(event: Event, position: float, name: str) -> list[dict[str, Any]]:
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
        for start, end in _spans(event)
    ]


def _spans(event: Event) -> list[tuple[date, date]]:
    """The days of each mark: every date that is given, where documents disagree."""
    dated = sorted({(m.date, m.until or m.date) for m in event.mentions if m.date})
    return dated if event.disputed else [event.span]


_NOTE: dict[str, Any] = {"yref": "y", "showarrow": False, "font": {"size": _WORDS}}


class _Words(NamedTuple):
    """The words of an event: how they stand, how high they are, and whether that is above its marks."""

    note: dict[str, Any]
    height: float
    above: bool


def _placed(event: Event, ends: Sequence[str], room: float) -> _Words:
    """The words at the side of the marks that has more room, or above them where they would be higher."""
    start, end = (date.fromisoformat(day) for day in ends)
    days = sorted(day for span in _spans(event) for day in span)
    first, last = (room * ((day - start) / (end - start)) for day in (days[0], days[-1]))
    late = first > room - last
    beside = _event_words(event, max(first, room - last) - _APART)
    above = _event_words(event, room)
    if beside.height > above.height + _MARK:
        begin = max(min(first - _APART, room - above.width), 0.0)
        note = {
            "text": above.text, "x": days[0].isoformat(), "xanchor": "left", "xshift": begin - first,
            "yanchor": "top", "align": "left",
        }  # fmt: skip
        return _Words(note, above.height, True)
    side = "right" if late else "left"
    note = {
        "text": beside.text, "x": (days[0] if late else days[-1]).isoformat(), "xanchor": side,
        "xshift": -_APART if late else _APART, "yanchor": "middle", "align": side,
    }  # fmt: skip
    return _Words(note, beside.height, False)


class _Text(NamedTuple):
    """Words in lines, and the pixels they take."""

    text: str
    width: float
    height: float


def _event_words(event: Event, room: float) -> _Text:
    """The words of an event; what is said of its date stands in lines below."""
    lines = fit(event.what, room, _WORDS)
    planned = fit("(planned)", room, _WORDS) if event.planned else []
    disputed = fit("(documents disagree on the date)", room, _WORDS, True) if event.disputed else []
    told = [*(f"<i>{line}</i>" for line in planned), *(f"<b>{line}</b>" for line in disputed)]
    text = marked_up(lines) + "".join(f"<br>{text}" for text in told)
    width = max(widest([*lines, *planned], _WORDS), widest(disputed, _WORDS, True))
    return _Text(text, width, lines_height(len(lines) + len(told), _WORDS))


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
