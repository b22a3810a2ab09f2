"""Country: what one country holds, makes and refines, its share and rank of each, and how the rank moved."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import country, over_time, supplier
from dashboard.topics.pages import ASK, OF_COUNTRY
from dashboard.topics.parameters import settle_asked
from dashboard.ui import chart, controls, page, session, topic_page
from dashboard.ui.name_links import finding_link
from dashboard.words.pages import PAGE_TITLES
from loaders.names import place_name

_LEAD = (
    "What it holds, makes and refines: amount, share of the world and rank of each, and how the rank moved "
    "from edition to edition."
)
# What a link may call the country besides.
ALIAS = "country"


@st.fragment
def _country(data: Snapshot) -> None:
    asked = controls.ask(country.NAME, country.PARAMETERS, data)
    name = place_name(asked["place"])
    page.heading(name, _LEAD)
    page.name_tab(name, PAGE_TITLES[country.NAME])
    controls.draw_controls(country.NAME, country.PARAMETERS, asked, data)
    found = session.view(country, asked, data)
    chart.show(found, data)
    if found.chart is None:
        chart.show_tables(found, data)
        _earlier(asked["place"], data)
    _supplied(asked["place"], data)


def _earlier(place: str, data: Snapshot) -> None:
    """What is followed over the years of a country that no edition has in its latest year, as links to it."""
    for wanted in country.followed_of(place, data):
        asked, _ = settle_asked(over_time.PARAMETERS, wanted, data)
        told = over_time.over_time_finding(asked, data)
        if told.drawn:
            st.html(finding_link(told.words, over_time.NAME, wanted, "Over time"))


def _supplied(place: str, data: Snapshot) -> None:
    """What one country's own account says of imports from there, as a link to it."""
    asked, missed = settle_asked(supplier.PARAMETERS, {"place": place}, data)
    of_it = None if missed else session.view(supplier, asked, data).chart
    if of_it:
        link = {ASK.name: OF_COUNTRY, "place": place}
        st.html(finding_link(of_it.title, "dependence", link, "Dependence on imports"))


def show() -> None:
    """The page."""
    if ALIAS in st.query_params:
        place = st.query_params.pop(ALIAS)
        st.query_params.setdefault(country.PLACE.name, place)
    topic_page.open_object("Country", _LEAD, _country)


show()
