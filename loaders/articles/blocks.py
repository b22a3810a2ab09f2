"""What a candidate and an event would be as blocks of a seed file: the fields, or what they lack.

A seed never states another number than the one that was found: the words that are quoted are read again by
`loaders.units`, and where they make another number the words are left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from loaders.articles.citations import carrier_of
from loaders.articles.events import LONGEST_PHRASE
from loaders.articles.records import RATIO_UNIT, Article, Candidate, DatedEvent
from loaders.errors import MineralsError
from loaders.knowledge import rules
from loaders.model import NOT_STATED
from loaders.names import places
from loaders.units import PhraseReading, currencies, parse_quantity
from loaders.vocabulary import MEASURES_OF_CHANGE, STATED_ONLY, WORLD, Basis, Kind, Measure, Modality

_LEFT_OUT = "…"
_NEAR = 1e-6
_OF_THEIR_OWN = frozenset(
    {"share_of_production", "share_of_reserves", "share_of_exports", "share_of_imports", "share_of_sales"}
)
_PRICE = str(Measure.PRICE)
_OURS = {"oz": "troy_oz"}
_ANYWHERE = "No place is stated; the price is kept as one of the world."
_IN_GROUND = frozenset({"reserves", "resources", "holdings"})
_NOT_KEPT = "cannot be kept yet: choose another, or leave the figure out."
_NO_WORDS = "The printed words do not make this number by the unit table; write it by hand."

Fields = Mapping[str, Any]
"""The fields of a block of a seed file, by name."""


class SeedBlock(NamedTuple):
    """The fields of a block without its id, as far as a text states them, and why they are not enough."""

    fields: Fields
    lacks: str = ""


class _Quoted(NamedTuple):
    printed: str
    value: str
    in_figures: str = ""


# Claims


@cache
def _measures() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rules("article_measure_codes")}


@cache
def _bases() -> dict[str, str]:
    return {row["basis"]: row["ours"] for row in rules("article_bases")}


_KNOWN = frozenset(str(known) for known in Measure)


def measure_code(measure: str | None) -> str:
    """The measure of the product's vocabulary for one of the reader's; empty where there is none."""
    ours = _measures().get(measure or "", {}).get("ours", "")
    return ours if ours in _KNOWN else ""


def stated_measure(measure: str | None) -> str:
    """How a measure of the reader is called; empty where there is none."""
    return _measures().get(measure or "", {}).get("label", measure or "")


def claim_block(article: Article, candidate: Candidate) -> SeedBlock:
    """A candidate as a block `[[claims]]` without id and links, and what keeps it out of a seed file."""
    lacks = _lacks(candidate)
    quoted = _quotation(article, candidate)
    measure = _measures().get(candidate.measure or "", {})
    fields: dict[str, Any] = {
        "kind": str(candidate.kind),
        "mineral": candidate.mineral,
        "name": _shortened(candidate.name or str(candidate.mineral or "")),
        "place": _place(candidate),
        "compared_place": _compared(candidate, measure.get("compared", "")),
        **_meaning(candidate, _measure(candidate)),
        "direction": str(candidate.direction or ""),
        "year": candidate.year,
        **_quoting(article, candidate, quoted or _Quoted(_shortened(candidate.printed), "")),
    }
    stated = {name: value for name, value in fields.items() if value not in (None, "")}
    return SeedBlock(stated, lacks or ("" if quoted else _NO_WORDS))


def _measure(candidate: Candidate) -> str:
    """Its measure in the product's vocabulary: production, of mines where the words say so.

    A share of imports from one place is a measure of its own.
    """
    ours = Measure.IMPORT_SOURCE_SHARE if _is_from_one(candidate) else measure_code(candidate.measure)
    return Measure.MINE_PRODUCTION if ours == Measure.PRODUCTION and candidate.stage == "mine" else ours


def _is_from_one(candidate: Candidate) -> bool:
    """Whether it is a share of imports, and says from which place."""
    is_share = candidate.kind is Kind.SHARE and candidate.measure == "share_of_imports"
    return is_share and candidate.compared_place is not None


def _is_price(candidate: Candidate) -> bool:
    """Whether it is a price itself, and not how many times one price is another."""
    return candidate.measure == _PRICE and candidate.kind is not Kind.RATIO


def _place(candidate: Candidate) -> str | None:
    """Its place where that is known; the world for a price that is of no place."""
    if candidate.place is None and _is_price(candidate):
        return WORLD
    return candidate.place if candidate.place in places().index else None


def _compared(candidate: Candidate, of_measure: str) -> str | None:
    """The place that it is compared with; for a share of a country's own total the country itself."""
    if _is_from_one(candidate):
        return candidate.compared_place
    if candidate.measure in _OF_THEIR_OWN:
        return candidate.place
    compared = candidate.compared_place or of_measure
    return compared if compared != candidate.place else None


