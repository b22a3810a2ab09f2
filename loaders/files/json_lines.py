"""JSON lines become a table of text, and a JSON document its content."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import pandas as pd
import pyarrow as pa

from loaders.columns import text_frame
from loaders.errors import UnreadableFile
from loaders.files.damage import refuse_damaged_cells
from loaders.files.encodings import as_utf8, decode, doubts_of_letters
from loaders.files.table import MAX_CELLS, MAX_COLUMNS, InputFile, RawTable, unique_names

MAX_DOCUMENT = 16 * 2**20
"""The most bytes of a JSON document that describes tables."""

MAX_TEXT = 2**20
"""Characters of a cell; Arrow reads no longer ones from CSV either."""

_BLOCK = 20_000
"""Lines that are turned into columns at a time."""


def read_json_lines(item: InputFile) -> RawTable:
    """A table of one JSON object on each line; the row numbers are those of the lines.

    Numbers keep their digits as printed. Raises UnreadableFile for a line that is no flat object.
    """
    text = as_utf8(item.content, item.name)
    columns: dict[str, None] = {}
    blocks: list[pa.Table] = []
    numbers: list[int] = []
    for start, lines in _line_blocks(text.content):
        records = _records(lines, start, item.name)
        columns |= dict.fromkeys(key for record in records for key in record)
        if len(columns) > MAX_COLUMNS or len(columns) * (len(numbers) + len(records)) > MAX_CELLS:
            raise UnreadableFile("the table has too many cells.", file=item.name, row=start)
        numbers += [start + offset for offset, line in enumerate(lines) if line.strip()]
        if records:
            blocks.append(_block(records, list(columns), item.name, numbers[-len(records) :]))
    if not columns:
        raise UnreadableFile("the file is empty.", file=item.name, remedy="Expected one object on each line.")
    frame = text_frame(pa.concat_tables(blocks, promote_options="default")).fillna("")
    frame = frame.set_axis(unique_names([str(name).strip() for name in frame.columns]), axis="columns")
    frame.index = pd.Index(numbers, dtype="int64")
    encoding, doubts = f"JSON lines, {text.encoding}", doubts_of_letters(text, item.name)
    return RawTable(item.name, frame, encoding, item.record, problems=doubts)


def _line_blocks(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines in blocks, each with the number of its first line."""
    stream = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
    number, lines = 1, []
    for line in stream:
        lines.append(line)
        if len(lines) == _BLOCK:
            yield number, lines
            number, lines = number + _BLOCK, []
    yield number, lines


def _records(lines: list[str], start: int, name: str) -> list[dict[str, Any]]:
    filled = [line for line in lines if line.strip()]
    try:
        records = _parse_json(f"[{','.join(filled)}]")
    except (ValueError, RecursionError):
        records = None
    if isinstance(records, list) and len(records) == len(filled) and all(type(r) is dict for r in records):
        return records
    for number, line in enumerate(lines, start):
        if line.strip():
            _refuse_line(line, name, number)
    raise UnreadableFile("the lines are no JSON objects.", file=name, row=start)


def _refuse_line(line: str, name: str, number: int) -> None:
    """Raise UnreadableFile if this line is what is wrong."""
    try:
        wrong = "" if type(_parse_json(line)) is dict else "it is not an object"
    except RecursionError:
        wrong = "it is nested too deeply"
    except ValueError as error:
        wrong = str(error)
    if wrong:
        raise UnreadableFile(
            f"the line cannot be read as JSON: {wrong}.",
            file=name,
            row=number,
            remedy="Expected one object on each line.",
        )


def _parse_json(text: str) -> Any:
    """The content of a JSON text, its numbers as printed."""
    return json.loads(
        text, parse_int=str, parse_float=str, parse_constant=_no_constant, object_pairs_hook=_object
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object; JSON itself leaves open which of two values of one name counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        (twice, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"the name {twice[:80]!r} stands twice in one object")
    return found


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def _block(records: list[dict[str, Any]], columns: list[str], name: str, numbers: list[int]) -> pa.Table:
    arrays = {}
    for column in columns:
        cells = [record.get(column) for record in records]
        wrong = next((i for i, cell in enumerate(cells) if not _is_cell(cell)), None)
        if wrong is not None:
            raise UnreadableFile(
                f"the cell holds a list, an object, or more than {MAX_TEXT:,} characters.",
                file=name,
                row=numbers[wrong],
                column=column,
            )
        texts = [str(cell).lower() if isinstance(cell, bool) else cell for cell in cells]
        arrays[_encoded(column, name, numbers[0])] = array = _array(texts, name, numbers, column)
        refuse_damaged_cells(array, name, numbers, column)
    return pa.table(arrays)


def _array(texts: list[str | None], name: str, numbers: list[int], column: str) -> pa.Array:
    try:
        return pa.array(texts, pa.large_string())
    except UnicodeEncodeError:
        for text, number in zip(texts, numbers, strict=True):
            _encoded(text or "", name, number, column)
        raise


def _encoded(text: str, name: str, row: int, column: str | None = None) -> str:
    """The text itself. Raises UnreadableFile if it holds an escaped half of a character, such as \\ud800."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        code = f"\\u{ord(text[error.start]):04x}"
        raise UnreadableFile(
            f"the text holds {code}, which is half a character.", file=name, row=row, column=column
        ) from error
    return text


def _is_cell(cell: Any) -> bool:
    return len(cell) <= MAX_TEXT if isinstance(cell, str) else not isinstance(cell, (list, dict))


def read_document(item: InputFile) -> RawTable:
    """A JSON object that describes the tables beside it, as a table without rows.

    Raises UnreadableFile if it is too large or no JSON object.
    """
    if len(item.content) > MAX_DOCUMENT:
        raise UnreadableFile(f"the document is larger than {MAX_DOCUMENT:,} bytes.", file=item.name)
    text, encoding = decode(item.content, item.name)
    try:
        content = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"this is not JSON ({error}).", file=item.name) from error
    if not isinstance(content, Mapping):
        raise UnreadableFile("this JSON is not an object.", file=item.name)
    return RawTable(item.name, pd.DataFrame(), encoding, item.record, document=content)


STARTS_WITH_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
