"""Home: what this is, what can be looked for, three findings, and the stories."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard.markup import unbroken
from dashboard.snapshot import Snapshot
from dashboard.topics import figures
from dashboard.topics.hits import hits
from dashboard.topics.search import Destination
from dashboard.topics.stories import stories
from dashboard.ui import page, session
from dashboard.ui.name_links import linked_names

SEARCH = "home-search"

_box = st.components.v2.component(
    "minerals_search",
    html='<div class="search"><label for="search-box">Look for a mineral, a country, a claim, a source or a '
    'page</label><input id="search-box" type="text" role="combobox" autocomplete="off" spellcheck="false" '
    'aria-autocomplete="list" aria-controls="search-hits" aria-expanded="false"><div class="hits">'
    '<p class="said" role="status"></p><div id="search-hits" role="listbox" aria-label="What it leads to">'
    "</div></div></div>",
    css=(page.ASSETS / "search.css").read_text(encoding="utf-8"),
    js=(page.ASSETS / "search.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # its links are followed as all others are
)


@st.fragment
def _search(data: Snapshot) -> None:
    """One box for everything: what is typed leads to links below it. The key / leads to it."""
    typed = str(getattr(st.session_state.get(SEARCH), "typed", None) or "")
    found = hits(typed, data)
    told = {
        "placeholder": "Such as cobalt, REE, price of lithium (key /)",
        "typed": typed,
        "said": found.said if typed else "",
        "sure": found.sure,
        "hits": [(one.label, _address(one)) for one in found.found],
    }
    _box(key=SEARCH, data=told, on_typed_change=lambda: None)


def _address(one: Destination) -> str:
    return f"{one.page}?{urlencode(one.link)}" if one.link else one.page


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
                label=page.escape_markdown(unbroken(item.title)),
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
