"""Home: what this is, what can be looked for, three findings, and the stories."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics import figures
from dashboard.topics.search import Destination, destinations
from dashboard.topics.stories import stories
from dashboard.ui import page, session
from dashboard.ui.name_links import linked_names

SEARCH = "home-search"

_focus = st.components.v2.component(
    "minerals_search_key", html="<span></span>", js=(page.ASSETS / "search.js").read_text(encoding="utf-8")
)


def _search(data: Snapshot) -> None:
    """One box for everything; what is chosen is opened at once. The key / leads to it."""
    found = destinations(data)
    chosen: Destination | None = st.selectbox(
        "Look for a mineral, a country, a claim, a source or a page",
        found,
        index=None,
        format_func=lambda destination: destination.label,
        placeholder="Such as cobalt, REE, Ivory Coast (key /)",
        key=SEARCH,
    )
    _focus(key="search-key", data={"box": f"st-key-{SEARCH}"})
    if chosen:
        st.switch_page(f"views/{chosen.page}.py", query_params=chosen.link)


def _findings(data: Snapshot) -> None:
    found = session.headlines_of(data)
    if not found:
        page.notice("Nothing to show.", ["No edition of statistics is loaded; it is added on the page Data."])
        return
    page.title("What it found")
    for item in found:
        with st.container(key=f"finding-{item.page}", gap="xxsmall"):
            st.page_link(
                f"views/{item.page}.py",
                label=page.escape_markdown(page.unbroken(item.title)),
                query_params=item.link,
            )
            page.small(linked_names(data)(item.about))


def _stories(data: Snapshot) -> None:
    found = stories(data)
    if found:
        page.title("Stories")
    for number, story in enumerate(found, 1):
        with st.container(key=f"finding-story-{number}", gap="xxsmall"):
            label = page.escape_markdown(story.title)
            st.page_link("views/figures.py", label=label, query_params=story.link)
            page.small(linked_names(data)(story.about))


def show() -> None:
    """The page; an old link to the figures of documents leads on to them."""
    if figures.DOCUMENTS.name in st.query_params:
        st.switch_page("views/figures.py", query_params=st.query_params.to_dict())
    data = session.current()
    page.heading(
        "Critical minerals: every number next to where it came from",
        "What articles claim and what the statistics say, edition by edition, each figure with its printed "
        "words, its source and what it can be compared with.",
    )
    _search(data)
    _findings(data)
    _stories(data)


show()
