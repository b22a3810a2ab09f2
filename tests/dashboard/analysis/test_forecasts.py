"""Forecasts never stand for the latest year."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.analysis.concentration import at_a_glance
from dashboard.analysis.forecasts import without_forecasts
from dashboard.topics.explore import offer
from dashboard.topics.newest_figures import contents
from loaders.files.table import InputFile
from loaders.read import Surroundings, load_with

HEADER = "dataset,edition,mineral,place,measure,year,value,unit,status\n"
KNOWN = "own,2025,cobalt,CHL,mine_production,2024,30,t,A\nown,2025,cobalt,PER,mine_production,2024,10,t,A\n"
LATER = "own,2025,cobalt,CHL,mine_production,2030,5,t,F\nown,2025,cobalt,PER,mine_production,2030,90,t,F\n"


def _rows(text: str) -> pd.DataFrame:
    item = InputFile("own.csv", (HEADER + text).encode())
    return load_with([item], lambda _: Surroundings()).observations


# rows -> years that are left
YEARS = [(KNOWN, {2024}), (KNOWN + LATER, {2024}), (LATER, {2030})]


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_forecasts_are_left_out_unless_there_is_nothing_else(text, years):
    assert set(without_forecasts(_rows(text))["year"]) == years


def test_at_a_glance_is_of_the_latest_known_year():
    table = at_a_glance(_rows(KNOWN + LATER), "us-2025", "own", "2025").set_index("mineral")
    assert table.loc["cobalt", ["production_year", "production_first"]].tolist() == [2024, "CHL"]


def test_years_of_forecasts_are_offered_last():
    found = offer(contents(_rows(KNOWN + LATER)), {"own.2025": "Own 2025"})
    assert found.years("cobalt", "mine_production", "own.2025") == [2024, 2030]
