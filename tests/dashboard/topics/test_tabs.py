"""The strip of tabs carries what is shown to the other pages of the same mineral."""

from __future__ import annotations

import re

import pytest

from dashboard.snapshot import Snapshot
from dashboard.topics.explore import offered_by
from dashboard.topics.pages import PAGES
from dashboard.topics.parameters import settle_asked
from dashboard.topics.tabs import OVERVIEWS, TABS, overview_links, tab_links
from dashboard.words.pages import PAGE_TITLES
from tests.checkout import ROOT
from tests.long import some
from tests.workspaces import nothing

CARRIED = [
    # what is shown, the tab, what its link takes along
    ({"mineral": "cobalt", "measure": "reserves"}, "mineral", {"mineral": "cobalt"}),
    ({"mineral": "cobalt", "edition": "usgs-mcs.2026"}, "concentration", {"mineral": "cobalt"}),
    (
        {"mineral": "cobalt", "edition": "usgs-mcs.2024", "measure": "mine_production", "places": "COD,AUS"},
        "explore",
        {"mineral": "cobalt", "edition": "usgs-mcs.2024", "measure": "mine_production", "places": "COD,AUS"},
    ),
    (
        {"mineral": "cobalt", "measure": "mine_production", "places": "COD"},
        "revisions",
        {"mineral": "cobalt", "measure": "mine_production", "places": "COD"},
    ),
    ({"mineral": "cobalt"}, "claims", None),  # no document states a figure of it
    ({"mineral": "rare-earths"}, "claims", {"mineral": "rare-earths"}),
]


@pytest.mark.parametrize(("asked", "tab", "link"), CARRIED)
def test_a_tab_takes_along_what_its_page_has(
    data: Snapshot, asked: dict[str, str], tab: str, link: dict[str, str] | None
) -> None:
    assert {found.tab.page: found.link for found in tab_links(asked, data)}[tab] == link


@pytest.mark.slow
def test_no_tab_of_any_mineral_asks_in_vain(data: Snapshot) -> None:
    pages = {page.name: page for page in PAGES}
    for mineral in some(offered_by(data).minerals, 4):
        for tab, link in tab_links({"mineral": mineral}, data):
            if link is not None:
                _, missed = settle_asked(pages[tab.page].parameters, link, data)
                assert not missed, (mineral, tab, missed)
        assert tab_links({"mineral": mineral}, data)[0].link == {"mineral": mineral}


OF_ITS_OWN = ("mineral", "country", "figures")
"""Pages whose heading names what they show."""


def test_a_page_has_one_name_in_menu_heading_tab_and_readme() -> None:
    frame = (ROOT / "dashboard" / "app.py").read_text(encoding="utf-8")
    assert {*PAGE_TITLES} <= set(re.findall(r'"([a-z-]+)"', frame))
    for address in PAGE_TITLES:
        view = ROOT / "dashboard" / "views" / f"{address.replace('-', '_')}.py"
        heading = re.findall(
            r'(?:heading|open_page)\(\s*PAGE_TITLES\["([a-z-]+)"\]', view.read_text(encoding="utf-8")
        )
        assert address in OF_ITS_OWN or heading == [address]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| page |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| ([A-Z][^|]+) \|", table, re.MULTILINE)) == {"Home", *PAGE_TITLES.values()}


def test_the_pages_of_all_minerals_lead_to_each_other(data: Snapshot) -> None:
    assert [link for _, link in overview_links(data)] == [{}, {"ask": "all"}]
    assert [link for _, link in overview_links(nothing())] == [{}, None]


def test_every_tab_is_a_page() -> None:
    assert {tab.page for tab in (*TABS, *OVERVIEWS)} <= {*PAGE_TITLES}
