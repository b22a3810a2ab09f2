"""The browser's Back goes back one view, and a reload shows the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import browsing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 120_000
"""Milliseconds that a page is waited for."""


CHOICES_BEFORE_PATH = """() => {
  const before = history.length;
  document.dispatchEvent(new Event("pointerdown"));
  history.pushState({}, "", "/?mineral=tin");
  history.pushState({}, "", "/mineral?mineral=tin");
  return history.length - before;
}"""
"""How many entries a page adds that is opened by a click and writes its choices before its path."""


def _settled(page: Page, part: str) -> str:
    """The address of a page when all that it shows stands in it."""
    expect(page).to_have_url(re.compile(rf"{re.escape(part)}.*documents="), timeout=PATIENCE)
    browsing.drawn(page)
    return page.url


def test_back_goes_back_one_view(tmp_path: Path) -> None:
    with (
        browsing.server(tmp_path / "home") as address,
        browsing.browser() as chrome,
        browsing.reader(chrome) as (page, heard),
    ):
        browsing.go(page, f"{address}/all-minerals")
        browsing.see(page, "There is no page “all-minerals”.")
        heard.errors.clear()  # on a deep link Streamlit asks for what is not there: its issue 7074
        browsing.go(page, address)
        browsing.menu(page, "claims").click()
        claims = _settled(page, "/claims?")
        browsing.menu(page, "figures").click()
        figures = _settled(page, "/figures")
        assert figures != claims
        page.go_back()
        expect(page).to_have_url(claims, timeout=PATIENCE)
        browsing.drawn(page)
        assert heard.errors == []
        page.reload()  # its issue 7074 again
        assert _settled(page, "/claims?") == claims
        page.go_back()
        expect(page).to_have_url(f"{address}/", timeout=PATIENCE)
        browsing.see(page, "every number next to where it came from")
        _from_a_link_and_a_tab(page, address)


def _from_a_link_and_a_tab(page: Page, address: str) -> None:
    """A link that the page completes is one step, and so is a tab of the mineral."""
    page.goto(f"{address}/mineral?mineral=cobalt")
    mineral = _settled(page, "/mineral?mineral=cobalt")
    page.locator(".tabs a", has_text="Prices").click()
    browsing.see(page, "Every price that is printed")
    _settled(page, "/prices?mineral=cobalt")
    assert page.evaluate(CHOICES_BEFORE_PATH) == 1
    page.go_back()
    _settled(page, "/prices?mineral=cobalt")
    page.go_back()
    expect(page).to_have_url(mineral, timeout=PATIENCE)
    browsing.drawn(page)
    page.go_back()
    expect(page).to_have_url(f"{address}/", timeout=PATIENCE)
