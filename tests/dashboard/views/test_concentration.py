"""The page Concentration: who holds and who makes, one mineral and all of a critical list."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts.chart import SideBySide
from dashboard.charts.view import Table, View
from dashboard.snapshot import Snapshot
from dashboard.topics import concentration, concentration_rows
from dashboard.topics.concentration import concentration_view
from dashboard.topics.concentration_sides import sides_of
from dashboard.topics.glance import MARKS, SORTS, glance
from dashboard.topics.rows import card_of
from loaders.names import critical_lists
from tests.pages import opened, page_text
from tests.specs import drawn, ids, marks, panels, words

pytestmark = pytest.mark.slow


def of_2026(mineral: str, data: Snapshot) -> View:
    return concentration_view(mineral, "usgs-mcs.2026", data)


TITLES = [
    ("rare-earths", "2026", "China holds at most 52 % of reserves of rare earths and makes 69 % of mine"),
    ("lithium", "2026", "Chile holds 25 % of reserves of lithium, Australia makes at most 32 % of mine"),
    ("boron", "2026", "Türkiye has the largest number printed for reserves of boron (950 Mt) and has"),
    ("scandium", "2026", "Australia is the only country with a number for reserves of scandium, 34 kt"),
    ("gallium", "2026", "China makes 99 % of primary production of gallium"),
]


@pytest.mark.parametrize(("mineral", "edition", "title"), TITLES)
def test_titles_are_findings(data: Snapshot, mineral: str, edition: str, title: str) -> None:
    view = concentration_view(mineral, f"usgs-mcs.{edition}", data)
    assert drawn(view).title.startswith(title)


def test_a_list_without_a_world_total_is_not_the_world(data: Snapshot) -> None:
    table = data.observations
    listed = table[
        (table["mineral"] == "cobalt") & table["value"].notna() & ~table["place"].isin(["WLD", "OTH"])
    ]
    partial = replace(data, observations=listed)
    view = of_2026("cobalt", partial)
    title = drawn(view).title
    assert " of the printed reserves of cobalt and makes " in title
    assert title.endswith(
        " of the printed mine production (2025); no world total of reserves and mine production is given"
    )
    assert "about" in dict(view.cards[0].facts)["reserves: HHI"]
    assert drawn(glance("us-2025", "usgs-mcs.2026", "makes", partial)).title.startswith(
        "No world total of output"
    )


@pytest.mark.parametrize("mineral", ["rare-earths", "boron", "lithium", "helium", "neon"])
def test_a_mineral_of_a_large_edition_is_ranked_alone_and_says_the_same(
    data: Snapshot, monkeypatch: pytest.MonkeyPatch, mineral: str
) -> None:
    together = concentration_view(mineral, "usgs-mcs.2023", data)
    with monkeypatch.context() as as_large:
        as_large.setattr(concentration_rows, "is_large", lambda *_: True)
        as_large.setattr(concentration, "sides_of", sides_of.__wrapped__)
        alone = concentration_view(mineral, "usgs-mcs.2023", data)
    assert (alone.empty, alone.tiles, alone.tables) == (together.empty, together.tiles, together.tables)
    assert (mineral == "neon") == bool(alone.empty)  # of which the edition has no such table
    if alone.chart:
        assert alone.chart.alt == drawn(together).alt
        pd.testing.assert_frame_equal(alone.chart.table, drawn(together).table, check_dtype=False)


FIGURES = [
    # mineral, side, first three, index; computed by hand from the printed rows of edition 2026
    ("rare-earths", 0, "at most 84 %", "about 3,400"),
    ("rare-earths", 1, "90 %", "at least 5,000"),
    ("scandium", 0, "not computed", "not computed"),
    ("gallium", 0, "100 %", "9,800"),
]


def cells(table: Table, line: int) -> dict[str, object]:
    return dict(zip([column.label for column in table.columns], table.rows[line], strict=True))


@pytest.mark.parametrize(("mineral", "side", "three", "index"), FIGURES)
def test_shares_and_index_say_what_bound_they_are(
    data: Snapshot, mineral: str, side: int, three: str, index: str
) -> None:
    view = of_2026(mineral, data)
    line = cells(view.tables[0], side)
    assert (line["first three"], line["HHI"]) == (three, index)
    first, second = view.tiles[2 * side : 2 * side + 2]
    assert (first.figure, second.figure) == (three, index)


@pytest.mark.parametrize(
    ("mineral", "years", "why"),
    [
        ("rare-earths", "at least 210", "world reserves over mine production of 2025"),
        ("zirconium", "not computed", "the bases differ"),
        ("gallium", "not computed", "years of reserves, world: they have no row"),
    ],
)
def test_years_of_reserves_or_why_not(data: Snapshot, mineral: str, years: str, why: str) -> None:
    tile = of_2026(mineral, data).tiles[-1]
    assert tile.figure.removesuffix(" years") == years
    assert why in tile.about


def test_years_are_there_place_by_place_behind_a_fold(data: Snapshot) -> None:
    _, years = of_2026("rare-earths", data).tables
    assert years.fold == "Years of reserves, place by place"
    assert cells(years, 0).keys() >= {"place", "reserves", "years of reserves", "why not computed"}
    assert ("World", "at least 210") in [(line[0], line[3]) for line in years.rows]
    assert len(of_2026("gallium", data).tables) == 1


def test_the_two_sides_have_the_same_rows_and_axes_of_their_own(data: Snapshot) -> None:
    view = of_2026("rare-earths", data)
    assert isinstance(drawn(view).drawing, SideBySide)
    left, right = panels(view)
    assert left.rows["label"].tolist() == right.rows["label"].tolist()
    assert view.why is not None
    assert any("reserves" in reason for reason in view.why.sentences)
    assert words(view).count("not available") == 5
    assert {"citation", "share", "years", "cumulative"} <= set(drawn(view).table)


def test_a_total_below_the_sum_of_its_rows_is_said(data: Snapshot) -> None:
    notes = concentration_view("rare-earths", "usgs-mcs.2024", data).notes
    assert any("Reserves: the printed world total, 110,000,000 t, is below" in note for note in notes)
    other = concentration_view("rare-earths", "usgs-mcs.2025", data).notes
    assert not any("below the sum" in note for note in other)


def test_a_mineral_that_the_edition_does_not_have_is_said(data: Snapshot) -> None:
    view = of_2026("uranium", data)
    assert (view.chart, view.tiles, view.tables) == (None, (), ())
    assert view.empty == "USGS 2026 names no country with reserves or production of uranium."


@pytest.mark.parametrize("critical_list", ["us-2022", "us-2025", "eu-2024"])
def test_every_mineral_of_a_list_has_a_line_or_a_reason(data: Snapshot, critical_list: str) -> None:
    view = glance(critical_list, "usgs-mcs.2026", "makes", data)
    assert critical_list in critical_lists().index
    reasons = view.why.sentences if view.why else ()
    facts, lists = dict(view.cards[0].facts), {"us-2022": 50, "us-2025": 60, "eu-2024": 34}
    assert int(facts["entries on the list"]) == lists[critical_list]
    assert f" of the {lists[critical_list]} entries of the list " in drawn(view).subtitle
    assert all(": " in reason for reason in reasons)


def test_each_cell_prints_its_number_and_has_a_card(data: Snapshot) -> None:
    view = glance("us-2025", "usgs-mcs.2026", "makes", data)
    own = {name: list(cells["words"]) for name, cells in marks(view).groupby("row", sort=False)}
    assert own["Rare earths"] == ["China ≤ 52 %", "≈ 3,400", "China 69 %", "≥ 5,000", "≥ 210"]
    assert own["Scandium"][0] == "–"  # one country alone leads nobody
    assert all(words(view))
    assert {sign for sign in "≥≤≈–" if any(sign in text for text in words(view))} == {m.sign for m in MARKS}
    names = ids(view)
    assert len(names) > 100
    assert all(card_of(name, data) is not None for name in names[::9])


@pytest.mark.parametrize("sort", list(SORTS))
def test_the_order_is_of_choice(data: Snapshot, sort: str) -> None:
    table = drawn(glance("us-2025", "usgs-mcs.2026", sort, data)).table
    column, rising = {
        "makes": ("production_hhi", False), "holds": ("reserves_hhi", False), "years": ("years", True),
        "name": ("name", True),
    }[sort]  # fmt: skip
    values = table[column].dropna()
    ordered = [str(value).casefold() for value in values] if sort == "name" else list(values)
    assert ordered == sorted(ordered, reverse=not rising)


def test_the_link_decides_and_follows() -> None:
    link = {"mineral": "lithium", "edition": "usgs-mcs.2025", "list": "eu-2024", "sort": "name"}
    app = opened("concentration", **link, open="glance")
    assert not app.exception
    assert " of the 34 entries of the list EU 2024 have figures" in page_text(app)
    assert len(app.get("plotly_chart")) == 1
    assert page_text(app).count('class="on-paper"') == 1
    app.selectbox(key="concentration-sort").set_value("years").run()
    app.selectbox(key="concentration-mineral").set_value("cobalt").run()
    assert not app.exception
    assert app.query_params["mineral"] == "cobalt"
    assert app.query_params["edition"] == "usgs-mcs.2025"
    assert app.query_params["list"] == "eu-2024"
    assert app.query_params["sort"] == "years"
    assert "DR Congo" in page_text(app)


def test_a_link_to_what_there_is_not_opens_and_says_so() -> None:
    app = opened("concentration", mineral="unobtainium", edition="usgs-mcs.1999", open="glance")
    assert not app.exception  # that of the rare earths has a row of choices more
    assert "There is no edition “usgs-mcs.1999” to choose here; this is USGS 2026 (in use)." in page_text(app)
