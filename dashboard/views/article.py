"""Read an article: a text is read, each figure and event in it is reviewed, and what is accepted is kept."""

from __future__ import annotations

import streamlit as st

from dashboard.intake.review import Review
from dashboard.snapshot import Snapshot
from dashboard.ui import messages, page, session
from dashboard.ui.article import card, document, hand_in, keeping, state, text
from dashboard.words.pages import PAGE_TITLES

GONE = (
    "A text under review is held only while the program runs, the last fifty of them. Paste it again; what "
    "was kept of it is among the claims."
)


def _review(review: Review, data: Snapshot) -> None:
    kept = state.kept()
    if kept:
        keeping.show_kept(kept)
    document.show(review, data)
    left, right = st.columns([1, 1], gap="large")
    with left, st.container(key="article-text"):
        text.show(review)
    with right:
        if review.found:
            card.show(review, data)
            card.show_list(review)
        else:
            page.notice("Nothing found.", ["This text states no figure of a mineral and no dated event."])
        if not kept:
            keeping.show(review, data)
    text.not_taken(review)


def show() -> None:
    """The page."""
    page.heading(
        PAGE_TITLES["article"],
        "Paste a text or hand in a file. Every figure and event about minerals is found with its words and "
        "shown beside the statistics; you accept, mend or leave out each.",
    )
    messages.show()
    if not state.open_asked():
        page.notice("This review is gone.", [GONE])
    state.name_in_link()
    review = state.review()
    if review is None:
        hand_in.show()
    else:
        _review(review, session.current())


show()
