"""Map: any measure of any mineral by country, or the claims about each; a click brings up a card."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import world_map
from dashboard.ui import chart, controls, page, session


@st.fragment
def _map(data: Snapshot) -> None:
    asked = controls.ask(world_map.NAME, world_map.PARAMETERS, data)
    controls.draw_controls(world_map.NAME, world_map.PARAMETERS, asked, data)
    chart.show(session.view(world_map, asked, data), data)


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        "Map",
        "Any measure of any mineral by country, or the claims about each: what is printed, number or not. "
        "Choose countries to outline them and to see their cards.",
    )
    if data.observations.empty:
        page.notice("Nothing to draw.", ["No editions are loaded."])
    else:
        _map(data)


show()
