"""A chart as a page of PDF: tagged, with alternative text, its table and all there is to know of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.drawing.presets import preset_named
from dashboard.exports.about import PROGRAM, Fact, about_file, said_below
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.small_table import SmallTable, small_table
from dashboard.snapshot import Stamp
from loaders.text import count

NAME = "pdf"
LABEL = "PDF"
SUFFIX = ".pdf"
MIME = "application/pdf"

_PAGE = """\
#let soft = rgb("#56616d")
#set document(title: {title}, author: {author}, description: {description}, date: {made})
#set page(paper: "{sheet}", margin: (x: 2cm, top: 1.6cm, bottom: 1.5cm), numbering: "1 / 1",
  number-align: right)
#set text(font: "Inter", size: 9pt, lang: "en", region: "gb", fill: rgb("#1a2330"))
#set par(leading: 0.55em, spacing: 0.8em)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): it => block(above: 12pt, below: 6pt, sticky: true, text(10pt, it.body))
#show table.cell.where(y: 0): set text(weight: "bold")
#set table(stroke: (x, y) => (bottom: 0.4pt + rgb("#c8d0d8")), inset: (x: 5pt, y: 1.9pt))
"""
WHOLE_TABLE = """\
#let kept(top, it) = layout(size => context {
  let left = size.height + top - here().position().y
  let over = measure(block(width: size.width, it)).height - left
  block(breakable: left > 40% * size.height and over > 15% * size.height, it)
})
"""
"""A table that stands on the next page where this one, with its margin at the `top`, has no room for it.

Unless that left much of a page empty: then it is broken, where more than a few of its rows go over.
"""
UNBROKEN = 45
"""Rows of a table that is `kept` so; a longer one is broken wherever a page ends."""


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The page, or several where the table is long. Empty without a chart."""
    # Imported where it is used: Typst takes as long to load as a short command.
    from dashboard.exports.typesetting import compiled

    if view.chart is None:
        return b""
    facts = about_file(view, view.chart, stamp, choices, SUFFIX)
    day = date.fromisoformat(choices.made) if choices.made else date.today()
    made = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return compiled(_document(view.chart, stamp, choices, facts, day), "pdf", made=made)


def _document(chart: Chart, stamp: Stamp, choices: Choices, facts: list[Fact], day: date) -> str:
    from dashboard.exports.typesetting import code_text, shown_text

    head = _PAGE.format(
        title=code_text(chart.title),
        author=code_text(PROGRAM),
        description=code_text(chart.alt),
        made=f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        sheet=choices.sheet,
    )
    table = small_table(chart)
    of_figures, made = said_below([*facts, *_lacking(table, facts)])
    source = shown_text(f"{chart.source} {stamp.words}")
    parts = [
        head,
        WHOLE_TABLE,
        f"#heading(level: 1, {shown_text(chart.title)})\n",
        f"#par({shown_text(chart.subtitle)})\n",
        f"#align(center, {chart_picture(chart, stamp)})\n",
        f"#par(text(7.5pt, fill: soft, {source}))\n",
        "#heading(level: 2)[About this chart]\n#set text(8pt)\n" if of_figures else "",
        *(_fact(label, text) for label, text in of_figures),
        _end(table if choices.table else table._replace(rows=[]), made),
    ]
    return "".join(parts)


def _lacking(table: SmallTable, facts: list[Fact]) -> list[Fact]:
    """What is said where letters of the page are not in its font."""
    from dashboard.drawing.letters import missing_letters

    words = [text for _, text in facts] + [cell for row in table.rows for cell in row]
    lacking = missing_letters(" ".join(words))
    told = f"The font of this page lacks {count(len(lacking), 'letter')} of other scripts; □ stands for them."
    return [Fact("letters", told)] if lacking else []


_TALLEST = 1.25
"""Height of a picture by its width, beyond which it would not fit the page."""


def chart_picture(chart: Chart, stamp: Stamp, tallest: str = "20cm") -> str:
    """The code of the picture of a chart with its alternative text, as wide or as high as fits."""
    from dashboard.drawing.paper import BARE, chart_svg, picture_size
    from dashboard.exports.typesetting import picture_code

    drawing = chart_svg(chart, stamp, preset_named("page"), BARE)
    width, height = picture_size(drawing)
    size = ", width: 100%" if height < width * _TALLEST else f", height: {tallest}"
    return picture_code(drawing, chart.alt or chart.title, size)


def _end(table: SmallTable, made: list[Fact]) -> str:
    """The table, and how the page was made: both on one page, unless the table is long."""
    from dashboard.exports.typesetting import shown_text

    held = "block(" if len(table.rows) > UNBROKEN else "kept(1.6cm, "
    told = shown_text(" · ".join(f"{label} {text}" for label, text in made))
    drawn = _table(table) if table.rows else ""
    return f"#{held}{{\n{drawn}v(8pt)\nset text(6.5pt, fill: soft)\npar({told})\n}})\n"


def _table(table: SmallTable) -> str:
    from dashboard.exports.typesetting import shown_text

    align = ", ".join("right" if number else "left" for number in table.numbers)
    head = ", ".join(map(shown_text, table.head))
    cells = ", ".join(shown_text(cell) for row in table.rows for cell in row)
    return (
        "heading(level: 2)[The figures]\n{\nset text(size: 8pt)\n"
        f"table(columns: {len(table.head)}, align: ({align},), table.header({head}), {cells})\n}}\n"
    )


def _fact(label: str, text: str) -> str:
    from dashboard.exports.typesetting import shown_text

    return f"#par({{ strong({shown_text(label + ': ')}); {shown_text(text)} }})\n"
