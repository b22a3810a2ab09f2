"""Energy Institute Statistical Review: sheets of minerals among those of energy."""

from __future__ import annotations

import io
import math

import openpyxl
import pytest

from loaders.answers.answers import Answers
from loaders.files.opening import read_tables
from loaders.files.table import InputFile, RawTable
from loaders.formats import energy_institute
from loaders.formats.observations import Reading

pytestmark = pytest.mark.slow

TITLE = ["Cobalt: Production and Reserves"]
GROUPS = ["Mine production", None, None, None, "Growth rate per annum", None, "Share", "Reserves"]
HEADER = ["Thousand tonnes", 2022, 2023, 2024, 2024, "2014-24", 2024, "At end of 2024"]
AUSTRALIA = ["Australia", 5.5, 5.25, 4, -0.1, 0.02, 0.03, 1700]
OIL = [["Oil: Production"], [], ["Thousand barrels daily", 2023, 2024], [], ["Canada", 5, 6]]


def _tables(sheets: dict[str, list], *merged: str) -> list[RawTable]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    stream = io.BytesIO()
    book.save(stream)
    return read_tables(InputFile("review.xlsx", stream.getvalue()))


def _read(sheets: dict[str, list], *merged: str) -> Reading:
    tables = _tables(sheets, *merged)
    assert energy_institute.declines(tables) is None
    return energy_institute.read(tables)


def _cobalt(*rows: list, header: list = HEADER) -> dict[str, list]:
    return {"Cobalt P-R": [TITLE, GROUPS, header, [], *rows]}


@pytest.mark.parametrize("merged", [(), ("A2:D2", "E2:F2")], ids=["apart", "merged"])
def test_production_and_reserves_are_read_and_what_is_computed_is_not(merged):
    reading = _read(_cobalt(AUSTRALIA), *merged)
    assert reading.problems == []
    found = reading.observations
    assert found[["mineral", "place", "measure", "year", "value", "unit"]].to_numpy().tolist() == [
        ["cobalt", "AUS", "mine_production", 2022, 5500, "t"],
        ["cobalt", "AUS", "mine_production", 2023, 5250, "t"],
        ["cobalt", "AUS", "mine_production", 2024, 4000, "t"],
        ["cobalt", "AUS", "reserves", 2024, 1.7e6, "t"],
    ]
    assert (reading.dataset, reading.edition) == ("energy-institute", "2025")
    assert set(found["row"]) == {5}


# first cell of a row -> place, detail; or the reason why the row is left out
ROW_CASES = [
    ("DR Congo", ("COD", ""), None),
    ("US", ("USA", ""), None),
    ("Russian Federation", ("RUS", ""), None),
    ("Brazil #", ("BRA", ""), None),
    ("China1", ("CHN", ""), None),
    ("Rest of World^", ("OTH", ""), None),
    ("Other Africa", ("OTH", "Other Africa"), None),
    ("Total World", ("WLD", ""), None),
    ("Total Africa", None, "a sum of a region or a group"),
    ("of which: OECD", None, "a sum of a region or a group"),
    ("European Union #", None, "a sum of a region or a group"),
]


@pytest.mark.parametrize(("name", "place", "reason"), ROW_CASES)
def test_a_row_is_a_place_or_left_out(name, place, reason):
    reading = _read(_cobalt(AUSTRALIA, [name, 1, 2, 3, 0, 0, 0, 4], ["* Less than 0.05"]))
    assert reading.problems == []
    found = reading.observations[reading.observations["row"] == 6]
    assert {(row.place, row.detail) for row in found.itertuples()} == ({place} if place else set())
    told = [(item.reason, item.count) for item in reading.ignored]
    assert told == [("blank row, title or note", 1), *([(reason, 1)] if reason else [])]


# cell -> value, upper bound, status
CELL_CASES = [
    (0, 0, None, "A"), ("n/a", None, None, "O"), ("^", None, 50, "N"), (None, None, None, "O"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "value", "upper", "status"), CELL_CASES)
def test_signs_stay_apart(cell, value, upper, status):
    reading = _read(_cobalt(["Cuba", 1, 2, cell, None, None, None, 5]))
    found = reading.observations.query("measure == 'mine_production' and year == 2024").iloc[0]
    read = [None if math.isnan(found[name]) else found[name] for name in ("value", "upper")]
    assert [*read, found["status"]] == [value, upper, status]


# sheet, unit in the corner -> mineral, value of 2 in the canonical unit, basis
SHEET_CASES = [
    ("Lithium P-R", "Thousand tonnes of Lithium content", "lithium", 2000, "content"),
    ("Natural Graphite P-R", "Thousand tonnes", "graphite", 2000, "undefined"),
    ("Rare Earth metals P-R", "Thousand tonnes1", "rare-earths", 2000, "undefined"),
    ("Platinum Group Metals P-R", "Thousand tonnes", "platinum-group-metals", 2000, "undefined"),
    ("PGM", "Kilogram", "platinum-group-metals", 0.002, "undefined"),
    ("Copper P-R ", "Thousand tonnes", "copper", 2000, "undefined"),
    ("Cobalt Production-Reserves", "Thousand tonnes", "cobalt", 2000, "undefined"),
    ("Tin - Production & Reserves", "Thousand tonnes", "tin", 2000, "undefined"),
]


