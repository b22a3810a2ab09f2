"""USGS Minerals Yearbook: tables of world production with letters beside the numbers."""

from __future__ import annotations

import io
import math

import openpyxl
import pytest

from loaders.files.opening import read_tables
from loaders.files.table import InputFile, RawTable
from loaders.formats.observations import Reading
from loaders.formats.usgs import yearbook

pytestmark = pytest.mark.slow

TITLE = "COBALT: WORLD MINE PRODUCTION, BY COUNTRY OR LOCALITY1"
HEADER = ["Country or locality2", None, 2021, None, 2022, None]
CUBA = ["Cuba", None, 3800, "r", 3500, "e"]
NOTES = [["eEstimated. rRevised. -- Zero."], ["1Table includes data available through June."]]
SALIENT = [["TABLE 1"], ["SALIENT COBALT STATISTICS"], ["Item", 2021, 2022], ["Production", 1, 2]]


def _tables(*sheets: list[list]) -> list[RawTable]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"T{number + 1}")
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return read_tables(InputFile("myb1-2022-cobal.xlsx", stream.getvalue()))


def _table(*rows: list, title: str = TITLE, unit: str = "(Metric tons, cobalt content)") -> list[list]:
    return [["TABLE 10"], [title], [unit], HEADER, *rows, *NOTES]


def _read(*sheets: list[list]) -> Reading:
    tables = _tables(*sheets)
    assert yearbook.declines(tables) is None
    return yearbook.read(tables)


def _figures(reading: Reading) -> list[tuple]:
    found = reading.observations
    return [
        (row.place, row.detail, row.year, None if math.isnan(row.value) else row.value, row.status, row.note)
        for row in found.itertuples()
    ]


def test_letters_beside_numbers_are_estimates_and_notes():
    reading = _read(_table(CUBA))
    assert reading.problems == []
    assert _figures(reading) == [("CUB", "", 2021, 3800, "A", "revised"), ("CUB", "", 2022, 3500, "E", "")]
    found = reading.observations.iloc[0]
    assert found[["mineral", "measure", "unit", "basis"]].tolist() == [
        "cobalt",
        "mine_production",
        "t",
        "content",
    ]
    assert (reading.dataset, reading.edition, found["row"], found["column"]) == (
        "usgs-myb",
        "2022",
        5,
        "2021",
    )
    assert reading.rows_read == 3


# cell, letters -> value, status, note
CELLS = [
    ("--", None, 0, "A", ""),
    ("--", "e", 0, "A", ""),
    ("NA", None, None, "O", ""),
    ("W", None, None, "Q", ""),
    (1250, "r, e", 1250, "E", "revised"),
    (1250, "3", 1250, "A", "footnote 3"),
    ("(4)", None, None, "N", ""),
]


@pytest.mark.parametrize(("cell", "letters", "value", "status", "note"), CELLS)
def test_signs_stay_apart(cell, letters, value, status, note):
    rows = _table(["Cuba", None, cell, letters, 5, None])
    reading = _read([*rows, ["4Less than ½ unit."]])
    assert reading.problems == []
    assert _figures(reading)[0][3:] == (value, status, note)


def test_years_without_a_column_of_letters_may_bear_them_themselves():
    reading = _read(
        [["TABLE 10"], [TITLE], ["(Metric tons)"], ["Country", 2021, "2022e"], ["Cuba", 3800, 3500]]
    )
    assert reading.problems == []
    assert _figures(reading) == [("CUB", "", 2021, 3800, "A", ""), ("CUB", "", 2022, 3500, "E", "")]


def test_a_title_of_two_stages_says_none():
    reading = _read(_table(CUBA, title="COBALT: WORLD MINE AND REFINERY PRODUCTION, BY COUNTRY"))
    assert set(reading.observations["measure"]) == {"production"}


def test_a_footnote_that_nothing_explains_is_refused():
    reading = _read(_table(["Cuba", None, "(4)", None, 5, None]))
    assert [(p.rule, p.printed) for p in reading.problems] == [("unreadable value", "(4)")]


# rows -> places and details that are read of 2022, reasons for the others
ROWS = {
    "a country with parts and their total": (
        [["Chile:"], ["Mine A", None, 1, None, 2, None], ["Total", None, 1, None, 2, None], CUBA],
        [("CHL", ""), ("CUB", "")],
        ["blank row, title or note", "a part of the total of its country"],
    ),
    "a country with parts": (
        [["Chile:"], ["Concentrate", None, 1, None, 2, None], ["Metal", None, 1, None, 2, None], CUBA],
        [("CHL", "Concentrate"), ("CHL", "Metal"), ("CUB", "")],
        ["blank row, title or note"],
    ),
    "the world": (
        [CUBA, ["Total", None, 1, None, 2, None]],
        [("CUB", ""), ("WLD", "")],
        ["blank row, title or note"],
    ),
    "a table that goes on on another page": (
        [CUBA, ["See footnotes at end of table."], [TITLE], HEADER, ["Chile3", None, 1, None, 2, None]],
        [("CUB", ""), ("CHL", "")],
        ["blank row, title or note"],
    ),
}


