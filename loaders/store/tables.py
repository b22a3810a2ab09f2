"""The tables of editions: their canonical text, and what is read of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from loaders.columns import text_frame
from loaders.csv_text import csv_text
from loaders.errors import StoreError
from loaders.model import OBSERVATION_COLUMNS, written_columns
from loaders.store.catalogue import Catalogue, Installed
from loaders.store.copies import through_copy
from loaders.vocabulary import EUROPEAN_UNION, OF_ONE_COUNTRY


def to_csv(observations: pd.DataFrame) -> bytes:
    """The canonical text of an observation table: the same bytes from the same content."""
    return csv_text(observations[written_columns(observations)]).encode()


def from_csv(content: bytes) -> pd.DataFrame:
    """The observation table of a canonical text; columns and dtypes of `model.OBSERVATION_COLUMNS`.

    Columns of text that came into use after the text was written are empty.
    """
    return text_frame(_table(content))


def _table(content: bytes) -> pa.Table:
    try:
        table = _from_csv(content, BLOCK)
    except pa.ArrowInvalid:  # Arrow reads no line that is longer than a block
        table = _from_csv(content, min(max(BLOCK, len(content)), 2**31 - 1))
    for name in OBSERVATION_COLUMNS:
        if name not in table.column_names:
            table = table.append_column(name, pa.array([""] * len(table), _TEXT))
    return table.select(list(OBSERVATION_COLUMNS))


BLOCK = 2**20
"""Bytes of a table that are read at a time."""


def _from_csv(content: bytes, block: int) -> pa.Table:
    return pacsv.read_csv(
        pa.BufferReader(content),
        read_options=pacsv.ReadOptions(block_size=block),
        parse_options=pacsv.ParseOptions(newlines_in_values=True),
        convert_options=pacsv.ConvertOptions(
            column_types={name: _ARROW_TYPES[kind] for name, kind in OBSERVATION_COLUMNS.items()},
            null_values=[""],
            strings_can_be_null=False,
        ),
    )


_TEXT = pa.large_string()  # as pandas holds it
_ARROW_TYPES = {"string": _TEXT, "int64": pa.int64(), "float64": pa.float64()}


def read_edition(item: Installed) -> pd.DataFrame:
    """The observation table of an edition. Raises StoreError if the file is gone or was changed."""
    return read_each([item])


def _table_of(item: Installed) -> pa.Table:
    """The table of an edition; texts may be dictionaries."""
    return through_copy(item, lambda: _read_text(item))


def _read_text(item: Installed) -> pa.Table:
    try:
        content = item.path.read_bytes()
    except OSError as error:
        raise StoreError(f"the edition cannot be read ({error.strerror}).", file=str(item.path)) from error
    if hashlib.sha256(content).hexdigest() != item.edition.version:
        raise StoreError(
            "the edition's file is not the one that was installed: its hash differs.",
            file=str(item.path),
            remedy="Add the edition again from the publisher's file.",
        )
    try:
        return _table(content)
    except pa.ArrowInvalid as error:
        raise StoreError(
            "the edition's file is not a table that can be read.",
            file=str(item.path),
            remedy="Remove the edition, and add it again from the publisher's file.",
        ) from error


def read_all(found: Catalogue) -> pd.DataFrame:
    """The tables of the editions that are compared in one, in their order, without what is of an account."""
    return _in_one(map(_compared, found.editions))


def _compared(item: Installed) -> pa.Table:
    """What is compared in an edition."""
    table = _table_of(item)
    own = of_an_account(text_frame(table.select(["measure", "place"])))
    if own.any():
        return table.filter(pa.array(~own))
    _WITHOUT.add(item.edition.version)
    return table


def read_national(found: Catalogue) -> pd.DataFrame:
    """All figures of accounts: those of such datasets, and of such measures or of the Union in others."""
    rest = read_each(item for item in found.editions if item.edition.version not in _WITHOUT)
    return pd.concat([read_each(found.national), rest[of_an_account(rest)]], ignore_index=True)


_WITHOUT: set[str] = set()  # versions of editions that were read and have nothing of an account


def of_an_account(table: pd.DataFrame) -> pd.Series:
    """Which observations are of one place's own account, and compared with no other."""
    return table["measure"].isin(list(map(str, OF_ONE_COUNTRY))) | (table["place"] == EUROPEAN_UNION)


def read_each(editions: Iterable[Installed]) -> pd.DataFrame:
    """The observation tables of editions in one, in their order."""
    return _in_one(map(_table_of, editions))


def _in_one(tables: Iterable[pa.Table]) -> pd.DataFrame:
    """The tables in one, two columns at a time: Arrow works outside Python's lock."""
    every = [_NO_ROWS, *tables]
    with ThreadPoolExecutor(max_workers=2) as threads:
        columns = list(threads.map(lambda field: _in_one_piece(every, field), _NO_ROWS.schema))
    return text_frame(pa.table(columns, schema=_NO_ROWS.schema))


def _in_one_piece(tables: Iterable[pa.Table], field: pa.Field) -> pa.Array:
    """A column of the tables: to take rows of several pieces copies all of them."""
    columns = [table.column(field.name).cast(field.type) for table in tables]
    return pa.chunked_array([chunk for column in columns for chunk in column.chunks]).combine_chunks()


_NO_ROWS = pa.schema((name, _ARROW_TYPES[kind]) for name, kind in OBSERVATION_COLUMNS.items()).empty_table()
