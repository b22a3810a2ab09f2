"""Claims by origin, what there is to choose, and how each stands to editions and to other claims."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from dashboard.analysis.checks import Check
from dashboard.analysis.gate import compare, figure_of_claim
from dashboard.analysis.import_claims import is_import_share
from dashboard.analysis.part_of import part_checks
from dashboard.analysis.precision import precision
from dashboard.charts.view import Column
from dashboard.snapshot import IN_USE, Snapshot, kept_with_data
from dashboard.topics.parameters import (
    Control,
    Parameter,
    none_of_them,
)
from dashboard.words.claims import claim_words, evidence_words, is_same, ratio_words, unsaid_words
from loaders.model import Claim
from loaders.names import mineral_name, place_name
from loaders.text import quoted
from loaders.units import digits_of, display
from loaders.vocabulary import WORLD, Comparability, Kind, Outcome, Relation

# Groups and filters -----------------------------------------------------------------------------------


class ClaimOrigin(NamedTuple):
    """Who said it first, and every claim that goes back to that, in the order of the documents."""

    name: str
    claims: tuple[Claim, ...]


def origins(claims: Sequence[Claim], known: Sequence[Claim] = ()) -> list[ClaimOrigin]:
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
    return [ClaimOrigin(names[key], tuple(found)) for key, found in groups.items()]


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


def _filter_options(name: str, data: Snapshot) -> tuple[str, ...]:
    return tuple(getattr(_offered_by(data), name))


@kept_with_data()
def _offered_by(data: Snapshot) -> ClaimFilter:
    return offered(data.seeds.claims, data.checks)


def _filter(name: str, words: Callable[[str], str]) -> Parameter:
    return Parameter(
        name,
        name.capitalize(),
        lambda data, _: _filter_options(name, data),
        none_of_them,
        words=lambda code, data: words(code) if code in _filter_options(name, data) else code,
        control=Control.MULTISELECT,
        many=True,
        unknown=f"No claim has the {name} {{}}.",
        placeholder="All",
    )


FILTERS = (
    _filter("mineral", mineral_name),
    _filter("place", place_name),
    _filter("kind", lambda code: Kind(code).label),
    _filter("outcome", lambda code: Outcome(code).label),
)
"""What the page lets a reader narrow the claims by."""


class ClaimFilter(NamedTuple):
    """What the page is asked to show: ids, none for all."""

    mineral: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()


def offered(claims: Iterable[Claim], checks: Mapping[str, Sequence[Check]]) -> ClaimFilter:
    """What there is to choose: the minerals, places, kinds and outcomes of the claims."""
    listed = [_facets(claim, checks.get(claim.id, ())) for claim in claims]
    found: list[set[str]] = [set().union(*column) for column in zip(*listed, strict=True)]
    if not found:
        return ClaimFilter()
    minerals, places, kinds, outcomes = found
    return ClaimFilter(
        tuple(sorted(minerals)),
        tuple(sorted(places, key=place_name)),
        tuple(str(kind) for kind in Kind if kind in kinds),
        tuple(str(outcome) for outcome in Outcome if outcome in outcomes),
    )


def matches(claim: Claim, checks: Sequence[Check], wanted: ClaimFilter) -> bool:
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


# How it stands to the editions ------------------------------------------------------------------------


Publishers = Mapping[tuple[str, str], str]
"""How the publisher of each dataset and edition is called."""


def standings(
    checks: Sequence[Check], said_by: Publishers, in_use: Container[str] = ()
) -> list[tuple[str, str]]:
    """How a claim stands, the editions with one outcome and one set of reasons together: (words, which).

    Editions of `in_use`, ids such as `usgs-mcs.2025`, are marked.
    """
    groups: dict[tuple[Outcome, str, tuple[str, ...]], list[Check]] = {}
    shared = _shared(checks)
    for check in checks:
        apart = check.outcome in (Outcome.OPEN, Outcome.NOT_COMPARABLE, Outcome.CANNOT_CHECK)
        reasons = tuple(reason for reason in check.reasons if apart or reason in shared)
        groups.setdefault((check.outcome, _verb(check), reasons), []).append(check)
    order = list(Outcome)
    lines = sorted(groups.items(), key=lambda item: (order.index(item[0][0]), item[0][1] == item[0][0].verb))
    told: set[tuple[str, ...]] = set()
    words = []
    for (_, verb, reasons), found in lines:
        again = "The reasons are the same." if len(reasons) > 1 else "The reason is the same."
        words.append((verb, _group_words(found, (again,) if reasons in told else reasons, said_by, in_use)))
        told |= {reasons} if reasons else set()
    return words


def _verb(check: Check) -> str:
    """How the words go on to an edition: "agrees with"."""
    if not check.fits:
        return check.outcome.verb
    return "has the same number as" if is_same(check) else "fits the number of"


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
    return check.edition_id


def _evidence(check: Check) -> str:
    tied = "tied " if check.tied_with else ""
    return tied + evidence_words(check)


_COLUMNS = (
    Column("edition"), Column("outcome"), Column("figures of"), Column("evidence", number=True),
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
        _outcome_words(check),
        "" if check.year is None or check.evidence_value is None else str(check.year),
        _evidence_of(claim, check),
        "" if check.ratio is None else ratio_words(claim, check),
        " ".join(reason for reason in check.reasons if reason not in shared),
        rows_words(check.rows),
    )


def _evidence_of(claim: Claim, check: Check) -> str:
    if check.evidence_value is None:
        return ""
    if claim.kind is Kind.RATIO:
        return display(check.evidence_value, "1", "1", check.digits)
    return _evidence(check)


def _outcome_words(check: Check) -> str:
    """The outcome; where only what is not stated keeps the same number apart, that."""
    if not check.fits:
        return check.outcome.label
    return f"{'same' if is_same(check) else 'fitting'} number; {unsaid_words(check)}"


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
        and (not is_import_share(claim) or _of_same_source(claim, other))
    ]
    return [_beside(claim, other) for other in others]


def _of_same_source(claim: Claim, other: Claim) -> bool:
    """Whether both are of the imports of one mineral from one place."""
    return (other.mineral, other.compared_place) == (claim.mineral, claim.compared_place)


def _beside(claim: Claim, other: Claim) -> tuple[str, str]:
    gate = compare(figure_of_claim(claim), figure_of_claim(other))
    if gate.outcome is not Comparability.COMPARABLE:
        words = (
            "could be converted to"
            if gate.outcome is Comparability.CONVERTIBLE
            else Outcome.NOT_COMPARABLE.verb
        )
        return words, _said(other, " ".join(gate.reasons))
    one, two = precision(claim), precision(other)
    if one is None or two is None:
        return Outcome.CANNOT_CHECK.verb, _said(other, "No amount is stated.")
    if one.low <= two.high and two.low <= one.high:
        return Outcome.AGREES.verb, _said(other)
    times = ""
    if claim.value and other.value and claim.kind is not Kind.RANK:
        digits = digits_of(claim.value, other.value)
        times = f"It is {display(claim.value / other.value, '1', '1', digits)} that."
    return Outcome.DIFFERS.verb, _said(other, times)
