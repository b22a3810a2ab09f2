"""Start to first chart, and rerun of each page, against a bare Streamlit app with one table and one chart.

    python tests/benchmarks/bench_pages.py

Both run in this same run, in a real Chromium: the bare app shows the rare-earth reserves of one bundled
edition as one table and one bar chart. Goals: start at most 1.5 times, rerun at most 2 times.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from dashboard.cli import serve
from loaders.store import bundled_folder
from tests import browsing

sys.path.insert(0, str(Path(__file__).parents[2]))

BARE = """
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

table = pd.read_csv({path!r})
rows = table[(table["mineral"] == "rare-earths") & (table["measure"] == "reserves")]
st.plotly_chart(go.Figure(go.Bar(x=rows["value"], y=rows["place"], orientation="h")))
st.dataframe(rows)
"""

PAGES = [
    "",
    "figures",
    "explore",
    "sources",
    "words",
    "data",
    "claims",
    "revisions",
    "concentration",
    "dependence",
    "disagree",
]
STARTS, RERUNS = 3, 9

DRAWN = "document.querySelectorAll('.js-plotly-plot .main-svg').length"
IDLE = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
WATCH = """
() => {
const app = document.querySelector('[data-testid=stApp]');
window.rerun = { ran: false, took: 0 };
const start = performance.now();
const watch = new MutationObserver(() => {
  if (app.dataset.testScriptState === 'running') window.rerun.ran = true;
  if (window.rerun.ran && app.dataset.testScriptState === 'notRunning') {
    window.rerun.took = performance.now() - start;
    watch.disconnect();
  }
});
watch.observe(app, { attributes: true });
}
"""


@contextmanager
def running(script: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """The app `script` served like the dashboard; gives its address and when it was launched."""
    port = serve.free_port("127.0.0.1", 8700)
    code = (
        "from pathlib import Path; from dashboard.cli import serve; "
        # The developer's menu brings the key R, which reruns the page.
        "serve.QUIET['client.toolbarMode'] = 'developer'; "
        f"serve.APP = Path({str(script)!r}); serve.serve(port={port}, browser=False)"
    )
    launched = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", code], cwd=folder, stdout=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            while not serve.answers("127.0.0.1", port):
                time.sleep(0.01)
            yield address, launched
        finally:
            process.terminate()
            process.wait(20)


def first_chart(page: Page, address: str, launched: float) -> float:
    """Seconds from launching the server to the first chart drawn in the browser."""
    page.goto(address)
    while not page.evaluate(DRAWN):
        time.sleep(0.005)
    return time.perf_counter() - launched


def rerun(page: Page, address: str) -> float | None:
    """Median milliseconds of a rerun of the page at the address, or None if there is no such page."""
    page.goto(address)
    browsing.wait_for(lambda: page.evaluate(IDLE), 60, f"{address} is idle")
    time.sleep(1.5)
    if address.rstrip("/") != page.url.split("?")[0].rstrip("/"):
        return None
    return statistics.median(_one_rerun(page) for _ in range(RERUNS))


def _one_rerun(page: Page) -> float:
    """Milliseconds from the key press to the end of the script's run, as the page sees it."""
    for _ in range(5):
        page.evaluate(WATCH)
        page.keyboard.press("r")
        until = time.monotonic() + 4
        while time.monotonic() < until:  # a key press on a page that is still busy is lost: press again
            took = float(page.evaluate("window.rerun.took"))
            if took:
                return took
            time.sleep(0.02)
    raise RuntimeError(f"{page.url} does not rerun")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = folder / "bare.py"
        edition = bundled_folder("data") / "usgs-mcs" / "2025.csv"
        bare.write_text(BARE.format(path=str(edition)), encoding="utf-8")
        with browsing.browser() as chrome, browsing.reader(chrome) as (page, _):
            page.goto("about:blank")
            starts: dict[Path, list[float]] = {bare: [], serve.APP: []}
            for _ in range(STARTS):
                for script, times in starts.items():
                    with running(script, folder) as (address, launched):
                        first = f"{address}/figures" if script == serve.APP else address
                        times.append(first_chart(page, first, launched))
            base, own = (statistics.median(times) for times in starts.values())
            ratio = own / base
            print(f"start to first chart: bare {base:.2f} s, ours {own:.2f} s, ratio {ratio:.2f} (goal 1.5)")
            with running(bare, folder) as (address, _):
                plain = rerun(page, address) or 1.0
            print(f"rerun of the bare app: {plain:.0f} ms")
            with running(serve.APP, folder) as (address, _):
                for name_of_page in PAGES:
                    found = rerun(page, f"{address}/{name_of_page}")
                    if found is not None:
                        title = page.locator("h1").first.inner_text()[:40]
                        ratio = found / plain
                        print(
                            f"rerun of /{name_of_page} ({title}): {found:.0f} ms, ratio {ratio:.2f} (goal 2)"
                        )


if __name__ == "__main__":
    main()
