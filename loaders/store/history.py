"""The history of a workspace: one line per change, only ever added to."""

from __future__ import annotations

import getpass
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from loaders.errors import StoreError
from loaders.store.disk import add_line, cut
from loaders.store.folders import Folders, folders
from loaders.store.state import Change, State, read_state


def history(home: Path | str | None = None) -> list[Change]:
    """Every change of the workspace, the first one first. Raises StoreError if the log is damaged."""
    where = folders(home)
    last = read_state(where).last  # before the log, which may already hold later ones
    changes = [_change(line, where.history) for line in _lines(where)]
    if last and last.number > (changes[-1].number if changes else 0):
        changes.append(last)
    return changes


def settle(state: State, where: Folders) -> None:
    """Bring the log up to the state, where a process ended between the two. Raises OSError."""
    lines = _lines(where)
    if where.history.exists():
        cut(where.history, sum(len(line) + 1 for line in lines))
    if state.last and (not lines or _change(lines[-1], where.history).number < state.last.number):
        log(state.last, where)


def log(change: Change, where: Folders) -> None:
    """Add a line. Raises OSError."""
    add_line(where.history, change.model_dump_json().encode())


def _lines(where: Folders) -> list[bytes]:
    """The whole lines; what stands behind the last line's end was cut short, and is written again."""
    try:
        content = where.history.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        why = f"the history cannot be read ({error.strerror})."
        raise StoreError(why, file=str(where.history)) from error
    return content.split(b"\n")[:-1]


def _change(line: bytes, file: Path) -> Change:
    try:
        return Change.model_validate_json(line)
    except ValidationError as error:
        raise StoreError(
            "the history has a line that is no change.",
            file=str(file),
            remedy="Move the file away; the editions do not depend on it.",
        ) from error


def user() -> str:
    """The system's name of the user."""
    with suppress(OSError, KeyError, ImportError):  # a system without such names
        return getpass.getuser() or "unknown"
    return "unknown"


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
