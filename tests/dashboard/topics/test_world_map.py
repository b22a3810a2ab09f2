"""The map: what is shaded, what has no place on it, and that nothing of the table is lost."""

from __future__ import annotations

import math
from typing import Any

import pytest

from dashboard.boundaries.shapes import world
from dashboard.charts.chart import APART, Map
from dashboard.charts.view import View
from dashboard.drawing.draw import sketch
from dashboard.exports import EXPORTS
from dashboard.exports.choices import Choices
from dashboard.topics import view_of
from tests.exported import unlike_files
from tests.figures import bundled_data
from tests.specs import drawn, marks


def shown(**asked: str) -> View:
    return view_of("map", bundled_data(), **asked)


def drawing(view: View) -> Map:
    found = drawn(view).drawing
    assert isinstance(found, Map)
    return found


def mark(view: View, place: str) -> dict[str, object]:
    lines = marks(view).set_index("place")
    return dict(lines.loc[place])


RARE_EARTHS = {"mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.2025"}


def test_reserves_of_rare_earths_in_the_edition_of_2025() -> None:
    view = shown(**RARE_EARTHS)
    assert drawn(view).title.startswith("China holds at most 49 % of the world’s reserves of rare earths")
    assert drawing(view).classes[-1] == "10 Mt and more"
    china, russia, nigeria = (mark(view, code) for code in ("CHN", "RUS", "NGA"))
    assert (china["value"], china["shade"], china["words"]) == (44e6, 4, "44 Mt")
    assert (russia["value"], russia["shade"], russia["state"]) == (3.8e6, 3, "value")
    assert (nigeria["shade"], nigeria["state"]) == (-1, "not available")
    assert math.isnan(float(str(nigeria["value"])))
    assert dict(view.facts)["not on the map"] == "Other countries: not available."
    assert "more than 90 Mt" in dict(view.facts)["world total"]


STATES = [
    ("withheld", {"mineral": "lithium", "measure": "mine_production", "edition": "usgs-mcs.2025"}, "USA", -1),
    ("estimate", {"mineral": "cobalt", "measure": "mine_production", "edition": "usgs-mcs.2025"}, "COD", 3),
    ("zero", {"mineral": "niobium", "measure": "mine_production", "edition": "usgs-mcs.2025"}, "USA", -1),
]


@pytest.mark.parametrize(("state", "asked", "place", "shade"), STATES, ids=[case[0] for case in STATES])
def test_withheld_estimated_and_zero_stay_apart(
    state: str, asked: dict[str, str], place: str, shade: int
) -> None:
    found = mark(shown(**asked), place)
    assert (found["state"], found["shade"]) == (state, shade)


SIGNS = [
    ("corrected", {"mineral": "iron-ore", "measure": "reserves", "edition": "usgs-mcs.2025"}, "*"),
    ("later release", {"mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.2026"}, "†"),
]


@pytest.mark.parametrize(("asked", "sign"), [case[1:] for case in SIGNS], ids=[case[0] for case in SIGNS])
@pytest.mark.parametrize("by", ["amount", "share", "rank"])
def test_a_figure_that_is_not_as_printed_has_its_sign_on_the_map(
    asked: dict[str, str], sign: str, by: str
) -> None:
    view = shown(**asked, by=by)
    lines = marks(view)
    signed = lines[lines["words"].str.endswith(f" {sign}")]
    assert len(signed) > 0
    assert signed["hover"].str.contains(f"\n{sign} ", regex=False).all()
    assert sign in [item.sign for item in view.marks] or f" {sign} " in drawn(view).source
    written = [str(note["text"]) for note in sketch(drawn(view), 900).layout["annotations"]]
    assert sum(f"{sign}</b>" in text for text in written) == len(signed)


def test_shares_and_ranks_shade_the_same_countries() -> None:
    share, rank = (shown(**RARE_EARTHS, by=by) for by in ("share", "rank"))
    assert mark(share, "CHN")["words"] == "at most 49 %"
    assert drawing(share).heading == "Share of the world’s reserves of rare earths, 2024"
    assert drawing(rank).classes == ("11th and after", "4th to 10th", "2nd and 3rd", "1st")
    assert (mark(rank, "CHN")["shade"], mark(rank, "RUS")["words"]) == (3, "5th")
    assert drawing(rank).lowest_first
    assert set(marks(share)["place"]) == set(marks(rank)["place"])


def test_a_chosen_country_is_outlined_named_and_has_its_card() -> None:
    view = shown(**RARE_EARTHS, places="RUS,BRA,UKR")
    assert sorted(marks(view).loc[marks(view)["emphasis"], "place"]) == ["BRA", "RUS"]
    assert "Russia is 5th with 3.8 Mt" in drawn(view).title
    assert "No row here: Ukraine." in view.notes
    assert [dict(card.facts).get("place") for card in view.cards] == [None, "Brazil", "Russia"]


