"""Rows that add up others: 'Total', 'Summe', 'Итого' or '合计' where other rows have a name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np

from loaders.columns import distinct
from loaders.files.table import RawTable
from loaders.knowledge import rules
from loaders.names import known_mineral, known_place
from loaders.spreadsheets.mapping import Mapping
from loaders.values import clean

ALL_ROWS, SOME_ROWS = "all", "some"
"""A total of all rows above, and one of some of them that is never the world's."""

_LONGEST = 60


@lru_cache(maxsize=65_536)
def total_of(text: str) -> str | None:
    """What a word for a total adds up: `ALL_ROWS`, `SOME_ROWS`, or "" where it does not say.

    None for other texts, and for names that we know.
    """
    words = clean(text).strip("*: .-\u2013\u2014").casefold()
    if not words or len(words) > _LONGEST or known_place(text, "any").place or known_mineral(text, "any"):
        return None
    return next((rule["of"] for rule in rules("total_words") if re.fullmatch(rule["words"], words)), None)


def total_rows(mapping: Mapping, raw: RawTable, of: str | None = None) -> Any:
    """The rows of totals, or of those `of` something only: a mask.

    The place, the mineral, or a column that is not used says so, as the region beside the country.
    """
    found = np.zeros(len(raw.frame), dtype=bool)
    for header in may_name_totals(mapping, raw):
        codes, texts = distinct(raw.frame[header])
        said = [total_of(text) for text in texts]
        found |= np.array([one is not None and of in (None, one) for one in said], dtype=bool)[codes]
    return found


def may_name_totals(mapping: Mapping, raw: RawTable) -> list[str]:
    """The columns in which a word for a total is the row's: a detail or a class says more of its place."""
    others = [theirs for name, theirs in mapping.columns.items() if name not in ("place", "mineral")]
    others += [name for column in mapping.values for name in (column.header, column.flags)]
    return [header for header in raw.header if header not in others]
