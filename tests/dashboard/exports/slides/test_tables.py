"""Tables on slides: every row once, above the line of sources, no slide left while it has room."""

from __future__ import annotations

from typing import Any

import pytest
from pptx.util import Cm

from dashboard.exports.choices import Choices
from dashboard.exports.slides.presentation import SlideHead, new_deck, table_slides
from dashboard.exports.small_table import SmallTable

HEAD = SlideHead("Title", "Subtitle", "Sources: one.", "")
EMPTY = [[f"Country {number}", "not available", "", ""] for number in range(40)]
FULL = [[f"Country {number}", "44 Mt", "8.7 %", "44,000,000 tons"] for number in range(40)]
LONG = [[f"Country {number}", "many words " * (number % 7 * 8), "", "NA"] for number in range(20)]
ENDLESS = [["Country", "many words " * 900, "", ""]]
CASES = [
    ("empty cells", EMPTY, (), (0.84, 0.90)),
    ("cells all full", FULL, (), (0.84, 0.90)),
    ("lines of several lines", LONG, (), (0.84, 9.0)),
    ("columns of a given width", LONG, (0.4, 0.2, 0.2, 0.2), (0.84, 20.0)),
    ("a row that is higher than a slide", [*EMPTY[:3], *ENDLESS, *FULL[:3]], (), (0.84, 90.0)),
    ("no row", [], (), (0.0, 0.0)),
]


@pytest.mark.parametrize(("rows", "widths", "high"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_a_table_stays_above_the_line_of_sources(
    rows: list[list[str]], widths: tuple[float, ...], high: tuple[float, float]
) -> None:
    deck = new_deck("Deck", "", Choices(made="2026-03-31"))
    table = SmallTable(["country", "amount", "share", "as printed"], rows, [False] * 4)
    table_slides(deck, table, HEAD, widths)
    read: list[list[str]] = []
    room, first = 0.0, True
    for slide in deck.slides:
        shapes: list[Any] = list(slide.shapes)
        (frame,) = [shape for shape in shapes if shape.has_table]
        foot = next(one for one in shapes if one.has_text_frame and one.text_frame.text == HEAD.foot)
        head, *lines = frame.table.rows
        heights = [line.height.cm for line in lines]
        assert high[0] <= min(heights)
        assert max(heights) <= high[1]
        assert first or heights[0] > room - 0.2, "the slide before had room for the first row"
        room, first = (foot.top - frame.top - head.height) / Cm(1) - sum(heights), False
        assert room >= 0 or len(lines) == 1
        for line, height in zip(lines, heights, strict=True):
            _check_line(line, [column.width.cm for column in frame.table.columns], height)
        read += [[cell.text for cell in line.cells] for line in lines]
    assert read == rows


def _check_line(line: Any, widths: list[float], height: float) -> None:
    """Each cell is as high as its letters fill, each 5 points wide at least and 14 high; empty ones too."""
    for cell, wide in zip(line.cells, widths, strict=True):
        sizes = [size.get("sz") for size in cell._tc.iter("{*}rPr", "{*}endParaRPr")]
        assert sizes == ["1400"] * (1 + bool(cell.text))
        assert len(cell.text) * 5 * 14 <= (wide * height) * (72 / 2.54) ** 2
