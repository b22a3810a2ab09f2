"""Charts: families of marks, empty marks, source lines inside, prints that carry title and version."""

from __future__ import annotations

import ast
import json
import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import pytest
from plotly.io import to_json

import dashboard
from dashboard.charts.chart import (
    Chart,
    Drawing,
    Heat,
    Map,
    Panel,
    PartOfWhole,
    Ranks,
    SideBySide,
    Stack,
    Strips,
    Timeline,
)
from dashboard.charts.figures_drawn import drawn_figures
from dashboard.charts.lines import EventMark, LinePanel, LinePanels
from dashboard.drawing.draw import ELASTIC, SKETCHES, sketch
from dashboard.drawing.frame import BLUE, VERMILION
from dashboard.drawing.letters import read_marked_up
from dashboard.drawing.screen import drawn_figure, figure, laid_width
from loaders.text import file_name
from tests.figures import claim

NONE = math.nan
OF = {"mineral": "rare-earths", "measure": "reserves", "basis": "REO", "unit": "t"}


def mark(label: str, **given: Any) -> dict[str, Any]:
    usual = {"value": NONE, "lower": NONE, "upper": NONE, "words": label, "state": "value", "emphasis": False,
             "id": f"id-{label}", "hover": label}  # fmt: skip
    return {"label": label, **usual, **OF, **given}


def panel(*marks: dict[str, Any], family: Any = "statistic", unit: str = "t") -> Panel:
    return Panel("A title", "A subtitle", family, pd.DataFrame(list(marks)), unit)


def chart(drawing: Drawing, source: str = "Source: s.") -> Chart:
    return Chart(
        title="The finding – ½", subtitle="Reserves, tonnes", source=source, alt="alt", drawing=drawing,
        table=pd.DataFrame(), name="name",
    )  # fmt: skip


def spec(drawing: Drawing, source: str = "Source: s.") -> dict[str, Any]:
    """What the browser gets."""
    found: dict[str, Any] = json.loads(figure(chart(drawing, source)).to_json())
    return found


def texts(drawing: Drawing) -> str:
    return " ".join(note["text"] for note in spec(drawing)["layout"]["annotations"])


def test_statements_are_hatched_and_vermilion_statistics_solid_and_blue() -> None:
    figure = spec(
        Stack((panel(mark("a", value=1.0), family="statement"), panel(mark("b", value=2.0, emphasis=True))))
    )
    stated, published = (trace["marker"] for trace in figure["data"])
    assert stated["color"] == [VERMILION]
    assert stated["pattern"]["shape"] == ["/"]
    assert published["color"] == [BLUE]
    assert published["pattern"]["shape"] == [""]


def lengths(drawing: Drawing) -> list[float]:
    """How long bars are, as parts of the width of their panel, from the first panel on."""
    found = spec(drawing)
    axes = {
        "x" + name.removeprefix("xaxis"): axis for name, axis in found["layout"].items() if "xaxis" in name
    }
    bars = [trace for trace in found["data"] if trace["type"] == "bar"]
    return [x / axes[trace["xaxis"]]["range"][1] for trace in bars for x in trace["x"]]


LONG_WORDS = "some words that stand beside the bar and leave it little room"


@pytest.mark.parametrize("side", [lambda *two: Stack(two), SideBySide], ids=["stack", "side by side"])
@pytest.mark.parametrize(
    "words", [("28.5", "21"), (LONG_WORDS, "21"), ("28.5", LONG_WORDS)], ids=["short", "first", "second"]
)
def test_panels_of_one_unit_have_one_scale(side: Any, words: tuple[str, str]) -> None:
    """21 Mt are never longer than 28.5 Mt, whatever stands beside the bars."""
    stated, published = (
        panel(mark(text, value=value)) for text, value in zip(words, (28.5e6, 21e6), strict=True)
    )
    found = lengths(side(stated, published))
    assert found[1] / found[0] == pytest.approx(21 / 28.5)
    assert "scale" not in texts(side(stated, published))


