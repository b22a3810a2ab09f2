"""Where the tables of a sheet lie: heads, groups above a head, panels side by side, blocks below each other.

Publishers' own formats are read as they lie; this is for spreadsheets whose columns are mapped to ours.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from loaders.columns import is_blank, written_out
from loaders.files.table import HeadRow, NumberCell, RawTable
from loaders.names import read_minerals, read_places
from loaders.spreadsheets.flags import holds_number
from loaders.spreadsheets.headers import kinds_said, named_column
from loaders.spreadsheets.heads import filled_cells, texts_below, under
from loaders.spreadsheets.panels import divided_into_panels
from loaders.spreadsheets.years import is_span, is_year, years_of_data
from loaders.units import known_unit
from loaders.values import clean

_MAX_TITLES = 20
"""Rows above a header that are looked at."""


def laid_out(tables: Sequence[RawTable]) -> list[RawTable]:
    """The tables of spreadsheets, each with its own head: a sheet with several of them becomes several.

    The first table of a sheet keeps the sheet's name; those of others say which columns or rows they are.
    """
    return [part for raw in tables for part in _parts(raw)]


def _parts(raw: RawTable) -> list[RawTable]:
    if raw.document is not None or not raw.head or not raw.frame.shape[1]:
        return [raw]
    raw = _with_head_below_titles(replace(raw, frame=written_out(raw.frame)))
    if raw.header_rows > 1:
        raw = under(raw, raw.frame, raw.header_rows)  # with years that are merged over several columns
    elif _is_headless(raw):
        raw = _without_head(raw)
    raw = _with_units_below(_with_groups(raw))
    return [panel for block in _blocks(raw) for panel in divided_into_panels(block)]


# The head -------------------------------------------------------------------------------------------------


def _with_head_below_titles(raw: RawTable) -> RawTable:
    """The table with the first row that is at least half as full as the fullest for its header.

    A spreadsheet saved as text has title lines that are as wide as the table.
    """
    rows = raw.frame.head(_MAX_TITLES)
    if raw.header_rows == 1 and len(rows) and _names_columns(_cells(raw, 1)[0][1], raw.head[-1].cells):
        head = (*raw.head, *(HeadRow(number, cells) for number, cells in _cells(raw, 1)))
        return under(replace(raw, head=head), raw.frame.iloc[1:], 1)
    full = [filled_cells(row) for row in rows.itertuples(index=False, name=None)]
    if not full or filled_cells(raw.head[-1].cells) * 2 >= max(full) or max(full) < 2:
        return raw
    first = next(place for place, count in enumerate(full) if count * 2 >= max(full))
    moved = [HeadRow(number, cells) for number, cells in _cells(raw, first + 1) if filled_cells(cells)]
    return under(replace(raw, head=(*raw.head, *moved)), raw.frame.iloc[first + 1 :], 1)


def _names_columns(cells: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a row is a header, and the one above it groups of columns: that one names no key."""
    words = [clean(text) for text in cells if text.strip()]
    keys = [text for text in words if named_column(text) in ("place", "mineral")]
    if not keys or len(words) < 2 or any(named_column(clean(text)) for text in above):
        return False
    return all(is_year(text) or named_column(text) or kinds_said(text) - {"place"} for text in words)


def _cells(raw: RawTable, rows: int) -> list[tuple[int, tuple[str, ...]]]:
    """The numbers and cells of the first rows of the body; cells that hold a number are marked as such."""
    found = []
    for place in range(min(rows, len(raw.frame))):
        texts = ["" if pd.isna(text) else str(text) for text in raw.frame.iloc[place]]
        if raw.numbers is not None:
            marks = raw.numbers.iloc[place]
            texts = [NumberCell(text) if mark else text for text, mark in zip(texts, marks, strict=True)]
        found.append((int(raw.frame.index[place]), tuple(texts)))
    return found


def _is_headless(raw: RawTable) -> bool:
    """Whether the header is a row of data: a number that is no year, or what the column below it holds."""
    cells = [clean(text) for text in raw.head[-1].cells]
    if raw.header_rows > 1 or cells == [str(place) for place in range(1, len(cells) + 1)]:
        return False
    if any(map(named_column, cells)):
        return False
    if any(holds_number(text) and not is_year(text) and not is_span(text) for text in cells):
        return True
    return any(_is_one_of(text, raw.frame.iloc[:, place]) for place, text in enumerate(cells) if text)


