"""IEA Critical Minerals Dataset: two panels of supply, the first year known and the later ones forecast."""

from __future__ import annotations

import io

import openpyxl
import pytest

from loaders.files.opening import read_tables
from loaders.files.table import InputFile, RawTable
from loaders.formats import iea
from loaders.formats.observations import Reading

pytestmark = pytest.mark.slow

SUPPLY = "2 Total supply for key minerals"
TOP = [["Total supply for key minerals (kt)"], [], ["Base case"]]
YEARS = [None, 2024, 2030, None, None, 2024, 2030]
BLOCK = ["Copper - Mining", None, None, None, "Copper - Refining", None, None]
CHILE = ["Chile", 5, 6, None, "China", 12, 15]
END = [
    ["Rest of world", 1, 2, None, "Rest of world", 3, 4],
    ["Total", 6, 8, None, "Total", 15, 19],
    ["Top 3 share", 0.8, 0.7, None, "Top 3 share", 0.9, 0.8],
]


def _tables(rows: list[list], title: str = SUPPLY, **others: list[list]) -> list[RawTable]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, content in {title: rows, **others}.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return read_tables(InputFile("explorer.xlsx", stream.getvalue()))


def _read(*rows: list, **others: list[list]) -> Reading:
    tables = _tables([*TOP, YEARS, *rows], **others)
    assert iea.declines(tables) is None
    return iea.read(tables)


def _figures(reading: Reading) -> list[tuple]:
    found = reading.observations
    columns = ["mineral", "place", "measure", "year", "value", "status", "detail"]
    return [tuple(line) for line in found[columns].to_numpy().tolist()]


def test_stages_stand_side_by_side_and_later_years_are_forecasts():
    reading = _read(BLOCK, CHILE)
    assert reading.problems == []
    assert _figures(reading) == [
        ("copper", "CHL", "mine_production", 2024, 5000, "A", ""),
        ("copper", "CHL", "mine_production", 2030, 6000, "F", "base case"),
        ("copper", "CHN", "refinery_production", 2024, 12000, "A", ""),
        ("copper", "CHN", "refinery_production", 2030, 15000, "F", "base case"),
    ]
    assert (reading.dataset, reading.edition) == ("iea-critical-minerals", "2025")


def test_totals_and_the_rest_are_read_and_shares_are_not():
    reading = _read(BLOCK, CHILE, [], *END)
    assert reading.problems == []
    assert [(line[1], line[4]) for line in _figures(reading) if line[2:4] == ("mine_production", 2024)] == [
        ("CHL", 5000),
        ("OTH", 1000),
        ("WLD", 6000),
    ]
    assert [(item.reason, item.count) for item in reading.ignored] == [
        ("a share, which is computed", 1),
        ("blank row, title or note", 1),
    ]


# line above the rows -> mineral, measure, detail; None where it is refused
LINES = [
    ("Lithium - Chemicals", ("lithium", "refinery_production", "")),
    ("Cobalt - Refining (kt)", ("cobalt", "refinery_production", "")),
    ("Magnet rare earth elements - Mining", ("rare-earths-magnet", "mine_production", "")),
    ("Graphite (natural) - Mining", ("graphite", "mine_production", "")),
    ("Graphite - Battery grade", ("graphite", "production", "battery grade")),
    ("Vibranium - Mining", None),
    ("Copper - Smelling", None),
]


@pytest.mark.parametrize(("line", "meant"), LINES)
def test_a_line_says_mineral_and_stage(line, meant):
    reading = _read([line], ["Chile", 5, None])
    found = reading.observations.query("year == 2024")
    assert {(row.mineral, row.measure, row.detail) for row in found.itertuples()} == (
        {meant} if meant else set()
    )
    assert [(p.rule, p.printed) for p in reading.problems] == ([] if meant else [("unknown mineral", line)])


def test_a_row_without_a_line_above_it_is_refused():
    reading = _read(["Chile", 5, 6], BLOCK, CHILE)
    assert [(p.rule, p.printed) for p in reading.problems] == [("unknown mineral", "(no line above)")]


def test_notes_end_the_table_and_other_sheets_are_left_out():
    demand = {"1 Total demand for key minerals": [["Demand (kt)"], [None, 2024, 2030], ["Copper", 1, 2]]}
    reading = _read(BLOCK, CHILE, [], ["Notes: our own estimates."], ["More words."], **demand)
    assert len(reading.observations) == 4
    assert {item.reason for item in reading.ignored} == {
        "blank row, title or note",
        "demand by scenario, or notes",
    }
    assert reading.rows_read == sum(item.count for item in reading.ignored) + 1


def test_a_blank_cell_is_not_available():
    reading = _read(BLOCK, ["Chile", 5, None, None, "China", 0, 1])
    assert [(line[1], line[3], line[5]) for line in _figures(reading)] == [
        ("CHL", 2024, "A"),
        ("CHL", 2030, "O"),
        ("CHN", 2024, "A"),
        ("CHN", 2030, "F"),
    ]


def test_a_unit_that_nothing_states_is_refused():
    tables = _tables([["Total supply for key minerals"], [], YEARS, BLOCK, CHILE])
    assert {problem.rule for problem in iea.read(tables).problems} == {"unknown unit"}


# lines above the years, years -> year and detail of each forecast
CASES = [
    ([["High production case"], [None, 2024, 2030]], [(2030, "high production case")]),
    ([[None, None, "STEPS", "NZE"], [None, 2024, 2030, 2030]], [(2030, "steps"), (2030, "nze")]),
    ([[None, None, "Base case", None, "High case"], [None, 2024, 2030, 2040, 2030]],
     [(2030, "base case"), (2040, "base case"), (2030, "high case")]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "forecasts"), CASES)
def test_each_forecast_keeps_its_case(lines, forecasts):
    tables = _tables([TOP[0], *lines, ["Copper - Mining"], ["Chile", 5, 6, 7, 8]])
    assert iea.declines(tables) is None
    found = iea.read(tables).observations.query("status == 'F'")
    assert list(zip(found["year"], found["detail"], strict=True)) == forecasts


# rows -> why they are declined
DECLINED = [
    ([*TOP, [None, 2024, 2030, 2030], ["Copper - Mining"], ["Chile", 1, 2, 3]], SUPPLY, "stands there twice"),
    ([*TOP, [None, 2024, 2030], ["Copper"], ["Chile", 1, 2]], SUPPLY, "Copper - Mining"),
    ([*TOP, [None, 2024, 2030, None, None, 2024, 2035], BLOCK, CHILE], SUPPLY, "different years"),
    ([*TOP, YEARS, BLOCK, CHILE], "Supply", "one sheet"),
]


@pytest.mark.parametrize(("rows", "title", "reason"), DECLINED)
def test_other_workbooks_are_declined_with_the_reason(rows, title, reason):
    assert reason in (iea.declines(_tables(rows, title)) or "")
