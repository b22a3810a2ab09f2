"""A chart as slides, native and editable where PowerPoint has such a chart."""

from __future__ import annotations

from dashboard.charts.view import View
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.office import OFFICE
from dashboard.snapshot import Stamp

NAME = "pptx"
LABEL = "PowerPoint"
SUFFIX = ".pptx"
MIME = f"{OFFICE}.presentationml.presentation"


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """A slide with the finding as its title; other kinds as picture and table. Empty without a chart."""
    # Imported where it is used: it takes as long to load as a short command.
    from dashboard.exports.slides.presentation import slides

    return slides(view, view.chart, stamp, choices) if view.chart else b""
