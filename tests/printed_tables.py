"""Printed tables and printed numbers, for the oracle: worked out from the observations alone."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

EVERYWHERE, OTHERS = "WLD", "OTH"


# Numbers in words -------------------------------------------------------------------------------------

UNITS = {
    "t": 1.0, "kt": 1e3, "Mt": 1e6, "kg": 1e-3, "ct": 1.0, "kct": 1e3, "Mct": 1e6, "m³": 1.0, "L": 1.0,
    "million m³": 1e6, "million L": 1e6, "m3": 1.0, "ML": 1e6,
}  # fmt: skip
NUMBER = r"[−-]?[\d,]+(?:\.\d+)?"
AMOUNT = rf"(?:more than |less than )?{NUMBER} (?:million m³|million L|[A-Za-z³]+)"
SHARE = rf"(?:at most )?(?:almost 100 %|{NUMBER} %)(?: \(total rounded\))?"


def near(text: str, value: float, unit: float = 1.0) -> bool:
    """Whether a printed number is what a value rounds to, in its own last digit (or its third one)."""
    digits = text.replace(",", "").replace("−", "-")
    number = float(digits)
    decimals = len(digits.partition(".")[2])
    step = 10.0**-decimals
    if not decimals and number and abs(number) >= 1000:
        step = 10.0 ** (math.floor(math.log10(abs(number))) - 2)
    return abs(value / unit - number) <= 0.5000001 * step + 1e-9 * abs(number)


def is_amount(text: str, value: float) -> bool:
    """Whether "12.4 Mt" is what an amount in the canonical unit rounds to."""
    found = re.fullmatch(rf"(?:more than |less than )?({NUMBER}) (.+)", text)
    return bool(found) and found[2] in UNITS and near(found[1], value, UNITS[found[2]])


def is_share(text: str, value: float, *, others: bool) -> bool:
    """Whether "34.9 %" is what a fraction rounds to, "at most 35 %" up; the whole is never said of a part."""
    words = text.removeprefix("at most ").removesuffix(" (total rounded)")
    if words == "almost 100 %":
        return value >= 1 - 1e-9 and others
    if words == "100 %":
        return value >= 1 - 1e-9 and not others
    number = words.removesuffix(" %")
    if text.startswith("at most "):
        last_digit = 10.0 ** -len(number.partition(".")[2])
        return -1e-9 <= float(number.replace(",", "")) - value * 100 < last_digit + 1e-9
    return near(number, value * 100)


def too_exact(text: str, *numbers: float) -> bool:
    """Whether "0.641 %" says more than it can: more digits than the number with fewest that it is made of.

    Two are always allowed, and as many as keep a part from being rounded to the whole. Without numbers that
    are printed nothing is known.
    """
    found = re.search(NUMBER, text)
    if not found or not numbers or 99 < float(found[0].replace(",", "")) < 100:
        return False
    fewest = min(len(Decimal(f"{number:.9g}").normalize().as_tuple().digits) for number in numbers)
    told = len(found[0].replace(",", "").replace(".", "").lstrip("0"))
    return told > min(max(fewest, 2), 3) and "almost" not in text and float(found[0].replace(",", "")) < 100


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    return f"{number}{'th' if 10 < number % 100 < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def small(text: str) -> str:
    """A label inside a sentence."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def joined(names: Sequence[str]) -> str:
    """A, B and C."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


# Tables -----------------------------------------------------------------------------------------------


class Printed(NamedTuple):
    """One table: the number of each place (None for one without), its total, and what stands beside it."""

    places: dict[str, float | None]
    known: dict[str, float]
    total: float | None
    at_least: float | None
    leaves_out: bool

    @property
    def countries(self) -> dict[str, float]:
        """The single countries with a number, the largest first."""
        single = {code: value for code, value in self.places.items() if value is not None and is_single(code)}
        return dict(sorted(single.items(), key=lambda item: -item[1]))

    @property
    def single(self) -> list[str]:
        """The single countries that have a row."""
        return [code for code in self.places if is_single(code)]

    @property
    def first(self) -> list[str]:
        """The countries with the largest number."""
        most = max(self.countries.values(), default=0)
        return [code for code, value in self.countries.items() if value == most]

    @property
    def positive(self) -> int:
        """How many rows have more than nothing."""
        return sum((value or 0) > 0 for value in self.places.values())

    @property
    def whole(self) -> float | None:
        """What shares are of: the printed total or its bound, or the sum where all have numbers.

        So it is where one row alone has as much as the total, and others have something.
        """
        numbers = [value or 0 for value in self.places.values()]
        if self.total and max(numbers, default=0) == self.total < sum(numbers):
            return sum(numbers)
        if self.total is not None or self.at_least is not None:
            return self.total if self.total is not None else self.at_least
        every = list(self.places.values())
        return sum(value or 0 for value in every) if every and None not in every else None

    @property
    def elsewhere(self) -> float:
        """How much of a total that is printed as a number, and leaves nobody out, stands in no row."""
        return 0.0 if self.total is None or self.leaves_out else self.total - sum(self.known.values())

    @property
    def is_open(self) -> bool:
        """Whether more is in no row than the first country has, while it has no half of the total."""
        numbers = list(self.countries.values())
        if len(numbers) < 2 or not self.total or numbers[0] > self.total / 2:
            return False
        return numbers[0] < self.elsewhere

    @property
    def is_printed(self) -> bool:
        """Whether a total is printed."""
        return self.total is not None or self.at_least is not None

    @property
    def at_most(self) -> bool:
        """Whether shares are upper bounds."""
        return (self.total is None and self.at_least is not None) or self.leaves_out


def is_single(code: str) -> bool:
    """Whether a place is one country."""
    return code not in (EVERYWHERE, OTHERS) and "+" not in code


def of_countries(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of single countries."""
    return rows[[is_single(code) for code in rows["place"]]]


