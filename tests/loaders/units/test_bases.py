"""Conversions between bases: factors, laws, what is forbidden and why, baskets, tables, the command."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.cli.main import main
from loaders.errors import MineralsError, UnknownName, UnknownUnit, UnlikeUnits
from loaders.knowledge import rules
from loaders.model import OBSERVATION_COLUMNS
from loaders.names import minerals
from loaders.store import catalogue, read_all
from loaders.units.amounts import Amount, parse_amount, parse_basket, parse_target
from loaders.units.bases import Conversion, conversion, convert_basis, convert_table, possible
from loaders.vocabulary import Basis, ReserveClass

FACTORS = [
    ("lithium", "LCE", 5.323),
    ("lithium", "Li2O", 2.153),
    ("vanadium", "V2O5", 1.785),
    ("niobium", "Nb2O5", 1.431),
    ("tantalum", "Ta2O5", 1.221),
    ("tungsten", "WO3", 1.261),
    ("uranium", "U3O8", 1.179),
    ("titanium", "TiO2", 1.668),
    ("ilmenite", "TiO2", 1.668),
    ("magnesium", "MgO", 1.658),
    ("potash", "K2O", 1.205),
    ("boron", "B2O3", 3.220),
    ("phosphorus", "P2O5", 2.291),
    ("chromium", "Cr2O3", 1.462),
    ("zirconium", "ZrO2", 1.351),
    ("beryllium", "BeO", 2.775),
    ("arsenic", "As2O3", 1.320),
    ("alumina", "Al2O3", 1.889),
    ("scandium", "Sc2O3", 1.534),
    ("scandium", "REO", 1.534),
    ("yttrium", "Y2O3", 1.270),
    ("yttrium", "REO", 1.270),
    ("lanthanum", "REO", 1.173),
    ("cerium", "REO", 1.228),
    ("praseodymium", "REO", 1.208),
    ("neodymium", "REO", 1.166),
    ("samarium", "REO", 1.160),
    ("europium", "REO", 1.158),
    ("gadolinium", "REO", 1.153),
    ("terbium", "REO", 1.176),
    ("dysprosium", "REO", 1.148),
    ("holmium", "REO", 1.146),
    ("erbium", "REO", 1.143),
    ("thulium", "REO", 1.142),
    ("ytterbium", "REO", 1.139),
    ("lutetium", "REO", 1.137),
]
"""Factors from the element, to three decimals, as handbooks print them."""


def allowed() -> list[tuple[str, Basis, Basis]]:
    """Every conversion that there is: a mineral, from what, to what."""
    return [
        (mineral, source, target)
        for mineral in minerals().index
        for source in Basis
        for target in (source, *possible(mineral, source))
        if possible(mineral, source)
    ]


SHARES = st.lists(st.floats(0.01, 1), min_size=2, max_size=4)


def _chain(*steps: Conversion) -> float:
    return math.prod(step.factor or math.nan for step in steps)


# Factors and laws


@pytest.mark.parametrize(("mineral", "basis", "factor"), FACTORS)
def test_the_factor_from_the_element(mineral: str, basis: str, factor: float) -> None:
    how = conversion(mineral, "content", basis)
    assert how.factor is not None
    assert round(how.factor, 3) == factor
    assert (how.low, how.high) == (how.factor, how.factor)
    assert how.source.startswith("IUPAC standard atomic weights 2021, from periodictable 2.")


def test_every_basis_that_is_a_compound_has_a_factor_in_the_table() -> None:
    not_compounds = {Basis.CONTENT, Basis.GROSS, Basis.ORE, Basis.UNDEFINED, Basis.NOT_APPLICABLE}
    assert {basis for _, basis, _ in FACTORS} == {str(basis) for basis in set(Basis) - not_compounds}


@pytest.mark.parametrize(
    ("steps", "name", "words"),
    [
        (("lithium", "content", "LCE"), "Li to LCE (Li2CO3)", "× 5.323, Li to LCE (Li2CO3)"),
        (("lithium", "LCE", "Li2O"), "LCE (Li2CO3) to Li2O", "× 0.404, LCE (Li2CO3) to Li2O"),
        (("praseodymium", "REO", "content"), "REO (Pr6O11) to Pr", "× 0.828, REO (Pr6O11) to Pr"),
        (("rare-earths", "content", "REO"), "contained elements to REO", None),
    ],
)
def test_names_and_subtitles(steps: tuple[str, str, str], name: str, words: str | None) -> None:
    how = conversion(*steps)
    assert how.name == name
    assert how.words == (words or f"× 1.14 to 1.27, {name}")


@pytest.mark.slow
def test_there_and_back_is_the_same() -> None:
    every = allowed()
    assert len(every) > 200
    for which in every:
        mineral, source, target = which
        there, back = conversion(mineral, source, target), conversion(mineral, target, source)
        assert there.low * back.high == pytest.approx(1, rel=1e-12), which
        assert there.high * back.low == pytest.approx(1, rel=1e-12), which
        assert (there.factor is None) == (back.factor is None) == (there.low < there.high), which


@pytest.mark.parametrize("route", list(product(("content", "Li2O", "LCE"), repeat=3)))
def test_conversions_compose(route: tuple[str, str, str]) -> None:
    first, middle, last = route
    steps = conversion("lithium", first, middle), conversion("lithium", middle, last)
    assert _chain(*steps) == pytest.approx(conversion("lithium", first, last).factor, rel=1e-12)


@pytest.mark.slow
@given(value=st.floats(0, 1e15), case=st.deferred(lambda: st.sampled_from(allowed())))
def test_a_value_lies_within_its_own_round_trip(value: float, case: tuple[str, Basis, Basis]) -> None:
    mineral, source, target = case
    there, low, high = convert_basis(value, conversion(mineral, source, target))
    back, lowest, highest = convert_basis(there, conversion(mineral, target, source), lower=low, upper=high)
    if back is not None:
        assert back == pytest.approx(value, rel=1e-12)
        assert (lowest, highest) == (None, None)
    else:
        assert lowest is not None
        assert highest is not None
        assert lowest <= value * (1 + 1e-12)
        assert highest >= value * (1 - 1e-12)


def test_knowledge_tables_name_minerals_and_bases_once() -> None:
    pairs = [(line["element"], line["basis"]) for line in rules("conversions")]
    assert len(pairs) == len(set(pairs))
    assert {basis for _, basis in pairs} <= {str(basis) for basis in Basis}
    named = [line["mineral"] for line in rules("mineral_elements")]
    assert len(named) == len(set(named))
    assert set(named) <= set(minerals().index)
    single = {line["elements"] for line in rules("mineral_elements") if ";" not in line["elements"]}
    assert single == {element for element, _ in pairs}


# Mixed rare earths


@pytest.mark.parametrize(
    ("mineral", "low", "high"),
    [("rare-earths", 1.14, 1.27), ("rare-earths-light", 1.15, 1.23), ("rare-earths-heavy", 1.14, 1.27)],
)
def test_a_mixed_tonnage_has_a_range(mineral: str, low: float, high: float) -> None:
    how = conversion(mineral, "content", "REO")
    assert how.factor is None
    assert (round(how.low, 2), round(how.high, 2)) == (low, high)


OXYGEN = 15.999
ND, LA, SC = ((2 * metal + 3 * OXYGEN) / (2 * metal) for metal in (144.242, 138.90547, 44.955907))
CE = (140.116 + 2 * OXYGEN) / 140.116

BASKETS: list[tuple[dict[str, float], float]] = [
    ({"Nd": 1.0}, ND),
    ({"Nd": 0.2, "Ce": 0.8}, 0.2 * ND + 0.8 * CE),
    ({"Nd": 0.2, "Ce": 0.5, "La": 0.3}, 0.2 * ND + 0.5 * CE + 0.3 * LA),
    ({"Nd2O3": 0.2, "CeO2": 0.8}, 1 / (0.2 / ND + 0.8 / CE)),
    ({"Nd": 0.33, "Ce": 0.33, "La": 0.33}, (ND + CE + LA) / 3),
    ({"Sc": 0.5, "Nd": 0.5}, (SC + ND) / 2),
]


@pytest.mark.parametrize(("basket", "factor"), BASKETS)
def test_a_basket_gives_one_factor(basket: dict[str, float], factor: float) -> None:
    there = conversion("rare-earths", "content", "REO", basket)
    back = conversion("rare-earths", "REO", "content", basket)
    assert there.factor == pytest.approx(factor, rel=1e-9)
    assert _chain(there, back) == pytest.approx(1, rel=1e-12)
    assert all(f"{key} {100 * share:g} %" in there.source for key, share in basket.items())


@given(SHARES, st.booleans())
def test_a_basket_lies_within_the_range(weights: list[float], oxides: bool) -> None:
    names = ("Nd2O3", "Y2O3", "Lu2O3", "Tb4O7") if oxides else ("Nd", "Y", "Lu", "Tb")
    basket = {name: weight / sum(weights) for name, weight in zip(names, weights, strict=False)}
    factor = conversion("rare-earths", "content", "REO", basket).factor
    mixed = conversion("rare-earths", "content", "REO")
    assert factor is not None
    assert mixed.low - 1e-12 <= factor <= mixed.high + 1e-12


@pytest.mark.parametrize(
    ("mineral", "basket", "reason"),
    [
        ("rare-earths", {"Nd": 0.2, "Ce": 0.5}, "sum to 0.7, not to 1"),
        ("rare-earths", {"Nd": 20.0, "Ce": 80.0}, "not between 0 and 1"),
        ("rare-earths", {"Nd": -0.5, "Ce": 1.5}, "not between 0 and 1"),
        ("rare-earths", {"Nd": math.nan, "Ce": 1.0}, "not between 0 and 1"),
        ("rare-earths", {}, "sum to 0, not to 1"),
        ("rare-earths", {"Li": 1.0}, "cannot hold 'Li'"),
        ("rare-earths", {"Pm": 1.0}, "cannot hold 'Pm'"),
        ("rare-earths", {"Nd": 0.5, "CeO2": 0.5}, "elements and oxides do not mix"),
        ("rare-earths-light", {"Dy": 1.0}, "cannot hold 'Dy'"),
        ("neodymium", {"Nd": 1.0}, "a basket does not apply"),
    ],
)
def test_a_basket_that_does_not_fit_is_refused(mineral: str, basket: dict[str, float], reason: str) -> None:
    with pytest.raises(UnlikeUnits, match=reason):
        conversion(mineral, "REO", "content", basket)


def test_baskets_are_read_in_parts_and_in_percent() -> None:
    assert parse_basket("Nd=0.2, Ce = 80%") == {"Nd": 0.2, "Ce": 0.8}


@pytest.mark.parametrize("text", ["", "Nd", "Nd=", "Nd=a", "Nd=0.5,", "Nd=0.5,Nd=0.5", "0.5"])
def test_a_basket_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(MineralsError, match="basket"):
        parse_basket(text)


# What is forbidden


FORBIDDEN = [
    ("lithium", "undefined", "LCE", "does not say clearly what its tonnes are tonnes of"),
    ("rare-earths", "undefined", "REO", "does not say clearly what its tonnes are tonnes of"),
    ("rare-metals", "undefined", "REO", "does not say clearly what its tonnes are tonnes of"),
    ("rare-metals", "content", "REO", "no conversion is known"),
    ("copper", "content", "LCE", "no conversion is known"),
    ("chromium", "gross", "Cr2O3", "needs a grade: how much Cr2O3 it holds"),
    ("chromium", "gross", "content", "needs a grade: how much Cr it holds"),
    ("boron", "ore", "B2O3", "needs a grade: how much B2O3 it holds"),
    ("lithium", "content", "ore", "needs a grade"),
    ("lithium", "content", "gross", "needs a grade"),
    ("lithium", "not_applicable", "LCE", "not a weight of a material"),
    ("lithium", "content", "undefined", "names no basis"),
    ("lithium", "content", "V2O5", "V2O5 counts vanadium, and no lithium"),
    ("lithium", "content", "REO", "REO counts rare earths, and no lithium"),
    ("vanadium", "LCE", "V2O5", "LCE counts lithium, and no vanadium"),
    ("rare-earths", "REO", "Y2O3", "mixes elements, and Y2O3 counts yttrium alone"),
    ("rare-earths", "REO", "LCE", "mixes elements, and LCE counts lithium alone"),
    ("lithium", "content", "lce", "no basis 'lce'"),
]


@pytest.mark.parametrize(("mineral", "source", "target", "reason"), FORBIDDEN)
def test_a_forbidden_conversion_says_why(mineral: str, source: str, target: str, reason: str) -> None:
    with pytest.raises(UnlikeUnits, match=reason):
        conversion(mineral, source, target)


def test_a_state_balance_is_never_converted() -> None:
    assert conversion("rare-earths", "REO", "content", reserve_class=ReserveClass.RESERVE).factor is None
    with pytest.raises(UnlikeUnits, match="a state balance counts material not shown to be economic"):
        conversion("rare-earths", "REO", "content", reserve_class=ReserveClass.STATE_BALANCE)


@pytest.mark.parametrize("code", ["undefined", "gross", "ore", "not_applicable"])
def test_nothing_is_possible_from_a_basis_that_says_too_little(code: str) -> None:
    assert not any(possible(mineral, code) for mineral in minerals().index)


@pytest.mark.parametrize(
    ("mineral", "basis", "targets"),
    [
        ("lithium", "content", ["LCE", "Li2O"]),
        ("lithium", "LCE", ["content", "Li2O"]),
        ("rare-earths", "REO", ["content"]),
        ("yttrium", "Y2O3", ["content", "REO"]),
        ("copper", "content", []),
        ("lithium", "REO", []),
    ],
)
def test_what_is_possible(mineral: str, basis: str, targets: list[str]) -> None:
    assert possible(mineral, basis) == targets


# Values and tables


def test_values_and_bounds() -> None:
    exact, mixed = conversion("lithium", "content", "LCE"), conversion("rare-earths", "content", "REO")
    assert convert_basis(2, exact) == (2 * exact.low, None, None)
    assert convert_basis(None, exact, lower=2) == (None, 2 * exact.low, None)
    assert convert_basis(None, exact) == (None, None, None)
    assert convert_basis(2, mixed) == (None, 2 * mixed.low, 2 * mixed.high)
    assert convert_basis(None, mixed, lower=2) == (None, 2 * mixed.low, None)
    assert convert_basis(2, mixed, lower=2) == (None, 2 * mixed.low, None)
    assert convert_basis(None, mixed, lower=2, upper=3) == (None, 2 * mixed.low, 3 * mixed.high)
    assert convert_basis(0, mixed) == (0, None, None)


@pytest.mark.parametrize("value", [math.inf, math.nan, 1e308])
def test_a_value_that_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(MineralsError, match="not a number to convert"):
        convert_basis(value, conversion("lithium", "content", "LCE"))


def _observations(**columns: object) -> pd.DataFrame:
    """Rows with a value, a lower bound, both bounds, a zero, and nothing."""
    nothing = math.nan
    numbers = {
        "value": [10.0, nothing, nothing, 0.0, nothing],
        "lower": [nothing, 20.0, 30.0, nothing, nothing],
        "upper": [nothing, nothing, 40.0, nothing, nothing],
    }
    texts = {"mineral": "rare-earths", "basis": "REO", "unit": "t", "class": "reserve", "printed_value": "x"}
    table = pd.DataFrame(numbers, index=[7, 3, 5, 9, 1]).assign(**(texts | columns))
    return table.astype({name: OBSERVATION_COLUMNS[name] for name in texts})


@pytest.mark.parametrize("basket", [None, {"Nd": 0.5, "Ce": 0.5}])
def test_a_table_converts_as_its_rows_do(basket: dict[str, float] | None) -> None:
    before = _observations()
    after, how = convert_table(before, "content", basket)
    assert how == conversion("rare-earths", "REO", "content", basket)
    for row in before.index:
        bounds = [None if pd.isna(cell) else cell for cell in before.loc[row, ["value", "lower", "upper"]]]
        wanted = convert_basis(bounds[0], how, lower=bounds[1], upper=bounds[2])
        found = after.loc[row, ["value", "lower", "upper"]]
        assert tuple(None if pd.isna(cell) else cell for cell in found) == pytest.approx(wanted)
    assert set(after["basis"]) == {"content"}
    assert list(after.dtypes) == list(before.dtypes)
    pd.testing.assert_frame_equal(before, _observations())


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"mineral": ["rare-earths"] * 4 + ["lithium"]}, r"one mineral .* 2 \(lithium, rare-earths\)"),
        ({"basis": ["REO"] * 4 + ["content"]}, r"one basis .* 2 \(REO, content\)"),
        ({"unit": ["t"] * 4 + ["ct"]}, r"one unit .* 2 \(ct, t\)"),
        ({"unit": "1"}, "no basis to convert"),
        ({"class": ["reserve"] * 4 + ["state_balance"]}, "a state balance"),
        ({"basis": "undefined"}, "does not say clearly what its tonnes"),
    ],
)
def test_a_selection_that_does_not_convert_says_why(columns: dict[str, object], reason: str) -> None:
    with pytest.raises(UnlikeUnits, match=reason):
        convert_table(_observations(**columns), "content")


def test_an_empty_selection_says_so() -> None:
    with pytest.raises(UnlikeUnits, match="here there is none"):
        convert_table(_observations().iloc[:0], "content")


def test_bundled_lithium_reserves_as_carbonate(tmp_path: Path) -> None:
    table = read_all(catalogue(tmp_path))
    chosen = table[(table["mineral"] == "lithium") & (table["measure"] == "reserves")]
    chosen = chosen[chosen["basis"] == "content"]
    after, how = convert_table(chosen, "LCE")
    assert len(after) > 0
    assert after["value"].sum() == pytest.approx(chosen["value"].sum() * 5.3233, rel=1e-4)
    assert list(after["printed_value"]) == list(chosen["printed_value"])
    assert how.words == "× 5.323, Li to LCE (Li2CO3)"


# Words


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 t Li", Amount(1, None, None, "t", "lithium", Basis.CONTENT)),
        ("1,000 kg of Li", Amount(1, None, None, "t", "lithium", Basis.CONTENT)),
        ("2 kt Li2O", Amount(2000, None, None, "t", "lithium", Basis.LI2O)),
        ("2 t lce", Amount(2, None, None, "t", "lithium", Basis.LCE)),
        ("2 t Li2CO3", Amount(2, None, None, "t", "lithium", Basis.LCE)),
        ("more than 5 kt REO", Amount(None, 5000, None, "t", "rare-earths", Basis.REO)),
        ("5-10 t TREO", Amount(None, 5, 10, "t", "rare-earths", Basis.REO)),
        ("3 t Nd2O3", Amount(3, None, None, "t", "neodymium", Basis.REO)),
        ("3 t Nd REO", Amount(3, None, None, "t", "neodymium", Basis.REO)),
        ("3 t lithium metal content", Amount(3, None, None, "t", "lithium", Basis.CONTENT)),
        ("3 t magnesium metal", Amount(3, None, None, "t", "magnesium", Basis.CONTENT)),
        ("3 t lithium ore", Amount(3, None, None, "t", "lithium", Basis.ORE)),
        ("3 t titanium concentrate", Amount(3, None, None, "t", "titanium", Basis.GROSS)),
        ("3 t rare earths gross weight", Amount(3, None, None, "t", "rare-earths", Basis.GROSS)),
        (
            "658 million metric tons rare metals",
            Amount(658e6, None, None, "t", "rare-metals", Basis.UNDEFINED),
        ),
        ("1 t K", Amount(1, None, None, "t", "potash", Basis.CONTENT)),
        ("1 t Y2O3", Amount(1, None, None, "t", "yttrium", Basis.Y2O3)),
    ],
)
def test_amounts_are_read(text: str, amount: Amount) -> None:
    assert parse_amount(text) == amount


SPELLINGS = [
    ("1 t Li₂O", "lithium", Basis.LI2O),
    ("1 t Li₂CO₃", "lithium", Basis.LCE),
    ("1 t lithium carbonate equivalent", "lithium", Basis.LCE),
    ("1 t contained Li", "lithium", Basis.CONTENT),
    ("1 t of contained lithium", "lithium", Basis.CONTENT),
    ("1 t rare-earth-oxide equivalent", "rare-earths", Basis.REO),
    ("1 t rare earth oxides", "rare-earths", Basis.REO),
]


@pytest.mark.parametrize(("text", "mineral", "basis"), SPELLINGS)
def test_other_spellings_of_a_substance_are_read(text: str, mineral: str, basis: Basis) -> None:
    amount = parse_amount(text)
    assert (amount.mineral, amount.basis) == (mineral, basis)
    assert parse_target(text.removeprefix("1 t "), mineral) is basis


def test_a_basket_may_be_written_with_subscripts() -> None:
    assert parse_basket("Nd₂O₃=0.2,CeO₂=0.8") == parse_basket("Nd2O3=0.2,CeO2=0.8")


def test_tonnes_of_what_is_not_stated_say_how_to_state_it() -> None:
    with pytest.raises(UnlikeUnits) as refused:
        conversion("lithium", "undefined", "LCE")
    assert refused.value.remedy == "Where you know it, say so: 't Li', 't LCE', 't Li2O'."


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        ("", UnknownName, "does not say what the amount is of"),
        ("1 t", UnknownName, "does not say what the amount is of"),
        ("1 t unobtainium", UnknownName, "an element"),
        ("1 t li", UnknownName, "an element"),
        ("1 t content", UnlikeUnits, "which mineral"),
        ("1 ton Li", UnknownUnit, "ambiguous"),
        ("1 Li", UnknownUnit, "no unit"),
        ("2 ct Li", UnlikeUnits, "no basis to convert"),
        ("5 % Li", UnlikeUnits, "no basis to convert"),
        ("t Li", MineralsError, "no number"),
        ("-1 t Li", MineralsError, "negative"),
    ],
)
def test_amounts_that_cannot_be_read_say_why(text: str, error: type[MineralsError], reason: str) -> None:
    with pytest.raises(error, match=reason):
        parse_amount(text)


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_a_clear_error(text: str) -> None:
    with suppress(MineralsError):
        assert parse_amount(text).unit == "t"


@pytest.mark.parametrize(
    ("text", "mineral", "basis"),
    [
        ("LCE", "lithium", Basis.LCE),
        ("li2o", "lithium", Basis.LI2O),
        ("Li", "lithium", Basis.CONTENT),
        ("content", "lithium", Basis.CONTENT),
        ("Ti", "ilmenite", Basis.CONTENT),
        ("REO", "neodymium", Basis.REO),
        ("Nd2O3", "neodymium", Basis.REO),
        ("V2O5", "lithium", Basis.V2O5),
    ],
)
def test_targets_are_read(text: str, mineral: str, basis: Basis) -> None:
    assert parse_target(text, mineral) is basis


@pytest.mark.parametrize(
    ("text", "mineral", "error", "reason"),
    [
        ("Nd", "lithium", UnlikeUnits, "counts neodymium"),
        ("Nd", "rare-earths", UnlikeUnits, "counts neodymium"),
        ("Nd2O3", "rare-earths", UnlikeUnits, "counts neodymium"),
        ("gold dust", "lithium", UnknownName, "not a basis to convert to"),
    ],
)
def test_targets_that_do_not_fit_say_why(
    text: str, mineral: str, error: type[MineralsError], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        parse_target(text, mineral)


# The command


def test_the_command_prints_the_amount_and_the_factor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "1", "t Li", "--to", "LCE"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "5.323 t LCE"
    assert second.startswith("× 5.323, Li to LCE (Li2CO3); IUPAC standard atomic weights")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("1000", "t", "REO", "--to", "content"), "787.4 t to 879.4 t content"),
        (("at least 5 kt Nd", "--to", "REO"), "at least 5,832 t REO"),
        (("up to 5 kt Nd", "--to", "REO"), "at most 5,832 t REO"),
        (("0 t REO", "--to", "content"), "0 t content"),
        (("1 t REO", "--to", "content", "--basket", "Nd2O3=0.3,CeO2=0.7"), "0.8271 t content"),
    ],
)
def test_the_command_prints_bounds(
    words: tuple[str, ...], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", *words]) == 0
    assert capsys.readouterr().out.splitlines()[0] == line


def test_the_command_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "2", "t Li", "--to", "LCE", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    how = conversion("lithium", "content", "LCE")
    assert found == {
        "value": 2 * how.low,
        "low": None,
        "high": None,
        "unit": "t",
        "factor": how.factor,
        "from": "Li",
        "to": "LCE",
        "name": how.name,
        "source": how.source,
    }
    assert main(["convert", "2", "t REO", "--to", "content", "--format", "json"]) == 0
    mixed = json.loads(capsys.readouterr().out)
    assert (mixed["value"], mixed["factor"]) == (None, None)
    assert mixed["low"] < 2 / 1.2 < mixed["high"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("658 Mt rare metals", "--to", "REO"), "does not say clearly what its tonnes are tonnes of"),
        (("1 t lithium ore", "--to", "LCE"), "needs a grade"),
        (("1 t Li", "--to", "V2O5"), "V2O5 counts vanadium, and no lithium"),
        (("1 t REO", "--to", "content", "--basket", "Nd=0.2"), "sum to 0.2"),
        (("1 ton Li", "--to", "LCE"), "ambiguous"),
    ],
)
def test_a_forbidden_conversion_exits_1_with_the_reason(
    words: tuple[str, ...], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", *words]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert reason in err
