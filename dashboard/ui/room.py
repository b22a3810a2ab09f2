"""How wide the charts of a session are laid out.

The browser tells how much room there is where that is not what the server goes by; until it does, a telephone
is known by its name, and every other window is taken for a wide one.
"""

from __future__ import annotations

import streamlit as st

from dashboard.drawing.frame import NARROW
from dashboard.drawing.screen import ROOMY, STEP, laid_width

_KEY = "room-of-charts"
_TELEPHONE = "Mobi"
"""Stands in what the browsers of telephones call themselves, as MDN advises to look for it."""


def room() -> float:
    """The width in pixels for which the charts of this session are laid out."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = NARROW if _is_telephone() else ROOMY
    found: float = st.session_state[_KEY]
    return found


def _is_telephone() -> bool:
    return _TELEPHONE in (st.context.headers.get("User-Agent") or "")


def layouts() -> dict[str, dict[str, float]]:
    """What the browser needs to know to tell of another room: the width in use, and those there are."""
    return {"room": {"laid": room(), "least": NARROW, "step": STEP, "most": ROOMY}}


def follow_browser(told: object) -> None:
    """Draw the page anew where the browser tells of another room, in pixels."""
    if not isinstance(told, int | float) or laid_width(told) == room():
        return
    st.session_state[_KEY] = laid_width(told)
    st.rerun()
