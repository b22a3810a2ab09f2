"""Printed values: what each spelling means, alone and by column."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.values import (
    Value,
    clean,
    clean_column,
    read_signed_values,
    read_value,
    read_values,
)
from loaders.vocabulary import Status

NUMBER, ESTIMATE = Status.AS_PUBLISHED, Status.ESTIMATED
WITHHELD, MISSING, IMPOSSIBLE = Status.WITHHELD, Status.NOT_AVAILABLE, Status.NOT_APPLICABLE
LESS, ELSEWHERE = Status.NOT_SIGNIFICANT, Status.INCLUDED_ELSEWHERE

# printed, value, lower, upper, status
VALUE_CASES = [
    # numbers
    ("0", 0.0, None, None, NUMBER),
    ("0 ", 0.0, None, None, NUMBER),
    ("4780", 4780.0, None, None, NUMBER),
    ("4,780", 4780.0, None, None, NUMBER),
    ("110,000,000", 110e6, None, None, NUMBER),
    ("5900000", 5.9e6, None, None, NUMBER),
    ("0.5", 0.5, None, None, NUMBER),
    ("1,234.25", 1234.25, None, None, NUMBER),
    ("\xa0\xa0\xa0\xa0 325", 325.0, None, None, NUMBER),
    ("68\xa0", 68.0, None, None, NUMBER),
    ("1e-05", 1e-05, None, None, NUMBER),
    ("1.2E+07", 1.2e7, None, None, NUMBER),
    # zeros
    ("—", 0.0, None, None, NUMBER),
    ("---", 0.0, None, None, NUMBER),
    # the estimate letter in front
    ("e5,000", 5000.0, None, None, ESTIMATE),
    ("e20,000", 20000.0, None, None, ESTIMATE),
    ("e3,900", 3900.0, None, None, ESTIMATE),
    # more than
    (">2000000", None, 2e6, None, NUMBER),
    (">17,000,000", None, 17e6, None, NUMBER),
    ("    >9,100,000", None, 9.1e6, None, NUMBER),
    ("More than 540", None, 540.0, None, NUMBER),
    # less than
    ("<1", None, 0.0, 1.0, LESS),
    ("<100", None, 0.0, 100.0, LESS),
    ("<200,000", None, 0.0, 200_000.0, LESS),
    ("Less than ½ unit.", None, 0.0, 0.5, LESS),
    ("Less than 1/2 unit", None, 0.0, 0.5, LESS),
    # ranges
    ("330 - 390", None, 330.0, 390.0, NUMBER),
    ("10,000 - 15,000", None, 10_000.0, 15_000.0, NUMBER),
    ("500–17,000", None, 500.0, 17_000.0, NUMBER),
    # words
    ("W", None, None, None, WITHHELD),
    ("NA", None, None, None, MISSING),
    ("        NA", None, None, None, MISSING),
    ("na", None, None, None, MISSING),
    ("XX", None, None, None, IMPOSSIBLE),
    ("xx", None, None, None, IMPOSSIBLE),
    ("Not applicable", None, None, None, IMPOSSIBLE),
    ("Large", None, None, None, MISSING),
    ("    Large", None, None, None, MISSING),
    ("Moderate", None, None, None, MISSING),
    ("Small", None, None, None, MISSING),
    ("Very small", None, None, None, MISSING),
    ("Moderate to large", None, None, None, MISSING),
    ('Categorized as "large"', None, None, None, MISSING),
    ("s", None, None, None, MISSING),
    ("Included in World total.", None, None, None, ELSEWHERE),
    ("Included with “Other countries.”", None, None, None, ELSEWHERE),
    ("included with ilmenite", None, None, None, ELSEWHERE),
]

UNREADABLE = [
    "",
    "   ",
    "?1",  # 2026: a lost minus sign
    "?10",
    "-3",
    "1,20",
    "1,2345",
    "1 200",
    "1e5",  # neither 100,000 nor an estimate of 15
    "(blank)",
    "\x97",  # a dash of Windows-1252 read as Latin-1
    "390 - 330",
    "W for 23-24",
    "Chinae",
    "1.2.3",
    "nan",
    "inf",
    "9" * 400,  # more than a float holds
]

_CELLS = st.sampled_from([case[0] for case in VALUE_CASES] + UNREADABLE) | st.text(max_size=12)


@pytest.mark.parametrize(("printed", "value", "lower", "upper", "status"), VALUE_CASES)
def test_a_printed_value_means(printed, value, lower, upper, status):
    assert read_value(printed) == Value(value, lower, upper, status)


@pytest.mark.parametrize("printed", UNREADABLE)
def test_anything_else_is_no_value(printed):
    assert read_value(printed) is None


@given(st.integers(0, 10**14), st.booleans())
def test_a_number_printed_with_commas_is_read_back(number, padded):
    printed = f"{number:,}".center(30) if padded else f"{number:,}"
    assert read_value(printed) == Value(float(number), None, None, NUMBER)


@given(st.floats(0, 1e15, allow_subnormal=False).filter(lambda x: x == 0 or x > 1e-90))
def test_a_number_as_python_prints_it_is_read_back_exactly(number):
    assert read_value(repr(number)) == Value(number, None, None, NUMBER)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_range_keeps_its_bounds_in_order(first, second):
    value = read_value(f"{first:,} - {second:,}")
    assert value == (Value(None, float(first), float(second), NUMBER) if first <= second else None)


@pytest.mark.slow
@given(st.lists(_CELLS, max_size=8))
@example(["1,000", "W", "", "½", "<5"])
@example([])
def test_a_column_is_read_as_its_cells_are(cells):
    read = read_values(pd.Series(cells, dtype="string", index=range(10, 10 + len(cells))))
    assert tuple(read.columns) == ("value", "lower", "upper", "status", "known")
    assert list(read.index) == list(range(10, 10 + len(cells)))
    for cell, line in zip(cells, read.itertuples(index=False), strict=True):
        assert _value(line) == read_value(cell), cell


def test_a_missing_cell_in_a_column_is_no_value():
    read = read_values(pd.Series(["7", None, "W"], dtype="string"))
    assert list(read["known"]) == [True, False, True]


@given(_CELLS)
def test_every_value_read_is_finite_and_not_negative(cell):
    value = read_value(cell)
    numbers = [] if value is None else [x for x in value[:3] if x is not None]
    assert all(math.isfinite(x) and x >= 0 for x in numbers)


@given(st.lists(st.text(alphabet=" \xa0\tab", max_size=6), max_size=6))
def test_a_column_is_cleaned_as_its_cells_are(cells):
    column = pd.Series(cells, dtype="string", name="place")
    assert list(clean_column(column)) == [clean(cell) for cell in cells]


def _value(line) -> Value | None:
    if not line.known:
        return None
    numbers = [None if math.isnan(x) else x for x in (line.value, line.lower, line.upper)]
    return Value(*numbers, Status(line.status))


@pytest.mark.parametrize(
    ("printed", "allowed", "value"),
    [
        ("−88", True, -88.0),
        ("-84.0", True, -84.0),
        ("- 5", True, -5.0),
        ("88", True, 88.0),
        ("−88", False, None),
    ],
)
def test_a_minus_is_read_where_a_number_may_be_negative(printed, allowed, value):
    read = read_signed_values(pd.Series([printed, "5"]), pd.Series([allowed, True])).iloc[0]
    assert (None if pd.isna(read["value"]) else read["value"], bool(read["known"])) == (
        value,
        value is not None,
    )
