"""Printed phrases such as “more than 28.5 million tons” as numbers with units."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from loaders.errors import MineralsError, UnknownUnit
from loaders.units.display import check_rank, ordinal_words
from loaders.units.registry import UnitReading, finite_float, known_unit, named_unit, read_unit
from loaders.units.spellings import FOUR_LETTERS, currencies, tidy_spelling

_THOUSANDS = "[,\u00a0\u2009\u202f]"
_NUMBER = rf"(?:[0-9]{{1,3}}(?:{_THOUSANDS}[0-9]{{3}})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_SCALE_WORDS = {
    "thousand": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
_LOWER = r"more than|greater than|over|above|at least|no less than|exceeding|in excess of|>=|>|≥"
_UPPER = r"less than|fewer than|below|under|up to|at most|no more than|<=|<|≤"
_ABOUT = (
    r"about|around|approximately|roughly|some|an estimated|estimated|nearly|almost|only|just"
    r"|circa|ca\.|c\.|~|≈"
)
_BETWEEN = r"between|from"
_QUALIFIER = re.compile(
    rf"(?:(?P<lower>{_LOWER})|(?P<upper>{_UPPER})|(?P<about>{_ABOUT})|(?P<between>{_BETWEEN}))"
    r"(?:(?<=[a-z])\b|(?<![a-z]))\s*",
    re.IGNORECASE,
)
_AMOUNT = re.compile(rf"(?P<prefix>[^0-9]*?)\s*(?P<low>{_NUMBER})(?P<rest>.*)", re.DOTALL)
_SECOND = rf"\s*(?P<prefix>[^0-9\s]*)\s*(?P<high>{_NUMBER})(?P<rest>.*)"
_TO = re.compile(rf"(?P<tail>[^0-9]*?)\s*(?:[-–—−]|\bto\b){_SECOND}", re.DOTALL)
_AND = re.compile(rf"(?P<tail>[^0-9]*?)\s*(?:[-–—−]|\bto\b|\band\b){_SECOND}", re.DOTALL)
_SCALED = re.compile(rf"(?P<scale>{'|'.join(_SCALE_WORDS)})s?\b\s*(?P<unit>.*)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?P<number>[0-9]{1,6})(?P<ending>st|nd|rd|th)", re.IGNORECASE)
_ORDINAL_WORDS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_MAGNITUDE = re.compile(
    r"(?P<printed>an order of magnitude)(?: (?:more|larger|greater|higher))?", re.IGNORECASE
)
_CODE = re.compile(r"(?P<money>[A-Z]{3})/(?P<per>\w+)")
_FOR = re.compile(
    r"(?P<money>.*?)\s*(?:/|(?:(?<=\s)|^)(?:an?|per|the|each)\s)\s*(?P<per>[^\W\d][\w ]*)", re.IGNORECASE
)
_PER = {
    "kilo": ("kg", ""),
    "metric tonne": ("t", ""),
    "pound": ("lb", "A pound of metal is read as the avoirdupois pound."),
    "ounce": ("troy_oz", "An ounce of metal is read as the troy ounce."),
    "oz": ("troy_oz", "An ounce of metal is read as the troy ounce."),
}
"""What a price is for one of, where the words mean something else elsewhere: the unit, and the decision."""
_TONS = {"metric": "metric tons", "short": "short tons", "long": "long tons"}
_LONGEST_PHRASE = 1000


class PhraseReading(NamedTuple):
    """A phrase read as an amount: `value`, `lower` and `upper` are in `unit`, a canonical unit.

    `decision` says why an ambiguous unit was read as it was, otherwise it is empty.
    """

    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    printed_value: str
    printed_unit: str
    decision: str


class _Parts(NamedTuple):
    """A phrase cut up: "$330 million - 390 million" has prefix "$" and two numbers with their tails."""

    prefix: str
    low: str
    low_tail: str
    high: str
    high_tail: str
    printed_value: str


# Reading phrases


def parse_quantity(text: str, *, publisher: str = "document", ton: str | None = None) -> PhraseReading:
    """An amount printed in words: "658 million metric tons", "$500 billion", "more than 5 kt", "fifth".

    A plain number has a value; "more than", "up to" and ranges have bounds and no value. "An order of
    magnitude" is 10 between √10 and 10√10, that is half an order either way. A bare "ton" is read only when
    `ton` says which ("metric", "short" or "long"), and the decision is kept in the reading. Percent is a
    fraction. A price ("$69/kg", "412,000 yuan a tonne") is in money for a tonne: USD/t. Raises UnknownUnit
    for a unit that is missing, unknown or ambiguous, and MineralsError for a number that is missing,
    negative, or not printed in the English way (1,234.5).
    """
    if not isinstance(text, str) or not text.strip():
        raise MineralsError("There is nothing to read.", remedy="Give a number with its unit.")
    phrase = text.strip()
    if len(phrase) > _LONGEST_PHRASE:
        raise MineralsError("The text is too long to be one amount.", remedy="Give a number with its unit.")
    return _read_rank(phrase) or _read_magnitude(phrase) or _read_amount(phrase, publisher, ton)


def _read_rank(phrase: str) -> PhraseReading | None:
    word = phrase.casefold()
    match = _ORDINAL.fullmatch(phrase)
    if word in _ORDINAL_WORDS:
        rank = _ORDINAL_WORDS.index(word) + 1
    elif match and phrase.casefold() == ordinal_words(int(match["number"])):
        rank = int(match["number"])
    else:
        return None
    check_rank(Decimal(rank))
    return PhraseReading(float(rank), None, None, "rank", phrase, "", "")


def _read_magnitude(phrase: str) -> PhraseReading | None:
    match = _MAGNITUDE.fullmatch(tidy_spelling(phrase))
    return PhraseReading(10.0, 10**0.5, 10**1.5, "1", match["printed"], "", "") if match else None


def _read_amount(phrase: str, publisher: str, ton: str | None) -> PhraseReading:
    bounds, rest = _take_qualifiers(phrase)
    qualifier = phrase[: len(phrase) - len(rest)]
    parts = _cut(rest, phrase, between="between" in bounds)
    low_scale, high_scale, words = _scales_and_unit(parts, phrase)
    unit, decision = _unit_of(parts.prefix, words, publisher, ton, phrase)
    factor = Decimal(repr(unit.factor))
    low = _number(parts.low) * low_scale * factor
    high = _number(parts.high) * high_scale * factor if parts.high else None
    if unit.unit == "rank":
        check_rank(low)
    value, lower, upper = _bounded(
        bounds, finite_float(low), None if high is None else finite_float(high), phrase
    )
    printed_unit = tidy_spelling(f"{parts.prefix} {parts.high_tail}")
    return PhraseReading(
        value, lower, upper, unit.unit, tidy_spelling(qualifier + parts.printed_value), printed_unit, decision
    )


def _take_qualifiers(phrase: str) -> tuple[set[str], str]:
    """The kinds of the words before the number ("more than": lower), and the rest of the phrase."""
    kinds: set[str] = set()
    while match := _QUALIFIER.match(phrase):
        kinds.add(str(match.lastgroup))
        phrase = phrase[match.end() :]
    return kinds, phrase


def _cut(rest: str, phrase: str, *, between: bool) -> _Parts:
    first = _AMOUNT.fullmatch(rest)
    if first is None:
        raise MineralsError(f"{phrase!r} has no number.", remedy="Give a number with its unit.")
    if first["prefix"].endswith(("-", "−", "–", "—")):
        raise MineralsError(f"{phrase!r} is negative.", remedy="Amounts are zero or more.")
    prefix, start = first["prefix"], first.start("low")
    second = (_AND if between else _TO).fullmatch(first["rest"])
    if second is None:
        _check_tail(first["rest"], phrase)
        return _Parts(prefix, first["low"], "", "", tidy_spelling(first["rest"]), first["low"])
    if second["prefix"] not in ("", prefix):
        raise UnknownUnit(f"{phrase!r} has two units.", remedy="Give both ends of a range in one unit.")
    _check_tail(second["rest"], phrase)
    end = first.start("rest") + second.end("high")
    low_tail, high_tail = tidy_spelling(second["tail"]), tidy_spelling(second["rest"])
    return _Parts(prefix, first["low"], low_tail, second["high"], high_tail, rest[start:end])


def _check_tail(tail: str, phrase: str) -> None:
    """Refuse a number that goes on after its end: 28,5 or 1.000.000 or 1,0000."""
    if tail[:1] in (",", "."):
        raise MineralsError(
            f"{phrase!r} has a number that is not printed in the English way.",
            remedy="Use a comma between thousands and a point before decimals: 1,234.5.",
        )


def _scales_and_unit(parts: _Parts, phrase: str) -> tuple[int, int, str]:
    """The factors of both numbers' scale words, and the words that name the unit."""
    high_scale, words = _split_scale(parts.high_tail)
    if not parts.low_tail:
        return high_scale, high_scale, words
    low_scale, low_words = _split_scale(parts.low_tail)
    if low_words not in ("", words):
        raise UnknownUnit(f"{phrase!r} has two units.", remedy="Give both ends of a range in one unit.")
    return (low_scale, high_scale, words) if low_scale > 1 else (high_scale, high_scale, words)


