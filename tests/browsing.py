"""A real Chromium and a real server, for what only a browser shows."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as BrowserError

Found = TypeVar("Found")

# Chromium's own start-up traffic must be off, or it would look like the page's.
ARGUMENTS = [
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-features=OptimizationHints,MediaRouter",
]  # fmt: skip

LOOPBACK = re.compile(r"^(?:https?|wss?)://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?/")
OWN = ("data:", "blob:", "about:", "file:", "chrome://", "chrome-untrusted://", "chrome-extension://")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
"""The frame of a page that is drawn."""

# How long Playwright waits for what is not there yet, in milliseconds.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)


def chromium() -> str:
    """The path of Chromium, as the system has installed it; skips where it is not."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("Chromium is not installed (Debian: chromium)")
    return browser


@contextmanager
def server(home: Path) -> Iterator[str]:
    """The dashboard on a free port of loopback, with a workspace of its own; gives its address."""
    home.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "serve", "--no-browser", "--port", str(port)]
    environment = {**os.environ, "MINERALS_HOME": str(home)}
    said = home / "server.log"
    with (
        said.open("wb") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(
                lambda: _answers(f"{address}/_stcore/health") or process.poll() is not None,
                180,
                "the server answers",
            )
            assert process.poll() is None, said.read_text(encoding="utf-8")
            yield address
        finally:
            process.terminate()
            process.wait(20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


# Windows --------------------------------------------------------------------------------------------------


@contextmanager
def browser() -> Iterator[Browser]:
    """The installed Chromium without a window on the screen; nothing is downloaded for it."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield chrome
        finally:
            chrome.close()


# On the document: on the window Playwright stops a press that would not reach its target, and tries again.
TELL_PRESSES = """
document.addEventListener("pointerdown", (event) => { if (event.isTrusted) window.tellPress(); }, true);
"""


@dataclass
class Heard:
    """What the pages of one reader asked for, web sockets included, and the errors in their consoles.

    `clicks` counts how often the reader pressed the mouse on any of them.
    """

    addresses: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    clicks: int = 0

    def _listen(self, context: BrowserContext) -> None:
        context.expose_function("tellPress", self._pressed)
        context.add_init_script(TELL_PRESSES)
        context.on("request", lambda request: self.addresses.append(request.url))
        context.on("page", self._listen_to_page)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def _listen_to_page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.addresses.append(socket.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _pressed(self) -> None:
        self.clicks += 1

    def assert_own(self) -> None:
        """Nothing but this computer was asked for anything."""
        assert any(LOOPBACK.match(url) for url in self.addresses), "no request was heard"
        assert strangers(self.addresses) == []


@contextmanager
def reader(
    chrome: Browser, width: int = 1280, height: int = 1400, **given: Any
) -> Iterator[tuple[Page, Heard]]:
    """A page of a reader who has nothing to do with others, and what it asks for."""
    context = chrome.new_context(
        viewport={"width": width, "height": height},
        accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
        **given,
    )
    context.set_default_timeout(PATIENCE)
    heard = Heard()
    heard._listen(context)
    try:
        yield context.new_page(), heard
    finally:
        context.close()


def strangers(addresses: Sequence[str]) -> list[str]:
    """The addresses that are not on loopback."""
    return [address for address in addresses if not LOOPBACK.match(address) and not address.startswith(OWN)]


# What is waited for and pressed ---------------------------------------------------------------------------


def wait_for(look: Callable[[], Found], seconds: float, what: str) -> Found:
    """The first true answer of `look`; fails with `what` was awaited."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(BrowserError, IndexError):  # it was just redrawn
            if found := look():
                return found
        time.sleep(0.15)
    pytest.fail(f"waited {seconds:g} s in vain: {what}")


def see(page: Page, text: str, seconds: float = 120) -> None:
    """Wait until the page's text holds `text`."""
    expect(page.locator("body")).to_contain_text(text, timeout=seconds * 1000, use_inner_text=True)


def drawn(page: Page, seconds: float = 120) -> None:
    """Wait until the page is drawn to its foot and rests."""
    expect(page.locator(".footer")).to_contain_text("Data version", timeout=seconds * 1000)
    page.locator(IDLE).wait_for(timeout=seconds * 1000)
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=seconds * 1000)


def go(page: Page, address: str) -> None:
    """Open an address, and wait until it is drawn."""
    page.goto(address)
    drawn(page)


def menu(page: Page, name: str) -> Locator:
    """A page in the sidebar, by the last part of its address."""
    return page.locator(f"[data-testid=stSidebarNav] a[href$='/{name}']")


def click_mark(page: Page, css: str, number: int = 0) -> None:
    """A real click on a mark of a chart: Plotly's drag layer lies above the marks, so move and press."""
    drawn(page)
    mark = page.locator(css).nth(number)
    mark.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # Plotly measures where it stands after a scroll
    box = mark.bounding_box()
    assert box, f"{css} is not on the page"
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.wait_for_timeout(200)
    page.mouse.click(x, y)


def action(page: Page, key: str, name: str) -> Locator:
    """The button under the chart `key`: copy-link, copy-citation, copy-table or copy-description."""
    return page.locator(f".st-key-actions-{key} button[data-action={name}]")


def take(page: Page, key: str, name: str, folder: Path) -> Path:
    """Take a file away by the menu under the chart `key`: png, svg, csv ..."""
    kind = page.locator(f".st-key-take-{key}-{name} button")
    if not kind.count():
        shut(page, key)
    with page.expect_download() as coming:
        kind.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def shut(page: Page, key: str) -> None:
    """Open or close the menu under the chart `key`."""
    page.locator(f".st-key-take-{key} button").first.click()


def drop(page: Page, path: Path) -> None:
    """Drag a file or a folder onto the box for files, and let go of it there."""
    place = page.locator("[data-testid=stFileUploaderDropzone]")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    protocol = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        protocol.send("Input.dispatchDragEvent", {"type": step, **at, "data": data})
