"""Leading countries whose newest figure is gone, or of another size than their figure of the year before.

Editions are compared year by year, so that the newest year of a new one would be compared with nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.differences import differences
from loaders.store import of_an_account
from loaders.vocabulary import IN_GROUND, NEVER_ADDED, OTHER, WORLD, ChangeKind

LEADING = 0.1
"""A country with this part of the sum of all countries, the year before or now, leads."""

FACTOR = 3.0
"""A leading figure that grows or shrinks more than this within a year is looked at.

In the USGS editions of 2023 to 2026 three do: zeolites of South Korea and rare earths of Myanmar grew so in
2023, rutile of Ukraine shrank so in 2024.
"""

LEAST = 4
"""In a table of fewer countries than this, each of them leads."""

_TABLE = ["mineral", "measure"]


def moved_leaders(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Leading figures, and world totals, of the newest year of `new` that fell away or moved by `FACTOR`.

    Both are observation tables of one edition each. A figure is compared with that of the year before in
    `new`, or, where a table of one mineral and measure has only one year there, with the newest of `old`.
    Columns and order are those of `differences`.
    """
    new, old = _compared(new), _compared(old)
    now = int(new["year"].max()) if len(new) else 0
    newest, earlier = new[new["year"] == now], new[new["year"] < now]
    before = pd.concat(
        [_latest(_of(earlier, newest)), _latest(_of(old, newest, but=earlier))], ignore_index=True
    )
    leading = pd.concat([_leading(before), _leading(newest)])
    before, newest = (_of(side, leading, [*_TABLE, "place"]) for side in (before, newest))
    found = differences(before.assign(year=now), newest)
    years = before.groupby(_TABLE, observed=True)["year"].first().astype("Int64")
    return _moved(found.assign(old_year=years.reindex(_key(found, _TABLE)).array))


def _compared(table: pd.DataFrame) -> pd.DataFrame:
    """The figures of countries that make a sum, and world totals."""
    added = ~table["measure"].isin([measure.value for measure in NEVER_ADDED]) & (table["partner"] == "")
    return table[added & ~of_an_account(table) & (table["place"] != OTHER)]


def _key(table: pd.DataFrame, names: Sequence[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(table[list(names)])


def _of(
    table: pd.DataFrame,
    others: pd.DataFrame,
    names: Sequence[str] = _TABLE,
    but: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The rows whose names stand in others as well, and not in those to leave out."""
    key = _key(table, names)
    wanted = key.isin(_key(others, names).unique())
    return table[wanted if but is None else wanted & ~key.isin(_key(but, names).unique())]


def _latest(table: pd.DataFrame) -> pd.DataFrame:
    """The newest year of each table."""
    return table[table["year"] == table.groupby(_TABLE, observed=True)["year"].transform("max")]


def _leading(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of world totals, and of countries that lead where there are at least `LEAST`."""
    world = table["place"] == WORLD
    countries = table.assign(known=_known(table, "").mask(world), place=table["place"].mask(world))
    groups = countries.groupby([*_TABLE, "unit"], observed=True)
    known = countries["known"]
    leads = (known > 0) & (known >= LEADING * groups["known"].transform("sum"))
    return table[(leads | world) & (groups["place"].transform("nunique") >= LEAST)]


def _known(table: pd.DataFrame, side: str) -> pd.Series:
    """The value, else the bound that is known of it."""
    first, *bounds = (f"{side}{name}" for name in (("value", "lower", "upper") if not side else _SIDE))
    known = table[first]
    for bound in bounds:
        known = known.fillna(table[bound])
    return known


_SIDE = ("", "_lower", "_upper")


def _moved(found: pd.DataFrame) -> pd.DataFrame:
    """The differences that are a loss, or a change of size; a row that is gone is that of a place."""
    gone = found["kind"].isin(_GONE)
    old, new = (_known(found, side) for side in ("old", "new"))
    lost = gone | (found["kind"] == ChangeKind.NUMBER_LOST) | (new == 0)
    size = (new > FACTOR * old) | (new < old / FACTOR)
    size &= ~found["measure"].isin([measure.value for measure in IN_GROUND])
    kinds = found["kind"].mask(gone, ChangeKind.PLACE_VANISHES.value)
    return found.assign(kind=kinds)[(old > 0) & (lost | size)].reset_index(drop=True)


_GONE = (ChangeKind.MINERAL_VANISHES, ChangeKind.MEASURE_VANISHES, ChangeKind.PLACE_VANISHES)
