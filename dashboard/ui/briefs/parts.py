"""The charts of a brief on its page: what each says today, its title and comment, its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from dashboard.briefs.contents import Part, ToldBrief
from dashboard.ui import messages, page
from dashboard.ui.chart import plot
from loaders.store import Brief, change_brief
from loaders.store.briefs import LONGEST_COMMENT, LONGEST_TITLE

FRAMES = 70.0
"""Pixels that the frames around a chart take from its width."""


def show_parts(told: ToldBrief) -> None:
    """Every chart of the brief, in order."""
    for place, part in enumerate(told.parts):
        with st.container(border=True, key=f"part-{told.id}-{part.item.key}"):
            _head(place, part)
            _buttons(told, place, part)
            _today(told.id, part)


def _head(place: int, part: Part) -> None:
    finding = f"<p><b>{escape(part.finding)}</b></p>" if part.item.title else ""
    shown = f"<p>{escape(part.chart.subtitle)}</p>" if part.chart else ""
    comment = "".join(f'<p class="comment">{escape(line)}</p>' for line in part.item.comment.split("\n"))
    st.html(
        f'<div class="part"><h3>{place + 1}. {escape(part.title)}</h3>{finding}{shown}'
        f"{comment if part.item.comment else ''}</div>"
    )
    page.notice("It cannot be shown any more.", [part.problem] if part.problem else [])
    then = [f"When it was added: {part.otherwise}."] if part.otherwise else []
    page.notice("It says something else today.", then)


def _buttons(told: ToldBrief, place: int, part: Part) -> None:
    key = part.item.key
    named = f"part-{told.id}-{key}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover("Title and comment", key=f"{named}-words", on_change="rerun") as menu:
            if menu.open:
                _words(told.id, part)
        _button(told.id, f"{named}-up", "Up", lambda brief: brief.moving(key, -1), off=place == 0)
        last = place == len(told.parts) - 1
        _button(told.id, f"{named}-down", "Down", lambda brief: brief.moving(key, 1), off=last)
        _button(told.id, f"{named}-remove", "Remove", lambda brief: brief.removing(key))


def _button(brief: str, key: str, label: str, change: Callable[[Brief], Brief], *, off: bool = False) -> None:
    st.button(
        label,
        key=key,
        on_click=messages.attempt,
        args=(partial(change_brief, brief, change),),
        disabled=off,
    )


def _words(brief: str, part: Part) -> None:
    named = f"part-{brief}-{part.item.key}"
    with st.form(f"{named}-form", border=False):
        st.text_input(
            "Title of your own",
            part.item.title,
            max_chars=LONGEST_TITLE,
            key=f"{named}-title",
            placeholder="The finding is the title",
        )
        st.text_area("Comment", part.item.comment, max_chars=LONGEST_COMMENT, key=f"{named}-comment")
        st.form_submit_button("Keep", on_click=_keep_words, args=(brief, part.item.key))


def _keep_words(brief: str, key: int) -> None:
    title, comment = (st.session_state[f"part-{brief}-{key}-{name}"] for name in ("title", "comment"))
    messages.attempt(lambda: change_brief(brief, lambda kept: kept.wording(key, title, comment)))


def _today(brief: str, part: Part) -> None:
    """The chart as it is today, drawn when it is asked for."""
    if part.chart is None:
        return
    fold = st.expander("The chart today", key=f"part-{brief}-{part.item.key}-chart", on_change="rerun")
    if fold.open:
        with fold:
            plot(part.chart, f"part-{brief}-{part.item.key}-drawn", framed=FRAMES)
            page.small(escape(part.chart.source))
