"""The first edition of a dataset beside other datasets: figures a thousand times off are doubted."""

from __future__ import annotations

import pandas as pd

from loaders.names import place_name
from loaders.report import Problem
from loaders.text import count
from loaders.vocabulary import Severity

_SERIES = ["mineral", "measure", "place", "unit"]
KEY = [*_SERIES, "year"]

_NEAR = 2
"""Years between two figures of one thing that are held against each other, where none is of the same year."""

_LEAST = 2
"""Figures, of one measure or of all together, that both datasets have, before a measure is said to be off."""

_STAGES = ("mine_production", "smelter_production", "primary_production", "refinery_production")
"""What production of an unnamed stage is held against: the first of them that the other dataset has."""

_THOUSANDFOLD = 300, 3_000
"""Between these a ratio is called about a thousand."""

_FEW, _CLOSE = 2, (700, 1_400)
"""So few figures have to be closer to a thousand: small numbers are that far apart by chance."""

ABSURD = 10_000
"""No two sources are that far apart by chance: such a figure is doubted by itself."""

_ALIKE = 0.5, 2
"""Between these a ratio is that of figures that agree."""

MOST_OF_THEM = 2 / 3


def far_from_others(observations: pd.DataFrame, others: pd.DataFrame) -> list[Problem]:
    """A warning if most figures, most of a measure, or single ones are a thousand times off other datasets'.

    Both tables have the columns of `model.OBSERVATION_COLUMNS`, values in canonical units. Of several
    editions in `others` the newest counts that has the figure.
    """
    mine = _figures(observations).drop_duplicates(KEY, keep=False)
    theirs = _figures(others[others["mineral"].isin(mine["mineral"].unique())])
    theirs = theirs.sort_values("edition", kind="stable").drop_duplicates(KEY, keep="last")
    both = _beside(mine, _with_any_stage(theirs))
    told = [(group, _off(group)) for _, group in both.groupby(["mineral", "measure"], sort=False)]
    found = [problem for _, problems in told for problem in problems]
    if not found:
        return _off(both) or _single(both)
    rest = [group for group, problems in told if not problems]
    return found + (_single(pd.concat(rest)) if rest else [])


def _beside(mine: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """My figures, in the order of the file, with theirs of the same year or of the nearest one."""
    lines = mine.reset_index(names="line").sort_values("year", kind="stable")
    theirs = theirs.assign(year_other=theirs["year"]).sort_values("year", kind="stable")
    both = pd.merge_asof(
        lines, theirs, on="year", by=_SERIES, suffixes=("", "_other"), direction="nearest", tolerance=_NEAR
    )
    both = both[both["value_other"].notna()].sort_values("line")
    return both.assign(ratio=both["value"] / both["value_other"])


def _off(group: pd.DataFrame) -> list[Problem]:
    """A warning if most of these figures are about a thousand times larger, or smaller, than the others."""
    low, high = _THOUSANDFOLD if len(group) > _FEW else _CLOSE
    larger, smaller = group["ratio"].between(low, high), (1 / group["ratio"]).between(low, high)
    return [
        _problem(group, mask, name)
        for name, mask in (("larger", larger), ("smaller", smaller))
        if len(group) >= _LEAST and mask.mean() >= MOST_OF_THEM
    ]


def _single(both: pd.DataFrame) -> list[Problem]:
    """A warning about single figures that are nearly a thousand times off, or ten thousand times larger.

    The former are alone, or among others that agree.
    """
    absurd = both["ratio"] > ABSURD
    if absurd.any():
        return [_problem(both, absurd, "larger", f"more than {ABSURD:,}")]
    if len(both) > 1 and both["ratio"].between(*_ALIKE).sum() < _LEAST:
        return []
    larger, smaller = both["ratio"].between(*_CLOSE), (1 / both["ratio"]).between(*_CLOSE)
    return [
        _problem(both, mask, name) for name, mask in (("larger", larger), ("smaller", smaller)) if mask.any()
    ]


def _with_any_stage(theirs: pd.DataFrame) -> pd.DataFrame:
    """Their figures, with those of the first stage of production once more as production."""
    staged = theirs[theirs["measure"].isin(_STAGES)]
    order = staged["measure"].map({name: place for place, name in enumerate(_STAGES)})
    staged = staged.assign(measure="production", order=order).sort_values("order", kind="stable")
    return pd.concat([theirs, staged.drop(columns="order")]).drop_duplicates(KEY, keep="first")


_FROM = ["file", "row", "column", "dataset", "edition"]


def _figures(table: pd.DataFrame) -> pd.DataFrame:
    """The figures above zero, with what a warning says of them."""
    kept = table.loc[table["value"] > 0, [*KEY, "value", "printed_value", *_FROM]]
    return kept.astype({"year": "int64"} | dict.fromkeys([*_SERIES, "edition"], "string"))


def _problem(group: pd.DataFrame, off: pd.Series, name: str, times: str = "about a thousand") -> Problem:
    first = group[off].iloc[0]
    number = int(off.sum())
    others = " and others" if len(group.loc[off, ["mineral", "measure"]].drop_duplicates()) > 1 else ""
    are, those = ("is", "that") if number == 1 else ("are", "those")
    return Problem(
        severity=Severity.WARNING,
        rule="far from another dataset",
        message=f"{number} of {count(len(group), 'figure')} ({first['mineral']}, "
        f"{first['measure']}{others}) {are} {times} times {name} than {those} of "
        f"{first['dataset_other']}: {_amount(first, '')} against {_amount(first, '_other')} "
        f"({place_name(first['place'])}, {_years(first)}).",
        remedy="Look at the unit.",
        file=str(first["file"]),
        row=int(first["row"]),
        column=str(first["column"]),
        printed=str(first["printed_value"]),
    )


def _amount(line: pd.Series, whose: str) -> str:
    """The value in plain digits, with its unit."""
    digits = f"{line['value' + whose]:,.6f}".rstrip("0").rstrip(".")
    return f"{digits} {line['unit']}"


def _years(line: pd.Series) -> str:
    """The year of both, or mine and theirs."""
    same = line["year"] == line["year_other"]
    return str(line["year"]) if same else f"{line['year']} against {line['year_other']:.0f}"
