"""Briefs: charts that a reader put together, in order, and the deck or briefing that they make."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.briefs.contents import ToldBrief, tell
from dashboard.exports.briefs import BRIEF_EXPORTS
from dashboard.exports.choices import SHEETS, USUAL, Choices
from dashboard.snapshot import Snapshot, Stamp
from dashboard.topics.parameters import Asked, Parameter
from dashboard.ui import controls, messages, page, session
from dashboard.ui.briefs import parts
from dashboard.ui.briefs.adding import FIRST_NAME
from dashboard.words.pages import PAGE_TITLES
from loaders.store import Brief, brief_files, change_brief, new_brief, read_brief, remove_brief
from loaders.store.briefs import LONGEST_BRIEF_NAME
from loaders.text import count, file_name

_PAGE = "briefs"
SHEET_WORDS = {"a4": "A4", "us-letter": "Letter"}


def _ids(_data: Snapshot, _asked: Asked) -> list[str]:
    return [file.id for file in brief_files() if file.brief]


def _name(brief: str, _data: Snapshot) -> str:
    return next((file.name for file in brief_files() if file.id == brief), brief)


BRIEF = Parameter("brief", "Brief", _ids, words=_name)


# One brief ----------------------------------------------------------------------------------------------


def _brief(name: str, data: Snapshot) -> None:
    """The brief of that id: its charts, and what it makes."""
    brief = read_brief(name)
    with st.spinner("Making the charts…"):
        told = tell(name, brief, data, session.view)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _take_away(told, data.stamp)
        _settings(name, brief)
    if not brief.items:
        page.notice("No charts yet.", ["“Add to brief” stands under every chart, beside “Take away”."])
    parts.show_parts(told)


def _take_away(told: ToldBrief, stamp: Stamp) -> None:
    """The menu of files; each is made when it is asked for."""
    menu = st.popover("Take away", key=f"briefs-take-{told.id}", on_change="rerun", disabled=not told.drawn)
    if not menu.open or not told.drawn:
        return
    with menu:
        choices = _choices(told.id)
        left = len(told.missing)
        if left:
            page.small(f"{count(left, 'chart')} cannot be made any more; the files name them and say why.")
        for kind in BRIEF_EXPORTS:
            st.download_button(
                kind.LABEL,
                data=partial(kind.export, told, stamp, choices),
                file_name=f"{file_name(told.id)}-{stamp.data[:8]}{kind.SUFFIX}",
                mime=kind.MIME,
                key=f"briefs-take-{told.id}-{kind.NAME}",
                on_click="ignore",
                width="stretch",
            )


def _choices(name: str) -> Choices:
    sheet = st.segmented_control(
        "Paper", SHEETS, default=USUAL.sheet, format_func=SHEET_WORDS.__getitem__, key=f"briefs-{name}-sheet"
    )
    table = st.checkbox("Tables of the figures", value=True, key=f"briefs-{name}-table")
    return Choices(sheet="us-letter" if sheet == "us-letter" else "a4", table=table)


def _settings(name: str, brief: Brief) -> None:
    """Another name, or away with it."""
    menu = st.popover("Rename or delete", key=f"briefs-settings-{name}", on_change="rerun")
    if not menu.open:
        return
    with menu:
        st.text_input("Name", brief.name, max_chars=LONGEST_BRIEF_NAME, key=f"briefs-{name}-name")
        st.button("Rename", key=f"briefs-{name}-rename", on_click=_rename, args=(name,))
        page.small(f"Deleting takes away {count(len(brief.items), 'chart')} with their titles and comments.")
        st.button("Delete this brief", key=f"briefs-{name}-delete", on_click=_delete, args=(name,))


def _rename(name: str) -> None:
    wanted = st.session_state[f"briefs-{name}-name"]
    messages.attempt(lambda: change_brief(name, lambda kept: kept.renaming(wanted)))


def _delete(name: str) -> None:
    messages.attempt(lambda: remove_brief(name), "The brief is deleted.")


# The page -----------------------------------------------------------------------------------------------


def _new() -> None:
    with st.expander("Make a new brief", key="briefs-new", expanded=False):
        st.text_input(
            "Name of the new brief", FIRST_NAME, max_chars=LONGEST_BRIEF_NAME, key="briefs-new-name"
        )
        st.button("Make it", on_click=_make)


def _make() -> None:
    wanted = st.session_state["briefs-new-name"]

    def make() -> None:
        made = new_brief(wanted)
        st.query_params["brief"] = made

    messages.attempt(make, "Made. “Add to brief” stands under every chart.")


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        PAGE_TITLES["briefs"],
        "Charts that you put together, in your order and with your words. A brief becomes a deck, a briefing "
        "or an archive, with every source in it; it is kept on this computer.",
    )
    messages.show()
    for file in brief_files():
        if file.problem:
            page.error(file.problem)
    _new()
    asked = controls.ask(_PAGE, (BRIEF,), data)
    if not asked["brief"]:
        page.notice("No briefs yet.", ["“Add to brief” stands under every chart, beside “Take away”."])
        st.page_link("views/figures.py", label="Open a page with charts: Figures", icon=":material/add:")
        return
    controls.draw_controls(_PAGE, (BRIEF,), asked, data)
    _brief(asked["brief"], data)


show()
