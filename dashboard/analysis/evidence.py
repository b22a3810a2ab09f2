"""Which statistics bear on a claim: the mineral, the measure, the year and the series of each edition.

The mineral is the claim's own; for shares, ranks and ratios of a group without statistics, the first of
its members that has any, which is shown beside the claim and never as the same thing. The measure is the
claim's own where there are figures of it; what is in the ground is held against reserves, then resources,
and production of a stage that is not stated against the first stage of the vocabulary. The year is the
claim's own, or the nearest that the edition has for that measure; the latest where the claim is of none.
Of several series of that year it is the one on the claim's basis, then the one with a number for its place.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, cast

import pandas as pd

from dashboard.analysis.details import counted_together
from dashboard.analysis.rank import rank
from dashboard.analysis.scope import members
from dashboard.analysis.series import (
    SERIES,
    ByMineral,
    as_records,
    by_mineral,
    collect,
    few,
    lazy,
    select,
)
from loaders.model import Claim, Dataset, Edition
from loaders.vocabulary import IN_GROUND, STATED_ONLY, Kind, Measure


class EditionRef(NamedTuple):
    """An edition to check against, and how its publisher is called: in a sentence ("USGS"), and in full."""

    dataset: str
    edition: str
    said_by: str
    publisher: str = ""

    @classmethod
    def of(cls, dataset: Dataset, edition: Edition) -> EditionRef:
        """The edition of a dataset."""
        return cls(dataset.id, edition.edition, dataset.said_by, dataset.publisher)

    def is_called(self, name: str) -> bool:
        """Whether a document means the publisher by a name: as in a sentence or in full."""
        return _plain(name) in (_plain(self.said_by), _plain(self.publisher))


def _plain(name: str) -> str:
    """A name without what is written in several ways: "the U.S.", "the United States"."""
    return name.casefold().removeprefix("the ").replace(".", "").replace("united states", "us")


_Line = dict[Any, Any]
"""A row of a table, by column."""


class _Series(NamedTuple):
    """What the figures of a series agree in, as in `SERIES`."""

    dataset: str
    edition: str
    mineral: str
    measure: str
    year: int
    basis: str
    unit: str


@dataclass(frozen=True)
class Evidence:
    """The rows that may bear on a claim, and the ranking of their series.

    `every` holds what editions have of the mineral, bearing on the claim or not: columns `HAVING`.
    `is_counted` is false where no dataset has a figure of the measure, of whatever mineral.
    """

    mineral: str | None
    rows: pd.DataFrame = field(repr=False)
    ranked: pd.DataFrame = field(repr=False)
    every: pd.DataFrame = field(repr=False)
    is_counted: bool = True

    def of_edition(self, edition: EditionRef) -> pd.DataFrame:
        """What an edition has of the mineral: lines of `every`."""
        return self.every[_is_of(self.every, edition)]

    def row_of(self, place: str) -> _Line | None:
        """The first row of a place."""
        return self._rows.get(place)

    def line_of(self, place: str) -> _Line | None:
        """The place's line in the ranking; None for what is not one country."""
        return self._lines.get(place)

    @cached_property
    def _rows(self) -> dict[str, _Line]:
        first = as_records(self.rows.drop_duplicates("place"))
        return {str(line["place"]): line for line in first}

    @cached_property
    def _lines(self) -> dict[str, _Line]:
        return {str(line["place"]): line for line in as_records(self.ranked)}

    @cached_property
    def series(self) -> dict[_Series, Any]:
        """Where the rows of each series stand."""
        found = self.rows.groupby(SERIES, sort=False).indices
        return {_Series(*cast("tuple[Any, ...]", key)): lines for key, lines in found.items()}

    @cached_property
    def _ranks(self) -> dict[Hashable, Any]:
        """Where the lines of each series stand in the ranking."""
        return dict(self.ranked.groupby(SERIES, sort=False).indices)

    def of_series(self, name: _Series) -> Evidence:
        """That of one series."""
        ranked = self.ranked.iloc[self._ranks.get(tuple(name), [])]
        return Evidence(self.mineral, self.rows.iloc[self.series[name]], ranked, self.every)


HAVING = ["dataset", "edition", "mineral", "measure", "year", "place"]
"""What tells whether an edition has a figure."""


def _is_of(rows: pd.DataFrame, edition: EditionRef) -> pd.Series:
    return (rows["dataset"] == edition.dataset) & (rows["edition"] == edition.edition)


def may_bear_on(claim: Claim, mineral: str, measure: str) -> bool:
    """Whether figures of a mineral and measure may be among the evidence of a claim."""
    return mineral in _minerals(claim) and measure in measures(claim.measure)


