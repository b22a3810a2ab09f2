"""A million tidy rows, read, normalised and checked, beside `pandas.read_csv(dtype=str)` of the same file.

    python tests/benchmarks/bench_million.py [--rows 1000000] [--linear] [--frictionless COMMAND]

The rows are made here: 200 minerals, 300 spellings of places, 20 units, 10 % symbols such as NA, W, >1,000
and e500. `required` and `all` are smooth series in order, with the required columns alone and with all that
a person fills in; `random` has the required columns, each cell drawn by lot: no order, no two numbers alike,
and one figure in five stated several times.
Each measurement is a process of its own, the best of several: seconds of the wall clock and of the
processor (all cores), peak memory of the process, with Python and libraries, as a multiple of the file.
`--linear` also reads ten times the rows. `--frictionless` names a `frictionless` to compare with.

Goals: at most 1.5 times the time of pandas, at most 4 times the size of the file, linear, 20 times faster
than frictionless. Exit code 1 if one is missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from loaders import names, units

TIME_GOAL, MEMORY_GOAL, LINEAR_GOAL, FRICTIONLESS_GOAL = 1.5, 4.0, 1.3, 20.0
RUNS = 5
PLACES_PER_MINERAL = 100
SYMBOLS = ("NA", "W", "XX", "e{}", ">{}", "e{}", ">{}")
UNITS = (
    "t", "kt", "kg", "metric tons", "thousand metric tons", "tonnes", "lb", "short tons", "long tons", "g",
    "tonne", "metric ton", "kilograms", "kilotonnes", "thousand tonnes", "lbs", "short ton", "troy ounces",
    "metric tonnes", "dry metric tons",
)  # fmt: skip

_MEASURE = """
import json, resource, sys, time
import pandas as pd
from loaders.formats import tidy
from loaders.memory import hold_memory
from loaders.read import load
from loaders.files.delimited import read_table
from loaders.files.inputs import open_inputs
RUN = {
    "pandas": lambda path: pd.read_csv(path, dtype=str),
    "read and normalise": lambda path: tidy.read([read_table(open_inputs([path])[0])]),
    "load": lambda path: load([path]),
}
if sys.argv[1] != "pandas":
    hold_memory()  # as the commands do that read files
wall, processor = time.perf_counter(), time.process_time()
result = RUN[sys.argv[1]](sys.argv[2])
seconds = time.perf_counter() - wall, time.process_time() - processor
try:  # ru_maxrss starts at the size of the process that started this one
    lines = dict(line.split(":") for line in open("/proc/self/status") if ":" in line)
    peak = int(lines["VmHWM"].split()[0]) * 1024
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
report = getattr(result, "report", None)
told = [] if report is None else [p.message for p in report.errors]
print(json.dumps([*seconds, peak, told[:3], 0 if report is None else len(report.findings)]))
"""


def main() -> int:
    """Measure and print; 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--linear", action="store_true")
    parser.add_argument("--frictionless", metavar="COMMAND")
    options = parser.parse_args()
    met = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("required", "all", "random"):
            path = Path(folder, f"{kind}.csv")
            rows(options.rows, kind).to_csv(path, index=False)
            met += _against_pandas(path, kind)
            if options.frictionless:
                met.append(_against_frictionless(path, options.frictionless))
            if options.linear:
                met.append(_linear(path, kind, options.rows))
    print("all goals met" if all(met) else "a goal is missed")
    return int(not all(met))


def rows(count: int, kind: str) -> pd.DataFrame:
    """About `count` tidy rows of the kind `required`, `all` or `random`."""
    if kind == "random":
        return _random(count)
    table = _smooth(count)
    return table if kind == "required" else table.assign(**_optional(table, np.random.default_rng(8)))


def _random(count: int) -> pd.DataFrame:
    """Each cell drawn by lot, and so each unit: 1 t here, 1 kt there."""
    rng = np.random.default_rng(7)
    known = names.minerals()
    choices = {
        "mineral": [*known["name"], *known.index][:200],
        "place": _spellings().ravel(),
        "measure": ["mine_production", "reserves", "refinery_production"],
        "year": range(1990, 2026),
        "value": rng.integers(1, 10_000_000, count).astype(str),
        "unit": UNITS,
    }
    table = {name: rng.choice(np.array(list(texts), dtype=object), count) for name, texts in choices.items()}
    table["value"] = _with_symbols(table["value"], rng)
    return pd.DataFrame({"dataset": "made-up", "edition": "2025", **table})


