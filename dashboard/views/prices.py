"""Prices: every price that is printed of a mineral, never averaged."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import prices
from dashboard.ui import chart, controls, page, session


@st.fragment
def _prices(data: Snapshot) -> None:
    asked = controls.ask(prices.NAME, prices.PARAMETERS, data)
    controls.draw_controls(prices.NAME, prices.PARAMETERS, asked, data)
    chart.show(session.view(prices, asked, data), data)


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        "Prices",
        "Every price that is printed of a mineral, with its grade, market and unit, over the years and "
        "against a year.",
    )
    if data.catalogue.all:
        _prices(data)
    else:
        page.notice("Nothing to draw.", ["No editions are loaded. Add one on the page Data."])


show()
