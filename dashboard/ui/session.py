"""What a session shows: the data as they are, or as they were at the version that its link asks for.

A session that is opened by such a link stays at its version until the reader asks for the present one.
Every other session follows the changes, and its link names the version that it shows. Only editions are
kept as they were: where the documents have changed since, the page says so.
"""

from __future__ import annotations

import os
import time
from collections.abc import Hashable
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.charts.view import View
from dashboard.snapshot import Snapshot, loaded
from dashboard.topics import TOPICS
from dashboard.topics.figures import tiles_of_figures
from dashboard.topics.home import Headline, headlines
from dashboard.topics.pages import AS_OF, DOCUMENTS_AS_OF, VERSION
from dashboard.topics.parameters import Asked, Topic, answer, settle_asked
from dashboard.ui.caches import Made
from loaders.errors import StoreError
from loaders.store import (
    Catalogue,
    all_seeds,
    catalogue,
    catalogue_at,
    read_all,
    seeds_version,
)
from loaders.store.catalogue import SHORT

PINNED = "pinned-version"
"""Where a session keeps the version that its link asked for."""


def current(present: bool = False) -> Snapshot:
    """The data as they are now, or as they were at the version that the session's link asked for.

    Read again only when an edition or a seed has changed; choosing another current edition reads nothing.
    """
    now = catalogue()
    found = now if present else pinned() or now
    as_of = "" if found.version == now.version else found.version[:SHORT]
    seeds, home = seeds_changed(), str(os.environ.get("MINERALS_HOME", ""))
    return _data.get((found.version, home, seeds, as_of), lambda: _loaded(found, seeds, as_of))


def pinned() -> Catalogue | None:
    """The earlier version that the session shows; none where it shows the present one."""
    version = st.session_state.get(PINNED, "")
    if not version or catalogue().version.startswith(version):
        return None
    try:
        return catalogue_at(version)
    except StoreError:
        return None


def seeds_changed() -> str:
    """What names the seed files as they are, bundled and of the workspace: changes with each of them."""
    return seeds_version()


_data: Made[Snapshot] = Made(4)
_observations: Made[pd.DataFrame] = Made(2)
_views: Made[View] = Made(600, in_turn=True)


class _Asked:
    """When a page or a view was last asked for, by the clock that only runs on."""

    last = 0.0


_asked = _Asked()


def _loaded(found: Catalogue, seeds_changed: str, as_of: str) -> Snapshot:
    return loaded(
        found, _observations.get(found.content, lambda: read_all(found)), all_seeds(), seeds_changed, as_of
    )


def view(topic: Topic, asked: Asked, data: Snapshot) -> View:
    """What a topic has to show; made once for each content of the data and choice."""
    _asked.last = time.monotonic()
    return _views.get(_key(topic, asked, data), partial(answer, topic, asked, data))


def _key(topic: Topic, asked: Asked, data: Snapshot) -> Hashable:
    return topic.NAME, data.key, tuple(asked.items())


_headlines: Made[list[Headline]] = Made(4, in_turn=True)


def headlines_of(data: Snapshot) -> list[Headline]:
    """What Home begins with."""
    return _headlines.get(data.key, lambda: headlines(data))


def warm_up(home: bool) -> None:
    """Read the data and make the answers of the first page before anybody asks for them."""
    _asked.last = time.monotonic()
    data = current(present=True)
    tiles_of_figures(data)
    if home:
        headlines_of(data)


_QUIET = 5.0
"""Seconds without a reader's choice, after which there is time for what nobody asked for."""


def make_first_views(quiet: float = _QUIET) -> None:
    """Make the view that each page opens with, and with it the tables of all minerals that others rest on.

    One by one, and only while nobody chooses anything: a reader's own page goes first.
    """
    data = current(present=True)
    _wait(quiet)
    headlines_of(data)
    for topic in TOPICS:
        _wait(quiet)
        asked, _ = settle_asked(topic.PARAMETERS, {}, data)
        _views.get(_key(topic, asked, data), partial(answer, topic, asked, data))


def _wait(quiet: float) -> None:
    while time.monotonic() - _asked.last < quiet:
        time.sleep(quiet / 5)


ASKED_DOCUMENTS = "asked-documents"
"""Where a session keeps the version of the documents that its link was made with."""


def follow_link() -> None:
    """At the start of a run, keep to the version that the session's link asks for; say so, or why not.

    A link to the present version keeps nothing: the session follows the changes, as one without a link.
    """
    _asked.last = time.monotonic()
    named = st.query_params.get(AS_OF, "") or st.query_params.get(VERSION, "")
    asked = st.session_state.setdefault(PINNED, named)
    if asked and catalogue().version.startswith(asked):
        asked = st.session_state[PINNED] = ""
    if not asked:
        return
    try:
        catalogue_at(asked)
    except StoreError as error:
        st.warning(
            f"This link asks for data that cannot be shown: {error.message} Below are the present data."
        )
        return
    st.info(f"This link was made before the data changed. You see version {asked[:8]}, as it was then.")
    st.button("Show the present data", on_click=_unpin)


def _unpin() -> None:
    st.session_state[PINNED] = ""


def other_documents(documents: str) -> None:
    """Say that the documents are not those with which the session's link was made, until that is seen."""
    asked = st.session_state.setdefault(ASKED_DOCUMENTS, st.query_params.get(DOCUMENTS_AS_OF, ""))
    if not asked or documents.startswith(asked):
        return
    st.info(
        "A claim was added, changed or removed since this link was made. Statements are shown as they are "
        "now; the statistics are those of the link."
    )
    st.button("Understood", on_click=st.session_state.update, args=({ASKED_DOCUMENTS: ""},))


def name_versions(version: str, documents: str) -> None:
    """Put the versions that are shown into the link; links of old called the first one by another name."""
    if VERSION in st.query_params:
        del st.query_params[VERSION]
    for name, shown in ((AS_OF, version[:SHORT]), (DOCUMENTS_AS_OF, documents[:SHORT])):
        if st.query_params.get(name) != shown:
            st.query_params[name] = shown
