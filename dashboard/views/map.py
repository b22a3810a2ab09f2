"""Map: any measure of any mineral by country, or the claims about each; a click brings up a card."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import world_map
from dashboard.ui import topic_page
from dashboard.words.pages import PAGE_TITLES


@st.fragment
def _map(data: Snapshot) -> None:
    topic_page.draw_topic(world_map, data, tabbed=False)


def show() -> None:
    """The page."""
    topic_page.open_page(
        PAGE_TITLES["map"],
        "Any measure of any mineral by country, or the claims about each: what is printed, number or not. "
        "Choose countries to outline them and to see their cards.",
        _map,
    )


show()
