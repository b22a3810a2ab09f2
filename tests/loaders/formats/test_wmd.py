"""World Mining Data: one sheet for each mineral, years in columns, two rows for Russia."""

from __future__ import annotations

import io
import math
from pathlib import Path

import openpyxl
import pytest

from loaders.files.inputs import open_inputs
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.formats import wmd
from loaders.formats.observations import Reading

pytestmark = pytest.mark.slow

HEADER = ["Country", "unit", "2011", "2012", "Sources of data"]


def _tables(name: str = "6.4.xlsx", **sheets: list[list[object]]):
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        sheet.append(["6.4. Production of Mineral Raw Materials"])
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return read_tables(InputFile(name, stream.getvalue()))


def _read(**sheets: list[list[object]]) -> Reading:
    tables = _tables(**sheets)
    assert wmd.declines(tables) is None
    return wmd.read(tables)


# a row of the sheet Cobalt -> place, detail, value in the canonical unit, unit, status, for 2012
ROW_CASES = [
    (["Cuba", "metr. t", 1, 4780, "reported"], "CUB", "", 4780, "t", "A"),
    (["Cuba", "metr. t", 1, 4780, "estimate"], "CUB", "", 4780, "t", "E"),
    (["Cuba", "metr. t", 1, 0, "estimate"], "CUB", "", 0, "t", "E"),
    (["Cuba", "metr. t", 1, 4780, "provisional"], "CUB", "", 4780, "t", "A"),
    (["Cuba", "metr. t", 1, None, "reported"], "CUB", "", None, "t", "O"),
    # letters, and numbers stored as text, of later yearbooks
    (["Cuba", "metr. t", "1", "4780.5", "e"], "CUB", "", 4780.5, "t", "E"),
    (["Cuba", "metr. t", "1", "12 345", "r"], "CUB", "", 12345, "t", "A"),
    (["Türkiye", "metr. t", "1", "0", "p"], "TUR", "", 0, "t", "A"),
    (["Cuba", "kg", 1, 2800, "reported"], "CUB", "", 2.8, "t", "A"),
    (["Cuba", "Mio m3", 1, 3, "reported"], "CUB", "", 3e6, "m3", "A"),
    (["Cuba", "ct", 1, 3, "reported"], "CUB", "", 3, "ct", "A"),
    (["Russia, Asia", "metr. t", 1, 2, "reported"], "RUS", "Asia", 2, "t", "A"),
    (["Russia, Europe", "metr. t", 1, 2, "reported"], "RUS", "Europe", 2, "t", "A"),
    (["Total", "metr. t", 1, 2, None], "WLD", "", 2, "t", "A"),
]


@pytest.mark.parametrize(("row", "place", "detail", "value", "unit", "status"), ROW_CASES)
def test_a_row_is_read_as_printed(row, place, detail, value, unit, status):
    reading = _read(Cobalt=[HEADER, row])
    assert reading.problems == []
    found = reading.observations[reading.observations["year"] == 2012].iloc[0]
    assert found[["place", "detail", "unit", "status"]].tolist() == [place, detail, unit, status]
    assert math.isnan(found["value"]) if value is None else found["value"] == value
    assert (found["file"], found["row"], found["column"]) == ("6.4.xlsx, sheet Cobalt", 3, "2012")


# the name of a sheet -> mineral, basis
SHEET_CASES = [
    ("Cobalt", "cobalt", "undefined"),
    ("Diamonds (Ind)", "diamond-industrial", "undefined"),
    ("Chromium (Cr2O3)", "chromium", "Cr2O3"),
    ("Nickel (Ni)", "nickel", "content"),
    ("Lithium (Li2O)", "lithium", "Li2O"),
    # of the yearbooks since 2018
    ("Iron (Fe)", "iron-ore", "content"),
    ("Rare Earths (REO)", "rare-earths", "REO"),
    ("Phosphate Rock (P2O5)", "phosphate-rock", "P2O5"),
    ("Beryllium (conc.)", "beryllium", "gross"),
    ("Salt (rock, brines, marine)", "salt", "undefined"),
    ("Oil Sands (part of Petroleum)", "oil-sands", "undefined"),
    ("Diamonds (Gem)", "gemstones", "undefined"),
    ("Uranium (U3O8)", "uranium", "U3O8"),
]


