"""Stated parts inside a stated whole."""

from __future__ import annotations

from typing import Any

from dashboard.charts.chart import PartOfWhole
from dashboard.drawing.frame import (
    ALWAYS_OPAQUE,
    CLEAR,
    GREY,
    NARROW,
    RIGHT,
    VERMILION,
    Sketch,
    hover_text,
    lines_height,
    tightened,
)
from dashboard.drawing.letters import fit, marked_up
from loaders.model import Claim
from loaders.names import mineral_name
from loaders.units import best_scale, display, scale_factor

BAR = 0.62
"""The height of a bar, on an axis of which one is `UNIT` pixels, or fewer where there is little room."""
UNIT, UNIT_LEAST = 65.0, 45.0
END = 1.02
"""How far the axis runs, in lengths of the whole."""

_NAMED = 13.0
"""The size of the letters."""
ASIDE, DOWN = 26, 24
"""Pixels from the middle of a part to its name, and from one name to the next."""


def part_of_whole(drawing: PartOfWhole, width: float = NARROW, tight: float = 0.0) -> Sketch:
    """One stated bar with the stated parts inside it, named above and below."""
    whole = drawing.whole
    unit = tightened(UNIT, UNIT_LEAST, tight)
    scale = best_scale(whole.value or 0.0, whole.unit)
    total = _length(whole, scale)
    data = [_nested_bar(whole, total, BAR, "/", 0.18)]
    annotations = [_above(0.0, 0.36, _named(whole, scale, width - 4 - RIGHT))]
    down = float(DOWN)
    for part in drawing.parts:
        length = _length(part, scale)
        data.append(_nested_bar(part, length, BAR, "x", 0.5))
        middle = length / (total * END) * (width - 4 - RIGHT) / 2
        lines = _named(part, scale, max(width - RIGHT - middle - ASIDE, width * 0.4))
        annotations.append(_below(length, lines, down, total))
        down += lines_height(lines.count("<br>") + 1, _NAMED)
    layout = {
        "barmode": "overlay",
        "xaxis": {"range": [0, total * END], "visible": False, "fixedrange": True},
        "yaxis": {
            "range": [-BAR / 2 - (down - DOWN + 30) / unit, 0.95],
            "visible": False,
            "fixedrange": True,
        },
        "annotations": annotations,
        "shapes": [],
    }
    return Sketch(data, layout, unit * (BAR / 2 + 0.95) + down - DOWN + 30)


def _length(claim: Claim, scale: str) -> float:
    return (claim.value or 0.0) * scale_factor(claim.unit, scale)


def _named(claim: Claim, scale: str, width: float) -> str:
    """The amount in bold and what it is of, beside it or below it in as many lines as that takes."""
    amount = display(claim.value or 0.0, claim.unit, scale)
    name = mineral_name(claim.mineral or "").lower()
    beside = len(fit(f"{amount} {name}", width, _NAMED, True)) == 1
    named = [name] if beside else fit(name, width, _NAMED, True)
    return f"<b>{marked_up([amount])}</b>{' ' if beside else '<br>'}{marked_up(named)}"


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
                "bgcolor": CLEAR,
                "size": 8,
                "solidity": solidity,
            },
        },
        "customdata": [claim.id],
        "hovertext": hover_text([f"“{claim.printed}”"]),
        "hoverinfo": "text",
        **ALWAYS_OPAQUE,
    }


def _above(x: float, y: float, text: str) -> dict[str, Any]:
    return {"x": x, "y": y, "text": text, "xanchor": "left", "yanchor": "bottom", "align": "left",
            "showarrow": False, "font": {"size": _NAMED}}  # fmt: skip


def _below(length: float, text: str, down: float, total: float) -> dict[str, Any]:
    """The name of a part, with a line from it to the part."""
    late = length > total / 2  # its name stands at the left of the line
    return {"x": length / 2, "y": -BAR / 2, "ax": -ASIDE if late else ASIDE, "ay": down, "text": text,
            "xanchor": "right" if late else "left", "yanchor": "middle", "align": "left", "showarrow": True,
            "arrowcolor": GREY, "arrowwidth": 1, "arrowhead": 0, "font": {"size": _NAMED}}  # fmt: skip
