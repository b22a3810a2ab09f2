"""The frame of the dashboard: page settings, navigation, footer."""

from __future__ import annotations

import streamlit as st

from dashboard import loaded, parts, pinned
from loaders.errors import MineralsError

PAGES = {
    "": [
        st.Page("views/figures.py", title="Figures", url_path="figures", default=True),
        st.Page("views/claims.py", title="Claims", url_path="claims"),
        st.Page("views/explore.py", title="Explore", url_path="explore"),
        st.Page("views/revisions.py", title="Revisions", url_path="revisions"),
        st.Page("views/concentration.py", title="Concentration", url_path="concentration"),
    ],
    "Evidence": [
        st.Page("views/sources.py", title="Sources", url_path="sources"),
        st.Page("views/disagree.py", title="Sources disagree", url_path="disagree"),
        st.Page("views/data.py", title="Data", url_path="data"),
        st.Page("views/words.py", title="Words", url_path="words"),
    ],
}


def main() -> None:
    """Draw the frame and the page that was asked for."""
    st.set_page_config(page_title="Critical Minerals Explorer", layout="wide")
    parts.style()
    page = st.navigation(PAGES)
    try:
        pinned.follow_link()
        page.run()
        data = loaded.load()
        pinned.name_version(data.version)
        _footer(data)
    except MineralsError as error:  # a workspace that is damaged or cannot be read
        parts.error(error)


def _footer(data: loaded.Data) -> None:
    st.html(
        f'<p class="footer">Data version {data.version[:8]}: {len(data.catalogue.editions)} editions, '
        f"{len(data.seeds.documents)} documents. Nothing leaves this computer.</p>"
    )


main()
