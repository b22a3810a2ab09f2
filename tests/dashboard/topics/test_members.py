"""The members of a group: what the publisher's file prints of each by itself, counted from the file."""

from __future__ import annotations

import csv

import pytest

from dashboard.topics import view_of
from dashboard.topics.members import members_table, page_of
from loaders.store import bundled_folder
from tests.workspaces import bundled

# Prices of an oxide, and compounds and metals of one element, by the words of the file.
ELEMENTS = [
    "Lanthanum", "Cerium", "Praseodymium", "Neodymium", "Promethium", "Samarium", "Europium",
    "Gadolinium", "Terbium", "Dysprosium", "Holmium", "Erbium", "Thulium", "Ytterbium", "Lutetium",
]  # fmt: skip


def _file() -> list[dict[str, str]]:
    path = bundled_folder("data") / "usgs-mcs-us" / "2026.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [line for line in csv.DictReader(file) if line["year"] in ("2024", "2025")]


def test_each_rare_earth_has_what_the_file_prints_of_it_and_none_else() -> None:
    table = members_table("rare-earths", bundled())
    assert table is not None
    shown = {str(row[0]): row[1:] for row in table.rows}
    lines = _file()
    for element in ELEMENTS:
        by_country, prices, reliance, sources = map(str, shown[element])
        oxide = [line for line in lines if f": {element} oxide" in line["detail"] and line["year"] == "2025"]
        assert prices.count("$/kg") == len(oxide)
        assert all(f"{line['printed_value']} $/kg" in prices for line in oxide)
        partners = [line for line in lines if line["detail"] == f"{element} compounds and metals"]
        assert sources.count(" %") == len(partners)
        assert all(f" {line['printed_value']} %" in sources for line in partners)
        assert (by_country, reliance) == ("none", "none")
    assert shown["Heavy rare earths"][2] == "United States: 100 % (estimated) for compounds and metals, 2025"
    assert shown["Scandium"][0] == "reserves"
    assert table.fold == (
        "The parts of rare earths, each by itself: of 21, 1 with figures by country, 15 with prices, 3 with "
        "net import reliance, 7 with sources of imports"
    )


@pytest.mark.parametrize(
    ("mineral", "page"),
    [("cobalt", "mineral"), ("scandium", "mineral"), ("terbium", "prices"), ("thulium", None),
     ("rare-earths-heavy", "dependence")],
)  # fmt: skip
def test_a_mineral_is_shown_where_most_of_it_is(mineral: str, page: str | None) -> None:
    assert page_of(mineral, bundled()) == page


def test_prices_of_a_part_say_that_no_country_has_figures_of_it() -> None:
    notes = {
        mineral: view_of("prices", bundled(), mineral=mineral).notes for mineral in ("dysprosium", "tin")
    }
    said = "No loaded edition has figures by country of dysprosium, a part of rare earths."
    assert (notes["dysprosium"][0], said in notes["tin"]) == (said, False)


def test_what_has_no_members_has_no_table() -> None:
    assert members_table("cobalt", bundled()) is None
