"""The menu "Add to brief" under a chart or a card: into a brief that there is, or into a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from dashboard.briefs.contents import item_of
from dashboard.snapshot import Snapshot
from dashboard.topics import claims
from dashboard.ui import page, session
from loaders.errors import MineralsError
from loaders.store import BriefItem, brief_files, change_brief, new_brief
from loaders.store.briefs import LONGEST_BRIEF_NAME
from loaders.text import count

_LAST = "added-to-brief"
"""Where a session keeps the brief that it added to last."""
_ADDED = "brief-has-grown"
"""Where a session keeps that it has just added a chart."""
_NEW = ""
FIRST_NAME = "My brief"
"""The name that is offered for a first brief."""


class _Said(NamedTuple):
    """What became of the last press of the button of one menu."""

    text: str
    problem: MineralsError | None = None


def charts_in_briefs() -> int:
    """How many charts all briefs have together."""
    return sum(len(file.brief.items) for file in brief_files() if file.brief)


def claim_item(claim: str, data: Snapshot) -> BriefItem:
    """What a brief keeps of a claim: its chart beside the evidence of all editions."""
    return item_of(session.view(claims, {"claim": claim, "edition": claims.ALL_EDITIONS}, data), data.stamp)


def brief_menu(key: str, label: str, item: Callable[[], BriefItem]) -> None:
    """The menu, within a fragment; what it offers is drawn only while it is open.

    `item` makes what is added.
    """
    if st.session_state.pop(_ADDED, None):
        st.rerun()  # the navigation counts the charts
    menu = st.popover(label, key=f"brief-{key}", on_change="rerun", help="Keep this for a deck or a briefing")
    if menu.open:
        with menu:
            _offer(key, item)


def _offer(key: str, item: Callable[[], BriefItem]) -> None:
    said: _Said | None = st.session_state.pop(f"brief-{key}-said", None)
    names = {file.id: file.brief.name for file in brief_files() if file.brief}
    options = [*names, _NEW]
    last = st.session_state.get(_LAST, _NEW)
    chosen = st.selectbox(
        "Brief",
        options,
        index=options.index(last) if last in names else 0,
        format_func=lambda name: names.get(name, "A new brief"),
        key=f"brief-{key}-which",
    )
    if chosen == _NEW:
        st.text_input("Its name", FIRST_NAME, max_chars=LONGEST_BRIEF_NAME, key=f"brief-{key}-name")
    st.button("Add", key=f"brief-{key}-add", on_click=_add, args=(key, item), type="primary")
    if said and said.problem:
        page.error(said.problem)
    elif said:
        st.success(page.escape_markdown(said.text))
        st.page_link("views/briefs.py", label="Open the briefs", query_params={"brief": last})


def _add(key: str, item: Callable[[], BriefItem]) -> None:
    chosen = st.session_state[f"brief-{key}-which"]
    try:
        name = chosen or new_brief(st.session_state[f"brief-{key}-name"])
        brief = change_brief(name, lambda kept: kept.adding(item()))
    except MineralsError as error:
        said = _Said("", error)
    else:
        said = _Said(f"Added to “{brief.name}”, which has {count(len(brief.items), 'chart')} now.")
        st.session_state[_LAST] = name
        st.session_state[_ADDED] = True
        # The box of a new brief turns to the one that was made.
        st.session_state[f"brief-{key}-which"] = name
    st.session_state[f"brief-{key}-said"] = said
