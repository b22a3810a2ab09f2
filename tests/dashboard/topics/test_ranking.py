"""One table of one edition, ranked: every row once, ranks and shares, the words at each mark, the finding."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashboard.analysis.rank import rank
from dashboard.analysis.ranked_series import CONTEXT, ranked_series
from dashboard.charts.view import View
from dashboard.exports.small_table import small_table
from dashboard.snapshot import Snapshot
from dashboard.topics import ranked_rows
from dashboard.topics.ranked_rows import AS_PRINTED
from dashboard.topics.ranking import ALL, CHOSEN, FIRST_ROWS, Choice, ranked_view
from dashboard.topics.rows import card_of
from loaders.vocabulary import MarkState, Total
from tests.long import some
from tests.specs import drawn, ids, marks, panels, words

pytestmark = pytest.mark.slow

TABLE = ["dataset", "edition", "mineral", "measure", "year"]


def choose(mineral: str, measure: str, edition: str, year: int, places: str = "", **more: str) -> Choice:
    codes = tuple(places.split(",")) if places else ()
    return Choice(mineral, measure, f"usgs-mcs.{edition}", year, codes, **more)


def shown(choice: Choice, data: Snapshot) -> View:
    return ranked_view("explore", choice, data)


REE = choose("rare-earths", "reserves", "2025", 2024)
LITHIUM = choose("lithium", "mine_production", "2025", 2024)
HELIUM = choose("helium", "production", "2025", 2024)
ASBESTOS = choose("asbestos", "reserves", "2025", 2024)
IRON = choose("iron-ore", "reserves", "2025", 2024)
GRAPHITE = choose("graphite", "reserves", "2026", 2025)
SODA = choose("soda-ash-synthetic", "synthetic_production", "2026", 2025)


def marked(choice: Choice, places: str) -> Choice:
    return choice._replace(places=tuple(places.split(",")))


FINDINGS = [
    (REE, "China holds at most 49 % of the world’s reserves of rare earths; the first five"),
    (marked(REE, "RUS"),
     "Reserves of rare earths: Russia is 5th with 3.8 Mt, at most 4.3 % of the world total"),
    (choose("rare-earths", "reserves", "2023", 2022, "RUS,BRA"),
     "Brazil is tied 3rd with 21 Mt, 16 % of the world total, Russia is tied 3rd with 21 Mt"),
    (marked(REE, "RUS,CHN,BRA,IND"), "4 chosen countries together hold at most 85 %"),
    (marked(REE, "RUS,CHN,BRA,MMR"), "3 of 4 chosen countries together hold"),
    (LITHIUM, "Australia accounts for at most 37 %"),
    (marked(LITHIUM, "USA"), "United States has no number (withheld), 2024"),
    (HELIUM, "United States accounts for 45 % of the world’s production"),
    (marked(HELIUM, "AUS"), "Australia has zero"),
    (ASBESTOS, "Russia has the largest number printed for reserves of asbestos: 110 Mt"),
    (choose("germanium", "reserves", "2024", 2023), "Reserves of germanium: no country has a number ("),
    (SODA, "a world total of 52 Mt e, and no countries"),
    (choose("pumice", "mine_production", "2024", 2023), "for which no world total is given"),
]  # fmt: skip


@pytest.mark.parametrize(("choice", "title"), FINDINGS, ids=[case[1][:50] for case in FINDINGS])
def test_the_title_is_the_finding(data: Snapshot, choice: Choice, title: str) -> None:
    assert title in drawn(shown(choice, data)).title


MARKS = [
    ("number", REE, "44 Mt · at most 49 %", "value"),
    ("not available", REE, "not available", "not available"),
    ("withheld", LITHIUM, "withheld", "withheld"),
    ("included elsewhere", GRAPHITE, "included elsewhere", "included elsewhere"),
    ("word", ASBESTOS, "“Large”", "word"),
    ("zero", HELIUM, "0 million m³ · 0 %", "zero"),
    ("less than", HELIUM, "less than 0.5 million m³", "less than"),
    ("estimate", HELIUM, "64 million m³ e · 36 %", "estimate"),
    ("more than", choose("nickel", "reserves", "2024", 2023), "more than 9.1 Mt ►", "more than"),
    ("corrected", IRON, "27,000 Mt * · 31 %", "*"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "text", "explained"), [case[1:] for case in MARKS], ids=[case[0] for case in MARKS]
)
def test_each_state_has_words_of_its_own_and_is_explained(
    data: Snapshot, choice: Choice, text: str, explained: str
) -> None:
    view = shown(choice, data)
    assert text in words(view)
    assert explained in [mark.sign for mark in view.marks]
    assert {mark.sign for mark in view.marks} <= {*MarkState, "at most", "*", "context", "no mark"}


NOTES = [
    ("no row", marked(REE, "RUS,UKR"), "No row here: Ukraine."),
    ("in a group", choose("silicon-carbide", "capacity", "2024", 2023, "CAN"), "Canada is counted in"),
    ("two rows", HELIUM,
     "United States is printed in 2 rows; its rank counts them together: 81 million m³, 45 %."),
    ("left out", LITHIUM, "The printed world total leaves out: United States."),
    ("cut", choose("lime", "production", "2026", 2024), "more countries; “All” shows them."),
    ("not drawn", choose("copper", "reserves", "2023", 2022), "Not drawn: 18 more rows of the table"),
]  # fmt: skip


@pytest.mark.parametrize(("choice", "note"), [case[1:] for case in NOTES], ids=[case[0] for case in NOTES])
def test_what_a_reader_must_know_is_said(data: Snapshot, choice: Choice, note: str) -> None:
    assert any(note in text for text in shown(choice, data).notes)


EMPTY = [
    ("no such table", choose("rutile", "capacity", "2025", 0), "has no table of capacity of rutile"),
    ("other editions", choose("cesium", "reserves", "2023", 0), "Editions that have one: USGS 2026."),
    ("nothing chosen", REE._replace(which=CHOSEN), "No country is chosen."),
    ("none of the chosen", REE._replace(which=CHOSEN, places=("UKR",)), "No row here: Ukraine."),
]


@pytest.mark.parametrize(("choice", "reason"), [case[1:] for case in EMPTY], ids=[case[0] for case in EMPTY])
def test_an_empty_view_says_why(data: Snapshot, choice: Choice, reason: str) -> None:
    view = shown(choice, data)
    assert view.chart is None
    assert reason in view.empty


PANELS = [
    ("iron ore", IRON, ["contained", "of ore"], "The first panel counts contained"),
    ("chromium", choose("chromium", "reserves", "2025", 2024), ["tonnes"], ""),
    ("boron", choose("boron", "reserves", "2026", 2025), ["not stated", "boric", "of ore"], "does not say"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "titles", "reason"), [case[1:] for case in PANELS], ids=[case[0] for case in PANELS]
)
def test_bases_stand_apart_with_the_reason(
    data: Snapshot, choice: Choice, titles: list[str], reason: str
) -> None:
    view = shown(choice, data)
    found = [part.title for part in panels(view)]
    assert all(title in panel for title, panel in zip(titles, found, strict=True))
    assert all(panel.startswith("Published: ") for panel in found)
    assert reason in " ".join(view.why.sentences if view.why else ())
    assert bool(view.why) == (len(titles) > 1)


def test_a_share_of_a_basis_is_never_of_a_total_of_another(data: Snapshot) -> None:
    table = drawn(shown(choose("feldspar", "reserves", "2026", 2025), data)).table
    brazil = table[(table["place"] == "BRA") & table["basis"].str.startswith("gross")]
    assert len(brazil) == 1
    assert brazil["share"].isna().all()


UNITS = [
    ("t", "44,000,000 t · at most 49 %"),
    ("kt", "44,000 kt · at most 49 %"),
    ("Mt", "44 Mt · at most 49 %"),
]


@pytest.mark.parametrize(("unit", "text"), UNITS, ids=[case[0] for case in UNITS])
def test_the_unit_can_be_chosen(data: Snapshot, unit: str, text: str) -> None:
    view = shown(REE._replace(unit=unit), data)
    assert text in words(view)
    assert f"in {unit} of rare-earth oxide" in drawn(view).subtitle


SCALES = [
    ("one for all", "barite", "mine_production", {"3,000 kt e", "100 kt e"}, "in kt"),
    ("a unit of the trade", "gold", "mine_production", {"1,000 t e", "80 t e"}, "in t of"),
    ("five digits", "bromine", "reserves", {"11 Mt", "130 kt"}, "in tonnes of"),
    ("five digits of the first alone", "niobium", "mine_production", {"104 kt e", "40 t e"}, "in tonnes of"),
    ("five digits of the world alone", "zinc", "mine_production", {"4.1 Mt e", "230 kt e"}, "in tonnes of"),
    ("nothing larger", "iron-ore", "reserves", {"27,000 Mt", "1,000 Mt"}, "Mt of"),
]


@pytest.mark.parametrize(("_case", "mineral", "measure", "texts", "subtitle"), SCALES)
def test_amounts_have_one_scale_unless_one_needs_five_digits(
    data: Snapshot, _case: str, mineral: str, measure: str, texts: set[str], subtitle: str
) -> None:
    view = shown(choose(mineral, measure, "2026", 2025)._replace(which=ALL), data)
    chart = drawn(view)
    assert texts <= {text.split(" · ")[0].removesuffix(" *") for text in words(view)}
    assert subtitle in chart.subtitle
    assert all(text in chart.alt for text in texts)
    cells = {cell.removesuffix(", estimated") for row in small_table(chart).rows for cell in row}
    assert {text.removesuffix(" e") for text in texts} <= cells


def test_first_all_and_chosen_rows(data: Snapshot) -> None:
    lime = choose("lime", "production", "2026", 2024, "UKR")
    first, every, only = (
        drawn(shown(lime._replace(which=which), data)).table for which in ("first", ALL, CHOSEN)
    )
    assert set(first["rank"].dropna()) <= set(every["rank"].dropna())
    assert len(set(first["place"][first["rank"] <= FIRST_ROWS])) >= FIRST_ROWS
    assert "UKR" in set(first["place"])  # chosen, and beyond the first fifteen
    assert first["rank"][first["place"] == "UKR"].item() > FIRST_ROWS
    assert set(only["place"]) == {"UKR", "WLD"}
    assert len(every) > len(first) > len(only)


def test_other_countries_and_the_world_are_no_ranked_bars(data: Snapshot) -> None:
    view = shown(marked(IRON, "UKR"), data)
    table = drawn(view).table
    world = table[table["place"] == "WLD"]
    assert len(world) == 2
    assert not set(world["id"]) & set(ids(view))
    assert sum("World total as corrected" in part.subtitle for part in panels(view)) == 2
    found = marks(view)
    assert found["label"].tolist().count("Other countries") == 2
    assert set(found["tone"]) == {"strong", "soft", "context"}


def test_rows_of_one_place_share_its_rank_which_stands_beside_their_sum(data: Snapshot) -> None:
    view = shown(HELIUM, data)
    first, second = marks(view)[["label", "below", "words"]].head(2).itertuples(index=False)
    assert [first.label, second.label] == ["1 United States", "United States"]
    assert first.words.endswith("; 2 rows together 81 million m³, 45 %")
    assert "together" not in second.words
    assert "extracted from natural gas" in first.below
    assert "from Cliffside Field" in second.below
    table = drawn(view).table
    rows = table[table["place"] == "USA"]
    assert rows["rank"].tolist() == [1, 1]
    assert rows["share"].sum() == pytest.approx(81 / 180)
    assert rows["ranked_value"].tolist() == [81_000_000] * 2
    assert "ranked_value" not in drawn(shown(REE, data)).table


def test_a_click_finds_the_card_of_every_mark(data: Snapshot) -> None:
    cards = [card_of(name, data) for name in ids(shown(IRON, data))]
    facts = [dict(card.facts) for card in cards if card]
    assert len(facts) == len(cards)
    assert facts[0]["printed"] == "27000"
    assert facts[0]["read as"] == "27,000 Mt"
    assert "million metric tons" in facts[0]["corrected"]


def test_the_cards_are_of_the_edition_and_of_the_first_or_chosen_row(data: Snapshot) -> None:
    first = shown(REE, data).cards
    chosen = shown(REE._replace(places=("RUS",)), data).cards
    assert first[0].id == "usgs-mcs.2025"
    assert "more than 90 Mt" in dict(first[0].facts)["world total"]
    assert dict(first[1].facts)["place"] == "China"
    assert dict(chosen[1].facts)["place"] == "Russia"


def test_a_total_below_a_row_gives_no_shares() -> None:
    found = invented([("AAA", 100.0), ("BBB", 10.0)], total=50.0)
    assert found.total == Total.TOO_SMALL
    assert found.rows["share"].isna().all()


def test_equal_numbers_tie_and_the_order_is_that_of_names() -> None:
    rows = invented([("USA", 5.0), ("BRA", 5.0), ("CHN", 9.0), ("OTH", 30.0)], total=49.0).rows
    assert rows["place"].tolist() == ["CHN", "BRA", "USA", "OTH"]
    assert rows["rank"].tolist()[:3] == [1, 2, 2]
    assert rows["row_kind"].tolist()[3] == CONTEXT


def invented(rows: list[tuple[str, float]], total: float) -> Any:
    places = [place.replace("AAA", "AUS").replace("BBB", "BRA") for place, _ in rows]
    table = pd.DataFrame({"place": [*places, "WLD"], "value": [*(value for _, value in rows), total]})
    same = {"dataset": "d", "edition": "1", "mineral": "zinc", "measure": "reserves", "year": 2024,
            "unit": "t", "basis": "content", "status": "A", "detail": "", "note": "", "row": 1,
            "printed_name": ""}  # fmt: skip
    table = table.assign(**same, lower=float("nan"), upper=float("nan")).astype(
        {"place": "string", "note": "string"}
    )
    (found,) = ranked_series(table)
    return found


def test_every_observation_is_in_its_table_once(data: Snapshot) -> None:
    lines = rank(data.observations)
    of_table = dict(list(lines.groupby(TABLE)))
    for key, rows in some(data.observations.groupby(TABLE), 12):
        parts = ranked_series(rows, of_table.get(key, lines.head(0)))
        kept = pd.concat([part for series in parts for part in (series.rows, series.world)])
        assert sorted(kept["row"]) == sorted(rows["row"]), key
        assert kept["value"].sum() == pytest.approx(rows["value"].sum()), key
        assert all((series.rows["share"].dropna() <= 1).all() for series in parts), key


@pytest.mark.parametrize(
    ("mineral", "basis", "factor", "first"),
    [
        ("lithium", "LCE", "× 5.323", 5.323),
        ("lithium", "Li2O", "× 2.153", 2.153),
        ("vanadium", "V2O5", "× 1.785", 1.785),
    ],
)
def test_shown_on_another_basis_with_the_factor(
    data: Snapshot, mineral: str, basis: str, factor: str, first: float
) -> None:
    choice = Choice(mineral, "reserves", "usgs-mcs.2025", 2024)
    printed, converted = (drawn(shown(choice._replace(basis=name), data)) for name in (AS_PRINTED, basis))
    assert factor in converted.subtitle
    assert factor not in printed.subtitle
    ratio = converted.table["value"] / printed.table["value"]
    assert ratio.dropna().round(3).unique().tolist() == [first]
    assert converted.table["printed"].tolist() == printed.table["printed"].tolist()


def test_a_mixed_tonnage_becomes_a_range(data: Snapshot) -> None:
    choice = Choice("rare-earths", "reserves", "usgs-mcs.2025", 2024, basis="content")
    russia = drawn(shown(choice, data)).table.set_index("place").loc["RUS"]
    assert pd.isna(russia["value"])
    assert 3.8e6 / 1.27 < russia["lower"] < russia["upper"] < 3.8e6 / 1.13


def test_what_cannot_be_converted_stays_as_printed_and_says_why(data: Snapshot) -> None:
    choice = Choice("potash", "reserves", "usgs-mcs.2026", 2025, basis="content")
    view = shown(choice, data)
    assert any(note.startswith("Not converted:") for note in view.notes)
    assert {"ore", "contained"} == set(drawn(view).table["basis"].str.split().str[0])


@pytest.mark.parametrize("mineral", ["cobalt", "rare-earths", "lithium", "iron-ore"])
def test_a_mineral_ranked_with_all_others_or_alone_is_the_same(
    data: Snapshot, monkeypatch: pytest.MonkeyPatch, mineral: str
) -> None:
    together = ranked_rows._ranked.__wrapped__(data, mineral, "usgs-mcs.2025")
    monkeypatch.setattr(ranked_rows, "is_large", lambda *_: True)
    alone = ranked_rows._ranked.__wrapped__(data, mineral, "usgs-mcs.2025")
    for one, other in zip(together, alone, strict=True):
        pd.testing.assert_frame_equal(one, other, check_dtype=False)  # texts are kept otherwise


YEARS = {"2024": 2023, "2026": 2025}
NOTED = [
    ("germanium", "refinery_production", "2024", "on China, without a number: “leading producer”."),
    ("graphite", "reserves", "2026",
     "on the United States, Austria, Germany and Ukraine, without a number: Included in “World total.”"),
]  # fmt: skip


@pytest.mark.parametrize(("mineral", "measure", "edition", "told"), NOTED)
def test_what_the_publisher_says_of_rows_without_a_number_is_told(
    data: Snapshot, mineral: str, measure: str, edition: str, told: str
) -> None:
    view = ranked_view("explore", choose(mineral, measure, edition, YEARS[edition]), data)
    assert any(words.endswith(told) for words in view.notes), view.notes
