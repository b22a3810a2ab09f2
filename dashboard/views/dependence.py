"""Dependence: how far a country, or the European Union, relies on imports, of what, and from whom."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics.accounts import accounts_told, dependence_rows
from dashboard.topics.dependence import MINERAL
from dashboard.topics.pages import ASK, CLOSED, DEPENDENCE_PAGE, OF_MINERAL, OPENED_PART
from dashboard.topics.reliance import NO_ACCOUNT
from dashboard.ui import chart, controls, link, name_links, page, sections, session, tabs
from dashboard.words.pages import PAGE_TITLES

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
    found = [session.view(*shown, data) for shown in DEPENDENCE_PAGE.shown(asked, data)]
    if len(found) > 1 and found[0].chart:
        parts = [
            sections.of_view(view, partial(chart.show, view, data), data.stamp, about)
            for view, about in zip(found, _ABOUT, strict=True)
        ]
        sections.show(parts, asked[OPENED_PART], _open, CLOSED)
    else:
        for view in found:
            chart.show(view, data)


# What the two parts of one mineral are about.
_ABOUT = ("Imports", "Who mines, who refines, who holds")


def _open(part: str) -> None:
    st.session_state[link.key(PAGE, OPENED_PART)] = part


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        PAGE_TITLES["dependence"],
        "Net imports as a part of what a country or the European Union uses, and the countries that they "
        "come from, beside who mines, who refines and who holds.",
    )
    if dependence_rows(data).empty:
        page.notice("Nothing to draw.", [NO_ACCOUNT])
    else:
        page.small(name_links.linked_names(data)(accounts_told(data)))
        _dependence(data)


show()
