"""Parts of a page of which one is open on the screen; on paper all are, each with its title."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from typing import NamedTuple

import streamlit as st

from dashboard.charts.view import View
from dashboard.markup import unbroken
from dashboard.snapshot import Stamp
from dashboard.ui import page
from dashboard.ui.paper import on_paper


class Section(NamedTuple):
    """A part: its key, the finding that opens it, in a few words what it is of, and what draws it.

    `on_paper` gives the HTML that a printed page has of it while it is closed on the screen.
    """

    key: str
    title: str
    draw: Callable[[], None]
    on_paper: Callable[[], str]
    about: str = ""


def of_view(found: View, draw: Callable[[], None], stamp: Stamp, about: str = "") -> Section:
    """The part that a view is, by the name of its topic, its finding the title."""
    title = found.chart.title if found.chart else found.empty
    return Section(found.topic, title, draw, partial(on_paper, found, stamp), about)


def show(sections: Iterable[Section], opened: str, choose: Callable[[str], None], closed: str) -> None:
    """The parts below each other, `opened` with what it holds; `choose` takes the one to open, or `closed`.

    What is closed is there for paper alone: a printed page has all parts.
    """
    with st.container(key="sections", gap="xxsmall"):
        for item in sections:
            _show(item, item.key == opened, choose, closed)


def _show(item: Section, is_open: bool, choose: Callable[[str], None], closed: str) -> None:
    icon = f":material/{'expand_more' if is_open else 'chevron_right'}:"
    label = page.escape_markdown(unbroken(item.title))
    after = closed if is_open else item.key
    st.button(label, key=f"open-{item.key}", type="tertiary", icon=icon, on_click=choose, args=(after,))
    about = f'<p class="small of-section">{escape(item.about)}</p>' if item.about else ""
    if not is_open:
        st.html(
            f'{about}<div class="on-paper" data-part="{escape(item.key, quote=True)}">{item.on_paper()}</div>'
        )
        return
    if about:
        st.html(about)
    with st.container(key=f"section-{item.key}", gap="small"):
        item.draw()
