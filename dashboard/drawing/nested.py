"""Stated parts inside a stated whole."""

from __future__ import annotations

from typing import Any

from dashboard.charts.chart import PartOfWhole
from dashboard.drawing.frame import ALWAYS_OPAQUE, GREY, VERMILION, Sketch
from loaders.model import Claim
from loaders.names import mineral_name
from loaders.units import best_scale, display, scale_factor


def part_of_whole(drawing: PartOfWhole) -> Sketch:
    """One stated bar with the stated parts inside it, named above and below."""
    whole = drawing.whole
    scale = best_scale(whole.value or 0.0, whole.unit)
    total = _length(whole, scale)
    data = [_nested_bar(whole, total, 0.62, "/", 0.18)]
    annotations = [_above(0.0, 0.36, _named(whole, scale))]
    for part in drawing.parts:
        length = _length(part, scale)
        data.append(_nested_bar(part, length, 0.62, "x", 0.5))
        annotations.append(_below(length, _named(part, scale)))
    layout = {
        "barmode": "overlay",
        "xaxis": {"range": [0, total * 1.02], "visible": False, "fixedrange": True},
        "yaxis": {"range": [-1.0, 1.0], "visible": False, "fixedrange": True},
        "annotations": annotations,
        "shapes": [],
    }
    return Sketch(data, layout, 130)


def _length(claim: Claim, scale: str) -> float:
    return (claim.value or 0.0) * scale_factor(claim.unit, scale)


def _named(claim: Claim, scale: str) -> str:
    amount = display(claim.value or 0.0, claim.unit, scale)
    return f"<b>{amount}</b> {mineral_name(claim.mineral or '').lower()}"


def _nested_bar(claim: Claim, length: float, width: float, shape: str, solidity: float) -> dict[str, Any]:
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
        "customdata": [claim.id],
        "hovertext": [f"“{claim.printed}”"],
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }


def _above(x: float, y: float, text: str) -> dict[str, Any]:
    return {"x": x, "y": y, "text": text, "xanchor": "left", "yanchor": "bottom", "showarrow": False,
            "font": {"size": 13}}  # fmt: skip


def _below(x: float, text: str) -> dict[str, Any]:
    return {"x": x / 2, "y": -0.31, "ax": 26, "ay": 24, "text": text, "xanchor": "left", "showarrow": True,
            "arrowcolor": GREY, "arrowwidth": 1, "arrowhead": 0, "font": {"size": 13}}  # fmt: skip
