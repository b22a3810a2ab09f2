"""Classes of a map: few, round, and each value in one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.classes import MOST_CLASSES, class_breaks, class_number, present_ranks
from dashboard.words.maps import amount_classes, claims_finding, count_classes, rank_classes

CASES = [
    ("one value", [5.0], ()),
    ("all alike", [5.0, 5.0], ()),
    ("nothing", [], ()),
    ("zero and no number", [0.0, float("nan"), 3.0], ()),
    ("within a power of ten", [1.5, 4.0, 9.0], (2.0, 5.0)),
    ("two powers", [0.8e6, 44e6], (1e6, 3e6, 1e7, 3e7)),
    ("many powers", [1.0, 1e9], (1e6, 1e7, 1e8, 1e9)),
    ("shares", [0.004, 0.49], (0.01, 0.03, 0.1, 0.3)),
    ("the largest is a break", [1.0, 10.0], (2.0, 5.0, 10.0)),
]


@pytest.mark.parametrize(("values", "breaks"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_classes_begin_at_round_numbers(values: list[float], breaks: tuple[float, ...]) -> None:
    assert class_breaks(values) == pytest.approx(breaks)


@given(st.lists(st.floats(1e-9, 1e12), min_size=1, max_size=40))
def test_every_value_has_a_class_and_the_highest_has_one(values: list[float]) -> None:
    breaks = class_breaks(values)
    assert len(breaks) < MOST_CLASSES
    assert list(breaks) == sorted(breaks)
    numbers = {class_number(value, breaks) for value in values}
    assert max(numbers) == len(breaks)
    assert min(numbers) == 0 or len(breaks) == MOST_CLASSES - 1


def test_classes_in_words() -> None:
    assert amount_classes((1e6, 3e6), 9e6, "t") == ("under 1 Mt", "1 Mt to under 3 Mt", "3 Mt and more")
    assert amount_classes((), 450.0, "t") == ("up to 450 t",)
    assert amount_classes((0.01, 0.1), 0.4, "1") == ("under 1 %", "1 % to under 10 %", "10 % and more")
    assert rank_classes(present_ranks(12)) == ("1st", "2nd and 3rd", "4th to 10th", "11th and after")
    assert rank_classes(present_ranks(1)) == ("1st",)
    assert rank_classes(present_ranks(2)) == ("1st", "2nd and after")
    assert count_classes((2.0, 5.0), 1, 9) == ("1 claim", "2 to 4 claims", "5 to 9 claims")
    assert count_classes((), 1, 1) == ("1 claim",)
    assert count_classes((), 3, 3) == ("3 claims",)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"RUS": 3}, "Every one of 3 claims about lithium that names a country is about Russia"),
        ({"RUS": 3, "CHN": 1}, "Of 4 claims about lithium that name a country, most are about Russia: 3"),
        (
            {"CHN": 2, "RUS": 2},
            "Of 4 claims about lithium that name a country, most are about China and Russia: 2 each",
        ),
    ],
)  # fmt: skip
def test_whom_most_claims_are_about(counts: dict[str, int], said: str) -> None:
    assert claims_finding(counts, "lithium") == said