def _lacks(candidate: Candidate) -> str:
    """What a seed needs and a candidate does not have; empty where it has all."""
    price = _is_price(candidate)
    for field in ("mineral", "measure") if price else ("mineral", "place", "measure"):
        if getattr(candidate, field) is None:
            return f"The {field} is not stated; choose one."
    if price != ("/" in candidate.unit):
        return "A price is money for an amount; choose another measure."
    if measure_code(candidate.measure) in MEASURES_OF_CHANGE and candidate.kind is not Kind.RATIO:
        return "A change says how a figure moved; choose another measure."
    if not measure_code(candidate.measure):
        return f"The measure “{stated_measure(candidate.measure)}” {_NOT_KEPT}"
    if _place(candidate) is None:
        return f"The place “{candidate.place}” {_NOT_KEPT}"
    return ""


def _meaning(candidate: Candidate, ours: str) -> dict[str, Any]:
    ground = ours in _IN_GROUND
    known = {str(modality) for modality in Modality}
    return {
        "measure": ours,
        "class": candidate.reserve_class if ground else "not_applicable",
        "scheme": "undefined" if ground else "not_applicable",
        "basis": _basis(candidate, ours),
        "modality": candidate.modality if candidate.modality in known else "reported",
    }


def with_class(fields: Fields, before: Fields) -> Fields:
    """Mended fields with the class and scheme of their measure, where a person left these as they were."""
    same = all(fields.get(name) == before.get(name) for name in _CLASSED)
    ground = fields.get("measure") in _IN_GROUND
    if not same or ground == (before.get("measure") in _IN_GROUND):
        return fields
    return {**fields, **dict.fromkeys(_CLASSED, "undefined" if ground else "not_applicable")}


_CLASSED = ("class", "scheme")


def _basis(candidate: Candidate, ours: str) -> str:
    weighs = candidate.kind is not Kind.MONEY or ours == _PRICE
    if not weighs or (ours in STATED_ONLY and ours != Measure.GRADE):
        return "not_applicable"
    known = {str(basis) for basis in Basis}
    named = _bases().get(candidate.basis, candidate.basis)
    return named if named in known else "undefined"


def _quoting(article: Article, candidate: Candidate, quoted: _Quoted) -> dict[str, Any]:
    """The words, who says them, where they stand, and what a reader should know of the reading."""
    carried = "" if quoted.in_figures else _carried_unit(candidate, quoted.value)
    ton = "" if quoted.in_figures else candidate.ton
    last = carrier_of(article.citation, article.sha256)
    return {
        "printed": quoted.printed,
        "value": quoted.value,
        "in_figures": quoted.in_figures,
        "ton": ton,
        "ton_reason": "Accepted by the reviewer as this ton." if ton else "",
        "currency": carried,
        "currency_reason": _CARRIED["/" in carried] if carried else "",
        "chain": [*(name for name in candidate.said_by if name != last), last],
        "paragraph": candidate.paragraph,
        "note": " ".join(_notes(candidate)),
    }


