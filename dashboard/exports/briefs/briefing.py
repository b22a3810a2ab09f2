"""The code of a briefing for Typst."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dashboard.briefs.contents import Drawn, ToldBrief
from dashboard.charts.cards import Card
from dashboard.drawing.letters import fit
from dashboard.exports.about import PROGRAM, Fact, made_day
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
from dashboard.exports.office import made_on
from dashboard.exports.pdf import UNBROKEN, WHOLE_TABLE, chart_picture
from dashboard.exports.small_table import SmallTable, small_table
from dashboard.exports.typesetting import code_text, shown_text
from dashboard.markup import HEADINGS
from dashboard.snapshot import Stamp
from loaders.text import count

_FRAME = """\
#let ink = rgb("#1a2330")
#let soft = rgb("#56616d")
#let rule = rgb("#c8d0d8")
#let kinds = (statement: rgb("#b83f0c"), statistic: rgb("#0d5a92"))
#set document(title: {title}, author: {author}, description: {description}, date: {made})
#set text(font: "Inter", size: 9.5pt, lang: "en", region: "gb", fill: ink)
#set par(leading: 0.62em, spacing: 0.9em)
#set page(paper: "{sheet}", margin: (top: 2.6cm, bottom: 2.4cm, x: 2.2cm))
#show heading: set par(leading: 0.45em)
#show heading.where(level: 1): it => block(above: 0pt, below: 12pt, sticky: true, {{
  if it.numbering != none {{
    text(8.5pt, fill: kinds.statistic, counter(heading).display(it.numbering))
    linebreak()
    v(-1pt)
  }}
  text(15.5pt, it.body)
}})
#show heading.where(level: 2): it => block(above: 14pt, below: 6pt, sticky: true, text(10pt, it.body))
#set heading(numbering: none)
#set table(stroke: (x, y) => (bottom: if y == 0 {{ 0.8pt + ink }} else {{ 0.4pt + rule }}),
  inset: (x: 4pt, y: 3.2pt))
#show table.cell.where(y: 0): set text(weight: "bold")
#show outline.entry: it => block(above: 6pt, below: 6pt, link(it.element.location(), grid(
  columns: (1.6cm, 1fr, 1cm), column-gutter: 6pt,
  text(fill: soft, if it.element.numbering == none {{ "" }} else {{ it.prefix() }}),
  it.body(), align(right, it.page()))))
#show figure.caption: it => align(left, text(8pt, fill: soft, it.body))
#let chart-number(n) = "Chart " + str(n)
#let finding(n, words) = grid(columns: (1.6cm, 1fr, 1cm), column-gutter: 6pt,
  text(fill: soft, chart-number(n)), link(label("chart-" + str(n)), words),
  align(right, context counter(page).at(label("chart-" + str(n))).first()))
#let card(kind, head, title, quote, facts, citation) = block(breakable: false, width: 100%,
  inset: (left: 8pt, y: 1pt), stroke: (left: 1.6pt + kinds.at(kind)), {{
  set text(8pt)
  set par(leading: 0.5em, spacing: 0.6em)
  par(text(7.5pt, weight: "bold", fill: kinds.at(kind), head))
  par(strong(title))
  if quote != none {{ par(emph(quote)) }}
  for (label, words) in facts {{ par({{ text(fill: soft, label); h(4pt); words }}) }}
  if citation != none {{ par(text(fill: soft, citation)) }}
}})
#let picture(drawn, caption) = figure(drawn, caption: caption, gap: 2pt, kind: "chart", supplement: none)
#let fact(label, words) = par({{ strong(label); h(4pt); words }})
#let comment(..lines) = block(width: 100%, inset: (left: 10pt, y: 4pt), stroke: (left: 2.4pt + rule),
  below: 12pt, {{
  set text(10pt)
  for line in lines.pos() {{ par(line) }}
}})
#let small(width, align, head, ..cells) = {{
  set text(7.5pt)
  table(columns: width, align: align, table.header(..head), ..cells)
}}
"""

_TITLE_PAGE = """\
#page(header: none, footer: none, margin: (x: 2.6cm, top: 7.5cm, bottom: 2.6cm))[
  #set text(hyphenate: false)
  #set par(leading: 0.42em)
  #line(length: 3.2cm, stroke: 2.4pt + kinds.statistic)
  #v(8pt)
  #text({size}pt, weight: "bold", {name})
  #v(14pt)
  #set par(leading: 0.65em)
  #text(11pt, fill: soft, {counted})
  #v(1fr)
  #line(length: 100%, stroke: 0.5pt + rule)
  #set text(8.5pt, fill: soft)
  #par({made})
  #par({versions})
  #par({promise})
]
#set page(numbering: "1",
  header: {{ set text(8pt, fill: soft); {running}; v(-6pt); line(length: 100%, stroke: 0.4pt + rule) }},
  footer: {{ set text(8pt, fill: soft); {foot}; h(1fr); context counter(page).display("1 / 1", both: true) }})
