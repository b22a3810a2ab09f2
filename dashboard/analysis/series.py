"""Which figures belong together: selections, and one line per place."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd

from loaders.vocabulary import EUROPEAN_UNION, OTHER, WORLD, Status

SERIES = ["dataset", "edition", "mineral", "measure", "year", "basis", "unit"]
"""Figures that agree in these may stand on one axis, be ranked, and be summed."""


def lazy(observations: Any) -> nw.LazyFrame[Any]:
    """Any native table as a Narwhals lazy frame."""
    frame: nw.LazyFrame[Any] = nw.from_native(observations).lazy()
    return frame


def collect(frame: nw.LazyFrame[Any], *order: str) -> pd.DataFrame:
    """The result as a pandas table, in a stated order."""
    result = frame.sort(*order).collect() if order else frame.collect()
    return result.to_pandas().reset_index(drop=True)


def few(rows: pd.DataFrame) -> pd.DataFrame:
    """Some rows of a table, with texts that are Python's own, and columns of one kind in one block.

    Arrow's strings save memory where there are many; to take some of a hundred costs as much as of a
    million, and each column of them is taken by itself.
    """
    texts = rows.columns[[isinstance(kind, pd.StringDtype) for kind in rows.dtypes]]
    return rows.astype(dict.fromkeys(texts, "object")).copy() if len(texts) else rows


def as_records(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    """Each row by column: as `to_dict("records")`, which takes several times as long for a few rows."""
    names = list(rows.columns)
    return [dict(zip(names, line, strict=True)) for line in rows.astype(object).to_numpy().tolist()]


class ByMineral(NamedTuple):
    """A table, and where the lines of each mineral stand in it."""

    table: pd.DataFrame
    lines: Mapping[Hashable, np.ndarray]

    def of(self, mineral: str) -> pd.DataFrame:
        """The lines of a mineral."""
        return self.table.take(self.lines.get(mineral, _NO_LINES))


_NO_LINES = np.empty(0, dtype="int64")


def by_mineral(table: pd.DataFrame) -> ByMineral:
    """A table with a column `mineral`, to be asked for one mineral after another."""
    found = table.groupby("mineral", sort=False).indices
    return ByMineral(table, {mineral: np.asarray(lines) for mineral, lines in found.items()})


class ByEdition(NamedTuple):
    """A table, and the runs of lines in which each dataset and edition stands in it."""

    table: pd.DataFrame
    runs: Mapping[tuple[str, str], Sequence[slice]]

    def of(self, dataset: str, edition: str) -> pd.DataFrame:
        """The lines of an edition: where they stand together, as they mostly do, none is copied."""
        runs = self.runs.get((dataset, edition), [slice(0)])
        parts = [self.table[run] for run in runs]
        return parts[0] if len(parts) == 1 else pd.concat(parts)


def by_edition(table: pd.DataFrame) -> ByEdition:
    """A table with columns `dataset` and `edition`, to be asked for one edition after another."""
    names = table[["dataset", "edition"]]
    starts = np.flatnonzero(names.ne(names.shift()).fillna(True).any(axis=1))
    runs: dict[tuple[str, str], list[slice]] = {}
    keys = names.iloc[starts].itertuples(index=False, name=None)
    for key, start, end in zip(keys, starts, [*starts[1:], len(table)], strict=False):
        runs.setdefault(key, []).append(slice(int(start), int(end)))
    return ByEdition(table, runs)


AT_ONCE = 20_000
"""Rows of a table whose minerals are all worked on together: the next choice finds its own made."""


def select(observations: Any, **wanted: str | int | Iterable[str | int] | None) -> nw.LazyFrame[Any]:
    """The rows whose columns have the wanted value, or one of the wanted values; None asks for nothing."""
    frame = lazy(observations)
    for column, value in wanted.items():
        if isinstance(value, str | int):
            frame = frame.filter(nw.col(column) == value)
        elif value is not None:
            frame = frame.filter(nw.col(column).is_in(list(value)))
    return frame


def is_country(places: pd.Series) -> pd.Series:
    """Which codes are of one country: not the world, not the others, not several together."""
    return ~places.isin([WORLD, OTHER, EUROPEAN_UNION]) & ~places.str.contains("+", regex=False).astype(bool)


def by_place(rows: Any) -> pd.DataFrame:
    """One line per series and place of observations: `value`, `lower`, `upper`, `status`, `rows`, `series`.

    A place whose parts are printed as rows of their own, each with its name and its words (helium of the
    United States, European and Asian Russia), gets their sum. If one of them has no number, the place has no
    value, and what is known is its lower bound. Other rows of one place are never summed: the place has no
    value then, and its bounds are the least and the most that its rows say.

    `series` numbers the series in the order of `SERIES`. The engine of `rows` groups and sums; the few lines
    that come back are judged here. The European Union has none: its members are counted one by one.
    """
    lines = collect(_sums(lazy(rows)))
    lines = lines[lines["place"] != EUROPEAN_UNION]
    count, numbers = lines["rows"], lines["numbers"]
    parts = (lines["unnamed"] == 0) & (lines["names"] == count) & (lines["details"] == count)
    one = (count == 1) | parts
    whole = one & (numbers == count)
    known, bounded = ~whole & (lines["knowns"] > 0), ~whole & (lines["boundeds"] == count)
    return lines[[*SERIES, "place"]].assign(
        value=lines["total"].where(whole),
        lower=lines["at_least"].where(one, lines["least"]).where(known),
        upper=lines["at_most"].where(one, lines["most"]).where(bounded),
        status=_STATUSES.take(lines["status_number"].to_numpy(dtype="int64")).astype(lines["place"].dtype),
        rows=count.astype("int64"),
        series=lines.groupby(SERIES, sort=True).ngroup(),
    )


_STATUSES = pd.Index(sorted(map(str, Status)), dtype="string")


def _status_number() -> nw.Expr:
    """The position of the status among all codes, sorted: pandas finds the least of texts one by one."""
    number: nw.Expr = nw.lit(0)
    for position, code in enumerate(_STATUSES[1:], 1):
        number = nw.when(nw.col("status") == code).then(nw.lit(position)).otherwise(number)
    return number


def _sums(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Per series and place: how many rows, numbers and bounds there are, their sums, and their ends."""
    grouped = frame.with_columns(
        known=nw.coalesce(nw.col("value"), nw.col("lower")),
        bounded=nw.coalesce(nw.col("value"), nw.col("upper")),
        unnamed=(nw.col("detail") == "").cast(nw.Int64),
        status_number=_status_number(),
    ).group_by(*SERIES, "place")
    return grouped.agg(
        rows=nw.len(),
        numbers=nw.col("value").count(),
        total=nw.col("value").sum(),
        at_least=nw.col("known").sum(),
        knowns=nw.col("known").count(),
        at_most=nw.col("bounded").sum(),
        boundeds=nw.col("bounded").count(),
        status_number=nw.col("status_number").min(),
        least=nw.col("known").min(),
        most=nw.col("bounded").max(),
        names=nw.col("printed_name").n_unique(),
        details=nw.col("detail").n_unique(),
        unnamed=nw.col("unnamed").sum(),
    )


def choices(observations: Any, column: str, **wanted: str | int | None) -> list[Any]:
    """The distinct values of a column among the selected rows, sorted."""
    frame = select(observations, **wanted).select(column).unique()
    return sorted(collect(frame)[column].tolist())
