"""The figures of a chart as CSV, for a person's spreadsheet."""

from __future__ import annotations

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.snapshot import Stamp
from loaders.csv_text import spreadsheet_csv

NAME = "csv"
LABEL = "CSV"
SUFFIX = ".csv"
MIME = "text/csv"


def export(view: View, stamp: Stamp) -> bytes:
    """Exactly what is shown, with source columns and the versions in every line; nothing without a chart."""
    return csv_text(view.chart, stamp).encode() if view.chart else b""


def csv_text(chart: Chart, stamp: Stamp) -> str:
    """The table of a chart with the versions of data and documents in every line."""
    versions = {"data_version": stamp.data, "documents_version": stamp.documents}
    return spreadsheet_csv(chart.table.assign(**{name: text for name, text in versions.items() if text}))
