"""The first edition of a dataset beside other datasets: figures a thousand times off are doubted."""

from __future__ import annotations

import pandas as pd

from loaders.report import Problem
from loaders.vocabulary import Severity

KEY = ["mineral", "measure", "place", "year", "unit"]
LEAST = 2
"""Figures, of one measure or of all together, that both datasets have, before something is said."""

STAGES = ("mine_production", "smelter_production", "primary_production", "refinery_production")
"""What production of an unnamed stage is held against: the first of them that the other dataset has."""

THOUSANDFOLD = 300, 3_000
"""Between these a ratio is called about a thousand."""

MOST_OF_THEM = 2 / 3


def far_from_others(observations: pd.DataFrame, others: pd.DataFrame) -> list[Problem]:
    """A warning if most figures, or most of one measure, are about a thousand times off other datasets'.

    Both tables have the columns of `model.OBSERVATION_COLUMNS`, values in canonical units. Of several
    editions in `others` the newest counts that has the figure.
    """
    mine = _figures(observations).drop_duplicates(KEY, keep=False)
    theirs = _figures(others).sort_values("edition", kind="stable").drop_duplicates(KEY, keep="last")
    theirs = _with_any_stage(theirs)
    both = mine.merge(theirs, on=KEY, suffixes=("", "_other"))
    ratio = both["value"] / both["value_other"]
    low, high = THOUSANDFOLD
    both["larger"], both["smaller"] = ratio.between(low, high), (1 / ratio).between(low, high)
    groups = both.groupby(["mineral", "measure"], sort=False)
    found = [
        _problem(group, name)
        for name in ("larger", "smaller")
        for _, group in groups
        if len(group) >= LEAST and group[name].mean() >= MOST_OF_THEM
    ]
    if found or len(both) < LEAST:
        return found
    return [_problem(both, name) for name in ("larger", "smaller") if both[name].mean() >= MOST_OF_THEM]


def _with_any_stage(theirs: pd.DataFrame) -> pd.DataFrame:
    """Their figures, with those of the first stage of production once more as production."""
    staged = theirs[theirs["measure"].isin(STAGES)]
    order = staged["measure"].map({name: place for place, name in enumerate(STAGES)})
    staged = staged.assign(measure="production", order=order).sort_values("order", kind="stable")
    return pd.concat([theirs, staged.drop(columns="order")]).drop_duplicates(KEY, keep="first")


def _figures(table: pd.DataFrame) -> pd.DataFrame:
    """The figures above zero, with what a warning says of them."""
    kept = table.loc[table["value"] > 0, [*KEY, "value", "file", "row", "column", "dataset", "edition"]]
    return kept.astype({name: "string" for name in [*KEY, "edition"] if name != "year"})


def _problem(group: pd.DataFrame, name: str) -> Problem:
    first = group[group[name]].iloc[0]
    others = " and others" if len(group[["mineral", "measure"]].drop_duplicates()) > 1 else ""
    return Problem(
        severity=Severity.WARNING,
        rule="far from another dataset",
        message=f"{int(group[name].sum())} of {len(group)} figures ({first['mineral']}, "
        f"{first['measure']}{others}) are about a thousand times {name} than those of "
        f"{first['dataset_other']}: {first['value']:,.6g} {first['unit']} against "
        f"{first['value_other']:,.6g} {first['unit']} ({first['place']}, {first['year']}).",
        remedy="Look at the unit.",
        file=str(first["file"]),
        row=int(first["row"]),
        column=str(first["column"]),
    )
