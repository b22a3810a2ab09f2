"""The page Read an article in a real browser: keys, marks to click, fields to type in."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import browsing
from tests.dashboard.intake.test_review import TEXT

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_an_article_is_reviewed_with_the_keyboard(tmp_path: Path) -> None:
    home, article = tmp_path / "home", tmp_path / "andes.txt"
    article.write_text(TEXT, encoding="utf-8")
    with (
        browsing.server(home) as address,
        browsing.browser() as chrome,
        browsing.reader(chrome) as (page, heard),
    ):
        page.goto(f"{address}/article")
        browsing.see(page, "Read this text")
        page.locator("input[type=file]").set_input_files(article)
        browsing.see(page, "Figure 1 of 6")
        _press_key(page, "a", "Figure 2 of 6")
        _press_key(page, "x", "1 left out")
        _press_key(page, "k", "Figure 2 of 6")
        _press_key(page, "j", "Figure 3 of 6")
        expect(page.locator(".told")).to_contain_text("3 of 6, waiting")
        _type_into_the_form(page)
        _drawn(page)
        page.locator("mark").get_by_text("640,000 tonnes", exact=True).click()
        browsing.see(page, "Figure 1 of 6")
        page.get_by_role("button", name="Keep 1 item").click()
        browsing.see(page, "Kept 1 figure")
        heard.assert_own()
    assert len(list((home / "seeds").glob("*.toml"))) == 1


def _press_key(page: Page, key: str, then: str) -> None:
    _drawn(page)
    page.keyboard.press(key)
    browsing.see(page, then)


def _drawn(page: Page) -> None:
    """Wait until the page is drawn and its keys are heard."""
    page.locator(browsing.IDLE).wait_for()
    time.sleep(1.0)


def _type_into_the_form(page: Page) -> None:
    """The form has the keys while it is open; what is typed into a field decides nothing."""
    _press_key(page, "e", "Accept as mended")
    field = page.locator("input[aria-label^='The words that make']")
    expect(field).to_be_focused()
    field.press_sequentially("axej")
    _drawn(page)
    browsing.see(page, "Figure 3 of 6")
    browsing.see(page, "1 accepted, 1 left out")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(".st-key-article-mend button")).to_be_focused()
