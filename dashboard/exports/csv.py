"""The figures of a chart as CSV, for a person's spreadsheet."""

from __future__ import annotations

import codecs

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.exports.about import Fact, about_file
from dashboard.exports.choices import USUAL, Choices
from dashboard.snapshot import Stamp
from loaders.csv_text import spreadsheet_csv

NAME = "csv"
LABEL = "CSV"
SUFFIX = ".csv"
MIME = "text/csv"


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """Exactly what is shown, with source columns and the versions of data and documents in every line.

    UTF-8 with a byte order mark, by which spreadsheets know it. Where it is asked for, lines that begin with
    # come first and say what the figures are. Empty for a view without a chart.
    """
    if view.chart is None:
        return b""
    head = _comments(about_file(view, view.chart, stamp, choices, SUFFIX)) if choices.about else ""
    return codecs.BOM_UTF8 + (head + chart_csv(view.chart, stamp)).encode()


def _comments(facts: list[Fact]) -> str:
    lines = (" ".join(f"{label}: {text}".split()) for label, text in facts)
    return "".join(f"# {line}\n" for line in lines)


def chart_csv(chart: Chart, stamp: Stamp) -> str:
    """The table of a chart as text."""
    versions = {"data_version": stamp.data, "documents_version": stamp.documents}
    return spreadsheet_csv(chart.table.assign(**{name: text for name, text in versions.items() if text}))
