"""Lines over the years as native charts: gaps stay gaps; what a native chart cannot say is a picture."""

from __future__ import annotations

import io
from typing import Any, cast

import openpyxl
import pandas as pd
import pptx
import pytest

from dashboard.charts.chart import Chart
from dashboard.charts.lines import EventMark, LinePanel, LinePanels
from dashboard.charts.view import View
from dashboard.exports import EXPORTS, xlsx
from dashboard.exports.choices import Choices
from dashboard.exports.native.lines import is_plain
from dashboard.exports.slides.presentation import slides
from dashboard.snapshot import Stamp

NONE = float("nan")
STAMP, ON = Stamp("ab" * 32, "cd" * 32), Choices(made="2026-03-31")


def point(line: str, year: int, value: float = NONE, **given: Any) -> dict[str, Any]:
    usual = {
        "line": line, "label": line, "place": line, "year": year, "value": value, "lower": NONE,
        "upper": NONE, "words": "", "state": "value", "forecast": False, "revised": False, "breaks": False,
        "id": f"{line}{year}", "hover": line, "mineral": "copper", "measure": "mine_production",
        "basis": "content", "unit": "t",
    }  # fmt: skip
    return usual | given


def view(*points: dict[str, Any], **given: Any) -> View:
    panel = LinePanel("Countries", "kt of copper", pd.DataFrame(list(points)), "t", "kt")
    drawing = LinePanels((panel,), 2020, 2023, **given)
    table = pd.DataFrame({"figure": ["a"], "value": [1.0]})
    chart = Chart(
        title="T", subtitle="S", source="Source.", alt="alt", drawing=drawing, table=table, name="n"
    )
    return View("key", chart)


GAPS = [
    point("CHL", 2020, 5000.0), point("CHL", 2021, state="withheld"),
    point("CHL", 2023, 7000.0, words="7 kt"), point("PER", 2022, 2000.0, words="2 kt e"),
]  # fmt: skip


def test_a_workbook_has_a_chart_of_lines_with_empty_cells_for_gaps() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.export(view(*GAPS), STAMP, ON)))
    sheet, table = cast(Any, book["chart data"]), cast(Any, book["table"])
    assert [*sheet.iter_rows(values_only=True, max_col=3)] == [
        ("year", "CHL", "PER"), (2020, 5, None), (2021, None, None), (2022, None, 2), (2023, 7, None),
    ]  # fmt: skip
    (chart,) = table._charts
    assert type(chart).__name__ == "LineChart"
    assert chart.display_blanks == "gap"


def test_a_slide_has_a_chart_of_lines_with_gaps() -> None:
    shown = view(*GAPS)
    assert shown.chart
    deck = pptx.Presentation(io.BytesIO(slides(shown, shown.chart, STAMP, ON)))
    (slide,) = deck.slides
    frames: list[Any] = [shape for shape in slide.shapes if shape.has_chart]
    (chart,) = [frame.chart for frame in frames]
    assert [(series.name, tuple(series.values)) for series in chart.plots[0].series] == [
        ("CHL: 7 kt", (5.0, None, None, 7.0)), ("PER: 2 kt e in 2022", (None, None, 2.0, None)),
    ]  # fmt: skip
    assert 'dispBlanksAs val="gap"' in chart.part.blob.decode()


@pytest.mark.parametrize(
    ("points", "place", "words"),
    [(GAPS[:3], 3, "7 kt"), (GAPS[3:], 2, "2 kt e in 2022"), (GAPS[1:2], None, "")],
    ids=["at the end", "before the end", "no number"],
)
def test_a_line_alone_on_a_slide_says_its_last_number(
    points: list[dict[str, Any]], place: int | None, words: str
) -> None:
    shown = view(*points)
    assert shown.chart
    deck = pptx.Presentation(io.BytesIO(slides(shown, shown.chart, STAMP, ON)))
    (chart,) = [cast(Any, shape).chart for shape in deck.slides[0].shapes if shape.has_chart]
    labels = chart.plots[0].series[0]._element.findall("{*}dLbls/{*}dLbl")
    said = [
        (label.find("{*}idx").get("val"), "".join(part.text for part in label.iter("{*}t")))
        for label in labels
    ]
    assert said == ([] if place is None else [(str(place), words)])


APART = [
    ("a bound", [point("CHL", 2020, state="more than", lower=3.0)], {}),
    ("a power of ten", [point("CHL", 2020, 5.0)], {"log": True}),
    ("an event", [point("CHL", 2020, 5.0)], {"events": (EventMark(2021.0, "An event", "event:1"),)}),
]


@pytest.mark.parametrize(("points", "given"), [case[1:] for case in APART], ids=[case[0] for case in APART])
def test_what_a_native_chart_cannot_say_is_a_picture_beside_its_table(
    points: list[dict[str, Any]], given: dict[str, Any]
) -> None:
    shown = view(*points, **given)
    assert shown.chart
    assert not is_plain(shown.chart)
    deck = pptx.Presentation(io.BytesIO(slides(shown, shown.chart, STAMP, ON)))
    kinds = [[(shape.shape_type, shape.has_table) for shape in slide.shapes] for slide in deck.slides]
    assert len(kinds) == 2
    assert any(has_table for _, has_table in kinds[1])


def test_every_file_of_lines_can_be_made() -> None:
    for kind in EXPORTS:
        assert kind.export(view(*GAPS), STAMP, ON), kind.NAME
