"""Parquet files become tables of text."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from loaders.columns import text_frame
from loaders.errors import UnreadableFile
from loaders.files.archives import MAX_UNPACKED
from loaders.files.damage import refuse_damaged_cells
from loaders.files.table import MAX_CELLS, MAX_COLUMNS, InputFile, RawTable, unique_names

_BLOCK = 20_000
"""Rows that are turned into columns at a time."""


def read_parquet(item: InputFile) -> RawTable:
    """The one table of a Parquet file; its first record is row 1.

    Raises UnreadableFile if it is damaged, nested, or larger than can be held.
    """
    try:
        file = pq.ParquetFile(io.BytesIO(item.content))
        texts = [field.name for field in file.schema_arrow if _is_text(field.type)]
        file = pq.ParquetFile(io.BytesIO(item.content), read_dictionary=texts)
        _refuse_large(item, file.metadata.num_rows, file.schema_arrow)
        blocks: list[list[pa.Array]] = []
        for block in _blocks(file, item):
            blocks.append(_text_columns(block, item, start=1 + _BLOCK * len(blocks)))
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise UnreadableFile(
            f"the Parquet file cannot be read ({error}).", file=item.name, remedy="Write it again."
        ) from error
    names = unique_names([name.strip() for name in file.schema_arrow.names])
    schema = pa.schema([(name, pa.large_string()) for name in names])
    frame = text_frame(
        pa.Table.from_batches([pa.record_batch(block, schema=schema) for block in blocks], schema)
    )
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return RawTable(item.name, frame, "Parquet", item.record)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _refuse_large(item: InputFile, rows: int, schema: pa.Schema) -> None:
    if len(schema) > MAX_COLUMNS or rows * len(schema) > MAX_CELLS:
        raise UnreadableFile(
            f"the table has {rows:,} rows and {len(schema):,} columns; at most {MAX_CELLS:,} cells are read.",
            file=item.name,
            remedy="Divide it into several files.",
        )
    nested = [field.name for field in schema if pa.types.is_nested(field.type)]
    if nested:
        raise UnreadableFile("the column holds lists or structures.", file=item.name, column=nested[0])


def _blocks(file: pq.ParquetFile, item: InputFile) -> Iterator[pa.RecordBatch]:
    """The record batches, as long as their text fits into MAX_UNPACKED."""
    left = MAX_UNPACKED
    for block in file.iter_batches(batch_size=_BLOCK):
        left -= sum(_text_size(column) for column in block.columns)
        if left < 0:
            raise UnreadableFile(f"the file unpacks to more than {MAX_UNPACKED:,} bytes.", file=item.name)
        yield block


def _text_size(column: pa.Array) -> int:
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    lengths = pc.binary_length(column.dictionary)
    return int(pc.sum(pc.take(lengths, column.indices)).as_py() or 0)


def _text_columns(block: pa.RecordBatch, item: InputFile, start: int) -> list[pa.Array]:
    """The columns of a block whose first row has the number `start`."""
    rows = range(start, start + len(block))
    found = []
    for name, column in zip(block.schema.names, block.columns, strict=True):
        found.append(_as_text(column, name, item))
        refuse_damaged_cells(found[-1], item.name, rows, name)
    return found


def _as_text(column: pa.Array, name: str, item: InputFile) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type) or pa.types.is_binary(column.type):
        raise UnreadableFile(
            f"the column holds {column.type}.",
            file=item.name,
            column=name,
            remedy="Expected text or numbers.",
        )
    text = pc.cast(column, pa.large_string())
    text.validate(full=True)
    return pc.fill_null(text, "")
