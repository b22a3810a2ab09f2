"""The browser's Back goes back one view, and a reload shows the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from tests import browsing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MENU, TABS = "[data-testid=stSidebarNav] a", ".st-key-tabs a"


def _follow(chrome: webdriver.Chrome, css: str, words: str) -> None:
    """Press the link with these words, and wait for its page."""
    link = browsing.wait_for(
        lambda: next(one for one in chrome.find_elements(By.CSS_SELECTOR, css) if one.text == words),
        30,
        f"the link {words}",
    )
    browsing.press(chrome, link)


def _address(chrome: webdriver.Chrome) -> str:
    return str(chrome.execute_script("return location.pathname + location.search"))


def _settled(chrome: webdriver.Chrome, page: str) -> str:
    """The address of a page when all that it shows stands in it."""
    browsing.wait_for(
        lambda: page in _address(chrome) and "documents=" in _address(chrome), 40, f"the address of {page}"
    )
    return _address(chrome)


def test_back_goes_back_one_view(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("home", "profile", "downloads")]
    for folder in folders:
        folder.mkdir()
    home, *others = folders
    with browsing.server(home) as address, browsing.browser(*others) as chrome:
        chrome.get(address)
        browsing.see(chrome, "every number next to where it came from")
        _follow(chrome, MENU, "Claims")
        claims = _settled(chrome, "/claims")
        _follow(chrome, MENU, "Mineral")
        mineral = _settled(chrome, "/mineral?mineral=rare-earths")
        _follow(chrome, TABS, "Revisions")
        _settled(chrome, "/revisions?")
        for before, words in ((mineral, "One mineral"), (claims, "What is claimed")):
            chrome.back()
            browsing.see(chrome, words)
            browsing.wait_for(lambda before=before: _address(chrome) == before, 20, f"back at {before}")
        chrome.refresh()
        browsing.see(chrome, "What is claimed")
        assert _settled(chrome, "/claims") == claims
        chrome.back()
        browsing.see(chrome, "every number next to where it came from")
        assert _address(chrome) == "/"
