"""Articles: a text or a file becomes candidates, events, and what was passed over.

`read_article` works offline and gives the same answer every time. It accepts nothing: each candidate waits
for a person. How a text is read:

    files, citations, publishers      the article's text, what it says about itself
    boilerplate, headlines            what is cut, and what a headline says twice
    tokens, numerals, amounts         numbers, their units, bounds, ranges and series
    names, staging                    who and what is named in each sentence
    attributions, speakers, subjects  who says so, in Chinese `chinese_speakers`
    changes, multiples, shares, sums  what a percentage, a ratio or money is
    listed                            names and amounts of lists, wholes and parts
    antecedents, turns                whom a pronoun or a short name stands for; whose turn it is to speak
    findings, ranks, moods, opinions  what kind of figure an amount is, what it measures, in what mood
    minerals, places, bases           what it is of
    directions, holders               which way a change went, and of which firm or mine a figure is
    candidates, events                what is handed to a person
    wordings, needed, first_words     the words of the rules that these ask, and where they can stand
    blocks, seeds                     what was accepted as a seed file, or why it cannot be one

The words are tables: `knowledge/article_*.csv`, one row a rule, each with an example.
"""

from __future__ import annotations

from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.articles.records import Article, Candidate, Citation, CutPiece, DatedEvent, PassedOver
from loaders.model import NOT_STATED

if TYPE_CHECKING:
    from loaders.articles.files import Opened

__all__ = [
    "Article",
    "Candidate",
    "Citation",
    "CutPiece",
    "DatedEvent",
    "PassedOver",
    "read_again",
    "read_article",
    "read_article_bytes",
]


def read_article(path_or_text: Path | str, *, date: Day | None = None) -> Article:
    """What an article states: a path is read as a file, a text as if it were pasted.

    `date` is the article's own day, where a person knows it and the text does not print it. Raises
    UnreadableFile for a file that cannot be read or a text that is too long, UnknownFormat for other files.
    """
    # Imported when an article is read: what statistics need of this package is small.
    from loaders.articles.files import check_length, open_file
    from loaders.articles.reading import read_article_text

    if isinstance(path_or_text, Path):
        return _of(open_file(path_or_text), date)
    check_length(path_or_text)
    return read_article_text(path_or_text, day=date)


def read_article_bytes(name: str, content: bytes, *, date: Day | None = None) -> Article:
    """What the bytes of a handed-in file state, as `read_article`."""
    from loaders.articles.files import open_bytes

    return _of(open_bytes(name, content), date)


def read_again(article: Article, day: Day | None, restored: CutPiece | None = None) -> Article:
    """The same article with another day of its own, or with a piece that was cut read as part of it.

    Its citation stays, as a person may have mended it.
    """
    from loaders.articles.reading import read_article_text

    spans = (*article.restored, *([(restored.start, restored.end)] if restored else []))
    cut = [piece for piece in article.cut if (piece.start, piece.end) not in spans]
    fresh = read_article_text(
        article.text,
        day=day,
        name=article.name,
        sha256=article.sha256,
        notes=article.notes,
        cut=cut,
        restored=spans,
    )
    published = day.isoformat() if day else NOT_STATED
    citation = article.citation.model_copy(update={"published": published})
    return fresh.model_copy(update={"citation": citation, "day": day})


def _of(opened: Opened, date: Day | None) -> Article:
    from loaders.articles.reading import read_article_text

    return read_article_text(
        opened.text,
        day=date,
        name=opened.name,
        sha256=opened.sha256,
        printed=opened.printed,
        notes=opened.notes,
        cut=opened.cut,
    )
