"""One claim: its evidence in a chart, our reading of it, and how it stands to each edition and statement."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.checks import OUTCOMES, Check, EditionRef, Outcome
from dashboard.analysis.compare import compare, figure_of_claim
from dashboard.analysis.parts import part_checks
from dashboard.analysis.precision import Interval, precision
from dashboard.analysis.series import WORLD
from dashboard.analysis.shown import shown_claims
from dashboard.analysis.states import row_id
from dashboard.blocks.amounts import quantity_block
from dashboard.blocks.axis import claim_panel, panel
from dashboard.blocks.block import (
    NOTE,
    Block,
    claim_card_of,
    claim_source_words,
    in_use_words,
    lead_rows,
    row_cards_of,
    rows_of,
    shown_table,
    source_line,
)
from dashboard.blocks.ranks import rank_bars, rank_block
from dashboard.blocks.ratios import ratio_panel
from dashboard.blocks.shares import share_block
from dashboard.blocks.wording import about, claim_words, evidence_words
from dashboard.cards import Card
from dashboard.charts import Chart, Panel, panels
from dashboard.html_tables import Column
from dashboard.loaded import IN_USE, Data
from dashboard.source_tables import has_statistics, quoted
from loaders.model import Claim
from loaders.names import place_name
from loaders.units import best_scale, display, format_quantity
from loaders.vocabulary import Kind, Measure, Relation

_STANDS: dict[Outcome, str] = {
    "agrees": "agrees with",
    "holds": "holds in",
    "differs": "differs from",
    "does_not_hold": "does not hold in",
    "not_comparable": "cannot be compared with",
    "cannot_check": "cannot be checked against",
}

# Groups and filters -----------------------------------------------------------------------------------


class Origin(NamedTuple):
    """Who said it first, and every claim that goes back to that, in the order of the documents."""

    name: str
    claims: tuple[Claim, ...]


def origins(claims: Sequence[Claim], known: Sequence[Claim] = ()) -> list[Origin]:
    """Claims by who said them first; one that repeats another goes with it, whatever its own chain says.

    `known` are all claims, where `claims` are only some of them.
    """
    by_id = {claim.id: claim for claim in (*known, *claims)}
    groups: dict[str, list[Claim]] = {}
    names: dict[str, str] = {}
    for claim in claims:
        name = _first_said(claim, by_id).origin
        key = " ".join(name.casefold().split())
        groups.setdefault(key, []).append(claim)
        names.setdefault(key, name)
    return [Origin(names[key], tuple(found)) for key, found in groups.items()]


def _first_said(claim: Claim, by_id: Mapping[str, Claim]) -> Claim:
    """The claim at the end of the chain of repetitions; a circle ends where it began."""
    seen = {claim.id}
    while True:
        repeated = _linked(claim, Relation.REPEATS)
        if not repeated or repeated[0] in seen or repeated[0] not in by_id:
            return claim
        claim = by_id[repeated[0]]
        seen.add(claim.id)


def _linked(claim: Claim, relation: Relation) -> list[str]:
    return [link.claim for link in claim.links if link.relation is relation]


class Wanted(NamedTuple):
    """What the page is asked to show: ids, none for all."""

    mineral: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()


def offered(claims: Iterable[Claim], checks: Mapping[str, Sequence[Check]]) -> Wanted:
    """What there is to choose: the minerals, places, kinds and outcomes of the claims."""
    listed = [_facets(claim, checks.get(claim.id, ())) for claim in claims]
    found: list[set[str]] = [set().union(*column) for column in zip(*listed, strict=True)]
    if not found:
        return Wanted()
    minerals, places, kinds, outcomes = found
    return Wanted(
        tuple(sorted(minerals)),
        tuple(sorted(places, key=place_name)),
        tuple(str(kind) for kind in Kind if kind in kinds),
        tuple(outcome for outcome in OUTCOMES if outcome in outcomes),
    )


def matches(claim: Claim, checks: Sequence[Check], wanted: Wanted) -> bool:
    """Whether a claim has one of the wanted ids of each kind; an outcome in any edition counts."""
    found = _facets(claim, checks)
    return all(not ids or not have.isdisjoint(ids) for ids, have in zip(wanted, found, strict=True))


def _facets(claim: Claim, checks: Sequence[Check]) -> tuple[set[str], ...]:
    places = {place for place in (claim.place, claim.compared_place) if place and place != WORLD}
    return (
        {claim.mineral} if claim.mineral else set(),
        places or {claim.place},
        {str(claim.kind)},
        {str(check.outcome) for check in checks},
    )


# The chart --------------------------------------------------------------------------------------------


def evidence_block(claim: Claim, checks: Sequence[Check], edition: EditionRef | None, data: Data) -> Block:
    """The chart of a claim and its evidence in all editions, or in one of them; the reading beside it."""
    if edition:
        checks = [c for c in checks if (c.dataset, c.edition) == (edition.dataset, edition.edition)]
        data = _only(data, edition)
    block = _block(claim, checks, edition, data)
    others = [card for card in block.cards if card.id != claim.id]
    key = f"{claim.id}-{edition.dataset}.{edition.edition}" if edition else claim.id
    why = block.why if block.why_title == NOTE else ()  # other reasons stand in `standings`
    return replace(block, key=f"claim-{key}", cards=(reading_card(claim, data), *others), why=why)


def _only(data: Data, edition: EditionRef) -> Data:
    table = data.observations
    own = (table["dataset"] == edition.dataset) & (table["edition"] == edition.edition)
    return replace(data, observations=table[own])


def _block(claim: Claim, checks: Sequence[Check], edition: EditionRef | None, data: Data) -> Block:
    if not has_evidence(claim):
        return _stated_block(claim, data)
    if claim.kind is Kind.QUANTITY:
        return quantity_block(claim, checks, data)
    if claim.kind is Kind.SHARE:
        return share_block(claim, checks, data)
    if claim.kind is Kind.RATIO:
        return _ratio_block(claim, checks, data)
    ranked = rank_bars(claim, f"{edition.dataset}.{edition.edition}", data) if edition else None
    return ranked or rank_block(claim, checks, data)


def has_evidence(claim: Claim) -> bool:
    """Whether there can be statistics beside a claim: not for money, nor for a share of another place."""
    of_world = claim.kind is not Kind.SHARE or claim.compared_place in (None, WORLD)
    return of_world and has_statistics(claim)


def _stated_block(claim: Claim, data: Data) -> Block:
    """A statement to which no statistics apply, alone."""
    source = f"Source: {claim_source_words([claim], data)}."
    stated = claim_panel([claim], f"Stated: {claim.origin}", f"{claim.measure.label}, {claim.modality.label}")
    return Block(
        claim.id,
        Chart(
            panels([stated], source),
            f"{claim_words(claim)} {about(claim)}: no statistics apply",
            "As stated. Statistics of minerals do not count this.",
            source,
            f"Stated: {claim_words(claim)}, {about(claim)}.",
            shown_claims([claim], data.source),
            claim.id,
        ),
        (),
    )


def _ratio_block(claim: Claim, checks: Sequence[Check], data: Data) -> Block:
    """A comparison of two places, and what each edition makes of it."""
    rows = rows_of(checks, data)
    known = [check for check in checks if check.evidence_value is not None]
    source = source_line([claim], rows, data)
    parts = [ratio_panel(claim, ())]
    parts += [_computed(claim, group, rows, data) for group in _alike(known)]
    return Block(
        claim.id,
        Chart(
            panels(parts, source),
            _ratio_finding(claim, known),
            "How many times the one is the other, as stated"
            + (" and as the editions have it, each on a scale of its own. " if known else ".")
            + in_use_words(rows, data),
            source,
            f"Stated: {claim.printed_value}. "
            + "; ".join(f"edition {check.edition}: {evidence_words(check)}" for check in known),
            shown_table([claim], rows, data),
            claim.id,
        ),
        tuple(row_cards_of(lead_rows(checks, data).tail(2), data)),
    )


def _alike(checks: Sequence[Check]) -> list[list[Check]]:
    """Checks whose evidence is of one dataset and mineral."""
    groups: dict[tuple[str, str | None], list[Check]] = {}
    for check in checks:
        groups.setdefault((check.dataset, check.mineral), []).append(check)
    return list(groups.values())


def _computed(claim: Claim, checks: Sequence[Check], rows: pd.DataFrame, data: Data) -> Panel:
    publisher = data.installed(checks[0].dataset, checks[0].edition).dataset.said_by
    own = rows[(rows["place"] == claim.place) & (rows["dataset"] == checks[0].dataset)]
    first = own.drop_duplicates("edition").set_index("edition")
    shown = pd.DataFrame(
        {
            "label": [f"edition {check.edition}" for check in checks],
            "value": [check.evidence_value for check in checks],
            "lower": math.nan,
            "upper": math.nan,
            "words": [display(check.evidence_value or 0, "1", "1") for check in checks],
            "state": "value",
            "emphasis": True,
            "id": [
                row_id(first.loc[check.edition].to_dict() | {"edition": check.edition}) for check in checks
            ],
            "hover": [display(check.evidence_value or 0, "1", "1") for check in checks],
            "said_by": publisher,
            "figure_kind": str(Kind.RATIO),
            "unit": "1",
        }
    )
    for column in ("mineral", "measure", "basis", "class", "scheme"):
        shown[column] = first.loc[[check.edition for check in checks], column].to_numpy()
    measure = Measure(str(shown["measure"].iloc[0])).label.lower()
    title = (
        f"Computed from {publisher}: {place_name(claim.place)} over {place_name(claim.compared_place or '')}"
    )
    return panel(title, f"{measure}, printed figure over printed figure", "statistic", shown, "1", "1")


def _ratio_finding(claim: Claim, known: Sequence[Check]) -> str:
    stated = f"Stated: “{claim.printed_value}”, {about(claim)}"
    if not known:
        return f"{stated}; no edition has figures to hold it against"
    values = [check.evidence_value or 0 for check in known]
    low, high = (display(end, "1", "1") for end in (min(values), max(values)))
    span = low if low == high else f"{low.removesuffix(' times')} to {high}"
    return f"{stated}; the statistics give {span}"


# Our reading ------------------------------------------------------------------------------------------


def reading_card(claim: Claim, data: Data) -> Card:
    """The claim's source card, with how the printed words were read."""
    card = claim_card_of(claim, data)
    compared = [("compared with", place_name(claim.compared_place))] if claim.compared_place else []
    reading = [
        ("kind", claim.kind.label),
        ("measure", claim.measure.label),
        *compared,
        ("read as", claim_words(claim)),
        ("stands for", precision_words(claim)),
        ("unit", unit_words(claim)),
    ]
    names = {name for name, _ in reading}
    first = ("said by", "cited by")
    facts = [fact for fact in card.facts if fact[0] in first]
    rest = [fact for fact in card.facts if fact[0] not in first]
    more = tuple(fact for fact in card.more if fact[0] not in names)
    return replace(card, facts=(*facts, *reading, *rest), more=more)


