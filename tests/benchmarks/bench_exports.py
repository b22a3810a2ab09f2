"""How long each kind of file takes, warm, for every kind of chart: the middle and the slowest of twenty.

    python tests/benchmarks/bench_exports.py

Goals, per chart: PNG at 2 pixels 60 ms, PDF 15 ms, SVG 5 ms, 95 in 100 of all kinds of chart. Chromium is not
asked for: the search path is empty meanwhile.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator

from dashboard.charts.view import View
from dashboard.exports import EXPORTS
from dashboard.exports.choices import Choices
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics import TOPICS
from dashboard.topics.parameters import answer, settle_asked

TIMES = 20
WANTED = {"figures": "figure", "claims": "claim"}
"""Topics of which each option of one parameter is another kind of chart."""


def views(data: Snapshot) -> Iterator[View]:
    """One view for each kind of chart."""
    seen: set[type] = set()
    for topic in TOPICS:
        name = WANTED.get(topic.NAME, "")
        options = topic.PARAMETERS[0].options(data, {}) if name else [""]
        for option in options:
            asked, _ = settle_asked(topic.PARAMETERS, {name: option} if name else {}, data)
            view = answer(topic, asked, data)
            if view.chart and type(view.chart.drawing) not in seen:
                seen.add(type(view.chart.drawing))
                yield view


def main() -> None:
    """Print a line for each kind of file."""
    data = snapshot()
    shown = list(views(data))
    os.environ["PATH"] = ""
    print(f"{'':6}{'middle':>9}{'95 %':>9}  by kind of chart, middle in ms of CPU time in brackets")
    for kind in EXPORTS:
        every: list[float] = []
        parts = []
        for view in shown:
            assert view.chart
            kind.export(view, data.stamp, Choices())
            took, busy = [], []
            for _ in range(TIMES):
                start, cpu = time.perf_counter(), time.process_time()
                kind.export(view, data.stamp, Choices())
                took.append((time.perf_counter() - start) * 1000)
                busy.append((time.process_time() - cpu) * 1000)
            every += took
            middle, least = statistics.median(took), statistics.median(busy)
            parts.append(f"{type(view.chart.drawing).__name__} {middle:.1f} ({least:.1f})")
        high = statistics.quantiles(every, n=20)[-1]
        print(f"{kind.NAME:6}{statistics.median(every):9.1f}{high:9.1f}  {', '.join(parts)}", flush=True)


if __name__ == "__main__":
    main()
