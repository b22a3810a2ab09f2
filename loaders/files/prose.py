"""A text that is no table, such as a read-me that a publisher puts beside one."""

from __future__ import annotations

import re
from collections import Counter

from loaders.errors import NoTable

DELIMITERS = ",\t;|"

NAMED_TABLES = (".csv", ".tsv")
"""Files that are tables by their name, whatever stands in them."""


def refuse_prose(content: bytes, name: str) -> None:
    """Refuse a text, in UTF-8, in which no line that has a number in a cell is as wide as another line."""
    if name.lower().endswith(NAMED_TABLES) or any(_has_rows(content, one) for one in DELIMITERS):
        return
    raise NoTable(
        "this is a text, and no table.",
        file=name,
        remedy="Expected a header and rows of cells, with commas, tabs, semicolons or bars between.",
    )


def _has_rows(content: bytes, delimiter: str) -> bool:
    lines = [line.split(delimiter) for line in content.decode("utf-8", "ignore").splitlines()]
    widths = Counter(map(len, lines))
    return any(
        widths[len(cells)] > 1 and any(map(_NUMBER.fullmatch, cells)) for cells in lines if len(cells) > 1
    )


_NUMBER = re.compile(r"(?!\W*(?:19|20)\d\d\W*$)\s*\"?[-+<>~]?\s*\d[\d.,' \u00a0\u202f]*[%\w*]?\"?\s*")
"""A cell that is a number; years stand in sentences, too."""
