"""The comparability gate: may two figures stand on one axis, and if not, why not."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from loaders.model import Claim
from loaders.names import mineral_name, minerals
from loaders.vocabulary import Basis, Kind, Measure, ReserveClass, Scheme

Outcome = Literal["comparable", "convertible", "not_comparable"]


class Figure(NamedTuple):
    """What the gate needs to know of a figure or of a series of like figures."""

    said_by: str
    kind: Kind
    mineral: str | None
    measure: Measure
    reserve_class: ReserveClass
    scheme: Scheme
    basis: Basis
    unit: str
    year: int | None = None
    edition: str = ""


class Comparison(NamedTuple):
    """The gate's answer; `reasons` are sentences to quote, `to_state` what a chart must say beside it."""

    outcome: Outcome
    reasons: tuple[str, ...]
    to_state: tuple[str, ...] = ()


def figure_of_claim(claim: Claim) -> Figure:
    """A claim as the gate sees it."""
    return Figure(
        claim.origin, claim.kind, claim.mineral, claim.measure, claim.reserve_class, claim.scheme,
        claim.basis, claim.unit,
    )  # fmt: skip


def figure_of_row(row: Any, said_by: str, kind: Kind = Kind.QUANTITY) -> Figure:
    """An observation (a row of the table, by column name) as the gate sees it."""
    return Figure(
        said_by,
        kind,
        row["mineral"],
        Measure(row["measure"]),
        ReserveClass(row["class"]),
        Scheme(row["scheme"]),
        Basis(row["basis"]),
        row["unit"] if kind is Kind.QUANTITY else "1",
        int(row["year"]),
        row["edition"],
    )


def compare(one: Figure, other: Figure) -> Comparison:
    """Whether two figures may share an axis: the same in scope, measure, class, basis and unit.

    Years and editions may differ where the chart states them. Sources are never averaged.
    """
    reasons = tuple(
        reason
        for reason in (
            _kind(one, other),
            _scope(one, other),
            _measure(one, other),
            _class(one, other),
            _basis(one, other),
        )
        if reason
    )
    if reasons:
        return Comparison("not_comparable", reasons)
    return Comparison("comparable", (), _to_state(one, other))


def _kind(one: Figure, other: Figure) -> str:
    if one.kind is not other.kind:
        return f"One is a {one.kind.label}, the other a {other.kind.label}."
    if one.unit != other.unit:
        return f"One is in {one.unit}, the other in {other.unit}; the two do not convert."
    return ""


def _scope(one: Figure, other: Figure) -> str:
    if one.mineral == other.mineral:
        return ""
    if one.mineral is None or other.mineral is None:
        return "One of the two is not about a mineral."
    first, second = mineral_name(one.mineral), mineral_name(other.mineral)
    if one.mineral in groups(other.mineral):
        return f"{first} are a wider group than {_small(second)}."
    if other.mineral in groups(one.mineral):
        return f"{first} are only a part of {_small(second)}."
    return f"{first} and {_small(second)} are different minerals."


def _measure(one: Figure, other: Figure) -> str:
    if one.measure is other.measure or (_in_ground(one) and _in_ground(other)):
        return ""
    if Measure.PRODUCTION in (one.measure, other.measure) and _produces(one) and _produces(other):
        vague, exact = (one, other) if one.measure is Measure.PRODUCTION else (other, one)
        return (
            f"{vague.said_by} does not state the stage of production; {exact.said_by} counts {_words(exact)}."
        )
    return f"{one.said_by} states {_words(one)}, {other.said_by} {_words(other)}."


def _class(one: Figure, other: Figure) -> str:
    if not (_in_ground(one) and _in_ground(other)):
        return ""
    if one.reserve_class is not other.reserve_class:
        if ReserveClass.UNDEFINED in (one.reserve_class, other.reserve_class):
            vague, exact = (one, other) if one.reserve_class is ReserveClass.UNDEFINED else (other, one)
            return f"{vague.said_by} states no class; {exact.said_by} counts {exact.reserve_class.label}s."
        return (
            f"{one.said_by} counts {one.reserve_class.label}s, {other.said_by} {other.reserve_class.label}s."
        )
    if one.measure is not other.measure:
        return f"{one.said_by} states {_words(one)}, {other.said_by} {_words(other)}."
    if one.scheme is not other.scheme:
        return f"The classes are defined differently: {one.scheme.label} and {other.scheme.label}."
    return ""


def _basis(one: Figure, other: Figure) -> str:
    if one.basis is other.basis or Kind.QUANTITY not in (one.kind, other.kind):
        return ""
    if Basis.UNDEFINED in (one.basis, other.basis):
        vague, exact = (one, other) if one.basis is Basis.UNDEFINED else (other, one)
        return (
            f"{vague.said_by} does not say what its tonnes are tonnes of; "
            f"{exact.said_by} counts {exact.basis.label}."
        )
    return f"{one.said_by} counts {one.basis.label}, {other.said_by} {other.basis.label}."


def _to_state(one: Figure, other: Figure) -> tuple[str, ...]:
    years = [f"years {one.year} and {other.year}"] if one.year != other.year else []
    editions = [f"editions {one.edition} and {other.edition}"] if one.edition != other.edition else []
    return (*years, *editions)


def _in_ground(figure: Figure) -> bool:
    return figure.measure in (Measure.RESERVES, Measure.RESOURCES, Measure.HOLDINGS)


def _produces(figure: Figure) -> bool:
    return figure.measure.value.endswith("production")


def _words(figure: Figure) -> str:
    return _small(figure.measure.label)


def _small(text: str) -> str:
    """A label inside a sentence; names in capitals stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def groups(mineral: str) -> list[str]:
    """The groups that a mineral belongs to, the nearest first."""
    table = minerals()
    found: list[str] = []
    group = table["group"].get(mineral, "")
    while group and group not in found:
        found.append(str(group))
        group = table["group"].get(group, "")
    return found


def members(group: str) -> list[str]:
    """The minerals whose nearest group this is, in the table's order."""
    table = minerals()
    return [str(mineral) for mineral in table.index[table["group"] == group]]
