"""Sources: every document and edition, its citation, and the figures that rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard.analysis.evidence import has_statistics
from dashboard.charts.view import NOTE, Column
from dashboard.markup import facts_html, table_html
from dashboard.snapshot import Snapshot
from dashboard.topics.parameters import FIRST_MINERAL
from dashboard.topics.sources import (
    SourceEntry,
    account_entries,
    check_lines,
    claim_lines,
    entries,
    facts,
    holes,
    measure_lines,
    mentioned,
    row_table,
)
from dashboard.ui import chart, page, session
from dashboard.ui.name_links import linked_names, name_grid
from dashboard.words.pages import PAGE_TITLES
from loaders.model import Document
from loaders.names import mineral_name
from loaders.store import Installed
from loaders.text import count
from loaders.vocabulary import Status

_CLAIMS = (
    Column("printed"), Column("figure"), Column("about", names=True), Column("class and basis"),
    Column("paragraph", number=True), Column("said by"), Column("beside the statistics"),
)  # fmt: skip
_EVENTS = (
    Column("event"), Column("date"), Column("date as printed"), Column("phrase"),
    Column("paragraph", number=True),
)  # fmt: skip
MEASURES = (
    Column("measure"),
    *(Column(label, number=True) for label in ("minerals", "places", "figures", "numbers")),
    *(Column(status.label, number=True) for status in (Status.WITHHELD, Status.NOT_AVAILABLE)),
    Column("other words, bounds", number=True),
)  # fmt: skip
CHECKS = (Column("claim"), Column("said by"), Column("evidence here"), Column("outcome"), Column("why"))


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
        _document(entry.origin, data)
    else:
        _edition(entry.origin, data)


def _document(document: Document, data: Snapshot) -> None:
    checks = data.checks
    _grid(
        _CLAIMS,
        claim_lines(document, checks),
        "Figures that rest on it",
        "It states no figure about minerals.",
        data,
    )
    _grid(
        _EVENTS,
        mentioned(document, data.seeds.events),
        "Events it mentions",
        "It mentions none of the events.",
        data,
    )


def _edition(item: Installed, data: Snapshot) -> None:
    account = item in data.catalogue.national
    own = data.of_edition(item)
    _grid(MEASURES, measure_lines(own), "Figures that rest on it", "It holds no figure.", data)
    if not account:
        claims = [claim for claim in data.seeds.claims if has_statistics(claim)]
        lines = check_lines(item, claims, data.checks)
        _grid(CHECKS, lines, "Claims held against it", "No claim is held against it.", data)
    if not own.empty:
        _rows(item, own, data)


def _rows(item: Installed, own: pd.DataFrame, data: Snapshot) -> None:
    st.html('<p class="sub">Its rows</p>')
    minerals = sorted(own["mineral"].unique(), key=mineral_name)
    first = minerals.index(FIRST_MINERAL) if FIRST_MINERAL in minerals else 0
    mineral = st.selectbox("Mineral", minerals, first, mineral_name, key=f"rows-{item.edition.id}")
    table = row_table(own[own["mineral"] == mineral])
    told = f"The rows of {mineral_name(mineral)} in {item.edition.id}"
    name_grid(
        pa.Table.from_pandas(table, preserve_index=False), data, key=f"row-table-{item.edition.id}", alt=told
    )


def _grid(
    columns: tuple[Column, ...], lines: list[tuple[object, ...]], caption: str, empty: str, data: Snapshot
) -> None:
    if lines:
        st.html(table_html(columns, lines, caption, linked_names(data)))
    else:
        st.html(f'<p class="sub">{caption}</p><p class="small">{empty}</p>')


show()
