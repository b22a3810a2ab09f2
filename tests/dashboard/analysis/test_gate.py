"""The comparability gate: pairs of figures, the expected answer, and words that the reason must hold."""

from __future__ import annotations

import pytest

from dashboard.analysis.gate import Figure, compare, figure_of_claim
from loaders.documents import read_seeds
from loaders.store import bundled_folder
from loaders.vocabulary import Basis, Kind, Measure, ReserveClass, Scheme
from tests.figures import figure, output

SAME = "comparable"
CONVERTS = "convertible"
APART = "not_comparable"

MINISTRY = figure(
    "the ministry",
    measure=Measure.HOLDINGS,
    reserve_class=ReserveClass.UNDEFINED,
    scheme=Scheme.UNDEFINED,
    basis=Basis.UNDEFINED,
)
GKZ = {"reserve_class": ReserveClass.STATE_BALANCE, "scheme": Scheme.GKZ}
SHARE = {"kind": Kind.SHARE, "unit": "1"}
RANK = {"kind": Kind.RANK, "unit": "rank"}
RATIO = {"kind": Kind.RATIO, "unit": "1"}
UNSTATED = {"reserve_class": ReserveClass.UNDEFINED, "scheme": Scheme.UNDEFINED}


def money(measure: Measure = Measure.FUND, unit: str = "USD") -> Figure:
    return output(
        "a draft",
        kind=Kind.MONEY,
        measure=measure,
        unit=unit,
        basis=Basis.NOT_APPLICABLE,
        mineral="critical-minerals",
    )


def metal(mineral: str, basis: Basis, said_by: str = "USGS") -> Figure:
    return output(said_by, mineral=mineral, basis=basis)


