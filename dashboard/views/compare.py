"""Compare: up to six minerals, or six countries, on one question."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import compare
from dashboard.ui import chart, controls, page, session


@st.fragment
def _compare(data: Snapshot) -> None:
    asked = controls.ask(compare.NAME, compare.PARAMETERS, data)
    hidden = "places" if asked["of"] == compare.MINERALS else "minerals"
    shown = [item for item in compare.PARAMETERS if item.name != hidden]
    controls.draw_controls(compare.NAME, shown, asked, data)
    chart.show(session.view(compare, asked, data), data)


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        "Compare",
        "Up to six minerals or countries beside each other: who holds, who makes, who refines.",
    )
    if data.observations.empty:
        page.notice("Nothing to draw.", ["No editions are loaded. Add one on the page Data."])
    else:
        _compare(data)


show()
