"""Claims against editions: all claims of the seeds, hostile ones, and laws."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.checks import Check, EditionRef, check_all
from dashboard.analysis.part_of import part_checks
from dashboard.analysis.precision import Interval, agrees, precision
from loaders.documents import read_seeds
from loaders.model import Claim
from loaders.store import bundled_folder
from loaders.units.bases import convert_table
from loaders.vocabulary import Basis, Kind, Measure, ReserveClass, Scheme
from tests.figures import bundled, bundled_editions, check_claim, claim, observations, places

pytestmark = pytest.mark.slow

SEEDS = {item.id: item for item in read_seeds(bundled_folder("seeds")).claims}
USGS_2025 = EditionRef("usgs-mcs", "2025", "USGS")


@pytest.fixture(scope="module")
def of_seeds() -> dict[str, list[Check]]:
    return check_all(SEEDS.values(), bundled(), bundled_editions())


def only(item: Claim, table: pd.DataFrame) -> Check:
    """The claim against the edition of a table of one edition."""
    (found,) = check_claim(item, table, [USGS_2025])
    return found


# The seeds against the bundled editions ----------------------------------------------------------------

NO, UNLIKE = "cannot_check", "not_comparable"

OUTCOMES: list[tuple[str, list[str], list[float | None], list[float | None]]] = [
    ("russia-rare-metals-holdings", [NO] * 4, [None] * 4, [None] * 4),
    ("russia-rare-earths-holdings", [UNLIKE] * 4, [21e6, 10e6, 3.8e6, 3.8e6], [1.357, 2.85, 7.5, 7.5]),
    ("russia-rare-metals-share", [UNLIKE] * 4, [0.0087, 0.0074, 0.0064, 0.0067], [1.154, 1.346, 1.56, 1.5]),
    ("russia-rare-earths-rank", ["does_not_hold", "does_not_hold", "holds", "open"], [3, 4, 5, 4],
     [None] * 4),
    ("russia-ukraine-rare-earths-far-more", [NO] * 4, [None] * 4, [None] * 4),
    ("russia-ukraine-order-of-magnitude", [NO] * 4, [None] * 4, [None] * 4),
    ("ukraine-fund-early-drafts", [UNLIKE] * 4, [None] * 4, [None] * 4),
    ("ukraine-debt-500-billion", [UNLIKE] * 4, [None] * 4, [None] * 4),
    ("ukraine-debt-350-billion", [UNLIKE] * 4, [None] * 4, [None] * 4),
    ("ukraine-debt-100-billion", [UNLIKE] * 4, [None] * 4, [None] * 4),
    ("ukraine-revenue-contribution", [UNLIKE] * 4, [None] * 4, [None] * 4),
    ("ukraine-aid-smaller-than-fund", [UNLIKE] * 4, [None] * 4, [None] * 4),
]  # fmt: skip


def test_the_table_has_every_claim() -> None:
    assert {name for name, *_ in OUTCOMES} == set(SEEDS)


@pytest.mark.parametrize(
    ("name", "outcomes", "values", "ratios"), OUTCOMES, ids=[name for name, *_ in OUTCOMES]
)
def test_the_seeds(
    of_seeds: dict[str, list[Check]], name: str, outcomes: list[str], values: list[Any], ratios: list[Any]
) -> None:
    found = of_seeds[name]
    assert [item.edition for item in found] == ["2023", "2024", "2025", "2026"]
    assert [item.outcome for item in found] == outcomes
    assert [item.evidence_value for item in found] == [
        value and pytest.approx(value, rel=0.01) for value in values
    ]
    assert [item.ratio for item in found] == [ratio and pytest.approx(ratio, rel=0.01) for ratio in ratios]


REASONS = [
    ("russia-rare-metals-holdings", "The edition has no figures of rare metals."),
    ("russia-rare-earths-holdings", "stated no class; USGS counts reserves."),
    ("russia-rare-earths-holdings",
     "did not say clearly what the tonnes are tonnes of; USGS counts rare-earth oxide (REO)."),
    ("russia-rare-metals-share", "Rare metals are a wider group than rare earths."),
    ("russia-rare-metals-share", "did not state the stage of production"),
    ("russia-rare-earths-rank",
     "Not ranked, for want of a number: Madagascar, Myanmar (Burma), Malaysia, Nigeria."),
    ("russia-ukraine-rare-earths-far-more", "Ukraine has no row in the rare earths tables."),
    ("russia-ukraine-order-of-magnitude", "Ukraine has no row in the rare earths tables."),
    ("ukraine-fund-early-drafts", "No dataset here counts this: fund size."),
    ("ukraine-fund-early-drafts", "In early drafts only."),
    ("ukraine-debt-350-billion", "No dataset here counts this: debt."),
    ("ukraine-revenue-contribution", "No dataset here counts this: contribution from revenues."),
    ("ukraine-aid-smaller-than-fund", "No dataset here counts this: aid."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words"), REASONS)
def test_the_reasons_in_2025(of_seeds: dict[str, list[Check]], name: str, words: str) -> None:
    assert words in " ".join(of_seeds[name][2].reasons)


def test_fifth_holds_in_one_edition_of_four(of_seeds: dict[str, list[Check]]) -> None:
    """In the latest it is open: India, without a number there, had 6.9 Mt in the three before."""
    found = of_seeds["russia-rare-earths-rank"]
    assert {check.edition: check.outcome for check in found} == {
        "2023": "does_not_hold", "2024": "does_not_hold", "2025": "holds", "2026": "open",
    }  # fmt: skip
    assert (found[3].worst, found[3].ahead) == (5, ("India",))
    assert found[0].tied_with == ("Brazil",)


def test_an_answer_names_the_rows_that_it_rests_on(of_seeds: dict[str, list[Check]]) -> None:
    table = bundled()
    for found in of_seeds.values():
        for item in found:
            own = table[(table["edition"] == item.edition) & (table["mineral"] == "rare-earths")]
            keys = set(zip(own["file"], own["row"], own["column"], strict=True))
            assert set(item.rows) <= keys
            counted = not any(reason.startswith("No dataset here") for reason in item.reasons)
            assert bool(item.rows) == (counted and item.outcome != NO)


def test_a_check_of_one_claim_is_the_same_as_among_all(of_seeds: dict[str, list[Check]]) -> None:
    for name, item in SEEDS.items():
        assert check_claim(item, bundled(), bundled_editions()) == of_seeds[name]


def test_an_edition_does_not_change_when_another_is_added(of_seeds: dict[str, list[Check]]) -> None:
    """Only whether a rank is open depends on what other editions print for a country without a number."""
    table = bundled()
    for number, edition in enumerate(bundled_editions()):
        alone = check_all(SEEDS.values(), table[table["edition"] == edition.edition], [edition])
        beside = {name: found[number] for name, found in of_seeds.items()}
        assert {name for name, found in beside.items() if found != alone[name][0]} == {
            name for name, found in beside.items() if found.outcome == "open"
        }


# Precision ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "low", "high"),
    [
        ({"kind": Kind.SHARE, "printed_value": "1", "value": 0.01, "unit": "1"}, 0.005, 0.015),
        ({"printed_value": "28.5", "value": 28.5e6}, 28.45e6, 28.55e6),
        ({"printed_value": "658", "value": 658e6}, 657.5e6, 658.5e6),
        ({"printed_value": "2,500", "value": 2500.0}, 2499.5, 2500.5),
        ({"printed_value": "1.10", "value": 1.1e6}, 1.095e6, 1.105e6),
        ({"printed_value": "0", "value": 0.0}, -0.5, 0.5),
        ({"printed_value": "twice", "value": 2.0}, 2.0, 2.0),
        ({"printed_value": "-5", "value": -5.0}, -5.5, -4.5),
        ({"kind": Kind.RANK, "printed_value": "5", "value": 5.0, "unit": "rank"}, 5.0, 5.0),
        ({"value": 10.0, "lower": 3.0, "upper": 31.0}, 3.0, 31.0),
        ({"printed": "almost 70 percent", "printed_value": "70", "value": 0.7, "unit": "1"}, 0.65, 0.75),
        ({"printed": "около 270,000 т", "printed_value": "270,000", "value": 270e3}, 265e3, 275e3),
        ({"printed": "about 28.50 million", "printed_value": "28.50", "value": 28.5e6}, 28.495e6, 28.505e6),
        (
            {"printed": "almost 70 percent", "printed_value": "almost 70", "value": 0.7, "unit": "1"},
            0.65,
            0.75,
        ),
        ({"printed_value": "2'860", "value": 2860.0}, 2859.5, 2860.5),
        ({"printed_value": "58 000", "value": 58e3}, 57999.5, 58000.5),
        ({"printed_value": "28,5", "value": 28.5e6}, 28.45e6, 28.55e6),
        ({"printed_value": "one in 8", "value": 0.125, "unit": "1"}, 0.125, 0.125),
        ({"printed_value": "0.0", "value": 0.0}, -0.05, 0.05),
        ({"printed": "exactly 70 tonnes", "printed_value": "70", "value": 70.0}, 69.5, 70.5),
        ({"lower": 5.0}, 5.0, math.inf),
        ({"upper": 5.0}, -math.inf, 5.0),
    ],
)
def test_what_a_printed_number_stands_for(stated: dict[str, Any], low: float, high: float) -> None:
    found = precision(claim(**stated))
    assert found is not None
    assert found == pytest.approx((low, high))


# a share in words, the least and the most of the statistics that agree with it
FRACTIONS = [
    ("a third", 1 / 3, 0.293, 0.366),
    ("half", 0.5, 0.451, 0.549),
    ("two thirds", 2 / 3, 0.634, 0.708),
]


@pytest.mark.parametrize(("printed", "value", "least", "most"), FRACTIONS)
def test_a_fraction_in_words_is_what_is_nearer_to_it_than_to_another(
    printed: str, value: float, least: float, most: float
) -> None:
    def found(share: float) -> str:
        stated = part(value, printed) | {"printed_value": printed}
        return str(only(claim(**stated), places(WLD=1000, RUS=1000 * share)).outcome)

    assert [found(share) for share in (least - 0.002, least, value, most, most + 0.002)] == [
        "differs", "agrees", "agrees", "agrees", "differs"
    ]  # fmt: skip
    exact = precision(claim(**(part(value, "33.3") | {"printed_value": "33.3"})))
    assert exact
    assert exact.high - exact.low < 0.01


def test_no_amount_has_no_precision() -> None:
    assert precision(claim()) is None


@pytest.mark.parametrize(
    ("stated", "evidence", "answer"),
    [
        ((4, 6), (5, 5), True),
        ((4, 6), (6, 6), True),
        ((4, 6), (7, 7), False),
        ((4, 6), (5, 7), None),
        ((4, 6), (7, math.inf), False),
        ((4, 6), (5, math.inf), None),
        ((4, math.inf), (5, math.inf), True),
        ((4, 6), (0, 3), False),
        ((4, 6), (0, 9), None),
    ],
)
def test_agreement_of_intervals(
    stated: tuple[float, float], evidence: tuple[float, float], answer: bool | None
) -> None:
    assert agrees(Interval(*stated), Interval(*evidence)) is answer


# Hostile claims and hostile tables ------------------------------------------------------------------------

SHARE = {"kind": Kind.SHARE, "unit": "1", "compared_place": "WLD"}
RANK = {"kind": Kind.RANK, "unit": "rank", "compared_place": "WLD"}
RATIO = {"kind": Kind.RATIO, "unit": "1", "compared_place": "UKR"}


def amount(value: float, printed: str) -> dict[str, Any]:
    return {"value": value, "printed_value": printed}


def part(value: float, printed: str) -> dict[str, Any]:
    return {**SHARE, **amount(value, printed)}


def place(value: float) -> dict[str, Any]:
    return {**RANK, **amount(value, f"{value:g}")}


HOSTILE: list[tuple[str, dict[str, Any], dict[str, Any], str, float | None, str]] = [
    # quantities
    ("an amount that is printed", amount(5, "5"), {"RUS": 5}, "agrees", 5, ""),
    ("an amount within its precision", amount(5, "5"), {"RUS": 5.4}, "agrees", 5.4, ""),
    ("an amount beyond its precision", amount(5, "5.0"), {"RUS": 5.4}, "differs", 5.4,
     "The claim is 0.93 times the evidence."),
    ("ten times as much", amount(50, "50"), {"RUS": 5}, "differs", 5, "The claim is 10 times the evidence."),
    ("zero and zero", amount(0, "0"), {"RUS": 0}, "agrees", 0, ""),
    ("something and zero", amount(5, "5"), {"RUS": 0}, "differs", 0, "The evidence is zero."),
    ("less than nothing", amount(-5, "-5"), {"RUS": 5}, NO, None, "A negative number is no amount"),
    ("no amount", {}, {"RUS": 5}, NO, None, "No amount is stated."),
    ("withheld", amount(5, "5"), {"RUS": "Q"}, NO, None, "Russia has no number here; printed is: W."),
    ("not available", amount(5, "5"), {"RUS": "O"}, NO, None, "printed is: NA."),
    ("no row", amount(5, "5"), {"CHN": 5}, NO, None, "Russia has no row in the rare earths tables."),
    ("no table", amount(5, "5") | {"mineral": "lithium"}, {"RUS": 5}, NO, None,
     "The edition has no figures of lithium."),
    ("below a lower bound", amount(5, "5"), {"RUS": ">9"}, "differs", None, "The evidence is 9 t or more."),
    ("above a lower bound", amount(50, "50"), {"RUS": ">9"}, NO, None, "leaves it open"),
    ("above an upper bound", amount(50, "50"), {"RUS": "<9"}, "differs", None,
     "The evidence is at most 9 t."),
    ("below an upper bound", amount(5, "5"), {"RUS": "<9"}, NO, None, "leaves it open"),
    ("at least, and it is more", {"lower": 3.0}, {"RUS": 5}, "agrees", 5, ""),
    ("at least, and it is less", {"lower": 9.0}, {"RUS": 5}, "differs", 5, ""),
    ("at least, and printed as more", {"lower": 9.0}, {"RUS": ">9"}, "agrees", None, ""),
    ("a range around it", {"lower": 3.0, "upper": 6.0}, {"RUS": 5}, "agrees", 5, ""),
    ("a range beside it", {"lower": 6.0, "upper": 8.0}, {"RUS": 5}, "differs", 5, ""),
    ("the world", amount(9, "9") | {"place": "WLD"}, {"RUS": 5, "WLD": 9}, "agrees", 9, ""),
    ("on another basis", amount(5, "5") | {"basis": Basis.CONTENT}, {"RUS": 100}, "differs", None,
     "REO to contained elements"),
    ("too wide a range of factors", amount(82, "82") | {"basis": Basis.CONTENT}, {"RUS": 100}, NO, None,
     "leaves it open"),
    ("a quota, which no table has", amount(5, "5") | {"measure": Measure.QUOTA}, {"RUS": 5}, UNLIKE, None,
     "No dataset here that compares countries counts this: quota."),
    ("a grade", part(0.012, "1.2") | {"measure": Measure.GRADE}, {"RUS": 5, "WLD": 10}, UNLIKE, None,
     "No dataset here counts this: grade."),
    ("a change is no share", {**RATIO, **amount(0.5, "50"), "measure": Measure.PRODUCTION_CHANGE},
     {"RUS": 5, "UKR": 10, "WLD": 10}, UNLIKE, None, "No dataset here counts this: change of production."),
    ("a loan", {"kind": Kind.MONEY, "unit": "USD", "measure": Measure.LOAN, **amount(5, "5")}, {"RUS": 5},
     UNLIKE, None, "No dataset here counts this: loan."),
    ("a state balance",
     amount(5, "5") | {"reserve_class": ReserveClass.STATE_BALANCE, "scheme": Scheme.GKZ}, {"RUS": 5},
     UNLIKE, 5, "a state balance"),
    # shares
    ("a share", part(0.5, "50"), {"RUS": 5, "WLD": 10}, "agrees", 0.5, ""),
    ("a share, rounded", part(0.01, "1"), {"RUS": 6, "WLD": 1000}, "agrees", 0.006, ""),
    ("a share that rounds to less", part(0.01, "1"), {"RUS": 4, "WLD": 1000}, "differs", 0.004, "2.5 times"),
    ("no denominator", part(0.5, "50"), {"RUS": 5, "CHN": "O"}, NO, None,
     "There is no total that the share could be of."),
    ("a total of zero", part(0.5, "50"), {"RUS": 0, "WLD": 0}, NO, None, "There is no total"),
    ("no total, all rows have numbers", part(0.5, "50"), {"RUS": 5, "CHN": 5}, "agrees", 0.5,
     "the share is of the sum of the rows"),
    ("a total printed as more than", part(0.5, "50"), {"RUS": 5, "WLD": ">10"}, "agrees", 0.5,
     "at most this"),
    ("more than the bound allows", part(0.6, "60"), {"RUS": 5, "WLD": ">10"}, "differs", 0.5, "at most this"),
    ("less than the bound", part(0.4, "40"), {"RUS": 5, "WLD": ">10"}, NO, 0.5,
     "at most 50 %, leaves it open"),
    ("a share above one", part(1.5, "150"), {"RUS": 5, "WLD": 10}, "differs", 0.5, "3 times"),
    ("a share of the others", part(0.5, "50") | {"place": "OTH"}, {"OTH": 5, "WLD": 10}, NO, None,
     "not one country"),
    ("a share of another country", part(0.5, "50") | {"compared_place": "CHN"}, {"RUS": 5, "CHN": 10}, NO,
     None, "Only shares of the world total"),
    ("a share of a range", part(0.5, "50"), {"RUS": ">4", "WLD": 10}, NO, None, "leaves it open"),
    # ranks
    ("first", place(1), {"RUS": 5, "CHN": 4}, "holds", 1, ""),
    ("not first", place(1), {"RUS": 5, "CHN": 6}, "does_not_hold", 2, ""),
    ("tied first", place(1), {"RUS": 5, "CHN": 5}, "holds", 1, "Tied with China; ties take the best rank."),
    ("tied first, said to be second", place(2), {"RUS": 5, "CHN": 5}, "does_not_hold", 1, "Tied with China"),
    ("a withheld leader", place(1), {"RUS": 5, "CHN": "Q"}, "holds", 1,
     "Not ranked, for want of a number: China. The rank is at best this."),
    ("a bound that is certainly above", place(2), {"RUS": 5, "CHN": ">9"}, "holds", 2, ""),
    ("a bound that leaves it open", place(2), {"RUS": 5, "CHN": ">3"}, NO, 1,
     "Only bounds are printed for China: the rank is 1 to 2."),
    ("a bound, and wrong either way", place(3), {"RUS": 5, "CHN": ">3"}, "does_not_hold", 1,
     "the rank is 1 to 2"),
    ("a bound below", place(1), {"RUS": 5, "CHN": "<4"}, "holds", 1, ""),
    ("rank zero", place(0), {"RUS": 5}, NO, None, "Ranks are whole numbers from 1."),
    ("a negative rank", place(-1), {"RUS": 5}, NO, None, "A negative number"),
    ("half a rank", place(1.5), {"RUS": 5}, NO, None, "Ranks are whole numbers"),
    ("the rank of the world", place(1) | {"place": "WLD"}, {"RUS": 5, "WLD": 5}, NO, None, "not one country"),
    ("the rank of a withheld number", place(1), {"RUS": "Q", "CHN": 5}, NO, None, "no number here"),
    ("the rank among zeros", place(2), {"RUS": 0, "CHN": 5, "AUS": 0}, "holds", 2, "Tied with Australia"),
    ("a rank by resources",
     place(1) | {"measure": Measure.RESOURCES, "reserve_class": ReserveClass.RESOURCE}, {"RUS": 5}, UNLIKE,
     1, "resource"),
    # ratios
    ("twice as much", {**RATIO, **amount(2, "2")}, {"RUS": 10, "UKR": 5}, "agrees", 2, ""),
    ("not twice as much", {**RATIO, **amount(2, "2.0")}, {"RUS": 15, "UKR": 5}, "differs", 3, "0.67 times"),
    ("far more", {**RATIO, "lower": 1.0}, {"RUS": 15, "UKR": 5}, "holds", 3, ""),
    ("far more, and less", {**RATIO, "lower": 1.0}, {"RUS": 1, "UKR": 5}, "does_not_hold", 0.2, ""),
    ("compared with zero", {**RATIO, "lower": 1.0}, {"RUS": 15, "UKR": 0}, NO, None,
     "The edition prints zero for Ukraine."),
    ("compared with nothing", {**RATIO, "lower": 1.0}, {"RUS": 15}, NO, None, "Ukraine has no row"),
    ("compared with a withheld number", {**RATIO, "lower": 1.0}, {"RUS": 15, "UKR": "Q"}, NO, None,
     "Ukraine has no number here"),
    ("compared with a bound", {**RATIO, "lower": 1.0}, {"RUS": 15, "UKR": "<5"}, "holds", None, ""),
    ("compared with an open bound", {**RATIO, "lower": 1.0}, {"RUS": 15, "UKR": ">5"}, NO, None,
     "leaves it open"),
    ("compared with whom", {**RATIO, "lower": 1.0, "compared_place": None}, {"RUS": 15}, NO, None,
     "does not say with which place"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "cells", "outcome", "value", "words"),
    [case[1:] for case in HOSTILE],
    ids=[case[0] for case in HOSTILE],
)
def test_hostile(
    stated: dict[str, Any], cells: dict[str, Any], outcome: str, value: float | None, words: str
) -> None:
    found = only(claim(**stated), places(**cells))
    assert found.outcome == outcome, found.reasons
    assert found.evidence_value == (value if value is None else pytest.approx(value))
    assert words in " ".join(found.reasons)
    assert found.ratio is None or math.isfinite(found.ratio)


def test_a_total_without_the_producer_gives_the_producer_no_share() -> None:
    rows = places(WLD=100, USA=20, RUS=50).assign(**{"measure": "mine_production", "class": "not_applicable"})
    rows["note"] = rows["note"].mask(rows["place"] == "WLD", "Excludes U.S. production.")
    usual = part(0.5, "50") | {
        "measure": Measure.MINE_PRODUCTION,
        "reserve_class": ReserveClass.NOT_APPLICABLE,
    }
    own, other = (only(claim(**usual, **{"place": code}), rows) for code in ("USA", "RUS"))
    assert (own.outcome, own.reasons) == (NO, ("The printed world total leaves out: United States.",))
    assert (other.outcome, other.is_upper_bound) == ("agrees", True)


# the year that is stated, the number that is stated, the year it is held against
YEARS = [(None, 7, 2024), (2024, 7, 2024), (2023, 5, 2023), (1999, 5, 2023), (2030, 7, 2024)]


@pytest.mark.parametrize(("stated", "number", "year"), YEARS)
def test_the_year_that_is_stated_counts_or_the_nearest_and_else_the_latest(
    stated: int | None, number: int, year: int
) -> None:
    rows = observations(
        [{"place": "RUS", "value": 5.0, "year": 2023}, {"place": "RUS", "value": 7.0, "year": 2024}]
    )
    found = only(claim(**amount(number, str(number)), year=stated), rows)
    assert (found.outcome, found.year) == ("agrees", year)


@pytest.mark.parametrize(("stated", "outcome"), [(2024, "agrees"), (2030, NO), (1999, NO), (None, "agrees")])
def test_what_was_put_out_in_a_year_is_held_against_that_year_alone(stated: int | None, outcome: str) -> None:
    made = {"measure": Measure.MINE_PRODUCTION, "reserve_class": ReserveClass.NOT_APPLICABLE}
    rows = observations(
        [
            {
                "place": "RUS",
                "value": 7.0,
                "year": 2024,
                "measure": "mine_production",
                "class": "not_applicable",
            }
        ]
    )
    found = only(claim(**(amount(7, "7") | made | {"scheme": Scheme.NOT_APPLICABLE}), year=stated), rows)
    assert found.outcome == outcome
    if outcome == NO:
        assert found.reasons == (f"The edition has no such figures of {stated}; the nearest are of 2024.",)


def test_the_series_on_the_claims_basis_counts() -> None:
    rows = observations(
        [{"place": "RUS", "value": 5.0, "basis": "ore"}, {"place": "RUS", "value": 3.0, "basis": "REO"}]
    )
    assert only(claim(**amount(3, "3")), rows).outcome == "agrees"


def test_a_group_without_figures_is_held_against_a_member_but_not_for_amounts() -> None:
    rows = places(RUS=5, WLD=10)
    share, quantity = (claim(mineral="rare-metals", **stated) for stated in (part(0.5, "50"), amount(5, "5")))
    assert only(share, rows).outcome == UNLIKE
    assert only(quantity, rows).outcome == NO


def test_without_editions_there_are_no_checks() -> None:
    assert check_claim(claim(**amount(5, "5")), places(RUS=5), []) == []


def test_an_edition_that_is_not_there() -> None:
    (found,) = check_claim(claim(**amount(5, "5")), places(RUS=5), [EditionRef("usgs-mcs", "1999", "USGS")])
    assert (found.outcome, found.reasons) == (NO, ("The edition has no figures of rare earths.",))


@pytest.mark.parametrize(
    ("origin", "measure", "outcome"),
    [
        ("the USGS", Measure.RESERVES, "agrees"),
        ("U.S. Geological Survey", Measure.RESERVES, "agrees"),
        ("the United States Geological Survey", Measure.RESERVES, "agrees"),
        ("U.S. Geological Survey", Measure.HOLDINGS, UNLIKE),
        ("the ministry", Measure.RESERVES, UNLIKE),
    ],
)
def test_what_a_publisher_calls_reserves_is_what_it_prints(origin: str, measure: Measure, outcome: str):
    unsaid = {"reserve_class": ReserveClass.UNDEFINED, "scheme": Scheme.UNDEFINED, "basis": Basis.UNDEFINED}
    item = claim(**amount(5, "5"), **unsaid, measure=measure, chain=(origin, "the paper"))
    edition = EditionRef("usgs-mcs", "2025", "USGS", "US Geological Survey")
    (found,) = check_claim(item, places(RUS=5), [edition])
    assert (found.outcome, found.is_named) == (outcome, origin != "the ministry")


# Laws -----------------------------------------------------------------------------------------------


@given(stated=st.integers(1, 10**6), printed=st.integers(1, 10**6), total=st.integers(1, 10**6))
def test_converting_both_sides_changes_no_outcome(stated: int, printed: int, total: int) -> None:
    """Lithium in metal and the same in LCE: claim and evidence, amount and share."""
    rows = places(RUS=printed, WLD=max(total, printed)).assign(mineral="lithium", basis="content")
    as_lce, how = convert_table(rows, "LCE")
    assert how.factor is not None
    usual = {"mineral": "lithium", "basis": Basis.CONTENT, "lower": stated * 0.9, "upper": stated * 1.1}
    metal = claim(**usual)
    lce = claim(
        **usual | {"basis": Basis.LCE, "lower": stated * 0.9 * how.factor, "upper": stated * 1.1 * how.factor}
    )
    near_an_end = any(math.isclose(printed, stated * end, rel_tol=1e-9) for end in (0.9, 1.1))
    outcomes = {only(item, table).outcome for item in (metal, lce) for table in (rows, as_lce)}
    assert len(outcomes) == 1 or near_an_end


@given(
    value=st.integers(1, 10**6),
    cells=st.lists(st.integers(0, 10**6), min_size=1, max_size=4),
    order=st.randoms(),
)
def test_checks_do_not_depend_on_the_order_of_rows(value: int, cells: list[int], order: Any) -> None:
    rows = places(**dict(zip(["RUS", "CHN", "AUS", "WLD"], cells, strict=False)))
    shuffled = rows.sample(frac=1, random_state=order.randrange(2**32))
    for stated in (amount(value, str(value)), part(value / 10**6, "5"), place(value % 4 + 1)):
        one, other = (only(claim(**stated), table) for table in (rows, shuffled))
        assert (one.outcome, one.evidence_value, one.reasons) == (
            other.outcome,
            other.evidence_value,
            other.reasons,
        )


# Parts and wholes -----------------------------------------------------------------------------------


def test_the_ministrys_part_is_4_3_percent_of_its_whole() -> None:
    (found,) = part_checks(SEEDS.values())
    assert found.share is not None
    assert found.between is not None
    assert round(found.share, 3) == 0.043
    assert (round(found.between.low, 4), round(found.between.high, 4)) == (0.0432, 0.0434)
    assert found.fits
    assert found.reasons == ("The part is 4.33 % of the whole; the two must not be added.",)


def parts(*values: tuple[float, str], whole: dict[str, Any]) -> list[Any]:
    link = ({"relation": "part_of", "claim": "whole"},)
    own = [claim(id=f"part-{number}", links=link, **amount(*given)) for number, given in enumerate(values)]
    return part_checks([claim(id="whole", mineral="rare-metals", **whole), *own])


def test_parts_that_are_more_than_the_whole() -> None:
    found = parts((60, "60"), (50, "50"), whole=amount(100, "100"))
    assert [item.fits for item in found] == [False, False]
    assert "more than the whole of 100 t" in found[0].reasons[1]


def test_parts_that_fit_within_what_is_printed() -> None:
    assert all(item.fits for item in parts((60, "60"), (41, "41"), whole=amount(100, "100")))


@pytest.mark.parametrize(
    ("whole", "words"),
    [
        (amount(100, "100") | {"basis": Basis.ORE}, "not in the same unit and basis"),
        ({}, "without an amount"),
        (amount(0, "0"), "without an amount"),
    ],
)
def test_parts_that_cannot_be_reckoned(whole: dict[str, Any], words: str) -> None:
    (found,) = parts((60, "60"), whole=whole)
    assert found.share is None
    assert words in found.reasons[0]
