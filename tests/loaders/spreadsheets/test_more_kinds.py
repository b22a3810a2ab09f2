"""Kinds of cells and headers that look like others: read as they are meant, or asked about."""

from __future__ import annotations

import io
import re
from datetime import datetime

import openpyxl
import pytest

from loaders.files.appearance import PERCENT, column_letters, column_number, divisor
from loaders.files.table import InputFile
from loaders.spreadsheets.flags import meanings, split_flag
from loaders.spreadsheets.headers import factor_of, not_an_amount, said_by_header
from loaders.spreadsheets.years import fiscal_year
from loaders.units import read_unit
from tests.loaders.spreadsheets.sheets import book, read, text

MINE = "mine_production"
IN_TONNES = {"measure": MINE, "unit": "t"}


def _looking(item: InputFile, formats: dict[str, str] | None = None, **hidden: object) -> InputFile:
    """A workbook whose cells have these number formats, with a row, column or sheet that is hidden."""
    workbook = openpyxl.load_workbook(io.BytesIO(item.content))
    sheet = workbook.worksheets[0]
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    if "row" in hidden:
        sheet.row_dimensions[hidden["row"]].hidden = True
    if "column" in hidden:
        sheet.column_dimensions[hidden["column"]].hidden = True
    if "sheet" in hidden:
        workbook[hidden["sheet"]].sheet_state = "hidden"
    stream = io.BytesIO()
    workbook.save(stream)
    return InputFile(item.name, stream.getvalue())


COBALT = [["Cobalt mine production, t"], ["Country", 2022, 2023], ["Cuba", 38, 31], ["Peru", 17, 15]]


# layout -> the file, what is said besides, figures as 'mineral place year', with value and status
RIGHT = {
    "apostrophes and thin spaces between thousands": (
        lambda: text(
            "Land;Mineral;Mine production 2023 (t)", "Chile;Lithium;49'000", "Peru;Copper;2\u202f755\u202f066"
        ),
        {},
        {"lithium CHL 2023": (49000, "A"), "copper PER 2023": (2755066, "A")},
    ),
    "names in German and French": (
        lambda: text(
            "Land;Rohstoff;Bergwerksproduktion 2023 (Tonnen)",
            "Chili;Kupfer;53",
            "Kuba;Kobalt;3",
            "Monde;Cuivre;60",
        ),
        {},
        {"copper CHL 2023": (53, "A"), "cobalt CUB 2023": (3, "A"), "copper WLD 2023": (60, "A")},
    ),
    "digits of other scripts": (
        lambda: text(
            "Country;Mineral;Year;Mine production (t)", "Chile;Lithium;۲۰۲۳;٤٩٬٠٠٠", "Cuba;Cobalt;۲۰۲۳;۲۷٫۵"
        ),
        {},
        {"lithium CHL 2023": (49000, "A"), "cobalt CUB 2023": (27.5, "A")},
    ),
    "a part of a year beside a year": (
        lambda: text("Country,Mineral,2022,9M 2023,2024 YTD", "Chile,Copper,53,39,12"),
        IN_TONNES,
        {"copper CHL 2022": (53, "A")},
    ),
    "the last days of years": (
        lambda: book(
            {
                "D": [
                    ["Copper mine production, t"],
                    ["Country", datetime(2022, 12, 31), datetime(2023, 12, 31)],
                    ["Chile", 53, 52],
                    ["Peru", 24, 27],
                ]
            }
        ),
        {},
        {
            "copper CHL 2022": (53, "A"),
            "copper CHL 2023": (52, "A"),
            "copper PER 2022": (24, "A"),
            "copper PER 2023": (27, "A"),
        },
    ),
    "a column that is shown in percent": (
        lambda: _looking(
            book(
                {
                    "D": [
                        ["Cobalt mine production"],
                        ["Country", "2023 (t)", "2023"],
                        ["Cuba", 3200, 0.014],
                        ["Peru", 17, 0.001],
                    ]
                }
            ),
            {"C3": "0.0%", "C4": "0.0%"},
        ),
        {},
        {"cobalt CUB 2023": (3200, "A"), "cobalt PER 2023": (17, "A")},
    ),
    "rows that are counted": (
        lambda: text(",Country,Mineral,Mine production 2023 (t)", "0,Cuba,Cobalt,32", "1,Peru,Cobalt,17"),
        {},
        {"cobalt CUB 2023": (32, "A"), "cobalt PER 2023": (17, "A")},
    ),
    "footnotes in superscript": (
        lambda: text("Country,Mineral,2022,2023¹", "China²,Tungsten,66000,63000³", "Russia,Tungsten,2¹,3"),
        IN_TONNES,
        {
            "tungsten CHN 2022": (66000, "A"),
            "tungsten CHN 2023": (63000, "A"),
            "tungsten RUS 2022": (2, "A"),
            "tungsten RUS 2023": (3, "A"),
        },
    ),
    "marks in brackets behind places": (
        lambda: text(
            "Country,Mineral,Mine production 2023 (t)",
            "Chile (e),Lithium,49",
            "Peru [2],Tin,7",
            "Cuba (a),Tin,3",
        ),
        {},
        {"lithium CHL 2023": (49, "E"), "tin PER 2023": (7, "A"), "tin CUB 2023": (3, "A")},
    ),
    "about so much": (
        lambda: text("Country,Mineral,2022,2023", "Chile,Copper,~5300,c. 5200", "Peru,Copper,≈24,ca. 27"),
        IN_TONNES,
        {
            "copper CHL 2022": (5300, "E"),
            "copper CHL 2023": (5200, "E"),
            "copper PER 2022": (24, "E"),
            "copper PER 2023": (27, "E"),
        },
    ),
    "units in the cells": (
        lambda: text(
            "Country,Mineral,Mine production 2023",
            "Chile,Copper,5.3 Mt",
            "Peru,Copper,2755 kt",
            "Cuba,Gold,300 kg",
        ),
        {},
        {"copper CHL 2023": (5.3e6, "A"), "copper PER 2023": (2755e3, "A"), "gold CUB 2023": (0.3, "A")},
    ),
}


