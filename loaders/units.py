"""Units: what a printed unit means, and every conversion between units.

Two steps, never one. `knowledge/units.csv` translates a printed spelling, publisher by publisher, into
the name of a unit; pint converts between units. No printed text reaches pint, and no pint Quantity
leaves this module: numbers are floats, and units are names such as `t` or `USD`.

Canonical units: `t` mass (metric tons), `ct` diamonds (carats), `m3` gas, `L` where litres are printed,
`1` fractions and ratios, `rank`, and an ISO 4217 code for money.
"""

from __future__ import annotations

import csv
import difflib
import math
import re
import threading
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pint

from loaders.columns import distinct, spread
from loaders.errors import MineralsError, UnknownUnit, UnlikeUnits
from loaders.vocabulary import Basis

UNITS: tuple[tuple[str, str, str], ...] = (
    # name, canonical unit, definition; defined here alone, since pint's own list has other ideas
    ("t", "t", "[mass]"),  # pint: `ton` is the US short ton, 907 kg; here no unit has that name
    ("g", "t", "0.000001 * t"),
    ("kg", "t", "0.001 * t"),
    ("kt", "t", "1000 * t"),  # pint: kt is the knot
    ("Mt", "t", "1000000 * t"),  # pint: mt is a milli-tonne; here only the table knows that spelling
    ("lb", "t", "0.00045359237 * t"),  # international avoirdupois pound
    ("short_ton", "t", "2000 * lb"),
    ("long_ton", "t", "2240 * lb"),
    ("troy_oz", "t", "31.1034768 * g"),
    ("flask", "t", "76 * lb"),  # of mercury
    ("ct", "ct", "[carat]"),  # pint: a mass; but a carat of diamonds and a tonne of rock do not add
    ("kct", "ct", "1000 * ct"),
    ("Mct", "ct", "1000000 * ct"),  # pint reads mct as one gram
    ("m3", "m3", "[volume]"),
    ("Mm3", "m3", "1000000 * m3"),  # pint: mcm is a micrometre
    ("L", "L", "0.001 * m3"),
    ("ML", "L", "1000000 * L"),
    ("1", "1", "[]"),
    ("%", "1", "0.01 * fraction"),
    ("rank", "rank", "[rank]"),
)

_PINT_NAMES = {"1": "fraction", "%": "percent"}
_MONEY_SCALES = {"mn": "1000000", "bn": "1000000000", "tn": "1000000000000"}
_SCALES = {
    "t": ("kg", "t", "kt", "Mt"),
    "ct": ("ct", "kct", "Mct"),
    "m3": ("m3", "Mm3"),
    "L": ("L", "ML"),
    "1": ("%",),
    "rank": ("rank",),
}
_LABELS = {"m3": "m³", "Mm3": "million m³", "ML": "million L", "1": "times"}
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}
_BASES = {str(basis): basis for basis in Basis}
_TABLE = Path(__file__).parent / "knowledge" / "units.csv"
_CURRENCY = re.compile(r"[A-Z]{3}")
_FOUR_LETTERS = re.compile(r"[^\W\d_]{4}")

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
_TONS = {"metric": "metric tons", "short": "short tons", "long": "long tons"}
_LONGEST_PHRASE = 1000
_SUBSTANCE_LOCK = threading.Lock()


class UnitReading(NamedTuple):
    """What a printed unit means: printed number × `factor` is in `unit`, a canonical unit."""

    unit: str
    factor: float
    basis: Basis | None
    note: str


class Reading(NamedTuple):
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


class _Row(NamedTuple):
    """One line of the spelling table; an empty unit marks a spelling known to be ambiguous."""

    spelling: str
    unit: str
    factor: Decimal
    basis: Basis | None
    note: str


class _Parts(NamedTuple):
    """A phrase cut up: "$330 million - 390 million" has prefix "$" and two numbers with their tails."""

    prefix: str
    low: str
    low_tail: str
    high: str
    high_tail: str
    printed_value: str


# The spelling table


def _tidy(text: str) -> str:
    """One plain space for every run of white space, no-break spaces included."""
    return " ".join(text.split())


