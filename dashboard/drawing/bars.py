"""Bars in panels, one above the other or side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.charts.chart import Panel, SideBySide, Stack
from dashboard.drawing.frame import (
    BLUE,
    GAP,
    HEADING,
    NARROW,
    RIGHT,
    SMALL,
    SUBHEADING,
    TEXT,
    VERMILION,
    Sketch,
    coloured,
    lines_height,
    tightened,
)
from dashboard.drawing.letters import fit, marked_up, widest
from dashboard.drawing.marks import Bar, bars_of, empty_marks, mark_end, mark_words, value_marks
from dashboard.drawing.scales import Scale, broken_frame, shared_scales, sign_in_frame

ROW, ROW_LEAST = 26, 22
PANEL_GAP = 14

LABEL_PART, LABEL_MOST = 0.44, 250.0
"""The labels of the rows take at most this part of a chart, and at most so many pixels."""

BAR_LEAST = 0.25
"""The part of the axis that the longest bar has at least; words go on in a second line before it is less."""


class _Row(NamedTuple):
    """The lines of words at the two sides of a row."""

    label: list[str]
    below: list[str]
    words: list[str]
    strong: bool

    @property
    def height(self) -> float:
        """Pixels that the row needs."""
        label = lines_height(len(self.label), TEXT) + lines_height(len(self.below), SMALL)
        return max(label, lines_height(len(self.words), TEXT)) + 6

    @property
    def label_width(self) -> float:
        return max(widest(self.label, TEXT, self.strong), widest(self.below, SMALL))


class _Laid(NamedTuple):
    """A panel with its lines broken, and how far its axis runs, in the unit of its scale."""

    part: Panel
    bars: list[Bar]
    lines: list[_Row]
    scale: Scale
    end: float

    @property
    def height(self) -> float:
        """Pixels of one row."""
        return max((line.height for line in self.lines), default=ROW)

    def bars_height(self, least: float) -> float:
        """Pixels of all rows, of which each has so many at least."""
        return max(self.height, least) * max(len(self.bars), 1)


_SLOT, _BETWEEN = 340.0, 24.0
"""Pixels of a panel that stands beside another, at least, and those between the two."""


def stack(drawing: Stack, width: float = NARROW, tight: float = 0.0) -> Sketch:
    """Panels one above the other, or two in a row where they may stand beside each other."""
    columns = 2 if drawing.beside and len(drawing.panels) > 1 and width >= 2 * _SLOT + _BETWEEN else 1
    slot = (width - _BETWEEN * (columns - 1)) / columns
    left = _label_width(drawing.panels, slot * LABEL_PART)
    laid = _lay(drawing.panels, slot - left - RIGHT, slot * LABEL_PART)
    heads = [_heading_lines(item, slot - RIGHT) for item in laid]
    rows = [list(zip(laid, heads, strict=True))[n : n + columns] for n in range(0, len(laid), columns)]
    least = tightened(ROW, ROW_LEAST, tight)
    spaces = [max(_head_height(*head) for _, head in row) for row in rows]
    bars = [max(item.bars_height(least) for item, _ in row) for row in rows]
    body = sum(spaces) + sum(bars) + PANEL_GAP * len(rows)
    layout: dict[str, Any] = {"shapes": [], "annotations": []}
    data: list[dict[str, Any]] = []
    number, top = 0, 1.0
    for row, space, high in zip(rows, spaces, bars, strict=True):
        start = top - space / body
        for column, (item, head) in enumerate(row):
            number += 1
            begin = column * (slot + _BETWEEN) / (width - left - RIGHT)
            end = begin + (slot - left - RIGHT) / (width - left - RIGHT)
            layout["annotations"].append(_heading(item.part, head, top, begin, -left))
            foot = max(start - item.bars_height(least) / body, 0.0)
            _panel(item, number, (foot, start), data, layout)
            layout[f"xaxis{'' if number == 1 else number}"]["domain"] = [begin, min(end, 1.0)]
        top = start - (high + PANEL_GAP) / body
    return Sketch(data, layout, body, labels=left)


def _rows(part: Panel, width: float, words: Sequence[list[str]] | None = None) -> list[_Row]:
    width = min(width, LABEL_MOST)
    return [
        _Row(
            fit(bar.label, width, TEXT, bar.strong),
            fit(bar.below, width, SMALL) if bar.below else [],
            words[number] if words else [],
            bar.strong,
        )
        for number, bar in enumerate(bars_of(part))
    ]


def _label_width(parts: Sequence[Panel], most: float) -> int:
    """Pixels that the longest row label needs, with the space beside it."""
    return 12 + math.ceil(max((row.label_width for part in parts for row in _rows(part, most)), default=0.0))


def _lay(parts: Sequence[Panel], room: float, label: float) -> list[_Laid]:
    """Panels of one width, those of one scale with axes of one length."""
    laid = [
        _lay_one(part, scale, room, label) for part, scale in zip(parts, shared_scales(parts), strict=True)
    ]
    ends: dict[Scale, float] = {}
    for item in laid:
        ends[item.scale] = max(item.end, ends.get(item.scale, 0.0))
    return [item._replace(end=ends[item.scale]) for item in laid]


def _lay_one(part: Panel, scale: Scale, room: float, label: float) -> _Laid:
    bars = [bar.scaled(scale.factor) for bar in bars_of(part)]
    limit, whole = scale.limit, room
    room -= min(2 * GAP + widest([scale.sign], HEADING, True), room / 2) if scale.sign else 0
    ends = [mark_end(bar.figure, limit) / limit for bar in bars]
    words = [
        fit(bar.figure.words, room - GAP - BAR_LEAST * room * min(end, 1.0), TEXT, bar.strong)
        for bar, end in zip(bars, ends, strict=True)
    ]
    beside = [widest(lines, TEXT, bar.strong) for lines, bar in zip(words, bars, strict=True)]
    axis = max((_axis(end, room, wide) for end, wide in zip(ends, beside, strict=True)), default=1.0)
    return _Laid(part, bars, _rows(part, label, words), scale, limit * max(axis, 1.02) * whole / room)


def _axis(end: float, room: float, beside: float) -> float:
    """How far the axis runs, in lengths of the longest bar, so that the words beside a mark fit."""
    return end * room / max(room - GAP - 1 - beside, BAR_LEAST * room * min(end, 1.0) or 1.0)


def _panel(
    laid: _Laid, number: int, domain: tuple[float, float], data: list[Any], layout: dict[str, Any]
) -> None:
    suffix = "" if number == 1 else str(number)
    axis = {"x": f"x{suffix}", "y": f"y{suffix}"}
    bars = laid.bars
    sign = laid.scale.sign
    data += value_marks(laid.part.family, bars, axis, magnified=bool(sign))
    layout["shapes"] += empty_marks(bars, axis, laid.scale.limit)
    if sign:
        layout["shapes"].append(broken_frame(axis["x"], axis["y"], laid.end, len(bars)))
        layout["annotations"].append(sign_in_frame(axis["x"], axis["y"], laid.end, len(bars), sign))
    layout["annotations"] += mark_words(bars, [line.words for line in laid.lines], axis, laid.scale.limit)
    layout[f"xaxis{suffix}"] = {
        "anchor": axis["y"],
        "range": [0, laid.end],
        "visible": False,
        "fixedrange": True,
    }
    layout[f"yaxis{suffix}"] = {
        "anchor": axis["x"],
        "domain": list(domain),
        "range": [len(bars) - 0.5, -0.5],
        "tickvals": list(range(len(bars))),
        "ticktext": [_two_lines(line) for line in laid.lines],
        "tickfont": {"size": TEXT},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
        "automargin": False,
    }


def _two_lines(line: _Row) -> str:
    label = marked_up(line.label)
    label = f"<b>{label}</b>" if line.strong else label
    return (
        f'{label}<br><span style="font-size:{SMALL}px">{marked_up(line.below)}</span>'
        if line.below
        else label
    )


_Heading = tuple[list[str], list[str]]


def _heading_lines(item: _Laid, width: float) -> _Heading:
    part = item.part
    below = [*fit(part.subtitle, width, SUBHEADING), *fit(item.scale.words, width, SUBHEADING)]
    return fit(part.title, width, HEADING, True), [line for line in below if line]


def _head_height(title: list[str], subtitle: list[str]) -> float:
    return lines_height(len(title), HEADING) + lines_height(len(subtitle), SUBHEADING) + 14


def _heading(part: Panel, lines: _Heading, y: float, x: float, shift: float) -> dict[str, Any]:
    colour = VERMILION if part.family == "statement" else BLUE
    title, subtitle = map(marked_up, lines)
    return {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "xshift": shift,
        "y": y,
        "text": f'{coloured(title, colour)}<br><span style="font-size:{SUBHEADING}px">{subtitle}</span>',
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": HEADING},
    }


HALVES = ((0.0, 0.48), (0.52, 1.0))
"""Where the two sides begin and end, as parts of the width beside the labels."""
LABEL_OF_TWO = 0.32


def side_by_side(drawing: SideBySide, width: float = NARROW, tight: float = 0.0) -> Sketch:
    """Two panels beside each other; the labels of the rows stand at the left one."""
    sides = (drawing.left, drawing.right)
    left = _label_width([drawing.left], width * LABEL_OF_TWO)
    room = width - left - RIGHT
    half = room * (HALVES[0][1] - HALVES[0][0])
    laid = _lay(sides, half, width * LABEL_OF_TWO)
    heads = [_heading_lines(item, half + more) for item, more in zip(laid, (left, 0), strict=True)]
    space = max(_head_height(*head) for head in heads)
    row = max(*(item.height for item in laid), tightened(ROW, ROW_LEAST, tight))
    body = space + row * max(len(laid[0].bars), 1)
    layout: dict[str, Any] = {"shapes": [], "annotations": []}
    data: list[dict[str, Any]] = []
    for number, (item, head, (start, end)) in enumerate(zip(laid, heads, HALVES, strict=True), 1):
        _panel(item, number, (0.0, 1 - space / body), data, layout)
        layout["xaxis" if number == 1 else f"xaxis{number}"]["domain"] = [start, end]
        layout["annotations"].append(_heading(item.part, head, 1.0, start, -left if number == 1 else 0))
    layout["yaxis2"]["showticklabels"] = False
    return Sketch(data, layout, body, labels=left)
