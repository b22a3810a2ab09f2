"""Cells for which two datasets give different figures."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from dashboard.analysis.disagreement import disagreements
from loaders.read import load
from tests.figures import bundled, observations

SAID_BY = {"usgs-mcs": "USGS", "bgs-wms": "BGS"}
OUTPUT = {"mineral": "cobalt", "place": "TUR", "measure": "mine_production", "class": "not_applicable",
          "scheme": "not_applicable", "basis": "content"}  # fmt: skip


def cell(bgs: dict[str, Any], usgs: dict[str, Any]) -> pd.DataFrame:
    rows = [{**OUTPUT, "dataset": "bgs-wms", "edition": "2023", **bgs}, {**OUTPUT, **usgs}]
    return disagreements(observations(rows), SAID_BY)


def test_each_source_is_named_and_nothing_is_averaged() -> None:
    found = cell({"value": 320.0}, {"value": 2400.0})
    assert found["dataset"].tolist() == ["bgs-wms", "usgs-mcs"]
    assert found["value"].tolist() == [320, 2400]
    assert found["low"].tolist() == found["high"].tolist() == [320, 2400]
    assert found["spread"].tolist() == [7.5, 7.5]
    assert set(found["comparison"]) == {"comparable"}


@pytest.mark.parametrize(
    ("bgs", "usgs"),
    [
        ({"value": 5.0}, {"value": 5.0}),
        ({"value": 5.0}, {"status": "Q"}),
        ({"value": 5.0}, {"value": 6.0, "year": 2023}),
        ({"value": 5.0}, {"value": 6.0, "place": "RUS"}),
        ({"value": 5.0}, {"value": 6.0, "measure": "refinery_production"}),
        ({"value": 5.0}, {"value": 6.0, "mineral": "copper"}),
        ({"value": 5.0, "place": "OTH"}, {"value": 6.0, "place": "OTH"}),
    ],
)
def test_where_there_is_nothing_to_disagree_about(bgs: dict[str, Any], usgs: dict[str, Any]) -> None:
    assert cell(bgs, usgs).empty


def test_a_conversion_is_shown_with_its_factor() -> None:
    lithium = {"mineral": "lithium"}
    found = cell({"value": 532.3, "basis": "LCE", **lithium}, {"value": 150.0, **lithium})
    assert found["comparison"].tolist() == ["comparable", "convertible"]
    assert set(found["shown_basis"]) == {"LCE"}
    assert found["low"][1] == found["high"][1] == pytest.approx(798.5, rel=1e-3)
    assert found["spread"][0] == pytest.approx(1.5, rel=1e-3)
    assert "× 5.323, Li to LCE" in found["reasons"][1][0]


def test_figures_that_agree_after_conversion_do_not_disagree() -> None:
    rare_earths = {"mineral": "rare-earths"}
    assert cell({"value": 120.0, "basis": "REO", **rare_earths}, {"value": 100.0, **rare_earths}).empty


def test_a_range_of_factors_is_a_range() -> None:
    rare_earths = {"mineral": "rare-earths"}
    found = cell({"value": 200.0, "basis": "REO", **rare_earths}, {"value": 100.0, **rare_earths})
    assert (round(found["low"][1]), round(found["high"][1])) == (114, 127)


def test_what_does_not_compare_stands_last_with_the_reason() -> None:
    unlike = [{**OUTPUT, "place": "CHN", **row} for row in (
        {"dataset": "bgs-wms", "value": 5.0, "measure": "production"}, {"value": 9.0})]  # fmt: skip
    alike = [{**OUTPUT, **row} for row in ({"dataset": "bgs-wms", "value": 5.0}, {"value": 6.0})]
    found = disagreements(observations([*unlike, *alike]), SAID_BY)
    assert found["place"].tolist() == ["TUR", "TUR", "CHN", "CHN"]
    assert found["spread"][2:].isna().all()
    assert math.isnan(found["low"][3])
    assert found["reasons"][3] == (
        "BGS does not state the stage of production; USGS counts mine production.",
    )


def test_the_latest_edition_of_each_dataset_counts() -> None:
    rows = [
        {**OUTPUT, "edition": edition, "value": value} for edition, value in (("2024", 7.0), ("2025", 5.0))
    ]
    other = {**OUTPUT, "dataset": "bgs-wms", "edition": "2023", "value": 5.0}
    assert disagreements(observations([*rows, other]), SAID_BY).empty


@pytest.mark.parametrize(("in_use", "shown"), [("2024", ["2023", "2024"]), ("2025", []), ("2023", [])])
def test_editions_after_the_one_in_use_do_not_count(in_use: str, shown: list[str]) -> None:
    rows = [
        {**OUTPUT, "edition": edition, "value": value} for edition, value in (("2024", 7.0), ("2025", 5.0))
    ]
    other = {**OUTPUT, "dataset": "bgs-wms", "edition": "2023", "value": 5.0}
    found = disagreements(observations([*rows, other]), SAID_BY, {"usgs-mcs": in_use})
    assert found["edition"].tolist() == shown


def test_one_dataset_does_not_disagree_with_itself() -> None:
    assert disagreements(bundled(), SAID_BY).empty


@pytest.mark.slow
@pytest.mark.published
def test_bgs_and_usgs_on_turkeys_cobalt(shared: Any) -> None:
    bgs = load([shared / "published" / "bgs-wms" / "BGS_cobalt_production.csv"]).observations
    found = disagreements(pd.concat([bundled(), bgs], ignore_index=True), SAID_BY)
    turkey = found[(found["place"] == "TUR") & (found["year"] == 2021)]
    assert turkey["value"].tolist() == [320, 2400]
    assert found["spread"].dropna().is_monotonic_decreasing
