"""Paste a text or hand in a file; it is read at once, and nothing of it is written down."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.intake.review import begin
from dashboard.ui import page
from dashboard.ui.article import state
from loaders.articles import Article, read_article, read_article_bytes
from loaders.errors import MineralsError

_FAILED = "article-failed"
TYPES = ["txt", "md", "html", "htm", "docx", "pdf"]
"""The endings of files that are read."""


def show() -> None:
    """The box for a text, and the box for a file."""
    failed = st.session_state.pop(_FAILED, "")
    if failed:
        st.error(page.escape_markdown(failed), icon=":material/error:")
    number = state.number()
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        st.text_area(
            "Text of the article", height=260, key=f"article-text-{number}",
            placeholder="Paste the text here, with its title and date if it has them.",
        )  # fmt: skip
        st.button("Read this text", type="primary", on_click=_read_text, args=(number,))
    with right:
        st.file_uploader(
            "Or a file: text, web page, Word or PDF", TYPES, key=f"article-file-{number}", max_upload_size=40,
            on_change=_read_file, args=(number,),
        )  # fmt: skip
        page.small(
            "The text is read on this computer, by rules alone. It is held while the program runs, so that a "
            "reload shows it again, and not kept unless you ask for that. "
            "Nothing that is found counts before you accept it."
        )


def _read_text(number: int) -> None:
    text = str(st.session_state.get(f"article-text-{number}", ""))
    if text.strip():
        _begin(lambda: read_article(text))
    else:
        st.session_state[_FAILED] = "There is no text yet. Paste one, or hand in a file."


def _read_file(number: int) -> None:
    file = st.session_state.get(f"article-file-{number}")
    if file is not None:
        _begin(lambda: read_article_bytes(file.name, file.getvalue()))


def _begin(read: Callable[[], Article]) -> None:
    try:
        state.start(begin(read()))
    except MineralsError as error:
        st.session_state[_FAILED] = str(error)
        state.end()  # a browser lays out a text of millions again and again while it stands in the box
