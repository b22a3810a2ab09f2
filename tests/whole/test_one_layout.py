"""Page and paper agree: what Plotly draws of a sketch in Chromium stands where our own renderer puts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from playwright.sync_api import Page, expect
from plotly.offline import get_plotlyjs

from dashboard.charts.chart import Drawing, Stack, Timeline
from dashboard.drawing.draw import sketch
from dashboard.drawing.letters import FONTS
from dashboard.drawing.paper import BARE, PAD, chart_svg
from dashboard.drawing.presets import PRESETS
from dashboard.drawing.screen import page_layout
from dashboard.snapshot import Stamp
from loaders.vocabulary import MarkState
from tests import browsing
from tests.dashboard.drawing.test_drawing import DRAWINGS, chart, mark, panel
from tests.figures import bundled_data

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEAR = 4.0
"""Pixels by which a line of words or a bar may stand elsewhere."""
PRESET = PRESETS[0]

LINES = """
(host, css) => {
const corner = host.getBoundingClientRect();
const lines = [...host.querySelectorAll(css)].flatMap((text) => {
  const spans = [...text.querySelectorAll('tspan.line')];
  return spans.length ? spans : [text];
});
return lines.map((line) => {
  const box = line.getBoundingClientRect();
  const text = line.textContent.replaceAll(/[\\s\\u00a0]+/g, ' ').trim();
  return [text, box.x - corner.x, box.y + box.height / 2 - corner.y];
}).filter(([text]) => text && text !== '\\u200b')
  .sort((a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[2] - b[2]);
}
"""
BARS = """
(host, css) => {
const corner = host.getBoundingClientRect();
return [...host.querySelectorAll(css)].map((bar) => {
  const box = bar.getBoundingClientRect();
  return [box.x - corner.x, box.y - corner.y, box.width, box.height];
}).filter((box) => box[2] > 1.5).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
}
"""


def page(drawing: Drawing) -> str:
    """A page with both pictures, of the same width."""
    one = chart(drawing)
    inner = PRESET.lay - 2 * PAD
    drawn = sketch(one, inner)
    layout = page_layout(drawn, 20) | {"width": inner}
    spec = go.Figure(data=drawn.data, layout=layout).to_json()
    svg = chart_svg(one, Stamp("abcdef0123456789"), PRESET, BARE)
    faces = "".join(
        f'@font-face{{font-family:Inter;font-weight:{weight};src:url("{(FONTS / name).as_uri()}")}}'
        for name, weight in (("Inter-Regular.ttf", 400), ("Inter-Bold.ttf", 700))
    )
    return (
        f"<!doctype html><meta charset=utf-8><style>{faces}body{{margin:0}}</style><div id=ours>{svg}</div>"
        f"<div id=page></div><script>{get_plotlyjs()}</script><script>const spec = {spec};"
        "Promise.all([document.fonts.load('12px Inter'), document.fonts.load('bold 12px Inter')])"
        ".then(() => Plotly.newPlot('page', spec.data, spec.layout, {displayModeBar: false}))"
        ".then(() => { document.title = 'drawn'; });</script>"
    )


@pytest.fixture(scope="module")
def window() -> Iterator[Page]:
    with browsing.browser() as chrome, browsing.reader(chrome) as (page, _):
        yield page


def found(window: Page, script: str, element: str, css: str) -> list[list[Any]]:
    read: list[list[Any]] = window.locator(element).evaluate(f"(host, css) => ({script})(host, css)", css)
    return read


def states() -> Drawing:
    """Bars of every state, and beside them a panel of statements."""
    bounds = {"less than": {"lower": 0.0, "upper": 3.0}, "range": {"lower": 2.0, "upper": 4.0},
              "more than": {"lower": 4.0}, "value": {"value": 9.0}, "zero": {"value": 0.0}}  # fmt: skip
    marks = [mark(str(state), state=str(state), **bounds.get(str(state), {})) for state in MarkState]
    return Stack((panel(*marks), panel(mark("stated", value=3.0), family="statement")), beside=True)


CASES = [
    *(pytest.param(lambda one=one: one, id=type(one).__name__) for one in DRAWINGS),
    pytest.param(states, id="states"),
    pytest.param(lambda: Timeline(tuple(bundled_data().seeds.events)), id="events"),
]


@pytest.mark.parametrize("make", CASES)
def test_words_and_bars_stand_at_the_same_place(
    make: Callable[[], Drawing], window: Page, tmp_path: Path
) -> None:
    drawing = make()
    (tmp_path / "page.html").write_text(page(drawing), encoding="utf-8")
    window.goto((tmp_path / "page.html").as_uri())
    expect(window).to_have_title("drawn")
    theirs = found(window, LINES, "#page", ".main-svg text")
    ours = found(window, LINES, "#ours", "text")
    assert [line[0] for line in ours] == [line[0] for line in theirs]
    apart = [
        (one[0], one[1] - PAD - other[1], one[2] - PAD - other[2])
        for one, other in zip(ours, theirs, strict=True)
    ]
    assert [line for line in apart if max(abs(line[1]), abs(line[2])) > NEAR] == []
    bars = found(window, BARS, "#page", ".bars .point path")
    rects = found(
        window, BARS, "#ours", "rect[stroke-width='1'], rect[stroke-width='1.4'], g[data-bars] rect"
    )
    if type(drawing).__name__ not in (
        "Heat",
        "Map",
    ):  # no edge, or a legend
        assert len(bars) == len(rects)
    for bar, rect in zip(bars, rects if bars else [], strict=False):
        assert [rect[0] - PAD, rect[1] - PAD, *rect[2:]] == pytest.approx(bar, abs=NEAR)
