"""Prices: every price that is printed of a mineral, never averaged."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import prices
from dashboard.ui import topic_page
from dashboard.words.pages import PAGE_TITLES


@st.fragment
def _prices(data: Snapshot) -> None:
    topic_page.draw_topic(prices, data)


def show() -> None:
    """The page."""
    topic_page.open_page(
        PAGE_TITLES["prices"],
        "Every price that is printed of a mineral, with its grade, market and unit, over the years and "
        "against a year.",
        _prices,
        of_any_account=True,
    )


show()
