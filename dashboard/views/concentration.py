"""Concentration: who holds and who makes, for one mineral and for all of a critical list."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import concentration
from dashboard.topics.pages import CONCENTRATION_PAGE, OF_LIST
from dashboard.ui import chart, controls, session, tabs, topic_page

PAGE = CONCENTRATION_PAGE.name


@st.fragment
def _concentration(data: Snapshot) -> None:
    asked = controls.ask(PAGE, CONCENTRATION_PAGE.parameters, data)
    tabs.strip(PAGE, asked, data)
    controls.draw_controls(PAGE, concentration.PARAMETERS, asked, data)
    of_one, of_list = CONCENTRATION_PAGE.shown(asked, data)
    chart.show(session.view(*of_one, data), data)
    st.html('<h2 class="group">All critical minerals at a glance</h2>')
    controls.draw_controls(PAGE, OF_LIST, asked, data)
    chart.show(session.view(*of_list, data), data)


def show() -> None:
    """The page."""
    topic_page.open_page(
        "Who holds, and who makes",
        "How few countries hold the reserves of a mineral and make it; how long reserves would last.",
        _concentration,
    )


show()