def _key(spelling: str) -> str:
    """How a spelling is looked up: words in any case, symbols (`Mt`, `mt`) exactly as printed."""
    tidy = _tidy(spelling)
    return tidy.casefold() if _FOUR_LETTERS.search(tidy) else tidy


@cache
def _spellings() -> dict[str, dict[str, _Row]]:
    """The spelling table: publisher -> key -> row."""
    table: dict[str, dict[str, _Row]] = {}
    with _TABLE.open(encoding="utf-8-sig", newline="") as lines:  # spreadsheets save a byte order mark
        for line in csv.DictReader(lines):
            row = _Row(
                line["spelling"],
                line["unit"],
                Decimal(line["factor"] or 0),
                _BASES[line["basis"]] if line["basis"] else None,
                line["note"],
            )
            table.setdefault(line["publisher"], {})[_key(row.spelling)] = row
    return table


def _find(spelling: str, publisher: str) -> _Row:
    row = _row(spelling, publisher)
    if row is None:
        raise UnknownUnit(f"The unit {spelling!r} is not known.", remedy=_nearest(_key(spelling), publisher))
    if not row.unit:
        raise UnknownUnit(
            f"The unit {spelling!r} is ambiguous: {row.note}.",
            remedy="Use a spelling that says which one is meant.",
        )
    return row


def _row(spelling: str, publisher: str) -> _Row | None:
    key, table = _key(spelling), _spellings()
    return table.get(publisher, {}).get(key) or table["any"].get(key)


def _nearest(key: str, publisher: str) -> str:
    """A remedy that names the known spellings nearest to `key`."""
    table = _spellings()
    known = {
        k.casefold(): row.spelling for k, row in (table["any"] | table.get(publisher, {})).items() if row.unit
    }
    near = [known[k] for k in difflib.get_close_matches(key.casefold(), known, n=3, cutoff=0.5)]
    known_words = f"Known spellings nearest to it: {', '.join(near)}. " if near else ""
    return f"{known_words}If it is a new spelling, add a line to units.csv."


# The registry: one table, one loop, one instance


def _make_registry() -> pint.UnitRegistry[Any]:
    """An empty pint registry with our units alone.

    Without pint's own list there is no prefix and no alias to misread; decimal numbers keep 0.57 %
    at 0.0057 exactly.
    """
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(
        None, non_int_type=Decimal, on_redefinition="raise", cache_folder=None
    )
    for name, _, definition in UNITS:
        registry.define(f"{_PINT_NAMES.get(name, name)} = {definition}")
    for name, number in _MONEY_SCALES.items():
        registry.define(f"{name} = {number}")
    for code in currencies():
        registry.define(f"{code} = [money_{code}]")  # no exchange rates: each currency is on its own
    return registry


@cache
def currencies() -> tuple[str, ...]:
    """The ISO 4217 codes that the spelling table knows."""
    rows = (row for table in _spellings().values() for row in table.values())
    return tuple(sorted({row.unit for row in rows if _CURRENCY.fullmatch(row.unit)}))


_REGISTRY = _make_registry()
_CANONICAL = {name: canonical for name, canonical, _ in UNITS} | {code: code for code in currencies()}


def _pint_units(name: str) -> Any:
    """The pint units of one of our names: `kt`, `1`, `USD`, `bn USD`."""
    scale, _, code = name.rpartition(" ")
    if scale in _MONEY_SCALES and code in currencies():
        return _REGISTRY.UnitsContainer({scale: 1, code: 1})
    if name not in _CANONICAL:
        raise UnknownUnit(
            f"There is no unit named {name!r}.",
            remedy=f"The units are {', '.join(n for n, _, _ in UNITS)}, and ISO 4217 codes.",
        )
    return _REGISTRY.UnitsContainer({_PINT_NAMES.get(name, name): 1})


def _canonical_of(name: str) -> str:
    return _CANONICAL[name.rpartition(" ")[2]]


def _decimal(value: float) -> Decimal:
    if not math.isfinite(value):
        raise MineralsError(f"{value} is not a number to convert or print.", remedy="Give a finite number.")
    return Decimal(repr(float(value)))


