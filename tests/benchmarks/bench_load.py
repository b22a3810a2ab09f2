"""Load of the 2026 USGS file beside `pandas.read_csv` of it: `python tests/benchmarks/bench_load.py`.

MINERALS_SHARED names the folder that holds `published/usgs-mcs/2026`. Prints one line per figure, the
best of several runs: seconds of our load, of pandas, and their ratio. Goal: at most 0.5 s.
"""

from __future__ import annotations

import os
import sys
import timeit
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from loaders.read import load

GOAL_SECONDS = 0.5
RUNS = 7


def main() -> int:
    """Measure and print; 1 if the goal is missed, 2 if there is no file to measure with."""
    shared = os.environ.get("MINERALS_SHARED")
    files = sorted(Path(shared, "published", "usgs-mcs", "2026").glob("*.csv")) if shared else []
    if len(files) != 1:
        print("MINERALS_SHARED does not name a folder with the 2026 file.", file=sys.stderr)
        return 2
    first, ours = _seconds(lambda: load(files))
    _, plain = _seconds(lambda: pd.read_csv(files[0], dtype=str, keep_default_na=False, encoding="cp1252"))
    print(f"rows                    {load(files).report.counts.rows_read}")
    print(f"load, first             {first:.3f} s")
    print(f"load, best of {RUNS}         {ours:.3f} s (goal {GOAL_SECONDS} s)")
    print(f"pandas.read_csv         {plain:.3f} s")
    print(f"ratio                   {ours / plain:.1f}")
    return int(ours > GOAL_SECONDS)


def _seconds(run: Callable[[], object]) -> tuple[float, float]:
    """The time of the first run and of the fastest one."""
    times = timeit.repeat(run, number=1, repeat=RUNS)
    return times[0], min(times)


if __name__ == "__main__":
    sys.exit(main())
