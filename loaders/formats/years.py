"""Years that few rows say, far beyond those of the others: 2062 for 2026 would name the edition."""

from __future__ import annotations

import pandas as pd

_GAP = 5
"""A table whose rows go on year by year has no gap of so many years before its last one."""

_FEW = 0.1
"""A year of fewer rows than this part of the rows of a usual year is said by few."""


def newest_year(years: pd.Series, gap: int = _GAP) -> int:
    """The newest year that is not stray; at least one year is known."""
    known = years.dropna()
    return int(known[~stray_years(known, gap)].max())


def stray_years(years: pd.Series, gap: int = _GAP) -> pd.Series:
    """Where a year stands that few rows say, at least `gap` years after the others, or later than such a one.

    `years` are whole numbers or <NA>. A publisher that prints all rows for the same years has a gap of 1.
    """
    nothing = pd.Series(False, index=years.index)
    if not len(years) or years.isna().all() or years.max() - years.min() < gap:
        return nothing
    rows = years.value_counts().sort_index()
    apart = rows.index.to_series().diff() >= gap
    few = rows <= _FEW * rows.median()
    usual = rows.index[~few].max()
    stray = rows.index[apart & few & (rows.index > usual)]
    return (years >= stray.min()).fillna(False).astype(bool) if len(stray) else nothing
