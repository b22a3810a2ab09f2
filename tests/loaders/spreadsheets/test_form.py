"""What the form of the page Data says of names, and what it keeps of a proposal."""

from __future__ import annotations

import pytest

from dashboard.intake.columns import (
    NUMBERS,
    UNTIL,
    ColumnUse,
    mapping_of,
    names_asked,
    said_again,
    with_names_said,
)
from loaders.files.opening import read_tables
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.proposing import propose
from tests.loaders.spreadsheets.sheets import as_mapped, text

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


@pytest.mark.slow
def test_what_is_said_of_names_is_read():
    _, mapping = _proposed()
    answers = {("place", "Total"): "WLD", ("place", "Nowhere"): "-", (UNTIL, "2030"): "2024"}
    outcome = as_mapped(ITEM, with_names_said(mapping, answers))
    assert {(place, year): value for (_, place, _, year), value in outcome.figures.items()} == {
        ("CHL", 2024): (5, "E"), ("WLD", 2024): (9, "E"), ("CHL", 2030): (6, "F"), ("WLD", 2030): (8, "F"),
    }  # fmt: skip


def test_the_form_keeps_what_it_does_not_ask():
    _, mapping = _proposed()
    said = [
        ColumnUse("Country", "place"),
        ColumnUse("Mineral", "mineral"),
        ColumnUse("2024", NUMBERS, {"year": "2024"}),
        ColumnUse("2030", NUMBERS, {"year": "2030"}),
    ]
    again = said_again(mapping, mapping_of(said, mapping.constants))
    assert again == mapping
    assert [column.flags for column in again.values] == ["Flag", ""]
