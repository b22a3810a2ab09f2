"""Words, names and tables beside each other that mean two things, or what they do not seem to mean."""

from __future__ import annotations

import re

import pytest

from dashboard.intake.columns import names_asked, with_names_said
from loaders.files.opening import read_tables
from loaders.read import Surroundings, load_with
from loaders.spreadsheets.checks import contradiction
from loaders.spreadsheets.headers import said_by_titles
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.proposing import propose
from loaders.spreadsheets.renewing import renewed
from loaders.spreadsheets.sheets import longest
from loaders.spreadsheets.signs import signs
from loaders.spreadsheets.years import fiscal_year
from loaders.units import read_unit
from tests.loaders.spreadsheets.sheets import as_mapped, book, read, text

MINE, REFINERY = "mine_production", "refinery_production"

COBALT = [
    ["Cobalt mine production, t"],
    ["Country", 2021, 2022, 2023],
    ["Cuba", 4000, 3800, 3200],
    ["Canada", 4300, 3000, 2100],
]
NARROW = [["Cobalt refinery production, t"], ["Country", 2023], ["Finland", 15000], ["Japan", 3600]]
OF_BOTH = {
    "CUB mine 2021": 4000,
    "CAN mine 2021": 4300,
    "CUB mine 2022": 3800,
    "CAN mine 2022": 3000,
    "CUB mine 2023": 3200,
    "CAN mine 2023": 2100,
    "FIN refinery 2023": 15000,
    "JPN refinery 2023": 3600,
}

# layout -> the file, figures as 'place stage year'
RIGHT = {
    "a narrower table below": (lambda: book({"D": [*COBALT, [], *NARROW]}), OF_BOTH),
    "a wider table below": (lambda: book({"D": [*NARROW, [], *COBALT]}), OF_BOTH),
    "panels of one mineral each": (
        lambda: book(
            {
                "N": [
                    ["Mine production 2023, t"],
                    ["Country", "Cobalt", "Country", "Tin"],
                    ["Cuba", 3200, "Peru", 26000],
                    ["Canada", 2100, "China", 68000],
                ]
            }
        ),
        {"CUB mine 2023": 3200, "CAN mine 2023": 2100, "PER mine 2023": 26000, "CHN mine 2023": 68000},
    ),
    "a sheet that is called by one letter": (
        lambda: book({"L": [["Lithium mine production, kt"], ["Country", 2023], ["Chile", 44], ["Peru", 1]]}),
        {"CHL mine 2023": 44000, "PER mine 2023": 1000},
    ),
    "a title with a comma above a text": (
        lambda: text(
            "Source: Ministry, published 2025",
            "Country,Mineral,Year,Mine production (t)",
            "Peru,Tin,2021,27000",
            "Peru,Tin,2022,28000",
        ),
        {"PER mine 2021": 27000, "PER mine 2022": 28000},
    ),
    "names of countries in Chinese over columns": (
        lambda: book(
            {"锡": [["锡矿山产量（吨）"], ["年份", "中国", "秘鲁"], [2022, 95, 28], [2023, 68, 26]]}
        ),
        {"CHN mine 2022": 95, "PER mine 2022": 28, "CHN mine 2023": 68, "PER mine 2023": 26},
    ),
    "stars and daggers at names": (
        lambda: text(
            "Country,Mineral,Mine production 2023 (t)", "Peru*,Tin,26", "China**,Tin,68", "Cuba†,Tin,3"
        ),
        {"PER mine 2023": 26, "CHN mine 2023": 68, "CUB mine 2023": 3},
    ),
    "a table in Japanese": (
        lambda: text("順位,国,鉱種,2023年鉱山生産量(トン),構成比", "1,ペルー,錫,26,9", "2,その他,錫,150,50"),
        {"PER mine 2023": 26, "OTH mine 2023": 150},
    ),
}


