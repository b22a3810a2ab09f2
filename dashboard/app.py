"""The frame of the dashboard: page settings, navigation, footer."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.ui import page, session
from dashboard.ui.briefs.adding import charts_in_briefs
from dashboard.words.pages import PAGE_TITLES
from loaders.errors import MineralsError
from loaders.text import count


def main() -> None:
    """Draw the frame and the page that was asked for."""
    page.dress()
    pages = page.menu(_pages)
    pages = {**pages, "": [*pages[""], _briefs()]}
    chosen = st.navigation(pages)
    page.name_tab(chosen.title if chosen.url_path else "")
    try:
        session.follow_link()
        if not chosen.url_path:
            page.notice("No such page.", _no_such_page(pages))
        above = st.container()
        chosen.run()
        data = session.current()
        with above:
            session.other_documents(data.documents_version)
        if chosen.url_path or session.pinned():  # the address of Home is nobody's own
            session.name_versions(data.version, data.documents_version)
        _footer(data)
    except MineralsError as error:  # a workspace that is damaged or cannot be read
        page.error(error)


# Pages that are tabs of one mineral and stand in no menu: see `topics.tabs`. (Streamlit prints bare strings.)
_OF_ONE_MINERAL = ("explore", "over-time", "prices", "revisions", "concentration", "dependence")


def _pages() -> page.Menu:
    main = ("mineral", "glance", "country", "claims", "compare", "map", "figures", "article")
    return {
        "": [
            st.Page("views/home.py", title="Home", url_path="home", default=True),
            *map(_page, main),
            *map(_page, _OF_ONE_MINERAL),
        ],
        "Evidence": [*map(_page, ("sources", "disagree", "data", "words"))],
    }


def _page(name: str) -> st.Page:
    return st.Page(
        f"views/{name.replace('-', '_')}.py", title=PAGE_TITLES[name], url_path=name,
        visibility="hidden" if name in _OF_ONE_MINERAL else "visible",
    )  # fmt: skip


def _no_such_page(pages: page.Menu) -> list[str]:
    """What is said on Home of an address that is no page: Streamlit opens Home without a word."""
    path = unquote(urlsplit(st.context.url or "").path).strip("/")
    if path in {"home", *(item.url_path for section in pages.values() for item in section)}:
        return []
    return [f"There is no page “{path[:40]}”. This is Home; the menu has every page."]


def _briefs() -> st.Page:
    """The page of the briefs, with the number of charts in them."""
    charts = charts_in_briefs()
    title = f"{PAGE_TITLES['briefs']} ({charts})" if charts else PAGE_TITLES["briefs"]
    return st.Page("views/briefs.py", title=title, url_path="briefs")


def _footer(data: Snapshot) -> None:
    editions = count(len(data.catalogue.all), "edition")
    documents = count(len(data.seeds.documents), "document")
    st.html(
        f'<p class="footer">Data version {data.version[:8]}: {editions}. '
        f"Documents version {data.documents_version[:8]}: {documents}. "
        "Nothing leaves this computer.</p>"
    )


main()
