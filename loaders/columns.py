"""Whole columns of text at once: read each distinct text once, and share what repeats.

Text columns are Arrow arrays under pandas. A constant takes the room of one block, however long it is,
and a column that reading does not change is passed on, not copied. Where much is read from a column it is
made a column of categories first: its texts are then known, and what is read from it are categories again.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# The pool of the operating system is faster here than Arrow's own, and gives memory back.
pa.set_memory_pool(pa.system_memory_pool())

_BLOCK = 16_384
"""Rows of a constant that share their bytes, or fewer if the text is long."""

_Codes = npt.NDArray[Any]

_ROWS = 2**17
"""Rows that are worked on at a time: what is needed on the way stays small."""


def by_block(count: int, work: Callable[[slice], None]) -> None:
    """`work` on so many rows, block by block, two at a time: Arrow and NumPy work outside Python's lock."""
    blocks = [slice(start, min(start + _ROWS, count)) for start in range(0, count, _ROWS)]
    if len(blocks) < 2:
        list(map(work, blocks))
    else:
        with ThreadPoolExecutor(max_workers=2) as threads:
            list(threads.map(work, blocks))


def arrow(column: pd.Series) -> pa.ChunkedArray:
    """The column as Arrow text, without a copy if it is stored so."""
    text = column if isinstance(column.dtype, pd.StringDtype) else column.astype("string")
    return pa.chunked_array(text)


def from_arrow(text: pa.ChunkedArray, index: pd.Index) -> pd.Series:
    """A text column of dtype `string` on an index."""
    return pd.Series(pd.array(text, dtype=pd.StringDtype("pyarrow")), index=index)


