"""The first edition of a dataset beside other datasets: figures about a thousand times off are doubted."""

from __future__ import annotations

import pandas as pd
import pytest

from loaders.quality.other_datasets import far_from_others

CUB, COD = ("cobalt", "mine_production", "CUB"), ("cobalt", "mine_production", "COD")
IDN, CHL = ("nickel", "mine_production", "IDN"), ("copper", "refinery_production", "CHL")
THEIRS = [(*CUB, 3_200.0), (*COD, 175_000.0), (*IDN, 1_800_000.0), (*CHL, 2_100_000.0)]


def _table(dataset: str, figures: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    table = pd.DataFrame(figures, columns=["mineral", "measure", "place", "value"])
    beside = {
        "year": 2023,
        "unit": "t",
        "dataset": dataset,
        "edition": "2025",
        "file": "a.csv",
        "column": "value",
    }
    printed = table["value"].map("{:g}".format)
    return table.assign(**beside, row=range(2, len(table) + 2), printed_value=printed)


# what the file says -> the beginning of the warning; "" for none
CASES = {
    "two figures of one measure": ([(*CUB, 3.2), (*COD, 175.0)], "2 of 2 figures (cobalt, mine_production)"),
    "one figure of each mineral": (
        [(*COD, 175.0), (*IDN, 1_800.0)],
        "2 of 2 figures (cobalt, mine_production and others)",
    ),
    "larger": (
        [(*CUB, 3.2e6), (*COD, 1.75e8)],
        "2 of 2 figures (cobalt, mine_production) are about a thousand times larger",
    ),
    "a stage that is not said": (
        [("cobalt", "production", "COD", 175.0), ("copper", "production", "CHL", 2_100.0)],
        "2 of 2 figures (cobalt, production and others)",
    ),
    "two that are far off, but not so far": ([(*CUB, 6.0), (*COD, 320.0)], ""),
    "three as far off as these": (
        [(*CUB, 6.0), (*COD, 320.0), (*IDN, 3_300.0)],
        "3 of 3 figures (cobalt, mine_production and others)",
    ),
    "one that is off, among others": (
        [(*CUB, 3.2), (*COD, 175_000.0), (*IDN, 1_800_000.0)],
        "1 of 3 figures (cobalt, mine_production) is about a thousand times smaller than that of theirs",
    ),
    "one alone": (
        [(*CUB, 3.2)],
        "1 of 1 figure (cobalt, mine_production) is about a thousand times smaller than that of theirs",
    ),
    "one alone that is far off, but not so far": ([(*CUB, 6.0)], ""),
    "one among others that do not agree": ([(*CUB, 3.2), (*COD, 3.0), (*IDN, 9.0)], ""),
    "one that is absurd, among others that do not agree": (
        [(*CUB, 3.2e9), (*COD, 3.0), (*IDN, 9.0)],
        "1 of 3 figures (cobalt, mine_production) is more than 10,000 times larger than that of theirs",
    ),
    "as theirs": ([(*CUB, 3_300.0), (*COD, 174_000.0)], ""),
    "ten times": ([(*CUB, 320.0), (*COD, 17_500.0)], ""),
    "another measure": ([("cobalt", "reserves", "CUB", 3.2), ("cobalt", "reserves", "COD", 175.0)], ""),
}


@pytest.mark.parametrize(("figures", "told"), CASES.values(), ids=CASES)
def test_figures_a_thousand_times_off_are_doubted(figures, told):
    found = far_from_others(_table("own", figures), _table("theirs", THEIRS))
    assert len(found) == bool(told)
    assert all(
        problem.message.startswith(told) and problem.remedy == "Look at the unit." for problem in found
    )


@pytest.mark.parametrize(("years", "doubted"), [(0, True), (1, True), (-2, True), (3, False)])
def test_a_figure_is_held_against_that_of_the_nearest_year(years, doubted):
    mine = _table("own", [(*CUB, 3.2), (*COD, 175.0)]).assign(year=2023 + years)
    found = far_from_others(mine, _table("theirs", THEIRS))
    when = f"{2023 + years} against 2023" if years else "2023"
    assert [problem.message.rpartition("(")[2] for problem in found] == [f"Cuba, {when})."] * doubted


def test_a_figure_of_the_same_year_comes_before_one_of_another_year():
    theirs = pd.concat([_table("theirs", THEIRS), _table("theirs", [(*CUB, 3.3)]).assign(year=2022)])
    mine = _table("own", [(*CUB, 3.2)]).assign(year=2022)
    assert far_from_others(mine, theirs) == []


def test_one_figure_is_found_beside_a_whole_measure():
    rows = [(*CUB, 3.2), (*COD, 175.0), (*IDN, 1_800_000.0), (*CHL, 2_100_000.0)]
    rows.append(("nickel", "mine_production", "CUB", 41.0))
    theirs = _table("theirs", [*THEIRS, ("nickel", "mine_production", "CUB", 41_000.0)])
    first, second = far_from_others(_table("own", rows), theirs)
    assert first.message.startswith("2 of 2 figures (cobalt, mine_production)")
    assert second.message == (
        "1 of 3 figures (nickel, mine_production) is about a thousand times smaller than that of theirs: "
        "41 t against 41,000 t (Cuba, 2023)."
    )
    assert (second.printed, second.row) == ("41", 6)
