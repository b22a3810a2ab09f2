"""Native charts of offices: bounds are seen to be bounds, and pictures carry a drawing beside them."""

from __future__ import annotations

import io
import zipfile
from typing import Any, cast
from xml.etree import ElementTree

import openpyxl
import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.charts.chart import Stack
from dashboard.exports import pptx as pptx_export
from dashboard.exports import xlsx
from dashboard.exports.xlsx import native_rows
from tests.dashboard.drawing.test_drawing import DRAWINGS, mark, panel
from tests.dashboard.exports.test_formats import ON, STAMP, charts_of, view

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MARKS = [
    mark("Chile", value=9.0, words="9 t"),
    mark("World", lower=8.5, state="more than", words="more than 8.5 t ►"),
    mark("Peru", lower=2.0, upper=5.0, state="range", words="2 t to 5 t"),
    mark("Cuba", upper=1.0, state="less than", words="less than 1 t"),
    mark("Mali", state="less than", words="less than the smallest unit shown"),
    mark("India", state="withheld", words="⊘ withheld"),
]
# Label, number or lower bound, upper bound.
DRAWN = [
    ("Chile", 9.0, None),
    ("World", 8.5, None),
    ("Peru", 2.0, 5.0),
    ("Cuba", 0.0, 1.0),
    ("Mali: less than the smallest unit shown", None, None),
    ("India: ⊘ withheld", None, None),
]


def test_a_bound_is_drawn_and_what_is_no_number_is_said() -> None:
    rows = native_rows(panel(*MARKS))
    assert [(bar.label, bar.value, bar.upper) for bar in rows] == DRAWN


@pytest.fixture(scope="module")
def slides() -> bytes:
    return pptx_export.export(view(Stack((panel(*MARKS),))), STAMP, ON)


def test_a_range_has_a_whisker_in_powerpoint_at_whose_end_its_words_stand(slides: bytes) -> None:
    (drawn,) = charts_of(slides)
    bars, upper = drawn.plots[0].series
    assert list(bars.values) == [value for _, value, _ in DRAWN]
    assert list(upper.values) == [most for *_, most in DRAWN]
    whiskers = bars._element.find(f"{CHART}errBars")
    assert whiskers.getnext().tag == f"{CHART}cat"
    lengths = {point.get("idx"): float(point[0].text) for point in whiskers.iter(f"{CHART}pt")}
    assert lengths == {"2": 3.0, "3": 1.0}
    labels = [
        [cast(Any, series.points[number].data_label).text_frame.text for number in range(len(MARKS))]
        for series in (bars, upper)
    ]
    assert labels[0][:2] == ["9 t", "more than 8.5 t ►"]
    assert labels[1][2:4] == ["2 t to 5 t", "less than 1 t"]
    assert labels[0][2:] == ["", "", "", ""]
    assert drawn.plots[0].overlap == 100


def test_bars_without_a_range_are_one_series() -> None:
    (drawn,) = charts_of(pptx_export.export(view(Stack((panel(MARKS[0], MARKS[-1]),))), STAMP, ON))
    assert len(drawn.plots[0].series) == 1
    assert drawn.plots[0].series[0]._element.find(f"{CHART}errBars") is None


def test_what_is_not_one_country_is_grey() -> None:
    rows = panel(mark("Chile", value=9.0, tone="strong"), mark("Others", value=2.0, tone="context"))
    content = view(Stack((rows,)))
    (drawn,) = charts_of(pptx_export.export(content, STAMP, ON))
    (point,) = drawn.plots[0].series[0]._element.iter(f"{CHART}dPt")
    assert point.find(f"{CHART}idx").get("val") == "1"
    with zipfile.ZipFile(io.BytesIO(xlsx.export(content, STAMP, ON))) as archive:
        told = archive.read("xl/charts/chart1.xml").decode()
    colours = [
        next(found.iter(f"{DRAWING}srgbClr")).get("val") for found in (point, ElementTree.fromstring(told))
    ]
    assert colours == ["8B97A4", "1670AD"]
    assert told.count("8B97A4") == 1


def test_a_workbook_has_the_bounds_as_numbers_and_whiskers_from_them() -> None:
    content = xlsx.export(view(Stack((panel(*MARKS),))), STAMP, ON)
    head, *rows = openpyxl.load_workbook(io.BytesIO(content))["chart data"].iter_rows(values_only=True)
    assert head[:6] == (
        *("figure", "value, or lower bound (t)", "as shown", "state", "upper bound (t)"),
        "from the bar to there",
    )  # fmt: skip
    assert [(row[0], row[1], row[4]) for row in rows] == DRAWN
    assert [row[5] for row in rows] == [None, None, 3, 1, None, None]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawn = ElementTree.fromstring(archive.read("xl/charts/chart1.xml"))
    (whiskers,) = drawn.iter(f"{CHART}errBars")
    assert next(found.text for found in whiskers.iter(f"{CHART}f")) == "'chart data'!$F$2:$F$7"


def test_a_picture_on_a_slide_has_a_drawing_beside_its_pixels() -> None:
    content = pptx_export.export(view(DRAWINGS[4]), STAMP, ON)
    first = pptx.Presentation(io.BytesIO(content)).slides[0]
    (picture,) = [shape for shape in first.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    (beside,) = picture._element.iter("{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip")
    (relation,) = beside.attrib.values()
    part = cast(Any, first.part.related_part(relation))
    assert part.content_type == "image/svg+xml"
    assert ElementTree.fromstring(part.blob).tag == "{http://www.w3.org/2000/svg}svg"
    assert cast(Any, picture).image.content_type == "image/png"