@pytest.mark.parametrize(("item", "figures"), RIGHT.values(), ids=RIGHT)
def test_tables_and_words_are_read_as_they_are_meant(item, figures):
    outcome = read(item())
    found = {
        f"{place} {measure.removesuffix('_production')} {year}": value
        for (_, place, measure, year), (value, _) in outcome.figures.items()
    }
    assert found == figures, outcome.asked


# layout -> the file, what is asked
ASKED = {
    "the name in French, or an estimate": (
        lambda: text("Country,Mineral,Mine production 2023 (t)", "Finlande,Cobalt,11", "Cuba,Cobalt,32"),
        r"'Finlande' is Finland in French, or Finland with the mark of an estimate",
    ),
    "a state of the name of a country": (
        lambda: text(
            "Location,Mineral,Mine production 2023 (t)", "Georgia,Gold,6", "Nevada,Gold,5", "Utah,Gold,2"
        ),
        r"2 of 3 names in Location are of no country that we know, such as Nevada, Utah\. .*\(Georgia\)",
    ),
    "a mineral that is counted too": (
        lambda: book(
            {
                "T": [
                    ["Aluminium mine production (incl. alumina)"],
                    ["Country", "unit", 2023],
                    ["China", "t", 4],
                ]
            }
        ),
        r"says '\(incl\. alumina\)': are the figures of aluminum alone",
    ),
    "a stage that is left out": (
        lambda: book(
            {
                "T": [
                    ["Aluminium production excluding secondary"],
                    ["Country", "unit", 2023],
                    ["China", "t", 4],
                ]
            }
        ),
        "says 'excluding secondary': which measure",
    ),
    "a title that says forecast": (
        lambda: text(
            "Forecast of tin mine production (t)", "", "Country,2023,2024", "Peru,26,27", "China,68,69"
        ),
        'status = "F"',
    ),
    "a sign that divides no cells": (
        lambda: text("Country^Mineral^Mine production 2023 (t)", "Peru^Tin^26", "China^Tin^68"),
        r"'\^' does not",
    ),
    "a year of Japan": (
        lambda: text("国,鉱物,2022年度 鉱山生産量(トン)", "日本,銅,1500", "日本,亜鉛,500"),
        "is a fiscal year",
    ),
    "one number of more decimals": (
        lambda: text(
            "Land;Rohstoff;Bergwerksproduktion 2023 (kt)",
            *("Chile;Kupfer;5.250,4", "Peru;Kupfer;2.445,0", "Mexiko;Kupfer;734,51", "Kuba;Kupfer;1,2"),
        ),
        "'734,51' has more decimals than the others",
    ),
    "a column of numbers in brackets": (
        lambda: text("Country,Mineral,Mine production 2023 (t)", "Peru,Tin,(26235)", "China,Tin,(68000)"),
        r"unreadable value: '\(26235\)'",
    ),
    "letters that nobody knows": (
        lambda: book(
            {
                "D": [
                    ["Country", "Mineral", None, "Mine production 2023 (t)"],
                    ["Peru", "Tin", "x", 26],
                    ["China", "Tin", "y", 68],
                ]
            }
        ),
        "unreadable value: '26 x'",
    ),
}


@pytest.mark.parametrize(("item", "asked"), ASKED.values(), ids=ASKED)
def test_what_could_be_two_things_is_asked(item, asked):
    outcome = read(item())
    assert re.search(asked, outcome.asked), outcome.asked
    assert outcome.figures == {}


@pytest.mark.parametrize(("answer", "status"), [("Finland", "A"), ("Finland (e)", "E")])
def test_a_name_with_a_doubtful_letter_is_answered_in_the_mapping(answer, status):
    item = text("Country,Mineral,Mine production 2023 (t)", "Finlande,Cobalt,11", "Cuba,Cobalt,32")
    mapping = read(item).mapping
    assert mapping.places == {"Finlande": ""}
    outcome = as_mapped(item, mapping.model_copy(update={"places": {"Finlande": answer}}))
    assert outcome.figures["cobalt", "FIN", MINE, 2023] == (11, status)


