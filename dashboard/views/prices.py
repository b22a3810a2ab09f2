"""Prices: every price that is printed of a mineral, never averaged."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import prices
from dashboard.ui import topic_page


@st.fragment
def _prices(data: Snapshot) -> None:
    topic_page.draw_topic(prices, data)


def show() -> None:
    """The page."""
    topic_page.open_page(
        "Prices",
        "Every price that is printed of a mineral, with its grade, market and unit, over the years and "
        "against a year.",
        _prices,
        of_any_account=True,
    )


show()
