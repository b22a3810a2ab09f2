"""Figures: what the documents state, each figure beside its source and beside the statistics."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import snapshot
from dashboard.charts import view
from dashboard.charts.view import Block
from dashboard.topics.figures import makers
from dashboard.topics.statements.ranks import rank_bars
from dashboard.ui import chart, page, session
from dashboard.words.claims import tile
from loaders.model import Claim
from loaders.vocabulary import Kind

TILES = 5


@st.cache_resource(show_spinner=False, max_entries=100)
def _block(version: str, key: str, _make: Callable[[], Block | None]) -> Block | None:
    return _make()


@st.cache_resource(show_spinner=False, max_entries=40)
def _ranked(version: str, claim: str, edition: str, _data: snapshot.Data) -> Block | None:
    return rank_bars(_data.claim(claim), edition, _data)


@st.fragment
def _show(block: Block, data: snapshot.Data) -> None:
    chart.show(block, data)


@st.fragment
def _show_ranked(claim: Claim, data: snapshot.Data) -> None:
    """The ranking behind a stated rank, in an edition of the reader's choice."""
    names = data.edition_names
    current = data.catalogue.in_use(list(names))
    key = f"edition-{claim.id}-{current}"
    chosen = st.session_state.get(key)
    block = _ranked(data.key, claim.id, chosen if chosen in names else current, data)
    choose = partial(st.segmented_control, "Edition", list(names), default=current, key=key, required=True,
                     format_func=names.__getitem__)  # fmt: skip
    if block:
        chart.show(block, data, before=choose)
    else:
        choose()
        page.notice("Nothing to draw.", [f"{names[chosen or current]} has no such table."])


def show() -> None:
    """The page."""
    data = session.load()
    editions = [item.edition.edition for item in data.catalogue.editions]
    span = f"editions {min(editions)} to {max(editions)}" if editions else "no editions are loaded"
    page.heading(
        "What is said about Russia’s rare earths, and what the statistics say",
        f"The figures of {len(data.seeds.documents)} news reports, each beside its source and beside the "
        f"published statistics: {span}.",
    )
    checks = session.checks(data.version, data)
    stated = [claim for claim in data.seeds.claims if claim.kind is not Kind.RATIO]
    page.tiles([view.Tile(*tile(claim, checks[claim.id], data.in_use)) for claim in stated[:TILES]])
    for key, make in makers(data, checks).items():
        block = _block(data.key, key, make)
        if block:
            _show(block, data)
        for claim in data.seeds.claims:
            if editions and key == f"rank-{claim.id}":
                _show_ranked(claim, data)


show()
