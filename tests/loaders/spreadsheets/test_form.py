"""What the form of the page Data says of names, and what it keeps of a proposal."""

from __future__ import annotations

import pytest

from dashboard.intake.columns import (
    LINES,
    NUMBERS,
    UNITS_OFFERED,
    UNTIL,
    ColumnUse,
    answers_offered,
    mapping_of,
    names_asked,
    said_again,
    with_names_said,
)
from loaders.files.opening import read_tables
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.mapping import from_toml, to_toml
from loaders.spreadsheets.proposing import propose
from loaders.units import known_unit
from tests.loaders.spreadsheets.sheets import as_mapped, book, text

ITEM = text(
    "Country,Mineral,2024,Flag,2030",
    "Chile,Copper,5,e,6",
    "Total,Copper,9,e,8",
    "Nowhere,Copper,1,,2",
)


def _proposed():
    (raw,) = laid_out(read_tables(ITEM))
    mapping = propose(raw, "own", "2025").mapping
    said = {"constants": mapping.constants | {"measure": "mine_production", "unit": "t"}}
    return raw, mapping.model_copy(update=said)


def test_the_form_asks_for_names_that_nobody_knows_and_for_the_last_actual_year():
    raw, mapping = _proposed()
    assert names_asked(mapping, raw) == [("place", "Total"), ("place", "Nowhere"), (UNTIL, "2030")]


OFFERED = [
    ("mineral", "Wolframita", "tungsten", "Tungsten"),
    ("mineral of sheet", "Litio (LCE)", "lithium", "Lithium"),
    ("place", "Chil", "CHL", "Chile"),
    ("place", "Итого", "WLD", "World"),
    ("flag", "Moz", "unit: Moz", "the unit Moz"),
    ("flag", "k", "E", "estimated"),
    ("unit", "kt OTR", "t", "t"),
    (LINES, "First group", "mineral", "mineral"),
]


@pytest.mark.parametrize(("kind", "text", "first", "words"), OFFERED)
def test_the_form_offers_what_is_known_the_likeliest_first(kind, text, first, words):
    assert next(iter(answers_offered(kind, text).items())) == (first, words)


def test_what_the_form_offers_is_read():
    assert answers_offered(UNTIL, "2030") == {}
    assert all(known_unit(unit, "any") for unit in UNITS_OFFERED)


@pytest.mark.slow
def test_what_is_said_of_names_is_read():
    _, mapping = _proposed()
    answers = {("place", "Total"): "WLD", ("place", "Nowhere"): "-", (UNTIL, "2030"): "2024"}
    outcome = as_mapped(ITEM, with_names_said(mapping, answers))
    assert {(place, year): value for (_, place, _, year), value in outcome.figures.items()} == {
        ("CHL", 2024): (5, "E"), ("WLD", 2024): (9, "E"), ("CHL", 2030): (6, "F"), ("WLD", 2030): (8, "F"),
    }  # fmt: skip


BOOK = book(
    {
        "Cobalt": [
            ["Mine production (t)"],
            ["Country", "2024"],
            ["First group"],
            ["Cuba", "5 k"],
            ["Peru", "7"],
            ["Second group"],
            ["Canada", "9 k"],
        ],
        "Stuff": [["Mine production (t)"], ["Country", "2024"], ["Chile", "1"]],
        "Other": [["Mine production (t)"], ["Country", "2024"], ["Chile", "2"]],
    }
)

ASKED = [
    ("flag", "k"),
    ("mineral of sheet", "Stuff"),
    ("mineral of sheet", "Other"),
    (LINES, "First group, Second group"),
]


@pytest.mark.slow
def test_the_form_asks_for_letters_sheets_and_lines_and_reads_what_is_said():
    tables = laid_out(read_tables(BOOK))
    mapping = propose(tables[0], "own", "2025", tables).mapping
    assert names_asked(mapping, tables[0]) == ASKED
    said = with_names_said(
        mapping, dict(zip(ASKED, ["estimate of ours", "lithium", "-", "none"], strict=True))
    )
    outcome = as_mapped(BOOK, from_toml(to_toml(said.model_copy(update={"questions": ()}))))
    assert {key[:2]: value for key, (value, _) in outcome.figures.items()} == {
        ("cobalt", "CUB"): 5, ("cobalt", "PER"): 7, ("cobalt", "CAN"): 9, ("lithium", "CHL"): 1,
    }  # fmt: skip
    assert outcome.notes["cobalt", "CUB", "mine_production", 2024] == "estimate of ours"


def test_a_measure_that_is_none_of_ours_is_left_out():
    item = text("Country,Mineral,Year,Flow,Quantity (t)", "Chile,Copper,2022,MP,5", "Chile,Copper,2022,EX,4")
    (raw,) = laid_out(read_tables(item))
    mapping = propose(raw, "own", "2025").mapping
    assert names_asked(mapping, raw) == [("measure", "MP"), ("measure", "EX")]
    said = with_names_said(mapping, {("measure", "MP"): "mine_production", ("measure", "EX"): "-"})
    outcome = as_mapped(item, said)
    assert outcome.figures == {("copper", "CHL", "mine_production", 2022): (5, "A")}
    assert outcome.account.left_out == {"left out, as the mapping says": 2}  # the year, too


def test_the_form_keeps_what_it_does_not_ask():
    _, mapping = _proposed()
    said = [
        ColumnUse("Country", "place"),
        ColumnUse("Mineral", "mineral"),
        ColumnUse("2024", NUMBERS, {"year": "2024"}),
        ColumnUse("2030", NUMBERS, {"year": "2030"}),
    ]
    again = said_again(mapping, mapping_of(said, mapping.constants), [item.header for item in said])
    assert again == mapping
    assert [column.flags for column in again.values] == ["Flag", ""]
