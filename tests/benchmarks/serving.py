"""Servers to measure: the dashboard, and a bare app, each in a process of its own.

A bare app is one table and one chart as anyone starts them: `streamlit run bare.py`, with the defaults of
Streamlit and nothing of ours in it; headless, on loopback, without statistics of use, since nobody looks on.
The goals are held against it. By default Streamlit looks for circles in memory after each run of a script,
which takes longer than the run; the dashboard does not. A strict bare app leaves that out as well: what it
takes is told beside, so that nobody takes the one saving for the other.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from dashboard.cli import ports, serve
from loaders.store import bundled_folder

BARE = """
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

table = pd.read_csv({path!r})
rows = table[(table["mineral"] == "rare-earths") & (table["measure"] == "reserves")]
st.plotly_chart(go.Figure(go.Bar(x=rows["value"], y=rows["place"], orientation="h")))
st.dataframe(rows)
"""
"""The app to compare with: one table and one chart."""


class Server(NamedTuple):
    """Its address, its process, and when that was launched."""

    address: str
    process: subprocess.Popen[bytes]
    launched: float


OURS = ("-m", "dashboard", "serve", "--no-browser", "--port")
"""The dashboard by its command; what Python is given, up to the number of the port."""
OURS_KEYED = (
    "-c",
    "import sys; from dashboard.cli import main, serve; "
    "serve._QUIET['client.toolbarMode'] = 'developer'; "
    "main(['serve', '--no-browser', '--port', sys.argv[1]])",
)
"""The same with the developer's menu, which the bare app has by default: its key R reruns the page."""

STRICT = "--runner.postScriptGC=false"


def bare_app(folder: Path, *options: str) -> tuple[str, ...]:
    """The command of a bare app, written into a folder, with more options of Streamlit."""
    script = folder / "bare.py"
    script.write_text(
        BARE.format(path=str(bundled_folder("data") / "usgs-mcs" / "2025.csv")), encoding="utf-8"
    )
    alone = (
        "--server.headless=true",
        f"--server.address={ports.LOOPBACK}",
        "--browser.gatherUsageStats=false",
    )
    return ("-m", "streamlit", "run", str(script), *alone, *options, "--server.port")


@contextmanager
def running(
    command: Sequence[str], folder: Path, home: Path | None = None, cores: int = 0
) -> Iterator[Server]:
    """A server by its command and a free port; with a workspace, on so many cores where that works."""
    port = ports.free_port(ports.LOOPBACK, 8700)
    environment = {**os.environ, "MINERALS_HOME": str(home or folder / "home")}
    launched = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *command, str(port)], cwd=folder, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        if cores and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, sorted(os.sched_getaffinity(0))[:cores])
        try:
            while not serve.answers(ports.LOOPBACK, port):
                time.sleep(0.01)
            yield Server(f"http://{ports.LOOPBACK}:{port}", process, launched)
        finally:
            process.terminate()
            process.wait(20)


def p95(numbers: Sequence[float]) -> float:
    """The 95th percentile: of 20 numbers the second largest."""
    return statistics.quantiles(numbers, n=20, method="inclusive")[-1] if len(numbers) > 1 else numbers[0]


def resident(process: int) -> float:
    """Megabytes of memory that a process holds (Linux)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def processor(process: int) -> float:
    """Seconds of the processor that a process has used (Linux)."""
    # What clock_getcpuclockid gives in C; /proc counts in steps of 10 ms.
    return time.clock_gettime((~process << 3) | 2)


def wait_for_rest(server: Server) -> None:
    """Until it has used next to no time of the processor for a second."""
    used = 0.0
    while (now := processor(server.process.pid)) - used > 0.05:
        used = now
        time.sleep(1)
