"""A chart as a web page, opened in Chromium without a network: it draws, answers to pointing, asks nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.charts.chart import Map
from dashboard.exports import html
from dashboard.snapshot import Snapshot
from dashboard.topics import view_of
from tests import browsing
from tests.dashboard.drawing.test_drawing import DRAWINGS
from tests.dashboard.exports.test_formats import ON, STAMP, view

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_MAP = """() => {
  const {w, h} = document.getElementById("chart")._fullLayout._size;
  return [w, h];
}"""
"""The width and height of what is drawn between the axes."""

OWN = ("file:", "data:", "blob:")


def opened(page: Page, folder: Path, content: bytes) -> None:
    path = folder / "chart.html"
    path.write_bytes(content)
    page.goto(path.as_uri())
    expect(page.locator("#chart .main-svg").first).to_be_visible()
    expect(page.locator("#picture")).to_be_hidden()


def test_it_draws_and_answers_to_pointing_without_a_network(data: Snapshot, tmp_path: Path) -> None:
    shown = view_of("explore", data, mineral="lithium", measure="reserves", edition="usgs-mcs.2026")
    with (
        browsing.browser() as chrome,
        browsing.reader(chrome, offline=True) as (page, heard),
    ):
        opened(page, tmp_path, html.export(shown, data.stamp, ON))
        bar = page.locator("#chart .barlayer .point path").first
        box = bar.bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        hover = page.locator("#chart .hoverlayer .hovertext")
        expect(hover.first).to_be_visible()
        told = hover.first.text_content() or ""
        assert "Chile" in told
        assert "<" not in told
        for drawing in DRAWINGS:
            opened(page, tmp_path, html.export(view(drawing), STAMP, ON))
            if isinstance(drawing, Map):  # the axes of the map have one scale, however wide the page is
                width, height = page.evaluate(_MAP)
                assert 0.4 < height / width < 0.55
        assert [address for address in heard.addresses if not address.startswith(OWN)] == []
        assert heard.errors == []
