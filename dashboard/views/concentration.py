"""Concentration: who holds and who makes, for one mineral and for all of a critical list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from dashboard import snapshot
from dashboard.analysis.concentration import KINDS
from dashboard.charts.view import Column, Tile
from dashboard.markup import table_html
from dashboard.topics import parameters
from dashboard.topics.concentration import (
    HOLDS,
    Concentration,
    Side,
    bound_words,
    concentration_view,
    index_words,
    share_words,
    world_years,
    years_words,
)
from dashboard.topics.explore_choice import FIRST_MINERAL
from dashboard.topics.glance import KEY, SORTS, Glance, glance, list_name, lists
from dashboard.ui import chart, link, page, session
from loaders.names import mineral_name, place_name
from loaders.units import display

PAGE = "concentration"
NAMES = ("mineral", "edition", "list", "sort")
FIRST_LIST, FIRST_SORT = "us-2025", "makes"


class Ask(NamedTuple):
    """What the page shows; `critical_list` and `sort` are of the table at a glance."""

    mineral: str
    edition: str
    critical_list: str
    sort: str


@st.cache_resource(show_spinner=False, max_entries=4)
def _minerals(version: str, _data: snapshot.Data) -> list[str]:
    """The minerals with reserves or production in some edition, by name."""
    wanted = [measure for names in KINDS.values() for measure in names]
    table = _data.observations
    return sorted(table.loc[table["measure"].isin(wanted), "mineral"].unique(), key=mineral_name)


class Shown(NamedTuple):
    """What is drawn of one mineral: the view, its tiles, and its two tables as HTML."""

    view: Concentration
    tiles: list[Tile]
    sides: str
    years: str


@st.cache_resource(show_spinner=False, max_entries=200)
def _shown(version: str, mineral: str, edition: str, _data: snapshot.Data) -> Shown:
    view = concentration_view(mineral, edition, _data)
    sides = table_html(SIDES, [_side_line(side) for side in view.sides], "Concentration")
    lines = [_years_line(line) for line in view.years.to_dict("records")]
    years = table_html(YEARS, lines, "Reserves over a year's mine production on the same basis")
    return Shown(view, _tiles(view) if view.block else [], sides, years if lines else "")


@st.cache_resource(show_spinner=False, max_entries=40)
def _glance(version: str, critical_list: str, edition: str, sort: str, _data: snapshot.Data) -> Glance:
    return glance(critical_list, edition, sort, _data)


# What is asked for ------------------------------------------------------------------------------------


def _settle(wanted: Mapping[str, str], data: snapshot.Data) -> tuple[Ask, list[str]]:
    missed: list[str] = []
    minerals = _minerals(data.version, data)
    mineral = FIRST_MINERAL if FIRST_MINERAL in minerals else minerals[0]
    editions = list(_editions(data))
    current = data.catalogue.in_use(list(reversed(editions)))
    return Ask(
        parameters.one("mineral", wanted, minerals, mineral, missed),
        parameters.one("edition", wanted, editions, current, missed),
        parameters.one("list", wanted, lists(), FIRST_LIST, missed),
        parameters.one("sort", wanted, list(SORTS), FIRST_SORT, missed),
    ), missed


def _editions(data: snapshot.Data) -> dict[str, str]:
    """All editions by id, the latest first, with the words for them."""
    return dict(reversed(data.edition_names.items()))


def _link(ask: Ask) -> dict[str, str]:
    return {
        "mineral": ask.mineral,
        "edition": ask.edition,
        "list": "" if ask.critical_list == FIRST_LIST else ask.critical_list,
        "sort": "" if ask.sort == FIRST_SORT else ask.sort,
    }


# One mineral ------------------------------------------------------------------------------------------


def _tiles(view: Concentration) -> list[Tile]:
    found = [tile for side in view.sides for tile in _side_tiles(side)]
    years, about = world_years(view.years)
    unit = "" if years == "not computed" else " years"
    badge = "no number" if not unit else "lower bound" if "at least" in years else "latest output"
    return [*found, Tile(f"{years}{unit}", f"of reserves: {about}", badge, "plain")]


def _side_tiles(side: Side) -> list[Tile]:
    bound = str(side.series["bound"])
    badge = {"exact": "to rounding", "lower": "lower bound", "upper": "upper bound", "none": "neither bound"}[
        bound
    ]
    names = ", ".join(place_name(code) for code in side.ranked["place"].head(3))
    index, year = index_words(side.series["hhi"], bound), str(side.series["year"])
    return [
        Tile(share_words(side, "top_3"), f"of {side.what} in the first three: {names}", year, "plain"),
        Tile(index, f"concentration (HHI) of {side.what}, 0 to 10,000", badge, "plain"),
    ]  # fmt: skip


SIDES = (
    Column(""),
    Column("first country"),
    *(Column(label, number=True) for label in ("its share", "first three", "first five", "HHI")),
    Column("HHI if one country had the rest", number=True),
    Column("countries with a number", number=True),
    Column("the index is"),
)
YEARS = (
    Column("place"),
    *(Column(label, number=True) for label in ("reserves", "a year's mine production", "years of reserves")),
    Column("why not computed"),
)


def _side_line(side: Side) -> tuple[object, ...]:
    series, bound = side.series, str(side.series["bound"])
    first = place_name(series["first"]) if pd.notna(series["first"]) else "none"
    most = series["hhi_at_most"]
    return (
        f"{side.what.capitalize()}, {series['year']}", f"{first}{' (tied)' if series['first_tied'] else ''}",
        *(share_words(side, name) for name in ("top_1", "top_3", "top_5")), index_words(series["hhi"], bound),
        "not known" if pd.isna(most) else f"{most:,.0f}", int(series["countries"]), bound_words(side),
    )  # fmt: skip


def _years_line(line: dict[Any, Any]) -> tuple[object, ...]:
    least = "more than " if line["at_least"] else ""
    held = "no number" if pd.isna(line["reserves"]) else f"{least}{display(line['reserves'], line['unit'])}"
    made = "no number" if pd.isna(line["production"]) else display(line["production"], line["unit"])
    return line["name"], held, made, years_words(line), line["reason"]


def _below(view: Concentration) -> None:
    page.notice("Note.", view.notes)


def _figures(shown: Shown) -> None:
    st.html(shown.sides)
    if shown.years:
        with st.expander("Years of reserves, place by place"):
            st.html(shown.years)


def _mineral(ask: Ask, data: snapshot.Data) -> None:
    shown = _shown(data.version, ask.mineral, ask.edition, data)
    view = shown.view
    if not view.block:
        page.notice("Nothing to draw.", [view.empty])
        return
    page.tiles(shown.tiles)
    chart.show(view.block, data, after=partial(_below, view))
    _figures(shown)


# The page ---------------------------------------------------------------------------------------------


def _glance_key(found: Glance) -> None:
    page.key(KEY)
    page.notice("On the list and without a line.", found.notes)


def _list(ask: Ask, data: snapshot.Data) -> None:
    st.html('<h2 class="group">All critical minerals at a glance</h2>')
    left, right = st.columns([1.4, 1])
    left.segmented_control("List", lists(), format_func=list_name, key=link.key(PAGE, "list"))
    right.selectbox("Order", list(SORTS), format_func=SORTS.__getitem__, key=link.key(PAGE, "sort"))
    found = _glance(data.version, ask.critical_list, ask.edition, ask.sort, data)
    if found.block:
        chart.show(found.block, data, after=partial(_glance_key, found))
    else:
        page.notice("Nothing to draw.", found.notes)


@st.fragment
def _concentration(data: snapshot.Data) -> None:
    found = link.asked(PAGE, NAMES)
    in_use = {name.split(".", 1)[0]: name for name in data.in_use}
    ask, missed = _settle(link.follow(PAGE, found, in_use), data)
    link.keep(PAGE, NAMES, _link(ask), dict(zip(NAMES, ask, strict=True)))
    if found.by_link:
        page.notice("Not as the link asks.", missed)
    editions = _editions(data)
    left, right = st.columns([2, 1])
    left.selectbox("Mineral", _minerals(data.version, data), format_func=mineral_name,
                   key=link.key(PAGE, "mineral"))  # fmt: skip
    right.selectbox(
        "Edition", list(editions), format_func=editions.__getitem__, key=link.key(PAGE, "edition")
    )
    _mineral(ask, data)
    _list(ask, data)


def show() -> None:
    """The page."""
    data = session.load()
    page.heading(
        "Who holds, and who makes",
        f"How few countries hold the {HOLDS} of a mineral and make it; how long reserves would last.",
    )
    if data.observations.empty:
        page.notice("Nothing to draw.", ["No editions are loaded. Add one on the page Data."])
    else:
        _concentration(data)


show()