_UNITS = {"t": "tonne", "1": "fraction of a whole", "rank": "place in an order"}


def unit_words(claim: Claim) -> str:
    """The unit in words, and how it was decided where the printed words leave it open."""
    word = "times" if claim.kind is Kind.RATIO else _UNITS.get(claim.unit, claim.unit)
    return f"{word}. {claim.unit_decision}" if claim.unit_decision else word


def precision_words(claim: Claim) -> str:
    """The interval that the printed number stands for."""
    stated = precision(claim)
    if stated is None:
        return "no amount"
    if stated.is_point:
        return f"exactly {_exact(stated.low, claim, stated)}"
    if math.isinf(stated.high):
        return f"{_exact(stated.low, claim, stated)} or more"
    if stated.low <= 0 or math.isinf(stated.low):
        return f"at most {_exact(stated.high, claim, stated)}"
    return f"{_exact(stated.low, claim, stated)} to {_exact(stated.high, claim, stated)}"


def _exact(value: float, claim: Claim, stated: Interval) -> str:
    """Every digit, on the scale of the larger end: 657.5 Mt, 0.5 %."""
    if claim.kind is Kind.RATIO:
        return display(value, "1", "1")
    if value < 0 or claim.unit == "rank":
        return display(value, claim.unit)
    finite = [end for end in stated if math.isfinite(end)]
    scale = None if claim.unit == "1" else best_scale(max(finite), claim.unit)
    return format_quantity(float(f"{value:.12g}"), claim.unit, scale=scale)


