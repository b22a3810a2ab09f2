"""Numbers for lines: laws of the arrays that the quality pass compares."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.quality.arrays import (
    Coded,
    coded,
    combine,
    first_lines,
    first_where,
    number_lines,
    sorted_lines,
    stacked,
    without_copy,
)

_TEXTS = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=12)
_LARGE = st.integers(0, 2**62 - 1)


def _coded(texts: list[str]) -> Coded:
    return coded([pd.Series(texts, dtype="string")])[0]


def _said(column: Coded) -> list[str]:
    return [column.text(line) for line in range(len(column.codes))]


@pytest.mark.slow
@given(_TEXTS, _TEXTS)
def test_texts_come_back_also_below_others(own: list[str], other: list[str]) -> None:
    assert _said(_coded(own)) == own
    assert _said(stacked(_coded(own), _coded(other))) == own + other


@given(_TEXTS, st.sets(st.sampled_from(["a", "b", "x"])))
def test_where_a_text_stands(texts: list[str], wanted: set[str]) -> None:
    column = _coded(texts)
    assert column.among(wanted).tolist() == [text in wanted for text in texts]
    assert {column.texts[code] for code in column.present()} == set(texts)


@pytest.mark.slow
@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), _LARGE, st.integers(-5, 5)), min_size=1, max_size=12))
def test_lines_of_the_same_keys_have_the_same_number(lines: list[tuple[str, int, int]]) -> None:
    texts, large, small = zip(*lines, strict=True)
    keys = [_coded(list(texts)), np.array(large), np.array(small), np.array(large[::-1])]
    whole = list(zip(texts, large, small, large[::-1], strict=True))
    combined = combine(keys).tolist()
    assert len(set(combined)) == len(set(zip(combined, whole, strict=True))) == len(set(whole))
    numbers = number_lines(keys)
    assert sorted(set(numbers.tolist())) == list(range(len(set(whole))))
    assert first_lines(numbers).tolist() == sorted(whole.index(line) for line in set(whole))


@given(st.lists(st.integers(0, 3) | _LARGE, max_size=12))
def test_sorting_is_that_of_argsort(keys: list[int]) -> None:
    found = sorted_lines(np.array(keys, dtype="int64"))
    assert found.tolist() == np.argsort(np.array(keys, dtype="int64"), kind="stable").tolist()


def test_the_first_line_of_each_code() -> None:
    mask = np.array([False, True, True, False])
    assert first_where(mask, np.array([0, 1, 1, 0]), np.array([-1, -1])).tolist() == [-1, 1]


@pytest.mark.parametrize(
    ("lines", "kept"), [([], []), ([3], slice(3, 4)), ([2, 3], slice(2, 4)), ([2, 4], [2, 4])]
)
def test_lines_that_stand_together_are_a_slice(lines: list[int], kept: object) -> None:
    found = without_copy(np.array(lines, dtype="int64"))
    assert (found if isinstance(found, slice) else found.tolist()) == kept
