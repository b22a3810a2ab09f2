"""Many processes that change one workspace while others read it.

`python -m tests.store_crowd HOME WRITERS READERS SECONDS` prints what each did as JSON: the editions
that each writer made, the times that each reader read. Where a system can fork, nothing is imported twice.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from loaders.store import catalogue, catalogue_at, history, read_all, use
from tests.store_kills import add


def write(home: Path, name: str, end: float) -> int:
    """Adds editions and uses each, at least two; how many."""
    made = 0
    while made < 2 or time.time() < end:
        add(f"{name}.{made}", float(made))(home)
        use("own", f"{name}.{made}", home, bundled=home / "none")
        made += 1
    return made


def read(home: Path, end: float) -> int:
    """Reads everything again and again, and finds it whole; how many times."""
    reads = 0
    while not reads or time.time() < end:
        found = catalogue(home, home / "none")
        assert len(read_all(found)) == len(found.editions)
        assert len([item for item in found.editions if item.current]) == min(1, len(found.editions))
        assert catalogue_at(found.version, home, home / "none").version == found.version
        changes = history(home)
        assert [item.number for item in changes] == list(range(1, len(changes) + 1))
        reads += 1
    return reads


def main(home: Path, writers: int, readers: int, seconds: float) -> None:
    """Start all, each in a process of its own, and wait for all."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if can_fork else "spawn")
    end = time.time() + seconds
    with ProcessPoolExecutor(writers + readers, mp_context=context) as crowd:
        made = [crowd.submit(write, home, f"w{number}", end) for number in range(writers)]
        seen = [crowd.submit(read, home, end) for _ in range(readers)]
        told = {"made": [item.result() for item in made], "read": [item.result() for item in seen]}
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
