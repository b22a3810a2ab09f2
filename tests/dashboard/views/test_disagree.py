"""The page Sources disagree: cells for which two datasets give different figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.snapshot import Data
from dashboard.topics.disagreement import ALL, APART, COMPARED, DisagreementChoice, differing, disagree_view
from dashboard.topics.rows import card_of
from loaders.documents import read_seeds
from loaders.store import bundled_folder, catalogue, install, read_all
from tests.checkout import APP


def second_dataset(home: Path) -> None:
    """Install a made-up dataset: USGS figures of 2026 times 1.5, lithium as LCE, China as before."""
    found = catalogue(home="/nonexistent")
    item = found.get("usgs-mcs", "2026")
    rows = read_all(found)
    kept = rows["mineral"].isin(["rare-earths", "lithium", "cobalt"]) & (rows["edition"] == "2026")
    rows = rows[kept & (rows["measure"] == "mine_production")].copy()
    changed = rows["place"] != "CHN"
    rows["value"] = rows["value"] * changed.map({True: 1.5, False: 1.0})
    rows["dataset"] = "second"
    rows.loc[rows["mineral"] == "lithium", "basis"] = "LCE"
    rows.loc[rows["mineral"] == "cobalt", "basis"] = "undefined"
    names = {"id": "second", "title": "Second Survey", "short_title": "Second Survey", "said_by": "Second"}
    dataset = item.dataset.model_copy(update=names)
    install(rows, dataset, item.edition.model_copy(update={"dataset": "second"}), home)


@pytest.fixture
def data(own_home: Path) -> Data:
    second_dataset(own_home)
    found = catalogue(home=own_home)
    return Data(found, read_all(found), read_seeds(bundled_folder("seeds")))


@pytest.fixture
def lines(data: Data) -> pd.DataFrame:
    return differing(data)


def test_figures_of_one_thing_share_an_axis_with_each_source_named(data: Data, lines: pd.DataFrame) -> None:
    found = disagree_view(DisagreementChoice("rare-earths", "RUS"), lines, data).block
    assert found is not None
    assert found.chart.title.startswith(
        "Russia, mine production of rare earths in 2024: 2.6 kt (USGS Mineral Commodity Summaries) or 3.9 kt"
    )
    spec = json.loads(found.chart.figure.to_json())
    texts = " ".join(note["text"] for note in spec["layout"]["annotations"])
    assert "Rare earths, Russia, 2025: 1.5 times" in texts
    assert {axis for trace in spec["data"] for axis in [trace["xaxis"]]} == {"x", "x2"}
    assert "Second Survey" in found.chart.source
    assert "USGS Mineral Commodity Summaries" in found.chart.source


def test_equal_figures_are_no_disagreement(data: Data, lines: pd.DataFrame) -> None:
    assert not ((lines["place"] == "CHN") & (lines["mineral"] == "rare-earths")).any()
    view = disagree_view(DisagreementChoice("rare-earths", "CHN"), lines, data)
    assert view.block is None
    assert "under “Not comparable” there are 0" in view.empty


def test_converted_figures_say_from_what(data: Data, lines: pd.DataFrame) -> None:
    found = disagree_view(DisagreementChoice("lithium", "AUS"), lines, data).block
    assert found is not None
    assert "(from 92,000 t e)" in found.chart.alt or "(from 138,000 t e)" in found.chart.alt
    assert any("5.323" in reason for reason in found.why)


def test_what_does_not_compare_gets_axes_of_its_own_and_a_reason(data: Data, lines: pd.DataFrame) -> None:
    found = disagree_view(DisagreementChoice("cobalt", "COD", APART), lines, data).block
    assert found is not None
    spec = json.loads(found.chart.figure.to_json())
    assert [len(trace["x"]) for trace in spec["data"]] == [1] * len(spec["data"])
    assert any("tonnes are tonnes of" in reason for reason in found.why)
    assert disagree_view(DisagreementChoice("cobalt", "COD", COMPARED), lines, data).block is None


def test_every_cell_is_drawn_on_request_and_every_mark_has_a_card(data: Data, lines: pd.DataFrame) -> None:
    first, every = (disagree_view(DisagreementChoice(which=which), lines, data) for which in ("first", ALL))
    assert first.block is not None
    assert every.block is not None
    assert (first.left > 0, every.left) == (True, 0)
    table = every.block.chart.table
    assert len(table) == len(lines[lines["how"] == COMPARED])
    assert table["spread"].is_monotonic_decreasing
    assert {"citation", "reasons", "low", "high"} <= set(table)
    names = [
        name
        for trace in json.loads(first.block.chart.figure.to_json())["data"]
        for name in trace["customdata"]
    ]
    assert len(names) == len(first.block.chart.table)
    assert all(card_of(name, data) is not None for name in names)


def test_estimates_are_marked(data: Data, lines: pd.DataFrame) -> None:
    found = disagree_view(DisagreementChoice("rare-earths", "RUS"), lines, data).block
    assert found is not None
    notes = json.loads(found.chart.figure.to_json())["layout"]["annotations"]
    words = [note["text"].removesuffix("</b>") for note in notes]
    assert sum(text.endswith(" t e") for text in words) == int((found.chart.table["status"] != "A").sum()) > 0
    assert "“e” marks a figure that its publisher estimates." in found.why


def _page(**link: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    for name, value in link.items():
        app.query_params[name] = value
    return app.switch_page("views/disagree.py").run()


def _text(app: Any) -> str:
    return " ".join(element.value for element in app.get("html"))


def test_with_one_dataset_the_page_says_what_to_add() -> None:
    app = _page()
    assert not app.exception
    assert "Nothing to compare yet." in _text(app)
    assert "BGS World Mineral Statistics" in _text(app)
    assert app.get("page_link")[0].proto.page == "data"
    assert not app.get("plotly_chart")


def test_the_link_decides_and_follows(own_home: Path) -> None:
    second_dataset(own_home)
    app = _page(mineral="rare-earths", place="RUS")
    assert not app.exception
    assert "Russia, mine production of rare earths in 2024" in _text(app)
    app.selectbox(key="disagree-place").set_value("USA").run()
    assert not app.exception
    assert app.query_params["place"] == "USA"
    assert "United States, mine production of rare earths" in _text(app)
    app.get_by_key("disagree-how").set_value(APART).run()
    assert not app.exception
    assert app.query_params["how"] == APART