@pytest.mark.parametrize(("header", "other"), [("Pays", "Cuba"), ("Country", "Chine")])
def test_a_name_is_french_among_french_ones(header, other):
    outcome = read(text(f"{header},Mineral,Mine production 2023 (t)", "Finlande,Cobalt,11", f"{other},Tin,3"))
    assert outcome.figures["cobalt", "FIN", MINE, 2023] == (11, "A")


def test_a_table_of_forecasts_below_is_one_of_forecasts():
    below = [["Forecast of cobalt mine production, t"], ["Country", 2024], ["Cuba", 3300], ["Canada", 2200]]
    outcome = read(book({"D": [*COBALT, [], *below]}))
    assert {year: status for (*_, year), (_, status) in outcome.figures.items()} == {
        **dict.fromkeys((2021, 2022, 2023), "A"),
        2024: "F",
    }


@pytest.mark.parametrize("header", ["Statut", "Remarques sur les données"])
def test_words_for_a_status_are_known_by_what_they_say(header):
    outcome = read(
        text(f"Pays;Minerai;2023 (t);{header}", "Chine;Étain;68;estimé", "Pérou;Étain;26;provisoire"),
        measure=MINE,
    )
    assert outcome.figures["tin", "CHN", MINE, 2023] == (68, "E")
    assert outcome.notes["tin", "PER", MINE, 2023] == "provisional"


def test_next_year_the_tables_of_a_sheet_are_read_as_before():
    later = [
        [cell + 1 if cell in (2021, 2022, 2023) else cell for cell in row] for row in [*COBALT, [], *NARROW]
    ]
    kept = read(book({"D": [*COBALT, [], *NARROW]})).mapping
    item = book({"D": later})
    from_proposal = read(item, edition="2026")
    again = renewed(kept, longest(laid_out(read_tables(item))), from_proposal.mapping)
    again = again.model_copy(update={"constants": again.constants | {"edition": "2026"}})
    assert as_mapped(item, again).figures == from_proposal.figures
    assert ("cobalt", "FIN", REFINERY, 2024) in from_proposal.figures


def test_a_column_that_no_table_has_is_missing():
    item = text("Country,Mineral,2022,2023", "Peru,Tin,28,26")
    mapping = read(item, measure=MINE, unit="t").mapping
    fewer = text("Country,Mineral,2022", "Peru,Tin,28")
    assert "the columns 2023 are missing" in as_mapped(fewer, mapping).asked


# spelling -> unit, how many of it
UNITS = [
    ("mtu WO3", "t", 0.01, "WO3"), ("kg U", "t", 0.001, "content"), ("千トン", "t", 1000, None),
    ("thousand troy oz", "t", 0.0311034768, None), ("万克拉", "ct", 10_000, None),
    ("млн м3", "m3", 1e6, None), ("kt de minerai", "t", 1000, "ore"), ("t Sn-Inhalt", "t", 1, "content"),
    ("miles de toneladas métricas de cobre fino", "t", 1000, "content"),
    ("bin ton konsantre", "t", 1000, "gross"), ("t recoverable copper", "t", 1, "content"),
    ("flasks (76 lb)", "t", 0.03447302012, None), ("kt K2O equivalent", "t", 1000, "K2O"),
]  # fmt: skip


@pytest.mark.parametrize(("spelling", "unit", "factor", "basis"), UNITS)
def test_units_of_the_trade(spelling, unit, factor, basis):
    found = read_unit(spelling, "any")
    assert (found.unit, pytest.approx(found.factor), found.basis) == (unit, factor, basis)


def test_decimals_of_a_program_are_no_footnotes():
    assert signs(["1250.4", "13.0", "734.51", "2.2", "0.5"]).question == ""


def test_a_fiscal_year_of_japan_is_told():
    assert (fiscal_year("2022年度"), fiscal_year("2022年")) == ("2022年度", "")


