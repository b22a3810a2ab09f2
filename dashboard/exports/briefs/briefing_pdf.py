"""A brief as a briefing of PDF: title page, findings, contents, charts with their sources, terms used."""

from __future__ import annotations

from datetime import UTC, datetime

from dashboard.briefs.contents import ToldBrief
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.office import made_on
from dashboard.snapshot import Stamp

NAME = "pdf"
LABEL = "Briefing, PDF"
SUFFIX = ".pdf"
MIME = "application/pdf"


def export(brief: ToldBrief, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The briefing: tagged, with bookmarks, alternative texts and page numbers. Empty without a chart."""
    # Imported where they are used: Typst takes as long to load as a short command.
    from dashboard.exports.briefs.briefing import briefing_code
    from dashboard.exports.typesetting import compiled

    if not brief.drawn:
        return b""
    made: datetime = made_on(choices).replace(tzinfo=UTC)
    return compiled(briefing_code(brief, stamp, choices), "pdf", made=made)
