"""Leading figures of the newest year beside the year before: what is told, and what is not."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.analysis.differences import DIFFERENCE_COLUMNS
from dashboard.analysis.leaders import moved_leaders
from loaders.model import OBSERVATION_COLUMNS
from loaders.store import catalogue, read_edition
from loaders.values import read_values

pytestmark = pytest.mark.slow

BEFORE = {"CHN": "67", "VNM": "3", "RUS": "20", "BOL": "1", "ZAF": "9", "OTH": "50", "WLD": "150"}


def figures(year: int, printed: dict[str, str | None], measure: str = "mine_production") -> pd.DataFrame:
    """A table of one year; a place without a text has no row."""
    there = {place: text for place, text in printed.items() if text is not None}
    read = read_values(pd.Series(list(there.values()), dtype="string"))
    common = {"mineral": "tungsten", "measure": measure, "year": year, "unit": "t", "file": "a.csv"}
    table = pd.DataFrame({"place": list(there), "printed_value": list(there.values()), **read, "row": 2})
    filled = {"string": "", "int64": 0, "float64": None}
    rest = {name: filled[kind] for name, kind in OBSERVATION_COLUMNS.items() if name not in table}
    return table.assign(**(rest | common))[list(OBSERVATION_COLUMNS)].astype(OBSERVATION_COLUMNS)


NOTHING = figures(2020, {})

# what the newest year prints otherwise -> the places told, with the kind
CASES = [
    ("a leader that is withheld", {"CHN": "W"}, [("CHN", "number lost")]),
    ("a leader that is a dash", {"CHN": "—"}, [("CHN", "revised")]),
    ("a leader without a row", {"CHN": None}, [("CHN", "place vanishes")]),
    ("three times as much", {"RUS": "61"}, [("RUS", "revised")]),
    ("a third", {"RUS": "6"}, [("RUS", "revised")]),
    ("a small one that leads now", {"VNM": "30"}, [("VNM", "revised")]),
    ("a bound far below", {"CHN": ">5"}, [("CHN", "revised")]),
    ("a world total that is withheld", {"WLD": "W"}, [("WLD", "number lost")]),
    ("twice as much", {"RUS": "40"}, []),
    ("a small one that falls away", {"BOL": "W", "VNM": "—", "ZAF": None}, []),
    ("all other countries", {"OTH": None}, []),
    ("one that comes from nothing", {"KAZ": "30"}, []),
    ("nothing", {}, []),
]


@pytest.mark.parametrize(("name", "changed", "told"), CASES, ids=[case[0] for case in CASES])
def test_leaders_are_compared_with_the_year_before(name: str, changed: dict, told: list) -> None:
    now = figures(2026, BEFORE | changed)
    for old, new in ((NOTHING, pd.concat([figures(2025, BEFORE), now])), (figures(2025, BEFORE), now)):
        found = moved_leaders(old, new)
        assert list(found[["place", "kind"]].itertuples(index=False, name=None)) == told
        assert list(found.columns) == DIFFERENCE_COLUMNS
        assert set(found["old_year"]) <= {2025}
        assert set(found["new_year"].dropna()) <= {2026}


def test_reserves_are_told_of_where_they_fall_away_alone() -> None:
    old, new = figures(2025, BEFORE, "reserves"), BEFORE | {"CHN": "W", "RUS": "70"}
    assert list(moved_leaders(old, figures(2026, new, "reserves"))["place"]) == ["CHN"]


def test_prices_and_tables_of_few_countries_have_no_leaders() -> None:
    few = {"CHN": "67", "RUS": "20", "WLD": "87"}
    lost = {"CHN": "W"}
    assert moved_leaders(figures(2025, few), figures(2026, few | lost)).empty
    assert moved_leaders(figures(2025, BEFORE, "price"), figures(2026, BEFORE | lost, "price")).empty


REAL = {
    ("2023", "2024"): {
        ("barite", "TUR"), ("niobium", "WLD"), ("perlite", "TUR"), ("perlite", "HUN"), ("tin", "IDN"),
        ("zeolites", "KOR"), ("rare-earths", "MMR"),
    },
    ("2024", "2025"): {("rutile", "UKR")},
    ("2025", "2026"): {("gypsum", "PAK")},
}  # fmt: skip
"""Leaders that the bundled editions lose, or that moved so far."""


@pytest.mark.parametrize(("sides", "told"), REAL.items())
def test_the_bundled_editions_lose_few_leaders(sides: tuple[str, str], told: set) -> None:
    found = moved_leaders(*(read_edition(catalogue().get("usgs-mcs", name)) for name in sides))
    assert set(zip(found["mineral"], found["place"], strict=True)) == told
