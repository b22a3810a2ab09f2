"""A brief as a Word document: title page, findings, contents, charts with their sources, terms used."""

from __future__ import annotations

from dashboard.briefs.contents import ToldBrief
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.office import OFFICE
from dashboard.snapshot import Stamp

NAME = "docx"
LABEL = "Briefing, Word"
SUFFIX = ".docx"
MIME = f"{OFFICE}.wordprocessingml.document"


def export(brief: ToldBrief, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The briefing, with headings, bookmarks, alternative texts and page numbers. Empty without a chart."""
    # Imported where it is used: it takes as long to load as a short command.
    from dashboard.exports.briefs.word_pages import word_pages

    return word_pages(brief, stamp, choices) if brief.drawn else b""
