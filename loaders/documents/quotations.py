"""Whether what a seed file quotes stands in the text of the document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from loaders.documents.flaws import file_problem
from loaders.documents.shape import (
    EventEntry,
    is_quoted,
)
from loaders.model import NOT_STATED, Document
from loaders.report import Problem
from loaders.vocabulary import Severity


def check_text(document: Document, text: bytes, entries: Iterable[EventEntry] = ()) -> list[Problem]:
    """What a seed says that its document does not: hash, title, author, and every quotation in its place.

    `text` is the document's bytes as read; `entries` are those of `read_seed`. A paragraph is a line
    that is not empty; quotation marks of any shape count as equal. The list is empty when all holds.
    """
    source = document.source
    name = source.files[0].name
    try:
        paragraphs = [line for line in text.decode("utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError:
        return [file_problem(name, "UTF-8", "is not UTF-8 text.", "Save the text as UTF-8.")]
    problems = []
    if hashlib.sha256(text).hexdigest() != source.files[0].sha256:
        remedy = "Read the figures again from this text, then put its SHA-256 into the seed."
        problems.append(file_problem(name, "hash", "is not the text that the seed was read from.", remedy))
    for field, phrase, number in _quotations(document, entries):
        problems.extend(_misquoted(name, field, phrase, number, paragraphs))
    return problems


def _quotations(document: Document, entries: Iterable[EventEntry]) -> Iterator[tuple[str, str, int | None]]:
    """Field, phrase and paragraph of everything quoted; paragraph none for 'anywhere'."""
    yield "source.title", document.source.title, None
    yield "source.author", document.source.author, None
    yield "source.address", document.source.address, None
    for claim in document.claims:
        yield f"{claim.id}.printed", claim.printed, claim.paragraph
        yield f"{claim.id}.name", claim.printed_name, None
    for entry in entries:
        mention = entry.mention
        yield f"{entry.id}.phrase", mention.phrase, mention.paragraph
        yield f"{entry.id}.printed_date", mention.printed_date, mention.paragraph


def _misquoted(
    name: str, field: str, phrase: str, number: int | None, paragraphs: Sequence[str]
) -> Iterator[Problem]:
    if phrase == NOT_STATED:
        return
    where = paragraphs if number is None else paragraphs[number - 1 : number]
    if any(is_quoted(phrase, paragraph) for paragraph in where):
        return
    place = "in the text" if number is None else f"in paragraph {number}"
    yield Problem(
        severity=Severity.ERROR,
        rule="quotation",
        message=f"{phrase!r} does not stand {place}.",
        remedy="Quote the words as printed and count the lines that are not empty, 1 for the first.",
        file=name,
        column=field,
        printed=phrase,
    )
