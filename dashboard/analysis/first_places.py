"""Whether a table has a first country: not one that stands alone, with the rest in no country."""

from __future__ import annotations

import pandas as pd

from loaders.vocabulary import OTHER, Term

HALF = 0.5


class Lead(Term):
    """How the first country of a table stands to the rest of it."""

    FIRST = "first", "first", "It has the largest number, and no more than it stands in one row together."
    ALONE = "alone", "alone", "It is the only country with a number, and does not have half of the whole."
    OUTWEIGHED = "outweighed", "outweighed", "Countries that stand in one row together have more than it."
    OPEN = "open", "open", "More of the printed total is in no row than it has: another may have more."


def lead(countries: pd.DataFrame, together: pd.DataFrame, whole: float | None) -> Lead:
    """How the first country stands; `countries` and `together` have `value` and `lower`.

    `countries` has a line per country, `together` the rows of several countries and of the others. `whole`
    is the printed total; None or NaN where there is none, or only a bound.
    """
    numbers = countries["value"].dropna()
    if whole is not None and len(numbers) and numbers.max() > HALF * whole:
        return Lead.FIRST
    if len(numbers) == 1:
        return Lead.ALONE
    if len(numbers) and in_no_row(countries, together, whole) > numbers.max():
        return Lead.OPEN
    rest = together["value"].fillna(together["lower"]).max() if len(together) else 0.0
    return Lead.OUTWEIGHED if len(numbers) and rest > numbers.max() else Lead.FIRST


def in_no_row(countries: pd.DataFrame, together: pd.DataFrame, whole: float | None) -> float:
    """How much of a printed total stands in no row of its table; 0 without a total. As for `lead`."""
    if whole is None or not whole > 0:
        return 0.0
    rows = pd.concat([part[["value", "lower"]].astype(float) for part in (countries, together) if len(part)])
    return max(0.0, whole - float(rows["value"].fillna(rows["lower"]).sum()))


def of_several(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that count several countries in one."""
    return rows[(rows["place"] == OTHER) | rows["place"].str.contains("+", regex=False)]
