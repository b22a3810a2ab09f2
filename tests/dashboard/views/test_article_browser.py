"""The page Read an article in a real browser: keys, marks to click, fields to type in."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.browsing import browser, see, server, strangers, wait_for
from tests.browsing import requests as asked
from tests.dashboard.intake.test_review import TEXT

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_an_article_is_reviewed_with_the_keyboard(tmp_path: Path) -> None:
    home, article = tmp_path / "home", tmp_path / "andes.txt"
    home.mkdir()
    article.write_text(TEXT, encoding="utf-8")
    with server(home) as address, browser(tmp_path / "profile", tmp_path) as chrome:
        chrome.get(f"{address}/article")
        see(chrome, "Read this text")
        chrome.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(str(article))
        see(chrome, "Figure 1 of 6")
        _press_key(chrome, "a", "Figure 2 of 6")
        _press_key(chrome, "x", "1 left out")
        _press_key(chrome, "k", "Figure 2 of 6")
        _press_key(chrome, "j", "Figure 3 of 6")
        _type_into_the_form(chrome)
        _click_the_mark(chrome, "640,000 tonnes")
        see(chrome, "Figure 1 of 6")
        _button(chrome, "Keep 1 item").click()
        see(chrome, "Kept 1 figure")
        assert strangers(asked(chrome)) == []
    assert len(list((home / "seeds").glob("*.toml"))) == 1


def _press_key(chrome: webdriver.Chrome, key: str, then: str) -> None:
    _drawn(chrome)
    ActionChains(chrome).send_keys(key).perform()
    see(chrome, then)


def _drawn(chrome: webdriver.Chrome) -> None:
    """Wait until the page is drawn and its keys are heard."""
    still = "[data-testid=stApp][data-test-script-state=notRunning]"
    wait_for(lambda: chrome.find_elements(By.CSS_SELECTOR, still), 40, "the page is drawn")
    time.sleep(1.0)


def _type_into_the_form(chrome: webdriver.Chrome) -> None:
    """What is typed into a field decides nothing."""
    _press_key(chrome, "e", "Accept as mended")
    box = wait_for(
        lambda: chrome.find_element(By.CSS_SELECTOR, "input[aria-label^='What the document calls']"),
        20,
        "name",
    )
    box.send_keys("axej")
    _drawn(chrome)
    see(chrome, "Figure 3 of 6")
    see(chrome, "1 accepted, 1 left out")
    _button(chrome, "Close").click()


def _click_the_mark(chrome: webdriver.Chrome, words: str) -> None:
    def find() -> WebElement:
        host = chrome.find_element(By.CSS_SELECTOR, "[data-testid=stBidiComponentIsolated]")
        marks = host.shadow_root.find_elements(By.CSS_SELECTOR, "mark")
        return next(mark for mark in marks if mark.text == words)

    _drawn(chrome)
    wait_for(find, 20, f"the mark {words}").click()


def _button(chrome: webdriver.Chrome, label: str) -> WebElement:
    path = f"//button[.//*[normalize-space(text())='{label}']]"
    return wait_for(lambda: chrome.find_element(By.XPATH, path), 20, f"the button {label}")