# what says what the tonnes are of -> the basis of each line, in the order of the rows
BASES = {
    "a column": (
        text(
            "Country,Mineral,Basis,Mine production 2022 (t)",
            "Peru,Iron ore,Usable ore,5",
            "Peru,Iron ore,Iron content,3",
        ),
        ["gross", "content"],
    ),
    "a title": (
        text("Potash mine production (K2O equivalent),", "Country,2022 (kt)", "Chile,5", "China,6"),
        ["K2O", "K2O"],
    ),
    "lines between the rows": (
        book(
            {
                "S": [
                    ["Iron ore mine production, t"],
                    ["Country", 2022],
                    ["Gross weight"],
                    ["Peru", 5],
                    ["Iron content"],
                    ["Peru", 3],
                ]
            }
        ),
        ["gross", "content"],
    ),
}


@pytest.mark.parametrize(("item", "bases"), BASES.values(), ids=BASES)
def test_what_tonnes_are_of_is_read_where_it_is_said(item, bases):
    (raw,) = laid_out(read_tables(item))
    loaded = load_with([item], lambda _: Surroundings(), propose(raw, "own", "2025").mapping)
    assert loaded.observations.sort_values("row")["basis"].tolist() == bases


def test_a_word_for_a_basis_that_nobody_knows_is_answered_in_the_mapping():
    item = text("Country,Mineral,Basis,Mine production 2022 (t)", "Peru,Tin,As sold,5")
    (raw,) = laid_out(read_tables(item))
    proposal = propose(raw, "own", "2025")
    assert "Not known as basis: 'As sold'. Say under [bases] what they are." in proposal.asked
    answered = with_names_said(proposal.mapping, {("basis", "As sold"): "gross"})
    loaded = load_with([item], lambda _: Surroundings(), answered)
    assert loaded.observations["basis"].tolist() == ["gross"]


def test_codes_of_states_are_answered_one_by_one():
    (raw,) = laid_out(read_tables(text("State,2022,2023", "AZ,5,6", "MT,7,8", "United States,12,14")))
    said = {"columns": {"place": "State"}, "questions": (), "constants": {"mineral": "copper", "unit": "t"}}
    mapping = propose(raw, "own", "2025").mapping.model_copy(update=said)
    assert names_asked(mapping, raw) == [("place", "AZ"), ("place", "MT")]
    assert contradiction(with_names_said(mapping, {("place", "AZ"): "-", ("place", "MT"): "-"}), raw) is None


# title -> the unit that it says for all, and whether it says several
TITLES_OF_UNITS = [
    ("Iron ore reserves (million t; crude ore) and production (thousand t)", None, True),
    ("Reserves (Mt) and production (kt) of iron ore", None, True),
    ("Reserves and production of iron ore (thousand t, gross weight)", "thousand t, gross weight", False),
    ("Reserves (crude ore) and production (thousand t)", "thousand t", False),
]


@pytest.mark.parametrize(("title", "unit", "several"), TITLES_OF_UNITS)
def test_a_title_of_two_units_says_none_for_all(title, unit, several):
    told = said_by_titles([title])
    assert (told.says.get("unit"), "unit" in told.several) == (unit, several)


OTHER_TABLES = [
    ("words", ["Country,Cobalt,Lithium", "Chile,,7"], ["Country", "Cobalt", "Lithium"]),
    ("years", ["Country,2023,2024", "Chile,6,7"], ["Country", "2023", "2024"]),
    ("a country called so, with numbers", ["Country,4,5", "Chile,6,7"], None),
    ("nothing beside it", ["Country,,", "Chile,6,7"], None),
]


@pytest.mark.parametrize(("name", "lines", "header"), OTHER_TABLES, ids=[case[0] for case in OTHER_TABLES])
def test_a_row_that_names_columns_anew_begins_a_table(name, lines, header):
    above = ["Country,Lithium (t),Cobalt (t)", "Peru,5,", "Cuba,,3", ",,"]
    first, *others = laid_out(read_tables(text(*above, *lines)))
    assert [list(table.header) for table in others] == ([header] if header else [])
    assert first.frame.iloc[0].tolist() == ["Peru", "5", ""]
    assert ("Chile" in first.frame.iloc[:, 0].tolist()) == (header is None)
