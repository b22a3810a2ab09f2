"""The version of the data in the link: a link made before a change still shows what it showed.

A session that is opened by such a link stays at its version until the reader asks for the present one.
Every other session follows the changes, and its link names the version that it shows. Only editions are
kept as they were: where the documents have changed since, the page says so.
"""

from __future__ import annotations

import streamlit as st

from dashboard import loaded
from dashboard.links import DOCUMENTS, VERSION
from loaders.errors import StoreError
from loaders.store import catalogue, catalogue_at

SHORT = 12
"""Digits of a version in a link."""

ASKED_DOCUMENTS = "asked-documents"
"""Where a session keeps the version of the documents that its link was made with."""


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


def other_documents(documents: str) -> None:
    """Say that the documents are not those with which the session's link was made, until that is seen."""
    asked = st.session_state.setdefault(ASKED_DOCUMENTS, st.query_params.get(DOCUMENTS, ""))
    if not asked or documents.startswith(asked):
        return
    st.info(
        "A claim was added, changed or removed since this link was made. Statements are shown as they are "
        "now; the statistics are those of the link."
    )
    st.button("Understood", on_click=st.session_state.update, args=({ASKED_DOCUMENTS: ""},))


def name_versions(version: str, documents: str) -> None:
    """Put the versions that are shown into the link."""
    for name, shown in ((VERSION, version[:SHORT]), (DOCUMENTS, documents[:SHORT])):
        if st.query_params.get(name) != shown:
            st.query_params[name] = shown
