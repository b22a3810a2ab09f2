"""Words, marks and blanks of ministries' tables: what they say is read, or asked."""

from __future__ import annotations

import re

import pytest

from loaders.errors import UnreadableFile
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.spreadsheets.flags import year_and_mark
from loaders.spreadsheets.headers import not_an_amount, said_by_titles, unit_in
from loaders.spreadsheets.mapping import from_toml, to_toml
from loaders.spreadsheets.units_of_minerals import name_and_unit
from tests.loaders.spreadsheets.sheets import as_mapped, book, read, text

MINE = "mine_production"
IN_TONNES = {"measure": MINE, "unit": "t"}

# layout -> the file, what is said besides, figures as 'mineral place year', with value and status
RIGHT = {
    "marks at the years of a column": (
        lambda: text(
            "Country,Mineral,Year,Mine production (t)",
            "Chile,Copper,2022,53",
            "Chile,Copper,2023e,52",
            "Chile,Copper,2024 (p),54",
            "Chile,Copper,2025f,55",
        ),
        {},
        {
            "copper CHL 2022": (53, "A"),
            "copper CHL 2023": (52, "E"),
            "copper CHL 2024": (54, "A"),
            "copper CHL 2025": (55, "F"),
        },
    ),
    "units behind the names of minerals": (
        lambda: book(
            {
                "D": [
                    ["Mine production, thousand tonnes (unless otherwise stated)"],
                    ["Mineral", 2022, 2023],
                    ["Copper", 2445, 2755],
                    ["Gold (kg)", 96000, 99000],
                    ["Silver, t", 3, 4],
                ]
            }
        ),
        {"place": "Peru"},
        {
            "copper PER 2022": (2445e3, "A"),
            "copper PER 2023": (2755e3, "A"),
            "gold PER 2022": (96, "A"),
            "gold PER 2023": (99, "A"),
            "silver PER 2022": (3, "A"),
            "silver PER 2023": (4, "A"),
        },
    ),
    "panels with titles and units of their own": (
        lambda: book(
            {
                "D": [
                    ["Lithium mine production, t", None, None, None, "Cobalt mine production, kt"],
                    ["Country", 2022, 2023, None, "Country", 2022, 2023],
                    ["Chile", 38000, 49000, None, "DR Congo", 144, 170],
                    ["Australia", 74700, 86000, None, "Indonesia", 9, 17],
                ]
            }
        ),
        {},
        {
            "lithium CHL 2022": (38000, "A"),
            "lithium CHL 2023": (49000, "A"),
            "lithium AUS 2022": (74700, "A"),
            "lithium AUS 2023": (86000, "A"),
            "cobalt COD 2022": (144e3, "A"),
            "cobalt COD 2023": (170e3, "A"),
            "cobalt IDN 2022": (9000, "A"),
            "cobalt IDN 2023": (17000, "A"),
        },
    ),
    "footnotes with one bracket": (
        lambda: text("Country,Mineral,Mine production 2023 (t)", "Russia 2),Tin,2", "Chile ¹⁾,Tin,3"),
        {},
        {"tin RUS 2023": (2, "A"), "tin CHL 2023": (3, "A")},
    ),
    "a unit at the end of a German title": (
        lambda: book(
            {
                "Kobalt": [
                    ["Bergwerksförderung in 1.000 t"],
                    ["Land", 2022],
                    ["Kongo, Dem. Rep.", 144],
                    ["Kuba", 4],
                ]
            }
        ),
        {},
        {"cobalt COD 2022": (144e3, "A"), "cobalt CUB 2022": (4000, "A")},
    ),
}


def _figures(outcome) -> dict[str, tuple[float | None, str]]:
    return {f"{mineral} {place} {year}": told for (mineral, place, _, year), told in outcome.figures.items()}


@pytest.mark.parametrize(("item", "said", "figures"), RIGHT.values(), ids=RIGHT)
def test_what_is_said_in_words_and_marks_is_read(item, said, figures):
    outcome = read(item(), **said)
    assert _figures(outcome) == figures, outcome.asked


def test_a_note_keeps_what_a_mark_at_a_year_says():
    outcome = read(text("Country,Mineral,Year,Mine production (t)", "Chile,Tin,2022,5", "Chile,Tin,2023p,6"))
    assert outcome.notes["tin", "CHL", MINE, 2023] == "provisional"


