"""What is past and what is to come is asked of the document's own date."""

from __future__ import annotations

import re
from datetime import date

import pytest

from loaders.articles import read_article
from tests.loaders.articles.passages import passages

IN = (2015, 2025, 2030, 2040, None)
"""The years of the documents; the last has no date."""

CASES = [
    # a sentence, and the moods of its figures in a document of each year
    ("Zambia's mines: 900,000 tonnes of copper by 2018.", "plan reported reported reported reported"),
    ("Bolivia's new smelter: 5,000 tonnes of tin from 2028.", "plan plan reported reported plan"),
    ("Zambia's mines: 900,000 tonnes of copper by 2035.", "plan plan plan reported plan"),
    ("Добыча меди в Казахстане: до 2028 года 5 тысяч тонн.", "plan plan reported reported plan"),
    ("К 2028 году Казахстан: 5 тысяч тонн меди.", "plan plan reported reported plan"),
    ("Bolivia: 5.000 toneladas de estaño hasta 2028.", "plan plan reported reported plan"),
    ("The mine might give 5,000 tonnes of tin by 2028.", "forecast forecast estimate estimate forecast"),
    (
        "The broker puts demand for lithium at 3 million tonnes in 2028.",
        "forecast forecast estimate estimate forecast",
    ),
    (
        "The broker thinks that demand for lithium, 3 million tonnes in 2028, is small.",
        "forecast forecast estimate estimate forecast",
    ),
    (
        "Peru's output of zinc is to rise from 1.4 million tonnes in 2028 to 1.6 million tonnes in 2045.",
        "plan+plan plan+plan reported+plan reported+plan plan+plan",
    ),
    (
        "Tin from a smelter that the state is to sell: 5,000 tonnes in 2028.",
        "plan plan reported reported plan",
    ),
    ("Chile mined 5,000 tonnes of tin in 2014.", "reported reported reported reported reported"),
    ("Chile will mine 5,000 tonnes of tin in 2045.", "plan plan plan plan plan"),
]


@pytest.mark.parametrize(("text", "moods"), CASES)
def test_the_mood_of_a_year(text: str, moods: str):
    read = [read_article(text, date=date(year, 3, 31) if year else None).candidates for year in IN]
    assert " ".join("+".join(one.modality for one in found) for found in read) == moods


YEAR = re.compile(r"(?<![\w.,$€£¥-])(?:19|20)\d\d(?!\w|[.,]\d|-\d| t\b| tonnes| kg)")


@pytest.mark.slow
@pytest.mark.parametrize("later", [-11, 4, 14])
def test_a_text_reads_the_same_when_all_its_years_are_moved(later: int):
    moved = {passage.id: (_read(passage.text, 0), _read(passage.text, later)) for passage in passages()}
    assert {name: pair for name, pair in moved.items() if pair[0] != pair[1]} == {}
    assert any(year for before, _ in moved.values() for *_, year in before)


def _read(text: str, later: int) -> list[tuple[str, str | None, str, int | None]]:
    """The figures of a text whose years are moved, each with its year moved back."""
    text = YEAR.sub(lambda year: str(int(year[0]) + later), text)
    found = read_article(text, date=date(2026 + later, 6, 30)).candidates
    return [(one.printed, one.measure, one.modality, one.year and one.year - later) for one in found]
