"""Figures: what the documents state, each figure beside its source and beside the statistics."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import figures
from dashboard.topics.pages import FIGURES_PAGE, SINGLE_FIGURE, asked_figures
from dashboard.topics.parameters import PANEL_SCALES, READING
from dashboard.ui import chart, controls, editions_shown, link, page, session
from loaders.text import count

PAGE = figures.NAME


@st.fragment
def _show(asked: dict[str, str], data: Snapshot, above: Collection[str] | None) -> None:
    found = session.view(figures, asked, data)
    if found.chart:
        chart.show(found, data, above=above)


@st.fragment
def _show_by_edition(asked: dict[str, str], data: Snapshot, above: Collection[str] | None) -> None:
    """A chart of one edition, of the reader's choice."""
    names, key = data.edition_names, asked["figure"]
    current = data.catalogue.in_use(list(names))
    control = f"edition-{key}-{current}"
    edition = editions_shown.shown(PAGE).get(key, current)
    st.session_state[control] = edition if edition in names else current
    choose = partial(st.segmented_control, "Edition", list(names), key=control, required=True,
                     format_func=names.__getitem__, on_change=editions_shown.remember,
                     args=(FIGURES_PAGE, key, control, current))  # fmt: skip
    shown = {**asked, "edition": st.session_state[control]}
    chart.show(session.view(figures, shown, data), data, before=choose, above=above)


def _all() -> None:
    st.session_state[link.key(PAGE, SINGLE_FIGURE.name)] = ""


def show() -> None:
    """The page."""
    data = session.current()
    asked = controls.ask(PAGE, FIGURES_PAGE.parameters, data)
    chosen = figures.of_documents(data, asked["document"])
    editions = [item.edition.edition for item in data.catalogue.editions]
    span = f"editions {min(editions)} to {max(editions)}" if editions else "no editions are loaded"
    page.heading(
        f"What is said about {figures.subject_words(chosen)}, and what the statistics say",
        f"The figures of {count(len(chosen.seeds.documents), 'document')}, each beside its source and beside "
        f"the published statistics: {span}.",
    )
    controls.draw_controls(PAGE, (figures.DOCUMENTS, PANEL_SCALES, READING), asked, data)
    page.tiles(figures.tiles_of_figures(chosen))
    if asked[SINGLE_FIGURE.name]:
        st.button("Show all figures", on_click=_all)
    above: set[str] | None = None  # the first chart has its first card open, the others list what is new
    for item in asked_figures(asked, data):
        (_show_by_edition if item["edition"] else _show)(item, data, above and frozenset(above))
        above = (above or set()) | {card.id for card in session.view(figures, item, data).cards}


show()
