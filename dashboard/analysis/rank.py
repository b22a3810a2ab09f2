"""Ranks and shares within one series: who holds or makes most, and how much of the whole.

The engine selects, sums and ranks; what comes back is one line per series and place.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.analysis.series import SERIES, by_place, is_country
from dashboard.analysis.totals import denominators, is_outside

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
    sum of all rows, if all have numbers; so it is where the printed total is as much as the largest row
    alone, though others have something. See `totals.denominators`.
    """
    if isinstance(rows, pd.DataFrame) and rows.empty:
        return pd.DataFrame(columns=RANK_COLUMNS)
    return ranked_places(by_place(rows), rows)


def ranked_places(places: pd.DataFrame, rows: Any) -> pd.DataFrame:
    """As `rank`, where the lines of `by_place` are at hand."""
    if places.empty:
        return pd.DataFrame(columns=RANK_COLUMNS)
    places = places.join(denominators(places, rows))
    countries = places[is_country(places["place"])]
    ranked = countries.assign(share=_shares(countries), **_ranks(countries))
    ranked = ranked.sort_values(["series", "rank", "place"], na_position="last", ignore_index=True)
    return ranked[RANK_COLUMNS]


def _ranks(countries: pd.DataFrame) -> dict[str, pd.Series]:
    """The `rank` of each country within its series, and whether it is `tied`."""
    values = countries["value"].groupby(countries["series"])
    best, worst = (values.rank(ties, ascending=False) for ties in ("min", "max"))
    return {"rank": best, "tied": best.notna() & (best != worst)}


def _shares(countries: pd.DataFrame) -> pd.Series:
    counted = (countries["denominator"] > 0) & ~is_outside(countries["place"], countries["left_out"])
    return (countries["value"] / countries["denominator"]).where(counted)
