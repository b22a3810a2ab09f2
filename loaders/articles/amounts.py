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

MASS = frozenset({"t", "ct", "m3", "L"})
_RANGE_GAP = re.compile(r"\s?(?:[-–—~]|\bto\b|\bдо\b|\ba\b|\bhasta\b|至|到)\s?$")
_BETWEEN_GAP = re.compile(r"\s(?:and|to|и|до|та|і|й|y)\s$")
_BETWEEN = re.compile(r"\b(?:between|между|між|entre)\s(?:some\s|about\s|roughly\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|от|від|з|de)\s$", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:r[oi]se|rising|fell|fall\w*|cut|trim\w*|rais\w+|gr[eo]w\w*|increas\w*|decreas\w*|jump\w*|up"
    r"|down|drop\w*"
    r"|climb\w*|slip\w*|slid\w*|lift\w*|reduc\w*|lower\w*|revis\w*|expand\w*|doubl\w*|tripl\w*|went|gone"
    r"|chang\w*|shr[aiu]nk\w*"
    r"|swell\w*|slump\w*|soar\w*|surg\w*|mov\w*|вырос\w*|упал\w*|сниз\w*|увелич\w*|сократ\w*|зріс\w*"
    r"|зросл\w*|впал\w*"
    r"|subi\w*|baj\w*|pas[óa]\w*)\b",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(r",\s(?:or|and|и|или|та|і|й|y|o)\s$|,\s$|\s(?:or|and|but|и|или|та|і|а|y|o|to)\s$")
_FINAL_GAP = re.compile(r"(?:,\s|\s)(?:or|and|but|и|или|та|і|а|y|o|to)\s$")
_NOT_BUT = re.compile(r"\bnot\s$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_REMEMBERED = 400
_ENDS_A_NUMBER = re.compile(
    r"\s*(?:[.,;:)\"'!?—–]|$|\n)|\s(?:and|or|but|in|to|at|by|from|is|was|are|were|more|less|dug|mined"
    r"|produced|shipped|sold"
    r"|exported|imported|a year|last|this|that|each|for|against|on|under|by|than|as|before|after|through"
    r"|since|when|while"
    r"|with|came|comes|went|will|would|is|has|had|of which|of it|of them|of that|of these|of those|of this"
    r"|once|every|per|across|из|от|в"
    r"|на|против|проти|у"
    r"|the (?:year|month|quarter|season) before|the previous|a year (?:earlier|ago|before)|earlier"
    r"|previously|in all|requested|sought"
    r"|planned|expected|forecast|promised|agreed|according|respectively|en|y|el|frente)\b",
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


@dataclass(slots=True)
class _Part:
    """A numeral with the unit printed at it; `factor` turns its number into `unit`."""

    numeral: Numeral
    start: int
    end: int
    unit: str = ""
    factor: float = 1.0
    basis: str = ""
    decision: str = ""
    ton: str = ""
    scale: float = 1.0
    shared: str = ""

    @property
    def value(self) -> float:
        return self.numeral.value * self.scale * self.factor


def phrase_amounts(folded: str, found: Sequence[Numeral], ton: str) -> list[PhraseAmount]:
    """The amounts of a folded text, in order; `ton` is what a bare ton means (metric, short, long)."""
    parts = [_part(folded, numeral, ton) for numeral in found]
    _share_currency(folded, parts)
    _share_in_lists(folded, parts)
    _share_forward(folded, parts, ton)
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


def _part(folded: str, numeral: Numeral, ton: str) -> _Part:
    """A numeral with the unit after it or the currency before it."""
    part = _Part(numeral, numeral.start, numeral.end)
    if numeral.form in (ORDINAL, MULTIPLE, FRACTION):
        part.unit = {ORDINAL: "rank", MULTIPLE: "times", FRACTION: "1"}[numeral.form]
        return part
    money = spellings.currency_before(folded, numeral.start)
    if money is not None:
        part.unit, part.start = money
        return part
    after = spellings.unit_after(folded, numeral.end)
    if after is not None:
        _put_unit(part, *after, ton)
    return part


def _put_unit(part: _Part, unit: spellings.Unit, end: int, ton: str) -> None:
    part.unit, part.factor, part.basis, part.decision, part.end = *unit[:4], end
    if unit.unit == spellings.TON:
        part.unit, part.factor, part.ton = "t", spellings.ton_factor(ton), ton


# Shared units


def _share_in_lists(folded: str, parts: list[_Part]) -> None:
    """The unit and the scale of the last of a list go to the bare numbers before it."""
    for place in range(len(parts) - 1, 0, -1):
        last, before = parts[place], parts[place - 1]
        gap = folded[before.end : last.start] if last.start - before.end < 12 else "-"
        if not last.unit or last.numeral.form != CARDINAL or not _bare(before) or not _LIST_GAP.match(gap):
            continue
        if not (_FINAL_GAP.match(gap) or "list" in last.shared):
            continue
        _share(before, last, scaled=before.numeral.bare < 1000 and before.numeral.scale == 1)
        before.shared = "currency list" if "currency" in last.shared else "list"


_A_SUM = re.compile(
    r"[\"']?\s(?:in|of|as)\s(?:past\s|new\s)?(?:debts?|aid|loans?|credits?|damages|compensation"
    r"|investments?|grants?|revenues?)\b"
)


def _share_currency(folded: str, parts: list[_Part]) -> None:
    """ "100 billion in debt" is of the currency that the text counted in before."""
    currency = ""
    for part in parts:
        if is_money(part.unit):
            currency = part.unit
        elif currency and _bare(part) and part.numeral.scale >= 1e6 and _A_SUM.match(folded, part.end):
            part.unit, part.shared = currency, "currency"


def _bare(part: _Part) -> bool:
    """Whether a part is a cardinal without a unit that can take one: a year cannot."""
    return not part.unit and part.numeral.form == CARDINAL and not _is_year(part)


def _is_year(part: _Part) -> bool:
    """Whether a number without a unit and without a mark for thousands may be a year."""
    numeral = part.numeral
    plain = numeral.digits and numeral.scale == 1 and numeral.end - numeral.start == _DIGITS_OF_A_YEAR
    return not part.unit and plain and 1300 <= numeral.value <= 2100


def _share(part: _Part, other: _Part, *, scaled: bool) -> None:
    part.unit, part.factor, part.basis, part.ton = other.unit, other.factor, other.basis, other.ton
    part.decision = other.decision
    if scaled:
        part.scale = other.numeral.scale * other.scale


def _share_forward(folded: str, parts: list[_Part], ton: str) -> None:
    """A large number without a unit and without a noun takes the unit of the amount before it."""
    before: _Part | None = None
    latest: _Part | None = None
    for part in parts:
        if latest is not None and _goes_on(folded, latest, part):
            small = part.numeral.scale == 1 and part.numeral.bare < _SMALL
            _share(part, latest, scaled=small and latest.numeral.bare < _SMALL)
            part.shared = "before"
        elif _headed(folded, part, ton):
            part.shared = "before"
        elif before is not None and _takes_unit_of(folded, before, part):
            _share(part, before, scaled=False)
            part.shared = "before"
        latest = part if part.unit not in ("", "rank", "times", spellings.POINTS) else latest
        if part.unit not in ("", "rank", "times", "1", spellings.POINTS):
            before = part
        elif not part.unit and _other_noun(folded, part.end):
            before = None if part.numeral.value < 1000 else before


_SMALL = 1000
_DIGITS_OF_A_YEAR = 4
_HEDGED = (
    r"(?:about |some |only |just |nearly |almost |over |around |roughly |more than |less than "
    r"|at least |a mere )?"
)
_THEN = (
    r"(?:\s\(?(?:in|by) (?:19|20)\d\d\)?|\s(?:a year (?:earlier|ago|before)|last year|this year"
    r"|the year before|the previous year))"
)
_NEXT_OF = re.compile(
    rf"(?:\s[a-z-]+){{0,3}}{_THEN}?(?:[,;]|\sand|\sbut|,\sand|,\swhile"
    rf"|\swhile)\s(?:the )?[A-Z][\w.'-]+(?:\s(?:[A-Z]|of)[\w.'-]*){{0,3}}\s(?:for |with |at |had |has "
    rf"|made |on )?{_HEDGED}"
    rf"|[^.;:]{{0,60}}?[;,]\s(?:[\w' ]{{2,30}}\s)?it\s(?:was|is|had been|has been|stood at|costs?"
    rf"|fetched)\s{_HEDGED}"
    rf"|(?:\s[a-z]+){{0,3}}\s(?:from|to|for)\s(?:the )?[A-Z]\w+(?: [A-Z]\w+)?(?:,|,?\sand)\s{_HEDGED}"
    rf"|(?:\s[a-z-]+){{0,6}}{_THEN}?,?\s(?:to|(?:up|down)?\s?(?:from|on)|against|versus|vs\.?"
    rf"|compared (?:with|to)|instead of|rather than|not)\s{_HEDGED}",
)
_CLOSED = re.compile(
    rf"{_THEN}?(?:\s(?:from|to|for) (?:the )?[A-Z]|\s?[,.;)]|$|\s(?:and|but)\s(?:the )?[A-Z]|\s(?:by"
    rf"|in) (?:19|20)\d\d\b)|\s(?:last year"
    rf"|this year|a year (?:earlier|ago|before)|the year before)"
)


def _goes_on(folded: str, latest: _Part, part: _Part) -> bool:
    """Whether a bare number goes on with the one before: "190 tonnes, China 78", "from 9 tonnes to 3"."""
    if not _bare(part) or latest.numeral.form != CARDINAL or part.start - latest.end > _APART:
        return False
    return bool(_NEXT_OF.fullmatch(folded, latest.end, part.start) and _CLOSED.match(folded, part.end))


_APART = 110
_HEADING = re.compile(
    r"\b(?:in|all figures in)\s(?P<scale>thousand|million"
    r"|billion)?(?:s of)?(?(scale)\s)(?=(?:metric )?(?:tonnes|tons|kt|Mt|t|kg)\b)"
)
_LISTED_AFTER = re.compile(
    r"[^.:\n]{0,20}:(?:\s(?:the )?[A-Z][\w .'-]{1,30}?\s\d[\d.,]*\d?[,;]?(?:\sand)?){0,12}"
    r"\s(?:the )?[A-Z][\w .'-]{1,30}?\s$"
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


def _headed(folded: str, part: _Part, ton: str) -> bool:
    """Gives a number of a list the unit that its heading names: "in million tonnes: Chile 8.5, Peru 5"."""
    if not _bare(part):
        return False
    low = max(0, part.start - _REMEMBERED)
    if ":" not in folded[low : part.start]:
        return False
    for match in _HEADING.finditer(folded, low, part.start):
        unit = spellings.unit_after(folded, match.end())
        if unit and _LISTED_AFTER.fullmatch(folded, unit[1], part.start):
            _put_unit(part, unit[0], part.end, ton)
            part.scale = _SCALES.get(match["scale"] or "", 1.0)
            return True
    return False


def _other_noun(folded: str, place: int) -> bool:
    """Whether days or people are counted: a bare number after them is of their kind."""
    return bool(re.match(r"\s(?:days|weeks|months|hours)\b", folded[place : place + 10]))


def _takes_unit_of(folded: str, before: _Part, part: _Part) -> bool:
    if not _bare(part) or part.start - before.end > _REMEMBERED:
        return False
    if "\n\n" in folded[before.end : part.start]:
        return False
    large = part.numeral.scale > 1 or (part.numeral.value >= 1000 and part.numeral.digits)
    return large and bool(_ENDS_A_NUMBER.match(folded, part.end)) and len(before.unit) != 3


# Ranges and single amounts


def _is_range(folded: str, low: _Part, high: _Part) -> bool:
    gap = folded[low.end : high.start] if high.start - low.end < 9 else "-----"
    cardinal = low.numeral.form == high.numeral.form == CARDINAL and not _is_year(low)
    if not cardinal or not high.unit or (low.unit and low.unit != high.unit):
        return False
    if _BETWEEN.search(folded, max(0, low.start - 20), low.start):
        return bool(_BETWEEN_GAP.fullmatch(gap)) or bool(_RANGE_GAP.fullmatch(gap))
    if not _RANGE_GAP.fullmatch(gap) or not _low_value(low, high) < high.value:
        return False
    started = _FROM.search(folded, max(0, low.start - 6), low.start)
    return not (started and _CHANGED.search(folded, max(0, low.start - 80), low.start))


def _low_value(low: _Part, high: _Part) -> float:
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


def _range(folded: str, low: _Part, high: _Part) -> PhraseAmount:
    lower, upper = _low_value(low, high), high.value
    words = qualifiers.around(folded, low.start, high.end)
    start = words.start
    between = _BETWEEN.search(folded, max(0, low.start - 20), low.start)
    if between:
        start = min(start, between.start())
    if lower > upper:
        lower, upper = upper, lower
    amount = _amount(folded, high, start, words.end)
    bounds = (None, lower, upper) if lower < upper else (upper, None, None)
    return replace(
        amount,
        value=bounds[0],
        lower=bounds[1],
        upper=bounds[2],
        core=(low.start, high.numeral.end),
        approximate=words.about,
    )


def _single(folded: str, part: _Part) -> PhraseAmount:
    words = qualifiers.around(folded, part.start, part.end)
    amount = _amount(folded, part, words.start, words.end)
    value = part.value
    if words.bound == "lower":
        return replace(amount, lower=value, approximate=words.about)
    if words.bound == "upper":
        return replace(amount, upper=value, approximate=words.about)
    return replace(amount, value=value if part.numeral.believed else None, approximate=words.about)


def _amount(folded: str, part: _Part, start: int, end: int) -> PhraseAmount:
    numeral = part.numeral
    unit, end = _price(folded, part, end)
    return PhraseAmount(
        start=start,
        end=end,
        core=(part.start, numeral.end),
        form=numeral.form,
        unit=unit,
        per=spellings.period_after(folded, end),
        basis=part.basis,
        counted=numeral.counted,
        decision=part.decision,
        doubts=(numeral.doubt,) if numeral.doubt else (),
        ton=part.ton,
        series=part.shared,
        believed=numeral.believed,
    )


def _price(folded: str, part: _Part, end: int) -> tuple[str, int]:
    """A currency with the weight it is paid for ("$5 a tonne": USD/t), and where the words end."""
    if not is_money(part.unit) and part.unit != "¥":
        return part.unit, end
    weight = spellings.weight_after(folded, end)
    return (f"{part.unit}/{weight[0]}", weight[1]) if weight else (part.unit, end)


def with_yen(listed: list[PhraseAmount], code: str, decision: str) -> list[PhraseAmount]:
    """The amounts with a currency in place of "¥", which is printed for the yen and for the yuan."""
    return [
        replace(amount, unit=amount.unit.replace("¥", code), decision=decision)
        if amount.unit.startswith("¥")
        else amount
        for amount in listed
    ]


def is_money(unit: str) -> bool:
    """Whether a unit is a currency, alone or for a weight."""
    return unit[:3].isalpha() and unit[:3].isupper() and (len(unit) == 3 or unit[3:4] == "/")
