"""The version of the data in the link: a link made before a change still shows what it showed.

A session that is opened by such a link stays at its version until the reader asks for the present one.
Every other session follows the changes, and its link names the version that it shows.
"""

from __future__ import annotations

import streamlit as st

from dashboard import loaded
from dashboard.links import VERSION
from loaders.errors import StoreError
from loaders.store import catalogue, catalogue_at

SHORT = 12
"""Digits of a version in a link."""


def follow_link() -> None:
    """At the start of a session, keep to the version that its link asks for; say so, or why it cannot be.

    A link to the present version keeps nothing: the session follows the changes, as one without a link.
    """
    asked = st.session_state.setdefault(loaded.PINNED, st.query_params.get(VERSION, ""))
    if asked and catalogue().version.startswith(asked):
        asked = st.session_state[loaded.PINNED] = ""
    if not asked:
        return
    try:
        catalogue_at(asked)
    except StoreError as error:
        st.warning(
            f"This link asks for data that cannot be shown: {error.message} Below are the present data."
        )
        return
    st.info(f"This link was made before the data changed. You see version {asked[:8]}, as it was then.")
    st.button("Show the present data", on_click=_unpin)


def _unpin() -> None:
    st.session_state[loaded.PINNED] = ""


def name_version(version: str) -> None:
    """Put the version that is shown into the link."""
    if st.query_params.get(VERSION) != version[:SHORT]:
        st.query_params[VERSION] = version[:SHORT]
