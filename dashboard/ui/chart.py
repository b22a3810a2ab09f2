"""A chart on the page, with its actions, its table and the cards beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache, partial
from html import escape
from textwrap import shorten
from typing import Any, Literal

import pyarrow as pa
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.briefs.contents import item_of
from dashboard.charts.chart import Chart
from dashboard.charts.figures_drawn import drawn_figures
from dashboard.charts.strip import FindCard
from dashboard.charts.view import NOTE, Table, View
from dashboard.drawing.screen import SKETCHES_KEPT, drawn_figure, laid_width, lines_for_telephone, proportions
from dashboard.exports.about import citations_of
from dashboard.exports.citations import all_bibtex, all_ris
from dashboard.exports.small_table import screen_table, tab_separated
from dashboard.markup import NameHtml, facts_html, plain_names, table_html, unbroken
from dashboard.snapshot import Snapshot, Stamp
from dashboard.topics import claims
from dashboard.topics.later_figures import as_asked
from dashboard.topics.pages import own_link
from dashboard.topics.rows import card_of
from dashboard.ui import evidence
from dashboard.ui.briefs.adding import brief_menu, claim_item
from dashboard.ui.caches import Made
from dashboard.ui.name_links import linked_names, linked_sentences, name_grid
from dashboard.ui.page import (
    ASSETS,
    buttons_script,
    keep_proportions,
    marks_key_html,
    notice,
    notice_html,
    tiles,
    tiles_html,
)
from dashboard.ui.room import follow_browser, layouts, room
from dashboard.ui.session import current
from dashboard.ui.takeaway import take_away
from loaders.model import Source
from loaders.store import BriefItem
from loaders.text import file_name, quoted

_actions = st.components.v2.component(
    "minerals_chart_actions",
    html='<div class="bar" role="group"></div><span class="said" role="status" aria-live="polite"></span>',
    css=(ASSETS / "actions.css").read_text(encoding="utf-8"),
    js=buttons_script("room.js", "actions.js"),
)

_citation_actions = st.components.v2.component(
    "minerals_citation_actions",
    html='<div class="bar" role="group"></div><span class="said" role="status" aria-live="polite"></span>',
    css=(ASSETS / "actions.css").read_text(encoding="utf-8"),
    js=buttons_script("citation.js"),
)

_Kept = Callable[[str], Callable[[], BriefItem] | None]
"""From a card's id to what makes the item of a brief, where a brief can keep it."""

CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False}


def show(
    view: View,
    data: Snapshot,
    *,
    before: Callable[[], Any] | None = None,
    above: Collection[str] = (),
) -> None:
    """A view of the data; `before` draws a control between the title and the chart.

    Of a chart among others, `above` are the cards that stand under those above it: paper has each once.
    """
    _redraw_if_changed(data)
    read = as_asked(data, dict(view.asked))
    marks = drawn_figures(view.chart.drawing) if view.chart else {}
    stated = set() if view.topic == claims.NAME else {claim.id for claim in data.seeds.claims}
    draw_view(
        view,
        data.stamp,
        lambda name: card_of(name, read, marks.get(name)),
        before=before,
        kept=lambda card: partial(claim_item, card, data) if card in stated else None,
        names=data,
        above=above,
    )


def draw_view(
    view: View,
    stamp: Stamp,
    find_card: FindCard,
    *,
    before: Callable[[], Any] | None = None,
    kept: _Kept = lambda _card: None,
    names: Snapshot | None = None,
    above: Collection[str] = (),
) -> None:
    """Tiles, the chart over the whole width, below it a line for each source; tables at the end.

    A click on a mark, or its choice in the list of marks, opens its card. Without a chart, why there is
    none. `kept` makes what a brief keeps of a card, by the card's id, where it can keep it. With the data
    of `names`, those of minerals and countries lead to their pages. Paper has no card again that stands
    `above`.
    """
    told = linked_sentences(view, names) if names else plain_names
    if view.chart is None:
        if view.tiles:
            tiles(view.tiles, told)
        if before:
            before()
        notice("Nothing to draw.", [view.empty], told)
        return
    with st.container(gap="xxsmall", key=f"view-{view.key}"):
        _chart(view, view.chart, before, told)
        _menus(view, stamp, kept)
        below = below_html(view, names)
        if below:
            st.html(below)
        evidence.show(view, view.chart, find_card, names, above)
        _table(view.chart, view.key, names)
        show_tables(view, names)


def show_tables(view: View, names: Snapshot | None) -> None:
    """The tables of a view; with the data of `names`, those in them lead to their pages."""
    for item in view.tables:
        _show_table(item, linked_names(names) if names else plain_names)


def _chart(view: View, chart: Chart, before: Callable[[], Any] | None, told: NameHtml) -> None:
    st.html(f"{tiles_html(view.tiles, told)}{finding_html(chart, told)}")
    if before:
        before()
    plot(chart, f"chart-{view.key}", on_select=partial(evidence.clicked, view.key))
    st.html(f"{_for_telephone(chart)}{source_html(chart, told)}")


