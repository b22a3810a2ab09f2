"""A swap while the app is open: two windows follow, and what is exported meanwhile is of one version."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from dashboard.drawing.paper import chart_svg
from dashboard.exports.csv import chart_csv
from dashboard.intake.proposal import install_proposals
from dashboard.snapshot import snapshot
from dashboard.topics.ranked import Choice, ranked_view
from tests import browsing
from tests.handing_in import RECORD, proposed, tidy
from tests.specs import drawn

pytestmark = pytest.mark.slow

# Two windows ----------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_two_windows_show_a_swap_at_the_next_interaction(tmp_path: Path) -> None:
    home, profile, downloads = (tmp_path / name for name in ("home", "profile", "downloads"))
    for folder in (home, profile, downloads):
        folder.mkdir()
    with browsing.server(home) as address, browsing.browser(profile, downloads) as chrome:
        chrome.get(f"{address}/?mineral=rare-earths")
        first = chrome.current_window_handle
        browsing.press(chrome, _link(chrome, "country"))
        browsing.see(chrome, "edition 2026")
        before = _version(chrome)
        chrome.switch_to.new_window("window")
        chrome.get(address)
        browsing.press(chrome, _link(chrome, "data"))
        _choose(chrome, "2024")
        browsing.see(chrome, "Edition 2024 is in use now.")
        browsing.wait_for(lambda: _version(chrome) != before, 20, "another version in the footer")
        after = _version(chrome)
        chrome.switch_to.window(first)
        assert _version(chrome) == before
        _choose(chrome, "All")  # on the page Country this redraws no more than a part of it
        browsing.wait_for(lambda: _version(chrome) == after, 20, "the first window follows")
        browsing.see(chrome, "edition 2024")
        assert f"asOf={after}" in chrome.current_url
        assert browsing.console_errors(chrome) == []


def _link(chrome: webdriver.Chrome, page: str) -> WebElement:
    css = f"[data-testid=stSidebarNav] a[href$='/{page}']"
    return browsing.wait_for(lambda: chrome.find_element(By.CSS_SELECTOR, css), 40, f"the menu has {page}")


def _version(chrome: webdriver.Chrome) -> str:
    """The version in the footer."""
    text = browsing.wait_for(lambda: chrome.find_element(By.CSS_SELECTOR, ".footer").text, 40, "the footer")
    return str(text).split("version ")[1][:8]


def _choose(chrome: webdriver.Chrome, label: str) -> None:
    """Press one of several buttons of which one is chosen."""

    def button() -> WebElement | None:
        there = chrome.find_elements(By.CSS_SELECTOR, "[data-testid=stButtonGroup] button")
        return next((one for one in there if one.text == label), None)

    browsing.press(chrome, browsing.wait_for(button, 40, f"the button {label}"))


@pytest.mark.browser
def test_what_is_dropped_into_incoming_or_onto_the_page_is_read(tmp_path: Path) -> None:
    home, profile, downloads = (tmp_path / name for name in ("home", "profile", "downloads"))
    for folder in (home, profile, downloads):
        folder.mkdir()
    with browsing.server(home) as address, browsing.browser(profile, downloads) as chrome:
        chrome.get(address)
        browsing.press(chrome, _link(chrome, "data"))
        browsing.see(chrome, "Or drop files into")
        name, content = tidy("2024", "lithium,CHL,reserves,content,2023,9300,t")
        (home / "incoming" / name).write_bytes(content)
        begun = time.monotonic()
        browsing.see(chrome, f"{name} has arrived", 20)
        assert time.monotonic() - begun < 10
        browsing.see(chrome, "What the files hold")
        folder = tmp_path / "ours"
        folder.mkdir()
        (folder / "next.csv").write_bytes(tidy("2025", "lithium,CHL,reserves,content,2024,9200,t")[1])
        (folder / RECORD[0]).write_bytes(RECORD[1])
        browsing.drop(chrome, folder)
        browsing.see(chrome, "Install edition 2025 of own")


# Exports during a swap --------------------------------------------------------------------------------------

VALUES = {"one": 9300, "two": 4100}
"""The reserves of Chile in the two states between which the workspace goes to and fro."""

SWAPPER = """
import sys
from pathlib import Path
from dashboard.intake.proposal import install_proposals
paths = [Path(name) for name in sys.argv[1:]]
print("ready", flush=True)
while True:
    for path in paths:
        done = install_proposals([(path, None)])
        assert isinstance(done, tuple), done
"""


@pytest.fixture
def swapping(tmp_path: Path) -> Iterator[None]:
    """Another process that replaces an edition again and again."""
    plans = []
    for name, value in VALUES.items():
        rows = (
            f"lithium,CHL,reserves,content,2023,{value},t",
            f"lithium,PER,reserves,content,2023,{value + 1},t",
        )
        item = proposed(tidy("2024", *rows), RECORD)
        plans.append(tmp_path / f"{name}.plan")
        plans[-1].write_bytes(item.path.read_bytes())
    assert isinstance(install_proposals([(plans[0], None)]), tuple)
    command = [sys.executable, "-c", SWAPPER, *map(str, plans)]
    with subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield
        alive = process.poll() is None
        process.kill()
    assert alive, "the other process ended early"


def test_an_export_made_during_swaps_is_of_one_version(swapping: None) -> None:
    """Values and version of tables and images belong together, whatever is installed meanwhile."""
    seen: dict[str, set[float]] = {}
    begun = time.monotonic()
    while time.monotonic() < begun + 6 or (len(seen) < 2 and time.monotonic() < begun + 60):
        data = snapshot()
        chart = drawn(ranked_view("explore", Choice("lithium", "reserves", "own.2024", 2023), data))
        table = pd.read_csv(io.StringIO(chart_csv(chart, data.stamp)))
        printed = chart_svg(chart, data.stamp)
        chile = float(table.loc[table["place"] == "CHL", "value"].iloc[0])
        assert float(table.loc[table["place"] == "PER", "value"].iloc[0]) == chile + 1
        assert set(table["data_version"]) == {data.version}
        assert f"ata version {data.version[:8]}" in printed
        assert ("9.3" in printed) == (chile == VALUES["one"])
        seen.setdefault(data.version, set()).add(chile)
    assert sorted(map(tuple, seen.values())) == [(4100.0,), (9300.0,)]
