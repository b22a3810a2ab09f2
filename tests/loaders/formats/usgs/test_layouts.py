"""The USGS layouts of 2022 to 2026: each trap that the releases set is a row of a table here."""

from __future__ import annotations

import csv
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.errors import MineralsError, UnknownFormat, UnreadableFile
from loaders.files.table import InputFile
from loaders.formats.usgs.chapters import value_columns
from loaders.read import Load
from tests.usgs_inputs import (
    LONG_HEADER,
    WIDE_HEADER,
    load_alone,
    long,
    long_row,
    named,
    table,
    wide,
    wide_row,
)

pytestmark = pytest.mark.slow

HEADER_2022 = "Source,Country,Type,Prod_t_2020,Prod_t_Est_2021"
HEADER_2023 = "Source,Country,Type,Prod_t_2021,Prod_t_est_2022,Prod_notes,Reserves_t,Reserves_notes"
HEADER_2024 = "Source,Country,Type,Prod_t_est_2022,Prod_t_est_2023,Prod_notes,Reserves_t,Reserves_notes"
MINE = "Mine production"


def _lines(load: Load, **where: Any) -> list[dict[str, Any]]:
    """The observations with these values, NaN as None."""
    found = load.observations
    for name, value in where.items():
        found = found[found[name] == value]
    return [
        {name: None if isinstance(cell, float) and math.isnan(cell) else cell for name, cell in line.items()}
        for line in found.to_dict("records")
    ]


def _line(load: Load, **where: Any) -> dict[str, Any]:
    """The one observation with these values; the load must be free of errors."""
    assert load.report.errors == ()
    (line,) = _lines(load, **where)
    return line


def _rules(load: Load) -> list[tuple[str, str, int | None, str]]:
    return [(p.severity.value, p.rule, p.row, p.column) for p in load.report.problems]


# --- headers of 2022 to 2024

# header, kind, qualifier, unit, year, estimated
VALUE_HEADERS = [
    ("Prod_t_2020", "production", "", "t", 2020, False),
    ("Prod_t_Est_2021", "production", "", "t", 2021, True),
    ("Prod_kg_Est_2020", "production", "", "kg", 2020, True),
    ("Prod_kt_est_2022", "production", "", "kt", 2022, True),
    ("Prod_kt_Est_2022", "production", "", "kt", 2022, True),
    ("Prod_mct_2021", "production", "", "mct", 2021, False),
    ("Prod_kct_est_2022", "production", "", "kct", 2022, True),
    ("Prod_mcm_2021", "production", "", "mcm", 2021, False),
    ("Prod_Sponge_t_Est_2021", "production", "Sponge", "t", 2021, True),
    ("Cap_Sponge_t_2021", "capacity", "Sponge", "t", 2021, False),
    ("Cap_Pigment_t_2021", "capacity", "Pigment", "t", 2021, False),
    ("Cap_kg_2022", "capacity", "", "kg", 2022, False),
    ("Cap_t_est_2021", "capacity", "", "t", 2021, True),
    ("Reserves_t", "reserves", "", "t", None, False),
    ("Reserves_kt_2023", "reserves", "", "kt", 2023, False),
    ("Reserves_Mt", "reserves", "", "Mt", None, False),
    ("Reserves_mt", "reserves", "", "mt", None, False),
    ("Reserves_mmt", "reserves", "", "mmt", None, False),
    ("Reserves_ore_kt", "reserves", "ore", "kt", None, False),
    ("Reserves_ore_K2O_equiv_kt", "reserves", "ore K2O equiv", "kt", None, False),
]
OTHER_HEADERS = [
    "Source", "Country", "Type", "Form", "Mine production, fluorspar", "Prod_notes", "Prod_note",
    "Reserves_notes", "Cap_notes", "column (9)", "Prod_2021", "Reserves",
]  # fmt: skip


@pytest.mark.parametrize(("header", "kind", "qualifier", "unit", "year", "estimated"), VALUE_HEADERS)
def test_a_value_header_says_what_its_column_holds(header, kind, qualifier, unit, year, estimated):
    (column,) = value_columns([header])
    assert column == (header, kind, qualifier, unit, year, estimated, None)


@pytest.mark.parametrize("header", OTHER_HEADERS)
def test_another_header_is_no_value_column(header):
    assert value_columns([header]) == []


@pytest.mark.parametrize("notes", ["Prod_notes", "Prod_note"])
def test_the_notes_of_a_kind_belong_to_all_its_columns(notes):
    columns = value_columns(["Prod_t_2021", "Prod_t_est_2022", notes, "Reserves_t", "Reserves_notes"])
    assert [column.note for column in columns] == [notes, notes, "Reserves_notes"]


# --- units, in the header or in a column

# file, place and measure of the line, value, unit
UNIT_CASES = [
    (table("Source,Country,Type,Prod_kt_2022", "MCS2024,Chile,Mine production,5"), "CHL", 5000.0, "t"),
    (table("Source,Country,Type,Prod_kg_2022", "MCS2024,Chile,Mine production,2800"), "CHL", 2.8, "t"),
    (table("Source,Country,Type,Prod_mct_2022", "MCS2024,Russia,x,19", code="diamo"), "RUS", 19e6, "ct"),
    (table("Source,Country,Type,Prod_kct_2022", "MCS2024,Russia,x,19", code="gemst"), "RUS", 19e3, "ct"),
    (table("Source,Country,Type,Prod_mcm_2022", "MCS2024,Qatar,x,66", code="heliu"), "QAT", 66e6, "m3"),
    (wide(wide_row("Peru", ("5", ""), unit="kilograms")), "PER", 0.005, "t"),
    (wide(wide_row("Peru", ("5", ""), unit="metric tons")), "PER", 5.0, "t"),
    (wide(wide_row("Peru", ("5", ""), unit="thousand metric tons")), "PER", 5e3, "t"),
    (wide(wide_row("Peru", ("5", ""), unit="thousand metric dry tons")), "PER", 5e3, "t"),
    (wide(wide_row("Peru", ("5", ""), unit="million metric tons")), "PER", 5e6, "t"),
    (wide(wide_row("Peru", ("5", ""), unit="million carats")), "PER", 5e6, "ct"),
    (wide(wide_row("Peru", ("5", ""), unit="thousand carats")), "PER", 5e3, "ct"),
    (wide(wide_row("Peru", ("5", ""), unit="million cubic meters")), "PER", 5e6, "m3"),
    (long(long_row("Peru", "5", unit=" thousands of carats")), "PER", 5e3, "ct"),
    (long(long_row("Peru", "5", unit="million liters")), "PER", 5e6, "L"),
    (long(long_row("Peru", "5", unit="tons")), "PER", 5.0, "t"),
]


@pytest.mark.parametrize(("file", "place", "value", "unit"), UNIT_CASES)
def test_a_unit_is_translated_by_its_spelling(file, place, value, unit):
    lines = _lines(load_alone(file), place=place, measure="mine_production") or _lines(
        load_alone(file), place=place, measure="production"
    )
    assert [(line["value"], line["unit"]) for line in lines[:1]] == [(value, unit)]


