"""Concentration: who holds and who makes, for one mineral and for all of a critical list."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import concentration, glance
from dashboard.ui import chart, controls, page, session

PAGE = concentration.NAME
# What the table at a glance asks besides the edition.
OF_LIST = tuple(item for item in glance.PARAMETERS if item not in concentration.PARAMETERS)


@st.fragment
def _concentration(data: Snapshot) -> None:
    asked = controls.ask(PAGE, (*concentration.PARAMETERS, *OF_LIST), data)
    controls.draw_controls(PAGE, concentration.PARAMETERS, asked, data)
    mineral = {item.name: asked[item.name] for item in concentration.PARAMETERS}
    chart.show(session.view(concentration, mineral, data), data)
    st.html('<h2 class="group">All critical minerals at a glance</h2>')
    controls.draw_controls(PAGE, OF_LIST, asked, data)
    of_list = {item.name: asked[item.name] for item in glance.PARAMETERS}
    chart.show(session.view(glance, of_list, data), data)


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        "Who holds, and who makes",
        "How few countries hold the reserves of a mineral and make it; how long reserves would last.",
    )
    if data.observations.empty:
        page.notice("Nothing to draw.", ["No editions are loaded. Add one on the page Data."])
    else:
        _concentration(data)


show()
