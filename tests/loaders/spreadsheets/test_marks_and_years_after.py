"""Marks of older tables, signs of other sheets, titles that say the kind, and columns renamed next year."""

from __future__ import annotations

import pytest

from loaders.files.opening import read_tables
from loaders.files.table import InputFile
from loaders.spreadsheets.applying import misfit
from loaders.spreadsheets.headers import factor_of
from loaders.spreadsheets.layout import laid_out
from loaders.spreadsheets.mapping import Mapping, from_toml, to_toml
from loaders.spreadsheets.proposing import ProposedMapping, propose
from loaders.spreadsheets.renewing import renewed
from loaders.spreadsheets.sheets import longest
from tests.loaders.spreadsheets.sheets import Rows, book, read, text

MINE = "mine_production"

# layout -> the file, what is said besides, figures as 'mineral place year', with value and status
RIGHT = {
    "footnotes with a slash": (
        lambda: book(
            {
                "Fluorspar": [
                    ["Fluorspar: world mine production (metric tons)"],
                    ["Country", "2022", "2023 e/"],
                    ["China e/", "5,700,000", "6,000,000"],
                    ["Mexico 2/", "990,000 2/", "1,000,000"],
                    ["Mongolia", "350,000 r/ 3/", "930,000r/"],
                ]
            }
        ),
        {},
        {
            "fluorspar CHN 2022": (5.7e6, "E"),
            "fluorspar CHN 2023": (6e6, "E"),
            "fluorspar MEX 2022": (990e3, "A"),
            "fluorspar MEX 2023": (1e6, "E"),
            "fluorspar MNG 2022": (350e3, "A"),
            "fluorspar MNG 2023": (930e3, "E"),
        },
    ),
    "an e before thousands with spaces": (
        lambda: text(
            "Production minière de nickel (tonnes);;",
            "Pays;2022;2023",
            "Madagascar;e 35 000,5;39 000,0",
            "Canada;130 000,0;e143 265,4",
        ),
        {},
        {
            "nickel MDG 2022": (35000.5, "E"),
            "nickel MDG 2023": (39e3, "A"),
            "nickel CAN 2022": (130e3, "A"),
            "nickel CAN 2023": (143265.4, "E"),
        },
    ),
    "a title that says which production": (
        lambda: book(
            {"D": [["Lithium mine production 2023"], ["Country", "Production (t Li)"], ["Chile", 44000]]}
        ),
        {},
        {"lithium CHL 2023": (44000, "A")},
    ),
    "years that a program wrote as numbers": (
        lambda: text("Lithium mine production (t),,", "Country,2021.0,2022.0", "Chile,5,6"),
        {},
        {"lithium CHL 2021": (5, "A"), "lithium CHL 2022": (6, "A")},
    ),
    "troy ounces in Spanish": (
        lambda: text("Producción minera de plata (millones de onzas troy),", "País,2022", "Perú,100"),
        {},
        {"silver PER 2022": (3110.34768, "A")},
    ),
    "a long list of notes beside": (
        lambda: book(
            {
                "Notes": [["About"], *[[f"Line {number} of the notes"] for number in range(30)]],
                "Tin": [["Tin mine production (t)"], ["Country", 2022], ["Peru", 28000], ["China", 71000]],
            }
        ),
        {},
        {"tin PER 2022": (28000, "A"), "tin CHN 2022": (71000, "A")},
    ),
}


@pytest.mark.parametrize(("made", "said", "figures"), RIGHT.values(), ids=RIGHT)
def test_what_the_table_says_is_read(made, said, figures):
    outcome = read(made(), **said)
    assert outcome.asked == ""
    found = {f"{mineral} {place} {year}": told for (mineral, place, _, year), told in outcome.figures.items()}
    assert found == {key: (pytest.approx(value), status) for key, (value, status) in figures.items()}
    assert {measure for _, _, measure, _ in outcome.figures} == {MINE}


# unit as printed -> canonical unit, how many of it one is
UNITS = [
    ("millones de onzas troy", "t", 31.1034768), ("тыс. тройских унций", "t", 0.0311034768),
    ("Mio. Feinunzen", "t", 31.1034768), ("milliers d’onces troy", "t", 0.0311034768),
    ("flasks", "t", 0.03447302012), ("thousand flasks", "t", 34.47302012), ("千t", "t", 1000),
    ("milhares de toneladas", "t", 1000), ("ribu metrik ton", "t", 1000), ("klb", "t", 0.45359237),
    ("millones de libras", "t", 453.59237), ("Mn t", "t", 1e6), ("millones de quilates", "ct", 1e6),
    ("килограмм", "t", 0.001), ("thousands of metric tons", "t", 1000),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "unit", "factor"), UNITS)
def test_units_of_the_trade_in_other_languages(printed, unit, factor):
    found = factor_of(printed)
    assert found is not None
    assert (found[0], found[1]) == (unit, pytest.approx(factor))


def _proposal(item: InputFile) -> ProposedMapping:
    tables = laid_out(read_tables(item))
    return propose(longest(tables), "d", "2025", tables)


