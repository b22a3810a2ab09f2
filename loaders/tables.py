"""Bytes become tables of text with positions; knows no mineral and no publisher."""

from __future__ import annotations

import csv
import hashlib
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from loaders.errors import UnreadableFile
from loaders.model import SourceFile

MAX_BYTES = 512 * 2**20
"""The most that one file, or all members of one archive together, may unpack to."""

MAX_MEMBERS = 2_000
TABLE_SUFFIXES = (".csv", ".tsv", ".txt")

C1_CONTROLS = re.compile(r"[\x80-\x9f]")
"""Characters that no text prints: they show that Windows-1252 bytes were read as Latin-1 and saved again."""


@dataclass(frozen=True)
class InputFile:
    """A file's name as a person would say it, and its bytes."""

    name: str
    content: bytes = field(repr=False)

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
    gets its position appended. The first data row is row 2.
    """

    file: str
    frame: pd.DataFrame = field(repr=False)
    encoding: str
    source: SourceFile
    sheet: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        """The column names."""
        return tuple(self.frame.columns)


def open_inputs(paths: Iterable[Path | str]) -> list[InputFile]:
    """Read the tables among files, folders (searched through) and zip archives, sorted by name.

    Raises UnreadableFile if a path does not exist, cannot be read, or holds no table.
    """
    found: list[InputFile] = []
    for path in map(Path, paths):
        files = _files_below(path)
        tables = [table for file in files for table in unpack(file.name, _read(file))]
        if not tables:
            raise UnreadableFile(
                "no table found here.", file=str(path), remedy="Expected .csv or .tsv files, or a zip."
            )
        found += tables
    return sorted(found, key=lambda item: item.name.lower())


# What zipfile raises for damaged or encrypted archives, by its documentation and by trial.
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, OSError, ValueError, LookupError,
    struct.error,
)  # fmt: skip


def unpack(name: str, content: bytes) -> list[InputFile]:
    """The file itself, or the tables inside it if it is a zip archive.

    Raises UnreadableFile for a broken archive or one that unpacks to more than MAX_BYTES.
    """
    if not content.startswith(b"PK\x03\x04"):
        return [InputFile(name, content)] if name.lower().endswith(TABLE_SUFFIXES) else []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return list(_members(name, archive))
    except _BROKEN_ARCHIVE as error:
        raise UnreadableFile(
            f"the zip archive cannot be opened ({error}).",
            file=name,
            remedy="Download it again, or unpack it first.",
        ) from error


def _members(name: str, archive: zipfile.ZipFile) -> Iterator[InputFile]:
    infos = [info for info in archive.infolist() if info.filename.lower().endswith(TABLE_SUFFIXES)]
    if len(infos) > MAX_MEMBERS:
        raise UnreadableFile(
            f"the archive holds {len(infos)} tables; at most {MAX_MEMBERS} are read.", file=name
        )
    left = MAX_BYTES
    for info in infos:
        member = PurePosixPath(info.filename.replace("\\", "/"))
        if member.name.startswith(".") or "__MACOSX" in member.parts:
            continue
        with archive.open(info) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise UnreadableFile(f"the archive unpacks to more than {MAX_BYTES:,} bytes.", file=name)
        yield InputFile(member.name, content)


def _files_below(path: Path) -> list[Path]:
    if path.is_dir():
        suffixes = (*TABLE_SUFFIXES, ".zip")
        return sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(suffixes))
    return [path]


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"the file is larger than {MAX_BYTES:,} bytes.", file=str(path))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile("no such file.", file=str(path), remedy="Check the path.") from error
    except OSError as error:
        raise UnreadableFile(f"cannot be read ({error.strerror}).", file=str(path)) from error


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the encoding it was read with: UTF-8, or else Windows-1252.

    Raises UnreadableFile for bytes that are no text, and for text that a wrong re-encoding has damaged.
    """
    if b"\x00" in content[:4096]:
        raise UnreadableFile("this is not a text file.", file=name, remedy="Expected a CSV table.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        _refuse_damaged(text, name)
        return text, "utf-8" if encoding == "utf-8-sig" else encoding
    raise UnreadableFile(
        "the text is neither UTF-8 nor Windows-1252.",
        file=name,
        remedy="Download the file again from its publisher, or save it as CSV UTF-8.",
    )


def _refuse_damaged(text: str, name: str) -> None:
    damage = None if text.isascii() else C1_CONTROLS.search(text)
    if damage:
        row = text[: damage.start()].count("\n") + 1
        raise UnreadableFile(
            f"the text holds the control character U+{ord(damage[0]):04X}: it was saved in a wrong encoding, "
            "and dashes (zeros) and quotation marks are lost.",
            file=name,
            row=row,
            remedy="Use the publisher's own file, not a copy that a spreadsheet program has saved again.",
        )


def read_table(item: InputFile) -> RawTable:
    """Read a comma- or tab-separated file into text cells; blank lines keep their row numbers.

    Raises UnreadableFile if it is empty, is no text, or a row has more or fewer cells than the header.
    """
    text, encoding = decode(item.content, item.name)
    if not text.strip():
        raise UnreadableFile("the file is empty.", file=item.name, remedy="Expected a header and rows.")
    cells = _parse(text, item.name)
    header = _unique([str(cell).strip() for cell in cells.iloc[0]])
    frame = cells.iloc[1:]
    frame.columns = pd.Index(header)
    frame.index = pd.RangeIndex(2, len(cells) + 1)
    return RawTable(item.name, frame, encoding, item.record)


def _parse(text: str, name: str) -> pd.DataFrame:
    """All rows, the header among them; columns are named 0, 1, ..."""
    first_line = text[:SNIFFED].lstrip("\r\n").splitlines()[0]
    delimiter = "\t" if first_line.count("\t") > first_line.count(",") else ","
    width = _width(text, delimiter, name)
    wrong: list[pacsv.InvalidRow] = []
    try:
        table = _read_csv(
            f"{text}{_line_end(text)}{_END}{delimiter * (width - 1)}\n", delimiter, width, wrong
        )
    except pa.ArrowInvalid as error:
        raise UnreadableFile(f"not a readable table ({error}).", file=name) from error
    if wrong:
        raise UnreadableFile(
            f"the row has {wrong[0].actual_columns} cells, the header {wrong[0].expected_columns}.",
            file=name,
            row=wrong[0].number,
            remedy="Look for a missing quotation mark, or a comma within a number that is not in quotes.",
        )
    if table.column(0)[-1].as_py() != _END:
        raise UnreadableFile(
            "a quotation mark is opened in this row and never closed.",
            file=name,
            row=len(table),
            remedy="The file may be cut off: download it again.",
        )
    return text_frame(table.slice(0, len(table) - 1))


_END = "end"
"""The first cell of a row added at the end: an unclosed quotation mark swallows it."""

SNIFFED = 2**20
"""How many characters are looked at to find the header."""


def _line_end(text: str) -> str:
    return "" if text.endswith(("\n", "\r")) else "\n"


def _width(text: str, delimiter: str, name: str) -> int:
    lines = io.StringIO(text[:SNIFFED], newline="")
    try:
        return max(1, len(next(csv.reader(lines, delimiter=delimiter))))
    except csv.Error as error:
        raise UnreadableFile(f"the header is not readable ({error}).", file=name, row=1) from error


def _read_csv(text: str, delimiter: str, width: int, wrong: list[pacsv.InvalidRow]) -> pa.Table:
    """Text cells of all rows; rows with another number of cells go to `wrong`."""
    columns = [str(position) for position in range(width)]

    def note(row: pacsv.InvalidRow) -> str:
        wrong.append(row)
        return "skip"

    return pacsv.read_csv(
        io.BytesIO(text.encode()),
        read_options=pacsv.ReadOptions(column_names=columns, use_threads=False),
        parse_options=pacsv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=False
        ),
    )


def text_frame(table: pa.Table) -> pd.DataFrame:
    """The table as a frame whose text columns have the dtype `string`."""
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.string(): pd.StringDtype("pyarrow")}.get)
    return frame


def _unique(header: list[str]) -> list[str]:
    """The header cells, each with its position appended where it is empty or taken."""
    names: dict[str, None] = {}
    for position, cell in enumerate(header, start=1):
        name = cell
        while not name or name in names:
            name = f"{name or 'column'} ({position})"
        names[name] = None
    return list(names)