def _with_symbols(printed: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The numbers, a tenth of them as symbols or with a sign."""
    symbols = rng.random(len(printed)) < 0.1
    chosen = rng.choice(np.array(SYMBOLS, dtype=object), symbols.sum())
    grouped = [f"{int(number):,}" for number in printed[symbols]]
    printed[symbols] = [text.format(number) for text, number in zip(chosen, grouped, strict=True)]
    return printed


def _smooth(count: int) -> pd.DataFrame:
    """Each figure once: smooth series over years, in one unit each.

    Minerals that stand here by id and by name have other measures by name, so that no figure stands twice.
    """
    rng = np.random.default_rng(7)
    years = max(1, count // (200 * PLACES_PER_MINERAL * 2))
    known = names.minerals()
    minerals = np.concatenate([known.index.to_numpy(), known["name"].to_numpy()])[:200]
    spellings = _spellings()
    measures = np.array([["mine_production", "reserves"], ["production", "resources"]], dtype=object)
    shape = (200, PLACES_PER_MINERAL, 2, years)
    mineral, place, measure, year = (axis.ravel() for axis in np.indices(shape))
    series = (mineral * PLACES_PER_MINERAL + place) * 2 + measure
    base = np.repeat(rng.lognormal(8, 2, series.max() // 2 + 1), 2)
    value = base[series] * np.array([1, 30])[measure] * (1 + 0.01 * year + rng.normal(0, 0.01, len(year)))
    printed = np.maximum(value, 1).astype("int64").astype(str).astype(object)
    return pd.DataFrame(
        {
            "dataset": "made-up",
            "edition": "2025",
            "mineral": minerals[mineral],
            "place": spellings[mineral % 2, (mineral * 7 + place) % spellings.shape[1]],
            "measure": measures[(mineral >= len(known)).astype(int), measure],
            "year": 2025 - year,
            "value": _with_symbols(printed, rng),
            "unit": np.array(UNITS, dtype=object)[mineral % len(UNITS)],
        }
    )


def _spellings() -> np.ndarray:
    """Two spellings of 150 places, their names and their codes."""
    places = names.places().head(150)
    return np.array([places["name"].to_numpy(), places.index.to_numpy()], dtype=object)


def _optional(table: pd.DataFrame, rng: np.random.Generator) -> dict[str, Any]:
    reserves = table["measure"] == "reserves"
    notes = ["", "", "Estimated", "Includes production from tailings", "Reported figure, rounded by us"]
    return {
        "detail": "",
        "basis": rng.choice(np.array(["content", "gross", "undefined"], dtype=object), len(table)),
        "class": np.where(reserves, "reserve", "not_applicable"),
        "scheme": np.where(reserves, "usgs_c831", "not_applicable"),
        "status": "",
        "printed_measure": np.where(reserves, "Reserves", "Mine production, metal content"),
        "note": rng.choice(np.array(notes, dtype=object), len(table)),
    }


def _measure(what: str, path: Path, runs: int = RUNS) -> tuple[float, float, float]:
    """Best seconds of wall clock and processor, and the smallest peak memory in bytes."""
    found = []
    for _ in range(runs):
        words = [sys.executable, "-c", _MEASURE, what, str(path)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        *numbers, errors, findings = json.loads(done.stdout)
        if errors or findings:
            print(f"  {what}: {findings} findings; {'; '.join(errors)}")
        found.append(numbers)
    wall, processor, peak = (min(column) for column in zip(*found, strict=True))
    return wall, processor, peak


def _against_pandas(path: Path, kind: str) -> list[bool]:
    size = path.stat().st_size
    print(f"{kind}, {size / 2**20:.0f} MiB")
    plain = _measure("pandas", path)
    _print("pandas.read_csv", plain, plain, size)
    _print("read and normalise", _measure("read and normalise", path), plain, size)
    ours = _measure("load", path)
    _print("load: with all checks", ours, plain, size)
    return [ours[0] <= TIME_GOAL * plain[0], ours[2] <= MEMORY_GOAL * size]


def _print(what: str, ours: tuple[float, float, float], plain: tuple[float, float, float], size: int) -> None:
    print(
        f"  {what:22} {ours[0]:6.2f} s ({ours[0] / plain[0]:.2f} times), processor {ours[1]:6.2f} s "
        f"({ours[1] / plain[1]:.2f} times), memory {ours[2] / 2**20:5.0f} MiB ({ours[2] / size:.1f} files)"
    )


def _against_frictionless(path: Path, command: str) -> bool:
    start = time.perf_counter()
    subprocess.run([command, "validate", path.name], cwd=path.parent, capture_output=True, check=False)
    theirs, ours = time.perf_counter() - start, _measure("load", path)[0]
    print(f"  frictionless validate  {theirs:6.2f} s ({theirs / ours:.0f} times ours)")
    return theirs >= FRICTIONLESS_GOAL * ours


def _linear(path: Path, kind: str, count: int) -> bool:
    one = _measure("load", path)
    rows(10 * count, kind).to_csv(path, index=False)
    ten = _measure("load", path, runs=1)
    ratio = ten[0] / one[0] / 10
    size = path.stat().st_size
    per_row = f"({ratio:.2f} times per row), memory {ten[2] / size:.1f} files"
    print(f"  ten times the rows     {ten[0]:6.2f} s {per_row}")
    return ratio <= LINEAR_GOAL


if __name__ == "__main__":
    units.read_unit("t")  # the registry is made at import, not in a measurement
    sys.exit(main())