def test_a_panel_too_small_for_the_scale_says_so_in_a_broken_frame() -> None:
    drawing = Stack((panel(mark("a", value=9e8)), panel(mark("b", value=1e6), mark("c", value=2e6))))
    assert "Not to the scale of the other bars: drawn 450 times as long." in texts(drawing)
    (frame,) = spec(drawing)["layout"]["shapes"]
    assert frame["xref"] == "x2"
    assert frame["line"]["dash"] != "solid"
    assert "× 450" in texts(drawing)
    shapes = [trace["marker"]["pattern"]["shape"] for trace in spec(drawing)["data"]]
    assert shapes == [[""], ["|", "|"]]


def test_panels_that_are_to_have_their_own_scale_say_so_where_it_is_another() -> None:
    stated, published = (
        replace(panel(mark(text, value=value)), own_scale=True)
        for text, value in (("stated", 28.5e6), ("published", 3.8e6))
    )
    drawing = Stack((stated, published))
    assert "Not to the scale of the other bars: drawn 7.5 times as long." in texts(drawing)
    assert min(lengths(drawing)) > 0.6
    assert "scale" not in texts(Stack((stated, stated)))


def test_panels_of_other_units_have_scales_of_their_own() -> None:
    drawing = Stack((panel(mark("a", value=1.0)), panel(mark("b", value=9e9, unit="USD"), unit="USD")))
    assert lengths(drawing)[0] > 0.2
    assert "scale" not in texts(drawing)


def test_a_panel_without_a_number_needs_no_scale() -> None:
    drawing = Stack((panel(mark("a", value=9e8)), panel(mark("b", state="withheld"))))
    assert "scale" not in texts(drawing)


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
    drawing = Stack((panel(given, mark("ten", value=10.0)),))
    figure = spec(drawing)
    assert bool(figure["layout"].get("shapes")) is outlined
    assert figure["data"][0]["x"][0] == bar
    assert given["label"] in texts(drawing)


def test_every_mark_can_be_clicked_also_where_there_is_no_number() -> None:
    marks = [mark("a", value=1.0), mark("b", state="withheld"), mark("c", value=0.0, state="zero")]
    clicked = [name for trace in spec(Stack((panel(*marks),)))["data"] for name in trace["customdata"]]
    assert {"id-a", "id-b", "id-c"} <= set(clicked)


def test_a_click_fades_nothing() -> None:
    for trace in spec(Stack((panel(mark("a", value=1.0)),)))["data"]:
        assert trace["unselected"]["marker"]["opacity"] >= 0.99


def test_a_second_line_of_a_label_stands_below_it() -> None:
    rows = [mark("1 Chile", value=2.0, below="from brine"), mark("2 Peru", value=1.0, below="")]
    first, second = spec(Stack((panel(*rows),)))["layout"]["yaxis"]["ticktext"]
    assert first.startswith("1 Chile<br>")
    assert "from brine" in first
    assert second == "2 Peru"


def test_two_sides_have_the_same_rows_and_axes_of_their_own() -> None:
    left, right = (panel(mark("a", value=value), mark("b", state="no row")) for value in (1.0, 900.0))
    found = spec(SideBySide(left, right))
    assert found["layout"]["yaxis"]["ticktext"] == found["layout"]["yaxis2"]["ticktext"]
    assert {trace["xaxis"] for trace in found["data"]} == {"x", "x2"}


def test_a_part_is_drawn_within_its_whole() -> None:
    whole = claim(id="w", value=658e6)
    part = claim(id="p", value=28.5e6, links=[{"relation": "part_of", "claim": "w"}])
    found = spec(PartOfWhole(whole, (part,)))
    assert found["layout"]["barmode"] == "overlay"
    assert [trace["x"] for trace in found["data"]] == [[658.0], [28.5]]
    assert [trace["customdata"] for trace in found["data"]] == [["w"], ["p"]]