# layout -> the file, what is asked; nothing is read before
ASKED = {
    "months across": (
        lambda: text("Country,Mineral,Jan 2023,Feb 2023,Mar 2023", "Chile,Copper,430,420,440"),
        "nothing says value",
    ),
    "stages together in a title": (
        lambda: book(
            {"D": [["Cobalt mine and refinery production, t"], ["Country", 2022], ["Cuba", 3], ["Peru", 1]]}
        ),
        "nothing says measure",
    ),
    "a year that is marked by a letter nobody knows": (
        lambda: text(
            "Country,Mineral,Year,Mine production (t)", "Chile,Copper,2022,53", "Chile,Copper,2023q,52"
        ),
        "Not known as year: '2023q'",
    ),
}


@pytest.mark.parametrize(("item", "asked"), ASKED.values(), ids=ASKED)
def test_what_is_not_said_is_asked(item, asked):
    outcome = read(item())
    assert re.search(asked, outcome.asked), outcome.asked
    assert outcome.figures == {} or "Not known" in asked


def test_a_page_that_was_saved_as_a_workbook_is_told_the_way():
    page = b"<table><tr><th>Country</th></tr><tr><td>Chile</td></tr></table>"
    with pytest.raises(UnreadableFile, match=r"Open it in a spreadsheet program and save it as \.xlsx"):
        read_tables(InputFile("theirs.xls", page))


# Names that are printed once -----------------------------------------------------------------------------

ONCE = (
    "Country,Mineral,Mine production 2023 (t)",
    "Chile,Copper,53",
    ",Lithium,49",
    "Peru,Copper,27",
    ",,80",
)


def test_a_name_that_is_printed_once_is_asked_about_and_then_holds_below():
    asked = read(text(*ONCE))
    assert asked.figures == {}
    assert "The column Country is blank in 1 row with numbers, the first is row 3" in asked.asked
    mapping = asked.mapping.model_copy(update={"questions": ()})
    assert from_toml(to_toml(mapping)).carried_down == ("place",)
    found = as_mapped(text(*ONCE), mapping)
    assert _figures(found)["lithium CHL 2023"] == (49, "A")
    assert "unknown place" in found.asked  # a row that names nothing stays one
    assert found.account.figures == 3


# text -> what is found in it
UNITS = [
    ("Copper mine production in thousand tonnes", "thousand tonnes"), ("Produktion in Deutschland", None),
    ("Producción minera en miles de toneladas", "miles de toneladas"), ("Добыча в тыс. т", "тыс. т"),
    ("Production in Chile in kt", "kt"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "unit"), UNITS)
def test_a_title_ends_with_its_unit(title, unit):
    assert unit_in(title) == unit


NAMES = [
    ("Gold (kg)", ("Gold", "kg")), ("Gold, kg", ("Gold", "kg")), ("Lithium (Li2O)", ("Lithium (Li2O)", "")),
    ("Narnium (kg)", ("Narnium (kg)", "")), ("Золото (кг)", ("Золото", "кг")),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "parts"), NAMES)
def test_a_unit_may_stand_behind_a_mineral(printed, parts):
    assert name_and_unit(printed) == parts


YEARS = [
    ("2023e", ("2023", "E")), ("2024 (p)", ("2024", "provisional")), ("2023", ("2023", "")),
    ("2023A", ("2023", "A")), ("2023q", ("2023q", "")), ("2022-23", ("2022-23", "")),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "parts"), YEARS)
def test_a_mark_stands_behind_a_year(printed, parts):
    assert year_and_mark(printed) == parts


MONTHS = [
    "Mar 2023", "Mar-23", "März 2023", "mars 2023", "мар. 2023", "березень 2023", "03.2023", "2023M03",
    "2023Q1", "1Q23", "T1 2023", "2023年3月",
]  # fmt: skip


@pytest.mark.parametrize("header", MONTHS)
def test_a_month_or_quarter_is_no_year(header):
    assert not_an_amount(header) == "a part of a year"


@pytest.mark.parametrize("header", ["2023 к 2022", "2023 vs. 2022", "Δ"])
def test_a_year_against_another_is_a_change(header):
    assert not_an_amount(header) == "a change"


@pytest.mark.parametrize("header", ["Запасы на 01.01.2024", "Reserves 2023 (t)", "Mayotte 2023"])
def test_other_headers_are_no_months(header):
    assert not_an_amount(header) is None


MEASURES = [
    ("Secondary (recycled) cobalt production", "secondary_production"),
    ("Primary aluminium production, kt", "primary_production"), ("Mine copper output", MINE),
    ("Mine and smelter production", None), ("Primary and secondary production", None),
    ("Добыча и производство никеля", None), ("Mining and refining", None), ("Mine production, copper", MINE),
]  # fmt: skip


@pytest.mark.parametrize(("title", "measure"), MEASURES)
def test_a_title_says_one_stage_or_none(title, measure):
    assert said_by_titles([title]).says.get("measure") == measure
