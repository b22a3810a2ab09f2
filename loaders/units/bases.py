"""Conversions between bases: what tonnes of an element are as oxide or as carbonate.

Factors are computed from standard atomic weights. `knowledge/conversions.csv` names the compound by
which each element is counted on each basis, `knowledge/mineral_elements.csv` the elements of each
mineral; an element's symbol means the first mineral listed with that element alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

import pandas as pd

from loaders.errors import MineralsError, UnlikeUnits
from loaders.knowledge import rules
from loaders.model import Record
from loaders.names import mineral_name
from loaders.units.elements import element_name, weight_for_one, weights_source
from loaders.vocabulary import Basis, ReserveClass

CLOSE_TO_ONE = 0.02
"""How far the shares of a basket may be from 1 in sum: printed shares are rounded."""

_NEEDS_GRADE = "needs a grade: how much {wanted} it holds differs from deposit to deposit"
_REASONS = {
    Basis.UNDEFINED: "the source does not say clearly what its tonnes are tonnes of",
    Basis.GROSS: f"a gross weight {_NEEDS_GRADE}",
    Basis.ORE: f"a weight of ore {_NEEDS_GRADE}",
    Basis.NOT_APPLICABLE: "the figure is not a weight of a material",
}
_BASES = {str(basis): basis for basis in Basis}


class Conversion(Record):
    """How tonnes of a mineral on one basis become tonnes on another.

    Tonnes times `factor` are the converted tonnes, and `low` and `high` equal it. Where the tonnage mixes
    elements in unknown shares, `factor` is none and the result lies between tonnes times `low` and tonnes
    times `high`. `name` says which compounds, `source` where the atomic weights come from.
    """

    from_basis: Basis
    to_basis: Basis
    mineral: str
    factor: float | None
    low: float
    high: float
    name: str
    source: str

    @property
    def words(self) -> str:
        """The factor and its name for a subtitle: "× 5.323, Li to LCE (Li2CO3)"."""
        numbers = f"{self.low:.2f} to {self.high:.2f}" if self.factor is None else f"{self.factor:.3f}"
        return f"× {numbers}, {self.name}"


# Elements and their compounds


@cache
def compounds() -> dict[tuple[str, Basis], str]:
    """(element, basis) -> formula of the compound by which the element is counted."""
    return {(line["element"], _BASES[line["basis"]]): line["formula"] for line in rules("conversions")}


@cache
def elements_of_minerals() -> dict[str, tuple[str, ...]]:
    """Mineral id -> symbols of its elements: one, or the many of a mixed tonnage."""
    return {line["mineral"]: tuple(line["elements"].split(";")) for line in rules("mineral_elements")}


@cache
def _in_basket() -> dict[str, tuple[str, ...]]:
    """Mineral id -> symbols that a basket may name."""
    also = {line["mineral"]: line["also"] for line in rules("mineral_elements")}
    return {
        mineral: (*own, *filter(None, also[mineral].split(";")))
        for mineral, own in elements_of_minerals().items()
    }


@cache
def minerals_of_elements() -> dict[str, str]:
    """Element symbol -> mineral id."""
    single = [
        (symbols[0], mineral) for mineral, symbols in elements_of_minerals().items() if len(symbols) == 1
    ]
    return dict(reversed(single))


@cache
def _weight(element: str, basis: Basis) -> float:
    """The weight on `basis` of one weight of the element."""
    if basis is Basis.CONTENT:
        return 1.0
    return weight_for_one(element, compounds()[element, basis])


# Conversions


def conversion(
    mineral: str,
    from_basis: str,
    to_basis: str,
    basket: Mapping[str, float] | None = None,
    *,
    reserve_class: str = ReserveClass.NOT_APPLICABLE,
) -> Conversion:
    """The conversion of a mineral's tonnes from one basis to another (codes of Basis).

    Mixed rare earths have a range of factors, or one factor with a `basket`: shares that sum to 1, of
    elements ("Nd") by weight of the elements or of oxides ("Nd2O3") by weight of the oxides. Raises
    UnlikeUnits, with the reason, for a conversion that is not allowed or a basket that does not fit.
    """
    source, target = _read_basis(from_basis), _read_basis(to_basis)
    if reserve_class == ReserveClass.STATE_BALANCE:
        raise _forbidden(
            mineral, target, "a state balance counts material not shown to be economic; it is never converted"
        )
    for basis in (source, target):
        _check_basis(mineral, basis, target)
    mixed = len(elements_of_minerals()[mineral]) > 1
    if basket is not None and not mixed:
        raise UnlikeUnits(
            f"{mineral_name(mineral)} is one element: a basket does not apply.", remedy="Leave it out."
        )
    from_low, from_high = _weights(mineral, source, basket)
    to_low, to_high = _weights(mineral, target, basket)
    ranged = mixed and basket is None and source is not target
    return Conversion(
        from_basis=source,
        to_basis=target,
        mineral=mineral,
        factor=None if ranged else to_low / from_low,
        low=to_low / from_high if ranged else to_low / from_low,
        high=to_high / from_low if ranged else to_low / from_low,
        name=f"{_long_label(mineral, source)} to {_long_label(mineral, target)}",
        source=weights_source() if basket is None else f"{weights_source()}; {_basket_words(basket)}",
    )


def possible(mineral: str, basis: str) -> list[Basis]:
    """The other bases in which a mineral's figures on `basis` can be shown, in the vocabulary's order."""
    return [target for target in Basis if target != basis and _converts(mineral, basis, target)]


def _converts(mineral: str, basis: str, target: Basis) -> bool:
    try:
        conversion(mineral, basis, target)
    except UnlikeUnits:
        return False
    return True


def _read_basis(code: str) -> Basis:
    if code not in _BASES:
        raise UnlikeUnits(f"There is no basis {code!r}.", remedy=f"The bases are {', '.join(_BASES)}.")
    return _BASES[code]


def _forbidden(mineral: str, target: Basis, reason: str) -> UnlikeUnits:
    return UnlikeUnits(
        f"{mineral_name(mineral)} cannot be shown as {short_label(mineral, target)}: {reason}.",
        remedy=_remedy(mineral) if reason == _REASONS[Basis.UNDEFINED] else "",
    )


def _remedy(mineral: str) -> str:
    """How to say what the tonnes are of: "'t Li', 't LCE', 't Li2O'"."""
    known = [basis for basis in Basis if elements_of_minerals().get(mineral) and _is_weight(mineral, basis)]
    names = [f"'t {short_label(mineral, basis)}'" for basis in known if basis is not Basis.CONTENT]
    content = short_label(mineral, Basis.CONTENT)
    named = f"'t {content}'" if content != Basis.CONTENT else f"'t {mineral_name(mineral).lower()} content'"
    return f"Where you know it, say so: {', '.join([named, *names])}." if known else ""


def _is_weight(mineral: str, basis: Basis) -> bool:
    """Whether tonnes on a basis are a known multiple of the mineral's elements."""
    return basis is Basis.CONTENT or all(
        (element, basis) in compounds() for element in elements_of_minerals()[mineral]
    )


