"""A sketch as SVG: the marks that sketches are made of, drawn without a browser.

What sketches use of Plotly's words is drawn here, and nothing else: a mark, symbol or shape that is not known
raises KeyError, so that none is left out of a picture in silence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from dashboard.drawing.canvas import At, Canvas, draw_text, px, text_size
from dashboard.drawing.frame import CLEAR, INK, TEXT
from dashboard.drawing.outlines import outline_path


@dataclass(frozen=True)
class Area:
    """Where the marks stand, in pixels from the corner at the top left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class _Axis:
    """From numbers of an axis to pixels."""

    start: float
    length: float
    low: float
    high: float

    def at(self, value: Any) -> float:
        if isinstance(value, str):
            value = date.fromisoformat(value).toordinal()
        return self.start + self.length * (float(value) - self.low) / (self.high - self.low)

    @property
    def scale(self) -> float:
        """Pixels of one."""
        return self.length / (self.high - self.low)


def _ends(axis: Mapping[str, Any]) -> tuple[float, float]:
    low, high = axis.get("range", (0, 1))
    if isinstance(low, str):
        return date.fromisoformat(low).toordinal(), date.fromisoformat(high).toordinal()
    return float(low), float(high)


def draw_marks(
    canvas: Canvas, data: Iterable[Mapping[str, Any]], layout: Mapping[str, Any], area: Area
) -> None:
    """The marks of a sketch in an area: what is behind first, words last."""
    axes = _axes(layout, area)
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            _ticks(canvas, name, axis, axes, area)
    for shape in layout.get("shapes", []):
        _SHAPES[shape["type"]](canvas, shape, axes, area)
    for trace in data:
        _TRACES[trace["type"]](canvas, trace, axes)
    for note in layout.get("annotations", []):
        _note(canvas, note, axes, area)


def _axes(layout: Mapping[str, Any], area: Area) -> dict[str, _Axis]:
    """Every axis by the name that marks call it by."""
    axes = {}
    for name, axis in layout.items():
        if not name.startswith(("xaxis", "yaxis")):
            continue
        start, end = axis.get("domain", (0.0, 1.0))
        low, high = _ends(axis)
        if name.startswith("x"):
            found = _Axis(area.left + area.width * start, area.width * (end - start), low, high)
        else:
            found = _Axis(area.top + area.height * (1 - start), -area.height * (end - start), low, high)
        axes[name.replace("axis", "")] = found
    return axes


def _ticks(canvas: Canvas, name: str, axis: Mapping[str, Any], axes: Mapping[str, _Axis], area: Area) -> None:
    if axis.get("visible") is False:
        return
    size = axis.get("tickfont", {}).get("size", TEXT)
    scale = axes[name.replace("axis", "")]
    for value, text in zip(axis.get("tickvals", []), axis.get("ticktext", []), strict=True):
        at = scale.at(value)
        if name.startswith("x"):
            if axis.get("showgrid"):
                canvas.add(
                    "path",
                    d=f"M{px(at)} {px(area.top)}v{px(area.height)}",
                    stroke=_RULE,
                )
            draw_text(canvas, text, At(at, area.top - 1, "center", "bottom"), size)
        elif axis.get("showticklabels", True):
            draw_text(canvas, text, At(scale_left(axis, axes, area) - 4, at, "right"), size)


def scale_left(axis: Mapping[str, Any], axes: Mapping[str, _Axis], area: Area) -> float:
    """Where the axis that rows stand at begins."""
    return axes[axis["anchor"]].start if "anchor" in axis else area.left


_RULE = "#dde3e9"


def _each(value: Any, count: int) -> Sequence[Any]:
    return value if isinstance(value, list) else [value] * count


def _bar(canvas: Canvas, trace: Mapping[str, Any], axes: Mapping[str, _Axis]) -> None:
    across, down = axes[trace.get("xaxis", "x")], axes[trace.get("yaxis", "y")]
    count = len(trace["x"])
    marker, pattern = trace["marker"], trace["marker"].get("pattern", {})
    each = (
        trace["x"],
        trace["y"],
        trace.get("base", 0.0),
        trace["width"],
        marker["color"],
        pattern.get("shape", ""),
        trace.get("text", ""),
        trace.get("textfont", {}).get("color", INK),
    )
    bars = zip(*(_each(value, count) for value in each), strict=True)
    for length, row, base, high, colour, shape, text, letters in bars:
        x, y = across.at(base), down.at(row)
        wide, tall = across.at(base + length) - x, abs(down.at(row + high / 2) - down.at(row - high / 2))
        ink = canvas.ink(colour)
        fill = canvas.pattern(shape, ink, pattern["size"]) if shape else ink
        edge = {"stroke": ink, "stroke_width": marker["line"]["width"]} if marker["line"]["width"] else {}
        if wide > 0 and ink != "none":
            canvas.add("rect", x=x, y=y - tall / 2, width=wide, height=tall, fill=fill, **edge)
        if text:
            size = trace["textfont"]["size"]
            draw_text(canvas, text, At(x + wide / 2, y, "center"), size, letters)


