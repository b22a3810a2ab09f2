"""Where a place stands in an order when some of the others have no number, or only a bound."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.analysis.precision import known
from dashboard.analysis.series import as_records


class Standing(NamedTuple):
    """A place's rank in one series.

    `best` is its rank by what is known, ties taken best; `worst` its rank if every bound went against it.
    `tied` have the same number, `bounded` the bounds that keep the rank open, `blank` no number at all: any
    of these could stand before it, which `worst` leaves out.
    """

    best: int
    worst: int
    tied: tuple[str, ...]
    bounded: tuple[str, ...]
    blank: tuple[str, ...]


def rank_standing(ranked: pd.DataFrame, place: str) -> Standing:
    """The standing of a place among the lines of one series, as `rank` gives them."""
    own = known(ranked[ranked["place"] == place].iloc[0])
    others = as_records(ranked[ranked["place"] != place])
    above, tied, bounded, blank = 0, [], [], []
    for line in others:
        other, name = known(line), str(line["place"])
        if pd.isna(line["value"]) and pd.isna(line["lower"]) and pd.isna(line["upper"]):
            blank.append(name)
        elif other.low > own.high or (not other.is_point and other.low >= own.high):
            above += 1
        elif other == own and own.is_point:
            tied.append(name)
        elif other.high > own.low:
            bounded.append(name)
    return Standing(1 + above, 1 + above + len(bounded), tuple(tied), tuple(bounded), tuple(blank))
