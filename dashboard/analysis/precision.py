"""How exact a printed number is, and whether evidence lies within it.

1. Bounds that the words give ("more than", "10 to 12", an order of magnitude) are taken as they are.
2. A printed number stands for half a unit of its last printed digit on either side: 1 % for 0.5 to 1.5 %,
   28.5 Mt for 28.45 to 28.55 Mt, 658 million for 657.5 to 658.5 million. Zeros that are printed count.
3. With words such as "about" or "almost" the zeros at its end do not count: "almost 70 %" is 65 to 75 %.
4. A share in words ("a third") stands for all that is nearer to it than to another fraction that is said
   so: 29.2 to 36.7 %.
5. A rank, and any other number in words, stands for itself.
"""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

import pandas as pd

from loaders.model import Claim
from loaders.units import read_unit
from loaders.vocabulary import Kind


class Interval(NamedTuple):
    """All numbers from `low` to `high`, both included; infinite where there is no bound."""

    low: float
    high: float

    @property
    def is_point(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def times(self, low: float, high: float) -> Interval:
        """The interval after a conversion by a factor between `low` and `high`."""
        return Interval(self.low * low, self.high * high)

    def over(self, other: Interval) -> Interval:
        """All quotients of amounts above zero."""
        return Interval(self.low / other.high, self.high / other.low if other.low else math.inf)


def precision(claim: Claim) -> Interval | None:
    """The interval that a claim stands for, in the claim's unit; None where it states no amount."""
    if claim.lower is not None or claim.upper is not None:
        low = -math.inf if claim.lower is None else claim.lower
        return Interval(low, math.inf if claim.upper is None else claim.upper)
    if claim.value is None:
        return None
    if claim.kind is Kind.SHARE and not any(map(str.isdigit, claim.printed_value)):
        for below, said, above in zip(_SAID, _SAID[1:], _SAID[2:], strict=False):
            if math.isclose(claim.value, said):
                return Interval((below + said) / 2, (said + above) / 2)
    half = 0.0 if claim.kind is Kind.RANK else _half_unit(claim, claim.value)
    return Interval(claim.value - half, claim.value + half)


_SAID = (
    0.0,
    1 / 10,
    1 / 8,
    1 / 6,
    1 / 5,
    1 / 4,
    1 / 3,
    2 / 5,
    1 / 2,
    3 / 5,
    2 / 3,
    3 / 4,
    4 / 5,
    9 / 10,
    1.0,
)
"""Nothing, the fractions that people name, and all."""


def ratio_scale(claim: Claim) -> str | None:
    """The scale that a ratio is shown on: times, or per cent where it is printed so; None of other claims."""
    if claim.kind is not Kind.RATIO:
        return None
    return "%" if claim.printed_unit and read_unit(claim.printed_unit).factor == _PERCENT else "1"


_PERCENT = 0.01


_NUMBER = re.compile(r"\d(?:[\d.,'’\s]*\d)?")
_DECIMALS = re.compile(r"[.,]\d{1,2}$")


def _half_unit(claim: Claim, value: float) -> float:
    """Half a unit of the last digit that counts of a printed number, on the scale of the value it means."""
    numbers = _NUMBER.findall(claim.printed_value)
    if len(numbers) != 1:
        return 0.0
    digits = re.sub(r"\D", "", numbers[0])
    if not int(digits):
        return 0.5 * 10.0 ** -len(numbers[0].partition(".")[2])
    unit = abs(value) / int(digits)
    power = math.log10(unit or 1.0)
    if claim.unit == "1" and not math.isclose(power, round(power), abs_tol=1e-9):
        return 0.0  # "one in 8"
    if _is_about(claim, numbers[0]) and not _DECIMALS.search(numbers[0]):
        unit *= 10.0 ** (len(digits) - len(digits.rstrip("0")))
    return 0.5 * unit


def _is_about(claim: Claim, number: str) -> bool:
    """Whether the printed words say that the number is not exact."""
    from loaders.articles.qualifiers import around  # with all that reads articles, which lists do without

    texts = ((text, text.find(number)) for text in (claim.printed_value, claim.printed))
    return any(around(text, start, start + len(number)).about for text, start in texts if start >= 0)


def known(line: Any) -> Interval:
    """What a line with `value`, `lower` and `upper` may be: a point, a range, or anything from zero."""
    if pd.notna(line["value"]):
        return Interval(float(line["value"]), float(line["value"]))
    low = float(line["lower"]) if pd.notna(line["lower"]) else 0.0
    return Interval(low, float(line["upper"]) if pd.notna(line["upper"]) else math.inf)


def agrees(stated: Interval, evidence: Interval) -> bool | None:
    """Whether all that the evidence allows is within what was stated; None where only some of it is."""
    if stated.low <= evidence.low and evidence.high <= stated.high:
        return True
    if evidence.high < stated.low or stated.high < evidence.low:
        return False
    return None
