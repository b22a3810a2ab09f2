"""Bytes become tables of text with positions; knows no mineral and no publisher."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

import pandas as pd

from loaders.encodings import OLE
from loaders.errors import UnreadableFile
from loaders.model import Ignored, SourceFile

MAX_BYTES = 2 * 2**30
"""The most that one file may hold."""

MAX_UNPACKED = 512 * 2**20
"""The most that all archives of one load together may unpack to."""

MAX_MEMBERS = 2_000
LARGE = 8 * 2**20
"""Bytes of a file that is read from the disk block by block, and whose repeated texts are held once."""

SNIFFED = 2**20
"""How many bytes are looked at to find out what a file is."""

MAX_COLUMNS = 16_384
"""As many as a worksheet of Excel has."""

MAX_CELLS = 300_000_000
"""More would not fit into the memory of a laptop: each cell takes 8 bytes beside its text."""

LEVELS = " | "
"""Stands between the texts of a header of several rows."""

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
BOOK_SUFFIXES = (".xlsx", ".xlsm")
RECORD_SUFFIXES = (".parquet", ".jsonl", ".ndjson")
DOCUMENT_SUFFIXES = ("datapackage.json", "metadata.json")
"""JSON that says what the tables beside it mean: Frictionless Data Packages, Our World in Data."""

TABLE_SUFFIXES = (*TEXT_SUFFIXES, *BOOK_SUFFIXES, *RECORD_SUFFIXES)
PACKED_SUFFIXES = (".gz", ".bz2")
_SUFFIXES = (
    *TABLE_SUFFIXES,
    *(suffix + packed for suffix in TABLE_SUFFIXES for packed in PACKED_SUFFIXES),
    *DOCUMENT_SUFFIXES,
)


@dataclass(frozen=True)
class InputFile:
    """A file's name as a person would say it, and its bytes, or where they are."""

    name: str
    source: bytes | Path = field(repr=False)

    @cached_property
    def content(self) -> bytes:
        """All bytes. Raises UnreadableFile if they cannot be read."""
        return self.source if isinstance(self.source, bytes) else _read(self.source)

    @cached_property
    def head(self) -> bytes:
        """The first bytes, SNIFFED of them."""
        with self.open() as stream:
            return stream.read(SNIFFED)

    @property
    def size(self) -> int:
        """The number of bytes. Raises UnreadableFile if they cannot be read."""
        with self.open() as stream:
            return stream.seek(0, io.SEEK_END)

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The bytes as a stream. Raises UnreadableFile if they cannot be read."""
        return io.BytesIO(self.source) if isinstance(self.source, bytes) else _opened(self.source)

    @property
    def record(self) -> SourceFile:
        """Name, SHA-256 and size."""
        return SourceFile(
            name=self.name, sha256=hashlib.sha256(self.content).hexdigest(), size=len(self.content)
        )


@dataclass(frozen=True)
class RawTable:
    """A table as printed: every cell is text, the index is the row number that a spreadsheet shows.

    `frame` has one column per header cell, named by the stripped header; a repeated or empty header
    gets its position appended. In a text file the first data row is row 2. `above` holds the lines of
    a worksheet above its header. A JSON document that describes the tables beside it has no rows, and
    `document` holds its content. `ignored` counts rows that are not in `frame`, with the reason.
    In a workbook `numbers` is true for the cells of `frame` that hold a number, not a text.
    After a mapping `headers` says which column each of ours was, and `parts` the sheet of each row if the
    rows of several became one table.
    """

    file: str
    frame: pd.DataFrame = field(repr=False)
    encoding: str
    source: SourceFile
    sheet: str = ""
    above: tuple[str, ...] = ()
    document: Mapping[str, Any] | None = field(default=None, repr=False)
    ignored: tuple[Ignored, ...] = ()
    numbers: pd.DataFrame | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    parts: tuple[str, ...] = field(default=(), repr=False)

    @property
    def header(self) -> tuple[str, ...]:
        """The column names."""
        return tuple(self.frame.columns)

    @property
    def name(self) -> str:
        """The file, and the sheet if it has any."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file


def open_inputs(paths: Iterable[Path | str]) -> list[InputFile]:
    """Read the tables among files, folders (searched through), zip archives and gzip files, by name.

    Raises UnreadableFile if a path does not exist, cannot be read, or holds no table.
    """
    found: list[InputFile] = []
    room = _Room()
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


