"""Over time: figures of each year, the newest print of each."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import over_time
from dashboard.ui import chart, controls, page, session


@st.fragment
def _over_time(data: Snapshot) -> None:
    asked = controls.ask(over_time.NAME, over_time.PARAMETERS, data)
    controls.draw_controls(over_time.NAME, over_time.PARAMETERS, asked, data)
    chart.show(session.view(over_time, asked, data), data)


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        "Over time",
        "Any mineral, measure and country as lines over the years: of each year the newest print, with "
        "what was revised and the years that have no number.",
    )
    if data.catalogue.all:
        _over_time(data)
    else:
        page.notice("Nothing to draw.", ["No editions are loaded. Add one on the page Data."])


show()
