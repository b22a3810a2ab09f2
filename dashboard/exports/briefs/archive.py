"""A brief as one archive: the briefing, and of each chart the picture, the drawing and the figures."""

from __future__ import annotations

import io
import zipfile

from dashboard.briefs.told import Drawn, ToldBrief
from dashboard.exports import csv, json, png, svg
from dashboard.exports.about import about_text
from dashboard.exports.briefs import briefing_pdf
from dashboard.exports.briefs.contents import about_brief, missing_lines
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.citations import all_bibtex, all_ris
from dashboard.exports.office import FIRST_DATE
from dashboard.snapshot import Stamp
from loaders.text import file_name

NAME = "zip"
LABEL = "Charts, data and briefing, in a zip"
SUFFIX = ".zip"
MIME = "application/zip"

_FOLDERS = (("charts", png), ("charts", svg), ("data", csv), ("data", json))
_STORED = (".png", ".pdf")
"""Parts that are as small as they get."""


def export(brief: ToldBrief, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The archive: the same bytes from the same brief, data and day. Empty without a chart."""
    if not brief.drawn:
        return b""
    parts = {"README.txt": _readme(brief, stamp, choices).encode(errors="replace")}
    parts["briefing.pdf"] = briefing_pdf.export(brief, stamp, choices)
    for drawn in brief.drawn:
        for folder, kind in _FOLDERS:
            parts[f"{folder}/{_name(drawn)}{kind.SUFFIX}"] = kind.export(drawn.view, stamp, choices)
    sources = [source for source, _ in brief.sources]
    parts["citations.bib"] = all_bibtex(sources).encode(errors="replace")
    parts["citations.ris"] = all_ris(sources).encode(errors="replace")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(_info(name), part)
    return content.getvalue()


def _info(name: str) -> zipfile.ZipInfo:
    """A part with the same date, system and rights wherever and whenever it is written."""
    info = zipfile.ZipInfo(name, FIRST_DATE)
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
    info.create_system = 3  # Unix
    info.external_attr = 0o644 << 16
    return info


def _name(drawn: Drawn) -> str:
    return f"{drawn.number:02}-{file_name(drawn.chart.name)}"


def _readme(brief: ToldBrief, stamp: Stamp, choices: Choices) -> str:
    charts = [f"{_name(one)}: {one.part.title}" for one in brief.drawn]
    missing = [f"{title}: {why}" for title, why in missing_lines(brief)]
    return "\n".join(
        [
            brief.name,
            "",
            "briefing.pdf: all of it, to be read",
            "charts: each chart as a picture (PNG) and as a drawing (SVG)",
            "data: the figures of each chart, for spreadsheets (CSV) and for programs (JSON)",
            "citations.bib, citations.ris: the sources, for reference managers",
            "",
            *charts,
            *(["", "Not in it:", *missing] if missing else []),
            "",
            about_text(about_brief(brief, stamp, choices, SUFFIX)),
            "",
        ]
    )
