"""Concentration: who holds and who makes, for one mineral and for all of a critical list."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import concentration
from dashboard.topics.pages import CLOSED, CONCENTRATION_PAGE, OF_LIST, OPENED_PART
from dashboard.ui import chart, controls, link, sections, session, tabs, topic_page
from dashboard.words.pages import PAGE_TITLES

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
        sections.of_view(one, of_this_one, data.stamp, "One mineral"),
        sections.of_view(many, at_a_glance, data.stamp, "All critical minerals at a glance"),
    ]
    sections.show(parts, asked[OPENED_PART], _open, CLOSED)


def _open(part: str) -> None:
    st.session_state[link.key(PAGE, OPENED_PART)] = part


def show() -> None:
    """The page."""
    topic_page.open_page(
        PAGE_TITLES["concentration"],
        "How few countries hold the reserves of a mineral and make it; how long reserves would last.",
        _concentration,
    )


show()