@pytest.mark.parametrize("header", ["Reserves_mt", "Reserves_mmt", "Reserves_Mt"])
def test_reserves_in_mt_are_million_tonnes(header):
    file = table(f"Source,Country,Type,Prod_kt_est_2023,{header}", "MCS2024,Brazil,x,1,34000", code="feore")
    reserves = _line(load_alone(file), measure="reserves")
    assert (reserves["value"], reserves["printed_value"], reserves["column"]) == (34e9, "34000", header)


def test_a_blank_unit_is_that_of_its_neighbours_with_a_warning():
    rows = [wide_row("Chile", ("5", "6")), wide_row("Peru", ("7", "8"), unit="")]
    load = load_alone(wide(*rows))
    assert _rules(load) == [("warning", "blank unit", 3, "UNIT_MEAS")]
    peru = _line(load, place="PER", year=2023)
    assert (peru["value"], peru["unit"]) == (7.0, "t")


def test_a_blank_unit_without_agreeing_neighbours_is_an_error():
    rows = [
        wide_row("Chile", ("5", "6")),
        wide_row("Mali", ("5", "6"), unit="kilograms"),
        wide_row("Peru", unit=""),
    ]
    load = load_alone(wide(*rows))
    assert ("error", "unknown unit", 4, "unit") in _rules(load)
    assert _lines(load, place="PER") == []


# --- values

# printed in a column that is not estimated: value, lower, upper, status
TABLE_VALUES = [
    ("0", 0.0, None, None, "A"),
    ("0 ", 0.0, None, None, "A"),
    ('"1,300"', 1300.0, None, None, "A"),
    ("NA", None, None, None, "O"),
    ("        NA", None, None, None, "O"),
    ("W", None, None, None, "Q"),
    ("XX", None, None, None, "M"),
    ("    Large", None, None, None, "O"),
    ("Very small", None, None, None, "O"),
    ('"Categorized as ""large"""', None, None, None, "O"),
    ("Included with “Other countries.”", None, None, None, "K"),
    ("included with ilmenite", None, None, None, "K"),
    ('">100,000,000"', None, 1e8, None, "A"),
    ('"    >9,100,000"', None, 9.1e6, None, "A"),
    ("<100", None, 0.0, 100.0, "N"),
    ("Less than ½ unit.", None, 0.0, 0.5, "N"),
    ('"e20,000"', 20000.0, None, None, "E"),
    ('"e3,900"', 3900.0, None, None, "E"),
    ("\xa0\xa0\xa0\xa0 325", 325.0, None, None, "A"),
]


@pytest.mark.parametrize(("printed", "value", "lower", "upper", "status"), TABLE_VALUES)
def test_a_cell_of_2022_to_2024_means(printed, value, lower, upper, status):
    load = load_alone(table("Source,Country,Type,Prod_t_2023", f"MCS2024,Chile,{MINE},{printed}"))
    line = _line(load)
    assert (line["value"], line["lower"], line["upper"], line["status"]) == (value, lower, upper, status)
    assert line["printed_value"] == next(csv.reader([printed]))[0]


LONG_VALUES = [
    ("—", 0.0, None, None, "A"),
    ("4,780", 4780.0, None, None, "A"),
    ("5900000", 5.9e6, None, None, "A"),
    ("68\xa0", 68.0, None, None, "A"),
    (">85,000,000", None, 85e6, None, "A"),
    ("<200,000", None, 0.0, 200e3, "N"),
    ("330 - 390", None, 330.0, 390.0, "A"),
    ("500–17,000", None, 500.0, 17e3, "A"),
    ("W", None, None, None, "Q"),
    ("XX", None, None, None, "M"),
    ("NA", None, None, None, "O"),
    ("Moderate to large", None, None, None, "O"),
    ("s", None, None, None, "O"),
]


@pytest.mark.parametrize(("printed", "value", "lower", "upper", "status"), LONG_VALUES)
def test_a_cell_of_2026_means(printed, value, lower, upper, status):
    line = _line(load_alone(long(long_row("Chile", printed))))
    assert (line["value"], line["lower"], line["upper"], line["status"]) == (value, lower, upper, status)
    assert line["printed_value"] == printed


def test_s_with_a_note_of_half_a_unit_is_less_than():
    note = "Estimated. -- Less than ½ unit."
    line = _line(load_alone(long(long_row("South Africa", "s", note, unit="million cubic meters"))))
    assert (line["lower"], line["upper"], line["status"]) == (0.0, 0.5e6, "N")


@pytest.mark.parametrize("printed", ["?1", "?10", "-3", "(blank)", "12abc", "1,20"])
def test_a_cell_that_cannot_be_read_is_a_problem_and_no_figure(printed):
    load = load_alone(long(long_row("Chile", printed), long_row("Peru", "5")))
    assert _rules(load) == [("error", "unreadable value", 2, "Value")]
    assert [line["place"] for line in _lines(load)] == ["PER"]
    assert not load.installable


def test_the_same_unreadable_text_is_one_problem():
    load = load_alone(long(*(long_row(place, "?1") for place in ("Chile", "Peru", "Mali"))))
    (problem,) = load.report.problems
    assert "3 rows" in problem.message
    assert load.report.counts.rows_refused == 3


# --- zeros and blanks of 2025

# production of both years, note, then value and status of both years
BLANK_CASES = [
    (("", ""), "", (0.0, "A"), (0.0, "A")),
    (("5", ""), "", (5.0, "A"), (0.0, "A")),
    (("", ""), "NA", (None, "O"), (None, "O")),
    (("", ""), "na", (None, "O"), (None, "O")),
    (("", "30"), "na for 2023", (None, "O"), (30.0, "E")),
    (("", ""), "na for 2023", (None, "O"), (0.0, "A")),
    (("", ""), "XX", (None, "M"), (None, "M")),
    (("", ""), "xx", (None, "M"), (None, "M")),
    (("", ""), "W", (None, "Q"), (None, "Q")),
    (("", ""), "W for 23-24", (None, "Q"), (None, "Q")),
    (("", "7"), "W for 2023", (None, "Q"), (7.0, "E")),
    (("", ""), "Less than 1/2 unit", (None, "N"), (None, "N")),
    (("", ""), "Included with Other countries", (None, "K"), (None, "K")),
    (
        ("", ""),
        "United States rutile production and reserves data are included with ilmenite.",
        (None, "K"),
        (None, "K"),
    ),
    (("", ""), "Includes byproduct production.", (0.0, "A"), (0.0, "A")),
    (("5", "6"), "W for 23-24", (5.0, "A"), (6.0, "E")),
]


@pytest.mark.parametrize(("production", "note", "first", "second"), BLANK_CASES)
def test_a_blank_of_2025_is_zero_unless_a_note_says_otherwise(production, note, first, second):
    rows = [wide_row("Chile", ("5", "6")), wide_row("Peru", production, note)]
    load = load_alone(wide(*rows))
    found = [_line(load, place="PER", year=year) for year in (2023, 2024)]
    assert [(line["value"], line["status"]) for line in found] == [first, second]
    assert [line["printed_value"] for line in found] == list(production)


