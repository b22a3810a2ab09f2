"""Bytes become tables of text with positions; knows no mineral and no publisher."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import itertools
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from loaders.errors import UnreadableFile
from loaders.model import Ignored, SourceFile

MAX_BYTES = 2 * 2**30
"""The most that one file may hold."""

MAX_UNPACKED = 512 * 2**20
"""The most that all members of one archive together may unpack to."""

MAX_MEMBERS = 2_000
MAX_COLUMNS = 16_384
"""As many as a worksheet of Excel has."""

MAX_CELLS = 300_000_000
"""More would not fit into the memory of a laptop: each cell takes 8 bytes beside its text."""

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
BOOK_SUFFIXES = (".xlsx", ".xlsm")
RECORD_SUFFIXES = (".parquet", ".jsonl", ".ndjson")
DOCUMENT_SUFFIXES = ("datapackage.json", "metadata.json")
"""JSON that says what the tables beside it mean: Frictionless Data Packages, Our World in Data."""

TABLE_SUFFIXES = (*TEXT_SUFFIXES, *BOOK_SUFFIXES, *RECORD_SUFFIXES)
_SUFFIXES = (*TABLE_SUFFIXES, *(f"{suffix}.gz" for suffix in TABLE_SUFFIXES), *DOCUMENT_SUFFIXES)

C1_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
"""Characters that no text prints, in UTF-8: Windows-1252 bytes were read as Latin-1 and saved again."""


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
    gets its position appended. In a text file the first data row is row 2. `above` holds the lines of
    a worksheet above its header. A JSON document that describes the tables beside it has no rows, and
    `document` holds its content. `ignored` counts rows that are not in `frame`, with the reason.
    """

    file: str
    frame: pd.DataFrame = field(repr=False)
    encoding: str
    source: SourceFile
    sheet: str = ""
    above: tuple[str, ...] = ()
    document: Mapping[str, Any] | None = field(default=None, repr=False)
    ignored: tuple[Ignored, ...] = ()

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
    for path in map(Path, paths):
        files = _files_below(path)
        tables = [table for file in files for table in unpack(file.name, _read(file))]
        if not tables:
            raise UnreadableFile(
                "no table found here.",
                file=str(path),
                remedy=f"Expected files such as {', '.join(TABLE_SUFFIXES)}, or a zip of them.",
            )
        found += tables
    return sorted(found, key=lambda item: item.name.lower())


# What zipfile and gzip raise for damaged or encrypted archives, by their documentation and by trial.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, OSError, ValueError, LookupError,
    struct.error,
)  # fmt: skip


def unpack(name: str, content: bytes) -> list[InputFile]:
    """The file itself, or the tables inside it if it is a zip archive or a gzip file.

    Raises UnreadableFile for a broken archive or one that unpacks to more than MAX_UNPACKED.
    """
    try:
        if content.startswith(GZIP):
            return [InputFile(_without_suffix(name, ".gz"), _unzipped(name, content))]
        if not content.startswith(ZIP) or name.lower().endswith(BOOK_SUFFIXES):
            return [InputFile(name, content)] if name.lower().endswith(_SUFFIXES) else []
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return [InputFile(name, content)]
            return [
                table for member in _members(name, archive) for table in unpack(member.name, member.content)
            ]
    except BROKEN_ARCHIVE as error:
        raise UnreadableFile(
            f"the archive cannot be opened ({error}).",
            file=name,
            remedy="Download it again, or unpack it first.",
        ) from error


ZIP = b"PK\x03\x04"
GZIP = b"\x1f\x8b"


def _without_suffix(name: str, suffix: str) -> str:
    return name[: -len(suffix)] if name.lower().endswith(suffix) else name


def _unzipped(name: str, content: bytes) -> bytes:
    with gzip.open(io.BytesIO(content)) as stream:
        unpacked = stream.read(MAX_UNPACKED + 1)
    if len(unpacked) > MAX_UNPACKED:
        raise UnreadableFile(f"the file unpacks to more than {MAX_UNPACKED:,} bytes.", file=name)
    return unpacked


