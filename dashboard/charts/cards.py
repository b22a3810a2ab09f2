"""Source cards: where a figure came from, in a form that fits beside a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dashboard.analysis.states import bar_words, row_id, signed, state, status_label, unit_words
from dashboard.words.sources import document_title
from loaders.model import NOT_STATED, Claim, Event, Source
from loaders.names import mineral_name, place_name
from loaders.text import day, quoted
from loaders.vocabulary import Basis, Measure, ReserveClass, Scheme

CardKind = Literal["statement", "statistic"]


_EVENT, _PLACE, READ_AS = "event", "place", "read as"
"""The labels of the facts by which a card is called."""


def event_mark(event: str) -> str:
    """What a click on the mark of an event gives."""
    return f"event:{event}"


@dataclass(frozen=True)
class Card:
    """One source card.

    `quote` is the printed phrase; `facts` are (label, value) lines, `more` those behind a fold. `aside` is
    what a reader must know of the source beside its title, such as "handed in". `source` is the id of a
    document: two may have one title.
    """

    id: str
    kind: CardKind
    title: str
    quote: str
    facts: tuple[tuple[str, str], ...]
    citation: str
    address: str = NOT_STATED
    more: tuple[tuple[str, str], ...] = ()
    aside: str = ""
    source: str = ""

    @property
    def heading(self) -> str:
        """The title, and behind it the aside."""
        return f"{self.title} ({self.aside})" if self.aside else self.title

    @property
    def brief(self) -> str:
        """What it says in a line: the printed phrase, the event, or the place and what is read."""
        facts = dict(self.facts)
        read = " ".join(filter(None, (facts.get(_PLACE, ""), facts.get(READ_AS, ""))))
        return quoted(self.quote) if self.quote else facts.get(_EVENT) or read


def claim_card(claim: Claim, source: Source, whole: Claim | None = None) -> Card:
    """The card of a claim: printed phrase, who said it through whom, class and basis, paragraph."""
    facts = [
        ("said by", claim.chain[0]),
        *([("cited by", " → ".join(claim.chain[1:-1]))] if len(claim.chain) > 2 else []),
        ("modality", claim.modality.label),
        *([("direction", claim.direction.label)] if claim.direction else []),
        *([("year", str(claim.year))] if claim.year else []),
        *_class_and_basis(claim.reserve_class, claim.scheme, claim.basis),
        *([("part of", whole.printed)] if whole else []),
        *([("outcome", claim.outcome)] if claim.outcome else []),
        ("where", f"paragraph {claim.paragraph}"),
    ]
    more = [
        ("about", f"{_mineral(claim.mineral)}, {place_name(claim.place)}"),
        ("measure", claim.measure.label),
        ("status", f"{claim.status.label}: {claim.status.definition}"),
        *([("unit", claim.unit_decision)] if claim.unit_decision else []),
        *([("note", claim.note)] if claim.note else []),
        ("text read", source.files[0].name),
        ("licence", source.licence),
    ]
    return Card(claim.id, "statement", document_title(source), claim.printed, tuple(facts), source.citation,
                source.address, tuple(more), source=source.id)  # fmt: skip


def event_card(event: Event, sources: Sequence[Source]) -> Card:
    """The card of an event, as one of the first document that tells it: each one's own words and date."""
    by_id = {source.id: source for source in sources}
    first = by_id[event.mentions[0].source]
    told = (
        (document_title(by_id[m.source]), f"“{m.phrase}” ({m.printed_date}), paragraph {m.paragraph}")
        for m in event.mentions
    )
    facts = [(_EVENT, event.what), *told]
    if event.disputed:
        facts.append(("dates", "The documents do not agree."))
    citation = " ".join(by_id[m.source].citation for m in event.mentions)
    return Card(event.id, "statement", document_title(first), "", tuple(facts), citation, source=first.id)


def row_card(row: Any, source: Source, said_by: str, corrected: str = "", later: str = "") -> Card:
    """The card of an observation: printed value and unit, status, note, file and row, licence.

    `corrected` says why what is read differs from what is printed, `later` what a later release prints.
    """
    facts = [
        (_PLACE, place_name(row["place"])),
        *([("imports from", place_name(row["partner"]))] if row.get("partner", "") else []),
        ("printed", str(row["printed_value"]).strip() or "blank"),
        ("unit", unit_words(row) or "blank"),
        (READ_AS, signed(state(row).before, bar_words(row))),
        *([("corrected", corrected)] if corrected else []),
        *([("later release", later)] if later else []),
        ("status", status_label(row)),
        *_class_and_basis(ReserveClass(row["class"]), Scheme(row["scheme"]), Basis(row["basis"])),
        ("file", f"{row['file']}, row {row['row']}"),
    ]
    more = [
        ("about", f"{_mineral(row['mineral'])}, {Measure(row['measure']).label.lower()}, {row['year']}"),
        ("means", state(row).definition),
        ("name as printed", str(row["printed_name"]).strip()),
        ("type as printed", str(row["printed_measure"]).strip()),
        *([("narrowed", str(row["detail"]))] if row["detail"] else []),
        *([("note", str(row["note"]))] if str(row["note"]).strip() else []),
        ("column", str(row["column"])),
        ("published", day(source.published)),
        ("licence", source.licence),
    ]
    title = f"{said_by}, edition {source.edition}"
    return Card(
        row_id(row), "statistic", title, "", tuple(facts), source.citation, source.address, tuple(more)
    )


def edition_card(source: Source, said_by: str, facts: Sequence[tuple[str, str]]) -> Card:
    """The card of an edition, with the facts that a chart takes from it."""
    lines = (*facts, ("published", day(source.published)), ("licence", source.licence))
    return Card(source.id, "statistic", f"{said_by}, edition {source.edition}", "", lines, source.citation,
                source.address)  # fmt: skip


def _class_and_basis(reserve_class: ReserveClass, scheme: Scheme, basis: Basis) -> list[tuple[str, str]]:
    facts = []
    if reserve_class is not ReserveClass.NOT_APPLICABLE:
        defined = f" ({scheme.label})" if scheme not in (Scheme.UNDEFINED, Scheme.NOT_APPLICABLE) else ""
        facts.append(("class", reserve_class.label + defined))
    if basis is not Basis.NOT_APPLICABLE:
        facts.append(("basis", basis.label))
    return facts


def _mineral(mineral: str | None) -> str:
    return mineral_name(mineral) if mineral else "no mineral"
