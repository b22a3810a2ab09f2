"""A briefing, a deck and an archive, opened by readers that are not ours."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import docx
import frictionless
import pandas as pd
import pptx
import pypdf
import pytest
from PIL import Image
from pypdf.generic import Destination

from dashboard.briefs.contents import ToldBrief, tell
from dashboard.exports.briefs import BRIEF_EXPORTS
from dashboard.exports.briefs.contents import cited_lines
from dashboard.exports.choices import Choices
from dashboard.exports.glossary import terms_used
from loaders.intake.sorting import documents_in, read_files
from loaders.store import Brief, read_edition
from tests.dashboard.briefs.making import ASKED, GONE, NAMES, item, told
from tests.dashboard.exports.test_formats import walked
from tests.figures import bundled_data

pytestmark = pytest.mark.slow

ON = Choices(made="2026-03-31")
KINDS = {kind.NAME: kind for kind in BRIEF_EXPORTS}


@cache
def made(kind: str, choices: Choices = ON) -> bytes:
    """The brief of the tests as a file."""
    return KINDS[kind].export(told(), bundled_data().stamp, choices)


def parts_of_zip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def said_in_pdf(content: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def said_in_docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    return " ".join(str(text.text) for text in document.element.body.iter("{*}t"))


def said_in_pptx(content: bytes) -> str:
    said = []
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        said += [text.text or "" for text in cast(Any, slide)._element.iter("{*}t")]
        said.append(cast(Any, slide.notes_slide.notes_text_frame).text)
    return " ".join(said)


SAID = {
    "pdf": said_in_pdf,
    "docx": said_in_docx,
    "pptx": said_in_pptx,
    "zip": lambda content: (
        said_in_pdf(parts_of_zip(content)["briefing.pdf"]) + parts_of_zip(content)["README.txt"].decode()
    ),
}


def words(text: str) -> str:
    """A text without its spaces: files break lines where they like."""
    return "".join(text.replace("\u00a0", " ").split())


# What all of them say ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_says_its_findings_sources_versions_and_how_it_is_made_again(kind: str) -> None:
    said = words(SAID[kind](made(kind)))
    brief, data = told(), bundled_data()
    expected = [
        brief.name,
        *(one.chart.title for one in brief.drawn),
        *(one.chart.subtitle for one in brief.drawn if kind != "zip"),
        "A title of my own",
        "The first thought.",
        *(line.citation for line in cited_lines(brief) if len(line.citation) < 200),
        GONE.finding,
        "There is no edition “usgs-mcs.1999” now",
        data.stamp.data,
        data.stamp.documents,
        "31 March 2026",
        "minerals brief 'Rare earths: what is said' -o rare-earths",
        "minerals export claims --claim russia-rare-earths-rank",
    ]
    assert [text for text in expected if words(text) not in said] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_bytes_from_the_same_state(kind: str) -> None:
    assert KINDS[kind].export(told(), bundled_data().stamp, ON) == made(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_brief_without_a_chart_makes_no_file(kind: str) -> None:
    empty = tell("x", Brief(name="x").adding(GONE), bundled_data())
    assert KINDS[kind].export(empty, bundled_data().stamp, ON) == b""


@cache
def hostile() -> ToldBrief:
    """A chart for each name, which is its title and its comment; the brief bears all of them."""
    data = bundled_data()
    brief = Brief(name=" ".join(name for name in NAMES if len(name) < 40))
    for key, name in enumerate(NAMES, 1):
        brief = brief.adding(item(*ASKED[0], data)).wording(key, name, name)
    return tell("hostile", brief, data)


@pytest.mark.parametrize("kind", ["pdf", "docx", "pptx"])
def test_names_survive_harmlessly(kind: str) -> None:
    content = KINDS[kind].export(hostile(), bundled_data().stamp, replace(ON, table=False))
    said = words(SAID[kind](content)).replace("□", "").replace("\ufffd", "")
    plain = [words(name).replace("\x07", "") for name in NAMES if name.replace("\x07", "").isascii()]
    assert [name for name in plain if name[:60] not in said] == []
    assert kind == "pdf" or "שלום" in said


# PDF ---------------------------------------------------------------------------------------------------


def outline(reader: pypdf.PdfReader) -> Iterator[str]:
    for entry in reader.outline:
        for one in entry if isinstance(entry, list) else [entry]:
            yield str(cast(Destination, one).title)


def test_the_briefing_has_bookmarks_page_numbers_tags_and_alternative_texts() -> None:
    reader = pypdf.PdfReader(io.BytesIO(made("pdf")))
    brief = told()
    root = cast(Any, reader.trailer["/Root"])
    assert str(root["/Lang"]).startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == brief.name
    titles = [
        "Summary of findings", "Contents",
        *(f"Chart {one.number} {one.part.title}" for one in brief.drawn),
        "Sources", "Terms used", "Not in this briefing", "About this briefing",
    ]  # fmt: skip
    assert [title for title in outline(reader) if title in titles] == titles
    tags = list(walked(root["/StructTreeRoot"]))
    alts = {str(tag.get("/Alt")) for tag in tags}
    assert {one.chart.alt for one in brief.drawn} <= alts
    assert {"/H1", "/H2", "/Figure", "/Table", "/TH", "/TD", "/TOC", "/Link"} <= {
        tag.get("/S") for tag in tags
    }
    total = len(reader.pages)
    assert f"2 / {total}" in reader.pages[1].extract_text()
    assert f"1 / {total}" not in reader.pages[0].extract_text()


def test_each_chart_starts_a_page_and_the_contents_name_it() -> None:
    reader = pypdf.PdfReader(io.BytesIO(made("pdf")))
    pages = [page.extract_text() for page in reader.pages]
    contents = "".join(text for text in pages[1:3])
    for one in told().drawn:
        number = next(
            n for n, text in enumerate(pages, 1) if text.split("\n")[1].startswith(f"Chart {one.number}")
        )
        assert str(number) in contents


@pytest.mark.parametrize(("sheet", "width"), [("a4", 595), ("us-letter", 612)])
def test_the_briefing_is_of_the_paper_that_is_asked_for(sheet: Any, width: int) -> None:
    choices = replace(ON, sheet=sheet, table=False)
    pdf = pypdf.PdfReader(io.BytesIO(made("pdf", choices)))
    assert {round(float(page.mediabox.width)) for page in pdf.pages} == {width}
    word = docx.Document(io.BytesIO(made("docx", choices)))
    assert round(cast(Any, word.sections[0].page_width).pt) == width


# Word --------------------------------------------------------------------------------------------------


def test_the_word_briefing_has_headings_pictures_with_texts_tables_and_links_that_lead_somewhere() -> None:
    document = docx.Document(io.BytesIO(made("docx")))
    headings = [line.text for line in document.paragraphs if cast(Any, line.style).name == "Heading 1"]
    charts = [f"Chart {one.number}. {one.part.title}" for one in told().drawn]
    assert headings == [
        "Summary of findings", "Contents", *charts,
        "Sources", "Terms used", "Not in this briefing", "About this briefing",
    ]  # fmt: skip
    alts = [str(shape._inline.docPr.get("descr")) for shape in document.inline_shapes]
    assert alts == [one.chart.alt for one in told().drawn]
    body = document.element.body
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    anchors = {link.get(f"{word}anchor") for link in body.iter(f"{word}hyperlink")}
    marks = {mark.get(f"{word}name") for mark in body.iter(f"{word}bookmarkStart")}
    assert anchors <= marks
    codes = [code.text for code in body.iter(f"{word}instrText")]
    assert codes == [f"PAGEREF {link.get(f'{word}anchor')} \\h" for link in body.iter(f"{word}hyperlink")]
    begun = [mark for mark in body.iter(f"{word}fldChar") if mark.get(f"{word}fldCharType") == "begin"]
    assert {mark.get(f"{word}dirty") for mark in begun} == {"true"}
    assert all(table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader") for table in document.tables)
    assert document.core_properties.language == "en-GB"
    foot = document.sections[0].footer.paragraphs[0]._p.xpath(".//w:instrText")
    assert [code.text for code in foot] == ["PAGE", "NUMPAGES"]


# Slides ------------------------------------------------------------------------------------------------


def test_a_release_that_was_read_as_two_datasets_is_cited_with_the_name_of_each() -> None:
    asked = [
        ("explore", {"mineral": "gold", "edition": "usgs-mcs.2026"}),
        ("prices", {"mineral": "gold"}),
    ]
    found = Brief(name="Gold")
    for topic, choice in asked:
        found = found.adding(item(topic, choice, bundled_data()))
    lines = [line.citation for line in cited_lines(tell("gold", found, bundled_data()))]
    twice = [line for line in lines if "https://doi.org/10.5066/P1WKQ63T" in line]
    names = ("(Mineral Commodity Summaries)", "(Mineral Commodity Summaries: the United States)")
    assert [line.partition("P1WKQ63T. ")[2] for line in twice] == [*names]
    assert [line for line in lines if line not in twice and "(Mineral" in line] == []


def test_the_deck_is_a_title_a_slide_for_each_chart_and_its_sources() -> None:
    deck = pptx.Presentation(io.BytesIO(made("pptx")))
    slides = list(deck.slides)
    titles = [cast(Any, slide.shapes.title).text_frame.text for slide in slides]
    charts = [one.part.title for one in told().drawn]
    once = list(dict.fromkeys(titles))  # many events are several slides of one title
    assert once[: len(charts) + 2] == [told().name, *charts, "Sources"]
    assert titles[-1] == "Not in this briefing"
    native = [sum(shape.has_chart for shape in slide.shapes) for slide in slides[1:6]]
    assert native == [1, 1, 0, 2, 0]  # the rows of the first one are on two slides
    notes = cast(Any, slides[3].notes_slide.notes_text_frame).text
    assert notes.startswith("The first thought.")
    assert "citation: " in notes
    assert len({part.partname for part in deck.part.package.iter_parts()}) == len(
        list(deck.part.package.iter_parts())
    )


def test_no_name_stands_twice_in_a_file_of_an_office() -> None:
    for kind in ("pptx", "docx"):
        with zipfile.ZipFile(io.BytesIO(made(kind))) as archive:
            names = archive.namelist()
        assert len(set(names)) == len(names)


# The archive -------------------------------------------------------------------------------------------


def test_the_archive_has_each_chart_in_four_forms_and_the_briefing() -> None:
    parts = parts_of_zip(made("zip"))
    named = [f"{one.number:02}-" for one in told().drawn]
    for folder, suffix in (("charts", ".png"), ("charts", ".svg"), ("data", ".csv"), ("data", ".json")):
        found = [name for name in parts if name.startswith(f"{folder}/") and name.endswith(suffix)]
        assert [name.removeprefix(f"{folder}/")[:3] for name in found] == named
    for name in parts:
        if name.endswith(".png"):
            Image.open(io.BytesIO(parts[name])).verify()
    assert parts["briefing.pdf"] == made("pdf")
    assert "@misc{usgs-mcs.2025" in parts["citations.bib"].decode()
    cited = [entry["id"] for entry in json.loads(parts["citations.json"])]
    assert sorted(cited) == sorted(source.id for source, _ in told().sources)
    stated = [claim["identifier"] for claim in json.loads(parts["claims.jsonld"])["@graph"]]
    assert stated
    assert len(set(stated)) == len(stated)
    reports = [report["edition"] for report in json.loads(parts["reports.json"])]
    assert reports
    assert len(set(reports)) == len(reports)


def test_the_data_of_the_archive_are_a_package_for_others(tmp_path: Path) -> None:
    (tmp_path / "brief.zip").write_bytes(made("zip"))
    with zipfile.ZipFile(tmp_path / "brief.zip") as archive:
        archive.extractall(tmp_path, [n for n in archive.namelist() if n.startswith(("data", "charts"))])
    report = frictionless.validate(tmp_path / "datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]
    assert len(report.tasks) == len(told().drawn)
    documents = {document.source.id for one in told().drawn for document in one.view.records.documents}
    found = documents_in(tmp_path / "brief.zip")
    assert documents
    assert {name.removesuffix(".toml") for name in found} == documents


def test_an_edition_in_the_archive_is_taken_in_again_with_equal_content(tmp_path: Path) -> None:
    first = replace(told(), parts=told().parts[:1])
    (kept,) = first.drawn[0].view.records.editions
    path = tmp_path / "brief.zip"
    path.write_bytes(KINDS["zip"].export(first, bundled_data().stamp, ON))
    (again,) = read_files([path])
    pd.testing.assert_frame_equal(again.load.observations, read_edition(kept))


def test_rows_that_may_not_pass_are_left_out_of_the_archive_and_named() -> None:
    part = told().parts[0]
    shut = [source.model_copy(update={"licence": "© the ministry"}) for source in part.view.sources]
    closed = replace(part, view=replace(part.view, sources=tuple(shut)))
    parts = parts_of_zip(KINDS["zip"].export(replace(told(), parts=(closed,)), bundled_data().stamp, ON))
    (name,) = (name for name in parts if name.startswith("data/01-") and name.endswith(".csv"))
    assert pd.read_csv(io.BytesIO(parts[name])).empty
    assert json.loads(parts[name.replace(".csv", ".json")])["figures"] == []
    assert "Left out of the data" in parts["README.txt"].decode()
    assert all(source.citation in parts["README.txt"].decode() for source in shut)


# The glossary ------------------------------------------------------------------------------------------


def test_the_terms_are_those_that_occur() -> None:
    views = [one.view for one in told().drawn]
    found = {(term.word, term.kind) for term in terms_used(views)}
    assert {("reserves", "measure"), ("as published", "status"), ("not available", "status")} <= found
    assert ("rare-earth oxide (REO)", "basis") in found
    assert ("reserve", "class") in found
    assert not {word for word, _ in found} & {"tungsten trioxide (WO₃)", "prognostic", "fund size"}
    assert [term.word.casefold() for term in terms_used(views)] == sorted(
        word.casefold() for word, _ in found
    )
    assert terms_used([]) == []
