"""Compare: up to six minerals, or six countries, on one question."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import compare
from dashboard.topics.parameters import Asked, Parameter
from dashboard.ui import topic_page
from dashboard.words.pages import PAGE_TITLES


def _drawn(asked: Asked) -> list[Parameter]:
    """Minerals or countries can be chosen, not both."""
    hidden = "places" if asked["of"] == compare.OF_MINERALS else "minerals"
    return [item for item in compare.PARAMETERS if item.name != hidden]


@st.fragment
def _compare(data: Snapshot) -> None:
    topic_page.draw_topic(compare, data, tabbed=False, drawn=_drawn)


def show() -> None:
    """The page."""
    topic_page.open_page(
        PAGE_TITLES["compare"],
        "Up to six minerals or countries beside each other: who holds, who makes, who refines.",
        _compare,
    )


show()
