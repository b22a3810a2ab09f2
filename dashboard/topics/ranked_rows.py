"""One printed table, on the basis that is asked for: read once for all the ways in which it is shown."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.analysis.details import counted_together
from dashboard.analysis.rank import ranked_places
from dashboard.analysis.ranked_series import RankedSeries, ranked_series
from dashboard.analysis.series import AT_ONCE, ByMineral, by_mineral, by_place, few
from dashboard.snapshot import Snapshot, kept_with_data
from loaders.errors import UnlikeUnits
from loaders.model import EditionId
from loaders.units.bases import Conversion, convert_table

AS_PRINTED = "printed"
"""As `basis`: what tonnes are printed as."""

_KEPT, TABLES_KEPT = 64, 400
"""How many editions of a mineral, and how many tables of these, are kept: many readers go back and forth."""


class PrintedTable(NamedTuple):
    """One table of one edition: one mineral, measure and year.

    `rows` are its observations, on the basis that is asked for; `lines` those of `by_place`; `series` what
    may stand on one axis. `conversions` say how rows came to be on another basis, `apart` why some did not.
    """

    rows: pd.DataFrame
    lines: pd.DataFrame
    series: tuple[RankedSeries, ...]
    conversions: tuple[Conversion, ...] = ()
    apart: tuple[str, ...] = ()


@kept_with_data(TABLES_KEPT)
def printed_table(
    data: Snapshot, mineral: str, measure: str, edition: str, year: int, basis: str = AS_PRINTED
) -> PrintedTable:
    """The table, with each row on another basis where it converts; without rows where there is none.

    `edition` is an id such as `usgs-mcs.2025`, `basis` a code of `vocabulary.Basis` or `AS_PRINTED`.
    """
    of_edition = rows_of_edition(data, mineral, edition)
    rows = of_edition[(of_edition["measure"] == measure) & (of_edition["year"] == year)]
    if rows.empty:
        return PrintedTable(rows, rows, ())
    if basis == AS_PRINTED:
        tables = _ranked(data, mineral, edition)
        rows, lines, ranked = (
            table[(table["measure"] == measure) & (table["year"] == year)] for table in tables
        )
        return PrintedTable(rows, lines, tuple(ranked_series(rows, ranked)))
    rows, conversions, apart = shown_as(rows, basis)
    lines = by_place(rows)
    series = ranked_series(rows, ranked_places(lines, rows))
    return PrintedTable(rows, lines, tuple(series), tuple(conversions), tuple(apart))


@kept_with_data(_KEPT)
def rows_of_edition(data: Snapshot, mineral: str, edition: str) -> pd.DataFrame:
    """All observations that an edition has of a mineral."""
    dataset, own = EditionId.parse(edition)
    table = data.of_mineral(mineral)
    return table[(table["edition"] == own) & (table["dataset"] == dataset)]


@kept_with_data(_KEPT)
def _ranked(data: Snapshot, mineral: str, edition: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The rows of an edition as they are counted together, their lines by place, and these ranked.

    Of an edition that is not large they are taken from those of all its minerals, which the next choice of
    a reader, or of another one, finds made.
    """
    if is_large(data, edition):
        return _ranked_rows(rows_of_edition(data, mineral, edition))
    rows, lines, ranked = (table.of(mineral) for table in _ranked_edition(data, edition))
    lines = lines.assign(series=lines["series"] - lines["series"].min())
    return rows, lines.reset_index(drop=True), ranked.reset_index(drop=True)


def is_large(data: Snapshot, edition: str) -> bool:
    """Whether an edition has so many figures that a mineral is worked on when it is asked for."""
    return len(data.compared_in(edition)) > AT_ONCE


@kept_with_data(64, of_names=True)
def is_large_dataset(data: Snapshot, dataset: str, apart: bool = False) -> bool:
    """The same of a dataset; `apart` of the figures of accounts."""
    table = data.national if apart else data.observations
    return int(table["dataset"].eq(dataset).sum()) > AT_ONCE


@kept_with_data(8)
def _ranked_edition(data: Snapshot, edition: str) -> list[ByMineral]:
    """The same of all minerals of an edition."""
    return [by_mineral(few(part)) for part in _ranked_rows(few(data.compared_in(edition)))]


def _ranked_rows(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Grouped, summed and ranked at once for all tables: none depends on another."""
    rows = counted_together(rows)
    lines = by_place(rows)
    return rows, lines, ranked_places(lines, rows)


def shown_as(rows: pd.DataFrame, basis: str) -> tuple[pd.DataFrame, list[Conversion], list[str]]:
    """The rows on another basis, the conversions, and why some rows stay as they are printed.

    Rows that are on that basis already need no conversion. Printed columns stay as printed.
    """
    tables, conversions, apart = [], [], []
    for printed, part in rows.groupby("basis", sort=False):
        if printed == basis:
            tables.append(part)
            continue
        try:
            converted, how = convert_table(part, basis)
        except UnlikeUnits as error:
            tables.append(part)
            apart.append(f"Not converted: {error.message}")
        else:
            tables.append(converted)
            conversions.append(how)
    return pd.concat(tables).loc[rows.index], conversions, apart