"""

_PROMISE = (
    "Statements in documents are vermilion and hatched, published statistics blue and solid. Every figure "
    "stands with its source; what has no number is said in words and is never drawn as zero."
)


def briefing_code(brief: ToldBrief, stamp: Stamp, choices: Choices) -> str:
    """The whole of it: same code from the same brief, stamp and day."""
    day = made_on(choices)
    charts = brief.drawn
    head = _FRAME.format(
        title=code_text(brief.name),
        author=code_text(PROGRAM),
        description=code_text(f"{how_much(brief)}. {charts[0].chart.title}."),
        made=f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        sheet=choices.sheet,
    )
    code = "".join(
        [
            head,
            WHOLE_TABLE,
            _title_page(brief, stamp, choices),
            *(_overview(brief) if len(charts) > 1 else ()),
            *(_chart(one, stamp, choices, outlined=named(brief)) for one in charts),
            *_end(brief, stamp, choices),
        ]
    )
    return code.replace(_LETTERS, _lacking(code))


def _overview(brief: ToldBrief) -> list[str]:
    """Findings and contents; one chart needs neither."""
    return [
        _section(FINDINGS),
        *(f"#finding({one.number}, {shown_text(one.chart.title)})\n" for one in brief.drawn),
        "#pagebreak()\n" if len(brief.drawn) > _ON_ONE_PAGE else "",
        _section(CONTENTS),
        "#outline(title: none)\n",
    ]


_ON_ONE_PAGE = 12
"""Charts of which findings and contents stand on one page."""


def _section(title: str) -> str:
    space = "" if title == FINDINGS else "#v(22pt)\n"
    outlined = "false" if title in (FINDINGS, CONTENTS) else "true"
    return f"{space}#heading(level: 1, outlined: {outlined}, bookmarked: true, {shown_text(title)})\n"


def _title_page(brief: ToldBrief, stamp: Stamp, choices: Choices) -> str:
    size = 27 if len(brief.name) < 90 else 19
    running = fit(brief.name, _RUNNING, 8)
    return _TITLE_PAGE.format(
        size=size,
        name=shown_text(brief.name),
        counted=shown_text(how_much(brief)),
        made=shown_text(f"Made on {made_day(choices)} by {PROGRAM}."),
        versions=shown_text(stamp.words),
        promise=shown_text(_PROMISE),
        running=shown_text(running[0] + ("…" if len(running) > 1 else "")),
        foot=shown_text(stamp.words),
    )


_RUNNING = 430.0
"""Points that the name of the brief may take at the head of a page."""


_TALLEST = "18.5cm"
"""Of a picture, so that it stands on one page with its heading."""


# A chart ------------------------------------------------------------------------------------------------


def _chart(drawn: Drawn, stamp: Stamp, choices: Choices, *, outlined: bool) -> str:
    """The section of a chart, from the top of a page; `outlined` in the contents too."""
    chart, number = drawn.chart, drawn.number
    own = drawn.part.item.title
    finding = f'#par(text(11pt, weight: "bold", {shown_text(chart.title)}))\n' if own else ""
    comment = ", ".join(map(shown_text, comment_lines(drawn)))
    caption = shown_text(f"Chart {number}. {chart.source} {stamp.words}")
    parts = [
        "#pagebreak(weak: true)\n",
        f"#heading(level: 1, numbering: chart-number, outlined: {str(outlined).lower()}, bookmarked: true, "
        f"{shown_text(drawn.part.title)}) <chart-{number}>\n",
        finding,
        f"#par(text(fill: soft, {shown_text(chart.subtitle)}))\n" if chart.subtitle else "",
        f"#comment({comment})\n" if comment else "",
        f"#picture({chart_picture(chart, stamp, _TALLEST)}, {caption})\n",
        _facts(NOTES, explained(drawn, stamp, choices)),
        _cards(drawn.view.cards),
        _figures(small_table(chart)) if choices.table and len(chart.table) else "",
    ]
    return "".join(parts)


def _facts(title: str, facts: Sequence[Fact]) -> str:
    if not facts:
        return ""
    lines = "".join(f"#fact({shown_text(label)}, {shown_text(text)})\n" for label, text in facts)
    return f"#heading(level: 2, outlined: false, {shown_text(title)})\n#[\n#set text(8.5pt)\n{lines}]\n"


def _cards(cards: Sequence[Card]) -> str:
    if not cards:
        return ""
    drawn = ",\n".join(map(_card, cards))
    columns = "(1fr, 1fr)" if len(cards) > 1 else "1fr"
    return (
        f"#heading(level: 2, outlined: false, {shown_text(CARDS)})\n"
        f"#grid(columns: {columns}, gutter: 14pt,\n{drawn})\n"
    )


def _card(card: Card) -> str:
    facts = "".join(f"({shown_text(label)}, {shown_text(text)}), " for label, text in card.facts)
    quote = shown_text(f"“{card.quote}”") if card.quote else "none"
    head, title = shown_text(HEADINGS[card.kind]), shown_text(card.heading)
    return f'card("{card.kind}", {head}, {title}, {quote}, ({facts}), {_broken(card.citation)})'


def _figures(table: SmallTable) -> str:
    align = ", ".join("right" if number else "left" for number in table.numbers)
    title = f"#heading(level: 2, outlined: false, {shown_text(FIGURES)})\n"
    held = "block(" if len(table.rows) > UNBROKEN else "kept(2.6cm, "
    drawn = _table(str(len(table.head)), align, [table.head, *table.rows])
    return f"#{held}[\n{title}{drawn}])\n"


def _table(columns: str, align: str, rows: Sequence[Iterable[str]]) -> str:
    """A table with a row of heads, which stands again at the top of each page."""
    head, *lines = (", ".join(map(_broken, row)) for row in rows)
    cells = ",\n".join(lines)
    return f"#small({columns}, ({align},), ({head},),\n{cells})\n"


_HASH = re.compile(r"[0-9a-f]{20}(?=[0-9a-f]{20})")


def _broken(text: str) -> str:
    """A text of which a line may end within a hash."""
    return _HASH.sub(lambda found: found[0] + _MAY_END, shown_text(text))


_MAY_END = "\u200b"
"""Where a line may end; it shows nothing."""


# The end ------------------------------------------------------------------------------------------------


def _end(brief: ToldBrief, stamp: Stamp, choices: Choices) -> list[str]:
    """Sources, terms, what is missing, how it is made again."""
    sources = [SOURCE_HEAD, *cited_lines(brief)]
    terms = terms_used(drawn.view for drawn in brief.drawn)
    missing = missing_lines(brief)
    return [
        _section(SOURCES),
        _table("(1fr, 2.4cm, 3.4cm, 1.5cm)", "left, left, left, left", sources),
        _section(TERMS) if terms else "",
        _table("(3.6cm, 1.7cm, 1fr)", "left, left, left", [("term", "kind", "meaning"), *terms])
        if terms
        else "",
        "".join([_section(MISSING), *(f"#fact({shown_text(a)}, {shown_text(b)})\n" for a, b in missing)])
        if missing
        else "",
        _section(ABOUT),
        "#[\n#set text(8pt)\n",
        *(
            f"#fact({shown_text(a)}, {shown_text(b)})\n"
            for a, b in about_brief(brief, stamp, choices, ".pdf")
        ),
        f"{_LETTERS}]\n",
    ]


_LETTERS = "/* letters */"
"""Where it is said that letters are not in the font, if some are not."""


def _lacking(code: str) -> str:
    number = code.count("□")
    told = f"Letters of scripts that the font does not have stand as □: {count(number, 'time')}."
    return f"#fact({shown_text('letters')}, {shown_text(told)})\n" if number else ""
