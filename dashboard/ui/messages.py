"""What is said at the top of the page after something was done."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.ui import page
from loaders.errors import MineralsError

_SAID, _FAILED = "said", "failed"


def show() -> None:
    """What was done since the page was drawn last, or why it could not be done."""
    if said := st.session_state.pop(_SAID, None):
        st.success(page.escape_markdown(said))
    if failed := st.session_state.pop(_FAILED, None):
        page.error(failed)


def say(text: str) -> None:
    """Say it when the page is drawn next."""
    st.session_state[_SAID] = text


def attempt(act: Callable[[], object], done: str = "") -> None:
    """Do something; when the page is drawn next, say that it is done, or what went wrong."""
    try:
        act()
    except MineralsError as error:
        st.session_state[_FAILED] = error
    else:
        if done:
            say(done)
