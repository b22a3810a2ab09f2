"""Many readers at once: how long a choice takes each of them, and what a session costs in memory.

    python tests/benchmarks/bench_sessions.py [--sessions 50] [--seconds 60] [--home FOLDER]

The server runs on two cores. Each reader has a page open and chooses another mineral every five seconds;
they begin at different moments. Counted is from the message of the choice to that of the end of the run.
`--home` is a workspace with more editions, as `bench_pages.py --rows` makes it.

Goals: p95 under a second, no error, at most 15 MB for each further session. Exit code 1 if one is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.serving import OURS, p95, processor, resident, running
from tests.benchmarks.visitors import Visitor

SECONDS_GOAL, MEGABYTES_GOAL = 1.0, 15.0
EVERY = 5.0
BOX = "Mineral"
PAGES = ("explore", "mineral", "over-time", "revisions", "map")
"""Readers are spread over these; each has a box of minerals."""
MORE = 20
"""Sessions that are opened to measure the memory of one."""


def main() -> int:
    """Measure and print; 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        pages = ("", "figures", *PAGES)
        met = [
            memory(pages, Path(folder), home),
            _load(home, Path(folder), options.sessions, options.seconds),
        ]
    print("all goals met" if all(met) else "a goal is missed")
    return int(not all(met))


# Memory ---------------------------------------------------------------------------------------------------


def memory(pages: Iterable[str], folder: Path, home: Path) -> bool:
    """Each page in turn: what further sessions that look at the same add to the server's memory."""
    met = []
    for page in pages:
        with running(OURS, folder, home) as server:
            each = asyncio.run(_grown(server.address, page, server.process.pid))
        print(f"memory of a further session on /{page}: {each:.1f} MB (goal {MEGABYTES_GOAL:g})", flush=True)
        met.append(each <= MEGABYTES_GOAL)
    return all(met)


async def _grown(address: str, page: str, process: int) -> float:
    """Megabytes that one more session takes, of many that stay open."""
    visitors = [Visitor(address, page) for _ in range(MORE + 2)]
    before = 0.0
    for number, visitor in enumerate(visitors):
        await visitor.__aenter__()
        await visitor.open()
        await visitor.again()
        if number == 1:
            before = resident(process)
    after = resident(process)
    for visitor in visitors:
        await visitor.__aexit__(None, None, None)
    return (after - before) / MORE


# Many at once ---------------------------------------------------------------------------------------------


def _load(home: Path, folder: Path, sessions: int, seconds: float) -> bool:
    with running(OURS, folder, home, cores=2) as server:
        took, errors, busy = asyncio.run(_many(server.address, sessions, seconds, server.process.pid))
    late = p95(took)
    print(
        f"{sessions} sessions, a choice every {EVERY:g} s: {len(took)} choices, median "
        f"{sorted(took)[len(took) // 2]:.2f} s, p95 {late:.2f} s (goal {SECONDS_GOAL:g}), "
        f"slowest {max(took):.2f} s, {len(errors)} errors, processor {busy:.0%} of a core"
    )
    for error in errors[:5]:
        print(f"  {error}")
    return late < SECONDS_GOAL and not errors


async def _many(
    address: str, sessions: int, seconds: float, process: int
) -> tuple[list[float], list[str], float]:
    """Seconds of each choice, the errors, and how busy the server was."""
    visitors = [Visitor(address, PAGES[number % len(PAGES)]) for number in range(sessions)]
    for visitor in visitors:
        await visitor.__aenter__()
        await visitor.open()
    before = processor(process)
    found = await asyncio.gather(*(_chooses(one, seconds, number) for number, one in enumerate(visitors)))
    busy = (processor(process) - before) / seconds
    for visitor in visitors:
        await visitor.__aexit__(None, None, None)
    return [took for one in found for took in one], [e for one in visitors for e in one.errors], busy


async def _chooses(visitor: Visitor, seconds: float, number: int) -> list[float]:
    """One reader, from choice to choice; a choice that takes longer than the pause puts off the next."""
    draw = random.Random(number)
    await asyncio.sleep(draw.uniform(0, EVERY))
    loop = asyncio.get_running_loop()
    until, took = loop.time() + seconds, []
    while loop.time() < until:
        began = loop.time()
        box, _ = visitor.elements[BOX]
        took.append(await visitor.choose(BOX, draw.choice(list(box.options))))
        await asyncio.sleep(max(0.0, EVERY - (loop.time() - began)))
    return took


if __name__ == "__main__":
    os.environ.pop("MINERALS_HOME", None)
    sys.exit(main())