def _split_scale(tail: str) -> tuple[int, str]:
    match = _SCALED.fullmatch(tail)
    return (_SCALE_WORDS[match["scale"].lower()], match["unit"]) if match else (1, tail)


def _number(printed: str) -> Decimal:
    return Decimal(re.sub(_THOUSANDS, "", printed))


def _unit_of(
    prefix: str, words: str, publisher: str, ton: str | None, phrase: str
) -> tuple[UnitReading, str]:
    """The unit named before ("$") or after the number, and the decision where it says "ton"."""
    price = _price_of(prefix, words, publisher, ton)
    if price:
        return price
    if prefix:
        unit = read_unit(prefix, publisher)
        if unit.unit not in currencies() or (words and read_unit(words, publisher)[:2] != unit[:2]):
            raise UnknownUnit(
                f"{phrase!r} has text before its number.", remedy="Give a number with its unit."
            )
        return unit, ""
    if not words or (words[0].isdigit() and not FOUR_LETTERS.search(words)):
        raise UnknownUnit(f"{phrase!r} has no unit.", remedy="Give a number with its unit.")
    if words.casefold() in ("ton", "tons"):
        return _read_ton(words, publisher, ton)
    return read_unit(words, publisher), ""


def _price_of(prefix: str, words: str, publisher: str, ton: str | None) -> tuple[UnitReading, str] | None:
    """The unit of money for a weight ("$5 a kilogram", "$5 USD/kg"); none where the words are no price.

    Prices are in money for a tonne, or for what is no weight; `factor` turns the printed number into that.
    """
    match = _CODE.fullmatch(words) or _FOR.fullmatch(words)
    named = match and (match["money"] or prefix)
    if match is None or not named:
        return None
    money = known_unit(named, publisher)
    if money is None or money.unit not in currencies():
        return None
    sign = known_unit(prefix, publisher) if prefix else money
    if sign is None or sign.unit != money.unit:
        return None
    per, decision = _weight_of(match["per"], publisher, ton)
    if per is None or per.unit not in _PRICED_BY:
        return None
    factor = finite_float(Decimal(repr(money.factor)) / Decimal(repr(per.factor)))
    return UnitReading(f"{money.unit}/{per.unit}", factor, per.basis, ""), decision


