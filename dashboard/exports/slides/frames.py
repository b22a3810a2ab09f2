"""Slides as XML: what stands on each, its notes, its charts, put into the package of python-pptx.

python-pptx copies placeholders and sets letters one element at a time, which takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Cm

from dashboard.exports.native.marks import chart_frame
from dashboard.exports.native.numbers import numbers_workbook
from dashboard.exports.office import in_element, sheet_text

_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
SlidePlace = tuple[float, float, float, float]
"""Left, top, width and height in centimetres."""


class Words(NamedTuple):
    """A text on a slide: where, and how many points its letters have. The title fills its placeholder."""

    text: str
    place: SlidePlace
    points: float
    title: bool = False


def add_slide(deck: Any, layout: int, words: Sequence[Words], notes: str) -> Any:
    """A slide with texts and notes; `layout` is the number of its layout in the deck."""
    relation, slide = deck.part.add_slide(deck.slide_layouts[layout])
    deck.slides._sldIdLst.add_sldId(relation)
    _append(slide, "".join(_box(number, text) for number, text in enumerate(words, start=2)))
    _add_notes(deck, slide, notes)
    return slide


def _append(slide: Any, shapes: str) -> None:
    slide.shapes._spTree.extend(list(parse_xml(f"<p:spTree {_SPACES}>{shapes}</p:spTree>")))


def _box(number: int, words: Words) -> str:
    left, top, wide, high = map(Cm, words.place)
    xfrm = f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
    if words.title:
        name, kind = (
            "Title",
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr>',
        )
        look, fitted = xfrm, '<a:bodyPr wrap="square" anchor="t"/>'
    else:
        name, kind = "TextBox", '<p:cNvSpPr txBox="1"/><p:nvPr/>'
        look = f'{xfrm}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        fitted = '<a:bodyPr wrap="square" anchor="t"><a:spAutoFit/></a:bodyPr>'
    size = f'sz="{round(words.points * 100)}" b="{int(words.title)}"'
    run = f'<a:rPr lang="en-GB" {size}><a:latin typeface="Inter"/></a:rPr>'
    told = _paragraphs(sheet_text(words.text), run, '<a:pPr algn="l"/>')
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name} {number - 1}"/>{kind}</p:nvSpPr>'
        f"<p:spPr>{look}</p:spPr><p:txBody>{fitted}<a:lstStyle/>{told}</p:txBody></p:sp>"
    )


def _paragraphs(text: str, run: str = "", look: str = "") -> str:
    return "".join(
        f"<a:p>{look}<a:r>{run}<a:t>{in_element(line)}</a:t></a:r></a:p>" if line else f"<a:p>{look}</a:p>"
        for line in text.split("\n")
    )


def _add_notes(deck: Any, slide: Any, notes: str) -> None:
    """The page of notes: the slide in small, the text, the number of the slide."""
    package = deck.part.package
    told = f"<p:txBody><a:bodyPr/><a:lstStyle/>{_paragraphs(sheet_text(notes))}</p:txBody>"
    shapes = (
        _NOTE.format(2, "Slide Image Placeholder", 1, 'type="sldImg" idx="2"', "")
        + _NOTE.format(3, "Notes Placeholder", 2, 'type="body" idx="3" sz="quarter"', told)
        + _NOTE.format(4, "Slide Number Placeholder", 3, 'type="sldNum" idx="5" sz="quarter"', "")
    )
    page = (
        f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<p:notes {_SPACES}><p:cSld><p:spTree>"
        f'<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}'
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )
    name = package.next_partname("/ppt/notesSlides/notesSlide%d.xml")
    part = Part(name, CONTENT_TYPE.PML_NOTES_SLIDE, package, page.encode())
    part.relate_to(deck.part.notes_master_part, RELATIONSHIP_TYPE.NOTES_MASTER)
    part.relate_to(slide.part, RELATIONSHIP_TYPE.SLIDE)
    slide.part.relate_to(part, RELATIONSHIP_TYPE.NOTES_SLIDE)


_NOTE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="{}" name="{} {}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    "<p:nvPr><p:ph {}/></p:nvPr></p:nvSpPr><p:spPr/>{}</p:sp>"
)


class ChartNumbers(NamedTuple):
    """What "Edit data" shows of a chart: a label for each row, and columns of a number or None for each."""

    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]


def add_chart(slide: Any, xml: str, numbers: ChartNumbers, place: SlidePlace, alt: str) -> None:
    """A chart on a slide, with the workbook of its numbers."""
    package = slide.part.package
    made: datetime = package.core_properties.created
    part = Part(
        package.next_partname("/ppt/charts/chart%d.xml"), CONTENT_TYPE.DML_CHART, package, xml.encode()
    )
    book = EmbeddedXlsxPart.new(numbers_workbook(numbers.labels, numbers.series, made), package)
    part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    number = len(slide.shapes._spTree)
    _append(slide, chart_frame(number, [Cm(length) for length in place], alt, relation))
