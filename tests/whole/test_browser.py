"""The dashboard in a real browser: what is seen, clicked, taken along and uploaded; nothing leaves."""

from __future__ import annotations

import csv
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from loaders.store import bundled_folder
from tests import browsing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIVE_FIGURES = ["658 Mt", "28.5 Mt", "1 %", "5th", "$500 bn"]


def test_a_reader_finds_the_figures_their_sources_and_takes_them_along(tmp_path: Path) -> None:
    with (
        browsing.server(tmp_path / "home") as address,
        browsing.browser() as chrome,
        browsing.reader(chrome) as (page, heard),
    ):
        _see_the_five_figures(page, address)
        _click_a_bar(page)
        _choose_a_bar_by_keyboard(page)
        _download(page, tmp_path)
        _upload(page, tmp_path)
        heard.assert_own()
        assert heard.errors == []


def _see_the_five_figures(page: Page, address: str) -> None:
    page.goto(address)
    browsing.see(page, "every number next to where it came from")
    page.locator(".st-key-finding-story a").click()
    expect(page.locator(".tiles li b")).to_have_text(FIVE_FIGURES)
    browsing.drawn(page)
    expect(page.locator("[data-testid=stAppDeployButton]")).to_have_count(0)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def _click_a_bar(page: Page) -> None:
    """The third bar of the second chart's statistics is the edition 2025."""
    block = ".st-key-chart-amount-russia-rare-earths-holdings"
    browsing.click_mark(page, f"{block} .barlayer .point path", 3)
    card = page.locator(".card.statistic.selected")
    for words in ("USGS, edition 2025", "3800000", "MCS2025_World_Data.csv, row 891"):
        expect(card).to_contain_text(words)


def _choose_a_bar_by_keyboard(page: Page) -> None:
    """The list of marks takes what is typed; Enter opens the card as a click does."""
    page.locator(".st-key-find-amount-russia-rare-earths-holdings input").focus()
    page.keyboard.type("2024")
    page.keyboard.press("Enter")
    expect(page.locator(".card.statistic.selected[open]")).to_contain_text("USGS, edition 2024")


def _download(page: Page, folder: Path) -> None:
    key = "amount-russia-rare-earths-holdings"
    png, svg, table = (browsing.take(page, key, name, folder) for name in ("png", "svg", "csv"))
    browsing.shut(page, key)
    image = png.read_bytes()
    assert image.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", image[16:24])
    assert width == 1920
    assert height > 400
    assert "USGS Mineral Commodity Summaries 2023 to 2026" in svg.read_text(encoding="utf-8")
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["printed"] for row in rows] == ["28.5", "21000000", "10000000", "3800000", "3,800,000"]
    assert all(row["citation"] and row["source"] and row["data_version"] for row in rows)


def _upload(page: Page, folder: Path) -> None:
    """A tidy edition of 2025 with one mineral: read, reported, and not installed without a yes."""
    whole = (bundled_folder("data") / "usgs-mcs" / "2025.csv").read_text(encoding="utf-8").splitlines()
    part = folder / "lithium.csv"
    part.write_text("\n".join([whole[0], *(line for line in whole if ",lithium," in line)]), encoding="utf-8")
    # By the menu: on a deep link Streamlit itself asks for /data/_stcore/health first, which is not there.
    browsing.menu(page, "data").click()
    page.locator("input[type=file]").set_input_files(part)
    browsing.see(page, "our tidy table")
