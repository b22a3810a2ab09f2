"""A real Chromium and a real server, for what only a browser shows."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

Found = TypeVar("Found")

# Chromium's own start-up traffic must be off, or it would look like the page's.
ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run",
    "--disable-dev-shm-usage", "--disable-features=OptimizationHints,MediaRouter",
]  # fmt: skip

LOOPBACK = re.compile(r"^(?:https?|wss?)://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?/")
OWN = ("data:", "blob:", "about:", "chrome://", "chrome-untrusted://", "chrome-extension://")


def chromium() -> tuple[str, str]:
    """Paths of Chromium and its driver; skips where they are not installed."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("Chromium and chromedriver are not installed (Debian: chromium, chromium-driver)")
    return browser, driver


@contextmanager
def server(home: Path) -> Iterator[str]:
    """The dashboard on a free port of loopback, with a workspace of its own; gives its address."""
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
                60,
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


@contextmanager
def browser(profile: Path, downloads: Path, width: int = 1280) -> Iterator[webdriver.Chrome]:
    """Headless Chromium that writes downloads into a folder and records every request."""
    binary, driver = chromium()
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in (*ARGUMENTS, f"--user-data-dir={profile}", f"--window-size={width},1400"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    try:
        chrome.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
        )
        yield chrome
    finally:
        chrome.quit()


def wait_for(look: Callable[[], Found], seconds: float, what: str) -> Found:
    """The first true answer of `look`; fails with `what` was awaited."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(StaleElementReferenceException, WebDriverException, IndexError):  # it was just redrawn
            if found := look():
                return found
        time.sleep(0.15)
    pytest.fail(f"waited {seconds:g} s in vain: {what}")


def see(chrome: webdriver.Chrome, text: str, seconds: float = 40) -> None:
    """Wait until the page's text holds `text`."""
    wait_for(
        lambda: text in chrome.find_element(By.TAG_NAME, "body").text, seconds, f"the page says {text!r}"
    )


def click_mark(chrome: webdriver.Chrome, css: str, number: int = 0) -> None:
    """A real click on a mark of a chart: Plotly's drag layer lies above the marks, so move and press."""
    mark = wait_for(lambda: chrome.find_elements(By.CSS_SELECTOR, css)[number], 40, f"the mark {css}")
    chrome.execute_script("arguments[0].scrollIntoView({block: 'center'})", mark)
    time.sleep(1.0)
    ActionChains(chrome).move_to_element(mark).pause(0.2).click().perform()


def action(chrome: webdriver.Chrome, key: str, name: str) -> WebElement:
    """The button under the chart `key`: copy-link, copy-citation, copy-table or copy-description."""

    def find() -> WebElement:
        host = chrome.find_element(
            By.CSS_SELECTOR, f".st-key-actions-{key} [data-testid=stBidiComponentIsolated]"
        )
        return host.shadow_root.find_element(By.CSS_SELECTOR, f"button[data-action={name}]")

    return wait_for(find, 30, f"the button {name} of {key}")


def take(chrome: webdriver.Chrome, key: str, name: str) -> None:
    """Take a file away by the menu under the chart `key`: png, svg, csv ..."""
    css = f".st-key-take-{key}-{name} button"
    if not chrome.find_elements(By.CSS_SELECTOR, css):
        menu = wait_for(
            lambda: chrome.find_element(By.CSS_SELECTOR, f".st-key-take-{key} button"),
            30,
            f"the menu of {key}",
        )
        press(chrome, menu)
    press(chrome, wait_for(lambda: chrome.find_element(By.CSS_SELECTOR, css), 30, f"{name} of {key}"))


def shut(chrome: webdriver.Chrome, key: str) -> None:
    """Close the menu under the chart `key`."""
    press(chrome, chrome.find_element(By.CSS_SELECTOR, f".st-key-take-{key} button"))


def press(chrome: webdriver.Chrome, button: WebElement) -> None:
    """Scroll to a button and click it."""
    chrome.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    time.sleep(0.4)
    button.click()


def drop(chrome: webdriver.Chrome, path: Path) -> None:
    """Drag a file or a folder onto the box for files, and let go of it there."""
    box = wait_for(
        lambda: chrome.find_element(By.CSS_SELECTOR, "[data-testid=stFileUploaderDropzone]"), 20, "the box"
    )
    chrome.execute_script("arguments[0].scrollIntoView({block: 'center'})", box)
    x, y = chrome.execute_script(
        "const r = arguments[0].getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]", box
    )
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for step in ("dragEnter", "dragOver", "drop"):
        chrome.execute_cdp_cmd("Input.dispatchDragEvent", {"type": step, "x": x, "y": y, "data": data})


def downloaded(folder: Path, suffix: str, seconds: float = 30) -> Path:
    """The finished download with that suffix."""
    found = wait_for(lambda: sorted(folder.glob(f"*{suffix}")), seconds, f"a download ending in {suffix}")
    return found[0]


def requests(chrome: webdriver.Chrome) -> list[str]:
    """Every address that the page asked for, web sockets included."""
    asked = []
    for entry in chrome.get_log("performance"):
        message: dict[str, Any] = json.loads(entry["message"])["message"]
        parameters = message["params"]
        if message["method"] == "Network.requestWillBeSent":
            asked.append(parameters["request"]["url"])
        if message["method"] == "Network.webSocketCreated":
            asked.append(parameters["url"])
    return asked


def strangers(addresses: list[str]) -> list[str]:
    """The addresses that are not on loopback."""
    return [address for address in addresses if not LOOPBACK.match(address) and not address.startswith(OWN)]


def console_errors(chrome: webdriver.Chrome) -> list[str]:
    """What the browser's console holds as errors."""
    return [entry["message"] for entry in chrome.get_log("browser") if entry["level"] == "SEVERE"]
