"""Files, folders and archives that are handed in, as one list of files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from loaders.errors import UnreadableFile
from loaders.files.archives import (
    HEAD_BYTES,
    HIDDEN,
    PACKED,
    READ_SUFFIXES,
    TABLE_SUFFIXES,
    UNREAD_SUFFIXES,
    ZIP,
    ArchiveRoom,
    refuse_other_kind,
    refuse_unread,
    unpack_into,
)
from loaders.files.encodings import OLE
from loaders.files.table import LARGE, InputFile, file_errors, open_binary, read_bytes

MAX_BYTES = 2 * 2**30
"""The most that one file may hold."""


def open_inputs(paths: Iterable[Path | str]) -> list[InputFile]:
    """Read the tables among files, folders (searched through), zip archives and gzip files, by name.

    Raises UnreadableFile if a path does not exist, cannot be read, or holds no table.
    """
    found: list[InputFile] = []
    room = ArchiveRoom()
    for path in map(Path, paths):
        files = _files_below(path)
        tables = [table for file in files for table in _inputs(file, room, named=not path.is_dir())]
        if not tables:
            raise UnreadableFile(
                "no table found here.",
                file=str(path),
                remedy=f"Expected files such as {', '.join(TABLE_SUFFIXES)}, or a zip of them.",
            )
        found += tables
    return sorted(found, key=lambda item: item.name.lower())


def _inputs(path: Path, room: ArchiveRoom, named: bool) -> list[InputFile]:
    """What is in a file; the bytes of a large one that is no archive stay where they are.

    A file that a person has `named` is looked into whatever its ending.
    """
    if path.exists() and not path.is_file():  # to open one may take forever, and to read it all the memory
        raise UnreadableFile("this is no file, but a pipe or a device.", file=str(path))
    with open_binary(path) as stream:
        size, start = path.stat().st_size, stream.read(HEAD_BYTES)
    if size > MAX_BYTES:
        raise UnreadableFile(f"the file is larger than {MAX_BYTES:,} bytes.", file=str(path))
    name = _said(path.name)
    refuse_other_kind(name, start)
    if size > LARGE and not start.startswith((ZIP, *PACKED)):
        return [InputFile(name, path)] if named or name.lower().endswith(READ_SUFFIXES) else []
    content = read_bytes(path)
    found = unpack_into(name, content, room)
    if not found and name.lower().endswith(".zip") and not start.startswith(ZIP[:2]):
        raise UnreadableFile("this is no zip archive, whatever its name says.", file=name)
    return [InputFile(name, content)] if named and not found and _is_readable(start) else found


def _said(name: str) -> str:
    """The name of a file in characters that can be printed, whatever its bytes are."""
    return os.fsencode(name).decode("utf-8", "replace")


def _is_readable(start: bytes) -> bool:
    """Whether the first bytes may be those of a table in text, or of a workbook; others say what they are."""
    if start.startswith(OLE):
        return True
    return bool(start.strip()) and b"\x00" not in start and not start.startswith((ZIP, b"{\\rtf"))


def _files_below(path: Path) -> list[Path]:
    with file_errors(path):
        if not path.is_dir():
            return [path]
    suffixes = (*READ_SUFFIXES, ".zip")
    files = [p for p in path.rglob("*") if p.is_file()]
    refuse_unread(str(path), [str(p.relative_to(path)) for p in files], UNREAD_SUFFIXES)
    return sorted(p for p in files if p.name.lower().endswith(suffixes) and not p.name.startswith(HIDDEN))


MAX_RECORD = 2**20
"""The most bytes of a text that a person writes about data: a record of a dataset, a mapping."""


def read_text(path: Path) -> str:
    """The text of a small file in UTF-8. Raises UnreadableFile if it is none, or larger than MAX_RECORD."""
    if path.exists() and not path.is_file():
        raise UnreadableFile("this is no file.", file=str(path))
    with open_binary(path) as stream:
        content = stream.read(MAX_RECORD + 1)
    if len(content) > MAX_RECORD:
        raise UnreadableFile(f"the file is larger than {MAX_RECORD:,} bytes.", file=str(path))
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableFile("the text is not UTF-8.", file=str(path), remedy="Save it as UTF-8.") from error
