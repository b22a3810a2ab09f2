"""Trade by country and good: which goods are minerals, and the figures of a country from all its partners.

`knowledge/hs_codes.csv` says which mineral a code of the Harmonized System is, at which stage, and what its
weight is a weight of. Goods of several minerals, and all others, are left out. Stages are never added: codes
of one mineral on one basis stay rows of their own, told apart by their words. Nor are twins: the same flow in
another edition of the Harmonized System, or once more.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from loaders.columns import by_text
from loaders.knowledge import table
from loaders.values import clean, clean_column, read_values
from loaders.vocabulary import Basis, Status

NOT_A_MINERAL = "a good of no mineral, or of several"


def are_goods(codes: pd.Series) -> pd.Series:
    """Where a code is one of a mineral, as `goods` knows them."""
    known = set(table("hs_codes")["code"])
    return by_text(codes, lambda text: "1" if _whole(text) in known else "").eq("1").astype(bool)


def _whole(code: str) -> str:
    """The six digits of a code; a heading of four digits is its one subheading."""
    return clean(code).ljust(6, "0") if len(clean(code)) == 4 else clean(code)


def goods(codes: pd.Series) -> pd.DataFrame:
    """What goods are, by their codes: columns `mineral`, `basis`, `words`; <NA> where a code is no mineral's.

    A heading of four digits that has one subheading, such as 2605, is that subheading.
    """
    known = table("hs_codes").set_index("code")
    whole = by_text(codes, _whole)
    found = known[["mineral", "basis", "words"]].reindex(whole.to_numpy())
    return found.assign(words=whole.to_numpy() + " " + found["words"]).set_axis(codes.index)


def again(lines: pd.DataFrame, keys: list[str], partner: str) -> pd.Series:
    """How many earlier lines say the same: equal `keys` and the same partner; 0 for the first.

    Twins, as of two downloads put together, are no flows to be summed: they become figures of their own.
    """
    return lines.groupby([*keys, partner], sort=False, observed=True, dropna=False).cumcount()


def by_country(cells: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One line for the flows of each group of equal `keys`: the first line, with what they come to.

    `cells` has `printed_value`, `unit` and `whole`, whether the flows are all there are. A single flow stays
    as printed. Of several, `value` is the sum in the printed unit; where a flow has no number, or others are
    not in the file, the sum is `lower`, and there is no value. The note says how many flows there are.
    """
    values = read_values(cells["printed_value"])
    unread = ~values["known"] & (cells["printed_value"].str.strip() != "")
    lines = cells.assign(
        _number=values["value"], _one=1, _known=values["value"].notna(), _unread=unread
    ).sort_values("_unread", ascending=False, kind="stable")
    grouped = lines.groupby(keys, sort=False, observed=True, dropna=False)
    first = grouped.head(1)
    sums = grouped.agg(
        total=("_number", "sum"), flows=("_one", "sum"), known=("_known", "sum"), whole=("whole", "all"),
        unread=("_unread", "any"),
    ).set_axis(first.index)  # fmt: skip
    has = sums["known"] > 0
    value = sums["total"].where((sums["flows"] == sums["known"]) & sums["whole"])
    several = (sums["flows"] > 1) & ~sums["unread"]
    written = sums["total"].map("{:.15g}".format).where(has, "NA")
    return first.assign(
        value=value,
        lower=sums["total"].where(value.isna() & has),
        upper=np.nan,
        status=np.where(has, Status.AS_PUBLISHED.value, Status.NOT_AVAILABLE.value),
        known=~sums["unread"],
        note=_notes(sums),
        printed_value=first["printed_value"].where(~several, written),
    ).drop(columns=["_number", "_one", "_known", "_unread"])


def _notes(sums: pd.DataFrame) -> pd.Series:
    """How many flows a figure is the sum of, and what is not in it."""
    without = sums["flows"] - sums["known"]
    several: pd.Series = ("The sum of " + sums["flows"].astype("string") + " flows. ").where(
        sums["flows"] > 1, ""
    )
    missing = (without.astype("string") + " without a number. ").where(
        (without > 0) & (sums["flows"] > 1), ""
    )
    others = pd.Series("", index=sums.index, dtype="string").mask(
        ~sums["whole"], "Other partners are not in the file."
    )
    found: pd.Series = (several + missing).add(others).str.strip()
    return found


def basis_of_trade(basis: pd.Series, is_money: bool) -> pd.Series:
    """What an amount is an amount of; money is of nothing."""
    return basis.mask(pd.Series(is_money, index=basis.index), Basis.NOT_APPLICABLE.value)


def is_true(column: pd.Series) -> pd.Series:
    """Where a flag such as `isAggregate` is set."""
    return clean_column(column).str.lower().isin(["true", "1"])