def ranked() -> Ranks:
    """China first in two editions, Russia second and then without a rank; the claim held in 2024."""
    lines = [
        {"edition": e, "place": p, "label": p, "rank": r, "shown": s, "emphasis": p == "RUS",
         "id": f"{p}{e}", "hover": p, "words": "" if r == r else ": no number", **OF}
        for e, p, r, s in [("2024", "CHN", 1.0, 1), ("2025", "CHN", 1.0, 1), ("2024", "RUS", 2.0, 2),
                           ("2025", "RUS", NONE, 2)]
    ]  # fmt: skip
    return Ranks(pd.DataFrame(lines), {"2024": 2}, ("2025",))


def test_ranks_mark_a_stated_rank_and_keep_the_unranked() -> None:
    found = spec(ranked())
    assert "stated: 2nd" in texts(ranked())
    assert "RUS: no number" in texts(ranked())
    assert len(found["layout"]["shapes"]) == 1
    assert found["layout"]["xaxis"]["ticktext"] == ["<b>2024</b>", "<b>2025</b><br>in use"]


def test_what_is_stated_of_the_last_row_stands_on_the_paper_and_once_where_it_is_narrow() -> None:
    lines = ranked().lines.assign(shown=[1, 1, 2, 2], rank=[1.0, 1.0, 2.0, 2.0])
    drawing = Ranks(lines, {"2024": 2, "2025": 2}, ("2025",))
    lowest = spec(drawing)["layout"]["yaxis"]["range"][0]
    told = [note for note in spec(drawing)["layout"]["annotations"] if "stated" in note["text"]]
    height = spec(drawing)["layout"]["height"]
    for note in told:
        assert (lowest - note["y"]) / lowest * height > 14, "the words are cut off"
    assert len(told) == 1  # the two rings are nearer to each other than the words are long


def strip(**values: float) -> Strips:
    """One strip, with a number or none for each edition."""
    lines = [
        {"strip": 0, "title": "Chile", "below": "not revised", "tone": "soft", "edition": name.strip("_"),
         "id": f"id{name}", "value": value, "lower": NONE, "upper": NONE, "hover": name, "place": "CHL",
         "words": "○ not available" if value != value else f"{value:g}",
         "state": "not available" if value != value else "value", **OF}
        for name, value in values.items()
    ]  # fmt: skip
    return Strips(pd.DataFrame(lines), tuple(name.strip("_") for name in values))


def test_a_missing_number_breaks_the_line_of_a_strip() -> None:
    drawing = strip(_2023=NONE, _2024=1.0, _2025=2.0, _2026=NONE)
    (line,) = [trace for trace in spec(drawing)["data"] if trace["mode"] == "lines"]
    assert [y is None for y in line["y"]] == [True, False, False, True]
    assert texts(drawing).replace("<br>", " ").count("○ not available") == 2


def heat() -> Heat:
    """Two rows of two cells, one of them without a number."""
    cells = [
        {"row": row, "column": column, "words": words, "shade": shade, "id": f"{row}{column}", "hover": row}
        for row, column, words, shade in [("a", "x|y", "52%", 0.5), ("a", "z", "–", NONE),
                                          ("b", "x|y", "≤9%", 0.1), ("b", "z", "≥7", NONE)]
    ]  # fmt: skip
    return Heat(pd.DataFrame(cells), ("x|y", "z"))


def test_each_cell_prints_its_number() -> None:
    columns = spec(heat())["data"]
    assert [column["text"] for column in columns] == [["52%", "≤9%"], ["–", "≥7"]]
    assert [list(column["customdata"]) for column in columns] == [["ax|y", "bx|y"], ["az", "bz"]]


def point(line: str, year: int, value: float = NONE, state: str = "value", **given: Any) -> dict[str, Any]:
    usual = {
        "line": line,
        "year": year,
        "forecast": False,
        "revised": False,
        "breaks": False,
        "id": f"{line}{year}",
    }
    return mark(line, value=value, state=state, place=line) | usual | given


