"""A chart as one page of HTML: picture, table and what is to be known, with nothing from elsewhere."""

from __future__ import annotations

from html import escape

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.drawing.presets import preset_named
from dashboard.exports.about import PROGRAM, Fact, about_file
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.small_table import cell_text
from dashboard.snapshot import Stamp

NAME = "html"
LABEL = "Web page"
SUFFIX = ".html"
MIME = "text/html"

_ABOVE = ("finding", "shown", "in words")
_STYLE = """\
body{font:16px/1.5 Inter,Arial,Helvetica,sans-serif;color:#1a2330}
body{max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .3rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}
figure{margin:1rem 0}figure svg{width:100%;height:auto}figcaption,dl{font-size:.85rem}
dt{font-weight:700;margin-top:.5rem}dd{margin:0;overflow-wrap:anywhere}
.table{overflow-x:auto}table{width:max-content;border-collapse:collapse;font-size:.8rem}
th,td{max-width:24rem}
th,td{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #d5dbe2}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
"""
_SAFE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a browser may fetch or run for the page: nothing."""


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """A page that asks for nothing and runs nothing; the whole table is in it. Empty without a chart."""
    # Imported where it is used: it takes as long to load as a short command.
    from dashboard.drawing.paper import chart_svg

    if view.chart is None:
        return b""
    chart = view.chart
    size = preset_named(choices.preset)
    drawing = chart_svg(chart, stamp, size, framed=False, held=True, transparent=True)
    facts = [fact for fact in about_file(view, chart, stamp, choices, SUFFIX) if fact.label not in _ABOVE]
    page = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="description" content="{escape(chart.alt)}"><meta name="generator" content="{PROGRAM}">'
        f"<title>{escape(chart.title)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(chart.title)}</h1><p>{escape(chart.subtitle)}</p>"
        f"<figure>{drawing}<figcaption>{escape(chart.alt)}</figcaption></figure>"
        f"<p>{escape(chart.source)} {escape(stamp.words)}</p>"
        f"{_table(chart)}{_about(facts)}</main></body></html>\n"
    )
    return page.encode(errors="replace")


def _table(chart: Chart) -> str:
    names = [str(name) for name in chart.table.columns]
    numbers = [chart.table[name].map(lambda value: isinstance(value, float)).any() for name in names]
    sides = [" class=number" if number else "" for number in numbers]
    head = "".join(
        f"<th scope=col{side}>{escape(name)}</th>" for name, side in zip(names, sides, strict=True)
    )
    columns = [[escape(cell_text(value)) for value in chart.table[name].tolist()] for name in names]
    body = "".join(
        "<tr>" + "".join(f"<td{side}>{cell}</td>" for cell, side in zip(line, sides, strict=True)) + "</tr>"
        for line in zip(*columns, strict=True)
    )
    return (
        f'<h2>The figures</h2><div class="table"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _about(facts: list[Fact]) -> str:
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in facts)
    return f"<h2>About this chart</h2><dl>{lines}</dl>"
