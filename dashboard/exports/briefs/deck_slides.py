"""The slides of a deck."""

from __future__ import annotations

from typing import Any

from dashboard.briefs.contents import Drawn, ToldBrief
from dashboard.exports.about import PROGRAM, about_file, about_text, made_day
from dashboard.exports.briefs.contents import (
    MISSING,
    SOURCE_HEAD,
    SOURCES,
    about_brief,
    cited_lines,
    how_much,
    missing_lines,
)
from dashboard.exports.choices import Choices
from dashboard.exports.marks import keyed
from dashboard.exports.slides.presentation import (
    SlideHead,
    chart_slide,
    is_native,
    new_deck,
    saved_deck,
    table_slides,
    title_slide,
)
from dashboard.exports.small_table import SmallTable, small_table
from dashboard.snapshot import Stamp


def deck_slides(brief: ToldBrief, stamp: Stamp, choices: Choices) -> bytes:
    """Title, charts, sources, then the tables of charts that are pictures, and what could not be drawn."""
    deck = new_deck(brief.name, how_much(brief), choices)
    lines = [how_much(brief), f"{made_day(choices)}. {PROGRAM}", stamp.words]
    title_slide(deck, brief.name, lines, about_text(about_brief(brief, stamp, choices, ".pptx")))
    heads = [(drawn, _head(drawn, stamp, choices)) for drawn in brief.drawn]
    for drawn, head in heads:
        chart_slide(deck, drawn.chart, stamp, head)
    _sources(deck, brief, stamp)
    for drawn, head in heads:
        if choices.table and not is_native(drawn.chart):
            named = head._replace(title=f"The figures of chart {drawn.number}", subtitle=head.title)
            table_slides(deck, small_table(drawn.chart), named)
    _missing(deck, brief, stamp)
    return saved_deck(deck)


def _head(drawn: Drawn, stamp: Stamp, choices: Choices) -> SlideHead:
    """The reader's own title, or the finding; what the reader said of it first in the notes."""
    chart, item = drawn.chart, drawn.part.item
    told = about_text(about_file(drawn.view, chart, stamp, choices, ".pptx"))
    then = drawn.part.otherwise
    notes = [item.comment, told, f"when it was added it said: {then}" if then else ""]
    subtitle = f"{chart.title}. {chart.subtitle}" if item.title else chart.subtitle
    source = keyed(drawn.view, chart, bold=not is_native(chart)).source
    foot = f"{source} {stamp._replace(made=made_day(choices)).words}"
    return SlideHead(drawn.part.title, subtitle, foot, "\n\n".join(filter(None, notes)))


def _sources(deck: Any, brief: ToldBrief, stamp: Stamp) -> None:
    lines = cited_lines(brief)
    table = SmallTable(list(SOURCE_HEAD), [list(line) for line in lines], [False] * len(SOURCE_HEAD))
    notes = "\n".join(line.citation for line in lines)
    number = len(brief.drawn)
    told = "What the chart rests on." if number == 1 else f"What the {number} charts rest on."
    head = SlideHead(SOURCES, told, stamp.words, notes)
    table_slides(deck, table, head, widths=(0.62, 0.13, 0.15, 0.1))


def _missing(deck: Any, brief: ToldBrief, stamp: Stamp) -> None:
    lines = missing_lines(brief)
    table = SmallTable(["chart", "why"], [list(line) for line in lines], [False, False])
    told = "Charts of the brief that cannot be drawn from the present data."
    table_slides(deck, table, SlideHead(MISSING, told, stamp.words, told))