def line_panel(*points: dict[str, Any], **given: Any) -> LinePanel:
    usual = {"title": "Chile", "subtitle": "t", "unit": "t", "scale": "t"} | given
    return LinePanel(points=pd.DataFrame(list(points)), **usual)


def lines(*panels: LinePanel, **given: Any) -> LinePanels:
    return LinePanels(panels, 2020, 2024, **given)


GAPS = line_panel(
    point("CHL", 2020, 1.0), point("CHL", 2021, state="withheld"), point("CHL", 2022, 3.0, "estimate"),
    point("CHL", 2024, 4.0, forecast=True, revised=True),
)  # fmt: skip


def test_a_line_is_broken_where_there_is_no_number_and_where_nobody_prints_the_year() -> None:
    path, ring, marks = spec(lines(GAPS))["data"]
    assert path["x"] == [2020, 2021, 2022, 2023, 2024]
    assert [y is None for y in path["y"]] == [False, True, False, True, False]
    assert path["connectgaps"] is False
    assert marks["marker"]["symbol"] == ["circle", "circle-open-dot", "circle-open", "diamond-open"]
    assert marks["customdata"] == ["CHL2020", "CHL2021", "CHL2022", "CHL2024"]
    assert marks["y"][1] < 0 < marks["y"][0], "what is no number stands below zero"
    assert ring["x"] == [2024]


def test_the_number_at_the_end_of_a_line_says_its_year_where_it_is_not_the_last() -> None:
    two = line_panel(
        *(point("CHL", year, 5.0, words="5 t") for year in (2020, 2024)),
        *(point("PER", year, 1.0, words="1 t") for year in (2020, 2022)),
    )
    said = texts(lines(two)).replace("<br>", " ").replace("\xa0", " ")
    assert "CHL 5 t</b>" in said
    assert "PER 1 t in 2022" in said


def test_a_line_is_cut_before_a_year_that_is_counted_otherwise() -> None:
    cut = line_panel(point("CHL", 2020, 1.0), point("CHL", 2021, 2.0), point("CHL", 2022, 9.0, breaks=True))
    found = spec(lines(cut))
    path, marks = found["data"]
    assert [*zip(path["x"], path["y"], strict=True)] == [(2020, 1.0), (2021, 2.0), (2022, None), (2022, 9.0)]
    assert marks["x"] == [2020, 2021, 2022]
    assert [s["x0"] for s in found["layout"]["shapes"] if s["line"].get("dash") == "3px,3px"] == [2021.5]


def test_a_year_that_is_printed_twice_is_no_number() -> None:
    twice = line_panel(point("CHL", 2020, 1.0), point("CHL", 2021, 2.0), point("CHL", 2021, 9.0))
    path, marks = spec(lines(twice))["data"]
    assert path["y"] == [1.0, None]
    assert len(marks["x"]) == 3


def test_bounds_of_lines_stand_at_the_bound_and_are_not_joined() -> None:
    bounds = line_panel(
        point("CHL", 2020, 1.0), point("CHL", 2021, state="more than", lower=3.0),
        point("CHL", 2022, state="less than", lower=0.0, upper=2.0),
        point("CHL", 2023, state="range", lower=1.0, upper=4.0),
    )  # fmt: skip
    found = spec(lines(bounds))
    path, marks = found["data"]
    assert path["y"] == [1.0, None, None, None]
    assert marks["y"] == [1.0, 3.0, 2.0, 1.0]
    assert marks["marker"]["symbol"] == ["circle", "triangle-up", "triangle-down", "triangle-up"]
    assert [(s["y0"], s["y1"]) for s in found["layout"]["shapes"] if s["line"]["width"] == 3] == [(1.0, 4.0)]