# How it stands to the editions ------------------------------------------------------------------------


Publishers = Mapping[tuple[str, str], str]
"""How the publisher of each dataset and edition is called."""


def standings(
    checks: Sequence[Check], said_by: Publishers, in_use: Container[str] = ()
) -> list[tuple[str, str]]:
    """How a claim stands, the editions with one outcome and one set of reasons together: (words, which).

    Editions of `in_use`, ids such as `usgs-mcs.2025`, are marked.
    """
    groups: dict[tuple[Outcome, tuple[str, ...]], list[Check]] = {}
    shared = _shared(checks)
    for check in checks:
        apart = check.outcome in ("not_comparable", "cannot_check")
        reasons = tuple(reason for reason in check.reasons if apart or reason in shared)
        groups.setdefault((check.outcome, reasons), []).append(check)
    order = list(_STANDS)
    lines = sorted(groups.items(), key=lambda item: order.index(item[0][0]))
    return [
        (_STANDS[outcome], _group_words(found, reasons, said_by, in_use))
        for (outcome, reasons), found in lines
    ]


def _group_words(
    checks: Sequence[Check], reasons: Sequence[str], said_by: Publishers, in_use: Container[str]
) -> str:
    by_publisher: dict[str, list[str]] = {}
    for check in checks:
        value = "" if check.evidence_value is None else _evidence(check)
        told = ", ".join(filter(None, (value, "in use" if _id(check) in in_use else "")))
        publisher = said_by[check.dataset, check.edition]
        by_publisher.setdefault(publisher, []).append(f"{check.edition}{f' ({told})' if told else ''}")
    editions = "; ".join(f"{name} {', '.join(found)}" for name, found in by_publisher.items())
    return f"{editions}. {' '.join(reasons)}".strip()


