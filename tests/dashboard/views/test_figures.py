"""The page Figures: a block for every claim, computed from the data, each with its cards and table."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.analysis.checks import check_all
from dashboard.charts.view import Block
from dashboard.snapshot import Data
from dashboard.topics.figures import blocks
from dashboard.topics.rows import card_of
from dashboard.topics.statements.ranks import rank_bars
from dashboard.words.claims import tile
from loaders.documents import read_seeds
from loaders.store import bundled_folder, catalogue, read_all
from tests.checkout import APP


@pytest.fixture(scope="module")
def data() -> Data:
    found = catalogue(home="/nonexistent")
    return Data(found, read_all(found), read_seeds(bundled_folder("seeds")))


@pytest.fixture(scope="module")
def shown(data: Data) -> dict[str, Block]:
    checks = check_all(data.seeds.claims, data.observations, data.editions)
    return {block.key: block for block in blocks(data, checks)}


TILES = [
    ("russia-rare-metals-holdings", "658 Mt", "no statistics of this"),
    ("russia-rare-earths-holdings", "28.5 Mt", "not comparable: 7.5×"),
    ("russia-rare-metals-share", "1 %", "of a wider group; rare earths alone: 0.667 %"),
    ("russia-rare-earths-rank", "5th", "holds in 1 of 4 editions"),
    ("ukraine-fund-early-drafts", "$500 bn", "no statistics apply"),
    ("ukraine-revenue-contribution", "50 %", "no statistics apply"),
]


@pytest.mark.parametrize(("claim", "figure", "badge"), TILES, ids=[case[0] for case in TILES])
def test_tiles_say_how_a_figure_stands(data: Data, claim: str, figure: str, badge: str) -> None:
    checks = check_all([data.claim(claim)], data.observations, data.editions)[claim]
    found = tile(data.claim(claim), checks)
    assert (found[0], found[2]) == (figure, badge)


FINDINGS = [
    ("part-russia-rare-metals-holdings", "Of the 658 Mt", "4.33 % are rare earths"),
    ("amount-russia-rare-earths-holdings", "7.5 times the latest statistic", "do not count the same thing"),
    ("share-russia-rare-metals-share", "Stated: 1 %", "0.641 % to 0.897 %"),
    ("rank-russia-rare-earths-rank", "ranks 5th in 1 of 4 editions", "(2025)"),
    ("money-ukraine-front-lines-2025", "$500 bn was proposed as a fund", "in early drafts only"),
    ("ratios", "3 comparisons", "allow none to be checked"),
    ("events", "disagree on 1 of 14 dates", ""),
]


@pytest.mark.parametrize(("key", "first", "second"), FINDINGS, ids=[case[0] for case in FINDINGS])
def test_titles_are_findings(shown: dict[str, Block], key: str, first: str, second: str) -> None:
    assert first in shown[key].chart.title
    assert second in shown[key].chart.title


def test_every_claim_and_event_is_drawn_with_its_source(data: Data, shown: dict[str, Block]) -> None:
    drawn = {
        name
        for block in shown.values()
        for trace in json.loads(block.chart.figure.to_json())["data"]
        for name in trace["customdata"]
    }
    assert {claim.id for claim in data.seeds.claims if claim.id != "russia-rare-earths-rank"} <= drawn
    assert {f"event:{event.id}" for event in data.seeds.events} <= drawn
    for name in drawn:
        assert card_of(name, data) is not None, name


@pytest.mark.parametrize("part", ["title", "subtitle", "source", "alt", "name"])
def test_every_chart_has_all_its_parts(shown: dict[str, Block], part: str) -> None:
    for key, block in shown.items():
        assert getattr(block.chart, part).strip(), key
        assert len(block.chart.table), key
        assert "citation" in block.chart.table, key
        assert block.cards, key


def test_money_and_tonnes_never_share_a_panel(shown: dict[str, Block]) -> None:
    units = {
        key: set(block.chart.table["unit"]) for key, block in shown.items() if "unit" in block.chart.table
    }
    assert units["money-ukraine-front-lines-2025"] == {"USD", "1"}
    axes = {
        trace["xaxis"]
        for trace in json.loads(shown["money-ukraine-front-lines-2025"].chart.figure.to_json())["data"]
    }
    assert axes == {"x", "x2", "x3"}  # funds, debts, shares of revenue
    assert not any("USD" in found and "t" in found for found in units.values())


@pytest.mark.parametrize(
    ("edition", "rank", "share"),
    [("2023", "tied 3rd", "16.2 %"), ("2024", "4th", "9.09 %"), ("2025", "5th", "at most 4.22 %"),
     ("2026", "4th", "at most 4.47 %")],
)  # fmt: skip
def test_an_edition_of_choice_is_ranked(data: Data, edition: str, rank: str, share: str) -> None:
    block = rank_bars(data.claim("russia-rare-earths-rank"), f"usgs-mcs.{edition}", data)
    assert block is not None
    assert f"ranks {rank}" in block.chart.title
    assert share in block.chart.title
    assert set(block.chart.table["edition"]) == {edition}


@pytest.mark.parametrize(("edition", "number"), [("2023", 0), ("2024", 1), ("2025", 0)])
def test_a_total_below_the_sum_of_its_rows_is_a_finding(data: Data, edition: str, number: int) -> None:
    block = rank_bars(data.claim("russia-rare-earths-rank"), f"usgs-mcs.{edition}", data)
    assert block is not None
    assert " ".join(block.why).count("below the sum of its rows, 115,414,500") == number


def test_a_place_without_a_number_is_drawn_as_not_there(data: Data) -> None:
    block = rank_bars(data.claim("russia-rare-earths-rank"), "usgs-mcs.2026", data)
    assert block is not None
    words = " ".join(
        note["text"] for note in json.loads(block.chart.figure.to_json())["layout"]["annotations"]
    )
    assert words.count("○ not available") == 5


def test_the_page_runs_and_answers_first() -> None:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    text = " ".join(element.value for element in app.get("html"))
    for figure in ("658 Mt", "28.5 Mt", "1 %", "5th", "$500 bn"):
        assert f"<b>{figure}</b>" in text
    assert "Data version" in text
    assert len(app.get("plotly_chart")) == 8


def test_the_edition_can_be_changed() -> None:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    app.get("button_group")[0].set_value("usgs-mcs.2023").run()
    assert not app.exception
    text = " ".join(element.value for element in app.get("html"))
    assert "In edition 2023 Russia ranks tied 3rd" in text
