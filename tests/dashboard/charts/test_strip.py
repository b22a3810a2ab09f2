"""The strip of evidence: each source once, with every mark of the chart that rests on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.charts.cards import Card
from dashboard.charts.strip import evidence_lines
from dashboard.markup import MARKS_LISTED, strip_html


def card(name: str, title: str, source: str = "") -> Card:
    return Card(name, "statistic", title, "", (("place", name),), f"{title}.", source=source)


def finder(*cards: Card) -> Callable[[str], Card | None]:
    return {found.id: found for found in cards}.get


A1, A2, B1, B2 = card("a|1", "A"), card("a|2", "A"), card("b|1", "B"), card("b|2", "B")
NEWS, OTHER_NEWS = card("claim", "News, 1 May", "x"), card("other", "News, 1 May", "y")
EDITION = card("a", "A")
MARKS = {"a|1": "one", "a|2": "two", "b|1": "three", "claim": "four", "other": "five"}


@pytest.mark.parametrize(
    ("cards", "chosen", "told"),
    [
        ([], None, "a|1: one, two; b|1: three; claim: four; other: five"),
        ([A2, A1], None, "a|2 a|1: one, two; b|1: three; claim: four; other: five"),
        ([B2, A1], None, "b|2: three; a|1: one, two; claim: four; other: five"),
        ([EDITION], "a|2", "*a|2 a: one, two; b|1: three; claim: four; other: five"),
        ([A1, A2], "a|2", "*a|2 a|1: one, two; b|1: three; claim: four; other: five"),
        ([A1], "b|1", "a|1: one, two; *b|1: three; claim: four; other: five"),
        ([A1], "gone", "a|1: one, two; b|1: three; claim: four; other: five"),
    ],
)
def test_each_source_is_one_line(cards: list[Card], chosen: str | None, told: str) -> None:
    lines = evidence_lines(cards, MARKS, finder(A1, A2, B1, NEWS, OTHER_NEWS), chosen)
    words = (
        f"{'*' * line.chosen}{' '.join(card.id for card in line.cards)}: {', '.join(line.marks.values())}"
        for line in lines
    )
    assert "; ".join(words) == told


def test_marks_that_have_no_card_are_buttons_and_the_rest_is_counted() -> None:
    marks = {f"a|{number}": f"mark {number}" for number in range(1, MARKS_LISTED + 3)}
    html = strip_html(evidence_lines([A1], marks, finder()))
    assert html.count("<button") == MARKS_LISTED
    assert "1 more are in the list above" in html
    assert f"{len(marks)} marks" in html
    assert 'data-mark="a|1"' not in html