def _exact(value: Decimal, from_unit: str, to_unit: str) -> Decimal:
    source, target = _pint_units(from_unit), _pint_units(to_unit)
    try:
        return Decimal(_REGISTRY.convert(value, source, target))
    except pint.DimensionalityError as error:
        raise UnlikeUnits(
            f"{from_unit} cannot be converted to {to_unit}.", remedy="They measure different things."
        ) from error


def _to_float(value: Decimal) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise MineralsError("The number is too large.", remedy="Check its digits and its unit.")
    return number


# Reading and converting units


def read_unit(spelling: str, publisher: str = "any") -> UnitReading:
    """What a unit printed by `publisher` means (its own spellings first, then those of `any`).

    A printed number times `factor` is in the canonical `unit`; `basis` is set where the spelling itself
    says what is weighed ("metal content"). Raises UnknownUnit, naming the nearest known spellings.
    """
    return _reading(_find(spelling, publisher))


def _reading(row: _Row) -> UnitReading:
    canonical = _CANONICAL[row.unit]
    return UnitReading(canonical, float(_exact(row.factor, row.unit, canonical)), row.basis, row.note)


def read_units(spellings: pd.Series, publisher: str) -> pd.DataFrame:
    """What a column of printed units means: columns `unit`, `factor`, `basis`; same index.

    Works by distinct value. An unknown spelling gives a missing unit and factor; it never raises. `basis`
    is missing where the spelling does not say what is weighed.
    """
    codes, texts = distinct(spellings)
    readings = [_reading_or_none(text, publisher) for text in texts]
    factors = np.array([reading.factor if reading else np.nan for reading in readings], dtype="float64")
    return pd.DataFrame(
        {
            "unit": spread([reading.unit if reading else None for reading in readings], codes, spellings),
            "factor": factors[codes],
            "basis": spread([reading.basis if reading else None for reading in readings], codes, spellings),
        },
        index=spellings.index,
        copy=False,
    )


def _reading_or_none(spelling: str, publisher: str) -> UnitReading | None:
    row = _row(spelling, publisher)
    return _reading(row) if row and row.unit else None


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """`value` of `from_unit` in `to_unit`: names of units (`t`, `short_ton`, `bn USD`), not spellings.

    Raises UnlikeUnits where one does not convert to the other, UnknownUnit for a name that is none.
    """
    return _to_float(_exact(_decimal(value), from_unit, to_unit))


def scale_factor(unit: str, shown: str) -> float:
    """What to multiply a value in the canonical `unit` by, to show it in `shown`: `t` to `Mt` is 1e-6.

    Money is shown in `mn`, `bn` or `tn`. Raises UnlikeUnits where `shown` does not measure the same thing.
    """
    return float(_exact(Decimal(1), unit, _shown_name(unit, shown)))


def _shown_name(unit: str, shown: str) -> str:
    if shown not in _MONEY_SCALES:
        return shown
    if unit not in currencies():
        raise UnlikeUnits(f"{unit} cannot be shown in {shown}.", remedy="That is a scale for money.")
    return f"{shown} {unit}"


def scales(unit: str) -> tuple[str, ...]:
    """The scales in which a canonical unit can be shown, smallest first: `t` in kg, t, kt, Mt."""
    return (unit, *_MONEY_SCALES) if unit in currencies() else _SCALES[_canonical(unit)]


def _canonical(unit: str) -> str:
    if _CANONICAL.get(unit) != unit:
        raise UnknownUnit(
            f"{unit!r} is not a canonical unit.",
            remedy=f"The canonical units are {', '.join(_SCALES)}, and ISO 4217 codes.",
        )
    return unit


def add(amounts: Iterable[tuple[float, str, str]]) -> tuple[float, str, str]:
    """The sum of (value, unit, substance), in the canonical unit of the first.

    Tonnes remember what they are tonnes of: each substance ("REO", "Li", "rare-metals/undefined") is a
    dimension of its own. Raises UnlikeUnits for unlike substances or units, for ranks, and for no amounts.
    """
    items = list(amounts)
    if not items:
        raise UnlikeUnits("There is nothing to add.", remedy="Give at least one amount.")
    _, first_unit, substance = items[0]
    quantities = [_quantity(*item) for item in items]
    total = quantities[0]
    for (value, unit, other), quantity in zip(items[1:], quantities[1:], strict=True):
        try:
            total = total + quantity
        except pint.DimensionalityError as error:
            raise UnlikeUnits(
                f"{value:,} {unit} of {other!r} cannot be added to {first_unit} of {substance!r}.",
                remedy="Show them side by side, or convert them to one basis first.",
            ) from error
    return _to_float(Decimal(total.magnitude)), _canonical_of(first_unit), substance


