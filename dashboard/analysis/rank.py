"""Ranks and shares within one series: who holds or makes most, and how much of the whole."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.series import SERIES, WORLD, by_place, collect, is_country, lazy

RANK_COLUMNS = [
    *SERIES, "place", "value", "lower", "upper", "status", "rows", "rank", "tied", "share",
    "share_is_upper_bound", "denominator", "denominator_is",
]  # fmt: skip


def rank(rows: Any) -> pd.DataFrame:
    """Every country of each series with its rank and share, largest first; columns `RANK_COLUMNS`.

    The largest has rank 1; equal values share the best rank and are `tied`. World, other countries and
    groups of countries are not ranked. A country without a number has no rank (NaN) and stands last.
    `share` is a fraction of `denominator`, the printed world total; where that is printed as "more than",
    the share is an upper bound. Where no total is printed it is the sum of all rows, if all have numbers.
    """
    if isinstance(rows, pd.DataFrame) and rows.empty:
        return pd.DataFrame(columns=RANK_COLUMNS)
    places = by_place(lazy(rows))
    countries = places.filter(is_country())
    numbers = countries.filter(~nw.col("value").is_null()).with_columns(one=nw.lit(1))
    # One window per series and value: ties share the best rank, whatever the engine's row order.
    ranked = numbers.with_columns(
        rank=nw.col("value").rank("min", descending=True).over(*SERIES).cast(nw.Float64),
        tied=nw.col("one").sum().over(*SERIES, "value") > 1,
    ).select(*SERIES, "place", "rank", "tied")
    shares = countries.join(_denominators(places), on=SERIES, how="left").with_columns(
        share=nw.when(nw.col("denominator") > 0).then(nw.col("value") / nw.col("denominator")),
        share_is_upper_bound=nw.col("denominator_is") == "printed lower bound",
    )
    joined = shares.join(ranked, on=[*SERIES, "place"], how="left")
    result = collect(joined.select(*RANK_COLUMNS))
    result = result.assign(tied=result["tied"].fillna(False).astype(bool))
    return result.sort_values([*SERIES, "rank", "place"], na_position="last").reset_index(drop=True)


def _denominators(places: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """What shares are of, one line per series: `denominator`, `denominator_is`.

    `denominator_is` is 'printed', 'printed lower bound', 'sum of rows' or 'none'.
    """
    world = places.filter(nw.col("place") == WORLD).select(
        *SERIES, printed=nw.col("value"), at_least=nw.col("lower"), world=nw.lit(1)
    )
    parts = (
        places.filter(nw.col("place") != WORLD)
        .group_by(*SERIES)
        .agg(total=nw.col("value").sum(), numbers=nw.col("value").count(), rows=nw.col("place").count())
    )
    both = parts.join(world, on=SERIES, how="left")
    complete = nw.col("world").is_null() & (nw.col("numbers") == nw.col("rows"))
    return both.with_columns(
        denominator=nw.coalesce(
            nw.col("printed"), nw.col("at_least"), nw.when(complete).then(nw.col("total"))
        ),
        denominator_is=nw.when(~nw.col("printed").is_null())
        .then(nw.lit("printed"))
        .when(~nw.col("at_least").is_null())
        .then(nw.lit("printed lower bound"))
        .when(complete)
        .then(nw.lit("sum of rows"))
        .otherwise(nw.lit("none")),
    ).select(*SERIES, "denominator", "denominator_is")