def test_half_a_unit_in_a_note_of_2025_has_an_upper_bound():
    rows = [
        wide_row("Qatar", ("5", "6"), unit="million cubic meters"),
        wide_row("South Africa ", note="Less than 1/2 unit", unit="million cubic meters"),
    ]
    line = _line(load_alone(wide(*rows)), place="ZAF", year=2024)
    assert (line["lower"], line["upper"], line["status"]) == (0.0, 0.5e6, "N")


def test_a_column_that_is_blank_for_a_whole_commodity_is_an_absent_measure():
    rows = [
        wide_row("Chile", ("5", "6"), reserves="7"),
        wide_row("Peru", reserves="8"),
        wide_row("Chile", ("", ""), commodity="Gold ", reserves="7"),
        wide_row("Peru", ("", ""), commodity="Gold ", reserves="8"),
    ]
    load = load_alone(wide(*rows))
    assert {line["measure"] for line in _lines(load, mineral="lithium")} == {"mine_production", "reserves"}
    assert {line["measure"] for line in _lines(load, mineral="gold")} == {"reserves"}
    assert load.report.counts.cells_absent == 4 * 2 + 2 * 2  # capacity everywhere, production of gold
    assert load.report.counts.rows_used == 4


def test_a_column_of_notes_alone_is_not_absent():
    rows = [
        wide_row(place, note="NA", commodity="Mica (Natural)", words="mica sheet")
        for place in ("India", "China")
    ]
    load = load_alone(wide(*rows))
    assert {line["status"] for line in _lines(load, mineral="mica-sheet")} == {"O"}


def test_a_row_without_any_figure_is_left_out_and_counted():
    rows = [
        wide_row("Chile", ("5", "6")),
        wide_row("Peru", commodity="Gold "),
        wide_row("Mali", commodity="Gold "),
    ]
    load = load_alone(wide(*rows))
    (ignored,) = load.report.ignored
    assert (ignored.count, ignored.file) == (2, "MCS2025_World_Data.csv")
    assert "no figure" in ignored.reason
    assert load.report.counts.rows_used == 1


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("Large", "O"), ("Moderate  ", "O"), ("Small", "O"), ("Very small", "O"), ("NA", "O"), ("XX", "M"),
        ("xx", "M"), ("Included in World total", "K"), ("Included with Other countries", "K"),
    ],
)  # fmt: skip
def test_a_word_of_2025_stands_in_the_reserve_notes(note, status):
    rows = [wide_row("Chile", ("5", "6"), reserves="7"), wide_row("Peru", ("5", "6"), reserve_note=note)]
    line = _line(load_alone(wide(*rows)), place="PER", measure="reserves")
    assert (line["value"], line["status"], line["note"]) == (None, status, note)


def test_a_bound_of_2025_does_not_spoil_its_column():
    rows = [
        wide_row("Chile", ("5", "6"), reserves="7"),
        wide_row("World total (rounded)", reserves=">90000000"),
    ]
    load = load_alone(wide(*rows))
    world = _line(load, place="WLD", measure="reserves")
    assert (world["value"], world["lower"], world["status"]) == (None, 9e7, "A")
    assert _line(load, place="CHL", measure="reserves")["value"] == 7.0


# --- names

# printed, place, detail
PLACE_CASES = [
    ("Burma", "MMR", ""),
    ("Congo (Kinshasa)", "COD", ""),
    ("Côte d’Ivoire", "CIV", ""),
    ("Korea, Republic of", "KOR", ""),
    ("Korea, Republic ofe", "KOR", ""),
    ("Chinae", "CHN", ""),
    ("New Zealande", "NZL", ""),
    ("Greecee", "GRC", ""),
    ("Greece", "GRC", ""),
    ("Sierra Leone", "SLE", ""),
    ("Other countriese", "OTH", ""),
    ("Other", "OTH", ""),
    ("Other Countries", "OTH", ""),
    ("Other countries6", "OTH", ""),
    ("Other countries\xa0", "OTH", ""),
    ("New Caledonia11", "NCL", ""),
    ("New Caledonia (overseas territory of France)", "NCL", ""),
    ("United States1", "USA", ""),
    ("United\xa0States", "USA", ""),
    ("UnitedÊStates", "USA", ""),  # a no-break space of Mac Roman, as in the garnet table of 2022
    ("United\xa0States and Canada", "USA+CAN", ""),
    ("Russia ", "RUS", ""),
    ("World total", "WLD", ""),
    ("World total (rounded)", "WLD", "rounded"),
    ("World total (rounded)10", "WLD", "rounded"),
    ("World total (rounded) 10", "WLD", "rounded"),
    ("World total (rounded), excluding U.S. production", "WLD", "rounded, excluding U.S. production"),
    ("United States (from Cliffside Field)", "USA", "from Cliffside Field"),
    ("Argentina, crude ore", "ARG", "crude ore"),
    ("Brazil (crude and beneficiated)9", "BRA", "crude and beneficiated"),
]


@pytest.mark.parametrize(("printed", "place", "detail"), PLACE_CASES)
def test_a_country_is_read_through_the_table(printed, place, detail):
    load = load_alone(table("Source,Country,Type,Prod_t_2023", ["MCS2024", printed, MINE, "5"]))
    line = _line(load)
    assert (line["place"], line["detail"], line["printed_name"]) == (place, detail, printed)


@pytest.mark.parametrize(
    ("printed", "status"), [("Chinae", "E"), ("China", "A"), ("Greece", "A"), ("Greecee", "E")]
)
def test_a_letter_e_glued_to_a_name_marks_an_estimate(printed, status):
    load = load_alone(table("Source,Country,Type,Prod_t_2023", ["MCS2024", printed, MINE, "5"]))
    assert _line(load)["status"] == status


def test_an_unknown_country_is_a_problem_with_the_nearest_names():
    load = load_alone(table(HEADER_2024, "MCS2024,Chille,x,5,6,,7,", "MCS2024,Peru,x,5,6,,7,"))
    (problem,) = load.report.problems
    assert (problem.rule, problem.row, problem.column, problem.printed) == (
        "unknown place",
        2,
        "Country",
        "Chille",
    )
    assert "Chile" in problem.remedy
    assert {line["place"] for line in _lines(load)} == {"PER"}
    counts = load.report.counts
    assert (counts.rows_used, counts.rows_refused, counts.cells_refused) == (1, 1, 3)


@pytest.mark.parametrize(
    ("commodity", "mineral"),
    [
        ("Lithium ", "lithium"), ("Iron Ore  ", "iron-ore"), ("Copper ", "copper"),
        ("Rare earths", "rare-earths"), ("Talc, crude", "talc"), ("Talc and Pyrophyllite", "talc"),
    ],
)  # fmt: skip
def test_a_commodity_of_2025_is_read_whatever_its_padding(commodity, mineral):
    load = load_alone(wide(wide_row("Chile", ("5", "6"), commodity=commodity)))
    assert _line(load, year=2023)["mineral"].startswith(mineral)


