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


def _tables(**sheets: list[list[object]]):
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        sheet.append(["6.4. Production of Mineral Raw Materials"])
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return read_tables(InputFile("6.4.xlsx", stream.getvalue()))


def _read(**sheets: list[list[object]]) -> Reading:
    tables = _tables(**sheets)
    assert wmd.declines(tables) is None
    return wmd.read(tables)


# a row of the sheet Cobalt -> place, detail, value in the canonical unit, unit, status, for 2012
ROW_CASES = [
    (["Cuba", "metr. t", 1, 4780, "reported"], "CUB", "", 4780, "t", "A"),
    (["Cuba", "metr. t", 1, 4780, "estimate"], "CUB", "", 4780, "t", "E"),
    (["Cuba", "metr. t", 1, 0, "estimate"], "CUB", "", 0, "t", "A"),
    (["Cuba", "metr. t", 1, 4780, "provisional"], "CUB", "", 4780, "t", "A"),
    (["Cuba", "metr. t", 1, None, "reported"], "CUB", "", None, "t", "O"),
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