@pytest.mark.parametrize(("rows", "places", "reasons"), ROWS.values(), ids=ROWS)
def test_rows_are_places_or_left_out(rows, places, reasons):
    reading = _read(_table(*rows))
    assert reading.problems == []
    assert [line[:2] for line in _figures(reading) if line[2] == 2022] == places
    assert [item.reason for item in reading.ignored] == reasons


def test_a_mineral_heads_rows_of_its_own():
    rows = [
        ["Gemstones:"], CUBA, ["Total", None, 1, None, 2, None],
        ["Diamond (industrial):"], CUBA, ["Grand total", None, 1, None, 2, None],
    ]  # fmt: skip
    title = "NATURAL DIAMOND: WORLD PRODUCTION, BY COUNTRY OR LOCALITY AND TYPE"
    reading = _read(_table(*rows, title=title, unit="(Thousand carats)"))
    assert reading.problems == []
    found = reading.observations.query("year == 2022")
    assert list(zip(found["mineral"], found["place"], strict=True)) == [
        ("gemstones", "CUB"),
        ("gemstones", "WLD"),
        ("diamond-industrial", "CUB"),
    ]
    assert "a total of several minerals" in [item.reason for item in reading.ignored]


def test_a_heading_that_nobody_knows_is_refused():
    reading = _read(_table(["Unobtainium:"], CUBA))
    assert [(p.rule, p.printed) for p in reading.problems] == [("unknown mineral", "Unobtainium")]


# title, unit -> mineral, measure, value of 3,500, basis
TITLES = [
    ("LITHIUM: ESTIMATED WORLD PRODUCTION, BY COUNTRY1", "(Metric tons, gross weight)",
     "lithium", "production", 3500, "gross"),
    ("NICKEL: WORLD REFINERY PRODUCTION, BY COUNTRY", "(Metric tons)",
     "nickel", "refinery_production", 3500, "undefined"),
    ("TIN: WORLD SMELTER PRODUCTION, BY COUNTRY", "(Metric tons)",
     "tin", "smelter_production", 3500, "undefined"),
    ("SALT: WORLD PRODUCTION, BY COUNTRY", "(Thousand metric tons)",
     "salt", "production", 3.5e6, "undefined"),
    ("RHENIUM: WORLD PRODUCTION, BY COUNTRY", "(Kilograms)", "rhenium", "production", 3.5, "undefined"),
    ("RARE EARTHS: WORLD MINE PRODUCTION, BY COUNTRY", "(Metric tons, rare-earth-oxide equivalent)",
     "rare-earths", "mine_production", 3500, "REO"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "unit", "mineral", "measure", "value", "basis"), TITLES)
def test_the_title_says_mineral_and_stage_the_line_below_it_the_unit(
    title, unit, mineral, measure, value, basis
):
    reading = _read(_table(CUBA, title=title, unit=unit))
    assert reading.problems == []
    found = reading.observations.iloc[1]
    assert found[["mineral", "measure", "value", "basis"]].tolist() == [mineral, measure, value, basis]


def test_a_table_of_panels_alone_is_named_and_has_no_figures():
    panels = [["TABLE 2"], [TITLE], ["(Metric tons)"], [*HEADER, 2021, None, 2022], [*CUBA, 1, None, 2]]
    reading = _read(panels)
    assert reading.observations.empty
    assert len(reading.problems) == 1


def test_other_tables_and_panels_are_left_out():
    panels = [["TABLE 2"], [TITLE], ["(Metric tons)"], [*HEADER, 2021, None, 2022], [*CUBA, 1, None, 2]]
    reading = _read(_table(CUBA), SALIENT, panels)
    assert [(p.rule, p.severity) for p in reading.problems] == [("table not read", "warning")]
    assert len(reading.observations) == 2
    assert {item.reason for item in reading.ignored} == {
        "blank row, title or note",
        "no table of world production",
        "a table with two panels",
    }


# sheets -> why they are declined
DECLINED = [
    ([SALIENT], "WORLD MINE PRODUCTION"),
    ([[["Country", 2021], ["Cuba", 1]]], "WORLD MINE PRODUCTION"),
]


@pytest.mark.parametrize(("sheets", "reason"), DECLINED)
def test_other_workbooks_are_declined_with_the_reason(sheets, reason):
    assert reason in (yearbook.declines(_tables(*sheets)) or "")
