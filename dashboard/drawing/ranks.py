"""Ranks through the editions, one line a country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.charts.chart import Ranks
from dashboard.drawing.frame import (
    ALWAYS_OPAQUE,
    BLUE,
    GREY,
    VERMILION,
    Sketch,
    above_editions,
    edition_ticks,
)
from loaders.units import display


def ranks(drawing: Ranks) -> Sketch:
    """One line per place, named at both ends; the stated rank has a ring where it holds."""
    table, stated, in_use = drawing.lines, drawing.stated, drawing.in_use
    editions = sorted(table["edition"].unique())
    column = {edition: number for number, edition in enumerate(editions)}
    data = [_rank_line(rows, column) for _, rows in table.groupby("place", sort=False)]
    data.sort(key=lambda line: line["line"]["width"])
    bottom = float(table["shown"].max())
    layout: dict[str, Any] = {
        "xaxis": {
            "tickvals": list(column.values()),
            "ticktext": edition_ticks(editions, in_use),
            "tickangle": 0,
            "side": "top",
            "range": [-_room(table), len(editions) - 1 + _room(table)],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {"range": [bottom + 0.6, 0.4], "visible": False, "fixedrange": True},
        "annotations": [
            *_rank_labels(table, column),
            *_stated_ranks(stated, table, column),
        ],
        "shapes": _stated_rings(stated, table, column),
    }
    return Sketch(data, layout, 56 + 30 * bottom, top=above_editions(34, in_use))


def _room(table: pd.DataFrame) -> float:
    """Space for the names at both ends, in steps of the axis."""
    longest = max((len(f"{row.label}{row.words}") for row in table.itertuples()), default=0)
    return 0.3 + 0.11 * min(longest, 22)


def _rank_line(rows: pd.DataFrame, column: dict[str, int]) -> dict[str, Any]:
    strong = bool(rows["emphasis"].iloc[0])
    colour = BLUE if strong else GREY
    ranked = rows["rank"].notna()
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [column[edition] for edition in rows["edition"]],
        "y": rows["shown"].tolist(),
        "line": {"color": colour, "width": 3 if strong else 1.3},
        "marker": {
            "symbol": ["circle" if known else "circle-open-dot" for known in ranked],
            "size": 11 if strong else 8,
            "color": colour,
        },
        "customdata": rows["id"].tolist(),
        "hovertext": rows["hover"].tolist(),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }


def _rank_labels(table: pd.DataFrame, column: dict[str, int]) -> list[dict[str, Any]]:
    """Names at both ends of each line."""
    notes = []
    for _, rows in table.groupby("place", sort=False):
        ends = {"right": rows.iloc[0], "left": rows.iloc[-1]}
        for anchor, row in ends.items():
            strong = bool(row["emphasis"])
            text = f"{row['label']}{row['words']}"
            notes.append(
                {
                    "x": column[row["edition"]],
                    "y": row["shown"],
                    "text": f"<b>{text}</b>" if strong else text,
                    "xanchor": anchor,
                    "xshift": 12 if anchor == "left" else -12,
                    "showarrow": False,
                    "font": {"size": 11.5, **({"color": BLUE} if strong else {})},
                }
            )
    return notes


def _stated_points(
    stated: Mapping[str, int], table: pd.DataFrame, column: dict[str, int]
) -> list[tuple[int, float, int]]:
    strong = table[table["emphasis"]].set_index("edition")
    return [
        (column[edition], float(str(strong["shown"][edition])), rank)
        for edition, rank in stated.items()
        if edition in strong.index
    ]


def _stated_rings(
    stated: Mapping[str, int], table: pd.DataFrame, column: dict[str, int]
) -> list[dict[str, Any]]:
    return [
        {
            "type": "circle", "x0": x - 0.09, "x1": x + 0.09, "y0": y - 0.42, "y1": y + 0.42,
            "line": {"color": VERMILION, "width": 2},
        }
        for x, y, _ in _stated_points(stated, table, column)
    ]  # fmt: skip


def _stated_ranks(
    stated: Mapping[str, int], table: pd.DataFrame, column: dict[str, int]
) -> list[dict[str, Any]]:
    return [
        {
            "x": x, "y": y + 0.42, "text": f"<b>stated: {display(rank, 'rank')}</b>", "showarrow": False,
            "yanchor": "top", "xanchor": "left", "xshift": 6, "font": {"color": VERMILION, "size": 11.5},
        }
        for x, y, rank in _stated_points(stated, table, column)
    ]  # fmt: skip
