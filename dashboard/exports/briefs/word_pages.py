"""A briefing as a Word document."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph

from dashboard.briefs.contents import Drawn, ToldBrief
from dashboard.charts.cards import Card
from dashboard.exports.about import PROGRAM, made_day
from dashboard.exports.briefs.contents import (
    ABOUT,
    CARDS,
    CONTENTS,
    FIGURES,
    FINDINGS,
    MISSING,
    NOTES,
    SOURCE_HEAD,
    SOURCES,
    TERMS,
    about_brief,
    cited_lines,
    comment_lines,
    explained,
    how_much,
    missing_lines,
    named,
)
from dashboard.exports.choices import Choices
from dashboard.exports.glossary import terms_used
from dashboard.exports.office import sheet_text
from dashboard.exports.small_table import SmallTable, small_table
from dashboard.exports.word import (
    Letters,
    add_drawing,
    add_facts,
    add_lines,
    add_rows,
    new_document,
    saved_document,
    styled_paragraph,
)
from dashboard.markup import HEADINGS
from dashboard.snapshot import Stamp

_SECOND = "Heading 2"
_COLOURS = {"statement": "B83F0C", "statistic": "0D5A92"}


def word_pages(brief: ToldBrief, stamp: Stamp, choices: Choices) -> bytes:
    """Title page, findings, contents, charts, sources, terms: the same as the briefing of PDF."""
    document = new_document(brief.name, how_much(brief), choices)
    _page(document, brief)
    _title_page(document, brief, stamp, choices)
    if len(brief.drawn) > 1:
        _findings(document, brief)
        _contents(document, brief)
    for drawn in brief.drawn:
        _chart(document, drawn, stamp, choices)
    _end(document, brief, stamp, choices)
    return saved_document(document)


def _page(document: Document, brief: ToldBrief) -> None:
    """The name at the head and the number at the foot; not on the title page."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0].add_run(sheet_text(brief.name)[:110])
    foot = section.footer.paragraphs[0]
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")
    for run in (head, *foot.runs):
        run.font.size = Pt(8)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-GB")


def _title_page(document: Document, brief: ToldBrief, stamp: Stamp, choices: Choices) -> None:
    title = document.add_paragraph(style="Title")
    title.paragraph_format.space_before = Cm(6)
    title.add_run(sheet_text(brief.name))
    for line in (how_much(brief), f"Made on {made_day(choices)} by {PROGRAM}.", stamp.words):
        document.add_paragraph(line)


def _findings(document: Document, brief: ToldBrief) -> None:
    document.add_heading(FINDINGS, level=1).paragraph_format.page_break_before = True
    for drawn in brief.drawn:
        line = document.add_paragraph()
        line.add_run(f"Chart {drawn.number}  ").bold = True
        _link(line, f"chart-{drawn.number}", drawn.chart.title)
        _page_of(document, line, f"chart-{drawn.number}")


def _contents(document: Document, brief: ToldBrief) -> None:
    """A line for each section; the number of its page is a field, for it is Word that lays out the pages."""
    document.add_heading(CONTENTS, level=1)
    drawn = brief.drawn if named(brief) else ()
    titles = [(f"chart-{one.number}", f"Chart {one.number}. {one.part.title}") for one in drawn]
    ends = [SOURCES, TERMS, *([MISSING] if brief.missing else []), ABOUT]
    for anchor, text in (*titles, *((_anchor(title), title) for title in ends)):
        line = document.add_paragraph()
        _link(line, anchor, text)
        _page_of(document, line, anchor)


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


# A chart ------------------------------------------------------------------------------------------------