def _quantity(value: float, unit: str, substance: str) -> Any:
    """A pint Quantity in the canonical unit, times its substance."""
    if unit == "rank":
        raise UnlikeUnits("Ranks cannot be added.", remedy="Add the amounts that are ranked.")
    _pint_units(unit)
    canonical = _canonical_of(unit)
    units = _pint_units(canonical) * _REGISTRY.UnitsContainer({_substance(substance): 1})
    return _REGISTRY.Quantity(_exact(_decimal(value), unit, canonical), units)


@cache
def _substance(substance: str) -> str:
    """The pint name of a substance; any text becomes a name through its bytes."""
    name = f"substance_{substance.encode('utf-8', 'surrogatepass').hex()}"
    with _SUBSTANCE_LOCK:
        if name not in _REGISTRY:
            _REGISTRY.define(f"{name} = [{name}]")
    return name


# Reading phrases


def parse_quantity(text: str, *, publisher: str = "document", ton: str | None = None) -> Reading:
    """An amount printed in words: "658 million metric tons", "$500 billion", "more than 5 kt", "fifth".

    A plain number has a value; "more than", "up to" and ranges have bounds and no value. "An order of
    magnitude" is 10 between √10 and 10√10, that is half an order either way. A bare "ton" is read only when
    `ton` says which ("metric", "short" or "long"), and the decision is kept in the reading. Percent is a
    fraction. Raises UnknownUnit for a unit that is missing, unknown or ambiguous, and MineralsError for a
    number that is missing, negative, or not printed in the English way (1,234.5).
    """
    if not isinstance(text, str) or not text.strip():
        raise MineralsError("There is nothing to read.", remedy="Give a number with its unit.")
    phrase = text.strip()
    if len(phrase) > _LONGEST_PHRASE:
        raise MineralsError("The text is too long to be one amount.", remedy="Give a number with its unit.")
    return _read_rank(phrase) or _read_magnitude(phrase) or _read_amount(phrase, publisher, ton)


def _read_rank(phrase: str) -> Reading | None:
    word = phrase.casefold()
    match = _ORDINAL.fullmatch(phrase)
    if word in _ORDINAL_WORDS:
        rank = _ORDINAL_WORDS.index(word) + 1
    elif match and phrase.casefold() == _ordinal(int(match["number"])):
        rank = int(match["number"])
    else:
        return None
    _check_rank(Decimal(rank))
    return Reading(float(rank), None, None, "rank", phrase, "", "")


def _check_rank(rank: Decimal) -> None:
    if rank < 1 or rank != rank.to_integral_value():
        raise MineralsError(f"{rank} is not a rank.", remedy="Ranks are whole numbers from 1.")


def _ordinal(number: int) -> str:
    teens = 10 < number % 100 < 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _read_magnitude(phrase: str) -> Reading | None:
    match = _MAGNITUDE.fullmatch(_tidy(phrase))
    return Reading(10.0, 10**0.5, 10**1.5, "1", match["printed"], "", "") if match else None