def test_panels_that_count_the_same_have_one_axis_unless_they_are_apart() -> None:
    small, large = (line_panel(point("CHL", 2020, value)) for value in (1.0, 900.0))
    apart = line_panel(point("PER", 2020, 1.0), apart=True)
    layout = spec(lines(small, large, apart))["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"] != layout["yaxis3"]["range"]
    dashed = [shape for shape in layout["shapes"] if shape["line"].get("dash") == "4px,3px"]
    assert [shape["yref"] for shape in dashed] == ["y3"]


def test_a_logarithmic_axis_has_no_zero() -> None:
    panel = line_panel(point("CHL", 2020, 0.0, "zero"), point("CHL", 2021, 10.0), point("CHL", 2022, 1000.0))
    path, marks = spec(lines(panel, log=True))["data"]
    assert path["y"] == [None, 1.0, 3.0]
    assert marks["y"][0] < 1.0


def test_names_at_the_ends_of_lines_do_not_overlap() -> None:
    many = line_panel(*[point(f"A{n}", 2024, 1.0 + n / 100) for n in range(8)])
    found = spec(lines(many))["layout"]
    notes = [note for note in found["annotations"] if note.get("xshift") == 5]
    top, bottom = found["yaxis"]["domain"][1], found["yaxis"]["domain"][0]
    low, high = found["yaxis"]["range"]
    body = found["height"] - found["margin"]["t"] - found["margin"]["b"]
    pixels = sorted((note["y"] - low) / (high - low) * (top - bottom) * body for note in notes)
    assert len(notes) == 8
    assert min(b - a for a, b in pairwise(pixels)) >= 12


@pytest.mark.parametrize(
    ("label", "at_end", "in_head"),
    [
        ("Chile", "Chile 1 t", ""),
        ("Oxide of neodymium and praseodymium, 99% minimum", "1: 1 t", "1: Oxide of neodymium"),
        ("Neodymium-praseodymium", "1: 1 t", "1: Neodymium-praseodymium"),
    ],
)
def test_a_name_too_long_for_the_end_of_its_line_stands_in_the_head(
    label: str, at_end: str, in_head: str
) -> None:
    found = spec(lines(line_panel(point("CHL", 2024, 1.0, label=label, words="1 t"))))["layout"]
    (end,) = (note for note in found["annotations"] if note.get("xshift") == 5)
    assert (
        read_marked_up(end["text"].removeprefix("<b>").removesuffix("</b>")).replace("\u00a0", " ") == at_end
    )
    heads = [note["text"] for note in found["annotations"] if note["xref"] == "paper" and note["x"] == 0]
    assert in_head in heads[0]
    assert label in heads[0] or not in_head


def test_events_stand_on_the_axis_of_time_by_letter() -> None:
    events = (EventMark(2021.2, "One", "event:1"), EventMark(2023.4, "Two", "event:2"))
    drawing = lines(GAPS, events=events)
    assert "a: One" in texts(drawing)
    assert [s["x0"] for s in spec(drawing)["layout"]["shapes"] if s["line"]["color"] == VERMILION] == [
        2021.2,
        2023.4,
    ]


def world() -> Map:
    """China by its shade, Russia chosen and estimated, Nauru, which is a point, withheld."""
    lines = [
        mark("China", place="CHN", value=44.0, shade=1, words="44 t"),
        mark("Russia", place="RUS", value=3.8, shade=0, words="3.8 t e", state="estimate", emphasis=True),
        mark("Nauru", place="NRU", shade=-1, words="withheld", state="withheld"),
    ]
    return Map(pd.DataFrame(lines), ("under 10 t", "10 t and more"), "Reserves, tonnes", "no row")


DRAWINGS: list[Drawing] = [
    lines(GAPS, line_panel(point("PER", 2020, 1.0)), beside=True),
    Stack((panel(mark("a", value=1.0)),)),
    SideBySide(panel(mark("a", value=1.0)), panel(mark("a", value=2.0))),
    ranked(),
    strip(_2024=1.0, _2025=2.0),
    heat(),
    Timeline(()),
    PartOfWhole(claim(id="w", value=658e6), ()),
    world(),
]


