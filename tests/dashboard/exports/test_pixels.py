"""Words and marks that Typst draws itself look as the drawing does; nothing of a drawing is left out."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

from dashboard.charts.chart import Drawing
from dashboard.drawing.paper import PictureLook, chart_svg
from dashboard.drawing.presets import PRESETS, preset_named
from dashboard.exports.pixels import pixels
from dashboard.exports.typesetting import typeset
from tests.dashboard.drawing.test_drawing import DRAWINGS
from tests.dashboard.exports.test_formats import STAMP, view

FAR, FEW = 96, 0.01
"""How far grey may be off at an edge, and the part of all pixels that may be further off."""


def apart(one: bytes, other: bytes) -> float:
    """The part of all pixels that differ by more than edges do."""
    first, second = (Image.open(io.BytesIO(picture)).convert("RGB") for picture in (one, other))
    assert first.size == second.size
    counts = ImageChops.difference(first, second).convert("L").histogram()
    return sum(counts[FAR:]) / sum(counts)


@pytest.mark.parametrize("preset", [PRESETS[0].name, "slide"])
@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: type(drawing).__name__)
def test_a_picture_is_what_its_drawing_is(drawing: Drawing, preset: str) -> None:
    chart = view(drawing).chart
    assert chart
    svg = chart_svg(chart, STAMP, preset_named(preset), PictureLook(transparent=True))
    assert apart(pixels(svg, ground="white"), typeset(svg, "png", ground="white")) < FEW


ODD = [
    '<rect x="10" y="10" width="40" height="40" fill="#0d5a92" transform="rotate(20 30 30)"/>',
    '<image x="0" y="0" width="9" height="9"/><circle cx="50" cy="50" r="20" fill="#0d5a92" opacity="0.9"/>',
    '<polyline points="10,10 50,80 90,10" fill="none" stroke="#0d5a92" stroke-width="3"/>',
]


@pytest.mark.parametrize("marks", ODD)
def test_what_is_not_known_is_drawn_as_svg(marks: str) -> None:
    size = 'width="100" height="100" viewBox="0 0 100 100"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{marks}</svg>'
    assert apart(pixels(svg, ground="white"), typeset(svg, "png", ground="white")) == 0
    assert apart(pixels(svg, ground="white"), pixels(svg.replace(marks, ""), ground="white")) > FEW
