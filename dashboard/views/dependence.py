"""Dependence: how far a country, or the European Union, relies on imports, of what, and from whom."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics.accounts import accounts_told, dependence_rows
from dashboard.topics.dependence import MINERAL
from dashboard.topics.pages import ASK, DEPENDENCE_PAGE, OF_MINERAL
from dashboard.topics.reliance import NO_ACCOUNT
from dashboard.ui import chart, controls, name_links, page, session, tabs

PAGE = DEPENDENCE_PAGE.name


@st.fragment
def _dependence(data: Snapshot) -> None:
    asked = controls.ask(PAGE, DEPENDENCE_PAGE.parameters, data)
    drawn = [
        item
        for item in DEPENDENCE_PAGE.parameters
        if item.name != MINERAL.name or asked[ASK.name] == OF_MINERAL
    ]
    if asked[ASK.name] == OF_MINERAL:
        tabs.strip(PAGE, asked, data)
    else:
        tabs.overviews(PAGE, data)
    controls.draw_controls(PAGE, drawn, asked, data)
    for number, shown in enumerate(DEPENDENCE_PAGE.shown(asked, data)):
        if number:
            st.html('<h2 class="group">Who mines, who refines, who holds</h2>')
        chart.show(session.view(*shown, data), data)


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        "Dependence",
        "Net imports as a part of what a country or the European Union uses, and the countries that they "
        "come from, beside who mines, who refines and who holds.",
    )
    if dependence_rows(data).empty:
        page.notice("Nothing to draw.", [NO_ACCOUNT])
    else:
        page.small(name_links.linked_names(data)(accounts_told(data)))
        _dependence(data)


show()
