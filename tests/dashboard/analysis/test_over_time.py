"""Lines over years: the newest print of each, what was printed before it, and years that nobody prints."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.over_time import (
    LINE,
    OVER_TIME_COLUMNS,
    REVISED,
    ROUNDED,
    SAME,
    over_time,
)
from tests.figures import observations
from tests.workspaces import bundled


def figure(edition: str, year: int, printed: str, **cells: object) -> dict[str, object]:
    """What an edition prints of a year: a number, >95, E, W or NA."""
    number = float(printed.lstrip(">").replace(",", "")) if printed[-1].isdigit() else math.nan
    more = printed.startswith(">")
    status = {"E": "X", "W": "Q", "NA": "O"}.get(printed, "A")
    said = {"value": math.nan if more else number, "lower": number if more else math.nan, "status": status}
    return {"edition": edition, "year": year, "place": "USA", "printed_value": printed, **said, **cells}


def lines(*figures: dict[str, object]) -> pd.DataFrame:
    return over_time(observations(figures))


def test_the_newest_print_of_each_year_stands_and_is_dated():
    early, late = (figure("2024", 2021, "5"), figure("2024", 2022, "6")), (figure("2026", 2022, "6"),)
    found = lines(*early, *late, figure("2026", 2023, "7"))
    assert [*found.columns] == OVER_TIME_COLUMNS
    assert [*zip(found["year"], found["edition"], found["prints"], strict=True)] == [
        (2021, "2024", 1), (2022, "2026", 2), (2023, "2026", 1),
    ]  # fmt: skip
    assert {*found["change"]} == {SAME}


# printed before, printed now, what the change is
CHANGES = [
    (">95", ">90", REVISED),
    (">95", ">95", SAME),
    (">95", "53", REVISED),
    ("E", "E", SAME),
    ("E", "3", REVISED),
    ("W", "NA", REVISED),
    ("W", "W", SAME),
    ("5", "W", REVISED),
    ("42,000", "42,400", ROUNDED),
    ("42,000", "42,600", REVISED),
    ("4", "4.08", ROUNDED),
    ("3.9", "3.94", ROUNDED),
    ("3.9", "3.96", REVISED),
    ("0", "5", REVISED),
    ("100", "100", SAME),
]


@pytest.mark.parametrize(("before", "now", "change"), CHANGES)
def test_what_an_older_edition_printed_is_told(before, now, change):
    found = lines(figure("2024", 2023, before), figure("2026", 2023, now)).iloc[0]
    assert (found["edition"], found["printed_value"], found["change"]) == ("2026", now, change)
    told = ("2024", before) if change != SAME else ("", "")
    assert (found["before_edition"], found["before_printed"]) == told


def test_the_latest_older_print_that_differs_is_told_not_one_that_agrees():
    prints = {"2022": "3", "2023": "4", "2024": "5", "2026": "5"}
    found = lines(*(figure(edition, 2021, printed) for edition, printed in prints.items())).iloc[0]
    assert (found["before_edition"], found["before_value"], found["prints"]) == ("2023", 4, 4)


@pytest.mark.parametrize(
    "other",
    [
        {"detail": "Ores"}, {"basis": "gross"}, {"unit": "USD/t"}, {"partner": "CHN"}, {"mineral": "cobalt"},
        {"measure": "stocks"}, {"dataset": "other"}, {"place": "CHN"}, {"class": "resource"},
    ],
)  # fmt: skip
def test_unlike_figures_are_never_joined(other):
    found = lines(figure("2024", 2023, "5"), figure("2026", 2023, "9", **other))
    assert len(found) == 2
    assert found["line"].nunique() == 2
    assert {*found["change"]} == {SAME}


def test_an_edition_that_prints_a_year_twice_keeps_both_and_compares_neither():
    found = lines(figure("2024", 2023, "5"), figure("2026", 2023, "6"), figure("2026", 2023, "7"))
    assert [*found["value"]] == [6, 7]
    assert {*found["change"]} == {SAME}


def test_nothing_has_no_lines():
    assert lines().empty
    assert [*lines().columns] == OVER_TIME_COLUMNS


EDITIONS, YEARS = st.sampled_from(["2023", "2024", "2026"]), st.integers(2019, 2025)
PRINTS = st.tuples(EDITIONS, YEARS, st.sampled_from(["5", "6", "W"]))


@pytest.mark.slow
@given(st.lists(PRINTS, unique_by=lambda figure: figure[:2], min_size=1))
def test_each_year_has_one_print_the_newest_and_order_does_not_matter(prints):
    found = lines(*(figure(*one) for one in prints))
    newest = {year: max(edition for edition, of, _ in prints if of == year) for _, year, _ in prints}
    assert dict(zip(found["year"], found["edition"], strict=True)) == newest
    again = lines(*(figure(*one) for one in reversed(prints)))
    assert again.drop(columns="row").equals(found.drop(columns="row"))


def test_the_reliance_on_rare_earths_through_the_bundled_editions():
    """Eight years, and the revision of 2023: from more than 95 to more than 90 percent."""
    table = bundled().national
    chosen = (table["mineral"] == "rare-earths") & (table["measure"] == "net_import_reliance")
    found = over_time(table[chosen & (table["detail"] == "of apparent consumption: Compounds and metals")])
    assert [*found["year"]] == [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025]
    assert [*found["printed_value"].iloc[1:]] == ["100", "100", ">95", ">95", ">90", "53", "67"]
    revised = found[found["change"] == REVISED]
    assert [*zip(revised["year"], revised["before_printed"], revised["before_edition"], strict=True)] == [
        (2023, ">95", "2024")
    ]


def test_the_years_of_a_line_of_the_bundled_editions_are_printed_once():
    found = over_time(bundled().national)
    assert not found.duplicated([*LINE, "year"]).any()
    assert found["edition"].ge(found["before_edition"]).all()
