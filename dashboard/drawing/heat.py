"""A table of cells whose shade repeats their number."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.charts.chart import Heat
from dashboard.drawing.frame import ALWAYS_OPAQUE, Sketch, label_length, tick_text


def heat(drawing: Heat) -> Sketch:
    """The cells as bars of one length, row by row; the shade is from pale to dark."""
    cells, columns = drawing.cells, drawing.columns
    names = list(dict.fromkeys(cells["row"]))
    position = {name: number for number, name in enumerate(names)}
    edges = _column_edges(cells, columns)
    data = [
        _heat_column(cells[cells["column"] == name], start, end, position)
        for name, start, end in zip(columns, edges, edges[1:], strict=False)
    ]
    left = 12 + int(5.7 * max((label_length(_name(name)) for name in names), default=0))
    layout: dict[str, Any] = {
        "barmode": "overlay",
        "xaxis": {
            "tickvals": [(start + end) / 2 for start, end in itertools.pairwise(edges)],
            "ticktext": [name.replace("|", "<br>") for name in columns],
            "tickfont": {"size": 10.5},
            "tickangle": 0,
            "side": "top",
            "range": [0, edges[-1]],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [len(names) - 0.5, -0.5],
            "tickvals": list(position.values()),
            "ticktext": [_name(name) for name in names],
            "tickfont": {"size": 10.5},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": False,
        },
        "annotations": [],
        "shapes": [],
    }
    return Sketch(data, layout, HEAT_ROW * max(len(names), 1), top=58, labels=left)


HEAT_ROW = 27


def _name(name: str) -> str:
    return tick_text(name, 20)


def _column_edges(cells: pd.DataFrame, columns: Sequence[str]) -> list[float]:
    """Where columns begin and end: each as wide as its longest words, in characters."""
    longest = cells["words"].str.len().groupby(cells["column"]).max()
    return [0.0, *itertools.accumulate(float(max(longest[name], 6)) + 0.6 for name in columns)]


def _heat_column(cells: pd.DataFrame, start: float, end: float, position: dict[str, int]) -> dict[str, Any]:
    shades = [None if pd.isna(shade) else float(shade) for shade in cells["shade"]]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [start + 0.1] * len(cells),
        "x": [end - start - 0.2] * len(cells),
        "y": [position[name] for name in cells["row"]],
        "width": 0.92,
        "text": cells["words"].tolist(),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": 10, "color": [_ink(shade) for shade in shades]},
        "marker": {
            "color": ["rgba(0,0,0,0)" if shade is None else _shaded(shade) for shade in shades],
            "line": {"width": 0},
        },
        "customdata": cells["id"].tolist(),
        "hovertext": cells["hover"].tolist(),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }


_PALE, _DARK = (233, 241, 248), (18, 92, 145)
_WHITE_FROM = 0.62
"""From this shade on white letters are read better than dark ones."""


def _shaded(shade: float) -> str:
    mixed = (round(pale + (dark - pale) * shade) for pale, dark in zip(_PALE, _DARK, strict=True))
    return f"rgb({','.join(map(str, mixed))})"


def _ink(shade: float | None) -> str:
    if shade is None:
        return "#6b7785"  # read on white and on a dark page
    return "#ffffff" if shade >= _WHITE_FROM else "#1a2330"