@pytest.mark.parametrize(("sheet", "mineral", "basis"), SHEET_CASES)
def test_the_sheet_names_the_mineral_and_what_is_weighed(sheet, mineral, basis):
    found = _read(**{sheet: [HEADER, ["Cuba", "metr. t", 1, 2, "reported"]]}).observations
    assert found["mineral"].tolist() == [mineral] * 2
    assert found["basis"].tolist() == [basis] * 2


def test_the_yearbook_is_two_years_younger_than_its_last_column():
    reading = _read(Cobalt=[HEADER, ["Cuba", "metr. t", 1, 2, "reported"]])
    assert (reading.dataset, reading.edition) == ("wmd", "2014")


# sheets -> why they are declined
DECLINED_CASES = [
    ({"Cobalt": [["Land", "unit", "2011", "Sources of data"], ["Cuba", "kg", 1, ""]]}, "Country"),
    ({"Cobalt": [["Country", "unit", "Sources of data"], ["Cuba", "metr. t", "reported"]]}, "years"),
    ({"Cobalt": [["Country", "unit", "2011"], ["Cuba", "metr. t", 1]]}, "Sources of data"),
    ({"Cobalt": [HEADER, ["Cuba", "kg", 1, 2, ""]],
      "Tin": [["Country", "unit", "2011", "Sources of data"], ["Cuba", "kg", 1, ""]]}, "different years"),
]  # fmt: skip


@pytest.mark.parametrize(("sheets", "reason"), DECLINED_CASES)
def test_other_workbooks_are_declined_with_the_reason(sheets, reason):
    assert reason in (wmd.declines(_tables(**sheets)) or "")


def test_a_text_file_is_declined():
    tables = read_tables(InputFile("a.csv", b"Country,unit,2011,Sources of data\nCuba,kg,1,\n"))
    assert "Excel" in (wmd.declines(tables) or "")


def test_what_cannot_be_read_is_refused_with_its_sheet():
    reading = _read(
        Cobalt=[HEADER, ["Cuba", "metr. t", "1?", 2, ""], ["Narnia", "metr. t", 1, 2, ""]],
        Unobtainium=[HEADER, ["Cuba", "barrels", 1, 2, ""]],
    )
    assert {(p.rule, p.file, p.row, p.printed) for p in reading.problems} == {
        ("unreadable value", "6.4.xlsx, sheet Cobalt", 3, "1?"),
        ("unknown place", "6.4.xlsx, sheet Cobalt", 4, "Narnia"),
        ("unknown mineral", "6.4.xlsx, sheet Unobtainium", 3, "Unobtainium"),
        ("unknown unit", "6.4.xlsx, sheet Unobtainium", 3, "barrels"),
    }
    assert (len(reading.observations), reading.cells_refused, reading.rows_refused) == (1, 5, 3)


def test_a_row_of_figures_without_a_country_is_no_blank_row():
    reading = _read(Cobalt=[HEADER, ["Cuba", "metr. t", 1, 2, ""], ["", "metr. t", 3, 4, ""]])
    assert [(p.rule, p.row, p.printed) for p in reading.problems] == [("unknown place", 4, "")]
    assert (reading.ignored, reading.rows_read, reading.rows_refused) == ([], 2, 1)


def test_a_comma_is_refused_for_it_could_be_a_decimal_comma():
    reading = _read(Cobalt=[HEADER, ["Cuba", "metr. t", "4,780", 2, "r"]])
    assert [(p.rule, p.printed) for p in reading.problems] == [("unreadable value", "4,780")]


def test_notes_and_codes_beside_the_columns_are_no_figures():
    header = ["Country", "ISO3", "unit", "2011", "2012", "data source"]
    reading = _read(Cobalt=[header, ["Cuba", "CUB", "metr. t", 1, 2, "r"], ["* estimated", *[None] * 5]])
    assert (reading.problems, _figures(reading)) == ([], [("CUB", 2011, 1), ("CUB", 2012, 2)])
    assert [(item.reason, item.count) for item in reading.ignored] == [("a note", 1)]


