"""A brief as one archive: the briefing, and of each chart the picture, the drawing and the figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from dashboard.briefs.contents import Drawn, ToldBrief
from dashboard.exports import json, png, svg
from dashboard.exports.about import about_text
from dashboard.exports.briefs import briefing_pdf
from dashboard.exports.briefs.contents import about_brief, how_much, missing_lines
from dashboard.exports.bundle_archive import (
    described_package,
    described_table,
    stated_claims,
    taken_in_again,
    told_again,
    withheld_lines,
    zipped,
)
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.citations import all_bibtex, all_csl, all_ris
from dashboard.exports.claims_ld import claims_json_ld
from dashboard.exports.redistribution import edition_reports, withheld_sources, without_sources
from dashboard.snapshot import Stamp
from loaders.csv_text import csv_text
from loaders.model import Document
from loaders.store import Installed
from loaders.text import file_name, slug

NAME = "zip"
LABEL = "Charts, data and briefing, in a zip"
SUFFIX = ".zip"
MIME = "application/zip"

_CITED = (("bib", all_bibtex), ("ris", all_ris), ("json", all_csl))


def export(brief: ToldBrief, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The archive: the same bytes from the same brief, data and day. Empty without a chart.

    Rows that a licence does not let pass to others are left out of the data and named. “minerals add” takes
    the editions and documents in it in again, with equal content.
    """
    if not brief.drawn:
        return b""
    sources = [source for source, _ in brief.sources]
    documents = _once(document for one in brief.drawn for document in one.view.records.documents)
    editions = _once(edition for one in brief.drawn for edition in one.view.records.editions)
    stated = [claim for one in brief.drawn for claim in stated_claims(one.view, one.chart)]
    parts = _charts(brief, stamp, choices)
    parts |= {f"citations.{ending}": told(sources).encode(errors="replace") for ending, told in _CITED}
    parts |= {
        "claims.jsonld": claims_json_ld(documents, stated).encode(errors="replace"),
        "reports.json": edition_reports(editions).encode(errors="replace"),
        **taken_in_again(editions, documents),
    }
    parts = {name: part for name, part in parts.items() if part}
    readme = _readme(brief, stamp, choices, list(parts)).encode(errors="replace")
    return zipped({"README.txt": readme, **parts})


_Record = TypeVar("_Record", Document, Installed)


def _once(records: Iterable[_Record]) -> list[_Record]:
    """Each document or edition once; charts share them."""
    return list({record.source.id if isinstance(record, Document) else record.edition.id: record
                 for record in records}.values())  # fmt: skip


def _charts(brief: ToldBrief, stamp: Stamp, choices: Choices) -> dict[str, bytes]:
    """The briefing, each picture, drawing and table, and what the tables are."""
    parts = {"briefing.pdf": briefing_pdf.export(brief, stamp, choices)}
    tables = []
    for drawn in brief.drawn:
        name = _name(drawn)
        for kind in (png, svg):
            parts[f"charts/{name}{kind.SUFFIX}"] = kind.export(drawn.view, stamp, choices)
        figures = without_sources(drawn.chart.table, withheld_sources(drawn.view.sources))
        passing = replace(drawn.view, chart=replace(drawn.chart, table=figures))
        path = f"data/{name}.csv"
        parts |= {path: csv_text(figures).encode(), f"data/{name}.json": json.export(passing, stamp, choices)}
        tables.append(described_table(slug(name), path, figures, parts[path]))
    sources = [source for source, _ in brief.sources]
    named = slug(brief.name) or "brief", brief.name, f"{how_much(brief)}. {stamp.words}"
    parts["datapackage.json"] = described_package(named, stamp, sources, tables)
    return parts


def _name(drawn: Drawn) -> str:
    return f"{drawn.number:02}-{file_name(drawn.chart.name)}"


_TOLD = {
    "citations.bib": "citations.bib, citations.ris, citations.json: the sources, for reference managers",
    "claims.jsonld": "claims.jsonld: what documents state, each with who said it, as schema.org has it",
    "reports.json": "reports.json: each edition, the files that it was read from, what the reader reported",
}


def _readme(brief: ToldBrief, stamp: Stamp, choices: Choices, parts: list[str]) -> str:
    charts = [f"{_name(one)}: {one.part.title}" for one in brief.drawn]
    missing = [f"{title}: {why}" for title, why in missing_lines(brief)]
    return "\n".join(
        [
            brief.name,
            "",
            "briefing.pdf: all of it, to be read",
            "charts: each chart as a picture (PNG) and as a drawing (SVG)",
            "data: the figures of each chart, for spreadsheets (CSV) and for programs (JSON)",
            "datapackage.json: what the columns of the figures are (Frictionless Data Package, version 2)",
            *(told for name, told in _TOLD.items() if name in parts),
            *told_again(parts),
            "",
            *charts,
            *(["", "Not in it:", *missing] if missing else []),
            *withheld_lines(withheld_sources(source for source, _ in brief.sources)),
            "",
            about_text(about_brief(brief, stamp, choices, SUFFIX)),
            "",
        ]
    )
