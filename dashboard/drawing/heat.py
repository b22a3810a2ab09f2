"""A table of cells whose shade repeats their number."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.charts.chart import Heat
from dashboard.drawing.frame import (
    ALWAYS_OPAQUE,
    CLEAR,
    NARROW,
    RIGHT,
    Sketch,
    hover_text,
    lines_height,
    tightened,
)
from dashboard.drawing.letters import fit, marked_up, widest

_WORDS, _NAMES = 12.0, 12.0
"""Sizes of letters in the cells, and at the rows and columns."""
_NAME_WIDTH, NAME_MOST = 125.0, 240.0
"""Pixels of the longest name of a row, and where there is room; a longer one goes on in a second line."""


def heat(drawing: Heat, width: float = NARROW, tight: float = 0.0) -> Sketch:
    """The cells as bars of one length, row by row; the shade is from pale to dark."""
    cells, columns = drawing.cells, drawing.columns
    by_column = _by_column(cells)
    edges = _column_edges(by_column, columns)
    room = min(max(width - edges[-1] - RIGHT - _ROOM_BESIDE, _NAME_WIDTH), NAME_MOST)
    labels = {name: fit(name, room, _NAMES) for name in cells["row"].tolist()}
    heights = [_row_height(len(lines), tight) for lines in labels.values()]
    tops = [0.0, *itertools.accumulate(heights)]
    rows = {name: _Row(top, high) for name, top, high in zip(labels, tops, heights, strict=False)}
    data = [
        _heat_column(by_column.get(name, []), start, end, rows)
        for name, start, end in zip(columns, edges, edges[1:], strict=False)
    ]
    left = _ROOM_BESIDE + math.ceil(max((widest(lines, _NAMES) for lines in labels.values()), default=0.0))
    headings = max((name.count("|") for name in columns), default=0) + 1
    layout: dict[str, Any] = {
        "barmode": "overlay",
        "xaxis": {
            "tickvals": [(start + end) / 2 for start, end in itertools.pairwise(edges)],
            "ticktext": [marked_up(name.split("|")) for name in columns],
            "tickfont": {"size": _NAMES},
            "tickangle": 0,
            "side": "top",
            "range": [0, edges[-1]],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [tops[-1], 0.0],
            "tickvals": [row.middle for row in rows.values()],
            "ticktext": [marked_up(lines) for lines in labels.values()],
            "tickfont": {"size": _NAMES},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": False,
        },
        "annotations": [],
        "shapes": [],
    }
    top = 17 + lines_height(headings, _NAMES)
    return Sketch(data, layout, max(tops[-1], HEAT_ROW), top=top, labels=left, needs=left + edges[-1] + RIGHT)


_ROOM_BESIDE = 12
"""Pixels between the name of a row and its cells."""
HEAT_ROW = 24.0
"""Pixels of a row whose name has a line."""


class _Row(NamedTuple):
    """Where a row begins, in pixels from the top, and how high it is."""

    top: float
    high: float

    @property
    def middle(self) -> float:
        return self.top + self.high / 2


def _row_height(lines: int, tight: float) -> float:
    """Pixels of a row whose name has so many lines; all have the same room around these."""
    around = tightened(HEAT_ROW - lines_height(1, _NAMES), 4.0, tight)
    return around + lines_height(lines, _NAMES)


CELL_LEAST, CELL_PAD, _GAP = 36.0, 8.0, 2.2


class _Cell(NamedTuple):
    """A cell; its shade is NaN where it has none."""

    row: str
    words: str
    shade: float
    id: str
    hover: str


def _by_column(cells: pd.DataFrame) -> dict[str, list[_Cell]]:
    found: dict[str, list[_Cell]] = {}
    columns = (cells[name].tolist() for name in ("column", *_Cell._fields))
    for column, *cell in zip(*columns, strict=True):
        found.setdefault(column, []).append(_Cell(*cell))
    return found


def _column_edges(cells: dict[str, list[_Cell]], columns: Sequence[str]) -> list[float]:
    """Where columns begin and end, in pixels: each as wide as its longest words or its heading."""
    widths = (
        max(
            widest([cell.words for cell in cells.get(name, [])], _WORDS),
            widest(name.split("|"), _NAMES),
            CELL_LEAST,
        )
        + CELL_PAD
        for name in columns
    )
    return [0.0, *itertools.accumulate(widths)]


def _heat_column(cells: list[_Cell], start: float, end: float, rows: dict[str, _Row]) -> dict[str, Any]:
    shades = [None if pd.isna(shade) else float(shade) for shade in (cell.shade for cell in cells)]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [start + 1.0] * len(cells),
        "x": [end - start - 2.0] * len(cells),
        "y": [rows[cell.row].middle for cell in cells],
        "width": [rows[cell.row].high - _GAP for cell in cells],
        "text": [marked_up([cell.words]) for cell in cells],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": _WORDS, "color": [_ink(shade) for shade in shades]},
        "marker": {
            "color": [CLEAR if shade is None else _shaded(shade) for shade in shades],
            "line": {"width": 0},
        },
        "customdata": [cell.id for cell in cells],
        "hovertext": hover_text([cell.hover for cell in cells]),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }


_PALE, _DARK = (233, 241, 248), (62, 136, 190)
"""On each shade black letters have a contrast above 5."""
PLAIN = "#5f6b78"
"""Words of a cell without a shade; a page gives them the colour of its own words."""


def _shaded(shade: float) -> str:
    mixed = (round(pale + (dark - pale) * shade) for pale, dark in zip(_PALE, _DARK, strict=True))
    return f"rgb({','.join(map(str, mixed))})"


def _ink(shade: float | None) -> str:
    return PLAIN if shade is None else "#000000"
