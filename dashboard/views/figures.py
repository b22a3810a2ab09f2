"""Figures: what the documents state, each figure beside its source and beside the statistics."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import figures
from dashboard.ui import chart, controls, page, session
from loaders.text import count


@st.fragment
def _show(key: str, documents: str, data: Snapshot) -> None:
    found = session.view(figures, {"document": documents, "figure": key, "edition": ""}, data)
    if found.chart:
        chart.show(found, data)


@st.fragment
def _show_by_edition(key: str, documents: str, data: Snapshot) -> None:
    """A chart of one edition, of the reader's choice."""
    names = data.edition_names
    current = data.catalogue.in_use(list(names))
    control = f"edition-{key}-{current}"
    chosen = st.session_state.get(control)
    edition = chosen if chosen in names else current
    choose = partial(st.segmented_control, "Edition", list(names), default=current, key=control,
                     required=True, format_func=names.__getitem__)  # fmt: skip
    asked = {"document": documents, "figure": key, "edition": edition}
    chart.show(session.view(figures, asked, data), data, before=choose)


def show() -> None:
    """The page."""
    data = session.current()
    documents = controls.ask(figures.NAME, (figures.DOCUMENTS,), data)["document"]
    chosen = figures.of_documents(data, documents)
    editions = [item.edition.edition for item in data.catalogue.editions]
    span = f"editions {min(editions)} to {max(editions)}" if editions else "no editions are loaded"
    page.heading(
        f"What is said about {figures.subject_words(chosen)}, and what the statistics say",
        f"The figures of {count(len(chosen.seeds.documents), 'document')}, each beside its source and beside "
        f"the published statistics: {span}.",
    )
    controls.draw_controls(figures.NAME, (figures.DOCUMENTS,), {"document": documents}, data)
    page.tiles(figures.tiles_of_figures(chosen))
    for key, figure in figures.figures_of(chosen).items():
        (_show_by_edition if figure.by_edition else _show)(key, documents, data)


show()
