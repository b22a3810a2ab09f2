"""Claims held against each edition of the statistics. Says what the evidence shows, never who is right.

Outcomes: `agrees` and `differs` where a number is stated, `holds` and `does_not_hold` for ranks and for
comparisons without a number, `open` where a country without a number decides, `not_comparable` where the
gate says no, `cannot_check` where the evidence is not there or leaves the answer open. `precision` says how
exact a claim is, `evidence` what it is held against.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from dashboard.analysis.blanks import ahead
from dashboard.analysis.evidence import (
    OF_TRADE,
    EditionRef,
    Evidence,
    Known,
    Near,
    evidence_of,
    in_edition,
    near_claims,
)
from dashboard.analysis.gaps import no_row, no_table, other_year
from dashboard.analysis.gate import Gate, compare, figure_of_claim, figure_of_row, of_its_publisher
from dashboard.analysis.precision import Interval, agrees, known, precision, ratio_scale
from dashboard.analysis.rank_bounds import Standing, rank_standing
from dashboard.analysis.totals import ROUNDED_TOTAL, left_out_words
from loaders.model import Claim, EditionId
from loaders.names import place_name
from loaders.text import in_sentence
from loaders.units import digits_of, display
from loaders.vocabulary import STATED_ONLY, WORLD, Comparability, Kind, Measure, Outcome, Total

PRICES_STAND_BESIDE = (
    "A price is of a form, a place and a day: printed prices stand beside it, none is judged."
)
"""Why a stated price neither agrees with a printed one nor differs from it."""


@dataclass(frozen=True)
class Check:
    """One claim held against one edition.

    `evidence_value` is in `unit` (tonnes, a fraction, a rank), on the claim's basis where it was converted;
    `ratio` is the claim over the evidence; `precision` is the interval that the printed number stands for;
    `rows` are the observations that the answer rests on, as (file, row, column). An open rank is
    `evidence_value` at best and `worst` if the countries `ahead`, which have no number, stand before it;
    `why_open` says so. A computed evidence carries so many `digits`. `not_stated` says what is left unsaid
    where nothing else keeps the two apart, `fits` that the number is then that of the evidence, `is_named`
    whether the claim is said to be the publisher's own.
    """

    claim: str
    dataset: str
    edition: str
    outcome: Outcome
    evidence_value: float | None
    unit: str
    ratio: float | None
    precision: Interval | None
    reasons: tuple[str, ...]
    rows: tuple[tuple[str, int, str], ...] = ()
    year: int | None = None
    mineral: str | None = None
    is_upper_bound: bool = False
    tied_with: tuple[str, ...] = field(default=())
    why_open: str = ""
    worst: int | None = None
    ahead: tuple[str, ...] = field(default=())
    digits: int = 3
    said_by: str = ""
    not_stated: tuple[str, ...] = field(default=())
    fits: bool = False
    is_named: bool = False

    @property
    def edition_id(self) -> str:
        """The edition by id, such as `usgs-mcs.2025`."""
        return str(EditionId(self.dataset, self.edition))


def check_all(
    claims: Iterable[Claim], observations: Any, editions: Sequence[EditionRef]
) -> dict[str, list[Check]]:
    """Every claim against each edition, by claim id. Claims about the same statistics share one ranking.

    `observations` is a pandas, DuckDB or Spark table of observations.
    """
    every = list(claims)
    if not every:
        return {}
    near = near_claims(every, observations)
    known_evidence: Known = {}
    return {claim.id: _check(claim, near, editions, known_evidence) for claim in every}


def _check(claim: Claim, near: Near, editions: Sequence[EditionRef], seen: Known) -> list[Check]:
    if claim.measure in STATED_ONLY:
        return [_not_counted(claim, edition) for edition in editions]
    never = _never(claim)
    if never:
        return [_cannot(claim, edition, *never) for edition in editions]
    evidence = evidence_of(claim, near, seen)
    if not evidence.is_counted:
        return [_not_counted(claim, edition) for edition in editions]
    return [_held_against(claim, edition, evidence) for edition in editions]


def _never(claim: Claim) -> tuple[str, ...]:
    """Why no edition can say anything of a claim; empty where one may."""
    if claim.measure is Measure.PRICE:
        return (PRICES_STAND_BESIDE,)
    if claim.kind is Kind.MONEY:
        return tuple(filter(None, ("No statistics apply to sums of money.", claim.outcome)))
    if claim.measure in OF_TRADE:
        return ("Statements about trade are not held against tables of trade.",)
    stated = precision(claim)
    if stated is None:
        return ("No amount is stated.",)
    if stated.high < 0:
        return ("A negative number is no amount, share or rank.",)
    if claim.kind is Kind.RANK and (claim.value is None or claim.value < 1 or claim.value % 1):
        return ("Ranks are whole numbers from 1.",)
    if claim.kind is Kind.RATIO and not claim.compared_place:
        return ("It does not say with which place the comparison is made.",)
    if claim.kind is Kind.SHARE and claim.compared_place not in (None, WORLD):
        return ("Only shares of the world total are checked.",)
    return ()


def _held_against(claim: Claim, edition: EditionRef, every: Evidence) -> Check:
    """The claim against one edition; `every` is the evidence of all editions."""
    evidence = in_edition(every, claim, edition)
    checkers = {Kind.QUANTITY: _quantity, Kind.SHARE: _share, Kind.RANK: _rank, Kind.RATIO: _ratio}
    places = [claim.place, claim.compared_place] if claim.kind is Kind.RATIO else [claim.place]
    for place in places:
        missing = _missing(claim, edition, evidence, place or "")
        if missing:
            return missing
    found = checkers[claim.kind](claim, edition, evidence)
    return _left_open(claim, found, edition, evidence, every) if claim.kind is Kind.RANK else found


def _missing(claim: Claim, edition: EditionRef, evidence: Evidence, place: str) -> Check | None:
    """The answer where the evidence is not there: no such mineral, no such row, or no number in it."""
    if evidence.rows.empty:
        return _cannot(claim, edition, no_table(claim, edition, evidence))
    other = other_year(claim, evidence)
    if other:
        return _cannot(claim, edition, other)
    own = evidence.rows[evidence.rows["place"] == place]
    if own.empty:
        return _cannot(claim, edition, no_row(place, edition, evidence))
    if claim.kind is not Kind.QUANTITY and evidence.line_of(place) is None:
        return _cannot(claim, edition, f"{place_name(place)} is not one country, and is not ranked.")
    if own[["value", "lower", "upper"]].isna().all(axis=None):
        printed = ", ".join(sorted({text.strip() for text in own["printed_value"]} - {""})) or "blank"
        reason = f"{place_name(place)} has no number here; printed is: {printed}."
        return _cannot(claim, edition, reason, rows=_rows(own))
    return None


def _not_counted(claim: Claim, edition: EditionRef) -> Check:
    """The answer where no dataset counts what is stated: a loan, a grade, a change, a quota."""
    counts = "counts" if claim.measure in STATED_ONLY else "that compares countries counts"
    reason = f"No dataset here {counts} this: {in_sentence(claim.measure.label)}."
    found = _cannot(claim, edition, *filter(None, (reason, claim.outcome)))
    return replace(found, outcome=Outcome.NOT_COMPARABLE)


def _cannot(claim: Claim, edition: EditionRef, *reasons: str, rows: Any = ()) -> Check:
    return Check(
        claim.id, edition.dataset, edition.edition, Outcome.CANNOT_CHECK, None, claim.unit, None,
        precision(claim), reasons, tuple(rows), mineral=claim.mineral, said_by=edition.said_by,
    )  # fmt: skip


# Kinds of claims ------------------------------------------------------------------------------------


def _quantity(claim: Claim, edition: EditionRef, evidence: Evidence) -> Check:
    rows = evidence.rows[evidence.rows["place"] == claim.place]
    gate = _gate(claim, edition, evidence)
    amount = _amount(evidence, claim.place)
    if gate.conversion:
        amount = amount.times(gate.conversion.low, gate.conversion.high)
    found = _found(claim, edition, evidence, amount, _rows(rows))
    return _judged(claim, found, amount, gate)


def _amount(evidence: Evidence, place: str) -> Interval:
    """The amount of a place; of the world or of several countries it is the printed row."""
    line = evidence.line_of(place) or evidence.row_of(place)
    return known(line)


def _share(claim: Claim, edition: EditionRef, evidence: Evidence) -> Check:
    rows = evidence.rows[evidence.rows["place"].isin([claim.place, WORLD])]
    line = evidence.line_of(claim.place) or {}
    if claim.place in line["left_out"].split("+"):
        return _cannot(claim, edition, left_out_words(line["left_out"]), rows=_rows(rows))
    if not line["denominator"] > 0:
        return _cannot(claim, edition, "There is no total that the share could be of.", rows=_rows(rows))
    amount, whole, upper = known(line), float(line["denominator"]), bool(line["share_is_upper_bound"])
    share = Interval(0.0 if upper else amount.low / whole, amount.high / whole)
    found = replace(
        _found(claim, edition, evidence, share, _rows(rows), *_total_reasons(line)),
        digits=digits_of(amount.high, whole),
    )
    if upper and amount.is_point:
        found = replace(
            found, evidence_value=share.high, ratio=_ratio_to(claim, share.high), is_upper_bound=True
        )
        # A share that reaches the bound agrees with it: the total is printed as just above, not far above.
        share = Interval(share.high, share.high) if _reaches(claim, share.high) else share
    return _judged(claim, found, share, _gate(claim, edition, evidence))


def _reaches(claim: Claim, bound: float) -> bool:
    stated = precision(claim)
    return stated is not None and stated.low <= bound <= stated.high


def _total_reasons(line: dict[Any, Any]) -> tuple[str, ...]:
    """What has to be said of the total that a share is of."""
    if line["left_out"]:
        return (f"{left_out_words(line['left_out'])} The share is at most this.",)
    if line["share_is_upper_bound"]:
        return ("The total is printed as 'more than', so the share is at most this.",)
    if line["denominator_is"] == Total.SUM:
        return ("No world total is printed; the share is of the sum of the rows.",)
    if line["denominator_is"] == Total.ROWS:
        return (f"{ROUNDED_TOTAL} The share is of that sum.",)
    return ()


def _rank(claim: Claim, edition: EditionRef, evidence: Evidence) -> Check:
    stands = rank_standing(evidence.ranked, claim.place)
    best = Interval(stands.best, stands.best)
    found = replace(
        _found(claim, edition, evidence, best, _rows(evidence.rows), *_standing_reasons(stands)),
        ratio=None,
        tied_with=tuple(place_name(place) for place in stands.tied),
    )
    gate = _gate(claim, edition, evidence)
    if gate.outcome is Comparability.NOT_COMPARABLE:
        return replace(found, outcome=Outcome.NOT_COMPARABLE, reasons=(*gate.reasons, *found.reasons))
    if stands.best < stands.worst and stands.best <= (claim.value or 0) <= stands.worst:
        return replace(found, outcome=Outcome.CANNOT_CHECK)
    return replace(found, outcome=Outcome.HOLDS if claim.value == stands.best else Outcome.DOES_NOT_HOLD)


def _left_open(claim: Claim, found: Check, edition: EditionRef, evidence: Evidence, every: Evidence) -> Check:
    """A rank that a country without a number could change: open, with what it depends on."""
    stands = rank_standing(evidence.ranked, claim.place)
    before = ahead(stands.blank, _amount(evidence, claim.place).high, evidence, every, edition)
    worst = stands.worst + len(before)
    if (
        not before
        or found.outcome is Outcome.NOT_COMPARABLE
        or not stands.best <= (claim.value or 0) <= worst
    ):
        return found
    told = " and ".join(one.words for one in before)
    why = f"{display(stands.best, 'rank')} at best, {display(worst, 'rank')} if {told}"
    return replace(
        found,
        outcome=Outcome.OPEN,
        reasons=(f"{why}.", *found.reasons),
        why_open=why,
        worst=worst,
        ahead=tuple(place_name(one.place) for one in before),
    )


def _standing_reasons(stands: Standing) -> tuple[str, ...]:
    tied, bounded, blank = (", ".join(map(place_name, places)) for places in stands[2:])
    return tuple(
        reason
        for reason, applies in (
            (f"Tied with {tied}; ties take the best rank.", tied),
            (f"Only bounds are printed for {bounded}: the rank is {stands.best} to {stands.worst}.", bounded),
            (f"Not ranked, for want of a number: {blank}. The rank is at best this.", blank),
        )
        if applies
    )


def _ratio(claim: Claim, edition: EditionRef, evidence: Evidence) -> Check:
    other = claim.compared_place or ""
    rows = evidence.rows[evidence.rows["place"].isin([claim.place, other])]
    own, compared = _amount(evidence, claim.place), _amount(evidence, other)
    if not compared.high > 0:
        return _cannot(claim, edition, f"The edition prints zero for {place_name(other)}.", rows=_rows(rows))
    times = own.over(compared)
    digits = digits_of(own.high, compared.high)
    found = replace(_found(claim, edition, evidence, times, _rows(rows)), digits=digits)
    judged = _judged(claim, found, times, _gate(claim, edition, evidence))
    without_number = {Outcome.AGREES: Outcome.HOLDS, Outcome.DIFFERS: Outcome.DOES_NOT_HOLD}
    if claim.value is None and judged.outcome in without_number:
        return replace(judged, outcome=without_number[judged.outcome])
    return judged


# What the kinds have in common -----------------------------------------------------------------------


def _gate(claim: Claim, edition: EditionRef, evidence: Evidence) -> Gate:
    """The gate for claim and evidence; a conversion is of the evidence to the claim's basis."""
    row = evidence.row_of(claim.place)
    stated, printed = figure_of_claim(claim), figure_of_row(row, edition.said_by, claim.kind, claim.place)
    if edition.is_called(claim.origin):
        stated = of_its_publisher(stated, printed)
    gate = compare(stated, printed)
    return compare(printed, stated) if gate.conversion else gate


