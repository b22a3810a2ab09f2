"""The comparability gate: may two figures stand on one axis, and if not, why not."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from dashboard.analysis.scope import scope_reason
from loaders.added_minerals import until_minerals_change
from loaders.errors import UnlikeUnits
from loaders.model import Claim
from loaders.names import place_name
from loaders.text import capital, in_sentence
from loaders.units import currencies
from loaders.units.bases import Conversion, conversion
from loaders.vocabulary import (
    IN_GROUND,
    OF_ITS_OWN_WHOLE,
    OTHER,
    WORLD,
    Basis,
    Comparability,
    Kind,
    Measure,
    ReserveClass,
    Scheme,
)

UNIT_WORDS = {"t": "tonnes", "ct": "carats", "m3": "cubic metres", "L": "litres", "1": "parts of one"}
"""What numbers of a canonical unit count."""


class Figure(NamedTuple):
    """What the gate needs to know of a figure or of a series of like figures.

    `place` is empty for a series of several places; `is_claim` says whether it is a claim. Years, editions
    and moods are no part of it: they never keep two figures apart, and charts state them.
    """

    said_by: str
    kind: Kind
    mineral: str | None
    measure: Measure
    reserve_class: ReserveClass
    scheme: Scheme
    basis: Basis
    unit: str
    place: str = ""
    is_claim: bool = False


class Gate(NamedTuple):
    """The gate's answer.

    `reasons` are sentences to quote: why not, or what has to be converted. `conversion` turns the first
    figure's basis into the second's. `not_stated` names what one of the two, or neither, states, if nothing
    else keeps them apart.
    """

    outcome: Comparability
    reasons: tuple[str, ...]
    conversion: Conversion | None = None
    not_stated: tuple[str, ...] = ()


def figure_of_claim(claim: Claim) -> Figure:
    """A claim as the gate sees it."""
    return Figure(
        claim.origin, claim.kind, claim.mineral, claim.measure, claim.reserve_class, claim.scheme,
        claim.basis, claim.unit, claim.place, is_claim=True,
    )  # fmt: skip


def figure_of_row(row: Any, said_by: str, kind: Kind = Kind.QUANTITY, place: str = "") -> Figure:
    """An observation (a row of the table, by column name) as the gate sees it.

    Without a `place` it stands for its whole series. With another `kind` it is the share, rank or ratio
    that was computed from that series.
    """
    units = {Kind.QUANTITY: str(row["unit"]), Kind.RANK: "rank"}
    return Figure(
        said_by, kind, str(row["mineral"]), Measure(row["measure"]), ReserveClass(row["class"]),
        Scheme(row["scheme"]), Basis(row["basis"]), units.get(kind, "1"), place,
    )  # fmt: skip


def of_its_publisher(stated: Figure, printed: Figure) -> Figure:
    """A figure that the publisher of an edition gave: what it leaves unsaid is as the edition says it."""
    if stated.measure is printed.measure:
        stated = _filled_in(stated, printed)
    return stated._replace(said_by=printed.said_by)


@until_minerals_change
@lru_cache(maxsize=20_000)
def compare(one: Figure, other: Figure) -> Gate:
    """Whether two figures may share an axis.

    They may where kind and unit, mineral scope, measure and stage, class and scheme, basis and place
    agree. Places may differ where the chart states them. Where only the basis differs and a named
    conversion exists, the two are convertible. Sources are never averaged.
    """
    reasons, how = _apart(one, other)
    if reasons and not how:
        return Gate(Comparability.NOT_COMPARABLE, reasons, not_stated=_not_stated(one, other))
    outcome = Comparability.CONVERTIBLE if how else Comparability.COMPARABLE
    return Gate(outcome, reasons, how)


def _apart(one: Figure, other: Figure) -> tuple[tuple[str, ...], Conversion | None]:
    """Why two figures do not stand on one axis; with a conversion where nothing but the bases is why."""
    reasons = tuple(reason(one, other) for reason in (_kind, _scope, _measure, _class, _place))
    basis, how = _basis(one, other)
    if how and not any(reasons):
        return (basis,), how
    return tuple(filter(None, (*reasons, "" if how else basis))), None


def _not_stated(one: Figure, other: Figure) -> tuple[str, ...]:
    """What one of the two, or both, leave unsaid, if nothing else keeps them apart: "class", "basis"."""
    if _apart(_filled_in(one, other), _filled_in(other, one))[0]:
        return ()
    measures, classes = {one.measure, other.measure}, {one.reserve_class, other.reserve_class}
    unsaid = {
        "stage of production": Measure.PRODUCTION in measures and len(measures) > 1,
        "class": ReserveClass.UNDEFINED in classes,
        "basis": Basis.UNDEFINED in (one.basis, other.basis) and one.kind is Kind.QUANTITY,
    }
    return tuple(name for name, is_so in unsaid.items() if is_so)


def _filled_in(one: Figure, other: Figure) -> Figure:
    """The first figure with what it leaves unsaid as the other states it, and without a name."""
    unsaid = {
        "measure": Measure.PRODUCTION if _produces(other) else Measure.HOLDINGS,
        "reserve_class": ReserveClass.UNDEFINED,
        "scheme": Scheme.UNDEFINED,
        "basis": Basis.UNDEFINED,
    }
    told = {name: getattr(other, name) for name, code in unsaid.items() if getattr(one, name) is code}
    return one._replace(said_by="", **told)


def _kind(one: Figure, other: Figure) -> str:
    if one.kind is not other.kind:
        return f"One is a {_kind_words(one)}, the other a {_kind_words(other)}."
    if one.unit != other.unit:
        first, second = (UNIT_WORDS.get(unit, unit) for unit in (one.unit, other.unit))
        return f"One is in {first}, the other in {second}; the two are not put on one scale."
    return ""


def _kind_words(figure: Figure) -> str:
    return "sum of money" if figure.kind is Kind.MONEY else figure.kind.label


def _scope(one: Figure, other: Figure) -> str:
    if one.unit in currencies() and other.unit in currencies():
        return ""  # sums of money are of a purpose, which the measure names
    if one.measure is other.measure and one.measure in OF_ITS_OWN_WHOLE:
        return ""  # each is a part of what is used, or brought in, of its own mineral
    return scope_reason(one.mineral, other.mineral)


def _measure(one: Figure, other: Figure) -> str:
    if one.measure is other.measure or (one.measure in IN_GROUND and other.measure in IN_GROUND):
        return ""
    if Measure.PRODUCTION in (one.measure, other.measure) and _produces(one) and _produces(other):
        vague, exact = _vague_first(one, other, one.measure is Measure.PRODUCTION)
        first, second = _names(vague, exact)
        vaguely = f"{first} {_did(vague, 'does', 'did')} not state the stage of production"
        return _sentence(f"{vaguely}; {second} {_counts(exact)} {_words(exact)}")
    first, second = _names(one, other)
    if _produces(one) and _produces(other):
        return f"The stages differ: {first} {_counts(one)} {_words(one)}, {second} {_words(other)}."
    return _sentence(f"{first} {_did(one, 'states', 'stated')} {_words(one)}, {second} {_words(other)}")


def _names(one: Figure, other: Figure) -> tuple[str, str]:
    """Who stated the two figures; where it was the same, "the document" for what an edition prints too."""
    if one.said_by != other.said_by:
        return one.said_by, other.said_by
    if one.is_claim == other.is_claim:
        return "one", "the other"
    first, second = ("the document" if figure.is_claim else figure.said_by for figure in (one, other))
    return first, second


def _did(figure: Figure, now: str, then: str) -> str:
    """A verb for who stated a figure: editions say so now, speakers said so, be they one or several."""
    return then if figure.is_claim else now


def _counts(figure: Figure) -> str:
    return _did(figure, "counts", "counted")


def _sentence(text: str) -> str:
    return f"{capital(text)}."


def _class(one: Figure, other: Figure) -> str:
    if not (one.measure in IN_GROUND and other.measure in IN_GROUND):
        return ""
    if one.reserve_class is not other.reserve_class:
        return "" if _word_is_enough(one, other) else _other_class(one, other)
    if one.reserve_class is ReserveClass.UNDEFINED and one.said_by != other.said_by:
        return f"Neither {one.said_by} nor {other.said_by} states a class: what they count may differ."
    if one.measure is not other.measure:
        first, second = _names(one, other)
        return _sentence(f"{first} {_did(one, 'states', 'stated')} {_words(one)}, {second} {_words(other)}")
    if one.scheme is not other.scheme:
        return f"The classes are defined differently: {_scheme(one)}, {_scheme(other)}."
    return ""


def _word_is_enough(one: Figure, other: Figure) -> bool:
    """A rank or share "by reserves" names a measure and no amount: it is held against reserves."""
    classes = (one.reserve_class, other.reserve_class)
    same = one.kind is other.kind is not Kind.QUANTITY and one.measure is other.measure
    return same and ReserveClass.UNDEFINED in classes


def _other_class(one: Figure, other: Figure) -> str:
    if ReserveClass.UNDEFINED in (one.reserve_class, other.reserve_class):
        vague, exact = _vague_first(one, other, one.reserve_class is ReserveClass.UNDEFINED)
        first, second = _names(vague, exact)
        vaguely = f"{first} {_did(vague, 'states', 'stated')} no class"
        if vague.measure is not Measure.HOLDINGS:
            vaguely = f"{first} {_did(vague, 'does', 'did')} not define “{_words(vague)}”"
        return _sentence(f"{vaguely}; {second} {_counts(exact)} {_class_words(exact)}")
    first, second = _names(one, other)
    return _sentence(f"{first} {_counts(one)} {_class_words(one)}, {second} {_class_words(other)}")


def _class_words(figure: Figure) -> str:
    if figure.reserve_class is ReserveClass.PROGNOSTIC:
        return "prognostic amounts"
    if figure.reserve_class is ReserveClass.STATE_BALANCE:
        return "a state balance"
    return f"{figure.reserve_class.label}s"


def _scheme(figure: Figure) -> str:
    if figure.scheme is Scheme.UNDEFINED:
        return f"{figure.said_by} {_did(figure, 'names', 'named')} no classification"
    return f"{figure.said_by} {_did(figure, 'uses', 'used')} {figure.scheme.label}"


def _place(one: Figure, other: Figure) -> str:
    """A place beside another is no hindrance; a part beside its whole is."""
    places = (one.place, other.place)
    if one.place == other.place:
        return ""
    if WORLD in places:
        part = other.place if one.place == WORLD else one.place
        return f"The world total counts {_place_words(part)} too: a part is not put beside its whole."
    if not all(places):
        return ""
    first, second = (set(place.split("+")) for place in places)
    if first & second:
        return f"{place_name(one.place)} and {place_name(other.place)} have a country in common."
    return ""


def _place_words(place: str) -> str:
    if place == OTHER:
        return "the other countries"
    return place_name(place) if place else "each country"


def _basis(one: Figure, other: Figure) -> tuple[str, Conversion | None]:
    """Why the bases keep two figures apart, and the conversion that brings them together, if there is one."""
    if one.kind is not Kind.QUANTITY or other.kind is not Kind.QUANTITY:
        return "", None
    if one.basis is other.basis:
        return _same_basis(one, other), None
    if Basis.UNDEFINED in (one.basis, other.basis):
        vague, exact = _vague_first(one, other, one.basis is Basis.UNDEFINED)
        first, second = _names(vague, exact)
        whose = _did(vague, "does not say clearly what its", "did not say clearly what the")
        said = f"{first} {whose} tonnes are tonnes of"
        return _sentence(f"{said}; {second} {_counts(exact)} {exact.basis.label}"), None
    first, second = _names(one, other)
    words = f"{first} {_counts(one)} {one.basis.label}, {second} {other.basis.label}"
    try:
        how = _conversion(one, other)
    except UnlikeUnits as error:
        return f"{_sentence(words)} {error.message}", None
    return _sentence(f"{words}: {how.words}"), how


def _same_basis(one: Figure, other: Figure) -> str:
    if one.basis is not Basis.UNDEFINED or one.said_by == other.said_by:
        return ""
    return f"Neither {one.said_by} nor {other.said_by} says what its tonnes are tonnes of."


def _conversion(one: Figure, other: Figure) -> Conversion:
    classes = (one.reserve_class, other.reserve_class)
    balance = ReserveClass.STATE_BALANCE if ReserveClass.STATE_BALANCE in classes else one.reserve_class
    return conversion(one.mineral or "", one.basis, other.basis, reserve_class=balance)


def _vague_first(one: Figure, other: Figure, one_is_vague: bool) -> tuple[Figure, Figure]:
    return (one, other) if one_is_vague else (other, one)


def _produces(figure: Figure) -> bool:
    return figure.measure.value.endswith("production")


def _words(figure: Figure) -> str:
    return in_sentence(figure.measure.label)
