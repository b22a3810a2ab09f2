"""Explore: any mineral, measure and edition, countries ranked, each number with its status and source."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import explore
from dashboard.topics.parameters import Asked
from dashboard.ui import page, topic_page
from dashboard.ui.name_links import linked_names
from dashboard.words.pages import PAGE_TITLES


@st.fragment
def _explore(data: Snapshot) -> None:
    topic_page.draw_topic(explore, data, above=lambda asked: _lists(asked, data))


def _lists(asked: Asked, data: Snapshot) -> None:
    """The critical lists that the mineral is on."""
    page.small(linked_names(data)(explore.lists_words(asked["mineral"])))


def show() -> None:
    """The page."""
    topic_page.open_page(
        PAGE_TITLES["explore"],
        "Any mineral, measure and edition: countries ranked, with what the publisher printed for each, "
        "number or not.",
        _explore,
    )


show()
