"""The edition that each chart of a page shows, where it is not the usual one: kept in the link as pairs."""

from __future__ import annotations

import streamlit as st

from dashboard.topics.pages import Page
from dashboard.ui import link

_SHOWN = "shown"


def shown(page: str) -> dict[str, str]:
    """The edition of each chart, by what the chart is of."""
    pairs = st.session_state.get(link.key(page, _SHOWN)) or []
    return dict(pair.split(":", 1) for pair in pairs)


def remember(page: Page, chart: str, control: str, usual: str) -> None:
    """Put the edition that was just chosen by a control into the link, unless it is the usual one."""
    chosen = {**shown(page.name), chart: st.session_state[control]}
    pairs = [f"{name}:{edition}" for name, edition in chosen.items() if name != chart or edition != usual]
    st.session_state[link.key(page.name, _SHOWN)] = pairs
    names = [item.name for item in page.parameters]
    link.keep(page.name, names, link.asked(page.name, names).wanted, {})
