"""What is said at the top of the page after something was done."""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from dashboard.ui import page
from loaders.errors import MineralsError

_SAID, _FAILED = "said", "failed"


def show() -> None:
    """What was done since the page was drawn last, or why it could not be done."""
    said, failed = (st.session_state.pop(name, None) for name in (_SAID, _FAILED))
    if said:
        st.success(page.escape_markdown(said))
    if failed:
        page.error(failed)
    if said or failed:  # what was pressed may stand far below
        page.bring_into_view("[data-testid=stMainBlockContainer]", f"{said or failed} {time.time()}")


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
