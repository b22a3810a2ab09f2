"""What differs between two editions: kinds, order, thousandfold changes, ranks, checks; and the laws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.checks import EditionRef, check_all
from dashboard.analysis.consequences import check_changes, rank_moves
from dashboard.analysis.differences import DIFFERENCE_COLUMNS, ROUTINE, differences
from loaders.documents import read_seeds
from loaders.model import OBSERVATION_COLUMNS
from loaders.quality.figures import FIGURE
from loaders.store import bundled_folder, catalogue, read_edition
from loaders.vocabulary import ChangeKind

pytestmark = pytest.mark.slow

NOTHING = {"string": "", "int64": 0, "float64": float("nan")}
PLAIN = {
    **{name: NOTHING[kind] for name, kind in OBSERVATION_COLUMNS.items()},
    **{"mineral": "lithium", "place": "CHL", "measure": "reserves", "year": 2024, "unit": "t"},
    **{"basis": "content", "class": "reserve", "scheme": "usgs_c831", "status": "A"},
}


def table(*rows: dict[str, object]) -> pd.DataFrame:
    lines = [{**PLAIN, **row, "row": number} for number, row in enumerate(rows, start=2)]
    return pd.DataFrame(lines, columns=list(OBSERVATION_COLUMNS)).astype(OBSERVATION_COLUMNS)


MINED = {"measure": "mine_production"}
NONE = float("nan")
KEPT = {"mineral": "cobalt", "value": 7.0}
"""A figure that stays the same, so that a table is not empty."""

CASES = [
    ("the same", {"value": 5.0}, {"value": 5.0}, None),
    ("another year of an amount in the ground", {"value": 5.0}, {"value": 5.0, "year": 2025}, None),
    ("a rounding of the computer", {"value": 2.8}, {"value": 2.8000000000000003}, None),
    ("printed otherwise", {"value": 5.0, "printed_value": "5"}, {"value": 5.0, "printed_value": "5.0"}, None),
    ("another number", {"value": 5.0}, {"value": 6.0}, "revised"),
    ("a zero", {"value": 5.0}, {"value": 0.0}, "revised"),
    ("a bound for a number", {"value": 5.0}, {"value": NONE, "lower": 4.0}, "revised"),
    ("another bound", {"value": NONE, "lower": 4.0}, {"value": NONE, "lower": 3.0}, "revised"),
    ("withheld now", {"value": 5.0}, {"value": NONE, "status": "Q"}, "number lost"),
    ("not available now", {"value": 5.0}, {"value": NONE, "status": "O"}, "number lost"),
    ("available now", {"value": NONE, "status": "O"}, {"value": 5.0}, "number gained"),
    ("estimated now", {"value": 5.0}, {"value": 5.0, "status": "E"}, "status changed"),
    ("withheld for not available", {"status": "O"}, {"status": "Q"}, "status changed"),
    ("another unit", {"value": 5.0}, {"value": 5.0, "unit": "ct"}, "unit changed"),
    ("another basis", {"value": 5.0}, {"value": 5.0, "basis": "LCE"}, "basis changed"),
    ("another class", {"value": 5.0}, {"value": 5.0, "class": "resource"}, "class changed"),
    ("other words", {"value": 5.0}, {"value": 5.0, "detail": "ore"}, "worded differently"),
    ("other words and number", {"value": 5.0}, {"value": 6.0, "detail": "ore"}, "revised"),
]


@pytest.mark.parametrize(("name", "old", "new", "kind"), CASES, ids=[case[0] for case in CASES])
def test_a_figure_of_both_editions(name: str, old: dict, new: dict, kind: str | None) -> None:
    found = differences(table(KEPT, old), table(KEPT, new))
    assert list(found["kind"]) == ([kind] if kind else [])
    assert list(found.columns) == DIFFERENCE_COLUMNS


WORLD = {"place": "WLD", "value": 9.0}
APPEAR = [
    ({"mineral": "nickel", "value": 5.0}, "mineral appears", "mineral vanishes"),
    ({**MINED, "value": 5.0}, "measure appears", "measure vanishes"),
    ({"place": "PER", "value": 5.0}, "place appears", "place vanishes"),
    ({"detail": "brine", "value": 5.0}, "added", "removed"),
]


@pytest.mark.parametrize(("extra", "comes", "goes"), APPEAR)
def test_a_figure_of_one_edition(extra: dict, comes: str, goes: str) -> None:
    less, more = table({"value": 5.0}, WORLD), table({"value": 5.0}, WORLD, extra)
    (line,) = differences(less, more).to_dict("records")
    assert (line["kind"], line["new"], line["new_row"]) == (comes, 5.0, 4)
    assert np.isnan(line["old"])
    assert line["old_printed"] == ""
    assert pd.isna(line["old_row"])
    (line,) = differences(more, less).to_dict("records")
    assert (line["kind"], line["old"], line["old_row"]) == (goes, 5.0, 4)


def test_years_of_production_roll_on_and_stand_last() -> None:
    old = table({**MINED, "year": 2022, "value": 1.0}, {**MINED, "year": 2023, "value": 2.0})
    new = table({**MINED, "year": 2023, "value": 2.1}, {**MINED, "year": 2024, "value": 900.0})
    found = differences(old, new)
    assert list(found["kind"]) == ["revised", "year appears", "year vanishes"]
    assert (found["ratio"][0], found["new_year"][0]) == (pytest.approx(1.05), 2023)


def test_both_sides_are_there_as_printed() -> None:
    old = table({"value": 2e7, "printed_value": "20", "printed_unit": "Mt", "file": "a.csv", "column": "R"})
    new = table({"value": 1e7, "printed_value": "10", "printed_unit": "Mt", "file": "b.csv", "year": 2025})
    (line,) = differences(old, new).to_dict("records")
    expected = {
        **{"old": 2e7, "new": 1e7, "ratio": 0.5, "old_printed": "20", "new_printed": "10", "place": "CHL"},
        **{"old_file": "a.csv", "new_file": "b.csv", "old_row": 2, "old_column": "R", "old_year": 2024},
        **{"new_year": 2025, "weight": 0.5, "old_printed_unit": "Mt", "thousandfold": False},
    }
    assert {name: line[name] for name in expected} == expected


THOUSANDFOLD = [
    ({"value": 5.0}, {"value": 5000.0}, True),
    ({"value": 5000.0}, {"value": 5.0}, True),
    ({"value": 5.0}, {"value": 5_000_000.0}, True),
    ({"value": 5.0}, {"value": NONE, "lower": 5000.0}, True),
    ({"value": 5.0, "basis": "undefined"}, {"value": 5000.0}, True),
    ({"value": 5.0}, {"value": 50.0}, False),
    ({"value": 0.0}, {"value": 5000.0}, False),
    ({"value": 5.0}, {"value": 5000.0, "unit": "ct"}, False),
    ({"value": 5.0}, {"value": 5000.0, "basis": "LCE"}, False),
]


@pytest.mark.parametrize(("old", "new", "flagged"), THOUSANDFOLD)
def test_thousandfold_changes_stand_first_and_are_marked(old: dict, new: dict, flagged: bool) -> None:
    larger = {"mineral": "tin", "value": 1e9}, {"mineral": "tin", "value": 2e9}
    found = differences(table(larger[0], {**old, "place": "PER"}, {"value": 1e6}),
                        table(larger[1], {**new, "place": "PER"}, {"value": 1e6}))  # fmt: skip
    assert list(found["thousandfold"]) == [flagged, False]
    assert flagged == (
        found["place"][0] == "PER" and found["mineral"][0] == "lithium" and found["weight"][0] < 1
    )


def test_the_larger_part_of_the_largest_figure_stands_first() -> None:
    """Half of a small country counts less than a tenth of a large one."""
    old = table({"value": 100.0, "place": "WLD"}, {"value": 1.0, "place": "PER"}, {"value": 60.0})
    new = table({"value": 100.0, "place": "WLD"}, {"value": 0.5, "place": "PER"}, {"value": 54.0})
    found = differences(old, new)
    assert list(found["place"]) == ["CHL", "PER"]
    assert list(found["weight"]) == pytest.approx([0.06, 0.005])


def test_figures_that_stand_twice_are_compared_in_their_order() -> None:
    old = table({"value": 1.0}, {"value": 2.0})
    assert differences(old, table({"value": 1.0}, {"value": 2.0})).empty
    found = differences(old, table({"value": 1.0}, {"value": 3.0}, {"value": 4.0}))
    rows = found[["kind", "old_row", "new_row"]].fillna(0)
    lines = list(rows.itertuples(index=False, name=None))
    assert sorted(lines) == [("added", 0, 4), ("revised", 3, 3)]


@pytest.mark.parametrize("empty", ["old", "new", "both"])
def test_a_table_may_be_empty(empty: str) -> None:
    some = table({"value": 5.0})
    old = some.iloc[:0] if empty in ("old", "both") else some
    new = some.iloc[:0] if empty in ("new", "both") else some
    expected = {"old": ["mineral appears"], "new": ["mineral vanishes"], "both": []}
    assert list(differences(old, new)["kind"]) == expected[empty]


# Laws ------------------------------------------------------------------------------------------------

ROWS = st.fixed_dictionaries(
    {
        "mineral": st.sampled_from(["lithium", "tin"]),
        "place": st.sampled_from(["CHL", "PER", "WLD"]),
        "measure": st.sampled_from(["reserves", "mine_production"]),
        "year": st.sampled_from([2023, 2024]),
        "detail": st.sampled_from(["", "ore"]),
        "basis": st.sampled_from(["content", "LCE"]),
        "unit": st.sampled_from(["t", "ct"]),
        "value": st.sampled_from([NONE, 0.0, 1.0, 2.0, 5000.0]),
        "status": st.sampled_from(["A", "E", "O"]),
    }
)
TABLES = st.lists(ROWS, max_size=12)


def sides(found: pd.DataFrame, side: str) -> list[int]:
    return sorted(found[f"{side}_row"].dropna().astype(int))


@given(TABLES)
def test_nothing_differs_from_itself_in_any_order(rows: list[dict]) -> None:
    once = list({tuple(row.get(name, "") for name in FIGURE): row for row in rows}.values())
    assert differences(table(*once), table(*reversed(once))).empty
    assert differences(table(*rows), table(*rows)).empty


@given(TABLES, TABLES)
def test_every_figure_stands_in_one_line_at_most_and_either_way_round(
    old: list[dict], new: list[dict]
) -> None:
    left, right = table(*old), table(*new)
    there, back = differences(left, right), differences(right, left)
    for found, first, second in ((there, left, right), (back, right, left)):
        assert set(found["kind"]) <= set(ChangeKind)
        assert len(set(sides(found, "old"))) == len(sides(found, "old"))
        gone = found["new_row"].isna().sum()
        come = found["old_row"].isna().sum()
        assert len(first) - gone == len(second) - come
        last = found["kind"].isin(ROUTINE)
        assert list(last) == sorted(last)
    assert sides(there, "old") == sides(back, "new")
    assert sides(there, "new") == sides(back, "old")


# The editions that are bundled -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def editions() -> dict[str, pd.DataFrame]:
    found = catalogue(home=Path("no folder here"))
    return {item.edition.edition: read_edition(item) for item in found.editions}


REVISED = [
    ("2023", "2024", "RUS", 21e6, 10e6, "revised"),
    ("2024", "2025", "RUS", 10e6, 3.8e6, "revised"),
    ("2025", "2026", "RUS", None, None, None),
    ("2023", "2024", "VNM", None, None, None),
    ("2024", "2025", "VNM", 22e6, 3.5e6, "revised"),
    ("2025", "2026", "IND", 6.9e6, None, "number lost"),
]


@pytest.mark.parametrize(("first", "second", "place", "old", "new", "kind"), REVISED)
def test_rare_earth_reserves(editions, first, second, place, old, new, kind) -> None:
    found = differences(editions[first], editions[second])
    found = found[
        (found["mineral"] == "rare-earths") & (found["measure"] == "reserves") & (found["place"] == place)
    ]
    lines = [
        (line["kind"], line["old"], None if pd.isna(line["new"]) else line["new"])
        for line in found.to_dict("records")
    ]
    assert lines == ([(kind, old, new)] if kind else [])


def test_gypsum_of_thailand_is_a_thousandfold_of_what_it_was(editions) -> None:
    first = differences(editions["2023"], editions["2024"]).iloc[0]
    assert (first["mineral"], first["place"], first["old_printed"], first["new_printed"]) == (
        *("gypsum", "THA"),
        *("1700", "910000"),
    )
    assert first["thousandfold"]


MOVES = [
    ("2023", "2024", (3.0, 4.0)),
    ("2024", "2025", (4.0, 5.0)),
    ("2025", "2026", (5.0, 4.0)),
]


@pytest.mark.parametrize(("first", "second", "ranks"), MOVES)
def test_ranks_that_move(editions, first: str, second: str, ranks: tuple[float, float]) -> None:
    moves = rank_moves(editions[first], editions[second])
    of_russia = moves[
        (moves["mineral"] == "rare-earths") & (moves["measure"] == "reserves") & (moves["place"] == "RUS")
    ]
    assert list(of_russia[["old_rank", "new_rank"]].itertuples(index=False, name=None)) == [ranks]
    assert rank_moves(editions[first], editions[first]).empty
    best = moves[["old_rank", "new_rank"]].min(axis="columns")
    assert best.is_monotonic_increasing


CHECKS = [
    ("2023", "2024", []),
    ("2024", "2025", [("russia-rare-earths-rank", "does_not_hold", "holds")]),
    ("2025", "2024", [("russia-rare-earths-rank", "holds", "does_not_hold")]),
    ("2025", "2026", [("russia-rare-earths-rank", "holds", "open")]),
]


@pytest.mark.parametrize(("first", "second", "expected"), CHECKS)
def test_claims_whose_check_comes_out_otherwise(editions, first, second, expected) -> None:
    claims = read_seeds(bundled_folder("seeds")).claims
    sides = [(editions[name], EditionRef("usgs-mcs", name, "USGS")) for name in (first, second)]
    beside = pd.concat(editions.values(), ignore_index=True)
    found = check_changes(claims, *sides, beside)
    checks = check_all(claims, beside, [side[1] for side in sides])
    otherwise = {name: both for name, both in checks.items() if both[0].outcome != both[1].outcome}
    assert list(found["claim"]) == list(otherwise)
    assert list(found["new_outcome"]) == [both[1].outcome for both in otherwise.values()]
    lines = found[found["claim"] == "russia-rare-earths-rank"]
    assert list(lines[["claim", "old_outcome", "new_outcome"]].itertuples(index=False, name=None)) == expected
