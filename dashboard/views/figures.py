"""Figures: what the documents state, each figure beside its source and beside the statistics."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

import streamlit as st

from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics import figures
from dashboard.topics.pages import (
    CLOSED,
    FIGURES_PAGE,
    OPENED_FIGURE,
    SINGLE_FIGURE,
    asked_figures,
    opened_figure,
)
from dashboard.topics.parameters import PANEL_SCALES, READING
from dashboard.topics.stories import story_title, subject_words
from dashboard.ui import chart, controls, editions_shown, link, page, sections, session
from dashboard.ui.name_links import linked_names
from dashboard.ui.paper import on_paper
from loaders.text import count

PAGE = figures.NAME


def _open(figure: str) -> None:
    st.session_state[link.key(PAGE, OPENED_FIGURE.name)] = figure


@st.fragment
def _draw(found: View, data: Snapshot, above: Collection[str]) -> None:
    chart.show(found, data, above=above)


def _edition(key: str, edition: str, usual: str, data: Snapshot) -> None:
    """The control of a chart that shows one edition, of the reader's choice."""
    names, control = data.edition_names, f"edition-{key}-{usual}"
    st.session_state[control] = edition
    st.segmented_control(
        "Edition", list(names), key=control, required=True, format_func=names.__getitem__,
        on_change=editions_shown.remember, args=(FIGURES_PAGE, key, control, usual),
    )  # fmt: skip


def _sections(asked: dict[str, str], data: Snapshot) -> Iterator[sections.Section]:
    """What is drawn of each figure, made one by one, so that the first shows at once.

    Of the cards, paper has each once.
    """
    charts = figures.figures_of(figures.of_documents(data, asked["document"]))
    above: frozenset[str] = frozenset()
    for item in asked_figures(asked, data):
        key, found = item["figure"], session.view(figures, item, data)
        if found.chart:
            draw = partial(_draw, found, data, above)
        elif item["edition"]:
            draw = partial(page.notice, "Nothing to draw.", [found.empty])
        else:
            continue
        if item["edition"]:
            draw = partial(_of_edition, item, charts[key].usual, draw, data)
        title, printed = (
            found.chart.title if found.chart else found.empty,
            partial(on_paper, found, data.stamp, above),
        )
        yield sections.Section(key, title, draw, printed)
        above |= {card.id for card in found.cards}


def _of_edition(item: dict[str, str], usual: str, draw: Callable[[], None], data: Snapshot) -> None:
    _edition(item["figure"], item["edition"], usual, data)
    draw()


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
        story_title(subject_words(chosen)),
        f"The figures of {count(len(chosen.seeds.documents), 'document')}, each beside its source and beside "
        f"the published statistics: {span}.",
    )
    controls.draw_controls(PAGE, (figures.DOCUMENTS, PANEL_SCALES, READING), asked, data)
    page.tiles(figures.tiles_of_figures(chosen), linked_names(data))
    if asked[SINGLE_FIGURE.name]:
        st.button("Show all figures", on_click=_all)
    sections.show(_sections(asked, data), opened_figure(asked, data), _open, CLOSED)


show()
