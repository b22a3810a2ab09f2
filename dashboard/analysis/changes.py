"""What becomes of each figure when one edition takes the place of another."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from loaders.read import KEY

COMPARED = ["value", "lower", "upper", "status"]
"""A figure is revised where one of these differs."""

_CARRIED = [*COMPARED, "printed_value", "printed_unit", "note"]


class Extent(NamedTuple):
    """How much an edition holds."""

    minerals: int
    places: int
    figures: int


def extent(observations: pd.DataFrame) -> Extent:
    """Minerals, places and figures of a table of observations."""
    return Extent(observations["mineral"].nunique(), observations["place"].nunique(), len(observations))


def changes(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """One line per figure of either table of observations, in the order of `KEY`.

    `change` is 'same', 'revised', 'added' or 'removed'; columns of `_CARRIED` come twice, with `_old` and
    `_new`; `ratio` is new over old; `extent` is its distance from 1 in powers of ten, infinite where a
    number appears, vanishes, or was or becomes zero. Figures that a table has several times are
    compared in the order of their rows.
    """
    both = _keyed(old).merge(
        _keyed(new), on=[*KEY, "nth"], how="outer", suffixes=("_old", "_new"), indicator=True
    )
    kinds = {"left_only": "removed", "right_only": "added", "both": "same"}
    change = both["_merge"].astype("object").map(kinds)
    change = change.mask((change == "same") & _differs(both), "revised")
    return both.drop(columns=["_merge", "nth"]).assign(change=change, **_sizes(both))


def _keyed(observations: pd.DataFrame) -> pd.DataFrame:
    return observations[[*KEY, *_CARRIED]].assign(nth=observations.groupby(KEY, sort=False).cumcount())


def _differs(both: pd.DataFrame) -> pd.Series:
    differs = pd.Series(False, index=both.index)
    for name in COMPARED:
        old, new = both[f"{name}_old"], both[f"{name}_new"]
        differs |= (old != new).fillna(True).astype(bool) & ~(old.isna() & new.isna())
    return differs


def _sizes(both: pd.DataFrame) -> dict[str, pd.Series]:
    old, new = both["value_old"], both["value_new"]
    ratio = (new / old).where((old > 0) & (new > 0))
    one_sided = (old.fillna(0) > 0) != (new.fillna(0) > 0)
    powers = pd.Series(np.log10(ratio), index=both.index).abs()
    return {"ratio": ratio, "extent": powers.fillna(0.0).mask(one_sided, np.inf)}


def largest(changed: pd.DataFrame, lines: int) -> pd.DataFrame:
    """The revised figures that changed most, numbers that appear or vanish first."""
    revised = changed[changed["change"] == "revised"]
    return revised.sort_values(["extent", *KEY], ascending=[False, *[True] * len(KEY)]).head(lines)
