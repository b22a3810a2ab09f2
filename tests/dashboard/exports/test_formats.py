"""Every format, opened by a reader that is not ours: numbers and texts are those of the table."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any, cast
from xml.etree import ElementTree

import docx
import openpyxl
import pandas as pd
import pptx
import pypdf
import pytest
from lxml import html
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.charts.chart import Chart, Stack
from dashboard.charts.view import View
from dashboard.drawing.presets import PRESETS
from dashboard.exports import EXPORTS, csv, pdf, png, svg, xlsx
from dashboard.exports import json as json_export
from dashboard.exports.about import about_file
from dashboard.exports.choices import Choices
from dashboard.snapshot import Snapshot, Stamp
from dashboard.topics import TOPICS
from dashboard.topics.parameters import answer, settle_asked
from tests.dashboard.drawing.test_drawing import DRAWINGS, mark, panel
from tests.dashboard.drawing.test_paper import HOSTILE, hostile
from tests.long import some

STAMP = Stamp("abcdef0123456789", "f7fc9ad6")
ON = Choices(made="2026-03-31")


def view(drawing: Any, table: pd.DataFrame | None = None) -> View:
    chart = Chart(
        title="The finding – ½ “of” <b>", subtitle="Reserves, in tonnes", source="Source: the office.",
        alt="In words.", drawing=drawing, table=TABLE if table is None else table, name="name",
    )  # fmt: skip
    return View("key", chart, notes=("A note.",), command="minerals export explore --mineral lithium")


TABLE = pd.DataFrame(
    {
        "figure": [*HOSTILE, "none"],
        "value": [*(float(n) for n in range(len(HOSTILE))), float("nan")],
        "unit": "t",
        "tied": [*(n % 2 == 0 for n in range(len(HOSTILE))), False],
        "row": range(len(HOSTILE) + 1),
        "printed": ["+1,000", "-", "", "@x", *(["3"] * (len(HOSTILE) - 3))],
        "citation": "The office (2026). Tables.",
        "licence": "CC0",
        "correction": ["", "A unit error.", *([""] * (len(HOSTILE) - 1))],
    }
)
SAID = [
    "The finding – ½ “of” <b>", "Reserves, in tonnes", "Source: the office.", "In words.", "A note.",
    "The office (2026). Tables.", "CC0", "A unit error.", "abcdef0123456789", "31 March 2026",
    "Critical Minerals Explorer 0.1.0", "minerals export explore --mineral lithium --about -o name.",
]  # fmt: skip


def said_in_pdf(content: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(content))
    text = " ".join(page.extract_text() for page in reader.pages)
    return f"{text} {reader.metadata.subject if reader.metadata else ''}"


def said_in_xlsx(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell) for row in book["about"].iter_rows(values_only=True) for cell in row)


def said_in_png(content: bytes) -> str:
    image = Image.open(io.BytesIO(content))
    image.load()
    return "\n".join(cast(Any, image).text.values())


def said_in_docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    alts = [str(shape._inline.docPr.get("descr")) for shape in document.inline_shapes]
    return "\n".join([*(line.text for line in document.paragraphs), *cells, *alts])


def said_in_pptx(content: bytes) -> str:
    said = []
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        said += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        said.append(cast(Any, slide.notes_slide.notes_text_frame).text)
    return "\n".join(said)


def part_of_zip(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.read(name)


READ_AS_TEXT: dict[str, Callable[[bytes], str]] = {
    "png": said_in_png,
    "svg": lambda content: "".join(ElementTree.fromstring(content).itertext()),
    "pdf": said_in_pdf,
    "xlsx": said_in_xlsx,
    "docx": said_in_docx,
    "pptx": said_in_pptx,
    "html": lambda content: html.document_fromstring(content.decode()).text_content(),
    "bundle": lambda content: part_of_zip(content, "README.txt").decode(),
    "csv": lambda content: content.decode("utf-8-sig"),
    "json": lambda content: "\n".join(map(str, json.loads(content)["about"].values())),
}


@pytest.mark.parametrize("kind", EXPORTS, ids=lambda kind: kind.NAME)
def test_every_file_says_what_it_is_of(kind: Any) -> None:
    content = kind.export(view(DRAWINGS[0]), STAMP, replace(ON, about=True))
    said = " ".join(READ_AS_TEXT[kind.NAME](content).split()).replace("\u00a0", " ")
    assert [text for text in SAID if text not in said] == []


@pytest.mark.parametrize("kind", EXPORTS, ids=lambda kind: kind.NAME)
def test_the_same_bytes_on_the_same_day(kind: Any) -> None:
    one = view(DRAWINGS[0])
    assert kind.export(one, STAMP, ON) == kind.export(one, STAMP, ON)


@pytest.mark.parametrize("kind", EXPORTS, ids=lambda kind: kind.NAME)
def test_a_view_without_a_chart_makes_no_file(kind: Any) -> None:
    assert kind.export(View("key", None, "Nothing."), STAMP, ON) == b""


@pytest.mark.slow
@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: type(drawing).__name__)
@pytest.mark.parametrize("kind", EXPORTS, ids=lambda kind: kind.NAME)
def test_every_kind_of_chart_leaves_in_every_format(kind: Any, drawing: Any) -> None:
    assert READ_AS_TEXT[kind.NAME](kind.export(view(drawing), STAMP, ON)) is not None


# Pictures -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_png_has_the_pixels_of_its_preset(preset: Any, scale: int) -> None:
    content = png.export(view(DRAWINGS[0]), STAMP, Choices(preset=preset.name, scale=scale))
    width, height = Image.open(io.BytesIO(content)).size
    assert abs(width - preset.width * scale) <= 2
    assert preset.height is None or abs(height - preset.height * scale) <= 2


@pytest.mark.parametrize(("clear", "alpha"), [(True, 0), (False, 255)])
def test_the_ground_is_white_or_clear(clear: bool, alpha: int) -> None:
    content = png.export(view(DRAWINGS[0]), STAMP, Choices(transparent=clear))
    assert Image.open(io.BytesIO(content)).convert("RGBA").getpixel((3, 3)) == (255 * (not clear),) * 3 + (
        alpha,
    )


@pytest.mark.slow
def test_hostile_names_are_drawn() -> None:
    image = Image.open(io.BytesIO(png.export(view(hostile()), STAMP, ON)))
    assert image.size[0] == 1920
    assert len(image.convert("L").getcolors(256) or []) > 20


def test_the_pdf_is_tagged_and_has_a_language_a_title_and_an_alternative_text() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf.export(view(hostile()), STAMP, ON)))
    root = cast(Any, reader.trailer["/Root"])
    assert str(root["/Lang"]).startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "The finding – ½ “of” <b>"
    tags = list(walked(root["/StructTreeRoot"]))
    assert "In words." in [str(tag.get("/Alt")) for tag in tags]
    assert {"/H1", "/H2", "/Figure", "/Table", "/TH", "/TD"} <= {tag.get("/S") for tag in tags}
    identified = reader.xmp_metadata
    assert identified is not None
    written = identified.stream.get_data().decode()
    assert "pdfuaid:part" in written
    assert "pdfaid:part" in written


def walked(tag: Any) -> Any:
    """A tag of a PDF and all below it."""
    tag = tag.get_object() if hasattr(tag, "get_object") else tag
    if isinstance(tag, dict):
        yield tag
        below = tag.get("/K", [])
        for item in below if isinstance(below, list) else [below]:
            yield from walked(item)


@pytest.mark.parametrize(("sheet", "width"), [("a4", 595), ("us-letter", 612)])
def test_the_pdf_is_of_the_paper_that_is_asked_for(sheet: Any, width: int) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf.export(view(DRAWINGS[0]), STAMP, replace(ON, sheet=sheet))))
    assert round(float(reader.pages[0].mediabox.width)) == width


# Figures ------------------------------------------------------------------------------------------------


def test_a_workbook_keeps_numbers_and_texts_apart_and_has_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.export(view(hostile()), STAMP, ON)))
    sheet = book["figures"]
    head, *rows = sheet.iter_rows()
    assert {cell.data_type for row in book["table"].iter_rows() for cell in row} <= {"n", "s"}
    assert [cell.value for cell in head][:3] == ["figure", "value (t)", "unit"]
    assert sheet.freeze_panes == "B2"
    assert [row[1].value for row in rows] == [*range(len(HOSTILE)), None]
    assert {cell.data_type for row in rows for cell in row} <= {"n", "s", "b"}
    texts = [str(row[0].value) for row in rows]
    expected = [name.replace("\x00", "\ufffd").replace("\x07", "\ufffd") for name in HOSTILE]
    assert [" ".join(text.split()) for text in texts[:-1]] == [" ".join(text.split()) for text in expected]


def test_a_workbook_has_a_native_chart_for_each_panel() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.export(view(hostile()), STAMP, ON)))
    assert book.sheetnames == ["table", "figures", "about", "chart data", "chart data 2"]
    assert book.active == book["table"]
    assert len(cast(Any, book["table"])._charts) == 2
    marks = [mark("India", state="not available", words="○ not available"), mark("Chile", value=9.0)]
    book = openpyxl.load_workbook(io.BytesIO(xlsx.export(view(Stack((panel(*marks),))), STAMP, ON)))
    rows = list(book["chart data"].iter_rows(values_only=True))
    assert rows[1][:2] == ("India: ○ not available", None)
    assert rows[2][:2] == ("Chile", 9)


def charts_of(content: bytes) -> list[Any]:
    (slide, *_) = pptx.Presentation(io.BytesIO(content)).slides
    return [cast(Any, shape).chart for shape in slide.shapes if shape.has_chart]


def export_of(name: str) -> Any:
    return next(kind for kind in EXPORTS if name == kind.NAME)


def test_slides_have_native_charts_with_the_numbers_and_the_words_of_the_panels() -> None:
    marks = [mark("Chile", value=9.0, words="9 t"), mark("India", state="withheld", words="○ withheld")]
    stated = panel(mark("stated", value=28.5e6, words="28.5 Mt"), family="statement")
    content = export_of("pptx").export(view(Stack((panel(*marks), stated))), STAMP, ON)
    first, second = charts_of(content)
    assert list(first.plots[0].categories) == ["Chile", "India: ○ withheld"]
    assert list(first.plots[0].series[0].values) == [9.0, None]
    assert first.plots[0].series[0].points[0].data_label.text_frame.text == "9 t"
    assert list(second.plots[0].series[0].values) == [28.5e6]
    assert second.plots[0].series[0].format.fill.pattern is not None
    deck = pptx.Presentation(io.BytesIO(content))
    assert cast(Any, deck.slides[0].shapes.title).text_frame.text == "The finding – ½ “of” <b>"
    alts = [shape._element.xpath(".//p:cNvPr/@descr") for shape in deck.slides[0].shapes]
    assert alts.count(["In words."]) == 2


def test_what_slides_have_no_chart_for_is_a_picture_and_a_table() -> None:
    deck = pptx.Presentation(io.BytesIO(export_of("pptx").export(view(DRAWINGS[4]), STAMP, ON)))
    first, *others = deck.slides
    assert [shape for shape in first.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    tables = [cast(Any, shape).table for slide in others for shape in slide.shapes if shape.has_table]
    assert tables[0].cell(0, 0).text == "figure"
    rows = sum(len(table.rows) - 1 for table in tables)
    assert rows == len(TABLE)


@pytest.mark.slow
def test_a_word_file_has_a_table_with_a_row_of_heads() -> None:
    document = docx.Document(io.BytesIO(export_of("docx").export(view(hostile()), STAMP, ON)))
    (table,) = document.tables
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert len(table.rows) == len(TABLE) + 1
    shown = " ".join(table.cell(1, 0).text.split())
    assert shown == " ".join(HOSTILE[0].split())


def test_a_web_page_fetches_nothing_and_runs_only_what_is_in_it() -> None:
    content = export_of("html").export(view(hostile()), STAMP, ON).decode()
    page = html.document_fromstring(content)
    assert page.xpath("//link | //iframe | //img | //*[@onload or @onclick or @href or @src]") == []
    data, library, drawing = page.xpath("//script")
    assert data.get("type") == "application/json"
    assert "<" not in data.text
    assert json.loads(data.text)["data"]
    assert "Plotly.newPlot" in drawing.text
    assert [len(body) for body in page.xpath("//tbody")] == [len(TABLE)] * 2  # for a reader, and whole
    assert "default-src 'none'" in content
    assert page.xpath("//*[@id='picture']")  # where scripts do not run
    assert library.text == export_of("html").LIBRARY.read_text(encoding="utf-8")


def test_the_library_in_a_web_page_is_of_the_version_that_figures_are_made_for() -> None:
    bundled = files("plotly").joinpath("package_data/plotly.min.js").read_text(encoding="utf-8")[:200]
    own = export_of("html").LIBRARY.read_text(encoding="utf-8")[:200]
    versions = [re.search(r"v([\d.]+)", text) for text in (bundled, own)]
    assert versions[0]
    assert versions[1]
    assert versions[0][1] == versions[1][1]
    assert "</script" not in export_of("html").LIBRARY.read_text(encoding="utf-8").lower()


def test_json_has_what_it_is_about_and_its_figures() -> None:
    found = json.loads(json_export.export(view(DRAWINGS[0]), STAMP, ON))
    assert list(found) == ["about", "figures"]
    assert [line["figure"] for line in found["figures"]] == [*HOSTILE, "none"]
    assert found["figures"][-1]["value"] is None
    assert found["figures"][2]["tied"] is True


def test_a_csv_has_lines_about_it_only_where_they_are_asked_for() -> None:
    plain = csv.export(view(DRAWINGS[0]), STAMP, ON).decode("utf-8-sig")
    assert plain.startswith('"figure","value"')
    told = csv.export(view(DRAWINGS[0]), STAMP, replace(ON, about=True)).decode("utf-8-sig")
    lines = told.splitlines()
    heads = [line for line in lines if line.startswith("# ")]
    assert lines[: len(heads)] == heads
    assert told.endswith(plain)


def test_what_there_is_nothing_to_say_of_is_left_out() -> None:
    bare = View("key", replace(cast(Chart, view(DRAWINGS[0]).chart), table=pd.DataFrame({"value": [1.0]})))
    labels = [fact.label for fact in about_file(bare, cast(Chart, bare.chart), Stamp("a"), ON, ".svg")]
    assert "made again by" not in labels
    assert "citation" not in labels
    assert "documents version" not in labels


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.NAME)
def test_a_bundle_has_the_figures_and_the_sources_that_they_rest_on(topic: Any, data: Snapshot) -> None:
    asked, _ = settle_asked(topic.PARAMETERS, {}, data)
    shown = answer(topic, asked, data)
    if shown.chart is None:
        return
    content = export_of("bundle").export(shown, data.stamp, ON)
    described = json.loads(part_of_zip(content, "datapackage.json"))
    (resource,) = described["resources"]
    table = pd.read_csv(io.BytesIO(part_of_zip(content, "figures.csv")), dtype=str, keep_default_na=False)
    assert [field["name"] for field in resource["schema"]["fields"]] == list(table.columns)
    assert len(table) == len(shown.chart.table)
    for field in resource["schema"]["fields"]:
        if field["type"] in ("number", "integer"):
            read = {"number": float, "integer": int}[field["type"]]
            expected = [value for value in shown.chart.table[field["name"]].tolist() if not pd.isna(value)]
            assert [read(text) for text in table[field["name"]] if text] == expected
    cited = [item["id"] for item in json.loads(part_of_zip(content, "citations.json"))]
    assert cited == [source.id for source in shown.sources]
    assert part_of_zip(content, "citations.bib").decode().count("@misc{") == len(cited)
    assert part_of_zip(content, "citations.ris").decode().count("TY  - ") == len(cited)
    in_table = set(shown.chart.table["citation"]) if "citation" in shown.chart.table else set()
    assert in_table <= {source["title"] for source in described["sources"]}
    assert cited


# What topics show ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.NAME)
def test_numbers_of_every_file_are_those_of_the_table(topic: Any, data: Snapshot) -> None:
    asked, _ = settle_asked(topic.PARAMETERS, {}, data)
    shown = answer(topic, asked, data)
    if shown.chart is None:
        return
    table = shown.chart.table
    for kind in some(EXPORTS, 3, start=TOPICS.index(topic) % 3):
        assert READ_AS_TEXT[kind.NAME](kind.export(shown, data.stamp, ON))
    lines = json.loads(json_export.export(shown, data.stamp, ON))["figures"]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.export(shown, data.stamp, ON)))["figures"]
    cells = list(sheet.iter_rows(min_row=2, values_only=True))
    for place, name in enumerate(table.columns):
        expected = [None if pd.isna(value) else value for value in table[name].tolist()]
        assert [line[name] for line in lines] == expected
        found = [row[place] for row in cells]
        assert [same_cell(*pair) for pair in zip(found, expected, strict=True)] == [True] * len(expected)


def same_cell(found: Any, expected: Any) -> bool:
    """A cell of a workbook keeps 16 digits of a number; a text that is empty is no cell."""
    if isinstance(expected, float):
        return bool(found == pytest.approx(expected, rel=1e-15))
    return (found or None) == (expected or None)


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.NAME)
def test_the_command_in_a_file_asks_for_the_same_again(topic: Any, data: Snapshot) -> None:
    asked, _ = settle_asked(topic.PARAMETERS, {}, data)
    words = answer(topic, asked, data).command.split()
    assert words[:3] == ["minerals", "export", topic.NAME]
    given = dict(zip((word.removeprefix("--") for word in words[3::2]), words[4::2], strict=True))
    again, missed = settle_asked(topic.PARAMETERS, given, data)
    assert (again, missed) == (asked, [])


def test_svg_is_the_picture_of_the_page_of_paper() -> None:
    content = svg.export(view(DRAWINGS[0]), STAMP, Choices(preset="square", titled=False)).decode()
    assert 'width="1080.00" height="1080.00"' in content


def test_the_day_of_making_is_in_sight_in_a_picture_and_on_a_slide() -> None:
    foot = f"Source: the office. Made on 31 March 2026. {STAMP.words}"
    picture = svg.export(view(DRAWINGS[0]), STAMP, ON)
    assert foot in " ".join(ElementTree.fromstring(picture).itertext())
    deck = pptx.Presentation(io.BytesIO(export_of("pptx").export(view(DRAWINGS[0]), STAMP, ON)))
    assert foot in [shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame]
