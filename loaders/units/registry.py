"""The unit registry, and every conversion between units. The only importer of pint."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pint

from loaders.columns import distinct, spread
from loaders.errors import MineralsError, UnknownUnit, UnlikeUnits
from loaders.units.spellings import UnitSpelling, currencies, find_spelling, spelling_row
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
    ("mtu", "mtu", "[metric_ton_unit]"),  # a hundredth of a ton of contents, whose price is of contents alone
    ("index", "index", "[index]"),
    ("headcount", "headcount", "[person]"),
)

_PINT_NAMES = {"1": "fraction", "%": "percent"}

MONEY_SCALES = {"mn": "1000000", "bn": "1000000000", "tn": "1000000000000"}

_SCALES = {
    "t": ("kg", "t", "kt", "Mt"),
    "ct": ("ct", "kct", "Mct"),
    "m3": ("m3", "Mm3"),
    "L": ("L", "ML"),
    "1": ("%",),
    "rank": ("rank",),
    "mtu": ("mtu",),
    "index": ("index",),
    "headcount": ("headcount",),
}

_PRICE_SCALES = {"t": ("t", "kg")}
"""What the prices of an amount are shown per, dearest last."""

_PRICE = re.compile(r"(?P<money>[A-Z]{3})/(?P<per>\w+)")
"""The name of a unit of price: money, and what it buys one of."""

_DEFINING = threading.Lock()


class UnitReading(NamedTuple):
    """What a printed unit means: printed number × `factor` is in `unit`, a canonical unit."""

    unit: str
    factor: float
    basis: Basis | None
    note: str


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
    for name, number in MONEY_SCALES.items():
        registry.define(f"{name} = {number}")
    return registry


_REGISTRY = _make_registry()
_CANONICAL = {name: canonical for name, canonical, _ in UNITS} | {code: code for code in currencies()}


def _canonical_name(name: str) -> str | None:
    """The canonical unit of one of our names: of `kg` it is `t`, of `USD/kg` `USD/t`; None for no name."""
    price = _PRICE.fullmatch(name)
    if price is None:
        return _CANONICAL.get(name)
    known = price["money"] in currencies() and price["per"] in _CANONICAL
    return f"{price['money']}/{_CANONICAL[price['per']]}" if known else None


def _pint_units(name: str) -> Any:
    """The pint units of one of our names: `kt`, `1`, `USD`, `bn USD`, `USD/kg`."""
    price = _PRICE.fullmatch(name)
    if price and _canonical_name(name):
        money, per = _currency(price["money"]), _PINT_NAMES.get(price["per"], price["per"])
        return _REGISTRY.UnitsContainer({money: 1, per: -1})
    scale, _, code = name.rpartition(" ")
    if scale in MONEY_SCALES and code in currencies():
        return _REGISTRY.UnitsContainer({scale: 1, _currency(code): 1})
    if name in currencies():
        return _REGISTRY.UnitsContainer({_currency(name): 1})
    if name not in _CANONICAL:
        raise UnknownUnit(
            f"There is no unit named {name!r}.",
            remedy=f"The units are {', '.join(n for n, _, _ in UNITS)}, and ISO 4217 codes.",
        )
    return _REGISTRY.UnitsContainer({_PINT_NAMES.get(name, name): 1})


def _canonical_of(name: str) -> str:
    canonical = _canonical_name(name.rpartition(" ")[2])
    assert canonical is not None, name
    return canonical


def exact_decimal(value: float) -> Decimal:
    if not math.isfinite(value):
        raise MineralsError(f"{value} is not a number to convert or print.", remedy="Give a finite number.")
    return Decimal(repr(float(value)))


def convert_exactly(value: Decimal, from_unit: str, to_unit: str) -> Decimal:
    source, target = _pint_units(from_unit), _pint_units(to_unit)
    try:
        return Decimal(_REGISTRY.convert(value, source, target))
    except pint.DimensionalityError as error:
        raise UnlikeUnits(
            f"{from_unit} cannot be converted to {to_unit}.", remedy="They measure different things."
        ) from error


def finite_float(value: Decimal) -> float:
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
    return _reading(find_spelling(spelling, publisher))


def _reading(row: UnitSpelling) -> UnitReading:
    canonical = _canonical_of(row.unit)
    return UnitReading(
        canonical, float(convert_exactly(row.factor, row.unit, canonical)), row.basis, row.note
    )


def read_units(spellings: pd.Series, publisher: str) -> pd.DataFrame:
    """What a column of printed units means: columns `unit`, `factor`, `basis`; same index.

    Works by distinct value. An unknown spelling gives a missing unit and factor; it never raises. `basis`
    is missing where the spelling does not say what is weighed.
    """
    codes, texts = distinct(spellings)
    readings = [known_unit(text, publisher) for text in texts]
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


def known_unit(spelling: str, publisher: str) -> UnitReading | None:
    """As `read_unit`, but None for a spelling that is not known."""
    row = spelling_row(spelling, publisher)
    return _reading(row) if row and row.unit else None


def named_unit(name: str) -> UnitReading:
    """One of our units by its name, as `read_unit` reads a spelling of it: "troy_oz", "lb", "kg"."""
    canonical = _canonical_of(name)
    return UnitReading(canonical, float(convert_exactly(Decimal(1), name, canonical)), None, "")


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """`value` of `from_unit` in `to_unit`: names of units (`t`, `short_ton`, `bn USD`), not spellings.

    Raises UnlikeUnits where one does not convert to the other, UnknownUnit for a name that is none.
    """
    return finite_float(convert_exactly(exact_decimal(value), from_unit, to_unit))


def scale_factor(unit: str, shown: str) -> float:
    """What to multiply a value in the canonical `unit` by, to show it in `shown`: `t` to `Mt` is 1e-6.

    Money is shown in `mn`, `bn` or `tn`. Raises UnlikeUnits where `shown` does not measure the same thing.
    """
    return float(convert_exactly(Decimal(1), unit, shown_unit(unit, shown)))


def shown_unit(unit: str, shown: str) -> str:
    if shown not in MONEY_SCALES:
        return shown
    if unit not in currencies():
        raise UnlikeUnits(f"{unit} cannot be shown in {shown}.", remedy="That is a scale for money.")
    return f"{shown} {unit}"


def scales(unit: str) -> tuple[str, ...]:
    """The scales in which a canonical unit can be shown, smallest first: `t` in kg, t, kt, Mt."""
    price = _PRICE.fullmatch(canonical_unit(unit)) if "/" in unit else None
    if price:
        return tuple(f"{price['money']}/{per}" for per in _PRICE_SCALES.get(price["per"], (price["per"],)))
    return (unit, *MONEY_SCALES) if unit in currencies() else _SCALES[canonical_unit(unit)]


def canonical_unit(unit: str) -> str:
    if _canonical_name(unit) != unit:
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
    return finite_float(Decimal(total.magnitude)), _canonical_of(first_unit), substance


def _quantity(value: float, unit: str, substance: str) -> Any:
    """A pint Quantity in the canonical unit, times its substance."""
    if unit == "rank":
        raise UnlikeUnits("Ranks cannot be added.", remedy="Add the amounts that are ranked.")
    _pint_units(unit)
    canonical = _canonical_of(unit)
    units = _pint_units(canonical) * _REGISTRY.UnitsContainer({_substance(substance): 1})
    return _REGISTRY.Quantity(convert_exactly(exact_decimal(value), unit, canonical), units)


@cache
def _substance(substance: str) -> str:
    """The pint name of a substance; any text becomes a name through its bytes."""
    name = f"substance_{substance.encode('utf-8', 'surrogatepass').hex()}"
    return _defined(name, f"[{name}]")


@cache
def _currency(code: str) -> str:
    """The pint name of a currency; without exchange rates each is on its own."""
    return _defined(code, f"[money_{code}]")


def _defined(name: str, definition: str) -> str:
    """A name that pint knows from now on: there are many, and few are met."""
    with _DEFINING:
        if name not in _REGISTRY:
            _REGISTRY.define(f"{name} = {definition}")
    return name
