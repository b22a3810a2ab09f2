"""What the signs of a picture mean stands below it; a printed word is neither a number nor absent."""

from __future__ import annotations

import pytest

from dashboard.exports.marks import keyed, marks_words
from dashboard.topics import view_of
from tests.figures import bundled_data

BOLD = "bold: the country of the account, and those that its imports come from"
SIGNS = [
    ("mineral", {"mineral": "helium"}, "e: estimated"),
    ("mineral", {"mineral": "cobalt"}, ""),
    (
        "country",
        {"place": "COD"},
        "e: estimated; =: tied; ≤: at most; –: not computed; no number: not available",
    ),
    ("stages", {"mineral": "gold"}, f"e: estimated; {BOLD}"),
    ("glance", {}, "≥: at least; ≤: at most; ≈: may be more or less; –: not computed"),
]


@pytest.mark.parametrize(("topic", "asked", "signs"), SIGNS, ids=[f"{c[0]} {c[1]}" for c in SIGNS])
def test_a_picture_says_what_its_signs_mean(topic: str, asked: dict[str, str], signs: str) -> None:
    view = view_of(topic, bundled_data(), **asked)
    assert view.chart
    assert keyed(view, view.chart).source.removesuffix(".").partition(" Signs: ")[2] == signs
    assert BOLD not in keyed(view, view.chart, bold=False).source


def test_bold_names_are_those_of_the_account() -> None:
    view = view_of("stages", bundled_data(), mineral="gold")
    words = "bold: United States and the countries that its imports come from by its own account."
    assert words in marks_words(view)


def test_the_status_of_a_word_is_that_it_is_one() -> None:
    view = view_of("explore", bundled_data(), mineral="bromine", measure="reserves", edition="usgs-mcs.2026")
    assert view.chart
    table = view.chart.table
    read = {
        name: (status, state)
        for name, status, state in zip(table["figure"], table["status"], table["state"], strict=True)
    }
    assert read["Israel"] == read["World"] == ("word", "word")
    assert read["Japan"] == ("not available", "not available")
    assert read["Jordan"] == ("as published", "value")