def _members(name: str, archive: zipfile.ZipFile) -> Iterator[InputFile]:
    infos = [info for info in archive.infolist() if info.filename.lower().endswith(_SUFFIXES)]
    if len(infos) > MAX_MEMBERS:
        raise UnreadableFile(
            f"the archive holds {len(infos)} tables; at most {MAX_MEMBERS} are read.", file=name
        )
    left = MAX_UNPACKED
    for info in infos:
        member = PurePosixPath(info.filename.replace("\\", "/"))
        if member.name.startswith(HIDDEN) or "__MACOSX" in member.parts:
            continue
        with archive.open(info) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise UnreadableFile(f"the archive unpacks to more than {MAX_UNPACKED:,} bytes.", file=name)
        yield InputFile(member.name, content)


HIDDEN = (".", "~$")
"""Files that a system or Excel keeps beside the real one."""


def _files_below(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    suffixes = (*_SUFFIXES, ".zip")
    return sorted(
        p
        for p in path.rglob("*")
        if p.is_file() and p.name.lower().endswith(suffixes) and not p.name.startswith(HIDDEN)
    )


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
    """The text of a file and the encoding it was read with.

    UTF-8, UTF-16 with a byte order mark, Windows-1252, Windows-1251 (Cyrillic) or GB 18030 (Chinese).
    Raises UnreadableFile for bytes that are no text, and for text that a wrong re-encoding has damaged.
    """
    content, encoding = as_utf8(content, name)
    return content.decode(), encoding


def as_utf8(content: bytes, name: str) -> tuple[bytes, str]:
    """`decode`, but the text stays as UTF-8 bytes, without a copy if the file has no other encoding."""
    if content.startswith(OLE):
        raise UnreadableFile(
            "this is a workbook of Excel before 2007, or one with a password.",
            file=name,
            remedy="Save it as .xlsx without a password.",
        )
    encoding = "utf-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
        content = _reencoded(content, encoding, name)
    if b"\x00" in content:
        raise UnreadableFile("this is not a text file.", file=name, remedy="Expected a CSV table.")
    content = content.removeprefix(codecs.BOM_UTF8)
    if content.isascii():
        return content, encoding
    if not _is_utf8(content):
        encoding = _legacy_encoding(content, name)
        content = _reencoded(content, encoding, name)
    _refuse_damaged(content, name)
    return content, encoding


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _reencoded(content: bytes, encoding: str, name: str) -> bytes:
    try:
        return content.decode(encoding).encode()
    except UnicodeError as error:
        raise UnreadableFile(
            f"the text is neither UTF-8 nor {_ENCODING_NAMES[encoding]}.",
            file=name,
            remedy="Download the file again from its publisher, or save it as CSV UTF-8.",
        ) from error


_ENCODING_NAMES = {
    "utf-16": "UTF-16", "cp1252": "Windows-1252", "cp1251": "Windows-1251", "gb18030": "GB 18030"
}  # fmt: skip


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), SNIFFED):
            decoder.decode(content[start : start + SNIFFED])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


# In Western texts letters with accents, dashes and quotation marks stand alone or in pairs; a Cyrillic or
# Chinese word is a run of bytes above 127. Windows-1251 has its letters at 0xC0 to 0xFF (the small ones
# from 0xE0; KOI8-R has them the other way round) and a few Ukrainian and Belarusian ones elsewhere.
_RUNS = re.compile(rb"[\x80-\xff]{3,}")
_CYRILLIC = b"\xa1\xa2\xa5\xa8\xaa\xaf\xb2\xb3\xb4\xb8\xba\xbf" + bytes(range(0xC0, 0x100))
_CYRILLIC_SMALL = bytes(range(0xE0, 0x100))
_COMMON_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def _legacy_encoding(content: bytes, name: str) -> str:
    """The encoding of a text that is not UTF-8, from how its bytes above 127 stand together."""
    high = len(content.translate(None, bytes(range(0x80))))
    runs = b"".join(_RUNS.findall(content))
    if len(runs) * 2 < high:
        return "cp1252"
    letters = len(runs) - len(runs.translate(None, _CYRILLIC))
    small = len(runs) - len(runs.translate(None, _CYRILLIC_SMALL))
    if letters > 0.95 * len(runs) and small > 0.6 * len(runs):
        return "cp1251"
    text = content[:SNIFFED].decode("gb18030", "replace")
    others = [character for character in text if not character.isascii()]
    if len(_COMMON_CHINESE.findall(text)) > 0.95 * len(others):
        return "gb18030"
    raise UnreadableFile(
        "the text is not UTF-8, and its encoding cannot be told with certainty.",
        file=name,
        remedy="Open it where it reads well and save it as CSV UTF-8.",
    )