PAIRS: list[tuple[str, Figure, Figure, str, str]] = [
    # mineral scope
    ("the same series", figure(), figure(), SAME, ""),
    ("rare metals are not rare earths", figure(mineral="rare-metals"), figure(),
     APART, "Rare metals are a wider group than rare earths."),
    ("rare earths are part of rare metals", figure(), figure(mineral="rare-metals"),
     APART, "Rare earths are only a part of rare metals."),
    ("heavy rare earths are part", figure(mineral="rare-earths-heavy"), figure(),
     APART, "Heavy rare earths are only a part of rare earths."),
    ("a part of a part", figure(mineral="neodymium"), figure(mineral="rare-metals"),
     APART, "Neodymium is only a part of rare metals."),
    ("one rare earth", figure(), figure(mineral="neodymium"),
     APART, "Rare earths are a wider group than neodymium."),
    ("light and heavy", figure(mineral="rare-earths-light"), figure(mineral="rare-earths-heavy"),
     APART, "different minerals, both of the group rare earths"),
    ("two rare earths", figure(mineral="neodymium"), figure(mineral="dysprosium"),
     APART, "Neodymium and dysprosium are different minerals"),
    ("unlike minerals", figure(mineral="lithium"), figure(mineral="cobalt"),
     APART, "Lithium and cobalt are different minerals."),
    ("rare gases are not rare earths", figure(mineral="rare-gases"), figure(),
     APART, "different minerals"),
    ("yttrium is part of rare earths", figure(mineral="yttrium"), figure(), APART, "only a part"),
    ("platinum is part of its group", figure(mineral="platinum"), figure(mineral="platinum-group-metals"),
     APART, "Platinum is only a part of platinum-group metals."),
    ("ilmenite is part of titanium", figure(mineral="ilmenite"), figure(mineral="titanium"),
     APART, "only a part of titanium"),
    ("ore and metal are other minerals", figure(mineral="bauxite"), figure(mineral="aluminum"),
     APART, "different minerals"),
    ("critical is a list, one mineral is on it", figure(mineral="critical-minerals"),
     figure(mineral="lithium"),
     APART, "lithium is on 3 of the 3 lists"),
    ("critical is a list, one is not on it", figure(mineral="gypsum"), figure(mineral="critical-minerals"),
     APART, "gypsum is on none of the lists"),
    ("no mineral at all", figure(mineral=None), figure(), APART, "not about a mineral"),
    # measure and stage
    ("reserves and resources", figure(),
     figure("JORC", measure=Measure.RESOURCES, reserve_class=ReserveClass.RESOURCE),
     APART, "USGS counts reserves, JORC resources."),
    ("reserves and output", figure(), output(),
     APART, "One states reserves, the other mine production."),
    ("capacity and output", output(measure=Measure.CAPACITY), output(), APART, "states capacity"),
    ("mine and refinery", output(), output("BGS", measure=Measure.REFINERY_PRODUCTION),
     APART, "The stages differ: USGS counts mine production, BGS refinery production."),
    ("mine and smelter", output(), output(measure=Measure.SMELTER_PRODUCTION),
     APART, "The stages differ"),
    ("primary and secondary", output(measure=Measure.PRIMARY_PRODUCTION),
     output(measure=Measure.SECONDARY_PRODUCTION),
     APART, "The stages differ"),
    ("mined and synthetic", output(), output(measure=Measure.SYNTHETIC_PRODUCTION),
     APART, "The stages differ"),
    ("no stage stated", output("the paper", measure=Measure.PRODUCTION), output(),
     APART, "The paper does not state the stage of production; USGS counts mine production."),
    ("no stage, the other way round", output(), output("BGS", measure=Measure.PRODUCTION),
     APART, "BGS does not state the stage of production"),
    ("no stage stated by either, one source", output(measure=Measure.PRODUCTION),
     output(measure=Measure.PRODUCTION),
     SAME, ""),
    ("the same stage", output(), output("BGS"), SAME, ""),
    # class and scheme
    ("no class stated", MINISTRY, figure(),
     APART, "The ministry states no class; USGS counts reserves."),
    ("no basis stated either", MINISTRY, figure(),
     APART, "The ministry does not say clearly what its tonnes are tonnes of"),
    ("one ministry's own figures", MINISTRY, MINISTRY, SAME, ""),
    ("two that state no class", MINISTRY, MINISTRY._replace(said_by="the paper"),
     APART, "Neither the ministry nor the paper states a class"),
    ("a state balance and reserves", figure("GKZ", **GKZ), figure(),
     APART, "GKZ counts a state balance, USGS reserves."),
    ("two state balances", figure("GKZ", **GKZ), figure("GKZ", **GKZ), SAME, ""),
    ("a state balance is never converted", figure("GKZ", **GKZ, mineral="lithium", basis=Basis.CONTENT),
     figure("GKZ", **GKZ, mineral="lithium", basis=Basis.LI2O),
     APART, "never converted"),
    ("reserves of two schemes", figure("CRIRSCO", scheme=Scheme.CRIRSCO), figure(),
     APART, "CRIRSCO uses CRIRSCO family, USGS uses USGS Circular 831"),
    ("a scheme against none", figure("the paper", scheme=Scheme.UNDEFINED), figure(),
     APART, "the paper names no classification"),
    ("prognostic amounts", figure("GKZ", reserve_class=ReserveClass.PROGNOSTIC, scheme=Scheme.GKZ), figure(),
     APART, "prognostic amounts"),
    ("measured and inferred",
     figure("A", measure=Measure.RESOURCES, reserve_class=ReserveClass.MEASURED_INDICATED),
     figure("B", measure=Measure.RESOURCES, reserve_class=ReserveClass.INFERRED),
     APART, "A counts measured and indicated resources, B inferred resources."),
    ("Chinese and US reserves", figure("MNR", scheme=Scheme.GBT17766), figure(),
     APART, "Chinese GB/T 17766"),
    # basis
    ("lithium as metal and as LCE", metal("lithium", Basis.CONTENT), metal("lithium", Basis.LCE, "BGS"),
     CONVERTS, "× 5.323, Li to LCE"),
    ("lithium as oxide and metal", metal("lithium", Basis.LI2O), metal("lithium", Basis.CONTENT),
     CONVERTS, "× 0.465"),
    ("vanadium and its oxide", metal("vanadium", Basis.CONTENT), metal("vanadium", Basis.V2O5),
     CONVERTS, "× 1.785"),
    ("tungsten and its oxide", metal("tungsten", Basis.WO3), metal("tungsten", Basis.CONTENT),
     CONVERTS, "WO3"),
    ("mixed rare earths have a range", output(), output("BGS", basis=Basis.CONTENT),
     CONVERTS, "REO to contained elements"),
    ("one rare earth has one factor", metal("neodymium", Basis.REO), metal("neodymium", Basis.CONTENT),
     CONVERTS, "Nd"),
    ("reserves convert too", figure(mineral="niobium", basis=Basis.CONTENT),
     figure(mineral="niobium", basis=Basis.NB2O5),
     CONVERTS, "× 1.431"),
    ("gross weight needs a grade", metal("manganese", Basis.GROSS), metal("manganese", Basis.CONTENT),
     APART, "needs a grade"),
    ("ore needs a grade", metal("iron-ore", Basis.ORE), metal("iron-ore", Basis.CONTENT),
     APART, "needs a grade"),
    ("a basis against none", metal("lithium", Basis.UNDEFINED, "WMD"), metal("lithium", Basis.CONTENT),
     APART,
     "WMD does not say clearly what its tonnes are tonnes of; USGS counts contained element or metal."),
    ("no basis stated by one source", metal("barite", Basis.UNDEFINED), metal("barite", Basis.UNDEFINED),
     SAME, ""),
    ("no basis stated by two sources", metal("barite", Basis.UNDEFINED),
     metal("barite", Basis.UNDEFINED, "BGS"),
     APART, "Neither USGS nor BGS says what its tonnes are tonnes of."),
    ("the oxide of another element", metal("lithium", Basis.CONTENT), metal("lithium", Basis.V2O5),
     APART, "counts vanadium"),
    ("another basis, another stage too", output(mineral="lithium", basis=Basis.CONTENT),
     output(mineral="lithium", basis=Basis.LCE, measure=Measure.REFINERY_PRODUCTION),
     APART, "The stages differ"),
    # kind and unit
    ("an amount and a share", figure(), figure(**SHARE),
     APART, "One is a quantity, the other a share."),
    ("a rank and a share", figure(**RANK), figure(**SHARE),
     APART, "One is a rank, the other a share."),
    ("tonnes and carats", output(mineral="gemstones"), output(mineral="gemstones", unit="ct"),
     APART, "One is in tonnes, the other in carats"),
    ("tonnes and cubic metres", output(mineral="helium"), output(mineral="helium", unit="m3"),
     APART, "cubic metres"),
    ("tonnes and dollars", money(), figure(),
     APART, "One is a sum of money, the other a quantity."),
    ("two ranks", figure(**RANK), figure("A", **RANK), SAME, ""),
    ("ranks on two bases", figure(**RANK), figure("A", **RANK, basis=Basis.CONTENT), SAME, ""),
    ("a rank by a word, against reserves", figure("the paper", **RANK, **UNSTATED), figure(**RANK),
     SAME, ""),
    ("a share by a word, against reserves", figure("the paper", **SHARE, **UNSTATED), figure(**SHARE),
     SAME, ""),
    ("a ratio of resources, against reserves", figure("A", **RATIO, **UNSTATED, measure=Measure.RESOURCES),
     figure(**RATIO),
     APART, "A does not define “resources”"),
    ("a share of output, stage not stated", output("the paper", **SHARE, measure=Measure.PRODUCTION),
     output(**SHARE),
     APART, "does not state the stage"),
    # money
    ("two sums for one purpose", money(), money(), SAME, ""),
    ("a fund and a debt", money(), money(Measure.DEBT),
     APART, "One states fund size, the other debt."),
    ("two currencies", money(), money(unit="EUR"), APART, "One is in USD, the other in EUR"),
    # place, period, edition
    ("two countries", figure(place="RUS"), figure(place="CHN"), SAME, ""),
    ("a country and the world", figure(place="RUS"), figure(place="WLD"),
     APART, "The world total counts Russia too"),
    ("the others and the world", figure(place="WLD"), figure(place="OTH"),
     APART, "The world total counts the other countries too"),
    ("a country and the others", figure(place="RUS"), figure(place="OTH"), SAME, ""),
    ("a group and its member", figure(place="BEL+LUX"), figure(place="LUX"),
     APART, "have a country in common"),
    ("a group and another country", figure(place="BEL+LUX"), figure(place="FRA"), SAME, ""),
]  # fmt: skip


