"""A chart as one page of HTML: the chart, its table and what is to be known, with nothing from elsewhere.

The chart is a picture that a script in the page replaces with one that answers to pointing; where scripts
do not run, the picture stays.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.drawing.presets import preset_named
from dashboard.exports.about import PROGRAM, Fact, about_file, said_below
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.small_table import SmallTable, cell_text, small_table
from dashboard.snapshot import Stamp

NAME = "html"
LABEL = "Web page"
SUFFIX = ".html"
MIME = "text/html"

_STYLE = """\
body{font:16px/1.5 Inter,Arial,Helvetica,sans-serif;color:#1a2330}
body{max-width:62rem;margin:2rem auto;padding:0 1rem}
summary{cursor:pointer;font-size:.85rem;margin:.7rem 0}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .3rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}
figure{margin:1rem 0;container-type:inline-size}figure svg{width:100%;height:auto}
figcaption,dl{font-size:.85rem}
dt{font-weight:700;margin-top:.5rem}dd{margin:0;overflow-wrap:anywhere}
.table{overflow-x:auto}table{width:max-content;border-collapse:collapse;font-size:.8rem}
th,td{max-width:24rem}
th,td{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #d5dbe2}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
"""
_SAFE = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
"""What a browser may fetch for the page: nothing. What it may run: what is in the page."""

LIBRARY = Path(__file__).parent / "plotly" / "plotly-cartesian.min.js"
_DRAW = """\
(() => {
  const chart = JSON.parse(document.getElementById("chart-data").textContent);
  const place = document.getElementById("chart"), picture = document.getElementById("picture");
  const options = {displayModeBar: false, responsive: true, scrollZoom: false};
  if (place.style.height) delete chart.layout.height;
  else place.style.height = chart.layout.height + "px";
  place.hidden = false;
  Plotly.newPlot(place, chart.data, chart.layout, options).then(
    () => { picture.hidden = true; }, () => { place.hidden = true; });
})();
"""
"""Puts the chart in place of the picture, if it can be drawn."""


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """A page that asks for nothing; chart and table are in it. Empty without a chart."""
    # Imported where they are used: they take as long to load as a short command.
    from dashboard.drawing.paper import PictureLook, chart_svg
    from dashboard.drawing.screen import figure

    if view.chart is None:
        return b""
    chart = view.chart
    size = preset_named(choices.preset)
    drawing = chart_svg(chart, stamp, size, PictureLook(framed=False, held=True, transparent=True))
    of_figures, made = said_below(about_file(view, chart, stamp, choices, SUFFIX))
    about = f"{_about('About this chart', of_figures)}{_about('How this page was made', made)}"
    page = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="description" content="{escape(chart.alt)}"><meta name="generator" content="{PROGRAM}">'
        f"<title>{escape(chart.title)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(chart.title)}</h1><p>{escape(chart.subtitle)}</p>"
        f'<figure><div id="picture">{drawing}</div>'
        f'<div id="chart" role="img" aria-label="{escape(chart.title)}" hidden{_height(chart)}></div>'
        f"<figcaption>{escape(chart.alt)}</figcaption></figure>"
        f"<p>{escape(chart.source)} {escape(stamp.words)}</p>"
        f"{_tables(chart)}{about}</main>{_scripts(figure(chart).to_json())}</body></html>\n"
    )
    return page.encode(errors="replace")


def _height(chart: Chart) -> str:
    """How high a chart is that keeps its proportions: so many times its width, and so many pixels."""
    from dashboard.drawing.screen import proportions

    kept = proportions(chart)
    return f' style="height:calc({kept[0] * 100:.3f}cqw + {kept[1]:.0f}px)"' if kept else ""


def _scripts(figure: str) -> str:
    """The figure as data, the library, and what draws; no text of a figure can end its element."""
    data = figure.replace("<", "\\u003c")
    return (
        f'<script type="application/json" id="chart-data">{data}</script>'
        f"<script>{_library()}</script><script>{_DRAW}</script>"
    )


@cache
def _library() -> str:
    return LIBRARY.read_text(encoding="utf-8")


def _tables(chart: Chart) -> str:
    """What a reader needs of the table, and behind a line that opens it the whole of it."""
    small = small_table(chart)
    names = [str(name) for name in chart.table.columns]
    numbers = [any(isinstance(value, float) for value in chart.table[name]) for name in names]
    columns = [[cell_text(value) for value in chart.table[name].tolist()] for name in names]
    whole = SmallTable(names, [list(row) for row in zip(*columns, strict=True)], numbers)
    more = f"<summary>Each figure with its source: all {len(names)} columns</summary>"
    return f"<h2>The figures</h2>{_table(small)}<details>{more}{_table(whole)}</details>"


def _table(table: SmallTable) -> str:
    sides = [" class=number" if number else "" for number in table.numbers]
    head = "".join(
        f"<th scope=col{side}>{escape(name)}</th>" for name, side in zip(table.head, sides, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{side}>{escape(cell)}</td>" for cell, side in zip(row, sides, strict=True))
        + "</tr>"
        for row in table.rows
    )
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _about(title: str, facts: list[Fact]) -> str:
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in facts)
    return f"<h2>{title}</h2><dl>{lines}</dl>"
