"""Chemical elements: their symbols, names and standard atomic weights, from the library `periodictable`."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _periodic_table() -> Any:
    """The library; loading it takes 20 ms, and most tables need no element."""
    import periodictable

    return periodictable


def weights_source() -> str:
    """Where the weights are from, in words."""
    # Table of T. Prohaska et al., Pure Appl. Chem. 94 (2022) 573, doi:10.1515/pac-2019-0603; for elements
    # whose weight varies in nature, such as lithium, the abridged value.
    return f"IUPAC standard atomic weights 2021, from periodictable {_periodic_table().__version__}"


def weight_for_one(element: str, formula: str) -> float:
    """The weight of a compound ("Nd2O3") that holds one weight of an element."""
    compound = _periodic_table().formula(formula)
    atom = _periodic_table().elements.symbol(element)
    return float(compound.mass / (compound.atoms[atom] * atom.mass))


def element_name(element: str) -> str:
    """The name of the element that has a symbol: "cobalt"."""
    return str(_periodic_table().elements.symbol(element).name)


@cache
def symbol_of(mineral: str) -> str:
    """The symbol of the element that a mineral's id names: "Co" for `cobalt`; empty for other minerals."""
    return next((element.symbol for element in _periodic_table().elements if element.name == mineral), "")


_ALSO_CALLED = frozenset({"aluminium", "aluminum", "sulphur", "sulfur", "caesium", "cesium"})


@cache
def _elements() -> frozenset[str]:
    """The symbols of the elements, and their names in small letters."""
    found = [element for element in _periodic_table().elements if element.number]
    return _ALSO_CALLED.union(*({element.symbol, element.name} for element in found))


def is_element(text: str) -> bool:
    """Whether a text is the symbol of an element, as it is printed, or its name: "Co", "cobalt", "Cobalt"."""
    return text in _elements() or (len(text) > 2 and text.casefold() in _elements())
