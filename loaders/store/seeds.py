"""Seed files of the user's own, in the workspace: `HOME/seeds/<id>.toml`, read after the bundled ones."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from loaders.documents import Seeds, read_seed_files, read_seeds, seed_paths
from loaders.errors import BadSeed, StoreError
from loaders.files.table import InputFile
from loaders.model import Document
from loaders.report import Problem
from loaders.store.disk import delete, locked, write_whole
from loaders.store.folders import Folders, bundled_folder, folders, refuse_device
from loaders.vocabulary import Severity

_NEW = "this entry"
"""How problems name a file that is not written yet."""


@dataclass(frozen=True)
class OwnSeed:
    """A seed file of the workspace: where it is, and its bytes as they are, well-formed or not."""

    path: Path
    content: bytes = field(repr=False)


def all_seeds(home: Path | str | None = None) -> Seeds:
    """The bundled seed files and those of the workspace; a bundled one wins where ids clash."""
    return read_seeds(bundled_folder("seeds"), folders(home).seeds)


def own_seeds(home: Path | str | None = None) -> list[OwnSeed]:
    """The seed files of the workspace, by name; files that cannot be read are empty."""
    return [OwnSeed(path, _content(path)) for path in seed_paths(folders(home).seeds)]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def seeds_version(home: Path | str | None = None) -> str:
    """A hash of the names, sizes and times of all seed files: another one after each change."""
    seen = [_seen(folder) for folder in (bundled_folder("seeds"), folders(home).seeds)]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _seen(folder: Path) -> list[tuple[str, int, int]]:
    """Name, size and time of each seed file; every run of a page asks, so the folder is read in one go."""
    try:
        with os.scandir(folder) as found:
            return sorted(_told(item) for item in found if item.name.endswith(".toml"))
    except OSError:
        return []


def _told(item: os.DirEntry[str]) -> tuple[str, int, int]:
    """The same of a file that may just have been removed."""
    try:
        found = item.stat()
    except OSError:
        return item.path, -1, 0
    return item.path, found.st_size, found.st_mtime_ns


def try_seed(
    content: bytes, replacing: Path | None = None, home: Path | str | None = None
) -> tuple[Document | None, tuple[Problem, ...]]:
    """What a seed file would be among the others: its document, or the problems that keep it out.

    `replacing` is the file of the workspace whose place it would take.
    """
    others = [InputFile(path.name, _content(path)) for path in seed_paths(bundled_folder("seeds"))]
    own = [InputFile(str(item.path), item.content) for item in own_seeds(home) if item.path != replacing]
    seeds = read_seed_files([*others, *own, InputFile(_NEW, content)])
    problems = tuple(
        problem for problem in seeds.problems if problem.file == _NEW and problem.severity is Severity.ERROR
    )
    return (None if problems else seeds.documents[-1]), problems


def write_seed(content: bytes, replacing: Path | None = None, home: Path | str | None = None) -> Document:
    """Keep a seed file in the workspace, whole or not at all, and return its document.

    Raises BadSeed where it has a problem or its name is taken, StoreError where it cannot be written.
    """
    where = folders(home)
    try:
        with locked(where.lock):
            document, problems = try_seed(content, replacing, home)
            if document is None:
                first = problems[0]
                raise BadSeed(first.message, column=first.column or None, remedy=first.remedy)
            path = replacing or _free(where, document.source.id)
            write_whole(path, content, where.parts)
    except OSError as error:
        raise _unwritable(where, error) from error
    return document


def _free(where: Folders, name: str) -> Path:
    refuse_device(name)
    path = where.seeds / f"{name}.toml"
    if path.exists():
        remedy = "Choose another id, or remove that file."
        raise BadSeed(f"There is a file {path.name} already.", column="source.id", remedy=remedy)
    return path


def seed_path(name: str, home: Path | str | None = None) -> Path:
    """The file of a document of the workspace, by the document's id."""
    return folders(home).seeds / f"{name}.toml"


def keep_text(name: str, text: str, home: Path | str | None = None) -> Path:
    """Keep the text of a document, beside its seed file. Raises StoreError where it cannot be written."""
    where = folders(home)
    path = where.articles / f"{name}.txt"
    try:
        with locked(where.lock):
            write_whole(path, text.encode(), where.parts)
    except OSError as error:
        raise _unwritable(where, error) from error
    return path


def remove_text(name: str, home: Path | str | None = None) -> None:
    """Delete the text of a document, if it was kept. Raises StoreError where it cannot be deleted."""
    where = folders(home)
    path = where.articles / f"{name}.txt"
    try:
        with locked(where.lock):
            if path.exists():
                delete(path)
    except OSError as error:
        raise _unwritable(where, error) from error


def remove_seed(path: Path, home: Path | str | None = None) -> None:
    """Delete a seed file of the workspace. Raises StoreError where it is none, or cannot be deleted."""
    where = folders(home)
    if path not in seed_paths(where.seeds):
        raise StoreError("is not a seed file of the workspace.", file=str(path))
    try:
        with locked(where.lock):
            delete(path)
    except OSError as error:
        raise _unwritable(where, error) from error


def _unwritable(where: Folders, error: OSError) -> StoreError:
    return StoreError(
        f"cannot be changed ({error.strerror}).",
        file=str(where.seeds),
        remedy="Check that you may write there and that the disk is not full. Nothing was changed.",
    )
