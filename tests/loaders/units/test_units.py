"""Units: spellings, conversions, sums, phrases and printing."""

from __future__ import annotations

import csv
import math
import re
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pandas as pd
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import MineralsError, UnknownUnit, UnlikeUnits
from loaders.knowledge import rules
from loaders.units import (
    UNITS,
    PhraseReading,
    add,
    best_scale,
    convert,
    currencies,
    digits_of,
    display,
    format_quantity,
    known_unit,
    parse_quantity,
    printed_digits,
    read_unit,
    read_units,
    scale_factor,
    scales,
    spellings,
)
from loaders.vocabulary import Basis
from tests.checkout import ROOT

TABLE = ROOT / "loaders" / "knowledge" / "units.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
CANONICAL = {name: canonical for name, canonical, _ in UNITS}
PLAIN_UNITS = ["t", "ct", "m3", "L", "1", "USD", "EUR", "RUB", "CNY", "UAH"]

# Active currencies of ISO 4217; a code in the table that is not here is a slip of the pen.
ISO_4217 = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD
MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG
QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""

# publisher, printed, canonical unit, factor, basis
SPELLINGS = [
    # column names of the 2022 to 2024 editions
    ("usgs", "t", "t", 1, None),
    ("usgs", "kt", "t", 1e3, None),
    ("usgs", "kg", "t", 1e-3, None),
    ("usgs", "mct", "ct", 1e6, None),
    ("usgs", "kct", "ct", 1e3, None),
    ("usgs", "mcm", "m3", 1e6, None),
    ("usgs", "Mt", "t", 1e6, None),
    ("usgs", "mt", "t", 1e6, None),
    ("usgs", "mmt", "t", 1e6, None),
    ("usgs", "Sponge_t", "t", 1, None),
    ("usgs", "Pigment_t", "t", 1, None),
    ("usgs", "ore_kt", "t", 1e3, Basis.ORE),
    ("usgs", "ore_K2O_equiv_kt", "t", 1e3, Basis.K2O),
    # the unit columns of 2025 and 2026
    ("usgs", "kilograms", "t", 1e-3, None),
    ("usgs", "metric tons", "t", 1, None),
    ("usgs", "million carats", "ct", 1e6, None),
    ("usgs", "million cubic meters", "m3", 1e6, None),
    ("usgs", "million metric tons", "t", 1e6, None),
    ("usgs", "thousand carats", "ct", 1e3, None),
    ("usgs", "thousand metric dry tons", "t", 1e3, None),
    ("usgs", "thousand metric tons", "t", 1e3, None),
    ("usgs", " thousands of carats", "ct", 1e3, None),
    ("usgs", "million liters", "L", 1e6, None),
    ("usgs", "tons", "t", 1, None),
    ("usgs", "million dollars", "USD", 1e6, None),
    ("usgs", "percent", "1", 0.01, None),
    ("usgs", "pounds", "t", 0.00045359237, None),
    ("usgs", "flasks", "t", 0.03447302012, None),
    # other publishers
    ("bgs", "tonnes (metric)", "t", 1, None),
    ("bgs", "tonnes (metal content)", "t", 1, Basis.CONTENT),
    ("bgs", "kilograms (metal content)", "t", 1e-3, Basis.CONTENT),
    ("wmd", "metr. t", "t", 1, None),
    ("wmd", "kg", "t", 1e-3, None),
    ("wmd", "Mio m3", "m3", 1e6, None),
    ("wmd", "ct", "ct", 1, None),
    # everyone, our own tables included
    ("any", "short tons", "t", 0.90718474, None),
    ("any", "long tons", "t", 1.0160469088, None),
    ("any", "lb", "t", 0.00045359237, None),
    ("any", "troy ounces", "t", 0.0000311034768, None),
    ("any", "76-lb flasks", "t", 0.03447302012, None),
    ("any", "million metric tons", "t", 1e6, None),
    ("any", "т", "t", 1, None),
    ("any", "тыс. т", "t", 1e3, None),
    ("any", "%", "1", 0.01, None),
    ("any", "1", "1", 1, None),
    ("any", "rank", "rank", 1, None),
    ("any", "m³", "m3", 1, None),
    ("any", "US$", "USD", 1, None),
    ("a ministry", "RUB", "RUB", 1, None),
    # white space and capitals of words do not matter
    ("usgs", "\u00a0thousand\u00a0metric  tons ", "t", 1e3, None),
    ("any", "Metric Tons", "t", 1, None),
]

# printed, what pint's own list makes of it, what it is here
TRAPS = [
    ("kt", "0.514 meter / second", ("t", 1e3)),
    ("mt", "1.0 kilogram", ("t", 1e6)),
    ("ton", "907.185 kilogram", ("t", 1.0)),
    ("tons", "907.185 kilogram", ("t", 1.0)),
    ("mct", "0.001 kilogram", ("ct", 1e6)),
    ("mcm", "1e-06 meter", ("m3", 1e6)),
]

