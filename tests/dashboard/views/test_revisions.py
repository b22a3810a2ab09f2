"""The page Revisions: one figure through the editions, the largest revisions first."""

from __future__ import annotations

import pytest

from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics.revision_choice import CHOSEN_PLACES, EVERY_PLACE, MOST_REVISED, RevisionChoice
from dashboard.topics.revisions import revision_view
from dashboard.topics.rows import card_of
from tests.pages import opened, page_text
from tests.specs import drawn, ids, marks, strips, words

pytestmark = pytest.mark.slow


def view(
    data: Snapshot,
    mineral: str,
    measure: str,
    year: int = 0,
    places: tuple[str, ...] = (),
    which: str = MOST_REVISED,
) -> View:
    return revision_view(RevisionChoice("usgs-mcs", mineral, measure, year, places, which), data)


TITLES = [
    ("rare-earths", "reserves", 0, (), "Vietnam: reserves of rare earths went from 22 Mt to 3.5 Mt in"),
    ("rare-earths", "reserves", 0, ("RUS",), "Russia: reserves of rare earths went from 21 Mt to 10 Mt"),
    ("rare-earths", "mine_production", 2024, (), "Australia: mine production of rare earths in 2024 went"),
    ("rare-earths", "reserves", 0, ("CHN",), "China: no number printed for reserves of rare earths was"),
    ("chromium", "reserves", 0, ("FIN",), "Finland: reserves of chromium went from 8.3 Mt to 63 Mt in"),
]  # fmt: skip


@pytest.mark.parametrize(("mineral", "measure", "year", "places", "title"), TITLES)
def test_titles_are_findings(
    data: Snapshot, mineral: str, measure: str, year: int, places: tuple[str, ...], title: str
) -> None:
    assert drawn(view(data, mineral, measure, year, places)).title.startswith(title)


def test_the_largest_revisions_come_first_and_the_world_stands_apart(data: Snapshot) -> None:
    found = view(data, "rare-earths", "reserves")
    table = drawn(found).table
    order = list(dict.fromkeys(table["place"]))
    assert order[:4] == ["VNM", "RUS", "AUS", "USA"]
    assert order[-1] == "WLD"
    assert [strip["title"].iloc[0] for strip in strips(found)][:2] == ["Vietnam", "Russia"]
    russia = table[table["place"] == "RUS"].set_index("edition")
    assert russia["value"].tolist() == [21e6, 10e6, 3.8e6, 3.8e6]
    assert russia.at["2025", "change"] == -6.2e6


@pytest.mark.parametrize("place", ["RUS", "AUS", "USA", "THA"])
def test_the_publishers_reason_stands_with_each_country_it_names(data: Snapshot, place: str) -> None:
    found = view(data, "rare-earths", "reserves")
    table = drawn(found).table
    own = table[(table["place"] == place) & (table["edition"] == "2024")]
    assert "were revised based on company and Government reports" in own["publishers_reason"].iloc[0]
    assert any("The publisher in edition 2024" in note for note in found.notes)


def test_another_basis_is_another_strip_and_is_never_joined_by_a_line(data: Snapshot) -> None:
    found = view(data, "chromium", "reserves", places=("FIN",), which=CHOSEN_PLACES)
    assert [strip["basis"].nunique() for strip in strips(found)] == [1, 1]
    assert [int(strip["value"].notna().sum()) for strip in strips(found)] == [4, 1]
    assert found.why is not None
    assert any("The basis changed" in reason for reason in found.why.sentences)


def test_a_withheld_or_missing_number_is_drawn_as_not_there(data: Snapshot) -> None:
    found = view(data, "rare-earths", "reserves", places=("THA",), which=CHOSEN_PLACES)
    (strip,) = strips(found)
    assert strip["value"].isna().tolist() == [True, False, False, True]
    assert words(found).count("not available") == 2


def test_corrected_values_are_marked_and_explained(data: Snapshot) -> None:
    found = view(data, "vanadium", "reserves")
    assert {"9.5 Mt *", "4.4 Mt"} <= set(words(found))
    assert "*" in [mark.sign for mark in found.marks]
    assert (drawn(found).table["correction"] != "").any()


def test_small_revisions_are_never_rounded_away(data: Snapshot) -> None:
    """Wherever two editions print different numbers, the words at their marks differ."""
    shown = 0
    for mineral in ("copper", "lithium", "gold", "iron-ore", "rare-earths"):
        found = view(data, mineral, "mine_production", 2023, which=EVERY_PLACE)
        if found.chart is None:
            continue
        for strip in strips(found):
            known = strip[strip["value"].notna()]
            told = {text.removesuffix(" e") for text in known["words"]}
            assert known["value"].nunique() == len(told), strip["title"].iloc[0]
            shown += len(known)
    assert shown > 50


def test_every_mark_has_a_card(data: Snapshot) -> None:
    found = view(data, "rare-earths", "mine_production", 2024)
    assert len(ids(found)) == len(marks(found)) > 10
    assert all(card_of(name, data) is not None for name in ids(found))
    assert found.cards
    assert drawn(found).source.startswith(
        "Sources: USGS Mineral Commodity Summaries 2025 to 2026, the latest published 6 February 2026"
    )


EMPTY = [
    ("copper", "mine_production", 2025, (), MOST_REVISED, "Only edition 2026 prints mine production of"),
    ("copper", "mine_production", 1990, (), MOST_REVISED, "No edition prints mine production of copper in"),
    ("copper", "reserves", 0, (), CHOSEN_PLACES, "No country is chosen"),
    ("copper", "reserves", 0, ("LUX",), CHOSEN_PLACES, "No edition has a row for Luxembourg"),
]  # fmt: skip


@pytest.mark.parametrize(("mineral", "measure", "year", "places", "which", "words"), EMPTY)
def test_nothing_to_draw_is_said(
    data: Snapshot, mineral: str, measure: str, year: int, places: tuple[str, ...], which: str, words: str
) -> None:
    found = view(data, mineral, measure, year, places, which)
    assert found.chart is None
    assert words in found.empty


def test_the_link_decides_what_is_shown_and_follows_the_controls() -> None:
    app = opened("revisions", mineral="rare-earths", measure="mine_production", year="2024", places="RUS")
    assert not app.exception
    assert "Russia: mine production of rare earths in 2024 went from 2.5 kt to 2.6 kt" in page_text(app)
    app.selectbox(key="revisions-year").set_value("2023").run()
    assert not app.exception
    assert app.query_params["year"] == "2023"
    assert app.query_params["places"] == "RUS"
    app.selectbox(key="revisions-mineral").set_value("lithium").run()
    assert app.query_params["mineral"] == "lithium"
    assert "lithium" in page_text(app)


def test_what_a_link_asks_in_vain_is_said() -> None:
    app = opened("revisions", mineral="unobtainium", which="none")
    assert not app.exception
    assert "There is no mineral “unobtainium” to choose here; this is Rare earths." in page_text(app)
