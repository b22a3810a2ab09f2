"""A chart as a Word document."""

from __future__ import annotations

from dashboard.charts.view import View
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.office import OFFICE
from dashboard.snapshot import Stamp

NAME = "docx"
LABEL = "Word"
SUFFIX = ".docx"
MIME = f"{OFFICE}.wordprocessingml.document"


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The picture with its alternative text, its table and what is to be known. Empty without a chart."""
    # Imported where it is used: it takes as long to load as a short command.
    from dashboard.exports.word import word_document

    return word_document(view, view.chart, stamp, choices) if view.chart else b""
