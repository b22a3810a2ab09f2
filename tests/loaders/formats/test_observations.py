"""The assembly that all formats share, with a publisher of a few lines."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from loaders.answers.answers import EACH_COMMA, EACH_DECIMAL, EACH_POINT, Answers
from loaders.formats.observations import Origin, Reading, RowAccount, assemble, rows_without_figures
from loaders.formats.refusing import RowCheck, scaled
from loaders.formats.years import newest_year, stray_years
from loaders.model import OBSERVATION_COLUMNS
from loaders.names import read_minerals

ORIGIN = Origin(
    "my-ministry", "2025", "any", {"place": "Land", "mineral": "Rohstoff", "unit": "Einheit", "year": "Jahr"}
)
CELL: dict[str, Any] = {
    "file": "table.csv", "row": 2, "column": "Menge", "commodity": "lithium", "measure": "mine_production",
    "year": 2024, "printed_value": "1,200", "printed_unit": "t", "printed_name": "Chile",
    "printed_measure": "Bergbau",
}  # fmt: skip


def read(*rows: dict[str, Any], account: RowAccount | None = None, **options: Any) -> Reading:
    cells = pd.DataFrame([CELL | {"row": number} | row for number, row in enumerate(rows, start=2)])
    cells = cells.assign(mineral=read_minerals(cells["commodity"], "any")) if "commodity" in cells else cells
    return assemble(cells, options.pop("origin", ORIGIN), account or RowAccount(len(rows)), **options)


def test_names_units_and_values_are_read_and_the_other_columns_filled() -> None:
    found = read({"printed_unit": "kt"}).observations
    assert found.dtypes.astype(str).to_dict() == {
        name: {"string": "string"}.get(kind, kind) for name, kind in OBSERVATION_COLUMNS.items()
    }
    line = found.iloc[0]
    assert line[["dataset", "edition", "mineral", "place"]].tolist() == [
        "my-ministry",
        "2025",
        "lithium",
        "CHL",
    ]
    assert line[["value", "unit", "basis", "status"]].tolist() == [1_200_000, "t", "undefined", "A"]
    assert line[["class", "scheme"]].tolist() == ["not_applicable", "not_applicable"]
    assert line[["detail", "note", "correction"]].tolist() == ["", "", ""]


def test_amounts_in_the_ground_have_the_class_and_the_scheme_of_the_publisher() -> None:
    found = read({"measure": "reserves"}, {"measure": "resources"}, {}).observations
    assert found["class"].tolist() == ["undefined", "undefined", "not_applicable"]


def test_a_blank_cell_is_a_figure_that_the_publisher_does_not_have() -> None:
    line = read({"printed_value": " "}).observations.iloc[0]
    assert math.isnan(line["value"])
    assert line["status"] == "O"


def test_a_basis_that_the_unit_states_comes_before_that_of_the_cell() -> None:
    lines = read({"printed_unit": "tonnes (metal content)", "basis": "gross"}, {"basis": "gross"},
                 origin=ORIGIN._replace(publisher="bgs")).observations  # fmt: skip
    assert lines["basis"].tolist()[1] == "gross"
    assert lines["basis"].tolist()[0] == "content"


def test_each_cell_that_cannot_be_read_is_refused_with_the_publishers_header() -> None:
    wrong = [
        {"printed_name": "Narnia"}, {"commodity": "unobtainium"}, {"printed_unit": "barrels"},
        {"printed_value": "12?"}, {},
    ]  # fmt: skip
    reading = read(*wrong)
    assert [(p.rule, p.column, p.row) for p in reading.problems] == [
        ("unknown place", "Land", 2),
        ("unknown mineral", "Rohstoff", 3),
        ("unknown unit", "Einheit", 4),
        ("unreadable value", "Menge", 5),
    ]
    assert (len(reading.observations), reading.rows_refused, reading.cells_refused) == (1, 4, 4)


def test_a_check_of_the_format_takes_the_place_of_the_standard_one() -> None:
    checks = [RowCheck("unknown mineral", pd.Series([False, True]), "printed_measure", "Art")]
    reading = read({"commodity": "unobtainium"}, {}, checks=checks)
    assert [(p.rule, p.column, p.row) for p in reading.problems] == [("unknown mineral", "Art", 3)]


def test_the_rest_is_accounted_for() -> None:
    cells = pd.DataFrame({"file": "a.csv", "row": [2, 2, 3, 3]})
    absent = pd.Series([True, False, True, True])
    ignored = rows_without_figures(cells, absent, "no figure")
    assert [(item.file, item.reason, item.count) for item in ignored] == [("a.csv", "no figure", 1)]
    reading = read({"told": False}, {"told": True}, account=RowAccount(9, ignored, absent=3, refused=2))
    assert (reading.rows_read, reading.ignored, reading.cells_absent) == (9, ignored, 3)
    assert (len(reading.observations), reading.rows_refused, reading.cells_refused) == (1, 3, 3)


def test_a_row_refused_already_is_not_refused_again_for_its_unit() -> None:
    reading = read({"told": True, "printed_unit": "barrels"}, {"told": False})
    assert reading.problems == []
    assert len(reading.observations) == 1


def test_minerals_and_places_that_a_format_reads_itself_take_answers_too() -> None:
    answers = Answers(minerals={"unobtainium": "cobalt"}, places={"Narnia": "CHL"})
    strange = {"commodity": "unobtainium", "printed_name": "Narnia", "place": None}
    known = {"commodity": "lithium", "printed_name": "Peru", "place": "PER"}
    reading = read(strange, known, origin=ORIGIN._replace(answers=answers))
    assert reading.problems == []
    assert reading.observations[["mineral", "place"]].to_numpy().tolist() == [
        ["cobalt", "CHL"],
        ["lithium", "PER"],
    ]


# printed number, factor of its unit -> the number in the canonical unit
PRODUCTS = [
    (8.3, 1e6, 8_300_000.0), (2800, 0.001, 2.8), (4000, 0.0311034768, 124.4139072), (1.1e-12, 1000, 1.1e-9),
    (0.1, 1e9, 1e8), (123456.7, 1e6, 123_456_700_000.0), (1 / 3, 1000, 1000 / 3),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "factor", "number"), PRODUCTS)
def test_a_product_has_no_digits_of_the_computer(printed, factor, number):
    column = pd.Series([printed, printed, np.nan])
    found = scaled(column, np.array([factor] * 3))
    assert found.tolist()[:2] == [number, number]
    assert np.isnan(found[2])


# what stands beside 12.000 in its file -> the rule by which its point is doubted
POINTS = [
    ("thousands with commas", ["1,200"], "point or comma"),
    ("millions with commas", ["1,200,000"], "point or comma"),
    ("a bound with a comma", [">1,000"], "point or comma"),
    ("fewer decimals", ["1200", "0.5"], ""),
    ("more decimals", ["12.3456"], ""),
    ("part of one", ["0.125"], ""),
    ("thousands and decimals", ["1234.500"], ""),
    ("commas in words alone", ["Included in tin, lead"], "point or thousands"),
    ("none of either", ["1200", "900", "0", "W"], "point or thousands"),
    ("nothing", [], "point or thousands"),
]


@pytest.mark.parametrize("printed", ["12.000", "1.234", "e120.500", "<12.000"])
@pytest.mark.parametrize(("name", "beside", "rule"), POINTS, ids=[case[0] for case in POINTS])
def test_three_digits_after_a_point_are_doubted(
    name: str, beside: list[str], rule: str, printed: str
) -> None:
    others = [{"printed_value": text} for text in beside]
    reading = read({"printed_value": printed}, *others)
    elsewhere = read({"printed_value": printed, "file": "other.csv"}, *others)
    asked = EACH_POINT if rule == "point or thousands" else printed
    assert [(p.rule, p.row) for p in reading.problems] == [(rule, 2)] * bool(rule)
    assert [(q.kind, q.printed) for q in reading.questions] == [("sign", asked)] * bool(rule)
    assert [p.rule for p in elsewhere.problems] == ["point or thousands"]


@pytest.mark.parametrize(("ours", "numbers"), [("1000", [12000.0, 1234567.0]), ("1", [12.0])])
def test_the_points_of_a_file_are_asked_about_once(ours: str, numbers: list[float]) -> None:
    cells: list[dict[str, Any]] = [{"printed_value": "12.000"}, {"printed_value": "1.234.567"}]
    (question,) = read(*cells).questions
    assert (question.printed, question.rows, question.near) == (EACH_POINT, 2, ("1000", "1"))
    origin = ORIGIN._replace(answers=Answers(symbols={EACH_POINT: ours}))
    again = read(*cells, origin=origin)
    assert again.observations["value"].tolist() == numbers
    assert again.answered == {("sign", EACH_POINT): 2}
    settled = read({"printed_value": "12.000"}, {"printed_value": "0.5"}, origin=origin)
    assert settled.observations["value"].tolist() == [12.0, 0.5]


# numbers of a file; what is asked, in how many rows, what is answered, what is asked then; the numbers
P, D, C = EACH_POINT, EACH_DECIMAL, EACH_COMMA
COMMAS: list[tuple[list[str], list[tuple[str, int, str]], list[float]]] = [
    (["1.200", "0,5", "1.234,5"], [(P, 3, "1000")], [1200.0, 0.5, 1234.5]),
    (["1.200", "<7,25", "3.000.000"], [(P, 3, "1000")], [1200.0, math.nan, 3e6]),
    (["1.200", "1,5", "2,5", "1,234"], [(P, 3, "1000"), (C, 1, "1000")], [1200.0, 1.5, 2.5, 1234.0]),
    (["1.200", "1,5", "2,5", "1,234"], [(P, 3, "1000"), (C, 1, "1")], [1200.0, 1.5, 2.5, 1.234]),
    (["1.234.567", "1,234"], [(P, 1, "1000"), (C, 1, "1000")], [1234567.0, 1234.0]),
    (["1200", "0,5", "12,75"], [(D, 2, "1.5")], [1200.0, 0.5, 12.75]),
    (["0,125", "0,25", "1,234"], [(D, 2, "1.5"), (C, 1, "1")], [0.125, 0.25, 1.234]),
    (["e0,5", "1,5", "12"], [(D, 2, "1.5")], [0.5, 1.5, 12.0]),
    (["1,200", "900"], [], [1200.0, 900.0]),
]


@pytest.mark.parametrize(("printed", "asked", "numbers"), COMMAS)
def test_points_and_commas_are_asked_about_by_their_kind(
    printed: list[str], asked: list[tuple[str, int, str]], numbers: list[float]
) -> None:
    cells = [{"printed_value": text} for text in printed]
    said: dict[str, str] = {}
    for text, rows, ours in asked:
        reading = read(*cells, origin=ORIGIN._replace(answers=Answers(symbols=said)))
        assert [(one.printed, one.rows) for one in reading.questions] == [(text, rows)]
        assert ours in reading.questions[0].near
        said[text] = ours
    last = read(*cells, origin=ORIGIN._replace(answers=Answers(symbols=said)))
    assert (last.problems, {text for _, text in last.answered}) == ([], set(said))
    assert last.observations["value"].tolist() == pytest.approx(numbers, nan_ok=True)


def test_a_single_decimal_comma_is_asked_about_by_itself() -> None:
    for others in (["1,200", "3,400"], ["900"]):
        reading = read(*({"printed_value": text} for text in ("1,50", *others)))
        assert [(one.printed, one.row) for one in reading.questions] == [("1,50", 2)]


def test_the_points_of_parts_of_a_whole_are_not_asked_about() -> None:
    assert read({"printed_value": "12.345", "printed_unit": "percent"}).problems == []


@pytest.mark.parametrize("printed", ["12.0", "12.0000", "0.125", "1200.500", "1,234.500", "12"])
def test_other_numbers_are_not_doubted(printed: str) -> None:
    assert read({"printed_value": printed}, {}).problems == []


def test_the_doubt_about_a_point_is_answered_with_either_reading() -> None:
    (question,) = read({"printed_value": "12.000"}, {}).questions
    assert question.near == ("12000", "12")
    for ours in question.near:
        origin = ORIGIN._replace(answers=Answers(symbols={"12.000": ours}))
        assert read({"printed_value": "12.000"}, {}, origin=origin).observations["value"][0] == float(ours)


# rows of each year, gap -> the newest year, the stray ones
YEARS = [
    ({2025: 40, 2026: 40, 2062: 1}, 5, 2026, [2062]),
    ({2025: 40, 2026: 40, 2062: 1, 2063: 2}, 5, 2026, [2062, 2063]),
    ({2025: 40, 2026: 40, 2027: 1}, 5, 2027, []),
    ({2025: 40, 2026: 40, 2027: 1}, 1, 2026, [2027]),
    ({1900: 1, 2025: 40, 2026: 40}, 5, 2026, []),
    ({2020: 40, 2030: 40, 2040: 40}, 5, 2040, []),
    ({2020: 1, 2040: 1}, 5, 2040, []),
    ({2026: 1}, 1, 2026, []),
]


@pytest.mark.parametrize(("rows", "gap", "newest", "stray"), YEARS)
def test_a_year_far_beyond_the_others_is_stray(rows: dict, gap: int, newest: int, stray: list) -> None:
    years = pd.Series([year for year, count in rows.items() for _ in range(count)] + [None], dtype="Int64")
    assert newest_year(years, gap) == newest
    assert sorted(set(years[stray_years(years, gap)])) == stray


def test_the_row_of_a_stray_year_is_refused() -> None:
    usual = [{"printed_year": "2024"}] * 20
    reading = read({"printed_year": "2042", "year": 2042}, *usual)
    assert [(p.rule, p.column, p.row) for p in reading.problems] == [("stray year", "Jahr", 2)]
