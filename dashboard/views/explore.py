"""Explore: any mineral, measure and edition, countries ranked, each number with its status and source."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import explore
from dashboard.ui import chart, controls, page, session, tabs


@st.fragment
def _explore(data: Snapshot) -> None:
    asked = controls.ask(explore.NAME, explore.PARAMETERS, data)
    tabs.strip(explore.NAME, asked, data)
    controls.draw_controls(explore.NAME, explore.PARAMETERS, asked, data)
    page.small(explore.lists_words(asked["mineral"]))
    chart.show(session.view(explore, asked, data), data)


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        "Explore the statistics",
        "Any mineral, measure and edition: countries ranked, with what the publisher printed for each, "
        "number or not.",
    )
    if data.observations.empty:
        page.notice("Nothing to draw.", ["No editions are loaded."])
    else:
        _explore(data)


show()