@pytest.mark.parametrize(
    ("commodity", "mineral"),
    [("Rare Earths", "rare-earths"), ("Niobium (Columbium)", "niobium"), ("Graphite (Natural)", "graphite")],
)
def test_a_commodity_of_2026_is_read_by_its_new_name(commodity, mineral):
    assert _line(load_alone(long(long_row("Chile", "5", commodity=commodity))))["mineral"] == mineral


def test_an_unknown_commodity_is_a_problem():
    load = load_alone(
        wide(wide_row("Chile", ("5", "6"), commodity="Unobtainium"), wide_row("Peru", ("5", "6")))
    )
    assert _rules(load) == [("error", "unknown mineral", 2, "commodity")]


# name of the file, mineral or None
FILE_NAMES = [
    ("mcs2024-raree_world.csv", "rare-earths"),
    ("MCS2024-bismu_world.csv", "bismuth"),
    ("mcs2023-zirco-hafni_world.csv", "zirconium"),
    ("mcs2024-zirco_world.csv", "zirconium"),
    ("mcs2024-lithi_world (1).csv", "lithium"),
    ("lithium.csv", "lithium"),
    ("download.csv", None),
    ("mcs2024-qqqqq_world.csv", None),
]


@pytest.mark.parametrize(("name", "mineral"), FILE_NAMES)
def test_the_commodity_of_2022_to_2024_stands_in_the_file_name(name, mineral):
    load = load_alone(named(name, HEADER_2024, "MCS2024,Chile,x,5,6,,7,"))
    if mineral:
        assert {line["mineral"] for line in _lines(load)} == {mineral}
    else:
        assert not load.installable
        assert len(load.observations) == 0


def test_a_file_name_without_a_commodity_says_what_to_do():
    load = load_alone(named("download.csv", HEADER_2024, "MCS2024,Chile,x,5,6,,7,"))
    (problem,) = load.report.problems
    assert (problem.rule, problem.file, problem.column) == ("no commodity", "download.csv", "file name")
    assert "mcs2024-lithi_world.csv" in problem.remedy


# --- layouts

# what the file is, its format, its edition
LAYOUTS = [
    (named("mcs2022-lithi_world.csv", HEADER_2022, "MCS2022,Chile,x,5,6"), "2022 to 2024", "2022"),
    (
        table("Source,Country,Form,Prod_t_2020,Prod_t_Est_2021", "MCS2022,Japan,x,5,6", code="cadmi"),
        "2022",
        "2022",
    ),
    (table(HEADER_2023, "MCS2023,Chile,x,5,6,,7,", year=2023), "2022 to 2024", "2023"),
    (table(HEADER_2024 + "," * 36, "MCS2024,Chile,x,5,6,,7," + "," * 36, "," * 43), "2022 to 2024", "2024"),
    (
        table("Source,Country,Type,Cap_t_est_2021,Cap_t_est_2022", "MCS2023,Chile,x,5,6"),
        "2022 to 2024",
        "2023",
    ),
    (table(HEADER_2024, ",Chile,x,5,6,,7,", "MCS 2024,Peru,,5,6,,7,"), "2022 to 2024", "2024"),
    (wide(wide_row("Chile", ("5", "6"))), "one wide table", "2025"),
    (long(long_row("Chile", "5", year=2024), long_row("Chile", "5")), "one long table", "2026"),
]


@pytest.mark.parametrize(("file", "name", "edition"), LAYOUTS)
def test_a_layout_is_recognised_by_its_content(file, name, edition):
    renamed = InputFile("lithium.csv", file.content)
    for item in (file, renamed):
        load = load_alone(item)
        assert name in load.report.format
        assert (load.report.dataset, load.report.edition) == ("usgs-mcs", edition)
        assert load.installable


@pytest.mark.parametrize(
    ("header", "row", "message"),
    [
        ("Source,Country,Type,Reserves_kt_2023", "MCS2024,Chile,x,5", "no column such as Prod_t_2023"),
        (
            "Country,Source,Type,Prod_t_2023",
            "Chile,MCS2024,x,5",
            "expected the first columns Source, Country",
        ),
        (WIDE_HEADER.replace("UNIT_MEAS", "UNIT"), "," * 12, "the columns UNIT_MEAS are missing"),
        (WIDE_HEADER.replace("PROD_", "MADE_"), "," * 12, "the columns PROD_NOTES are missing"),
        (LONG_HEADER.replace("Section", "Part"), "," * 11, "the columns Section are missing"),
        (LONG_HEADER, "X,Import Sources,X,Chile,Import,x,percent,2021–24,5,,,", "no year in a section"),
        (LONG_HEADER, "X,World Production,X,Chile,Production,x,tons,2021–24,5,,,", "no year in a section"),
    ],
)
def test_another_layout_is_declined_with_the_reason(header, row, message):
    with pytest.raises(UnknownFormat, match=message):
        load_alone(named("x.csv", header, row))


def test_tables_of_two_editions_are_not_one():
    files = [
        table(HEADER_2023, "MCS2023,Chile,x,5,6,,7,"),
        table(HEADER_2024, "MCS2024,Chile,x,5,6,,7,", code="gold"),
    ]
    with pytest.raises(UnknownFormat, match="several editions: 2023, 2024"):
        load_alone(*files)


def test_the_layout_of_2022_has_production_only():
    load = load_alone(table(HEADER_2022, '2022,Chile,x,"1,300",W', code="graph", year=2022))
    assert [(line["year"], line["value"], line["status"], line["note"]) for line in _lines(load)] == [
        (2020, 1300.0, "A", ""),
        (2021, None, "Q", ""),
    ]


def test_rows_of_commas_are_left_out_and_counted():
    empty = "," * (HEADER_2024.count(",") + 36)
    load = load_alone(table(HEADER_2024 + "," * 36, "MCS2024,Chile,x,5,6,,7," + "," * 36, empty, empty))
    assert [(item.reason, item.count) for item in load.report.ignored] == [("blank row", 2)]
    assert load.report.counts.rows_used == 1
    assert load.report.problems == ()


def test_text_in_a_column_without_a_header_is_a_warning():
    load = load_alone(table(HEADER_2024 + ",", "MCS2024,Chile,x,5,6,,7,,", "MCS2024,Peru,x,5,6,,7,,stray"))
    assert _rules(load) == [("warning", "column not read", 3, "column (9)")]
    assert load.installable


def test_a_type_header_may_be_named_after_the_commodity():
    header = (
        'Source,Country,"Mine production, fluorspar",Prod_kt_2022,Prod_kt_Est_2023,Prod_notes,Reserves_kt,x,,'
    )
    row = 'MCS2024,China,"Mine production, fluorspar",5700,5700,,67000,,,'
    load = load_alone(table(header, row, code="fluor"))
    found = [(line["measure"], line["year"], line["value"], line["status"]) for line in _lines(load)]
    assert found == [
        ("mine_production", 2022, 5.7e6, "A"), ("mine_production", 2023, 5.7e6, "E"),
        ("reserves", 2023, 67e6, "A"),
    ]  # fmt: skip


