"""Figures through the editions: what changed, by how much, and what the publisher says of it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from dashboard.analysis.revisions import revisions
from tests.figures import bundled, observations


def of(mineral: str, place: str, measure: str = "reserves") -> pd.DataFrame:
    table = bundled()
    rows = table[(table["mineral"] == mineral) & (table["measure"] == measure)]
    found = revisions(rows)
    return found[found["place"] == place].reset_index(drop=True)


def test_russias_rare_earth_reserves() -> None:
    russia = of("rare-earths", "RUS")
    assert russia["edition"].tolist() == ["2023", "2024", "2025", "2026"]
    assert russia["value"].tolist() == [21e6, 10e6, 3.8e6, 3.8e6]
    assert russia["change"][1:].tolist() == [-11e6, -6.2e6, 0]
    assert russia["ratio"][1:].tolist() == pytest.approx([0.476, 0.38, 1], rel=0.01)
    assert russia["previous_edition"].tolist() == ["", "2023", "2024", "2025"]
    assert set(russia["largest"]) == {11e6}


def test_the_most_revised_come_first() -> None:
    table = bundled()
    found = revisions(table[(table["mineral"] == "rare-earths") & (table["measure"] == "reserves")])
    countries = found[~found["place"].isin(["WLD", "OTH"])]["place"].drop_duplicates().tolist()
    assert countries[:2] == ["VNM", "RUS"]
    assert found["largest"].is_monotonic_decreasing


def test_production_is_compared_for_the_same_year() -> None:
    nigeria = of("rare-earths", "NGA", "mine_production")
    of_2024 = nigeria[nigeria["year"] == 2024]
    assert of_2024["value"].tolist() == [13_000, 1_500]
    assert of_2024["change"].tolist()[1] == -11_500
    assert not ((nigeria["year"] == 2023) & nigeria["change"].notna()).any()


def series(*cells: dict[str, Any]) -> pd.DataFrame:
    usual = {"place": "CHN", "mineral": "lithium", "basis": "content"}
    return revisions(
        observations({**usual, "edition": str(2023 + n), **cell} for n, cell in enumerate(cells))
    )


def test_a_number_that_goes_and_comes_back_has_no_change() -> None:
    found = series({"value": 5.0}, {"status": "Q"}, {"value": 7.0})
    assert found["change"].isna().all()
    assert found["ratio"].isna().all()


def test_zero_has_no_quotient() -> None:
    found = series({"value": 0.0}, {"value": 7.0})
    assert found["change"][1] == 7
    assert math.isnan(found["ratio"][1])


def test_a_change_of_basis_is_said_and_not_reckoned() -> None:
    found = series({"value": 5.0, "basis": "ore"}, {"value": 2.0, "basis": "content"}).sort_values("edition")
    assert found["change"].isna().all()
    assert found["reason"].tolist() == ["", "The basis changed: ore before, contained element or metal now."]


WHY = [
    ("Reserves for China and Chile were revised based on company reports.", "CHN", True),
    ("Reserves for Chile, Peru, and “Other countries” were revised based on company reports.", "CHN", False),
    ("Reserves for Chile, Peru, and “Other countries” were revised based on company reports.", "OTH", True),
    ("Reserves for Papua New Guinea were revised based on company reports.", "GIN", False),
    ("Reserves for Guinea and Papua New Guinea were revised based on company reports.", "GIN", True),
    (
        "Reserves for Congo (Kinshasa), Turkey, and the United States were revised based on reports.",
        "TUR",
        True,
    ),
    ("Reserves for the United\N{NO-BREAK SPACE}States were revised based on reports.", "USA", True),
    ("Revised based on company reports.", "CHN", True),
    ("Revised based on company reports.", "OTH", False),
    ("Estimated. -- Reserves for China were revised based on reports.", "CHN", True),
    ("Reserves for China were estimated.", "CHN", False),
    ("Normalized to 45% Cr2O3. revised based on Government reports.", "CHN", True),
]


@pytest.mark.parametrize(("note", "place", "told"), WHY)
def test_the_publishers_reason(note: str, place: str, told: bool) -> None:
    """The note stands beside the row of China; a sentence that names countries speaks of these."""
    rows = [
        {
            "place": code,
            "edition": edition,
            "value": value,
            "note": note if (code, edition) == ("CHN", "2026") else "",
        }
        for code in ("CHN", "OTH", "GIN", "TUR", "USA")
        for edition, value in (("2025", 5.0), ("2026", 7.0))
    ]
    found = revisions(observations(rows))
    (why,) = found[(found["place"] == place) & (found["edition"] == "2026")]["why"]
    assert bool(why) == told
    assert "Estimated" not in why
    assert not told or "evised based on" in why


def test_a_number_that_stays_needs_no_reason() -> None:
    rows = [
        {"place": "CHN", "edition": edition, "value": 5.0, "note": "Revised based on company reports."}
        for edition in ("2025", "2026")
    ]
    assert revisions(observations(rows))["why"].tolist() == ["", ""]


def test_usgs_says_why_congos_copper_reserves_were_revised() -> None:
    congo = of("copper", "COD").set_index("edition")
    assert congo["change"]["2024"] == 49_000_000
    assert congo["why"]["2024"].endswith("were revised based on company and Government reports.")


def test_an_edition_does_not_change_the_lines_of_those_before() -> None:
    table = bundled()
    rows = table[(table["mineral"] == "lithium") & (table["measure"] == "reserves")]
    keys = ["place", "basis", "edition"]
    columns = [*keys, "value", "previous", "change", "ratio", "why", "reason"]
    whole = revisions(rows)
    before = revisions(rows[rows["edition"] != "2026"])
    kept = whole[whole["edition"] != "2026"]
    one, other = (lines[columns].sort_values(keys, ignore_index=True) for lines in (before, kept))
    pd.testing.assert_frame_equal(one, other)
