"""A large file on the page Data: its reading is shown, can be cancelled, and holds up nobody else."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from loaders.names import minerals, places
from tests import browsing
from tests.long import LONG

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZE = 200_000_000 if LONG else 100_000_000
"""Bytes of the file."""

HEADER = "dataset,edition,mineral,place,measure,basis,year,value,unit,note\n"


def write_large(path: Path) -> None:
    """A tidy table of different figures, year by year: of 200 MB one and a half million."""
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


def draw(page: Page, address: str) -> None:
    """A page of a new session."""
    page.goto(f"{address}/?again={time.monotonic()}")
    browsing.see(page, "Data version", 120)


def readers(folder: Path) -> list[str]:
    """The processes that read files in a folder."""
    listed = subprocess.run(
        ["ps", "-eww", "-o", "pid,args"], capture_output=True, text=True, check=True
    ).stdout
    return [line for line in listed.splitlines() if f"-m dashboard.intake.job {folder}" in line]


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """The processes that read files in a folder stand still for a while."""
    found = [int(line.split()[0]) for line in readers(folder)]
    assert found
    for process in found:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in found:
            os.kill(process, signal.SIGCONT)


def test_a_large_upload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    large = tmp_path / "large.csv"
    write_large(large)
    assert large.stat().st_size > SIZE
    with ExitStack() as stack:
        address = stack.enter_context(browsing.server(home))
        monkeypatch.delenv("TMPDIR")  # the path of a browser's socket is not longer than 107 characters
        chrome = stack.enter_context(browsing.browser())
        page, _ = stack.enter_context(browsing.reader(chrome))
        _open_data(page, address)
        _upload(page, large)
        browsing.wait_for(lambda: readers(temporary), 120, "the reading begins")
        with held(temporary):  # the page of another session does not wait for the reading to end
            browsing.see(page, "s so far", 120)
            draw(page.context.new_page(), address)
        browsing.see(page, "What the files hold", 300)
        browsing.see(page, "This dataset is new")
        assert not readers(temporary)
        _open_data(page, address)
        _upload(page, large)
        page.get_by_role("button", name="Cancel", exact=True).click()
        browsing.see(page, "Cancelled. Nothing was installed.")
        assert "large.csv" not in page.locator("body").inner_text()
        assert not readers(temporary)
        assert len(list(temporary.glob("minerals-*"))) == 1, "the first session still holds its own"
    assert not list(temporary.glob("minerals-*"))
    assert not (home / "store.json").exists()


def _open_data(page: Page, address: str) -> None:
    page.goto(address)
    browsing.menu(page, "data").click()


def _upload(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
