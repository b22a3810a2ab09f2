"""Tables as text, JSON and CSV: what is shown, what is cut, and that it fits."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.cli.text import NARROWEST, table_csv, table_json, table_text

NOTE = "Reported. Data are rounded to no more than three significant digits."


def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": pd.Series(["a-very-long-id-that-is-never-cut", "b"], dtype="string"),
            "mineral": pd.Series(["lithium", "lithium"], dtype="string"),
            "year": pd.Series([2024, 2025], dtype="int64"),
            "value": pd.Series([658_000_000.0, None], dtype="float64"),
            "unit": pd.Series(["t", "1"], dtype="string"),
            "printed": pd.Series(["658 million\nmetric tons", "“far more”"], dtype="string"),
            "chain": pd.Series([("Ministry", "Paper"), ("Paper",)], dtype=object),
            "part_of": pd.Series([None, None], dtype="string"),
            "note": pd.Series([NOTE, ""], dtype="string"),
        }
    )


def test_text_of_a_table() -> None:
    assert table_text(table(), 143).splitlines() == [
        "In every row: mineral lithium",
        "",
        "id                                year        value  unit  printed                  "
        "chain              note",
        "--------------------------------  ----  -----------  ----  -----------------------  "
        "-----------------  ----------------------------------------",
        "a-very-long-id-that-is-never-cut  2024  658,000,000  t     658 million metric tons  "
        "Ministry -> Paper  Reported. Data are rounded to no more t…",
        "b                                 2025               1     “far more”               Paper",
        "",
        "2 rows. What ends with … is cut: see --format csv.",
    ]
    assert NOTE in table_text(table(), 200)


def test_years_have_no_separator_and_computed_numbers_few_digits() -> None:
    columns = {"old_year": [2024, 2025], "share": [0.0766666666666667, 0.5], "ratio": [12.3456789, None]}
    text = table_text(pd.DataFrame(columns | {"new_year": [2024.0, None]}), 80)
    assert [line.split() for line in text.splitlines()[2:4]] == [
        ["2024", "0.07667", "12.35", "2024"],
        ["2025", "0.5"],
    ]


def test_what_a_narrow_window_has_no_room_for_is_named() -> None:
    lines = table_text(table(), 80).splitlines()
    assert lines[2].split() == ["id", "year", "value", "unit", "printed"]
    assert lines[-1] == "2 rows. No room for chain, note: see --format csv."


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 1000])
def test_lines_fit_the_window(width: int) -> None:
    lines = table_text(table(), width).splitlines()
    assert max(map(len, lines)) <= width


NUMBERS = [
    (500_000_000_000.0, "500,000,000,000"),
    (0.01, "0.01"),
    (0.1 + 0.2, "0.3"),
    (5.0, "5"),
    (-0.5, "-0.5"),
]


@pytest.mark.parametrize(("value", "shown"), NUMBERS)
def test_numbers_are_whole_and_grouped(value: float, shown: str) -> None:
    text = table_text(pd.DataFrame({"value": [value, 0.0]}), 80)
    assert text.splitlines()[2] == shown.rjust(max(len(shown), len("value")))


def test_one_row_and_no_row() -> None:
    assert table_text(table().head(1), 200).splitlines()[-1] == "1 row."
    empty = table_text(table().head(0), 200).splitlines()
    assert empty[0].split() == list(table().columns)
    assert empty[-1] == "0 rows."
    assert table_json(table().head(0)) == "[]\n"
    assert table_csv(table().head(0)).splitlines() == [",".join(table().columns)]


def test_json_has_an_object_per_row() -> None:
    rows = json.loads(table_json(table()))
    assert rows[0]["chain"] == ["Ministry", "Paper"]
    assert (rows[0]["value"], rows[1]["value"]) == (658_000_000.0, None)
    assert (rows[0]["year"], rows[1]["part_of"]) == (2024, None)
    assert len(table_json(table()).splitlines()) == len(rows) + 2


@given(st.lists(st.tuples(st.text(), st.floats(allow_infinity=False)), max_size=5), st.integers(20, 200))
def test_any_text_and_number_survives_json_and_fits(rows: list[tuple[str, float]], width: int) -> None:
    frame = pd.DataFrame(rows, columns=["note", "value"]).astype({"note": "string", "value": "float64"})
    back = [(row["note"], row["value"]) for row in json.loads(table_json(frame))]
    assert back == [(note, None if value != value else value) for note, value in rows]
    wide = max((len(f"{value:,.15g}") for _, value in rows), default=0) + NARROWEST + 2
    assert all(len(line) <= max(width, wide) for line in table_text(frame, width).splitlines())