UNKNOWN = [
    ("any", ""),
    ("any", "furlongs"),
    ("any", "tonz"),
    ("any", "KT"),
    ("any", "mT"),
    ("bgs", "mmt"),  # only USGS prints it
    ("wmd", "mcm"),
    ("usgs", "dollars per stone"),
    ("any", "dollars per pound"),  # whose dollars, nobody says
    ("any", "number"),
    ("usgs", "usd"),
]

AMBIGUOUS = [
    ("document", "tons", "metric"),
    ("any", "ton", "short"),
    ("document", "million tons", "metric"),
    ("any", "mt", "million"),
    ("document", "pounds", "money"),
    ("any", "ounces", "troy"),
    ("any", "¥", "yen"),
]


@pytest.mark.parametrize(("publisher", "printed", "unit", "factor", "basis"), SPELLINGS)
def test_spelling(publisher, printed, unit, factor, basis):
    reading = read_unit(printed, publisher)
    assert (reading.unit, reading.factor, reading.basis) == (unit, factor, basis)


@pytest.mark.slow
@pytest.mark.parametrize(("printed", "in_pint", "here"), TRAPS)
def test_trap(printed, in_pint, here):
    """Each spelling means something else to pint, so this fails if a spelling ever reaches pint."""
    theirs = pint.UnitRegistry().Quantity(1, printed).to_base_units()
    assert f"{theirs:.6g}".startswith(in_pint.split()[0].rstrip("0").rstrip("."))
    assert str(theirs.units) == in_pint.split(maxsplit=1)[1]
    assert read_unit(printed, "usgs")[:2] == here


@pytest.mark.parametrize(("publisher", "printed"), UNKNOWN)
def test_unknown_spelling(publisher, printed):
    with pytest.raises(UnknownUnit, match="not known"):
        read_unit(printed, publisher)


@pytest.mark.parametrize(("publisher", "printed", "word"), AMBIGUOUS)
def test_ambiguous_spelling(publisher, printed, word):
    with pytest.raises(UnknownUnit, match=rf"ambiguous.*{word}"):
        read_unit(printed, publisher)


def test_a_word_for_thousands_or_millions_before_a_unit():
    for rule in rules("unit_scales"):
        found = read_unit(rule["example"])
        assert (found.unit, found.factor) == ("t", float(rule["factor"])), rule
        assert found.factor in (1e3, 1e6)
    assert read_unit("miles TMF") == read_unit("miles de toneladas métricas finas")._replace(
        note=read_unit("TMF").note
    )
    assert read_unit("millones t")[:2] == read_unit("Mt")[:2]
    for unknown in ("miles", "million", "thousand thousand t", "miles km", "mil Mt", "millones de dólares t"):
        assert known_unit(unknown, "any") is None, unknown
    assert known_unit("miles TMF", "usgs") is None, "a publisher's own spellings are listed"


def test_unknown_spelling_names_the_nearest():
    with pytest.raises(UnknownUnit) as caught:
        read_unit("thousand metric tonns", "usgs")
    assert "thousand metric tons" in str(caught.value.remedy)


def test_mt_is_not_Mt():
    assert read_unit("Mt").factor == 1e6
    with pytest.raises(UnknownUnit):
        read_unit("mt")


@pytest.mark.parametrize("publisher", sorted({row["publisher"] for row in ROWS}))
def test_rows_of_the_table_are_usable(publisher):
    for row in (row for row in ROWS if row["publisher"] == publisher):
        if not row["unit"]:
            assert row["note"], row
            assert not row["factor"], row
            continue
        factor = Decimal(row["factor"])
        assert factor > 0, row
        reading = read_unit(row["spelling"], row["publisher"])
        expected = convert(float(factor), row["unit"], reading.unit)
        assert reading.factor == pytest.approx(expected, rel=1e-15), row
        assert (reading.basis or "") == row["basis"], row


def test_rows_of_the_table_are_unique():
    keys = [(row["publisher"], spellings._key(row["spelling"])) for row in ROWS]
    assert sorted(keys) == sorted(set(keys))


def test_publishers_of_the_table():
    assert {row["publisher"] for row in ROWS} == {"any", "usgs", "bgs", "wmd", "energy-institute", "baci"}


def test_currencies_are_iso_4217():
    assert set(currencies()) - set(ISO_4217.split()) == set()
    assert {"USD", "EUR", "RUB", "CNY", "UAH"} <= set(currencies())


@pytest.mark.parametrize("unit", [*sorted({canonical for _, canonical, _ in UNITS}), *currencies()])
def test_canonical_unit_reads_as_itself(unit):
    assert read_unit(unit)[:2] == (unit, 1.0)


