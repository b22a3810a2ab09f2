"""BGS World Mineral Statistics: columns in any order, forms kept apart, every status as printed."""

from __future__ import annotations

import csv
import io
import math
from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest

from loaders.files.inputs import open_inputs
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.formats import bgs
from loaders.formats.observations import Reading
from loaders.knowledge import rules
from loaders.names import minerals
from loaders.read import load
from loaders.vocabulary import Measure

pytestmark = pytest.mark.slow

COBALT = {
    "country_trans": "Canada", "country_iso2_code": "CA", "country_iso3_code": "CAN",
    "bgs_statistic_type_trans": "Production", "bgs_commodity_trans": "cobalt, mine",
    "bgs_sub_commodity_trans": "", "yearbook_table_trans": "Mine production of cobalt",
    "year": "1990-01-01 00:00:00", "quantity": "12", "quantity_in_book_style": "12",
    "units": "tonnes (metal content)", "sdmx_code": "A", "sdmx_translation": "Normal value",
    "data_precision_description": "", "concat_figure_notes_text": "", "concat_table_notes_text": "",
}  # fmt: skip
LITHIUM = COBALT | {
    "bgs_commodity_trans": "lithium minerals",
    "yearbook_table_trans": "Production of lithium minerals",
    "units": "tonnes (metric)",
}
EARTHS = LITHIUM | {
    "bgs_commodity_trans": "rare earth minerals",
    "yearbook_table_trans": "Production of rare earth minerals",
}
USA = {"country_trans": "USA", "country_iso2_code": "US", "country_iso3_code": "USA"}
GROSS = (
    "Rare earths are believed to be produced elsewhere|With the exception of the data for the former Soviet "
    "Union, USA and China, figures in this table refer to gross tonnage of concentrates"
)


def _export(*rows: dict[str, str]) -> InputFile:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return InputFile("export.csv", text.getvalue().encode())


def _read(*rows: dict[str, str]) -> Reading:
    tables = read_tables(_export(*rows))
    assert bgs.declines(tables) is None
    return bgs.read(tables)


def _one(row: dict[str, str]) -> pd.Series:
    reading = _read(row)
    assert [problem.message for problem in reading.problems] == []
    return reading.observations.iloc[0]


# quantity and what the row says of it -> value, upper bound, status
STATUS_CASES = [
    ({"quantity": "1200"}, 1200, None, "A"),
    ({"quantity": "1200", "concat_figure_notes_text": "Estimates."}, 1200, None, "E"),
    ({"quantity": "1200", "concat_figure_notes_text": "Break in series.|Estimates.|Sales."}, 1200, None, "E"),
    ({"quantity": "0", "data_precision_description": "Nil (nothing produced)"}, 0, None, "A"),
    ({"quantity": "0", "concat_figure_notes_text": "Estimates."}, 0, None, "A"),
    ({"quantity": "", "sdmx_code": "O", "data_precision_description": "Figures not available"},
     None, None, "O"),
    ({"quantity": ""}, None, None, "O"),
    ({"quantity": "0", "data_precision_description": "Quantity is more than 0 but less than 0.5"},
     None, 0.5, "N"),
    ({"quantity": "0", "sdmx_code": "N",
      "data_precision_description": "Quantity is more than 0 but less than 0.5"}, None, 0.5, "N"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "value", "upper", "status"), STATUS_CASES)
def test_the_status_is_what_the_export_says(row, value, upper, status):
    found = _one(COBALT | row)
    assert found["status"] == status
    assert found["printed_value"] == row["quantity"]
    for name, expected in (("value", value), ("upper", upper)):
        assert math.isnan(found[name]) if expected is None else found[name] == expected


