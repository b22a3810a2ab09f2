"""The guard of every axis: what stands together, what is divided, what is refused."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import dashboard
from dashboard.analysis.axis import check_axis, check_part, claim_columns, together
from dashboard.charts.panel import claim_groups, claim_panel, panel
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


def test_a_panel_refuses_figures_that_do_not_compare() -> None:
    with pytest.raises(NotComparable):
        panel("A title", "A subtitle", "statistic", two(basis="content"), "t")


PAGES = sorted(
    path for path in Path(dashboard.__file__).parent.rglob("*.py") if path.parent.name != "drawing"
)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_panels_are_made_behind_the_gate_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    made = [name for name in calls if getattr(name, "id", getattr(name, "attr", "")) == "Panel"]
    assert len(made) == (1 if path.name == "panel.py" else 0)


# How each kind of chart is kept behind the gate. Panels pass it when they are made (see above).
OF_PANELS = {"panels", "side_by_side"}
BY_ROWS = {"check_axis", "together"}
GATED = {"ranks": BY_ROWS, "strips": BY_ROWS, "part_of_whole": {"check_part"}}
WITHOUT_AN_AXIS = {"timeline", "heat"}  # events have no figures; a cell of a table stands for itself
DRAWING = sorted((Path(dashboard.__file__).parent / "drawing").glob("*.py"))


def called(tree: ast.AST) -> set[str]:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {getattr(name, "id", getattr(name, "attr", "")) for name in calls}


def test_every_kind_of_chart_is_known_to_the_gate() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in DRAWING]
    made = {
        node.name
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.returns
        and ast.unparse(node.returns) == "go.Figure"
    }
    assert made == OF_PANELS | set(GATED) | WITHOUT_AN_AXIS


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_chart_without_panels_is_drawn_where_its_rows_are_checked(path: Path) -> None:
    names = called(ast.parse(path.read_text(encoding="utf-8")))
    assert all(names & GATED[name] for name in names & set(GATED))


def test_nothing_but_charts_draws() -> None:
    """No page makes a chart of its own: neither with Streamlit's charts nor around `parts.draw`."""
    drawing = {"line_chart", "bar_chart", "area_chart", "scatter_chart", "altair_chart", "vega_lite_chart",
               "pyplot", "graphviz_chart", "pydeck_chart"}  # fmt: skip
    for path in PAGES:
        names = called(ast.parse(path.read_text(encoding="utf-8")))
        assert not names & drawing, path
        assert "plotly_chart" not in names or path.name == "parts.py", path
