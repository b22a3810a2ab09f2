"""The first edition of a dataset beside other datasets: figures a thousand times off are doubted."""

from __future__ import annotations

import pandas as pd

from loaders.report import Problem
from loaders.vocabulary import Severity

KEY = ["mineral", "measure", "place", "year", "unit"]
LEAST = 3
"""Figures that both datasets have, before anything is said."""

THOUSANDFOLD = 300, 3_000
"""Between these a ratio is called about a thousand."""

MOST_OF_THEM = 2 / 3


def far_from_others(observations: pd.DataFrame, others: pd.DataFrame) -> list[Problem]:
    """A warning if most figures of one measure are about a thousand times off those of other datasets.

    Both tables have the columns of `model.OBSERVATION_COLUMNS`, values in canonical units. Of several
    editions in `others` the newest counts that has the figure.
    """
    mine = _figures(observations).drop_duplicates(KEY, keep=False)
    theirs = _figures(others).sort_values("edition", kind="stable").drop_duplicates(KEY, keep="last")
    both = mine.merge(theirs, on=KEY, suffixes=("", "_other"))
    ratio = both["value"] / both["value_other"]
    low, high = THOUSANDFOLD
    both["larger"], both["smaller"] = ratio.between(low, high), (1 / ratio).between(low, high)
    groups = both.groupby(["mineral", "measure"], sort=False)
    return [
        _problem(both.loc[group.index], name)
        for name in ("larger", "smaller")
        for _, group in groups
        if len(group) >= LEAST and group[name].mean() >= MOST_OF_THEM
    ]


def _figures(table: pd.DataFrame) -> pd.DataFrame:
    """The figures above zero, with what a warning says of them."""
    kept = table.loc[table["value"] > 0, [*KEY, "value", "file", "row", "column", "dataset", "edition"]]
    return kept.astype({name: "string" for name in [*KEY, "edition"] if name != "year"})


def _problem(group: pd.DataFrame, name: str) -> Problem:
    first = group[group[name]].iloc[0]
    return Problem(
        severity=Severity.WARNING,
        rule="far from another dataset",
        message=f"{int(group[name].sum())} of {len(group)} figures ({first['mineral']}, "
        f"{first['measure']}) are about a thousand times {name} than those of {first['dataset_other']}: "
        f"{first['value']:,.6g} {first['unit']} against {first['value_other']:,.6g} {first['unit']} "
        f"({first['place']}, {first['year']}).",
        remedy="Look at the unit.",
        file=str(first["file"]),
        row=int(first["row"]),
        column=str(first["column"]),
    )
