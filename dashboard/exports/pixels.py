"""A drawing as pixels: its words and plain marks in the terms of Typst, what has patterns as small pictures.

To draw a whole SVG, Typst makes pixels of it and then copies them on its page, which for words and bars takes
longer than to draw them. What is drawn here is what `dashboard.drawing.canvas` writes; any other element goes
to Typst as SVG, so none is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple
from xml.etree import ElementTree

from dashboard.exports.typesetting import code_text, compiled, in_font, picture_code, typeset

_SVG = "{http://www.w3.org/2000/svg}"
_POINTS = 0.75
"""Points of a pixel of 1/96 inch."""
_ROOM = 3000
"""Points beside which words are set: more than any line is wide."""
_AROUND = 2.0
"""Pixels around what is cut out as a picture, for its edge."""
_LONG = 3000
"""Letters of a path from which on a drawing is left to SVG: the outlines of a map."""

_HEAD = f"""#set page(width: {{0}}pt, height: {{1}}pt, margin: 0pt, fill: {{2}})
#set text(font: "Inter", top-edge: "baseline", bottom-edge: "baseline", lang: "en")
#let at(x, y, body) = place(dx: x, dy: y, body)
#let start(x, y, body) = place(dx: x, dy: y, box(width: {_ROOM}pt, align(left, body)))
#let middle(x, y, body) = place(dx: x - {_ROOM / 2}pt, dy: y, box(width: {_ROOM}pt, align(center, body)))
#let end(x, y, body) = place(dx: x - {_ROOM}pt, dy: y, box(width: {_ROOM}pt, align(right, body)))
"""


def pixels(drawing: str, *, ppi: float = 96, ground: Literal["none", "white"] = "none") -> bytes:
    """A drawing of `dashboard.drawing.paper` as PNG, with so many pixels an inch, on a ground or none."""
    root = ElementTree.fromstring(drawing)
    if any(len(path.attrib["d"]) > _LONG for path in root.iter(f"{_SVG}path")):
        return typeset(drawing, "png", ppi=ppi, ground=ground)
    return compiled(_page(root, ground), "png", ppi=ppi)


class _Sheet(NamedTuple):
    """The size of a drawing in its own pixels, points of one, and what it defines, as SVG."""

    width: float
    height: float
    points: float
    head: str
    defined: str

    def pt(self, value: float) -> str:
        return f"{value * self.points:.3f}pt"


def _page(root: ElementTree.Element, ground: str) -> str:
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    wide = float(root.attrib["width"]) * _POINTS
    head = "".join(f' {name}="{root.attrib[name]}"' for name in ("font-family",) if name in root.attrib)
    defined = "".join(_written(child) for child in root if child.tag == f"{_SVG}defs")
    sheet = _Sheet(width, height, wide / width, head, defined)
    code = "\n".join(f"#{_mark(sheet, child)}" for child in root if child.tag not in _TOLD)
    return _HEAD.format(wide, float(root.attrib["height"]) * _POINTS, ground) + code


_TOLD = {f"{_SVG}{name}" for name in ("title", "desc", "defs")}


def _mark(sheet: _Sheet, element: ElementTree.Element) -> str:
    given = element.attrib
    draw = _MARKS.get(element.tag.removeprefix(_SVG))
    plain = draw and given.keys() <= _KNOWN and not given.get("fill", "").startswith("url(")
    if draw and plain:
        return draw(sheet, element)
    return _picture(sheet, _written(element), _box(sheet, element))


_KNOWN = {
    "x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2", "d", "points", "fill",
    "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "text-anchor", "font-size",
    "font-weight", "font-style",
}  # fmt: skip


def _written(element: ElementTree.Element) -> str:
    return ElementTree.tostring(element, encoding="unicode")


_Box = tuple[float, float, float, float]
"""Left, top, width and height in pixels of the drawing."""


def _box(sheet: _Sheet, element: ElementTree.Element) -> _Box:
    """Where an element is, as far as that is plain; else the whole sheet."""
    given = element.attrib
    if element.tag != f"{_SVG}rect" or not {"x", "y", "width", "height"} <= given.keys() <= _KNOWN:
        return 0, 0, sheet.width, sheet.height
    left, top, width, height = (float(given[name]) for name in ("x", "y", "width", "height"))
    x, y = left // 1 - _AROUND, top // 1 - _AROUND
    return x, y, (left + width - x) // 1 + 1 + _AROUND, (top + height - y) // 1 + 1 + _AROUND


def _picture(sheet: _Sheet, elements: str, box: _Box) -> str:
    x, y, width, height = box
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{x} {y} {width} {height}"{sheet.head}>{sheet.defined}{elements}</svg>'
    )
    size = f", width: {sheet.pt(width)}, height: {sheet.pt(height)}"
    return f"at({sheet.pt(x)}, {sheet.pt(y)}, {picture_code(drawing, more=size)})"


# Marks --------------------------------------------------------------------------------------------------


def _colour(text: str) -> str:
    """A colour as Typst has it; words such as white are left to it."""
    return f'rgb("{text}")' if text.startswith("#") else text


def _look(sheet: _Sheet, given: Mapping[str, str]) -> str:
    """Fill and edge."""
    told = f"fill: {_colour(given.get('fill', 'none'))}"
    if given.get("stroke", "none") == "none":
        return f"{told}, stroke: none"
    dash = given.get("stroke-dasharray")
    parts = ", ".join(sheet.pt(float(part)) for part in dash.split()) if dash else ""
    dashed = f", dash: ({parts},)" if parts else ""
    joined = f', join: "{given["stroke-linejoin"]}"' if "stroke-linejoin" in given else ""
    width = sheet.pt(float(given.get("stroke-width", 1)))
    paint = _colour(given["stroke"])
    return f"{told}, stroke: (paint: {paint}, thickness: {width}{dashed}{joined})"


def _rect(sheet: _Sheet, element: ElementTree.Element) -> str:
    given = element.attrib
    x, y = (sheet.pt(float(given.get(name, 0))) for name in ("x", "y"))
    width = sheet.width if given["width"] == "100%" else float(given["width"])
    height = sheet.height if given["height"] == "100%" else float(given["height"])
    size = f"width: {sheet.pt(width)}, height: {sheet.pt(height)}"
    return f"at({x}, {y}, rect({size}, {_look(sheet, given)}))"


def _ellipse(sheet: _Sheet, element: ElementTree.Element) -> str:
    given = element.attrib
    across, down = (float(given.get(name, given.get("r", 0))) for name in ("rx", "ry"))
    x, y = float(given["cx"]) - across, float(given["cy"]) - down
    size = f"width: {sheet.pt(2 * across)}, height: {sheet.pt(2 * down)}"
    return f"at({sheet.pt(x)}, {sheet.pt(y)}, ellipse({size}, {_look(sheet, given)}))"


def _line(sheet: _Sheet, element: ElementTree.Element) -> str:
    given = element.attrib
    ends = [(float(given[f"x{end}"]), float(given[f"y{end}"])) for end in (1, 2)]
    return _curve(sheet, [("M", *ends[0]), ("L", *ends[1])], given)


def _polygon(sheet: _Sheet, element: ElementTree.Element) -> str:
    numbers = [float(number) for number in re.findall(_NUMBER, element.attrib["points"])]
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    steps = [("M" if number == 0 else "L", *corner) for number, corner in enumerate(corners)]
    return _curve(sheet, [*steps, ("z", 0.0, 0.0)], element.attrib)


_NUMBER = r"-?\d*\.?\d+(?:e-?\d+)?"
_STEP = re.compile(rf"([MLlvzZ])((?:[\s,]*{_NUMBER})*)")
_Step = tuple[str, float, float]


def _path(sheet: _Sheet, element: ElementTree.Element) -> str:
    return _curve(sheet, _steps(element.attrib["d"]), element.attrib)


def _steps(path: str) -> Iterator[_Step]:
    """The steps of a path, each with the point that it leads to."""
    x = y = 0.0
    for letter, told in _STEP.findall(path):
        numbers = [float(number) for number in re.findall(_NUMBER, told)]
        if letter in "zZ":
            yield "z", x, y
        elif letter == "v":
            y += sum(numbers)
            yield "L", x, y
        else:
            for turn, (a, b) in enumerate(zip(numbers[::2], numbers[1::2], strict=True)):
                x, y = (x + a, y + b) if letter == "l" else (a, b)
                yield "M" if letter == "M" and turn == 0 else "L", x, y


_STEPS = {"M": "curve.move(({}, {}))", "L": "curve.line(({}, {}))", "z": 'curve.close(mode: "straight")'}


def _curve(sheet: _Sheet, steps: Iterable[_Step], given: Mapping[str, str]) -> str:
    told = ", ".join(_STEPS[kind].format(sheet.pt(x), sheet.pt(y)) for kind, x, y in steps)
    return f"at(0pt, 0pt, curve({_look(sheet, given)}, {told}))"


def _text(sheet: _Sheet, element: ElementTree.Element) -> str:
    given = element.attrib
    x, y = sheet.pt(float(given["x"])), sheet.pt(float(given["y"]))
    spans = [_span(sheet, span) for span in element] if len(element) else [_span(sheet, element)]
    return f"{given.get('text-anchor', 'start')}({x}, {y}, {' + '.join(spans)})"


def _span(sheet: _Sheet, element: ElementTree.Element) -> str:
    given = element.attrib
    look = [f"size: {sheet.pt(float(given['font-size']))}", f"fill: {_colour(given['fill'])}"]
    if "font-weight" in given:
        look.append(f"weight: {given['font-weight']}")
    if "font-style" in given:
        look.append(f'style: "{given["font-style"]}"')
    return f"text({', '.join(look)}, {code_text(in_font(element.text or ''))})"


_MARKS: dict[str, Callable[[_Sheet, ElementTree.Element], str]] = {
    "rect": _rect,
    "circle": _ellipse,
    "ellipse": _ellipse,
    "line": _line,
    "polygon": _polygon,
    "path": _path,
    "text": _text,
}
