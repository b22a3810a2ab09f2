"""Our World in Data: the CSV of a chart needs the metadata beside it, which says the unit."""

from __future__ import annotations

import json

import pytest

from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.formats import owid
from loaders.formats.observations import Reading

CSV = "Entity,Code,Year,Lithium production\nChile,CHL,2022,38000\n"


def _metadata(**about: str) -> dict[str, object]:
    column = {"titleShort": "Lithium production", "unit": "tonnes", "lastUpdated": "2024-07-15"} | about
    return {"chart": {"title": "Lithium production"}, "columns": {"Lithium production": column}}


def _tables(text: str, metadata: object):
    files = [InputFile("lithium-production.csv", text.encode())]
    if metadata is not None:
        files.append(InputFile("lithium-production.metadata.json", json.dumps(metadata).encode()))
    return [table for item in files for table in read_tables(item)]


def _read(text: str, metadata: object) -> Reading:
    tables = _tables(text, metadata)
    assert owid.declines(tables) is None
    return owid.read(tables)


# a line of the CSV -> place and value, or the reason why it is left out
LINE_CASES = [
    ("Chile,CHL,2022,38000", ("CHL", 38000), None),
    ("World,OWID_WRL,2022,1.5e+5", ("WLD", 150000), None),
    ("Kosovo,OWID_KOS,2022,1", ("XKX", 1), None),
    ("Namibia,NAM,2022,0", ("NAM", 0), None),
    ("Asia,,2022,5", None, "a continent or a group of countries"),
    ("High-income countries,OWID_HIC,2022,5", None, "a continent or a group of countries"),
    ("Chile,CHL,2022,", None, "no figure in any column"),
]


@pytest.mark.parametrize(("line", "figure", "reason"), LINE_CASES)
def test_countries_are_read_and_groups_are_left_out(line, figure, reason):
    reading = _read(f"Entity,Code,Year,Lithium production\n{line}\n", _metadata())
    assert reading.problems == []
    found = reading.observations
    assert [(row.place, row.value) for row in found.itertuples()] == ([figure] if figure else [])
    assert [item.reason for item in reading.ignored] == ([reason] if reason else [])


# what the metadata says -> unit, value, measure
METADATA_CASES = [
    ({}, "t", 38000, "production"),
    ({"unit": "thousand tonnes"}, "t", 38e6, "production"),
    ({"titleShort": "Mine production of lithium"}, "t", 38000, "mine_production"),
    ({"titleShort": "Lithium reserves"}, "t", 38000, "reserves"),
    ({"titleShort": "Refined lithium"}, "t", 38000, "refinery_production"),
]


@pytest.mark.parametrize(("about", "unit", "value", "measure"), METADATA_CASES)
def test_the_metadata_says_unit_and_measure(about, unit, value, measure):
    found = _read(CSV, _metadata(**about)).observations.iloc[0]
    assert found[["mineral", "unit", "value", "measure", "basis"]].tolist() == [
        "lithium", unit, value, measure, "undefined"
    ]  # fmt: skip


def test_short_names_of_columns_find_their_metadata():
    text = CSV.replace("Lithium production", "lithium_production").replace(
        "Entity,Code,Year", "entity,code,year"
    )
    assert len(_read(text, _metadata(shortName="lithium_production")).observations) == 1


def test_the_edition_is_the_day_of_the_last_update():
    reading = _read(CSV, _metadata())
    assert (reading.dataset, reading.edition) == ("owid-lithium-production", "2024-07-15")


# metadata -> part of the message, part of the remedy
UNKNOWN_CASES = [
    (None, "no unit", "lithium-production.metadata.json"),
    (_metadata(unit=""), "no unit", "metadata"),
    ({"columns": ["odd"]}, "no unit", "metadata"),
    (_metadata(unit="barrels"), "no unit that we know", "--answers"),
]


