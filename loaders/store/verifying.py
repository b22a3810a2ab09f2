"""Whether every table is still the one that was installed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal, NamedTuple

from loaders.model import Edition
from loaders.store.catalogue import bundled_editions
from loaders.store.folders import folders
from loaders.store.state import read_state


class Verified(NamedTuple):
    """A table that was looked at: `place` says where it is from, `problem` is empty where all is well."""

    dataset: str
    edition: str
    version: str
    place: Literal["bundled", "installed", "removed", "replaced"]
    path: Path
    problem: str


def verify(home: Path | str | None = None, bundled: Path | None = None) -> list[Verified]:
    """The hash of every table, bundled, installed and kept. Raises StoreError if a record is damaged."""
    where = folders(home, bundled)
    state = read_state(where)
    results = [_verified(item.edition, "bundled", item.path) for item in bundled_editions(where.bundled)]
    for dataset in state.datasets:
        results += [_verified(item, "installed", where.table(item)) for item in dataset.editions]
    return results + [_verified(item.edition, item.why, where.table(item.edition)) for item in state.kept]


def _verified(
    edition: Edition, place: Literal["bundled", "installed", "removed", "replaced"], path: Path
) -> Verified:
    return Verified(edition.dataset, edition.edition, edition.version, place, path, _problem(edition, path))


def _problem(edition: Edition, path: Path) -> str:
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return "the file is missing"
    except OSError as error:
        return f"the file cannot be read ({error.strerror})"
    return "" if found == edition.version else "the file was changed: its hash differs"
