"""Kills a process at each of its calls to the file system while it changes a workspace; what is left?

`python -m tests.store_kills DEED FOLDER` prints one JSON line per call: what was wrong afterwards, if
anything. Each try runs in a fork, so that nothing is imported twice; a workspace that is left as an earlier
try has left it is not looked at again.
"""

from __future__ import annotations

import builtins
import hashlib
import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from loaders.errors import StoreError
from loaders.model import OBSERVATION_COLUMNS, Dataset, Edition
from loaders.store import (
    catalogue,
    empty,
    history,
    install,
    read_all,
    remove,
    removed,
    restore,
    sweep,
    use,
    verify,
)
from tests.long import LONG

DATASET = Dataset(id="own", title="Own figures", short_title="Own", publisher="A ministry", licence="none")
NOTHING = {"string": "", "int64": 0, "float64": float("nan")}
PLAIN = {
    **{"dataset": "own", "edition": "2024", "mineral": "lithium", "place": "CHL", "measure": "reserves"},
    **{"unit": "t", "basis": "content", "class": "reserve", "scheme": "undefined", "status": "A"},
}


def table(*values: float) -> pd.DataFrame:
    """A table of observations with these values."""
    blank = {name: NOTHING[kind] for name, kind in OBSERVATION_COLUMNS.items()}
    lines = [{**blank, **PLAIN, "year": 2000 + number, "value": value} for number, value in enumerate(values)]
    return pd.DataFrame(lines).astype(OBSERVATION_COLUMNS)


def add(name: str, *values: float) -> Callable[[Path], object]:
    """Installs an edition."""
    record = Edition(dataset="own", edition=name, citation="A ministry.")
    return lambda home: install(table(*values), DATASET, record, home, bundled=home / "none")


def settled(home: Path) -> None:
    """A workspace with a past: two editions, one replaced, one removed, an older one in use."""
    for act in (add("2023", 1.0), add("2024", 2.0), add("2024", 3.0), add("2025", 4.0), add("2022", 5.0)):
        act(home)
    remove("own", "2022", home, bundled=home / "none")
    use("own", "2024", home, bundled=home / "none")


DEEDS: dict[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    "first": (lambda home: home.mkdir(), add("2024", 2.0)),
    "install": (settled, add("2026", 6.0)),
    "replace": (settled, add("2025", 7.0)),
    "use": (settled, lambda home: use("own", "2023", home, bundled=home / "none")),
    "remove": (settled, lambda home: remove("own", "2024", home, bundled=home / "none")),
    "restore": (settled, lambda home: restore("own", "2022", home, bundled=home / "none")),
    "empty": (settled, lambda home: empty(home, bundled=home / "none")),
}
"""What happens -> how the workspace is made, and the change."""

CALLS = (
    *("open", "write", "fsync", "close", "replace", "mkdir", "unlink", "truncate"),
    *("stat", "lstat", "scandir", "listdir"),
)


class Watch:
    """Counts calls to the file system; before the wanted one, half of which is done if it writes, it acts."""

    def __init__(self, wanted: int, act: Callable[[], object]) -> None:
        self.count, self.wanted, self.act = 0, wanted, act

    def wrap(self, owner: Any, name: str) -> None:
        """Watch a function."""
        plain = getattr(owner, name)

        def watched(*words: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self.wanted:
                if name == "write":
                    plain(words[0], words[1][: len(words[1]) // 2])
                self.act()
            return plain(*words, **named)

        setattr(owner, name, watched)


def killed(act: Callable[[Path], object], home: Path, wanted: int) -> bool:
    """Whether the change, run in another process, was killed at that call; False if it has fewer calls."""
    child = os.fork()
    if child == 0:
        watch = Watch(wanted, lambda: os.kill(os.getpid(), signal.SIGKILL))
        for name in CALLS:
            watch.wrap(os, name)
        watch.wrap(io, "open")
        watch.wrap(builtins, "open")
        act(home)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        raise RuntimeError(f"the change failed at call {wanted}")
    return False


def tree(home: Path) -> dict[str, str]:
    """Every file with the hash of its content, but for the records and the log, which hold times."""
    times = ("store.json", "history.jsonl")
    return {
        path.relative_to(home).as_posix(): ""
        if path.name in times
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file()
    }


Seen = tuple[str, int, int, float]


def shown(home: Path) -> Seen:
    """What a reader sees: the version, how many editions are kept, how many changes, the sum of figures."""
    found = catalogue(home, bundled=home / "none")
    return found.version, len(removed(home)), len(history(home)), float(read_all(found)["value"].sum())


class State(NamedTuple):
    """A workspace as it should be: what a reader sees of it, and its files."""

    seen: Seen
    files: dict[str, str]


def state_of(home: Path) -> State:
    """The state of a workspace that nothing happened to."""
    return State(shown(home), tree(home))


def faults(home: Path, before: State, after: State, act: Callable[[Path], object]) -> Iterator[str]:
    """What is wrong with a workspace after a process was killed: nothing, it is hoped."""
    seen = shown(home)
    if seen not in (before.seen, after.seen):
        yield f"a reader sees neither the old nor the new state: {seen}"
    sweep(home, bundled=home / "none")
    reference = before if seen == before.seen else after
    extra = dict(tree(home).items() ^ reference.files.items())
    version = f"versions/{before.seen[0]}.json"  # of the old state: it can be read, and is needed next time
    if set(extra) - {version, ".lock"}:
        yield f"left over or lost: {sorted(extra)}"
    if shown(home) != seen:
        yield "the sweep has changed what is shown"
    if problems := [item.problem for item in verify(home, home / "none") if item.problem]:
        yield f"verify: {problems}"
    lines = (home / "history.jsonl").read_text().splitlines() if (home / "history.jsonl").exists() else []
    if [json.loads(line)["number"] for line in lines] != list(range(1, seen[2] + 1)):
        yield "the history has gaps"
    if seen == before.seen:
        act(home)
        seen = shown(home)
    if seen != after.seen:
        yield "the change cannot be made afterwards"


def left_in(home: Path) -> frozenset[tuple[str, str, int]]:
    """Every file and folder that is left, with hash and size of its content; records of times: the size."""
    hashes = tree(home)
    names = {path.relative_to(home).as_posix(): path for path in home.rglob("*")}
    sizes = {name: path.stat().st_size if path.is_file() else 0 for name, path in names.items()}
    return frozenset((name, hashes.get(name, "a folder"), size) for name, size in sizes.items())


STEP = 1 if LONG else 4
"""Every call with MINERALS_LONG; else every fourth, of each deed others: they share most of their calls."""


def main(deed: str, folder: Path) -> None:
    """Try the calls of one change."""
    make, act = DEEDS[deed]
    start, end = folder / "before", folder / "after"
    make(start)
    shutil.copytree(start, end)
    act(end)
    before, after = state_of(start), state_of(end)
    known: dict[object, list[str]] = {}
    for wanted in range(1 + list(DEEDS).index(deed) % STEP, 10_000, STEP):
        home = folder / "home"
        shutil.copytree(start, home)
        if not killed(act, home, wanted):
            return
        left = left_in(home)
        if left not in known:
            known[left] = _wrong(home, before, after, act)
        print(json.dumps({"call": wanted, "wrong": known[left]}), flush=True)
        shutil.rmtree(home)


def _wrong(home: Path, before: State, after: State, act: Callable[[Path], object]) -> list[str]:
    try:
        return list(faults(home, before, after, act))
    except StoreError as error:
        return [str(error)]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