def test_read_units_by_column():
    printed = pd.Series(["kt", None, "furlongs", " kt", "kg", "kt"], index=[7, 8, 9, 10, 11, 11])
    read = read_units(printed, "usgs")
    assert list(read.columns) == ["unit", "factor", "basis"]
    assert read.index.tolist() == [7, 8, 9, 10, 11, 11]
    assert [str(kind) for kind in read.dtypes] == ["string", "float64", "string"]
    assert read["unit"].isna().tolist() == [False, True, True, False, False, False]
    assert read["unit"].dropna().tolist() == ["t"] * 4
    assert read["factor"].dropna().tolist() == [1e3, 1e3, 1e-3, 1e3]


@pytest.mark.parametrize("kind", ["object", "string", "category"])
def test_read_units_takes_any_text_column(kind):
    assert read_units(pd.Series(["kt", "t"], dtype=kind), "usgs")["factor"].tolist() == [1000.0, 1.0]


@pytest.mark.parametrize("printed", [[], [None, None], ["?"]])
def test_read_units_without_a_known_unit(printed):
    read = read_units(pd.Series(printed, dtype="string"), "usgs")
    assert len(read) == len(printed)
    assert [str(kind) for kind in read.dtypes] == ["string", "float64", "string"]
    assert read[["unit", "factor"]].isna().to_numpy().all()


# Conversions

CONVERSIONS = [
    (1, "kt", "t", 1000.0),
    (28.5, "Mt", "t", 28.5e6),
    (1, "short_ton", "kg", 907.18474),
    (1, "long_ton", "kg", 1016.0469088),
    (1, "flask", "kg", 34.47302012),
    (1, "troy_oz", "g", 31.1034768),
    (0.57, "%", "1", 0.0057),
    (1, "m3", "L", 1000.0),
    (5e11, "USD", "bn USD", 500.0),
    (-2, "kt", "t", -2000.0),
]

FORBIDDEN = [
    ("t", "ct"),
    ("t", "m3"),
    ("t", "1"),
    ("t", "USD"),
    ("USD", "EUR"),
    ("rank", "1"),
    ("L", "kg"),
    ("bn USD", "bn EUR"),
]


@pytest.mark.parametrize(("value", "source", "target", "expected"), CONVERSIONS)
def test_convert(value, source, target, expected):
    assert convert(value, source, target) == expected


@pytest.mark.parametrize(("source", "target"), FORBIDDEN)
def test_forbidden_conversion(source, target):
    with pytest.raises(UnlikeUnits):
        convert(1, source, target)


@pytest.mark.parametrize("name", ["ton", "knot", "metric tons", "mt", "bn t", "", "fraction"])
def test_convert_takes_names_not_spellings(name):
    with pytest.raises(UnknownUnit):
        convert(1, name, "t")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_convert_needs_a_number(value):
    with pytest.raises(MineralsError, match="not a number"):
        convert(value, "kt", "t")


def _same_dimension(pair: tuple[str, str]) -> bool:
    liquid = {"L": "m3"}
    first, second = (liquid.get(CANONICAL[name], CANONICAL[name]) for name in pair)
    return first == second


PAIRS = [pair for pair in permutations(CANONICAL, 2) if _same_dimension(pair)]
UNLIKE_PAIRS = [pair for pair in permutations(CANONICAL, 2) if not _same_dimension(pair)]


@given(value=st.floats(min_value=1e-200, max_value=1e200))
def test_there_and_back(value):
    for source, target in PAIRS:
        back = convert(convert(value, source, target), target, source)
        assert back == pytest.approx(value, rel=1e-15), (source, target)


@pytest.mark.parametrize("source", CANONICAL)
def test_unlike_dimensions_never_convert(source):
    for target in (target for first, target in UNLIKE_PAIRS if first == source):
        with pytest.raises(UnlikeUnits):
            convert(1, source, target)


SCALE_FACTORS = [
    ("t", "t", 1.0),
    ("t", "kt", 1e-3),
    ("t", "Mt", 1e-6),
    ("t", "kg", 1e3),
    ("ct", "kct", 1e-3),
    ("ct", "Mct", 1e-6),
    ("m3", "Mm3", 1e-6),
    ("L", "ML", 1e-6),
    ("1", "%", 100.0),
    ("1", "1", 1.0),
    ("USD", "bn", 1e-9),
    ("UAH", "UAH", 1.0),
    ("rank", "rank", 1.0),
]


@pytest.mark.parametrize(("unit", "shown", "factor"), SCALE_FACTORS)
def test_scale_factor(unit, shown, factor):
    assert scale_factor(unit, shown) == factor


@pytest.mark.parametrize(
    ("unit", "shown"), [("t", "%"), ("t", "bn"), ("USD", "Mt"), ("ct", "t"), ("1", "rank")]
)
def test_scale_of_another_unit(unit, shown):
    with pytest.raises(UnlikeUnits):
        scale_factor(unit, shown)


# Sums