@pytest.mark.parametrize(("sheet", "unit", "mineral", "value", "basis"), SHEET_CASES)
def test_a_sheet_says_mineral_and_unit(sheet, unit, mineral, value, basis):
    reading = _read({sheet: [["Title"], [], [unit, *HEADER[1:]], ["Cuba", 2, 2, 2, 0, 0, 0, 2]]})
    assert reading.problems == []
    found = reading.observations
    assert {(row.mineral, row.value, row.basis) for row in found.itertuples()} == {(mineral, value, basis)}


def test_of_aluminium_the_last_column_is_capacity():
    reading = _read({"Aluminium P-R": [["Title"], [], HEADER, ["Cuba", 2, 2, 2, 0, 0, 0, 2]]})
    assert reading.observations["measure"].tolist() == ["production"] * 3 + ["capacity"]


def test_sheets_of_energy_are_left_out_and_counted():
    reading = _read(_cobalt(AUSTRALIA) | {"Oil Production - barrels": OIL})
    assert [(item.file, item.reason, item.count) for item in reading.ignored] == [
        ("review.xlsx, sheet Oil Production - barrels", "a sheet of energy, not of minerals", 1)
    ]
    assert reading.rows_read == 2


def test_prices_are_in_dollars_of_a_stated_amount():
    prices = [
        ["Mineral commodity prices"],
        ["US dollars per tonne", "Cobalt 1", "Lithium carbonate2"],
        [2023, 34000, "-"],
        [2024, 26000.5, 12000],
    ]
    reading = _read(_cobalt(AUSTRALIA) | {"Mineral Commodity Prices": prices})
    assert reading.problems == []
    found = reading.observations[reading.observations["measure"] == "price"].fillna({"value": -1})
    columns = ["mineral", "place", "year", "value", "unit", "detail", "basis", "status"]
    assert found[columns].to_numpy().tolist() == [
        ["cobalt", "WLD", 2023, 34000, "USD", "per tonne", "not_applicable", "A"],
        ["cobalt", "WLD", 2024, 26000.5, "USD", "per tonne", "not_applicable", "A"],
        ["lithium-carbonate", "WLD", 2023, -1, "USD", "per tonne", "not_applicable", "O"],
        ["lithium-carbonate", "WLD", 2024, 12000, "USD", "per tonne", "not_applicable", "A"],
    ]


def test_what_cannot_be_read_is_refused():
    reading = _read(
        {
            "Cobalt P-R": [
                ["T"],
                [],
                HEADER,
                ["Narnia", 1, 2, 3, 0, 0, 0, 4],
                ["Cuba", "-", 2, 3, 0, 0, 0, 4],
            ],
            "Vibranium P-R": [["T"], [], HEADER, ["Cuba", 1, 2, 3, 0, 0, 0, 4]],
        }
    )
    assert {(p.rule, p.row, p.printed) for p in reading.problems} == {
        ("unknown place", 4, "Narnia"),
        ("unreadable value", 5, "-"),
        ("unknown mineral", 4, "Vibranium P-R"),
    }


# sheets -> why they are declined
DECLINED_CASES = [
    ({"Cobalt": [TITLE, GROUPS, HEADER, AUSTRALIA]}, "Cobalt P-R"),
    ({"Cobalt P-R": [["Country", "A", "B"], ["Cuba", 1, 2]]}, "At end of"),
    (
        _cobalt(AUSTRALIA) | {"Tin P-R": [["T"], [], ["Thousand tonnes", 2022, 2023], ["Cuba", 1, 2]]},
        "different years: 2023, 2024",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sheets", "reason"), DECLINED_CASES)
def test_other_workbooks_are_declined_with_the_reason(sheets, reason):
    assert reason in (energy_institute.declines(_tables(sheets)) or "")


def test_a_sheet_and_a_place_that_nobody_knows_are_answered():
    strange = ["Narnia", 5.5, 5.25, 4, -0.1, 0.02, 0.03, 1700]
    tables = _tables({"Xyzzyite P-R": [TITLE, GROUPS, HEADER, [], strange]})
    open_names = energy_institute.read(tables).questions
    assert {question.kind for question in open_names} == {"mineral", "place"}
    texts = {question.kind: question.printed for question in open_names}
    answers = Answers(minerals={texts["mineral"]: "cobalt"}, places={texts["place"]: "CHL"})
    reading = energy_institute.read(tables, answers)
    assert reading.questions == ()
    assert set(reading.observations["mineral"]) == {"cobalt"}
    assert set(reading.observations["place"]) == {"CHL"}


def test_a_sheet_of_a_head_alone_has_no_figures():
    reading = _read(_cobalt())
    assert reading.observations.empty
    assert reading.problems == []
