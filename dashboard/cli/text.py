"""Tables as text that fits the terminal."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.cli.terminal import seen
from loaders.csv_text import csv_text, spreadsheet_csv
from loaders.text import count

CLAIM_FIELDS = [
    *("id", "mineral", "place", "measure", "kind", "value", "unit", "basis", "class"),
    *("modality", "status", "printed", "chain", "source", "part_of"),
]
OBSERVATION_FIELDS = [
    *("dataset", "edition", "mineral", "detail", "place", "measure", "year", "value", "lower", "upper"),
    *("unit", "basis", "class", "status", "printed_value", "printed_unit", "printed_name"),
    *("note", "file", "row", "correction", "partner"),
]

ARROW = " -> "
"""Between the links of a chain of attribution, from who said it first to the document."""

COMPUTED = 4
"""Digits of a computed number in a window; JSON and CSV have all of them."""
_COMPUTED = ("share", "ratio", "weight")

LINE_WIDTH = 100
_WIDEST = 200
NARROWEST = 16
_GAP = "  "
INDENT = "    "

DISPENSABLE = (
    *("rows", "precision"),
    *("part_of", "source", "class", "basis", "file", "row", "note", "printed_name", "printed_unit"),
    *("modality", "status", "dataset", "kind", "chain", "detail", "place", "mineral", "measure"),
    *("ratio", "evidence_value"),
)
"""Fields that a narrow window goes without, in this order."""


# Tables ---------------------------------------------------------------------------------------------


def table_json(table: pd.DataFrame) -> str:
    """One array with an object per row, a row per line; a missing value is null, a tuple an array."""
    columns = [_values(table[name]) for name in table.columns]
    rows = [dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True)]
    lines = [json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def table_csv(table: pd.DataFrame, exact: bool = False) -> str:
    """Comma-separated rows under a header; a missing value is an empty cell, a tuple a chain.

    A text like a formula gets an apostrophe in front, so that it stays a text in a spreadsheet; not if every
    cell is to be `exact`, as a program wants it.
    """
    joined = {name: table[name].map(_joined) for name in table.columns if table[name].dtype == object}
    return (csv_text if exact else spreadsheet_csv)(table.assign(**joined))


def table_text(table: pd.DataFrame, width: int, thing: str = "row") -> str:
    """Aligned columns that fit into `width` characters; below them how many rows, or other things, there are.

    Fields that are empty in all rows are left out, fields that are the same in all rows stand above
    the table. Long texts are cut; what does not fit even then is named below the table.
    """
    columns = [_column(table[name]) for name in table.columns]
    filled = [column for column in columns if any(column.cells) or table.empty]
    same = [column for column in filled if len(table) > 1 and len(set(column.cells)) == 1]
    shown, hidden = _fit([column for column in filled if column not in same], width)
    cut = any(len(cell) > column.width for column in shown for cell in column.cells)
    below = _below(count(len(table), thing), hidden, cut)
    lines = [*_above(same, width), *_lines(shown), "", *_wrap(below, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


@dataclass(frozen=True)
class _Column:
    name: str
    cells: tuple[str, ...]
    right: bool
    width: int

    @property
    def fixed(self) -> bool:
        """Whether cutting would spoil it: numbers, ids."""
        return self.right or self.name in ("id", "claim")

    def cut(self, width: int) -> _Column:
        """The same column, no wider than this."""
        return self if self.fixed else replace(self, width=min(self.width, width))

    def line(self, text: str) -> str:
        cut = text if len(text) <= self.width else text[: self.width - 1] + "…"
        return cut.rjust(self.width) if self.right else cut.ljust(self.width)


def _column(series: pd.Series) -> _Column:
    name, values = str(series.name), _values(series)
    right = pd.api.types.is_numeric_dtype(series)
    if name.endswith("year"):
        cells = tuple("" if value is None else f"{value:.0f}" if right else str(value) for value in values)
    else:
        cells = tuple(_cell(value, COMPUTED if name in _COMPUTED else 15) for value in values)
    longest = max(map(len, (*cells, name)))
    return _Column(name, cells, right, longest if right else min(longest, _WIDEST))


def _values(series: pd.Series) -> list[object]:
    pairs = zip(series.tolist(), series.isna().tolist(), strict=True)
    return [None if missing else value for value, missing in pairs]


def _joined(value: object) -> object:
    return ARROW.join(value) if isinstance(value, tuple) else value


def _cell(value: object, digits: int = 15) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.{digits}g}"
    return seen(" ".join(str(_joined(value)).split()))


def _fit(columns: Sequence[_Column], width: int) -> tuple[list[_Column], list[_Column]]:
    """The columns that fit, texts cut where needed, and those that do not."""
    shown, hidden = list(columns), []
    while len(shown) > 1 and _total([column.cut(NARROWEST) for column in shown]) > width:
        hidden.append(min(shown, key=_worth))
        shown.remove(hidden[-1])
    while _total(shown) > width and any(column.cut(NARROWEST) != column for column in shown):
        place = max(range(len(shown)), key=lambda i: 0 if shown[i].fixed else shown[i].width)
        shown[place] = shown[place].cut(shown[place].width - 1)
    return shown, [column for column in columns if column in hidden]


def _worth(column: _Column) -> int:
    return DISPENSABLE.index(column.name) if column.name in DISPENSABLE else len(DISPENSABLE)


def _total(columns: Sequence[_Column]) -> int:
    return sum(column.width for column in columns) + len(_GAP) * (len(columns) - 1)


def _above(same: Sequence[_Column], width: int) -> list[str]:
    if not same:
        return []
    facts = ", ".join(f"{column.name} {column.cells[0]}" for column in same)
    return [*_wrap(f"In every row: {facts}", width), ""]


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, min(width, LINE_WIDTH))


def _lines(columns: Sequence[_Column]) -> list[str]:
    head = [_GAP.join(column.line(column.name) for column in columns)]
    rule = [_GAP.join("-" * column.width for column in columns)]
    rows = zip(*([column.line(cell) for cell in column.cells] for column in columns), strict=True)
    return [*head, *rule, *map(_GAP.join, rows)] if columns else []


def _below(rows: str, hidden: Sequence[_Column], cut: bool) -> str:
    if not hidden:
        return f"{rows}. What ends with … is cut: see --format csv." if cut else f"{rows}."
    names = ", ".join(column.name for column in hidden)
    return f"{rows}. No room for {names}: see --format csv."


def wrapped(line: str, width: int) -> str:
    """A line as it fits into `width` characters, all but the first one indented."""
    return textwrap.fill(
        line, width, subsequent_indent=INDENT, break_long_words=False, break_on_hyphens=False
    )
