"""One edition as it is ranked: read once for all of its minerals, and for the critical lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.concentration import (
    KINDS,
    counted,
    main_series,
    of_ranked,
    with_cumulative,
    without_empty_shares,
    years_of_places,
)
from dashboard.analysis.forecasts import without_forecasts
from dashboard.analysis.rank import ranked_places
from dashboard.analysis.series import ByMineral, as_records, by_mineral, by_place, few, is_country
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.ranked_rows import is_large

_KEPT = 4
"""How many editions are kept: a reader compares a few."""


class RankedEdition(NamedTuple):
    """What an edition has of reserves and production.

    `printed` are its observations; of the newest years that have a country `rows` are the same as they are
    counted together, `lines` those of `by_place`, `ranked` and `series` those of `rank` and `concentration`,
    `years` those of `years_of_places`.
    """

    printed: pd.DataFrame
    rows: pd.DataFrame
    lines: pd.DataFrame
    ranked: pd.DataFrame
    series: pd.DataFrame
    years: pd.DataFrame

    def of(self, minerals: Sequence[str]) -> RankedEdition:
        """The same of some minerals alone."""
        return RankedEdition(*(table[table["mineral"].isin(minerals)] for table in self))


def ranked_edition(data: Snapshot, edition: str, minerals: Sequence[str]) -> RankedEdition:
    """Some minerals of an edition, by an id such as `usgs-mcs.2026`; of a large one they alone are ranked."""
    if is_large(data, edition):
        return _ranked_alone(data, edition, tuple(minerals))
    return _ranked_edition(data, edition).of(minerals)


@kept_with_data(_KEPT)
def _ranked_edition(data: Snapshot, edition: str) -> RankedEdition:
    return _ranked(printed_edition(data, edition))


@kept_with_data(_KEPT)
def _ranked_alone(data: Snapshot, edition: str, minerals: tuple[str, ...]) -> RankedEdition:
    every = printed_edition(data, edition)
    return _ranked(every[every["mineral"].isin(minerals)])


def _ranked(every: pd.DataFrame) -> RankedEdition:
    """The observations of an edition, ranked; forecasts are left out where a mineral has more."""
    wanted = [measure for names in KINDS.values() for measure in names]
    printed = without_forecasts(every[every["measure"].isin(wanted)])
    together = counted(printed)
    as_is = all(together[name].equals(printed[name]) for name in ("measure", "basis"))
    rows = _newest(together)
    lines = by_place(rows)
    ranked = ranked_places(lines, rows)
    ranked, series = without_empty_shares(ranked), of_ranked(ranked)
    separate = rows if as_is else _newest(printed)
    years = years_of_places(lines if as_is else by_place(separate), separate)
    return RankedEdition(printed, rows, lines, ranked, series, years)


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Without the years before the last one in which a measure of a mineral has a country."""
    years = rows["year"].where(is_country(rows["place"]))
    return few(rows[~(rows["year"] < years.groupby([rows["mineral"], rows["measure"]]).transform("max"))])


class RankedMineral(NamedTuple):
    """What an edition has of one mineral: as `RankedEdition`, and the main series of each kind, by kind."""

    own: RankedEdition
    main: dict[str, dict[str, Any]]


def ranked_mineral(data: Snapshot, edition: str, mineral: str) -> RankedMineral:
    """One mineral of an edition; its lines of `rank` have the cumulative share, too."""
    large = is_large(data, edition)
    tables, main = _mineral_alone(data, edition, mineral) if large else _by_mineral(data, edition)
    found = {kind: lines[mineral] for kind, lines in main.items() if mineral in lines}
    return RankedMineral(RankedEdition(*(table.of(mineral) for table in tables)), found)


_Split = tuple[list[ByMineral], dict[str, dict[str, dict[str, Any]]]]
"""The tables of an edition, and of each kind the main series of each mineral."""


@kept_with_data(_KEPT)
def _by_mineral(data: Snapshot, edition: str) -> _Split:
    return _split(_ranked_edition(data, edition))


@kept_with_data(8 * _KEPT)
def _mineral_alone(data: Snapshot, edition: str, mineral: str) -> _Split:
    return _split(_ranked_alone(data, edition, (mineral,)))


def _split(every: RankedEdition) -> _Split:
    every = every._replace(ranked=with_cumulative(every.ranked))
    main = {
        kind: {str(line["mineral"]): line for line in as_records(main_series(every.series, names))}
        for kind, names in KINDS.items()
    }
    return [by_mineral(few(table)) for table in every], main


@kept_with_data(_KEPT)
def printed_edition(data: Snapshot, edition: str) -> pd.DataFrame:
    """All observations of an edition, as `few` has them where they are few."""
    own = data.compared_in(edition)
    return own if is_large(data, edition) else few(own)
