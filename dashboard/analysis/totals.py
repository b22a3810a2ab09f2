"""World totals: what shares are of, whom a printed total leaves out, whether it is the sum of its rows."""

from __future__ import annotations

from functools import cache
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis.series import SERIES, as_records, by_place, collect, lazy
from loaders.knowledge import rules
from loaders.names import place_name
from loaders.units import digits_of, display
from loaders.vocabulary import NEVER_ADDED, WORLD, Total

_NEVER_ADDED = [str(measure) for measure in NEVER_ADDED]


def denominators(places: pd.DataFrame, rows: Any) -> pd.DataFrame:
    """What shares are of: a line per line of `places` (as `by_place`).

    `denominator` is the whole, and `share_is_upper_bound` whether it may be more.
    `denominator_is` is 'printed', 'printed lower bound' (a total printed as "more than"), 'sum of rows'
    (where no total is printed and all rows have numbers), 'sum of rows above the total' (where the printed
    total is as much as its largest row, and others have something) or 'none'. `left_out` holds the places
    that the printed total does not count, joined with "+". Where the total is larger than printed, by a bound
    or by what it leaves out, shares are upper bounds. Numbers that make no sum, such as prices, have no
    total. `rows` are the observations that `places` sums.
    """
    series = places["series"]
    is_world = places["place"] == WORLD
    world = places[is_world].set_index(series[is_world])
    outside = _left_out(world, rows)
    left_out = series.map(outside).astype("string").fillna("")
    inside = ~is_world & ~is_outside(places["place"], left_out)
    parts = places[inside].groupby(series[inside])["value"].agg(["sum", "count", "size", "max"])
    has_world = series.isin(world.index)
    complete = ~has_world & series.map(parts["count"] == parts["size"]).eq(True)
    printed, at_least = series.map(world["value"]), series.map(world["lower"])
    which = pd.Series(Total.NONE.value, index=places.index).mask(complete, Total.SUM.value)
    which = which.mask(at_least.notna(), Total.AT_LEAST.value).mask(printed.notna(), Total.PRINTED.value)
    summed = series.map(parts["sum"])
    above = (series.map(parts["max"]).eq(printed) & (summed > printed)).fillna(False).astype(bool)
    which = which.mask(above, Total.ROWS.value)
    added = ~places["measure"].isin(_NEVER_ADDED).to_numpy()
    which = which.where(added, Total.NONE.value)
    counts_less = series.isin(list(outside)) & (which == Total.PRINTED)
    return pd.DataFrame(
        {
            "denominator": printed.fillna(at_least).mask(complete | above, summed).where(added),
            "denominator_is": which,
            "left_out": left_out,
            "share_is_upper_bound": (which == Total.AT_LEAST) | counts_less,
        }
    )


def leaving_out(places: pd.DataFrame, rows: Any) -> pd.Series:
    """Which lines of `by_place` are of a world total that leaves some place out: the true one is larger."""
    is_world = places["place"] == WORLD
    world = places[is_world].set_index(places.loc[is_world, "series"])
    return is_world & places["series"].isin(list(_left_out(world, rows)))


def is_outside(places: pd.Series, left_out: pd.Series) -> np.ndarray:
    """Which places are among those that a total leaves out, line by line; mostly none."""
    some = left_out != ""
    pairs = zip(places[some], left_out[some], strict=True)
    outside = [place in left.split("+") for place, left in pairs]
    return places.index.isin(places.index[some][outside])


def _left_out(world: pd.DataFrame, rows: Any) -> dict[int, str]:
    """Whom each printed total leaves out, by the series that is the index of `world`."""
    totals = collect(lazy(rows).filter(nw.col("place") == WORLD).select(*SERIES, "detail", "note"))
    said = totals["detail"].fillna("") + " " + totals["note"].fillna("")
    outside = [left_out(text, measure) for text, measure in zip(said, totals["measure"], strict=True)]
    told = totals.assign(outside=outside)[[bool(codes) for codes in outside]]
    if told.empty:
        return {}
    joined = world[SERIES].reset_index(names="series").merge(told, on=SERIES)
    return dict(zip(joined["series"], joined["outside"], strict=True))


