"""The page Sources disagree: cells for which two datasets give different figures."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics import disagreement
from dashboard.topics.disagreement import (
    ALL_SHOWN,
    COMPARED,
    FAR_APART,
    DisagreementChoice,
    differing,
    disagree_view,
)
from dashboard.topics.rows import card_of
from loaders.store import catalogue, install, read_all
from tests.pages import opened, page_text
from tests.specs import drawn, ids, marks, panels, words

pytestmark = pytest.mark.slow


def second_dataset(home: Path) -> None:
    """USGS figures of 2026 times 1.5 as another dataset: lithium as LCE, China as before, India twice."""
    found = catalogue(home="/nonexistent")
    item = found.get("usgs-mcs", "2026")
    rows = read_all(found)
    kept = rows["mineral"].isin(["rare-earths", "lithium", "cobalt"]) & (rows["edition"] == "2026")
    rows = rows[kept & (rows["measure"] == "mine_production")].copy()
    changed = rows["place"] != "CHN"
    rows["value"] = rows["value"] * changed.map({True: 1.5, False: 1.0})
    rows["dataset"] = "second"
    part = rows[rows["place"].eq("IND") & rows["mineral"].eq("rare-earths")]
    part = part.assign(value=part["value"] / 2)
    halves = [
        part.assign(printed_name=f"India, {name}", detail=name, row=part["row"] + place)
        for place, name in ((0, "north"), (50_000, "south"))
    ]
    rows = pd.concat([rows.drop(part.index), *halves], ignore_index=True)
    rows.loc[rows["mineral"] == "lithium", "basis"] = "LCE"
    rows.loc[rows["mineral"] == "cobalt", "basis"] = "undefined"
    names = {"id": "second", "title": "Second Survey", "short_title": "Second Survey", "said_by": "Second"}
    dataset = item.dataset.model_copy(update=names)
    install(rows, dataset, item.edition.model_copy(update={"dataset": "second"}), home)


@pytest.fixture
def data(own_home: Path) -> Snapshot:
    second_dataset(own_home)
    return snapshot(own_home)


@pytest.fixture
def lines(data: Snapshot) -> pd.DataFrame:
    return differing(data)


def test_a_figure_of_two_printed_rows_says_so(data: Snapshot) -> None:
    view = disagree_view(DisagreementChoice("rare-earths", "IND"), data)
    twice, once = panels(view)[0].rows.to_dict("records")
    assert "rows" not in once["words"]
    assert twice["words"].endswith(" in 2 rows")
    assert twice["value"] == pytest.approx(1.5 * once["value"])
    assert twice["hover"].count(" + ") == 1


def test_figures_of_one_thing_share_an_axis_with_each_source_named(data: Snapshot) -> None:
    view = disagree_view(DisagreementChoice("rare-earths", "RUS"), data)
    chart = drawn(view)
    assert chart.title.startswith(
        "Russia, mine production of rare earths in 2024: 2.6 kt (USGS Mineral Commodity Summaries) or 3.9 kt"
    )
    assert "Rare earths, Russia, 2025: the largest is 1.5 times the smallest" in [
        part.title for part in panels(view)
    ]
    assert [len(part.rows) for part in panels(view)] == [2, 2]
    assert "Second Survey" in chart.source
    assert "USGS Mineral Commodity Summaries" in chart.source


def test_equal_figures_are_no_disagreement(data: Snapshot, lines: pd.DataFrame) -> None:
    assert not ((lines["place"] == "CHN") & (lines["mineral"] == "rare-earths")).any()
    view = disagree_view(DisagreementChoice("rare-earths", "CHN"), data)
    assert view.chart is None
    assert "under “Not comparable” there are 0" in view.empty


def test_converted_figures_say_from_what(data: Snapshot) -> None:
    view = disagree_view(DisagreementChoice("lithium", "AUS"), data)
    alt = drawn(view).alt
    assert "(from 92,000 t e)" in alt or "(from 138,000 t e)" in alt
    assert view.why is not None
    assert any("5.323" in reason for reason in view.why.sentences)


def test_what_does_not_compare_gets_axes_of_its_own_and_a_reason(data: Snapshot) -> None:
    view = disagree_view(DisagreementChoice("cobalt", "COD", FAR_APART), data)
    assert {len(part.rows) for part in panels(view)} == {1}
    titles = [part.title for part in panels(view)]
    assert titles[1::2] == ["Not comparable with it"] * len(titles[::2])
    assert all(title.startswith("Cobalt, DR Congo, 20") for title in titles[::2])
    assert view.why is not None
    assert any("tonnes are tonnes of" in reason for reason in view.why.sentences)
    assert disagree_view(DisagreementChoice("cobalt", "COD", COMPARED), data).chart is None


def test_every_cell_is_drawn_on_request_and_every_mark_has_a_card(
    data: Snapshot, lines: pd.DataFrame
) -> None:
    first, every = (disagree_view(DisagreementChoice(which=which), data) for which in ("first", ALL_SHOWN))
    assert "more cells; “All” shows them." in " ".join(first.notes)
    assert every.notes == ()
    named = [part.title.partition(", 20")[0] for part in panels(first)]
    assert len(named) == len(set(named)) == 10
    table = drawn(every).table
    assert len(table) == len(lines[lines["how"] == COMPARED])
    assert table["spread"].is_monotonic_decreasing
    assert {"citation", "reasons", "low", "high"} <= set(table)
    assert len(ids(first)) == len(marks(first)) == len(drawn(first).table)
    assert all(card_of(name, data) is not None for name in ids(first))


def test_more_cells_than_a_page_can_hold_are_counted_not_drawn(
    data: Snapshot, lines: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = lines.loc[lines["how"] == COMPARED, "cell"].nunique()
    monkeypatch.setattr(disagreement, "MOST_CELLS", cells - 1)
    first, every = (disagree_view(DisagreementChoice(which=which), data) for which in ("first", ALL_SHOWN))
    others = "a choice of mineral or place shows the others."
    assert first.notes == (f"Not drawn: {cells - 10} more cells; “All” shows {cells - 1} cells, {others}",)
    assert every.notes == (f"Not drawn: 1 more cell; {others}",)
    table = drawn(every).table
    assert len(table[["mineral", "figure", "year"]].drop_duplicates()) == cells - 1


def test_estimates_are_marked(data: Snapshot) -> None:
    view = disagree_view(DisagreementChoice("rare-earths", "RUS"), data)
    estimated = int((drawn(view).table["status"] != "A").sum())
    assert sum(text.endswith(" t e") for text in words(view)) == estimated > 0
    assert view.why is not None
    assert "“e” marks a figure that its publisher estimates." in view.why.sentences


def test_with_one_dataset_the_page_says_what_to_add() -> None:
    app = opened("disagree")
    assert not app.exception
    assert "Nothing to compare yet." in page_text(app)
    assert "BGS World Mineral Statistics" in page_text(app)
    assert app.get("page_link")[0].proto.page == "data"
    assert not app.get("plotly_chart")


def test_the_link_decides_and_follows(own_home: Path) -> None:
    second_dataset(own_home)
    app = opened("disagree", mineral="rare-earths", place="RUS")
    assert not app.exception
    assert "Russia, mine production of rare earths in 2024" in page_text(app)
    app.selectbox(key="disagree-place").set_value("USA").run()
    assert not app.exception
    assert app.query_params["place"] == "USA"
    assert "United States, mine production of rare earths" in page_text(app)
    app.get_by_key("disagree-how").set_value(FAR_APART).run()
    assert not app.exception
    assert app.query_params["how"] == FAR_APART
