"""Which row of its file each line of our tidy table comes from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from loaders.columns import is_blank, whole_numbers
from loaders.files.table import RawTable


def printed_rows(raw: RawTable) -> pd.Index:
    """The row that each line comes from; rows of several sheets have the same numbers."""
    return pd.MultiIndex.from_arrays([raw.parts, raw.frame.index]) if raw.parts else raw.frame.index


def different(rows: pd.Index) -> int:
    """How many rows there are; after a mapping several lines come from one row."""
    return len(rows) if rows.is_unique else len(rows.unique())


def own_rows(raw: RawTable) -> Any:
    """The row numbers of this file."""
    index = raw.frame.index
    if isinstance(index, pd.RangeIndex):  # which would keep its numbers, of 8 bytes each
        return np.arange(index.start, index.stop, index.step, dtype="int32")
    return np.asarray(index, dtype="int32")


def stated_rows(lines: pd.DataFrame, raw: RawTable) -> tuple[Any, Any]:
    """The stated row numbers, or where nothing is stated those of this file; and where there is one."""
    if is_blank(lines["row"]).all():
        return own_rows(raw), np.ones(len(lines), dtype=bool)
    stated, numbered = whole_numbers(lines["row"])
    blank = is_blank(lines["row"])
    return np.where(blank, own_rows(raw), stated), numbered | blank
