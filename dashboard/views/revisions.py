"""Revisions: the same figure in one edition after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import snapshot
from dashboard.charts.view import View
from dashboard.topics import parameters
from dashboard.topics.explore_choice import FIRST_MINERAL, choosable_places
from dashboard.topics.revisions import FIRST, WHICH, Ask, in_ground, revision_view
from dashboard.ui import chart, link, page, session
from loaders.names import mineral_name, place_name
from loaders.vocabulary import Measure

PAGE = "revisions"
NAMES = ("dataset", "mineral", "measure", "year", "places", "which")


@st.cache_resource(show_spinner=False, max_entries=4)
def _series(version: str, _data: snapshot.Data) -> pd.DataFrame:
    """The distinct series of all editions."""
    columns = ["dataset", "edition", "mineral", "measure", "year"]
    return _data.observations[columns].drop_duplicates().reset_index(drop=True)


@st.cache_resource(show_spinner=False, max_entries=200)
def _view(version: str, ask: Ask, _data: snapshot.Data) -> View:
    return revision_view(ask, _data)


def _settle(wanted: Mapping[str, str], series: pd.DataFrame) -> tuple[Ask, dict[str, list[str]], list[str]]:
    """What is shown, what there is to choose, and what was not to be had."""
    missed: list[str] = []
    options: dict[str, list[str]] = {}

    def choose(name: str, found: list[str], default: str) -> str:
        options[name] = found
        return parameters.one(name, wanted, found, default, missed)

    datasets = sorted(series["dataset"].unique(), key=lambda name: -_editions(series, name))
    own = series[series["dataset"] == choose("dataset", datasets, datasets[0])]
    minerals = sorted(own["mineral"].unique(), key=mineral_name)
    mineral = choose("mineral", minerals, FIRST_MINERAL if FIRST_MINERAL in minerals else minerals[0])
    own = own[own["mineral"] == mineral]
    measures = [str(name) for name in Measure if name in set(own["measure"])]
    measure = choose("measure", measures, "reserves" if "reserves" in measures else measures[0])
    years = [] if in_ground(measure) else _years(own[own["measure"] == measure])
    year = choose("year", years, years[0]) if years else "0"
    which = choose("which", list(WHICH), FIRST)
    places = tuple(code for code in wanted.get("places", "").split(",") if code in choosable_places())
    return Ask(str(own["dataset"].iloc[0]), mineral, measure, int(year), places, which), options, missed


def _editions(series: pd.DataFrame, dataset: str) -> int:
    return int(series.loc[series["dataset"] == dataset, "edition"].nunique())


def _years(own: pd.DataFrame) -> list[str]:
    """The years that several editions print, the latest first; all where each is printed once."""
    counts = own.groupby("year")["edition"].nunique()
    several = counts[counts > 1]
    return [str(year) for year in sorted((several if len(several) else counts).index, reverse=True)]


def _link(ask: Ask, datasets: int) -> dict[str, str]:
    return {
        "dataset": ask.dataset if datasets > 1 else "",
        "mineral": ask.mineral,
        "measure": ask.measure,
        "year": str(ask.year or ""),
        "places": ",".join(ask.places),
        "which": "" if ask.which == FIRST else ask.which,
    }


def _controls(ask: Ask, options: dict[str, list[str]], data: snapshot.Data) -> None:
    names = {item.dataset.id: item.dataset.short_title for item in data.catalogue.editions}
    shown = [name for name in ("mineral", "measure", "year", "dataset") if len(options.get(name, ())) > 1]
    words: dict[str, Callable[[str], str]] = {
        "mineral": mineral_name,
        "measure": lambda name: Measure(name).label,
        "dataset": lambda name: names[name],
        "year": str,
    }
    for column, name in zip(
        st.columns([2 if name == "mineral" else 1.3 for name in shown]), shown, strict=True
    ):
        label = "Production of" if name == "year" else name.capitalize()
        column.selectbox(label, options[name], format_func=words[name], key=link.key(PAGE, name))
    left, right = st.columns([2, 1.5], vertical_alignment="bottom")
    left.multiselect("Countries", choosable_places(), format_func=place_name, key=link.key(PAGE, "places"),
                     placeholder="Choose countries to mark")  # fmt: skip
    right.segmented_control("Show", list(WHICH), format_func=WHICH.__getitem__, key=link.key(PAGE, "which"))


def _below(view: View) -> None:
    page.key(view.key)
    page.notice("Note.", view.notes)


@st.fragment
def _revisions(data: snapshot.Data) -> None:
    found = link.asked(PAGE, NAMES)
    ask, options, missed = _settle(found.wanted, _series(data.version, data))
    controls = {**ask._asdict(), "year": str(ask.year), "places": list(ask.places)}
    link.keep(PAGE, NAMES, _link(ask, len(options["dataset"])), controls)
    if found.by_link:
        page.notice("Not as the link asks.", missed)
    _controls(ask, options, data)
    view = _view(data.version, ask, data)
    chart.show_or_say(view.block, view.empty, data, after=partial(_below, view))


def show() -> None:
    """The page."""
    data = session.load()
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
