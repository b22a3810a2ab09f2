"""What rests on a source: a document's figures and events; an edition's measures, checks and rows."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard.analysis.evidence import has_statistics
from dashboard.charts.view import Column
from dashboard.markup import table_html
from dashboard.snapshot import Snapshot
from dashboard.topics.parameters import FIRST_MINERAL
from dashboard.topics.sources import check_lines, claim_lines, measure_lines, mentioned, row_table
from dashboard.ui.name_links import linked_names, name_grid
from loaders.model import Document
from loaders.names import mineral_name
from loaders.store import Installed
from loaders.vocabulary import Status

_CLAIMS = (
    Column("printed"), Column("figure"), Column("about", names=True), Column("class and basis"),
    Column("paragraph", number=True), Column("said by"), Column("beside the statistics"),
)  # fmt: skip
_EVENTS = (
    Column("event"), Column("date"), Column("date as printed"), Column("phrase"),
    Column("paragraph", number=True),
)  # fmt: skip
_MEASURES = (
    Column("measure"),
    *(Column(label, number=True) for label in ("minerals", "places", "figures", "numbers")),
    *(Column(status.label, number=True) for status in (Status.WITHHELD, Status.NOT_AVAILABLE)),
    Column("other words, bounds", number=True),
)  # fmt: skip
_CHECKS = (Column("claim"), Column("said by"), Column("evidence here"), Column("outcome"), Column("why"))


def rests_on_document(document: Document, data: Snapshot) -> None:
    """What a document states and mentions."""
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


def rests_on_edition(item: Installed, data: Snapshot) -> None:
    """What an edition has, and the claims that are held against it."""
    account = item in data.catalogue.national
    own = data.of_edition(item)
    _grid(_MEASURES, measure_lines(own), "Figures that rest on it", "It holds no figure.", data)
    if not account:
        claims = [claim for claim in data.seeds.claims if has_statistics(claim)]
        lines = check_lines(item, claims, data.checks)
        _grid(_CHECKS, lines, "Claims held against it", "No claim is held against it.", data)
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
