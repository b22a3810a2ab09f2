"""The review that a session is in, from one run of the page to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.intake.review import Review

_REVIEW, _NUMBER, _MENDING, _FLAWS = "article-review", "article-number", "article-mending", "article-flaws"
KEPT = "article-kept"
"""Where a session keeps what it kept last, so that it can be taken back."""


def review() -> Review | None:
    """The review, if an article was read."""
    found: Review | None = st.session_state.get(_REVIEW)
    return found


def start(fresh: Review) -> None:
    """Another article is under review."""
    st.session_state[_NUMBER] = number() + 1
    st.session_state.pop(KEPT, None)
    put(fresh)


def put(changed: Review) -> None:
    """The review after a step."""
    st.session_state[_REVIEW] = changed
    close_form()


def end() -> None:
    """No article is under review; the boxes for texts and files are empty."""
    for name in (_REVIEW, KEPT):
        st.session_state.pop(name, None)
    st.session_state[_NUMBER] = number() + 1
    close_form()


def step(change: Callable[..., Review], *args: Any) -> None:
    """Change the review."""
    found = review()
    if found is not None:
        put(change(found, *args))


def number() -> int:
    """How many articles were read: begins the keys of controls, so that each article has its own."""
    return int(st.session_state.get(_NUMBER, 0))


def open_form(is_open: bool = True) -> None:
    """Show the fields of the current one, to be mended."""
    st.session_state[_MENDING] = is_open
    st.session_state[_FLAWS] = {}


def close_form() -> None:
    open_form(is_open=False)


def is_mending() -> bool:
    """Whether the fields of the current one are shown."""
    return bool(st.session_state.get(_MENDING))


def flaws() -> dict[str, list[str]]:
    """What is wrong with the mended fields."""
    return dict(st.session_state.get(_FLAWS) or {})


def set_flaws(found: dict[str, list[str]]) -> None:
    """Say what is wrong with the mended fields."""
    st.session_state[_FLAWS] = found
