"""Rows of a table that say the same twice: they are counted once."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from loaders.formats.observations import Reading
from loaders.quality import Repeated
from loaders.report import Ignored, Problem
from loaders.vocabulary import Severity

_WHERE = ("row", "correction")
"""What may differ between two rows that say the same."""


def once(reading: Reading, repeated: Repeated) -> tuple[Reading, list[Problem]]:
    """The reading without rows that repeat another one in every word, and a warning for each file.

    A row of which only some lines are repeated stays, and so do rows that differ in anything.
    """
    if not len(repeated.lines):
        return reading, []
    lines = reading.observations
    alike = lines.iloc[np.sort(repeated.lines)]
    again = alike.drop(columns=list(_WHERE)).astype("string").duplicated()
    rows = again.groupby([alike["file"].astype("string"), alike["row"]], sort=False)
    whole = rows.transform("all") & (rows.transform("size") == _lines_of_rows(lines, alike))
    extra = alike[again & whole]
    if extra.empty:
        return reading, []
    dropped = extra.groupby(extra["file"].astype("string"), sort=False)["row"].agg(["nunique", "min"])
    ignored = [
        Ignored(file=str(file), reason="the same row again", count=int(counts["nunique"]))
        for file, counts in dropped.iterrows()
    ]
    kept = lines.drop(index=extra.index).reset_index(drop=True)
    problems = [_problem(file, counts) for file, counts in dropped.iterrows()]
    return replace(reading, observations=kept, ignored=[*reading.ignored, *ignored]), problems


def _lines_of_rows(lines: pd.DataFrame, alike: pd.DataFrame) -> pd.Series:
    """How many lines come from the row of each of these lines."""
    mine = lines[lines["row"].isin(alike["row"])]
    sizes = mine.groupby([mine["file"].astype("string"), mine["row"]], sort=False).size()
    keys = pd.MultiIndex.from_arrays([alike["file"].astype("string"), alike["row"]])
    return pd.Series(sizes.reindex(keys).to_numpy(), index=alike.index)


def _problem(file: Hashable, counts: Any) -> Problem:
    number = int(counts["nunique"])
    told = "1 row says" if number == 1 else f"{number:,} rows say"
    return Problem(
        severity=Severity.WARNING,
        rule="the same row again",
        message=f"{told} the same as another one in every word, and counted once.",
        remedy="Look whether two different things are meant; a column that tells them apart helps.",
        file=str(file),
        row=int(counts["min"]),
    )
