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


def lead(countries: pd.DataFrame, together: pd.DataFrame, share: float | None) -> Lead:
    """How the first country stands; `countries` and `together` have `value` and `lower`.

    `countries` has a line per country, `together` the rows of several countries and of the others. `share`
    is that of the first country in a printed total; None or NaN where there is none, or only a bound.
    """
    numbers = countries["value"].dropna()
    if share is not None and share > HALF:
        return Lead.FIRST
    if len(numbers) == 1:
        return Lead.ALONE
    rest = together["value"].fillna(together["lower"]).max() if len(together) else 0.0
    return Lead.OUTWEIGHED if len(numbers) and rest > numbers.max() else Lead.FIRST


def of_several(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that count several countries in one."""
    return rows[(rows["place"] == OTHER) | rows["place"].str.contains("+", regex=False)]
