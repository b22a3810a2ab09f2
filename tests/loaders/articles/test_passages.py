"""The passages of our own: every figure found with its meaning, and nothing else taken."""

from __future__ import annotations

import pytest

from loaders.articles import read_article
from tests.loaders.articles.passages import Passage, faults, is_the_number, passages


@pytest.mark.parametrize("passage", passages(), ids=lambda passage: passage.id)
def test_passage_is_read_as_stated(passage: Passage):
    left = list(read_article(passage.text).candidates)
    wrong: list[str] = []
    for stated in passage.figures:
        found = next((candidate for candidate in left if is_the_number(stated, candidate)), None)
        if found is None:
            wrong.append(f"{stated.printed!r} is not found")
            continue
        left.remove(found)
        wrong.extend(faults(stated, found))
    wrong += [f"{candidate.printed!r} is taken as {candidate.kind}" for candidate in left]
    assert wrong == []


@pytest.mark.parametrize("passage", passages(), ids=lambda passage: passage.id)
def test_what_is_no_figure_is_listed_with_a_reason(passage: Passage):
    article = read_article(passage.text)
    cut = " ".join(piece.text for piece in article.cut)
    listed = [passed.printed for passed in article.passed_over if passed.reason]
    for printed in passage.not_figures:
        known = any(printed in words or words in printed for words in listed)
        assert known or printed in cut, f"{printed!r} is neither passed over nor cut"


def test_there_are_passages_enough():
    assert len(passages()) >= 60