SUMS = [
    ([(1, "t", "Li"), (2, "t", "Li")], (3.0, "t", "Li")),
    ([(1, "kt", "Li"), (500, "t", "Li")], (1500.0, "t", "Li")),
    ([(0.1, "t", "REO"), (0.2, "t", "REO")], (0.3, "t", "REO")),
    ([(5, "kct", "diamonds")], (5000.0, "ct", "diamonds")),
    ([(1, "bn USD", ""), (1, "USD", "")], (1_000_000_001.0, "USD", "")),
    (
        [(1, "t", "rare-metals/undefined"), (2, "t", "rare-metals/undefined")],
        (3.0, "t", "rare-metals/undefined"),
    ),
    ([(0.25, "1", "mine production"), (50, "%", "mine production")], (0.75, "1", "mine production")),
]

FORBIDDEN_SUMS = [
    ([(1, "t", "REO"), (1, "t", "Li")], "REO"),
    ([(1, "t", "Li"), (1, "t", "Li2O")], "Li2O"),
    ([(1, "t", "rare-metals/undefined"), (1, "t", "rare-earths/undefined")], "rare-earths"),
    ([(1, "t", ""), (1, "t", "Li")], "Li"),
    ([(1, "t", ""), (1, "USD", "")], "USD"),
    ([(1, "USD", ""), (1, "EUR", "")], "EUR"),
    ([(1, "t", "Li"), (1, "1", "Li")], "Li"),
    ([(1, "ct", "C"), (1, "t", "C")], "ct"),
    ([(1, "rank", ""), (1, "rank", "")], "Ranks"),
    ([], "nothing to add"),
]


@pytest.mark.parametrize(("amounts", "total"), SUMS)
def test_sum(amounts, total):
    assert add(iter(amounts)) == total


@pytest.mark.parametrize(("amounts", "word"), FORBIDDEN_SUMS)
def test_forbidden_sum(amounts, word):
    with pytest.raises(UnlikeUnits, match=word):
        add(amounts)


def test_converted_to_one_basis_the_sum_is_allowed():
    lithium_to_carbonate = 5.323
    assert add([(1, "t", "LCE"), (1 * lithium_to_carbonate, "t", "LCE")]) == (6.323, "t", "LCE")


@given(first=st.text(), second=st.text())
def test_only_equal_substances_add(first, second):
    amounts = [(1.0, "t", first), (1.0, "t", second)]
    if first == second:
        assert add(amounts) == (2.0, "t", first)
    else:
        with pytest.raises(UnlikeUnits):
            add(amounts)


# Phrases