def _check_basis(mineral: str, basis: Basis, target: Basis) -> None:
    """Raise UnlikeUnits where `basis` is no weight of the mineral's element or of its compound."""
    if basis is target and basis in (Basis.UNDEFINED, Basis.NOT_APPLICABLE):
        raise _forbidden(mineral, target, "that names no basis to convert to")
    if basis in _REASONS:
        wanted = "of the element" if target in _REASONS else short_label(mineral, target)
        raise _forbidden(mineral, target, _REASONS[basis].format(wanted=wanted))
    elements = elements_of_minerals().get(mineral)
    if elements is None:
        raise _forbidden(mineral, target, "no conversion is known for it")
    if _is_weight(mineral, basis):
        return
    counted = _counted_as(basis)
    if len(elements) > 1:
        raise _forbidden(mineral, target, f"it mixes elements, and {basis} counts {counted} alone")
    raise _forbidden(mineral, target, f"{basis} counts {counted}, and no {element_name(elements[0])}")


def _counted_as(basis: Basis) -> str:
    """The element that a basis counts, in words."""
    elements = [element for element, other in compounds() if other is basis]
    return element_name(elements[0]) if len(elements) == 1 else "rare earths"


def _weights(mineral: str, basis: Basis, basket: Mapping[str, float] | None) -> tuple[float, float]:
    """The lowest and the highest weight on `basis` of one weight of the mineral's elements."""
    if basket is not None:
        weight = _basket_weight(mineral, basis, basket)
        return weight, weight
    weights = [_weight(element, basis) for element in elements_of_minerals()[mineral]]
    return min(weights), max(weights)


# Labels


def short_label(mineral: str, basis: Basis) -> str:
    """A basis as it stands behind a unit: "Li" for the contents of lithium, otherwise its code."""
    elements = elements_of_minerals().get(mineral, ())
    return elements[0] if basis is Basis.CONTENT and len(elements) == 1 else str(basis)


def _long_label(mineral: str, basis: Basis) -> str:
    elements = elements_of_minerals()[mineral]
    if basis is Basis.CONTENT:
        return elements[0] if len(elements) == 1 else "contained elements"
    formula = compounds()[elements[0], basis] if len(elements) == 1 else basis
    return str(basis) if formula == basis else f"{basis} ({formula})"


def _basket_weight(mineral: str, basis: Basis, basket: Mapping[str, float]) -> float:
    """The weight on `basis` of one weight of the elements of a basket."""
    elements = _basket_elements(mineral, basket)
    _check_shares(basket)
    pairs = [(_weight(element, Basis.REO), basket[key]) for key, element in elements.items()]
    if basis is Basis.CONTENT:
        return 1.0
    total = math.fsum(share for _, share in pairs)
    if _by_oxides(basket):
        return total / math.fsum(share / weight for weight, share in pairs)
    return math.fsum(share * weight for weight, share in pairs) / total