def test_a_table_without_rows_is_a_report_without_figures():
    load = load_alone(table(HEADER_2024))
    assert load.report.counts.rows_read == 0
    assert not load.installable


def test_reserves_are_of_the_year_before_the_edition():
    load = load_alone(table(HEADER_2023, "MCS2023,Chile,x,5,6,,7,", year=2023))
    reserves = _line(load, measure="reserves")
    assert (reserves["year"], reserves["class"], reserves["scheme"]) == (2022, "reserve", "usgs_c831")
    production = _line(load, measure="production", year=2021)
    assert (production["class"], production["scheme"]) == ("not_applicable", "not_applicable")


def test_a_figure_keeps_its_place_in_the_file():
    line = _line(load_alone(table(HEADER_2024, "," * 7, "MCS2024,Chinae,x,5,6,a note,7,")), year=2022)
    kept = (
        "file",
        "row",
        "column",
        "printed_name",
        "printed_unit",
        "printed_value",
        "printed_measure",
        "note",
    )
    assert [line[name] for name in kept] == [
        "mcs2024-lithi_world.csv", 3, "Prod_t_est_2022", "Chinae", "t", "5", "x", "a note",
    ]  # fmt: skip


# --- the long table of 2026


def test_other_sections_are_left_out_and_counted():
    rows = [
        long_row("Chile", "5"),
        long_row("Chile", "5", section="Import Sources", year="2021–24", unit="percent"),
        long_row("United States", "E", section="Salient Statistics—United States", unit=""),
        long_row("United States", "?1", section="Salient Statistics—United States", unit="index"),
    ]
    load = load_alone(long(*rows))
    assert load.report.problems == ()
    assert {(item.reason, item.count) for item in load.report.ignored} == {
        ("section 'Import Sources' is no world table; the dataset usgs-mcs-us has it", 1),
        ("section 'Salient Statistics—United States' is no world table; the dataset usgs-mcs-us has it", 2),
    }


def test_a_shifted_row_is_read_with_a_warning():
    shifted = long_row("World total", "10,000 - 15,000", "Yes", critical="(Data in metric tons)", heading="")
    load = load_alone(long(long_row("Chile", "5"), shifted))
    assert _rules(load) == [("warning", "shifted cells", 3, "Notes")]
    world = _line(load, place="WLD")
    assert (world["lower"], world["upper"]) == (10e3, 15e3)


@pytest.mark.parametrize("other", [{"year": "2021–24"}, {"statistics": "Import"}])
def test_a_world_row_of_another_shape_is_a_problem(other):
    load = load_alone(long(long_row("Chile", "5"), long_row("Peru", "5", **other)))
    assert _rules(load) == [("error", "unreadable row", 3, "Year, Statistics")]
    assert load.report.counts.rows_refused == 1


def test_reserves_may_be_of_an_older_year():
    row = long_row("Australia", "34000", commodity="Scandium", statistics="Reserves", detail="x", year=2023)
    load = load_alone(long(long_row("World total", "80", commodity="Scandium"), row))
    assert (_line(load, place="AUS")["year"], load.report.edition) == (2023, "2026")


def test_a_file_saved_again_in_a_wrong_encoding_is_refused():
    spoiled = long(long_row("Chile", "—")).content.decode("latin-1").encode()
    with pytest.raises(UnreadableFile, match=r"row 2: .*U\+0097"):
        load_alone(InputFile("MCS2026.csv", spoiled))


def test_the_same_file_is_read_in_utf_8():
    row = long_row("Côte d’Ivoire", "—", "Included in “World total.”")
    old, new = load_alone(long(row)), load_alone(named("MCS2026.csv", LONG_HEADER, row))
    assert (old.report.encoding, new.report.encoding) == ("cp1252", "utf-8")
    assert old.observations.drop(columns="file").equals(new.observations.drop(columns="file"))


# --- included elsewhere


def test_a_row_counted_in_the_world_total_marks_the_world_total():
    rows = [
        long_row("Austria", "s", "See Appendix C. -- Included in “World total.”", statistics="Reserves"),
        long_row("China", "81,000,000", statistics="Reserves"),
        long_row("World total", "300,000,000", statistics="Reserves", detail="Reserves: rounded"),
        long_row("World total", "1,600", statistics="Production"),
    ]
    load = load_alone(long(*rows))
    status = {(line["place"], line["measure"]): line["status"] for line in _lines(load)}
    assert status == {
        ("AUT", "reserves"): "K", ("CHN", "reserves"): "A", ("WLD", "reserves"): "W",
        ("WLD", "mine_production"): "A",
    }  # fmt: skip


def test_a_row_counted_in_the_other_countries_marks_them():
    rows = [
        wide_row("Germany", ("5", "6"), reserve_note="Included with Other countries", commodity="Peat "),
        wide_row("Other Countries", ("1", "2"), reserves="1400", commodity="Peat "),
        wide_row("World total (rounded)", ("6", "8"), reserves="13000", commodity="Peat "),
    ]
    load = load_alone(wide(*rows))
    found = {line["place"]: line["status"] for line in _lines(load, measure="reserves")}
    assert found == {"DEU": "K", "OTH": "W", "WLD": "A"}


def test_rutile_counted_with_ilmenite_marks_ilmenite():
    header = "Source,Country,Type,Prod_kt_2022,Prod_kt_est_2023,Prod_notes,Reserves_kt,Reserves_notes"
    rows = [
        'MCS2024,United States,"Mine production, ilmenite",200,100,,"2,000",',
        "MCS2024,United States,Mine production: rutile,included with ilmenite,Included with ilmenite,,"
        "Included with ilmenite,",
    ]
    load = load_alone(table(header, *rows, code="timin"))
    assert [(line["mineral"], line["status"]) for line in _lines(load)] == [
        ("ilmenite", "W"),
        ("rutile", "K"),
    ] * 3


# --- estimates

# note, status of the figure of the earlier year and of the later one, in columns without a mark
MARKS = [
    ("", "A", "A"),
    ("Estimated.", "E", "E"),
    ("estimated 2022", "E", "A"),
    ("Estimated in 2022 also.", "E", "A"),
    ("Production in 2022 is also estimated", "E", "A"),
    ("Production data in 2022 were also estimated.", "E", "A"),
    ("Estimated both years", "E", "E"),
    ("Estimated. -- Includes byproduct.", "E", "E"),
    ("Includes byproduct. -- Estimated.", "E", "E"),
    ("estimated based on reported import data for China", "E", "E"),
    ("Reported.", "A", "A"),
    ("reproted", "A", "A"),
    ("Data are not estimated from exports alone", "A", "A"),
    ("Underestimated.", "A", "A"),
]


