"""Ranks and shares within one series: who holds or makes most, and how much of the whole.

The engine selects, sums and ranks; what comes back is one line per series and place.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.series import SERIES, by_place, collect, is_country, lazy
from dashboard.analysis.totals import denominators

RANK_COLUMNS = [
    *SERIES, "place", "value", "lower", "upper", "status", "rows", "rank", "tied", "share",
    "share_is_upper_bound", "denominator", "denominator_is", "left_out",
]  # fmt: skip


def rank(rows: Any) -> pd.DataFrame:
    """Every country of each series with its rank and share, largest first; columns `RANK_COLUMNS`.

    `rows` is a pandas, DuckDB or Spark table of observations, in canonical units. The largest has rank 1;
    equal values share the best rank and are `tied`. World, other countries and groups of countries are
    not ranked. A country without a number has no rank (NaN) and stands last. `share` is a fraction of
    `denominator`, the printed world total; where that is printed as "more than", or leaves a country out,
    the share is an upper bound, and the country left out has none. Where no total is printed it is the
    sum of all rows, if all have numbers. See `totals.denominators`.
    """
    if isinstance(rows, pd.DataFrame) and rows.empty:
        return pd.DataFrame(columns=RANK_COLUMNS)
    places = collect(_with_ranks(by_place(lazy(rows))))
    if places.empty:
        return pd.DataFrame(columns=RANK_COLUMNS)
    places = places.join(denominators(places, rows))
    countries = places[places["country"]]
    ranked = countries.assign(share=_shares(countries))[RANK_COLUMNS]
    return ranked.sort_values([*SERIES, "rank", "place"], na_position="last").reset_index(drop=True)


def _with_ranks(places: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Lines of `by_place` with `country`, and of each country with a number its `rank` and whether `tied`."""
    value, peers = nw.col("value"), [*SERIES, "country"]
    best, worst = (value.rank(ties, descending=True).over(*peers) for ties in ("min", "max"))
    ranked = nw.col("country") & ~value.is_null()
    return places.with_columns(country=is_country()).with_columns(
        rank=nw.when(ranked).then(best.cast(nw.Float64)),
        tied=nw.when(ranked).then(best != worst).otherwise(nw.lit(False)),
    )


def _shares(countries: pd.DataFrame) -> pd.Series:
    counted = countries["denominator"] > 0
    pairs = zip(countries["place"], countries["left_out"], strict=True)
    inside = pd.Series(
        [place not in left.split("+") for place, left in pairs], index=countries.index, dtype=bool
    )
    return (countries["value"] / countries["denominator"]).where(counted & inside)
