"""One printed table as ranked series: each with its rows in order, their shares, and the world total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.analysis.first_places import Lead, in_no_row, lead, of_several
from dashboard.analysis.rank import rank
from dashboard.analysis.series import as_records
from loaders.names import place_name
from loaders.units import best_scale, digits_of, printed_digits, scale_factor
from loaders.vocabulary import OTHER, WORLD, Basis, Status, Total

RANKED, UNRANKED, CONTEXT = 0, 1, 2
"""Kinds of rows in the order of a chart: ranked countries, countries without a rank, what is no country."""


@dataclass(frozen=True, eq=False)
class RankedSeries:
    """The figures that may stand on one axis, and the world total printed for them.

    `rows` are all observations but the world total, in the order of a chart. To the columns of the
    observations they add `name`, `row_kind` (see `RANKED`), `rank`, `tied`, `share` (of the row, a fraction),
    `place_value` and `place_share` (of all rows of the place). `world` is one observation or none.
    `total` says what shares are of, see `vocabulary.Total`, and `whole` how much that is; NaN where there are
    no shares. The places `left_out` are not in the printed total; `at_most` says whether shares are upper
    bounds.
    """

    rows: pd.DataFrame = field(repr=False)
    world: pd.DataFrame = field(repr=False)
    total: str
    whole: float
    left_out: str
    at_most: bool

    @cached_property
    def any_row(self) -> pd.Series:
        """A row that stands for what all have in common."""
        return (self.world if self.rows.empty else self.rows).iloc[0]

    @property
    def basis(self) -> Basis:
        """What the amounts are amounts of."""
        return Basis(self.any_row["basis"])

    @property
    def unit(self) -> str:
        """The canonical unit."""
        return str(self.any_row["unit"])

    @cached_property
    def ranked(self) -> pd.DataFrame:
        """One line for each ranked country, the first rank first."""
        return self.rows[self.rows["row_kind"] == RANKED].drop_duplicates("place")

    @cached_property
    def unranked(self) -> pd.DataFrame:
        """One line for each country without a rank."""
        return self.rows[self.rows["row_kind"] == UNRANKED].drop_duplicates("place")

    @property
    def lead(self) -> Lead:
        """How the first country stands to the rest of the table."""
        return lead(self._countries, self.several, self._printed_whole)

    @property
    def in_no_row(self) -> float:
        """The share of the printed total that stands in no row."""
        whole = self._printed_whole
        return in_no_row(self._countries, self.several, whole) / whole if whole else 0.0

    @cached_property
    def _countries(self) -> pd.DataFrame:
        lines = self.rows[self.rows["row_kind"] != CONTEXT].drop_duplicates("place")
        return lines.assign(value=lines["place_value"])

    @property
    def _printed_whole(self) -> float | None:
        exact = self.total in (Total.PRINTED, Total.ROWS) and not self.at_most
        return self.whole if exact else None

    def perhaps_above(self, value: float) -> pd.DataFrame:
        """The countries without a single number whose bounds allow more than a value."""
        rows = self.unranked
        bounded = rows["lower"].notna() | rows["upper"].notna()
        most = rows["upper"].fillna(float("inf")).where(bounded)
        return rows[most > value]

    def share_digits(self, row: Any) -> int:
        """How many digits the share of a row carries: as that and the total are printed."""
        own = digits_of(row["value"]), printed_digits(str(row["printed_value"]))
        return min(*own, self._total_digits)

    @cached_property
    def _total_digits(self) -> int:
        totals = as_records(self.world[["value", "lower", "printed_value"]])
        return min(
            (
                min(printed_digits(str(line["printed_value"])), digits_of(line["value"], line["lower"]))
                for line in totals
            ),
            default=printed_digits(""),
        )

    @cached_property
    def several(self) -> pd.DataFrame:
        """The rows that count several countries in one."""
        return of_several(self.rows)

    @cached_property
    def positive(self) -> int:
        """How many rows have more than nothing."""
        return int((self.rows["value"] > 0).sum())

    @cached_property
    def says_nothing(self) -> bool:
        """Whether the publisher says of every row that no number can exist."""
        status = pd.concat([self.rows["status"], self.world["status"]])
        return bool((status == Status.NOT_APPLICABLE).all())

    def scale(self) -> str | None:
        """The scale in which the middle number reads best.

        None where a number would have five digits in it, which its own scale spares: each has that then.
        """
        tables = [part[["value", "lower"]].to_numpy(float) for part in (self.rows, self.world)]
        known, least = np.concatenate(tables).T
        numbers = np.where(np.isnan(known), least, known)
        positive = numbers[numbers > 0]
        middle, most = (np.median(positive), positive.max()) if len(positive) else (0.0, 0.0)
        scale, own = (best_scale(float(number), self.unit) for number in (middle, most))
        short = most * scale_factor(self.unit, scale) < _FIVE_DIGITS
        return scale if short or scale == own else None


_FIVE_DIGITS = 10_000


def has_place(line: Any) -> bool:
    """Whether a row is of a ranked country that has any: one with zero has no place among producers."""
    return bool(line["row_kind"] == RANKED and line["place_value"] != 0)


def ranked_series(rows: pd.DataFrame, ranked: pd.DataFrame | None = None) -> list[RankedSeries]:
    """The series of one printed table (one mineral, measure, edition and year), most numbers first.

    `ranked` are the lines of `analysis.rank.rank` for these rows, where they are known already. Shares of
    the sum, where no total is printed, are given only if the series is the whole table.
    """
    lines = rank(rows) if ranked is None else ranked
    groups = list(rows.groupby(["basis", "unit"], sort=True))
    found = [
        _one(group, lines[(lines["basis"] == basis) & (lines["unit"] == unit)], alone=len(groups) == 1)
        for (basis, unit), group in groups
    ]
    return sorted(found, key=lambda part: (-len(part.ranked), part.world.empty, part.basis))


def _one(group: pd.DataFrame, ranked: pd.DataFrame, *, alone: bool) -> RankedSeries:
    world = (group["place"] == WORLD).to_numpy()
    rows = group[~world]
    places = rows["place"].tolist()
    ranks, tied, values = _of_places(places, ranked)
    total, left_out, at_most, denominator = _total(ranked, alone=alone)
    outside = set(left_out.split("+"))
    whole = np.where([code in outside for code in places], np.nan, denominator)
    names = [place_name(code) for code in places]
    kinds = _kinds(places, np.isnan(ranks))
    order = _order(rows, kinds, ranks, names)
    found = (
        rows.take(order)
        .reset_index(drop=True)
        .assign(
            rank=ranks[order],
            tied=tied[order],
            place_value=values[order],
            name=[names[place] for place in order],
            row_kind=kinds[order],
            share=(rows["value"].to_numpy() / whole)[order],
            place_share=(values / whole)[order],
        )
    )
    return RankedSeries(found, group[world], total, denominator, left_out, at_most)


def _of_places(places: Sequence[str], ranked: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rank, whether it is tied, and value of each place, from the lines of `analysis.rank.rank`."""
    lines = zip(*(ranked[name].tolist() for name in ("place", "rank", "tied", "value")), strict=True)
    told = {place: own for place, *own in lines}
    found = [told.get(place, (np.nan, False, np.nan)) for place in places]
    ranks, values = (np.array([own[at] for own in found], dtype=float) for at in (0, 2))
    return ranks, np.array([own[1] is True for own in found], dtype=bool), values