def _chart(document: Document, drawn: Drawn, stamp: Stamp, choices: Choices) -> None:
    """The section of a chart, from the top of a page."""
    chart, number = drawn.chart, drawn.number
    heading = _heading(document, f"Chart {number}. {drawn.part.title}", f"chart-{number}")
    heading.paragraph_format.page_break_before = True
    if drawn.part.item.title:
        document.add_paragraph().add_run(sheet_text(chart.title)).bold = True
    document.add_paragraph(sheet_text(chart.subtitle))
    for line in comment_lines(drawn):
        styled_paragraph(document, line, "Quote")
    add_drawing(document, chart, stamp)
    styled_paragraph(document, f"Chart {number}. {chart.source} {stamp.words}", "Caption")
    told = explained(drawn, stamp, choices)
    if told:
        styled_paragraph(document, NOTES, _SECOND)
        add_facts(document, told)
    if drawn.view.cards:
        styled_paragraph(document, CARDS, _SECOND)
    for card in drawn.view.cards:
        _card(document, card)
    if choices.table and len(chart.table):
        styled_paragraph(document, FIGURES, _SECOND)
        add_rows(document, small_table(chart))


def _card(document: Document, card: Card) -> None:
    """A source card in a few lines that stay together."""
    size = '<w:sz w:val="17"/>'
    facts = "; ".join(f"{label}: {text}" for label, text in card.facts)
    kind = f'<w:b/><w:color w:val="{_COLOURS[card.kind]}"/>{size}'
    line = [Letters(f"{HEADINGS[card.kind]}: ", kind), Letters(card.heading, f"<w:b/>{size}")]
    if card.quote:
        line.append(Letters(f"\n“{card.quote}”", f"<w:i/>{size}"))
    add_lines(document, [[*line, Letters(f"\n{facts}\n{card.citation}", size)]], "<w:keepLines/>")


# The end ------------------------------------------------------------------------------------------------


def _end(document: Document, brief: ToldBrief, stamp: Stamp, choices: Choices) -> None:
    """Sources, terms, what is missing, how it is made again."""
    _heading(document, SOURCES)
    sources = [list(line) for line in cited_lines(brief)]
    add_rows(document, SmallTable(list(SOURCE_HEAD), sources, [False] * 4), (9.2, 2.4, 3.0, 1.6))
    _heading(document, TERMS)
    terms = [list(term) for term in terms_used(one.view for one in brief.drawn)]
    add_rows(document, SmallTable(["term", "kind", "meaning"], terms, [False] * 3), (4.2, 2.0, 10.0))
    if brief.missing:
        _heading(document, MISSING)
        add_facts(document, missing_lines(brief))
    _heading(document, ABOUT)
    add_facts(document, about_brief(brief, stamp, choices, ".docx"))


# What python-docx has no words for ----------------------------------------------------------------------


def _heading(document: Document, text: str, anchor: str = "") -> Paragraph:
    """A heading of the first level, with a bookmark that links lead to."""
    heading = styled_paragraph(document, text, "Heading 1")
    number = str(len(document.element.body))  # none twice: paragraphs are only added
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), number)
    start.set(qn("w:name"), anchor or _anchor(text))
    heading._p.insert(0, start)
    heading._p.append(end)
    return heading


def _link(line: Paragraph, anchor: str, text: str) -> None:
    """A text that leads to a bookmark."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    run = line.add_run(sheet_text(text))
    link.append(run._r)
    line._p.append(link)


def _page_of(document: Document, line: Paragraph, anchor: str) -> None:
    """The number of the page of a bookmark at the right end of a line."""
    width = Length(document._block_width)
    line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    line.paragraph_format.right_indent = Cm(1)  # long titles end before the numbers
    line.add_run("\t")
    _field(line, f"PAGEREF {anchor} \\h")


def _field(line: Paragraph, code: str) -> None:
    """A field that Word fills in when it opens the document, such as the number of the page."""
    _mark(line, "begin").set(qn("w:dirty"), "true")
    _instruct(line, code)
    _mark(line, "separate")
    _mark(line, "end")


def _mark(line: Paragraph, kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    line.add_run()._r.append(mark)
    return mark


def _instruct(line: Paragraph, code: str) -> None:
    told = OxmlElement("w:instrText")
    told.text = code
    line.add_run()._r.append(told)
