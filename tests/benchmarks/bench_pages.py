"""Start to first chart, and rerun of each page, against a bare Streamlit app with one table and one chart.

    python tests/benchmarks/bench_pages.py [--rows 1000000] [--home FOLDER] [--pages explore,map] [--memory]
                                           [--server]

Both run in this same run, in a real Chromium: the bare app shows the rare-earth reserves of one bundled
edition as one table and one bar chart. `serving` says what bare means; beside each ratio stands, to be known
and without a goal, the one to a strict bare app, which no more than ours looks for circles in memory after
each run. `--rows` adds a made-up edition of so many rows, and the exports of BGS where MINERALS_SHARED names
a folder with them; the bare app stays as it is. `--server` leaves the browser out: the time is that from the
message that asks for a run to the one that ends it, and beside it stands the time of the processor, which
others on the machine lengthen less.

`--home` is a workspace that is there, or the folder to keep the made-up one in. `--memory` also tells, page
by page, what a further session adds to the memory of the server, as `bench_sessions.py` does.

In the browser a rerun ends when the page has drawn what was sent. Our code is compiled first, as that of a
program that was used before is, and as the libraries are.

Goals: start at most 1.25 times, p95 of a rerun at most 1.5 times on every page, at most 15 MB for a further
session. Exit code 1 if one is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import compileall
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from playwright.sync_api import Browser, Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.cli.main import main as minerals
from dashboard.words.pages import PAGE_TITLES
from tests import browsing
from tests.benchmarks import bench_million, bench_sessions
from tests.benchmarks.serving import (
    OURS,
    OURS_KEYED,
    STRICT,
    Server,
    bare_app,
    p95,
    processor,
    running,
    wait_for_rest,
)
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
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--server", action="store_true")
    options = parser.parse_args()
    pages = options.pages.split(",") if options.pages else ["", *PAGE_TITLES]
    for package in ("loaders", "dashboard"):
        compileall.compile_dir(Path(__file__).parents[2] / package, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = options.home or folder / "home"
        if options.rows and not home.exists():
            fill(home, options.rows, folder)
        if options.server:
            met = _without_browser(pages, folder, home)
        else:
            with browsing.browser() as chrome:
                met = [_starts(chrome, folder, home), *_reruns(chrome, pages, folder, home)]
        if options.memory:
            met.append(bench_sessions.memory(pages, folder, home))
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


def _starts(chrome: Browser, folder: Path, home: Path) -> bool:
    pages = {bare_app(folder): "", bare_app(folder, STRICT): "", OURS: "/figures"}
    times: dict[tuple[str, ...], list[float]] = {command: [] for command in pages}
    for _ in range(STARTS):
        for command, path in pages.items():
            with browsing.reader(chrome) as (page, _), running(command, folder, home) as server:
                times[command].append(_first_chart(page, server, path))
    base, strict, own = (statistics.median(found) for found in times.values())
    print(
        f"start to first chart: bare {base:.2f} s, ours {own:.2f} s, ratio {own / base:.2f} "
        f"(goal {START_GOAL:g}); strict {strict:.2f} s, ratio {own / strict:.2f}",
        flush=True,
    )
    return own / base <= START_GOAL


def _first_chart(page: Page, server: Server, path: str) -> float:
    """Seconds from launching the server to the first chart drawn in the browser."""
    page.goto(f"{server.address}{path}")
    while not page.evaluate(DRAWN):
        time.sleep(0.005)
    return time.perf_counter() - server.launched


# Reruns ---------------------------------------------------------------------------------------------------


def _reruns(chrome: Browser, pages: Iterable[str], folder: Path, home: Path) -> list[bool]:
    """Each page in turn, in the browser; the bare apps before and after them."""
    with (
        running(bare_app(folder), folder, home) as bare,
        running(bare_app(folder, STRICT), folder, home) as strict,
        running(OURS_KEYED, folder, home) as server,
    ):
        before = [rerun(chrome, one.address) for one in (bare, strict)]
        found = {name: rerun(chrome, f"{server.address}/{name}") for name in pages}
        after = [rerun(chrome, one.address) for one in (bare, strict)]
    print(f"rerun of the bare app, p95: {before[0]:.0f} ms before, {after[0]:.0f} ms after")
    base, least = (statistics.mean(both) for both in zip(before, after, strict=True))
    return [_told(name, took, base, least) for name, took in found.items()]


def _told(name: str, took: float, bare: float, strict: float) -> bool:
    print(
        f"rerun of /{name}, p95: {took:.0f} ms, ratio {took / bare:.2f} (goal {RERUN_GOAL:g}); "
        f"to the strict one {took / strict:.2f}",
        flush=True,
    )
    return took / bare <= RERUN_GOAL


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


def _without_browser(pages: Iterable[str], folder: Path, home: Path) -> list[bool]:
    with (
        running(bare_app(folder), folder, home) as bare,
        running(bare_app(folder, STRICT), folder, home) as strict,
        running(OURS, folder, home) as server,
    ):
        wait_for_rest(server)  # it reads the data while the first page is asked for
        return [asyncio.run(_in_turn((bare, strict, server), name)) for name in pages]


async def _in_turn(servers: tuple[Server, Server, Server], page: str) -> bool:
    """Reruns of the bare apps and of a page by turns, so that all meet the same moments of the machine."""
    bare, strict, own = servers
    async with (
        Visitor(bare.address) as plain,
        Visitor(strict.address) as leaner,
        Visitor(own.address, page) as visitor,
    ):
        readers = list(zip((plain, leaner, visitor), servers, strict=True))
        first = [await _timed(one.open, server) for one, server in readers]
        for _ in range(FIRST):
            [await one.again() for one, _ in readers]
        rounds = [[await _timed(one.again, server) for one, server in readers] for _ in range(RERUNS)]
        assert not visitor.errors, visitor.errors
    took, used = ([[1000 * both[of] for both in one] for one in zip(*rounds, strict=True)] for of in (0, 1))
    print(
        f"/{page}: first view {first[2][0]:.1f} s, of the processor {first[2][1]:.1f} s; "
        f"median {_ratios(statistics.median, took)}; "
        f"processor, median {_ratios(statistics.median, used)}, p95 {_ratios(p95, used)}"
    )
    base, least, ours = (p95(one) for one in took)
    return _told(page, ours, base, least)


async def _timed(run: Callable[[], Awaitable[float]], server: Server) -> tuple[float, float]:
    """Seconds of a run by the clock, and those of the processor that its server used."""
    before = processor(server.process.pid)
    return await run(), processor(server.process.pid) - before


def _ratios(of: Callable[[list[float]], float], found: list[list[float]]) -> str:
    base, least, ours = (of(one) for one in found)
    return f"{ours:.0f} ms to {base:.0f} ms, ratio {ours / base:.2f} (strict {ours / least:.2f})"


if __name__ == "__main__":
    sys.exit(main())
