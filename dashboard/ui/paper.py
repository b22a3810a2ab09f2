"""What a printed page has of a view that is closed on the screen: no control, no link, nothing to press."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from dashboard.charts.chart import Chart
from dashboard.charts.strip import evidence_lines
from dashboard.charts.view import View
from dashboard.drawing.paper import PictureLook, chart_svg
from dashboard.markup import strip_html, table_html
from dashboard.snapshot import Stamp
from dashboard.ui.caches import Made
from dashboard.ui.chart import below_html, finding_html, source_html
from dashboard.ui.page import notice_html, tiles_html

_papers: Made[str] = Made(200)


def on_paper(view: View, stamp: Stamp, above: frozenset[str] = frozenset()) -> str:
    """The view as HTML for paper, its chart a picture; cards that stand `above` are not told again."""
    return _papers.get((view, stamp, above), lambda: _on_paper(view, stamp, above))


def _on_paper(view: View, stamp: Stamp, above: frozenset[str]) -> str:
    if view.chart is None:
        return tiles_html(view.tiles) + notice_html("Nothing to draw.", [view.empty])
    lines = evidence_lines(view.cards, {}, lambda _: None)
    return "".join(
        (
            tiles_html(view.tiles),
            f'<div class="drawn">{finding_html(view.chart)}{_picture(view.chart, stamp)}</div>',
            source_html(view.chart),
            below_html(view, marked=False),
            strip_html(lines, above),
            *(table_html(item.columns, item.rows, item.caption) for item in view.tables if not item.fold),
        )
    )


def _picture(chart: Chart, stamp: Stamp) -> str:
    drawn = chart_svg(chart, stamp, look=PictureLook(framed=False, held=True))
    source = b64encode(drawn.encode()).decode()
    return f'<img alt="{escape(chart.alt, quote=True)}" src="data:image/svg+xml;base64,{source}">'
