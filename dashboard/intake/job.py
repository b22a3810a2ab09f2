"""Work on handed-in files beside the pages: large files in a process of their own, which can be stopped.

A thread would not do: while it parses, it holds the lock of the interpreter, and every other session waits.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from dashboard.intake.columns import column_tables
from dashboard.intake.proposal import Proposals, Tell, install_proposals, look_at
from loaders.added_minerals import meet
from loaders.answers.answers import Answers
from loaders.errors import MineralsError
from loaders.files.archives import BROKEN_ARCHIVE, GZIP, ZIP
from loaders.files.opening import PARQUET
from loaders.files.table import RawTable
from loaders.intake.sorting import plain_name
from loaders.memory import hold_memory
from loaders.model import Dataset, Edition
from loaders.spreadsheets.mapping import Mapping
from loaders.store import catalogue, workspace

_SMALL = 4 * 2**20
"""Bytes of tables that are read at once, without a process of their own: less than half a second."""

_PACKED = 8
"""How many times larger a compressed file may be once it is unpacked, roughly."""

_TASK, _STAGE, _RESULT, _LOG = "task.pickle", "stage.txt", "result.pickle", "log.txt"


# The folder of a job ------------------------------------------------------------------------------------


class Job:
    """Files that are being read, in a folder that vanishes with the job."""

    def __init__(self, paths: Sequence[Path], folder: Path | None = None) -> None:
        self.folder = folder or new_folder()
        self.paths = tuple(paths)
        self.size = sum(_size(path) for path in self.paths)
        self.weight = sum(_weight(path) for path in self.paths)
        self.mapping: Mapping | None = None
        self.answers: Answers | None = None
        self._work: _Work | None = None
        self._outcome: Proposals | None = None
        self._lock = threading.RLock()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._ending = weakref.finalize(self, _end, self.folder, self._processes)

    @property
    def is_small(self) -> bool:
        """Whether the work takes so little time that nobody need wait for another process."""
        return self.weight <= _SMALL

    @cached_property
    def tables(self) -> list[RawTable]:
        """The tables in the files, as they are. Raises MineralsError."""
        return column_tables(self.paths)

    @property
    def outcome(self) -> Proposals | None:
        """What became of the files; None as long as they are being read."""
        with self._lock:
            if self._outcome is None and self._work is not None and self._work.is_done:
                found = self._work.result()
                self._outcome = Proposals("", error=found) if isinstance(found, MineralsError) else found
                self._work = None
                for item in self._outcome.proposals:  # names that the process which read them has met
                    meet(item.answers.new_minerals)
            return self._outcome

    @property
    def seconds(self) -> float:
        """For how long the files have been read."""
        work = self._work
        return work.seconds if work else 0.0

    @property
    def stage(self) -> str:
        """What is being done."""
        work = self._work
        return work.stage if work else ""

    def start(self) -> None:
        """Begin to read the files, unless that was done; again where the data have changed since."""
        with self._lock:
            if self._work is None and not self._is_fresh():
                self._read()

    def read_with(self, mapping: Mapping) -> None:
        """Read the files again, now that somebody has said what their columns are."""
        with self._lock:
            self.mapping = mapping
            if self._work is None:
                self._read()

    def answer(self, answers: Answers) -> None:
        """Read the files again, now that somebody has said what names are."""
        with self._lock:
            self.answers = answers
            if self._work is None:
                self._read()

    def _is_fresh(self) -> bool:
        version = self._outcome.version if self._outcome else None
        return version is not None and version in ("", catalogue().version)

    def _read(self) -> None:
        self._outcome = None
        if self.is_small:
            self._outcome = look_at(self.paths, self.folder, self.mapping, self.answers)
        else:
            self._work = self._begin("look_at", self.paths, self.folder, self.mapping, self.answers)

    def install(self, wanted: Sequence[tuple[Path, Dataset | None]]) -> tuple[Edition, ...] | MineralsError:
        """Install some of the proposals, and wait for it."""
        if self.is_small:
            return install_proposals(wanted)
        found: tuple[Edition, ...] | MineralsError = self._begin("install", wanted).wait()
        return found

    def _begin(self, what: Literal["look_at", "install"], *given: object) -> _Work:
        work = _Work(self.folder, what, given)
        self._processes[:] = [work.process]
        return work

    def end(self) -> None:
        """Stop whatever is being done, and leave nothing behind."""
        self._ending()


def new_folder() -> Path:
    """A folder for one job."""
    return Path(tempfile.mkdtemp(prefix="minerals-"))


def save(files: Iterable[tuple[str, bytes | memoryview]], folder: Path) -> list[Path]:
    """Write uploads (name, bytes) into a folder, each into one of its own so that none hides another."""
    paths = []
    for number, (name, content) in enumerate(files):
        path = folder / "files" / str(number) / plain_name(name)
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        paths.append(path)
    return paths


def _size(path: Path) -> int:
    with suppress(OSError):
        files = [item for item in (path, *path.rglob("*")) if item.is_file()]
        return sum(item.stat().st_size for item in files)
    return 0


def _weight(path: Path) -> int:
    """About how many bytes there are to read."""
    if path.is_dir():  # rglob follows no links: they may lead round in circles
        return sum(_weight(item) for item in path.rglob("*") if item.is_file())
    if not path.is_file():
        return 0
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError:
        return 0
    if start.startswith(ZIP):
        return _unpacked_size(path)
    return _size(path) * (_PACKED if start.startswith((GZIP, PARQUET)) else 1)


def _unpacked_size(path: Path) -> int:
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(info.file_size for info in archive.infolist())
    except BROKEN_ARCHIVE:
        return 0


# A process of its own -----------------------------------------------------------------------------------


class _Work:
    """A task in a process of its own."""

    def __init__(self, folder: Path, what: Literal["look_at", "install"], given: tuple[Any, ...]) -> None:
        self._folder, self._begun = folder, time.monotonic()
        (folder / _RESULT).unlink(missing_ok=True)
        (folder / _TASK).write_bytes(pickle.dumps((what, given)))
        environment = {**os.environ, "MINERALS_HOME": str(workspace().resolve()), "TMPDIR": str(folder)}
        with (folder / _LOG).open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dashboard.intake.job", str(folder)],
                cwd=Path(__file__).parents[2],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def is_done(self) -> bool:
        return self.process.poll() is not None

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun

    @property
    def stage(self) -> str:
        with suppress(OSError):
            return (self._folder / _STAGE).read_text(encoding="utf-8")
        return ""

    def wait(self) -> Any:
        self.process.wait()
        return self.result()

    def result(self) -> Any:
        try:
            return pickle.loads((self._folder / _RESULT).read_bytes())
        except (OSError, EOFError, pickle.UnpicklingError):
            return _stopped(self.process.returncode)


def _stopped(code: int) -> MineralsError:
    return MineralsError(
        f"the work on these files ended before it was done (code {code}).",
        remedy="The computer may be short of memory or disk space. Close other programs and try again.",
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _end(folder: Path, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        _kill(process)
    shutil.rmtree(folder, ignore_errors=True)


_TASKS: dict[str, Callable[..., object]] = {"look_at": look_at, "install": install_proposals}


def main(folder: Path) -> None:
    """Do the task in a folder, and leave the result there."""
    if hasattr(os, "nice"):
        os.nice(10)  # the pages come first
    hold_memory()
    what, given = pickle.loads((folder / _TASK).read_bytes())
    result = _TASKS[what](*given, _teller(folder))
    part = folder / f"{_RESULT}.part"
    part.write_bytes(pickle.dumps(result, protocol=5))
    os.replace(part, folder / _RESULT)


def _teller(folder: Path) -> Tell:
    def tell(stage: str) -> None:
        part = folder / f"{_STAGE}.part"
        part.write_text(stage, encoding="utf-8")
        os.replace(part, folder / _STAGE)

    return tell


if __name__ == "__main__":
    main(Path(sys.argv[1]))
