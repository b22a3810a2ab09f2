"""Sources disagree: where two datasets give different figures for the same thing."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.view import Column
from dashboard.markup import table_html
from dashboard.snapshot import Snapshot
from dashboard.topics import disagreement
from dashboard.ui import chart, controls, page, session
from dashboard.words.pages import PAGE_TITLES
from loaders.formats import FORMATS


@st.fragment
def _cells(data: Snapshot) -> None:
    with st.spinner("Comparing the datasets…"):
        asked = controls.ask(disagreement.NAME, disagreement.PARAMETERS, data)
    controls.draw_controls(disagreement.NAME, disagreement.PARAMETERS, asked, data)
    chart.show(session.view(disagreement, asked, data), data)


def _one_dataset(data: Snapshot) -> None:
    """What to add, where there is nothing to compare with."""
    page.notice("Nothing to compare yet.", [disagreement.one_dataset_words(data)])
    st.page_link("views/data.py", label="Add a dataset on the page Data", icon=":material/add:")
    st.html(
        table_html(
            (Column("what can be added"),), [(item.NAME,) for item in FORMATS], "Files that are recognised"
        )
    )


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        PAGE_TITLES["disagree"],
        "A figure that two datasets print differently, for the same mineral, place, measure and year: each "
        "source is named, and nothing is averaged.",
    )
    if len(data.compared) < 2:
        _one_dataset(data)
    else:
        _cells(data)


show()
