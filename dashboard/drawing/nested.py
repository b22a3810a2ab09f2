"""Stated parts inside a stated whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.drawing.frame import ALWAYS_OPAQUE, GREY, VERMILION, footer_height, frame_figure, source_note
from loaders.units import best_scale, display, scale_factor


def part_of_whole(
    whole: dict[str, Any], parts: Sequence[dict[str, Any]], unit: str, source: str
) -> go.Figure:
    """One stated bar with the stated parts inside it; each has `label`, `value`, `id`, `hover`."""
    scale = best_scale(whole["value"], unit)
    factor = scale_factor(unit, scale)
    total = whole["value"] * factor
    data = [_nested_bar(whole, total, 0.62, "/", 0.18)]
    annotations = [_above(0.0, 0.36, _named(whole, unit, scale))]
    for part in parts:
        data.append(_nested_bar(part, part["value"] * factor, 0.62, "x", 0.5))
        annotations.append(_below(part["value"] * factor, _named(part, unit, scale)))
    footer = footer_height(source)
    layout = {
        "barmode": "overlay",
        "xaxis": {"range": [0, total * 1.02], "visible": False, "fixedrange": True},
        "yaxis": {"range": [-1.0, 1.0], "visible": False, "fixedrange": True},
        "annotations": [*annotations, source_note(source)],
        "shapes": [],
    }
    return frame_figure(data, layout, 130 + footer, footer)


def _named(item: dict[str, Any], unit: str, scale: str) -> str:
    return f"<b>{display(item['value'], unit, scale)}</b> {item['label']}"


def _nested_bar(
    item: dict[str, Any], length: float, width: float, shape: str, solidity: float
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [length],
        "y": [0],
        "width": [width],
        "marker": {
            "color": VERMILION,
            "line": {"color": VERMILION, "width": 1.4},
            "pattern": {
                "shape": shape,
                "fillmode": "replace",
                "fgcolor": VERMILION,
                "bgcolor": "rgba(0,0,0,0)",
                "size": 8,
                "solidity": solidity,
            },
        },
        "customdata": [item["id"]],
        "hovertext": [item["hover"]],
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }


def _above(x: float, y: float, text: str) -> dict[str, Any]:
    return {"x": x, "y": y, "text": text, "xanchor": "left", "yanchor": "bottom", "showarrow": False,
            "font": {"size": 13}}  # fmt: skip


def _below(x: float, text: str) -> dict[str, Any]:
    return {"x": x / 2, "y": -0.31, "ax": 26, "ay": 24, "text": text, "xanchor": "left", "showarrow": True,
            "arrowcolor": GREY, "arrowwidth": 1, "arrowhead": 0, "font": {"size": 13}}  # fmt: skip
