"""Charts on paper: text stays text and none is cut, every preset, every kind, whatever names there are."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from dashboard.boundaries.shapes import world
from dashboard.charts.chart import Chart, Drawing, Map, SideBySide, Stack
from dashboard.drawing.draw import sketch
from dashboard.drawing.frame import BLUE, GREY, SOFT_BLUE, VERMILION
from dashboard.drawing.letters import FONTS, fit, missing_letters, text_width
from dashboard.drawing.paper import PRINTED, PictureLook, chart_svg, picture_size
from dashboard.drawing.presets import PRESETS, preset_named
from dashboard.drawing.screen import figure
from dashboard.snapshot import Snapshot, Stamp
from dashboard.topics import TOPICS
from tests.dashboard.drawing.test_drawing import DRAWINGS, chart, line_panel, lines, mark, panel, point
from tests.long import LONG
from tests.sweep import choices

SVG = "{http://www.w3.org/2000/svg}"
STAMP = Stamp("abcdef0123456789", "f7fc9ad6")


def drawn(drawing: Drawing, preset: str = "chart", **given: Any) -> ElementTree.Element:
    return ElementTree.fromstring(
        chart_svg(chart(drawing), STAMP, preset_named(preset), PictureLook(**given))
    )


def words(tree: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in tree.iter(f"{SVG}text"))


def kinds() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: type(drawing).__name__)


# Letters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Myanmar (Burma)", 200, ["Myanmar (Burma)"]),
        ("Myanmar (Burma)", 60, ["Myanmar", "(Burma)"]),
        ("", 50, [""]),
        ("a\u00a0b c", 1, ["a", "\u00a0", "b", "c"]),
        ("of 0.897 %", 55, ["of", "0.897\u00a0%"]),
    ],
)
def test_lines_end_at_spaces_and_not_before_a_unit(text: str, width: float, lines: list[str]) -> None:
    assert fit(text, width, 12) == lines


def test_a_word_without_end_is_broken_and_nothing_is_lost() -> None:
    lines = fit("w" * 200, 100, 12)
    assert "".join(lines) == "w" * 200
    assert max(text_width(line, 12) for line in lines) <= 100


def test_bold_letters_are_wider() -> None:
    assert text_width("Reserves", 12, bold=True) > text_width("Reserves", 12) > 40


def test_the_font_has_latin_and_cyrillic_and_says_what_it_lacks() -> None:
    assert missing_letters("Запасы редкоземельных, Größe ≤ 5 % ○ – “x” Žďár Việt") == ""
    assert missing_letters("中国 Chile عربى") == "中国عربى"
    assert "SIL Open Font License" in (FONTS / "LICENSE.txt").read_text(encoding="utf-8")


# Pictures -----------------------------------------------------------------------------------------------


@kinds()
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_picture_is_xml_of_its_size_with_title_and_description(drawing: Drawing, preset: Any) -> None:
    picture = chart_svg(chart(drawing), STAMP, preset, told="finding: x")
    tree = ElementTree.fromstring(picture)
    assert tree.get("role") == "img"
    assert tree.findtext(f"{SVG}title") == "The finding – ½"
    assert (tree.findtext(f"{SVG}desc") or "").split("\n") == ["alt", "finding: x"]
    width, height = picture_size(picture)
    assert width == pytest.approx(preset.width, abs=0.01)
    assert preset.height is None or height == pytest.approx(preset.height, abs=0.6)
    assert {element.tag.removeprefix(SVG) for element in tree.iter()} <= {
        *("svg", "title", "desc", "defs", "pattern", "rect", "circle", "ellipse", "path", "polygon"),
        *("line", "text", "tspan"),
    }
    assert not re.search(r"href|@import|url\((?!#)", picture)


@kinds()
def test_a_picture_carries_title_subtitle_source_and_versions_on_white(drawing: Drawing) -> None:
    tree = drawn(drawing)
    said = words(tree)
    assert "The finding – ½" in said
    assert "Reserves, tonnes" in said
    assert "Source: s. Data version abcdef01, documents version f7fc9ad6." in said
    ground = tree.find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == "#ffffff"
    assert not [
        rect for rect in drawn(drawing, transparent=True).iter(f"{SVG}rect") if rect.get("width") == "100%"
    ]


def test_a_slide_that_has_its_own_title_needs_none_inside() -> None:
    assert "The finding" not in words(drawn(DRAWINGS[0], titled=False))
    assert "Reserves, tonnes" in words(drawn(DRAWINGS[0], titled=False))


KEPT = {"slide": 14.0, "half-slide": 14.0, "square": 11.8}
"""Points of the smallest letters of pictures that say what they leave out; 14 are read from the back."""


def least_points(tree: ElementTree.Element) -> float:
    """Points of the smallest letters where the picture has its size; there are 96 pixels in 72 points."""
    sizes = [float(text.attrib["font-size"]) for text in tree.iter() if "font-size" in text.attrib]
    return min(sizes) * 0.75 * float(tree.get("width", 0)) / float(tree.get("viewBox", "").split()[2])


@kinds()
@pytest.mark.parametrize("preset", KEPT)
def test_letters_on_a_slide_have_14_points_and_all_stand_on_it(drawing: Drawing, preset: str) -> None:
    tree = drawn(drawing, preset)
    assert least_points(tree) >= KEPT[preset] - 1e-9
    height = float(tree.get("viewBox", "").split()[3])
    assert max(float(text.get("y", 0)) for text in tree.iter(f"{SVG}text")) < height


@pytest.mark.parametrize("preset", KEPT)
def test_a_picture_has_the_size_that_is_asked_for(preset: str) -> None:
    """Panels of lines do not grow evenly."""
    points = [point("PER", year, float(year)) for year in range(2015, 2026)]
    two = lines(line_panel(*points), line_panel(*points), line_panel(*points))
    size = preset_named(preset)
    assert picture_size(chart_svg(chart(two), STAMP, size)) == pytest.approx((size.width, size.height), abs=1)


def test_every_picture_that_keeps_its_letters_is_tried() -> None:
    assert set(KEPT) == {preset.name for preset in PRESETS if preset.kept}


def test_a_single_bar_is_higher_where_there_is_room() -> None:
    few = Stack((panel(mark("Russia", value=3.8)),))
    usual, roomy = (max(bar_heights(drawn(few, preset))) for preset in ("page", "square"))
    assert roomy > 1.6 * usual


def bar_heights(tree: ElementTree.Element) -> Iterator[float]:
    """Pixels of each bar; the ground and the patterns are no bars."""
    rects = (rect for rect in tree if rect.tag == f"{SVG}rect" and rect.get("height") != "100%")
    return (float(rect.attrib["height"]) for rect in rects)


def test_a_slide_does_not_say_twice_what_a_map_shows() -> None:
    (one,) = (drawing for drawing in DRAWINGS if isinstance(drawing, Map))
    times = [words(drawn(one, preset)).count(one.heading) for preset in ("page", "slide")]
    assert times == [2, 1]


FIGURED = ("CHN", "RUS", "VNM", "IND", "USA", "BRA", "COD", "IDN")


@pytest.mark.parametrize("width", [350.0, 500.0, 680.0, 900.0])
def test_a_name_on_a_map_lies_over_no_other_place_with_a_figure(width: float) -> None:
    """No corner of the boundary of another place is below it."""
    rows = [mark(code, place=code, value=float(n), shade=0, words="3.8 Mt") for n, code in enumerate(FIGURED)]
    drawn = sketch(chart(Map(pd.DataFrame(rows), ("all",), "Reserves", "no row")), width)
    west, east = drawn.layout["xaxis"]["range"]
    scale = (width - 4 - 8) / (east - west)
    names = {note["text"].partition("<br>")[0]: note for note in drawn.layout["annotations"]}
    named = [code for code in FIGURED if code in names]
    assert len(named) >= 2
    for code in named:
        left, right, low, high = words_on_map(names[code], scale)
        for other in set(FIGURED) - {code}:
            ring = world().shapes[other].rings[0] * scale
            under = (ring > (left, low)) & (ring < (right, high))
            assert under.all(axis=1).sum() <= 2, f"{code} lies over {other}"


def words_on_map(note: dict[str, Any], scale: float) -> tuple[float, float, float, float]:
    """Left, right, lower and upper end of two lines of a name, in pixels."""
    wide = max(text_width(line, 12, True) for line in re.split(r"<[^>]+>", note["text"]))
    before = {"left": 0.0, "center": 0.5, "right": 1.0, "bottom": 0.0, "middle": 0.5, "top": 1.0}
    left = note["x"] * scale + note["xshift"] - before[note["xanchor"]] * wide
    low = note["y"] * scale + note["yshift"] - before[note["yanchor"]] * 31
    return left, left + wide, low, low + 31


def long_bars() -> Stack:
    return Stack((panel(*(mark(f"Place {number}", value=float(number)) for number in range(40))),))


def long_sides() -> SideBySide:
    (left,), (right,) = long_bars().panels, long_bars().panels
    return SideBySide(left, right)


@pytest.mark.parametrize("preset", KEPT)
@pytest.mark.parametrize("made", [long_bars, long_sides])
def test_a_slide_says_how_much_of_a_long_chart_it_draws(made: Callable[[], Drawing], preset: str) -> None:
    tree = drawn(made(), preset)
    said = words(tree)
    (told,) = re.findall(r"Drawn here: (\d+) of 40; the table has all\.", said)
    assert sum(f"Place {number} " in f"{said} " for number in range(40)) == int(told)
    assert least_points(tree) >= KEPT[preset] - 1e-9
    assert "Drawn here" not in words(drawn(made(), "page"))


def test_a_chosen_row_is_drawn_on_a_slide_wherever_it_stands() -> None:
    rows = [mark(f"Place {n}", value=float(40 - n), emphasis=n == 39) for n in range(40)]
    assert "Place 39" in words(drawn(Stack((panel(*rows),)), "slide"))


def run_width(run: ElementTree.Element) -> float:
    size, bold = float(run.get("font-size", 12)), run.get("font-weight") == "700"
    return text_width("".join(run.itertext()), size, bold)


def boxes(tree: ElementTree.Element) -> Iterator[tuple[str, float, float]]:
    """Each line of text and where it begins and ends, from left to right."""
    for text in tree.iter(f"{SVG}text"):
        runs = list(text.iter(f"{SVG}tspan")) or [text]
        width = sum(map(run_width, runs))
        part = {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor", "start"), 0.0)
        start = float(text.get("x", 0)) - part * width
        yield "".join(text.itertext()), start, start + width


OFFICE = "an office with a very long name that nobody could ever print in one line of a chart"
HOSTILE = [
    '"quoted, with commas", and \'more\'', "line\nbreak\r\nand\ttab", "<script>alert(1)</script><b>&amp;</b>",
    "=cmd|' /C calc'!A0", "\u202eعربى مثال\u202c", "w" * 200, "中国",
    "nul \x00 and bell \x07", "]]>", "%s {0} $x$",
]  # fmt: skip


def hostile() -> Stack:
    rows = [
        mark(name, value=float(number), words=f"{number} {name}", below=name)
        for number, name in enumerate(HOSTILE)
    ]
    return Stack((panel(*rows), panel(*(row | {"emphasis": True} for row in rows), family="statement")))


@pytest.mark.slow
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
@pytest.mark.parametrize(
    "drawing",
    [
        *(lambda drawing=drawing: drawing for drawing in DRAWINGS),
        hostile,
        lambda: SideBySide(*hostile().panels),
        lambda: Stack(
            (
                panel(
                    mark(OFFICE, value=9.0, words=OFFICE), mark("Myanmar (Burma)", value=1.0, words="9.3 Mt")
                ),
            )
        ),
    ],
)
def test_no_words_are_cut(drawing: Any, preset: Any) -> None:
    tree = drawn(drawing(), preset.name)
    width = float(tree.get("viewBox", "").split()[2])
    cut = [(text, start, end) for text, start, end in boxes(tree) if start < -0.5 or end > width + 0.5]
    assert cut == []


def test_hostile_names_are_shown_as_they_are() -> None:
    said = re.sub(r"\s+", "", words(drawn(hostile())))
    for name in HOSTILE:
        shown = re.sub(r"\s+", "", name.replace("\x00", "□").replace("\x07", "□"))
        assert shown in said


def test_letters_that_the_font_lacks_are_said() -> None:
    assert "The font of this picture lacks" in words(drawn(hostile()))
    assert "The font of this picture lacks" not in words(drawn(DRAWINGS[0]))


# One layout for both ------------------------------------------------------------------------------------


def test_lines_of_a_picture_that_leaves_keep_their_width_in_other_fonts() -> None:
    tree = drawn(hostile(), held=True)
    texts = list(tree.iter(f"{SVG}text"))
    for text, (_, start, end) in zip(texts, boxes(tree), strict=True):
        assert float(text.get("textLength", 0)) == pytest.approx(end - start, abs=0.01)
    assert not [text for text in drawn(hostile()).iter(f"{SVG}text") if text.get("textLength")]


@kinds()
def test_page_and_paper_are_one_sketch(drawing: Drawing) -> None:
    """What Plotly gets is the sketch; every mark of it is in the picture, every word too."""
    one = chart(drawing)
    drawing_of_page, again = figure(one), sketch(one)
    assert [trace.type for trace in drawing_of_page.data] == [trace["type"] for trace in again.data]
    tree = ElementTree.fromstring(chart_svg(one, STAMP))
    said = words(tree).replace("\u00a0", " ")
    for note in sketch(one, 920.0).layout.get("annotations", []):
        for piece in re.split(r"<[^>]+>", note["text"]):
            assert piece.replace("\u00a0", " ").strip() in said


def test_bars_are_as_long_as_their_numbers() -> None:
    tree = drawn(
        Stack((panel(mark("a", value=10.0), mark("b", value=2.5), mark("c", value=0.0, state="zero")),))
    )
    bars = [
        float(rect.get("width", 0)) for rect in tree.iter(f"{SVG}rect") if rect.get("stroke-width") == "1"
    ]
    assert len(bars) == 2
    assert bars[1] / bars[0] == pytest.approx(0.25, abs=0.001)


def test_what_is_not_there_is_dashed_and_hatched_statements_differ_from_statistics() -> None:
    tree = drawn(
        Stack(
            (
                panel(mark("a", value=1.0), family="statement"),
                panel(mark("b", state="withheld"), mark("c", value=1.0)),
            )
        )
    )
    fills = {rect.get("fill") for rect in tree.iter(f"{SVG}rect")}
    assert any(fill and fill.startswith("url(#hatched") for fill in fills)
    assert [rect for rect in tree.iter(f"{SVG}rect") if rect.get("stroke-dasharray") == "1 2"]


def test_printed_colours_differ_in_grey() -> None:
    """Strong, soft and context are apart by lightness; words are dark enough to read."""
    light = {name: _luminance(PRINTED[name]) for name in (BLUE, SOFT_BLUE, GREY, VERMILION)}
    assert light[SOFT_BLUE] > 2.5 * light[BLUE]
    assert 1.05 / (light[GREY] + 0.05) >= 4.5
    assert 1.05 / (light[VERMILION] + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_chart_without_rows_is_a_picture_too() -> None:
    empty = Chart(
        title="t",
        subtitle="s",
        source="Source: x.",
        alt="a",
        drawing=Stack(()),
        table=pd.DataFrame(),
        name="n",
    )
    assert math.isfinite(picture_size(chart_svg(empty, STAMP))[1])


EVERY = 150
"""One choice in so many of a topic, or the first few of a small one, is drawn."""


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.NAME)
def test_no_words_are_cut_of_what_topics_show(topic: Any, data: Snapshot) -> None:
    for asked in islice(choices(topic, data, step=EVERY), 6 if LONG else 3):
        shown = topic.view(asked, data).chart
        for preset in ("column", "slide") if shown else ():
            tree = ElementTree.fromstring(chart_svg(shown, data.stamp, preset_named(preset)))
            width = float(tree.get("viewBox", "").split()[2])
            cut = [text for text, start, end in boxes(tree) if start < -0.5 or end > width + 0.5]
            assert cut == [], (preset, asked)
            assert preset != "slide" or least_points(tree) >= 14, asked
