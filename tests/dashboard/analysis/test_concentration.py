"""Cumulative shares, concentration and years of reserves: facts, bounds, reasons."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis import scope
from dashboard.analysis.concentration import at_a_glance, concentration, with_cumulative
from dashboard.analysis.rank import rank
from dashboard.analysis.scope import groups, listed, members, newest_list
from dashboard.analysis.series import SERIES
from dashboard.words.shares import years_words
from loaders.names import critical_lists
from tests.figures import bundled, observations, places, years_of_reserves

pytestmark = pytest.mark.slow


def one(**cells: Any) -> dict[Any, Any]:
    (line,) = concentration(places(**cells)).to_dict("records")
    return line


CASES: list[tuple[str, dict[str, Any], float, float | None, str]] = [
    ("one country has all", {"WLD": 10, "AUS": 10}, 10_000, 10_000, "exact"),
    ("two halves", {"WLD": 10, "AUS": 5, "BRA": 5}, 5_000, 5_000, "exact"),
    ("some of the total is of others", {"WLD": 10, "AUS": 5, "OTH": 5}, 2_500, 5_000, "lower"),
    ("a country is withheld", {"WLD": 10, "AUS": 5, "BRA": "Q"}, 2_500, 5_000, "lower"),
    ("a total printed as more than", {"WLD": ">10", "AUS": 5, "BRA": 5}, 5_000, None, "upper"),
    ("more than, and others", {"WLD": ">10", "AUS": 5, "OTH": 5}, 2_500, None, "none"),
    ("no total, all have numbers", {"AUS": 5, "BRA": 5}, 5_000, None, "none"),
    ("one has as much as a rounded total", {"WLD": 9, "AUS": 9, "BRA": 1}, 8_200, 8_200, "exact"),
    ("a zero counts for nothing", {"WLD": 10, "AUS": 10, "BRA": 0}, 10_000, 10_000, "exact"),
]


@pytest.mark.parametrize(
    ("cells", "hhi", "at_most", "bound"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_the_index_and_its_bounds(
    cells: dict[str, Any], hhi: float, at_most: float | None, bound: str
) -> None:
    line = one(**cells)
    assert line["hhi"] == pytest.approx(hhi)
    assert line["hhi_at_most"] == pytest.approx(at_most) if at_most else math.isnan(line["hhi_at_most"])
    assert line["bound"] == bound


def test_the_largest_together() -> None:
    line = one(WLD=100, AUS=30, BRA=25, CAN=20, CHN=15, FRA=5, IND=5)
    assert (line["first"], line["countries"]) == ("AUS", 6)
    assert [line[name] for name in ("top_1", "top_3", "top_5")] == [
        pytest.approx(share) for share in (0.30, 0.75, 0.95)
    ]


def test_without_numbers_there_is_no_index() -> None:
    line = one(WLD=100, AUS="Q")
    assert math.isnan(line["hhi"])
    assert pd.isna(line["first"])
    assert (line["countries"], line["without_number"]) == (0, 1)


def test_cumulative_shares_run_from_the_largest() -> None:
    ranked = with_cumulative(rank(places(WLD=10, AUS=2, BRA=5, CAN="O", CHN=3)))
    assert ranked["place"].tolist() == ["BRA", "CHN", "AUS", "CAN"]
    assert ranked["cumulative"][:3].tolist() == pytest.approx([0.5, 0.8, 1.0])
    assert math.isnan(ranked["cumulative"][3])


def test_no_rows_no_lines() -> None:
    assert concentration(places(AUS=1).iloc[:0]).empty


def test_rare_earths_in_2025() -> None:
    table = concentration(bundled()[bundled()["mineral"] == "rare-earths"])
    (made,) = table[
        (table["edition"] == "2025") & (table["year"] == 2024) & (table["measure"] == "mine_production")
    ].to_dict("records")
    assert made["first"] == "CHN"
    assert made["top_1"] == pytest.approx(270 / 390)
    assert round(made["hhi"]) == 5024
    (held,) = table[(table["edition"] == "2025") & (table["measure"] == "reserves")].to_dict("records")
    assert (held["bound"], held["without_number"]) == ("none", 4)


@given(numbers=st.lists(st.integers(1, 10**6), min_size=2, max_size=8), digits=st.integers(0, 3))
def test_the_index_is_between_one_over_n_and_one(numbers: list[int], digits: int) -> None:
    codes = ["AUS", "BRA", "CAN", "CHN", "FRA", "IND", "RUS", "USA"]
    total = {"WLD": max(max(numbers), sum(numbers) // 10**digits * 10**digits)} if digits else {}
    line = one(**dict(zip(codes, numbers, strict=False)), **total)
    assert 10_000 / len(numbers) * (1 - 1e-9) <= line["hhi"] <= 10_000 * (1 + 1e-9)
    assert line["top_1"] <= line["top_3"] * (1 + 1e-9) <= line["top_5"] * (1 + 1e-9) ** 2


def test_no_country_among_several_has_all_in_any_table() -> None:
    """Shares and index of every bundled table, held against sums of what is printed."""
    table = bundled()
    parts = table[(table["place"] != "WLD") & (table["value"] > 0)]
    several = parts.groupby(SERIES)["place"].nunique()
    found = concentration(table).set_index(SERIES)
    found = found.loc[found.index.intersection(several[several > 1].index)]
    assert len(found) > 900
    assert found["top_1"].max() < 1
    assert found["hhi"].max() < 9_900
    gallium = found.loc[("usgs-mcs", "2026", "gallium", "primary_production", 2025, "content", "t")]
    assert gallium["hhi"] == pytest.approx(10_000 * (900**2 + 6**2 + 3**2) / 909**2)


# Years of reserves --------------------------------------------------------------------------------------


def held_and_made(reserves: dict[str, Any], production: dict[str, Any]) -> dict[Any, Any]:
    made = {"measure": "mine_production", "class": "not_applicable", "scheme": "not_applicable"}
    rows = [{"place": "CHN", **reserves}, {"place": "CHN", **made, **production}]
    (line,) = years_of_reserves(observations(rows)).to_dict("records")
    return line


YEARS: list[tuple[str, dict[str, Any], dict[str, Any], float | None, str]] = [
    ("the same basis", {"value": 100.0}, {"value": 5.0}, 20, ""),
    ("a lower bound of reserves", {"lower": 100.0}, {"value": 5.0}, 20, ""),
    ("ore and metal", {"value": 100.0, "basis": "ore"}, {"value": 5.0}, None,
     "Reserves are ore, production is rare-earth oxide (REO): the bases differ"),
    ("convertible bases", {"value": 100.0, "basis": "content"}, {"value": 5.0}, None, "the bases differ"),
    ("no number of reserves", {"status": "Q"}, {"value": 5.0}, None, "Reserves have no number"),
    ("neither", {"status": "Q"}, {"value": 5.0, "place": "RUS"}, None, "Reserves have no number"),
    ("no number of production", {"value": 100.0}, {"status": "Q"}, None, "Production has no number"),
    ("no production", {"value": 100.0}, {"value": 0.0}, None, "Nothing is produced"),
    ("another stage", {"value": 100.0}, {"value": 5.0, "measure": "refinery_production"}, None,
     "Mine production has no row"),
    ("another country", {"value": 100.0}, {"value": 5.0, "place": "RUS"}, None,
     "Mine production has no row"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("reserves", "production", "years", "reason"), [c[1:] for c in YEARS], ids=[c[0] for c in YEARS]
)
def test_years_of_reserves(
    reserves: dict[str, Any], production: dict[str, Any], years: float | None, reason: str
) -> None:
    line = held_and_made(reserves, production)
    assert line["years"] == years if years else math.isnan(line["years"])
    assert reason in line["reason"]
    assert bool(line["reason"]) == (years is None)
    assert line["at_least"] == ("lower" in reserves)


LEFT_OUT = "Excludes U.S. production"


@pytest.mark.parametrize(
    ("held", "made", "words"),
    [
        ({"value": 100.0}, {"note": LEFT_OUT}, "at most 20"),
        ({"lower": 100.0}, {"note": LEFT_OUT}, "about 20"),
        ({"value": 100.0, "note": "Excluding United States"}, {}, "at least 20"),
        ({"value": 100.0, "note": LEFT_OUT}, {}, "20"),
        ({"value": 20.0}, {"note": LEFT_OUT}, "at most 4"),
        ({"value": 10_895.0}, {}, "2,200"),
        ({"value": 10_895.0, "note": "Excluding United States"}, {}, "at least 2,100"),
    ],
)
def test_what_a_total_leaves_out_bounds_the_years(
    held: dict[str, Any], made: dict[str, Any], words: str
) -> None:
    line = held_and_made({"place": "WLD", **held}, {"place": "WLD", "value": 5.0, **made})
    assert years_words(line) == words


def test_production_of_the_latest_year_counts() -> None:
    rows = observations(
        {"place": "CHN", "year": year, "measure": measure, "value": value}
        for year, measure, value in (
            (2024, "reserves", 100.0),
            (2023, "mine_production", 50.0),
            (2024, "mine_production", 5.0),
        )
    )
    (line,) = years_of_reserves(rows).to_dict("records")
    assert (line["years"], line["production_year"]) == (20, 2024)


@pytest.mark.parametrize("edition", ["2023", "2024", "2025", "2026"])
def test_years_of_iron_ore_are_of_its_iron_alone(edition: str) -> None:
    """Reserves are of crude ore, production of usable ore: two bases."""
    iron = bundled()[(bundled()["mineral"] == "iron-ore") & (bundled()["edition"] == edition)]
    brazil = years_of_reserves(iron).query("place == 'BRA'").set_index("basis")
    assert brazil.loc["content", "years"] > 0
    assert math.isnan(brazil.loc["ore", "years"])
    assert "the bases differ" in brazil.loc["ore", "reason"]


def test_chinas_rare_earths_would_last_163_years() -> None:
    table = years_of_reserves(
        bundled()[(bundled()["mineral"] == "rare-earths") & (bundled()["edition"] == "2025")]
    )
    by_place = table.set_index("place")
    assert round(by_place["years"]["CHN"]) == 163
    assert by_place["at_least"]["WLD"]
    assert "OTH" not in by_place.index


# Lists ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("critical_list", list(critical_lists().index))
@pytest.mark.parametrize("edition", ["2023", "2026"])
def test_every_mineral_of_a_list_has_one_line(critical_list: str, edition: str) -> None:
    table = at_a_glance(bundled(), critical_list, "usgs-mcs", edition)
    assert table["mineral"].tolist() == list(listed(critical_list))
    silent = table[table["reserves_measure"].isna() & table["production_measure"].isna()]
    assert (table["reason"] == "")[~table.index.isin(silent.index)].all()
    assert (silent["production_hhi"].isna()).all()
    lasting = table[table["years"].notna() & table["reserves_basis"].notna()]
    assert lasting["reserves_basis"].tolist() == lasting["production_basis"].tolist(), "a line of two bases"


@pytest.mark.parametrize(("year", "newest"), [("2024", "us-2025"), ("2028", "us-next")])
def test_the_newest_list_is_told_by_its_year(year: str, newest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table = critical_lists()
    table.loc["us-next"] = table.loc["us-2025"].replace("2025", year)
    monkeypatch.setattr(scope, "critical_lists", lambda: table)
    assert newest_list(("us-2022", "us-2025", "eu-2024", "us-next")) == newest


def test_rare_earths_at_a_glance() -> None:
    line = at_a_glance(bundled(), "us-2025", "usgs-mcs", "2025").set_index("mineral").loc["rare-earths"]
    assert (line["reserves_first"], line["production_first"], line["production_year"]) == ("CHN", "CHN", 2024)
    assert line["production_top_1"] == pytest.approx(270 / 390)
    assert line["years"] == pytest.approx(90_000_000 / 390_000)
    assert line["years_at_least"]


def test_a_member_without_figures_names_its_group() -> None:
    table = at_a_glance(bundled(), "us-2025", "usgs-mcs", "2025").set_index("mineral")
    assert table["reason"]["neodymium"] == "No figures of its own; it is counted in rare earths"
    assert table["reason"]["hafnium"] == "The edition has no figures of it"


def test_groups_and_members() -> None:
    assert groups("neodymium") == ("rare-earths", "rare-metals")
    assert "neodymium" in members("rare-earths")
    assert members("cobalt") == ()
    assert groups("monazite") == ("rare-earth-minerals", "rare-earths", "rare-metals")
    assert {"lithium-carbonate", "spodumene"} <= set(members("lithium"))
