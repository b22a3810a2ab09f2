"""Which tables have the columns of a mapping: all of them, or the keys and some of the columns of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from loaders.files.table import RawTable
from loaders.spreadsheets.flags import holds_number
from loaders.spreadsheets.headers import not_an_amount
from loaders.spreadsheets.heads import texts_below
from loaders.spreadsheets.mapping import Mapping, ValueColumn


def absent(mapping: Mapping, raw: RawTable) -> list[str]:
    """The headers that the mapping names and the table does not have.

    None for a table that has the keys and some of the columns of numbers, as a narrower one below another
    has, unless it holds amounts that the mapping does not know.
    """
    keys = [header for header in mapping.columns.values() if header not in raw.header]
    lacking = [column for column in mapping.values if not _has(raw, column)]
    if not keys and len(lacking) < len(mapping.values) and not (lacking and _holds_others(mapping, raw)):
        return []
    named = [name for column in lacking for name in (column.header, column.flags) if name]
    return [*keys, *(name for name in named if name not in raw.header)]


def own_columns(mapping: Mapping, raw: RawTable) -> Mapping:
    """The mapping with the columns of numbers that the table has."""
    values = tuple(column for column in mapping.values if _has(raw, column))
    return mapping if len(values) == len(mapping.values) else mapping.model_copy(update={"values": values})


def fitting(mapping: Mapping, raw: RawTable, beside: Iterable[RawTable]) -> list[RawTable]:
    """The table, and those beside it that are read with the same mapping."""
    others = [other for other in beside if other is not raw and not other.frame.empty]
    return [
        raw,
        *(other for other in others if other.sheet not in mapping.skip_sheets and not absent(mapping, other)),
    ]


def nowhere(mapping: Mapping, tables: Iterable[RawTable]) -> list[str]:
    """The columns of numbers that the mapping names and none of the tables has."""
    tables = list(tables)
    return [column.header for column in mapping.values if not any(_has(raw, column) for raw in tables)]


def _has(raw: RawTable, column: ValueColumn) -> bool:
    return column.header in raw.header and (not column.flags or column.flags in raw.header)


def _holds_others(mapping: Mapping, raw: RawTable) -> bool:
    """Whether a table has columns of amounts that the mapping does not name."""
    named = {*mapping.columns.values(), *(column.header for column in mapping.values)}
    return any(name not in named and holds_amounts(raw, name) for name in raw.header)


def holds_amounts(raw: RawTable, header: str) -> bool:
    """Whether a column holds numbers that may be amounts: no ranks, shares, or changes."""
    return not not_an_amount(header) and _are_numbers(texts_below(raw.frame[header]))


def _are_numbers(texts: Sequence[str]) -> bool:
    return sum(map(holds_number, texts)) * 2 > len(texts)
