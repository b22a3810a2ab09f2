"""A chart on the page, with its actions, its table and the cards beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import pyarrow as pa
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.charts.cards import Card
from dashboard.charts.chart import Chart
from dashboard.charts.view import Block
from dashboard.drawing.frame import print_json, version_words
from dashboard.exports.citations import all_bibtex, all_ris
from dashboard.exports.csv import csv_text
from dashboard.markup import card_html
from dashboard.snapshot import Data
from dashboard.topics.rows import card_of
from dashboard.ui.page import ASSETS, notice
from dashboard.ui.session import load
from loaders.model import Source
from loaders.text import file_name

_actions = st.components.v2.component(
    "minerals_chart_actions",
    html='<div class="bar" role="group"></div><span class="said" role="status" aria-live="polite"></span>',
    css=(ASSETS / "actions.css").read_text(encoding="utf-8"),
    js=(ASSETS / "actions.js").read_text(encoding="utf-8"),
)

_citation_actions = st.components.v2.component(
    "minerals_citation_actions",
    html='<div class="bar" role="group"></div><span class="said" role="status" aria-live="polite"></span>',
    css=(ASSETS / "actions.css").read_text(encoding="utf-8"),
    js=(ASSETS / "citation.js").read_text(encoding="utf-8"),
)

CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False}


def draw(
    chart: Chart,
    cards: Sequence[Card],
    card_of: Callable[[str], Card | None],
    *,
    key: str,
    version: str,
    documents: str = "",
    why: Sequence[str] = (),
    why_title: str = "Why two panels.",
    before: Callable[[], Any] | None = None,
    after: Callable[[], Any] | None = None,
) -> None:
    """A chart at the left and its source cards at the right; a click on a mark brings up its card."""
    left, right = st.columns([2.15, 1], gap="large")
    with left:
        st.html(f'<div class="finding"><h2>{escape(chart.title)}</h2><p>{escape(chart.subtitle)}</p></div>')
        if before:
            before()
        event = st.plotly_chart(
            chart.figure,
            key=f"chart-{key}",
            on_select="rerun",
            selection_mode="points",
            alt=chart.alt,
            config=CONFIG,
        )
        actions(chart, key, version, documents)
        notice(why_title, why)
        if after:
            after()
        table(chart, key)
    with right:
        _cards(cards, _chosen(event, card_of))


def show(
    block: Block,
    data: Data,
    before: Callable[[], Any] | None = None,
    after: Callable[[], Any] | None = None,
) -> None:
    """A block as the modules of `blocks` make it."""
    _redraw_if_changed(data)
    draw(
        block.chart,
        block.cards,
        lambda name: card_of(name, data),
        key=block.key,
        version=data.version,
        documents=data.documents_version,
        why=block.why,
        why_title=block.why_title,
        before=before,
        after=after,
    )


def show_or_say(block: Block | None, empty: str, data: Data, after: Callable[[], Any]) -> None:
    """The block or, where there is nothing to draw, why."""
    _redraw_if_changed(data)
    if block:
        show(block, data, after=after)
    else:
        notice("Nothing to draw.", [empty])


def _redraw_if_changed(data: Data) -> None:
    """Draw the whole page anew where a part that is drawn alone holds on to data that were changed."""
    run = get_script_run_ctx()
    if run and run.fragment_ids_this_run and load().key != data.key:
        st.rerun()


def _chosen(event: Any, card_of: Callable[[str], Card | None]) -> Card | None:
    points = event.selection.points if event and event.selection else []
    name = points[0].get("customdata") if points else None
    name = name[0] if isinstance(name, list) else name
    return card_of(name) if name else None


def _cards(cards: Sequence[Card], chosen: Card | None) -> None:
    shown = [card for card in cards if chosen is None or card.id != chosen.id]
    parts = [card_html(chosen, selected=True)] if chosen else []
    st.html(f'<div class="cards">{"".join(parts + [card_html(card) for card in shown])}</div>')


def actions(chart: Chart, key: str, version: str, documents: str = "") -> None:
    """Download as PNG, SVG (drawn by the reader's own browser) and CSV; copy the link and the citation."""
    _actions(key=f"actions-{key}", data=_action_data(chart, version, documents))


@lru_cache(maxsize=100)
def _action_data(chart: Chart, version: str, documents: str) -> dict[str, Any]:
    figure, width, height = print_json(chart, version, documents)
    return {
        "figure": figure,
        "width": width,
        "height": height,
        "csv": csv_text(chart, version, documents),
        "name": file_name(f"{chart.name}-{version[:8]}"),
        "label": chart.title,
        "citation": f"{chart.title}. {chart.source} {version_words(version, documents)}",
    }


def citations(sources: Sequence[Source], label: str, *, lead: str = "", link: str = "") -> None:
    """Copy the citation and a link; save BibTeX and RIS. A link is relative to the address of the page."""
    _citation_actions(
        key=f"citations-{label}",
        data={
            "citation": "\n".join(source.citation for source in sources),
            "bibtex": all_bibtex(sources),
            "ris": all_ris(sources),
            "name": file_name(label),
            "label": label,
            "lead": lead,
            "link": link,
        },
    )


def table(chart: Chart, key: str) -> None:
    """The same figures as a table."""
    number = len(chart.table)
    with st.expander(f"Table: the same {'figure' if number == 1 else f'{number} figures'}"):
        st.dataframe(_arrow(chart), hide_index=True, key=f"table-{key}", alt=f"Table of: {chart.title}")


@lru_cache(maxsize=100)
def _arrow(chart: Chart) -> pa.Table:
    """The table as Streamlit sends it, made once."""
    return pa.Table.from_pandas(chart.table, preserve_index=False)