def _figures(outcome) -> dict[str, tuple[float | None, str]]:
    return {f"{mineral} {place} {year}": told for (mineral, place, _, year), told in outcome.figures.items()}


@pytest.mark.slow
@pytest.mark.parametrize(("item", "said", "figures"), RIGHT.values(), ids=RIGHT)
def test_what_looks_like_something_else_is_read_as_it_is_meant(item, said, figures):
    outcome = read(item(), **said)
    assert _figures(outcome) == figures, outcome.asked


# layout -> the file, what is said besides, what is asked; nothing is read before
ASKED = {
    "codes of Länder under Land": (
        lambda: text("Land;Mineral;Mine production 2023 (t)", "SN;Lithium;20", "TH;Barite;3", "NI;Tin;7"),
        {},
        "as parts of DEU have",
    ),
    "codes of provinces of China": (
        lambda: text("Area,Mineral,Mine production 2023 (t)", "SD,Gold,10", "SN,Tin,2", "HN,Antimony,3"),
        {},
        "as parts of CHN have",
    ),
    "the last days of quarters": (
        lambda: book(
            {
                "D": [
                    ["Copper mine production, t"],
                    ["Country", datetime(2023, 9, 30), datetime(2023, 12, 31)],
                    ["Chile", 53, 52],
                    ["Peru", 24, 27],
                ]
            }
        ),
        {},
        "nothing says year",
    ),
    "thousands that are shown": (
        lambda: _looking(
            book({"D": [*COBALT[:2], ["Cuba", 3800, 3200], ["Peru", 17000, 18000]]}),
            dict.fromkeys(("B3", "B4", "C3", "C4"), "#,##0,"),
        ),
        {},
        "divided by 1,000: row 3, column B holds 3800 and shows 4",
    ),
    "a fiscal year by one year": (
        lambda: text("Country,Mineral,FY2022,FY2023", "India,Bauxite,22,23"),
        IN_TONNES,
        "FY2022 is a fiscal year",
    ),
    "rows that differ in a column nobody knows": (
        lambda: text(
            "Country,Mineral,Publisher,Mine production 2023 (t)", "Chile,Tin,A,53", "Chile,Tin,B,54"
        ),
        {},
        "differ in Publisher",
    ),
    "a unit glued to a header": (
        lambda: text("Country,Mineral,Mine production 2023 (MT)", "India,Bauxite,23", "China,Bauxite,93"),
        {},
        r"What does 'MT' in the header .* mean: an estimate, a footnote, a unit\?",
    ),
    "a number in brackets": (
        lambda: text(
            "Country,Mineral,Mine production 2023 (t)", "Chile,Copper,53 (2)", 'Peru,Copper,"(1,200)"'
        ),
        {},
        r"unreadable value: '53 \(2\)'",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("item", "said", "asked"), ASKED.values(), ids=ASKED)
def test_what_looks_like_two_things_is_asked(item, said, asked):
    outcome = read(item(), **said)
    assert re.search(asked, outcome.asked), outcome.asked
    assert outcome.figures == {}


HIDDEN = {
    "a row": (lambda: _looking(book({"D": COBALT}), row=4), "Hidden: 1 row with numbers, the first is row 4"),
    "a column": (lambda: _looking(book({"D": COBALT}), column="C"), "Column C is hidden and holds numbers"),
    "a sheet": (
        lambda: _looking(
            book({"D": COBALT, "old": [*COBALT[:2], ["Zambia", 36, 30], ["Chile", 1, 2]]}), sheet="old"
        ),
        "The sheet is hidden",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("item", "told"), HIDDEN.values(), ids=HIDDEN)
def test_what_is_hidden_is_pointed_out(item, told):
    outcome = read(item(), sheet="D") if told.startswith("The sheet") else read(item())
    assert f"not as the workbook shows it: {told}" in outcome.asked


def test_reserves_by_class_keep_the_words():
    rows = ["Chile,Copper,Proven,5", "Chile,Copper,Probable,3"]
    outcome = read(text("Country,Mineral,Category,Reserves 2023 (t)", *rows, "Peru,Copper,Proven,7"))
    assert outcome.mapping.columns["detail"] == "Category"


# number format -> by how much what is shown is divided
FORMATS = [
    ("#,##0,", 1000), ('0.0,,"Mt"', 1_000_000), ("0.0%", PERCENT), ("#,##0", None), ("General", None),
    ('0.0" %"', None), ("#,##0;(#,##0,)", None), ("[Red]0,", 1000),
]  # fmt: skip


@pytest.mark.parametrize(("number_format", "by"), FORMATS)
def test_a_format_says_by_how_much_it_divides(number_format, by):
    assert divisor(number_format) == by


@pytest.mark.parametrize("letters", ["A", "Z", "AA", "XFD"])
def test_letters_and_numbers_of_columns_are_the_same(letters):
    assert column_letters(column_number(letters.encode())) == letters


# printed -> the number, the mark, what it means
MARKS = [
    ("~5300", "5300", "~", "E"), ("c. 5200", "5200", "c.", "E"), ("63000³", "63000", "³", "footnote 3"),
    ("2000 (2)", "2000", "(2)", ""), ("63,000 (b)", "63,000", "b", ""), ("۱۲* ", "12", "*", ""),
    ("e500", "e500", "", ""), ("100–120", "100–120", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "number", "mark", "means"), MARKS)
def test_a_mark_stands_before_or_behind_a_number(printed, number, mark, means):
    assert split_flag(printed) == (number, mark)
    assert meanings([mark], [])[mark] == means


# header -> what its numbers are, if they are no amounts of a year
NO_AMOUNTS = [
    ("2023 (Jan–Sep)", "a part of a year"), ("9M 2023", "a part of a year"),
    ("первые 9 месяцев 2023", "a part of a year"), ("2023年1-9月", "a part of a year"),
    ("Cumulative 1990-2023", "a sum over years"), ("12M 2023", None),
    ("Mine production 2023", None),
]  # fmt: skip


@pytest.mark.parametrize(("header", "kind"), NO_AMOUNTS)
def test_a_header_says_what_is_no_amount_of_a_year(header, kind):
    assert not_an_amount(header) == kind


# a text -> the fiscal year that it names by one year
FISCAL = [
    ("FY2023", "FY2023"), ("Production, fiscal year 2023", "fiscal year 2023"), ("FY 2023-24", ""),
    ("2023", ""), ("FY23", "FY23"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "found"), FISCAL)
def test_a_fiscal_year_is_told_from_a_year(printed, found):
    assert fiscal_year(printed) == found


# a header -> the canonical unit, how many of it, and of what; None where it is asked
OF_WHAT = [
    ("Mine production 2023 (t, Co content)", ("t", 1, "content")),
    ("Production (tonnes of contained cobalt)", ("t", 1, "content")),
    ("thousand tonnes Ni", ("t", 1e3, "content")),
    ("Mine production (metric tons, gross weight)", ("t", 1, "gross")),
    ("metric tons (V2O5 content)", ("t", 1, "V2O5")),
    ("2023 (t LCE)", ("t", 1, "LCE")),
    ("t oxide content", None),
    ("tonnes of lithium", None),
    ("tons, metal content", None),
]


@pytest.mark.parametrize(("header", "unit"), OF_WHAT)
def test_a_unit_says_what_it_is_a_weight_of(header, unit):
    assert factor_of(said_by_header(header).says.get("unit", "")) == unit


def test_a_unit_of_money_is_no_weight():
    with pytest.raises(Exception, match="not known"):
        read_unit("US$ Co content")
