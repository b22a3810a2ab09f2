"""A question that takes three clicks, and names that lead to their pages in the same session."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.cli.main import main
from tests import browsing
from tests.bgs_export import Series, bgs_export

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNTRY = re.compile(r"/country\?.*place=COD")
YEARS = range(1970, 2021)
COBALT = [
    Series("Congo, Democratic Republic", "CD", "COD", 12_000),
    Series("Zambia", "ZM", "ZMB", 2_000),
]


def _export(folder: Path) -> Path:
    """Cobalt of two countries in 51 years."""
    table = "Mine production of cobalt"
    return bgs_export(folder, "cobalt, mine", table, "tonnes (metal content)", COBALT, YEARS)


class Hand:
    """Clicks, and counts them."""

    clicks = 0

    def click(self, at: Locator) -> None:
        at.click()
        self.clicks += 1


def test_how_much_cobalt_came_from_dr_congo_since_1970(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert not main(["add", "--home", str(home), "--yes", str(_export(tmp_path))])
    with (
        browsing.server(home) as address,
        browsing.browser() as chrome,
        browsing.reader(chrome) as (page, heard),
    ):
        page.goto(f"{address}/mineral?mineral=cobalt")
        browsing.drawn(page)
        hand = Hand()
        hand.click(page.locator(".tabs a", has_text="Over time"))
        box = page.locator(".st-key-over-time-places input")
        hand.click(box)
        box.fill("DR Congo")
        hand.click(page.get_by_role("option", name="DR Congo", exact=True))
        browsing.see(page, "DR Congo: mine production of cobalt")
        browsing.see(page, f"together {12_000 * len(YEARS) // 1000} kt in {len(YEARS)} years with a number")
        assert hand.clicks == 3
        expect(page.locator("[data-testid=stMultiSelectDropdown]")).to_have_count(0)  # nothing covers it
        _names_lead_on(page)
        heard.assert_own()


def _names_lead_on(page: Page) -> None:
    """The name below the chart opens the country in the same tab; the mineral is remembered."""
    browsing.drawn(page)
    _a_chosen_cell_has_a_link(page)
    link = page.get_by_role("navigation", name="Pages of what is drawn").get_by_role("link", name="DR Congo")
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_title("DR Congo · Country · Critical Minerals Explorer")
    browsing.drawn(page)
    expect(page).to_have_url(COUNTRY)
    assert len(page.context.pages) == 1
    browsing.menu(page, "mineral").click()
    expect(page).to_have_url(re.compile(r"/mineral\?.*mineral=cobalt.*documents="))
    expect(page).to_have_title("Cobalt · Mineral · Critical Minerals Explorer")
    browsing.drawn(page)
    page.go_back()
    expect(page).to_have_url(COUNTRY)
    browsing.see(page, "DR Congo")


def _a_chosen_cell_has_a_link(page: Page) -> None:
    """A name in the table below the chart, which is drawn on a canvas, leads on once its cell is chosen."""
    page.get_by_text("Table: the same").click()
    chosen = page.get_by_role("navigation", name="Pages of what is chosen")
    expect(chosen).to_have_text("A name leads to its page once it is chosen.")
    page.locator("[data-testid=stDataFrame] .dvn-scroller").first.click(position={"x": 40, "y": 55})
    expect(chosen.get_by_role("link", name="DR Congo")).to_have_attribute("href", "country?place=COD")
    browsing.drawn(page)