class _Row(NamedTuple):
    place: str
    value: float
    lower: float
    name: str
    detail: str
    note: str


def printed(rows: pd.DataFrame) -> Printed:
    """One table from its rows."""
    columns = ("place", "value", "lower", "printed_name", "detail", "note")
    of_place: dict[str, list[_Row]] = {}
    for cells in zip(*(rows[name].tolist() for name in columns), strict=True):
        of_place.setdefault(str(cells[0]), []).append(_Row(*cells))
    world = of_place.pop(EVERYWHERE, [])
    places: dict[str, float | None] = {}
    known: dict[str, float] = {}
    for code, own in of_place.items():
        numbers = [row.value for row in own]
        places[code] = None if any(map(pd.isna, numbers)) or _twins(own) else float(sum(numbers))
        either = [row.lower if pd.isna(row.value) else row.value for row in own]
        known[code] = float(sum(number for number in either if not pd.isna(number)))
    total, bound = _total(world)
    said = " ".join([*(row.detail for row in world), *(row.note for row in world)])
    out = (OF_ANY if set(rows["measure"]) <= {"reserves"} else OF_OUTPUT).search(said) is not None
    return Printed(places, known, total, bound, out)


def _total(world: list[_Row]) -> tuple[float | None, float | None]:
    """The printed total, or what it is at least."""
    if world and not any(pd.isna(row.value) for row in world):
        return float(sum(row.value for row in world)), None
    bounds = [float(row.lower) for row in world if not pd.isna(row.lower)]
    return None, max(bounds, default=None)


def _twins(rows: list[_Row]) -> bool:
    """Whether a place has several rows that are not parts of it, each with its own name and words."""
    told = [len({row.name for row in rows}), len({row.detail for row in rows})]
    return len(rows) > 1 and (told != [len(rows)] * 2 or any(row.detail == "" for row in rows))


OF_ANY = re.compile(r"\bexclud\w+ (?:the )?(?:United States|China)\b", re.IGNORECASE)
"""Left out of a total of what is in the ground; "Excludes U.S. production" says nothing of that."""

OF_OUTPUT = re.compile(
    "|".join(
        [
            OF_ANY.pattern,
            r"\b(?:exclud\w+|not include) (?:U\.S\. production|production in the United States)(?! of)",
            "China also produces",
            "not included in world total",
        ]
    ),
    re.IGNORECASE,
)
"""The same of production. "U.S. production of attapulgite" is a part of what one country makes."""


def tables(rows: pd.DataFrame) -> list[Printed]:
    """The tables that rows may make: one of each basis, and one of all where one total counts them."""
    found = [printed(own) for _, own in rows.groupby(["basis", "unit"], sort=True)]
    whole = printed(rows)
    one_each = not rows["place"].duplicated().any()
    if len(found) > 1 and one_each and whole.total:
        together = sum(value or 0 for value in whole.places.values())
        if abs(together - whole.total) <= 0.01 * whole.total:
            return [whole]
    return found


def of(table: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """The rows with the wanted values."""
    for name, value in wanted.items():
        table = table[table[name] == value]
    return table


def edition_of(table: pd.DataFrame, edition: str) -> pd.DataFrame:
    """The rows of an edition, by its id."""
    dataset, _, name = edition.partition(".")
    return of(table, dataset=dataset, edition=name)
