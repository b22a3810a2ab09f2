"""The signs in the cells of a drawn table, or at its bars, are explained below it, and no other ones."""

from __future__ import annotations

import re

import pytest

from dashboard.charts.chart import Heat
from dashboard.snapshot import Snapshot
from dashboard.topics import view_of

IN_WORDS = {
    "≤": r"^≤ ", "of rows": r" of rows$", "e": r" e(?: \*)?(?:;|$)", "*": r" \*(?:;|$)", "=": r"^=",
    "no row": r"^no row$", "–": r"^–$", "·": r"^·$", "×": r"^×$", "no number": r"^no number$",
    "elsewhere": r"^elsewhere$",
}  # fmt: skip
"""Each sign, and where it stands in the words of a cell or at a bar."""

TABLES: list[tuple[str, dict[str, str], set[str]]] = [
    ("country", {"place": "RUS", "edition": "usgs-mcs.2025", "which": "all"}, {"=", "–", "·", "×", "e"}),
    ("country", {"place": "UZB", "edition": "usgs-mcs.2023", "which": "all"}, {"*", "no number"}),
    ("mineral", {"mineral": "ferrosilicon", "edition": "usgs-mcs.2023"}, {"of rows"}),
    ("mineral", {"mineral": "lithium", "edition": "usgs-mcs.2026"}, {"≤"}),
    ("compare", {"of": "countries", "places": "CHN,RUS,COD", "edition": "usgs-mcs.2025"}, {"≤", "no row"}),
    ("compare", {"of": "minerals", "minerals": "cobalt,nickel", "edition": "usgs-mcs.2025"}, {"≤"}),
    ("compare", {"of": "minerals", "minerals": "barite,helium", "edition": "usgs-mcs.2025"}, set()),
]


@pytest.mark.parametrize(("topic", "asked", "some"), TABLES)
def test_every_sign_is_explained(topic: str, asked: dict[str, str], some: set[str], data: Snapshot) -> None:
    view = view_of(topic, data, **asked)
    assert view.chart is not None
    drawing = view.chart.drawing
    tables = [drawing.cells] if isinstance(drawing, Heat) else [panel.rows for panel in drawing.panels]
    words = [said for table in tables for said in table["words"]]
    there = {sign for sign, where in IN_WORDS.items() if any(re.search(where, said) for said in words)}
    assert {mark.sign for mark in view.marks} == there >= some