# phrase, value, lower, upper, unit, printed value, printed unit
PHRASES = [
    ("658 million metric tons", 658e6, None, None, "t", "658", "million metric tons"),
    ("658 Mt", 658e6, None, None, "t", "658", "Mt"),
    ("12 kt", 12e3, None, None, "t", "12", "kt"),
    ("12kt", 12e3, None, None, "t", "12", "kt"),
    ("2.5 thousand metric tons", 2500.0, None, None, "t", "2.5", "thousand metric tons"),
    ("3 thousand metric dry tons", 3e3, None, None, "t", "3", "thousand metric dry tons"),
    ("1.9 billion tonnes", 1.9e9, None, None, "t", "1.9", "billion tonnes"),
    ("5 thousand million tonnes", 5e9, None, None, "t", "5", "thousand million tonnes"),
    ("2,500 kilograms", 2.5, None, None, "t", "2,500", "kilograms"),
    ("2 million short tons", 1814369.48, None, None, "t", "2", "million short tons"),
    ("100 long tons", 101.60469088, None, None, "t", "100", "long tons"),
    ("120 76-lb flasks", 4.1367624144, None, None, "t", "120", "76-lb flasks"),
    ("5 million troy ounces", 155.517384, None, None, "t", "5", "million troy ounces"),
    ("6 million carats", 6e6, None, None, "ct", "6", "million carats"),
    ("29 million cubic meters", 29e6, None, None, "m3", "29", "million cubic meters"),
    ("800 million liters", 800e6, None, None, "L", "800", "million liters"),
    ("1%", 0.01, None, None, "1", "1", "%"),
    ("1 %", 0.01, None, None, "1", "1", "%"),
    ("50%", 0.5, None, None, "1", "50", "%"),
    ("0.57 percent", 0.0057, None, None, "1", "0.57", "percent"),
    ("only 1%", 0.01, None, None, "1", "only 1", "%"),
    ("10 times", 10.0, None, None, "1", "10", "times"),
    ("$500 billion", 500e9, None, None, "USD", "500", "$ billion"),
    ("US$ 500 bn", 500e9, None, None, "USD", "500", "US$ bn"),
    ("500 billion USD", 500e9, None, None, "USD", "500", "billion USD"),
    ("USD 500bn", 500e9, None, None, "USD", "500", "USD bn"),
    ("US$500 million USD", 500e6, None, None, "USD", "500", "US$ million USD"),
    ("€3 billion", 3e9, None, None, "EUR", "3", "€ billion"),
    ("350 mn hryvnias", 350e6, None, None, "UAH", "350", "mn hryvnias"),
    ("2 trillion rubles", 2e12, None, None, "RUB", "2", "trillion rubles"),
    ("5th", 5.0, None, None, "rank", "5th", ""),
    ("1st", 1.0, None, None, "rank", "1st", ""),
    ("12th", 12.0, None, None, "rank", "12th", ""),
    ("21st", 21.0, None, None, "rank", "21st", ""),
    ("fifth", 5.0, None, None, "rank", "fifth", ""),
    ("First", 1.0, None, None, "rank", "First", ""),
    ("twelfth", 12.0, None, None, "rank", "twelfth", ""),
    ("an order of magnitude", 10.0, 10**0.5, 10**1.5, "1", "an order of magnitude", ""),
    ("an order of magnitude more", 10.0, 10**0.5, 10**1.5, "1", "an order of magnitude", ""),
    ("more than 5 kt", None, 5e3, None, "t", "more than 5", "kt"),
    (">1,000 t", None, 1e3, None, "t", ">1,000", "t"),
    ("no less than $5 bn", None, 5e9, None, "USD", "no less than 5", "$ bn"),
    ("<200,000 t", None, None, 200e3, "t", "<200,000", "t"),
    ("up to 5 t", None, None, 5.0, "t", "up to 5", "t"),
    ("no more than 5 t", None, None, 5.0, "t", "no more than 5", "t"),
    ("about 5 t", 5.0, None, None, "t", "about 5", "t"),
    (
        "an estimated 658 million metric tons",
        658e6,
        None,
        None,
        "t",
        "an estimated 658",
        "million metric tons",
    ),
    ("330 - 390 million metric tons", None, 330e6, 390e6, "t", "330 - 390", "million metric tons"),
    (
        "330 million to 390 million metric tons",
        None,
        330e6,
        390e6,
        "t",
        "330 million to 390",
        "million metric tons",
    ),
    ("900 thousand to 1 million tonnes", None, 900e3, 1e6, "t", "900 thousand to 1", "million tonnes"),
    ("10,000–15,000 t", None, 10e3, 15e3, "t", "10,000–15,000", "t"),
    ("between 5 and 6 kt", None, 5e3, 6e3, "t", "between 5 and 6", "kt"),
    ("$3 billion–$5 billion", None, 3e9, 5e9, "USD", "3 billion–$5", "$ billion"),
    ("10–15%", None, 0.1, 0.15, "1", "10–15", "%"),
    ("10% to 15%", None, 0.1, 0.15, "1", "10% to 15", "%"),
    ("1,234,567.5 t", 1234567.5, None, None, "t", "1,234,567.5", "t"),
    ("28\u202f500\u202f000 t", 28.5e6, None, None, "t", "28 500 000", "t"),
    ("5\u00a0000\u00a0t", 5e3, None, None, "t", "5 000", "t"),
    ("5\u2009000 t", 5e3, None, None, "t", "5 000", "t"),
    ("0 t", 0.0, None, None, "t", "0", "t"),
]


@pytest.mark.parametrize("case", PHRASES, ids=lambda case: case[0])
def test_phrase(case):
    phrase, *expected = case
    assert parse_quantity(phrase) == PhraseReading(*expected, decision="")


TONS = [("metric", 28.5e6), ("short", 25854765.09), ("long", 28957336.9008)]


@pytest.mark.parametrize(("ton", "value"), TONS)
def test_bare_ton_is_read_by_decision(ton, value):
    reading = parse_quantity("28.5 million tons", ton=ton)
    assert reading.value == value
    assert (reading.printed_value, reading.printed_unit) == ("28.5", "million tons")
    assert f"{ton} tons by decision" in reading.decision


def test_bare_ton_without_a_decision():
    with pytest.raises(UnknownUnit, match=r"ambiguous.*metric.*short.*long") as caught:
        parse_quantity("28.5 million tons")
    assert "Decide which" in str(caught.value.remedy)


def test_bare_ton_of_usgs_is_metric():
    reading = parse_quantity("300 tons", publisher="usgs")
    assert reading.value == 300.0
    assert "metric tons" in reading.decision


def test_decision_touches_only_the_bare_ton():
    assert parse_quantity("5 metric tons", ton="short") == parse_quantity("5 metric tons")


def test_publisher_of_a_phrase():
    assert parse_quantity("180,000 mt", publisher="usgs").value == 180e9