def _found(
    claim: Claim, edition: EditionRef, evidence: Evidence, amount: Interval, rows: Any, *reasons: str
) -> Check:
    """What the evidence is, still without an outcome."""
    value = amount.low if amount.is_point else None
    return Check(
        claim.id, edition.dataset, edition.edition, Outcome.CANNOT_CHECK, value, claim.unit,
        _ratio_to(claim, value), precision(claim), reasons, tuple(rows),
        int(evidence.rows["year"].iloc[0]), evidence.mineral, said_by=edition.said_by,
        is_named=edition.is_called(claim.origin),
    )  # fmt: skip


def _ratio_to(claim: Claim, evidence_value: float | None) -> float | None:
    return claim.value / evidence_value if claim.value is not None and evidence_value else None


def _judged(claim: Claim, found: Check, amount: Interval, gate: Gate) -> Check:
    """Agrees, differs, is not comparable, or is left open by bounds; with the reasons."""
    stated = precision(claim)
    verdict = agrees(stated, amount) if stated else None
    if gate.outcome is Comparability.NOT_COMPARABLE:
        unsaid, reasons = gate.not_stated, (*gate.reasons, *found.reasons)
        apart = replace(found, outcome=Outcome.NOT_COMPARABLE, reasons=reasons, not_stated=unsaid)
        return replace(apart, fits=bool(verdict and unsaid))
    said = (*gate.reasons, *found.reasons)
    if verdict is None:
        return replace(
            found, outcome=Outcome.CANNOT_CHECK, reasons=(*said, _open_words(amount, claim, found.digits))
        )
    if verdict:
        return replace(found, outcome=Outcome.AGREES, reasons=said)
    return replace(found, outcome=Outcome.DIFFERS, reasons=(*said, *_how_far(found, amount, claim)))


