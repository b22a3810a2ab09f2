"""Explore: any mineral, measure and edition, countries ranked, each number with its status and source."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import snapshot
from dashboard.analysis.rank import rank
from dashboard.charts.view import View
from dashboard.topics.explore import explore
from dashboard.topics.explore_choice import (
    PARAMETERS,
    WHICH,
    Choice,
    Offer,
    basis_words,
    choosable_places,
    lists_of,
    offer,
    settle,
    unit_words,
)
from dashboard.ui import chart, link, page, session
from loaders.names import mineral_name, place_name
from loaders.vocabulary import Measure

PAGE = "explore"


@st.cache_resource(show_spinner=False, max_entries=4)
def _offer(version: str, _data: snapshot.Data) -> Offer:
    return offer(_data.observations, _data.edition_names, _data.in_use)


@st.cache_resource(show_spinner=False, max_entries=4)
def _ranked(version: str, _data: snapshot.Data) -> pd.DataFrame:
    return rank(_data.observations)


@st.cache_resource(show_spinner=False, max_entries=200)
def _view(version: str, choice: Choice, _data: snapshot.Data) -> View:
    return explore(choice, _ranked(version, _data), _data)


# What is asked for ------------------------------------------------------------------------------------


def _settled(offered: Offer) -> Choice:
    """The view to show; the controls and the link are set to it, and what was not to be had is said."""
    found = link.asked(PAGE, PARAMETERS)
    in_use = {name.split(".", 1)[0]: name for name in offered.in_use}
    choice, missed = settle(link.follow(PAGE, found, in_use), offered)
    link.keep(PAGE, PARAMETERS, choice.link(), {**choice._asdict(), "places": list(choice.places)})
    if found.by_link:
        page.notice("Not as the link asks.", missed)
    return choice


def _key(name: str) -> str:
    return link.key(PAGE, name)


# What is shown ----------------------------------------------------------------------------------------


def _controls(choice: Choice, offered: Offer) -> None:
    years = offered.years(choice.mineral, choice.measure, choice.edition)
    first = st.columns([2, 1.6, 1, 0.8] if len(years) > 1 else [2, 1.6, 1])
    first[0].selectbox("Mineral", offered.minerals, format_func=mineral_name, key=_key("mineral"))
    measures = offered.measures(choice.mineral)
    first[1].selectbox("Measure", measures, format_func=_measure_name, key=_key("measure"))
    editions = list(offered.editions)[::-1]
    first[2].selectbox("Edition", editions, format_func=offered.editions.__getitem__, key=_key("edition"))
    if len(years) > 1:
        first[3].selectbox("Year", years, key=_key("year"))
    bases = offered.bases(choice.mineral, choice.measure)
    second = st.columns([2, 1.6, 0.9, 1] if len(bases) > 1 else [2.4, 1.6, 1], vertical_alignment="bottom")
    second[0].multiselect("Countries", choosable_places(), format_func=place_name, key=_key("places"),
                          placeholder="Choose countries to mark")  # fmt: skip
    second[1].segmented_control("Show", list(WHICH), format_func=WHICH.__getitem__, key=_key("which"))
    units = offered.units(choice.mineral, choice.measure)
    second[2].selectbox("Unit", units, format_func=unit_words, key=_key("unit"))
    if len(bases) > 1:
        second[3].selectbox("Show as", bases, format_func=basis_words, key=_key("basis"))


def _measure_name(measure: str) -> str:
    return Measure(measure).label


def _official_lists(mineral: str) -> None:
    names = lists_of(mineral)
    text = f"on {', '.join(names)}" if names else "on none of the lists US 2022, US 2025, EU 2024"
    st.html(f'<p class="small">{mineral_name(mineral)}: {text}</p>')


def _below(view: View) -> None:
    page.key(view.key)
    page.notice("Note.", view.notes)


@st.fragment
def _explore(data: snapshot.Data) -> None:
    offered = _offer(data.version, data)
    choice = _settled(offered)
    _controls(choice, offered)
    _official_lists(choice.mineral)
    view = _view(data.version, choice, data)
    chart.show_or_say(view.block, view.empty, data, after=partial(_below, view))


def show() -> None:
    """The page."""
    data = session.load()
    page.heading(
        "Explore the statistics",
        "Any mineral, measure and edition: countries ranked, with what the publisher printed for each, "
        "number or not.",
    )
    if data.observations.empty:
        page.notice("Nothing to draw.", ["No editions are loaded."])
    else:
        _explore(data)


show()
