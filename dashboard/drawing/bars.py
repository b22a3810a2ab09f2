"""Bars in panels, one above the other or side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.charts.chart import Panel, SideBySide, Stack
from dashboard.drawing.frame import (
    BLUE,
    LINE,
    SOURCE_WIDTH,
    VERMILION,
    Sketch,
    label_length,
    largest_number,
    tick_text,
    wrap_lines,
)
from dashboard.drawing.marks import empty_marks, mark_words, value_marks
from loaders.units import best_scale, scale_factor

ROW = 26
PANEL_HEAD = 46
PANEL_GAP = 14

TITLE_WIDTH = 52
"""Characters of a line that fit the narrowest chart."""
NARROW = 370
"""Pixels of the narrowest chart, on a screen of 400."""


def stack(drawing: Stack) -> Sketch:
    """Panels one above the other."""
    parts = drawing.panels
    heads = [_head_height(part) for part in parts]
    heights = [
        head + _row_height(part) * max(len(part.rows), 1) + PANEL_GAP
        for part, head in zip(parts, heads, strict=True)
    ]
    body = sum(heights)
    layout: dict[str, Any] = {"shapes": [], "annotations": []}
    data: list[dict[str, Any]] = []
    left = _label_width(parts)
    top = 1.0
    for number, (part, space, height) in enumerate(zip(parts, heads, heights, strict=True), start=1):
        head, bottom = top - space / body, top - height / body
        layout["annotations"].append(_heading(part, top, left))
        room = _room_for_words(part.rows, NARROW - left)
        _panel(part, number, (max(bottom + PANEL_GAP / body, 0.0), head), room, data, layout)
        top = bottom
    return Sketch(data, layout, body, labels=left)


def _row_height(part: Panel) -> int:
    """Room for the row with the most lines."""
    labels = zip(part.rows["label"], _narrowing(part.rows), strict=True)
    lines = [
        tick_text(label).count("<br>") * 2 + (below.count("<br>") + bool(below)) for label, below in labels
    ]
    most = max(lines, default=0)
    return ROW + 6 + 11 * (most - 1) if most else ROW


def _lines_more(label: str, below: str) -> int:
    """Lines of a label besides the first; one of the larger letters counts twice."""
    return label.count("<br>") * 2 + (below.count("<br>") + 1 if below else 0)


def _head_height(part: Panel) -> int:
    lines = len(wrap_lines(part.title, TITLE_WIDTH)) + len(wrap_lines(part.subtitle, SOURCE_WIDTH))
    return PANEL_HEAD + (LINE + 1) * (lines - 2)


def _label_width(parts: Sequence[Panel]) -> int:
    """Pixels that the longest row label needs: about 6.6 for each character, 5.2 in the second line."""
    widths = [6.6 * label_length(tick_text(label)) for part in parts for label in part.rows["label"]]
    widths += [5.2 * label_length(text) for part in parts for text in _narrowing(part.rows)]
    return 14 + int(max(widths, default=0))


def _panel(
    part: Panel,
    number: int,
    domain: tuple[float, float],
    room: float,
    data: list[Any],
    layout: dict[str, Any],
) -> None:
    suffix = "" if number == 1 else str(number)
    scale = part.scale or best_scale(largest_number(part.rows), part.unit)
    rows = _scaled(part.rows, scale_factor(part.unit, scale))
    limit = max(largest_number(rows), 1e-12)
    axis = {"x": f"x{suffix}", "y": f"y{suffix}"}
    positions = list(range(len(rows)))
    data += value_marks(part.family, rows, axis)
    layout["shapes"] += empty_marks(rows, axis, limit)
    layout["annotations"] += mark_words(rows, axis, limit)
    layout[f"xaxis{suffix}"] = {
        "anchor": axis["y"],
        "range": [0, limit * room],
        "visible": False,
        "fixedrange": True,
    }
    layout[f"yaxis{suffix}"] = {
        "anchor": axis["x"],
        "domain": list(domain),
        "range": [len(rows) - 0.5, -0.5],
        "tickvals": positions,
        "ticktext": [
            _two_lines(f"<b>{tick_text(label)}</b>" if strong else tick_text(label), below)
            for label, strong, below in zip(rows["label"], rows["emphasis"], _narrowing(rows), strict=True)
        ],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
        "automargin": False,
    }


def _room_for_words(rows: pd.DataFrame, width: float) -> float:
    """How far the axis runs, in lengths of the longest bar, so that no words at a bar are cut off.

    `width` is that of the narrowest chart, in pixels; a character of the words needs about 5.4.
    """
    characters = rows["words"].astype(str).str.len().to_numpy(dtype=float)
    ends = rows[["value", "lower", "upper"]].max(axis=1).fillna(0.0).to_numpy(dtype=float) / largest_number(
        rows
    )
    needed = ends * width / (width - 6 - 5.4 * characters).clip(min=width / 4)
    return float(max(1.2 + 0.03 * min(characters.max(initial=0.0), 40.0), needed.max(initial=0.0)))


def _narrowing(rows: pd.DataFrame) -> list[str]:
    """The second and smaller part of each label."""
    return [tick_text(text, 30) for text in rows.get("below", [""] * len(rows))]


def _two_lines(label: str, below: str) -> str:
    return f'{label}<br><span style="font-size:9.5px">{below}</span>' if below else label


def _scaled(rows: pd.DataFrame, factor: float) -> pd.DataFrame:
    return rows.assign(**{name: rows[name] * factor for name in ("value", "lower", "upper")})


def _heading(part: Panel, top: float, left: int) -> dict[str, Any]:
    colour = VERMILION if part.family == "statement" else BLUE
    title, subtitle = (
        "<br>".join(wrap_lines(part.title, TITLE_WIDTH)),
        "<br>".join(wrap_lines(part.subtitle, SOURCE_WIDTH)),
    )
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xshift": -left,
        "y": top,
        "text": f'<b style="color:{colour}">{title}</b><br><span style="font-size:11px">{subtitle}</span>',
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": 12.5},
    }


def side_by_side(drawing: SideBySide) -> Sketch:
    """Two panels beside each other; the labels of the rows stand at the left one."""
    left, right = drawing.left, drawing.right
    head = 20 + 15 * max(len(_half(part.title)) + len(_half(part.subtitle)) for part in (left, right))
    body = head + ROW * max(len(left.rows), 1)
    width = _label_width([left])
    layout: dict[str, Any] = {"shapes": [], "annotations": []}
    data: list[dict[str, Any]] = []
    for number, (part, start, end) in enumerate(((left, 0.0, 0.48), (right, 0.52, 1.0)), start=1):
        room = _room_for_words(part.rows, NARROW - width)
        _panel(part, number, (0.0, 1 - head / body), room, data, layout)
        suffix = "" if number == 1 else str(number)
        layout[f"xaxis{suffix}"] |= {"domain": [start, end], "range": [0, _half_range(part)]}
        layout["annotations"].append(_half_heading(part, start, -width if number == 1 else 0))
    layout["yaxis2"]["showticklabels"] = False
    return Sketch(data, layout, body, labels=width)


def _half_range(part: Panel) -> float:
    """How far the axis of a half chart runs, so that the words at its longest bar fit 110 pixels with it."""
    scale = part.scale or best_scale(largest_number(part.rows), part.unit)
    longest = max((len(str(words)) for words in part.rows.loc[part.rows["value"] > 0, "words"]), default=0)
    return max(largest_number(part.rows) * scale_factor(part.unit, scale), 1e-12) * (1.3 + 0.1 * longest)


HALF_WIDTH = 24
"""Characters of a line that fit half of a chart 370 pixels wide."""


def _half(text: str) -> list[str]:
    return wrap_lines(text, HALF_WIDTH)


def _half_heading(part: Panel, x: float, shift: int) -> dict[str, Any]:
    title, subtitle = "<br>".join(_half(part.title)), "<br>".join(_half(part.subtitle))
    return {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "xshift": shift,
        "y": 1,
        "text": f'<b style="color:{BLUE}">{title}</b><br><span style="font-size:11px">{subtitle}</span>',
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": 12.5},
    }