# the row -> mineral, measure, basis, detail
MEANING_CASES = [
    (COBALT, "cobalt", "mine_production", "content", ""),
    (COBALT | {"bgs_commodity_trans": "cobalt, refined", "units": "tonnes (metric)",
               "yearbook_table_trans": "Production of refined cobalt"},
     "cobalt", "refinery_production", "undefined", ""),
    (COBALT | {"bgs_commodity_trans": "copper, smelter",
               "yearbook_table_trans": "Smelter production of copper"},
     "copper", "smelter_production", "content", ""),
    (COBALT | {"bgs_commodity_trans": "tellurium, refined", "units": "kilograms (metal content)",
               "yearbook_table_trans": "Production of tellurium"},
     "tellurium", "refinery_production", "content", ""),
    (LITHIUM, "lithium", "production", "undefined", "lithium minerals"),
    (LITHIUM | {"bgs_sub_commodity_trans": "Spodumene"},
     "spodumene", "production", "gross", "lithium minerals, Spodumene"),
    (LITHIUM | {"bgs_sub_commodity_trans": "Spodumene (Li content)"},
     "spodumene", "production", "content", "lithium minerals, Spodumene (Li content)"),
    (LITHIUM | {"bgs_sub_commodity_trans": "Carbonate"},
     "lithium-carbonate", "production", "gross", "lithium minerals, Carbonate"),
    (LITHIUM | {"bgs_sub_commodity_trans": "Chloride"},
     "lithium-chloride", "production", "gross", "lithium minerals, Chloride"),
    (LITHIUM | {"bgs_sub_commodity_trans": "Lithium minerals (Li content)",
                "concat_figure_notes_text": "Estimates.|Carbonate."},
     "lithium", "production", "content", "Lithium minerals (Li content)"),
    (LITHIUM | {"concat_figure_notes_text": "Estimates.|Li content."},
     "lithium", "production", "content", "lithium minerals"),
    (LITHIUM | {"concat_figure_notes_text": "Carbonate."},
     "lithium", "production", "gross", "lithium minerals"),
    (EARTHS, "rare-earth-minerals", "production", "undefined", "rare earth minerals"),
    (EARTHS | {"bgs_sub_commodity_trans": "Monazite"},
     "monazite", "production", "gross", "rare earth minerals, Monazite"),
    (EARTHS | {"bgs_sub_commodity_trans": "Monazite",
               "concat_figure_notes_text": "REO content. Assumed to be 60% of concentrates produced."},
     "monazite", "production", "REO", "rare earth minerals, Monazite"),
    (EARTHS | {"bgs_commodity_trans": "rare earth oxides",
               "yearbook_table_trans": "Production of rare earth oxides"},
     "rare-earths", "production", "REO", "rare earth oxides"),
    # a note of the table holds, but not for the countries that it names
    (EARTHS | {"concat_table_notes_text": GROSS},
     "rare-earth-minerals", "production", "gross", "rare earth minerals"),
    (EARTHS | {**USA, "concat_table_notes_text": GROSS},
     "rare-earth-minerals", "production", "undefined", "rare earth minerals"),
    (EARTHS | {"country_trans": "Soviet Union", "concat_table_notes_text": GROSS},
     "rare-earth-minerals", "production", "undefined", "rare earth minerals"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "mineral", "measure", "basis", "detail"), MEANING_CASES)
def test_forms_of_a_mineral_stay_apart(row, mineral, measure, basis, detail):
    found = _one(row)
    assert found[["mineral", "measure", "basis", "detail"]].tolist() == [mineral, measure, basis, detail]


# name and ISO codes as printed -> place, detail
PLACE_CASES = [
    ("Namibia", "NA", "NAM", "NAM", ""),
    ("German Federal Republic", "DE", "DEU", "DEU", "Federal Republic before 1990"),
    ("German Democratic Rep", "DD", "DDR", "DDR", ""),
    ("Soviet Union", "SU", "SUN", "SUN", ""),
    ("Czechoslovakia", "CZ", "CZE", "CSK", ""),  # the codes of a successor do not outvote a state of the past
    ("Rhodesia", "", "", "ZWE", ""),
    ("Zaire", "ZR", "ZAR", "COD", ""),
    ("Congo", "CG", "COG", "COG", ""),
    ("Congo, Democratic Republic", "CD", "COD", "COD", ""),
    ("A country that no table names", "KZ", "KAZ", "KAZ", ""),
    ("A country that no table names", "", "KAZ", "KAZ", ""),
]