def _read_amount(phrase: str, publisher: str, ton: str | None) -> Reading:
    bounds, rest = _take_qualifiers(phrase)
    qualifier = phrase[: len(phrase) - len(rest)]
    parts = _cut(rest, phrase, between="between" in bounds)
    low_scale, high_scale, words = _scales_and_unit(parts, phrase)
    unit, decision = _unit_of(parts.prefix, words, publisher, ton, phrase)
    factor = Decimal(repr(unit.factor))
    low = _number(parts.low) * low_scale * factor
    high = _number(parts.high) * high_scale * factor if parts.high else None
    if unit.unit == "rank":
        _check_rank(low)
    value, lower, upper = _bounded(bounds, _to_float(low), None if high is None else _to_float(high), phrase)
    printed_unit = _tidy(f"{parts.prefix} {parts.high_tail}")
    return Reading(
        value, lower, upper, unit.unit, _tidy(qualifier + parts.printed_value), printed_unit, decision
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
        return _Parts(prefix, first["low"], "", "", _tidy(first["rest"]), first["low"])
    if second["prefix"] not in ("", prefix):
        raise UnknownUnit(f"{phrase!r} has two units.", remedy="Give both ends of a range in one unit.")
    _check_tail(second["rest"], phrase)
    end = first.start("rest") + second.end("high")
    low_tail, high_tail = _tidy(second["tail"]), _tidy(second["rest"])
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
    if prefix:
        unit = read_unit(prefix, publisher)
        if unit.unit not in currencies() or (words and read_unit(words, publisher)[:2] != unit[:2]):
            raise UnknownUnit(
                f"{phrase!r} has text before its number.", remedy="Give a number with its unit."
            )
        return unit, ""
    if not words or (words[0].isdigit() and not _FOUR_LETTERS.search(words)):
        raise UnknownUnit(f"{phrase!r} has no unit.", remedy="Give a number with its unit.")
    if words.casefold() in ("ton", "tons"):
        return _read_ton(words, publisher, ton)
    return read_unit(words, publisher), ""


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


# Printing


def format_quantity(value: float, unit: str, *, scale: str | None = None) -> str:
    """A value in a canonical unit with every digit, which `parse_quantity` reads back as the same float.

    `scale` is one of `scales(unit)`, or "1" to print a ratio as "10 times"; without it mass is printed in
    tonnes, money in full, fractions in percent. Raises MineralsError for a negative value or none.
    """
    exact = _decimal(value)
    if exact < 0:
        raise MineralsError(f"{value} is negative.", remedy="Amounts are zero or more.")
    if unit == "rank":
        return _print_rank(exact)
    shown = scale or ("%" if unit == "1" else _canonical(unit))
    number = _plain(_exact(exact, _canonical(unit), _shown_name(unit, shown)))
    label = unit if shown == unit and unit in currencies() else _LABELS.get(shown, shown)
    return f"{number} {label} {unit}" if shown in _MONEY_SCALES else f"{number} {label}"


def _print_rank(rank: Decimal) -> str:
    _check_rank(rank)
    return _ordinal(int(rank))


def _plain(number: Decimal) -> str:
    """Digits with commas between thousands, no exponent, no trailing zeros."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def best_scale(value: float, unit: str) -> str:
    """The scale in which `value` (for an axis: its largest) in `unit` reads best: 830,000 `t` is `kt`."""
    size = abs(_rounded(_decimal(value)))
    names = scales(unit)
    fitting = [name for name in names if _exact(size, unit, _shown_name(unit, name)) >= 1]
    return fitting[-1] if fitting else unit if size == 0 and unit in names else names[0]


def display(value: float, unit: str, scale: str | None = None) -> str:
    """A value in a canonical unit for the screen, to three digits: "28.5 Mt", "0.64 %", "$500 bn", "5th".

    A part of a whole is never rounded up to the whole: 99.96 % keeps its digits. Raises as
    `format_quantity`, but prints a negative difference with a minus sign.
    """
    exact = _decimal(value)
    if unit == "rank":
        return _print_rank(exact)
    shown = scale or best_scale(value, unit)
    scaled = _exact(abs(exact), _canonical(unit), _shown_name(unit, shown))
    number = _plain(_short_of_whole(scaled) if shown == "%" else _rounded(scaled))
    sign = "−" if exact < 0 else ""
    if unit not in currencies():
        return f"{sign}{number} {_LABELS.get(shown, shown)}"
    word = f" {shown}" if shown in _MONEY_SCALES else ""
    return f"{sign}{_SYMBOLS[unit]}{number}{word}" if unit in _SYMBOLS else f"{sign}{number}{word} {unit}"


def _rounded(number: Decimal, digits: int = 3) -> Decimal:
    step = Decimal(1).scaleb(number.adjusted() - digits + 1)
    return number.quantize(step, rounding=ROUND_HALF_UP) if number else Decimal(0)


def _short_of_whole(percent: Decimal) -> Decimal:
    digits = 3
    while (rounded := _rounded(percent, digits)) == 100 != percent:
        digits += 1
    return rounded
