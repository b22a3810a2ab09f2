"""The guard of every axis: what stands together, what is divided, what is refused."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashboard.analysis.axis import check_axis, check_part, claim_columns, together
from dashboard.charts.panel import claim_groups, claim_panel
from loaders.documents import read_seeds
from loaders.errors import NotComparable
from loaders.store import bundled_folder
from tests.figures import bundled, observations, places

SEEDS = {item.id: item for item in read_seeds(bundled_folder("seeds")).claims}


def two(**given: Any) -> pd.DataFrame:
    return observations([{"place": "CHN", "value": 1.0}, {"place": "RUS", "value": 2.0, **given}])


@pytest.mark.parametrize(
    "given",
    [{}, {"year": 2023}, {"edition": "2026"}, {"place": "OTH"}, {"status": "Q", "value": float("nan")}],
)
def test_what_stands_together(given: dict[str, Any]) -> None:
    found = together(two(**given))
    assert len(found.groups) == 1
    assert found.reasons == ()
    pd.testing.assert_frame_equal(found.groups[0], two(**given))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"mineral": "rare-metals"}, "Rare earths are only a part of rare metals."),
        ({"measure": "resources", "class": "resource"}, "counts reserves, the other resources"),
        ({"basis": "content"}, "× 0.79 to 0.88, REO to contained elements"),
        ({"unit": "ct"}, "carats"),
        ({"class": "state_balance", "scheme": "gkz"}, "a state balance"),
        ({"place": "WLD"}, "The world total counts each country too"),
    ],
)
def test_what_is_divided(given: dict[str, Any], words: str) -> None:
    found = together(two(**given))
    assert [len(rows) for rows in found.groups] == [1, 1]
    assert words in " ".join(found.reasons)
    with pytest.raises(NotComparable, match="may not share an axis") as raised:
        check_axis(two(**given))
    assert words in str(raised.value)


def test_every_row_stays_in_its_order_and_none_is_lost() -> None:
    rows = bundled()[bundled()["mineral"].isin(["potash", "rare-earths"])]
    found = together(rows)
    assert sorted(index for group in found.groups for index in group.index) == rows.index.tolist()
    for group in found.groups:
        assert group.index.is_monotonic_increasing
        check_axis(group)


def test_nothing_is_one_axis() -> None:
    empty = places(CHN=1).iloc[:0]
    assert together(empty).groups == ()
    check_axis(empty)


def test_rows_that_do_not_say_what_they_are_of_are_refused() -> None:
    with pytest.raises(NotComparable, match="basis is missing"):
        check_axis(places(CHN=1).drop(columns=["basis"]))


def test_claims_and_statistics_do_not_share_an_axis() -> None:
    stated = pd.DataFrame([claim_columns(SEEDS["russia-rare-earths-holdings"])])
    with pytest.raises(NotComparable, match="states no class"):
        check_axis(pd.concat([stated, places(RUS=3.8e6).assign(said_by="USGS")], ignore_index=True))


def test_the_whole_and_its_part_do_not_share_an_axis_but_may_be_nested() -> None:
    whole, part = SEEDS["russia-rare-metals-holdings"], SEEDS["russia-rare-earths-holdings"]
    with pytest.raises(NotComparable, match=r"only a part|wider group"):
        claim_panel([whole, part], "A title", "A subtitle")
    check_part(part, whole)
    with pytest.raises(NotComparable, match="not stated to be a part"):
        check_part(whole, part)


def test_sums_of_money_are_divided_by_their_purpose() -> None:
    sums = [claim for claim in SEEDS.values() if claim.kind == "money"]
    assert [{str(claim.measure) for claim in group} for group in claim_groups(sums)] == [{"fund"}, {"debt"}]
