"""Links from the names of minerals and countries to their pages, in tables, in cards and below charts.

They open in the same tab and in the same session, so that what was chosen is kept (see `history.js`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from html import escape

import streamlit as st

from dashboard.charts.view import View
from dashboard.markup import Html, NameHtml
from dashboard.snapshot import Snapshot
from dashboard.topics.name_pages import names_drawn, parts_by_name

AT_ONCE = 12
"""More names than these stand behind a fold."""


def linked_names(data: Snapshot) -> NameHtml:
    """From a text to its HTML, in which each name that has a page leads there."""
    return partial(_linked, data=data)


def _linked(text: str, data: Snapshot) -> Html:
    return Html("".join(_link(part, address) for part, address in parts_by_name(text, data)))


def _link(text: str, address: str) -> str:
    if not address:
        return escape(text)
    return f'<a class="name" href="{escape(address, quote=True)}">{escape(text)}</a>'


def names_below(view: View, data: Snapshot) -> None:
    """The minerals and countries that a chart draws, each as a link to its page."""
    links = [_link(name, address) for name, address in names_drawn(view, data).items()]
    if not links:
        return
    first, others = links[:AT_ONCE], links[AT_ONCE:]
    more = f"<details><summary>{len(others)} more</summary>{_line(others)}</details>" if others else ""
    st.html(
        '<nav class="names" aria-label="Pages of what is drawn"><span>To the pages of</span> '
        f"{_line(first)}{more}</nav>"
    )


def _line(links: Iterable[str]) -> str:
    return " · ".join(links)
