"""Revisions: the same figure in one edition after another."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import revisions
from dashboard.ui import topic_page
from dashboard.words.pages import PAGE_TITLES


@st.fragment
def _revisions(data: Snapshot) -> None:
    topic_page.draw_topic(revisions, data)


def show() -> None:
    """The page."""
    topic_page.open_page(
        PAGE_TITLES["revisions"],
        "The same figure in one edition after another: for production the same year as printed in successive "
        "editions, for reserves edition by edition.",
        _revisions,
    )


show()
