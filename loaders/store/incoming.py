"""Files dropped into the folder `incoming` of a workspace; nothing is installed without a person's yes."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable
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
