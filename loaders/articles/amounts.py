"""Amounts: a numeral with its unit, bounds, range, approximation, and the unit it shares in a series.

An amount is what is printed, not yet what it is of. A number without a unit of its own takes the unit of
its series ("500, 350, or 100 billion") or of the amount before it ("Chile 9 million tonnes, Peru 3 million").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.articles import qualifiers, spellings
from loaders.articles.numerals import CARDINAL, FRACTION, MULTIPLE, ORDINAL, Numeral
from loaders.articles.series import (
    PrintedPart,
    is_money,
    may_be_year,
    put_unit,
    share_currency,
    share_forward,
    share_in_lists,
    share_out_of,
    share_sign,
)

MASS = frozenset({"t", "ct", "m3", "L"})
_RANGE_GAP = re.compile(r"\s?(?:[-–—~]|\bto\b|\bдо\b|\ba\b|\bhasta\b|至|到)\s?$")
_BETWEEN_GAP = re.compile(r"\s(?:and|to|и|до|та|і|й|y)\s$")
_BETWEEN = re.compile(r"\b(?:between|между|між|entre)\s(?:some\s|about\s|roughly\s)?$", re.IGNORECASE)
_DOWN_FROM = re.compile(r"\bdown from\s$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|от|від|з|de)\s$", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:r[oi]se|rising|fell|fall\w*|cut|trim\w*|rais\w+|gr[eo]w\w*|increas\w*|decreas\w*|jump\w*|up"
    r"|down|drop\w*"
    r"|climb\w*|slip\w*|slid\w*|lift\w*|reduc\w*|lower\w*|revis\w*|expand\w*|doubl\w*|tripl\w*|went|gone"
    r"|chang\w*|shr[aiu]nk\w*"
    r"|swell\w*|slump\w*|soar\w*|surg\w*|mov\w*|вырос\w*|упал\w*|сниз\w*|увелич\w*|сократ\w*|зріс\w*"
    r"|зросл\w*|впа[вл]\w*"
    r"|subi\w*|baj\w*|pas[óa]\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PhraseAmount:
    """Printed words that make a number: where they stand, and what they say.

    `value`, `lower` and `upper` are in `unit`: a canonical unit, `/weight` after a currency for a price,
    `1` for percent and fractions, `points`, `rank`, `times`, or empty for a number without a unit.
    `core` is where the numerals stand, without the words around them.
    """

    start: int
    end: int
    core: tuple[int, int]
    form: str
    unit: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    approximate: bool = False
    per: str = ""
    basis: str = ""
    counted: str = ""
    decision: str = ""
    doubts: tuple[str, ...] = ()
    ton: str = ""
    series: str = ""
    believed: bool = True

    @property
    def number(self) -> float:
        """The value, or the bound that is there."""
        numbers = (self.value, self.lower, self.upper)
        return next((number for number in numbers if number is not None), 0.0)


def phrase_amounts(folded: str, found: Sequence[Numeral], ton: str) -> list[PhraseAmount]:
    """The amounts of a folded text, in order; `ton` is what a bare ton means (metric, short, long)."""
    parts: list[PrintedPart] = []
    for numeral in found:  # that of "flasks of 76 pounds" is part of a unit
        if not parts or numeral.start >= parts[-1].end:
            parts.append(_part(folded, numeral, ton))
    share_sign(folded, parts)
    share_currency(folded, parts)
    share_in_lists(folded, parts)
    share_out_of(folded, parts)
    share_forward(folded, parts, ton)
    made: list[PhraseAmount] = []
    place = 0
    while place < len(parts):
        second = parts[place + 1] if place + 1 < len(parts) else None
        if second is not None and _is_range(folded, parts[place], second):
            made.append(_range(folded, parts[place], second))
            place += 2
        else:
            made.append(_single(folded, parts[place]))
            place += 1
    return made


def _part(folded: str, numeral: Numeral, ton: str) -> PrintedPart:
    """A numeral with the unit after it or the currency before it."""
    part = PrintedPart(numeral, numeral.start, numeral.end)
    if numeral.form in (ORDINAL, MULTIPLE, FRACTION):
        part.unit = {ORDINAL: "rank", MULTIPLE: "times", FRACTION: "1"}[numeral.form]
        return part
    money = spellings.currency_before(folded, numeral.start)
    if money is not None:
        part.unit, part.start = money
        return part
    after = spellings.unit_after(folded, numeral.end)
    if after is not None:
        put_unit(part, *after, ton)
    return part


# Ranges and single amounts


def _is_range(folded: str, low: PrintedPart, high: PrintedPart) -> bool:
    gap = folded[low.end : high.start] if high.start - low.end < 9 else "-----"
    if low.numeral.form == high.numeral.form == FRACTION:
        between = _BETWEEN.search(folded, max(0, low.start - 20), low.start) is not None
        return gap == " and " if between else gap == " to " and low.value < high.value
    cardinal = low.numeral.form == high.numeral.form == CARDINAL and not may_be_year(low)
    if not cardinal or not high.unit or (low.unit and low.unit != high.unit):
        return False
    if _BETWEEN.search(folded, max(0, low.start - 20), low.start):
        return bool(_BETWEEN_GAP.fullmatch(gap)) or bool(_RANGE_GAP.fullmatch(gap))
    if not _RANGE_GAP.fullmatch(gap) or not _low_value(low, high) < high.value:
        return False
    if _DOWN_FROM.search(folded, max(0, low.start - 12), low.start):
        return True  # "down from 4.0 to 4.5 million": nothing comes down from less to more
    started = _FROM.search(folded, max(0, low.start - 6), low.start)
    sentence = max(folded.rfind(". ", 0, low.start), low.start - 80, 0)
    return not (started and _CHANGED.search(folded, sentence, low.start))


def _low_value(low: PrintedPart, high: PrintedPart) -> float:
    """The lower number in the unit of the higher one, where it has no unit or scale of its own."""
    if low.unit and "list" not in low.shared:
        own = (
            low.numeral.scale > 1
            or high.numeral.scale == 1
            or low.numeral.bare * low.factor > high.numeral.bare * high.factor
        )
        return low.value if own else low.value * high.numeral.scale
    scale = high.numeral.scale if low.numeral.scale == 1 else 1.0
    return low.numeral.value * scale * high.factor


def _range(folded: str, low: PrintedPart, high: PrintedPart) -> PhraseAmount:
    lower, upper = _low_value(low, high), high.value
    words = qualifiers.around(folded, low.start, high.end)
    start = words.start
    between = _BETWEEN.search(folded, max(0, low.start - 20), low.start)
    if between:
        start = min(start, between.start())
    if lower > upper:
        lower, upper = upper, lower
    bounds = (None, lower, upper) if lower < upper else (upper, None, None)
    amount = _amount(folded, high, (start, words.end), bounds, about=words.about)
    return replace(amount, core=(low.start, high.numeral.end))


def _single(folded: str, part: PrintedPart) -> PhraseAmount:
    words = qualifiers.around(folded, part.start, part.end)
    value = part.value
    bounds: _Bounds = (value if part.numeral.believed else None, None, None)
    if words.bound:
        bounds = (None, value, None) if words.bound == "lower" else (None, None, value)
    return _amount(folded, part, (words.start, words.end), bounds, about=words.about)


_Bounds = tuple[float | None, float | None, float | None]


def _amount(
    folded: str, part: PrintedPart, span: tuple[int, int], bounds: _Bounds, *, about: bool
) -> PhraseAmount:
    """An amount of a part with its value, lower and upper bound."""
    numeral = part.numeral
    start, (unit, end) = span[0], _price(folded, part, *span)
    return PhraseAmount(
        start=start,
        end=end,
        core=(part.start, numeral.end),
        form=numeral.form,
        unit=unit,
        value=bounds[0],
        lower=bounds[1],
        upper=bounds[2],
        approximate=about,
        per=spellings.period_after(folded, end),
        basis=part.basis,
        counted=numeral.counted,
        decision=part.decision,
        doubts=(numeral.doubt,) if numeral.doubt else (),
        ton=part.ton,
        series=part.shared,
        believed=numeral.believed,
    )


def _price(folded: str, part: PrintedPart, start: int, end: int) -> tuple[str, int]:
    """A currency with the weight it is paid for ("$5 a tonne": USD/t), and where the words end."""
    if not is_money(part.unit) and part.unit != "¥":
        return part.unit, end
    weight = spellings.weight_after(folded, end)
    if weight:
        return f"{part.unit}/{weight[0]}", weight[1]
    before = spellings.weight_before(folded, start)
    return (f"{part.unit}/{before}" if before else part.unit), end


def with_yen(listed: list[PhraseAmount], code: str, decision: str) -> list[PhraseAmount]:
    """The amounts with a currency in place of "¥", which is printed for the yen and for the yuan."""
    return [
        replace(amount, unit=amount.unit.replace("¥", code), decision=decision)
        if amount.unit.startswith("¥")
        else amount
        for amount in listed
    ]
