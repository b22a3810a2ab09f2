"""Amounts as a person reads them: scales, three digits, ranks."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from loaders.errors import MineralsError
from loaders.units.registry import (
    MONEY_SCALES,
    canonical_unit,
    convert_exactly,
    exact_decimal,
    scales,
    shown_unit,
)
from loaders.units.spellings import currencies

_LABELS = {"m3": "m³", "Mm3": "million m³", "ML": "million L", "1": "times", "headcount": "people"}
_PER = {"short_ton": "short ton", "troy_oz": "troy ounce", "mtu": "metric ton unit"}
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


def check_rank(rank: Decimal) -> None:
    if rank < 1 or rank != rank.to_integral_value():
        raise MineralsError(f"{rank} is not a rank.", remedy="Ranks are whole numbers from 1.")


def ordinal_words(number: int) -> str:
    teens = 10 < number % 100 < 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


# Printing


def format_quantity(value: float, unit: str, *, scale: str | None = None) -> str:
    """A value in a canonical unit with every digit, which `parse_quantity` reads back as the same float.

    `scale` is one of `scales(unit)`, or "1" to print a ratio as "10 times"; without it mass is printed in
    tonnes, money in full, fractions in percent. Raises MineralsError for a negative value or none.
    """
    exact = exact_decimal(value)
    if exact < 0:
        raise MineralsError(f"{value} is negative.", remedy="Amounts are zero or more.")
    if unit == "rank":
        return _print_rank(exact)
    shown = scale or ("%" if unit == "1" else canonical_unit(unit))
    number = _plain(convert_exactly(exact, canonical_unit(unit), shown_unit(unit, shown)))
    label = unit if shown == unit and unit in currencies() else _LABELS.get(shown, shown)
    return f"{number} {label} {unit}" if shown in MONEY_SCALES else f"{number} {label}"


def _print_rank(rank: Decimal) -> str:
    check_rank(rank)
    return ordinal_words(int(rank))


def _plain(number: Decimal) -> str:
    """Digits with commas between thousands, no exponent, no trailing zeros."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def best_scale(value: float, unit: str) -> str:
    """The scale in which `value` (for an axis: its largest) in `unit` reads best: 830,000 `t` is `kt`."""
    size = abs(_rounded(exact_decimal(value)))
    names = scales(unit)
    fitting = [name for name in names if convert_exactly(size, unit, shown_unit(unit, name)) >= 1]
    return fitting[-1] if fitting else unit if size == 0 and unit in names else names[0]


@lru_cache(maxsize=10_000)
def display(value: float, unit: str, scale: str | None = None, digits: int = 3, bound: str = "") -> str:
    """A value in a canonical unit for the screen: "28.5 Mt", "0.64 %", "$500 bn", "5th".

    To three digits; of a number that is computed from others, to `digits_of` these. A part of a whole is
    never rounded up to the whole: 99.96 % keeps its digits. A `lower` bound is rounded down and an `upper`
    one up, so that "at most 1.1 %" is true of 1.047 %. Raises as `format_quantity`, but prints a negative
    difference with a minus sign.
    """
    if unit == "rank":
        return _print_rank(exact_decimal(value))
    shown = scale or best_scale(value, unit)
    sign = "−" if exact_decimal(value) < 0 else ""
    number = display_number(abs(value), unit, shown, digits, bound)
    if unit not in currencies():
        return f"{sign}{number} {scale_label(shown)}"
    word = f" {shown}" if shown in MONEY_SCALES else ""
    return f"{sign}{_SYMBOLS[unit]}{number}{word}" if unit in _SYMBOLS else f"{sign}{number}{word} {unit}"


def display_number(value: float, unit: str, shown: str, digits: int = 3, bound: str = "") -> str:
    """The number alone of a value that is zero or more, on the scale `shown`, to so many digits."""
    scaled = convert_exactly(exact_decimal(value), canonical_unit(unit), shown_unit(unit, shown))
    return _plain((_short_of_whole if shown == "%" else _rounded)(scaled, digits, bound))


def scale_label(shown: str) -> str:
    """A unit or scale as it stands behind a number: "kt", "million m³", "$/kg"."""
    money, slash, per = shown.partition("/")
    if slash:
        return f"{_SYMBOLS.get(money, money)}/{_PER.get(per, per)}"
    return _LABELS.get(shown, shown)


def display_times(low: float, high: float | None = None, digits: int = 3) -> str:
    """A ratio, or a range of ratios: "7.5 times", "8 to 10 times"."""
    last = display(low if high is None else high, "1", "1", digits)
    return last if high is None else f"{display_number(low, '1', '1', digits)} to {last}"


_ROUNDINGS = {"lower": ROUND_FLOOR, "upper": ROUND_CEILING}
_FLOATED = Context(prec=14, rounding=ROUND_HALF_UP)
"""Digits behind which a number is what is left of computing with floats: 0.30000000000000004."""


def _rounded(number: Decimal, digits: int = 3, bound: str = "") -> Decimal:
    step = Decimal(1).scaleb(number.adjusted() - digits + 1)
    if bound:
        number = _FLOATED.plus(number)
    return number.quantize(step, rounding=_ROUNDINGS.get(bound, ROUND_HALF_UP)) if number else Decimal(0)


def _short_of_whole(percent: Decimal, digits: int, bound: str = "") -> Decimal:
    while (rounded := _rounded(percent, digits, bound)) == 100 != percent:
        digits += 1
    return rounded


# Digits that a computed number carries

_FEWEST, _MOST = 2, 3
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def digits_of(*numbers: float) -> int:
    """How many digits a share or ratio of these numbers carries: 2,500 t of 390,000 t carry two, 0.64 %.

    As many as the number with fewest, two at least and three at most. Zeros at the end do not count: a
    publisher rounds so.
    """
    return min(map(_digits, numbers))


@lru_cache(maxsize=20_000)
def _digits(number: float) -> int:
    mantissa = f"{abs(number):.9e}".partition("e")[0].replace(".", "").rstrip("0")
    return min(max(len(mantissa), _FEWEST), _MOST)


@lru_cache(maxsize=20_000)
def printed_digits(text: str) -> int:
    """The same of a number as it is printed, where zeros behind a point count; three where there is none."""
    found = _NUMBER.search(text)
    if not found:
        return _MOST
    whole, point, rest = found[0].replace(",", "").partition(".")
    told = f"{whole}{rest}".lstrip("0")
    return min(max(len(told if point else told.rstrip("0")), _FEWEST), _MOST)
