"""What was found in an article, in words."""

from __future__ import annotations

import pytest

from dashboard.words.articles import reading_line
from loaders.articles import read_article

LINES = {
    "Antimony exports from China fell 34 per cent.": "34 % · antimony · China · change of exports · reported",
    "China mines twice as much copper as Peru.": "2 times · copper · China · mine production · reported",
    "Copper sold for $9,700 a tonne in Peru.": "9,700 USD/t · copper · Peru · price · reported",
}


@pytest.mark.parametrize("text", LINES)
def test_a_reading_in_a_line(text: str):
    assert [reading_line(found) for found in read_article(text).candidates] == [LINES[text]]