def _scatter(canvas: Canvas, trace: Mapping[str, Any], axes: Mapping[str, _Axis]) -> None:
    across, down = axes[trace.get("xaxis", "x")], axes[trace.get("yaxis", "y")]
    if isinstance(trace["x"], np.ndarray):
        _areas(canvas, trace, across, down)
        return
    if trace["mode"] == "markers" and trace["marker"].get("color") == CLEAR:
        return  # there for pointers alone
    points = [
        None if y is None or y != y else (across.at(x), down.at(y))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    if "lines" in trace["mode"]:
        _path(canvas, points, trace["line"])
    if "markers" in trace["mode"]:
        marker = trace["marker"]
        edge = marker.get("line", {})
        ink = canvas.ink(marker.get("color") or edge["color"])
        half, width = marker["size"] / 2, float(edge.get("width", 1.2))
        for point, symbol in zip(points, _each(marker["symbol"], len(points)), strict=True):
            if point:
                _SYMBOLS[symbol](canvas, point[0], point[1], half, ink, width)


def _areas(canvas: Canvas, trace: Mapping[str, Any], across: _Axis, down: _Axis) -> None:
    """Lines of many points with gaps, which may be filled: one path for all of them."""
    line, points = trace["line"], np.column_stack((trace["x"], trace["y"]))
    canvas.add("path", d=outline_path(points, (across.at(0.0), down.at(0.0)), (across.scale, down.scale)),
               fill=_filling(canvas, trace), stroke=canvas.ink(line["color"]),
               stroke_width=float(line["width"]), stroke_linejoin="round")  # fmt: skip


def _filling(canvas: Canvas, trace: Mapping[str, Any]) -> str:
    if "fill" not in trace:
        return "none"
    ground, pattern = canvas.ink(trace["fillcolor"]), trace.get("fillpattern")
    if not pattern:
        return ground
    ink = canvas.ink(pattern["fgcolor"])
    return canvas.tiled(pattern["shape"], ink, ground, pattern["size"], pattern["solidity"])


def _path(canvas: Canvas, points: Sequence[tuple[float, float] | None], line: Mapping[str, Any]) -> None:
    steps, before = [], False
    for point in points:
        if point:
            steps.append(f"{'L' if before else 'M'}{px(point[0])} {px(point[1])}")
        before = point is not None
    if len(steps) > 1:
        canvas.add("path", d="".join(steps), fill="none", stroke=canvas.ink(line["color"]),
                   stroke_width=float(line["width"]), stroke_dasharray=_dashes(line))  # fmt: skip


_NAMED_DASHES = {"dot": "4 4", "solid": None}


def _dashes(line: Mapping[str, Any]) -> str | None:
    """Lengths of the dashes of a line and the gaps between; None for one without."""
    dash = line.get("dash", "solid")
    return _NAMED_DASHES[dash] if dash in _NAMED_DASHES else dash.replace("px", "").replace(",", " ")


_Draw = Callable[[Canvas, float, float, float, str, float], None]


def _disc(canvas: Canvas, x: float, y: float, half: float, ink: str, _line: float) -> None:
    canvas.add("circle", cx=x, cy=y, r=half, fill=ink)


def _ring(canvas: Canvas, x: float, y: float, half: float, ink: str, line: float) -> None:
    canvas.add("circle", cx=x, cy=y, r=half, fill="none", stroke=ink, stroke_width=line)


def _ring_with_dot(canvas: Canvas, x: float, y: float, half: float, ink: str, line: float) -> None:
    _ring(canvas, x, y, half, ink, line)
    canvas.add("circle", cx=x, cy=y, r=1.0, fill=ink)


def _tick(canvas: Canvas, x: float, y: float, half: float, ink: str, line: float) -> None:
    canvas.add(
        "path",
        d=f"M{px(x)} {px(y - half)}v{px(2 * half)}",
        stroke=ink,
        stroke_width=line,
    )


def _polygon(corners: Sequence[tuple[float, float]]) -> _Draw:
    def draw(canvas: Canvas, x: float, y: float, half: float, ink: str, _line: float) -> None:
        points = " ".join(f"{px(x + half * a)},{px(y + half * b)}" for a, b in corners)
        canvas.add("polygon", points=points, fill=ink)

    return draw


def _open_diamond(canvas: Canvas, x: float, y: float, half: float, ink: str, line: float) -> None:
    reach = px(1.3 * half)
    d = f"M{px(x)} {px(y - 1.3 * half)}l{reach} {reach}l-{reach} {reach}l-{reach} -{reach}z"
    canvas.add("path", d=d, fill="none", stroke=ink, stroke_width=line)


_THIRD = math.sqrt(3) / 2
_SYMBOLS: dict[str, _Draw] = {
    "circle": _disc,
    "circle-open": _ring,
    "circle-open-dot": _ring_with_dot,
    "line-ns": _tick,
    "diamond-open": _open_diamond,
    "diamond": _polygon(((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0))),
    "triangle-up": _polygon(((0, -1.15), (_THIRD * 1.15, 0.58), (-_THIRD * 1.15, 0.58))),
    "triangle-down": _polygon(((0, 1.15), (_THIRD * 1.15, -0.58), (-_THIRD * 1.15, -0.58))),
}
_TRACES: dict[str, Callable[[Canvas, Mapping[str, Any], Mapping[str, _Axis]], None]] = {
    "bar": _bar,
    "scatter": _scatter,
}


def _corners(
    shape: Mapping[str, Any], axes: Mapping[str, _Axis], area: Area
) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a shape."""
    x0, y0, x1, y1 = _ends_of(shape, axes, area)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _ends_of(
    shape: Mapping[str, Any], axes: Mapping[str, _Axis], area: Area
) -> tuple[float, float, float, float]:
    """Where a shape begins and ends; one in pixels begins at its anchor, and upwards is more than nothing."""
    across = _paper_or_axis(shape.get("xref", "x"), axes, area)
    down = _paper_or_axis(shape.get("yref", "y"), axes, area, upright=True)
    if shape.get("xsizemode") == "pixel":
        x, y = across.at(shape["xanchor"]), down.at(shape["yanchor"])
        return x + shape["x0"], y - shape["y0"], x + shape["x1"], y - shape["y1"]
    return across.at(shape["x0"]), down.at(shape["y0"]), across.at(shape["x1"]), down.at(shape["y1"])


def _paper_or_axis(name: str, axes: Mapping[str, _Axis], area: Area, upright: bool = False) -> _Axis:
    if name != "paper":
        return axes[name]
    return (
        _Axis(area.top + area.height, -area.height, 0, 1) if upright else _Axis(area.left, area.width, 0, 1)
    )


def _edge(canvas: Canvas, shape: Mapping[str, Any]) -> dict[str, object]:
    line = shape["line"]
    return {
        "fill": canvas.ink(shape.get("fillcolor", CLEAR)),
        "stroke": canvas.ink(line["color"]),
        "stroke_width": float(line["width"]),
        "stroke_dasharray": _dashes(line),
    }


def _rect(canvas: Canvas, shape: Mapping[str, Any], axes: Mapping[str, _Axis], area: Area) -> None:
    x, y, right, bottom = _corners(shape, axes, area)
    canvas.add("rect", x=x, y=y, width=right - x, height=bottom - y, **_edge(canvas, shape))


def _ellipse(canvas: Canvas, shape: Mapping[str, Any], axes: Mapping[str, _Axis], area: Area) -> None:
    x, y, right, bottom = _corners(shape, axes, area)
    canvas.add("ellipse", cx=(x + right) / 2, cy=(y + bottom) / 2, rx=(right - x) / 2, ry=(bottom - y) / 2,
               **_edge(canvas, shape))  # fmt: skip


def _rule(canvas: Canvas, shape: Mapping[str, Any], axes: Mapping[str, _Axis], area: Area) -> None:
    x, y, other_x, other_y = _ends_of(shape, axes, area)
    canvas.add("line", x1=x, y1=y, x2=other_x, y2=other_y, **_edge(canvas, shape))


_SHAPES: dict[str, Callable[[Canvas, Mapping[str, Any], Mapping[str, _Axis], Area], None]] = {
    "rect": _rect,
    "circle": _ellipse,
    "line": _rule,
}


def _note(canvas: Canvas, note: Mapping[str, Any], axes: Mapping[str, _Axis], area: Area) -> None:
    across = _paper_or_axis(note.get("xref", "x"), axes, area)
    down = _paper_or_axis(note.get("yref", "y"), axes, area, upright=True)
    x = across.at(note["x"]) + note.get("xshift", 0)
    y = down.at(note["y"]) - note.get("yshift", 0)
    if note.get("showarrow"):
        ax, ay = note["ax"], note["ay"]
        canvas.add("path", d=f"M{px(x)} {px(y)}l{px(ax)} {px(ay)}", fill="none",
                   stroke=canvas.ink(note["arrowcolor"]), stroke_width=float(note["arrowwidth"]))  # fmt: skip
        x, y = x + ax + (3 if note["xanchor"] == "left" else -3), y + ay
    font = note.get("font", {})
    if note.get("bgcolor"):
        x, y = _ground(canvas, note, x, y)
    at = At(x, y, note.get("xanchor", "left"), note.get("yanchor", "middle"))
    draw_text(canvas, note["text"], at, font.get("size", TEXT), font.get("color", INK))


_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
"""The part of words that lies before their point, from the left and from the top."""


def _ground(canvas: Canvas, note: Mapping[str, Any], x: float, y: float) -> tuple[float, float]:
    """The box behind words; gives the point at which they then stand in it."""
    wide, high = text_size(note["text"], note["font"]["size"])
    pad = float(note["borderpad"])
    across, down = _BEFORE[note["xanchor"]], _BEFORE[note["yanchor"]]
    x, y = x + pad * (1 - 2 * across), y + pad * (1 - 2 * down)
    canvas.add("rect", x=x - wide * across - pad, y=y - high * down - pad, width=wide + 2 * pad,
               height=high + 2 * pad, fill=canvas.ink(note["bgcolor"]))  # fmt: skip
    return x, y
