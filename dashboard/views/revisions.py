"""Revisions: the same figure in one edition after another."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import revisions
from dashboard.ui import topic_page


@st.fragment
def _revisions(data: Snapshot) -> None:
    topic_page.draw_topic(revisions, data)


def show() -> None:
    """The page."""
    topic_page.open_page(
        "Revisions",
        "The same figure in one edition after another: for production the same year as printed in successive "
        "editions, for reserves edition by edition.",
        _revisions,
    )


show()