@pytest.mark.parametrize(("metadata", "message", "remedy"), UNKNOWN_CASES)
def test_without_a_unit_nothing_is_read(metadata, message, remedy):
    reading = _read(CSV, metadata)
    assert len(reading.problems) == 1
    assert message in reading.problems[0].message
    assert remedy in reading.problems[0].remedy
    assert (len(reading.observations), reading.rows_refused) == (0, 1)


# header, unit of the metadata -> value, unit that a warning says
UNITS_OF_HEADERS = {
    "the same": ("Lithium production (tonnes)", "tonnes", 38000, None),
    "a thousandfold off": (
        "lithium_production_kt",
        "tonnes",
        38000,
        "the header says kt, the metadata say tonnes",
    ),
    "in the header alone": ("Lithium production (thousand tonnes)", None, 38e6, "no metadata say the unit"),
    "a suffix alone": ("lithium_production_kt", None, 38e6, "it was read as kt"),
    "behind a comma": ("Lithium production, kg", None, 38, "it was read as kg"),
    "no unit in brackets": ("Lithium production (USGS)", "tonnes", 38000, None),
}


@pytest.mark.parametrize(("header", "unit", "value", "told"), UNITS_OF_HEADERS.values(), ids=UNITS_OF_HEADERS)
def test_a_unit_in_a_header_is_checked_against_the_metadata(header, unit, value, told):
    text = CSV.replace("Lithium production", f'"{header}"')
    column = {"titleLong": "Lithium production", "unit": unit}
    reading = _read(text, {"columns": {header: column}} if unit else None)
    assert [problem.severity for problem in reading.problems] == ["warning"] * bool(told)
    assert all(told in problem.message for problem in reading.problems)
    assert reading.observations["value"].tolist() == [value]


def test_the_year_is_that_of_the_row_not_of_a_title_or_a_file():
    header = "Lithium production (USGS 2025)"
    text = CSV.replace("Lithium production", header)
    reading = _read(text, {"columns": {header: {"titleLong": header, "unit": "tonnes"}}})
    assert reading.observations["year"].tolist() == [2022]
    assert reading.edition == "2022"


def test_shares_prices_and_words_are_not_read():
    text = CSV.replace("production\n", "production,Share of lithium production,World region\n")
    text = text.replace("38000", "38000,12.5,South America")
    reading = _read(text, _metadata())
    assert [(p.rule, p.column) for p in reading.problems] == [
        ("column not read", "Share of lithium production"),
        ("column not read", "World region"),
    ]
    assert reading.observations["value"].tolist() == [38000]


def test_imports_and_exports_are_measures():
    text = CSV.replace("Lithium production", "Imports of lithium")
    column = {"titleLong": "Imports of lithium", "unit": "tonnes"}
    assert _read(text, {"columns": {"Imports of lithium": column}}).observations["measure"].tolist() == [
        "imports"
    ]


# title of the indicator -> what is unknown
TITLE_CASES = [("Vibranium production", "no mineral"), ("Lithium and cobalt production", "no mineral"),
               ("Lithium stocks", "no measure")]  # fmt: skip


@pytest.mark.parametrize(("title", "message"), TITLE_CASES)
def test_a_title_that_says_too_little_is_a_problem(title, message):
    text = CSV.replace("Lithium production", title)
    column = {"titleShort": title, "unit": "tonnes"}
    reading = _read(text, {"columns": {title: column}})
    assert [message in problem.message for problem in reading.problems] == [True]


# tables -> why they are declined
DECLINED_CASES = [
    ("Entity,Code,Year\nChile,CHL,2022\n", "a value"),
    ("Country,Code,Year,Lithium\nChile,CHL,2022,1\n", "Entity"),
    ("Entity,Code,Year,Lithium\n", "no rows"),
]


@pytest.mark.parametrize(("text", "reason"), DECLINED_CASES)
def test_other_tables_are_declined_with_the_reason(text, reason):
    assert reason in (owid.declines(_tables(text, None)) or "")
