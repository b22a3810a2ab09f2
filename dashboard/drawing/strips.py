"""One strip a figure: its line through the editions."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

from dashboard.charts.chart import Strips, Tone
from dashboard.drawing.frame import (
    ALWAYS_OPAQUE,
    BLUE,
    GREY,
    NARROW,
    RIGHT,
    TEXT,
    Plotted,
    Sketch,
    above_editions,
    edition_ticks,
    hover_text,
    largest_number,
    lines_height,
    plotted,
    tightened,
)
from dashboard.drawing.letters import fit, marked_up, text_width

_TITLE, _BELOW, _WORDS = 13.0, 12.0, 12.0
"""Sizes of letters."""

RISE, RISE_LEAST, _FOOT = 40.0, 14.0, 6
"""Pixels from the zero of a strip to its highest point, how few they may be, and those below its zero."""


class _Strip(NamedTuple):
    """The marks of one figure, by edition."""

    title: str
    below: str
    tone: Tone
    editions: list[str]
    figures: list[Plotted]


@lru_cache(maxsize=100)
def _strips(drawing: Strips) -> tuple[_Strip, ...]:
    """The strips of a drawing, read once."""
    table = drawing.marks
    found: dict[object, _Strip] = {}
    columns = (table[name].tolist() for name in ("strip", "title", "below", "tone", "edition"))
    for name, title, below, tone, edition, figure in zip(*columns, plotted(table), strict=True):
        strip = found.setdefault(name, _Strip(str(title), str(below), tone, [], []))
        strip.editions.append(edition)
        strip.figures.append(figure)
    return tuple(found.values())


def strips(drawing: Strips, width: float = NARROW, tight: float = 0.0) -> Sketch:
    """One strip below the other; an open mark stands at the foot where there is no number."""
    editions, in_use = drawing.editions, drawing.in_use
    column = {edition: number for number, edition in enumerate(editions)}
    room = width - 4 - RIGHT
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"annotations": [], "shapes": []}
    top = 0.0
    for strip in _strips(drawing):
        laid = _lay(strip, top, room, room / max(len(editions), 1) - 6, tightened(RISE, RISE_LEAST, tight))
        data += _drawn(laid, column, layout)
        top = laid.zero + _FOOT
    layout["xaxis"] = {
        "tickvals": list(column.values()),
        "ticktext": edition_ticks(editions, in_use),
        "tickfont": {"size": TEXT},
        "side": "top",
        "type": "linear",
        "range": [-0.5, len(editions) - 0.5],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    layout["yaxis"] = {"range": [top, 0], "visible": False, "fixedrange": True}
    return Sketch(data, layout, top, top=above_editions(30, in_use))


class _Laid(NamedTuple):
    """A strip with its lines broken: where it begins, and where its zero is."""

    strip: _Strip
    head: str
    words: list[list[str]]
    top: float
    zero: float
    rise: float


def _lay(strip: _Strip, top: float, room: float, step: float, rise: float) -> _Laid:
    title, below = strip.title, strip.below
    beside = text_width(title, _TITLE, True) + 2 * text_width(" ", _TITLE) + text_width(below, _BELOW)
    if beside <= room:
        head = f"<b>{marked_up([title])}</b>  <span style='font-size:{_BELOW}px'>{marked_up([below])}</span>"
        height = lines_height(1, _TITLE)
    else:
        first, second = fit(title, room, _TITLE, True), fit(below, room, _BELOW)
        head = f"<b>{marked_up(first)}</b><br><span style='font-size:{_BELOW}px'>{marked_up(second)}</span>"
        height = lines_height(len(first), _TITLE) + lines_height(len(second), _BELOW)
    words = [fit(figure.words, step, _WORDS) for figure in strip.figures]
    above = 10 + lines_height(max(map(len, words), default=1), _WORDS)
    return _Laid(strip, head, words, top, top + 5 + height + above + rise, rise)


_SYMBOLS = {"more than": "triangle-up", "range": "diamond", "less than": "triangle-down"}


def _drawn(laid: _Laid, column: dict[str, int], layout: dict[str, Any]) -> list[dict[str, Any]]:
    figures, strong = laid.strip.figures, laid.strip.tone == "strong"
    colour = GREY if laid.strip.tone == "context" else BLUE  # a thin line in the soft blue is lost in grey
    largest = largest_number(figures)
    known = [figure.known for figure in figures]
    parts = [max(number / largest, 0.0) if number == number else 0.0 for number in known]
    y = [laid.zero - part * laid.rise for part in parts]
    x = [column[edition] for edition in laid.strip.editions]
    layout["shapes"].append(_zero_line(laid.zero))
    layout["annotations"] += [_strip_title(laid), *_point_words(laid.words, x, y)]
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": [
            None if math.isnan(figure.value) else height for height, figure in zip(y, figures, strict=True)
        ],
        "line": {"color": colour, "width": 3.4 if strong else 1.8},
        "connectgaps": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": {
            "symbol": [
                "circle-open" if math.isnan(number) else _SYMBOLS.get(figure.state, "circle")
                for number, figure in zip(known, figures, strict=True)
            ],
            "size": 11 if strong else 8,
            "color": colour,
            "line": {"width": 1.5, "color": colour},
        },
        "customdata": [figure.id for figure in figures],
        "hovertext": hover_text([figure.hover for figure in figures]),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }
    return [line, marks]


def _zero_line(y: float) -> dict[str, Any]:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y,
            "line": {"color": GREY, "width": 0.6}}  # fmt: skip


def _strip_title(laid: _Laid) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 0,
        "y": laid.top + 5,
        "text": laid.head,
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": _TITLE},
    }


def _point_words(words: list[list[str]], x: list[int], y: list[float]) -> list[dict[str, Any]]:
    return [
        {
            "x": at,
            "y": height,
            "yshift": 7,
            "text": marked_up(lines),
            "xanchor": "center",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": _WORDS},
        }
        for at, height, lines in zip(x, y, words, strict=True)
    ]