def test_the_table_is_large_enough_and_names_each_case_once() -> None:
    names = [case[0] for case in PAIRS]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize(
    ("one", "other", "outcome", "words"), [case[1:] for case in PAIRS], ids=[c[0] for c in PAIRS]
)
def test_the_gate(one: Figure, other: Figure, outcome: str, words: str) -> None:
    gate = compare(one, other)
    assert gate.outcome == outcome
    assert words in " ".join(gate.reasons)
    assert bool(gate.reasons) == (outcome != SAME)
    assert (gate.conversion is not None) == (outcome == CONVERTS)


@pytest.mark.parametrize(
    ("one", "other", "outcome"), [case[1:4] for case in PAIRS], ids=[c[0] for c in PAIRS]
)
def test_the_gate_is_the_same_from_both_sides(one: Figure, other: Figure, outcome: str) -> None:
    assert compare(other, one).outcome == outcome


@pytest.mark.parametrize(
    ("one", "other", "outcome", "words"), [case[1:] for case in PAIRS], ids=[c[0] for c in PAIRS]
)
def test_reasons_are_whole_sentences(one: Figure, other: Figure, outcome: str, words: str) -> None:
    for reason in compare(one, other).reasons:
        assert reason.endswith(".")
        assert reason.strip() == reason
        assert "None" not in reason


def test_conversions_from_both_sides_undo_each_other() -> None:
    for _, one, other, outcome, _ in PAIRS:
        if outcome == CONVERTS:
            there, back = compare(one, other).conversion, compare(other, one).conversion
            assert there is not None
            assert back is not None
            assert there.low * back.high == pytest.approx(1)
            assert there.high * back.low == pytest.approx(1)


def test_the_range_of_mixed_rare_earths() -> None:
    how = compare(output(basis=Basis.CONTENT), output()).conversion
    assert how is not None
    assert how.factor is None
    assert (round(how.low, 2), round(how.high, 2)) == (1.14, 1.27)


def test_the_ministrys_total_and_its_part() -> None:
    claims = {claim.id: claim for claim in read_seeds(bundled_folder("seeds")).claims}
    whole, part = (figure_of_claim(claims[f"russia-rare-{name}-holdings"]) for name in ("metals", "earths"))
    assert compare(part, whole).reasons == ("Rare earths are only a part of rare metals.",)
