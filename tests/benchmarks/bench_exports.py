"""How long each kind of file takes, warm, for every kind of chart: the middle and the slowest of twenty.

    python tests/benchmarks/bench_exports.py

Goals, per chart: PNG at 2 pixels 60 ms, PDF 15 ms, SVG 5 ms, 95 in 100 of all kinds of chart; a briefing of
20 charts 0.6 s, 50 native slides 0.5 s, a workbook of 13,000 rows 0.6 s.
Chromium is not asked for: the search path is empty meanwhile.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle

import pandas as pd

from dashboard.briefs.contents import item_of, part_of_brief, tell
from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.exports import EXPORTS, xlsx
from dashboard.exports.briefs import BRIEF_EXPORTS
from dashboard.exports.choices import Choices
from dashboard.exports.slides.presentation import is_native
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics import TOPICS
from dashboard.topics.parameters import answer, settle_asked
from loaders.store import Brief, BriefItem

TIMES = 20
WANTED = {"figures": "figure", "claims": "claim"}
"""Topics of which each option of one parameter is another kind of chart."""


def views(data: Snapshot) -> Iterator[View]:
    """One view for each kind of chart."""
    seen: set[type] = set()
    for view in every_view(data):
        if view.chart and type(view.chart.drawing) not in seen:
            seen.add(type(view.chart.drawing))
            yield view


def main() -> None:
    """Print a line for each kind of file."""
    data = snapshot()
    shown = list(views(data))
    os.environ["PATH"] = ""
    print(f"{'':6}{'middle':>9}{'95 %':>9}  by kind of chart, in ms of the processor (of a clock)")
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
            every += busy
            middle, lived = statistics.median(busy), statistics.median(took)
            parts.append(f"{type(view.chart.drawing).__name__} {middle:.1f} ({lived:.1f})")
        high = statistics.quantiles(every, n=20)[-1]
        print(f"{kind.NAME:6}{statistics.median(every):9.1f}{high:9.1f}  {', '.join(parts)}", flush=True)
    workbook(shown, data)
    briefs(data)


BRIEFS = (("pdf", 20, False), ("pptx", 50, True), ("docx", 20, False), ("zip", 20, False))
"""Kind of file, charts in it, and whether only those are taken that are native on slides."""


def briefs(data: Snapshot) -> None:
    """Print a line for each kind of file of a brief: the middle of five, and of CPU time."""
    items = [item_of(view, data.stamp) for view in every_view(data)]
    native = [item for item in items if is_native(chart_of(item, data))]
    for name, number, only_native in BRIEFS:
        (kind,) = (kind for kind in BRIEF_EXPORTS if name == kind.NAME)
        brief = Brief(name="Twenty charts and more")
        for _, item in zip(range(number), cycle(native if only_native else items), strict=False):
            brief = brief.adding(item)
        told = tell("many", brief, data)
        kind.export(told, data.stamp, Choices())
        took, busy = [], []
        for _ in range(5):
            start, cpu = time.perf_counter(), time.process_time()
            kind.export(told, data.stamp, Choices())
            took.append((time.perf_counter() - start) * 1000)
            busy.append((time.process_time() - cpu) * 1000)
        print(
            f"{name:6}{statistics.median(took):9.1f} ({statistics.median(busy):.1f})  {number} charts",
            flush=True,
        )


ROWS = 13_000


def workbook(shown: list[View], data: Snapshot) -> None:
    """Print the time of a workbook of so many rows, each with all columns of a table of the dashboard."""
    view = max(shown, key=lambda view: len(view.chart.table) if view.chart else 0)
    assert view.chart
    table = view.chart.table
    many = pd.concat([table] * (ROWS // len(table) + 1), ignore_index=True).iloc[:ROWS]
    for name in table.columns[table.nunique() == len(table)]:  # such as where a figure stands: none twice
        many[name] = many[name].astype("string") + many.index.astype("string")
    long = replace(view, chart=replace(view.chart, table=many))
    busy = []
    for _ in range(3):
        cpu = time.process_time()
        xlsx.export(long, data.stamp, Choices())
        busy.append((time.process_time() - cpu) * 1000)
    print(f"xlsx  {statistics.median(busy):9.1f} ms of CPU time  {ROWS} rows of {len(table.columns)} columns")


def chart_of(item: BriefItem, data: Snapshot) -> Chart:
    """The chart of an item that has one."""
    chart = part_of_brief(item, data).chart
    assert chart
    return chart


def every_view(data: Snapshot) -> Iterator[View]:
    """Each option of the topics in `WANTED`, and the others as they open."""
    for topic in TOPICS:
        name = WANTED.get(topic.NAME, "")
        parameter = next((item for item in topic.PARAMETERS if item.name == name), None)
        for option in parameter.options(data, {}) if parameter else [""]:
            asked, _ = settle_asked(topic.PARAMETERS, {name: option} if name else {}, data)
            view = answer(topic, asked, data)
            if view.chart:
                yield view


if __name__ == "__main__":
    main()
