"""Over time: figures of each year, the newest print of each."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import over_time
from dashboard.ui import topic_page
from dashboard.words.pages import PAGE_TITLES


@st.fragment
def _over_time(data: Snapshot) -> None:
    topic_page.draw_topic(over_time, data)


def show() -> None:
    """The page."""
    topic_page.open_page(
        PAGE_TITLES["over-time"],
        "Any mineral, measure and country as lines over the years: of each year the newest print, with "
        "what was revised and the years that have no number.",
        _over_time,
        of_any_account=True,
    )


show()
