"""Concentration: who holds and who makes, for one mineral and for all of a critical list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics import concentration, glance
from dashboard.topics.pages import CLOSED, CONCENTRATION_PAGE, OF_LIST, OPENED_PART
from dashboard.ui import chart, controls, link, sections, session, tabs, topic_page
from dashboard.ui.paper import on_paper

PAGE = CONCENTRATION_PAGE.name


@st.fragment
def _concentration(data: Snapshot) -> None:
    asked = controls.ask(PAGE, CONCENTRATION_PAGE.parameters, data)
    tabs.strip(PAGE, asked, data)
    controls.draw_controls(PAGE, concentration.PARAMETERS, asked, data)
    of_one, of_list = CONCENTRATION_PAGE.shown(asked, data)
    one, many = session.view(*of_one, data), session.view(*of_list, data)

    def at_a_glance() -> None:
        controls.draw_controls(PAGE, OF_LIST, asked, data)
        chart.show(many, data)

    def of_this_one() -> None:
        chart.show(one, data)

    parts = [
        _section(concentration.NAME, one, of_this_one, data, "One mineral"),
        _section(glance.NAME, many, at_a_glance, data, "All critical minerals at a glance"),
    ]
    sections.show(parts, asked[OPENED_PART.name], _open, CLOSED)


def _section(key: str, found: View, draw: Callable[[], None], data: Snapshot, about: str) -> sections.Section:
    title = found.chart.title if found.chart else found.empty
    return sections.Section(key, title, draw, partial(on_paper, found, data.stamp), about)


def _open(part: str) -> None:
    st.session_state[link.key(PAGE, OPENED_PART.name)] = part


def show() -> None:
    """The page."""
    topic_page.open_page(
        "Concentration",
        "How few countries hold the reserves of a mineral and make it; how long reserves would last.",
        _concentration,
    )


show()
