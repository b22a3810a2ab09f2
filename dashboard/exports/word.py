"""A chart as a Word document: the picture at print size, its caption, its table, what is known of it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.drawing.letters import text_width
from dashboard.drawing.paper import PictureLook, chart_svg
from dashboard.drawing.presets import preset_named
from dashboard.exports.about import Fact, about_file, said_below
from dashboard.exports.choices import Choices
from dashboard.exports.office import describe, in_element, sheet_text, steady
from dashboard.exports.pixels import pixels
from dashboard.exports.small_table import SmallTable, small_table
from dashboard.snapshot import Stamp

_WIDTH, _HEIGHT = 16.0, 16.5
"""Centimetres that a picture has at most, which stands on a page with its heading."""
_PIXELS = 192
"""Pixels of a picture for each inch of its layout."""


def word_document(view: View, chart: Chart, stamp: Stamp, choices: Choices) -> bytes:
    """A document with headings, alternative text and a row of heads above its table."""
    document = new_document(chart.title, chart.subtitle, choices)
    document.add_heading(sheet_text(chart.title), level=1)
    document.add_paragraph(sheet_text(chart.subtitle))
    add_drawing(document, chart, stamp)
    styled_paragraph(document, f"{chart.source} {stamp.words}", "Caption")
    of_figures, made = said_below(about_file(view, chart, stamp, choices, ".docx"))
    if of_figures:
        document.add_heading("About this chart", level=2)
        add_facts(document, of_figures)
    if choices.table and len(chart.table):
        document.add_heading("The figures", level=2)
        add_rows(document, small_table(chart))
    told = " · ".join(f"{label} {text}" for label, text in made)
    add_lines(document, [[Letters(f"\n{told}", f'<w:color w:val="{_SOFT}"/><w:sz w:val="13"/>')]])
    return saved_document(document)


def new_document(title: str, subject: str, choices: Choices) -> Document:
    """A document with nothing in it."""
    document = docx.Document()
    describe(document.core_properties, sheet_text(title), sheet_text(subject), choices)
    _set_styles(document.styles)
    _name_substitute(document)
    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, PAPER[choices.sheet])
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.0)
    return document


PAPER = {"a4": (21.0, 29.7), "us-letter": (21.59, 27.94)}
"""Centimetres of a sheet."""
_INK, _SOFT, _RULE = "1A2330", "56616D", "C8D0D8"


def _set_styles(styles: Any) -> None:
    """Letters of the pages: those of Office are blue, and of fonts that its theme names."""
    for name, points, colour in (
        ("Normal", 9.5, _INK), ("Title", 26, _INK), ("Heading 1", 15, _INK), ("Heading 2", 10.5, _INK),
        ("Caption", 8, _SOFT),
    ):  # fmt: skip
        font = styles[name].font
        font.name, font.size, font.color.rgb = "Inter", Pt(points), RGBColor.from_string(colour)
        font.bold = name not in ("Normal", "Caption")
        fonts = styles[name].element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    styles["Normal"].paragraph_format.space_after = Pt(4)


def _name_substitute(document: Document) -> None:
    """Arial where Inter is not installed: Word would take letters with serifs."""
    fonts: Any = next(part for part in document.part.package.iter_parts() if "fontTable" in part.partname)
    named = b'<w:font w:name="Inter"><w:altName w:val="Arial"/><w:family w:val="swiss"/></w:font></w:fonts>'
    fonts._blob = fonts.blob.replace(b"</w:fonts>", named)


def saved_document(document: Document) -> bytes:
    """The file of a document."""
    content = io.BytesIO()
    document.save(content)
    return steady(content.getvalue())


def add_facts(document: Document, facts: Iterable[Fact]) -> None:
    """A line for each fact, its label in bold."""
    add_lines(document, ([Letters(f"{label}: ", "<w:b/>"), Letters(text)] for label, text in facts))


class Letters(NamedTuple):
    """A text and its look, as elements of `w:rPr` in their order."""

    text: str
    look: str = ""


def add_lines(document: Document, lines: Iterable[Sequence[Letters]], look: str = "") -> None:
    """Paragraphs of such texts at the end of a document; `look` are elements of their `w:pPr`."""
    # As XML: python-docx makes each run one element at a time.
    about = f"<w:pPr>{look}</w:pPr>" if look else ""
    made = "".join(f"<w:p>{about}{''.join(map(_run, line))}</w:p>" for line in lines)
    end = document.element.body.sectPr
    for paragraph in list(parse_xml(f"<w:body {nsdecls('w')}>{made}</w:body>")):
        end.addprevious(paragraph)


def _run(letters: Letters) -> str:
    look = f"<w:rPr>{letters.look}</w:rPr>" if letters.look else ""
    return f"<w:r>{look}{_run_text(letters.text)}</w:r>"


def add_drawing(document: Document, chart: Chart, stamp: Stamp) -> None:
    """A picture of a chart with its alternative text; title, subtitle and source stand around it."""
    drawing = chart_svg(chart, stamp, preset_named("page"), PictureLook(framed=False, transparent=True))
    picture = io.BytesIO(pixels(drawing, ppi=_PIXELS, ground="white"))
    shape = document.add_picture(picture, width=Cm(_WIDTH))
    if shape.height > Cm(_HEIGHT):
        shape.width = int(shape.width * Cm(_HEIGHT) / shape.height)
        shape.height = Cm(_HEIGHT)
    told: Any = shape._inline.docPr
    told.set("descr", sheet_text(chart.alt or chart.title))
    told.set("title", sheet_text(chart.title))


def add_rows(document: Document, table: SmallTable, widths: Sequence[float] = ()) -> None:
    """A table with a row of heads, which stands again on each page.

    `widths` are centimetres of columns, by their texts where none are given.
    """
    letters, widths = (LETTERS[0], widths) if widths else _laid(table)
    drawn = document.add_table(rows=0, cols=len(table.head))
    drawn._tbl.tblStyle_val = _style_ids()["Normal Table"]
    drawn._tbl.tblPr.append(parse_xml(_RULES))
    for column, width in zip(drawn.columns, widths, strict=False):
        column.width = Cm(width)
    # As XML: python-docx makes a cell, its width, its letters one element at a time.
    twips = [round(width * _TWIPS) for width in widths]
    size = f'<w:rPr><w:sz w:val="{2 * letters:.0f}"/></w:rPr>'
    bold = size.replace("<w:rPr>", "<w:rPr><w:b/>")
    lines = [_row(table.head, table, twips, bold, '<w:tblHeader w:val="true"/>')]
    lines += [_row(row, table, twips, size) for row in table.rows]
    drawn._tbl.extend(list(parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(lines)}</w:tbl>")))


_RULES = (
    f"<w:tblBorders {nsdecls('w')}>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>' for side in ("bottom", "insideH")
    )
    + "</w:tblBorders>"
)
"""Thin lines below the rows."""
_TWIPS = 1440 / 2.54
"""Twentieths of a point in a centimetre."""


def _row(texts: Sequence[str], table: SmallTable, twips: Sequence[int], size: str, look: str = "") -> str:
    keep = "<w:keepNext/>" if len(table.rows) <= _ON_ONE_PAGE else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
        f'<w:p><w:pPr>{keep}<w:spacing w:before="20" w:after="20"/>{_AT_RIGHT if number else ""}</w:pPr><w:r>'
        f"{size}{_run_text(text)}</w:r></w:p></w:tc>"
        for text, number, width in zip(texts, table.numbers, twips, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{look}</w:trPr>{cells}</w:tr>"


_AT_RIGHT = '<w:jc w:val="right"/>'
_ON_ONE_PAGE = 35
"""Rows of a table that stands on the next page where this one has no room for it."""


def _run_text(text: str) -> str:
    """A text as a run has it: its lines and tabs are elements."""
    kept = f'<w:t xml:space="preserve">{in_element(text)}</w:t>'
    for sign, element in (("\n", "br"), ("\t", "tab")):
        kept = kept.replace(sign, f'</w:t><w:{element}/><w:t xml:space="preserve">')
    return kept


def styled_paragraph(document: Document, text: str, style: str) -> Paragraph:
    """A paragraph of a style."""
    paragraph = document.add_paragraph(sheet_text(text))
    paragraph._p.style = _style_ids()[style]
    return paragraph


@cache
def _style_ids() -> dict[str, str]:
    """The ids of the styles by name: python-docx looks through all of them for each paragraph."""
    return {str(style.name): style.style_id for style in docx.Document().styles}


LETTERS = (8.0, 7.0, 6.5)
"""Points of the letters in a table, smaller ones where its words would be broken otherwise."""
_BESIDE = 0.45
"""Centimetres of a column that its words do not fill."""
_MOST = 4.5
"""Centimetres that the words of a column have at most beside others."""


_WIDER = 1.25
"""So much wider letters may be where Inter is not installed; those of DejaVu Sans are."""


def _laid(table: SmallTable) -> tuple[float, list[float]]:
    """The size of the letters and the centimetres of each column.

    The longest word of each has room, in a wider font, too; what is left goes to longer texts.
    """
    columns = list(zip(*([table.head, *table.rows]), strict=True))
    words = [{word for text in column for word in text.split()} for column in columns]
    for letters in LETTERS:
        least = [_centimetres(column, _WIDER * letters) for column in words]
        if sum(least) <= _WIDTH:
            break
    wished = [_centimetres(set(column), letters) for column in columns]
    longer = [max(wish - need, 0.0) for wish, need in zip(wished, least, strict=True)]
    left = _WIDTH - sum(least)
    if left <= 0 or not any(longer):
        return letters, [_WIDTH * need / sum(least) for need in least]
    return letters, [need + left * more / sum(longer) for need, more in zip(least, longer, strict=True)]


def _centimetres(texts: set[str], letters: float) -> float:
    """What a column takes for such texts of so many points, as far as it gets that much."""
    points = max((text_width(text, letters, True) for text in texts), default=0.0)
    return min(points * 2.54 / 72, _MOST) + _BESIDE
