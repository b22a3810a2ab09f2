"""What a mapping answers: names, flags, sheets, lines between rows, forecasts; and what is said of a file."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from loaders.errors import UnknownFormat
from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.read import Surroundings, load_inputs, load_with
from loaders.spreadsheets.account import Account, account
from loaders.spreadsheets.applying import misfit, numbers
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.mapping import Mapping, ValueColumn, from_toml, to_toml
from loaders.spreadsheets.proposing import propose
from loaders.spreadsheets.renewing import renewed
from loaders.spreadsheets.signs import signs
from loaders.spreadsheets.years import is_fiscal, spans, years_of_data
from loaders.values import read_value
from tests.loaders.spreadsheets.sheets import as_mapped, book, read, text

OURS = {"dataset": "own", "edition": "2025"}


def test_names_units_and_measures_are_answered_in_the_mapping():
    item = text(
        "Wo,Was,Stufe,Einheit,2023",
        "Chili (le),Kupfererz,Grube,Karren,5",
        "Summe,Kupfererz,Grube,Karren,9",
        "Sonstige,Kupfererz,Grube,Karren,4",
    )
    mapping = Mapping(
        columns={"place": "Wo", "mineral": "Was", "measure": "Stufe", "unit": "Einheit"},
        constants=OURS,
        values=(ValueColumn(header="2023", says={"year": "2023"}),),
        places={"Chili (le)": "CHL", "Sonstige": "OTH"},
        minerals={"Kupfererz": "copper"},
        measures={"Grube": "mine_production"},
        units={"Karren": "kt"},
        leave_out=("Summe",),
    )
    outcome = as_mapped(item, from_toml(to_toml(mapping)))
    assert outcome.figures == {
        ("copper", "CHL", "mine_production", 2023): (5000, "A"),
        ("copper", "OTH", "mine_production", 2023): (4000, "A"),
    }
    assert outcome.account.left_out == {"left out, as the mapping says": 1}


def test_names_that_nobody_knows_stand_in_the_mapping_to_be_filled_in():
    outcome = read(text("Country,Mineral,Mine production 2023 (t)", "Chile,Copper,5", "Total,Copper,9"))
    assert outcome.mapping.places == {"Total": ""}
    assert "Say under [places]" in outcome.asked


@pytest.mark.slow
def test_the_printed_name_is_kept():
    item = text("Country,Mineral,Mine production 2023 (t)", "Chilli,Copper,5")
    mapping = read(item).mapping.model_copy(update={"places": {"Chilli": "CHL"}})
    found = load_with([item], lambda _: Surroundings(), mapping).observations
    assert found[["place", "printed_name"]].to_numpy().tolist() == [["CHL", "Chilli"]]


def test_years_after_the_last_actual_one_are_forecasts():
    item = text('Country,Mineral,2024,"2030 f",2040', "Chile,Copper,5,6,7")
    asked = read(item, measure="production", unit="kt")
    outcome = as_mapped(
        item,
        asked.mapping.model_copy(
            update={
                "constants": asked.mapping.constants | {"measure": "production", "unit": "kt"},
                "actual_until": "2024",
            }
        ),
    )
    assert [status for _, status in outcome.figures.values()] == ["A", "F", "F"]


def test_a_fiscal_year_stays_what_it_is():
    item = text("Country,Mineral,2021-22", "India,Bauxite,225")
    mapping = Mapping(
        columns={"place": "Country", "mineral": "Mineral"},
        constants={**OURS, "measure": "production", "unit": "kt"},
        values=(ValueColumn(header="2021-22", says={"year": "2021"}),),
    )
    outcome = as_mapped(item, mapping)
    assert list(outcome.notes.values()) == ["fiscal year 2021-22"]
    (raw,) = read_tables(text("Country,Mineral,2022-23", "India,Bauxite,225"))
    again = renewed(mapping, raw, propose(raw, "own", "2026").mapping)
    assert "nothing says year" in (misfit(again, raw) or "")


# header of the figures, title -> what a mapping that was kept from before warns of
KEPT_FROM_BEFORE = {
    "a fiscal year filed under one year": ("2021-22", "", "fiscal year"),
    "a span of years filed under one year": ("2013-23", "", "span of years"),
    "a mineral that the title says is counted too": ("2021", "All minerals (incl. Bauxite)", "Bauxite"),
    "a year": ("2021", "", ""),
    "a mineral that the title is of": ("2021", "Bauxite, world", ""),
    "a mineral that the title is of and counts too": ("2021", "Bauxite production (incl. bauxite of X)", ""),
}


@pytest.mark.parametrize(("header", "title", "told"), KEPT_FROM_BEFORE.values(), ids=KEPT_FROM_BEFORE)
def test_a_mapping_that_was_kept_from_before_is_doubted(header, title, told):
    item = book({"T": [[title], ["Country", header], ["India", 225], ["Cuba", 3]]})
    mapping = Mapping(
        columns={"place": "Country"},
        constants={**OURS, "measure": "production", "unit": "kt", "mineral": "bauxite"},
        values=(ValueColumn(header=header, says={"year": header[:4]}),),
    )
    problems = load_with([item], lambda _: Surroundings(), mapping).report.problems
    assert [problem.severity for problem in problems] == ["warning"] * bool(told)
    assert all(told in problem.message for problem in problems)


# mapping and file -> what is refused
CONTRADICTIONS = {
    "a unit for all rows and another in the column": ({"unit": "t"}, "the column Unit says kg"),
    "a year for all rows and another in the column": ({"year": "2020"}, "the column Year says 2023"),
}


@pytest.mark.parametrize(("said", "message"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_column_is_not_passed_over(said, message):
    item = text("Country,Mineral,Year,Unit,Amount", "Cuba,Platinum,2023,kg,20000")
    mapping = Mapping(
        columns={"place": "Country", "mineral": "Mineral", "year": "Year", "unit": "Unit"},
        constants={**OURS, "measure": "mine_production"} | said,
        values=(ValueColumn(header="Amount"),),
    )
    assert message in as_mapped(item, mapping).asked


def test_a_sheet_is_left_out_where_the_mapping_says_so():
    rows = [["Production"], ["Country", "unit", 2022], ["Cuba", "t", 3]]
    item = book({"Cobalt": [*rows, ["Peru", "t", 1]], "Stuff": rows})
    mapping = read(item).mapping.model_copy(update={"sheets": {}, "skip_sheets": ("Stuff",)})
    outcome = as_mapped(item, mapping)
    assert len(outcome.figures) == 2
    assert outcome.account.not_read == {"theirs.xlsx, sheet Stuff": 1}


def test_a_part_of_a_sheet_that_is_not_read_is_pointed_out():
    item = text(
        "Country,Mineral,2020", "Chile,Copper,1", "Cuba,Copper,3", "Country,Mineral,2022", "Chile,Copper,5"
    )
    outcome = read(item, measure="mine_production", unit="t")
    assert [year for *_, year in outcome.figures] == [2020, 2020, 2022]
    outcome = as_mapped(item, outcome.mapping.model_copy(update={"values": outcome.mapping.values[:1]}))
    assert "table not read: 1 cell with a number" in outcome.asked


@pytest.mark.parametrize("wrong", [{"sections": ("planet",)}, {"actual_until": "soon"}])
def test_a_mapping_that_says_the_impossible_is_refused(wrong):
    with pytest.raises(ValidationError):
        Mapping(**wrong)


# What became of the numbers -------------------------------------------------------------------------------


def test_the_account_counts_every_number_once():
    item = book(
        {
            "Data": [
                ["Cobalt 2023, mine production (t)"],
                ["Rank", "Country", 2022, 2023, "Share"],
                [1, "Cuba", 3, 4, 0.5],
                [2, "Perru", 1, 2, 0.5],
                ["Note", 5],
            ],
            "Other": [["a", "b"], [1, 2]],
        }
    )
    assert read(item).account == Account(
        numbers=13,
        figures=2,
        refused=2,
        headers=2,
        not_used={"Rank": 2, "Share": 2},
        left_out={"blank row, title or note": 1},
        not_read={"theirs.xlsx, sheet Other": 2},
    )


def test_an_account_that_does_not_add_up_is_not_made():
    with pytest.raises(ValidationError, match="do not add up"):
        Account(numbers=3, figures=2)


_CELL = st.one_of(
    st.integers(0, 9999), st.sampled_from(["", "Chile", "Cobalt", "x", "2021", "12 e", "1,5", None])
)


@pytest.mark.slow
@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=2, max_size=6))
def test_the_account_adds_up_for_any_sheet(rows):
    if not any(cell not in ("", None) for row in rows for cell in row):
        return
    tables = read_tables(book({"Data": rows}))
    mapping = propose(max(laid_out(tables), key=lambda raw: len(raw.frame)), "own", "2025").mapping
    told = account(tables, mapping)
    assert told.not_used.get("of no table", 0) == 0
    texts = ("2021", "12 e", "1,5")
    assert told.numbers == sum(isinstance(cell, int) or cell in texts for row in rows for cell in row)


def test_a_number_that_is_merged_over_several_cells_is_counted_once():
    rows = [["Cobalt mine production, t"], ["Country", 2022, None, 2023], [None, "Mine", "Refinery", "Mine"]]
    item = book({"Data": [*rows, ["Cuba", 3, 6, 2], ["Peru", 4, 7, 8]]}, "B2:C2")
    tables = read_tables(item)
    told = account(tables, propose(laid_out(tables)[0], "own", "2025").mapping)
    assert (told.numbers, told.figures, told.headers) == (8, 6, 2)


# Numbers and years ----------------------------------------------------------------------------------------

# printed numbers -> decimal and thousands sign, whether it is asked
SIGN_CASES = [
    (["175,000", "3,2005"], (".", ","), True),
    (["175.000", "17.000"], (",", "."), True),
    (["175,000", "17,000", "12"], (".", ","), False),
    (["1 234,5", "7"], (",", " "), False),
    (["0,125", "7,5"], (",", " "), False),
    (["7,5", "175,000"], (",", " "), True),
    (["1,234,567", "3,200"], (".", ","), False),
    (["3,2", "3.2"], (".", ","), True),
    (["16.000", "0.750", "0.05"], (".", ","), False),
    (["12", "1234"], (".", ","), False),
]


@pytest.mark.parametrize(("printed", "expected", "asked"), SIGN_CASES)
def test_the_sign_of_decimals_is_told_or_asked(printed, expected, asked):
    found = signs(printed)
    assert (found.decimal, found.thousands) == expected
    assert bool(found.question) == asked


def test_a_number_with_the_other_sign_is_none_where_the_comma_is_that_of_decimals():
    printed = pd.Series(["28.200", "7,5", "8.1003", "1.200-1.500", "12.5"], dtype="string")
    written = numbers(printed, Mapping(decimal=",", thousands="."))
    assert [value and value.value for value in map(read_value, written)] == [28200, 7.5, None, None, None]


_LANGUAGES = {
    "German": ("Land", "Förderung 2023"), "French": ("Pays", "Production minière 2023"),
    "Brazilian": ("País", "Produção 2023"), "Russian": ("Страна", "Добыча 2023"),
    "Polish": ("Kraj", "Wydobycie 2023"), "Spanish": ("País", "Producción 2023"),
    "English": ("Country", "Mine production 2023"), "Chinese": ("国家", "产量 2023"),
    "two languages": ("Country / Land", "2023"), "none": ("ISO", "2023"),
}  # fmt: skip
_COMMA, _POINT = {"German", "French", "Brazilian", "Russian", "Polish"}, {"English", "Chinese"}
_ALL = {*_LANGUAGES}

# numbers as printed -> decimal and thousands sign, the languages in which it is asked
LANGUAGE_CASES = [
    (["1.234", "12.5"], (".", ","), _ALL - _POINT),
    (["1,234", "12,5"], (",", " "), _ALL - _COMMA),
    (["1.234", "0.5"], (".", ","), _ALL - _POINT),
    (["1.234", "12,5"], (",", "."), _POINT),
    (["1,234", "12.5"], (".", ","), _COMMA),
    (["175,000", "17,000", "12"], (".", ","), _COMMA),
    (["175.000", "17.000", "12"], (",", "."), _POINT),
    (["1.234", "5.678"], (",", "."), _ALL),
    # a number that has no other reading
    (["1.234", "12.5", "0.125"], (".", ","), set()),
    (["1.234", "12.5", "1234.567"], (".", ","), set()),
    (["1.234", "12.5", "1,234.5"], (".", ","), set()),
    (["1.234", "1,234,567.5"], (".", ","), set()),
    (["12.5", "7.25"], (".", ","), set()),
    (["1.234", "1.234.567"], (",", "."), set()),
]


@pytest.mark.slow
@pytest.mark.parametrize(("printed", "expected", "asked"), LANGUAGE_CASES)
def test_a_sign_that_the_language_does_not_have_is_asked_where_a_number_hangs_on_it(printed, expected, asked):
    found = {}
    for language, headers in _LANGUAGES.items():
        raw = read_tables(text("\t".join(headers), *(f"Chile\t{number}" for number in printed)))[0]
        mapping = propose(raw).mapping
        assert (mapping.decimal, mapping.thousands) == expected
        found[language] = any("is right" in question for question in mapping.questions)
    assert {language for language, is_asked in found.items() if is_asked} == asked


def test_semicolons_between_the_cells_of_an_english_file_leave_its_sign_open():
    for separator, asked in (("\t", False), (";", True)):
        lines = (f"Country{separator}2023", f"Chile{separator}1.234", f"Peru{separator}12.5")
        questions = propose(read_tables(text(*lines))[0]).mapping.questions
        assert any("1234 or 1.234" in question for question in questions) == asked


# text -> years of the data, spans
YEAR_CASES = [
    ("Cobalt, t (USGS 2025)", set(), []),
    ("Published 2025", set(), []),
    ("Production in 2023, published 2025", {"2023"}, []),
    ("2021-22", set(), [(2021, 2022)]),
    ("2013-23", set(), [(2013, 2023)]),
    ("1999/00", set(), [(1999, 2000)]),
    ("At end of 2023", {"2023"}, []),
    ("на 1 января 2024 года", {"2024"}, []),
]


@pytest.mark.parametrize(("printed", "years", "between"), YEAR_CASES)
def test_years_of_data_are_told_from_others(printed, years, between):
    assert (years_of_data(printed), spans(printed)) == (years, between)


def test_a_fiscal_year_is_two_years_that_follow_each_other():
    assert is_fiscal((2021, 2022))
    assert not is_fiscal((2013, 2023))


# What is said of a file -----------------------------------------------------------------------------------


def test_an_unknown_file_says_what_it_looks_like_what_lacks_and_what_maps_it():
    with pytest.raises(UnknownFormat) as caught:
        load_inputs([InputFile("input.csv", b"country,reserves_mt\nChina,44.0\n")], "nowhere")
    assert caught.value.message == (
        "no format recognises this. It looks like a table of 1 row with the columns country, reserves_mt.\n"
        "Our tidy table would also have dataset, edition, mineral, place, measure, year, value, unit."
    )
    assert "`minerals map input.csv`" in (caught.value.remedy or "")
    kept = pickle.loads(pickle.dumps(caught.value))
    assert kept.message == "no format recognises this. " + "\n".join(kept.looks)
    assert (len(kept.looks), kept.tried) == (2, caught.value.tried)


TIDY = "dataset,edition,mineral,place,measure,year,value,unit\n"


def test_a_row_that_stands_there_twice_is_counted_once():
    rows = (
        "own,2025,cobalt,Chile,mine_production,2020,30,t\n" * 2
        + "own,2025,cobalt,Peru,mine_production,2020,40,t\n"
    )
    loaded = load_inputs([InputFile("input.csv", (TIDY + rows).encode())], "nowhere")
    assert loaded.observations["value"].tolist() == [30, 40]
    assert [(item.reason, item.count) for item in loaded.report.ignored] == [("the same row again", 1)]
    assert [problem.rule for problem in loaded.report.problems] == ["the same row again"]


def test_rows_of_one_key_that_differ_are_kept_and_pointed_out():
    rows = "".join(f"own,2025,cobalt,Chile,mine_production,2020,{value},t\n" for value in (30, 31))
    loaded = load_inputs([InputFile("input.csv", (TIDY + rows).encode())], "nowhere")
    assert loaded.observations["value"].tolist() == [30, 31]
    assert [problem.rule for problem in loaded.report.problems] == ["repeated figure"]


@pytest.mark.parametrize(("factor", "rules"), [(0.001, ["far from another dataset"]), (1, [])])
def test_a_first_edition_a_thousand_times_off_another_dataset_is_doubted(factor, rules):
    printed = {"Congo (Kinshasa)": 175_000, "Indonesia": 17_000, "Australia": 5_220}
    rows = "".join(
        f"own,2025,cobalt,{name},mine_production,2023,{n * factor},t\n" for name, n in printed.items()
    )
    loaded = load_inputs([InputFile("input.csv", (TIDY + rows).encode())], "nowhere")
    assert [problem.rule for problem in loaded.report.problems] == rules
