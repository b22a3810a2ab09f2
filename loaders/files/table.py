"""A file that is handed in, and a table read from it with positions."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pandas as pd

from loaders.errors import UnreadableFile
from loaders.model import SourceFile
from loaders.report import Ignored, Problem

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


@dataclass(frozen=True)
class InputFile:
    """A file's name as a person would say it, and its bytes, or where they are."""

    name: str
    source: bytes | Path = field(repr=False)

    @cached_property
    def content(self) -> bytes:
        """All bytes. Raises UnreadableFile if they cannot be read."""
        return self.source if isinstance(self.source, bytes) else read_bytes(self.source)

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
        return io.BytesIO(self.source) if isinstance(self.source, bytes) else open_binary(self.source)

    @property
    def record(self) -> SourceFile:
        """Name, SHA-256 and size."""
        return SourceFile(
            name=self.name, sha256=hashlib.sha256(self.content).hexdigest(), size=len(self.content)
        )


class NumberCell(str):
    """The text of a cell that holds a number: its point is a decimal point, whatever texts beside it have."""


class MergedCell(NumberCell):
    """The number of a merged range, in each of its cells but the first: it is printed once."""


class HeadRow(NamedTuple):
    """A row above the body of a table: its number and its cells; those of a merged range hold one text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RawTable:
    """A table as printed: every cell is text, the index is the row number that a spreadsheet shows.

    `frame` has one column per header cell, named by the stripped header; a repeated or empty header
    gets its position appended. In a text file the first data row is row 2. `above` holds the lines of
    a worksheet above its header, `head` their cells and those of the header, whose rows are the last
    `header_rows` of them; both are empty where a file says its columns in another way. A JSON
    document that describes the tables beside it has no rows, and `document` holds its content.
    `ignored` counts rows that are not in `frame`, with the reason.
    In a workbook `numbers` is true for the cells of `frame` that hold a number, not a text.
    `problems` are doubts about how it was read; `left` counts the columns of the sheet to its left. `unseen`
    says what of its numbers is hidden in the workbook, `divided` whether it shows them divided by 1000.
    In a text file `delimiter` separates the cells.
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
    head: tuple[HeadRow, ...] = field(default=(), repr=False)
    header_rows: int = 1
    problems: tuple[Problem, ...] = ()
    left: int = 0
    unseen: tuple[str, ...] = ()
    divided: str = ""
    delimiter: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        """The column names."""
        return tuple(self.frame.columns)

    @property
    def name(self) -> str:
        """The file, and the sheet if it has any."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file


def read_bytes(path: Path) -> bytes:
    with open_binary(path) as stream:
        return stream.read()


@contextmanager
def open_binary(path: Path) -> Iterator[BinaryIO]:
    """A file to read from; what the system says against it is an UnreadableFile."""
    with file_errors(path), path.open("rb") as stream:
        yield stream


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
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
