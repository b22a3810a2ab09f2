"""Leading countries whose newest figure is gone, or of another size than their figure of the year before.

Editions are compared year by year, so that the newest year of a new one would be compared with nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.analysis.differences import Codes, differences, known_amounts
from loaders.store import of_an_account
from loaders.vocabulary import IN_GROUND, NEVER_ADDED, OTHER, WORLD, ChangeKind

LEADING = 0.1
"""A country with this part of the sum of all countries, the year before or now, leads."""

FACTOR = 3.0
"""A leading figure that grows or shrinks more than this within a year is looked at.

In the USGS editions of 2023 to 2026 three do: zeolites of South Korea and rare earths of Myanmar grew so in
2023, rutile of Ukraine shrank so in 2024.
"""

_LEAST = 4
"""In a table of fewer countries than this, each of them leads."""

_TABLE = ["mineral", "measure"]


def moved_leaders(codes: Codes) -> pd.DataFrame:
    """Leading figures, and world totals, of the newest year that fell away or moved by `FACTOR`.

    The codes are those of two editions. A figure of the new one is compared with that of the year before in
    it, or, where a table of one mineral and measure has only one year there, with the newest of the old one.
    Columns and order are those of `differences`.
    """
    table, year = pd.factorize(codes.together(_TABLE))[0], codes.number("year")
    mine, compared = np.arange(codes.size) >= codes.cut, _compared(codes)
    now = year[mine & compared].max(initial=0)
    newest = compared & mine & (year == now)
    earlier = compared & mine & (year < now) & _among(table, newest)
    other = compared & ~mine & _among(table, newest) & ~_among(table, earlier)
    before = _latest(table, year, earlier) | _latest(table, year, other)
    place = pd.factorize(codes.together([*_TABLE, "place"]))[0]
    leads = _among(place, _leading(codes, before) | _leading(codes, newest))
    sides = [_rows(codes, np.flatnonzero(side & leads)) for side in (before, newest)]
    found = differences(sides[0].assign(year=now), sides[1])
    years = sides[0].groupby(_TABLE)["year"].first().astype("Int64")
    return _moved(found.assign(old_year=years.reindex(pd.MultiIndex.from_frame(found[_TABLE])).array))


def _compared(codes: Codes) -> np.ndarray:
    """The figures of countries that make a sum, and world totals."""
    found = [
        ~table["measure"].isin([measure.value for measure in NEVER_ADDED])
        & (table["partner"] == "")
        & ~of_an_account(table)
        & (table["place"] != OTHER)
        for table in (codes.old, codes.new)
    ]
    return np.concatenate([np.asarray(mask, dtype=bool) for mask in found])


def _among(key: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Where a key stands that stands in some of the rows."""
    found: np.ndarray = np.bincount(key[rows], minlength=key.max(initial=0) + 1)[key] > 0
    return found


def _latest(table: np.ndarray, year: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Those of the rows that are of the newest year of their table among them."""
    last = pd.Series(year[rows]).groupby(table[rows]).transform("max").to_numpy()
    found = np.zeros(len(rows), dtype=bool)
    found[rows] = year[rows] == last
    return found


def _leading(codes: Codes, rows: np.ndarray) -> np.ndarray:
    """Those of the rows that are world totals, and countries that lead where there are at least `_LEAST`."""
    at = np.flatnonzero(rows)
    part = _rows(codes, at, ["place"]).assign(
        group=codes.together([*_TABLE, "unit"])[at], known=known_amounts(codes)[at]
    )
    world = part["place"] == WORLD
    groups = part.assign(known=part["known"].mask(world), place=part["place"].mask(world)).groupby("group")
    leads = ~world & (part["known"] > 0) & (part["known"] >= LEADING * groups["known"].transform("sum"))
    enough = groups["place"].transform("nunique") >= _LEAST
    found = np.zeros(codes.size, dtype=bool)
    found[at[((leads | world) & enough).to_numpy()]] = True
    return found


def _rows(codes: Codes, at: np.ndarray, names: Sequence[str] | None = None) -> pd.DataFrame:
    """The observations at some positions of both tables; some columns, or all."""
    old, new = ((table if names is None else table[list(names)]) for table in (codes.old, codes.new))
    sides = old.iloc[at[at < codes.cut]], new.iloc[at[at >= codes.cut] - codes.cut]
    return pd.concat(sides, ignore_index=True)


def _moved(found: pd.DataFrame) -> pd.DataFrame:
    """The differences that are a loss, or a change of size; a row that is gone is that of a place."""
    gone = found["kind"].isin(_GONE)
    old, new = (
        found[side].fillna(found[f"{side}_lower"]).fillna(found[f"{side}_upper"]) for side in ("old", "new")
    )
    lost = gone | (found["kind"] == ChangeKind.NUMBER_LOST) | (new == 0)
    size = (new > FACTOR * old) | (new < old / FACTOR)
    size &= ~found["measure"].isin([measure.value for measure in IN_GROUND])
    kinds = found["kind"].mask(gone, ChangeKind.PLACE_VANISHES.value)
    return found.assign(kind=kinds)[(old > 0) & (lost | size)].reset_index(drop=True)


_GONE = (ChangeKind.MINERAL_VANISHES, ChangeKind.MEASURE_VANISHES, ChangeKind.PLACE_VANISHES)
