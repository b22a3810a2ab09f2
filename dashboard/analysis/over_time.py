"""Figures over time: of each year the newest print, and what editions before it printed instead.

An edition prints some years, the next one nearly the same; five editions make a line of ten years. Only
figures of the same thing are joined: the words that narrow them, the basis and the unit must agree.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dashboard.analysis.series import collect, lazy

LINE = [
    "dataset", "mineral", "measure", "detail", "place", "partner", "unit", "basis", "class", "scheme",
]  # fmt: skip
"""Figures that agree in these are of the same thing, year by year."""

OVER_TIME_COLUMNS = [
    *LINE, "line", "year", "value", "lower", "upper", "status", "edition", "printed_value", "printed_unit",
    "note", "printed_name", "printed_measure", "correction", "file", "row", "column", "change",
    "before_edition", "before_printed", "before_value", "before_lower", "before_upper", "before_status",
    "prints",
]  # fmt: skip

SAME, ROUNDED, REVISED = "", "rounded", "revised"
"""How an older print differs: not at all, by its rounding alone, or truly."""

_SAYS = ("edition", "printed_value", "value", "lower", "upper", "status")
_NUMBERS = ("value", "lower", "upper")
_EXACT = 1e-9


def over_time(rows: Any) -> pd.DataFrame:
    """The newest print of each year of each line, columns `OVER_TIME_COLUMNS`; by line and year.

    `rows` are observations. `line` numbers the lines. `change` says whether an older edition printed
    something else: `REVISED`, or `ROUNDED` where the older number is the newer one with fewer digits;
    `before_` columns are of the latest older edition that did, empty or NaN where none did. `prints` is how
    many editions print the year. Numbers are in `unit`. Where an edition prints a line twice for one year,
    both stand, and are compared with no other edition.
    """
    lines = collect(lazy(rows).select(*_columns()), "edition", "file", "row")
    if lines.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in OVER_TIME_COLUMNS})
    lines["line"] = _line_numbers(lines)
    lines["key"] = lines["line"] * _YEARS + lines["year"]
    edition = pd.Series(pd.factorize(lines["edition"], sort=True)[0])
    lines["prints"] = edition.groupby(lines["key"], sort=False).transform("nunique")
    newest = edition == edition.groupby(lines["key"], sort=False).transform("max")
    found, older = lines[newest], lines[~newest]
    once = ~found["key"].duplicated(keep=False)
    joined = found.merge(_before(found[once], older), on="key", how="left")
    for name in ("change", "before_edition", "before_printed", "before_status"):
        joined[name] = joined[name].fillna("")
    return joined.sort_values(["line", "year", "row"], ignore_index=True)[OVER_TIME_COLUMNS]


def _line_numbers(lines: pd.DataFrame) -> pd.Series | int:
    """The number of the line of each row, in the order of `LINE`; what is the same in all tells nothing."""
    telling = [name for name in LINE if (lines[name] != lines[name].iloc[0]).any()]
    return lines.groupby(telling, sort=True).ngroup() if telling else 0


_YEARS = 100_000
"""More than any year, so that a line and a year are one number."""


def _columns() -> list[str]:
    own = ["year", *_SAYS, "printed_unit", "note", "printed_name", "printed_measure", "correction"]
    own += ["file", "row", "column"]
    return [*LINE, *own]


def _before(newest: pd.DataFrame, older: pd.DataFrame) -> pd.DataFrame:
    """Of each figure the latest older print that says something else: `key`, `before_` columns, `change`."""
    own = older[["key", *_SAYS]].rename(columns={name: f"before_{name}" for name in _SAYS})
    own = own.rename(columns={"before_printed_value": "before_printed"})
    pairs = newest[["key", *_SAYS]].merge(own, on="key")
    pairs["change"] = _changes(pairs)
    pairs = pairs[pairs["change"] != SAME].sort_values(["key", "before_edition"], kind="stable")
    names = [name for name in pairs.columns if name.startswith("before_")]
    return pairs.drop_duplicates("key", keep="last")[["key", "change", *names]]


def _changes(pairs: pd.DataFrame) -> np.ndarray:
    """How each older print differs from the newest one."""
    equal = np.logical_and.reduce(
        [
            np.isclose(pairs[name], pairs[f"before_{name}"], rtol=_EXACT, atol=0, equal_nan=True)
            for name in _NUMBERS
        ]
    )
    bare = pairs[[*_NUMBERS, *(f"before_{name}" for name in _NUMBERS)]].isna().all(axis="columns")
    equal &= ~bare | (pairs["status"] == pairs["before_status"])
    other = ~equal & pairs[["value", "before_value"]].notna().all(axis="columns").to_numpy()
    changes: np.ndarray = np.where(equal, SAME, REVISED).astype(object)
    if other.any():
        changes[other] = np.where(_is_rounded(pairs[other]), ROUNDED, REVISED)
    return changes


def _is_rounded(pairs: pd.DataFrame) -> pd.Series:
    """Whether the newer number rounds to the older one, to the digits that the older one is printed with.

    "42,000" may stand for 41,500 to 42,500: zeros at the end of a whole number need not be digits.
    """
    digits = pairs["before_printed"].str.replace(",", "").str.extract(r"([0-9]+)(?:\.([0-9]+))?")
    whole, decimals = digits[0].fillna("0"), digits[1].fillna("")
    zeros = whole.str.len() - whole.str.rstrip("0").str.len()
    last = np.where(decimals != "", -decimals.str.len(), np.minimum(zeros, whole.str.len() - 1))
    printed = (whole + "." + decimals).str.rstrip(".").astype("float64")
    scale = pairs["before_value"] / printed.where(printed != 0)
    half = 0.5 * np.power(10.0, last) * scale.abs()
    apart = (pairs["value"] - pairs["before_value"]).abs()
    rounded: pd.Series = apart <= half * (1 + _EXACT)
    return rounded
