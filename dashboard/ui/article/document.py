"""What the text prints about itself, to be completed by a person."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboard.intake.claim import by_field
from dashboard.intake.review import Review, reread, same_text, source_problems
from dashboard.snapshot import Snapshot
from dashboard.ui import form_fields
from dashboard.ui.article import state
from dashboard.ui.page import small
from loaders.articles import read_again
from loaders.model import NOT_STATED

_FIELDS = {"title": "Title", "publisher": "Publisher", "author": "Author", "address": "Web address",
           "licence": "Licence"}  # fmt: skip


def show(review: Review, data: Snapshot) -> None:
    """The citation in a line, the fields to mend it, and whether the text is known."""
    source = review.source
    named = [str(source[field]) for field in ("title", "publisher", "published")]
    words = ("title not stated", "publisher not stated", "date not stated")
    told = [word if text == NOT_STATED else text for text, word in zip(named, words, strict=True)]
    st.html(f'<p class="citation-line"><b>{escape(told[0])}</b><br>{escape(", ".join(told[1:]))}</p>')
    known = same_text(review, data.seeds)
    if known and not state.kept():
        small(
            f"This text is known already: {escape(known.source.id)}. What you accept is kept beside it, as "
            "more of the same text; figures that are known say so below."
        )
    with st.expander("About the document"):
        _fields(review)


def _fields(review: Review) -> None:
    small("As the text prints it. Complete it where you know more; empty means not stated.")
    flaws = by_field(source_problems(review))
    number = state.number()
    for field, label in _FIELDS.items():
        key = f"article-about-{number}-{field}"
        st.session_state.setdefault(key, _shown(review.source[field]))
        st.text_input(label, key=key, on_change=_change, args=(field, key))
        form_fields.tell_flaws(flaws.get(f"source.{field}", []))
    key = f"article-about-{number}-day"
    st.session_state.setdefault(key, review.article.day)
    st.date_input("Date of the article", key=key, on_change=_change_day, args=(key,),
                  help="Days such as “on Monday” are counted from it.", min_value="1900-01-01")  # fmt: skip
    form_fields.tell_flaws(flaws.get("source.published", []))


def _shown(text: Any) -> str:
    return "" if text == NOT_STATED else str(text)


def _change(field: str, key: str) -> None:
    value = str(st.session_state.get(key, "")).strip() or NOT_STATED
    found = state.review()
    if found is not None:
        citation = found.article.citation.model_copy(update={field: value})
        state.step(reread, found.article.model_copy(update={"citation": citation}))


def _change_day(key: str) -> None:
    found = state.review()
    if found is not None:
        state.step(reread, read_again(found.article, st.session_state.get(key)))
