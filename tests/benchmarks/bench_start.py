"""Start and rerun, beside the libraries alone and beside an earlier checkout, in one run.

    python tests/benchmarks/bench_start.py [EARLIER_CHECKOUT]

Each is a process of its own, taken in turn; what counts is the least of several runs, in seconds of
processor, which a busy machine changes little. POSIX alone counts these. The baseline is an interpreter that
imports the libraries, and nothing of ours. Each checkout is compiled first, as one that was used before is.
A rerun is one of a page that is open, without a browser. Goal: no slower than the earlier checkout, within a
tenth.
"""

from __future__ import annotations

import compileall
import os
import resource
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[2]
RUNS = 5

LIBRARIES = "import pandas, plotly.graph_objects, pydantic, streamlit"
PAGES = f"{LIBRARIES}; import dashboard.exports, dashboard.topics, dashboard.ui.session"
READ = "from dashboard import snapshot; snapshot.snapshot()"
RERUN = """
import time
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("dashboard/app.py", default_timeout=120)
app.switch_page("views/{page}.py").run()
assert not app.exception
times = []
for _ in range(7):
    start = time.process_time()
    app.run()
    times.append(time.process_time() - start)
print(min(times))
"""

STARTS = {
    "minerals claims": ["-m", "dashboard", "claims"],
    "import of the pages": ["-c", PAGES],
    "all editions read": ["-c", READ],
}
RERUNS = ("explore", "mineral", "country", "figures")


def main() -> None:
    """Print the figures."""
    checkouts = {"ours": HERE}
    if len(sys.argv) > 1:
        checkouts["before"] = Path(sys.argv[1]).resolve()
    for folder in checkouts.values():
        for package in ("loaders", "dashboard"):
            compileall.compile_dir(folder / package, quiet=1)
    plain = min(_seconds(["-c", LIBRARIES], HERE) for _ in range(RUNS))
    print(f"baseline, the libraries alone: {plain:.2f} s")
    for name, command in STARTS.items():
        took = {of: [] for of in checkouts}
        for _ in range(RUNS):
            for of, folder in checkouts.items():
                took[of].append(_seconds(command, folder))
        _tell(f"start: {name}", {of: min(times) for of, times in took.items()}, plain)
    for page in RERUNS:
        if not all((folder / "dashboard" / "views" / f"{page}.py").exists() for folder in checkouts.values()):
            continue  # the earlier checkout has no such page
        code = ["-W", "ignore", "-c", RERUN.format(page=page)]
        took = {of: min(float(_said(code, folder)) for _ in range(2)) for of, folder in checkouts.items()}
        _tell(f"rerun: /{page}", took, plain)


def _tell(what: str, took: dict[str, float], plain: float) -> None:
    told = ", ".join(f"{of} {seconds:.3f} s" for of, seconds in took.items())
    ratio = f", ratio {took['ours'] / took['before']:.2f} (goal 1.1)" if "before" in took else ""
    print(f"{what}: {told}, {took['ours'] / plain:.2f} of the baseline{ratio}", flush=True)


def _seconds(command: list[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _said(command, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _said(command: list[str], folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder), "MINERALS_HOME": str(folder / "no-workspace")}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip().rpartition("\n")[2]


if __name__ == "__main__":
    main()
