"""A chart on the page, with its actions, its table and the cards beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from html import escape
from typing import Any, Literal

import pyarrow as pa
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.briefs.told import item_of
from dashboard.charts.cards import Card
from dashboard.charts.chart import Chart
from dashboard.charts.view import NOTE, Table, View
from dashboard.drawing.screen import figure, proportions
from dashboard.exports.citations import all_bibtex, all_ris
from dashboard.exports.small_table import tab_separated
from dashboard.markup import card_html, facts_html, table_html
from dashboard.snapshot import Snapshot, Stamp
from dashboard.topics import claims
from dashboard.topics.later import as_asked
from dashboard.topics.pages import own_link
from dashboard.topics.rows import card_of
from dashboard.ui.briefs.adding import brief_menu, claim_item
from dashboard.ui.page import ASSETS, buttons_script, keep_proportions, marks_key, notice, tiles, unbroken
from dashboard.ui.session import current
from dashboard.ui.takeaway import take_away
from loaders.model import Source
from loaders.store import BriefItem
from loaders.text import file_name

_actions = st.components.v2.component(
    "minerals_chart_actions",
    html='<div class="bar" role="group"></div><span class="said" role="status" aria-live="polite"></span>',
    css=(ASSETS / "actions.css").read_text(encoding="utf-8"),
    js=buttons_script("actions.js"),
)

_citation_actions = st.components.v2.component(
    "minerals_citation_actions",
    html='<div class="bar" role="group"></div><span class="said" role="status" aria-live="polite"></span>',
    css=(ASSETS / "actions.css").read_text(encoding="utf-8"),
    js=buttons_script("citation.js"),
)

CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False}


def show(view: View, data: Snapshot, *, before: Callable[[], Any] | None = None) -> None:
    """A view of the data; `before` draws a control between the title and the chart."""
    _redraw_if_changed(data)
    read = as_asked(data, dict(view.asked))
    stated = set() if view.topic == claims.NAME else {claim.id for claim in data.seeds.claims}
    draw_view(
        view,
        data.stamp,
        lambda name: card_of(name, read),
        before=before,
        kept=lambda card: partial(claim_item, card, data) if card in stated else None,
    )


def draw_view(
    view: View,
    stamp: Stamp,
    find_card: Callable[[str], Card | None],
    *,
    before: Callable[[], Any] | None = None,
    kept: Callable[[str], Callable[[], BriefItem] | None] = lambda _card: None,
) -> None:
    """Tiles, the chart at the left and its source cards at the right, tables below.

    A click on a mark brings up its card. Without a chart, why there is none. `kept` makes what a brief
    keeps of a card, by the card's id, where it can keep it.
    """
    if view.tiles:
        tiles(view.tiles)
    if view.chart is None:
        if before:
            before()
        notice("Nothing to draw.", [view.empty])
        return
    left, right = st.columns([2.15, 1], gap="large")
    with left:
        event = _chart(view, view.chart, stamp, before)
        _below(view)
        _table(view.chart, view.key)
    with right:
        _cards(view, _chosen(event, find_card), kept)
    show_tables(view)


def show_tables(view: View) -> None:
    """The tables of a view."""
    for item in view.tables:
        _show_table(item)


def _chart(view: View, chart: Chart, stamp: Stamp, before: Callable[[], Any] | None) -> Any:
    title, subtitle = (escape(unbroken(text)) for text in (chart.title, chart.subtitle))
    st.html(f'<div class="finding"><h2>{title}</h2><p>{subtitle}</p></div>')
    if before:
        before()
    event = plot(chart, f"chart-{view.key}", on_select="rerun")
    _menus(view, stamp)
    _actions(key=f"actions-{view.key}", data={**_action_data(chart, stamp), "link": own_link(view)})
    return event


def plot(chart: Chart, key: str, on_select: Literal["ignore", "rerun"] = "ignore") -> Any:
    """The drawing alone; with "rerun" a click on a mark is told."""
    proportional = proportions(chart)
    if proportional:
        keep_proportions(key, *proportional)
    return st.plotly_chart(
        figure(chart), key=key, on_select=on_select, selection_mode="points", alt=chart.alt, config=CONFIG
    )


@st.fragment
def _menus(view: View, stamp: Stamp) -> None:
    """Take it away, or keep it for later."""
    with st.container(horizontal=True, wrap=False, gap="xsmall", key=f"menus-{view.key}"):
        take_away(view, stamp)
        if view.topic:
            brief_menu(view.key, "Add to brief", partial(item_of, view, stamp))


def _below(view: View) -> None:
    """Why figures stand apart, what the marks mean, what is to be known, how a claim stands."""
    if view.why:
        notice(*view.why)
    if view.marks:
        marks_key(view.marks)
    notice(NOTE, view.notes)
    if view.facts:
        st.html(facts_html(view.facts))


def _show_table(item: Table) -> None:
    table = table_html(item.columns, item.rows, item.caption)
    if item.fold:
        with st.expander(item.fold):
            st.html(table)
    else:
        st.html(table)


def _redraw_if_changed(data: Snapshot) -> None:
    """Draw the whole page anew where a part that is drawn alone holds on to data that were changed."""
    run = get_script_run_ctx()
    if run and run.fragment_ids_this_run and current().key != data.key:
        st.rerun()


def _chosen(event: Any, card_of: Callable[[str], Card | None]) -> Card | None:
    points = event.selection.points if event and event.selection else []
    name = points[0].get("customdata") if points else None
    name = name[0] if isinstance(name, list) else name
    return card_of(name) if name else None


@st.fragment
def _claim_menu(key: str, item: Callable[[], BriefItem]) -> None:
    brief_menu(key, "Add claim to brief", item)


def _cards(view: View, chosen: Card | None, kept: Callable[[str], Callable[[], BriefItem] | None]) -> None:
    """The chosen card first; below the card of a claim, what puts the claim into a brief."""
    others = [card for card in view.cards if chosen is None or card.id != chosen.id]
    with st.container(key=f"cards-{view.key}"):
        for card in [chosen, *others] if chosen else others:
            st.html(f'<div class="cards">{card_html(card, selected=card is chosen)}</div>')
            item = kept(card.id)
            if item:
                _claim_menu(f"{view.key}-{card.id}", item)


@lru_cache(maxsize=100)
def _action_data(chart: Chart, stamp: Stamp) -> dict[str, str]:
    """What the buttons copy."""
    return {
        "label": chart.title,
        "citation": f"{chart.title}. {chart.source} {stamp.words}",
        "table": tab_separated(chart),
        "alt": chart.alt,
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


def _table(chart: Chart, key: str) -> None:
    """The same figures as a table."""
    number = len(chart.table)
    with st.expander(f"Table: the same {'figure' if number == 1 else f'{number} figures'}"):
        st.dataframe(_arrow(chart), hide_index=True, key=f"table-{key}", alt=f"Table of: {chart.title}")


@lru_cache(maxsize=100)
def _arrow(chart: Chart) -> pa.Table:
    """The table as Streamlit sends it, made once."""
    return pa.Table.from_pandas(chart.table, preserve_index=False)