def test_every_kind_of_drawing_can_be_drawn() -> None:
    assert {*SKETCHES, *ELASTIC} == set(get_args(Drawing)) == {type(drawing) for drawing in DRAWINGS}


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda one: type(one).__name__)
def test_every_mark_can_be_chosen_by_words(drawing: Drawing) -> None:
    """What a click gives stands in the list of marks, too, which the keyboard reaches."""
    clicked = {name for trace in spec(drawing)["data"] for name in trace.get("customdata", [])}
    listed = drawn_figures(drawing)
    assert {*listed} == {item.id for item in listed.values()} == clicked - {""}  # a country without a line
    assert all(item.words for item in listed.values())


@pytest.mark.parametrize(
    ("room", "width"), [(2000, 840), (898, 840), (839, 720), (518, 480), (479, 370), (100, 370)]
)
def test_a_chart_is_laid_out_no_wider_than_its_room(room: float, width: float) -> None:
    assert laid_width(room) == width


@pytest.mark.parametrize(
    ("width", "places"), [(840, [(0, 2), (1, 2), (0, 1)]), (370, [(0, 3), (0, 2), (0, 1)])]
)
def test_panels_stand_beside_each_other_where_there_is_room(
    width: float, places: list[tuple[int, int]]
) -> None:
    """By the order of their left ends and of their upper ends, counted from the foot."""
    panels = tuple(panel(mark("a", value=1.0)) for _ in range(3))
    layout = sketch(chart(Stack(panels, beside=True)), width).layout
    ends = [(layout[f"xaxis{n}"]["domain"][0], layout[f"yaxis{n}"]["domain"][1]) for n in ("", 2, 3)]
    lefts, tops = (sorted({end[side] for end in ends}) for side in (0, 1))
    assert [(lefts.index(left), tops.index(top) + 1) for left, top in ends] == places


def test_a_chart_is_drawn_once() -> None:
    one = chart(DRAWINGS[0])
    assert drawn_figure(one) is drawn_figure(one)


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda one: type(one).__name__)
def test_what_is_sent_is_what_plotly_would_send(drawing: Drawing) -> None:
    """Each property passes Plotly's own look; of its template there are the kinds of traces drawn."""
    one = chart(drawing)
    looked_at, sent = json.loads(figure(one).to_json()), json.loads(to_json(drawn_figure(one).to_dict()))
    whole, of_kinds = looked_at["layout"].pop("template"), sent["layout"].pop("template")
    assert sent == looked_at
    assert of_kinds["layout"] == whole["layout"]
    kinds = {trace.get("type", "scatter") for trace in sent["data"]}
    assert of_kinds.get("data", {}) == {kind: whole["data"][kind] for kind in kinds & set(whole["data"])}


# Nothing else draws -------------------------------------------------------------------------------------

PACKAGE = Path(dashboard.__file__).parent
OTHERS = {"line_chart", "bar_chart", "area_chart", "scatter_chart", "altair_chart", "vega_lite_chart",
          "pyplot", "graphviz_chart", "pydeck_chart"}  # fmt: skip


def methods_called(path: Path) -> set[str]:
    """The names under which a file calls something of an object: of `st.html`, "html"."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    return {name.attr for name in calls if isinstance(name, ast.Attribute)}


@pytest.mark.slow
def test_nothing_but_drawing_makes_figures_and_one_module_shows_them() -> None:
    """Plotly is imported here alone, see `tests.whole.test_layout`; pages have no charts of Streamlit's."""
    calls = {path.relative_to(PACKAGE).as_posix(): methods_called(path) for path in PACKAGE.rglob("*.py")}
    assert [name for name, found in calls.items() if "plotly_chart" in found] == ["ui/chart.py"]
    assert {name: found & OTHERS for name, found in calls.items() if found & OTHERS} == {}


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
