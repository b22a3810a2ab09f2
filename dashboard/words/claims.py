"""Claims in a few words: the figure, what it is of, how it stands to the statistics."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Sequence
from typing import Literal

from dashboard.analysis.checks import Check, ratio_digits
from dashboard.analysis.import_claims import is_import_share
from dashboard.analysis.precision import ratio_scale
from dashboard.words.dependence import the_place
from loaders.model import Claim
from loaders.names import mineral_name, place_name
from loaders.text import count, in_sentence
from loaders.units import display, display_number
from loaders.vocabulary import DECIDED, IN_GROUND, STATED_ONLY, WORLD, Direction, Kind, Measure, Outcome

Badge = Literal["plain", "warn", "good"]
"""How the few words at a figure are to be taken."""


def tile(claim: Claim, checks: Sequence[Check], in_use: Container[str] = ()) -> tuple[str, str, str, Badge]:
    """Figure, what it is of, in a few words how it stands to the statistics, and the tone of that."""
    words, tone = standing_words(claim, checks, in_use)
    return claim_words(claim), about(claim), words, tone


def claim_words(claim: Claim) -> str:
    """The figure in a form that fits a tile: 658 Mt, 1 %, 5th, $500 bn; a price as it is printed."""
    if claim.measure is Measure.PRICE and claim.kind is Kind.MONEY and _price_words(claim):
        return _price_words(claim)
    if claim.value is None:
        return claim.printed_value
    return directed(display(claim.value, claim.unit, ratio_scale(claim)), claim.direction)


def directed(number: str, direction: Direction | None) -> str:
    """The number of a change with the way that it went: "down 12 %", "up, 2×"."""
    if direction is None:
        return number
    return f"{direction.label} {number}" if number.endswith("%") else f"{direction.label}, {number}"


def _price_words(claim: Claim) -> str:
    """A price with what it buys, as printed: "$79.25 a pound"; empty where what it buys is not printed."""
    sign, _, rest = claim.printed_unit.partition(" ")
    if sign[-1:].isalpha():
        sign, rest = "", claim.printed_unit
    if not rest:
        return ""
    number = re.sub(r"\d", lambda digit: sign + digit[0], claim.printed_value, count=1)
    return f"{number}{rest}" if rest.startswith("/") else f"{number} {rest}"


def about(claim: Claim) -> str:
    mineral = mineral_name(claim.mineral).lower() if claim.mineral else ""
    where, measure = place_name(claim.place), claim.measure.label.lower()
    if claim.measure is Measure.REVENUE_CONTRIBUTION:
        return f"of future revenues, {where}, {claim.modality.label}"
    if claim.measure in STATED_ONLY and claim.kind is not Kind.MONEY and not _compares(claim):
        return f"{measure}, {mineral}, {where}"
    if is_import_share(claim):
        return f"of imports of {mineral} from {place_name(claim.compared_place or '')}, {where}"
    if claim.kind is Kind.SHARE:
        whole = "world " if claim.compared_place in (None, WORLD) else "its own "
        return f"of {whole}{measure}, {mineral}, {where}"
    if claim.kind is Kind.RANK:
        return f"in {mineral} {measure}, {where}"
    if claim.measure is Measure.PRICE and claim.kind is Kind.MONEY:
        return f"price of {mineral}, {claim.modality.label}, {where}"
    if claim.kind is Kind.MONEY:
        return f"{measure}, {claim.modality.label}, {where}"
    if _compares(claim):
        return f"{where} against {place_name(claim.compared_place or '')}, {mineral}"
    if claim.measure in IN_GROUND or claim.measure.value.endswith("production"):
        return f"{mineral}, {where}"
    return f"{measure} of {mineral}, {where}"


def compared_as(claim: Claim) -> str:
    """What the place is that a claim has besides its own."""
    return "imported from" if is_import_share(claim) else "compared with"


def in_short(claim: Claim) -> str:
    """The figure, unless its words say it, and what of: "44 kt, mine production of cobalt, Indonesia"."""
    number = "" if claim_words(claim).casefold() in claim.printed.casefold() else claim_words(claim)
    if claim.kind is Kind.QUANTITY and claim.mineral and claim.measure is not Measure.HOLDINGS:
        measure, mineral = (in_sentence(text) for text in (claim.measure.label, mineral_name(claim.mineral)))
        return ", ".join(filter(None, (number, f"{measure} of {mineral}", place_name(claim.place))))
    return ", ".join(filter(None, (number, about(claim))))


def _compares(claim: Claim) -> bool:
    """Whether it says how many times one place is another."""
    return claim.kind is Kind.RATIO and claim.compared_place is not None


def leading(checks: Sequence[Check], in_use: Container[str]) -> Check:
    """The check against an edition in use, of several datasets the last; the last check where none is.

    `in_use` holds ids such as `usgs-mcs.2025`; there must be a check.
    """
    return next((c for c in reversed(checks) if c.edition_id in in_use), checks[-1])


def standing_words(claim: Claim, checks: Sequence[Check], in_use: Container[str] = ()) -> tuple[str, Badge]:
    """In a few words how the claim stands to the editions, a number by the edition in use; and a tone."""
    if claim.measure is Measure.PRICE:
        return "a price, not judged", "plain"
    if claim.kind is Kind.MONEY or claim.measure in STATED_ONLY:
        return "no statistics apply", "plain"
    holding = [check for check in checks if check.outcome in (Outcome.HOLDS, Outcome.AGREES)]
    decided = [check for check in checks if check.outcome in DECIDED]
    if decided:
        verb = "holds" if claim.kind is Kind.RANK else "agrees"
        told = f"{verb} in {len(holding)} of {count(answering(checks), 'edition')}{not_in_words(checks)}"
        return ", ".join(filter(None, (told, _open_words(checks)))), "good" if holding else "warn"
    if _open_words(checks):
        return _open_words(checks), "plain"
    apart = [check for check in checks if check.outcome is Outcome.NOT_COMPARABLE and check.rows]
    if apart:
        return _apart_words(claim, apart, in_use), "warn"
    return ("no statistics of this" if checks else not_held(claim)), "plain"


def beside_account(checks: Sequence[Check]) -> str:
    """What the newest edition prints of the share of imports that is stated: "; USGS 2026: 46 %"."""
    printed = [check for check in checks if check.rows]
    return f"; {printed[-1].said_by} {printed[-1].edition}: {evidence_words(printed[-1])}" if printed else ""


def not_held(claim: Claim) -> str:
    """Why a claim is held against no edition."""
    if is_import_share(claim):
        return f"no account of the imports of {the_place(claim.place)} is loaded"
    return "no editions are loaded"


def answering(checks: Sequence[Check]) -> int:
    """How many editions have an answer; one that leaves it open counts where others say yes."""
    holding = any(check.outcome in (Outcome.HOLDS, Outcome.AGREES) for check in checks)
    return sum(check.outcome in DECIDED or (holding and check.outcome is Outcome.OPEN) for check in checks)


def not_in_words(checks: Sequence[Check]) -> str:
    """In how many editions it does not hold, where it holds in some and others leave it open."""
    found = {check.outcome for check in checks}
    against = sum(check.outcome in (Outcome.DOES_NOT_HOLD, Outcome.DIFFERS) for check in checks)
    return f", not in {against}" if against and {Outcome.HOLDS, Outcome.OPEN} <= found else ""


def named_edition(check: Check, checks: Sequence[Check]) -> str:
    """The edition of a check; with its publisher where editions of several datasets have an answer."""
    answers = {other.dataset for other in checks if other.outcome in (*DECIDED, Outcome.OPEN)}
    return f"{check.said_by} {check.edition}" if len(answers) > 1 else check.edition


def _apart_words(claim: Claim, apart: Sequence[Check], in_use: Container[str]) -> str:
    """How a claim stands to editions that none can be compared with it."""
    same = [check for check in apart if check.fits]
    if same:
        found = leading(same, in_use)
        return f"{same_words(found)}; {unsaid_words(found)}"
    found = leading(apart, in_use)
    told = evidence_words(found)
    if found.mineral != claim.mineral:
        alone = in_sentence(mineral_name(str(found.mineral)))
        return f"of a wider group; {alone} alone: {told}" if told else "of a wider group"
    if found.ratio is None:
        return Outcome.NOT_COMPARABLE.label
    times = display_number(found.ratio, "1", "1", ratio_digits(claim, found))
    number = "same number as" if is_same(found) else f"{times}×"
    unsaid = f": {unsaid_words(found)}" if found.not_stated else ""
    return f"{Outcome.NOT_COMPARABLE.label} ({number} {found.said_by} {found.edition}){unsaid}"


def same_words(check: Check) -> str:
    """That the number is that of an edition: printed so, or within what the stated number stands for."""
    if is_same(check):
        return f"same number as {edition_named(check)}"
    return ", ".join(filter(None, (f"fits {edition_named(check)}", evidence_words(check))))


def edition_named(check: Check) -> str:
    """The edition with its publisher, and whether a claim says that it has its number from that one."""
    return f"{check.said_by} {check.edition}{', which it names' if check.is_named else ''}"


def is_same(check: Check) -> bool:
    """Whether a claim has the very number of the evidence."""
    return check.ratio is not None and math.isclose(check.ratio, 1.0)


def unsaid_words(check: Check) -> str:
    """What is left unsaid: "class and basis not stated"."""
    *first, last = check.not_stated
    return f"{', '.join(first)} and {last} not stated" if first else f"{last} not stated"


def _open_words(checks: Sequence[Check]) -> str:
    """In which editions a claim is open, and for want of whose number."""
    found = [check for check in checks if check.outcome is Outcome.OPEN]
    names = " and ".join(dict.fromkeys(name for check in found for name in check.ahead))
    editions = ", ".join(named_edition(check, checks) for check in found)
    return f"open in {editions} for want of a number of {names}" if found else ""


def evidence_words(check: Check) -> str:
    """The evidence in words; empty where it is a bound."""
    if check.outcome is Outcome.OPEN and check.worst:
        best, worst = (display(rank, "rank") for rank in (check.evidence_value or 1, check.worst))
        return f"{best} at best, {worst} with {' and '.join(check.ahead)}"
    if check.evidence_value is None:
        return ""
    most, bound = ("at most ", "upper") if check.is_upper_bound else ("", "")
    return most + display(check.evidence_value, check.unit, digits=check.digits, bound=bound)


def ratio_words(claim: Claim, check: Check) -> str:
    """How many times the evidence the claim is: "7.5 times"."""
    return display(check.ratio or 0.0, "1", "1", ratio_digits(claim, check))
