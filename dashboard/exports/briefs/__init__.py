"""What leaves of a brief as a file. `BRIEF_EXPORTS` lists every kind; each is a module with the same face."""

from __future__ import annotations

from typing import Protocol

from dashboard.briefs.contents import ToldBrief
from dashboard.exports.briefs import archive, briefing_pdf, briefing_word, deck
from dashboard.exports.choices import USUAL, Choices
from dashboard.snapshot import Stamp


class BriefExport(Protocol):
    """One kind of file of a brief."""

    NAME: str
    LABEL: str
    SUFFIX: str
    MIME: str

    def export(self, brief: ToldBrief, stamp: Stamp, choices: Choices = USUAL) -> bytes:
        """The file of a brief; what cannot be drawn is named in it. Empty without any chart."""
        ...


BRIEF_EXPORTS: tuple[BriefExport, ...] = (briefing_pdf, briefing_word, deck, archive)
