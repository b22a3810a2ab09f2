"""The strip of tabs on every page of one mineral."""

from __future__ import annotations

import streamlit as st

from dashboard.snapshot import Snapshot
from dashboard.topics.parameters import Asked
from dashboard.topics.tabs import tab_links


def strip(page: str, asked: Asked, data: Snapshot) -> None:
    """Links to the other pages of the mineral that is shown; the open one is named, and so is one without."""
    with st.container(key="tabs", horizontal=True, gap="xsmall"):
        for tab, link in tab_links(asked, data):
            if tab.page == page:
                st.html(f'<b class="tab" aria-current="page">{tab.label}</b>', width="content")
            elif link is None:
                st.html(f'<span class="tab">{tab.label}: none</span>', width="content")
            else:
                st.page_link(f"views/{tab.page.replace('-', '_')}.py", label=tab.label, query_params=link)
