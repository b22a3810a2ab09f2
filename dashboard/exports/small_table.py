"""The table of a chart for a page: the columns that a reader needs, every cell as text."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

import pandas as pd

from dashboard.charts.chart import Chart
from loaders.csv_text import spreadsheet_csv
from loaders.units import display

_READ_FIRST = (
    "figure", "name", "event", "mineral", "measure", "year", "edition", "rank", "share_in_words", "value",
    "lower", "upper", "unit", "state", "status", "printed", "date", "until",
)  # fmt: skip
MOST = 9
"""Columns that stand beside each other on a page."""
_SAME_FOR_ALL = ("mineral", "measure", "year", "unit", "edition", "status")
"""Columns that are left out where each row says the same and the subtitle says it too."""


class SmallTable(NamedTuple):
    """Names of columns, rows of text, and which columns are numbers."""

    head: list[str]
    rows: list[list[str]]
    numbers: list[bool]


DIGITS = 4
"""Digits of a computed number in a briefing; its data have all of them."""


def small_table(chart: Chart, digits: int = 10) -> SmallTable:
    """The columns that are read first, as far as they are there and say something.

    Numbers that are not whole have at most so many digits.
    """
    table = chart.table
    figures = "value" in table or "event" in table
    known = [name for name in _READ_FIRST if name in table] if figures else _in_words(list(table.columns))
    columns: dict[str, list[str]] = {}
    for name in known:
        cells = [cell_text(value, digits) for value in table[name].tolist()]
        if any(cells) and not _said_above(name, cells):
            columns[name] = cells
        if len(columns) == MOST:
            break
    if not columns:
        columns = {
            name: [cell_text(value, digits) for value in table[name].tolist()] for name in known[:MOST]
        }
    shown = list(columns)
    numbers = [name in ("value", "lower", "upper", "rank") for name in shown]
    head = [name.removesuffix("_in_words").replace("_", " ") for name in shown]
    return SmallTable(
        head, [list(row) for row in zip(*(columns[name] for name in shown), strict=True)], numbers
    )


def _in_words(columns: list[str]) -> list[str]:
    """Without the numbers that stand in words, with their bound, in a column of their own."""
    return [name for name in columns if f"{name}_in_words" not in columns]


def _said_above(name: str, cells: list[str]) -> bool:
    return name in _SAME_FOR_ALL and len(cells) > 1 and len(set(cells)) == 1 and name != "unit"


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
        return cell_text(value)
    if name in _AMOUNTS and unit:
        return display(float(str(value)), str(unit))
    if _SHARE.match(name):
        return display(float(str(value)), "1")
    return cell_text(value, SCREEN_DIGITS)


def tab_separated(chart: Chart) -> str:
    """The whole table with tabs between cells, as programs for tables paste it; no cell is a formula."""
    table = chart.table
    broken = [name for name in table.columns if any(map(_is_broken, table[name].tolist()))]
    mended = {name: table[name].replace(_BREAKS, " ", regex=True) for name in broken}
    return spreadsheet_csv(table.assign(**mended) if mended else table, separator="\t")


def _is_broken(value: object) -> bool:
    return isinstance(value, str) and ("\t" in value or "\n" in value or "\r" in value)


_BREAKS = r"[\t\r\n]+"
"""What would end a cell or a line."""
