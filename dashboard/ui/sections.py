"""Parts of a page of which one is open on the screen; on paper all are, each with its title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

import streamlit as st

from dashboard.ui import page


class Section(NamedTuple):
    """A part: its key, the finding that opens it, in a few words what it is of, and what draws it.

    `on_paper` draws what a printed page has of it while it is closed on the screen.
    """

    key: str
    title: str
    draw: Callable[[], None]
    on_paper: Callable[[], None]
    about: str = ""


def show(sections: Sequence[Section], opened: str, choose: Callable[[str], None], closed: str) -> None:
    """The parts below each other, `opened` with what it holds; `choose` takes the one to open, or `closed`.

    What is closed is there for paper, without a height on the screen: a printed page has all parts.
    """
    _close([item.key for item in sections if item.key != opened])
    with st.container(key="sections", gap="xxsmall"):
        for item in sections:
            _show(item, item.key == opened, choose, closed)


def _close(keys: Sequence[str]) -> None:
    if keys:
        names = ",".join(f".st-key-section-{key}" for key in keys)
        st.html(
            f"<style>@media screen{{{names}{{flex:none!important;height:0!important;min-height:0!important;"
            "margin:0!important;overflow:hidden;visibility:hidden}}</style>"
        )


def _show(item: Section, is_open: bool, choose: Callable[[str], None], closed: str) -> None:
    icon = f":material/{'expand_more' if is_open else 'chevron_right'}:"
    label = page.escape_markdown(page.unbroken(item.title))
    after = closed if is_open else item.key
    st.button(label, key=f"open-{item.key}", type="tertiary", icon=icon, on_click=choose, args=(after,))
    if item.about:
        st.html(f'<p class="small of-section">{escape(item.about)}</p>')
    with st.container(key=f"section-{item.key}", gap="small"):
        (item.draw if is_open else item.on_paper)()
