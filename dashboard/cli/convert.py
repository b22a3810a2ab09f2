"""The command `convert`, and a conversion as text."""

from __future__ import annotations

import argparse
import json

from dashboard.cli.output import (
    add_format,
)
from loaders.units import format_quantity
from loaders.units.amounts import parse_amount, parse_basket, parse_target
from loaders.units.bases import Conversion, conversion, convert_basis, short_label


def convert_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "amount", nargs="+", metavar="AMOUNT", help="a weight and what it is of: 1 't Li', '5 kt Li2O'"
    )
    command.add_argument("--to", required=True, metavar="BASIS", help="such as LCE, Li2O, REO, V2O5, content")
    command.add_argument(
        "--basket",
        metavar="SHARES",
        help="parts of a mixed tonnage, 'Nd=0.2,Ce=0.8' by weight of the elements "
        "or 'Nd2O3=0.2,CeO2=0.8' by weight of the oxides",
    )
    add_format(command, ("table", "json"))


def convert_amount(options: argparse.Namespace) -> int:
    amount = parse_amount(" ".join(options.amount))
    basis = parse_target(options.to, amount.mineral)
    basket = None if options.basket is None else parse_basket(options.basket)
    how = conversion(amount.mineral, amount.basis, basis, basket)
    result = convert_basis(amount.value, how, lower=amount.lower, upper=amount.upper)
    as_words = conversion_json if options.format == "json" else conversion_text
    print(as_words(result, amount.unit, how))
    return 0


# Conversions ----------------------------------------------------------------------------------------

Converted = tuple[float | None, float | None, float | None]


def conversion_text(converted: Converted, unit: str, how: Conversion) -> str:
    """A converted amount and its factor in two lines: value, low and high in `unit`, to four digits."""
    value, low, high = (None if number is None else _four_digits(number, unit) for number in converted)
    ends = (low and f"at least {low}", high and f"at most {high}")
    bounds = f"{low} to {high}" if low and high else next(filter(None, ends), "")
    amount = value or bounds
    return f"{amount} {short_label(how.mineral, how.to_basis)}\n{how.words}; {how.source}"


def _four_digits(number: float, unit: str) -> str:
    return format_quantity(float(f"{number:.4g}"), unit)


def conversion_json(converted: Converted, unit: str, how: Conversion) -> str:
    """A converted amount as an object: value, low and high in `unit`, the factor and where it comes from."""
    value, low, high = converted
    fields = {
        "value": value,
        "low": low,
        "high": high,
        "unit": unit,
        "factor": how.factor,
        "from": short_label(how.mineral, how.from_basis),
        "to": short_label(how.mineral, how.to_basis),
        "name": how.name,
        "source": how.source,
    }
    return json.dumps(fields, ensure_ascii=False, allow_nan=False)
