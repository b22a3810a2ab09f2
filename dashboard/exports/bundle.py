"""A chart and all that belongs to it in one archive."""

from __future__ import annotations

from dashboard.charts.view import View
from dashboard.exports.choices import USUAL, Choices
from dashboard.snapshot import Stamp

NAME = "bundle"
LABEL = "Everything in a zip"
SUFFIX = ".zip"
MIME = "application/zip"


def export(view: View, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The archive: the same bytes from the same view, choices and day. Empty without a chart."""
    # Imported where it is used: it brings all formats that are read, which no page needs.
    from dashboard.exports.bundle_archive import bundle_archive

    return bundle_archive(view, view.chart, stamp, choices, SUFFIX) if view.chart else b""
