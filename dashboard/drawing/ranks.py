"""Ranks through the editions, one line a country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.charts.chart import Ranks
from dashboard.drawing.frame import (
    ALWAYS_OPAQUE,
    BLUE,
    GREY,
    NARROW,
    RIGHT,
    TEXT,
    VERMILION,
    Sketch,
    above_editions,
    coloured,
    edition_ticks,
    hover_text,
    lines_height,
    tightened,
)
from dashboard.drawing.letters import fit, marked_up, text_width, widest
from dashboard.drawing.map_colours import LABEL_GROUND
from loaders.units import display

LABEL = 12.0
AROUND = 56.0
"""Pixels of the height that no row takes."""
_APART = 15
"""Pixels between the end of a line and its name."""
_NAME_PART = 0.34
"""The part of the width that the names at each end take at most."""


class _Point(NamedTuple):
    """The rank of a place in an edition."""

    edition: str
    place: str
    label: str
    rank: float
    shown: float
    emphasis: bool
    id: str
    hover: str
    words: str


def _points(table: pd.DataFrame) -> list[_Point]:
    columns = (table[name].tolist() for name in _Point._fields)
    return [_Point(*line) for line in zip(*columns, strict=True)]


def ranks(drawing: Ranks, width: float = NARROW, tight: float = 0.0) -> Sketch:
    """One line per place, named at both ends; the stated rank has a ring where it holds."""
    points, in_use = _points(drawing.lines), drawing.in_use
    editions = sorted({point.edition for point in points})
    column = {edition: number for number, edition in enumerate(editions)}
    places: dict[str, list[_Point]] = {}
    for point in points:
        places.setdefault(point.place, []).append(point)
    data = [_rank_line(line, column) for line in places.values()]
    data.sort(key=lambda line: line["line"]["width"])
    bottom = float(max((point.shown for point in points), default=0.0))
    named = _names(places.values(), width * _NAME_PART)
    side = _APART + 4 + max((widest(name.lines, LABEL, name.strong) for name in named), default=0.0)
    step = max(width - 4 - RIGHT - 2 * side, 40.0) / max(len(editions) - 1, 1)
    least = 4 + max((lines_height(len(name.lines), LABEL) for name in named), default=0.0)
    row = max(tightened(30.0, least, tight), least)
    body = tightened(AROUND, 4.0, tight) + row * bottom
    stated = _stated_points(drawing.stated, points, column)
    pixel = (bottom + 0.2) / body
    foot = 0.6
    if any(shown == bottom for _, shown, _ in stated):
        foot += pixel * BELOW_RING
        body += BELOW_RING
    layout: dict[str, Any] = {
        "xaxis": {
            "tickvals": list(column.values()),
            "ticktext": edition_ticks(editions, in_use),
            "tickfont": {"size": TEXT},
            "tickangle": 0,
            "side": "top",
            "range": [-side / step, len(editions) - 1 + side / step],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {"range": [bottom + foot, 0.4], "visible": False, "fixedrange": True},
        "annotations": [*_rank_labels(named, column), *_stated_ranks(stated, len(editions) - 1, side, step)],
        "shapes": _stated_rings(stated, RING / step, RING * pixel),
    }
    return Sketch(data, layout, body, top=above_editions(34, in_use))


class _Name(NamedTuple):
    """What stands at one end of a line."""

    edition: str
    shown: float
    anchor: str
    strong: bool
    lines: list[str]


def _names(places: Iterable[list[_Point]], width: float) -> list[_Name]:
    """Names at both ends of each line."""
    return [
        _Name(
            point.edition,
            float(point.shown),
            anchor,
            bool(point.emphasis),
            fit(f"{point.label}{point.words}", width, LABEL, bool(point.emphasis)),
        )
        for line in places
        for anchor, point in (("right", line[0]), ("left", line[-1]))
    ]


def _rank_line(line: Sequence[_Point], column: dict[str, int]) -> dict[str, Any]:
    strong = bool(line[0].emphasis)
    colour = BLUE if strong else GREY
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [column[point.edition] for point in line],
        "y": [point.shown for point in line],
        "line": {"color": colour, "width": 3 if strong else 1.3},
        "marker": {
            "symbol": ["circle" if point.rank == point.rank else "circle-open-dot" for point in line],
            "size": 11 if strong else 8,
            "color": colour,
        },
        "customdata": [point.id for point in line],
        "hovertext": hover_text([point.hover for point in line]),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }


def _rank_labels(named: list[_Name], column: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "x": column[name.edition],
            "y": name.shown,
            "text": coloured(marked_up(name.lines), BLUE) if name.strong else marked_up(name.lines),
            "xanchor": name.anchor,
            "yanchor": "middle",
            "align": name.anchor,
            "xshift": _APART if name.anchor == "left" else -_APART,
            "showarrow": False,
            "font": {"size": LABEL},
        }
        for name in named
    ]


_Stated = list[tuple[int, float, int]]
"""Where a stated rank is marked, and what it is."""


def _stated_points(stated: Mapping[str, int], points: Sequence[_Point], column: dict[str, int]) -> _Stated:
    strong = {point.edition: float(point.shown) for point in points if point.emphasis}
    return [(column[edition], strong[edition], rank) for edition, rank in stated.items() if edition in strong]


RING = 12.0
"""Pixels from the middle of a ring to its line, on the narrowest chart."""
BELOW_RING = 18.0
"""Pixels for the words below a ring in the last row."""


def _stated_rings(stated: _Stated, wide: float, high: float) -> list[dict[str, Any]]:
    return [
        {
            "type": "circle", "x0": x - wide, "x1": x + wide, "y0": y - high, "y1": y + high,
            "line": {"color": VERMILION, "width": 2},
        }
        for x, y, _ in stated
    ]  # fmt: skip


def _stated_ranks(stated: _Stated, last: int, side: float, step: float) -> list[dict[str, Any]]:
    """The words below a ring; at the left of it where they would not fit at the right.

    They stand at the latest ring, and at an earlier one where there is room before the next words.
    """
    notes: list[dict[str, Any]] = []
    for x, y, rank in sorted(stated, reverse=True):
        words = f"stated: {display(rank, 'rank')}"
        wide = text_width(words, LABEL, True) + 6
        if notes and (notes[-1]["x"] - x) * step < 2 * wide:
            continue
        room = side if x == last else (last - x) * step + _APART
        late = wide > room
        notes.append(
            {
                "x": x, "y": y + 0.42, "text": coloured(marked_up([words]), VERMILION), "showarrow": False,
                "yanchor": "top", "xanchor": "right" if late else "left", "xshift": -6 if late else 6,
                "font": {"size": LABEL}, "bgcolor": LABEL_GROUND, "borderpad": 1.0,
            }
        )  # fmt: skip
    return notes