def _inputs(path: Path, room: _Room, named: bool) -> list[InputFile]:
    """What is in a file; the bytes of a large one that is no archive stay where they are.

    A file that a person has `named` is looked into whatever its ending.
    """
    if path.exists() and not path.is_file():  # to open one may take forever, and to read it all the memory
        raise UnreadableFile("this is no file, but a pipe or a device.", file=str(path))
    with _opened(path) as stream:
        size, start = path.stat().st_size, stream.read(_START)
    if size > MAX_BYTES:
        raise UnreadableFile(f"the file is larger than {MAX_BYTES:,} bytes.", file=str(path))
    name = _said(path.name)
    _refuse_other(name, start)
    if size > LARGE and not start.startswith((ZIP, *_PACKED)):
        return [InputFile(name, path)] if named or name.lower().endswith(_SUFFIXES) else []
    content = _read(path)
    found = _unpack(name, content, room)
    return [InputFile(name, content)] if named and not found and _is_text(start) else found


def _said(name: str) -> str:
    """The name of a file in characters that can be printed, whatever its bytes are."""
    return os.fsencode(name).decode("utf-8", "replace")


def _is_text(start: bytes) -> bool:
    """Whether the first bytes may be those of a table in text; PDF files and the like say what they are."""
    return bool(start.strip()) and b"\x00" not in start and not start.startswith((ZIP, b"{\\rtf"))


_UNPACK = "Unpack it first."

