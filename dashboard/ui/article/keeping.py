"""Keep what was accepted as a seed file in the workspace, take it back, save it as a file."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.intake.review import Review, Verdict, seed_of
from dashboard.snapshot import Snapshot
from dashboard.ui import messages, page
from dashboard.ui.article import state
from loaders.store import keep_text, remove_seed, remove_text, seed_path, write_seed
from loaders.text import count

_TEXT = "article-keep-text"


def show(review: Review, data: Snapshot) -> None:
    """The buttons that end a review."""
    accepted = review.of(Verdict.ACCEPTED)
    seed = seed_of(review, data.seeds) if accepted else ""
    st.checkbox("Keep the text too, on this computer", key=_TEXT,
                help="The text is somebody’s. Without this, only figures, a few quoted words each and the "
                "citation are kept.")  # fmt: skip
    with st.container(horizontal=True, key="article-end"):
        st.button(f"Keep {count(len(accepted), 'item')}" if accepted else "Keep", type="primary",
                  key="article-keep", disabled=not accepted, on_click=_keep, args=(seed, review))  # fmt: skip
        st.download_button("Save seed file", seed, f"{review.source['id']}.toml", "application/toml",
                           key="article-save", disabled=not accepted, on_click="ignore")  # fmt: skip
        st.button("Read another article", key="article-end-review", on_click=state.end)


def _keep(seed: str, review: Review) -> None:
    def write() -> None:
        document = write_seed(seed.encode())
        name = document.source.id
        if st.session_state.get(_TEXT):
            keep_text(name, review.article.text)
        claims = count(len(document.claims), "figure")
        events = count(sum(item.block == "events" for item in review.of(Verdict.ACCEPTED)), "event")
        state.note_kept(state.KeptSeed(name, f"Kept {claims} and {events} as {name}.toml.", seed))

    messages.attempt(write)


def show_kept(kept: state.KeptSeed) -> None:
    """What was kept, where it is shown, and the buttons to take it back or go on."""
    name, said, seed = kept
    page.bring_into_view("[data-testid=stMainBlockContainer]", f"kept {name}")
    st.success(page.escape_markdown(said), icon=":material/check:")
    own = f"?document={escape(name, quote=True)}"
    page.small(f'See them on <a href="claims{own}">Claims</a>, <a href="figures{own}">Figures</a> and '
               '<a href="sources">Sources</a>.')  # fmt: skip
    with st.container(horizontal=True, key="article-end"):
        st.button("Take it back", key="article-take-back", on_click=_take_back, args=(name,))
        st.download_button("Save seed file", seed, f"{name}.toml", "application/toml", key="article-save",
                           on_click="ignore")  # fmt: skip
        st.button("Read another article", key="article-end-review", type="primary", on_click=state.end)


def _take_back(name: str) -> None:
    """Remove the file, and the text with it; what was decided stays."""

    def undo() -> None:
        remove_seed(seed_path(name))
        remove_text(name)
        state.note_kept(None)

    messages.attempt(undo, f"Taken back: {escape(name)}.toml is removed; what you decided stays below.")
