"""The archive of a chart and all that belongs to it: pictures, a data package, citations, a README."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from dashboard.exports import png, svg
from dashboard.exports.about import PROGRAM, Fact, about_file
from dashboard.exports.choices import Choices
from dashboard.exports.citations import all_bibtex, all_csl, all_ris
from dashboard.exports.claims_ld import claims_json_ld
from dashboard.exports.json import plain_value
from dashboard.exports.office import FIRST_DATE
from dashboard.exports.redistribution import (
    edition_reports,
    packed_edition,
    seed_files,
    withheld_sources,
    without_sources,
)
from dashboard.snapshot import Stamp
from loaders.csv_text import csv_text
from loaders.formats.datapackage import PROFILE, licence_record, may_be_passed_on
from loaders.intake.sorting import DOCUMENT_FILES, EDITIONS
from loaders.model import NOT_STATED, Document, Source
from loaders.store import Installed
from loaders.text import slug
from loaders.vocabulary import MarkState, Status

_PARTS = {
    "chart.png": "the chart as a picture",
    "chart.svg": "the chart as a drawing, of which the letters are text",
    "figures.csv": "the figures that are drawn, one line each, with the source of each",
    "datapackage.json": "what the columns of figures.csv are: a Frictionless Data Package, version 2",
    "citations.bib": "the sources for BibTeX",
    "citations.ris": "the sources for EndNote, Zotero and others",
    "citations.json": "the sources for programs that read CSL",
    "claims.jsonld": "the statements of documents, each with who said it and where, as schema.org has it",
    "reports.json": "each edition: the files that it was read from, their hashes, what the reader reported",
}
_OF_EDITION = "all figures of the edition, as “minerals add” takes them in again"
_OF_DOCUMENT = "the figures and events that the document states, as “minerals add” takes them in again"


def bundle_archive(view: View, chart: Chart, stamp: Stamp, choices: Choices, suffix: str) -> bytes:
    """The archive of a view with a chart: the same bytes from the same view, choices and day.

    Rows that a licence does not let pass to others are left out of the data and named.
    """
    facts = about_file(view, chart, stamp, choices, suffix)
    withheld = withheld_sources(view.sources)
    figures = without_sources(chart.table, withheld)
    table = csv_text(figures).encode()
    name, told = slug(chart.name) or "chart", f"{chart.subtitle} {chart.source} {stamp.words}".strip()
    resources = [described_table("figures", "figures.csv", figures, table)]
    descriptor = described_package((name, chart.title, told), stamp, view.sources, resources)
    parts = {
        "chart.png": png.export(view, stamp, choices),
        "chart.svg": svg.export(view, stamp, choices),
        "figures.csv": table,
        "datapackage.json": descriptor,
        "citations.bib": all_bibtex(view.sources).encode(),
        "citations.ris": all_ris(view.sources).encode(),
        "citations.json": all_csl(view.sources).encode(),
        "claims.jsonld": claims_json_ld(view.records.documents, stated_claims(view, chart)).encode(),
        "reports.json": edition_reports(view.records.editions).encode(),
    }
    parts = {name: part for name, part in parts.items() if part}
    packed = taken_in_again(view.records.editions, view.records.documents)
    readme = _readme(facts, [*parts], [*packed], withheld)
    return zipped({"README.txt": readme.encode(), **parts, **packed})


def taken_in_again(editions: Iterable[Installed], documents: Iterable[Document]) -> dict[str, bytes]:
    """What “minerals add” takes in: editions whose licence lets them pass, and what documents state."""
    packed = {
        f"{EDITIONS}/{item.dataset.id}-{item.edition.edition}/{name}": part
        for item in editions
        if may_be_passed_on(item.dataset.licence)
        for name, part in packed_edition(item).items()
    }
    return packed | {f"{DOCUMENT_FILES}/{name}": part for name, part in seed_files(documents).items()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive of the parts, with nothing in it of when and where it was made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, FIRST_DATE)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, wherever it is written
            info.external_attr = 0o644 << 16
            archive.writestr(info, part)
    return content.getvalue()


_STORED = (".zip", ".png", ".pdf")
"""Parts that are as small as they get."""


def stated_claims(view: View, chart: Chart) -> list[str]:
    """The ids of what is drawn, and of what is on the cards."""
    drawn = list(chart.table["id"].unique()) if "id" in chart.table else []
    return [*map(str, drawn), *(card.id for card in view.cards)]


def _readme(facts: list[Fact], parts: list[str], packed: list[str], withheld: Sequence[Source]) -> str:
    """What the archive is of and what is in it; what is not in it, and why."""
    told = [
        *(f"{name}: {_PARTS[name]}" for name in parts),
        *told_again(packed),
    ]
    said = [f"{label}: {text}" for label, text in facts]
    return "\n".join([*said, "", "What is in this archive", "", *told, *withheld_lines(withheld), ""])


def told_again(packed: Iterable[str]) -> list[str]:
    """A line for each edition and document in an archive."""
    editions = sorted({str(PurePosixPath(name).parent) for name in packed if name.startswith(f"{EDITIONS}/")})
    documents = [name for name in packed if name.startswith(f"{DOCUMENT_FILES}/")]
    return [
        *(f"{name}: {_OF_EDITION}" for name in editions),
        *(f"{name}: {_OF_DOCUMENT}" for name in documents),
    ]


def withheld_lines(withheld: Sequence[Source]) -> list[str]:
    """The lines that name what may not pass; none where all may."""
    if not withheld:
        return []
    why = "Left out of the data, since their licence does not let them pass to others"
    return ["", why, "", *(f"{source.citation} Licence: {source.licence}." for source in withheld)]


def described_package(
    named: tuple[str, str, str], stamp: Stamp, sources: Sequence[Source], resources: list[dict[str, Any]]
) -> bytes:
    """The file that says what tables are: of a Frictionless Data Package, version 2.

    `named` is its name, its title and its description.
    """
    licences = dict.fromkeys(source.licence for source in sources if source.licence != NOT_STATED)
    name, title, description = named
    descriptor = {
        "$schema": PROFILE,
        "name": name,
        "title": title,
        "description": description,
        "version": stamp.data[:8],
        **({"licenses": [licence_record(text) for text in licences]} if licences else {}),
        "contributors": [{"title": PROGRAM, "roles": ["wrangler"]}],
        "sources": [_source(source) for source in sources],
        "resources": resources,
    }
    return (json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n").encode()


def described_table(name: str, path: str, table: pd.DataFrame, content: bytes) -> dict[str, Any]:
    """What a table is, of which the file at a path of the archive has this content."""
    return {
        "name": name,
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(str(column), table[column]) for column in table.columns],
            "missingValues": [""],
        },
    }


def _source(source: Source) -> dict[str, str]:
    path = {"path": source.address} if source.address != NOT_STATED else {}
    edition = {"version": source.edition} if source.edition != NOT_STATED else {}
    return {"title": source.citation, **path, **edition}


_DESCRIBED = {
    "value": "The number, in the unit of its line; empty where there is none: see status",
    "lower": "Lower bound where there is no exact number, in the unit of its line",
    "upper": "Upper bound where there is no exact number, in the unit of its line",
    "unit": "t: metric tons; 1: a fraction or a ratio; rank: a place in an order; others by name",
    "printed": "What the source prints, letter by letter",
    "printed_unit": "The unit that the source prints",
    "share": "A fraction of the total; share_in_words says where it is only a bound",
    "status": "How the value came to be, or why there is none",
    "where": "File and row, or paragraph, that the figure stands in",
}
_ENUMERATED = {"status": [*(term.label for term in Status), MarkState.WORD.label]}


def _field(name: str, column: pd.Series) -> dict[str, Any]:
    """The type of a column, by its values; what its values mean, and which there can be."""
    told = {"description": _DESCRIBED[name]} if name in _DESCRIBED else {}
    allowed = {"constraints": {"enum": _ENUMERATED[name]}} if name in _ENUMERATED else {}
    return {"name": name, **_type(column), **told, **allowed}


def _type(column: pd.Series) -> dict[str, Any]:
    values = [value for value in map(plain_value, column.tolist()) if value is not None]
    kinds = {type(value) for value in values}
    if values and kinds == {bool}:
        return {"type": "boolean", "trueValues": ["True"], "falseValues": ["False"]}
    if values and kinds <= {int, float}:
        return {"type": "integer" if kinds == {int} else "number"}
    return {"type": "string"}
