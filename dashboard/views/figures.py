"""Figures: what the documents state, each figure beside its source and beside the statistics."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import figures
from dashboard.ui import chart, page, session


@st.fragment
def _show(key: str, data: Snapshot) -> None:
    found = session.view(figures, {"figure": key, "edition": ""}, data)
    if found.chart:
        chart.show(found, data)


@st.fragment
def _show_by_edition(key: str, data: Snapshot) -> None:
    """A chart of one edition, of the reader's choice."""
    names = data.edition_names
    current = data.catalogue.in_use(list(names))
    control = f"edition-{key}-{current}"
    chosen = st.session_state.get(control)
    edition = chosen if chosen in names else current
    choose = partial(st.segmented_control, "Edition", list(names), default=current, key=control,
                     required=True, format_func=names.__getitem__)  # fmt: skip
    chart.show(session.view(figures, {"figure": key, "edition": edition}, data), data, before=choose)


def show() -> None:
    """The page."""
    data = session.current()
    editions = [item.edition.edition for item in data.catalogue.editions]
    span = f"editions {min(editions)} to {max(editions)}" if editions else "no editions are loaded"
    page.heading(
        "What is said about Russia’s rare earths, and what the statistics say",
        f"The figures of {len(data.seeds.documents)} news reports, each beside its source and beside the "
        f"published statistics: {span}.",
    )
    page.tiles(figures.tiles_of_figures(data))
    for key, figure in figures.figures_of(data).items():
        (_show_by_edition if figure.by_edition else _show)(key, data)


show()
