"""The page Revisions: one figure through the editions, the largest revisions first."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.view import View
from dashboard.snapshot import Data
from dashboard.topics.revisions import ALL, CHOSEN, FIRST, RevisionChoice, revision_view
from dashboard.topics.rows import card_of
from loaders.documents import read_seeds
from loaders.store import bundled_folder, catalogue, read_all
from tests.checkout import APP


@pytest.fixture(scope="module")
def data() -> Data:
    found = catalogue(home="/nonexistent")
    return Data(found, read_all(found), read_seeds(bundled_folder("seeds")))


def view(
    data: Data, mineral: str, measure: str, year: int = 0, places: tuple[str, ...] = (), which: str = FIRST
) -> View:
    return revision_view(RevisionChoice("usgs-mcs", mineral, measure, year, places, which), data)


TITLES = [
    ("rare-earths", "reserves", 0, (), "Vietnam: reserves of rare earths went from 22 Mt to 3.5 Mt in"),
    ("rare-earths", "reserves", 0, ("RUS",), "Russia: reserves of rare earths went from 21 Mt to 10 Mt"),
    ("rare-earths", "mine_production", 2024, (), "Australia: mine production of rare earths in 2024 went"),
    ("rare-earths", "reserves", 0, ("CHN",), "China: no number printed for reserves of rare earths was"),
    ("chromium", "reserves", 0, ("FIN",), "Finland: no number printed for reserves of chromium was"),
]  # fmt: skip


@pytest.mark.parametrize(("mineral", "measure", "year", "places", "title"), TITLES)
def test_titles_are_findings(
    data: Data, mineral: str, measure: str, year: int, places: tuple[str, ...], title: str
) -> None:
    found = view(data, mineral, measure, year, places).block
    assert found is not None
    assert found.chart.title.startswith(title)


def test_the_largest_revisions_come_first_and_the_world_stands_apart(data: Data) -> None:
    found = view(data, "rare-earths", "reserves").block
    assert found is not None
    order = list(dict.fromkeys(found.chart.table["place"]))
    assert order[:4] == ["VNM", "RUS", "AUS", "USA"]
    assert order[-1] == "WLD"
    russia = found.chart.table[found.chart.table["place"] == "RUS"].set_index("edition")
    assert russia["value"].tolist() == [21e6, 10e6, 3.8e6, 3.8e6]
    assert russia.at["2025", "change"] == -6.2e6


@pytest.mark.parametrize("place", ["RUS", "AUS", "USA", "THA"])
def test_the_publishers_reason_stands_with_each_country_it_names(data: Data, place: str) -> None:
    found = view(data, "rare-earths", "reserves")
    assert found.block is not None
    table = found.block.chart.table
    own = table[(table["place"] == place) & (table["edition"] == "2024")]
    assert "were revised based on company and Government reports" in own["publishers_reason"].iloc[0]
    assert any("The publisher in edition 2024" in note for note in found.notes)


def test_another_basis_is_another_strip_and_is_never_joined_by_a_line(data: Data) -> None:
    found = view(data, "chromium", "reserves", places=("FIN",), which=CHOSEN).block
    assert found is not None
    lines = [trace for trace in _spec(found)["data"] if trace["mode"] == "lines"]
    assert [len(line["x"]) for line in lines] == [3, 1]
    assert any("The basis changed" in reason for reason in found.why)


def test_a_withheld_or_missing_number_breaks_the_line(data: Data) -> None:
    found = view(data, "rare-earths", "reserves", places=("THA",), which=CHOSEN).block
    assert found is not None
    (line,) = [trace for trace in _spec(found)["data"] if trace["mode"] == "lines"]
    assert [y is None for y in line["y"]] == [True, False, False, True]
    words = [note["text"] for note in _spec(found)["layout"]["annotations"]]
    assert words.count("○ not available") == 2


def test_corrected_values_are_marked_and_explained(data: Data) -> None:
    found = view(data, "vanadium", "reserves")
    assert found.block is not None
    words = [note["text"] for note in _spec(found.block)["layout"]["annotations"]]
    assert "9.5 Mt *" in words
    assert "4.4 Mt" in words
    assert any(sign == "*" for sign, _ in found.key)
    assert (found.block.chart.table["correction"] != "").any()


def test_small_revisions_are_never_rounded_away(data: Data) -> None:
    """Wherever two editions print different numbers, the words at their marks differ."""
    shown = 0
    for mineral in ("copper", "lithium", "gold", "iron-ore", "rare-earths"):
        found = view(data, mineral, "mine_production", 2023, which=ALL).block
        if found is None:
            continue
        words = {trace["customdata"][i]: note for trace, note, i in _points(found)}
        table = found.chart.table
        for _, own in table[table["value"].notna()].groupby(["place", "basis"]):
            known = [
                (value, words[name])
                for value, name in zip(own["value"], own["id"], strict=True)
                if name in words
            ]
            assert len({value for value, _ in known}) == len({text.removesuffix(" e") for _, text in known})
            shown += len(known)
    assert shown > 50


def test_every_mark_has_a_card(data: Data) -> None:
    found = view(data, "rare-earths", "mine_production", 2024).block
    assert found is not None
    names = [name for trace in _spec(found)["data"] for name in trace.get("customdata", ())]
    assert len(names) > 10
    assert all(card_of(name, data) is not None for name in names)
    assert found.cards
    assert found.chart.source.startswith("Sources: USGS Mineral Commodity Summaries 2025 to 2026")


EMPTY = [
    ("copper", "mine_production", 2025, (), FIRST, "Only edition 2026 prints mine production of copper"),
    ("copper", "mine_production", 1990, (), FIRST, "No edition prints mine production of copper in 1990"),
    ("copper", "reserves", 0, (), CHOSEN, "No country is chosen"),
    ("copper", "reserves", 0, ("LUX",), CHOSEN, "No edition has a row for Luxembourg"),
]  # fmt: skip


@pytest.mark.parametrize(("mineral", "measure", "year", "places", "which", "words"), EMPTY)
def test_nothing_to_draw_is_said(
    data: Data, mineral: str, measure: str, year: int, places: tuple[str, ...], which: str, words: str
) -> None:
    found = view(data, mineral, measure, year, places, which)
    assert found.block is None
    assert words in found.empty


def _page(**link: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    for name, value in link.items():
        app.query_params[name] = value
    return app.switch_page("views/revisions.py").run()


def _text(app: AppTest) -> str:
    return " ".join(element.value for element in app.get("html"))


def test_the_link_decides_what_is_shown_and_follows_the_controls() -> None:
    app = _page(mineral="rare-earths", measure="mine_production", year="2024", places="RUS")
    assert not app.exception
    assert "Russia: mine production of rare earths in 2024 went from 2.5 kt to 2.6 kt" in _text(app)
    app.selectbox(key="revisions-year").set_value("2023").run()
    assert not app.exception
    assert app.query_params["year"] == "2023"
    assert app.query_params["places"] == "RUS"
    app.selectbox(key="revisions-mineral").set_value("lithium").run()
    assert app.query_params["mineral"] == "lithium"
    assert "lithium" in _text(app)


def test_what_a_link_asks_in_vain_is_said() -> None:
    app = _page(mineral="unobtainium", which="none")
    assert not app.exception
    assert "There is no mineral “unobtainium” to choose here." in _text(app)


def _spec(block: Any) -> Any:
    return json.loads(block.chart.figure.to_json())


def _points(block: Any) -> list[tuple[Any, str, int]]:
    """Each mark with the words that stand at it."""
    spec = _spec(block)
    at = {
        (note["x"], round(note["y"], 6)): note["text"]
        for note in spec["layout"]["annotations"]
        if "yshift" in note
    }
    marks = [trace for trace in spec["data"] if trace["mode"] == "markers"]
    return [
        (trace, at[x, round(y, 6)].replace("<br>", " "), i)
        for trace in marks
        for i, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True))
    ]
