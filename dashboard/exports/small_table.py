"""The table of a chart for a page: the columns that a reader needs, every cell as text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.states import state_label
from dashboard.charts.chart import Chart, Stack
from loaders.csv_text import spreadsheet_csv
from loaders.errors import UnknownName
from loaders.names import place_name
from loaders.units import display
from loaders.vocabulary import MarkState

_READ_FIRST = (
    "figure", "name", "event", "mineral", "measure", "year", "edition", "rank", "amount", "change", "share",
    "as printed", "date", "until",
)  # fmt: skip
_MOST = 9
"""Columns that stand beside each other on a page."""
_SAME_FOR_ALL = ("mineral", "measure", "year", "edition")
"""Columns that are left out where each row says the same and the subtitle says it too, or the figure does."""
_NUMBERS = ("rank", "amount", "change", "share")
"""Columns that stand at the right."""
DIGITS = 4
"""Digits of a computed number on a page; the data have all of them."""


class SmallTable(NamedTuple):
    """Names of columns, rows of text, and which columns are numbers."""

    head: list[str]
    rows: list[list[str]]
    numbers: list[bool]


def small_table(chart: Chart) -> SmallTable:
    """What a reader needs of the table of a chart: amounts in words, shares, ranks, and what is printed.

    Columns that say nothing, or what the subtitle says, are left out.
    """
    table = chart.table
    read = dict(_read_first(table, _scales(chart))) if "value" in table or "event" in table else {}
    if not read:
        names = _in_words([str(name) for name in table.columns])
        read = {name: [cell_text(value, DIGITS) for value in table[name].tolist()] for name in names}
    said = {name: cells for name, cells in read.items() if any(cells) and not _said(name, cells, read)}
    shown = dict([*(said or read).items()][:_MOST])
    head = [_head(name, table) for name in shown]
    rows = [list(row) for row in zip(*shown.values(), strict=True)]
    return SmallTable(head, rows, [name in _NUMBERS for name in shown])


def _scales(chart: Chart) -> dict[str, str]:
    """The scale of the bars of each unit: a table says "1,400 kt" where its chart does."""
    panels = chart.drawing.panels if isinstance(chart.drawing, Stack) else ()
    return {panel.unit: panel.scale for panel in panels if panel.scale}


def _read_first(table: pd.DataFrame, scales: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    made = {"amount": _amounts, "change": _changes, "share": _shares, "as printed": _as_printed}
    for name in _READ_FIRST:
        if name in made:
            yield name, made[name](table, scales)
        elif name in table:
            yield name, [cell_text(value, DIGITS) for value in table[name].tolist()]


def _amounts(table: pd.DataFrame, scales: dict[str, str]) -> list[str]:
    """Each amount as a reader says it: "44 Mt", "900 t, estimated", "more than 85 Mt", "not available"."""
    names = ("value", "lower", "upper", "unit", "state", "printed")
    cells = zip(*(_cells(table, name) for name in names), strict=True)
    return [
        _amount([_shown(end, unit, scales) for end in ends], state, printed)
        for *ends, unit, state, printed in cells
    ]


def _amount(ends: list[str], state: Any, printed: Any) -> str:
    number, least, most = ends
    if number:
        return f"{number}, estimated" if state == MarkState.ESTIMATE else number
    if least and most:
        return f"{least} to {most}"
    if least or most:
        return f"more than {least}" if least else f"less than {most}"
    if state == MarkState.WORD:
        return f"“{printed}”" if printed else "a word"
    return state_label(cell_text(state))


def _changes(table: pd.DataFrame, scales: dict[str, str]) -> list[str]:
    pairs = zip(_cells(table, "change"), _cells(table, "unit"), strict=True)
    return [
        f"{'+' if change > 0 else ''}{_shown(change, unit, scales)}" if cell_text(change) else ""
        for change, unit in pairs
    ]


def _shown(value: Any, unit: Any, scales: dict[str, str]) -> str:
    if cell_text(value) == "" or not unit:
        return cell_text(value, DIGITS)
    return display(float(value), str(unit), scales.get(unit))


def _shares(table: pd.DataFrame, _scales: dict[str, str]) -> list[str]:
    return [cell_text(text) for text in _cells(table, "share_in_words")]


def _as_printed(table: pd.DataFrame, _scales: dict[str, str]) -> list[str]:
    """What is printed, letter by letter, and the unit of what is a number."""
    pairs = zip(_cells(table, "printed"), _cells(table, "printed_unit"), strict=True)
    return [_with_unit(cell_text(printed), cell_text(unit)) for printed, unit in pairs]


def _with_unit(printed: str, unit: str) -> str:
    return f"{printed} {unit}" if unit and any(map(str.isdigit, printed)) else printed


def _cells(table: pd.DataFrame, name: str) -> list[Any]:
    return table[name].tolist() if name in table else [None] * len(table)


def _named(place: Any) -> str:
    try:
        return place_name(place) if place else ""
    except UnknownName:
        return ""


def _head(name: str, table: pd.DataFrame) -> str:
    """What a column is headed; figures that are countries, minerals or years by that."""
    if name == "figure":
        figures = table["figure"].tolist()
        same = {"country": list(map(_named, _cells(table, "place")))}
        same |= {other: [cell_text(cell) for cell in _cells(table, other)] for other in ("mineral", "year")}
        return next((other for other, cells in same.items() if cells == figures), name)
    return name.removesuffix("_in_words").replace("_", " ")


def _in_words(columns: list[str]) -> list[str]:
    """Without the numbers that stand in words, with their bound, in a column of their own."""
    return [name for name in columns if f"{name}_in_words" not in columns]


def _said(name: str, cells: list[str], read: dict[str, list[str]]) -> bool:
    """Whether the subtitle says it, for all rows have the same, or each figure does."""
    if name not in _SAME_FOR_ALL:
        return False
    figures = read.get("figure", [])
    in_figure = bool(figures) and all(
        cell.lower() in figure.lower() for cell, figure in zip(cells, figures, strict=True)
    )
    return in_figure or (len(cells) > 1 and len(set(cells)) == 1)


def cell_text(value: object, digits: int = 10) -> str:
    """A value as text: no number is empty, whole numbers have separators, others so many digits."""
    if type(value) is str:
        return "" if value in _NO_TEXT else value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        whole = abs(value) >= 10**digits or value == int(value)
        return f"{value:,.0f}" if whole else f"{value:,.{digits}g}"
    text = str(value)
    return "" if text in _NO_TEXT else text


_NO_TEXT = ("nan", "<NA>", "NaT")


# On the screen ------------------------------------------------------------------------------------------

_AMOUNTS = ("value", "lower", "upper")
_LEFT_OUT = ("id", "unit")
"""Columns of the data that say nothing to a reader: amounts stand with their unit."""
_HEADS = {
    "lower": "at least",
    "upper": "at most",
    "printed_unit": "unit as printed",
    "printed": "as printed",
    "detail": "narrowed to",
    "hhi": "HHI",
}
_SHARE = re.compile(r"^(?:share|top_\d+)$")
SCREEN_DIGITS = 3


def screen_table(chart: Chart) -> pd.DataFrame:
    """The whole table in words: amounts with their unit, shares in percent, columns by their labels.

    Columns without a word are left out. What is printed stands beside what is read; the data of the chart,
    with every digit, are in its files.
    """
    table = chart.table
    units = table["unit"].tolist() if "unit" in table else [""] * len(table)
    columns: dict[str, list[str]] = {}
    for name in _in_words([str(name) for name in table.columns]):
        cells = [
            _screen_text(name, value, unit) for value, unit in zip(table[name].tolist(), units, strict=True)
        ]
        if name not in _LEFT_OUT and any(cells):
            head = name.removesuffix("_in_words")
            columns[_HEADS.get(head, head.replace("_", " "))] = cells
    return pd.DataFrame(columns, dtype="str")


def _screen_text(name: str, value: object, unit: object) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or cell_text(value) == "":
        return state_label(cell_text(value)) if name == "state" else cell_text(value)
    if name in _AMOUNTS and unit:
        return display(float(str(value)), str(unit))
    if _SHARE.match(name):
        return display(float(str(value)), "1")
    return cell_text(value, SCREEN_DIGITS)


def tab_separated(chart: Chart) -> str:
    """What a reader needs of the table, with tabs between cells, as mails and programs for tables paste it.

    No cell is a formula, or ends its cell or line.
    """
    table = small_table(chart)
    rows = [[_BREAKS.sub(" ", cell) for cell in row] for row in table.rows]
    return spreadsheet_csv(pd.DataFrame(rows, columns=table.head, dtype="str"), separator="\t")


_BREAKS = re.compile(r"[\t\r\n]+")
