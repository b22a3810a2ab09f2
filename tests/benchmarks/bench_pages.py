"""Start to first chart, and rerun of each page, against a bare Streamlit app with one table and one chart.

    python tests/benchmarks/bench_pages.py [--rows 1000000] [--pages explore,map] [--server]

Both run in this same run, in a real Chromium: the bare app shows the rare-earth reserves of one bundled
edition as one table and one bar chart. `--rows` adds a made-up edition of so many rows, and the exports of
BGS where MINERALS_SHARED names a folder with them; the bare app stays as it is. `--server` leaves the
browser out: the time is that from the message that asks for a run to the one that ends it, and beside it
stands the time of the processor, which others on the machine lengthen less.

In the browser a rerun ends when the page has drawn what was sent. The bare app has the dashboard's options
of Streamlit, also where these are faster than its own: after each run of a script Streamlit itself looks
for circles in memory, which takes longer than all else.

Goals: start at most 1.25 times, p95 of a rerun at most 1.5 times on every page. Exit code 1 if one is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from playwright.sync_api import Browser, Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.cli import serve
from dashboard.cli.main import main as minerals
from dashboard.topics.search import PAGE_TITLES
from loaders.store import bundled_folder
from tests import browsing
from tests.benchmarks import bench_million
from tests.benchmarks.serving import BARE, Server, p95, processor, running, wait_for_rest
from tests.benchmarks.visitors import Visitor

START_GOAL, RERUN_GOAL = 1.25, 1.5
STARTS, RERUNS = 5, 100
FIRST = 3
"""Reruns before those that are counted."""
PATIENCE = 20.0
"""Seconds after which a rerun has failed."""

DRAWN = "document.querySelectorAll('.js-plotly-plot .main-svg').length"
WATCH = """
window.rerun = { waiting: 0, took: 0 };
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => {
      window.rerun.waiting += 1;
      scheduler.postTask(() => {
        window.rerun.waiting -= 1;
        window.rerun.took = performance.now() - window.rerun.start;
      }, { priority: "background" });
    });
  }
};
document.addEventListener("keydown", () => (window.rerun.start = performance.now()), true);
"""
"""Notes when the page has nothing left to do for a message: a short run shows in no attribute of it."""
RECORD = """\
id = "made-up"
title = "A made-up survey"
publisher = "Nobody"
licence = "CC0"
"""


def main() -> int:
    """Measure and print; 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--pages", default="")
    parser.add_argument("--home", type=Path, help="a workspace to keep, or one that is there")
    parser.add_argument("--server", action="store_true")
    options = parser.parse_args()
    pages = options.pages.split(",") if options.pages else ["", *PAGE_TITLES]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = options.home or folder / "home"
        if options.rows and not home.exists():
            fill(home, options.rows, folder)
        bare = folder / "bare.py"
        edition = bundled_folder("data") / "usgs-mcs" / "2025.csv"
        bare.write_text(BARE.format(path=str(edition)), encoding="utf-8")
        if options.server:
            met = _without_browser(bare, pages, folder, home)
        else:
            with browsing.browser() as chrome:
                met = [_starts(chrome, bare, folder, home), *_reruns(chrome, bare, pages, folder, home)]
    print("all goals met" if all(met) else "a goal is missed")
    return int(not all(met))


def fill(home: Path, count: int, folder: Path) -> None:
    """A workspace with so many made-up rows, and the exports of BGS where they are at hand."""
    (folder / "made-up.csv").parent.mkdir(exist_ok=True)
    bench_million.rows(count, "required").to_csv(folder / "made-up.csv", index=False)
    (folder / "dataset.toml").write_text(RECORD, encoding="utf-8")
    command = ["add", "--home", str(home), "--yes"]
    assert not minerals([*command, str(folder / "made-up.csv"), str(folder / "dataset.toml")])
    if shared := os.environ.get("MINERALS_SHARED"):
        assert not minerals([*command, str(Path(shared) / "published" / "bgs-wms")])


# Start ----------------------------------------------------------------------------------------------------


def _starts(chrome: Browser, bare: Path, folder: Path, home: Path) -> bool:
    times: dict[Path, list[float]] = {bare: [], serve.APP: []}
    for _ in range(STARTS):
        for script, found in times.items():
            with (
                browsing.reader(chrome) as (page, _),
                running(script, folder, home) as server,
            ):
                found.append(_first_chart(page, server, "/figures" if script == serve.APP else ""))
    base, own = (statistics.median(found) for found in times.values())
    told = f"bare {base:.2f} s, ours {own:.2f} s, ratio {own / base:.2f}"
    print(f"start to first chart: {told} (goal {START_GOAL:g})", flush=True)
    return own / base <= START_GOAL


