"""What a text prints about itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Day
from typing import NamedTuple

from loaders.articles.folding import custom_of
from loaders.articles.passages import Paragraph
from loaders.articles.records import Citation


class Printed(NamedTuple):
    """What a file says about its text apart from it."""

    title: str = ""


def citation_of(text: str, folded: str, listed: Sequence[Paragraph], printed: Printed | None) -> Citation:
    return Citation(language=custom_of(folded).language)


def day_of(citation: Citation) -> Day | None:
    return None
