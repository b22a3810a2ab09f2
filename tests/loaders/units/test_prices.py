"""Units of price: printed spellings, conversions that may be made, and those that may not."""

from __future__ import annotations

import pytest

from loaders.errors import UnknownUnit, UnlikeUnits
from loaders.units import convert, display, parse_quantity, read_unit, scale_factor, scales

# printed by the USGS, canonical unit, what one is in it
PRINTED = [
    ("dollars per metric ton", "USD/t", 1),
    ("dollars per kilogram", "USD/t", 1000),
    ("dollars per gram", "USD/t", 1_000_000),
    ("dollars per 50 grams", "USD/t", 20_000),
    ("dollars per pound", "USD/t", 2204.6226218487757),
    ("cents per pound", "USD/t", 22.046226218487757),
    ("dollars per troy ounce", "USD/t", 32150.74656862798),
    ("dollars per short ton", "USD/t", 1.1023113109243878),
    ("dollars per carat", "USD/ct", 1),
    ("dollars per dry metric ton unit", "USD/mtu", 1),
    ("dollars per 100 mililiters", "USD/L", 10),
    ("number", "headcount", 1),
]


@pytest.mark.parametrize(("printed", "unit", "factor"), PRINTED)
def test_a_printed_price_has_one_meaning(printed, unit, factor):
    reading = read_unit(printed, "usgs")
    assert (reading.unit, reading.factor) == (unit, pytest.approx(factor, rel=1e-12))


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (92, "USD/kg", "USD/t", 92_000),
        (24.21, "USD/lb", "USD/kg", 53.37391367495887),
        (3300, "USD/troy_oz", "USD/kg", 106097.46367647234),
        (1, "USD/flask", "USD/kg", 0.029008192392747055),
    ],
)
def test_a_price_converts_within_its_kind(value, source, target, expected):
    assert convert(value, source, target) == pytest.approx(expected, rel=1e-12)
    assert convert(convert(value, source, target), target, source) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("USD/t", "USD/ct"), ("USD/t", "USD/mtu"), ("USD/t", "USD/L"), ("USD/t", "EUR/t"), ("USD/t", "USD"),
        ("USD/t", "t"), ("index", "1"), ("headcount", "1"),
    ],
)  # fmt: skip
def test_a_price_never_becomes_one_of_another_kind(source, target):
    with pytest.raises(UnlikeUnits):
        convert(1, source, target)


@pytest.mark.parametrize("name", ["XXX/t", "USD/furlong", "USD/", "/t", "USD/t/t"])
def test_a_unit_that_is_no_price_is_refused(name):
    with pytest.raises(UnknownUnit):
        convert(1, name, "USD/t")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (92_000, "USD/t", "92 $/kg"), (141.78, "USD/t", "142 $/t"), (0.18, "USD/ct", "0.18 $/ct"),
        (5.27, "USD/mtu", "5.27 $/metric ton unit"), (670, "headcount", "670 people"),
        (351, "index", "351 index"),
    ],
)  # fmt: skip
def test_a_price_is_shown_per_what_it_reads_best(value, unit, said):
    assert display(value, unit) == said
    assert all(scale_factor(unit, shown) > 0 for shown in scales(unit))


PHRASES = [
    ("$69/kg", 69_000, "USD/t"),
    ("US$9,800 per tonne", 9_800, "USD/t"),
    ("412,000 yuan a tonne", 412_000, "CNY/t"),
    ("$79.25 a pound", 79.25 * 2204.6226218487757, "USD/t"),
    ("$935 an ounce", 935 * 32150.74656862798, "USD/t"),
    ("$290 USD/kg", 290_000, "USD/t"),
    ("12 JPY/g", 12_000_000, "JPY/t"),
]


@pytest.mark.parametrize(("phrase", "value", "unit"), PHRASES, ids=[case[0] for case in PHRASES])
def test_a_price_in_a_document_is_money_for_a_tonne(phrase, value, unit):
    reading = parse_quantity(phrase)
    assert (reading.value, reading.unit) == (pytest.approx(value, rel=1e-12), unit)


@pytest.mark.parametrize(
    "phrase", ["$5 per share", "€110 a year", "$5 EUR/kg", "5 tonnes a year", "$5 a ton"]
)
def test_what_is_no_price_in_a_document_is_refused(phrase):
    with pytest.raises(UnknownUnit):
        parse_quantity(phrase)


def test_a_ton_of_a_price_is_read_as_the_reader_decides():
    assert parse_quantity("$5 a ton", ton="short").value == pytest.approx(5 * 1.1023113109243878)
