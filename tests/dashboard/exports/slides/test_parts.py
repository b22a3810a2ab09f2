"""A chart of many lines leaves as several slides, each line on one of them."""

from __future__ import annotations

import io
import re
import zipfile

import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.charts.chart import Chart, Heat, Strips, Timeline
from dashboard.exports import pptx as pptx_export
from dashboard.exports.slides.parts import EVENTS_ON_SLIDE, ROWS, STRIPS, slide_parts
from dashboard.topics.parameters import answer, settle_asked
from tests.exported import ON, STAMP
from tests.sweep import topics
from tests.workspaces import bundled


def chart_of(name: str, **asked: str) -> tuple[Chart, bytes]:
    topic = topics()[name]
    view = answer(topic, settle_asked(topic.PARAMETERS, asked, bundled())[0], bundled())
    assert view.chart
    return view.chart, pptx_export.export(view, STAMP, ON)


@pytest.mark.slow
def test_a_long_table_of_cells_is_cut_between_rows() -> None:
    chart, slides = chart_of("glance")
    assert isinstance(chart.drawing, Heat)
    parts = [part for part, _ in slide_parts(chart)]
    rows = [list(dict.fromkeys(part.drawing.cells["row"])) for part in parts]
    assert [row for part in rows for row in part] == list(dict.fromkeys(chart.drawing.cells["row"]))
    assert max(map(len, rows)) <= ROWS < sum(map(len, rows))
    assert sum(len(part.drawing.cells) for part in parts) == len(chart.drawing.cells)
    read = pptx.Presentation(io.BytesIO(slides))
    told = [" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
            for slide in read.slides]  # fmt: skip
    total = sum(map(len, rows))
    assert [f"of {total}." in words for words in told[: len(parts)]] == [True] * len(parts)
    assert f"Rows 1 to {len(rows[0])} of {total}." in told[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("over-time", {"mineral": "iron-ore"}),
        ("explore", {"mineral": "rare-earths", "measure": "reserves"}),
        ("map", {"mineral": "rare-earths"}),
        ("revisions", {"mineral": "cobalt"}),
    ],
)
def test_no_letter_on_a_slide_is_smaller_than_14_points(name: str, asked: dict[str, str]) -> None:
    """Those of a picture are of the size of the slide: their pixels by how much it is drawn larger."""
    _, content = chart_of(name, **asked)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        read = {
            part: parts.read(part).decode() for part in parts.namelist() if part.endswith((".xml", ".svg"))
        }
    own = [text for part, text in read.items() if re.match(r"ppt/(slides|charts)/\w+\d\.xml", part)]
    assert min(int(size) for text in own for size in re.findall(r'\bsz="(\d+)"', text)) >= 1400
    numbers = {part: int(re.findall(r"\d+", part)[-1]) for part in read if part.endswith(".svg")}
    drawings = iter(read[part] for part in sorted(numbers, key=numbers.__getitem__))
    pictures = [shape for slide in pptx.Presentation(io.BytesIO(content)).slides for shape in slide.shapes
                if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]  # fmt: skip
    for picture, drawing in zip(pictures, drawings, strict=True):
        across = float(re.findall(r'viewBox="0 0 ([\d.]+)', drawing)[0])
        least = min(map(float, re.findall(r'font-size="([\d.]+)', drawing)))
        assert round(least * picture.width.pt / across, 1) >= 14


@pytest.mark.slow
def test_strips_are_cut_between_strips_and_a_short_chart_is_left_whole() -> None:
    chart, _ = chart_of("revisions", mineral="rare-earths", measure="reserves")
    assert isinstance(chart.drawing, Strips)
    parts = list(slide_parts(chart))
    strips = [part.drawing.marks["strip"].nunique() for part, _ in parts]
    assert sum(strips) == chart.drawing.marks["strip"].nunique()
    assert max(strips) <= STRIPS
    events, _ = chart_of("figures", figure="events")
    assert isinstance(events.drawing, Timeline)
    told = list(slide_parts(events))
    assert [event for part, _ in told for event in part.drawing.events] == list(events.drawing.events)
    assert max(len(part.drawing.events) for part, _ in told) <= EVENTS_ON_SLIDE < len(events.drawing.events)
    short, _ = chart_of("concentration", mineral="rare-earths")
    assert [words for _, words in slide_parts(short)] == [""]
