"""The page Concentration: who holds and who makes, one mineral and all of a critical list."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.snapshot import Data
from dashboard.topics.concentration import concentration_view, index_words, share_words, world_years
from dashboard.topics.glance import SORTS, glance
from dashboard.topics.rows import card_of
from loaders.documents import read_seeds
from loaders.names import critical_lists
from loaders.store import bundled_folder, catalogue, read_all
from tests.checkout import APP


@pytest.fixture(scope="module")
def data() -> Data:
    found = catalogue(home="/nonexistent")
    return Data(found, read_all(found), read_seeds(bundled_folder("seeds")))


TITLES = [
    ("rare-earths", "2026", "China holds at most 51.8 % of reserves of rare earths and makes 69.2 % of mine"),
    ("lithium", "2026", "Chile holds 24.9 % of reserves of lithium, Australia makes at most 31.7 % of mine"),
    ("boron", "2026", "Türkiye holds most, 950 Mt (reserves of boron) and makes most"),
    ("scandium", "2026", "Australia holds most, 34 kt (reserves of scandium)"),
    ("gallium", "2026", "China makes 100 % of primary production of gallium"),
]


@pytest.mark.parametrize(("mineral", "edition", "title"), TITLES)
def test_titles_are_findings(data: Data, mineral: str, edition: str, title: str) -> None:
    found = concentration_view(mineral, f"usgs-mcs.{edition}", data)
    assert found.block is not None
    assert found.block.chart.title.startswith(title)


FIGURES = [
    # mineral, side, first three, index; computed by hand from the printed rows of edition 2026
    ("rare-earths", 0, "at most 83.9 %", "about 3,394"),
    ("rare-earths", 1, "89.7 %", "at least 5,054"),
    ("scandium", 0, "not computed", "not computed"),
    ("gallium", 0, "100 % (total rounded)", "10,000"),
]


@pytest.mark.parametrize(("mineral", "side", "three", "index"), FIGURES)
def test_shares_and_index_say_what_bound_they_are(
    data: Data, mineral: str, side: int, three: str, index: str
) -> None:
    found = concentration_view(mineral, "usgs-mcs.2026", data).sides[side]
    assert share_words(found, "top_3") == three
    assert index_words(found.series["hhi"], found.series["bound"]) == index


@pytest.mark.parametrize(
    ("mineral", "years", "why"),
    [
        ("rare-earths", "at least 218", "world reserves over mine production of 2025"),
        ("zirconium", "not computed", "the bases differ"),
        ("gallium", "not computed", "no reserves of the world"),
    ],
)
def test_years_of_reserves_or_why_not(data: Data, mineral: str, years: str, why: str) -> None:
    words, about = world_years(concentration_view(mineral, "usgs-mcs.2026", data).years)
    assert words == years
    assert why in about


def test_the_two_sides_have_the_same_rows_and_axes_of_their_own(data: Data) -> None:
    block = concentration_view("rare-earths", "usgs-mcs.2026", data).block
    assert block is not None
    spec = json.loads(block.chart.figure.to_json())
    assert spec["layout"]["yaxis"]["ticktext"] == spec["layout"]["yaxis2"]["ticktext"]
    assert {trace["xaxis"] for trace in spec["data"]} == {"x", "x2"}
    assert any("reserves" in reason for reason in block.why)
    words = [note["text"] for note in spec["layout"]["annotations"]]
    assert words.count("○ not available") == 5
    assert {"citation", "share", "years", "cumulative"} <= set(block.chart.table)


def test_a_total_below_the_sum_of_its_rows_is_said(data: Data) -> None:
    notes = concentration_view("rare-earths", "usgs-mcs.2024", data).notes
    assert any("Reserves: the printed world total, 110,000,000 t, is below" in note for note in notes)
    other = concentration_view("rare-earths", "usgs-mcs.2025", data).notes
    assert not any("below the sum" in note for note in other)


def test_a_mineral_that_the_edition_does_not_have_is_said(data: Data) -> None:
    found = concentration_view("uranium", "usgs-mcs.2026", data)
    assert found.block is None
    assert found.empty == "USGS 2026 has no reserves and no production of uranium."


@pytest.mark.parametrize("critical_list", ["us-2022", "us-2025", "eu-2024"])
def test_every_mineral_of_a_list_has_a_line_or_a_reason(data: Data, critical_list: str) -> None:
    found = glance(critical_list, "usgs-mcs.2026", "makes", data)
    assert found.block is not None
    assert critical_list in critical_lists().index
    told = sum(len(note.split(": ", 1)[1].split(", ")) for note in found.notes)
    assert len(found.block.chart.table) + told == int(dict(found.block.cards[0].facts)["on the list"])


def test_each_cell_prints_its_number_and_has_a_card(data: Data) -> None:
    block = glance("us-2025", "usgs-mcs.2026", "makes", data).block
    assert block is not None
    columns = json.loads(block.chart.figure.to_json())["data"]
    rows = block.chart.figure.layout.yaxis.ticktext
    words = {name: [column["text"][i] for column in columns] for i, name in enumerate(rows)}
    assert words["Rare earths"] == ["CHN ≤52%", "≈3,394", "CHN 69%", "≥5,054", "≥218"]
    assert words["Scandium"][0] == "AUS –"
    assert all(text for own in words.values() for text in own)
    names = [name for column in columns for name in column["customdata"] if name]
    assert len(names) > 100
    assert all(card_of(name, data) is not None for name in names[::9])


@pytest.mark.parametrize("sort", list(SORTS))
def test_the_order_is_of_choice(data: Data, sort: str) -> None:
    block = glance("us-2025", "usgs-mcs.2026", sort, data).block
    assert block is not None
    column, rising = {
        "makes": ("production_hhi", False), "holds": ("reserves_hhi", False), "years": ("years", True),
        "name": ("name", True),
    }[sort]  # fmt: skip
    values = block.chart.table[column].dropna()
    ordered = [str(value).casefold() for value in values] if sort == "name" else list(values)
    assert ordered == sorted(ordered, reverse=not rising)


def _page(**link: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    for name, value in link.items():
        app.query_params[name] = value
    return app.switch_page("views/concentration.py").run()


def _text(app: Any) -> str:
    return " ".join(element.value for element in app.get("html"))


def test_the_link_decides_and_follows() -> None:
    app = _page(mineral="lithium", edition="usgs-mcs.2025", list="eu-2024", sort="name")
    assert not app.exception
    assert "are on the list EU 2024" in _text(app)
    assert len(app.get("plotly_chart")) == 2
    app.selectbox(key="concentration-sort").set_value("years").run()
    app.selectbox(key="concentration-mineral").set_value("cobalt").run()
    assert not app.exception
    assert app.query_params["mineral"] == "cobalt"
    assert app.query_params["edition"] == "usgs-mcs.2025"
    assert app.query_params["list"] == "eu-2024"
    assert app.query_params["sort"] == "years"
    assert "DR Congo" in _text(app)


def test_a_link_to_what_there_is_not_opens_and_says_so() -> None:
    app = _page(mineral="unobtainium", edition="usgs-mcs.1999")
    assert not app.exception
    assert "There is no edition “usgs-mcs.1999” to choose here." in _text(app)
