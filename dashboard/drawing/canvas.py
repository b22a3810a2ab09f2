"""The elements of a picture as SVG: patterns, lines of text, the whole with title and description."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from dashboard.drawing.frame import CLEAR, INK, TEXT
from dashboard.drawing.letters import FAMILY, LINE_HEIGHT, read_marked_up, text_width

# Signs that XML 1.0 cannot hold.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def px(value: float) -> str:
    """A length in as few digits as a picture needs."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def xml_text(text: str) -> str:
    """A text inside an element of XML; what XML cannot hold is shown as a box."""
    return escape(in_xml(text), quote=True)


def in_xml(text: str) -> str:
    """A text with a box for each sign that XML cannot hold."""
    return _NOT_IN_XML.sub("□", text)


@dataclass
class Canvas:
    """The elements of a picture, the patterns that they use, and which colour is printed for which.

    Where lines of text are `held`, each takes the width that it has in our font, whatever font draws it.
    """

    colours: Mapping[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    patterns: dict[str, str] = field(default_factory=dict)
    held: bool = False
    _tiles: dict[tuple[object, ...], str] = field(default_factory=dict, init=False)

    def ink(self, colour: str) -> str:
        """The colour as it is printed."""
        return "none" if colour == CLEAR else self.colours.get(colour, colour)

    def add(self, element: str, **given: object) -> None:
        """An element without text; `_` in the name of an attribute stands for `-`."""
        self.parts.append(f"<{element}{_attributes(given)}/>")

    def pattern(self, shape: str, colour: str, size: float) -> str:
        """The fill of a pattern in that colour."""
        name = f"{_PATTERN_NAMES[shape]}-{colour.lstrip('#')}"
        if name not in self.patterns:
            self.patterns[name] = _PATTERNS[shape](name, colour, px(size))
        return f"url(#{name})"

    def tiled(self, shape: str, ink: str, ground: str, size: float, solidity: float) -> str:
        """The fill of a pattern with a ground of its own."""
        key = (shape, ink, ground, size, solidity)
        name = self._tiles.setdefault(key, f"tile-{len(self._tiles) + 1}")
        if name not in self.patterns:
            self.patterns[name] = _tile(name, shape, ink, ground, size, solidity)
        return f"url(#{name})"


def _attributes(given: Mapping[str, object]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{px(value) if isinstance(value, float) else value}"'
        for name, value in given.items()
        if value is not None
    )


def _hatched(name: str, colour: str, size: str) -> str:
    line = f'<rect width="2.4" height="{size}" fill="{colour}"/>'
    turned = 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f'<pattern id="{name}" width="{size}" height="{size}" {turned}>{line}</pattern>'


def _upright(name: str, colour: str, size: str) -> str:
    line = f'<rect width="2.4" height="{size}" fill="{colour}"/>'
    return (
        f'<pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">{line}</pattern>'
    )


def _crossed(name: str, colour: str, size: str) -> str:
    lines = f'<rect width="2.4" height="{size}" fill="{colour}"/>'
    lines += f'<rect width="{size}" height="2.4" fill="{colour}"/>'
    turned = 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f'<pattern id="{name}" width="{size}" height="{size}" {turned}>{lines}</pattern>'


def _dotted(name: str, colour: str, size: str) -> str:
    dot = f'<circle cx="2.5" cy="2.5" r="1.9" fill="{colour}"/>'
    return f'<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse">{dot}</pattern>'


_PATTERN_NAMES = {"/": "hatched", "x": "crossed", ".": "dotted", "|": "upright"}
_PATTERNS: dict[str, Callable[[str, str, str], str]] = {
    "/": _hatched,
    "x": _crossed,
    ".": _dotted,
    "|": _upright,
}


def _tile(name: str, shape: str, ink: str, ground: str, size: float, solidity: float) -> str:
    """A pattern on a ground, as Plotly fills areas: `solidity` is the part of a tile that a line takes."""
    width = px(size * solidity)
    flat = f'<rect width="{px(size)}" height="{width}" fill="{ink}"/>'
    upright = f'<rect width="{width}" height="{px(size)}" fill="{ink}"/>'
    radius = px(size * math.sqrt(solidity / math.pi))
    dot = f'<circle cx="{px(size / 2)}" cy="{px(size / 2)}" r="{radius}" fill="{ink}"/>'
    drawn = {"-": flat, "|": upright, "+": flat + upright, "/": upright, "\\": flat, "x": flat + upright}
    turned = 'patternTransform="rotate(45)" ' if shape in ("/", "\\", "x") else ""
    box = f'width="{px(size)}" height="{px(size)}"'
    below = f'<rect {box} fill="{ground}"/>' if ground != "none" else ""
    return (
        f'<pattern id="{name}" {box} {turned}patternUnits="userSpaceOnUse">'
        f"{below}{dot if shape == '.' else drawn[shape]}</pattern>"
    )


# Text ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Run:
    """Letters of one look."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    colour: str = INK


_TAG = re.compile(r"<(/?)(br|b|i|span)(?:\s+style=([\"'])(.*?)\3)?>")


@lru_cache(maxsize=2_000)
def _runs(text: str, size: float, colour: str) -> list[list[_Run]]:
    """Text with tags as lines of runs."""
    lines: list[list[_Run]] = [[]]
    looks: list[dict[str, Any]] = [{"size": size, "colour": colour}]
    rest = 0
    for tag in _TAG.finditer(text):
        _append(lines, text[rest : tag.start()], looks[-1])
        rest = tag.end()
        if tag[2] == "br":
            lines.append([])
        elif tag[1]:
            looks.pop()
        else:
            looks.append(looks[-1] | _look(tag[2], tag[4] or ""))
    _append(lines, text[rest:], looks[-1])
    return lines


def _append(lines: list[list[_Run]], text: str, look: Mapping[str, Any]) -> None:
    if text:
        lines[-1].append(_Run(read_marked_up(text), **look))


def _look(tag: str, style: str) -> dict[str, Any]:
    look: dict[str, Any] = {"b": {"bold": True}, "i": {"italic": True}}.get(tag, {})
    for rule in filter(None, style.split(";")):
        name, _, value = rule.partition(":")
        if name.strip() == "font-size":
            look = look | {"size": float(value.strip().removesuffix("px"))}
        else:
            look = look | {"colour": value.strip()}
    return look


def _line_size(line: Sequence[_Run], size: float) -> float:
    return max((run.size for run in line), default=size)


_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_RISE = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


class At(NamedTuple):
    """A point for lines of text: which side of them it is at, and at which of their heights."""

    x: float
    y: float
    anchor: str = "left"
    rise: str = "middle"


def draw_text(canvas: Canvas, text: str, at: At, size: float = TEXT, colour: str = INK) -> None:
    """Lines of text at a point."""
    lines = _runs(text, size, colour)
    sizes = [_line_size(line, size) for line in lines]
    top = at.y - _RISE[at.rise] * sum(sizes) * LINE_HEIGHT
    for line, height in zip(lines, sizes, strict=True):
        if line:
            canvas.parts.append(_line(canvas, line, at.x, top + height * _BASELINE, _ANCHORS[at.anchor]))
        top += height * LINE_HEIGHT


def text_size(text: str, size: float) -> tuple[float, float]:
    """Pixels that lines of text take in width and height."""
    lines = _runs(text, size, INK)
    widths = (sum(text_width(run.text, run.size, run.bold) for run in line) for line in lines)
    return max(widths, default=0.0), sum(_line_size(line, size) for line in lines) * LINE_HEIGHT


_BASELINE = 1.014
"""From the top of a line to the foot of its letters, in sizes of the letters."""


def _line(canvas: Canvas, line: Sequence[_Run], x: float, y: float, anchor: str) -> str:
    first, *more = line
    at: dict[str, object] = {"x": x, "y": y, "text_anchor": anchor if anchor != "start" else None}
    if canvas.held:
        width = sum(text_width(in_xml(run.text), run.size, run.bold) for run in line)
        at |= {"textLength": width, "lengthAdjust": "spacingAndGlyphs"}
    if not more:
        return f"<text{_attributes(at | _letters(canvas, first))}>{_kept(first.text)}</text>"
    spans = "".join(f"<tspan{_attributes(_letters(canvas, run))}>{_kept(run.text)}</tspan>" for run in line)
    return f"<text{_attributes(at)}>{spans}</text>"


def _kept(text: str) -> str:
    return xml_text(text.replace("  ", "\u00a0 "))


def _letters(canvas: Canvas, run: _Run) -> dict[str, object]:
    return {
        "font_size": run.size,
        "font_weight": "700" if run.bold else None,
        "font_style": "italic" if run.italic else None,
        "fill": canvas.ink(run.colour),
    }


def picture(canvas: Canvas, width: float, height: float, title: str, description: str, ground: str) -> str:
    """The whole SVG: text stays text, with a title and a description; no script, nothing from elsewhere.

    `width` and `height` are in pixels; `ground` is a colour, or "" for none.
    """
    defined = f"<defs>{''.join(canvas.patterns.values())}</defs>" if canvas.patterns else ""
    paper = f'<rect width="100%" height="100%" fill="{ground}"/>' if ground else ""
    size = f'width="{px(width)}" height="{px(height)}" viewBox="0 0 {px(width)} {px(height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" '
        f'font-family="{FAMILY}"><title id="title">{xml_text(title)}</title>'
        f'<desc id="desc">{xml_text(description)}</desc>{defined}{paper}{"".join(canvas.parts)}</svg>\n'
    )
