"""Archives and kinds of files: what is taken, unpacked within limits, or refused with a reason."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO

from loaders.errors import UnreadableFile
from loaders.files.table import InputFile

MAX_UNPACKED = 512 * 2**20
"""The most that all archives of one load together may unpack to."""

MAX_MEMBERS = 2_000

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
BOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
RECORD_SUFFIXES = (".parquet", ".jsonl", ".ndjson")
DOCUMENT_SUFFIXES = ("datapackage.json", "metadata.json")
"""JSON that says what the tables beside it mean: Frictionless Data Packages, Our World in Data."""

TABLE_SUFFIXES = (*TEXT_SUFFIXES, *BOOK_SUFFIXES, *RECORD_SUFFIXES)
PACKED_SUFFIXES = (".gz", ".bz2")

READ_SUFFIXES = (
    *TABLE_SUFFIXES,
    *(suffix + packed for suffix in TABLE_SUFFIXES for packed in PACKED_SUFFIXES),
    *DOCUMENT_SUFFIXES,
)

_UNPACK = "Unpack it first."
_TABLE_OF_IT = "Ask its publisher for the table, or copy it into a spreadsheet."

OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
OPEN_DOCUMENT_AT = 30
"""What says that a zip archive is an OpenDocument spreadsheet, and the byte where it stands."""

_PICTURE = "If it shows a table, ask its publisher for the file, or copy the numbers into a spreadsheet."

# Where in a file which bytes say that it is something else (https://www.garykessler.net/library/file_sigs.html):
# what it is, and the remedy.
_OTHERS = (
    (30, b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text", _TABLE_OF_IT),
    (30, b"mimetypeapplication/vnd.oasis.opendocument.presentation", "an OpenDocument presentation",
     _TABLE_OF_IT),
    (0, b"%PDF", "a PDF file", _TABLE_OF_IT),
    (0, b"\xfd7zXZ\x00", "a file compressed with xz", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a file compressed with Zstandard", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", _PICTURE),
    (0, b"\x89PNG\r\n", "a picture (PNG)", _PICTURE),
    (0, b"GIF89a", "a picture (GIF)", _PICTURE),
    (0, b"II*\x00", "a picture (TIFF)", _PICTURE),
    (0, b"MM\x00*", "a picture (TIFF)", _PICTURE),
    (0, b"{\\rtf", "a text document (RTF)", _TABLE_OF_IT),
    (0, b"SQLite format 3\x00", "a database (SQLite)", "Export its table as CSV."),
)  # fmt: skip

HEAD_BYTES = 512
"""Bytes at the start of a file that say what it is."""

UNREAD_SUFFIXES = (".xlsb", ".numbers", ".7z", ".rar", ".zst", ".xz", ".tar")
"""Files in folders and archives that most likely hold a table, but cannot be read."""


def refuse_other_kind(name: str, start: bytes) -> None:
    """Refuse what is no table by its first bytes, and say what its name promised. Raises UnreadableFile."""
    promised = ", and not the workbook that its name promises" if is_called_book(name) else ""
    for at, signature, what, remedy in _OTHERS:
        if start.startswith(signature, at):
            raise UnreadableFile(f"this is {what}{promised}.", file=name, remedy=remedy)


def is_called_book(name: str) -> bool:
    """Whether a file has the name of a workbook, whatever it holds."""
    return name.lower().endswith(BOOK_SUFFIXES)


# What zipfile and gzip raise for damaged or encrypted archives, by their documentation and by trial.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, OSError, ValueError, LookupError,
    struct.error,
)  # fmt: skip


def unpack(name: str, content: bytes) -> list[InputFile]:
    """The file itself, or the tables inside it if it is a zip archive or a gzip file.

    Raises UnreadableFile for a broken archive or one that unpacks to more than MAX_UNPACKED.
    """
    return unpack_into(name, content, ArchiveRoom())


class ArchiveRoom:
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


def unpack_into(name: str, content: bytes, room: ArchiveRoom) -> list[InputFile]:
    try:
        refuse_other_kind(name, content[:HEAD_BYTES])
        packed = next((start for start in PACKED if content.startswith(start)), None)
        if packed:
            with PACKED[packed](io.BytesIO(content)) as stream:
                return [InputFile(without_packing(name), room.read(stream, name))]
        if not content.startswith(ZIP) or is_called_book(name) or _is_open_document(content):
            is_book = content.startswith(ZIP)
            return [InputFile(name, content)] if is_book or name.lower().endswith(READ_SUFFIXES) else []
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return [InputFile(name, content)]
            if "xl/workbook.bin" in archive.namelist():
                raise UnreadableFile("this is a binary workbook (.xlsb).", file=name, remedy=_AS_XLSX)
            return [
                table
                for member in _members(name, archive, room)
                for table in unpack_into(member.name, member.content, room)
            ]
    except BROKEN_ARCHIVE as error:
        raise UnreadableFile(
            f"the archive cannot be opened ({error}).",
            file=name,
            remedy="Download it again, or unpack it first.",
        ) from error


def _is_open_document(content: bytes) -> bool:
    return content.startswith(OPEN_DOCUMENT, OPEN_DOCUMENT_AT)


_AS_XLSX = (
    "Open it in a spreadsheet program and save it as .xlsx: how its numbers are shown and what is merged is "
    "not known otherwise."
)

ZIP = b"PK\x03\x04"
GZIP = b"\x1f\x8b"

PACKED: dict[bytes, Callable[[BinaryIO], Any]] = {
    GZIP: gzip.open,
    **{b"BZh%d1AY&SY" % level: bz2.open for level in range(1, 10)},
}
"""The first bytes of compressed files -> what unpacks them."""


def without_packing(name: str) -> str:
    """The name of a compressed file's content."""
    ending = next((suffix for suffix in PACKED_SUFFIXES if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(ending)]


def _members(name: str, archive: zipfile.ZipFile, room: ArchiveRoom) -> Iterator[InputFile]:
    infos = [info for info in archive.infolist() if info.filename.lower().endswith(READ_SUFFIXES)]
    room.take(len(infos), name)
    refuse_unread(name, [info.filename for info in archive.infolist()], (*UNREAD_SUFFIXES, ".zip"))
    for info in infos:
        member = PurePosixPath(info.filename.replace("\\", "/"))
        if member.name.startswith(HIDDEN) or "__MACOSX" in member.parts:
            continue
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableFile(f"{member.name} in it has a password.", file=name, remedy=_UNPACK)
        with archive.open(info) as stream:
            yield InputFile(member.name, room.read(stream, name))


_ENCRYPTED = 1
"""The bit of a member of a zip archive that says that it has a password."""

HIDDEN = (".", "~$")
"""Files that a system or Excel keeps beside the real one."""


def refuse_unread(name: str, members: Iterable[str], suffixes: tuple[str, ...]) -> None:
    """Refuse a folder or archive that holds a table which cannot be read, rather than leave it out."""
    for member in members:
        last = PurePosixPath(member.replace("\\", "/")).name
        if last.lower().endswith(suffixes) and not last.startswith(HIDDEN) and "__MACOSX" not in member:
            raise UnreadableFile(
                f"{last} in it cannot be read, and may hold a table.",
                file=name,
                remedy="Save it as .xlsx or .csv, unpack it, or leave it out.",
            )
