"""The strip of evidence below a chart: a line for each source, with every mark that rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.charts.cards import Card, event_mark

FindCard = Callable[[str], Card | None]
"""From what a click on a mark gives to the card of the mark."""


@dataclass(eq=False)
class EvidenceLine:
    """A source: its cards, the first of which is open, and all its marks, by id in words.

    `chosen` says whether the first card is that of the mark that the reader chose.
    """

    cards: list[Card] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    chosen: bool = False

    def words(self, card: Card) -> str:
        """What a card is called in its line: as its mark, or what it says of its figure."""
        return self.marks.get(card.id) or self.marks.get(event_mark(card.id)) or card.brief

    @property
    def without_card(self) -> dict[str, str]:
        """The marks that have no card in the line yet."""
        told = {name for card in self.cards for name in (card.id, event_mark(card.id))}
        return {name: words for name, words in self.marks.items() if name not in told}


def evidence_lines(
    cards: Iterable[Card], marks: Mapping[str, str], find: FindCard, chosen: str | None = None
) -> list[EvidenceLine]:
    """The sources of the cards, then those of other marks, each once; the chosen mark's card leads its line.

    `marks` are those of the chart, by id in words. Those of one edition of a dataset have ids that begin
    alike: the card of one says of which source they are.
    """
    lines: dict[tuple[str, ...], EvidenceLine] = {}
    for card in cards:
        lines.setdefault(_source(card), EvidenceLine()).cards.append(card)
    known = {_beginning(card.id): _source(card) for line in lines.values() for card in line.cards}
    for name, words in marks.items():
        origin = _beginning(name)
        if origin not in known and (found := find(name)):
            known[origin] = _source(found)
            lines.setdefault(_source(found), EvidenceLine([found]))
        if origin in known:
            lines[known[origin]].marks[name] = words
    first = find(chosen) if chosen else None
    if first:
        line = lines.setdefault(_source(first), EvidenceLine())
        line.cards = [first, *(card for card in line.cards if card.id != first.id)]
        line.chosen = True
    return list(lines.values())


def _beginning(name: str) -> str:
    return name.partition("|")[0]


def _source(card: Card) -> tuple[str, ...]:
    return card.kind, card.heading, card.source
