"""Charts and tables as bytes that carry their sources."""

from __future__ import annotations

from dashboard.charts import Chart


def csv_text(chart: Chart, version: str) -> str:
    """Exactly what is shown, with source columns and the version of the data in every line."""
    return chart.table.assign(data_version=version).to_csv(index=False, lineterminator="\n")
