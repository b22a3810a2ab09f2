"""Tables of a spreadsheet that stand side by side."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from loaders.files.appearance import column_letters
from loaders.files.table import HeadRow, RawTable
from loaders.names import known_mineral, known_place
from loaders.spreadsheets.flags import holds_number
from loaders.spreadsheets.headers import named_column
from loaders.spreadsheets.heads import filled_cells, texts_below, under
from loaders.values import clean


def divided_into_panels(raw: RawTable) -> list[RawTable]:
    """The tables side by side: one for each column of places, or of minerals, that has its own numbers."""
    starts = [] if raw.frame.empty else _panel_starts(raw)  # a header again and again has no rows between
    if len(starts) < 2:
        return [raw]
    ends = [*starts[1:], raw.frame.shape[1]]
    return [_panel(raw, start, end, starts) for start, end in zip(starts, ends, strict=True)]


def _panel_starts(raw: RawTable) -> list[int]:
    """The first columns of panels."""
    numeric = [_is_numeric(raw, place) for place in range(raw.frame.shape[1])]
    keys = _keys(raw)
    starts = [0]
    for before, key in itertools.pairwise(keys):
        between = [place for place in range(before + 1, key) if numeric[place]]
        end = next((place for place in keys if place > key), len(numeric))
        if between and any(numeric[key + 1 : end]):
            starts.append(between[-1] + 1)
    return starts


def _keys(raw: RawTable) -> list[int]:
    """The columns that hold places, each other ones than the one before; else those that hold minerals.

    A column of partners goes with the places before it.
    """
    width = range(raw.frame.shape[1])
    texts = [texts_below(raw.frame.iloc[:, place]) for place in width]
    called = [_called(raw, place, texts[place]) for place in width]
    places = [
        place
        for place in width
        if called[place] == "place"
        or (called[place] != "partner" and _mostly(known_place(text, "any").place for text in texts[place]))
    ]
    if len(places) > 1:
        return places
    minerals = [
        place
        for place in width
        if called[place] == "mineral" or _mostly(known_mineral(text, "any") for text in texts[place])
    ]
    return minerals if len(minerals) > 1 else places


def _called(raw: RawTable, place: int, texts: Sequence[str]) -> str | None:
    """Our column that the header of a column of words names, however few of its words are known."""
    words = [text for text in texts if not holds_number(text)]
    return named_column(raw.head[-1].cells[place]) if words and len(words) * 2 > len(texts) else None


def _mostly(known: Iterable[str | None]) -> bool:
    """Whether more than half of the texts are known."""
    found = [bool(name) for name in known]
    return sum(found) * 2 > len(found)


def _is_numeric(raw: RawTable, place: int) -> bool:
    texts = texts_below(raw.frame.iloc[:, place])
    return sum(map(holds_number, texts)) * 2 > len(texts)


def _panel(raw: RawTable, start: int, end: int, starts: Sequence[int]) -> RawTable:
    """The columns from `start` on, with the titles above them; a title above the first holds for all."""
    while end > start + 1 and _is_blank_column(raw, end - 1):
        end -= 1
    while start < end - 1 and _is_blank_column(raw, start):
        start += 1
    titles = raw.head[: -raw.header_rows]
    own = [_restricted(row, start, end, starts) for row in titles]
    header = [row._replace(cells=row.cells[start:end]) for row in raw.head[-raw.header_rows :]]
    while len(header) > 1 and len(set(map(clean, header[0].cells))) == 1:
        own.append(header.pop(0))  # what stands above a whole panel is its title
    numbers = None if raw.numbers is None else raw.numbers.iloc[:, start:end]
    name = f"columns {letters(start)} to {letters(end - 1)}"
    sheet = raw.sheet if start < starts[1] else f"{raw.sheet}, {name}" if raw.sheet else name
    part = replace(raw, head=(*own, *header), numbers=numbers, sheet=sheet, left=raw.left + start)
    return under(part, raw.frame.iloc[:, start:end], len(header))


def _is_blank_column(raw: RawTable, place: int) -> bool:
    return not raw.head[-1].cells[place] and not filled_cells(raw.frame.iloc[:, place].tolist())


def _restricted(row: HeadRow, start: int, end: int, starts: Sequence[int]) -> HeadRow:
    if len(starts) > 1 and not any(text.strip() for text in row.cells[starts[1] :]):
        start, end = 0, end - start
    return row._replace(cells=(row.cells[start:end] + ("",) * (end - start))[: end - start])


def letters(place: int) -> str:
    """The letters of a column that a spreadsheet shows; the first one has the place 0."""
    return column_letters(place + 1)
