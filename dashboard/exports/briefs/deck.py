"""A brief as a deck: a title, a slide for each chart, its sources, and tables of what has no native chart."""

from __future__ import annotations

from dashboard.briefs.contents import ToldBrief
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.office import OFFICE
from dashboard.snapshot import Stamp

NAME = "pptx"
LABEL = "Deck, PowerPoint"
SUFFIX = ".pptx"
MIME = f"{OFFICE}.presentationml.presentation"


def export(brief: ToldBrief, stamp: Stamp, choices: Choices = USUAL) -> bytes:
    """The deck; charts are native and editable where PowerPoint has such a chart. Empty without a chart."""
    # Imported where it is used: it takes as long to load as a short command.
    from dashboard.exports.briefs.deck_slides import deck_slides

    return deck_slides(brief, stamp, choices) if brief.drawn else b""
