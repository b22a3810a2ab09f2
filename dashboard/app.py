"""The frame of the dashboard: page settings, navigation, footer."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.ui import page, session
from dashboard.ui.briefs.adding import charts_in_briefs
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


def _pages() -> page.Menu:
    return {
        "": [
            st.Page("views/home.py", title="Home", url_path="home", default=True),
            st.Page("views/mineral.py", title="Mineral", url_path="mineral"),
            st.Page("views/glance.py", title="All minerals", url_path="glance"),
            st.Page("views/country.py", title="Country", url_path="country"),
            st.Page("views/claims.py", title="Claims", url_path="claims"),
            st.Page("views/compare.py", title="Compare", url_path="compare"),
            st.Page("views/map.py", title="Map", url_path="map"),
            st.Page("views/figures.py", title="Figures", url_path="figures"),
            st.Page("views/article.py", title="Read an article", url_path="article"),
            # Tabs of one mineral: see `topics.tabs`.
            st.Page("views/explore.py", title="Who holds and makes", url_path="explore", visibility="hidden"),
            st.Page("views/over_time.py", title="Over time", url_path="over-time", visibility="hidden"),
            st.Page("views/prices.py", title="Prices", url_path="prices", visibility="hidden"),
            st.Page("views/revisions.py", title="Revisions", url_path="revisions", visibility="hidden"),
            st.Page(
                "views/concentration.py", title="Concentration", url_path="concentration", visibility="hidden"
            ),
            st.Page("views/dependence.py", title="Dependence", url_path="dependence", visibility="hidden"),
        ],
        "Evidence": [
            st.Page("views/sources.py", title="Sources", url_path="sources"),
            st.Page("views/disagree.py", title="Sources disagree", url_path="disagree"),
            st.Page("views/data.py", title="Data", url_path="data"),
            st.Page("views/words.py", title="Words", url_path="words"),
        ],
    }


def _no_such_page(pages: page.Menu) -> list[str]:
    """What is said on Home of an address that is no page: Streamlit opens Home without a word."""
    path = unquote(urlsplit(st.context.url or "").path).strip("/")
    if path in {"home", *(item.url_path for section in pages.values() for item in section)}:
        return []
    return [f"There is no page “{path[:40]}”. This is Home; the menu has every page."]


def _briefs() -> st.Page:
    """The page of the briefs, with the number of charts in them."""
    charts = charts_in_briefs()
    title = f"Briefs ({charts})" if charts else "Briefs"
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
