"""A bound stays beside its number in every file: what is at most so much is never only so much."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import pandas as pd
import pytest

from dashboard.charts.view import View
from dashboard.exports import csv, xlsx
from dashboard.exports import json as json_export
from dashboard.exports.small_table import small_table
from dashboard.snapshot import Snapshot
from dashboard.topics import TOPICS
from dashboard.topics.parameters import answer, settle_asked
from dashboard.words.shares import bounded_share

pytestmark = pytest.mark.slow

# The topic, what is asked for, the line, the number and its words in another column.
KEPT = [
    ("explore", {}, 0, "share", 44e6 / 85e6, "share_in_words", "at most 52 %"),
    ("explore", {"measure": "mine_production"}, 0, "share", 270e3 / 390e3, "share_in_words", "69 %"),
    ("concentration", {}, 0, "share", 44e6 / 85e6, "share_in_words", "at most 52 %"),
    ("concentration", {}, 1, "cumulative", 65e6 / 85e6, "cumulative_in_words", "at most 77 %"),
    ("glance", {"sort": "name"}, "Rare earths", "reserves_top_1", 44e6 / 85e6, "reserves_top_1_in_words",
     "at most 52 %"),
]  # fmt: skip


def shown(name: str, wanted: dict[str, str], data: Snapshot) -> View:
    topic = next(topic for topic in TOPICS if name == topic.NAME)
    return answer(topic, settle_asked(topic.PARAMETERS, wanted, data)[0], data)


@pytest.mark.parametrize("case", KEPT, ids=lambda case: f"{case[0]} {case[3]} {case[6]}")
def test_at_most_stands_beside_the_number_in_csv_json_and_excel(case, data: Snapshot) -> None:
    name, wanted, line, number, expected, words, told = case
    view = shown(name, wanted, data)
    assert view.chart
    if isinstance(line, str):
        line = view.chart.table["name"].tolist().index(line)
    found = json.loads(json_export.export(view, data.stamp))["figures"][line]
    assert (found[number], found[words]) == (pytest.approx(expected), told)
    table = pd.read_csv(io.BytesIO(csv.export(view, data.stamp)), encoding="utf-8-sig")
    assert (table[number].iloc[line], table[words].iloc[line]) == (pytest.approx(expected), told)
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.export(view, data.stamp)))["figures"]
    head, *rows = sheet.iter_rows(values_only=True)
    cells = dict(zip(head, rows[line], strict=True))
    assert (cells[number], cells[words]) == (pytest.approx(expected), told)
    small, head = small_table(view.chart), number.replace("_", " ")
    shown_once = [
        cell for name, cell in zip(small.head, small.rows[line], strict=True) if name in (number, head)
    ]
    assert shown_once == ([] if number == "cumulative" else [told])


def test_every_share_has_words_and_no_other_line_has(data: Snapshot) -> None:
    for name in ("explore", "concentration"):
        view = shown(name, {}, data)
        assert view.chart
        table = view.chart.table
        assert table["share"].notna().any()
        told = table["share_in_words"].fillna("").ne("")
        assert told.tolist() == table["share"].notna().tolist()
        words = set(table["share_in_words"].fillna(""))
        assert all(re.fullmatch(r"(at most )?[\d.]+ %|", text) for text in words)


@pytest.mark.parametrize(
    ("share", "bound", "digits", "words"),
    [
        (0.5176, True, 2, "at most 52 %"),
        (0.5176, False, 3, "51.8 %"),
        (1.004, True, 3, "at most 101 % (total rounded)"),
        (0.0, True, 2, "0 %"),
        (float("nan"), True, 3, ""),
    ],
)
def test_a_share_in_words(share: float, bound: bool, digits: int, words: str) -> None:
    assert bounded_share(share, bound, digits) == words