def _open_words(amount: Interval, claim: Claim, digits: int) -> str:
    return f"The evidence, {_interval_words(amount, claim, digits)}, leaves it open."


def _how_far(found: Check, amount: Interval, claim: Claim) -> tuple[str, ...]:
    if found.evidence_value == 0:
        return ("The evidence is zero.",)
    if found.ratio is None:
        return (f"The evidence is {_interval_words(amount, claim, found.digits)}.",)
    return (f"The claim is {display(found.ratio, '1', '1', ratio_digits(claim, found))} the evidence.",)


def ratio_digits(claim: Claim, found: Check) -> int:
    """How many digits the ratio of a claim to its evidence carries; more where it would read as 1."""
    digits = min(found.digits, digits_of(claim.value or 0.0, found.evidence_value or 0.0))
    near = (count for count in range(digits, _MOST_DIGITS) if f"{found.ratio or 0:.{count}g}" != "1")
    return next(near, _MOST_DIGITS) if found.ratio != 1 else digits


_MOST_DIGITS = 3


def _interval_words(amount: Interval, claim: Claim, digits: int) -> str:
    scale = ratio_scale(claim)
    if amount.is_point:
        return display(amount.low, claim.unit, scale, digits)
    low = display(amount.low, claim.unit, scale, digits, "lower")
    if amount.high == float("inf"):
        return f"{low} or more"
    high = display(amount.high, claim.unit, scale, digits, "upper")
    return f"{low} to {high}" if amount.low else f"at most {high}"


def _rows(found: pd.DataFrame) -> tuple[tuple[str, int, str], ...]:
    return tuple(
        (str(file), int(row), str(column))
        for file, row, column in zip(found["file"], found["row"], found["column"], strict=True)
    )
