"""Files dropped into the folder `incoming` of a workspace; nothing is installed without a person's yes."""

from __future__ import annotations

import itertools
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from loaders.errors import StoreError
from loaders.model import SourceFile
from loaders.store.disk import make_folder
from loaders.store.folders import folders
from loaders.store.history import history

SETTLED = 2.0
"""Seconds after its last change that a file counts as written; copying may take a while."""


@dataclass(frozen=True)
class Arrival:
    """A file, folder or archive that was dropped: its size in bytes and when it was last changed.

    Two arrivals are equal as long as nothing about the files changes, so that a report can be kept.
    """

    path: Path
    size: int
    changed: int

    @property
    def name(self) -> str:
        """The name as it was dropped."""
        return self.path.name


def arrivals(home: Path | str | None = None, settled: float = SETTLED) -> list[Arrival]:
    """What lies in the folder, oldest first; makes the folder if it is not there.

    Left out are hidden files, files still being written, and links that lead out of the folder.
    Raises OSError if the folder can be neither made nor read.
    """
    folder = folders(home).incoming
    make_folder(folder)
    found = [_arrival(path, folder) for path in folder.iterdir() if not path.name.startswith((".", "~$"))]
    before = (time.time() - settled) * 1e9
    ready = [item for item in found if item and item.changed <= before]
    return sorted(ready, key=lambda item: (item.changed, item.name))


def _arrival(path: Path, folder: Path) -> Arrival | None:
    """None for nothing, and for what is not in the folder."""
    try:
        files = [item for item in (path, *path.rglob("*")) if item.is_file()]
        inside = all(item.resolve().is_relative_to(folder.resolve()) for item in (path, *files))
        facts = [item.stat() for item in files]
    except OSError:  # moved away meanwhile
        return None
    if not facts or not inside:
        return None
    return Arrival(path, sum(fact.st_size for fact in facts), max(fact.st_mtime_ns for fact in facts))


def put_in(paths: Sequence[Path], home: Path | str | None = None) -> Path:
    """Copy files into the folder, several of them as one folder; returns where they are.

    They are seen once all are there. Raises StoreError if they cannot be copied.
    """
    folder = folders(home).incoming
    part = folder / f".{secrets.token_hex(4)}"
    try:
        for number, path in enumerate(paths):
            make_folder(part / str(number))
            shutil.copyfile(path, part / str(number) / path.name)
        target = _free_name(folder, paths)
        os.replace(part / "0" / paths[0].name if len(paths) == 1 else part, target)
    except OSError as error:
        raise StoreError(
            f"the files cannot be copied ({error.strerror}).",
            file=str(folder),
            remedy="Free some space, and try again.",
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def _free_name(folder: Path, paths: Sequence[Path]) -> Path:
    """A name that nothing has in the folder yet: of one file its own, of several the first one's."""
    first, more = paths[0], f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    suffix = "" if more else first.suffix
    names = (f"{first.stem}{more}{f' ({number})' if number else ''}{suffix}" for number in itertools.count())
    return next(folder / name for name in names if not (folder / name).exists())


PUT_AWAY = ".done"
"""The folder inside `incoming` for what was installed or dismissed."""


def put_away(arrival: Arrival, home: Path | str | None = None) -> Path:
    """Move what was dropped out of sight, into a hidden folder beside it; returns where it is now.

    Nothing is deleted. Raises StoreError if it cannot be moved.
    """
    folder = folders(home).incoming / PUT_AWAY
    try:
        make_folder(folder)
        target = folder / f"{secrets.token_hex(4)}-{arrival.name}"
        os.replace(arrival.path, target)
    except OSError as error:
        raise StoreError(
            f"the file cannot be moved away ({error.strerror}).",
            file=str(arrival.path),
            remedy="Take it out of the folder incoming by hand.",
        ) from error
    return target


def has_arrived(files: Iterable[SourceFile], home: Path | str | None = None) -> bool:
    """Whether files with these hashes were installed already, so that they need no second answer.

    Raises StoreError if the history is damaged.
    """
    wanted = {file.sha256 for file in files}
    added = [change for change in history(home) if change.what == "add"]
    return any(wanted <= {file.sha256 for file in change.files} for change in added)
