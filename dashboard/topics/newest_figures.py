"""What a page opens with where nothing says it: the edition with the newest figures, a measure with some."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import pandas as pd

from dashboard.analysis.series import few
from dashboard.snapshot import Snapshot, kept_with_data
from loaders.columns import distinct_rows
from loaders.model import EditionId
from loaders.vocabulary import OTHER, WORLD, Status

_TABLE = ["mineral", "measure", "dataset", "edition"]


def contents(observations: pd.DataFrame) -> pd.DataFrame:
    """Which figures there are: each line once, in the order in which it first stands there.

    Columns `mineral`, `measure`, `dataset`, `edition`, `year`, `unit`, `basis`; `is_forecast`, and
    `of_country`: whether it is a number of a country.
    """
    rows = observations
    known = rows["value"].notna() | rows["lower"].notna() | rows["upper"].notna()
    every = rows[[*_TABLE, "year", "unit", "basis"]].assign(
        is_forecast=rows["status"] == Status.FORECAST.value,
        of_country=known & ~rows["place"].isin([WORLD, OTHER]),
    )
    return few(distinct_rows(every))


@kept_with_data(of_names=True)
def contents_of(data: Snapshot) -> pd.DataFrame:
    """`contents` of a snapshot, found once."""
    return contents(data.observations)


@kept_with_data(of_names=True)
def last_years(data: Snapshot) -> pd.DataFrame:
    """The last year of which each table has a number of a country that is no forecast.

    Columns `mineral`, `measure`, `edition` (an id such as `usgs-mcs.2026`), `year`; tables without such a
    number are not in it.
    """
    rows = contents_of(data)
    known = rows["of_country"] & ~rows["is_forecast"]
    years = rows.loc[known, [*_TABLE, "year"]].groupby(_TABLE, as_index=False)["year"].max()
    found: pd.DataFrame = years.assign(edition=years["dataset"] + "." + years["edition"])
    return found


def newest_edition(
    data: Snapshot,
    editions: Sequence[str],
    minerals: Collection[str] | None = None,
    measures: Collection[str] | None = None,
) -> str:
    """Of some editions, the latest last, the one that has the newest figures of most tables.

    The tables are those of some minerals and measures, or of all. Of each dataset there is its edition in
    use, else its last one. Of several on a par it is the one with the newest figure, then one of a dataset
    that came with the program, then the last.
    """
    offered = one_of_each(data, editions)
    if len(offered) < 2:
        return offered[0] if offered else ""
    years = last_years(data)
    years = years[years["edition"].isin(offered)]
    for column, wanted in (("mineral", minerals), ("measure", measures)):
        years = years if wanted is None else years[years[column].isin(wanted)]
    newest = years["year"].eq(years.groupby(["mineral", "measure"])["year"].transform("max"))
    most, last = newest.groupby(years["edition"]).sum(), years.groupby("edition")["year"].max()

    def merit(edition: str) -> tuple[int, int, bool, int]:
        ours = EditionId.parse(edition).dataset in bundled_datasets(data)
        return int(most.get(edition, 0)), int(last.get(edition, 0)), ours, offered.index(edition)

    return max(offered, key=merit)


@kept_with_data()
def bundled_datasets(data: Snapshot) -> frozenset[str]:
    """The datasets that came with the program, or of which an edition did."""
    return frozenset(item.dataset.id for item in data.catalogue.all if item.bundled)


def one_of_each(data: Snapshot, editions: Iterable[str]) -> list[str]:
    """Of each dataset the edition in use, if it is one of these, else the last of them."""
    found: dict[str, str] = {}
    for edition in editions:
        dataset = EditionId.parse(edition).dataset
        if found.get(dataset) not in data.in_use:
            found[dataset] = edition
    return list(found.values())


def first_with_figures(data: Snapshot, mineral: str, measures: Sequence[str]) -> str:
    """The first measure with a number of a country: in an edition in use, else in any; else the first."""
    years = last_years(data)
    years = years[years["mineral"] == mineral]
    in_use = set(years.loc[years["edition"].isin(data.in_use), "measure"])
    known = (name for own in (in_use, set(years["measure"])) for name in measures if name in own)
    return next(chain(known, measures), "")