@pytest.mark.parametrize(("note", "first", "second"), MARKS)
def test_a_note_marks_estimates(note, first, second):
    header = "Source,Country,Type,Prod_t_2022,Prod_t_2023,Prod_notes"
    load = load_alone(table(header, ["MCS2024", "Chile", MINE, "5", "6", note]))
    assert [_line(load, year=year)["status"] for year in (2022, 2023)] == [first, second]


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("", "E"), ("Reported.", "E"), ("reproted", "E"), ("Reported production.", "E"),
        ("Reported in 2023.", "A"), ("Reported in 2022.", "E"),
    ],
)  # fmt: skip
def test_an_estimated_column_marks_its_numbers_unless_a_note_names_its_year_as_reported(note, status):
    load = load_alone(table(HEADER_2024, ["MCS2024", "Chile", MINE, "5", "6", note, "7", ""]))
    assert _line(load, year=2023, measure="mine_production")["status"] == status
    assert _line(load, measure="reserves")["status"] == "A"


# production of 2023 and 2024, note, statuses of the two: the header of the second says estimated
REPORTED = [
    (("216", "220"), "Reported.", ["A", "E"]),
    (("74", "74"), "reproted", ["A", "E"]),
    (("216", "220"), "Processed ore sold and used by producers, reported", ["A", "E"]),
    (("216", "220"), "Reported in 2024", ["E", "A"]),
    (("216", "220"), "", ["E", "E"]),
]


@pytest.mark.parametrize(("printed", "note", "statuses"), REPORTED)
def test_reported_without_a_year_is_about_the_year_that_is_not_estimated(printed, note, statuses):
    words = "Mine production, barite, estimated"
    load = load_alone(wide(wide_row("Turkey", printed, note, commodity="Barite  ", words=words)))
    assert [line["status"] for line in _lines(load)] == statuses


def test_reported_is_about_an_estimated_column_that_stands_alone():
    row = wide_row("Israel", ("17", "20"), capacity=("", "34"), capacity_note="reported")
    load = load_alone(wide(row))
    assert _line(load, measure="capacity", year=2024)["status"] == "A"


def test_a_stray_space_before_the_point_hides_no_estimate():
    row = long_row(
        "Other countries", "688", "Estimated .-- Source: a consultant.", commodity="Neon", year=2024
    )
    assert _line(load_alone(long(row)))["status"] == "E"


# notes beside reserves that speak of another subject
OF_PRODUCTION = [
    "Estimated from consumption of purchased scrap. Reserves for Australia were revised.",
    "See Appendix C. -- Estimated rhenium recovered from roaster residues from Belgium.",
]


@pytest.mark.parametrize("note", OF_PRODUCTION)
def test_a_note_on_production_makes_no_estimate_of_reserves(note):
    rows = [long_row("Chile", "5", note, statistics=kind, detail=kind) for kind in ("Production", "Reserves")]
    found = {line["measure"]: line["status"] for line in _lines(load_alone(long(*rows)))}
    assert found == {"mine_production": "E", "reserves": "A"}


def test_reserves_that_are_estimated_are():
    row = long_row(
        "Algeria", "1,800", "Estimated. -- See Appendix C.", statistics="Reserves", detail="Reserves"
    )
    assert _line(load_alone(long(row)))["status"] == "E"


@pytest.mark.parametrize(
    ("printed", "status"), [("0", "A"), ("NA", "O"), ("W", "Q"), ("5", "E"), (">5", "E")]
)
def test_only_numbers_other_than_zero_are_estimates(printed, status):
    load = load_alone(table(HEADER_2024, ["MCS2024", "Chile", MINE, printed, "6", "", "7", ""]))
    assert _line(load, year=2022)["status"] == status


def test_a_type_may_say_that_the_row_is_estimated():
    words = "Mine production, estimated"
    load = load_alone(wide(wide_row("Chile", ("5", "6"), reserves="7", words=words)))
    assert [line["status"] for line in _lines(load)] == ["E", "E", "A"]


# --- measures

# words, section of 2026, measure
MEASURES = [
    (MINE, "", "mine_production"),
    ("Mine poduction, Kaolin", "", "mine_production"),
    ("Mne production, grosss weight", "", "mine_production"),
    ("Plant production, Ferosilicon", "", "plant_production"),
    ("Smelter production, aluminum", "", "smelter_production"),
    ("Refinery production", "", "refinery_production"),
    ("Primary and secondary refinery production", "", "refinery_production"),
    ("Primary production", "", "primary_production"),
    ("Cement production", "", "production"),
    ("Clinker capacity", "", "capacity"),
    ("", "", "production"),
    ("global production", "World Mine Production and Reserves", "mine_production"),
    ("Mine production: synthetic", "World Production and Reserves", "synthetic_production"),
]


@pytest.mark.parametrize(("words", "section", "measure"), MEASURES)
def test_the_words_say_the_measure(words, section, measure):
    file = (
        long(long_row("Chile", "5", detail=words, section=section))
        if section
        else table("Source,Country,Type,Prod_t_2023", ["MCS2024", "Chile", words, "5"])
    )
    assert _line(load_alone(file))["measure"] == measure


# --- what the tonnes are tonnes of

PROD = "Source,Country,Type,Prod_t_2023,Prod_notes,Reserves_t,Reserves_notes"

PROD = "Source,Country,Type,Prod_t_2023,Prod_notes,Reserves_t,Reserves_notes"
LITHIUM = "Mine production, lithium content"
JORC = "For Australia, Joint Ore Reserves Committee-compliant reserves were 4 tons of nickel content."

# type, note on the reserves, basis of production, basis of reserves
TABLE_BASES = [
    ("Mine production, metric tons of rare-earth-oxide (REO) equivalent", "", "REO", "REO"),
    (LITHIUM, "", "content", "content"),
    ("Mine production, metric tons of contained cobalt", "", "content", "content"),
    ("Mne production, grosss weight", "", "gross", "gross"),
    (MINE, "", "undefined", "undefined"),
    ("Refinery production, alumina - calcined equivalent weights", "", "Al2O3", "Al2O3"),
    ("Mine production, Cr2O3 content", "", "Cr2O3", "Cr2O3"),
    # a note on the reserves outranks the type, and says nothing of production
    (LITHIUM, "Gross weight.", "content", "gross"),
    # grade is normalised, the tonnes are of ore
    (MINE, "shipping-grade chromite ore, grade normalized to 45% Cr2O3", "undefined", "gross"),
    # the figure in the note is of another kind than the type, which speaks of production alone
    ("Mine production, gross weight", JORC, "gross", "undefined"),
    ("Mine production, nickel content", JORC, "content", "content"),
    ("Mine production, titanium dioxide (TiO2) content", JORC, "TiO2", "TiO2"),
    ("Mine production, gross weight", f"Metric tons, ZrO2 content. {JORC}", "gross", "ZrO2"),
]


@pytest.mark.parametrize(("words", "note", "production", "reserves"), TABLE_BASES)
def test_the_words_of_2022_to_2024_say_what_the_tonnes_are_of(words, note, production, reserves):
    load = load_alone(table(PROD, ["MCS2024", "Australia", words, "5", "", "7", note]))
    assert [line["basis"] for line in _lines(load)] == [production, reserves]