def _is_one_of(text: str, column: pd.Series) -> bool:
    """Whether a header is a place, a mineral or a year, as all texts below it are."""
    below = texts_below(column)
    if not below:
        return False
    if is_year(text):
        return len(below) > 1 and all(map(is_year, below)) and len(set(map(len, below))) == 1
    cells = pd.Series([text, *below], dtype="string")
    for known in (read_places(cells, "any")["place"].notna(), read_minerals(cells, "any").notna()):
        if known.iloc[0] and known.mean() > 0.5 and len(below) > 1:
            return True
    return False


def _without_head(raw: RawTable) -> RawTable:
    """The table whose header is its first row of data."""
    row = raw.head[-1]
    width = len(row.cells)
    body = pd.DataFrame([[str(cell) for cell in row.cells]], columns=raw.frame.columns, dtype="string")
    body.index = pd.Index([row.number], dtype="int64")
    numbers = raw.numbers
    if numbers is not None:
        first = pd.DataFrame(
            [[isinstance(cell, NumberCell) for cell in row.cells]], index=body.index, columns=numbers.columns
        )
        numbers = pd.concat([first, numbers])
    whole = replace(raw, head=(*raw.head[:-1], HeadRow(row.number, ("",) * width)), numbers=numbers)
    return under(whole, pd.concat([body, raw.frame]), 1)


# Rows above and below the header that belong to it ----------------------------------------------------


def _with_groups(raw: RawTable) -> RawTable:
    """The table with the rows above its header that say what groups of columns are: years, measures."""
    head, rows = list(raw.head), raw.header_rows
    while len(head) > rows:
        cells = _group(head[-rows - 1].cells, head[-rows].cells)
        if cells is None:
            break
        head[-rows - 1] = head[-rows - 1]._replace(cells=cells)
        rows += 1
    return raw if rows == raw.header_rows else under(replace(raw, head=tuple(head)), raw.frame, rows)


def _group(cells: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...] | None:
    """The cells of a row that groups the columns below, each over all of its columns; None for a title."""
    if named_column(cells[0]) and clean(below[0]) in ("", clean(cells[0])):  # merged downwards
        found = _group(("", *cells[1:]), ("", *below[1:]))
        return found and (cells[0], *found[1:])
    texts = [text for text in cells if text.strip()]
    different = list(dict.fromkeys(map(clean, texts)))
    if not texts or (all(map(str.strip, cells)) and len(different) == 1):
        return None
    first = next(place for place, text in enumerate(cells) if text.strip())
    if first > 1 and any(text.strip() for text in below[1:first]):
        return cells if _is_spread(cells) else None
    if len(different) > 1 and _are_alike(different):
        return _filled(cells)
    if first == 0:
        return None
    return cells if _is_spread(cells) else _filled(cells) if _repeats(below[first:]) else None


def _are_alike(texts: Sequence[str]) -> bool:
    """Whether all say the same kind of thing: all a year, or all a measure."""
    said = [kinds_said(text) for text in texts]
    return bool(set.intersection(*said) & {"year", "measure", "mineral", "place", "status"})


def _is_spread(cells: Sequence[str]) -> bool:
    """Whether a text stands in neighbouring cells, as one that was merged over them does."""
    return any(a and a == b for a, b in itertools.pairwise(cells))


def _repeats(below: Sequence[str]) -> bool:
    names = [clean(text).casefold() for text in below if text.strip()]
    return len(set(names)) < len(names)


