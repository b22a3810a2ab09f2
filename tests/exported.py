"""The figures of a view as its files have them, read by readers that are not ours."""

from __future__ import annotations

import csv as csv_reader
import io
import json
import math
from collections.abc import Iterator
from typing import Any

import openpyxl

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.exports import csv, xlsx
from dashboard.exports import json as json_export
from dashboard.exports.choices import Choices
from dashboard.snapshot import Stamp

STAMP = Stamp("ab" * 32, "cd" * 32)
ON = Choices(made="2026-03-31")

Columns = dict[str, list[Any]]


def unlike_files(view: View, *, workbook: bool = True) -> Iterator[str]:
    """Columns of the CSV, the JSON and the workbook of a view that are not those of the table on screen."""
    if view.chart is None:
        return
    wanted = _on_screen(view.chart)
    read = {"json": _json(view), "csv": _csv(view)}
    if workbook:
        read["xlsx"] = _xlsx(view, list(wanted))
    for kind, found in read.items():
        if list(found) != list(wanted):
            yield f"{kind}: the columns are {list(found)}"
            continue
        for name, cells in wanted.items():
            own = found[name]
            same = len(own) == len(cells) and all(map(_SAME[kind], own, cells))
            if not same:
                yield f"{kind}: {name} is {own[:5]}, not {cells[:5]}"


def _on_screen(chart: Chart) -> Columns:
    """The table as the page shows it; what is missing is None."""
    return {str(name): [_plain(value) for value in chart.table[name].tolist()] for name in chart.table}


def _plain(value: Any) -> Any:
    missing = value is None or type(value).__name__ in ("NAType", "NaTType")
    return None if missing or (isinstance(value, float) and math.isnan(value)) else value


def _json(view: View) -> Columns:
    lines = json.loads(json_export.export(view, STAMP, ON))["figures"]
    assert view.chart is not None
    return {str(name): [line[name] for line in lines] for name in view.chart.table}


def _csv(view: View) -> Columns:
    text = csv.export(view, STAMP, ON).decode("utf-8-sig")
    head, *rows = csv_reader.reader(io.StringIO(text, newline=""))
    columns = {name: [row[place] for row in rows] for place, name in enumerate(head)}
    assert set(columns.pop("data_version")) <= {STAMP.data}
    assert set(columns.pop("documents_version")) <= {STAMP.documents}
    return columns


def _xlsx(view: View, names: list[str]) -> Columns:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.export(view, STAMP, ON)), read_only=True)
    head, *rows = book["figures"].iter_rows(values_only=True)
    assert [str(label).partition(" (")[0] for label in head] == names
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _same_in_csv(text: str, value: Any) -> bool:
    """A text that a program for tables would take for a formula has an apostrophe in front."""
    if value is None:
        return text == ""
    if isinstance(value, bool):
        return text == str(value)
    if isinstance(value, int | float):
        return float(text) == value
    return text in (str(value), f"'{value}")


def _same_in_workbook(cell: Any, value: Any) -> bool:
    """A workbook keeps 16 digits of a number; a text that is empty is no cell."""
    if isinstance(value, float):
        return isinstance(cell, int | float) and math.isclose(cell, value, rel_tol=1e-15)
    return (cell or None) == (value or None)


_SAME = {
    "json": lambda found, value: type(found) is type(value) and found == value,
    "csv": _same_in_csv,
    "xlsx": _same_in_workbook,
}
