"""Tables of Word documents: no number or word is broken in a column that could be wider."""

from __future__ import annotations

import pytest
from docx.shared import Length

from dashboard.drawing.letters import text_width
from dashboard.exports.choices import Choices
from dashboard.exports.small_table import SmallTable
from dashboard.exports.word import add_rows, new_document

_HEAD = ["figure", "rank", "share in words", "value", "lower", "unit", "state", "status", "printed"]
_LINE = [
    "Myanmar (Burma)", "12", "at most 52 %", "44,000,000", "85,000,000", "t", "not available", "as published",
    ">85,000,000",
]  # fmt: skip
TABLES = {
    "many columns": SmallTable(_HEAD, [_LINE, ["United States", *_LINE[1:]]], [False] * 9),
    "years": SmallTable(
        ["name", "year", "value"], [["South Africa", "2023", "790,000"]], [False, True, True]
    ),
    "one long text": SmallTable(["term", "meaning"], [["basis", "The weight as " * 40]], [False] * 2),
    "nothing in a column": SmallTable(["a", ""], [["1", ""]], [True, False]),
}


@pytest.mark.parametrize("name", TABLES)
def test_no_word_is_wider_than_its_column(name: str) -> None:
    table = TABLES[name]
    document = new_document("A title", "", Choices())
    add_rows(document, table)
    (drawn,) = document.tables
    widths = [Length(column.width or 0) for column in drawn.columns]
    size = Length(drawn.cell(0, 0).paragraphs[0].runs[0].font.size or 0).pt
    assert size >= 6.5
    for width, column in zip(widths, zip(table.head, *table.rows, strict=True), strict=True):
        for word in " ".join(column).split():
            # A fifth more: letters of other fonts are wider, where Inter is not installed.
            assert 1.2 * text_width(word, size, bold=True) * 2.54 / 72 < width.cm - 0.38, word
    assert sum(width.cm for width in widths) == pytest.approx(16, abs=0.01)
