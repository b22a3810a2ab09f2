"""A chart and all that belongs to it in one archive: pictures, a data package, citations, a README."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

import pandas as pd

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.exports import png, svg
from dashboard.exports.about import PROGRAM, Fact, about_file
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.citations import all_bibtex, all_csl, all_ris
from dashboard.exports.json import plain_value
from dashboard.exports.office import FIRST_DATE
from dashboard.snapshot import Stamp
from loaders.csv_text import csv_text
from loaders.formats.datapackage import PROFILE, licence_record
from loaders.model import NOT_STATED, Source
from loaders.text import slug

NAME = "bundle"
LABEL = "Everything in a zip"
SUFFIX = ".zip"
MIME = "application/zip"

_PARTS = {
    "chart.png": "the chart as a picture",
    "chart.svg": "the chart as a drawing, of which the letters are text",
    "figures.csv": "the figures that are drawn, one line each, with the source of each",
    "datapackage.json": "what the columns of figures.csv are: a Frictionless Data Package, version 2",
    "citations.bib": "the sources for BibTeX",
    "citations.ris": "the sources for EndNote, Zotero and others",
    "citations.json": "the sources for programs that read CSL",
}


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The archive: the same bytes from the same view, choices and day. Empty without a chart."""
    if view.chart is None:
        return b""
    facts = about_file(view, view.chart, stamp, choices, SUFFIX)
    table = csv_text(view.chart.table).encode()
    descriptor = _descriptor(view, view.chart, stamp, table)
    parts = {
        "README.txt": _readme(facts).encode(),
        "chart.png": png.export(view, stamp, choices),
        "chart.svg": svg.export(view, stamp, choices),
        "figures.csv": table,
        "datapackage.json": (json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n").encode(),
        "citations.bib": all_bibtex(view.sources).encode(),
        "citations.ris": all_ris(view.sources).encode(),
        "citations.json": all_csl(view.sources).encode(),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, FIRST_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, wherever it is written
            info.external_attr = 0o644 << 16
            archive.writestr(info, part)
    return content.getvalue()


def _readme(facts: list[Fact]) -> str:
    lines = [f"{label}: {text}" for label, text in facts]
    parts = [f"{name}: {told}" for name, told in _PARTS.items()]
    return "\n".join([*lines, "", "What is in this archive", "", *parts, ""])


def _descriptor(view: View, chart: Chart, stamp: Stamp, table: bytes) -> dict[str, Any]:
    licences = dict.fromkeys(source.licence for source in view.sources if source.licence != NOT_STATED)
    return {
        "$schema": PROFILE,
        "name": slug(chart.name) or "chart",
        "title": chart.title,
        "description": f"{chart.subtitle} {chart.source} {stamp.words}".strip(),
        "version": stamp.data[:8],
        **({"licenses": [licence_record(text) for text in licences]} if licences else {}),
        "contributors": [{"title": PROGRAM, "roles": ["wrangler"]}],
        "sources": [_source(source) for source in view.sources],
        "resources": [
            {
                "name": "figures",
                "type": "table",
                "path": "figures.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(table),
                "hash": f"sha256:{hashlib.sha256(table).hexdigest()}",
                "schema": {
                    "fields": [_field(str(name), chart.table[name]) for name in chart.table.columns],
                    "missingValues": [""],
                },
            }
        ],
    }


def _source(source: Source) -> dict[str, str]:
    path = {"path": source.address} if source.address != NOT_STATED else {}
    return {"title": source.citation, **path}


def _field(name: str, column: pd.Series) -> dict[str, Any]:
    """The type of a column, by its values."""
    values = [value for value in map(plain_value, column.tolist()) if value is not None]
    kinds = {type(value) for value in values}
    if values and kinds == {bool}:
        return {"name": name, "type": "boolean", "trueValues": ["True"], "falseValues": ["False"]}
    if values and kinds <= {int, float}:
        return {"name": name, "type": "integer" if kinds == {int} else "number"}
    return {"name": name, "type": "string"}
