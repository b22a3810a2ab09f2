"""Definitions of the words in a file, where they are asked for: those that occur, in every format."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dashboard.charts.view import Mark, View
from dashboard.exports import EXPORTS
from dashboard.exports.about import about_file
from dashboard.exports.choices import Choices
from dashboard.snapshot import Snapshot
from dashboard.topics import view_of
from loaders.vocabulary import Basis, Measure, ReserveClass, Status
from tests.dashboard.drawing.test_drawing import DRAWINGS
from tests.dashboard.exports.test_formats import ON, READ_AS_TEXT, STAMP, view

pytestmark = pytest.mark.slow

ASKED = Choices(made="2026-03-31", about=True, definitions=True)


@pytest.fixture(scope="module")
def shown(data: Snapshot) -> View:
    return view_of("explore", data, mineral="lithium", measure="reserves", edition="usgs-mcs.2026")


@pytest.mark.parametrize("kind", EXPORTS, ids=lambda kind: kind.NAME)
def test_words_that_occur_are_explained_where_it_is_asked_for(kind: Any, shown: View, data: Snapshot) -> None:
    told = " ".join(READ_AS_TEXT[kind.NAME](kind.export(shown, data.stamp, ASKED)).split())
    for term in (Measure.RESERVES, Basis.CONTENT, ReserveClass.RESERVE, Status.AS_PUBLISHED):
        assert term.definition in told, term
    for term in (Measure.PRICE, Basis.REO, ReserveClass.STATE_BALANCE, Status.FORECAST):
        assert term.definition not in told, term


def test_nobody_gets_them_unasked_and_the_command_asks_for_them_again(shown: View, data: Snapshot) -> None:
    (csv,) = [kind for kind in EXPORTS if kind.NAME == "csv"]
    unasked = csv.export(shown, data.stamp, Choices(made="2026-03-31", about=True)).decode()
    assert Measure.RESERVES.definition not in unasked
    asked = csv.export(shown, data.stamp, ASKED).decode()
    assert "# definition: reserves (measure): What can be extracted economically now" in asked
    assert " --about --definitions -o " in asked


def test_a_mark_is_told_from_its_meaning_once() -> None:
    marked = replace(
        view(DRAWINGS[0]), marks=(Mark("value", "A number.", named=True), Mark("≥", "At least."))
    )
    assert marked.chart
    facts = {fact.label: fact.text for fact in about_file(marked, marked.chart, STAMP, ON, ".csv")}
    assert facts["signs"] == "value: A number. ≥: At least."
