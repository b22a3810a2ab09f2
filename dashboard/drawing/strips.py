"""One strip a figure: its line through the editions."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd

from dashboard.charts.chart import Strips
from dashboard.drawing.frame import (
    ALWAYS_OPAQUE,
    GREY,
    TONES,
    Sketch,
    above_editions,
    edition_ticks,
    largest_number,
)


def strips(drawing: Strips) -> Sketch:
    """One strip below the other; an open mark stands at the foot where there is no number."""
    table, editions, in_use = drawing.marks, drawing.editions, drawing.in_use
    column = {edition: number for number, edition in enumerate(editions)}
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"annotations": [], "shapes": []}
    top = 0.0
    for _, rows in table.groupby("strip", sort=False):
        data += _strip(rows, column, top, layout)
        top += STRIP
    layout["xaxis"] = {
        "tickvals": list(column.values()),
        "ticktext": edition_ticks(editions, in_use),
        "side": "top",
        "type": "linear",
        "range": [-0.5, len(editions) - 0.5],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    layout["yaxis"] = {"range": [top, 0], "visible": False, "fixedrange": True}
    return Sketch(data, layout, top, top=above_editions(30, in_use))


STRIP, STRIP_HEAD, STRIP_FOOT = 96, 50, 6
"""Pixels of a strip, of its words above the highest point, and of the space below its zero."""

_SYMBOLS = {"more than": "triangle-up", "range": "diamond", "less than": "triangle-down"}


def _strip(
    rows: pd.DataFrame, column: dict[str, int], top: float, layout: dict[str, Any]
) -> list[dict[str, Any]]:
    first, colour = rows.iloc[0], TONES[rows["tone"].iloc[0]]
    zero = top + STRIP - STRIP_FOOT
    known = rows["value"].fillna(rows["lower"])
    part = (known / largest_number(rows)).clip(lower=0)
    y = zero - part.fillna(0.0) * (STRIP - STRIP_HEAD - STRIP_FOOT)
    x = [column[edition] for edition in rows["edition"]]
    layout["shapes"].append(_zero_line(zero))
    layout["annotations"] += [_strip_title(first, top), *_point_words(rows, x, y.tolist(), colour)]
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y.where(rows["value"].notna()).tolist(),
        "line": {"color": colour, "width": 2.2},
        "connectgaps": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y.tolist(),
        "marker": {
            "symbol": [
                "circle-open" if pd.isna(number) else _SYMBOLS.get(state, "circle")
                for number, state in zip(known, rows["state"], strict=True)
            ],
            "size": 9,
            "color": colour,
            "line": {"width": 1.5, "color": colour},
        },
        "customdata": rows["id"].tolist(),
        "hovertext": rows["hover"].tolist(),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }
    return [line, marks]


def _zero_line(y: float) -> dict[str, Any]:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y,
            "line": {"color": GREY, "width": 0.6}}  # fmt: skip


def _strip_title(line: pd.Series, top: float) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 0,
        "y": top + 13,
        "text": f"<b>{line['title']}</b>  <span style='font-size:11px'>{line['below']}</span>",
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 12.5},
    }


def _point_words(rows: pd.DataFrame, x: list[int], y: list[float], colour: str) -> list[dict[str, Any]]:
    return [
        {
            "x": at,
            "y": height,
            "yshift": 7,
            "text": "<br>".join(textwrap.wrap(words, 16)),
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 11},
        }
        for at, height, words in zip(x, y, rows["words"], strict=True)
    ]