@pytest.mark.parametrize(("name", "two", "three", "place", "detail"), PLACE_CASES)
def test_places_by_name_then_by_codes(name, two, three, place, detail):
    row = {"country_trans": name, "country_iso2_code": two, "country_iso3_code": three}
    found = _one(COBALT | row)
    assert (found["place"], found["detail"], found["printed_name"]) == (place, detail, name)


def test_an_export_without_two_letter_codes_is_read():
    row = {name: text for name, text in COBALT.items() if name != "country_iso2_code"}
    assert _one(row)["place"] == "CAN"


# name and ISO codes that disagree -> the place that most of them name, the code that is warned of
UNLIKE_CODES = [
    ("Congo", "CG", "COD", "COG", "country_iso3_code"),
    ("Canada", "US", "CAN", "CAN", "country_iso2_code"),
]


@pytest.mark.parametrize(("name", "two", "three", "place", "column"), UNLIKE_CODES)
def test_a_wrong_code_moves_no_figure_and_is_a_finding(name, two, three, place, column):
    row = COBALT | {"country_trans": name, "country_iso2_code": two, "country_iso3_code": three}
    reading = _read(row, row | {"year": "1991-01-01"})
    assert set(reading.observations["place"]) == {place}
    (problem,) = reading.problems
    assert (problem.severity, problem.rule) == ("warning", "code of another place")
    assert (problem.column, problem.row) == (column, 2)
    assert "in 2 rows" in problem.message


# name and ISO codes among which there is no majority for one place
CONTRADICTED = [
    ("Canada", "US", "USA"),
    ("A country that no table names", "CG", "COD"),
]


@pytest.mark.parametrize(("name", "two", "three"), CONTRADICTED)
def test_a_name_that_the_codes_contradict_is_refused(name, two, three):
    row = COBALT | {"country_trans": name, "country_iso2_code": two, "country_iso3_code": three}
    reading = _read(COBALT, row)
    assert "contradicted place" in {problem.rule for problem in reading.problems}
    assert len(reading.observations) == 1


def test_the_two_congos_are_two_countries():
    copper = COBALT | {
        "bgs_commodity_trans": "copper, mine",
        "yearbook_table_trans": "Mine production of copper",
    }
    congo = {"country_trans": "Congo", "country_iso2_code": "CG", "country_iso3_code": "COD"}
    other = {
        "country_trans": "Congo, Democratic Republic",
        "country_iso2_code": "CD",
        "country_iso3_code": "COD",
    }
    found = _read(copper | congo | {"quantity": "84"}, copper | other | {"quantity": "31485"}).observations
    assert dict(zip(found["place"], found["value"], strict=True)) == {"COG": 84, "COD": 31485}


# commodity and form as printed -> mineral
FORMS = [
    ("platinum group metals, mine", "Palladium", "palladium"),
    ("platinum group metals, mine", "Platinum", "platinum"),
    ("platinum group metals, mine", "Platinum group metals", "platinum-group-metals"),
    ("platinum group metals, mine", "Other platinum metals", "platinum-group-metals"),
    ("platinum group metals, mine", "", "platinum-group-metals"),
    ("ferro-alloys", "Ferro-silico-manganese", "silicomanganese"),
    ("ferro-alloys", "Ferro-manganese", "ferromanganese"),
    ("ferro-alloys", "Ferro-chrome", "ferrochromium"),
    ("ferro-alloys", "Ferro-silicon", "ferrosilicon"),
    ("ferro-alloys", "Silicon metal", "silicon-metal"),
    ("ferro-alloys", "Other ferro-alloys", "ferro-alloys"),
    ("lithium minerals", "Lithium minerals (hydroxide)", "lithium-hydroxide"),
    ("lithium minerals", "Lithium minerals (Carbonate -Li content)", "lithium-carbonate"),
    ("lithium minerals", "Lithium minerals (Li content)", "lithium"),
]


