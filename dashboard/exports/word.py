"""A chart as a Word document: the picture at print size, its caption, its table, what is known of it."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.exports import png
from dashboard.exports.about import about_file
from dashboard.exports.choices import Choices
from dashboard.exports.office import describe, made_on, steady
from dashboard.exports.small_table import small_table
from dashboard.exports.xlsx import sheet_text
from dashboard.snapshot import Stamp

_ABOVE = ("finding", "shown", "in words")
_WIDTH, _HEIGHT = 16.0, 21.0
"""Centimetres that a picture has at most."""


def word_document(view: View, chart: Chart, stamp: Stamp, choices: Choices) -> bytes:
    """A document with headings, alternative text and a row of heads above its table."""
    document = docx.Document()
    describe(document.core_properties, sheet_text(chart.title), sheet_text(chart.subtitle), choices)
    document.styles["Normal"].font.name = "Inter"
    document.add_heading(sheet_text(chart.title), level=1)
    document.add_paragraph(sheet_text(chart.subtitle))
    _picture(document, view, chart, stamp)
    caption = document.add_paragraph(style="Caption")
    caption.add_run(sheet_text(f"{chart.title}. {chart.source} {stamp.words}"))
    if choices.table and len(chart.table):
        document.add_heading("The figures", level=2)
        _table(document, chart)
    document.add_heading("About this chart", level=2)
    for label, text in about_file(view, chart, stamp, choices, ".docx"):
        if label not in _ABOVE:
            line = document.add_paragraph()
            line.add_run(sheet_text(f"{label}: ")).bold = True
            line.add_run(sheet_text(text))
    content = io.BytesIO()
    document.save(content)
    return steady(content.getvalue(), made_on(choices))


def _picture(document: Document, view: View, chart: Chart, stamp: Stamp) -> None:
    drawing = png.export(view, stamp, Choices(preset="page", titled=False, scale=3))
    shape = document.add_picture(io.BytesIO(drawing), width=Cm(_WIDTH))
    if shape.height > Cm(_HEIGHT):
        shape.width = int(shape.width * Cm(_HEIGHT) / shape.height)
        shape.height = Cm(_HEIGHT)
    told: Any = shape._inline.docPr
    told.set("descr", sheet_text(chart.alt or chart.title))
    told.set("title", sheet_text(chart.title))


def _table(document: Document, chart: Chart) -> None:
    table = small_table(chart)
    drawn = document.add_table(rows=1 + len(table.rows), cols=len(table.head), style="Light List Accent 1")
    row_properties = drawn.rows[0]._tr.get_or_add_trPr()
    row_properties.append(OxmlElement("w:tblHeader"))
    # Cells one by one are slow in python-docx: each look-up walks over the whole table.
    for line, cells in zip([table.head, *table.rows], drawn._tbl.tr_lst, strict=True):
        for place, (text, cell) in enumerate(zip(line, cells.tc_lst, strict=True)):
            paragraph = Paragraph(cell.p_lst[0], drawn)
            run = paragraph.add_run(sheet_text(text))
            run.font.size = Pt(8)
            if table.numbers[place]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
