"""Claims: each figure that a document states, our reading of it, and what each edition says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import claims
from dashboard.topics.claim_tables import FILTERS
from dashboard.topics.pages import CLAIMS_PAGE, OF_DOCUMENT, SINGLE_CLAIM, asked_claims
from dashboard.topics.parameters import PANEL_SCALES, READING, codes_of
from dashboard.ui import claim_form, controls, link, memory, page, session, tabs
from dashboard.ui.claim_list import claim_list
from dashboard.words.pages import PAGE_TITLES
from loaders.model import Claim, Document
from loaders.store import own_seeds
from loaders.text import count

PAGE = claims.NAME
PARAMETERS = CLAIMS_PAGE.parameters


def _clear() -> None:
    for item in (*FILTERS, OF_DOCUMENT):
        st.session_state[link.key(PAGE, item.name)] = []
    st.session_state[link.key(PAGE, SINGLE_CLAIM.name)] = ""


def show() -> None:
    """The page."""
    data = session.current()
    page.heading(
        PAGE_TITLES["claims"],
        "Each figure that a document states: the printed words, our reading of them, and how it stands to "
        "each edition of the statistics. Nothing here says who is right.",
    )
    documents = claim_form.own_documents(data)
    claim_form.said()
    claim_form.problems(data)
    asked = controls.ask(PAGE, PARAMETERS, data)
    if len(codes_of(asked[memory.REMEMBERED_MINERAL])) == 1:
        tabs.strip(PAGE, asked, data)
    filters = () if asked[SINGLE_CLAIM.name] else FILTERS
    controls.draw_controls(PAGE, (*filters, PANEL_SCALES, READING), asked, data)
    found = asked_claims(asked, data)
    _count(found, data)
    own = {document.source.id for document in documents.values()}
    claim_list(found, data, own, asked)
    _own(documents, data)


def _own(documents: Mapping[str, Document], data: Snapshot) -> None:
    """The form, and the seed files of the workspace.

    The form is made when it is first opened, and stays then: what is typed into it outlasts its closing.
    """
    add = st.expander("Add a claim", key="claims-add", on_change="rerun")
    if add.open or st.session_state.get("claims-add-opened"):
        st.session_state["claims-add-opened"] = True
        with add:
            claim_form.form(documents, data)
    with st.expander(f"Claims of your own: {count(len(own_seeds()), 'file')}", key="claims-own"):
        claim_form.own_files(documents)


def _count(found: Sequence[Claim], data: Snapshot) -> None:
    every = len(data.seeds.claims)
    if not every:
        page.notice("No claims.", ["No document that is loaded states a figure. Add a claim below."])
    elif not found:
        page.notice("Nothing to show.", ["No claim has all that is chosen above."])
    if len(found) < every:
        st.html(f'<p class="small">{len(found)} of {count(every, "claim")} shown.</p>')
        st.button("Show all claims", on_click=_clear)


show()
