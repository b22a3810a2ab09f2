"""The page Figures: a block for every claim, computed from the data, each with its cards and table."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.view import View
from dashboard.snapshot import Snapshot
from dashboard.topics.figures import figures_of, of_documents, tiles_of_figures
from dashboard.topics.rows import card_of
from dashboard.topics.stories import subject_words
from dashboard.words.claims import tile
from tests.pages import opened, page_html, page_text
from tests.specs import drawn, ids, marks, panels

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shown(data: Snapshot) -> dict[str, View]:
    """The charts of the page, but for those of an edition of choice."""
    made = {key: figure.make("") for key, figure in figures_of(data).items() if not figure.by_edition}
    return {key: view for key, view in made.items() if view is not None}


TILES = [
    ("russia-rare-metals-holdings", "658 Mt", "no statistics of this"),
    ("russia-rare-earths-holdings", "28.5 Mt", "not comparable (7.5× USGS 2026): class and basis not stated"),
    ("russia-rare-metals-share", "1 %", "of a wider group; rare earths alone: 0.67 %"),
    (
        "russia-rare-earths-rank",
        "5th",
        "holds in 1 of 4 editions, not in 2, open in 2026 for want of a number of India",
    ),
    ("ukraine-fund-early-drafts", "$500 bn", "no statistics apply"),
    ("ukraine-revenue-contribution", "50 %", "no statistics apply"),
]


@pytest.mark.parametrize(("claim", "figure", "badge"), TILES, ids=[case[0] for case in TILES])
def test_tiles_say_how_a_figure_stands(data: Snapshot, claim: str, figure: str, badge: str) -> None:
    found = tile(data.claim(claim), data.checks[claim])
    assert (found[0], found[2]) == (figure, badge)


def test_the_first_figures_are_tiles(data: Snapshot) -> None:
    assert [item.figure for item in tiles_of_figures(data)] == ["658 Mt", "28.5 Mt", "1 %", "5th", "$500 bn"]


FINDINGS = [
    ("part-russia-rare-metals-holdings", "Of the 658 Mt", "4.33 % are rare earths"),
    ("amount-russia-rare-earths-holdings", "7.5 times the latest statistic", "may not count the same thing"),
    ("share-russia-rare-metals-share", "Stated: 1 %", "0.64 % to 0.9 %"),
    ("rank-russia-rare-earths-rank", "ranks 5th in reserves of rare earths in 1 of 4 editions", "(2025)"),
    ("money-ukraine-front-lines-2025", "$500 bn was proposed as a fund", "in early drafts only"),
    ("ratios", "3 comparisons", "allow none to be checked"),
    ("events", "disagree on 1 of 14 dates", ""),
]


@pytest.mark.parametrize(("key", "first", "second"), FINDINGS, ids=[case[0] for case in FINDINGS])
def test_titles_are_findings(shown: dict[str, View], key: str, first: str, second: str) -> None:
    title = drawn(shown[key]).title
    assert first in title
    assert second in title


def test_every_claim_and_event_is_drawn_with_its_source(data: Snapshot, shown: dict[str, View]) -> None:
    names = {name for view in shown.values() for name in ids(view)}
    assert {claim.id for claim in data.seeds.claims if claim.id != "russia-rare-earths-rank"} <= names
    assert {f"event:{event.id}" for event in data.seeds.events} <= names
    for name in names:
        assert card_of(name, data) is not None, name


@pytest.mark.parametrize("part", ["title", "subtitle", "source", "alt", "name"])
def test_every_chart_has_all_its_parts(shown: dict[str, View], part: str) -> None:
    for key, view in shown.items():
        chart = drawn(view)
        assert getattr(chart, part).strip(), key
        assert len(chart.table), key
        assert "citation" in chart.table, key
        assert view.cards, key


def test_money_and_tonnes_never_share_a_panel(shown: dict[str, View]) -> None:
    tables = {key: drawn(view).table for key, view in shown.items()}
    units = {key: set(table["unit"]) for key, table in tables.items() if "unit" in table}
    assert units["money-ukraine-front-lines-2025"] == {"USD", "1"}
    measures = [set(part.rows["measure"]) for part in panels(shown["money-ukraine-front-lines-2025"])]
    assert measures == [{"fund"}, {"debt"}, {"revenue_contribution"}]
    assert not any("USD" in found and "t" in found for found in units.values())


def ranked(edition: str, data: Snapshot) -> View:
    view = figures_of(data)["ranked-russia-rare-earths-rank"].make(f"usgs-mcs.{edition}")
    assert view is not None
    return view


@pytest.mark.parametrize(
    ("edition", "rank", "share"),
    [("2023", "tied 3rd", "16 %"), ("2024", "4th", "9.1 %"), ("2025", "5th", "at most 4.3 %"),
     ("2026", "4th", "at most 4.5 %")],
)  # fmt: skip
def test_an_edition_of_choice_is_ranked(data: Snapshot, edition: str, rank: str, share: str) -> None:
    chart = drawn(ranked(edition, data))
    assert f"Reserves of rare earths: Russia is {rank} with" in chart.title
    assert f"{share} of the world total" in chart.title
    assert set(chart.table["edition"]) == {edition}
    assert chart.name == f"russia-rare-earths-rank-usgs-mcs.{edition}"


@pytest.mark.parametrize(("edition", "number"), [("2023", 0), ("2024", 1), ("2025", 0)])
def test_a_total_below_the_sum_of_its_rows_is_a_finding(data: Snapshot, edition: str, number: int) -> None:
    notes = " ".join(ranked(edition, data).notes)
    assert notes.count("below the sum of its rows, 115,414,500") == number


def test_a_place_without_a_number_is_drawn_as_not_there(data: Snapshot) -> None:
    found = marks(ranked("2026", data))
    absent = found[found["words"] == "not available"]
    assert len(absent[absent["tone"] != "context"]) == 5
    assert absent[absent["tone"] == "context"]["label"].tolist() == ["Other countries"]


def test_an_edition_without_such_a_table_has_no_order(data: Snapshot) -> None:
    assert figures_of(data)["ranked-russia-rare-earths-rank"].make("usgs-mcs.1999") is None


def test_the_page_runs_and_answers_first() -> None:
    app = opened("figures")
    text = page_text(app)
    for figure in ("658 Mt", "28.5 Mt", "1 %", "5th", "$500 bn"):
        assert f"<b>{figure}</b>" in text
    assert "Data version" in text
    assert len(app.get("plotly_chart")) == 1
    assert len(re.findall(r'<div class="drawn">.*?<img ', text)) == 7  # for paper


def test_the_edition_can_be_changed() -> None:
    app = opened("figures", open="ranked-russia-rare-earths-rank")
    app.get("button_group")[0].set_value("usgs-mcs.2023").run()
    assert not app.exception
    text = page_text(app)
    assert "Russia is tied 3rd with 21 Mt" in text


def closed(app: AppTest) -> set[str]:
    """The figures that are there for paper alone."""
    return set(re.findall(r'class="on-paper" data-part="([\w-]+)"', page_html(app)))


def test_one_figure_is_open_and_the_link_says_which(data: Snapshot) -> None:
    every = set(figures_of(data))
    app = opened("figures")
    assert every - closed(app) == {"amount-russia-rare-earths-holdings"}  # the first held against statistics
    app.button(key="open-events").click().run()
    assert every - closed(app) == {"events"}
    assert app.query_params["open"] == "events"
    app.button(key="open-events").click().run()
    assert closed(app) == every
    again = opened("figures", open="ratios")
    assert every - closed(again) == {"ratios"}


# A chosen set of documents -----------------------------------------------------------------------------

SUBJECTS = [
    ("", "Russia’s rare earths"),
    ("moscow-times-2025-03-31", "rare earths and rare metals in Russia"),
    ("ukraine-front-lines-2025", "critical minerals in Ukraine"),
    ("kyiv-independent-2025", "minerals"),
]


@pytest.mark.parametrize(("documents", "words"), SUBJECTS, ids=[case[0] or "all" for case in SUBJECTS])
def test_the_heading_says_what_the_documents_speak_of(data: Snapshot, documents: str, words: str) -> None:
    assert subject_words(of_documents(data, documents)) == words


def test_the_figures_of_one_document_are_its_own(data: Snapshot) -> None:
    chosen = of_documents(data, "moscow-times-2025-03-31")
    claims = {claim.id for claim in chosen.seeds.claims}
    assert claims == {claim.id for claim in data.seeds.claims if claim.source == "moscow-times-2025-03-31"}
    keys = list(figures_of(chosen))
    assert "part-russia-rare-metals-holdings" in keys
    assert not any(key.startswith("money-") for key in keys)
    assert all(
        mention.source in chosen_ids(chosen) for event in chosen.seeds.events for mention in event.mentions
    )


def chosen_ids(chosen: Snapshot) -> set[str]:
    return {document.source.id for document in chosen.seeds.documents}


def test_every_chart_of_a_chosen_set_is_made(data: Snapshot) -> None:
    for document in data.seeds.documents:
        chosen = of_documents(data, document.source.id)
        for figure in figures_of(chosen).values():
            made = figure.make(figure.usual)
            assert made is None or drawn(made).title


def test_the_page_follows_the_chosen_documents() -> None:
    app = opened("figures")
    app.multiselect[0].set_value(["moscow-times-2025-03-31"]).run()
    assert not app.exception
    text = page_text(app)
    assert "rare earths and rare metals in Russia" in text
    assert "$500 bn" not in text
    assert app.query_params["document"] == "moscow-times-2025-03-31"