def _refuse_damaged(content: bytes, name: str) -> None:
    damage = C1_CONTROLS.search(content) if b"\xc2" in content else None
    if damage:
        raise UnreadableFile(
            f"the text holds the control character U+{damage[0][1]:04X}: it was saved in a wrong encoding, "
            "and dashes (zeros) and quotation marks are lost.",
            file=name,
            row=content.count(b"\n", 0, damage.start()) + 1,
            remedy="Use the publisher's own file, not a copy that a spreadsheet program has saved again.",
        )


def read_table(item: InputFile) -> RawTable:
    """Read a file separated by commas, tabs or semicolons into text cells.

    Blank lines keep their row numbers. In a file larger than LARGE columns of few texts are categories.

    Raises UnreadableFile if it is empty, is no text, or a row has more or fewer cells than the header.
    """
    content, encoding = as_utf8(item.content, item.name)
    with ThreadPoolExecutor(max_workers=1) as thread:  # hashing and parsing both work outside Python's lock
        record = thread.submit(lambda: item.record)
        cells = _parse(content, item.name)
    header = unique_names([str(column[0].as_py()).strip() for column in cells.columns])
    frame = text_frame(cells.slice(1).rename_columns(header))
    frame.index = pd.RangeIndex(2, len(cells) + 1)
    return RawTable(item.name, frame, encoding, record.result())


def _parse(content: bytes, name: str) -> pa.Table:
    """All rows, the header among them; columns are named 0, 1, ..."""
    head = content[:SNIFFED].decode("utf-8", "ignore")
    if not head.strip():
        raise UnreadableFile("the file is empty.", file=name, remedy="Expected a header and rows.")
    delimiter = max(",\t;", key=lambda delimiter: _fit(head, delimiter))
    width = _width(head, delimiter, name)
    _refuse_too_many_cells(content, width, name)
    odd = content.count(b'"') % 2 == 1
    if odd:
        line_end = b"" if content.endswith((b"\n", b"\r")) else b"\n"
        content = b"".join([content, line_end, _END.encode(), delimiter.encode() * (width - 1), b"\n"])
    kinds = _kinds(head, delimiter, width) if len(content) > LARGE else [pa.large_string()] * width
    try:
        table = _read_csv(content, delimiter, kinds, name)
    except pa.ArrowInvalid as error:
        raise UnreadableFile(f"not a readable table ({error}).", file=name) from error
    if not odd:
        return table
    if table.column(0)[-1].as_py() != _END:
        raise UnreadableFile(
            "a quotation mark is opened in this row and never closed.",
            file=name,
            row=len(table),
            remedy="The file may be cut off: download it again.",
        )
    return table.slice(0, len(table) - 1)


LARGE = 8 * 2**20
"""Bytes of a file whose repeated texts are held once: as text, each cell takes 8 bytes beside its letters."""

_SAMPLE = 2_000
_REPEATED = 0.25


def _kinds(head: str, delimiter: str, width: int) -> list[pa.DataType]:
    """Categories for the columns of few texts, by the first rows."""
    rows = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        sample = [row for row in itertools.islice(rows, 1, _SAMPLE) if len(row) == width]
    except csv.Error:
        sample = []
    few = [len(set(column)) <= _REPEATED * len(sample) for column in zip(*sample, strict=True)] or [
        False
    ] * width
    return [pa.dictionary(pa.int32(), pa.string()) if is_few else pa.large_string() for is_few in few]


_END = "end"
"""The first cell of a row added at the end if a quotation mark may be open: one that is swallows it."""