REFUSED = [
    ("", MineralsError, "nothing to read"),
    (" \u00a0", MineralsError, "nothing to read"),
    ("NaN", MineralsError, "no number"),
    ("inf t", MineralsError, "no number"),
    ("far more", MineralsError, "no number"),
    ("—", MineralsError, "no number"),
    ("-5 t", MineralsError, "negative"),
    ("−5 t", MineralsError, "negative"),
    ("$-5", MineralsError, "negative"),
    ("28,5 million tonnes", MineralsError, "English way"),
    ("1.000.000 t", MineralsError, "English way"),
    ("1,0000 t", MineralsError, "English way"),
    ("0th", MineralsError, "not a rank"),
    ("2.5 rank", MineralsError, "not a rank"),
    ("6 - 5 t", MineralsError, "high to low"),
    ("more than 5 - 6 t", MineralsError, "contradict"),
    ("more than less than 5 t", MineralsError, "contradict"),
    ("between 5 t", MineralsError, "contradict"),
    ("9" * 400 + " t", MineralsError, "too large"),
    ("9" * 1001, MineralsError, "too long"),
    ("5", UnknownUnit, "no unit"),
    ("5 million", UnknownUnit, "no unit"),
    ("5 1", UnknownUnit, "no unit"),
    ("5rd", UnknownUnit, "not known"),
    ("1e6 t", UnknownUnit, "not known"),
    ("658 000 tonnes", UnknownUnit, "not known"),
    ("658 million metric tons of rare metals", UnknownUnit, "not known"),
    ("overt 5 t", UnknownUnit, "not known"),
    ("t 5", UnknownUnit, "before its number"),
    ("$5 t", UnknownUnit, "before its number"),
    ("$5 – €6", UnknownUnit, "two units"),
    ("5 t - 6 kt", UnknownUnit, "two units"),
    ("5 and 6 t", UnknownUnit, "not known"),
    ("5 pounds", UnknownUnit, "ambiguous"),
    ("5 mt", UnknownUnit, "ambiguous"),
]


@pytest.mark.parametrize(("phrase", "error", "words"), REFUSED, ids=lambda part: str(part)[:30])
def test_refused_phrase(phrase, error, words):
    with pytest.raises(MineralsError, match=words) as caught:
        parse_quantity(phrase)
    assert type(caught.value) is error
    assert caught.value.remedy


@pytest.mark.parametrize("nothing", [None, math.nan, 5])
def test_a_phrase_is_text(nothing):
    with pytest.raises(MineralsError, match="nothing to read"):
        parse_quantity(nothing)


def test_unknown_kind_of_ton():
    with pytest.raises(UnknownUnit, match="not a kind of ton"):
        parse_quantity("5 tons", ton="register")


PIECES = [
    "5",
    "1,000",
    "2.5",
    ",",
    ".",
    "-",
    "–",
    " to ",
    " and ",
    "between ",
    "about ",
    "more than ",
    "up to ",
]
PIECES += [
    "$",
    "€",
    "%",
    ">",
    "<",
    " t",
    " kt",
    " mt",
    " tons",
    " million",
    "76-lb flasks",
    "th",
    "²",
    "\u00a0",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))


@given(text=TEXTS, ton=st.sampled_from([None, "metric"]))
def test_any_text_is_read_or_refused(text, ton):
    try:
        reading = parse_quantity(text, ton=ton)
    except MineralsError:
        return
    numbers = [n for n in (reading.value, reading.lower, reading.upper) if n is not None]
    assert numbers
    assert all(math.isfinite(n) and n >= 0 for n in numbers)
    assert read_unit(reading.unit)[:2] == (reading.unit, 1.0)


# Printing

EXACT = [
    (28.5e6, "t", None, "28,500,000 t"),
    (28.5e6, "t", "Mt", "28.5 Mt"),
    (2500, "t", "kg", "2,500,000 kg"),
    (0.0064, "1", None, "0.64 %"),
    (7.5, "1", "1", "7.5 times"),
    (5e11, "USD", None, "500,000,000,000 USD"),
    (5e11, "USD", "bn", "500 bn USD"),
    (5, "rank", None, "5th"),
    (12e6, "m3", "Mm3", "12 million m³"),
    (1e-7, "t", None, "0.0000001 t"),
]

SHOWN = [
    (28.5e6, "t", None, "28.5 Mt"),
    (3.8e6, "t", None, "3.8 Mt"),
    (830_000, "t", None, "830 kt"),
    (2500, "t", None, "2.5 kt"),
    (325, "t", None, "325 t"),
    (0.25, "t", None, "250 kg"),
    (0, "t", None, "0 t"),
    (658_123_456, "t", None, "658 Mt"),
    (999_999, "t", None, "1 Mt"),
    (999_499, "t", None, "999 kt"),
    (2e11, "t", None, "200,000 Mt"),
    (3.8e6, "t", "kt", "3,800 kt"),
    (12_345, "t", "t", "12,300 t"),
    (-6.2e6, "t", None, "−6.2 Mt"),
    (0.0064, "1", None, "0.64 %"),
    (2500 / 390_000, "1", None, "0.641 %"),
    (1, "1", None, "100 %"),
    (0.9996, "1", None, "99.96 %"),
    (1.0004, "1", None, "100.04 %"),
    (0, "1", None, "0 %"),
    (7.5, "1", "1", "7.5 times"),
    (5e11, "USD", None, "$500 bn"),
    (1.2e12, "USD", None, "$1.2 tn"),
    (350e6, "EUR", None, "€350 mn"),
    (830_000, "USD", None, "$830,000"),
    (5e9, "UAH", None, "5 bn UAH"),
    (-5e9, "USD", None, "−$5 bn"),
    (1, "rank", None, "1st"),
    (2, "rank", None, "2nd"),
    (3, "rank", None, "3rd"),
    (5, "rank", None, "5th"),
    (11, "rank", None, "11th"),
    (22, "rank", None, "22nd"),
    (112, "rank", None, "112th"),
    (6e6, "ct", None, "6 Mct"),
    (29e6, "m3", None, "29 million m³"),
    (800e6, "L", None, "800 million L"),
]