# Where in a file which bytes say that it is something else (https://www.garykessler.net/library/file_sigs.html):
# what it is, and the remedy.
_OTHERS = (
    (0, OLE, "a workbook of Excel before 2007, or one with a password",
     "Save it as .xlsx without a password."),
    (30, b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file", "Save it as .xlsx."),
    (0, b"%PDF", "a PDF file", "Ask its publisher for the table, or copy it into a spreadsheet."),
    (0, b"\xfd7zXZ\x00", "a file compressed with xz", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a file compressed with Zstandard", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
)  # fmt: skip
_START = 512
"""Bytes at the start of a file that say what it is."""

_UNREAD_SUFFIXES = (".xls", ".xlsb", ".ods", ".numbers", ".7z", ".rar", ".zst", ".xz", ".tar")
"""Files in folders and archives that most likely hold a table, but cannot be read."""


def _refuse_other(name: str, start: bytes) -> None:
    for at, signature, what, remedy in _OTHERS:
        if start.startswith(signature, at):
            raise UnreadableFile(f"this is {what}.", file=name, remedy=remedy)


# What zipfile and gzip raise for damaged or encrypted archives, by their documentation and by trial.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, OSError, ValueError, LookupError,
    struct.error,
)  # fmt: skip


def unpack(name: str, content: bytes) -> list[InputFile]:
    """The file itself, or the tables inside it if it is a zip archive or a gzip file.

    Raises UnreadableFile for a broken archive or one that unpacks to more than MAX_UNPACKED.
    """
    return _unpack(name, content, _Room())


class _Room:
    """What is left of the bytes and tables that the archives of one load together may unpack to."""

    def __init__(self) -> None:
        self.bytes, self.tables = MAX_UNPACKED, MAX_MEMBERS

    def read(self, stream: IO[bytes] | gzip.GzipFile, name: str) -> bytes:
        content = stream.read(self.bytes + 1)
        self.bytes -= len(content)
        if self.bytes < 0:
            raise UnreadableFile(f"the archive unpacks to more than {MAX_UNPACKED:,} bytes.", file=name)
        return content

    def take(self, tables: int, name: str) -> None:
        self.tables -= tables
        if self.tables < 0:
            found = MAX_MEMBERS - self.tables
            raise UnreadableFile(
                f"the archive holds {found:,} tables; at most {MAX_MEMBERS:,} are read.", file=name
            )


def _unpack(name: str, content: bytes, room: _Room) -> list[InputFile]:
    try:
        _refuse_other(name, content[:_START])
        packed = next((start for start in _PACKED if content.startswith(start)), None)
        if packed:
            with _PACKED[packed](io.BytesIO(content)) as stream:
                return [InputFile(without_packing(name), room.read(stream, name))]
        if not content.startswith(ZIP) or name.lower().endswith(BOOK_SUFFIXES):
            return [InputFile(name, content)] if name.lower().endswith(_SUFFIXES) else []
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return [InputFile(name, content)]
            return [
                table
                for member in _members(name, archive, room)
                for table in _unpack(member.name, member.content, room)
            ]
    except BROKEN_ARCHIVE as error:
        raise UnreadableFile(
            f"the archive cannot be opened ({error}).",
            file=name,
            remedy="Download it again, or unpack it first.",
        ) from error


ZIP = b"PK\x03\x04"
GZIP = b"\x1f\x8b"


_PACKED: dict[bytes, Callable[[BinaryIO], Any]] = {
    GZIP: gzip.open,
    **{b"BZh%d1AY&SY" % level: bz2.open for level in range(1, 10)},
}
"""The first bytes of compressed files -> what unpacks them."""


def without_packing(name: str) -> str:
    """The name of a compressed file's content."""
    ending = next((suffix for suffix in PACKED_SUFFIXES if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(ending)]


def _members(name: str, archive: zipfile.ZipFile, room: _Room) -> Iterator[InputFile]:
    infos = [info for info in archive.infolist() if info.filename.lower().endswith(_SUFFIXES)]
    room.take(len(infos), name)
    _refuse_unread(name, [info.filename for info in archive.infolist()], (*_UNREAD_SUFFIXES, ".zip"))
    for info in infos:
        member = PurePosixPath(info.filename.replace("\\", "/"))
        if member.name.startswith(HIDDEN) or "__MACOSX" in member.parts:
            continue
        with archive.open(info) as stream:
            yield InputFile(member.name, room.read(stream, name))


HIDDEN = (".", "~$")
"""Files that a system or Excel keeps beside the real one."""


def _files_below(path: Path) -> list[Path]:
    with _told(path):
        if not path.is_dir():
            return [path]
    suffixes = (*_SUFFIXES, ".zip")
    files = [p for p in path.rglob("*") if p.is_file()]
    _refuse_unread(str(path), [str(p.relative_to(path)) for p in files], _UNREAD_SUFFIXES)
    return sorted(p for p in files if p.name.lower().endswith(suffixes) and not p.name.startswith(HIDDEN))


def _refuse_unread(name: str, members: Iterable[str], suffixes: tuple[str, ...]) -> None:
    """Refuse a folder or archive that holds a table which cannot be read, rather than leave it out."""
    for member in members:
        last = PurePosixPath(member.replace("\\", "/")).name
        if last.lower().endswith(suffixes) and not last.startswith(HIDDEN) and "__MACOSX" not in member:
            raise UnreadableFile(
                f"{last} in it cannot be read, and may hold a table.",
                file=name,
                remedy="Save it as .xlsx or .csv, unpack it, or leave it out.",
            )


def _read(path: Path) -> bytes:
    with _opened(path) as stream:
        return stream.read()


MAX_RECORD = 2**20
"""The most bytes of a text that a person writes about data: a record of a dataset, a mapping."""


def read_text(path: Path) -> str:
    """The text of a small file in UTF-8. Raises UnreadableFile if it is none, or larger than MAX_RECORD."""
    if path.exists() and not path.is_file():
        raise UnreadableFile("this is no file.", file=str(path))
    with _opened(path) as stream:
        content = stream.read(MAX_RECORD + 1)
    if len(content) > MAX_RECORD:
        raise UnreadableFile(f"the file is larger than {MAX_RECORD:,} bytes.", file=str(path))
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableFile("the text is not UTF-8.", file=str(path), remedy="Save it as UTF-8.") from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read from; what the system says against it is an UnreadableFile."""
    with _told(path), path.open("rb") as stream:
        yield stream


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says against a path becomes an UnreadableFile."""
    try:
        yield
    except FileNotFoundError as error:
        raise UnreadableFile("no such file.", file=str(path), remedy="Check the path.") from error
    except OSError as error:
        raise UnreadableFile(f"cannot be read ({error.strerror}).", file=str(path)) from error


def unique_names(header: list[str]) -> list[str]:
    """The header cells, each with its position appended where it is empty or taken."""
    names: dict[str, None] = {}
    for position, cell in enumerate(header, start=1):
        name = cell
        while not name or name in names:
            name = f"{name or 'column'} ({position})"
        names[name] = None
    return list(names)