# form and note as printed -> mineral
NOTED = [
    ("Lithium minerals (Li content)", "Hydroxide.|In addition, Russia produces.", "lithium-hydroxide"),
    ("Lithium minerals (Li content)", "Estimates.|Carbonate.", "lithium"),
    ("Lithium minerals (Li content)", "Mostly spodumene.", "lithium"),
    ("Lithium minerals (Li content)", "", "lithium"),
    ("", "Hydroxide.", "lithium"),
    ("Chloride", "Carbonate.", "lithium-chloride"),
]


@pytest.mark.parametrize(("form", "note", "mineral"), NOTED)
def test_the_form_that_a_note_names_is_that_of_a_part(form, note, mineral):
    said = {"bgs_commodity_trans": "lithium minerals", "bgs_sub_commodity_trans": form}
    assert _one(COBALT | said | {"concat_figure_notes_text": note})["mineral"] == mineral


@pytest.mark.published
def test_a_part_of_chiles_lithium_is_not_its_lithium(shared):
    (path,) = (shared / "published" / "bgs-wms").glob("BGS_lithium*.csv")
    table = load([path]).observations
    found = table[(table["place"] == "CHL") & (table["year"] == 2023) & (table["basis"] == "content")]
    assert dict(zip(found["mineral"], found["value"], strict=True)) == {
        "lithium-carbonate": 41408, "lithium-hydroxide": 3807, "lithium-chloride": 0,
    }  # fmt: skip


@pytest.mark.parametrize(("commodity", "form", "mineral"), FORMS)
def test_a_form_is_a_mineral_of_its_own(commodity, form, mineral):
    found = _one(COBALT | {"bgs_commodity_trans": commodity, "bgs_sub_commodity_trans": form})
    assert found["mineral"] == mineral


def test_every_form_is_a_mineral_within_a_known_one():
    known = minerals()
    for rule in rules("bgs_forms"):
        assert rule["whole"] in known.index
        assert rule["mineral"] in known.index


def test_units_become_tonnes_and_stay_as_printed():
    found = _one(COBALT | {"units": "kilograms (metal content)", "quantity": "2800"})
    assert (found["value"], found["unit"], found["printed_unit"]) == (2.8, "t", "kilograms (metal content)")


def test_the_order_of_the_columns_does_not_matter():
    first, *others = permutations(list(COBALT)[-3:])
    names = list(COBALT)[:-3]
    expected = _read({name: COBALT[name] for name in [*names, *first]}).observations
    for order in others:
        row = {name: COBALT[name] for name in [*reversed(names), *order]}
        pd.testing.assert_frame_equal(_read(row).observations, expected)


def test_notes_stay_with_the_figure_and_shift_no_year():
    found = _one(COBALT | {"concat_figure_notes_text": "Years ended 31 March following that stated."})
    assert (found["year"], found["note"]) == (1990, "Years ended 31 March following that stated.")


def test_the_latest_year_names_the_edition():
    reading = _read(COBALT, COBALT | {"year": "2023-01-01"}, COBALT | {"year": "2001-01-01T00:00:00Z"})
    assert (reading.dataset, reading.edition) == ("bgs-wms", "2023")
    assert set(reading.observations["edition"]) == {"2023"}
    assert reading.observations["year"].tolist() == [1990, 2023, 2001]


def test_trade_is_left_out_and_counted():
    reading = _read(COBALT, COBALT | {"bgs_statistic_type_trans": "Imports"})
    assert [(item.reason, item.count) for item in reading.ignored] == [("'Imports' is no production", 1)]
    assert (reading.rows_read, len(reading.observations)) == (2, 1)


