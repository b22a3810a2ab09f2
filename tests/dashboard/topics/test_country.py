"""One country: ranks and shares held against the observations, and what is said where there is no row."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts.chart import Heat
from dashboard.charts.view import View
from dashboard.drawing.screen import lines_for_telephone
from dashboard.snapshot import Snapshot
from dashboard.topics import country
from dashboard.topics.explore import choosable_places
from dashboard.topics.parameters import answer, settle_asked
from loaders.knowledge import rules
from loaders.names import mineral_name
from loaders.text import in_sentence
from tests.long import some
from tests.oracle_claims import Facts
from tests.oracle_objects import Entry, entries_of
from tests.printed_tables import is_share

pytestmark = pytest.mark.slow


def seen(data: Snapshot, **wanted: str) -> View:
    """The view of a choice."""
    asked, missed = settle_asked(country.PARAMETERS, wanted, data)
    assert not missed
    return answer(country, asked, data)


def ranks(view: View, row: str) -> list[str]:
    """The words of the ranks in one row of the chart, edition by edition."""
    assert view.chart
    assert isinstance(view.chart.drawing, Heat)
    cells = view.chart.drawing.cells
    own = cells[(cells["row"] == row) & cells["column"].str.startswith("rank")]
    return [str(words) for words in own["words"]]


RANKS = [
    ("RUS", "Rare earths, reserves", ["=3rd", "4th", "5th", "4th"]),
    ("CHN", "Rare earths, mine production", ["1st", "1st", "1st", "1st"]),
    ("TTO", "Asphalt (natural), mine production", []),  # no such table
]


@pytest.mark.parametrize(("place", "row", "told"), RANKS)
def test_the_rank_is_told_edition_by_edition(data: Snapshot, place: str, row: str, told: list[str]) -> None:
    assert ranks(seen(data, place=place, which="all"), row) == told


@pytest.mark.parametrize("place", ["RUS", "UKR", "USA", "GIN"])
@pytest.mark.parametrize("edition", ["usgs-mcs.2026", "usgs-mcs.2023"])
def test_ranks_and_shares_follow_from_the_observations(data: Snapshot, place: str, edition: str) -> None:
    view = seen(data, place=place, edition=edition, which="all")
    assert view.chart
    table = view.chart.table
    facts = Facts(data.observations, {}, (), {}, None, {}, data.observations.iloc[:0])
    entries = [one for one in entries_of({"edition": edition}, facts) if place in one.table.places]
    by_words: dict[str, list[Entry]] = {}
    for one in entries:
        by_words.setdefault(one.words, []).append(one)
    held = 0
    for line in table.to_dict("records"):
        words = f"{line['measure'][:1].lower()}{line['measure'][1:]} of "
        own = [one for told, found in by_words.items() if told.startswith(words) for one in found
               if mineral_name(one.mineral) == line["mineral"]]  # fmt: skip
        assert own, line
        rank = None if pd.isna(line["rank"]) else int(line["rank"])
        assert rank in [one.rank(place) for one in own], line
        if line["share_in_words"]:
            shares = [share for one in own if (share := one.share(place)) is not None]
            assert any(is_share(line["share_in_words"], share, others=True) for share in shares), line
        held += 1
    assert held >= len(entries)


def test_where_documents_speak_of_what_no_table_has_it_is_said(data: Snapshot) -> None:
    told = "Documents speak of rare earths: Ukraine has no row in the latest such tables of USGS 2026."
    assert told in dict(seen(data, place="UKR").facts)["no row"]


def test_a_country_with_one_row_and_one_with_none(data: Snapshot) -> None:
    one = seen(data, place="CAF", edition="usgs-mcs.2023")
    assert one.chart
    assert "is not among the first three in any of 2 tables of USGS 2023" in one.chart.title
    none = seen(data, place="CAF", edition="usgs-mcs.2026")
    assert none.chart is None
    assert (
        "USGS 2026 has no row of Central African Republic. Editions that have one: USGS 2023." in none.empty
    )
    assert "No other edition has one." in seen(data, place="SUN", edition="usgs-mcs.2026").empty


def test_what_is_counted_with_another_country_is_said_and_not_ranked(data: Snapshot) -> None:
    told = [
        text
        for place in ("USA", "CAN")
        for edition in data.edition_names
        for label, text in seen(data, place=place, edition=edition).facts
        if label == "counted with others"
    ]
    assert told
    assert all(text.endswith("not ranked.") for text in told)


def test_every_country_has_a_view(data: Snapshot) -> None:
    for place in some(choosable_places(), 9):
        view = seen(data, place=place)
        assert view.chart or "has no row of" in view.empty


def test_a_telephone_has_the_cells_of_a_country_as_lines(data: Snapshot) -> None:
    chart = seen(data, place="RUS").chart
    assert chart
    assert isinstance(chart.drawing, Heat)
    lines = dict(lines_for_telephone(chart))
    first = lines["Asbestos, reserves"].replace("\u00a0", " ")
    assert first.startswith("amount 110 Mt · share 73 % · rank 2023 1st · 2024 1st")
    assert list(lines) == list(dict.fromkeys(chart.drawing.cells["row"]))


SHOWN = [("RUS", "first", 15), ("TUR", "first", 15), ("TUR", "all", 60), ("TUR", "critical", 0)]


@pytest.mark.parametrize(("place", "which", "rows"), SHOWN)
def test_the_largest_shares_come_first_whatever_is_done(
    data: Snapshot, place: str, which: str, rows: int
) -> None:
    chart = seen(data, place=place, edition="usgs-mcs.2026", which=which).chart
    assert chart
    assert isinstance(chart.drawing, Heat)
    cells = chart.drawing.cells
    shares = cells.loc[cells["column"] == "share", "shade"].fillna(-1.0).tolist()
    assert shares == sorted(shares, reverse=True)
    if rows:
        assert len(shares) == rows
    else:
        assert len(shares) > 15
        assert all(named_on_lists(name) for name in chart.table["mineral"])


def named_on_lists(name: str) -> bool:
    """Whether a list of critical minerals covers it, by the entries of the lists."""
    covered = {code for line in rules("critical_entries") for code in line["covers"].split(";")}
    return any(mineral_name(code) == name for code in covered)


@pytest.mark.parametrize(("place", "told"), [("RUS", True), ("GRL", True), ("TUR", False), ("CUB", False)])
def test_later_figures_can_be_chosen_where_the_country_is_in_their_table(
    data: Snapshot, place: str, told: bool
) -> None:
    reading = next(item for item in country.PARAMETERS if item.name == "reading")
    asked, _ = settle_asked(country.PARAMETERS, {"place": place, "edition": "usgs-mcs.2026"}, data)
    assert (len(reading.offered(data, asked)) > 1) is told


def test_a_sign_in_a_cell_is_explained_below_and_the_note_says_what_else_changes(data: Snapshot) -> None:
    view = seen(data, place="GRL", edition="usgs-mcs.2026")
    assert view.chart
    assert isinstance(view.chart.drawing, Heat)
    assert any("†" in words for words in view.chart.drawing.cells["words"])
    assert "† A later release of the publisher prints" in view.chart.source
    note = view.notes[-1]
    assert note.startswith("With the later figures: “Greenland ")
    assert note.endswith("its largest share is at most 2 % of the world, in reserves of rare earths”.")


def test_rows_of_earlier_years_are_said_and_followed(data: Snapshot) -> None:
    table = data.observations
    newest = (table["dataset"] == "usgs-mcs") & (table["edition"] == "2026")
    latest = table.groupby(["dataset", "edition", "mineral", "measure"])["year"].transform("max")
    own = table[newest & (table["place"] == "CHL") & (table["year"] < latest)]
    before = replace(data, observations=pd.concat([table[table["place"] != "CHL"], own]))
    told, _, minerals = seen(before, place="CHL", edition="usgs-mcs.2026").empty.partition(" for ")
    assert told == (
        "USGS 2026 has no row of Chile in the latest year of a table. "
        "USGS 2026 has rows of earlier years: 2024"
    )
    names = " and ".join(in_sentence(mineral_name(name)) for name in own["mineral"])
    assert set(re.split(", | and ", minerals.partition(".")[0])) == set(names.split(" and "))
    other = table[(table["edition"] == "2025") & (table["place"] == "CHL")]
    several = replace(data, observations=pd.concat([before.observations, other]))
    for link in country.followed_of("CHL", several):
        rows = several.observations.merge(pd.DataFrame([{**link, "place": link.pop("places")}]))
        assert rows["year"].nunique() > 1