def test_names_and_signs_of_every_sheet_of_the_columns_are_asked():
    zinc: Rows = [
        ["Zinc mine production, kt"],
        ["Country", 2022],
        ["Atlantis", 5],
        ["Peru", "–"],
        ["China", "k. A."],
    ]
    copper: Rows = [
        ["Copper mine production, kt"],
        ["Country", 2022],
        ["Peru", 2],
        ["Chile", 3],
        ["China", 4],
    ]
    proposal = _proposal(book({"Copper": copper, "Zinc": zinc}))
    assert proposal.unknown == {"place": ("Atlantis",)}
    assert proposal.mapping.places == {"Atlantis": ""}
    assert proposal.unread == ("–",)
    assert proposal.mapping.symbols == {"k. A.": "NA"}


def test_a_row_with_a_unit_of_its_own_is_asked_until_it_is_left_out():
    lines = (
        "Country,Tin mine production 2022 (t)",
        "Peru,28200",
        "China (a),71000",
        "World (thousand t),310",
    )
    outcome = read(text(*lines))
    assert "the row 'World (thousand t)' is in thousand t" in outcome.asked
    proposal = _proposal(text(*lines))
    assert proposal.unknown == {"place": ("World (thousand t)",)}
    raw = longest(laid_out(read_tables(text(*lines))))
    mapping = proposal.mapping.model_copy(update={"places": {"World (thousand t)": "WLD"}})
    assert "name it under leave_out" in (misfit(mapping, raw) or "")
    assert misfit(mapping.model_copy(update={"leave_out": ("World (thousand t)",)}), raw) is None
    assert read(text(lines[0], lines[1], "World (t),310000")).asked == ""


def test_an_s_in_place_of_a_number_is_asked():
    proposal = _proposal(text("Country,Tin mine production 2022 (t)", "Peru,s", "China,7"))
    assert proposal.unread == ("s",)


FIRST = ("Country,Mineral,Mine production 2022 (t),Reserves 2022 (t)", "Peru,Tin,28,130")

# next year's header -> the columns of numbers that are read then, part of the question; "" for none
NEXT = {
    "the year alone": (
        "Country,Mineral,Mine production 2023 (t),Reserves 2023 (t)",
        ["Mine production 2023 (t)", "Reserves 2023 (t)"],
        "",
    ),
    "another name for the same": (
        "Country,Mineral,Mine output 2023 (t),Reserves 2023 (t)",
        ["Reserves 2023 (t)", "Mine output 2023 (t)"],
        "column Mine production 2022 (t) is missing. Mine output 2023 (t) is read in its place",
    ),
    "a name that says less": (
        "Country,Mineral,Output 2023 (t),Reserves 2023 (t)",
        ["Reserves 2023 (t)", "Output 2023 (t)"],
        "column Mine production 2022 (t) is missing. Output 2023 (t) is read in its place",
    ),
    "both of other names": (
        "Country,Mineral,Mine output 2023 (t),Reserve 2023 (t)",
        ["Mine output 2023 (t)", "Reserve 2023 (t)"],
        "column Reserves 2022 (t) is missing. Reserve 2023 (t) is read in its place",
    ),
    "one that is gone": (
        "Country,Mineral,Mine production 2023 (t),Remarks",
        ["Mine production 2023 (t)"],
        "column Reserves 2022 (t) is missing, and no other looks like it",
    ),
    "a name for the places that is known": (
        "Nation,Mineral,Mine production 2023 (t),Reserves 2023 (t)",
        ["Mine production 2023 (t)", "Reserves 2023 (t)"],
        "column Country is missing. Nation is read in its place: is it the same?",
    ),
}


def _renewed(header: str) -> tuple[Mapping, str]:
    kept = _proposal(text(*FIRST)).mapping
    raw = longest(laid_out(read_tables(text(header, "Peru,Tin,26,130"))))
    mapping = renewed(kept, raw, propose(raw, "d", "2026").mapping)
    return mapping, misfit(mapping, raw) or ""


@pytest.mark.parametrize(("header", "headers", "asked"), NEXT.values(), ids=NEXT)
def test_a_column_that_has_another_name_next_year_is_asked_about(header, headers, asked):
    mapping, why = _renewed(header)
    assert [column.header for column in mapping.values] == headers
    assert asked in why
    assert bool(asked) == bool(why)


# columns and cells that are new this year -> what is asked of them
NEW_COLUMNS = {
    "amounts": (("Resources 2023 (t)",), ("400",), ["Resources 2023 (t)"]),
    "a unit row by row": (("Unit",), ("kg",), ["Unit"]),
    "two": (("Unit", "Resources (t)"), ("kg", "400"), ["Unit", "Resources (t)"]),
    "words": (("Remarks",), ("as of June",), []),
    "ranks": (("Rank",), ("1",), []),
    "another year of a known one": (("Mine production 2024 (t)",), ("27",), []),
}


@pytest.mark.parametrize(("headers", "cells", "asked"), NEW_COLUMNS.values(), ids=NEW_COLUMNS)
def test_a_new_column_that_may_be_read_is_asked_about_once(headers, cells, asked):
    kept = _proposal(text(*FIRST)).mapping
    usual = "Country,Mineral,Mine production 2023 (t),Reserves 2023 (t)"
    item = text(",".join((usual, *headers)), ",".join(("Peru,Tin,26,130", *cells)))
    raw = longest(laid_out(read_tables(item)))
    proposed = propose(raw, "d", "2026").mapping
    again = renewed(kept, raw, proposed)
    assert [question for question in again.questions if question.startswith("New this year")] == [
        f"New this year, and not read: {header}. Say what it is, or leave it out." for header in asked
    ]
    assert "New this year" not in " ".join(renewed(from_toml(to_toml(again)), raw, proposed).questions)