# what is wrong -> the rule, the column that is named
PROBLEM_CASES = [
    (
        {"country_trans": "Narnia", "country_iso2_code": "", "country_iso3_code": ""},
        "unknown place",
        "country_trans",
    ),
    ({"bgs_commodity_trans": "unobtainium, mine"}, "unknown mineral", "bgs_commodity_trans"),
    ({"units": "barrels"}, "unknown unit", "units"),
    ({"quantity": "12?"}, "unreadable value", "quantity"),
    ({"year": "1990-07-01"}, "unreadable year", "year"),
    ({"sdmx_code": "Z"}, "unknown status", "sdmx_code"),
    ({"bgs_statistic_type_trans": ""}, "unknown statistic", "bgs_statistic_type_trans"),
    ({"bgs_statistic_type_trans": "Consumption"}, "unknown statistic", "bgs_statistic_type_trans"),
    ({"quantity": "5", "sdmx_code": "O"}, "contradicted value", "quantity"),
]


@pytest.mark.parametrize(("row", "rule", "column"), PROBLEM_CASES)
def test_a_row_that_cannot_be_read_is_refused_with_its_place(row, rule, column):
    reading = _read(COBALT, COBALT | row)
    assert [(p.rule, p.column, p.row, p.file) for p in reading.problems] == [(rule, column, 3, "export.csv")]
    assert (len(reading.observations), reading.rows_refused) == (1, 1)


def test_other_files_are_declined_with_the_reason():
    tables = read_tables(InputFile("a.csv", b"country_trans,year\nCanada,1990\n"))
    assert "country_iso3_code, bgs_commodity_trans" in (bgs.declines(tables) or "")
    undated = _export(COBALT | {"year": "soon"})
    assert "no year" in (bgs.declines(read_tables(undated)) or "")


@pytest.mark.published
def test_the_publishers_own_exports(shared: Path):
    tables = [t for item in open_inputs([shared / "published" / "bgs-wms"]) for t in read_tables(item)]
    assert bgs.declines(tables) is None
    reading = bgs.read(tables)
    found = reading.observations
    assert reading.problems == []
    assert (reading.edition, len(found), len(reading.ignored)) == ("2023", reading.rows_read, 0)
    key = ["mineral", "detail", "place", "measure", "year", "basis", "unit"]
    assert not found.duplicated(key).any()
    printed = pd.concat([table.frame["sdmx_code"] for table in tables])
    assert (found["status"] == "O").sum() == (printed == "O").sum() > 0
    assert (found["place"] == "NAM").sum() == 48
    assert set(found["measure"]) == {
        Measure.MINE_PRODUCTION, Measure.REFINERY_PRODUCTION, Measure.PRODUCTION
    }  # fmt: skip
    values = pd.to_numeric(found["printed_value"].replace("", None))
    assert values.sum() == found["value"].sum()


@pytest.mark.published
def test_rare_earth_minerals_are_not_added_to_oxides(shared: Path):
    tables = read_tables(open_inputs([shared / "published" / "bgs-wms" / "BGS_REs_production.csv"])[0])
    found = bgs.read(tables).observations
    china = found[(found["place"] == "CHN") & (found["year"] == 2010)]
    assert dict(zip(china["mineral"], china["value"], strict=True)) == {
        "rare-earth-minerals": 120_000, "rare-earths": 118_900
    }  # fmt: skip
    assert not found.duplicated(["mineral", "place", "measure", "year", "basis", "unit"]).any()


@pytest.mark.published
def test_a_slice_with_a_wrong_code(shared: Path):
    folder = shared / "cases" / "truth" / "bgs-congo"
    reading = bgs.read([t for item in open_inputs([folder]) for t in read_tables(item)])
    mined = reading.observations.query("measure == 'mine_production'")
    assert dict(zip(mined["place"], mined["value"], strict=True)) == {"COG": 8_400, "COD": 3_148_567}
    assert {problem.rule for problem in reading.problems} == {"code of another place"}