SNIFFED = 2**20
"""How many bytes are looked at to find the header."""


def _fit(head: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows are as wide as the header, and how wide; 0 if that is one cell."""
    rows = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in itertools.islice(rows, 20) if row]
    except csv.Error:
        return 0, 0
    return (widths.count(widths[0]), widths[0]) if widths and widths[0] > 1 else (0, 0)


def _width(head: str, delimiter: str, name: str) -> int:
    lines = io.StringIO(head, newline="")
    try:
        width = max(1, len(next(csv.reader(lines, delimiter=delimiter))))
    except csv.Error as error:
        raise UnreadableFile(f"the header is not readable ({error}).", file=name, row=1) from error
    if width > MAX_COLUMNS:
        raise UnreadableFile(
            f"the header has {width:,} cells; at most {MAX_COLUMNS:,} are read.", file=name, row=1
        )
    return width


def _refuse_too_many_cells(content: bytes, width: int, name: str) -> None:
    if len(content) <= MAX_CELLS:  # each cell but the last ends with a byte of its own
        return
    cells = width * max(content.count(b"\n"), content.count(b"\r") if b"\r" in content else 0)
    if cells > MAX_CELLS:
        raise UnreadableFile(
            f"the table has about {cells:,} cells; at most {MAX_CELLS:,} are read.",
            file=name,
            remedy="Divide it into several files.",
        )


def _read_csv(content: bytes, delimiter: str, kinds: Sequence[pa.DataType], name: str) -> pa.Table:
    """Text cells of all rows. Raises UnreadableFile for a row with another number of cells."""
    columns = [str(position) for position in range(len(kinds))]
    wrong: list[pacsv.InvalidRow] = []

    def note(row: pacsv.InvalidRow) -> str:
        wrong.extend([] if wrong else [row])
        return "skip"

    table = pacsv.read_csv(
        pa.BufferReader(content),
        memory_pool=pa.system_memory_pool(),
        # With threads rows do not know their numbers, a table takes up half as much again while it is read,
        # and pyarrow 26 may abort the program after a file that it refuses.
        read_options=pacsv.ReadOptions(column_names=columns, use_threads=False),
        parse_options=pacsv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=b'"' in content,
            ignore_empty_lines=False,
            invalid_row_handler=note,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict(zip(columns, kinds, strict=True)),
            strings_can_be_null=False,
            check_utf8=False,  # `as_utf8` has made sure
        ),
    )
    if wrong:
        raise UnreadableFile(
            f"the row has {wrong[0].actual_columns} cells, the header {wrong[0].expected_columns}.",
            file=name,
            row=wrong[0].number,
            remedy="Look for a missing quotation mark, or a comma within a number that is not in quotes.",
        )
    return table


def text_frame(table: pa.Table) -> pd.DataFrame:
    """The table as a frame whose text columns have the dtype `string`, or are categories."""
    text = pd.StringDtype("pyarrow")
    coded = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    frame: pd.DataFrame = table.drop_columns(coded).to_pandas(
        types_mapper={pa.string(): text, pa.large_string(): text}.get
    )
    columns = {name: _categorical(table.column(name)) for name in coded}
    return frame.assign(**columns)[table.column_names] if coded else frame


def _categorical(column: pa.ChunkedArray) -> pd.Categorical:
    """The texts that stand in the column as categories, in the order in which they first stand there."""
    encoded = column.unify_dictionaries().combine_chunks()
    codes, texts = encoded.indices.to_numpy(), encoded.dictionary.to_pylist()
    if 0 not in codes:  # the cell of the header is the first text, and mostly stands nowhere else
        codes, texts = codes - 1, texts[1:]
    return pd.Categorical.from_codes(codes, pd.Index(texts, dtype="str"))


def unique_names(header: list[str]) -> list[str]:
    """The header cells, each with its position appended where it is empty or taken."""
    names: dict[str, None] = {}
    for position, cell in enumerate(header, start=1):
        name = cell
        while not name or name in names:
            name = f"{name or 'column'} ({position})"
        names[name] = None
    return list(names)
