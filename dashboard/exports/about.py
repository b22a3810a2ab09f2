"""What every file says of itself: the finding, its sources, what is not comparable, version and command."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import NamedTuple

from dashboard.analysis.corrections import is_corrected
from dashboard.charts.chart import Chart
from dashboard.charts.view import Note, View
from dashboard.exports.choices import USUAL, Choices
from dashboard.exports.glossary import terms_used
from dashboard.exports.marks import marks_words
from dashboard.snapshot import Stamp
from loaders.model import NOT_STATED
from loaders.text import day, in_sentence

PROGRAM = "Critical Minerals Explorer"
_PACKAGE = "critical-minerals-explorer"


class Fact(NamedTuple):
    """A line about a file: what it is about, in a word or two, and what there is to say."""

    label: str
    text: str


def about_file(view: View, chart: Chart, stamp: Stamp, choices: Choices, suffix: str) -> list[Fact]:
    """All that a file says of the chart in it, in order; what there is nothing to say of is left out."""
    facts = [
        Fact("finding", chart.title),
        Fact("shown", chart.subtitle),
        Fact("in words", chart.alt),
        *_explained(view),
        *_corrected(chart),
        Fact("source", chart.source),
        *(Fact("citation", text) for text in _citations(view, chart)),
        *(Fact("published", text) for text in _published(view)),
        *(Fact("licence", text) for text in _licences(view, chart)),
        *(_definitions(view) if choices.definitions else ()),
        Fact("data version", stamp.data),
        Fact("documents version", stamp.documents),
        Fact("made on", made_day(choices)),
        Fact("made by", made_by()),
        Fact("made again by", command(view, suffix, choices)),
    ]
    return [Fact(label, text) for label, text in facts if text]


_MADE = {"data version", "documents version", "made on", "made by", "made again by"}


_ABOVE = {"finding", "shown", "in words", "source"}


def said_below(facts: Iterable[Fact]) -> tuple[list[Fact], list[Fact]]:
    """What a page says below its chart: of the figures, and how it was made.

    Finding, subtitle, alternative text and source line stand with the chart.
    """
    left = [fact for fact in facts if fact.label not in _ABOVE]
    return (
        [fact for fact in left if fact.label not in _MADE],
        [fact for fact in left if fact.label in _MADE],
    )


def made_day(choices: Choices) -> str:
    """The day of making, as a person writes it."""
    return day(choices.made or date.today().isoformat())


@cache
def made_by() -> str:
    """The program and its version."""
    return f"{PROGRAM} {version(_PACKAGE)}"


def command(view: View, suffix: str, choices: Choices = USUAL) -> str:
    """The command that makes the file again; empty where there is none."""
    if not view.command:
        return ""
    name = view.chart.name if view.chart else view.key
    return " ".join([view.command, *choices.words(), "-o", shlex.quote(f"{name}{suffix}")])


def about_text(facts: Iterable[Fact]) -> str:
    """The lines as text, one below the other."""
    return "\n".join(f"{label}: {text}" for label, text in facts)


def _explained(view: View) -> Iterator[Fact]:
    """What is kept apart and why, what the marks mean, what is to be known of the figures."""
    yield from _note(view.why)
    yield Fact("note", " ".join(view.notes))
    yield from (Fact(label, text) for label, text in view.facts)
    yield Fact("signs", marks_words(view))


def _definitions(view: View) -> Iterator[Fact]:
    """What the words mean that occur in the view, one line each."""
    yield from (Fact("definition", f"{word} ({kind}): {text}") for word, kind, text in terms_used([view]))


def _note(note: Note | None) -> Iterator[Fact]:
    if note:
        yield Fact(in_sentence(note.title), " ".join(note.sentences))


def _corrected(chart: Chart) -> list[Fact]:
    told = (text for text in _told(chart, "correction") if is_corrected({"correction": text}))
    return [Fact("corrected", text) for text in told]


def citations_of(chart: Chart) -> list[str]:
    """The full citations of what a chart shows."""
    return _once(_told(chart, "citation"))


def _citations(view: View, chart: Chart) -> list[str]:
    return _once([*citations_of(chart), *(card.citation for card in view.cards)])


def _licences(view: View, chart: Chart) -> list[str]:
    return _once([*_told(chart, "licence"), *_on_cards(view, "licence")])


def _published(view: View) -> list[str]:
    """When each source was published, as its card says."""
    return _once(
        f"{card.title}: {text}"
        for card in view.cards
        for label, text in (*card.facts, *card.more)
        if label == "published"
    )


def _on_cards(view: View, wanted: str) -> list[str]:
    return [text for card in view.cards for label, text in (*card.facts, *card.more) if label == wanted]


def _told(chart: Chart, column: str) -> list[str]:
    """The different texts of a column of the table, if it is there."""
    return [str(text) for text in chart.table[column].unique()] if column in chart.table else []


def _once(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text and text not in (NOT_STATED, "nan")]
