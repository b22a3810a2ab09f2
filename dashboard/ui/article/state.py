"""The review that a session is in, from one run of the page to the next.

The link names it, so that a reload shows it again: the last reviews are held in the memory of the program,
and nowhere else.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from dashboard.intake.review import Review
from dashboard.ui import link

_PAGE, ASKED = "article", "review"
_OPEN, _NAME, _NUMBER = "article-open", "article-open-name", "article-number"
_MENDING, _FLAWS = "article-mending", "article-flaws"
_MOST = 50
"""So many reviews are held, the last that were worked on."""


class KeptSeed(NamedTuple):
    """What was kept of a review: the name of its seed file, what the page says of it, the file's text."""

    name: str
    said: str
    seed: str


class OpenReview(NamedTuple):
    """A review, and what was kept of it, so that it can be taken back."""

    review: Review
    kept: KeptSeed | None = None


_held: OrderedDict[str, OpenReview] = OrderedDict()
"""By the name that a link has; nobody guesses one."""


def open_asked() -> bool:
    """Show the review that a new link asks for; False where it is held no more."""
    asked = link.asked(_PAGE, [ASKED])
    name = asked.wanted.get(ASKED, "")
    if not asked.by_link or name == st.session_state.get(_NAME, ""):
        return True
    end()
    found = _held.get(name)
    if found:
        _hold(name, found)
    return found is not None or not name


def name_in_link() -> None:
    """Put the name of the review into the link."""
    link.keep(_PAGE, [ASKED], {ASKED: st.session_state.get(_NAME, "")}, {})


def review() -> Review | None:
    """The review, if an article was read."""
    found = _open()
    return found.review if found else None


def kept() -> KeptSeed | None:
    """What was kept of it last, if anything was."""
    found = _open()
    return found.kept if found else None


def note_kept(seed: KeptSeed | None) -> None:
    """Say what was kept of the review, or that it was taken back."""
    found = _open()
    if found:
        _hold(st.session_state[_NAME], found._replace(kept=seed))


def start(fresh: Review) -> None:
    """Another article is under review."""
    end()
    _hold(secrets.token_urlsafe(9), OpenReview(fresh))


def put(changed: Review) -> None:
    """The review after a step."""
    _hold(st.session_state[_NAME], OpenReview(changed, kept()))
    close_form()


def end() -> None:
    """No article is under review; the boxes for texts and files are empty."""
    for name in (_OPEN, _NAME):
        st.session_state.pop(name, None)
    st.session_state[_NUMBER] = number() + 1
    close_form()


def _open() -> OpenReview | None:
    found: OpenReview | None = st.session_state.get(_OPEN)
    return found


def _hold(name: str, found: OpenReview) -> None:
    st.session_state.update({_NAME: name, _OPEN: found})
    _held.pop(name, None)  # what is worked on stands last; another session may drop the first at any time
    _held[name] = found
    while len(_held) > _MOST:
        _held.popitem(last=False)


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
