"""The words of the closed vocabularies that occur in some charts, with what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dashboard.charts.cards import Card
from dashboard.charts.view import View
from loaders.text import in_sentence
from loaders.vocabulary import (
    Basis,
    Kind,
    MarkState,
    Measure,
    Modality,
    Outcome,
    ReserveClass,
    Scheme,
    Status,
    Term,
)


class Meaning(NamedTuple):
    """A word, what kind of word it is ("class", "basis"), and what it means."""

    word: str
    kind: str
    text: str


_WORDS: dict[str, type[Term]] = {
    "measure": Measure,
    "class": ReserveClass,
    "basis": Basis,
    "status": Status,
    "state": MarkState,
    "modality": Modality,
    "kind": Kind,
}
"""The vocabulary of a column of a table, or of a line of a card."""

_PLAIN = (MarkState.VALUE, Basis.NOT_APPLICABLE, ReserveClass.NOT_APPLICABLE, Scheme.NOT_APPLICABLE)
"""Words that nobody asks about."""


def terms_used(views: Iterable[View]) -> list[Meaning]:
    """Each word that occurs in the tables, on the cards or in the standings of some views, once, in order.

    A mark that says the same as a status is left to the status.
    """
    used = dict.fromkeys(found for view in views for found in _of_view(view) if found[1] not in _PLAIN)
    told = {term.label for kind, term in used if kind != "state"}
    found = {
        Meaning(in_sentence(term.label), kind, term.definition)
        for kind, term in used
        if term.definition and (kind != "state" or term.label not in told)
    }
    return sorted(found, key=lambda item: (item.word.casefold(), item.kind))


def _of_view(view: View) -> Iterator[tuple[str, Term]]:
    if view.chart is not None:
        table = view.chart.table
        for column in table.columns:
            kind = str(column).rpartition("_")[2]
            if kind in _WORDS:
                for text in table[column].unique().tolist():
                    yield from _meant(kind, str(text))
    for card in view.cards:
        yield from _of_card(card)
    for label, _ in view.facts:
        yield from (("outcome", outcome) for outcome in Outcome if outcome.verb == label)


def _of_card(card: Card) -> Iterator[tuple[str, Term]]:
    for label, text in (*card.facts, *card.more):
        if label in _WORDS:
            yield from _meant(label, text)
        if label == "class":
            yield from (("scheme", scheme) for scheme in Scheme if text.endswith(f"({scheme.label})"))


def _meant(kind: str, text: str) -> Iterator[tuple[str, Term]]:
    """The term of that label or code, with what stands behind it in brackets or after a colon perhaps."""
    for term in _WORDS[kind]:
        if text in (term.label, str(term)) or text.startswith((f"{term.label} (", f"{term.label}: ")):
            yield kind, term