def constant(text: str, index: pd.Index) -> pd.Series:
    """The same text in every row."""
    size = max(1, min(len(index), _BLOCK // (1 + len(text) // 1024)))
    whole, rest = divmod(len(index), size)
    block = pa.array([text], pa.large_string()).take(pa.nulls(size, pa.int8()).fill_null(0))
    return from_arrow(pa.chunked_array([block] * whole + [block[:rest]], pa.large_string()), index)


def distinct(column: pd.Series) -> tuple[_Codes, list[str]]:
    """The position of each row's text in the list of distinct texts; missing text is an empty one."""
    stored = column.array
    if isinstance(stored, pd.Categorical):  # its own codes: the accessor `cat` would copy them
        codes, texts = stored.codes, stored.categories.tolist()
        missing = codes.min(initial=0) < 0
        return (np.where(codes < 0, len(texts), codes), [*texts, ""]) if missing else (codes, texts)
    encoded = pc.dictionary_encode(pc.fill_null(arrow(column), "")).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0) if encoded.num_chunks else pa.array([], pa.string()).dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()


def is_category(column: pd.Series) -> bool:
    """Whether it is a column of categories."""
    return isinstance(column.dtype, pd.CategoricalDtype)


def is_constant(column: pd.Series) -> bool:
    """Whether it is a column of categories with the same text in every row."""
    stored = column.array
    return is_category(column) and len(stored.categories) == 1 and not stored.codes.any()


def categories(columns: Iterable[pd.Series]) -> list[pd.Series]:
    """Text columns as categories in the order in which they first stand there; missing text is an empty one.

    Arrow works outside Python's lock, so that two columns are read at a time.
    """
    columns = list(columns)
    if all(map(is_category, columns)):
        return columns
    with ThreadPoolExecutor(max_workers=2) as threads:
        return list(threads.map(_category, columns))


def _category(column: pd.Series) -> pd.Series:
    if is_category(column):
        return column
    codes, texts = distinct(column)
    return _coded(texts, codes, column.index)


def _coded(texts: Sequence[str | None], codes: _Codes, index: pd.Index) -> pd.Series:
    """Categories of the texts at each code; None is no category."""
    numbers, found = pd.factorize(np.array(texts, dtype=object))
    if len(found) < len(texts):
        codes = at_codes(numbers.astype(np.min_scalar_type(-len(texts) - 1)), codes)
    coded = pd.Categorical.from_codes(codes, pd.Index(found, dtype="str"))
    return pd.Series(coded, index=index, copy=False)


def one_category(text: str, index: pd.Index) -> pd.Series:
    """`constant` as a column of categories."""
    return _coded([text], np.zeros(len(index), dtype="int8"), index)


def spread(texts: Sequence[str | None], codes: _Codes, like: pd.Series) -> pd.Series:
    """The text at each code; None becomes <NA>. Text, or categories if `like` is a column of them."""
    return (_coded if is_category(like) else _written_out)(texts, codes, like.index)


def _written_out(texts: Sequence[str | None], codes: _Codes, index: pd.Index) -> pd.Series:
    if len(texts) == 1 and texts[0] is not None:
        return constant(texts[0], index)
    return from_arrow(pa.chunked_array([pa.array(texts, pa.large_string()).take(pa.array(codes))]), index)


def as_text(column: pd.Series) -> pd.Series:
    """A column of categories as text."""
    if not is_category(column):
        return column
    codes, texts = distinct(column)
    return _written_out(texts, codes, column.index)


def only(table: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Some columns of a table, in that order, without a copy."""
    columns = {name: table[name].array for name in names}
    return pd.DataFrame(columns, index=table.index, copy=False)


def without_rows(column: pd.Series, gone: npt.NDArray[np.integer]) -> Any:
    """The values of the other rows than some (positions, rising).

    A constant is not copied; where few rows go, what stands between them is put together piece by piece.
    Fractions are moved within their own memory: a column of them is used up.
    """
    stored = column.array
    if is_constant(column):
        return stored[: len(column) - len(gone)]
    if len(gone) <= _FEW:
        return _moved_up(column, gone) if column.dtype == "float64" else _put_together(column, gone)
    stays = np.ones(len(column), dtype=bool)
    stays[gone] = False
    return stored[stays]


_FEW = 100


def _moved_up(column: pd.Series, gone: npt.NDArray[np.integer]) -> Any:
    """The other numbers, in the memory of all."""
    numbers = column.to_numpy()
    numbers.flags.writeable = True  # pandas hands its arrays out as read-only
    for places, (before, end) in enumerate(itertools.pairwise([*gone, len(numbers)]), start=1):
        numbers[before + 1 - places : end - places] = numbers[before + 1 : end]
    return pd.Series(numbers[: len(numbers) - len(gone)], copy=False).array


def _put_together(column: pd.Series, gone: npt.NDArray[np.integer]) -> Any:
    """The values between those that go."""
    ends = zip([0, *(gone + 1)], [*gone, len(column)], strict=True)
    pieces = [pd.Series(column.array[start:end], copy=False) for start, end in ends]
    return pd.concat(pieces, ignore_index=True).array


def written_out(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its categories as text, and whole numbers of 64 bits."""
    return pd.DataFrame({name: _written(table[name]) for name in table}, copy=False)


def _written(column: pd.Series) -> pd.Series:
    return column.astype("int64") if column.dtype == "int32" else as_text(column)


def by_text(column: pd.Series, read: Callable[[str], str | None]) -> pd.Series:
    """`read` of each text, called once for each distinct one; the column itself if nothing changes."""
    codes, texts = distinct(column)
    results = [read(text) for text in texts]
    return column if results == texts else spread(results, codes, column)


def is_among(column: pd.Series, texts: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Where one of the texts stands."""
    wanted = set(texts)
    codes, found = distinct(column)
    return at_codes(np.array([text in wanted for text in found], dtype=bool), codes)


def at_codes(marks: _Codes, codes: _Codes) -> _Codes:
    """The mark of each row's text."""
    same = len(marks) and (marks == marks[0]).all()
    return np.full(len(codes), marks[0]) if same else marks[codes]


def is_blank(column: pd.Series) -> npt.NDArray[np.bool_]:
    """Where there is no text but white space."""
    if is_category(column):
        codes, texts = distinct(column)
        return at_codes(np.array([not text.strip() for text in texts], dtype=bool), codes)
    text = arrow(column)
    if pc.sum(pc.binary_length(text)).as_py() in (0, None):
        return np.ones(len(column), dtype=bool)
    return to_mask(pc.equal(pc.utf8_trim_whitespace(text), ""))


def has_sign(column: pd.Series, sign: str) -> bool:
    """Whether an ASCII sign stands in any text, or beside it in its block: their bytes are looked at at once.

    Text by text takes thirty times as long.
    """
    stored = (chunk.buffers()[2] for chunk in arrow(column).chunks if len(chunk))
    texts = (np.frombuffer(block, dtype="uint8") for block in stored if block)
    pieces = (text[start : start + _ROWS] for text in texts for start in range(0, len(text), _ROWS))
    return any((piece == ord(sign)).any() for piece in pieces)


def to_mask(mask: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    """An Arrow mask as a NumPy one; missing is False."""
    return np.asarray(pc.fill_null(mask, False).to_numpy(), dtype=bool)


def whole_numbers(column: pd.Series) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    """The whole numbers of up to nine digits in a text column, 0 elsewhere; and where there is one."""
    if is_category(column):
        codes, texts = distinct(column)
        numbers, known = whole_numbers(pd.Series(texts, dtype="string"))
        return numbers[codes], known[codes]
    text = pc.utf8_trim_whitespace(arrow(column))
    known = pc.match_substring_regex(text, "^[0-9]{1,9}$")
    numbers = pc.fill_null(pc.cast(pc.if_else(known, text, None), pa.int32()), 0)
    return np.asarray(numbers.to_numpy(), dtype=np.int32), to_mask(known)


def text_frame(table: pa.Table) -> pd.DataFrame:
    """The table as a frame whose text columns have the dtype `string`, or are categories."""
    text = pd.StringDtype("pyarrow")
    coded = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    plain = table.drop_columns(coded)
    if coded:  # a large table: rows are taken from one chunk far faster than from many
        plain = plain.combine_chunks()
    frame: pd.DataFrame = plain.to_pandas(types_mapper={pa.string(): text, pa.large_string(): text}.get)
    with ThreadPoolExecutor(max_workers=2) as threads:
        columns = dict(zip(coded, threads.map(_categorical, map(table.column, coded)), strict=True))
    return frame.assign(**columns)[table.column_names] if coded else frame


def distinct_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Each row once, in the order in which it first stands there: `drop_duplicates` takes twice as long."""
    rows = pa.Table.from_pandas(table, preserve_index=False)
    return text_frame(rows.group_by(rows.column_names, use_threads=False).aggregate([]))


def narrow(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of categories with the shortest codes that each of its chunks can do with."""
    return _with_codes(column, _shortest(max((len(chunk.dictionary) for chunk in column.chunks), default=0)))


def _shortest(texts: int) -> pa.DataType:
    """The kind of codes for so many texts."""
    return pa.int8() if texts < 2**7 else pa.int16() if texts < 2**15 else pa.int32()


def _with_codes(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    chunks = [
        pa.DictionaryArray.from_arrays(chunk.indices.cast(kind), chunk.dictionary, safe=False)
        for chunk in column.chunks
    ]
    return pa.chunked_array(chunks, pa.dictionary(kind, column.type.value_type))


def _categorical(column: pa.ChunkedArray) -> pd.Categorical:
    """The texts that stand in the column as categories, in the order in which they first stand there."""
    kind = _shortest(sum(len(chunk.dictionary) for chunk in column.chunks))
    column = column if column.type.index_type == kind else _with_codes(column, kind)
    encoded = column.unify_dictionaries().combine_chunks()
    codes, texts = encoded.indices.to_numpy(), encoded.dictionary.to_pylist()
    if 0 not in codes:  # the cell of the header is the first text, and mostly stands nowhere else
        codes, texts = codes - 1, texts[1:]
    return pd.Categorical.from_codes(codes, pd.Index(texts, dtype="str"))
