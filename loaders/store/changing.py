"""Add, use, remove, bring back, empty: each makes one new state of the workspace out of the last."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd

from loaders.errors import StoreError
from loaders.model import Dataset, Edition, EditionId
from loaders.report import LoadReport
from loaders.store.catalogue import catalogue_of, located, versions_of
from loaders.store.disk import delete, locked, write_whole
from loaders.store.folders import Folders, folders, refuse_device
from loaders.store.history import log, now, settle, user
from loaders.store.state import (
    Change,
    Deed,
    Kept,
    State,
    Versions,
    added,
    emptied,
    read_state,
    summary,
    used,
    without,
)
from loaders.store.tables import to_csv

Home = Path | str | None


def install(
    observations: pd.DataFrame,
    dataset: Dataset,
    edition: Edition,
    home: Home = None,
    *,
    bundled: Path | None = None,
    report: LoadReport | None = None,
) -> Edition:
    """Put an edition into the workspace, in place of one of the same name; returns it with its version.

    What it replaces is kept, and can be brought back. Raises StoreError if a name cannot be a file's on
    every system, or if the workspace cannot be written; what was there before is then still there.
    """
    for name in (dataset.id, edition.edition):
        refuse_device(name)
    content = to_csv(observations)
    edition = edition.model_copy(update={"version": hashlib.sha256(content).hexdigest()})
    where = folders(home, bundled)
    with _changing(where) as state:
        new = _with_newest(added(state, dataset, edition, now()), state, where, edition)
        if not _is_whole(where.table(edition), edition.version):
            _mark(edition, where)
            write_whole(where.table(edition), content, where.parts)
        files = report.files if report else edition.files
        facts = {"content": edition.version, "files": files, "report": report and summary(report)}
        _commit(where, state, new, "add", edition, facts)
    return edition


def _with_newest(new: State, old: State, where: Folders, edition: Edition) -> State:
    """Where an edition was chosen, an added one that is newer than it takes its place as the current one."""
    in_use = catalogue_of(old, where).current(edition.dataset)
    if edition.dataset in old.current and in_use and edition.edition > in_use.edition.edition:
        return used(new, edition.dataset, edition.edition)
    return new


def use(dataset: str, edition: str, home: Home = None, *, bundled: Path | None = None) -> None:
    """Make an edition the current one of its dataset.

    Raises StoreError if there is no such edition, or if the workspace cannot be written.
    """
    where = folders(home, bundled)
    catalogue_of(read_state(where), where).get(dataset, edition)
    with _changing(where) as state:
        item = catalogue_of(state, where).get(dataset, edition)
        if not item.current:
            _commit(where, state, used(state, dataset, edition), "use", item.edition)


def remove(dataset: str, edition: str, home: Home = None, *, bundled: Path | None = None) -> None:
    """Take one of the user's own editions out of sight; a bundled one of its name shows again.

    It is kept until the removed ones are emptied. Raises StoreError if there is no such edition of the
    user's own, or if the workspace cannot be written.
    """
    where = folders(home, bundled)
    _own(read_state(where), where, dataset, edition)
    with _changing(where) as state:
        record, item = _own(state, where, dataset, edition)
        _commit(where, state, without(state, record, item, now()), "remove", item)


def restore(dataset: str, edition: str, home: Home = None, *, bundled: Path | None = None) -> Edition:
    """Bring back the edition of that name that was last removed or replaced; returns it.

    One that stands in its place is kept in turn. Raises StoreError if there is none, if its table was
    damaged, or if the workspace cannot be written.
    """
    where = folders(home, bundled)
    _last_kept(read_state(where), dataset, edition)
    with _changing(where) as state:
        kept = _last_kept(state, dataset, edition)
        if not _is_whole(where.table(kept.edition), kept.edition.version):
            raise StoreError(
                "the removed edition's file is gone or damaged.", file=str(where.table(kept.edition))
            )
        record = state.dataset(dataset) or kept.dataset
        new = added(state, record, kept.edition, now())
        facts = {"content": kept.edition.version, "files": kept.edition.files}
        _commit(where, state, new, "restore", kept.edition, facts)
    return kept.edition


def empty(home: Home = None, *, bundled: Path | None = None) -> int:
    """Delete for good what was removed or replaced; returns how many editions. Old links to them end.

    Raises StoreError if the workspace cannot be written.
    """
    where = folders(home, bundled)
    with _changing(where) as state:
        if state.kept:
            for item in state.kept:
                _mark(item.edition, where)
            _commit(where, state, emptied(state), "empty")
    return len(state.kept)


def sweep(home: Home = None, *, bundled: Path | None = None) -> None:
    """Clear away what processes that were killed have left, if the workspace can be written just now."""
    where = folders(home, bundled)
    if where.lock.exists():
        with suppress(OSError, StoreError), locked(where.lock, patience=0):
            state = read_state(where)
            settle(state, where)
            _sweep(state, where)


# How ----------------------------------------------------------------------------------------------------


@contextmanager
def _changing(where: Folders) -> Iterator[State]:
    """Hold the lock over a workspace that is in order. Raises StoreError if it cannot be written."""
    try:
        with locked(where.lock):
            state = read_state(where)
            settle(state, where)
            _sweep(state, where)
            try:
                yield state
            finally:
                with suppress(OSError, StoreError):  # what cannot be deleted now is swept later
                    _sweep(read_state(where), where)
    except OSError as error:
        raise StoreError(
            f"the workspace cannot be written ({error.strerror}); nothing was changed.",
            file=str(where.home),
            remedy="Free some space or choose another folder with MINERALS_HOME.",
        ) from error


def _commit(
    where: Folders,
    old: State,
    new: State,
    what: Deed,
    edition: Edition | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """Make the new state the one that readers see, by replacing one file; then log it. Raises OSError."""
    if new == old:
        return
    before, after = catalogue_of(old, where), catalogue_of(new, where)
    change = Change(
        number=old.last.number + 1 if old.last else 1,
        when=now(),
        who=user(),
        what=what,
        dataset=edition.dataset if edition else "",
        edition=edition.edition if edition else "",
        before=before.version,
        after=after.version,
        **(facts or {}),
    )
    new = new.model_copy(update={"last": change})
    record = where.versions / f"{before.version}.json"
    if after.version != before.version and not record.exists():
        write_whole(record, versions_of(before).model_dump_json().encode(), where.parts)
    write_whole(where.state, new.model_dump_json(indent=1).encode(), where.parts)
    with suppress(OSError):  # the state holds the change: the next writer logs it
        log(change, where)


_MARK = ".mark"


def _mark(edition: Edition, where: Folders) -> None:
    """Say that this table belongs to nobody unless the next state names it. Raises OSError."""
    write_whole(where.parts / f"{where.table(edition).name}{_MARK}", b"", where.parts)


def _sweep(state: State, where: Folders) -> None:
    """Delete parts of files, marked tables that the state does not name, versions and copies without tables.

    Tables without a mark stay, so that nothing is lost where the record of a workspace was moved away.
    Raises OSError.
    """
    named = {where.table(edition) for edition in state.editions}
    parts = list(where.parts.glob("*"))
    marked = [where.editions / path.name.removesuffix(_MARK) for path in parts if path.suffix == _MARK]
    unnamed = [table for table in marked if table not in named]
    for table in unnamed:
        delete(table)
    tables = {where.copy(table) for table in where.editions.glob("*.csv")}
    for copy in where.copies.glob("*"):
        if copy not in tables:
            delete(copy)
    for record in where.versions.glob("*.json") if unnamed else ():
        if not _readable(record, where):
            delete(record)
    for path in parts:
        delete(path)


def _readable(record: Path, where: Folders) -> bool:
    try:
        located(Versions.model_validate_json(record.read_bytes()), where)
    except (StoreError, ValueError):
        return False
    return True


def _is_whole(table: Path, version: str) -> bool:
    try:
        return hashlib.sha256(table.read_bytes()).hexdigest() == version
    except FileNotFoundError:
        return False


def _own(state: State, where: Folders, dataset: str, edition: str) -> tuple[Dataset, Edition]:
    record = state.dataset(dataset)
    for item in record.editions if record else ():
        if record and item.edition == edition:
            return record, item
    catalogue_of(state, where).get(dataset, edition)
    raise StoreError(
        f"{EditionId(dataset, edition)} comes with the program and cannot be removed.",
        remedy=f"Choose another one with: minerals use {dataset} EDITION.",
    )


def _last_kept(state: State, dataset: str, edition: str) -> Kept:
    for item in reversed(state.kept):
        if (item.edition.dataset, item.edition.edition) == (dataset, edition):
            return item
    have = ", ".join(sorted({item.edition.id for item in state.kept})) or "none"
    raise StoreError(
        f"no edition {edition} of {dataset} was removed or replaced.", remedy=f"There are: {have}."
    )