def test_a_table_of_several_minerals_is_another_one():
    header = ["Country", "Mineral", "unit", "2011", "2012", "data source"]
    assert wmd.declines(_tables(Cobalt=[header, ["Cuba", "Nickel", "metr. t", 1, 2, "r"]]))


def test_files_of_one_range_of_years_each_are_one_edition():
    tables = _tables(
        "2007.xlsx", Cobalt=[["Country", "unit", "2009", "2010", "Sources of data"], ["Cuba", "kg", 1, 2, ""]]
    )
    tables += _tables("2012.xlsx", Cobalt=[HEADER, ["Cuba", "kg", 3, 4, ""]])
    assert wmd.declines(tables) is None
    reading = wmd.read(tables)
    assert (reading.edition, [year for _, year, _ in _figures(reading)]) == ("2014", [2009, 2010, 2011, 2012])


# Other chapters -------------------------------------------------------------------------------------------

SHARES = [
    "Rank 2012",
    "Rank 2011",
    "Country",
    "unit",
    "Production 2012",
    "Share in %",
    "Share cum.%",
    "Share HHI",
]
ROW = [1, 1, "Cuba", "metr. t", 6, 60, 60, 3600]
LATER = ["Country", "unit", "2011", "2012", "data source"]


def _figures(reading: Reading) -> list[tuple]:
    found = reading.observations
    return list(zip(found["place"], found["year"], found["value"], strict=True))


def test_of_the_chapter_of_shares_the_production_is_read():
    reading = _read(
        Cobalt=[SHARES, ROW, [2, 2, "Peru", "metr. t", 4, 40, 100, 1600], [None] * 4 + [10, 100, None, 5200]]
    )
    assert (reading.edition, reading.problems) == ("2014", [])
    assert _figures(reading) == [("CUB", 2012, 6), ("PER", 2012, 4)]
    assert [(item.reason, item.count) for item in reading.ignored] == [
        ("sums of the columns, without a country", 1)
    ]


def test_of_the_chapter_of_groups_the_world_is_read():
    header = ["Political stability", "unit", "2011", "2012"]
    rows = [["Stable", "metr. t", 1, 2], ["Extreme Unstable", "metr. t", 3, 4], ["Total", "metr. t", 4, 6]]
    reading = _read(Cobalt=[header, *rows])
    assert (reading.problems, _figures(reading)) == ([], [("WLD", 2011, 4), ("WLD", 2012, 6)])
    assert [(item.reason, item.count) for item in reading.ignored] == [("a group of countries", 2)]


@pytest.mark.parametrize("header", [SHARES, ["Political stability", "unit", "2011", "2012"]])
def test_a_chapter_without_rows_has_no_figures(header):
    assert _figures(_read(Cobalt=[header])) == []


def test_what_the_chapter_of_countries_has_is_not_read_again():
    reading = _read(
        Cobalt=[LATER, ["Cuba", "metr. t", 5, 6, "r"], ["Peru", "metr. t", 3, 5, "r"]],
        Cobalt_=[SHARES, ROW],
    )
    assert (reading.problems, len(reading.observations)) == ([], 4)


def test_chapters_that_differ_are_pointed_out():
    tables = _tables(Cobalt=[LATER, ["Cuba", "metr. t", 5, 7, "r"]])
    tables += _tables("6.5.xlsx", Cobalt=[SHARES, ROW, [2, 2, "Peru", "metr. t", 4, 40, 100, 1600]])
    reading = wmd.read(tables)
    assert [(p.rule, p.severity, p.printed) for p in reading.problems] == [
        ("chapters differ", "warning", "6")
    ]
    assert _figures(reading) == [("CUB", 2011, 5), ("CUB", 2012, 7), ("PER", 2012, 4)]
    assert [(item.reason, item.count) for item in reading.ignored] == [("chapter 6.4 has it, too", 1)]