def _shared(checks: Sequence[Check]) -> set[str]:
    """The reasons that all editions of a dataset share, where it has several."""
    by_dataset: dict[str, list[set[str]]] = {}
    for check in checks:
        by_dataset.setdefault(check.dataset, []).append(set(check.reasons))
    several = [found for found in by_dataset.values() if len(found) > 1]
    return set().union(*(set.intersection(*found) for found in several))


def _id(check: Check) -> str:
    return f"{check.dataset}.{check.edition}"


def _evidence(check: Check) -> str:
    tied = "tied " if check.tied_with else ""
    return tied + evidence_words(check)


_COLUMNS = (
    Column("edition"), Column("outcome"), Column("evidence", number=True),
    Column("claim over evidence", number=True), Column("why"), Column("rows it rests on"),
)  # fmt: skip


def outcome_table(
    claim: Claim, checks: Sequence[Check], said_by: Publishers, in_use: Container[str] = ()
) -> tuple[list[Column], list[list[str]]]:
    """A line per edition, the latest first: outcome, evidence, ratio, reasons, rows of publishers' files.

    Reasons that hold for all editions are left to `standings`; columns in which nothing stands are left out.
    """
    shared = _shared(checks)
    lines = [_outcome_line(claim, check, shared, said_by, in_use) for check in reversed(checks)]
    used = [index for index in range(len(_COLUMNS)) if any(line[index] for line in lines)]
    return [_COLUMNS[index] for index in used], [[line[index] for index in used] for line in lines]


