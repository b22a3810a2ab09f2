"""Mineral: who holds one mineral and who makes it, and a way to everything else that is known of it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics import mineral
from dashboard.topics.members import members_table
from dashboard.ui import chart, controls, page, session, tabs, topic_page
from dashboard.ui.more_of_mineral import more_of_mineral
from dashboard.ui.takeaway import take_away_one
from loaders.names import mineral_name

_LEAD = "Who holds it, who makes it, how few they are, how the figures were revised, and what is said of it."


@st.fragment
def _mineral(data: Snapshot) -> None:
    asked = controls.ask(mineral.NAME, mineral.PARAMETERS, data)
    page.heading(mineral_name(asked["mineral"]), _LEAD)
    tabs.strip(mineral.NAME, asked, data)
    controls.draw_controls(mineral.NAME, mineral.PARAMETERS, asked, data)
    chart.show(session.view(mineral, asked, data), data)
    parts = members_table(asked["mineral"], data)
    if parts:
        chart.show_tables(View(mineral.NAME, tables=(parts,)), data)
    more = more_of_mineral(asked, data)
    if more.views:
        st.html(f'<h2 class="sub">More of it</h2>{more.html}')
        views = {words: partial(make, data) for words, make in more.views.items()}
        take_away_one(views, data.stamp, "more")


def show() -> None:
    """The page."""
    topic_page.open_object("Mineral", _LEAD, _mineral)


show()