def _first_chart(page: Page, server: Server, path: str) -> float:
    """Seconds from launching the server to the first chart drawn in the browser."""
    page.goto(f"{server.address}{path}")
    while not page.evaluate(DRAWN):
        time.sleep(0.005)
    return time.perf_counter() - server.launched


# Reruns ---------------------------------------------------------------------------------------------------


def _reruns(chrome: Browser, bare: Path, pages: Iterable[str], folder: Path, home: Path) -> list[bool]:
    """Each page in turn, in the browser; the bare app before and after them."""
    with (
        running(bare, folder, home, keyed=True) as other,
        running(serve.APP, folder, home, keyed=True) as server,
    ):
        plain = rerun(chrome, other.address)
        print(f"rerun of the bare app, p95: {plain:.0f} ms", flush=True)
        found = {name: rerun(chrome, f"{server.address}/{name}") for name in pages}
        again = rerun(chrome, other.address)
    print(f"rerun of the bare app afterwards, p95: {again:.0f} ms")
    return [_told(name, took, (plain + again) / 2) for name, took in found.items()]


def _told(name: str, took: float, plain: float) -> bool:
    print(f"rerun of /{name}, p95: {took:.0f} ms, ratio {took / plain:.2f} (goal {RERUN_GOAL:g})", flush=True)
    return took / plain <= RERUN_GOAL


def rerun(chrome: Browser, address: str) -> float:
    """The 95th percentile of the milliseconds that a rerun of the page at the address takes."""
    ends: list[float] = []

    def note(frame: str | bytes) -> None:
        if isinstance(frame, bytes) and ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished":
            ends.append(time.monotonic())

    with browsing.reader(chrome) as (page, _):
        page.add_init_script(WATCH)
        page.on("websocket", lambda socket: socket.on("framereceived", note))
        page.goto(address)
        page.locator(browsing.IDLE).wait_for()
        page.wait_for_timeout(1500)
        return p95([_one_rerun(page, ends) for _ in range(FIRST + RERUNS)][FIRST:])


def _one_rerun(page: Page, ends: list[float]) -> float:
    """Milliseconds from the key press until the page has drawn what the script's run has sent."""
    ends.clear()
    page.keyboard.press("r")
    until = time.monotonic() + PATIENCE
    while not ends or page.evaluate("window.rerun.waiting"):
        if time.monotonic() > until:
            raise RuntimeError(f"{page.url} does not rerun")
        page.wait_for_timeout(5)
    return float(page.evaluate("window.rerun.took"))


def _without_browser(bare: Path, pages: Iterable[str], folder: Path, home: Path) -> list[bool]:
    with running(bare, folder, home) as other, running(serve.APP, folder, home) as server:
        wait_for_rest(server)  # it reads the data while the first page is asked for
        return [asyncio.run(_in_turn(other, server, name)) for name in pages]


async def _in_turn(bare: Server, own: Server, page: str) -> bool:
    """Reruns of the bare app and of a page by turns, so that both meet the same moments of the machine."""
    async with Visitor(bare.address) as plain, Visitor(own.address, page) as visitor:
        readers = ((plain, bare), (visitor, own))
        first = [await one.open() for one, _ in readers]
        for _ in range(FIRST):
            [await one.again() for one, _ in readers]
        rounds = [[await _timed(*reader) for reader in readers] for _ in range(RERUNS)]
        assert not visitor.errors, visitor.errors
    base, took = ([1000 * seconds for seconds, _ in found] for found in zip(*rounds, strict=True))
    least, used = ([1000 * busy for _, busy in found] for found in zip(*rounds, strict=True))
    print(
        f"/{page}: first view {first[1]:.1f} s; median {_ratio(statistics.median, took, base)}; "
        f"processor, median {_ratio(statistics.median, used, least)}, p95 {_ratio(p95, used, least)}"
    )
    return _told(page, p95(took), p95(base))


async def _timed(visitor: Visitor, server: Server) -> tuple[float, float]:
    """Seconds of a rerun by the clock, and those of the processor that its server used."""
    before = processor(server.process.pid)
    return await visitor.again(), processor(server.process.pid) - before


def _ratio(of: Callable[[list[float]], float], own: list[float], base: list[float]) -> str:
    return f"{of(own):.0f} ms to {of(base):.0f} ms, ratio {of(own) / of(base):.2f}"


if __name__ == "__main__":
    sys.exit(main())