@pytest.mark.parametrize(("value", "unit", "scale", "text"), EXACT)
def test_exact_text(value, unit, scale, text):
    assert format_quantity(value, unit, scale=scale) == text


@pytest.mark.parametrize(("value", "unit", "scale", "text"), SHOWN)
def test_text_for_the_screen(value, unit, scale, text):
    assert display(value, unit, scale) == text


AMOUNTS = st.floats(min_value=0, max_value=1e250)


@pytest.mark.parametrize("unit", PLAIN_UNITS)
@given(value=AMOUNTS, data=st.data())
def test_printed_and_read_back(unit, value, data):
    extra = ("1",) if unit == "1" else ()
    scale = data.draw(st.sampled_from([None, *scales(unit), *extra]))
    reading = parse_quantity(format_quantity(value, unit, scale=scale))
    assert (reading.value, reading.unit) == (value, unit)


@given(rank=st.integers(min_value=1, max_value=999_999))
def test_rank_printed_and_read_back(rank):
    assert parse_quantity(format_quantity(rank, "rank")).value == rank
    assert display(rank, "rank") == format_quantity(rank, "rank")


@pytest.mark.parametrize("unit", PLAIN_UNITS)
@given(value=st.floats(min_value=1e-12, max_value=1e20))
def test_text_for_the_screen_is_near(unit, value):
    shown = parse_quantity(display(value, unit))
    assert shown.unit == unit
    assert shown.value == pytest.approx(value, rel=0.005)


@given(share=st.floats(min_value=0, max_value=1, exclude_max=True))
def test_a_part_is_not_shown_as_the_whole(share):
    assert display(share, "1") != "100 %"


@pytest.mark.parametrize(
    ("value", "unit"), [(-1, "t"), (math.nan, "t"), (math.inf, "USD"), (0, "rank"), (2.5, "rank"), (1, "kt")]
)
def test_what_cannot_be_printed(value, unit):
    with pytest.raises(MineralsError):
        format_quantity(value, unit)


@pytest.mark.parametrize(("value", "unit", "scale"), [(math.nan, "t", None), (1, "kt", None), (1, "t", "%")])
def test_what_cannot_be_shown(value, unit, scale):
    with pytest.raises(MineralsError):
        display(value, unit, scale)


@pytest.mark.parametrize(
    ("largest", "unit", "scale"),
    [
        (44e6, "t", "Mt"),
        (270e3, "t", "kt"),
        (0, "t", "t"),
        (0.3, "1", "%"),
        (5e11, "USD", "bn"),
        (900, "USD", "USD"),
    ],
)
def test_best_scale(largest, unit, scale):
    assert best_scale(largest, unit) == scale


# The rules of the house


def test_only_this_module_imports_pint():
    modules = [*(ROOT / "loaders").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")]
    importers = [
        m.name for m in modules if re.search(r"^\s*(?:import|from) pint\b", m.read_text("utf-8"), re.M)
    ]
    assert importers == ["registry.py"]


# The publishers' own files

WORLD_TOKEN = re.compile(r"(?:Prod|Reserves|Cap)_(?P<unit>.+?)(?:_(?:est|Est))?(?:_[0-9]{4})?")


def _printed_units(folder: Path, edition: str) -> set[str]:
    """Every spelling of a unit in the World tables of one edition."""
    if edition == "2025":
        table = pd.read_csv(
            folder / edition / "MCS2025_World_Data.csv", dtype="string", keep_default_na=False
        )
        return set(table["UNIT_MEAS"]) - {""}  # one row has no unit
    if edition == "2026":
        path = folder / edition / "MCS2026_Commodities_Data.csv"
        table = pd.read_csv(path, dtype="string", encoding="cp1252", keep_default_na=False)
        return set(table.loc[table["Section"].str.startswith("World"), "Unit"])
    headers = [name for path in (folder / edition).glob("*world.csv") for name in _header(path)]
    tokens = [match["unit"] for name in headers if (match := WORLD_TOKEN.fullmatch(name))]
    return set(tokens) - {"note", "notes"}


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader(lines))