def test_the_chapter_of_all_minerals_together_has_no_figure():
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Total Min. Prod. (t)"
    sheet.append(["World mineral production 2021 by countries (incl. Bauxite)"])
    sheet.append(["Country", "Total", "Iron and Ferro-Alloy Metals", "Precious Metals", "Mineral Fuels"])
    sheet.append(["Cuba", 10, 2, 1, 7])
    stream = io.BytesIO()
    book.save(stream)
    tables = read_tables(InputFile("6.1.xlsx", stream.getvalue()))
    assert wmd.declines(tables) is None
    reading = wmd.read(tables)
    assert [p.rule for p in reading.problems] == ["no figure of one mineral"]
    assert (len(reading.observations), reading.rows_read, reading.ignored[0].count) == (0, 1, 1)


@pytest.mark.published
def test_the_publishers_own_workbook(shared: Path):
    inputs = open_inputs([shared / "published" / "world-mining-data"])
    tables = [table for item in inputs for table in read_tables(item)]
    assert wmd.declines(tables) is None
    reading = wmd.read(tables)
    found = reading.observations
    assert reading.problems == []
    assert (reading.edition, found["mineral"].nunique()) == ("2017", 63)
    assert set(found["unit"]) == {"t", "ct", "m3"}
    russia = found[(found["place"] == "RUS") & (found["mineral"] == "iron-ore") & (found["year"] == 2015)]
    assert sorted(russia["detail"]) == ["Asia", "Europe"]
    key = ["mineral", "year"]
    world = found[found["place"] == "WLD"].set_index(key)["value"]
    countries = found[found["place"] != "WLD"].groupby(key)["value"].sum()
    assert len(world) == 63 * 5
    assert ((countries / world - 1).abs() < 0.001).all()


# Chapter 6.6: a sheet for each country ----------------------------------------------------------------------

OF_A_COUNTRY = [
    ["Commodity", "unit", "2011", "2012", "data source"],
    ["Iron and Ferro-Alloy Metals", None, None, None, None],
    ["Iron (Fe)", "metr. t", 5, 6, "r"],
    ["Diamonds (Gem)", "ct", 7, 8, "e"],
    ["Total", "metr. t", 12, 14, None],
]


def test_of_the_chapter_of_producers_each_row_is_a_mineral():
    reading = _read(**{"Congo, D.R.": OF_A_COUNTRY, "Russia, Asia": [OF_A_COUNTRY[0], OF_A_COUNTRY[2]]})
    found = reading.observations
    assert (reading.dataset, reading.edition, reading.problems) == ("wmd", "2014", [])
    assert found[found["year"] == 2012][
        ["place", "detail", "mineral", "value", "unit", "status"]
    ].to_numpy().tolist() == [
        ["COD", "", "iron-ore", 6.0, "t", "A"],
        ["COD", "", "gemstones", 8.0, "ct", "E"],
        ["RUS", "Asia", "iron-ore", 6.0, "t", "A"],
    ]
    assert [(item.reason, item.count) for item in reading.ignored] == [
        ("a sum of unlike minerals", 1),
        ("a line above minerals", 1),
    ]


def test_what_chapter_of_minerals_has_is_not_read_again_from_that_of_producers():
    tables = _tables(Cobalt=[LATER, ["Cuba", "metr. t", 5, 7, "r"]])
    tables += _tables(
        "6.6.xlsx", Cuba=[OF_A_COUNTRY[0], ["Cobalt", "metr. t", 5, 6, "r"], ["Tin", "metr. t", 1, 2, "r"]]
    )
    tables += _tables("6.5.xlsx", Tin=[SHARES, ROW])
    reading = wmd.read(tables)
    assert _figures(reading) == [("CUB", 2011, 5), ("CUB", 2012, 7), ("CUB", 2011, 1), ("CUB", 2012, 2)]
    assert [problem.message for problem in reading.problems] == [
        "1 figure of Production, Cobalt differs from chapter 6.4, which is read.",
        "1 figure of Production, Tin differs from chapter 6.6, which is read.",
    ]


def test_a_mineral_of_a_producer_that_nobody_knows_is_asked_about():
    reading = _read(Cuba=[OF_A_COUNTRY[0], ["Unobtainium", "metr. t", 5, 6, "r"]])
    assert [(p.rule, p.column, p.printed) for p in reading.problems] == [
        ("unknown mineral", "Commodity", "Unobtainium")
    ]
