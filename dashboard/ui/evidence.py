"""The strip of evidence below a chart: the list of its marks, a line for each source; their link."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping

import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.charts.figures_drawn import drawn_figures
from dashboard.charts.strip import FindCard, evidence_lines
from dashboard.charts.view import View
from dashboard.markup import plain_names, strip_html
from dashboard.snapshot import Snapshot
from dashboard.topics.pages import OPEN_MARK
from dashboard.ui.caches import Made
from dashboard.ui.name_links import linked_names, names_below
from dashboard.ui.page import bring_into_view, notice

_LINKED = "mark-in-link"
"""Where a session keeps the mark that the address named at the last run."""


def show(
    view: View, chart: Chart, find_card: FindCard, names: Snapshot | None, above: Collection[str]
) -> None:
    """The list of marks, and a line for each source; the first is open, or that of the chosen mark.

    Below them stand the links to what is drawn. With the data of `names` the chosen mark is in the link of
    the page. Cards that stand `above` are printed there.
    """
    words = {name: item.words for name, item in drawn_figures(chart.drawing).items()}
    with st.container(key=f"evidence-{view.key}", gap="xsmall"):
        asked = _asked_by_link(view.key, words) if names else ""
        name = _choice(view.key, words)
        if names:
            _keep_in_link(name or "")
        key = (view, names.key if names else None, name, frozenset(above))
        told = _strips.get(key, lambda: _strip(view, words, find_card, names, name, above))
        if told:
            st.html(told)
        clicked = st.session_state.pop(f"clicked-{view.key}", False)
        if name and (clicked or asked):  # who chooses in the list stays there
            line = f".st-key-evidence-{view.key} .card.selected"
            bring_into_view(line, f"{name} {time.time()}", "nearest")


_strips: Made[str] = Made(600)


def _strip(
    view: View,
    words: Mapping[str, str],
    find_card: FindCard,
    names: Snapshot | None,
    chosen: str | None,
    above: Collection[str],
) -> str:
    lines = evidence_lines(view.cards, words, find_card, chosen)
    links = names_below(view, names) if names else ""
    return strip_html(lines, above, linked_names(names) if names else plain_names) + links


def clicked(key: str) -> None:
    """A click on a mark chooses it in the list of marks, too; a click beside all marks chooses none."""
    event = st.session_state.get(f"chart-{key}")
    points = event.selection.points if event and event.selection else []
    name = points[0].get("customdata") if points else None
    st.session_state[_find(key)] = name[0] if isinstance(name, list) else name
    st.session_state[f"clicked-{key}"] = True


def _find(key: str) -> str:
    """Where a session keeps the mark of a chart whose card is open."""
    return f"find-{key}"


def _choice(key: str, words: Mapping[str, str]) -> str | None:
    """The mark that is chosen, by a click or in the list, which the keyboard reaches."""
    if st.session_state.get(_find(key)) not in words:
        st.session_state[_find(key)] = None
    if not words:
        return None
    with st.container(horizontal=True, vertical_alignment="center", key=f"marks-{key}"):
        st.html('<p class="strip">Evidence</p>', width="content")
        return st.selectbox(
            "Source of a mark of the chart",
            list(words),
            format_func=lambda name: words.get(name, name),
            key=_find(key),
            index=None,
            placeholder="Choose a mark of the chart, or click it",
            label_visibility="collapsed",
        )


# The link -----------------------------------------------------------------------------------------------


def _asked_by_link(key: str, words: Mapping[str, str]) -> str:
    """The mark that a new address asks for, which is chosen then; said where the chart has none such.

    Back leads to such an address too: one without a mark chooses none.
    """
    asked = st.query_params.get(OPEN_MARK, "")
    if asked == st.session_state.get(_LINKED, ""):
        return ""
    st.session_state[_find(key)] = asked or None
    if asked and asked not in words:
        notice("Not as the link asks.", [f"There is no mark “{asked[:40]}” to choose here."])
    return asked


def _keep_in_link(name: str) -> None:
    st.session_state[_LINKED] = name
    if name:
        if st.query_params.get(OPEN_MARK) != name:
            st.query_params[OPEN_MARK] = name
    elif OPEN_MARK in st.query_params:
        del st.query_params[OPEN_MARK]