def _carried_unit(candidate: Candidate, words: str) -> str:
    """The currency, or the unit of a price, that a number takes from elsewhere; empty where it is printed."""
    if candidate.currency_inferred and candidate.unit in currencies():
        return candidate.unit
    printed = not _is_price(candidate) or _reading_of(words, candidate, "") is not None
    return "" if printed else _price_unit(candidate.unit)


def _price_unit(unit: str) -> str:
    """The unit of a price by our name for the weight: USD/oz is USD/troy_oz."""
    money, _, per = unit.partition("/")
    return f"{money}/{_OURS.get(per, per)}"


_CARRIED = (
    "No currency is printed at the number; a sum before it has this one.",
    "What the price is for is printed elsewhere in the text.",
)


def _notes(candidate: Candidate) -> list[str]:
    denied = candidate.modality not in {str(modality) for modality in Modality}
    return [
        *(["The text denies it."] if denied else []),
        *([_ANYWHERE] if _is_price(candidate) and candidate.place is None else []),
        *candidate.look,
    ]


# Quotations


def _quotation(article: Article, candidate: Candidate) -> _Quoted | None:
    """The words to quote, and those of them that make the accepted number; none where no words do."""
    for quoted in _ways(article, candidate):
        if _reads_as(quoted.value, candidate):
            return quoted
    figures = _in_figures(candidate)
    first_line = candidate.words.split("\n")[0]  # a line of a PDF file may end inside a number
    words = _shortened(first_line if "\n" in candidate.printed else candidate.printed)
    printed = _widened(_line(article.text, candidate.start), words, candidate)
    return _Quoted(printed, words, figures) if _is_number(candidate, figures) else None


def _in_figures(candidate: Candidate) -> str:
    """The number of a candidate in figures: "at most 3000 t", "0.9 to 1.1 million t", "8th"."""
    numbers, unit = _canonical(candidate)
    if candidate.kind is Kind.RANK:
        place = int(candidate.value or 0)
        return f"{place}{_ENDINGS.get(place % 100 if 10 < place % 100 < 14 else place % 10, 'th')}"
    times = 100.0 if candidate.kind is Kind.SHARE else 1.0
    word = {Kind.SHARE: "%", Kind.RATIO: "times"}.get(candidate.kind, unit)
    scale, named = (1e6, " million") if max(filter(None, numbers), default=0.0) >= 1e6 else (1.0, "")
    value, low, high = (None if one is None else f"{one * times / scale:.12g}" for one in numbers)
    shown = value or (f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}")
    return f"{shown}{named} {word}"


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def _is_number(candidate: Candidate, figures: str) -> bool:
    """Whether figures are read as the number of a candidate."""
    try:
        reading = parse_quantity(figures)
    except MineralsError:
        return False
    numbers, unit = _canonical(candidate)
    return reading.unit == unit and all(
        _near(one, other) for one, other in zip(reading[:3], numbers, strict=True)
    )


def _ways(article: Article, candidate: Candidate) -> list[_Quoted]:
    line = _line(article.text, candidate.start)
    found = [
        _Quoted(_widened(line, words, candidate), words) for words in (candidate.printed, candidate.words)
    ]
    series = _series(article, candidate)
    return [*([series] if series else []), *(quoted for quoted in found if quoted.value in line)]


def _series(article: Article, candidate: Candidate) -> _Quoted | None:
    """ "500, 350, or 100 billion": the first is quoted as "500 … billion"."""
    if not candidate.printed.replace(",", "").isdigit():
        return None
    same = [other for other in article.candidates if other.sentence == candidate.sentence]
    later = (other for other in same if other.start > candidate.start)
    whole = next((other for other in later if not other.printed.replace(",", "").isdigit()), None)
    if whole is None:
        return None
    tail = re.sub(r"^[\d.,\s]+", "", whole.words)
    printed = article.text[candidate.start : whole.end]
    if "\n" in printed or len(printed.split()) > LONGEST_PHRASE:
        return None
    return _Quoted(printed, f"{candidate.printed} {_LEFT_OUT} {tail}")


