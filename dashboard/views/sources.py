"""Sources: every document and edition, its citation, and the figures that rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.charts.view import NOTE
from dashboard.markup import facts_html
from dashboard.snapshot import Snapshot
from dashboard.topics.sources import (
    SourceEntry,
    account_entries,
    entries,
    facts,
    holes,
)
from dashboard.ui import chart, page, session
from dashboard.ui.source_tables import rests_on_document, rests_on_edition
from dashboard.words.pages import PAGE_TITLES
from loaders.model import Document
from loaders.store import Installed
from loaders.text import count


@st.cache_resource(show_spinner=False, max_entries=4)
def _entries(version: str, seeds_changed: str, _data: Snapshot) -> list[SourceEntry]:
    return entries(_data.seeds, _data.catalogue, _data.sizes)


@st.cache_resource(show_spinner=False, max_entries=4)
def _accounts(version: str, _data: Snapshot) -> list[SourceEntry]:
    return account_entries(_data.catalogue, _data.sizes) if _data.catalogue.national else []


def show() -> None:
    """The page."""
    data = session.current()
    found = _entries(data.version, session.seeds_changed(), data)
    documents = [entry for entry in found if isinstance(entry.origin, Document)]
    editions = [entry for entry in found if isinstance(entry.origin, Installed)]
    page.heading(
        PAGE_TITLES["sources"],
        f"{count(len(documents), 'document')} and {count(len(editions), 'edition')} of statistics. "
        "A citation says what the source itself prints; what it does not print is “not stated”.",
    )
    accounts = _accounts(data.version, data)
    everything = [entry.source for entry in (*found, *accounts)]
    chart.citations(everything, "all-sources", lead=f"All {len(everything)} citations:")
    for title, group in (("Documents", documents), ("Editions of statistics", editions)):
        _group(title, group, data)
    if accounts:
        _group("One country’s own account", accounts, data)
        page.notice(NOTE, holes(data.catalogue.national))


def _group(title: str, group: Sequence[SourceEntry], data: Snapshot) -> None:
    on_paper = "".join(_on_paper(entry, data) for entry in group)
    st.html(f'<h2 class="group">{title}</h2><div class="on-paper">{on_paper}</div>')
    if not group:
        st.info("None is loaded.")
    for entry in group:
        _source(entry, data)


def _source(entry: SourceEntry, data: Snapshot) -> None:
    """One source: a line, and behind it everything; what is behind is made when it is opened."""
    source, key = entry.source, f"source-{entry.source.id}"
    wanted = st.query_params.get("source") == source.id
    title = f"**{page.escape_markdown(entry.name)}** · {_rests(entry, data)}"
    fold = st.expander(title, expanded=wanted, key=key, on_change=_remember, args=(key, source.id))
    if fold.open:
        with fold:
            _inside(entry, data)


def _on_paper(entry: SourceEntry, data: Snapshot) -> str:
    """What a printed page has of one source: its line and its citation."""
    name, rests, citation = map(escape, (entry.name, _rests(entry, data), entry.source.citation))
    return f"<p><b>{name}</b> · {rests}<br>{citation}</p>"


def _rests(entry: SourceEntry, data: Snapshot) -> str:
    in_use = entry.source.id in data.chosen or _is_account_in_use(entry, data)
    return f"{entry.rests}{', in use' if in_use else ''}"


def _is_account_in_use(entry: SourceEntry, data: Snapshot) -> bool:
    """Whether it is the edition in use of an account that has several."""
    item = entry.origin
    if isinstance(item, Document) or not item.current:
        return False
    return sum(other.dataset.id == item.dataset.id for other in data.catalogue.national) > 1


def _remember(key: str, source: str) -> None:
    """Keep the last opened source in the link."""
    if st.session_state[key]:
        st.query_params["source"] = source
    elif st.query_params.get("source") == source:
        del st.query_params["source"]


def _inside(entry: SourceEntry, data: Snapshot) -> None:
    chart.citations([entry.source], entry.source.id, link=f"sources?source={entry.source.id}")
    st.html(facts_html(facts(entry)))
    if isinstance(entry.origin, Document):
        rests_on_document(entry.origin, data)
    else:
        rests_on_edition(entry.origin, data)


show()
