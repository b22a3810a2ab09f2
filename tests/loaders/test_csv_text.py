"""Tables as CSV: what is written reads back, and what a person opens is no formula."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.csv_text import csv_text, spreadsheet_csv

CELLS = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(["a\rb", "\r\n", '"', ",", "\n"])


@given(st.lists(st.tuples(CELLS, st.floats(allow_nan=False)), min_size=1, max_size=4))
def test_any_cells_read_back_as_they_are(rows):
    table = pd.DataFrame(rows, columns=["text", "number"])
    header, *cells = csv.reader(io.StringIO(csv_text(table), newline=""))
    assert header == ["text", "number"]
    assert [(text, float(number)) for text, number in cells] == rows


def test_a_table_without_carriage_returns_has_quotation_marks_only_where_it_must():
    assert csv_text(pd.DataFrame({"a": ["x", "y,z"], "b": [1.5, None]})) == 'a,b\nx,1.5\n"y,z",\n'


# cell, as a spreadsheet gets it
FORMULAS = [
    ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
    ("@SUM(1)", "'@SUM(1)"),
    ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
    ("-2+3", "'-2+3"),
    ("\t=1", "'\t'=1"),
    ("\r=1", "'\r'=1"),
    ("＝1", "'＝1"),
    ("－", "－"),
    # a semicolon and a new line begin a cell where the comma is the decimal sign
    ("Chile;=1+1", "Chile;'=1+1"),
    ("Chile\n-1+1", "Chile\n'-1+1"),
    ("2021;-", "2021;-"),
    ("5; -4", "5; -4"),
    ("-1,200.5", "-1,200.5"),
    ("+5", "+5"),
    ("-", "-"),
    ("—", "—"),
    ("e500", "e500"),
    (">1,000", ">1,000"),
    ("a=b", "a=b"),
]


@pytest.mark.parametrize("kind", ["string", "category", object])
def test_a_text_like_a_formula_is_no_formula_in_a_spreadsheet(kind):
    cells, written = zip(*FORMULAS, strict=True)
    table = pd.DataFrame({cell: pd.Series([cell], dtype=kind) for cell in cells})
    rows = csv.reader(io.StringIO(spreadsheet_csv(table.assign(b=[-5.0])), newline=""))
    assert list(rows) == [[*written, "b"], [*written, "-5.0"]]