def _basket_elements(mineral: str, basket: Mapping[str, float]) -> dict[str, str]:
    """Key of the basket -> element symbol; raises UnlikeUnits for a key that is not in the mineral."""
    allowed = _in_basket()[mineral]
    oxides = {compounds()[element, Basis.REO]: element for element in allowed}
    known = oxides if _by_oxides(basket) else {element: element for element in allowed}
    for key in basket:
        if key not in known:
            raise UnlikeUnits(
                f"A basket of {mineral_name(mineral).lower()} cannot hold {key!r}.",
                remedy=f"It may hold {', '.join(known)}; elements and oxides do not mix.",
            )
    return {key: known[key] for key in basket}


def _by_oxides(basket: Mapping[str, float]) -> bool:
    return any("O" in key for key in basket)


def _check_shares(basket: Mapping[str, float]) -> None:
    for key, share in basket.items():
        if not 0 <= share <= 1:  # NaN too
            raise UnlikeUnits(
                f"The share of {key}, {share:g}, is not between 0 and 1.", remedy="Give parts of 1."
            )
    total = math.fsum(basket.values())
    if abs(total - 1) > CLOSE_TO_ONE:
        raise UnlikeUnits(
            f"The shares of the basket sum to {total:g}, not to 1.", remedy="Name every element in it."
        )


def _basket_words(basket: Mapping[str, float]) -> str:
    kind = "oxides" if _by_oxides(basket) else "elements"
    shares = ", ".join(f"{key} {100 * share:g} %" for key, share in basket.items())
    return f"basket by weight of the {kind}: {shares}"


# Converting


def convert_basis(
    value: float | None, how: Conversion, *, lower: float | None = None, upper: float | None = None
) -> tuple[float | None, float | None, float | None]:
    """(value, low, high) of tonnes after a conversion, none where there is none.

    A range of factors makes a value into bounds; zero stays zero. `lower` and `upper` are bounds that
    the amount has already. Raises MineralsError for a number that is not finite, before or after.
    """
    if how.factor is not None:
        return _times(value, how.factor), _times(lower, how.factor), _times(upper, how.factor)
    if value == 0:
        return 0.0, _times(lower, how.low), _times(upper, how.high)
    if lower is None and upper is None:
        lower = upper = value
    return None, _times(lower, how.low), _times(upper, how.high)


def _times(value: float | None, factor: float) -> float | None:
    if value is None:
        return None
    result = value * factor
    if not math.isfinite(result):
        raise MineralsError(f"{value} is not a number to convert.", remedy="Check its digits and its unit.")
    return result


def convert_table(
    observations: pd.DataFrame, to_basis: str, basket: Mapping[str, float] | None = None
) -> tuple[pd.DataFrame, Conversion]:
    """Observations of one mineral on one basis, on another basis, and the conversion to state with them.

    Takes and returns the columns of OBSERVATION_COLUMNS, same index; `value`, `lower`, `upper` and
    `basis` change, printed columns stay as printed. Raises UnlikeUnits, with the reason, for a selection
    that is empty, mixed, not in tonnes, or not to be converted.
    """
    mineral, basis = (_only(observations, column) for column in ("mineral", "basis"))
    check_tonnes(_only(observations, "unit"))
    balance = (observations["class"] == ReserveClass.STATE_BALANCE).any()
    how = conversion(
        mineral,
        basis,
        to_basis,
        basket,
        reserve_class=ReserveClass.STATE_BALANCE if balance else ReserveClass.NOT_APPLICABLE,
    )
    numbers = observations[["value", "lower", "upper"]]
    table = observations.assign(**_convert_columns(numbers, how), basis=str(how.to_basis))
    return table.astype({"basis": observations["basis"].dtype}), how


def _convert_columns(numbers: pd.DataFrame, how: Conversion) -> dict[str, pd.Series]:
    """As `convert`, by column."""
    value, lower, upper = (numbers[name] for name in numbers.columns)
    if how.factor is None:
        exact = lower.isna() & upper.isna() & (value != 0)
        lower, upper = lower.mask(exact, value), upper.mask(exact, value)
        value = value.where(value == 0)
    return {"value": value * (how.factor or 0.0), "lower": lower * how.low, "upper": upper * how.high}


def _only(table: pd.DataFrame, column: str) -> str:
    """The one value of a column; raises UnlikeUnits where there are several or none."""
    found = sorted(map(str, table[column].unique()))
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} ({', '.join(found)})" if found else "none"
    raise UnlikeUnits(
        f"Figures of one {column} convert together; here there is {what}.", remedy=f"Choose one {column}."
    )


def check_tonnes(unit: str) -> None:
    if unit != "t":
        raise UnlikeUnits(
            f"An amount in {unit} has no basis to convert.", remedy="Conversions are of weights, in tonnes."
        )