@pytest.mark.published
@pytest.mark.parametrize(("edition", "least"), [("2023", 11), ("2024", 12), ("2025", 8), ("2026", 10)])
def test_every_unit_of_an_edition_is_known(shared, edition, least):
    printed = _printed_units(shared / "published" / "usgs-mcs", edition)
    assert len(printed) >= least
    read = read_units(pd.Series(sorted(printed)), "usgs")
    assert [p for p, missing in zip(sorted(printed), read["unit"].isna(), strict=True) if missing] == []


@pytest.mark.published
@pytest.mark.parametrize("name", ["REs", "cobalt", "lithium"])
def test_every_unit_of_bgs_is_known(shared, name):
    path = shared / "published" / "bgs-wms" / f"BGS_{name}_production.csv"
    printed = pd.read_csv(path, dtype="string", keep_default_na=False, usecols=["units"])["units"]
    assert set(read_units(printed, "bgs")["unit"]) == {"t"}


IN_DOCUMENTS = [
    ("658 million metric tons", "004", "t"),
    ("28.5 million tons", "004", "t"),
    ("1%", "004", "1"),
    ("fifth", "004", "rank"),
    ("an order of magnitude more", "003", "1"),
    ("$500 billion", "000", "USD"),
    ("50%", "000", "1"),
]


@pytest.mark.published
@pytest.mark.parametrize(("phrase", "document", "unit"), IN_DOCUMENTS)
def test_phrases_of_the_documents(shared, phrase, document, unit):
    (path,) = (shared / "documents").glob(f"{document}_*.txt")
    assert phrase in path.read_text("utf-8")
    assert parse_quantity(phrase, ton="metric").unit == unit


# Digits of what is computed -----------------------------------------------------------------------------

DIGITS = [
    ((2500.0, 390_000.0), 2, "0.64 %"),
    ((2600.0, 390_000.0), 2, "0.67 %"),
    ((143_783.0, 202_123.0), 3, "71.1 %"),
    ((143_783.0, 200_000.0), 2, "72 %"),
    ((1000.0, 3000.0), 2, "33 %"),
    ((995.0, 1000.0), 2, "99.5 %"),
    ((999.96, 1000.0), 2, "99.996 %"),
    ((28.5e6, 658e6), 3, "4.33 %"),
]


@pytest.mark.parametrize(("pair", "digits", "shown"), DIGITS, ids=[shown for *_, shown in DIGITS])
def test_a_share_has_as_many_digits_as_its_numbers(
    pair: tuple[float, float], digits: int, shown: str
) -> None:
    assert digits_of(*pair) == digits
    assert display(pair[0] / pair[1], "1", digits=digits) == shown


PRINTED_DIGITS = [
    ("2,500", 2), ("390,000", 2), ("3800000", 2), ("e 28.5", 3), ("0.0250", 3), ("12.0", 3), ("7", 2),
    (">90,000", 2), ("143 783", 3), ("W", 3), ("", 3), ("1,234.5", 3),
]  # fmt: skip


@pytest.mark.parametrize(("text", "digits"), PRINTED_DIGITS)
def test_the_digits_of_a_printed_number(text: str, digits: int) -> None:
    assert printed_digits(text) == digits


@given(st.floats(1e-9, 1e12), st.floats(1e-9, 1e12))
def test_digits_do_not_depend_on_the_scale(value: float, whole: float) -> None:
    scaled = digits_of(float(f"{value:.8g}") * 1000, float(f"{whole:.8g}") * 1000)
    assert scaled == digits_of(float(f"{value:.8g}"), float(f"{whole:.8g}"))


_AMOUNTS = st.floats(1e-6, 1e12).map(lambda value: float(f"{value:.9g}"))


@given(_AMOUNTS, st.sampled_from(["t", "1", "ct", "m3"]), st.integers(2, 3))
def test_a_bound_that_is_told_is_true(value: float, unit: str, digits: int) -> None:
    told = {bound: display(value, unit, digits=digits, bound=bound) for bound in ("lower", "upper")}
    low, high = (parse_quantity(told[bound]).value for bound in ("lower", "upper"))
    assert low is not None
    assert high is not None
    assert low <= value * (1 + 1e-12)
    assert value <= high * (1 + 1e-12)
    assert high - low <= 1.01 * value * 10.0 ** (1 - digits)


@pytest.mark.parametrize(
    ("value", "bound", "told"),
    [
        (0.89 / 85, "upper", "1.1 %"),
        (0.89 / 85, "", "1 %"),
        (44 / 85, "upper", "52 %"),
        (0.1 + 0.2, "upper", "30 %"),
        (0.9996, "upper", "99.96 %"),
        (0.5, "lower", "50 %"),
    ],
)
def test_a_bound_is_rounded_to_its_side(value: float, bound: str, told: str) -> None:
    assert display(value, "1", digits=2, bound=bound) == told
