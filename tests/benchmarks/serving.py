"""Servers to measure: the dashboard and a bare app, each in a process of its own."""

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

from dashboard.cli import serve

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


@contextmanager
def running(
    script: Path, folder: Path, home: Path | None = None, cores: int = 0, keyed: bool = False
) -> Iterator[Server]:
    """The dashboard by its command, with a workspace, or another app with the same options of Streamlit.

    On so many cores, where that works; `keyed` brings the developer's menu, whose key R reruns the page.
    """
    port = serve.free_port("127.0.0.1", 8700)
    code = "from pathlib import Path; from dashboard.cli import main; "
    if keyed or script != serve.APP:
        code += "from dashboard.cli import serve; "
    if keyed:
        code += "serve.QUIET['client.toolbarMode'] = 'developer'; "
    if script != serve.APP:
        code += (
            "import gc; serve._warm_up = lambda home: gc.enable(); "  # our data are not its own
            f"serve.APP = Path({str(script)!r}); "
        )
    code += f"main(['serve', '--no-browser', '--port', '{port}'])"
    environment = {**os.environ, "MINERALS_HOME": str(home or folder / "home")}
    launched = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        if cores and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, sorted(os.sched_getaffinity(0))[:cores])
        try:
            while not serve.answers("127.0.0.1", port):
                time.sleep(0.01)
            yield Server(f"http://127.0.0.1:{port}", process, launched)
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
