"""Charts and tables as bytes that carry their sources."""

from __future__ import annotations

from dashboard.charts.chart import Chart
from loaders.csv_text import spreadsheet_csv


def csv_text(chart: Chart, version: str, documents: str = "") -> str:
    """Exactly what is shown, with source columns and the versions of data and documents in every line."""
    versions = {"data_version": version, **({"documents_version": documents} if documents else {})}
    return spreadsheet_csv(chart.table.assign(**versions))