# detail, words in the heading of the chapter, basis
LONG_BASES = [
    (MINE, "metric tons", "undefined"),
    (MINE, "metric tons, copper content,", "content"),
    (MINE, "metric tons, rare-earth-oxide (REO) equivalent,", "REO"),
    ("Mine production: gross weight", "metric tons, copper content,", "gross"),
    ("Mine production: Usable ore", "thousand metric tons, iron content,", "gross"),
    ("Reserves: Crude ore", "thousand metric tons, iron content,", "ore"),
]


@pytest.mark.parametrize(("detail", "heading", "basis"), LONG_BASES)
def test_the_words_of_2026_say_what_the_tonnes_are_of(detail, heading, basis):
    row = long_row("Chile", "5", detail=detail, heading=f"(Data in {heading} unless otherwise specified)")
    assert _line(load_alone(long(row)))["basis"] == basis


# section, statistics, basis: parentheses before "and Reserves" speak of production, those at the end of both
SECTION_BASES = [
    ("World Mine Production (manganese content) and Reserves", "Production", "content"),
    ("World Mine Production (manganese content) and Reserves", "Reserves", "gross"),
    ("World Mine Production and Reserves (manganese content)", "Reserves", "content"),
]


@pytest.mark.parametrize(("section", "statistics", "basis"), SECTION_BASES)
def test_the_title_of_a_section_says_of_what_it_says_it(section, statistics, basis):
    heading = "(Data in thousand metric tons, gross weight, unless otherwise specified)"
    row = long_row("Gabon", "5", statistics=statistics, detail=statistics, heading=heading, section=section)
    assert _line(load_alone(long(row)))["basis"] == basis


ORE = "See Appendix C. -- Mine production and ore reserves are reported in gross weight."

# detail of reserves, note, basis: what a note says of the ore holds for the rows of ore
OF_ORE = [
    ("Reserves: Ore", ORE, "gross"),
    ("Reserves: Ore: rounded", ORE, "gross"),
    ("Reserves: Ore", "See Appendix C.", "ore"),
    ("Reserves: Cr2O3 content", ORE, "Cr2O3"),
]


@pytest.mark.parametrize(("detail", "note", "basis"), OF_ORE)
def test_a_note_on_the_ore_says_how_it_is_weighed(detail, note, basis):
    row = long_row("Chile", "5", note, commodity="Chromium", statistics="Reserves", detail=detail)
    assert _line(load_alone(long(row)))["basis"] == basis


BENEFICIATED = "beneficiated, marketable"


def test_the_same_words_are_the_same_basis_wherever_they_stand():
    prod = "Source,Country,Type,Prod_kt_2021,Prod_notes"
    words = "Mine production, feldspar"
    of_2023 = ["MCS2023", "Brazil", words, "5", "Beneficiated, marketable feldspar."]
    of_2024 = ["MCS2024", f"Brazil ({BENEFICIATED})", words, "5", ""]
    files = [
        table(prod, of_2023, code="felds", year=2023),
        table(prod.replace("2021", "2022"), of_2024, code="felds"),
        wide(wide_row(f"Brazil ({BENEFICIATED})", ("5", ""), commodity="Feldspar", words=words)),
        long(long_row("Brazil", "5", commodity="Feldspar", detail=f"Mine production: {BENEFICIATED}")),
    ]
    assert [{line["basis"] for line in _lines(load_alone(file))} for file in files] == [{"gross"}] * 4


# commodity, type, note on the reserves, basis of production, basis of reserves
NOT_KNOWN = [
    ("Strontium", "Mine production, strontium content", "", "undefined", "undefined"),
    ("Manganese", "Mine production, manganese content", "", "content", "undefined"),
    ("Manganese", "Mine production, manganese content", "Gross weight.", "content", "gross"),
    ("Phosphate rock", "Mine production, phosphate rock ore", "", "undefined", "undefined"),
    ("Phosphate rock", "Mine production, marketable phosphate rock", "", "gross", "undefined"),
    ("Copper", "Mine production, copper content", "", "content", "content"),
]


@pytest.mark.parametrize(("commodity", "words", "note", "production", "reserves"), NOT_KNOWN)
def test_words_that_another_edition_contradicts_name_no_basis(commodity, words, note, production, reserves):
    row = wide_row("Chile", ("5", "6"), reserves="7", reserve_note=note, commodity=commodity, words=words)
    assert [line["basis"] for line in _lines(load_alone(wide(row)))] == [production, production, reserves]


def test_magnesium_oxide_of_2024_is_no_known_basis():
    words = "Mine production, magnesite - contained magnesium oxide (MgO) "
    load = load_alone(table(PROD, ["MCS2024", "Austria", words, "810", "", "49000", ""], code="mgcomp"))
    assert {line["basis"] for line in _lines(load)} == {"undefined"}


def test_a_blank_unit_is_read_as_that_of_the_table_and_stays_blank():
    rows = [
        wide_row(place, ("5", "6"), unit=unit) for place, unit in (("Chile", "metric tons"), ("Peru", ""))
    ]
    load = load_alone(wide(*rows))
    found = [(line["place"], line["unit"], line["printed_unit"]) for line in _lines(load, year=2024)]
    assert found == [("CHL", "t", "metric tons"), ("PER", "t", "")]
    assert [problem.rule for problem in load.report.problems] == ["blank unit"]


def test_a_note_on_the_reserves_data_speaks_of_all_reserves():
    words, said = "Mine production, manganese content", "Gross weight for reserves data"
    rows = [table_row(place, words, note) for place, note in (("Chile", said), ("Gabon", ""), ("India", ""))]
    found = [(line["measure"], line["basis"]) for line in _lines(load_alone(table(PROD, *rows)))]
    assert sorted(found) == [("mine_production", "content")] * 3 + [("reserves", "gross")] * 3


def table_row(place, words, note):
    return ["MCS2024", place, words, "5", "", "7", note]


def test_potash_reserves_stand_as_ore_and_as_oxide():
    header = "Source,Country,Type,Prod_kt_2021,Prod_kt_est_2022,Reserves_ore_kt,Reserves_ore_K2O_equiv_kt"
    row = 'MCS2023,Belarus,"Mine production, potassium oxide (K2O) equivalent",7630,3000,3300000,750000'
    load = load_alone(table(header, row, code="potas", year=2023))
    assert [(line["measure"], line["basis"], line["value"]) for line in _lines(load)] == [
        ("mine_production", "K2O", 7.63e6), ("mine_production", "K2O", 3e6),
        ("reserves", "ore", 3.3e9), ("reserves", "K2O", 7.5e8),
    ]  # fmt: skip


def test_a_row_that_says_less_takes_the_basis_of_its_table():
    words = "Mine production, cobalt content"
    rows = [wide_row("United States", ("5", "6"), commodity="Cobalt", words="Mine production, estimated")]
    rows += [wide_row(place, ("5", "6"), commodity="Cobalt", words=words) for place in ("Cuba", "Russia ")]
    assert {line["basis"] for line in _lines(load_alone(wide(*rows)))} == {"content"}


