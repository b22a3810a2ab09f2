"""Forecasts kept apart from what has happened: they never stand for the latest year."""

from __future__ import annotations

import pandas as pd

from loaders.vocabulary import Status


def without_forecasts(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of what has happened; of a mineral with forecasts alone, all of them."""
    happened = rows["status"] != Status.FORECAST.value
    if happened.all():
        return rows
    known = happened.groupby(rows["mineral"]).transform("any")
    return rows[happened | ~known]
