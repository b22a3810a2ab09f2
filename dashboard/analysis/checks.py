"""Claims held against each edition of the statistics. Says what the evidence shows, never who is right.

Outcomes: `agrees` and `differs` for quantities and shares, `holds` and `does_not_hold` for ranks and
ratios, `not_comparable` where the gate says no, `cannot_check` where the evidence is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import pandas as pd

from dashboard.analysis.compare import Comparison, compare, figure_of_claim, figure_of_row, members
from dashboard.analysis.rank import rank
from dashboard.analysis.series import collect, select
from loaders.model import Claim
from loaders.names import mineral_name, place_name
from loaders.vocabulary import Kind, Measure

Outcome = Literal["agrees", "differs", "holds", "does_not_hold", "not_comparable", "cannot_check"]


class EditionRef(NamedTuple):
    """An edition to check against, and how its publisher is called in a sentence ("USGS")."""

    dataset: str
    edition: str
    said_by: str


@dataclass(frozen=True)
class Check:
    """One claim held against one edition.

    `evidence_value` is in `unit` (tonnes, a fraction, a rank); `ratio` is the claim over the evidence;
    `precision` is the interval that the printed number stands for; `rows` are the observations that the
    answer rests on, as (file, row, column).
    """

    claim: str
    dataset: str
    edition: str
    outcome: Outcome
    evidence_value: float | None
    unit: str
    ratio: float | None
    precision: tuple[float, float] | None
    reasons: tuple[str, ...]
    rows: tuple[tuple[str, int, str], ...] = ()
    year: int | None = None
    mineral: str | None = None
    is_upper_bound: bool = False
    tied_with: tuple[str, ...] = field(default=())


def check(claim: Claim, observations: Any, editions: Sequence[EditionRef]) -> list[Check]:
    """The claim against each edition; `observations` is a pandas, DuckDB or Spark table of observations."""
    return check_all([claim], observations, editions)[claim.id]


def check_all(
    claims: Iterable[Claim], observations: Any, editions: Sequence[EditionRef]
) -> dict[str, list[Check]]:
    """Every claim against each edition, by claim id. Claims about the same statistics share one ranking."""
    ranked: _Rankings = {}
    return {claim.id: _check(claim, observations, editions, ranked) for claim in claims}


def _check(claim: Claim, observations: Any, editions: Sequence[EditionRef], ranked: _Rankings) -> list[Check]:
    if claim.kind is Kind.MONEY or claim.measure in _NO_STATISTICS:
        reason = f"No statistics apply to {_money_words(claim)}."
        return [_cannot(claim, edition, reason) for edition in editions]
    evidence = _evidence(claim, observations, ranked)
    checkers = {Kind.QUANTITY: _quantity, Kind.SHARE: _share, Kind.RANK: _rank, Kind.RATIO: _ratio}
    return [checkers[claim.kind](claim, edition, _of_edition(evidence, edition)) for edition in editions]


_NO_STATISTICS = (Measure.FUND, Measure.DEBT, Measure.AID, Measure.REVENUE_CONTRIBUTION)
_IN_GROUND = (Measure.RESERVES, Measure.RESOURCES, Measure.HOLDINGS)


def precision(claim: Claim) -> tuple[float, float] | None:
    """The interval that a printed number stands for: 1 % for 0.5 to 1.5 %, 28.5 Mt for 28.45 to 28.55 Mt.

    Half a unit of the last printed digit on either side; bounds that the words give ("ten times, by order
    of magnitude") are taken as they are; a rank stands for itself.
    """
    if claim.lower is not None and claim.upper is not None:
        return claim.lower, claim.upper
    if claim.value is None:
        return None
    if claim.kind is Kind.RANK:
        return claim.value, claim.value
    digits = claim.printed_value.replace(",", "")
    try:
        number = float(digits)
    except ValueError:
        return claim.value, claim.value
    decimals = len(digits.partition(".")[2])
    half = 0.5 * 10**-decimals * (claim.value / number if number else 1)
    return claim.value - half, claim.value + half


@dataclass(frozen=True)
class _Evidence:
    """The rows that may bear on a claim, and the ranking of their series."""

    mineral: str | None
    rows: pd.DataFrame
    ranked: pd.DataFrame


_Rankings = dict[tuple[str | None, tuple[str, ...]], _Evidence]


def _evidence(claim: Claim, observations: Any, known: _Rankings) -> _Evidence:
    """The statistics of the claim's mineral.

    For shares, ranks and ratios of a group without statistics, those of the first member that has any:
    they are shown beside the claim, never as the same thing. Amounts of a part say nothing of the whole.
    """
    measures = ("reserves",) if claim.measure in _IN_GROUND else _production_measures(claim.measure)
    wider = () if claim.kind is Kind.QUANTITY else members(claim.mineral or "")
    found = [_statistics(mineral, measures, observations, known) for mineral in (claim.mineral, *wider)]
    return next((evidence for evidence in found if not evidence.rows.empty), found[0])


def _statistics(
    mineral: str | None, measures: tuple[str, ...], observations: Any, known: _Rankings
) -> _Evidence:
    key = (mineral, measures)
    if key not in known:
        rows = collect(select(observations, mineral=mineral or "", measure=measures))
        known[key] = _Evidence(mineral, rows, rank(rows))
    return known[key]


def _production_measures(measure: Measure) -> tuple[str, ...]:
    every = tuple(str(m) for m in Measure if m.value.endswith("production"))
    return every if measure is Measure.PRODUCTION else (str(measure),)


def _of_edition(evidence: _Evidence, edition: EditionRef) -> _Evidence:
    """The latest year of one edition."""
    rows, ranked = (
        table[(table["dataset"] == edition.dataset) & (table["edition"] == edition.edition)]
        for table in (evidence.rows, evidence.ranked)
    )
    latest = rows["year"].max()
    return _Evidence(evidence.mineral, rows[rows["year"] == latest], ranked[ranked["year"] == latest])


def _cannot(claim: Claim, edition: EditionRef, reason: str, rows: Iterable[Any] = ()) -> Check:
    return Check(
        claim.id, edition.dataset, edition.edition, "cannot_check", None, claim.unit, None, precision(claim), (reason,),
        tuple(rows), mineral=claim.mineral,
    )  # fmt: skip


def _missing(claim: Claim, edition: EditionRef, evidence: _Evidence, place: str) -> Check | None:
    """The answer where the evidence is not there: no such mineral, no such row, or no number in it."""
    name = mineral_name(claim.mineral) if claim.mineral else "this"
    if evidence.rows.empty:
        return _cannot(claim, edition, f"The edition has no figures of {_lower(name)}.")
    own = evidence.rows[evidence.rows["place"] == place]
    if own.empty:
        where = _lower(mineral_name(str(evidence.mineral)))
        return _cannot(claim, edition, f"{place_name(place)} has no row in the {where} tables.")
    if evidence.ranked[evidence.ranked["place"] == place]["value"].isna().all():
        printed = ", ".join(sorted(set(own["printed_value"].str.strip()) - {""})) or "blank"
        return _cannot(
            claim, edition, f"{place_name(place)} has no number here; printed is: {printed}.", _rows(own)
        )
    return None


def _quantity(claim: Claim, edition: EditionRef, evidence: _Evidence) -> Check:
    missing = _missing(claim, edition, evidence, claim.place)
    if missing:
        return missing
    found = evidence.rows[evidence.rows["place"] == claim.place]
    line = evidence.ranked[evidence.ranked["place"] == claim.place].iloc[0]
    gate = compare(figure_of_claim(claim), figure_of_row(found.iloc[0], edition.said_by))
    return _result(claim, edition, evidence, float(line["value"]), gate, _rows(found))


def _share(claim: Claim, edition: EditionRef, evidence: _Evidence) -> Check:
    missing = _missing(claim, edition, evidence, claim.place)
    if missing:
        return missing
    found = evidence.rows[evidence.rows["place"].isin([claim.place, "WLD"])]
    line = evidence.ranked[evidence.ranked["place"] == claim.place].iloc[0]
    if pd.isna(line["share"]):
        return _cannot(claim, edition, "There is no total that the share could be of.", _rows(found))
    gate = compare(figure_of_claim(claim), figure_of_row(found.iloc[0], edition.said_by, Kind.SHARE))
    upper = bool(line["share_is_upper_bound"])
    return _result(claim, edition, evidence, float(line["share"]), gate, _rows(found), upper)


def _rank(claim: Claim, edition: EditionRef, evidence: _Evidence) -> Check:
    missing = _missing(claim, edition, evidence, claim.place)
    if missing:
        return missing
    line = evidence.ranked[evidence.ranked["place"] == claim.place].iloc[0]
    value = float(line["rank"])
    same = evidence.ranked[(evidence.ranked["rank"] == value) & (evidence.ranked["place"] != claim.place)]
    tied = tuple(place_name(str(place)) for place in same["place"])
    if evidence.mineral != claim.mineral:
        gate = compare(
            figure_of_claim(claim), figure_of_row(evidence.rows.iloc[0], edition.said_by, Kind.RANK)
        )
        return _result(claim, edition, evidence, value, gate, _rows(evidence.rows))
    reasons = (f"Tied with {', '.join(tied)}; ties take the best rank.",) if tied else ()
    unranked = evidence.ranked[evidence.ranked["rank"].isna()]["place"]
    if len(unranked):
        names = ", ".join(place_name(str(place)) for place in unranked)
        reasons = (*reasons, f"Not ranked, for want of a number: {names}.")
    return Check(
        claim.id, edition.dataset, edition.edition, "holds" if value == claim.value else "does_not_hold", value, "rank",
        None, precision(claim), reasons, _rows(evidence.rows), int(line["year"]), evidence.mineral, False, tied,
    )  # fmt: skip


def _ratio(claim: Claim, edition: EditionRef, evidence: _Evidence) -> Check:
    for place in (claim.place, claim.compared_place):
        missing = _missing(claim, edition, evidence, place or "")
        if missing:
            return missing
    lines = evidence.ranked.set_index("place")["value"]
    value = float(lines[claim.place] / lines[claim.compared_place])
    found = evidence.rows[evidence.rows["place"].isin([claim.place, claim.compared_place])]
    gate = compare(figure_of_claim(claim), figure_of_row(found.iloc[0], edition.said_by, Kind.RATIO))
    return _result(claim, edition, evidence, value, gate, _rows(found))


def _result(
    claim: Claim,
    edition: EditionRef,
    evidence: _Evidence,
    value: float,
    gate: Comparison,
    rows: tuple[tuple[str, int, str], ...],
    upper: bool = False,
) -> Check:
    """Agrees, differs or is not comparable, with how far the claim is from the evidence."""
    stands_for = precision(claim)
    ratio = claim.value / value if claim.value is not None and value else None
    outcome: Outcome = "not_comparable"
    if gate.outcome == "comparable":
        outcome = "agrees" if _within(value, stands_for, claim) else "differs"
    reasons = gate.reasons
    if upper:
        reasons = (*reasons, "The total is printed as 'more than', so the share is at most this.")
    return Check(
        claim.id, edition.dataset, edition.edition, outcome, value, claim.unit, ratio, stands_for, reasons, rows,
        int(evidence.rows["year"].iloc[0]), evidence.mineral, upper,
    )  # fmt: skip


def _within(value: float, stands_for: tuple[float, float] | None, claim: Claim) -> bool:
    if stands_for:
        return stands_for[0] <= value <= stands_for[1]
    at_least = claim.lower is None or value >= claim.lower
    at_most = claim.upper is None or value <= claim.upper
    return at_least and at_most


def _rows(found: pd.DataFrame) -> tuple[tuple[str, int, str], ...]:
    return tuple(
        (str(file), int(row), str(column))
        for file, row, column in zip(found["file"], found["row"], found["column"], strict=True)
    )


def _money_words(claim: Claim) -> str:
    return {"fund": "a fund", "debt": "a debt", "aid": "aid"}.get(str(claim.measure), "sums of money")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
