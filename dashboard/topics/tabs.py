"""The pages of one mineral, joined by a strip of tabs: each tab leads to the same mineral on its page.

Another strip joins the pages of all minerals.
"""

from __future__ import annotations

from typing import NamedTuple

from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics import glance
from dashboard.topics.accounts import dependence_rows
from dashboard.topics.pages import ASK, DEPENDENCE_PAGE, OF_ALL, PAGES, Page
from dashboard.topics.parameters import Asked, settle_asked
from dashboard.words.pages import PAGE_TITLES


class Tab(NamedTuple):
    """A page of one mineral, by its name in an address, and what the strip calls it."""

    page: str
    label: str


_OF_ONE_MINERAL = ("explore", "over-time", "prices", "revisions", "concentration", "dependence", "claims")

TABS = (Tab("mineral", "Overview"), *(Tab(name, PAGE_TITLES[name]) for name in _OF_ONE_MINERAL))
"""The strip, in order. A page that joins it is a `Page` of `topics.pages` with a parameter `mineral`."""

OVERVIEWS = (Tab(glance.NAME, "At a glance"), Tab(DEPENDENCE_PAGE.name, "Dependence on imports"))
"""The strip on the pages of all minerals."""

_CARRIED = ("mineral", "measure", "edition", "places")
"""What a tab takes along, where the page that it leads to has it too."""


class TabLink(NamedTuple):
    """A tab, and the parameters of its link; none where that page has nothing of the mineral."""

    tab: Tab
    link: dict[str, str] | None


def tab_links(asked: Asked, data: Snapshot) -> tuple[TabLink, ...]:
    """The tabs for what a page shows. An edition goes along only if it is not the one in use."""
    carried = {name: asked[name] for name in _CARRIED if asked.get(name)}
    if carried.get("edition") in data.in_use:
        del carried["edition"]
    return _tab_links(tuple(carried.items()), data)


def overview_links(data: Snapshot) -> tuple[TabLink, ...]:
    """The pages of all minerals; none of dependence where no account is loaded."""
    links: tuple[dict[str, str] | None, ...] = (
        {},
        None if dependence_rows(data).empty else {ASK.name: OF_ALL},
    )
    return tuple(TabLink(tab, link) for tab, link in zip(OVERVIEWS, links, strict=True))


_KEPT = 1_000
"""So many strips are kept."""


@kept_with_data(_KEPT)
def _tab_links(carried: tuple[tuple[str, str], ...], data: Snapshot) -> tuple[TabLink, ...]:
    pages = {page.name: page for page in PAGES}
    return tuple(TabLink(tab, link_to(pages[tab.page], dict(carried), data)) for tab in TABS)


def link_to(page: Page, carried: Asked, data: Snapshot) -> dict[str, str] | None:
    """What of the things carried along a page can show, as its link; none where it lacks the mineral."""
    last = max((place for place, item in enumerate(page.parameters) if item.name in carried), default=-1)
    settled, _ = settle_asked(page.parameters[: last + 1], {}, data, carried)  # none depends on a later one
    link = {name: value for name, value in carried.items() if settled.get(name) == value}
    return link if "mineral" in link else None
