"""The dashboard in a real browser: what is seen, clicked, taken along and uploaded; nothing leaves."""

from __future__ import annotations

import csv
import struct
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from loaders.store import bundled_folder
from tests import browsing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIVE_FIGURES = ["658 Mt", "28.5 Mt", "1 %", "5th", "$500 bn"]


def test_a_reader_finds_the_figures_their_sources_and_takes_them_along(tmp_path: Path) -> None:
    home, profile, downloads = (tmp_path / name for name in ("home", "profile", "downloads"))
    for folder in (home, profile, downloads):
        folder.mkdir()
    with browsing.server(home) as address, browsing.browser(profile, downloads) as chrome:
        _see_the_five_figures(chrome, address)
        _click_a_bar(chrome)
        _download(chrome, downloads)
        _upload(chrome, tmp_path)
        asked = browsing.requests(chrome)
        assert any(browsing.LOOPBACK.match(url) for url in asked), "the log of requests is empty"
        assert browsing.strangers(asked) == []
        assert browsing.console_errors(chrome) == []


def _see_the_five_figures(chrome: webdriver.Chrome, address: str) -> None:
    chrome.get(address)
    browsing.see(chrome, "every number next to where it came from")
    css = ".st-key-finding-story a"
    story = browsing.wait_for(lambda: chrome.find_element(By.CSS_SELECTOR, css), 40, "the story")
    browsing.press(chrome, story)
    for figure in FIVE_FIGURES:
        browsing.see(chrome, figure)
    tiles = chrome.find_elements(By.CSS_SELECTOR, ".tiles li b")
    assert [tile.text for tile in tiles] == FIVE_FIGURES
    assert not chrome.find_elements(By.CSS_SELECTOR, "[data-testid=stAppDeployButton]")
    assert not chrome.find_elements(By.CSS_SELECTOR, "[data-testid=stException]")


def _click_a_bar(chrome: webdriver.Chrome) -> None:
    """The third bar of the second chart's statistics is the edition 2025."""
    block = ".st-key-chart-amount-russia-rare-earths-holdings"
    browsing.click_mark(chrome, f"{block} .barlayer .point path", 3)
    card = browsing.wait_for(
        lambda: chrome.find_element(By.CSS_SELECTOR, ".card.statistic.selected").text, 20, "the selected card"
    )
    assert "USGS, edition 2025" in card
    assert "3800000" in card
    assert "MCS2025_World_Data.csv, row 891" in card


def _download(chrome: webdriver.Chrome, downloads: Path) -> None:
    key = "amount-russia-rare-earths-holdings"
    for name in ("png", "svg", "csv"):
        browsing.take(chrome, key, name)
        browsing.downloaded(downloads, f".{name}")
    browsing.shut(chrome, key)
    image = browsing.downloaded(downloads, ".png").read_bytes()
    assert image.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", image[16:24])
    assert width == 1920
    assert height > 400
    drawing = browsing.downloaded(downloads, ".svg").read_text(encoding="utf-8")
    assert "USGS Mineral Commodity Summaries 2023 to 2026" in drawing
    with browsing.downloaded(downloads, ".csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["printed"] for row in rows] == ["28.5", "21000000", "10000000", "3800000", "3,800,000"]
    assert all(row["citation"] and row["source"] and row["data_version"] for row in rows)


def _upload(chrome: webdriver.Chrome, folder: Path) -> None:
    """A tidy edition of 2025 with one mineral: read, reported, and not installed without a yes."""
    whole = (bundled_folder("data") / "usgs-mcs" / "2025.csv").read_text(encoding="utf-8").splitlines()
    part = folder / "lithium.csv"
    part.write_text("\n".join([whole[0], *(line for line in whole if ",lithium," in line)]), encoding="utf-8")
    # By the menu: on a deep link Streamlit itself asks for /data/_stcore/health first, which is not there.
    link = browsing.wait_for(
        lambda: chrome.find_element(By.CSS_SELECTOR, "[data-testid=stSidebarNav] a[href$='/data']"),
        30,
        "the menu",
    )
    browsing.press(chrome, link)
    box = browsing.wait_for(
        lambda: chrome.find_element(By.CSS_SELECTOR, "input[type=file]"), 30, "the box for uploads"
    )
    box.send_keys(str(part))
    browsing.see(chrome, "our tidy table")
