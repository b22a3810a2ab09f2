"""Units: what a printed unit means, and every conversion between units.

Two steps, never one. `knowledge/units.csv` translates a printed spelling, publisher by publisher, into
the name of a unit; pint converts between units. No printed text reaches pint, and no pint Quantity
leaves this package: numbers are floats, and units are names such as `t` or `USD`.

Canonical units: `t` mass (metric tons), `ct` diamonds (carats), `m3` gas, `L` where litres are printed,
`1` fractions and ratios, `rank`, an ISO 4217 code for money, and `USD/t` and the like for prices. A price of
one kind of amount never becomes that of another: of a troy ounce that of a ton, not of a carat.

Others import from here; `bases` and `amounts`, what tonnes are tonnes of, are imported by name, since they
need a table of atomic weights.
"""

from __future__ import annotations

from loaders.units.display import (
    best_scale,
    digits_of,
    display,
    display_number,
    display_times,
    format_quantity,
    printed_digits,
    scale_label,
)
from loaders.units.phrases import PhraseReading, parse_quantity
from loaders.units.registry import (
    UNITS,
    UnitReading,
    add,
    convert,
    known_unit,
    read_unit,
    read_units,
    scale_factor,
    scales,
)
from loaders.units.spellings import basis_in_words, currencies

__all__ = [
    "UNITS",
    "PhraseReading",
    "UnitReading",
    "add",
    "basis_in_words",
    "best_scale",
    "convert",
    "currencies",
    "digits_of",
    "display",
    "display_number",
    "display_times",
    "format_quantity",
    "known_unit",
    "parse_quantity",
    "printed_digits",
    "read_unit",
    "read_units",
    "scale_factor",
    "scale_label",
    "scales",
]
