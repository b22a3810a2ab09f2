"""What a reader chose on one page and the next page opens with: mineral, country and edition.

It is kept in the session. A link that says what it asks for always wins, and is remembered in its turn; a
page that has nothing of what is remembered takes its default, and the memory stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics.pages import AS_OF, VERSION
from dashboard.topics.parameters import Asked, Parameter, codes_of
from dashboard.ui.link import LinkState

REMEMBERED_MINERAL, _EDITION, _PLACE, _MINERALS, _PLACES = "mineral", "edition", "place", "minerals", "places"
_REMEMBERED = (REMEMBERED_MINERAL, _EDITION, _PLACE)
_OF_SEVERAL = {_MINERALS: REMEMBERED_MINERAL, _PLACES: _PLACE}

_MEMORY, _OPEN = "remembered", "page-open"


def recalled(page: str, found: LinkState, parameters: Sequence[Parameter]) -> dict[str, str]:
    """What is remembered, for a page that is just opened, or by a link; nothing while it stays open.

    A control that takes several and has none takes the one that is remembered; a link says what is chosen.
    An address that names a version is whole: Back, a reload and a colleague's link show what it showed.
    """
    stays_open = st.session_state.get(_OPEN) == page and not found.by_link
    if stays_open or AS_OF in st.query_params or VERSION in st.query_params:
        return {}
    single = {item.name for item in parameters if not item.many}
    known = {name: value for name, value in _memory().items() if name in single}
    if found.by_link:
        return known
    open_to_it = {item.name for item in parameters if item.many and not found.wanted.get(item.name)}
    also = {name: remembered(one) for name, one in _OF_SEVERAL.items() if name in open_to_it}
    return known | {name: value for name, value in also.items() if value}


def seen_last(page: str) -> Asked:
    """What the page showed at its last run, while it stays open; nothing where it is just opened."""
    shown: Asked = st.session_state.get(_shown(page), {})
    return shown if st.session_state.get(_OPEN) == page else {}


def note_choices(page: str, found: LinkState, asked: Asked, data: Snapshot) -> None:
    """Keep what a link names and what the reader changed on this page; an edition in use is no choice."""
    before = seen_last(page)
    st.session_state[_OPEN], st.session_state[_shown(page)] = page, dict(asked)
    for name in (*_REMEMBERED, _PLACES):
        value = asked.get(name, "")
        linked = found.by_link and found.wanted.get(name) == value
        changed = bool(before) and before.get(name) != value
        if value and (linked or changed):
            _keep(_PLACE if name == _PLACES else name, codes_of(value), data)


def _keep(name: str, codes: Sequence[str], data: Snapshot) -> None:
    """One code; of several, none is the one that was chosen, but for countries, of which the first is."""
    if name == _EDITION and codes[0] in data.in_use:
        _memory()[name] = ""  # which edition that is may change: it is followed
    elif len(codes) == 1 or name == _PLACE:
        _memory()[name] = codes[0]


def remembered(name: str) -> str:
    """What is remembered under one name; empty where nothing is."""
    return str(_memory().get(name, ""))


def _memory() -> dict[str, Any]:
    memory: dict[str, Any] = st.session_state.setdefault(_MEMORY, {})
    return memory


def _shown(page: str) -> str:
    return f"{page}-seen-last"
