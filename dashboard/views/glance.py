"""All minerals of a critical list at a glance."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import glance
from dashboard.ui import tabs, topic_page
from dashboard.words.pages import PAGE_TITLES


@st.fragment
def _glance(data: Snapshot) -> None:
    tabs.overviews(glance.NAME, data)
    topic_page.draw_topic(glance, data, tabbed=False)


def show() -> None:
    """The page."""
    topic_page.open_page(
        PAGE_TITLES["glance"],
        "Who holds most and who makes most of each mineral on a critical list, how concentrated that is, and "
        "how long reserves would last.",
        _glance,
    )


show()
