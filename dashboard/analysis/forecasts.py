"""Forecasts kept apart from what has happened: they never stand for the latest year."""

from __future__ import annotations

import pandas as pd

from loaders.vocabulary import Status


def without_forecasts(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of what has happened; all of them where there are forecasts alone."""
    happened = rows["status"] != Status.FORECAST.value
    return rows if happened.all() or not happened.any() else rows[happened]
