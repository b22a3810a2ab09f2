"""Sources disagree: where two datasets give different figures for the same thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import snapshot
from dashboard.charts.view import Column
from dashboard.markup import table_html
from dashboard.topics import parameters
from dashboard.topics.disagreement import (
    ANY,
    COMPARED,
    FIRST,
    HOW,
    WHICH,
    Ask,
    View,
    chosen,
    differing,
    disagree_view,
    names_of,
)
from dashboard.ui import chart, link, page, session
from loaders.formats import FORMATS
from loaders.names import mineral_name, place_name

PAGE = "disagree"
NAMES = Ask._fields


@st.cache_resource(show_spinner="Comparing the datasets…", max_entries=4)
def _lines(version: str, _data: snapshot.Data) -> pd.DataFrame:
    return differing(_data)


@st.cache_resource(show_spinner=False, max_entries=100)
def _view(version: str, ask: Ask, _data: snapshot.Data) -> View:
    return disagree_view(ask, _lines(version, _data), _data)


def _settle(wanted: Mapping[str, str], lines: pd.DataFrame) -> tuple[Ask, dict[str, list[str]], list[str]]:
    """What is shown, what there is to choose, and what was not to be had."""
    missed: list[str] = []
    how = parameters.one("how", wanted, list(HOW), COMPARED, missed)
    own = chosen(Ask(how=how), lines)
    minerals = [ANY, *_named(own["mineral"], mineral_name)]
    mineral = parameters.one("mineral", wanted, minerals, ANY, missed)
    places = [ANY, *_named(chosen(Ask(mineral=mineral, how=how), lines)["place"], place_name)]
    place = parameters.one("place", wanted, places, ANY, missed)
    which = parameters.one("which", wanted, list(WHICH), FIRST, missed)
    return Ask(mineral, place, how, which), {"mineral": minerals, "place": places}, missed


def _named(codes: Iterable[str], name: Callable[[str], str]) -> list[str]:
    return sorted(set(codes), key=name)


def _link(ask: Ask) -> dict[str, str]:
    default = Ask()
    pairs = zip(NAMES, ask, default, strict=True)
    return {name: "" if value == usual else value for name, value, usual in pairs}


def _controls(options: Mapping[str, list[str]]) -> None:
    left, right = st.columns(2)
    left.selectbox("Mineral", options["mineral"], format_func=partial(_name, mineral_name, "All minerals"),
                   key=link.key(PAGE, "mineral"))  # fmt: skip
    right.selectbox("Place", options["place"], format_func=partial(_name, place_name, "All places"),
                    key=link.key(PAGE, "place"))  # fmt: skip
    left, right = st.columns([2, 1])
    left.segmented_control("Cells", list(HOW), format_func=HOW.__getitem__, key=link.key(PAGE, "how"))
    right.segmented_control("Show", list(WHICH), format_func=WHICH.__getitem__, key=link.key(PAGE, "which"))


def _name(name: Callable[[str], str], every: str, code: str) -> str:
    return every if code == ANY else name(code)


@st.fragment
def _cells(data: snapshot.Data) -> None:
    lines = _lines(data.version, data)
    found = link.asked(PAGE, NAMES)
    ask, options, missed = _settle(found.wanted, lines)
    link.keep(PAGE, NAMES, _link(ask), ask._asdict())
    if found.by_link:
        page.notice("Not as the link asks.", missed)
    _controls(options)
    view = _view(data.version, ask, data)
    if view.block:
        left = [f"Not drawn: {view.left} more cells; “All” shows them."] if view.left else []
        chart.show(view.block, data, after=partial(page.notice, "Note.", left))
    else:
        page.notice("Nothing to draw.", [view.empty])


def _one_dataset(data: snapshot.Data) -> None:
    """What to add, where there is nothing to compare with."""
    names = ", ".join(names_of(data).values()) or "none"
    page.notice(
        "Nothing to compare yet.",
        [
            f"Datasets that are loaded: {names}. Add a second one, and every cell for which the two print "
            "different figures is listed here, with the spread and the reasons.",
        ],
    )
    st.page_link("views/data.py", label="Add a dataset on the page Data", icon=":material/add:")
    st.html(
        table_html(
            (Column("what can be added"),), [(item.NAME,) for item in FORMATS], "Files that are recognised"
        )
    )


def show() -> None:
    """The page."""
    data = session.load()
    page.heading(
        "Where sources disagree",
        "A figure that two datasets print differently, for the same mineral, place, measure and year: each "
        "source is named, and nothing is averaged.",
    )
    if data.observations["dataset"].nunique() < 2:
        _one_dataset(data)
    else:
        _cells(data)


show()
