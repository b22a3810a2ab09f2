"""Mutated files of the trade by the thousand: `python -m tests.benchmarks.fuzz_formats 20000 [--from 0]`.

Each layout is mutated in turn by the next seed; unharmed copies are compared where it begins, at 0.

Prints what became of them, the slowest ones, and the memory of the process; the exit code is 1 for an error
that is not ours, a file that takes more than 5 seconds of the processor, a process above 1 GB, or an unharmed
copy that gives other figures.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
import traceback
from collections import Counter

from tests.mutated_files import LAYOUTS, figures_of, mutated, read_or_refused, unharmed, written

SLOWEST = 5.0
"""Seconds of the processor that one file may take, whatever else the machine does."""

MEMORY = 1_000_000
"""Kilobytes that the process may take."""


def _copies() -> list[str]:
    """The layouts of which an unharmed copy gives other figures."""
    originals = {layout: figures_of(written(files())) for layout, files in LAYOUTS.items()}
    return [
        layout
        for layout, original in originals.items()
        for copy in unharmed(layout)
        if not figures_of(copy).equals(original)
    ]


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--from", dest="first", type=int, default=0)
    asked = parser.parse_args(words)
    layouts = list(LAYOUTS)
    outcomes: Counter[tuple[str, str]] = Counter()
    times: list[tuple[float, str, int]] = []
    gc.set_threshold(50_000, 20, 50)  # as the tests have it
    copies = _copies() if asked.first == 0 else []
    failed: list[str] = [f"an unharmed copy of {layout} differs" for layout in copies]
    for number in range(asked.first, asked.first + asked.count):
        layout, seed = layouts[number % len(layouts)], number // len(layouts)
        items = mutated(layout, seed)
        start = time.process_time()
        try:
            outcomes[layout, read_or_refused(items)] += 1
        except Exception:  # what is looked for
            failed.append(f"{layout}, seed {seed}:\n{traceback.format_exc(limit=-4)}")
            print(failed[-1], flush=True)
        times.append((time.process_time() - start, layout, seed))
        if (number + 1) % 1000 == 0:
            print(f"{number + 1 - asked.first:,} files, {len(failed)} failed", flush=True)
    slow = [f"{layout}, seed {seed}: {taken:.1f} s" for taken, layout, seed in times if taken > SLOWEST]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for (layout, outcome), count in sorted(outcomes.items()):
        print(f"{count:>7,}  {layout}: {outcome}")
    print(
        "slowest:",
        ", ".join(f"{taken:.2f} s ({layout} {seed})" for taken, layout, seed in sorted(times)[-3:]),
    )
    print(f"memory: {memory / 1000:,.0f} MB")
    print(*failed[:20], *slow, sep="\n")
    return 1 if failed or slow or memory > MEMORY else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
