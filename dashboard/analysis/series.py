"""Which figures belong together: selections, and one line per place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw
import pandas as pd

from loaders.vocabulary import OTHER, WORLD

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


def select(observations: Any, **wanted: str | int | Iterable[str | int] | None) -> nw.LazyFrame[Any]:
    """The rows whose columns have the wanted value, or one of the wanted values; None asks for nothing."""
    frame = lazy(observations)
    for column, value in wanted.items():
        if isinstance(value, str | int):
            frame = frame.filter(nw.col(column) == value)
        elif value is not None:
            frame = frame.filter(nw.col(column).is_in(list(value)))
    return frame


def is_country() -> nw.Expr:
    """Whether a row is of one country: not the world, not the others, not several together."""
    place = nw.col("place")
    return (place != WORLD) & (place != OTHER) & ~place.str.contains("+", literal=True)


def by_place(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One line per series and place: `value`, `lower`, `upper`, `status`, `rows`.

    A place whose parts are printed as rows of their own, each with its name and its words (helium of the
    United States, European and Asian Russia), gets their sum. If one of them has no number, the place has no
    value, and what is known is its lower bound. Other rows of one place are never summed: the place has no
    value then, and its bounds are the least and the most that its rows say.
    """
    known = nw.coalesce(nw.col("value"), nw.col("lower"))
    grouped = frame.with_columns(
        known=known,
        bounded=nw.coalesce(nw.col("value"), nw.col("upper")),
        row=nw.lit(1),
        unnamed=(nw.col("detail") == "").cast(nw.Int64),
    ).group_by(*SERIES, "place")
    lines = grouped.agg(
        rows=nw.col("row").sum(),
        numbers=nw.col("value").count(),
        total=nw.col("value").sum(),
        at_least=nw.col("known").sum(),
        knowns=nw.col("known").count(),
        at_most=nw.col("bounded").sum(),
        boundeds=nw.col("bounded").count(),
        status=nw.col("status").min(),
        least=nw.col("known").min(),
        most=nw.col("bounded").max(),
        names=nw.col("printed_name").n_unique(),
        details=nw.col("detail").n_unique(),
        unnamed=nw.col("unnamed").sum(),
    )
    rows = nw.col("rows")
    parts = (nw.col("unnamed") == 0) & (nw.col("names") == rows) & (nw.col("details") == rows)
    one = (rows == 1) | parts
    whole, known = one & (nw.col("numbers") == rows), nw.col("knowns") > 0
    bounded = ~whole & (nw.col("boundeds") == rows)
    return lines.with_columns(
        rows=rows.cast(nw.Int64),
        value=nw.when(whole).then(nw.col("total")),
        lower=nw.when(~whole & known).then(nw.when(one).then(nw.col("at_least")).otherwise(nw.col("least"))),
        upper=nw.when(bounded).then(nw.when(one).then(nw.col("at_most")).otherwise(nw.col("most"))),
    ).select(*SERIES, "place", "value", "lower", "upper", "status", "rows")


def choices(observations: Any, column: str, **wanted: str | int | None) -> list[Any]:
    """The distinct values of a column among the selected rows, sorted."""
    frame = select(observations, **wanted).select(column).unique()
    return sorted(collect(frame)[column].tolist())
