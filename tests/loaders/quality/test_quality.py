"""The quality pass: what it finds, how sure it is, and what it leaves alone."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import quality
from loaders.files.inputs import open_inputs
from loaders.model import OBSERVATION_COLUMNS
from loaders.quality import check, find
from loaders.read import Surroundings, load_with
from loaders.report import Finding
from loaders.units import read_units
from loaders.values import read_values

pytestmark = pytest.mark.slow

RESERVES = {"CHN": "9500", "RUS": "5000", "AUS": "7400", "ZAF": "3500", "WLD": "25000"}
MINED = {"CHN": "70000", "RUS": "20000", "AUS": "8000", "ZAF": "9000", "WLD": "107000"}


def series(edition: str, printed: dict[str, str], unit: str = "kt", **other: object) -> pd.DataFrame:
    """The observations of one column: `printed` by place, and what else differs from a plain reserve."""
    read = read_values(pd.Series(list(printed.values()), dtype="string"))
    scale = read_units(pd.Series([unit], dtype="string"), "usgs").iloc[0]
    year = int(edition) - 1
    common = {
        "dataset": "test", "edition": edition, "mineral": "vanadium", "detail": "", "measure": "reserves",
        "year": year, "unit": scale["unit"], "basis": "content", "class": "reserve", "scheme": "undefined",
        "printed_unit": unit, "printed_name": "", "printed_measure": "", "note": "",
        "file": f"{edition}.csv", "column": f"{other.get('measure', 'reserves')} {other.get('year', year)}",
        "correction": "", "partner": "", **other,
    }  # fmt: skip
    table = pd.DataFrame(
        {
            "place": list(printed),
            "printed_value": list(printed.values()),
            "status": read["status"],
            "row": range(2, len(printed) + 2),
            **{name: read[name] * scale["factor"] for name in ("value", "lower", "upper")},
        }
    ).assign(**common)
    return table[list(OBSERVATION_COLUMNS)].astype(OBSERVATION_COLUMNS)


def together(*tables: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)


def mined(edition: str, printed: dict[str, str] = MINED, unit: str = "t", **other: object) -> pd.DataFrame:
    return series(edition, printed, unit, measure="mine_production", **other)


def brief(finding: Finding) -> tuple[object, ...]:
    return (finding.kind, finding.measure, finding.place, finding.expected, finding.certainty)


NOTED = "(Reserve data is thousand metric tons)."
REVISED = {**RESERVES, "CHN": "4400", "WLD": "20000"}
WITHOUT_TOTAL = {place: text for place, text in RESERVES.items() if place != "WLD"}

MINED_ALONE = {place: text for place, text in MINED.items() if place != "WLD"}

# what is wrong, the edition, its neighbours, the one finding
WRONG = {
    "unit, by the other editions": lambda: (
        series("2024", RESERVES, "t"),
        [series("2023", RESERVES), series("2025", REVISED)],
        ("unit", "reserves", None, "kt", "likely"),
    ),
    "unit, a millionfold": lambda: (
        series("2024", RESERVES, "kt"),
        [series("2023", RESERVES, "kg")],
        ("unit", "reserves", None, "kg", "likely"),
    ),
    "unit of production": lambda: (
        together(series("2024", RESERVES), mined("2024", unit="kt")),
        [together(series("2023", RESERVES), mined("2023"))],
        ("unit", "mine_production", None, "t", "likely"),
    ),
    "unit, by years of reserves alone": lambda: (
        together(series("2024", RESERVES, "t"), mined("2024")),
        [],
        ("unit", "reserves", None, "kt", "likely"),
    ),
    "unit, by years of reserves against a majority that repeats the error": lambda: (
        together(series("2024", RESERVES, "t"), mined("2024")),
        [series("2022", RESERVES, "t"), series("2023", RESERVES, "t"), series("2025", RESERVES, "kt")],
        ("unit", "reserves", None, "kt", "likely"),
    ),
    "unit, one figure under another unit": lambda: (
        series("2024", {"WLD": "9430"}, "t"),
        [series("2023", {"WLD": "9200"}, "kt")],
        ("unit", "reserves", None, "kt", "likely"),
    ),
    "unit, by a note on one row": lambda: (
        together(series("2024", {**WITHOUT_TOTAL}, "t"), series("2024", {"WLD": "25000"}, "t", note=NOTED)),
        [series("2023", RESERVES)],
        ("unit", "reserves", None, "kt", "certain"),
    ),
    "unit of the noted row alone": lambda: (
        together(
            series("2024", {**WITHOUT_TOTAL, "AUS": "7400000"}, "t").query("place != 'ZAF'"),
            series("2024", {"ZAF": "3500"}, "t", note="Thousand metric tons, gross weight"),
        ),
        [series("2023", {**WITHOUT_TOTAL, "AUS": "7400000", "ZAF": "3500000"}, "t")],
        ("unit", "reserves", "ZAF", "kt", "certain"),
    ),
    "footnote in front, by total and neighbours": lambda: (
        series("2024", {**RESERVES, "AUS": "117,400"}),
        [series("2023", RESERVES)],
        ("footnote", "reserves", "AUS", "7,400", "likely"),
    ),
    "footnote behind, by the total alone": lambda: (
        series("2024", {**RESERVES, "ZAF": "35007"}),
        [],
        ("footnote", "reserves", "ZAF", "3500", "likely"),
    ),
    "footnote behind, though without the first digit it would be nearer": lambda: (
        series("2024", {**RESERVES, "RUS": "1100003", "WLD": "130000"}),
        [series("2023", {**WITHOUT_TOTAL, "RUS": "85000"})],
        ("footnote", "reserves", "RUS", "110000", "likely"),
    ),
    "footnote behind, by neighbours alone": lambda: (
        series("2024", {**WITHOUT_TOTAL, "RUS": "50003"}),
        [series("2023", WITHOUT_TOTAL), series("2025", WITHOUT_TOTAL)],
        ("footnote", "reserves", "RUS", "5000", "likely"),
    ),
    "value, a thousandfold, by neighbours alone": lambda: (
        series("2024", {**WITHOUT_TOTAL, "RUS": "5000000"}),
        [series("2023", WITHOUT_TOTAL)],
        ("value", "reserves", "RUS", "5000", "likely"),
    ),
    "value, a thousandth, by total and neighbours": lambda: (
        series("2024", {**RESERVES, "CHN": "9.5"}),
        [series("2023", RESERVES)],
        ("value", "reserves", "CHN", "9500", "likely"),
    ),
    "value, a thousandfold, though the other editions are not at one": lambda: (
        together(
            mined("2024", {**MINED_ALONE, "RUS": "20"}),
            mined("2024", {**MINED_ALONE, "RUS": "18000"}, year=2022),
        ),
        [mined("2022", {**MINED_ALONE, "RUS": "6000"}), mined("2023", {**MINED_ALONE, "RUS": "25000"})],
        ("value", "mine_production", "RUS", "20000", "likely"),
    ),
    "value, a thousandfold revision or an error": lambda: (
        series("2024", {**WITHOUT_TOTAL, "RUS": "2300000"}),
        [series("2023", WITHOUT_TOTAL)],
        ("value", "reserves", "RUS", "2300", "possible"),
    ),
    "total without its last zero": lambda: (
        series("2024", {**RESERVES, "WLD": "2500"}),
        [series("2023", RESERVES)],
        ("total", "reserves", "WLD", "25000", "likely"),
    ),
    "total far below its rows": lambda: (
        series("2024", {**RESERVES, "WLD": "31"}),
        [],
        ("total", "reserves", "WLD", "25400", "likely"),
    ),
    "total that is no sum": lambda: (
        series("2024", {**RESERVES, "WLD": "23000"}),
        [series("2023", RESERVES)],
        ("total", "reserves", "WLD", "25400", "possible"),
    ),
    "reserves that are capacities, with a note": lambda: (
        together(
            series("2024", {"CHN": "1800", "USA": "64"}, note=""),
            series("2024", {"BRA": "22"}, note="Moved to capacity column, not a reserve"),
            series("2024", {"CHN": "1800", "USA": "64", "BRA": "22"}, measure="capacity"),
        ),
        [],
        ("value", "reserves", None, "no reserves, but capacity", "certain"),
    ),
    "reserves that are the capacities of the next edition": lambda: (
        series("2024", {"CHN": "1100", "KOR": "310", "CAN": "70", "PER": "50"}),
        [series("2025", {"CHN": "1100", "KOR": "310", "CAN": "70", "RUS": "15"}, measure="capacity")],
        ("value", "reserves", None, "no reserves, but capacity", "likely"),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_it_finds(case: str) -> None:
    edition, neighbours, expected = WRONG[case]()
    found = find(edition, together(edition.iloc[:0], *neighbours))
    assert [brief(finding) for finding in found] == [expected]


# what is right, the edition, its neighbours
RIGHT = {
    "the same": lambda: (series("2024", RESERVES), [series("2023", RESERVES)]),
    "a revision": lambda: (series("2024", REVISED), [series("2023", RESERVES)]),
    "another unit that is meant": lambda: (
        series("2024", {place: f"{text}000" for place, text in RESERVES.items()}, "t"),
        [series("2023", RESERVES, "kt")],
    ),
    "a total that is rounded": lambda: (series("2024", {**RESERVES, "WLD": ">25000"}), []),
    "a total above rows that say no number": lambda: (
        series("2024", {**RESERVES, "PER": "NA", "WLD": "31000"}),
        [],
    ),
    "a total with another basis beside it": lambda: (
        together(series("2024", RESERVES), series("2024", {"CHN": "20000", "WLD": "20000"}, basis="ore")),
        [],
    ),
    "a number that grew tenfold in both years": lambda: (
        together(mined("2024", {"CHN": "400", "PER": "140"}), mined("2024", {"PER": "120"}, year=2022)),
        [mined("2023", {"CHN": "400", "PER": "40"})],
    ),
    "a neighbour that is wrong, by years of reserves": lambda: (
        together(series("2024", RESERVES, "kt"), mined("2024")),
        [series("2023", RESERVES, "t"), series("2025", RESERVES, "t")],
    ),
    "a note that speaks of an amount": lambda: (
        series("2024", RESERVES, "t", note="For Australia, reserves were 1.7 million tons."),
        [],
    ),
    "a note that states the unit": lambda: (
        series("2024", RESERVES, note="Thousand metric tons, ZrO2 content"),
        [],
    ),
    "numbers that have nothing to do with each other": lambda: (
        together(*(mined("2024", {"CHN": str(n), "RUS": str(n * 977)}, year=2000 + i)
                   for i, n in enumerate((11, 12345, 13, 14567, 15)))),
        [],
    ),
    "a number that stands everywhere": lambda: (  # a table of a million rows would make pairs without end
        together(*(make("2024", dict.fromkeys(("CHN", "RUS", "AUS"), "5"), "t", year=1900 + year)
                   for make in (mined, series) for year in range(60))),
        [],
    ),
    "nothing": lambda: (series("2024", {}), [series("2023", RESERVES)]),
    "no number": lambda: (series("2024", {"CHN": "NA", "WLD": "Large"}), [series("2023", RESERVES)]),
}  # fmt: skip


@pytest.mark.parametrize("case", RIGHT)
def test_it_leaves_alone(case: str) -> None:
    edition, neighbours = RIGHT[case]()
    found = find(edition, together(edition.iloc[:0], *neighbours))
    assert [brief(finding) for finding in found] == []


def test_a_finding_says_where_and_what_was_compared() -> None:
    edition = series("2024", {**RESERVES, "AUS": "117,400"})
    (found,) = find(edition, series("2023", RESERVES))
    assert (found.dataset, found.edition, found.mineral) == ("test", "2024", "vanadium")
    assert (found.file, found.row, found.column) == ("2024.csv", 4, "reserves 2023")
    assert (found.printed, found.ratio) == ("117,400", pytest.approx(117400 / 7400))
    assert "135,400" not in found.compared  # the sum is written as the total is: 135400
    assert "the printed world total 25000 with the sum of its 4 rows, 135400" in found.compared
    assert "about 7,400" in found.compared


def test_a_pass_changes_nothing() -> None:
    edition, neighbours, _ = WRONG["unit, by the other editions"]()
    before = edition.copy()
    find(edition, together(*neighbours))
    pd.testing.assert_frame_equal(edition, before)


@given(
    place=st.sampled_from(sorted(WITHOUT_TOTAL)),
    mark=st.integers(1, 9).map(str),
    front=st.booleans(),
)
def test_any_glued_mark_is_found(place: str, mark: str, front: bool) -> None:
    glued = mark + RESERVES[place] if front else RESERVES[place] + mark
    found = find(series("2024", {**RESERVES, place: glued}), series("2023", RESERVES))
    assert [brief(finding) for finding in found] == [
        ("footnote", "reserves", place, RESERVES[place], "likely")
    ]


def test_a_row_without_a_unit_belongs_to_its_column() -> None:
    edition, neighbours, expected = WRONG["unit, by the other editions"]()
    edition = edition.copy()
    edition.loc[edition["place"] == "RUS", "printed_unit"] = ""
    assert [brief(finding) for finding in find(edition, together(*neighbours))] == [expected]


def test_where_notes_stand_apart_no_mark_is_looked_for() -> None:
    glued = series("2024", {**RESERVES, "RUS": f"1{RESERVES['RUS']}"})
    kinds = [
        [item.kind for item in check(glued, series("2023", RESERVES), glued=mark).findings]
        for mark in (True, False)
    ]
    assert "footnote" in kinds[0]
    assert "footnote" not in kinds[1]


@given(
    numbers=st.lists(st.integers(1, 10**9), min_size=4, max_size=12), power=st.sampled_from([-6, -3, 3, 6])
)
def test_any_column_in_another_unit_is_found_and_then_is_right(numbers: list[int], power: int) -> None:
    printed = {place: str(number) for place, number in zip("ABCDEFGHIJKL", numbers, strict=False)}
    right = series("2023", printed, "kt", year=2024)
    wrong = right.assign(edition="2024", value=right["value"] * 10.0**power)
    (found,) = find(wrong, right)
    assert (found.kind, found.place, found.ratio) == ("unit", None, 10.0**power)
    assert find(wrong.assign(value=wrong["value"] / found.ratio), right) == []


# What is wrong in the four releases, each judged by hand from the files
PUBLISHED = {
    ("unit", "2023", "chromium", "mine_production", None, "Prod_t_2021", "certain"),
    ("unit", "2023", "chromium", "mine_production", None, "Prod_t_est_2022", "certain"),
    ("unit", "2023", "rhenium", "reserves", None, "Reserves_kt", "likely"),
    ("unit", "2023", "vanadium", "reserves", None, "Reserves_t", "likely"),
    ("footnote", "2023", "zinc", "reserves", "AUS", "Reserves_kt", "likely"),
    ("unit", "2024", "selenium", "reserves", None, "Reserves_kt", "likely"),
    ("unit", "2024", "talc-pyrophyllite", "reserves", None, "Reserves_t", "likely"),
    ("unit", "2025", "iron-ore", "reserves", None, "RESERVES_2024", "certain"),
    ("unit", "2025", "molybdenum", "reserves", None, "RESERVES_2024", "certain"),
    ("unit", "2025", "vanadium", "reserves", None, "RESERVES_2024", "certain"),
    ("unit", "2025", "sand-gravel-industrial", "mine_production", None, "PROD_2023", "likely"),
    ("unit", "2025", "sand-gravel-industrial", "mine_production", None, "PROD_EST_ 2024", "likely"),
    *(
        ("unit", "2025", mineral, measure, None, column, "likely")
        for mineral in ("ilmenite", "rutile", "titanium-mineral-concentrates")
        for measure, column in (
            ("mine_production", "PROD_2023"),
            ("mine_production", "PROD_EST_ 2024"),
            ("reserves", "RESERVES_2024"),
        )
    ),
    ("total", "2025", "kaolin", "mine_production", "WLD", "PROD_EST_ 2024", "likely"),
    ("value", "2025", "magnesium-metal", "reserves", None, "RESERVES_2024", "certain"),
    ("value", "2025", "indium", "reserves", None, "RESERVES_2024", "likely"),
    ("unit", "2026", "vanadium", "reserves", None, "Value", "likely"),
}
EDITIONS = ("2023", "2024", "2025", "2026")


@pytest.fixture(scope="module")
def releases(shared):
    """The observations of the four releases as printed, without any correction."""
    folder = shared / "published" / "usgs-mcs"
    loads = [load_with(open_inputs([folder / edition]), lambda _: Surroundings()) for edition in EDITIONS]
    return together(*(item.observations for item in loads))


def sure(found: list[Finding]) -> set[tuple[object, ...]]:
    return {
        (item.kind, item.edition, item.mineral, item.measure, item.place, item.column, item.certainty)
        for item in found
        if item.certainty != "possible"
    }


@pytest.mark.published
def test_all_that_is_wrong_in_the_releases_is_found_and_nothing_else(releases) -> None:
    found = [
        item
        for edition in EDITIONS
        for item in find(releases[releases["edition"] == edition], releases[releases["edition"] != edition])
    ]
    assert sure(found) == PUBLISHED


@pytest.mark.published
@pytest.mark.parametrize("order", ["as printed", "shuffled"])
def test_a_table_in_parts_is_checked_as_a_whole(monkeypatch, releases, order) -> None:
    edition = releases["edition"] == "2025"
    table, others = releases[edition], releases[~edition]
    if order == "shuffled":  # the figures of a mineral need not stand together
        table = table.sample(frac=1, random_state=1).reset_index(drop=True)
    twice = pd.concat([table, table.iloc[[5, 700]]], ignore_index=True)
    whole = check(twice, others)
    monkeypatch.setattr(quality, "_PART", 100)
    parts = check(twice, others)
    repeated = [[list(lines) for lines in found.repeated.figures(9)] for found in (parts, whole)]
    assert repeated[0] == repeated[1] != []
    exact = {"ratio"}  # the sum of a total depends on the order of its rows in the last digit
    assert [item.model_dump(exclude=exact) for item in parts.findings] == [
        item.model_dump(exclude=exact) for item in whole.findings
    ]
    assert [item.ratio for item in parts.findings] == pytest.approx([item.ratio for item in whole.findings])


@pytest.mark.published
def test_a_world_total_that_is_no_sum_is_possible(releases) -> None:
    found = find(releases[releases["edition"] == "2024"], releases[releases["edition"] != "2024"])
    (rare,) = [item for item in found if (item.mineral, item.measure) == ("rare-earths", "reserves")]
    assert brief(rare) == ("total", "reserves", "WLD", "115414500", "possible")


@pytest.mark.parametrize(
    ("total", "others", "certainty"),
    [("28200", 3, "likely"), ("22000", 3, "likely"), ("27000", 3, "possible"), ("28200", 0, "possible"),
     ("9000", 0, "likely"), ("25000", 3, None), ("25000", 0, None)],
)  # fmt: skip
def test_a_total_far_from_its_rows_is_likely_wrong_where_other_totals_are_sums(
    total: str, others: int, certainty: str | None
) -> None:
    """The rows add up to 25,400."""
    sums = [series("2024", RESERVES, mineral=f"mineral-{number}") for number in range(others)]
    found = find(together(series("2024", {**RESERVES, "WLD": total}), *sums))
    assert [(item.mineral, item.certainty) for item in found] == [("vanadium", certainty)] * bool(certainty)
