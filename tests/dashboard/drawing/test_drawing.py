"""Charts: families of marks, empty marks, source lines inside, prints that carry title and version."""

from __future__ import annotations

import json
import math
from typing import Any

import pandas as pd
import pytest

from dashboard.charts.chart import Chart, Panel
from dashboard.drawing.bars import panels
from dashboard.drawing.frame import BLUE, VERMILION, print_json
from dashboard.drawing.nested import part_of_whole
from dashboard.drawing.ranks import ranks
from loaders.text import file_name

NONE = math.nan


def mark(label: str, **given: Any) -> dict[str, Any]:
    usual = {"value": NONE, "lower": NONE, "upper": NONE, "words": label, "state": "value", "emphasis": False,
             "id": f"id-{label}", "hover": label}  # fmt: skip
    return {"label": label, **usual, **given}


def panel(*marks: dict[str, Any], family: Any = "statistic", unit: str = "t") -> Panel:
    return Panel("A title", "A subtitle", family, pd.DataFrame(list(marks)), unit)


def spec(figure: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(figure.to_json())
    return found


def texts(figure: Any) -> str:
    return " ".join(note["text"] for note in spec(figure)["layout"]["annotations"])


def test_statements_are_hatched_and_vermilion_statistics_solid_and_blue() -> None:
    figure = spec(
        panels(
            [panel(mark("a", value=1.0), family="statement"), panel(mark("b", value=2.0, emphasis=True))],
            "Source: s.",
        )
    )
    stated, published = (trace["marker"] for trace in figure["data"])
    assert stated["color"] == [VERMILION]
    assert stated["pattern"]["shape"] == ["/"]
    assert published["color"] == [BLUE]
    assert published["pattern"]["shape"] == [""]


def test_each_panel_has_an_axis_of_its_own() -> None:
    figure = spec(panels([panel(mark("a", value=1.0)), panel(mark("b", value=900.0))], "Source: s."))
    assert figure["data"][0]["xaxis"] == "x"
    assert figure["data"][1]["xaxis"] == "x2"
    assert figure["layout"]["xaxis"]["range"] != figure["layout"]["xaxis2"]["range"]


@pytest.mark.parametrize(
    ("given", "outlined", "bar"),
    [
        (mark("number", value=5.0), False, 5.0),
        (mark("zero", value=0.0, state="zero"), False, 0.0),
        (mark("withheld", state="withheld"), True, 0.0),
        (mark("none", state="not available"), True, 0.0),
        (mark("large", state="word"), True, 0.0),
        (mark("more", lower=4.0, state="more than"), True, 4.0),
        (mark("range", lower=2.0, upper=4.0, state="range"), True, 2.0),
        (mark("less", lower=0.0, upper=3.0, state="less than"), True, 0.0),
    ],
    ids=lambda value: value["label"] if isinstance(value, dict) else str(value),
)
def test_what_is_not_there_is_an_outline_never_a_bar(
    given: dict[str, Any], outlined: bool, bar: float
) -> None:
    figure = spec(panels([panel(given, mark("ten", value=10.0))], "Source: s."))
    assert bool(figure["layout"].get("shapes")) is outlined
    assert figure["data"][0]["x"][0] == bar
    assert given["label"] in texts(panels([panel(given, mark("ten", value=10.0))], "Source: s."))


def test_every_mark_can_be_clicked_also_where_there_is_no_number() -> None:
    marks = [mark("a", value=1.0), mark("b", state="withheld"), mark("c", value=0.0, state="zero")]
    clicked = [name for trace in spec(panels([panel(*marks)], "s"))["data"] for name in trace["customdata"]]
    assert {"id-a", "id-b", "id-c"} <= set(clicked)


def test_a_click_fades_nothing() -> None:
    for trace in spec(panels([panel(mark("a", value=1.0))], "s"))["data"]:
        assert trace["unselected"]["marker"]["opacity"] == 1


def test_the_source_stands_inside_the_chart_and_long_ones_wrap() -> None:
    source = "Source: " + "a very long name of a publisher, " * 8
    figure = panels([panel(mark("a", value=1.0))], source)
    notes = spec(figure)["layout"]["annotations"]
    note = next(note for note in notes if note.get("name") == "source")
    assert note["text"].replace("<br>", " ").strip() == source.strip()
    assert note["text"].count("<br>") >= 3


def test_a_part_is_drawn_within_its_whole() -> None:
    whole = {"label": "all", "value": 658e6, "id": "w", "hover": "w"}
    part = {"label": "some", "value": 28.5e6, "id": "p", "hover": "p"}
    figure = spec(part_of_whole(whole, [part], "t", "Source: s."))
    assert figure["layout"]["barmode"] == "overlay"
    assert [trace["x"] for trace in figure["data"]] == [[658.0], [28.5]]


def test_ranks_mark_a_stated_rank_and_keep_the_unranked() -> None:
    table = pd.DataFrame(
        [
            {"edition": e, "place": p, "label": p, "rank": r, "shown": s, "emphasis": p == "RUS",
             "id": f"{p}{e}", "hover": p, "words": "" if r == r else ": no number"}
            for e, p, r, s in [("2024", "CHN", 1.0, 1), ("2025", "CHN", 1.0, 1), ("2024", "RUS", 2.0, 2),
                               ("2025", "RUS", NONE, 2)]
        ]
    )  # fmt: skip
    figure = ranks(table, {"2024": 2}, "Source: s.")
    assert "stated: 2nd" in texts(figure)
    assert "RUS: no number" in texts(figure)
    assert len(spec(figure)["layout"]["shapes"]) == 1


def test_a_print_carries_title_subtitle_source_and_version_on_white() -> None:
    chart = Chart(
        panels([panel(mark("a", value=1.0))], "Source: the office."), "The finding – ½", "Reserves, tonnes",
        "Source: the office.", "alt", pd.DataFrame(), "name",
    )  # fmt: skip
    text, width, height = print_json(chart, "abcdef0123456789")
    printed = json.loads(text)["layout"]
    assert "The finding – ½" in printed["title"]["text"]
    assert "Reserves, tonnes" in printed["title"]["text"]
    assert any(
        "Source: the office. Data version abcdef01." in note["text"] for note in printed["annotations"]
    )
    assert printed["paper_bgcolor"] == "white"
    assert (printed["width"], printed["height"]) == (width, height)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "..-..-etc-passwd"),
        ("Größe / 5 %", "gr-e-5"),
        ("", "chart"),
        ("a" * 300, "a" * 100),
    ],
)
def test_file_names_are_plain(text: str, name: str) -> None:
    assert file_name(text) == name