def test_rows_of_a_table_without_a_majority_keep_their_own_basis():
    rows = [wide_row("Cuba", ("5", "6"), words="Mine production, cobalt content", commodity="Cobalt")]
    rows += [wide_row(place, ("5", "6"), commodity="Cobalt") for place in ("Chile", "Peru")]
    basis = {line["place"]: line["basis"] for line in _lines(load_alone(wide(*rows)))}
    assert basis == {"CUB": "content", "CHL": "undefined", "PER": "undefined"}


# --- chapters that hold several minerals

# code, country, words, header, mineral
SPLITS = [
    ("bauxi", "Chile", "Refinery production, alumina - calcined equivalent weights",
     "Prod_kt_2023", "alumina"),
    ("bauxi", "Chile", "Mine production, bauxite", "Prod_kt_2023", "bauxite"),
    ("clays", "Chile", "Mine production, Bentonite", "Prod_kt_2023", "bentonite"),
    ("clays", "Chile", "Mine production, Fuller’s earth", "Prod_kt_2023", "fullers-earth"),
    ("clays", "Chile", "Mine poduction, Kaolin", "Prod_kt_2023", "kaolin"),
    ("mica", "Chile", "Mine production - mica scrap and flake", "Prod_t_2023", "mica-scrap-flake"),
    ("mica", "Chile", "Mine production, mica sheet", "Prod_t_2023", "mica-sheet"),
    ("simet", "Chile", "Plant production, Ferosilicon", "Prod_kt_2023", "ferrosilicon"),
    ("simet", "Chile", "Plant production, silicon metal", "Prod_kt_2023", "silicon-metal"),
    ("simet", "World total", "Plant production, ferrosilicon and silicon metal", "Prod_kt_2023", "silicon"),
    ("timin", "Chile", "Mine production, ilmenite", "Prod_kt_2023", "ilmenite"),
    ("timin", "Chile", "ilmentite", "Prod_kt_2023", "ilmenite"),
    ("timin", "Chile", "rutile", "Prod_kt_2023", "rutile"),
    ("timin", "World total (ilmenite and rutile, rounded)", "x", "Prod_kt_2023",
     "titanium-mineral-concentrates"),
    ("titan", "Chile", "Sponge Metal Production and Sponge and Pigment Yearend Operating Capacity",
     "Prod_Sponge_t_Est_2023", "titanium-sponge"),
    ("titan", "Chile", "Sponge Metal Production and Sponge and Pigment Yearend Operating Capacity",
     "Cap_Pigment_t_2023", "titanium-dioxide-pigment"),
    ("plati", "Russia", " Mine production: Palladium", "Prod_kg_2023", "palladium"),
    ("plati", "World total (rounded)", " World mine production: Platinum", "Prod_kg_2023", "platinum"),
    ("sodaa", "World total, synthetic", "Soda ash, synthetic", "Prod_kt_2023", "soda-ash-synthetic"),
    ("sodaa", "World total, natural and synthetic", "Soda ash", "Prod_kt_2023",
     "soda-ash-natural-and-synthetic"),
    ("sodaa", "World total, natural", "Soda ash, natural, mine production", "Prod_kt_2023", "soda-ash"),
    ("abras", "China", "Plant capacity, fused aluminum oxide", "Cap_t_2023", "fused-aluminum-oxide"),
    ("abras", "China", "Plant capacity, silicon carbide", "Cap_t_2023", "silicon-carbide"),
    ("feste", "China", "Pig iron, million metric tons", "Prod_Mt_2023", "pig-iron"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "country", "words", "header", "mineral"), SPLITS)
def test_a_chapter_is_split_by_its_words(code, country, words, header, mineral):
    file = table(f"Source,Country,Type,{header}", ["MCS2024", country, words, "5"], code=code)
    assert _line(load_alone(file))["mineral"] == mineral


def test_platinum_group_reserves_are_printed_once_for_all_metals():
    header = "Source,Country,Type,Prod_kg_2021,Prod_kg_est_2022,Prod_notes,Reserves_kg,Reserves_notes"
    rows = [
        "MCS2023,Russia, Mine production: Palladium,1,2,,NA,Included with platinum",
        "MCS2023,Russia, Mine production: Platinum,3,4,,5500000,Includes all platinum-group metals",
    ]
    load = load_alone(table(header, *rows, code="plati", year=2023))
    reserves = {line["mineral"]: (line["value"], line["status"]) for line in _lines(load, measure="reserves")}
    assert reserves == {"palladium": (None, "K"), "platinum-group-metals": (5500.0, "W")}


def test_two_rows_of_one_country_are_told_apart_by_their_detail():
    rows = [
        ["MCS2024", "United States (extracted from natural gas)", "x", "75"],
        ["MCS2024", "United States (from Cliffside Field)", "x", "5"],
    ]
    load = load_alone(table("Source,Country,Type,Prod_mcm_2023", *rows, code="heliu"))
    assert [line["detail"] for line in _lines(load, place="USA")] == [
        "extracted from natural gas", "from Cliffside Field",
    ]  # fmt: skip
    assert load.report.problems == ()


def test_a_figure_that_stands_twice_is_a_warning():
    load = load_alone(long(long_row("Chile", "5"), long_row("Chile", "6")))
    assert _rules(load) == [("warning", "repeated figure", 2, "Value")]
    assert len(load.observations) == 2


# --- laws

_FILES = [
    table(HEADER_2023, 'MCS2023,Chinae,x,W,"e5,000",Estimated.,>7,Large', "," * 7, year=2023),
    table(HEADER_2024 + ",,", "MCS2024,World total (rounded)10,x,5,6,Reported.,,Included in World total.,,"),
    wide(
        wide_row("Canada ", ("", "5"), "W for 23-24", reserves=">90000000"),
        wide_row("Peru", reserve_note="Large"),
    ),
    long(long_row("Chile", "—", "Estimated. -- Included in “World total.”"), long_row("Peru", "4,780")),
]
_WORDS = st.sampled_from(
    ["", "NA", "W", "0", "1e5", "—", "World total", "2024", "x", '"', ",", "\r\n", "t", "½"]
)
_QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _read_or_refuse(file: InputFile) -> None:
    try:
        load = load_alone(file)
    except MineralsError:
        return
    counts = load.report.counts
    assert counts.rows_read == counts.rows_used + counts.ignored + counts.rows_refused
    assert counts.observations == len(load.observations)


@_QUIET
@given(st.sampled_from(_FILES), st.data())
def test_a_file_cut_anywhere_is_a_report_or_a_refusal(file, data):
    _read_or_refuse(InputFile(file.name, file.content[: data.draw(st.integers(0, len(file.content)))]))


@_QUIET
@given(st.sampled_from(_FILES), st.data())
def test_a_file_with_damaged_bytes_is_a_report_or_a_refusal(file, data):
    content = bytearray(file.content)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refuse(InputFile(file.name, bytes(content)))


@_QUIET
@given(st.sampled_from(_FILES), st.data())
def test_a_file_with_other_words_in_it_is_a_report_or_a_refusal(file, data):
    cells = file.content.split(b",")
    for _ in range(data.draw(st.integers(1, 4))):
        cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(_WORDS).encode("cp1252")
    _read_or_refuse(InputFile(file.name, b",".join(cells)))