class Near(NamedTuple):
    """The figures of the minerals that some claims are of, and every measure that anything is counted in."""

    rows: ByMineral
    measures: frozenset[str]

    def measured(self, mineral: str, measures: Iterable[str]) -> pd.DataFrame:
        """The figures of one mineral and some measures."""
        rows = self.rows.of(mineral)
        return rows[rows["measure"].isin(list(measures))]


def near_claims(claims: Iterable[Claim], observations: Any) -> Near:
    """What the evidence of some claims is looked for in: a table of all editions, or that `by_mineral`."""
    if isinstance(observations, pd.DataFrame):  # nothing is copied but what is looked at
        observations = by_mineral(observations)
    if isinstance(observations, ByMineral):
        return Near(observations, frozenset(observations.table["measure"].unique()))
    minerals = {mineral for claim in claims for mineral in _minerals(claim)}
    measures = collect(lazy(observations).select("measure").unique())["measure"]
    return Near(by_mineral(collect(select(observations, mineral=minerals))), frozenset(measures))


def _minerals(claim: Claim) -> tuple[str, ...]:
    """The mineral of a claim, and those of which figures may stand for it."""
    wider = () if claim.kind is Kind.QUANTITY else members(claim.mineral or "")
    return claim.mineral or "", *wider


Known = dict[tuple[tuple[str, ...], tuple[str, ...], bool], Evidence]


def evidence_of(claim: Claim, near: Near, known: Known) -> Evidence:
    """The statistics of all editions that may bear on a claim; `known` keeps what was looked up before."""
    key = (_minerals(claim), measures(claim.measure), claim.kind is Kind.QUANTITY)
    if key not in known:
        known[key] = _statistics(*key, near)
    return known[key]


def _statistics(minerals: tuple[str, ...], of: tuple[str, ...], apart: bool, near: Near) -> Evidence:
    """The figures of the first of the minerals that has any; `apart` keeps each on its printed basis."""
    tables = ((mineral, near.measured(mineral, of)) for mineral in minerals)
    first, rows = next((found for found in tables if len(found[1])), (None, near.measured("", of)))
    own = few(rows) if apart else counted_together(few(rows))
    every = pd.concat(
        [near.rows.of(mineral)[HAVING] for mineral in dict.fromkeys((minerals[0], first or ""))]
    )
    return Evidence(first, own, rank(own), every.drop_duplicates(), not near.measures.isdisjoint(of))


def measures(measure: Measure) -> tuple[str, ...]:
    """The measures that a claim's measure is held against, the nearest first."""
    nearest: tuple[Measure, ...]
    if measure in IN_GROUND:
        nearest = (measure, Measure.RESERVES, Measure.RESOURCES)
    elif measure is Measure.PRODUCTION:
        nearest = tuple(stage for stage in Measure if stage.value.endswith("production"))
    else:
        nearest = (measure,)
    return tuple(dict.fromkeys(str(code) for code in nearest))


OUTPUT = measures(Measure.PRODUCTION)
"""The measures of production."""


def in_edition(evidence: Evidence, claim: Claim, edition: EditionRef) -> Evidence:
    """The one series of an edition that the claim is held against; empty where it has none."""
    own = [name for name in evidence.series if name[:2] == (edition.dataset, edition.edition)]
    if not own:
        return Evidence(evidence.mineral, evidence.rows[:0], evidence.ranked[:0], evidence.every)
    nearest = min(_distance(name, claim) for name in own)
    near = sorted(name for name in own if _distance(name, claim) == nearest)
    found = map(evidence.of_series, near)
    return min(found, key=lambda one: bool(_of_place(one.rows, claim.place)["value"].isna().all()))


def _distance(series: _Series, claim: Claim) -> tuple[int, int, int, bool]:
    """How far a series is from what the claim is about."""
    return (
        measures(claim.measure).index(series.measure),
        abs(series.year - claim.year) if claim.year else 0,
        -series.year,
        series.basis != claim.basis,
    )


def _of_place(rows: pd.DataFrame, place: str | None) -> pd.DataFrame:
    return rows[rows["place"] == place]


def has_statistics(claim: Claim) -> bool:
    """Whether statistics of minerals could say anything about it: not of sums of money, nor of trade."""
    return claim.kind is not Kind.MONEY and claim.measure not in (*STATED_ONLY, *OF_TRADE)


OF_TRADE = (Measure.IMPORTS, Measure.EXPORTS, Measure.PRICE)
"""Measures of which statements are not held against tables: what counts as trade differs too much."""
