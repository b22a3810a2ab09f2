"""A figure that a later release changed has a mark and a sentence wherever it is shown, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pandas as pd
import pytest

from dashboard import exports
from dashboard.charts.chart import Heat
from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics import TOPICS, explore, prices
from dashboard.topics.later_figures import FIRST_RELEASE, LATER, LATER_RELEASE, PUBLISHED, _frames, concerned
from dashboard.topics.pages import CLAIMS_PAGE, FIGURES_PAGE, own_link
from dashboard.topics.parameters import READING, Topic, answer, settle_asked
from dashboard.words.later_figures import SIGN
from tests.sweep import Choice, sentences, topics
from tests.workspaces import bundled, nothing

pytestmark = pytest.mark.slow

EDITION = "usgs-mcs.2026"
SAID = "11 Mt for Brazil (here 21 Mt) and more than 75 Mt for the world (here more than 85 Mt)"

HAS: list[tuple[str, Choice]] = [
    ("explore", {"mineral": "rare-earths", "measure": "reserves", "edition": EDITION}),
    ("explore", {"mineral": "rare-earths", "measure": "reserves", "edition": EDITION,
                 "which": "chosen", "places": "BRA,RUS"}),
    ("revisions", {"mineral": "rare-earths", "measure": "reserves"}),
    ("revisions", {"mineral": "rare-earths", "measure": "reserves", "which": "chosen", "places": "BRA"}),
    ("concentration", {"mineral": "rare-earths", "edition": EDITION}),
    ("glance", {"edition": EDITION}),
    ("claims", {"claim": "russia-rare-earths-rank", "edition": "all"}),
    ("claims", {"claim": "russia-rare-earths-rank", "edition": EDITION}),
]  # fmt: skip
HAS_NOT: list[tuple[str, Choice]] = [
    ("explore", {"mineral": "rare-earths", "measure": "reserves", "edition": "usgs-mcs.2025"}),
    ("explore", {"mineral": "rare-earths", "measure": "mine_production", "edition": EDITION}),
    ("explore", {"mineral": "lithium", "measure": "reserves", "edition": EDITION}),
    ("revisions", {"mineral": "lithium", "measure": "reserves"}),
    ("concentration", {"mineral": "rare-earths", "edition": "usgs-mcs.2024"}),
    ("glance", {"edition": "usgs-mcs.2025"}),
]


def seen(name: str, wanted: Choice) -> tuple[Topic, Choice, View]:
    return _seen(name, tuple(wanted.items()))


@cache
def _seen(name: str, wanted: tuple[tuple[str, str], ...]) -> tuple[Topic, Choice, View]:
    topic, data = topics()[name], bundled()
    asked, missed = settle_asked(topic.PARAMETERS, dict(wanted), data)
    assert not missed
    return topic, asked, answer(topic, asked, data)


def marks(view: View) -> Iterator[tuple[str, str]]:
    """The id and the words of each mark of a chart."""
    assert view.chart is not None
    for rows in _frames(view.chart.drawing):
        if {"id", "words"} <= set(rows.columns):
            yield from zip(rows["id"].astype(str), rows["words"].astype(str), strict=True)


def test_every_topic_can_be_read_with_later_figures() -> None:
    """Those of a country and of prices say for themselves where one bears on them."""
    assert [topic.NAME for topic in TOPICS if READING not in topic.PARAMETERS] == ["country", "prices"]
    assert all(READING in page.parameters for page in (CLAIMS_PAGE, FIGURES_PAGE))


@pytest.mark.parametrize(("name", "wanted"), HAS)
def test_the_mark_is_exactly_where_the_figure_is(name: str, wanted: Choice) -> None:
    _, _, view = seen(name, wanted)
    assert view.chart is not None
    assert SAID in view.chart.source  # which every picture, slide and document has in it
    assert SAID in view.chart.alt
    assert any(SAID in note for note in view.notes)
    signed = {(row, words) for row, words in marks(view) if SIGN in words}
    if isinstance(view.chart.drawing, Heat):
        cells = view.chart.drawing.cells
        assert set(cells.loc[cells["words"].str.contains(SIGN), "row"]) == {"Rare earths"}
    else:
        assert {row for row, _ in signed} == {row for row, _ in marks(view)} & set(bundled().later)
    assert not signed or f"{SIGN} A later release" in view.chart.source  # said once: no mark says it again
    assert SIGN not in [mark.sign for mark in view.marks]


@pytest.mark.parametrize(("name", "wanted"), HAS)
def test_its_line_in_the_table_says_what_the_later_release_prints(name: str, wanted: Choice) -> None:
    _, _, view = seen(name, wanted)
    assert view.chart is not None
    table = view.chart.table
    if "id" not in table:
        assert table.loc[table[LATER_RELEASE].str.contains(SAID, regex=False), "name"].tolist() == [
            "Rare earths"
        ]
        return
    if not table["id"].isin(list(bundled().later)).any():
        assert LATER_RELEASE not in table
        return
    told = table[table[LATER_RELEASE] != ""]
    assert set(told["id"]) == set(table["id"]) & set(bundled().later)
    assert told[LATER_RELEASE].str.contains("000,000 metric tons in version 1.3").all()


@pytest.mark.parametrize(("name", "wanted"), HAS_NOT)
def test_views_without_such_a_figure_are_as_the_topic_makes_them_and_made_once(
    name: str, wanted: Choice, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, asked, _ = seen(name, wanted)
    made, real = [], topic.view

    def counted(asked: Choice, data: Snapshot) -> View:
        made.append(1)
        return real(asked, data)

    monkeypatch.setattr(topic, "view", counted)
    view = answer(topic, asked, bundled())
    assert len(made) == 1
    assert not [text for _, text in sentences(view) if SIGN in text or "later release" in text]
    assert READING.options(bundled(), asked) == [PUBLISHED]


@pytest.mark.parametrize(("name", "wanted"), HAS)
def test_read_with_later_figures_title_and_subtitle_say_so(name: str, wanted: Choice) -> None:
    topic, asked, view = seen(name, {**wanted, "reading": LATER})
    assert view.chart is not None
    assert asked["reading"] == LATER
    assert view.chart.title.endswith("(with the publisher’s later figures)")
    assert SAID.replace("here", "first release") in view.chart.subtitle
    assert "--reading later" in view.command
    signed = {row for row, words in marks(view) if SIGN in words}
    assert {row for row, _ in marks(view)} & set(bundled().later) <= signed
    assert not [words for _, words in marks(view) if "*" in words]
    assert "*" not in [mark.sign for mark in view.marks]
    assert not signed or f"{SIGN} Read with" in view.chart.subtitle
    table, later = view.chart.table, bundled().later
    if "id" in table and topic.NAME == "explore":
        read = table.set_index("id")[["value", "lower"]].max(axis=1)
        wanted_numbers = {"BRA": 11e6, "WLD": 75e6}
        for row in set(read.index) & set(later):
            assert read[row] == wanted_numbers[later[row].place]
            line = table.set_index("id").loc[row]
            assert line["printed"].replace(",", "").strip(">") == f"{wanted_numbers[later[row].place]:.0f}"
            assert "version 1.3" in line["where"]
            assert line[FIRST_RELEASE].startswith(later[row].printed)


def test_shares_and_ranks_follow_the_later_figures() -> None:
    asked = {"mineral": "rare-earths", "measure": "reserves", "edition": EDITION}
    published, later = (seen("explore", {**asked, "reading": how})[2].chart for how in (PUBLISHED, LATER))
    assert published is not None
    assert later is not None
    shares = [chart.table.set_index("place")["share"] for chart in (published, later)]
    assert [round(share["CHN"], 4) for share in shares] == [round(44 / 85, 4), round(44 / 75, 4)]
    assert [round(share["BRA"], 4) for share in shares] == [round(21 / 85, 4), round(11 / 75, 4)]
    assert published.table["rank"].dropna().tolist() == later.table["rank"].dropna().tolist()


def test_the_card_of_the_figure_says_it_and_every_file_has_it() -> None:
    _, _, view = seen("explore", {**HAS[0][1], "which": "chosen", "places": "BRA"})
    facts = [fact for card in view.cards for fact in card.facts]
    told = next(text for label, text in facts if label == "later release")
    assert told.startswith("11,000,000 metric tons")
    assert any(text.endswith(SIGN) for label, text in facts if label == "world total")
    for kind in ("csv", "json", "svg", "html"):
        content = exports.file_of(kind, view, bundled().stamp).decode("utf-8-sig")
        assert "version 1.3 of the chapter Rare Earths" in " ".join(content.split()), kind
        assert SIGN in content or kind == "csv", kind


def test_nothing_is_said_without_statistics_or_where_the_edition_is_a_later_one() -> None:
    assert nothing().later == {}
    data = bundled()
    rows = data.observations.copy()
    rows["printed_value"] = rows["printed_value"].where(rows["printed_value"] != "21,000,000", "11,000,000")
    again = type(data)(data.catalogue, rows, data.seeds)
    assert [item.place for item in again.later.values()] == ["WLD"]
    assert concerned(again, {"mineral": "lithium"}) == {}


def test_the_link_of_one_chart_names_the_reading_only_where_it_is_not_the_usual_one() -> None:
    asked = {"claim": "russia-rare-earths-rank", "edition": "all"}
    links = [own_link(seen("claims", {**asked, "reading": how})[2]) for how in (PUBLISHED, LATER)]
    assert links == ["claim=russia-rare-earths-rank", "reading=later&claim=russia-rare-earths-rank"]


def test_later_figures_leave_the_observations_as_they_are() -> None:
    data = bundled()
    before = data.observations["value"].copy()
    assert data.with_later.observations["value"].ne(before).sum() >= 1
    pd.testing.assert_series_equal(data.observations["value"], before)
    assert explore.NAME == "explore"


@pytest.mark.parametrize("beside", ["alone", "output"])
def test_a_page_without_later_figures_offers_no_other_reading(beside: str) -> None:
    """Those of rare earths are of reserves, and prices stand above output at most."""
    asked, _ = settle_asked(prices.PARAMETERS, {"mineral": "rare-earths", "beside": beside}, bundled())
    assert list(prices.PARAMETERS[-1].offered(bundled(), asked)) == [PUBLISHED]
