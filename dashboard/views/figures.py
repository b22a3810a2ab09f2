"""Figures: what the documents state, each figure beside its source and beside the statistics."""

from __future__ import annotations

import streamlit as st

from dashboard import loaded, parts
from dashboard.claim_charts import Block, blocks, card_of, tile
from loaders.vocabulary import Kind

TILES = 5


@st.cache_resource(show_spinner=False, max_entries=4)
def _blocks(version: str, _data: loaded.Data) -> list[Block]:
    return blocks(_data, loaded.checks(version, _data))


@st.fragment
def _show(block: Block, data: loaded.Data) -> None:
    parts.block(
        block.chart,
        block.cards,
        lambda name: card_of(name, data),
        key=block.key,
        version=data.version,
        why=block.why,
    )


def show() -> None:
    """The page."""
    data = loaded.load()
    documents, editions = len(data.seeds.documents), [item.edition.edition for item in data.catalogue.editions]
    span = f"editions {min(editions)} to {max(editions)}" if editions else "no editions"
    parts.heading(
        "What is said about Russia’s rare earths, and what the statistics say",
        f"The figures of {documents} news reports, each beside its source and beside the published statistics, {span}.",
    )
    checks = loaded.checks(data.version, data)
    stated = [claim for claim in data.seeds.claims if claim.kind is not Kind.RATIO][:TILES + 1]
    parts.tiles([parts.Tile(*tile(claim, checks[claim.id])) for claim in stated[:TILES]])
    for block in _blocks(data.version, data):
        _show(block, data)


show()
