"""Phrases such as “1 t Li” and baskets such as “Nd2O3=0.3”: an amount and what it is of."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from loaders.errors import MineralsError, UnknownName, UnlikeUnits
from loaders.names import mineral_name, read_mineral
from loaders.units.bases import check_tonnes, compounds, elements_of_minerals, minerals_of_elements
from loaders.units.phrases import parse_quantity
from loaders.vocabulary import Basis

_BASIS_WORDS: dict[str, Basis] = {
    "content": Basis.CONTENT,
    "contained": Basis.CONTENT,
    "metal": Basis.CONTENT,
    "metal content": Basis.CONTENT,
    "treo": Basis.REO,
    "gross weight": Basis.GROSS,
    "concentrate": Basis.GROSS,
    "not stated": Basis.UNDEFINED,
} | {basis.casefold(): basis for basis in Basis}


_SUBSTANCES = "an element (Li, V, Nd), an oxide (Li2O, V2O5, Nd2O3), LCE, REO, or a mineral and its basis"

_LONGEST_NAME = 12  # words


class Amount(NamedTuple):
    """An amount of something: `value`, `lower` and `upper` are in `unit`, a canonical unit."""

    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    mineral: str
    basis: Basis


class _Substance(NamedTuple):
    """What tonnes are tonnes of; `mineral` is empty where the words name a basis alone."""

    mineral: str
    basis: Basis


# Baskets: the shares of a mixed tonnage


def parse_basket(text: str) -> dict[str, float]:
    """Shares written as "Nd=0.2,Ce=50%": element or oxide -> share. Raises MineralsError."""
    basket: dict[str, float] = {}
    for part in text.split(","):
        name, _, number = (piece.strip() for piece in part.translate(_SUBSCRIPTS).partition("="))
        try:
            share = float(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
        except ValueError as error:
            raise MineralsError(
                f"{part.strip()!r} is not a share of a basket.", remedy="Write Nd=0.2,Ce=0.5 and so on."
            ) from error
        if name in basket:
            raise MineralsError(f"The basket names {name} twice.", remedy="Give each one share.")
        basket[name] = share
    return basket


# Reading amounts and targets


_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def parse_amount(text: str) -> Amount:
    """An amount of something, in words: "1 t Li", "more than 5 kt REO", "3 Mt lithium ore".

    Raises UnknownUnit or MineralsError for the amount, UnknownName where what it is of is not known, and
    UnlikeUnits for an amount that is not a weight.
    """
    words = text.translate(_SUBSCRIPTS).split()
    for start in range(max(1, len(words) - _LONGEST_NAME), len(words)):
        substance = _read_substance(words[start:])
        if substance is None:
            continue
        if not substance.mineral:
            raise UnlikeUnits(
                f"{text!r} does not say which mineral.", remedy="Write an element or a mineral: 1 t Li."
            )
        reading = parse_quantity(" ".join(words[:start]))
        check_tonnes(reading.unit)
        return Amount(reading.value, reading.lower, reading.upper, reading.unit, *substance)
    raise UnknownName(f"{text!r} does not say what the amount is of.", remedy=f"It may be of {_SUBSTANCES}.")


def parse_target(text: str, mineral: str) -> Basis:
    """The basis that a word names for a mineral: "LCE", "content", "Li", "Nd2O3" (the REO of neodymium).

    Raises UnknownName for a word that names none, UnlikeUnits for one that names another element.
    """
    words = text.translate(_SUBSCRIPTS).split()
    basis = _BASIS_WORDS.get(" ".join(words).casefold())
    if basis is not None:
        return basis
    substance = _read_substance(words)
    if substance is None:
        raise UnknownName(f"{text!r} is not a basis to convert to.", remedy=f"It may be {_SUBSTANCES}.")
    if elements_of_minerals().get(substance.mineral) != elements_of_minerals().get(mineral):
        counted = mineral_name(substance.mineral).lower()
        raise UnlikeUnits(f"{mineral_name(mineral)} cannot be shown as {text}: that counts {counted}.")
    return substance.basis


def _read_substance(words: list[str]) -> _Substance | None:
    """What words such as "Li", "Li2O", "REO", "lithium ore", "of lithium" name, none if nothing known."""
    words = words[words[:1] == ["of"] :]
    if words[:1] == ["contained"]:
        words = [*words[1:], "content"]
    text = " ".join(words)
    compound = _minerals_of_compounds().get(text.casefold())
    if compound is not None:
        return compound
    basis = _BASIS_WORDS.get(text.casefold())
    if basis is not None:
        return _Substance("", basis)
    if text in minerals_of_elements():
        return _Substance(minerals_of_elements()[text], Basis.CONTENT)
    for length in (2, 1):
        basis = _BASIS_WORDS.get(" ".join(words[-length:]).casefold())
        mineral = _read_mineral(" ".join(words[:-length]))
        if basis is not None and mineral:
            return _Substance(mineral, basis)
    mineral = _read_mineral(text)
    return _Substance(mineral, Basis.UNDEFINED) if mineral else None


@cache
def _minerals_of_compounds() -> dict[str, _Substance]:
    """Formula or basis that belongs to one mineral, in small letters -> mineral and basis."""
    found: dict[str, _Substance] = {}
    for (element, basis), formula in compounds().items():
        substance = _Substance(minerals_of_elements()[element], basis)
        found.setdefault(formula.casefold(), substance)
        found.setdefault(basis.casefold(), substance)
    mixed = _Substance("rare-earths", Basis.REO)
    lce = _Substance("lithium", Basis.LCE)
    return found | dict.fromkeys(_MIXED_OXIDES, mixed) | dict.fromkeys(_LCE_NAMES, lce)


_MIXED_OXIDES = (
    "reo",
    "treo",
    "rare-earth oxide",
    "rare-earth oxides",
    "rare earth oxide",
    "rare earth oxides",
    "rare-earth-oxide equivalent",
    "rare-earth oxide equivalent",
    "rare earth oxide equivalent",
)
_LCE_NAMES = ("lithium carbonate equivalent", "lithium carbonate equivalents")


def _read_mineral(text: str) -> str:
    """The id of a mineral named or given by its element's symbol, empty where it is not known."""
    if text in minerals_of_elements():
        return minerals_of_elements()[text]
    try:
        return read_mineral(text, "any")
    except UnknownName:
        return ""
