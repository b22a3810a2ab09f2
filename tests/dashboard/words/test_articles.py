"""What was found in an article, in words."""

from __future__ import annotations

import pytest

from dashboard.topics.claims import claim_unit_words
from dashboard.words.articles import found_line, reading_facts, reading_line
from dashboard.words.claims import claim_words
from loaders.articles import read_article
from loaders.vocabulary import Kind
from tests.figures import claim

LINES = {
    "Antimony exports from China fell 34 %.": "down 34 % · antimony · China · change of exports · reported",
    "Chile has far more copper reserves than Peru.": "more · copper · Chile · reserves · reported",
    "China mines twice as much copper as Peru.": "2 times · copper · China · mine production · reported",
    "Copper sold for $9,700 a tonne in Peru.": "9,700 USD/t · copper · Peru · price · reported",
}


def test_the_words_that_decided_stand_beside_each_part():
    found = read_article("Peru mined 5,000 tonnes of copper in 2024.").candidates[0]
    facts = dict(reading_facts(found))
    assert facts["year"] == "2024, from “2024” (the year said of it)"
    assert facts["stage"].startswith("mine, from “mined”")


RATIOS = {
    ("34", "per cent", 0.34): ("34 %", "per cent"),
    ("1.5", "%", 0.015): ("1.5 %", "per cent"),
    ("7.5", "times", 7.5): ("7.5 times", "times"),
    ("twice", "", 2.0): ("2 times", "times"),
}


@pytest.mark.parametrize("printed", RATIOS)
def test_a_change_in_per_cent_is_not_told_in_times(printed: tuple[str, str, float]) -> None:
    number, unit, value = printed
    change = claim(kind=Kind.RATIO, printed_value=number, printed_unit=unit, value=value, unit="1")
    assert (claim_words(change), claim_unit_words(change)) == RATIOS[printed]


@pytest.mark.parametrize("text", LINES)
def test_a_reading_in_a_line(text: str) -> None:
    assert [reading_line(found) for found in read_article(text).candidates] == [LINES[text]]


@pytest.mark.parametrize(("printed", "first"), [("34 %", "34 %"), ("34 per cent", "34 per cent · 34 %")])
def test_a_number_stands_once_where_it_is_read_as_it_is_printed(printed: str, first: str) -> None:
    (found,) = read_article(f"China mined {printed} of the world's antimony.").candidates
    assert found_line(found.printed, reading_line(found)).startswith(f"{first} · antimony · China · ")
    assert dict(reading_facts(found))["modality"] == "reported"
