"""Compare and switch editions of a million rows: `python tests/benchmarks/bench_store.py [ROWS]`.

Prints the seconds of `pandas.merge` of two editions on what tells figures apart, of our differences, and
their ratio; then of a switch, and of the first view after it. Goals: at most 3 times the merge, 1 s, 2 s.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.analysis.differences import differences
from dashboard.analysis.rank import rank
from dashboard.analysis.series import collect, select
from loaders.model import Dataset, Edition
from loaders.quality.figures import FIGURE
from loaders.store import catalogue, install, read_all, read_edition, use

ROWS = 1_000_000
REVISED, GONE = 0.05, 0.02
GOALS = {"differences / merge": 3.0, "switch": 1.0, "first view after a switch": 2.0}
NOWHERE = Path("no folder here")


def main() -> int:
    """Measure and print; 1 if a goal is missed."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    old, new = editions(rows)
    merge = seconds(lambda: old.merge(new, on=FIGURE, how="outer", suffixes=("_old", "_new")))
    ours = seconds(lambda: differences(old, new))
    with tempfile.TemporaryDirectory() as folder:
        switch, view = switching(old, new, Path(folder))
    measured = {"differences / merge": ours / merge, "switch": switch, "first view after a switch": view}
    print(f"rows {rows:,}, revised {REVISED:.0%}, gone {GONE:.0%}")
    print(f"pandas.merge {merge:.2f} s, differences {ours:.2f} s")
    for name, value in measured.items():
        print(f"{name:28} {value:6.2f} (goal {GOALS[name]})")
    return int(any(value > GOALS[name] for name, value in measured.items()))


def editions(rows: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two editions: the bundled one of 2024 many times over with other words, then with revisions."""
    plain = read_edition(catalogue(home=NOWHERE).get("usgs-mcs", "2024"))
    old = pd.concat([plain] * (rows // len(plain) + 1), ignore_index=True).iloc[:rows].reset_index(drop=True)
    copy = pd.Series(np.arange(rows) // len(plain)).astype(str).astype("string")
    old["detail"] = old["detail"] + " " + copy
    random = np.random.default_rng(1)
    new = old.assign(value=old["value"] * np.where(random.random(rows) < REVISED, 1.1, 1.0))
    new["edition"] = pd.Series("2025", new.index, dtype="string")
    kept = new[random.random(rows) >= GONE]
    return old, kept.sample(frac=1, random_state=1).reset_index(drop=True)


def switching(old: pd.DataFrame, new: pd.DataFrame, home: Path) -> tuple[float, float]:
    """Seconds of a switch, and of what a page then does: look, take the cached tables, select, rank."""
    dataset = Dataset(id="usgs-mcs", title="t", short_title="t", publisher="p", licence="l")
    for name, table in (("2024", old), ("2025", new)):
        install(
            table, dataset, Edition(dataset="usgs-mcs", edition=name, citation="c"), home, bundled=NOWHERE
        )
    tables = {catalogue(home, NOWHERE).content: read_all(catalogue(home, NOWHERE))}

    def view() -> None:
        found = catalogue(home, NOWHERE)
        current = found.current("usgs-mcs")
        edition = current.edition.edition if current else ""
        wanted = {"mineral": "rare-earths", "measure": "reserves", "edition": edition}
        rank(collect(select(tables[found.content], **wanted)))

    view()
    switch = seconds(lambda: use("usgs-mcs", "2024", home, bundled=NOWHERE), runs=1)
    return switch, seconds(view, runs=1)


def seconds(act: Callable[[], object], runs: int = 3) -> float:
    """The time of the fastest run."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    os.environ.pop("MINERALS_HOME", None)
    sys.exit(main())
