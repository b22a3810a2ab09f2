"""How every country stands in every table of every edition: rank, share, and of how many.

A table is one mineral and measure of one edition, in its latest year that is no forecast.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.analysis.details import counted_together
from dashboard.analysis.forecasts import without_forecasts
from dashboard.analysis.rank import ranked_places
from dashboard.analysis.series import SERIES, by_place, few
from loaders.vocabulary import WORLD, Total

TABLE = ["dataset", "edition", "mineral", "measure"]


class Standings(NamedTuple):
    """`rows` are the observations of the latest years, as they are counted together.

    `lines` are those of `rank`, one for each series and country, with `of`, how many countries of the series
    are ranked, `positive`, how many of its rows have more than nothing, and without the shares that say
    nothing.
    """

    rows: pd.DataFrame
    lines: pd.DataFrame


def all_standings(observations: pd.DataFrame) -> Standings:
    """The standings in all tables of a table of observations, found in one pass."""
    happened = without_forecasts(observations[[*TABLE, "year", "status"]])
    latest = happened["year"] == happened.groupby(TABLE, sort=False)["year"].transform("max")
    rows = counted_together(few(observations.loc[happened.index[latest]]))
    lines = ranked_places(by_place(rows), rows)
    having = rows[(rows["place"] != WORLD) & (rows["value"] > 0)].groupby(SERIES).size().rename("positive")
    lines = lines.join(having, on=SERIES).fillna({"positive": 0})
    return Standings(rows, _telling(lines, rows))


def _telling(lines: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """With `of`, and without shares of a total that is none of these rows.

    So it is with a printed total smaller than one of its countries, with the sum of the rows where a table
    has several series, and with that of a single row.
    """
    if lines.empty:
        return lines.assign(of=pd.Series(dtype="int64"))
    series = lines.groupby(SERIES, sort=False)
    ranked = series["rank"].transform("count").astype(int)
    several = rows.groupby(TABLE)[["basis", "unit"]].nunique().max(axis=1).gt(1).rename("several")
    among = lines.join(several, on=TABLE)["several"].fillna(False).astype(bool)
    of_rows = lines["denominator_is"] == Total.SUM
    exceeded = series["share"].transform("max") > 1
    lone = series["place"].transform("size") == 1
    nothing = (exceeded & ~of_rows) | (of_rows & (among | lone))
    return lines.assign(share=lines["share"].mask(nothing), of=ranked)