def test_what_counts_something_else_is_listed_with_its_numbers() -> None:
    view = shown(mineral="iron-ore", measure="reserves", edition="usgs-mcs.2025")
    assert view.why is not None
    told = " ".join(view.why.sentences)
    assert "contained element or metal" in told
    assert "Australia: 58,000 Mt" in told
    assert mark(view, "AUS")["value"] == 27e9


def test_the_table_has_every_row_and_the_files_have_the_table() -> None:
    data = bundled_data()
    view = shown(mineral="iron-ore", measure="reserves", edition="usgs-mcs.2025")
    table = data.observations
    rows = table[(table["mineral"] == "iron-ore") & (table["measure"] == "reserves")]
    rows = rows[rows["edition"] == "2025"]
    assert len(drawn(view).table) == len(rows)
    assert sorted(drawn(view).table["place"]) == sorted(rows["place"])
    assert list(unlike_files(view)) == []


def test_whose_boundaries_these_are_stands_in_every_map() -> None:
    view = shown(**RARE_EARTHS)
    assert "Natural Earth" in drawn(view).source
    assert "take no position" in drawn(view).source
    assert any("United Nations" in text for text in view.notes)


def test_claims_are_counted_by_country_and_listed() -> None:
    view = shown(mineral="rare-earths", by="claims")
    claims = [claim for claim in bundled_data().seeds.claims if claim.mineral == "rare-earths"]
    placed = [claim for claim in claims if claim.place in world().shapes]
    assert marks(view)["value"].sum() == len(placed) == len(drawn(view).table)
    russia = mark(view, "RUS")
    assert russia["words"] == f"{sum(claim.place == 'RUS' for claim in placed)} claims"
    assert dict(view.facts)["not counted"].endswith("about other minerals, or about none.")


def test_a_mineral_of_which_nothing_is_claimed_says_so() -> None:
    assert (
        shown(mineral="helium", by="claims").empty
        == "No document states anything about helium and a country."
    )


def test_every_line_of_a_map_has_a_place_on_it_and_nothing_is_apart_without_a_reason() -> None:
    for mineral in ("copper", "gold", "zirconium", "gallium"):
        view = shown(mineral=mineral)
        assert set(marks(view)["place"]) <= set(world().shapes)
        assert (marks(view).loc[marks(view)["state"] == APART, "shade"] == -1).all()


def test_a_table_that_names_no_country_is_told_in_words() -> None:
    tables = bundled_data().observations
    keys = ["mineral", "measure", "dataset", "edition", "year"]
    alone = tables.groupby(keys)["place"].agg(lambda codes: set(codes) == {"WLD"})
    mineral, measure, dataset, edition, year = alone[alone].index[0]
    view = shown(mineral=mineral, measure=measure, edition=f"{dataset}.{edition}", year=str(year))
    assert view.empty.startswith("No country is named here. World total as printed")


@pytest.mark.slow
@pytest.mark.parametrize("kind", EXPORTS, ids=lambda kind: kind.NAME)
def test_a_map_leaves_as_every_kind_of_file(kind: Any) -> None:
    view = shown(**RARE_EARTHS)
    content = kind.export(view, bundled_data().stamp, Choices(made="2026-03-31"))
    assert len(content) > 500


LARGEST = [
    ({"mineral": "graphite", "measure": "mine_production", "edition": "usgs-mcs.2026"}, "1,400 kt e", True),
    ({"mineral": "tin", "measure": "reserves", "edition": "usgs-mcs.2026"}, "Indonesia", False),
    (
        {"mineral": "copper", "measure": "mine_production", "edition": "usgs-mcs.2026", "year": "2024"},
        "Chile",
        False,
    ),
]


@pytest.mark.parametrize("width", [860, 360])
@pytest.mark.parametrize(("asked", "largest", "estimates"), LARGEST)
def test_the_largest_is_named_and_a_pattern_tells_estimates_apart_where_some_are_none(
    asked: dict[str, str], largest: str, estimates: bool, width: float
) -> None:
    view = shown(**asked)
    made = sketch(drawn(view), width)
    words = " ".join(note["text"] for note in made.layout["annotations"])
    words = words.replace("<br>", " ").replace("\u00a0", " ")
    assert largest in words
    assert ("all are estimates" in words) is estimates
    hatched = "\\" in {trace.get("fillpattern", {}).get("shape") for trace in made.data}
    assert hatched is ("estimate" in set(drawing(view).marks["state"]) and not estimates)
