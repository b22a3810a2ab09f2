"""A ministry's spreadsheet becomes our tidy table: proposed, confirmed, applied, kept for next year."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import MineralsError
from loaders.files.opening import read_tables
from loaders.files.table import InputFile, RawTable
from loaders.formats import tidy
from loaders.names import read_minerals
from loaders.spreadsheets.applying import apply, misfit
from loaders.spreadsheets.mapping import Mapping, ValueColumn, from_toml, to_toml
from loaders.spreadsheets.proposing import propose
from loaders.spreadsheets.renewing import renewed


def _csv(text: str) -> RawTable:
    return read_tables(InputFile("theirs.csv", text.encode()))[0]


def _sheet(rows: list[list[object]], *merged: str, title: str = "Лист1") -> RawTable:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    stream = io.BytesIO()
    book.save(stream)
    return read_tables(InputFile("theirs.xlsx", stream.getvalue()))[0]


def _ministry() -> RawTable:
    return _sheet(
        [
            ["Государственный баланс запасов на 1 января 2024 года"],
            ["тыс. т"],
            [],
            ["Страна", "Полезное ископаемое", "Запасы", None, "Добыча, 2023"],
            [None, None, "A+B+C1", "C2", None],
            [1, 2, 3, 4, 5],
            ["Russia", "lithium", "1 234,5", "2\u2009000", "24"],
            [None, "cobalt", 5, 6.25, "NA"],
            ["Kazakhstan", "cobalt", None, 1, 2],
            ["Примечание: без учёта шельфа"],
        ],
        "A1:E1", "A4:A5", "B4:B5", "C4:D4", "E4:E5", "A7:A8",
    )  # fmt: skip


def test_a_ministrys_workbook_is_proposed_and_read():
    raw = _ministry()
    proposal = propose(raw, dataset="balance", edition="2024")
    assert proposal.open == ()
    table = apply(proposal.mapping, raw)
    assert tidy.declines([table]) is None
    reading = tidy.read([table])
    assert reading.problems == []
    found = reading.observations
    assert found[["place", "mineral", "detail", "measure", "class", "year", "value", "status", "row"]].fillna(
        -1
    ).to_numpy().tolist() == [
        ["RUS", "lithium", "A+B+C1", "reserves", "state_balance", 2024, 1234500.0, "A", 7],
        ["RUS", "cobalt", "A+B+C1", "reserves", "state_balance", 2024, 5000.0, "A", 8],
        ["KAZ", "cobalt", "A+B+C1", "reserves", "state_balance", 2024, -1, "O", 9],
        ["RUS", "lithium", "C2", "reserves", "state_balance", 2024, 2000000.0, "A", 7],
        ["RUS", "cobalt", "C2", "reserves", "state_balance", 2024, 6250.0, "A", 8],
        ["KAZ", "cobalt", "C2", "reserves", "state_balance", 2024, 1000.0, "A", 9],
        ["RUS", "lithium", "", "mine_production", "undefined", 2023, 24000.0, "A", 7],
        ["RUS", "cobalt", "", "mine_production", "undefined", 2023, -1, "O", 8],
        ["KAZ", "cobalt", "", "mine_production", "undefined", 2023, 2000.0, "A", 9],
    ]  # fmt: skip
    assert found["printed_value"].tolist()[:4] == ["1 234,5", "5", "", "2\u2009000"]
    assert found["printed_measure"].tolist()[0] == found["column"].tolist()[0] == "Запасы | A+B+C1"
    assert sorted((item.reason, item.count) for item in reading.ignored) == [
        ("blank row, title or note", 1),
        ("the columns are numbered here", 1),
    ]
    assert reading.rows_read == 5


# header of a column and what it holds -> which of our columns it is
HEADER_CASES = [
    ("Country", ["x", "y"], "place"),
    ("Страна", ["Чили", "Китай"], "place"),
    ("国家", ["中国", "智利"], "place"),
    ("Commodity", ["?", "!"], "mineral"),
    ("Вид полезного ископаемого", ["литий", "кобальт"], "mineral"),
    ("矿种", ["锂", "钴"], "mineral"),
    ("Ед. изм.", ["тыс. т", "т"], "unit"),
    ("单位", ["吨", "千吨"], "unit"),
    ("Год", ["2023", "2024"], "year"),
    ("Примечание", ["a", "b"], "note"),
    ("Edition", ["1", "2"], "edition"),
    # by content alone
    ("A", ["Chile", "China"], "place"),
    ("B", ["lithium", "Cobalt"], "mineral"),
    ("C", ["kt", "t"], "unit"),
    ("D", ["2023", "2024"], "year"),
]


@pytest.mark.parametrize(("header", "cells", "column"), HEADER_CASES)
def test_a_column_is_known_by_its_header_or_by_what_it_holds(header, cells, column):
    proposal = propose(_csv("\n".join([f"{header};Zahl", *(f"{cell};1" for cell in cells), ""])))
    assert proposal.mapping.columns.get(column) == header
    assert [value.header for value in proposal.mapping.values] == ["Zahl"]


# header of a number column -> what it says
SAID_CASES = [
    ("2023", {"year": "2023"}),
    ("Production, 2023", {"year": "2023", "measure": "production"}),
    ("Mine production 2023 (kt)", {"year": "2023", "measure": "mine_production", "unit": "kt"}),
    ("Запасы, тыс. т", {"measure": "reserves", "unit": "тыс. т"}),
    ("储量（万吨）", {"measure": "reserves", "unit": "万吨"}),
    ("2020–2023", {}),
    # a ministry of resources counts no resources
    ("Production, Ministry of Natural Resources", {"measure": "production"}),
    ("Добыча (Министерство природных ресурсов)", {"measure": "mine_production"}),
]


@pytest.mark.parametrize(("header", "said"), SAID_CASES)
def test_the_header_of_a_number_column_says_what_it_is(header, said):
    proposal = propose(_csv(f'Country;"{header}"\nChile;5\n'))
    assert [(value.header, value.says) for value in proposal.mapping.values] == [(header, said)]


# numbers as printed -> decimal and thousands separator, numbers as we write them
NUMBER_CASES = [
    (["1 234,5", "2"], ",", " ", ["1234.5", "2"]),
    (["1.234,5", "2"], ",", ".", ["1234.5", "2"]),
    (["1\u202f234,5", "12\u00a0000"], ",", " ", ["1234.5", "12000"]),
    (["0,125", "7,5"], ",", " ", ["0.125", "7.5"]),
    (["1,234", "5,678.5"], ".", ",", ["1234", "5678.5"]),
    (["12.5", "7"], ".", ",", ["12.5", "7"]),
    (["< 1,5", ">2"], ",", " ", ["<1.5", ">2"]),
    (["1'234,5", "2"], ",", " ", ["1234.5", "2"]),
    (["5,5", "W"], ",", " ", ["5.5", "W"]),
    (["1’234", "2"], ".", ",", ["1234", "2"]),
    # points between thousands only
    (["1.234", "12.345.678"], ",", ".", ["1234", "12345678"]),
    (["1.234", "12.5"], ".", ",", ["1.234", "12.5"]),
]


@pytest.mark.parametrize(("printed", "decimal", "thousands", "numbers"), NUMBER_CASES)
def test_numbers_written_in_other_ways_are_read(printed, decimal, thousands, numbers):
    raw = _csv("\n".join(["place\tvalue", *(f"Chile\t{cell}" for cell in printed), ""]))
    stated = dict.fromkeys(["dataset", "edition", "mineral", "measure", "year", "unit"], "x")
    mapping = propose(raw).mapping.model_copy(update={"constants": stated})
    assert (mapping.decimal, mapping.thousands) == (decimal, thousands)
    table = apply(mapping, raw)
    assert table.frame["value"].tolist() == numbers
    assert table.frame["printed_value"].tolist() == printed


def test_what_nothing_says_stays_open():
    proposal = propose(_csv("Country;2023\nChile;5\n"))
    assert proposal.open == ("dataset", "edition", "mineral", "measure", "unit")
    assert "nothing says dataset" in (misfit(proposal.mapping, _csv("Country;2023\nChile;5\n")) or "")


def test_a_mapping_serves_next_year_or_says_why_not():
    raw = _ministry()
    mapping = propose(raw, "balance", "2024").mapping
    assert misfit(mapping, raw) is None
    other = _csv("Страна;Добыча, 2024\nRussia;5\n")
    assert "Полезное ископаемое" in (misfit(mapping, other) or "")
    with pytest.raises(MineralsError, match="does not fit"):
        apply(mapping, other)


RENEWED = {
    "the next year beside the last one": ("Land;2023;2024", {"2023": "2023", "2024": "2024"}),
    "a later pair of years": ("Land;2025;2026", {"2025": "2025", "2026": "2026"}),
    "the same year again": ("Land;2023", {"2023": "2023"}),
}


@pytest.mark.parametrize(("header", "years"), RENEWED.values(), ids=RENEWED)
def test_a_mapping_is_renewed_for_other_years(header, years):
    kept = Mapping(
        columns={"place": "Land"},
        constants={
            "mineral": "lithium",
            "measure": "reserves",
            "unit": "t",
            "dataset": "d",
            "edition": "2023",
        },
        values=(ValueColumn(header="2023", says={"year": "2023"}),),
    )
    raw = _csv(f"{header}\nChile;{';'.join('5' for _ in years)}\n".replace(";", ","))
    mapping = renewed(kept, raw, propose(raw, "d", "2026").mapping)
    assert {column.header: column.says["year"] for column in mapping.values} == years
    assert mapping.constants == kept.constants | {"edition": "2026"}
    assert misfit(mapping, raw) is None


def test_a_year_that_no_header_states_is_asked_for_again():
    kept = Mapping(
        columns={"place": "Land", "mineral": "Stoff"},
        constants={"measure": "reserves", "unit": "t", "dataset": "d", "edition": "2023", "year": "2023"},
        values=(ValueColumn(header="Menge"),),
    )
    raw = _csv("Land,Stoff,Menge\nChile,lithium,5\n")
    assert "nothing says year" in (misfit(renewed(kept, raw, propose(raw, "d", "2024").mapping), raw) or "")


def test_a_title_with_the_new_year_outranks_last_years():
    raw = _ministry()
    kept = propose(raw, "balance", "2023").mapping
    last_year = kept.model_copy(update={"constants": kept.constants | {"year": "2022"}})
    mapping = renewed(last_year, raw, propose(raw, "balance", "2024").mapping)
    assert mapping.constants["year"] == "2024"


def test_another_unit_in_the_title_is_not_passed_over():
    raw = _ministry()
    kept = propose(raw, "balance", "2023").mapping
    in_tonnes = kept.model_copy(update={"constants": kept.constants | {"unit": "т"}})
    assert "nothing says unit" in (misfit(renewed(in_tonnes, raw, kept), raw) or "")


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip).map(str.strip)


@pytest.mark.slow
@given(
    columns=st.dictionaries(st.sampled_from(tidy.REQUIRED), _TEXT),
    constants=st.dictionaries(st.sampled_from(list(tidy.COLUMNS)), _TEXT),
    values=st.lists(st.builds(ValueColumn, header=_TEXT, says=st.just({"year": "2024"})), max_size=3),
)
def test_a_mapping_comes_back_from_its_file(columns, constants, values):
    mapping = Mapping(columns=columns, constants=constants, values=tuple(values), decimal=",", thousands=".")
    assert from_toml(to_toml(mapping)) == mapping


# text -> part of the message
BAD_TOML_CASES = [
    ("decimal = ", "not TOML"),
    ("decimal = ';'", "no mapping"),
    ("colums = 1", "no mapping"),
    ("[columns]\ncountry = 'Land'", "none of our columns"),
    ("decimal = ','\nthousands = ','", "the same"),
    ("[symbols]\n'-' = 'whatever'", "'whatever' is no value"),
    ("[sheets.A]\nminerals = 'x'", "minerals is none of our columns"),
]


@pytest.mark.parametrize(("text", "message"), BAD_TOML_CASES)
def test_a_file_that_is_no_mapping_is_refused(text, message):
    with pytest.raises(MineralsError, match=message):
        from_toml(text, "mapping.toml")


# numbers of a column with a year in its header -> is it read, the signs that are known, those that are not
SIGN_CASES = [
    (["5", "W", "NA"], True, {}, ()),
    (["5", "-", "—", "…"], True, {"…": "NA"}, ("-", "—")),  # a bare dash is no zero unless somebody says so
    (["5", "нет данных", "н/д", "无数据", "k. A."],
     True, {"нет данных": "NA", "н/д": "NA", "无数据": "NA", "k. A.": "NA"}, ()),
    (["5", "конф.", "нет", "?"], True, {"конф.": "W", "нет": "0"}, ("?",)),
    (["5", "a long remark on the figures", "another remark, of some length"], False, {}, ()),
    (["a", "b"], False, {}, ()),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "read", "symbols", "unread"), SIGN_CASES)
def test_signs_in_place_of_numbers_are_proposed_or_asked_for(cells, read, symbols, unread):
    raw = _csv("\n".join(["Country\t2023", *(f"Chile\t{cell}" for cell in cells), ""]))
    proposal = propose(raw)
    assert [value.header for value in proposal.mapping.values] == (["2023"] if read else [])
    assert proposal.unused == (() if read else ("2023",))
    assert (proposal.mapping.symbols, proposal.unread) == (symbols, unread)


def test_a_sign_is_read_as_the_mapping_says_and_kept_as_printed():
    stated = {"dataset": "d", "edition": "2025", "mineral": "lithium", "measure": "reserves", "unit": "t"}
    raw = _csv("Country\t2023\nChile\t5\nPeru\t-\nCuba\t…\n")
    mapping = propose(raw).mapping
    mapping = mapping.model_copy(update={"constants": stated, "symbols": mapping.symbols | {"-": "0"}})
    found = tidy.read([apply(mapping, raw)]).observations
    assert found[["value", "status", "printed_value"]].fillna(-1).to_numpy().tolist() == [
        [5, "A", "5"], [0, "A", "-"], [-1, "O", "…"]
    ]  # fmt: skip


# printed numbers -> what the proposal warns of
DOUBT_CASES = [
    (["1.234", "5.678"], [".: comma for decimals"]),
    (["1,234", "5,678"], [",: point for decimals"]),
    (["1,234", "5.5"], []),
    (["0.123", "5.678"], []),
    (["12", "1234"], []),
]


@pytest.mark.parametrize(("cells", "doubts"), DOUBT_CASES)
def test_numbers_that_can_be_read_in_two_ways_are_pointed_out(cells, doubts):
    proposal = propose(_csv("\n".join(["Country\t2023", *(f"Chile\t{cell}" for cell in cells), ""])))
    assert [match.matched for match in proposal.matches if "look" in match.why] == doubts


def test_a_row_without_a_number_is_a_figure_where_its_names_are_known_and_else_a_note():
    raw = _sheet(
        [
            ["Country", "Mineral", "Reserves 2023 (t)", "Reserves 2022 (t)"],
            ["Chile", "lithium", 5, 6],
            ["Metals", None, None, None],
            ["Peru", "copper", None, None],
            ["Note: as of 1 January", None, None, None],
            ["Source: the ministry"],
        ],
        "A3:D3", "A5:D5",
    )  # fmt: skip
    table = apply(propose(raw, "d", "2025").mapping, raw)
    reading = tidy.read([table])
    assert reading.problems == []
    assert reading.observations[["place", "status", "row"]].to_numpy().tolist() == [
        ["CHL", "A", 2], ["PER", "O", 4], ["CHL", "A", 2], ["PER", "O", 4]
    ]  # fmt: skip
    assert [(item.reason, item.count) for item in reading.ignored] == [("blank row, title or note", 3)]
    assert (reading.rows_read, len(reading.observations)) == (5, 4)


def test_what_a_mapping_without_numbers_does_not_say_is_named_and_nothing_else():
    mapping = Mapping(columns={"place": "Country"}, constants={"mineral": "lithium", "unit": "t"})
    assert misfit(mapping, _csv("Country;x\nChile;a\n")) == (
        "nothing says dataset, edition, measure, year, value"
    )


# what a ministry prints of place, mineral and unit -> place, mineral, tonnes of 1
LANGUAGE_CASES = [
    ("Россия", "литий", "т", "RUS", "lithium", 1),
    ("Всего в мире", "Редкоземельные металлы", "млн. т", "WLD", "rare-earths", 1e6),
    ("Україна", "титан", "тис. т", "UKR", "titanium", 1e3),
    ("中国", "稀土", "万吨", "CHN", "rare-earths", 1e4),
    ("智利", "铜矿", "千吨", "CHL", "copper", 1e3),
    ("刚果（金）", "钴", "吨", "COD", "cobalt", 1),
    ("Südafrika", "Chrom", "Tonnen", "ZAF", None, 1),
    ("Türkei", "Bor", "kt", "TUR", "boron", 1e3),
    ("Afrique du Sud", "lithium", "t", "ZAF", "lithium", 1),
    ("Perú", "cobalt", "toneladas", "PER", "cobalt", 1),
]


@pytest.mark.parametrize(("place", "mineral", "unit", "code", "known", "tonnes"), LANGUAGE_CASES)
def test_names_and_units_are_read_in_the_languages_of_the_headers(place, mineral, unit, code, known, tonnes):
    line = f"d;2025;{known or 'lithium'};{place};reserves;2024;1;{unit}"
    raw = _csv(f"dataset;edition;mineral;place;measure;year;value;unit\n{line}\n")
    found = tidy.read([raw]).observations.iloc[0]
    assert (found["place"], found["value"], found["printed_name"]) == (code, tonnes, place)
    assert read_minerals(pd.Series([mineral], dtype="string"), "any").fillna("").tolist() == [known or ""]


def test_a_title_names_its_mineral_in_other_languages():
    raw = _sheet([["Добыча лития, тыс. т"], ["Страна", "2023", "2022"], ["Чили", "1 234,5", 2]], "A1:C1")
    assert propose(raw, "d", "2025").open == ()
    assert propose(raw).mapping.constants["mineral"] == "lithium"
