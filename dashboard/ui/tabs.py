"""The strip of tabs on every page of one mineral, and that on the pages of all minerals."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics.parameters import Asked
from dashboard.topics.tabs import TabLink, overview_links, tab_links
from dashboard.ui.page import name_tab
from dashboard.words.pages import PAGE_TITLES
from loaders.names import mineral_name


def strip(page: str, asked: Asked, data: Snapshot) -> None:
    """Links to the other pages of the mineral that is shown; the open one is named, and so is one without."""
    name_tab(mineral_name(asked["mineral"]), PAGE_TITLES[page])
    _draw(page, tab_links(asked, data), "tabs", "Pages of this mineral")


def overviews(page: str, data: Snapshot) -> None:
    """Links to the other pages of all minerals; the open one is named."""
    name_tab(PAGE_TITLES[page])
    _draw(page, overview_links(data), "tabs of-all", "Pages of all minerals")


def _draw(page: str, links: Iterable[TabLink], kind: str, label: str) -> None:
    tabs = "".join(_tab(page, item) for item in links)
    st.html(f'<nav class="{kind}" aria-label="{label}">{tabs}</nav>')


def _tab(page: str, item: TabLink) -> str:
    (name, label), link = item
    if name == page:
        return f'<b class="tab" aria-current="page">{escape(label)}</b>'
    if link is None:
        return f'<span class="tab">{escape(label)}: none</span>'
    address = escape(f"{name}?{urlencode(link)}" if link else name, quote=True)
    return f'<a class="tab name" href="{address}">{escape(label)}</a>'
