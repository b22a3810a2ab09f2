"""Ranks, shares, totals: the facts of the bundled editions, hostile tables, and laws on any table."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.rank import rank
from dashboard.analysis.rank_bounds import rank_standing
from dashboard.analysis.ranked_series import ranked_series
from dashboard.analysis.series import SERIES
from dashboard.analysis.totals import findings, left_out
from tests.figures import bundled, observations, places

pytestmark = pytest.mark.slow


def rare_earths(**wanted: Any) -> pd.DataFrame:
    table = bundled()
    rows = table[table["mineral"] == "rare-earths"]
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    return rows


def of(place: str, ranked: pd.DataFrame) -> dict[Any, Any]:
    (line,) = ranked[ranked["place"] == place].to_dict("records")
    return line


# Facts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "place", "tied"),
    [("2023", 3, True), ("2024", 4, False), ("2025", 5, False), ("2026", 4, False)],
)
def test_russias_rank_by_rare_earth_reserves(edition: str, place: int, tied: bool) -> None:
    russia = of("RUS", rank(rare_earths(measure="reserves", edition=edition)))
    assert (russia["rank"], russia["tied"]) == (place, tied)


def test_in_2023_the_tie_is_with_brazil() -> None:
    assert rank_standing(rank(rare_earths(measure="reserves", edition="2023")), "RUS").tied == ("BRA",)


def test_russias_share_of_output_in_2024() -> None:
    russia = of("RUS", rank(rare_earths(measure="mine_production", edition="2025", year=2024)))
    assert (russia["value"], russia["denominator"]) == (2500, 390_000)
    assert round(russia["share"], 4) == 0.0064
    assert russia["denominator_is"] == "printed"
    assert not russia["share_is_upper_bound"]


def test_russias_share_of_output_in_every_year() -> None:
    ranked = rank(rare_earths(measure="mine_production"))
    shares = ranked[ranked["place"] == "RUS"]
    assert set(shares["year"]) == {2021, 2022, 2023, 2024, 2025}
    assert round(shares["share"].min(), 4) == 0.0064
    assert round(shares["share"].max(), 4) == 0.0090


def test_russias_share_of_reserves_is_at_most() -> None:
    russia = of("RUS", rank(rare_earths(measure="reserves", edition="2025")))
    assert round(russia["share"], 3) == 0.042
    assert russia["share_is_upper_bound"]
    assert russia["denominator_is"] == "printed lower bound"


def test_the_total_of_2024_is_below_the_sum_of_its_rows() -> None:
    (found,) = findings(rare_earths()).to_dict("records")
    assert (found["edition"], found["measure"]) == ("2024", "reserves")
    assert (found["printed"], found["sum"]) == (110_000_000, 115_414_500)
    assert "110,000,000 t, is below the sum of its rows, 115,414,500" in found["finding"]


def test_a_total_that_is_only_rounded_is_no_finding() -> None:
    assert findings(places(WLD=100, CHN=60, RUS=44)).empty
    assert len(findings(places(WLD=100, CHN=60, RUS=91))) == 1
    assert len(findings(places(WLD=104, CHN=60, RUS=45))) == 1
    assert findings(places(WLD=0, CHN=0)).empty
    assert findings(places(WLD="O", CHN=5)).empty


def test_a_total_printed_as_more_than_is_no_finding() -> None:
    assert findings(rare_earths(edition="2025")).empty
    assert findings(places(WLD=">100", CHN=200)).empty


# Hostile tables -------------------------------------------------------------------------------------


def test_ties_take_the_best_rank_and_the_next_is_skipped() -> None:
    ranked = rank(places(WLD=100, AUS=30, BRA=30, CHN=25))
    assert [(line.place, line.rank, line.tied) for line in ranked.itertuples()] == [
        ("AUS", 1, True), ("BRA", 1, True), ("CHN", 3, False),
    ]  # fmt: skip


def test_zeros_are_ranked_and_tied() -> None:
    ranked = rank(places(WLD=5, AUS=5, BRA=0, CHN=0))
    assert ranked["rank"].tolist() == [1, 2, 2]
    assert ranked["share"].tolist() == [1, 0, 0]


@pytest.mark.parametrize("unknown", ["Q", "O", "M", "K", ">7", "<7"])
def test_what_has_no_number_is_not_ranked_and_stands_last(unknown: str) -> None:
    ranked = rank(places(WLD=10, AUS=unknown, BRA=3))
    assert ranked["place"].tolist() == ["BRA", "AUS"]
    assert math.isnan(ranked["rank"][1])
    assert math.isnan(ranked["share"][1])
    assert not ranked["tied"][1]


def test_aggregates_are_not_ranked() -> None:
    assert rank(places(WLD=10, OTH=5, BEL_LUX=3, FRA=2))["place"].tolist() == ["FRA"]


@pytest.mark.parametrize(
    ("cells", "denominator", "what"),
    [
        ({"WLD": 10, "AUS": 4, "BRA": 5}, 10, "printed"),
        ({"WLD": ">10", "AUS": 4, "BRA": 5}, 10, "printed lower bound"),
        ({"WLD": 9, "AUS": 4, "BRA": 9}, 13, "sum of rows above the total"),
        ({"WLD": 9, "AUS": 4, "OTH": 9}, 13, "sum of rows above the total"),
        ({"WLD": 4, "AUS": 4, "BRA": 0}, 4, "printed"),
        ({"AUS": 4, "BRA": 5, "OTH": 1}, 10, "sum of rows"),
        ({"AUS": 4, "BRA": "Q"}, None, "none"),
        ({"WLD": "O", "AUS": 4, "BRA": 5}, None, "none"),
        ({"WLD": 0, "AUS": 0, "BRA": 0}, None, "printed"),
    ],
)
def test_the_denominator_is_stated(cells: dict[str, Any], denominator: float | None, what: str) -> None:
    line = of("AUS", rank(places(**cells)))
    assert line["denominator_is"] == what
    assert line["share"] == pytest.approx(4 / denominator) if denominator else math.isnan(line["share"])


def part(place: str, name: str, **cells: Any) -> dict[str, Any]:
    """A row of a part of a country, named as the publisher names parts."""
    return {"place": place, "printed_name": f"{place} ({name})", "detail": name, **cells}


def test_the_parts_of_a_place_are_summed_and_one_missing_part_leaves_a_bound() -> None:
    rows = observations(
        [part("USA", "from wells", value=5.0), part("USA", "from stocks", value=3.0),
         part("CHN", "north", value=6.0), part("CHN", "south", status="Q"), {"place": "WLD", "value": 20.0}]
    )  # fmt: skip
    ranked = rank(rows)
    assert of("USA", ranked)["value"] == 8
    assert math.isnan(of("CHN", ranked)["value"])
    assert of("CHN", ranked)["lower"] == 6


# two rows of one place that are no parts of it
ONE_KEY: dict[str, list[dict[str, Any]]] = {
    "the same row twice": [{"value": 5.0}, {"value": 3.0}],
    "two forms under one name": [
        {"value": 5.0, "printed_name": "China", "detail": "carbonate"},
        {"value": 3.0, "printed_name": "China", "detail": "chloride"},
    ],
    "a whole and its part": [
        {"value": 5.0, "printed_name": "Germany"},
        {"value": 3.0, "printed_name": "Federal Republic", "detail": "Federal Republic"},
    ],
    "two names, one word": [
        {"value": 5.0, "printed_name": "Congo"},
        {"value": 3.0, "printed_name": "Congo, Democratic Republic"},
    ],
}


@pytest.mark.parametrize("case", ONE_KEY)
def test_two_rows_with_one_key_are_never_summed(case: str) -> None:
    twice = [{"place": "CHN", **row} for row in ONE_KEY[case]]
    rows = observations([*twice, {"place": "USA", "value": 4.0}, {"place": "WLD", "value": 20.0}])
    ranked = rank(rows)
    china, states = of("CHN", ranked), of("USA", ranked)
    assert (math.isnan(china["value"]), math.isnan(china["rank"]), math.isnan(china["share"])) == (True,) * 3
    assert (china["lower"], china["upper"], china["rows"]) == (3, 5, 2)
    assert (states["rank"], states["share"]) == (1, 0.2)
    (series,) = ranked_series(rows)
    assert sorted(series.rows.loc[series.rows["place"] == "CHN", "value"]) == [3, 5]


def test_without_a_printed_total_there_is_none_where_a_place_stands_twice() -> None:
    rows = observations(
        [{"place": "CHN", "value": 5.0}, {"place": "CHN", "value": 3.0}, {"place": "USA", "value": 4.0}]
    )
    assert of("USA", rank(rows))["denominator_is"] == "none"


def test_helium_of_the_united_states_is_the_sum_of_its_two_rows() -> None:
    helium = bundled().query("mineral == 'helium' and measure == 'reserves' and edition == '2024'")
    own = helium[helium["place"] == "USA"]
    assert (len(own), of("USA", rank(helium))["value"]) == (2, own["value"].sum())


def test_no_rows_no_ranks() -> None:
    empty = rank(places(WLD=1).iloc[:0])
    assert empty.empty
    assert {"place", "rank", "share", "left_out"} <= set(empty.columns)


# Totals that leave a producer out --------------------------------------------------------------------


LEFT_OUT = [
    ("rounded, excluding U.S. production", "mine_production", "USA"),
    ("rounded, excluding U.S. production", "reserves", ""),
    ("Estimated. -- Excludes U.S. production.", "production", "USA"),
    ("rounded, excluding United States", "reserves", "USA"),
    ("Excludes China", "mine_production", "CHN"),
    ("Excludes U.S. production. China also produces crude iodine, but", "mine_production", "USA+CHN"),
    ("Excludes U.S. production of pyrophyllite.", "mine_production", ""),
    ("Does not include U.S. production of attapulgite.", "mine_production", ""),
    ("Does not include production in the United States.", "mine_production", "USA"),
    ("Metric tons. Chile and Mexico, not included in world total, were thought", "production", "CHL+MEX"),
    ("rounded", "mine_production", ""),
    ("", "mine_production", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "measure", "codes"), LEFT_OUT)
def test_whom_a_total_leaves_out(text: str, measure: str, codes: str) -> None:
    assert left_out(text, measure) == codes


def test_a_place_left_out_has_no_share_and_the_others_at_most_theirs() -> None:
    rows = places(WLD=100, USA=20, CHN=50).assign(measure="mine_production")
    rows["note"] = rows["note"].mask(rows["place"] == "WLD", "Excludes U.S. production.")
    ranked = rank(rows)
    assert math.isnan(of("USA", ranked)["share"])
    assert of("USA", ranked)["rank"] == 2
    assert of("CHN", ranked)["share"] == 0.5
    assert of("CHN", ranked)["share_is_upper_bound"]
    assert set(ranked["left_out"]) == {"USA"}


def test_every_exclusion_in_the_bundled_editions_is_known() -> None:
    table = bundled()
    world = table[(table["place"] == "WLD") & table["measure"].str.endswith("production")]
    text = world["detail"] + " " + world["note"]
    says = text.str.contains("(?i)exclud|not include production|not included in world total")
    # Selenium and tellurium: countries whose output of another stage does not count.
    another_stage = text.str.contains("did not recover refined")
    partly = text.str.contains("production of pyrophyllite")
    rhenium = text.str.contains("Secondary rhenium production not included")
    unread = world[says & ~another_stage & ~partly & ~rhenium]
    pairs = zip(text[unread.index], unread["measure"], strict=True)
    assert [said for said, measure in pairs if not left_out(said, measure)] == []
    assert len(unread) > 50


# Where a place may stand ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("others", "best", "worst", "bounded", "blank"),
    [
        ({"AUS": 5, "BRA": 3}, 2, 2, (), ()),
        ({"AUS": 4, "BRA": 3}, 1, 1, (), ()),
        ({"AUS": "Q"}, 1, 1, (), ("AUS",)),
        ({"AUS": "O", "BRA": 9}, 2, 2, (), ("AUS",)),
        ({"AUS": ">5"}, 2, 2, (), ()),
        ({"AUS": ">4"}, 2, 2, (), ()),
        ({"AUS": ">3"}, 1, 2, ("AUS",), ()),
        ({"AUS": "<4"}, 1, 1, (), ()),
        ({"AUS": "<9"}, 1, 2, ("AUS",), ()),
        ({"AUS": "<9", "BRA": ">1", "CAN": 7}, 2, 4, ("AUS", "BRA"), ()),
    ],
)
def test_standing(
    others: dict[str, Any], best: int, worst: int, bounded: tuple[str, ...], blank: tuple[str, ...]
) -> None:
    stands = rank_standing(rank(places(RUS=4, **others)), "RUS")
    assert (stands.best, stands.worst) == (best, worst)
    assert stands.bounded == bounded
    assert stands.blank == blank


# Laws -------------------------------------------------------------------------------------------------

COUNTRIES = ["AUS", "BRA", "CAN", "CHN", "FRA", "IND", "RUS", "USA"]
cells = st.one_of(st.integers(0, 10**9), st.sampled_from(["Q", "O", ">7", "<7"]))
tables = st.dictionaries(st.sampled_from(COUNTRIES), cells, min_size=1).map(lambda found: places(**found))


def answer(ranked: pd.DataFrame) -> list[tuple[Any, ...]]:
    lines = ranked[["place", "rank", "tied", "share"]].sort_values("place").round({"share": 12})
    return [tuple(None if pd.isna(cell) else cell for cell in line) for line in lines.itertuples(index=False)]


@given(table=tables, order=st.randoms())
def test_ranks_do_not_depend_on_the_order_of_rows(table: pd.DataFrame, order: Any) -> None:
    rows = list(range(len(table)))
    order.shuffle(rows)
    assert answer(rank(table.iloc[rows])) == answer(rank(table))


@given(table=tables, factor=st.sampled_from([0.001, 0.2, 32.1507, 1000.0]))
def test_ranks_do_not_depend_on_the_unit(table: pd.DataFrame, factor: float) -> None:
    scaled = table.assign(**{name: table[name] * factor for name in ("value", "lower", "upper")})
    assert answer(rank(scaled)) == answer(rank(table))


@given(numbers=st.lists(st.integers(0, 10**9), min_size=1, max_size=8), rest=st.integers(0, 10**9))
def test_shares_of_a_whole_sum_to_at_most_one(numbers: list[int], rest: int) -> None:
    rows = dict(zip(COUNTRIES, numbers, strict=False))
    shares = rank(places(**rows, OTH=rest, WLD=sum(numbers) + rest))["share"]
    assert shares.sum() <= 1 + 1e-9


@given(one=tables, other=tables)
def test_an_edition_does_not_change_when_another_is_added(one: pd.DataFrame, other: pd.DataFrame) -> None:
    both = pd.concat([one, other.assign(edition="2026")], ignore_index=True)
    ranked = rank(both)
    assert answer(ranked[ranked["edition"] == "2025"]) == answer(rank(one))


def test_shares_of_the_bundled_editions_sum_to_one_but_for_rounding_and_findings() -> None:
    """Totals are rounded, some to one digit: without a finding their rows are at most 6 % above them."""
    ranked = rank(bundled())
    closed = ranked[~ranked["share_is_upper_bound"]]
    sums = closed.groupby(SERIES)["share"].sum()
    assert sums.max() < 1.08
    found = findings(bundled()).set_index(SERIES).index
    assert sums[~sums.index.isin(found)].max() < 1.06


def test_a_table_of_totals_alone_ranks_nobody() -> None:
    assert rank(places(WLD=52.0)).empty
    assert rank(places(WLD=52.0, OTH=2.0)).empty