def _filled(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Blank cells take the text to their left."""
    filled: list[str] = []
    for text in cells:
        filled.append(text if text.strip() or not filled else filled[-1])
    return tuple(filled)


def _with_units_below(raw: RawTable) -> RawTable:
    """The table with the rows just below its header that hold units, measures or years of the columns."""
    rows = 0
    for _, cells in _cells(raw, 2):
        if not _is_level(cells):
            break
        rows += 1
    if not rows:
        return raw
    levels = [HeadRow(number, cells) for number, cells in _cells(raw, rows)]
    above = [row._replace(cells=_filled(row.cells)) for row in raw.head[-raw.header_rows :]]
    years = any(years_of_data(text) for row in levels for text in row.cells)
    head = (*raw.head[: -raw.header_rows], *(above if years else raw.head[-raw.header_rows :]), *levels)
    return under(replace(raw, head=head), raw.frame.iloc[rows:], raw.header_rows + rows)


def _is_level(cells: Sequence[str]) -> bool:
    """Whether a row says what its columns are: units or years in all cells but the first.

    That one is blank, or a unit, or the name of a column.
    """
    first, *others = [clean(text).strip("()[]") for text in cells]
    texts = [text for text in others if text]
    if not texts or (first and not _is_unit(first) and not named_column(first)):
        return False
    return all(map(_is_unit, texts)) or (len(texts) > 1 and all(map(_names_year, texts)))


def _names_year(text: str) -> bool:
    return is_year(text) or (bool(years_of_data(text)) and not holds_number(text))


def _is_unit(text: str) -> bool:
    return known_unit(text, "any") is not None and not text.isdigit()


# Tables below each other ------------------------------------------------------------------------------


def _blocks(raw: RawTable) -> list[RawTable]:
    """The tables below each other: a row that repeats the header, or names columns as it does, begins one."""
    starts = sorted({*_headers_within(raw), *_other_headers_within(raw)})
    if not starts:
        return [raw]
    ends = [*starts[1:], len(raw.frame)]
    first = _cut(raw, 0, _before_titles(raw, 0, starts[0]))
    above = [0, *(start + 1 for start in starts[:-1])]
    blocks = [_block(raw, *places, starts) for places in zip(above, starts, ends, strict=True)]
    return [first, *blocks]


def _headers_within(raw: RawTable) -> list[int]:
    """The places of rows in which the words of the header stand again."""
    words = [clean(text) for text in raw.head[-1].cells]
    marks = [
        np.asarray(raw.frame.iloc[:, place].str.strip() == text)
        for place, text in enumerate(words)
        if text and not holds_number(text)
    ]
    if marks:
        again = np.logical_and.reduce(marks)
        return [int(place) for place in np.flatnonzero(again)] if len(words) > 1 else []
    years = [place for place, text in enumerate(words) if is_year(text)]
    if len(years) < 2:
        return []
    alike = [raw.frame.iloc[:, place].str.fullmatch(r"\s*(?:19|20)\d\d\s*") for place in years]
    keyless = is_blank(raw.frame.iloc[:, 0])
    again = np.logical_and.reduce([np.asarray(mask.fillna(False), dtype=bool) for mask in alike]) & keyless
    return [int(place) for place in np.flatnonzero(again)]


def _other_headers_within(raw: RawTable) -> list[int]:
    """The places of rows in which the header of the first column stands again, and words beside it."""
    key = clean(raw.header[0].split(" | ")[0])
    if not named_column(key):
        return []
    again = np.flatnonzero((raw.frame.iloc[:, 0].str.strip() == key).fillna(False))
    rows = raw.frame.iloc[again, 1:].fillna("").itertuples(index=False, name=None)
    return [int(place) for place, cells in zip(again, rows, strict=True) if _is_head(cells)]


def _is_head(cells: Iterable[str]) -> bool:
    """Whether cells beside a key may be a header: words and years."""
    texts = [clean(text) for text in cells if text.strip()]
    return bool(texts) and all(is_year(text) or not holds_number(text) for text in texts)


def _before_titles(raw: RawTable, start: int, end: int) -> int:
    """Where the lines without figures begin that stand above the place `end`: titles and groups of columns.

    A title is alone in its row; what groups columns has nothing above the first one.
    """
    while end > start:
        cells = [clean(text) for text in raw.frame.iloc[end - 1].fillna("")]
        years = [text for text in cells if is_year(text)]
        if len(years) < sum(map(holds_number, cells)) or (cells[0] and filled_cells(cells) > 1):
            break
        end -= 1
    return end


def _cut(raw: RawTable, start: int, end: int) -> RawTable:
    numbers = None if raw.numbers is None else raw.numbers.iloc[start:end]
    return replace(raw, frame=raw.frame.iloc[start:end], numbers=numbers)


def _block(raw: RawTable, above: int, start: int, end: int, starts: Sequence[int]) -> RawTable:
    """The table whose header is the row at `start`; its titles stand at `above` or below it."""
    if end in starts:
        end = _before_titles(raw, start + 1, end)
    top = _before_titles(raw, above, start)
    rows = [HeadRow(*cells) for cells in _cells(_cut(raw, top, start + 1), start + 1 - top)]
    titled = any(filled_cells(row.cells) for row in rows[:-1])
    titles = _of_the_sheet(raw) if titled else raw.head[: -raw.header_rows]
    name = f"rows {raw.frame.index[start]} to {raw.frame.index[end - 1]}"
    named = replace(raw, head=(*titles, *rows), sheet=f"{raw.sheet}, {name}" if raw.sheet else name)
    return _with_units_below(_with_groups(under(named, raw.frame.iloc[start + 1 : end], 1)))


def _of_the_sheet(raw: RawTable) -> tuple[HeadRow, ...]:
    """The titles that a blank row divides from the first table: they hold for all tables of the sheet."""
    gaps = [
        place
        for place, (row, below) in enumerate(itertools.pairwise(raw.head))
        if below.number > row.number + 1
    ]
    titles = len(raw.head) - raw.header_rows
    return raw.head[: max((place + 1 for place in gaps if place < titles), default=0)]