def _weight_of(words: str, publisher: str, ton: str | None) -> tuple[UnitReading | None, str]:
    """The weight or volume that a price is for one of, and the decision where the words leave a choice."""
    if words.casefold() == "ton":
        return _read_ton(words, publisher, ton)
    unit, decision = _PER.get(words.casefold(), ("", ""))
    if unit:
        return named_unit(unit), decision
    return known_unit(words, publisher), ""


_PRICED_BY = frozenset({"t", "ct", "m3", "L", "mtu"})


def _read_ton(words: str, publisher: str, ton: str | None) -> tuple[UnitReading, str]:
    if ton is None:
        try:
            unit = read_unit(words, publisher)
        except UnknownUnit as error:
            raise UnknownUnit(
                error.message, remedy="Decide which (metric, short or long) and record it."
            ) from error
        return unit, f"{words!r} read as {unit.note}"
    if ton not in _TONS:
        raise UnknownUnit(f"{ton!r} is not a kind of ton.", remedy="Say metric, short or long.")
    decision = f"{words!r} does not say which ton; read as {_TONS[ton]} by decision of the reader"
    return read_unit(_TONS[ton]), decision


def _bounded(
    kinds: set[str], low: float, high: float | None, phrase: str
) -> tuple[float | None, float | None, float | None]:
    """Value, lower and upper bound, from the qualifiers and one or two numbers."""
    limits = kinds & {"lower", "upper"}
    if len(limits) > 1 or (limits and high is not None) or ("between" in kinds and high is None):
        raise MineralsError(
            f"{phrase!r} has bounds that contradict each other.", remedy="Give one bound or a range."
        )
    if high is not None:
        if low > high:
            raise MineralsError(f"{phrase!r} runs from high to low.", remedy="Give the smaller number first.")
        return None, low, high
    if limits:
        return (None, low, None) if "lower" in limits else (None, None, low)
    return low, None, None
