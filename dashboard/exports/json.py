"""A chart as JSON: one object, with what it is about and its figures."""

from __future__ import annotations

import json
import math
from typing import Any

import pandas as pd

from dashboard.charts.view import View
from dashboard.exports.about import about_file
from dashboard.exports.choices import USUAL, Choices
from dashboard.snapshot import Stamp

NAME = "json"
LABEL = "JSON"
SUFFIX = ".json"
MIME = "application/json"


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """`about`, by label, and `figures`, a list with an object for each line of the table.

    A number that is not there is null; every text is as it is. Empty for a view without a chart.
    """
    if view.chart is None:
        return b""
    told: dict[str, list[str]] = {}
    for label, text in about_file(view, view.chart, stamp, choices, SUFFIX):
        told.setdefault(label, []).append(text)
    found = {
        "about": {label: texts[0] if len(texts) == 1 else texts for label, texts in told.items()},
        "figures": figure_records(view.chart.table),
    }
    return (json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode(errors="replace")


def figure_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The lines of a table by name of column, with numbers, truths, texts and nothing."""
    columns = [[plain_value(value) for value in table[name].tolist()] for name in table.columns]
    names = [str(name) for name in table.columns]
    return [dict(zip(names, line, strict=True)) for line in zip(*columns, strict=True)]


def plain_value(value: Any) -> str | int | float | bool | None:
    """A value of a table as JSON and workbooks know it; what is missing is None."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value)