TELEPHONE_LINES = 6
"""Lines of a wide table that a telephone shows at once."""


def _for_telephone(chart: Chart) -> str:
    """The cells of a wide table as lines, which a telephone has in its place; the first are open."""
    told = [f"<li><b>{escape(name)}</b> {escape(words)}</li>" for name, words in lines_for_telephone(chart)]
    if not told:
        return ""
    first, rest = "".join(told[:TELEPHONE_LINES]), told[TELEPHONE_LINES:]
    more = f"<details><summary>{len(rest)} more</summary><ul>{''.join(rest)}</ul></details>" if rest else ""
    return f'<div class="for-telephone"><ul>{first}</ul>{more}</div>'


def finding_html(chart: Chart, told: NameHtml = plain_names) -> str:
    """The title and what stands below it."""
    title, subtitle = (told(unbroken(text)) for text in (chart.title, chart.subtitle))
    return f'<div class="finding"><h2>{title}</h2><p>{subtitle}</p></div>'


def source_html(chart: Chart, told: NameHtml = plain_names) -> str:
    """The source line."""
    return f'<p class="source">{told(unbroken(chart.source))}</p>'


def plot(
    chart: Chart,
    key: str,
    on_select: Literal["ignore"] | Callable[[], None] = "ignore",
    framed: float = 0.0,
) -> None:
    """The drawing alone; a click on a mark calls what is given. A frame around it takes some pixels."""
    width = laid_width(room() - framed)
    proportional = proportions(chart, width)
    if proportional:
        keep_proportions(key, *proportional)
    st.plotly_chart(
        drawn_figure(chart, width),
        key=key,
        on_select=on_select,
        selection_mode="points",
        alt=chart.alt,
        config=CONFIG,
    )


@st.fragment
def _menus(view: View, stamp: Stamp, kept: _Kept) -> None:
    """Take it away, keep it for later, copy it: in one line under every chart."""
    if view.chart is None:
        return
    claims_of_view = [card for card in view.cards if kept(card.id)]
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key=f"menus-{view.key}"):
        take_away(view, stamp)
        if view.topic:
            brief_menu(view.key, "Add to brief", partial(item_of, view, stamp))
        data = {**_action_data(view.chart, stamp), "link": own_link(view), **layouts()}
        told = _actions(key=f"actions-{view.key}", data=data, width="content", on_room_change=lambda: None)
        for card in claims_of_view:
            item = kept(card.id)
            if item:
                words = quoted(shorten(card.quote, CLAIM_LONGEST, placeholder=" …"))
                named = "claim" if len(claims_of_view) == 1 else words
                brief_menu(f"{view.key}-{card.id}", f"Add {named} to brief", item)
    follow_browser(told.room)


CLAIM_LONGEST = 24
"""Letters of a claim on a button."""


_belows: Made[str] = Made(600)


def below_html(view: View, names: Snapshot | None = None, marked: bool = True) -> str:
    """Why figures stand apart, what marks mean unless left out, what is to be known, how a claim stands."""
    key = view, names.key if names else None, marked
    return _belows.get(key, lambda: _below(view, names, marked))


def _below(view: View, names: Snapshot | None, marked: bool) -> str:
    told = linked_sentences(view, names) if names else plain_names
    return "".join(
        (
            notice_html(f"{view.why.title}.", view.why.sentences, told) if view.why else "",
            marks_key_html(view.marks) if marked else "",
            notice_html(NOTE, _notes(view), told),
            facts_html(view.facts, told) if view.facts else "",
        )
    )


def _notes(view: View) -> list[str]:
    """What is to be known that the source line above does not say."""
    said = view.chart.source if view.chart else ""
    return [note for note in view.notes if note not in said]


def _show_table(item: Table, named: NameHtml) -> None:
    table = table_html(item.columns, item.rows, item.caption, named)
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


# Words that are copied, and tables ----------------------------------------------------------------------


@lru_cache(maxsize=SKETCHES_KEPT)
def _action_data(chart: Chart, stamp: Stamp) -> dict[str, str]:
    """What the buttons copy."""
    return {
        "label": chart.title,
        "citation": "\n".join([f"{chart.title}. {chart.source} {stamp.words}", *citations_of(chart)]),
        "table": f"{tab_separated(chart)}\n{chart.source} {stamp.words}\n",
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


def _table(chart: Chart, key: str, names: Snapshot | None) -> None:
    """The same figures as a table, which is drawn once it is opened."""
    number = len(chart.table)
    label = f"Table: the same {'figure' if number == 1 else f'{number} figures'}"
    table = st.expander(label, key=f"table-of-{key}", on_change="rerun")
    if table.open:
        with table:
            name_grid(_arrow(chart), names, key=f"table-{key}", alt=f"Table of: {chart.title}")


@lru_cache(maxsize=SKETCHES_KEPT)
def _arrow(chart: Chart) -> pa.Table:
    """The table as Streamlit sends it, made once."""
    table = pa.Table.from_pandas(screen_table(chart), preserve_index=False)
    return table.replace_schema_metadata(None)  # Streamlit would read what pandas says of each column again
