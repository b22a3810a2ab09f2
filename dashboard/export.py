"""Charts and tables as bytes that carry their sources."""

from __future__ import annotations

from dashboard.charts import Chart


def csv_text(chart: Chart, version: str, documents: str = "") -> str:
    """Exactly what is shown, with source columns and the versions of data and documents in every line."""
    versions = {"data_version": version, **({"documents_version": documents} if documents else {})}
    return chart.table.assign(**versions).to_csv(index=False, lineterminator="\n")
