"""Files that are there whole or not at all, and a lock that one process at a time holds."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from loaders.errors import StoreError

PATIENCE = 60.0
"""Seconds that a writer waits for another one."""


def write_whole(path: Path, content: bytes, parts: Path) -> None:
    """Write a file into `parts`, sync it, and rename it: a reader sees the old content or the new.

    Raises OSError; the old content is then still there. `parts` must be on the same disk.
    """
    part = parts / secrets.token_hex(8)
    for folder in (parts, path.parent):
        make_folder(folder)
    try:
        _write(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666), content)
        _patiently(lambda: os.replace(part, path))
    except BaseException:  # also where somebody stops the program: no piece of a file stays behind
        with suppress(OSError):
            os.unlink(part)
        raise
    _sync_folder(path.parent)


def add_line(path: Path, line: bytes) -> None:
    """Add a line to the end of a file. Raises OSError; the file may then end with a piece of the line."""
    _write(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o666), line + b"\n")
    _sync_folder(path.parent)


def delete(path: Path) -> None:
    """Delete a file if it is there. Raises OSError."""
    with suppress(FileNotFoundError):
        _patiently(lambda: os.unlink(path))


def cut(path: Path, size: int) -> None:
    """Cut a file to a size if it is longer. Raises OSError."""
    if path.stat().st_size > size:
        os.truncate(path, size)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that they outlast a power cut. Raises OSError."""
    if not folder.is_dir():
        if folder.parent != folder:
            make_folder(folder.parent)
        with suppress(FileExistsError):
            os.mkdir(folder)
        _sync_folder(folder.parent)


_BINARY = getattr(os, "O_BINARY", 0)


def _write(handle: int, content: bytes) -> None:
    """Write all of it, sync and close."""
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Make names outlast a power cut; some network disks, and Windows, have no such thing for folders."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _patiently(act: Callable[[], None]) -> None:
    """Windows refuses to replace or delete a file while another process reads it: try for a second."""
    for _ in range(50 if sys.platform == "win32" else 0):
        try:
            return act()
        except PermissionError:
            time.sleep(0.02)
    return act()


@contextmanager
def locked(path: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of a workspace; the system gives it back when the process ends, however it ends.

    Raises StoreError if another process holds it for `patience` seconds (by default `PATIENCE`), OSError
    if it cannot be had.
    """
    make_folder(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait_for(handle, path, PATIENCE if patience is None else patience)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, path: Path, patience: float) -> None:
    end = time.monotonic() + patience
    while not _try_lock(handle):
        if time.monotonic() >= end:
            raise StoreError(
                "another process is changing the workspace.",
                file=str(path.parent),
                remedy="Nothing was changed; try again when it is done.",
            )
        time.sleep(0.005 + secrets.randbelow(20) / 1000)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