def _outcome_line(
    claim: Claim, check: Check, shared: set[str], said_by: Publishers, in_use: Container[str]
) -> tuple[str, ...]:
    return (
        f"{said_by[check.dataset, check.edition]} {check.edition}{IN_USE if _id(check) in in_use else ''}",
        OUTCOMES[check.outcome],
        _evidence_of(claim, check),
        "" if check.ratio is None else display(check.ratio, "1", "1"),
        " ".join(reason for reason in check.reasons if reason not in shared),
        rows_words(check.rows),
    )


def _evidence_of(claim: Claim, check: Check) -> str:
    if check.evidence_value is None:
        return ""
    if claim.kind is Kind.RATIO:
        return display(check.evidence_value, "1", "1")
    return _evidence(check) + (f", {check.year}" if check.year else "")


def rows_words(rows: Iterable[tuple[str, int, str]]) -> str:
    """Files with their rows, neighbours together: "table.csv, rows 3, 5 to 8"."""
    by_file: dict[str, set[int]] = {}
    for file, row, _ in rows:
        by_file.setdefault(file, set()).add(row)
    return "; ".join(f"{file}, {_spans(sorted(found))}" for file, found in by_file.items())


def _spans(rows: Sequence[int]) -> str:
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    words = [str(low) if low == high else f"{low} to {high}" for low, high in spans]
    return f"row{'' if len(rows) == 1 else 's'} {', '.join(words)}"


# How it stands to other statements --------------------------------------------------------------------


def relations(claim: Claim, claims: Sequence[Claim]) -> list[tuple[str, str]]:
    """Its stated relations to other claims, both ways, with the arithmetic of parts: (words, which)."""
    by_id = {other.id: other for other in claims}
    shares = {check.part: " ".join(check.reasons) for check in part_checks(claims)}
    lines = [
        (
            link.relation.label,
            _said(by_id[link.claim], shares.get(claim.id, "") if _is_part(link.relation) else ""),
        )
        for link in claim.links
        if link.claim in by_id
    ]
    back = [
        (_BACK[link.relation], _said(other, shares.get(other.id, "") if _is_part(link.relation) else ""))
        for other in claims
        for link in other.links
        if link.claim == claim.id
    ]
    return lines + back


_BACK = {
    Relation.PART_OF: "has as a part",
    Relation.REPEATS: "is repeated by",
    Relation.CONTRADICTS: "is contradicted by",
    Relation.SUPERSEDES: "is superseded by",
    Relation.DERIVED_FROM: "is the source of",
}


def _is_part(relation: Relation) -> bool:
    return relation is Relation.PART_OF


def _said(claim: Claim, more: str = "") -> str:
    where = f", in {claim.chain[-1]}" if len(claim.chain) > 1 else ""
    return f"{claim_words(claim)}: {quoted(claim.printed)} ({claim.origin}{where}). {more}".strip()


def beside(claim: Claim, claims: Sequence[Claim]) -> list[tuple[str, str]]:
    """How it stands to other statements of its kind about its place: (words, which and why)."""
    linked = {link.claim for link in claim.links}
    others = [
        other
        for other in claims
        if other.id != claim.id
        and other.id not in linked
        and claim.id not in {link.claim for link in other.links}
        and (other.kind, other.place) == (claim.kind, claim.place)
    ]
    return [_beside(claim, other) for other in others]


def _beside(claim: Claim, other: Claim) -> tuple[str, str]:
    gate = compare(figure_of_claim(claim), figure_of_claim(other))
    if gate.outcome != "comparable":
        words = "could be converted to" if gate.outcome == "convertible" else _STANDS["not_comparable"]
        return words, _said(other, " ".join(gate.reasons))
    one, two = precision(claim), precision(other)
    if one is None or two is None:
        return _STANDS["cannot_check"], _said(other, "No amount is stated.")
    if one.low <= two.high and two.low <= one.high:
        return _STANDS["agrees"], _said(other)
    times = (
        f"It is {display(claim.value / other.value, '1', '1')} that." if claim.value and other.value else ""
    )
    return _STANDS["differs"], _said(other, times if claim.kind is not Kind.RANK else "")
