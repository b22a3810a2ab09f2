"""Numbers that share a unit: lists, series, and what a heading or the amount before says.

A number without a unit of its own takes the unit of its series ("500, 350, or 100 billion") or of the amount
before it ("Chile 9 million tonnes, Peru 3 million"), unless people, days or other things are counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from loaders.articles import spellings
from loaders.articles.numerals import CARDINAL, Numeral
from loaders.articles.wordings import Wording

_FINAL_GAP = Wording("series: final gap", r"(?:,\s|\s){}\s$")
_REMEMBERED = 400
_ENDS_A_NUMBER = Wording("series: ends a number", r"\s*(?:[.,;:)\"'!?—–]|$|\n)|\s{}")


@dataclass(slots=True)
class PrintedPart:
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


def is_money(unit: str) -> bool:
    """Whether a unit is a currency, alone or for a weight."""
    return unit[:3].isalpha() and unit[:3].isupper() and (len(unit) == 3 or unit[3:4] == "/")


def put_unit(part: PrintedPart, unit: spellings.Unit, end: int, ton: str) -> None:
    part.unit, part.factor, part.basis, part.decision, part.end = *unit[:4], end
    if unit.unit == spellings.TON:
        part.unit, part.factor, part.ton = "t", spellings.ton_factor(ton), ton


def share_in_lists(folded: str, parts: list[PrintedPart]) -> None:
    """The unit and the scale of the last of a list go to the bare numbers before it."""
    for place in range(len(parts) - 1, 0, -1):
        last, before = parts[place], parts[place - 1]
        gap = folded[before.end : last.start] if last.start - before.end < 12 else "-"
        if not last.unit or last.numeral.form != CARDINAL or not is_bare(before):
            continue
        if not (_FINAL_GAP.match(gap) or (gap == ", " and "list" in last.shared)):
            continue
        if last.unit == "1" and before.numeral.value > _WHOLE:
            continue  # "12,000, or 30 per cent"
        _share(before, last, scaled=before.numeral.bare < 1000 and before.numeral.scale == 1)
        before.shared = "currency list" if "currency" in last.shared else "list"


_WHOLE = 100
_A_SUM = re.compile(
    r"[\"']?\s(?:in|of|as)\s(?:past\s|new\s)?(?:debts?|aid|loans?|credits?|damages|compensation"
    r"|investments?|grants?|revenues?)\b"
)


def share_sign(folded: str, parts: list[PrintedPart]) -> None:
    """The sign of a currency before a range is that of both its ends: "$5-6 a tonne"."""
    for low, high in pairwise(parts):
        dashed = is_money(low.unit) and not high.unit and folded[low.end : high.start] in _DASHES
        if dashed and high.numeral.form == low.numeral.form == CARDINAL:
            _share(high, low, scaled=False)


_DASHES = frozenset(["-", "–", " - ", " – "])


def share_currency(folded: str, parts: list[PrintedPart]) -> None:
    """ "100 billion in debt" is of the currency that the text counted in before."""
    currency, latest = "", 0
    for part in parts:
        if is_money(part.unit):
            currency, latest = part.unit, part.end
        elif currency and is_bare(part) and part.numeral.scale >= 1e6 and _is_sum(folded, latest, part):
            part.unit, part.shared = currency, "currency"


_MORE_OF_IT = Wording("series: more of it", r"(?:(?!\d)[^.;:]){0,70}{}\s(?:about |some )?")
_OF_WHICH = re.compile(r"(?:(?!\d)[^.;:]){0,50}, (?:of which|including)\s(?:about |some )?")
_LATER = re.compile(r"(?:(?!\d)[^.;:]){0,30}\b(?:later|then|and|plus)\s(?:\w+ )?(?:about |some )?")
_NO_THING = re.compile(r"\s(?:from|for|in|to|by|a year|over|came|was|is|has)\b|\s?[,.;)]|$")


def _is_sum(folded: str, latest: int, part: PrintedPart) -> bool:
    return _A_SUM.match(folded, part.end) is not None or _is_more(folded, latest, part)


def _is_more(folded: str, latest: int, part: PrintedPart) -> bool:
    """Whether a number goes on with the money before it: "163 billion rupees and a further 180 billion"."""
    if _OF_WHICH.fullmatch(folded, latest, part.start):
        return True
    if folded.startswith(" more", part.end):
        return _LATER.fullmatch(folded, latest, part.start) is not None
    further = _MORE_OF_IT.fullmatch(folded, latest, part.start) is not None
    return further and _NO_THING.match(folded, part.end) is not None


def is_bare(part: PrintedPart) -> bool:
    """Whether a part is a cardinal without a unit that can take one: a year cannot."""
    return not part.unit and part.numeral.form == CARDINAL and not may_be_year(part)


def may_be_year(part: PrintedPart) -> bool:
    """Whether a number without a unit and without a mark for thousands may be a year."""
    numeral = part.numeral
    plain = numeral.digits and numeral.scale == 1 and numeral.end - numeral.start == _DIGITS_OF_A_YEAR
    return not part.unit and plain and 1300 <= numeral.value <= 2100


def _share(part: PrintedPart, other: PrintedPart, *, scaled: bool) -> None:
    part.unit, part.factor, part.basis, part.ton = other.unit, other.factor, other.basis, other.ton
    part.decision = other.decision
    if scaled:
        part.scale = other.numeral.scale * other.scale


_OUT_OF = re.compile(
    r"\s(?:out\s)?of\s(?P<the>(?:the|its|their)\s(?:(?:world|country|globe|continent)'s\s|total\s"
    r"|(?:promised|planned|ordered|expected|budgeted|licensed|remaining)\s)?)?(?:about\s|some\s)?"
)
_WHOLE_FROM = 10_000
"""From this number on a part may be of a whole without "the": "2 million of 5 million tonnes"."""


def share_out_of(folded: str, parts: list[PrintedPart]) -> None:
    """The unit of a whole goes to the part of it: "820,000 of the 950,000 tonnes"."""
    for part, whole in pairwise(parts):
        counted = is_bare(part) and whole.unit == "t" and whole.numeral.form == CARDINAL
        of_it = _OUT_OF.fullmatch(folded, part.end, whole.start) if counted else None
        if of_it and (of_it["the"] or part.numeral.value >= _WHOLE_FROM):
            _share(part, whole, scaled=False)
            part.shared = "before"


def share_forward(folded: str, parts: list[PrintedPart], ton: str) -> None:
    """A large number without a unit and without a noun takes the unit of the amount before it."""
    before: PrintedPart | None = None
    latest: PrintedPart | None = None
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
_TIES = r"(?:has|have|had|is|are|was|were|of|at|to|for|with|by)\b"
_NEXT_OF = re.compile(
    rf"(?:\s[a-z-]+){{0,3}}{_THEN}?(?:[,;]|\sand|\sbut|,\sand|,\swhile"
    rf"|\swhile)\s(?:the )?[A-Z][\w.'-]+(?:\s(?:[A-Z]|of)[\w.'-]*){{0,3}}\s(?:for |with |at |had |has "
    rf"|made |on )?{_HEDGED}"
    rf"|[^.;:]{{0,60}}?[;,]\s(?:[\w' ]{{2,30}}\s)?it\s(?:was|is|had been|has been|stood at|costs?"
    rf"|fetched|got|had|made|dug|mined|sold|bought|used|needed|managed|produced|exported|imported|shipped"
    rf"|gave|took|held|refined|smelted|yielded|reached)\s{_HEDGED}"
    rf"|(?:[^.;:\d]{{0,70}}?)\s"
    rf"(?:now\s(?:has|have|had|stands? at|stood at|takes?|holds?|pays?|gets?|is|owns?)"
    rf"|(?:has|have|stands?|stood) now(?: at)?)\s{_HEDGED}"
    rf"|(?:\s[a-z-]+){{0,3}}{_THEN}?,?\s(?:and|while)\s(?:the|all)\s(?:(?!{_TIES})[a-z-]+\s){{1,6}}{_HEDGED}"
    rf"|(?:\s[a-z]+){{0,3}}\s(?:from|to|for)\s(?:the )?[A-Z]\w+(?: [A-Z]\w+)?(?:,|,?\sand)\s{_HEDGED}"
    rf"|(?:\s[a-z-]+){{0,6}}(?:\s(?:from|in|since)\s[A-Z][a-z]+)?{_THEN}?,?\s(?:to|(?:up|down)?\s?(?:from|on)|against|versus|vs\.?"
    rf"|compared (?:with|to)|instead of|rather than|not(?: at| by)?)\s{_HEDGED}",
)
_CLOSED = re.compile(
    rf"{_THEN}?(?:\s(?:from|to|for) (?:the )?[A-Z]|\s?[,.;)]|$|\s(?:and|but)\s(?:the )?[A-Z]|\s(?:by"
    rf"|in) (?:19|20)\d\d\b)|\s(?:last year"
    rf"|this year|a year (?:earlier|ago|before)|the year before"
    r"|in (?:an?|two|three|four|five|six|\d+) (?:years?|months?|weeks?))"
)


def _goes_on(folded: str, latest: PrintedPart, part: PrintedPart) -> bool:
    """Whether a bare number goes on with the one before: "190 tonnes, China 78", "from 9 tonnes to 3"."""
    if not is_bare(part) or latest.numeral.form != CARDINAL or part.start - latest.end > _APART:
        return False
    if _SAYS.fullmatch(folded, latest.end, part.start) and _STOPS.match(folded, part.end):
        return True
    listed = _OF_ONE.fullmatch(folded, latest.end, part.start) or (
        part.numeral.scale > 1 and _INCLUDING.fullmatch(folded, latest.end, part.start)
    )
    if listed and _OF_ANOTHER.match(folded, part.end):
        return True
    if _PUT_AT.fullmatch(folded, latest.end, part.start) and _STOPS.match(folded, part.end):
        return True
    return bool(_NEXT_OF.fullmatch(folded, latest.end, part.start) and _CLOSED.match(folded, part.end))


_APART = 110
_INCLUDING = re.compile(rf"(?:\s[^.;:\d]{{0,40}})?,?\s(?:including|of which|among them|plus)\s{_HEDGED}")
_OF_ONE = re.compile(
    rf"\s(?:a year )?of\s(?:[a-z-]+\s){{0,3}}[a-z-]+(?:\sa year)?(?:,|,?\sand|,?\splus)\s{_HEDGED}"
)
_SAYS = re.compile(
    rf"(?:\s[a-z]+){{0,5}}[,;]\s(?:[\w'-]+\s){{1,4}}(?:says?|said|claims?|reckons?|suggest(?:s|ed)|want(?:s|ed)"
    rf"|propose[sd]?|expect(?:s|ed)|predict(?:s|ed)|demand(?:s|ed)|(?:asks?|asked) for)\s{_HEDGED}"
)
_OF_ANOTHER = Wording("series: of another", r"\sof\s(?!{})[a-z]")
_HEADING = Wording(
    "series: heading",
    r"{}\s(?P<scale>thousand|million|billion)?(?:s of)?(?(scale)\s)(?=(?:metric )?(?:tonnes|tons"
    r"|kt|Mt|t|kg)\b|(?:[A-Z]\w+ )?(?:dollars?|yuan|euros?|pounds|yen|roubles|\$|€) (?:per|an?) )",
)
_LISTED_AFTER = Wording(
    "series: listed after",
    r"[^.:\n]{0,50}:(?:\s(?:{} )?\w[\w .'-]{1,30}?\s\d[\d.,]*\d?[,;]?(?:\sand)?){0,12}\s(?:{}"
    r" )?\w[\w .'-]{1,30}?\s$",
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


def _headed(folded: str, part: PrintedPart, ton: str) -> bool:
    """Gives a number of a list the unit that its heading names: "in million tonnes: Chile 8.5, Peru 5"."""
    if not is_bare(part) or not _ENDS_A_NUMBER.match(folded, part.end):
        return False
    low = max(0, part.start - _REMEMBERED)
    if ":" not in folded[low : part.start]:
        return False
    for match in _HEADING.finditer(folded, low, part.start):
        unit = spellings.unit_after(folded, match.end())
        if unit and _LISTED_AFTER.fullmatch(folded, unit[1], part.start):
            put_unit(part, unit[0], part.end, ton)
            part.scale = _SCALES.get(match["scale"] or "", 1.0)
            return True
    return False


def _other_noun(folded: str, place: int) -> bool:
    """Whether days or people are counted: a bare number after them is of their kind."""
    return bool(re.match(r"\s(?:days|weeks|months|hours)\b", folded[place : place + 10]))


_PEOPLE_BEFORE = Wording(
    "series: people before", r"{}[,:]? (?:\(?(?:about|some|around|nearly|over|almost|more than|perhaps) )?$"
)
_OF_PEOPLE = Wording(
    "series: of people",
    r"\b(?:[Nn]o\.|{})\s(?:about |some |only |around |nearly |over |almost |more than |barely )?$",
)
_PUT_AT = re.compile(
    r"[^;:]{0,60}?[.,;]\s[^.;:]{2,60}?\s(?:(?:puts?|reckons?|estimates?|sets?) (?:it|that|the \w+) at"
    r"|makes it"
    rf"|says? (?:it (?:is|was)|only)|speaks? of|spoke of|talks? of|has it at)\s{_HEDGED}"
)
_OF_THEM = re.compile(r"\sof them\b")
_MANY = re.compile(
    r"\b(?!tonnes|tons|pounds|ounces|kilos|oxides|ores|metals|concentrates|salts)[A-Za-z]+s,\s$"
)
_STOPS = re.compile(r"\s?[,.;)]|$")


def _takes_unit_of(folded: str, before: PrintedPart, part: PrintedPart) -> bool:
    large = part.numeral.scale > 1 or (part.numeral.value >= 1000 and part.numeral.digits)
    if not (large and is_bare(part)) or part.start - before.end > _REMEMBERED or len(before.unit) == 3:
        return False
    near = max(0, part.start - 40), part.start
    if _OF_PEOPLE.search(folded, *near) or _PEOPLE_BEFORE.search(folded, *near):
        return False
    if _OF_THEM.match(folded, part.end) and _MANY.search(folded, max(0, part.start - 20), part.start):
        return False
    return "\n\n" not in folded[before.end : part.start] and bool(_ENDS_A_NUMBER.match(folded, part.end))
