"""A stated rank beside the order of one edition: the table that its check rests on, as Explore shows it."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from dashboard.analysis.checks import Check
from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics.ranking import ALL, Choice, ranked_view
from dashboard.topics.statements.ranks import ranked_claim_view
from loaders.vocabulary import Measure
from tests.figures import check_claim
from tests.specs import drawn, marks, panels


class Ranked(NamedTuple):
    view: View
    check: Check


def ranked(data: Snapshot, mineral: str, measure: Measure, place: str, edition: str) -> Ranked:
    """The claim that a place ranks fifth, in an edition of USGS."""
    stated = {"mineral": mineral, "measure": measure, "place": place}
    claim = data.claim("russia-rare-earths-rank").model_copy(update=stated)
    checks = check_claim(claim, data.observations, data.editions)
    view = ranked_claim_view(claim, checks, f"usgs-mcs.{edition}", data)
    assert view is not None
    return Ranked(view, next(check for check in checks if check.edition == edition))


@pytest.mark.slow
def test_a_corrected_world_total_is_said_to_be_corrected(data: Snapshot) -> None:
    """USGS prints 21,000 tons of vanadium reserves, and means thousands."""
    view = ranked(data, "vanadium", Measure.RESERVES, "CHN", "2026").view
    (panel,) = panels(view)
    assert panel.subtitle == "World total as corrected (rounded): 21 Mt."
    assert "as printed" not in f"{drawn(view).alt} {drawn(view).subtitle} {view.cards[0].facts}"
    assert "*" in [mark.sign for mark in view.marks]


@pytest.mark.slow
def test_one_year_stands_on_the_axis_that_of_the_check(data: Snapshot) -> None:
    """USGS 2025 prints mine production of 2023 and 2024."""
    view, check = ranked(data, "rare-earths", Measure.MINE_PRODUCTION, "CHN", "2025")
    found = marks(view)
    assert check.year == 2024
    assert set(found["year"]) == {check.year}
    assert not found["place"].duplicated().any()
    assert found.loc[found["place"] == "CHN", "emphasis"].tolist() == [True]
    assert drawn(view).title.startswith(
        "Mine production of rare earths: China is 1st with 270 kt, 69 % of the world total"
    )
    assert set(drawn(view).table["year"]) == {"2024"}


TABLES = [
    ("rare-earths", Measure.RESERVES, "RUS", "2023"),
    ("rare-earths", Measure.MINE_PRODUCTION, "RUS", "2023"),
    ("lithium", Measure.MINE_PRODUCTION, "USA", "2024"),
    ("copper", Measure.REFINERY_PRODUCTION, "CHL", "2026"),
    ("vanadium", Measure.RESERVES, "CHN", "2025"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("mineral", "measure", "place", "edition"), TABLES)
def test_it_is_what_explore_shows_of_that_table(
    data: Snapshot, mineral: str, measure: Measure, place: str, edition: str
) -> None:
    view, check = ranked(data, mineral, measure, place, edition)
    (year,) = set(marks(view)["year"])
    assert check.year in (year, None)  # a place without a number has no rank to check
    choice = Choice(mineral, str(measure), f"usgs-mcs.{edition}", year, (place,), which=ALL)
    explored = ranked_view("explore", choice, data)
    for part in ("title", "subtitle", "source", "alt"):
        assert getattr(drawn(view), part) == getattr(drawn(explored), part)
    assert view.notes == explored.notes
    assert drawn(view).table.equals(drawn(explored).table)
