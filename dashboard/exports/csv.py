"""The figures of a chart as CSV, for a person's spreadsheet."""

from __future__ import annotations

import codecs

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.snapshot import Stamp
from loaders.csv_text import spreadsheet_csv

NAME = "csv"
LABEL = "CSV"
SUFFIX = ".csv"
MIME = "text/csv"


def export(view: View, stamp: Stamp) -> bytes:
    """Exactly what is shown, with source columns and the versions of data and documents in every line.

    UTF-8 with a byte order mark, by which spreadsheets know it. Empty for a view without a chart.
    """
    return codecs.BOM_UTF8 + chart_csv(view.chart, stamp).encode() if view.chart else b""


def chart_csv(chart: Chart, stamp: Stamp) -> str:
    """The table of a chart as text."""
    versions = {"data_version": stamp.data, "documents_version": stamp.documents}
    return spreadsheet_csv(chart.table.assign(**{name: text for name, text in versions.items() if text}))