@cache
def left_out(text: str, measure: str) -> str:
    """The places that the words beside a world total leave out of it, joined with "+"; mostly none.

    The words are in `knowledge/left_out_of_totals.csv`; those on production say nothing of reserves.
    """
    rest, found = text.casefold(), []
    for rule in rules("left_out_of_totals"):
        if rule["words"] in rest and (rule["counts"] == "any" or measure.endswith("production")):
            found += [place for place in rule["places"].split(";") if place not in found]
        rest = rest.replace(rule["words"], "")
    return "+".join(filter(None, found))


FINDING_COLUMNS = [*SERIES, "printed", "at_least", "sum", "rows", "without_number", "finding"]


def findings(rows: Any) -> pd.DataFrame:
    """Printed world totals that are below the sum of their rows; columns `FINDING_COLUMNS`.

    `printed` is the total, or NaN with `at_least` where it is printed as "more than"; `sum` is of the
    rows with a number, `rows` how many these are, `without_number` how many have none. A total may be
    rounded: it is a finding only where the sum is more than half a unit of the total's last digit above.
    """
    return findings_of(by_place(rows))


def findings_of(places: pd.DataFrame) -> pd.DataFrame:
    """As `findings`, from lines of `by_place`."""
    is_world = places["place"] == WORLD
    totals, parts = places[is_world], places[~is_world]
    sums = parts["value"].fillna(parts["lower"]).groupby(parts["series"]).sum()
    above = totals["series"].map(sums) > totals["value"] + totals["value"].map(_rounding)
    if not above.any():
        return pd.DataFrame(columns=FINDING_COLUMNS)
    below = totals[above].sort_values("series", ignore_index=True)
    numbers = parts["value"].groupby(parts["series"])
    counted = below["series"].map(numbers.count())
    below = below.assign(
        printed=below["value"],
        at_least=below["lower"],
        sum=below["series"].map(sums),
        rows=counted,
        without_number=below["series"].map(numbers.size()) - counted,
    )
    words = [_words(line) for line in as_records(below)]
    return below.assign(finding=pd.Series(words, dtype="string"))[FINDING_COLUMNS]


def finding_words(places: pd.DataFrame) -> list[str]:
    """The sentences of `findings`, from lines of `by_place`."""
    return [str(words) for words in findings_of(places)["finding"]]


def _rounding(value: float) -> float:
    """Half a unit of the last digit that is not zero: 5,000,000 for 110,000,000."""
    if pd.isna(value) or value == 0:
        return 0.0
    digits = f"{value:.15g}" if value % 1 else f"{value:.0f}"
    if "." in digits:
        return float(0.5 * 10.0 ** -len(digits.partition(".")[2]))
    return float(0.5 * 10 ** (len(digits) - len(digits.rstrip("0"))))


def _words(line: Any) -> str:
    printed, total = (f"{line[name]:,.15g}" for name in ("printed", "sum"))
    more = f": by {_above(line)}" if line["printed"] > 0 else ""
    unit = line["unit"]
    return f"The printed world total, {printed} {unit}, is below the sum of its rows, {total}{more}."


def _above(line: Any) -> str:
    """By which part of itself a total is below a sum."""
    digits = digits_of(line["sum"], line["printed"])
    return display(line["sum"] / line["printed"] - 1, "1", digits=digits)


ROUNDED_TOTAL = (
    "The printed world total is rounded: it is as much as its largest row alone, less than the sum."
)
"""What is said of a total that shares are not of."""


def left_out_words(codes: str) -> str:
    """Whom a total leaves out, in a sentence."""
    names = " and ".join(place_name(code) for code in codes.split("+"))
    return f"The printed world total leaves out: {names}."
