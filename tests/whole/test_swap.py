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
from playwright.sync_api import Locator, Page, expect

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
    with (
        browsing.server(tmp_path / "home") as address,
        browsing.browser() as chrome,
        browsing.reader(chrome) as (first, heard),
    ):
        first.goto(f"{address}/?mineral=rare-earths")
        browsing.menu(first, "country").click()
        browsing.see(first, "edition 2026")
        before = _version(first)
        second = first.context.new_page()
        second.goto(address)
        browsing.menu(second, "data").click()
        _button(second, "2024").first.click()
        browsing.see(second, "Edition 2024 is in use now.")
        expect(second.locator(".footer")).not_to_contain_text(before)
        after = _version(second)
        assert _version(first) == before
        first.bring_to_front()
        _button(first, "All").click()  # on the page Country this redraws no more than a part of it
        expect(first.locator(".footer")).to_contain_text(after)
        browsing.see(first, "edition 2024")
        assert f"asOf={after}" in first.url
        assert heard.errors == []


def _version(page: Page) -> str:
    """The version in the footer."""
    return page.locator(".footer").inner_text().split("version ")[1][:8]


def _button(page: Page, label: str) -> Locator:
    """One of several buttons of which one is chosen."""
    return page.locator("[data-testid=stButtonGroup] button").get_by_text(label, exact=True)


@pytest.mark.browser
def test_what_is_dropped_into_incoming_or_onto_the_page_is_read(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with (
        browsing.server(home) as address,
        browsing.browser() as chrome,
        browsing.reader(chrome) as (page, _),
    ):
        page.goto(address)
        browsing.menu(page, "data").click()
        browsing.see(page, "Or drop files into")
        name, content = tidy("2024", "lithium,CHL,reserves,content,2023,9300,t")
        (home / "incoming" / name).write_bytes(content)
        begun = time.monotonic()
        browsing.see(page, f"{name} has arrived", 20)
        assert time.monotonic() - begun < 10
        browsing.see(page, "What the files hold")
        folder = tmp_path / "ours"
        folder.mkdir()
        (folder / "next.csv").write_bytes(tidy("2025", "lithium,CHL,reserves,content,2024,9200,t")[1])
        (folder / RECORD[0]).write_bytes(RECORD[1])
        browsing.drop(page, folder)
        browsing.see(page, "Install edition 2025 of own")


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
