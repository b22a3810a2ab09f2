"""A file of 200 MB on the page Data: its reading is shown, can be cancelled, and holds up nobody else."""

from __future__ import annotations

import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from loaders.names import minerals, places
from tests import browsing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZE = 200_000_000
HEADER = "dataset,edition,mineral,place,measure,basis,year,value,unit,note\n"


def write_large(path: Path) -> None:
    """A tidy table of one and a half million different figures, year by year."""
    names = [
        f"big,2025,{mineral},{place},mine_production,content,YEAR,{number + 1},t,made up for a test of size"
        for number, (mineral, place) in enumerate(
            (mineral, place)
            for mineral in list(minerals().index)[:200]
            for place in places().query("kind == 'country'").index[:190]
        )
    ]
    block = "\n".join(names) + "\n"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEADER)
        for year in range(1900, 1900 + SIZE // len(block) + 1):
            stream.write(block.replace("YEAR", str(year)))


def draw(chrome: webdriver.Chrome, address: str) -> None:
    """A page of a new session."""
    chrome.get(f"{address}/?again={time.monotonic()}")
    browsing.see(chrome, "Data version", 120)


def readers(folder: Path) -> list[str]:
    """The processes that read files in a folder."""
    listed = subprocess.run(["ps", "-eww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if f"-m dashboard.intake.job {folder}" in line]


def test_a_large_upload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, profile, downloads, temporary = (
        tmp_path / name for name in ("home", "profile", "downloads", "tmp")
    )
    for folder in (home, profile, downloads, temporary):
        folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    large = tmp_path / "large.csv"
    write_large(large)
    assert large.stat().st_size > SIZE
    with ExitStack() as stack:
        address = stack.enter_context(browsing.server(home))
        monkeypatch.delenv("TMPDIR")  # the path of a browser's socket is not longer than 107 characters
        chrome = stack.enter_context(browsing.browser(profile, downloads))
        _open_data(chrome, address)
        first = chrome.current_window_handle
        _upload(chrome, large)
        browsing.see(chrome, "s so far", 120)
        chrome.switch_to.new_window("window")
        draw(chrome, address)
        assert readers(temporary), "the page of another session waited for the reading to end"
        chrome.switch_to.window(first)
        browsing.see(chrome, "What the files hold", 300)
        browsing.see(chrome, "This dataset is new")
        assert not readers(temporary)
        _open_data(chrome, address)
        _upload(chrome, large)
        _cancel(chrome)
        browsing.see(chrome, "Cancelled. Nothing was installed.")
        assert "large.csv" not in chrome.find_element(By.TAG_NAME, "body").text
        assert not readers(temporary)
        assert len(list(temporary.glob("minerals-*"))) == 1, "the first session still holds its own"
    assert not list(temporary.glob("minerals-*"))
    assert not (home / "store.json").exists()


def _open_data(chrome: webdriver.Chrome, address: str) -> None:
    chrome.get(address)
    css = "[data-testid=stSidebarNav] a[href$='/data']"
    browsing.press(
        chrome, browsing.wait_for(lambda: chrome.find_element(By.CSS_SELECTOR, css), 40, "the menu")
    )


def _upload(chrome: webdriver.Chrome, path: Path) -> None:
    css = "input[type=file]"
    browsing.wait_for(lambda: chrome.find_element(By.CSS_SELECTOR, css), 40, "the box").send_keys(str(path))


def _cancel(chrome: webdriver.Chrome) -> None:
    def button() -> object:
        buttons = chrome.find_elements(By.TAG_NAME, "button")
        return next((one for one in buttons if one.text == "Cancel"), None)

    browsing.press(chrome, browsing.wait_for(button, 20, "the button Cancel"))
