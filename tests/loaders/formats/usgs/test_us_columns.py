"""The table that says what the columns of 2023 and 2024 are: held against the headers, read by themselves.

A header such as `Imports_Scrap_kt` says a kind at its head and a unit at its end. Where a line of the table
reads a column otherwise, the line has to say why.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from loaders.knowledge import FOLDER
from tests.workspaces import bundled


@cache
def lines() -> list[dict[str, str]]:
    """The lines of the table."""
    with (Path(FOLDER) / "usgs_us_columns.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = {
    "kt": "thousand metric tons", "t": "metric tons", "mmt": "million metric tons", "kg": "kilograms",
    "pct": "percent", "num": "number", "dkg": "dollars per kilogram", "dt": "dollars per metric ton",
    "dlb": "dollars per pound", "ctslb": "cents per pound", "mct": "million carats",
    "mcm": "million cubic meters",
}  # fmt: skip
KINDS = {
    "imports": r"imports", "exports": r"exports", "price": r"price", "employment": r"employment",
    "nir": r"net_import_reliance", "stocks": r"stocks", "shipments": r"shipments", "sold": r"sales",
    "sales": r"sales", "supply": r"supply", "consump": r"\w*consumption|supply",
    "usprod": r"\w*production|sales",
}  # fmt: skip
COUNTED = ("employment", "net_import_reliance")
"""Measures without a weight, whatever unit the header ends in."""


def plain(unit: str) -> str:
    """A unit of weight without the word for dry; a dollar per ton is one per metric ton here."""
    return unit.replace(" dry", "").replace("dollars per ton", "dollars per metric ton")


def test_a_unit_is_that_of_the_header_or_the_line_says_why() -> None:
    wrong = []
    for line in lines():
        said = UNITS.get(line["header"].rsplit("_", 1)[-1].lower(), "")
        if said and line["measure"] and line["measure"] not in COUNTED and not line["note"]:
            wrong += [line] if plain(line["unit"]) != said else []
    assert not wrong


def test_a_measure_is_that_of_the_header_or_the_line_says_why() -> None:
    wrong = []
    for line in lines():
        head = line["header"].lower()
        kind = next((found for name, found in KINDS.items() if head.startswith(name)), "")
        if kind and line["measure"] and not line["note"] and not re.fullmatch(kind, line["measure"]):
            wrong.append(line)
    assert not wrong


CODES = {"alumi": "alum", "scandi": "scand", "thalli": "thall", "zirco-hafni": "zirco"}
"""Chapters whose files have another code in 2023 than in 2024."""

APART = {("fepig", "Exports_t")}
"""Headers that are read in two ways, each as the words of 2026 are for the years that they share."""


def test_a_header_is_read_in_one_way_unless_its_cells_have_slipped() -> None:
    found: dict[tuple[str, str, str], set[tuple[str, ...]]] = defaultdict(set)
    for line in lines():
        if not line["note"]:
            key = (CODES.get(line["code"], line["code"]), line["header"], line["number"])
            found[key].add(tuple(line[name] for name in ("measure", "mineral", "detail")))
    assert {key[:2] for key, read in found.items() if len(read) > 1} <= APART


@pytest.mark.slow
def test_no_price_of_two_editions_differs_by_the_factor_between_two_units() -> None:
    """Arsenic of 2024 is in dollars per pound under a header of kilograms, selenium the other way round."""
    table = bundled().national
    prices = table[(table["measure"] == "price") & (table["value"] > 0)]
    wide = prices.pivot_table("value", ["mineral", "detail", "year"], "edition", observed=True)
    wrong = []
    for one, other in combinations(wide.columns, 2):
        both = wide[[one, other]].dropna()
        ratio = (both[one] / both[other]).groupby(["mineral", "detail"]).median()
        for factor in (2.20462, 1 / 2.20462, 1000, 1e-3, 32.1507, 1 / 32.1507):
            near = ratio[(ratio / factor - 1).abs() < 0.08]
            wrong += [(one, other, *map(str, series)) for series in near.index]
    assert not wrong


def test_every_column_is_decided() -> None:
    """What its amounts are amounts of is stated, be it as not stated; nothing is left to the loader."""
    assert not [line for line in lines() if line["measure"] and not line["basis"]]
    decided = [line["decision"] for line in lines() if line["decision"]]
    assert len(decided) > 100
    apart = [text for text in decided if "kept apart" in text]
    assert all(re.search(r"\d|updated|traded scrap", text) for text in apart)


# header, edition -> whether its years are joined to those of 2026: by one mineral, measure, detail and basis
JOINED = [
    ("NIR_pct", "nickel", "2024", True),
    ("NIR_NIR_pct", "sulfur", "2024", True),
    ("Imports_elemental_kt", "sulfur", "2024", True),
    ("NIR_pct", "vermiculite", "2024", True),
    ("Consump_mcm", "helium", "2024", True),
    ("Consump_kt", "gypsum", "2023", True),
    ("Imports_kt", "salt", "2024", True),
    ("Exports_t", "niobium", "2023", True),
    ("NIR_pct", "aluminum", "2024", False),
    ("Supply_kt", "aluminum", "2023", False),
    ("Price_Ore_dt", "chromium", "2023", False),
    ("Price_Zircon_premium_CIF_CN_dt", "zirconium", "2023", False),
    ("Exports_t", "iron-oxide-pigments", "2023", False),
    ("Price_dt", "lithium", "2024", False),
    ("Consump_Reported_mmt", "iron-and-steel-scrap", "2024", False),
]


@pytest.mark.slow
@pytest.mark.parametrize(("header", "mineral", "edition", "joined"), JOINED)
def test_years_are_joined_where_the_same_is_meant(
    header: str, mineral: str, edition: str, joined: bool
) -> None:
    table = bundled().national
    own = table[(table["mineral"] == mineral) & (table["edition"] == edition) & (table["column"] == header)]
    keys = ["mineral", "measure", "detail", "unit", "basis"]
    newest = table[table["edition"] == "2026"][keys].drop_duplicates()
    assert len(own) == 5
    assert bool(len(own[keys].drop_duplicates().merge(newest))) is joined


MENDED = [
    # mineral, measure, detail, edition, year, value
    ("arsenic", "price", "metal, annual average, U.S. warehouse", "2024", 2022, 2 / 0.00045359237),
    ("selenium", "price", "annual average: United States", "2024", 2021, 18_000.0),
    ("selenium", "price", "annual average: United States", "2023", 2021, 8.25 / 0.00045359237),
    ("nickel", "reported_consumption", "secondary, purchased scrap", "2023", 2021, 100_000.0),
    ("nickel", "reported_consumption", "primary", "2023", 2021, 77_000.0),
    ("fused-aluminum-oxide", "net_import_reliance", "of apparent consumption: Fused aluminum oxide", "2023",
     2021, float("nan")),
    ("chromium", "net_import_reliance", "of apparent consumption", "2024", 2021, 0.80),
    ("rare-earths", "apparent_consumption", "compounds and metals", "2023", 2021, 6060.0),
    ("hafnium", "price", "Hafnium, unwrought, as in edition 2023", "2023", 2021, 950_000.0),
    ("helium", "supply", "Withdrawn", "2023", 2021, 7_000_000.0),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mineral", "measure", "detail", "edition", "year", "value"),
    MENDED,
    ids=[f"{case[0]}-{case[1]}-{case[3]}" for case in MENDED],
)
def test_columns_that_were_read_wrong(
    mineral: str, measure: str, detail: str, edition: str, year: int, value: float
) -> None:
    table = bundled().national
    own = table[(table["mineral"] == mineral) & (table["measure"] == measure) & (table["detail"] == detail)]
    (found,) = own.loc[(own["edition"] == edition) & (own["year"] == year), "value"]
    assert found == pytest.approx(value, nan_ok=True) or (pd.isna(found) and pd.isna(value))
