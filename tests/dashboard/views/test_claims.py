"""The page Claims: every claim with its evidence, its outcomes, its origin; and claims of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.drawing.screen import figure
from dashboard.intake.claim import ClaimEntry, new_seed, with_claim
from dashboard.snapshot import Snapshot, snapshot
from dashboard.topics.claim_tables import (
    ClaimFilter,
    beside,
    matches,
    offered,
    origins,
    outcome_table,
    relations,
    rows_words,
    standings,
)
from dashboard.topics.claims import ALL_EDITIONS, claim_view, precision_words, reading_card
from dashboard.topics.figures import figures_of
from dashboard.topics.rows import card_of
from loaders.model import Claim, Link
from loaders.store import all_seeds, own_seeds, write_seed
from loaders.vocabulary import Outcome, Relation
from tests.dashboard.intake.test_claim import CLAIM, SOURCE
from tests.long import some
from tests.pages import bundle_no_editions, opened, page_text, settled
from tests.specs import drawn, ids

pytestmark = pytest.mark.slow

SAID_BY = {("usgs-mcs", edition): "USGS" for edition in ("2023", "2024", "2025", "2026")}


# What is said of a claim -------------------------------------------------------------------------------

STANDINGS = [
    ("russia-rare-earths-rank", "holds in", "USGS 2025 (5th)."),
    ("russia-rare-earths-rank", "does not hold in", "USGS 2023 (tied 3rd), 2024 (4th)."),
    ("russia-rare-earths-holdings", "cannot be compared with", "stated no class; USGS counts reserves"),
    ("russia-rare-metals-holdings", "cannot be checked against", "no figures of rare metals"),
    ("russia-ukraine-rare-earths-far-more", "cannot be checked against", "Ukraine has no row"),
    ("ukraine-fund-early-drafts", "cannot be compared with", "No dataset here counts this: fund size."),
]


@pytest.mark.parametrize(("claim", "words", "which"), STANDINGS, ids=[f"{c[0]} {c[1]}" for c in STANDINGS])
def test_how_a_claim_stands(data: Snapshot, claim: str, words: str, which: str) -> None:
    assert which in dict(standings(data.checks[claim], SAID_BY))[words]


EDITIONS = [
    ("russia-rare-earths-rank", "USGS 2025",
     ["holds", "2024", "5th", "MCS2025_World_Data.csv, rows 880 to 897"]),
    ("russia-rare-earths-rank", "USGS 2023", ["does not hold", "tied 3rd", "Tied with Brazil"]),
    ("russia-rare-earths-holdings", "USGS 2025",
     ["not comparable", "2024", "3.8 Mt", "7.5 times", "MCS2025_World_Data.csv, row 891"]),
    ("russia-rare-metals-share", "USGS 2026",
     ["not comparable", "2025", "0.67 %", "1.5 times", "rows 6100, 6106"]),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "edition", "words"), EDITIONS, ids=[f"{c[0]} {c[1]}" for c in EDITIONS])
def test_the_outcome_in_an_edition(data: Snapshot, claim: str, edition: str, words: list[str]) -> None:
    _, lines = outcome_table(data.claim(claim), data.checks[claim], SAID_BY)
    line = " | ".join(next(line for line in lines if line[0] == edition))
    assert all(word in line for word in words), line


def test_what_holds_for_all_editions_is_said_once(data: Snapshot) -> None:
    columns, lines = outcome_table(
        data.claim("russia-rare-earths-holdings"), data.checks["russia-rare-earths-holdings"], SAID_BY
    )
    assert "why" not in [column.label for column in columns]
    assert all(len(line) == len(columns) for line in lines)


ROWS = [
    ([("a.csv", 3, "x")], "a.csv, row 3"),
    ([("a.csv", 5, "x"), ("a.csv", 4, "y"), ("a.csv", 5, "z")], "a.csv, rows 4 to 5"),
    ([("a.csv", 1, "x"), ("a.csv", 3, "x"), ("b.csv", 2, "x")], "a.csv, rows 1, 3; b.csv, row 2"),
    ([], ""),
]


@pytest.mark.parametrize(("rows", "words"), ROWS, ids=[case[1] or "none" for case in ROWS])
def test_rows_in_words(rows: list[tuple[str, int, str]], words: str) -> None:
    assert rows_words(rows) == words


PRECISIONS = [
    ("russia-rare-metals-holdings", "657.5 Mt to 658.5 Mt"),
    ("russia-rare-earths-holdings", "28.45 Mt to 28.55 Mt"),
    ("russia-rare-metals-share", "0.5 % to 1.5 %"),
    ("russia-rare-earths-rank", "exactly 5th"),
    ("russia-ukraine-rare-earths-far-more", "1 times or more"),
    ("ukraine-aid-smaller-than-fund", "at most 1 times"),
]


@pytest.mark.parametrize(("claim", "words"), PRECISIONS, ids=[case[0] for case in PRECISIONS])
def test_what_a_printed_number_stands_for(data: Snapshot, claim: str, words: str) -> None:
    assert precision_words(data.claim(claim)) == words


def test_the_reading_is_on_the_card(data: Snapshot) -> None:
    facts = dict(reading_card(data.claim("russia-rare-earths-holdings"), data).facts)
    assert facts["said by"] == "Russia's Natural Resources Ministry"
    assert facts["cited by"] == "Izvestia"
    assert (facts["kind"], facts["read as"], facts["modality"]) == ("quantity", "28.5 Mt", "estimate")
    assert (facts["class"], facts["basis"]) == ("not stated", "not stated")
    assert facts["unit"].startswith("tonne. ")


# Origins and other statements --------------------------------------------------------------------------


def test_claims_of_one_origin_are_grouped(data: Snapshot) -> None:
    sizes = {origin.name: len(origin.claims) for origin in origins(data.seeds.claims)}
    assert sizes["Russia's Natural Resources Ministry"] == 2
    assert sizes["Vladimir Putin"] == 2
    assert sum(sizes.values()) == len(data.seeds.claims)


def _repeating(claim: Claim, name: str, other: str) -> Claim:
    links = (Link(relation=Relation.REPEATS, claim=other),)
    return claim.model_copy(update={"id": name, "chain": (f"who says {name}",), "links": links})


def test_a_repetition_goes_with_its_origin_and_circles_end(data: Snapshot) -> None:
    first = data.claim("russia-rare-earths-holdings")
    second = _repeating(first, "b", first.id)
    third = _repeating(first, "c", "b")
    assert [len(group.claims) for group in origins([third, second], [first])] == [2]
    assert origins([third, second], [first])[0].name == first.origin
    circle = [_repeating(first, "x", "y"), _repeating(first, "y", "x")]
    assert sum(len(group.claims) for group in origins(circle)) == 2


def test_parts_are_never_added(data: Snapshot) -> None:
    claims = data.seeds.claims
    assert (
        "4.33 % of the whole" in dict(relations(data.claim("russia-rare-earths-holdings"), claims))["part of"]
    )
    back = dict(relations(data.claim("russia-rare-metals-holdings"), claims))
    assert "must not be added" in back["has as a part"]


def test_statements_beside_each_other(data: Snapshot) -> None:
    found = beside(data.claim("ukraine-debt-350-billion"), data.seeds.claims)
    assert [words for words, _ in found].count("differs from") == 2
    apart = next(which for words, which in found if words == "cannot be compared with")
    assert "fund size" in apart


# Filters -----------------------------------------------------------------------------------------------

FILTERS = [
    (ClaimFilter(), 12),
    (ClaimFilter(mineral=("rare-earths",)), 3),
    (ClaimFilter(place=("UKR",)), 8),  # two as the place of comparison
    (ClaimFilter(kind=("rank", "share")), 3),
    (ClaimFilter(outcome=("holds",)), 1),
    (ClaimFilter(outcome=("agrees",)), 0),
    (ClaimFilter(mineral=("rare-earths",), kind=("quantity",), outcome=("not_comparable",)), 1),
]


@pytest.mark.parametrize(("wanted", "number"), FILTERS, ids=[str(case[0]) for case in FILTERS])
def test_filters(data: Snapshot, wanted: ClaimFilter, number: int) -> None:
    assert sum(matches(claim, data.checks[claim.id], wanted) for claim in data.seeds.claims) == number


def test_only_what_there_is_can_be_chosen(data: Snapshot) -> None:
    options = offered(data.seeds.claims, data.checks)
    assert options.place == ("RUS", "UKR")
    assert set(options.outcome) <= set(Outcome)
    assert offered([], {}) == ClaimFilter()


# Charts ------------------------------------------------------------------------------------------------


def test_every_claim_has_a_chart_in_all_editions_and_in_each(data: Snapshot) -> None:
    for claim in data.seeds.claims:
        for edition in (ALL_EDITIONS, *data.edition_names):
            view = claim_view(claim, edition, data)
            chart = drawn(view)
            assert chart.title, claim.id
            assert chart.alt, claim.id
            assert view.cards[0].id == claim.id
            assert view.facts, claim.id
            assert "true" not in chart.title.split()
            editions = {text for text in chart.table.get("edition", []) if text.isdigit()}
            assert edition == ALL_EDITIONS or editions <= {edition.split(".")[1]}


HOSTILE: list[tuple[str, dict[str, ClaimEntry]]] = [
    ("only a bound", {"printed": "more than 5 Mt", "value": "more than 5 Mt"}),
    ("a range", {"printed": "5 to 6 million metric tons", "value": "5 to 6 million metric tons"}),
    ("zero", {"printed": "0 metric tons", "value": "0 metric tons"}),
    ("share", {"kind": "share", "printed": "31%", "value": "31%", "measure": "mine_production"}),
    ("share of a place", {"kind": "share", "printed": "31%", "value": "31%", "compared_place": "AUS"}),
    ("rank", {"kind": "rank", "printed": "first", "value": "first", "compared_place": "WLD"}),
    ("far rank", {"kind": "rank", "printed": "90th", "value": "90th"}),
    ("ratio", {"kind": "ratio", "printed": "twice", "value": "twice", "compared_place": "AUS"}),
    ("ratio to nothing", {"kind": "ratio", "printed": "twice", "value": "twice"}),
    ("change", {"kind": "ratio", "printed": "fell 34 per cent", "value": "34 per cent"}),
    ("world", {"place": "WLD"}),
    ("several places", {"place": "CHL+ARG"}),
    ("money", {"kind": "money", "printed": "more than $5 billion", "value": "more than $5 billion",
               "measure": "fund"}),
    ("no such series", {"mineral": "hafnium", "measure": "capacity"}),
    ("part without an amount", {"printed": "more than 5 Mt", "value": "more than 5 Mt", "basis": "undefined",
                                "links": {"part_of": ["russia-rare-metals-holdings"]}}),
    ("part of money", {"kind": "money", "printed": "$5 billion", "value": "$5 billion", "measure": "fund",
                       "basis": "not_applicable", "links": {"part_of": ["ukraine-fund-early-drafts"]}}),
    ("part of unlike", {"links": {"part_of": ["russia-rare-metals-share"]}}),
    ("long", {"printed": " ".join(["9.3 million metric tons"] + ["Donaudampfschiff" * 6] * 5),
              "chain": ["a ministry with a very long name " * 6, "El Diario"]}),
    ("markup", {"note": "<script>alert(1)</script> $x$ **b**",
                "chain": ["<img src=x onerror=alert(1)>", "El Diario"]}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changed"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_any_claim_that_can_be_added_can_be_shown(name: str, changed: dict[str, ClaimEntry]) -> None:
    write_seed(new_seed(SOURCE, {**CLAIM, "id": "mine", **changed}).encode())
    data = snapshot()
    assert not data.seeds.problems
    claim = data.claim("mine")
    for edition in (ALL_EDITIONS, *some(data.edition_names, 4)):
        view = claim_view(claim, edition, data)
        assert drawn(view).title.strip()
        assert figure(drawn(view)).data
        for mark in ids(view):
            assert card_of(mark, data) is not None, mark


def test_all_claims_that_can_be_added_stand_together_on_the_first_page() -> None:
    seed = new_seed(SOURCE, CLAIM)
    for number, (_, changed) in enumerate(HOSTILE):
        seed = with_claim(seed, {**CLAIM, "id": f"claim-{number}", **changed})
    write_seed(seed.encode())
    data = snapshot()
    assert not data.seeds.problems
    for item in figures_of(data).values():
        for edition in data.edition_names if item.by_edition else ("",):
            item.make(edition)


# The page ----------------------------------------------------------------------------------------------


def _listed(at: AppTest) -> list[Any]:
    """The claims of the list; each is a button that opens it."""
    return [button for button in at.button if str(button.key).startswith("open-")]


def test_the_page_shows_every_claim_by_origin() -> None:
    at = opened("claims")
    assert len(_listed(at)) == 12
    assert len(at.get("plotly_chart")) == 1
    text = page_text(at)
    assert "2 figures from this origin, in 2 documents" in text
    titles = [button.label for button in _listed(at)]
    assert titles[0] == "“658 million metric tons of rare metals”"
    assert len({*titles}) == 12, "two claims have the same title"
    sums = [title.replace("\\", "") for title in titles if "in debt" in title]
    read = [f"${billions} bn, debt, reported, Ukraine" for billions in (500, 350, 100)]
    assert sums == [f"“500, 350, or 100 billion in debt”: {words}" for words in read]
    assert "Edition by edition" in [item.label for item in at.expander]
    for verdict in (" is true", " is false", "correct", "wrong"):
        assert verdict not in text


def test_a_link_filters_and_names_what_there_is_not() -> None:
    at = opened("claims", mineral="rare-earths,unobtainium", kind="rank")
    assert len(at.get("plotly_chart")) == 1
    assert at.multiselect(key="claims-mineral").value == ["rare-earths"]
    assert "No claim has the mineral “unobtainium”." in page_text(at)
    assert at.query_params["mineral"] in ("rare-earths", ["rare-earths"])  # as AppTest has it


def test_one_claim_alone_and_back() -> None:
    at = opened("claims", claim="russia-rare-earths-rank")
    assert len(at.get("plotly_chart")) == 1
    button = next(button for button in at.button if button.label == "Show all claims")
    assert len(_listed(settled(button.click().run()))) == 12


def test_a_claim_of_the_list_is_opened_and_closed_and_the_link_follows() -> None:
    at = opened("claims")
    assert "<h2>Russia ranks 5th in reserves of rare earths in 1 of 4 editions" in page_text(at), (
        "the first that editions decide"
    )
    holdings = next(button for button in _listed(at) if button.key == "open-russia-rare-earths-holdings")
    at = settled(holdings.click().run())
    assert at.query_params["open"] == "russia-rare-earths-holdings"
    again = page_text(opened("claims", open="russia-rare-earths-holdings"))
    assert "<h2>The 28.5 Mt stated for Russia is 7.5 times" in again
    assert len(at.get("plotly_chart")) == 1
    holdings = next(button for button in _listed(at) if button.key == "open-russia-rare-earths-holdings")
    at = settled(holdings.click().run())
    assert not at.get("plotly_chart")
    assert at.query_params["open"] == "none"


def test_filters_that_nothing_meets() -> None:
    at = opened("claims", mineral="critical-minerals", outcome="holds")
    assert "No claim has all that is chosen above." in page_text(at)
    assert not at.get("plotly_chart")


def test_the_edition_of_a_chart_is_kept_in_the_link() -> None:
    at = opened("claims", claim="russia-rare-earths-rank")
    at.select_slider[0].set_value("usgs-mcs.2023").run()
    assert "Reserves of rare earths: Russia is tied 3rd with 21 Mt, 16 % of the world total" in page_text(
        settled(at)
    )
    again = opened("claims", claim="russia-rare-earths-rank", shown="russia-rare-earths-rank:usgs-mcs.2023")
    assert "Reserves of rare earths: Russia is tied 3rd with 21 Mt, 16 % of the world total" in page_text(
        again
    )


def test_without_editions_the_claims_are_still_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle_no_editions(tmp_path, monkeypatch)
    at = opened("claims")
    assert "No editions are loaded." in page_text(at)
    assert len(_listed(at)) == 12


# Claims of one's own -----------------------------------------------------------------------------------

TEXT = b"Litio\n9.3 million metric tons of lithium, says the ministry.\n"


def _fill(at: AppTest, number: int, values: dict[str, Any]) -> None:
    for path, value in values.items():
        key = f"claim-{number}-{path}"
        kinds: list[Any] = [at.text_input, at.selectbox, at.text_area, at.number_input, at.multiselect]
        for kind in kinds:
            for element in kind:
                if element.key == key:
                    element.set_value(value)


FORM = {
    "source.publisher": "El Diario", "source.title": "Litio", "source.published": "2026-01-31",
    "claims.kind": "quantity", "claims.mineral": "lithium", "claims.name": "lithium", "claims.place": "CHL",
    "claims.measure": "reserves", "claims.class": "reserve", "claims.scheme": "undefined",
    "claims.basis": "content", "claims.modality": "estimate",
    "claims.printed": "9.3 million metric tons of lithium", "claims.value": "9.3 million metric tons",
    "claims.chain": "the ministry\nEl Diario", "claims.paragraph": 2,
}  # fmt: skip


def _press(at: AppTest, label: str) -> AppTest:
    return settled(next(button for button in at.button if button.label == label).click().run())


def _form() -> AppTest:
    """The page with the form opened."""
    at = opened("claims")
    assert not at.text_input
    at.session_state["claims-add"] = True
    return settled(at.run())


def _added(**changed: Any) -> AppTest:
    at = _form()
    at.file_uploader[0].upload("litio.txt", TEXT)
    _fill(at, 0, {**FORM, **{name.replace("__", "."): value for name, value in changed.items()}})
    return _press(at, "Check and add")


def test_a_claim_is_added_through_the_form_saved_and_removed() -> None:
    at = _added()
    assert [element.value for element in at.success] != []
    assert len(_listed(at)) == 13
    assert "<em>your own</em>" in page_text(at)
    assert [claim.id for claim in all_seeds().claims][-1] == "chile-lithium-reserves"
    assert at.text_input(key="claim-1-source.publisher").value == ""
    file = own_seeds()[0]
    assert file.path.name == "el-diario-2026-01-31.toml"
    assert at.get("download_button")[0].proto.label == "Save seed file"
    at = _press(at, "Remove the whole file")
    assert len(_listed(at)) == 12
    assert not own_seeds()


def test_a_second_claim_goes_into_the_same_document() -> None:
    at = _added()
    at.selectbox(key="claim-document").set_value(str(own_seeds()[0].path)).run()
    second = {**FORM, "claims.id": "chile-lithium-again"}
    _fill(at, 1, {name: value for name, value in second.items() if name.startswith("claims.")})
    at = _press(at, "Check and add")
    assert len(own_seeds()) == 1
    assert len(_listed(at)) == 14
    at = _press(
        at,
        next(
            b.label
            for b in at.button
            if (b.key or "").endswith("-chile-lithium-again") and b.key.startswith("remove-")
        ),
    )
    assert len(_listed(at)) == 13


MISTAKES = [
    ({"claims__mineral": None}, "This is needed: choose one."),
    ({"claims__kind": "money"}, "which no money has"),
    ({"claims__chain": "the ministry"}, "not with the publisher"),
    ({"claims__paragraph": 1}, "does not stand in paragraph 1"),
    ({"claims__printed": "9.3 million metric tons of gold"}, "does not stand in paragraph 2"),
    ({"claims__id": "russia-rare-earths-rank"}, "already used in moscow-times-2025-03-31.toml"),
    ({"source__address": "litio"}, "not a web address"),
]


@pytest.mark.parametrize(("changed", "words"), MISTAKES, ids=[case[1] for case in MISTAKES])
def test_what_is_wrong_is_said_and_nothing_is_kept(changed: dict[str, Any], words: str) -> None:
    at = _added(**changed)
    text = page_text(at)
    assert words.replace("'", "&#x27;") in text
    assert "Nothing was added yet" in text
    assert not own_seeds()
    assert at.text_input(key="claim-0-source.publisher").value == "El Diario"


def test_a_form_that_is_closed_is_still_there() -> None:
    at = _form()
    at.session_state["claims-add"] = False
    assert settled(at.run()).text_input(key="claim-0-source.publisher")


def test_an_empty_form_says_what_is_needed() -> None:
    at = _press(_form(), "Check and add")
    assert page_text(at).count("This is needed") >= 10
    assert not own_seeds()


def test_malformed_files_of_the_workspace_are_named_and_can_be_removed(own_home: Path) -> None:
    (own_home / "seeds").mkdir()
    (own_home / "seeds" / "broken.toml").write_bytes(b"[source\n")
    at = opened("claims")
    assert "broken.toml" in at.warning[0].value
    assert len(_listed(at)) == 12
    at = _press(at, "Remove the whole file")
    assert not at.warning
    assert not own_seeds()


def test_more_claims_than_are_listed_at_once() -> None:
    seed = new_seed(SOURCE, CLAIM)
    for number in range(32):
        seed = with_claim(seed, {**CLAIM, "id": f"claim-{number}"})
    write_seed(seed.encode())
    at = opened("claims")
    assert len(_listed(at)) == 40
    assert len(_listed(_press(at, "Show 5 more claims"))) == 45