def _kinds(places: Sequence[str], unranked: np.ndarray) -> np.ndarray:
    no_country = np.array([code == OTHER or "+" in code for code in places], dtype=bool)
    return np.where(no_country, CONTEXT, np.where(unranked, UNRANKED, RANKED))


def _total(ranked: pd.DataFrame, *, alone: bool) -> tuple[str, str, bool, float]:
    """What shares are of, whom it leaves out, whether they are at most so much, and the amount."""
    if ranked.empty:
        return Total.NONE, "", False, float("nan")
    line = ranked.iloc[0]
    total, amount = str(line["denominator_is"]), float(line["denominator"])
    if total in (Total.PRINTED, Total.AT_LEAST) and (ranked["share"] > 1).any():
        return Total.TOO_SMALL, str(line["left_out"]), False, float("nan")
    if total == Total.NONE or not amount > 0 or (total == Total.SUM and not alone):
        return Total.NONE, "", False, float("nan")
    return total, str(line["left_out"]), bool(line["share_is_upper_bound"]), amount


def _order(rows: pd.DataFrame, kinds: np.ndarray, ranks: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Where each row stands: ranked countries by rank; then those without, by lower bound; then the rest."""
    keys = (rows["row"].to_numpy(), np.array(names, dtype=object), -rows["lower"].to_numpy(), ranks, kinds)
    return np.lexsort(keys) if len(rows) else np.empty(0, dtype=int)  # NaN stands last in each key
