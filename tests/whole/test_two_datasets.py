"""Beside a dataset of the user's own, with editions named like those of another: every page still works."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.charts.chart import Ranks
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics.claim_tables import outcome_table, standings
from dashboard.topics.claims import ALL_EDITIONS, claim_view
from dashboard.topics.figures import figures_of
from loaders.model import NOT_STATED
from loaders.store import catalogue, install, read_all, use
from tests.long import some
from tests.pages import opened, page_text
from tests.specs import drawn

pytestmark = pytest.mark.slow

PAGES = ["figures", "claims", "explore", "revisions", "concentration", "sources", "disagree"]


def ministry(home: Path) -> None:
    """Install rare-earth reserves and production of a made-up ministry that names no publisher."""
    found = catalogue(home="/nonexistent")
    table = read_all(found)
    for edition in ("2025", "2026"):
        item = found.get("usgs-mcs", edition)
        rows = table[(table["edition"] == edition) & (table["mineral"] == "rare-earths")].copy()
        rows = rows[rows["measure"].isin(["reserves", "mine_production"])].assign(dataset="ministry")
        rows["value"] = rows["value"].where(rows["place"] != "RUS", rows["value"] * 5)
        names = dict.fromkeys(("title", "short_title"), "Balance of the ministry")
        names |= {"id": "ministry", "publisher": NOT_STATED, "abbreviation": "", "editions": ()}
        dataset = item.dataset.model_copy(update=names)
        install(rows, dataset, item.edition.model_copy(update={"dataset": "ministry"}), home)


@pytest.fixture(autouse=True)
def two_datasets(own_home: Path) -> None:
    ministry(own_home)


@pytest.fixture
def data() -> Snapshot:
    return snapshot()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_both(page: str) -> None:
    app = opened(page)
    assert not app.exception
    assert not app.error
    assert app.get("plotly_chart") or page == "sources"
    text = page_text(app)
    assert "not stated 2025" not in text
    assert "not stated, edition" not in text


def test_every_claim_is_held_against_both(data: Snapshot) -> None:
    rank = [(c.dataset, c.edition, c.outcome) for c in data.checks["russia-rare-earths-rank"]]
    assert ("ministry", "2025", "does_not_hold") in rank
    assert ("usgs-mcs", "2025", "holds") in rank
    for claim in data.seeds.claims:
        for edition in (ALL_EDITIONS, *some(data.edition_names, 3)):
            assert drawn(claim_view(claim, edition, data)).title
    for key, figure in figures_of(data).items():
        view = figure.make("ministry.2025" if figure.by_edition else "")
        assert view or key.startswith("money-"), key  # not every document states sums of money


def test_what_holds_for_all_editions_of_a_dataset_is_said_once(data: Snapshot) -> None:
    claim = data.claim("russia-rare-earths-holdings")
    columns, lines = outcome_table(claim, data.checks[claim.id], data.publishers)
    assert "why" not in [column.label for column in columns]
    assert len(lines) == 6
    found = standings(data.checks[claim.id], data.publishers)
    told = [which for words, which in found if words == "cannot be compared with"]
    assert ["USGS counts reserves" in which for which in told] == [False, True]


def test_a_chart_of_ranks_shows_one_dataset_and_its_edition_in_use(data: Snapshot) -> None:
    view = figures_of(data)["rank-russia-rare-earths-rank"].make("")
    assert view is not None
    drawing = drawn(view).drawing
    assert isinstance(drawing, Ranks)
    assert sorted(drawing.lines["edition"].unique()) == ["2023", "2024", "2025", "2026"]
    assert drawing.in_use == ("2026",)
    facts = dict(view.cards[1].facts)
    assert facts["USGS 2025"].startswith("5th")
    assert facts["Balance of the ministry 2025"].startswith("3rd")


def test_cells_follow_the_edition_in_use() -> None:
    use("usgs-mcs", "2024")
    app = opened("disagree")
    app.session_state["table-of-disagree"] = True  # opened
    app.run()
    assert not app.exception
    shown = app.dataframe[0].value
    assert set(shown[shown["said by"] == "USGS"]["edition"]) <= {"2023", "2024"}
    assert "2025" not in set(shown["year"])
