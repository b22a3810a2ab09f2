"""Rows of a table that say the same twice: they are counted once."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from loaders.columns import only
from loaders.formats.observations import Reading
from loaders.formats.refusing import MAX_PROBLEMS
from loaders.model import OBSERVATION_COLUMNS
from loaders.quality import Repeated
from loaders.quality.figures import FIGURE
from loaders.report import Ignored, Problem
from loaders.vocabulary import Severity

_WHERE = ("row", "correction")
"""What may differ between two rows that say the same."""


def once(reading: Reading, repeated: Repeated) -> tuple[Reading, list[Problem]]:
    """The reading without rows that repeat another one in every word, and a warning for each file.

    A row of which only some lines are repeated stays, and so do rows that differ in anything. The reading
    that is given is used up where a row goes: a large table would not stand here twice.
    """
    lines = reading.observations
    alike = lines.iloc[_of_one_value(lines, repeated)]
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
    stays = ~lines.index.isin(extra.index)
    kept = pd.DataFrame({name: lines.pop(name).array[stays] for name in OBSERVATION_COLUMNS}, copy=False)
    problems = [_problem(file, counts) for file, counts in dropped.iterrows()]
    return replace(reading, observations=kept, ignored=[*reading.ignored, *ignored]), problems


def _of_one_value(lines: pd.DataFrame, repeated: Repeated) -> np.ndarray:
    """The positions of the lines of which another one has the same figure and value, as in the file.

    Only these can say the same in every word; to compare all words of a million lines takes a second.
    """
    values = lines["value"].to_numpy()[repeated.lines]
    same = pd.DataFrame({"figure": repeated.figure_of_lines, "value": values}).duplicated(keep=False)
    found: np.ndarray = np.sort(repeated.lines[same.to_numpy()])
    return found


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


def repeated_figures(observations: pd.DataFrame, repeated: Repeated) -> list[Problem]:
    """A warning for each figure that stands in the files more than once; beyond MAX_PROBLEMS, one for all."""
    figures = repeated.figures(MAX_PROBLEMS + 1)
    if not figures:
        return []
    shown = [lines[:MAX_PROBLEMS] for lines in figures]
    rows = iter(only(observations, _SAID).iloc[np.concatenate(shown)].to_dict("records"))
    groups = [list(itertools.islice(rows, len(lines))) for lines in shown]
    found = [_repeated(group, len(lines)) for group, lines in zip(groups, figures, strict=True)]
    if len(found) <= MAX_PROBLEMS:
        return found
    count = len(repeated.starts) - MAX_PROBLEMS
    return [*found[:-1], _repeated_at(groups[-1][0], f"{count:,} more figures stand here several times.")]


_SAID = [*FIGURE, "printed_value", "file", "row", "column"]
"""What a warning about a repeated figure says."""


def _repeated(rows: Sequence[dict[Hashable, Any]], count: int) -> Problem:
    """The warning for a figure that stands in so many rows, of which these are the first."""
    message = (
        f"{', '.join(str(rows[0][name]) for name in FIGURE if rows[0][name])} stands here {count} times."
    )
    return _repeated_at(rows[0], message, " | ".join(str(row["printed_value"]) for row in rows))


def _repeated_at(first: dict[Hashable, Any], message: str, printed: str = "") -> Problem:
    return Problem(
        severity=Severity.WARNING,
        rule="repeated figure",
        message=message,
        remedy="Look which one counts; all are kept.",
        file=str(first["file"]),
        row=int(first["row"]),
        column=str(first["column"]),
        printed=printed,
    )
