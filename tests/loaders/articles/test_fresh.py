"""Passages that were written before the reader was tried on them: how much of them is read rightly."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from loaders.articles import Candidate, read_article
from tests.loaders.articles.passages import FRESH, faults, is_the_number, passages

GOALS = {
    "precision": 0.98,
    "recall": 0.92,
    "mineral": 0.88,
    "place": 0.88,
    "measure": 0.88,
    "modality": 0.9,
    "speaker": 0.85,
}
FIELDS = ("mineral", "place", "measure", "modality", "speaker")


@cache
def candidates() -> dict[str, tuple[Candidate, ...]]:
    """What is read in each passage; each is read once."""
    return {passage.id: read_article(passage.text).candidates for passage in passages(FRESH)}


def reached() -> dict[str, float]:
    """Each goal's share of the passages."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for passage in passages(FRESH):
        left = list(candidates()[passage.id])
        asked["precision"] += len(left)
        asked["recall"] += len(passage.figures)
        for stated in passage.figures:
            found = next((candidate for candidate in left if is_the_number(stated, candidate)), None)
            if found is None:
                continue
            left.remove(found)
            right.update(("precision", "recall"))
            wrong = " ".join(faults(stated, found))
            for field in FIELDS:
                asked[field] += bool(getattr(stated, field))
                right[field] += bool(getattr(stated, field)) and f" {field}: " not in wrong
    return {goal: right[goal] / asked[goal] for goal in GOALS}


@pytest.mark.slow
def test_the_fresh_passages_reach_the_goals() -> None:
    shares = reached()
    assert {goal: shares[goal] for goal, least in GOALS.items() if shares[goal] < least} == {}


@pytest.mark.slow
def test_nothing_is_taken_that_is_no_figure() -> None:
    taken = {
        passage.id: sorted({item.printed for item in candidates()[passage.id]} & set(passage.not_figures))
        for passage in passages(FRESH)
    }
    assert {name: printed for name, printed in taken.items() if printed} == {}


def test_there_are_fresh_passages_enough() -> None:
    assert len(passages(FRESH)) >= 60