def _line(text: str, place: int) -> str:
    """The line of a text around a place."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return text[start : end if end >= 0 else len(text)]


def _widened(line: str, words: str, candidate: Candidate) -> str:
    """A quotation of up to ten words that reaches the mineral's name, what is measured and on what basis."""
    start = line.find(words)
    if start < 0:
        return _shortened(words)
    deciding = [one.words for one in candidate.because if one.field in ("measure", "basis") and one.words]
    ways = [words]
    for words_of, between in ((candidate.name, ".*?"), *((one, _RIGHT_BEHIND) for one in deciding)):
        ways += [_reaching(line, start, way, between, words_of) for way in ways]
    fitting = {way.strip() for way in ways if len(way.split()) <= LONGEST_PHRASE}
    return max(fitting, key=len, default=_shortened(words))


_RIGHT_BEHIND = r"[^.,;:()\d]{0,20}?"


def _reaching(line: str, start: int, words: str, between: str, name: str) -> str:
    """The words of a line from `start` that go on to a name, where it follows them."""
    found = re.compile(f"{between}{re.escape(name)}\\b").match(line, start + len(words)) if name else None
    return line[start : found.end()] if found else words


def _shortened(words: str) -> str:
    return " ".join(words.split(" ")[:LONGEST_PHRASE]).strip()


def _reads_as(words: str, candidate: Candidate) -> bool:
    reading = _read(words, candidate)
    numbers, unit = _canonical(candidate)
    if reading is None or reading.unit != unit:
        return False
    if candidate.kind is Kind.RATIO and reading.value == candidate.value:
        return True
    return all(_near(one, other) for one, other in zip(reading[:3], numbers, strict=True))


def _canonical(candidate: Candidate) -> tuple[list[float | None], str]:
    """The numbers of a candidate and their unit as a seed reads them: a price for a tonne, if it can be."""
    numbers = [candidate.value, candidate.lower, candidate.upper]
    if "/" not in candidate.unit:
        return numbers, "1" if candidate.unit == RATIO_UNIT else candidate.unit
    one = parse_quantity(f"1 {_price_unit(candidate.unit)}")
    return [None if number is None else number * (one.value or 1.0) for number in numbers], one.unit


def _read(words: str, candidate: Candidate) -> PhraseReading | None:
    """The reading of the seed loader: ratio words by their table, all others by the unit table."""
    words = " ".join(words.replace(_LEFT_OUT, " ").split())
    for row in rules("ratio_words") if candidate.kind is Kind.RATIO else ():
        if row["words"] == words.casefold():
            value, lower, upper = (
                float(row[field]) if row[field] else None for field in ("value", "lower", "upper")
            )
            return PhraseReading(value, lower, upper, "1", words, "", "")
    return _reading_of(words, candidate, _carried_unit(candidate, words))


def _reading_of(words: str, candidate: Candidate, carried: str) -> PhraseReading | None:
    """What the words of a number make, with the unit that it takes from elsewhere."""
    words = " ".join(words.replace(_LEFT_OUT, " ").split())
    try:
        reading = parse_quantity(f"{words} {carried}".strip(), ton=candidate.ton or None)
    except MineralsError:
        return None
    return None if _is_price(candidate) and "/" not in reading.unit else reading


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _NEAR * max(abs(one), abs(other))


# Events


def event_block(event: DatedEvent) -> SeedBlock:
    """An event as a block `[[events]]` without id; its own words stand for ours."""
    fields: dict[str, Any] = {
        "what": event.phrase,
        "planned": event.planned,
        "date": event.date,
        "until": event.until if event.date is not None else None,
        "printed_date": "" if event.printed_date == NOT_STATED else _shortened(event.printed_date),
        "decision": event.decision,
        "paragraph": event.paragraph,
        "phrase": event.phrase,
    }
    stated = {name: value for name, value in fields.items() if value not in (None, "", False)}
    return SeedBlock(stated, "" if event.date else "No document dates it; give it a date.")
