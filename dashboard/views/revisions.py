"""Revisions: the same figure in one edition after another."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import revisions
from dashboard.ui import chart, controls, page, session, tabs


@st.fragment
def _revisions(data: Snapshot) -> None:
    asked = controls.ask(revisions.NAME, revisions.PARAMETERS, data)
    tabs.strip(revisions.NAME, asked, data)
    controls.draw_controls(revisions.NAME, revisions.PARAMETERS, asked, data)
    chart.show(session.view(revisions, asked, data), data)


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        "How the figures were revised",
        "The same figure in one edition after another: for production the same year as printed in successive "
        "editions, for reserves edition by edition.",
    )
    if data.observations.empty:
        page.notice("Nothing to draw.", ["No editions are loaded. Add one on the page Data."])
    else:
        _revisions(data)


show()
