"""Arithmetic of parts and wholes that are stated together: what share the part is, never their sum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dashboard.analysis.precision import Interval, precision
from loaders.model import Claim
from loaders.units import digits_of, display


class PartCheck(NamedTuple):
    """A stated part of a stated whole.

    `share` is part over whole, `between` what it may be within the precision of both; both are None where
    `reasons` say why it cannot be computed. `fits` is false where the parts are more than the whole.
    """

    part: str
    whole: str
    share: float | None
    between: Interval | None
    fits: bool
    reasons: tuple[str, ...]


def part_checks(claims: Iterable[Claim]) -> list[PartCheck]:
    """Every claim that is stated to be a part of another one among the claims, in their order."""
    by_id = {claim.id: claim for claim in claims}
    parts = [claim for claim in by_id.values() if claim.part_of in by_id]
    return [_check(part, by_id[str(part.part_of)], parts) for part in parts]


def _check(part: Claim, whole: Claim, parts: list[Claim]) -> PartCheck:
    if (part.unit, part.basis) != (whole.unit, whole.basis):
        return _cannot(part, whole, "The part and the whole are not in the same unit and basis.")
    of_part, of_whole = precision(part), precision(whole)
    if part.value is None or not whole.value or of_part is None or of_whole is None:
        return _cannot(part, whole, "One of the two is stated without an amount.")
    siblings = [claim for claim in parts if claim.part_of == whole.id and claim.unit == whole.unit]
    least = sum(bounds.low for bounds in map(precision, siblings) if bounds)
    fits = least <= of_whole.high
    share = part.value / whole.value
    shown = display(share, "1", digits=digits_of(part.value, whole.value))
    words = f"The part is {shown} of the whole; the two must not be added."
    too_much = (
        () if fits else (f"The stated parts are more than the whole of {display(whole.value, whole.unit)}.",)
    )
    return PartCheck(part.id, whole.id, share, of_part.over(of_whole), fits, (words, *too_much))


def _cannot(part: Claim, whole: Claim, reason: str) -> PartCheck:
    return PartCheck(part.id, whole.id, None, None, True, (reason,))
