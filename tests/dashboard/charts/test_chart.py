"""The records of drawings: none can be made with unlike things on one axis."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, get_args

import pandas as pd
import pytest

from dashboard.charts.chart import (
    Chart,
    Drawing,
    Heat,
    Map,
    Panel,
    PartOfWhole,
    Ranks,
    SideBySide,
    Stack,
    Strips,
    Timeline,
)
from dashboard.charts.lines import LinePanel, LinePanels
from loaders.errors import NotComparable
from tests.figures import claim, observations

CHINA = {"place": "CHN", "value": 1.0}


def rows(*unlike: dict[str, Any]) -> pd.DataFrame:
    """China's figure, and Russia's for each of `unlike`."""
    return observations([CHINA, *[{"place": "RUS", "value": 2.0, **given} for given in unlike]])


def panel(table: pd.DataFrame) -> Panel:
    return Panel("A title", "A subtitle", "statistic", table, "t")


def strips(table: pd.DataFrame) -> Strips:
    """Both rows on one strip."""
    return Strips(table.assign(strip=0), ("2025",))


def line_panel(table: pd.DataFrame) -> LinePanel:
    return LinePanel("A title", "A subtitle", table, "t", "t")


def part_of(part: str | None, **given: Any) -> PartOfWhole:
    whole = claim(id="whole", value=10.0)
    links = [{"relation": "part_of", "claim": part}] if part else []
    return PartOfWhole(whole, (claim(id="part", value=1.0, links=links, **given),))


WITH_AN_AXIS: list[tuple[str, Callable[[pd.DataFrame], object]]] = [
    ("panel", panel),
    ("stack", lambda table: Stack((panel(rows()), panel(table)))),
    ("side by side", lambda table: SideBySide(panel(table), panel(rows()))),
    ("ranks", lambda table: Ranks(table, {})),
    ("strips", strips),
    ("lines", lambda table: LinePanels((line_panel(rows()), line_panel(table)), 2024, 2025)),
    ("map", lambda table: Map(table.assign(shade=0, state="value"), ("all",), "Amount", "no row")),
]
UNLIKE = [
    ("basis", {"basis": "content"}, "REO to contained elements"),
    ("measure", {"measure": "resources", "class": "resource"}, "the other resources"),
    ("mineral", {"mineral": "rare-metals"}, "only a part of rare metals"),
    ("unit", {"unit": "ct"}, "carats"),
    ("the world", {"place": "WLD"}, "counts each country too"),
]


@pytest.mark.parametrize(("what", "unlike", "reason"), UNLIKE, ids=[case[0] for case in UNLIKE])
@pytest.mark.parametrize(("name", "make"), WITH_AN_AXIS, ids=[case[0] for case in WITH_AN_AXIS])
def test_a_drawing_of_unlike_rows_cannot_be_made(
    name: str, make: Callable[[pd.DataFrame], object], what: str, unlike: dict[str, Any], reason: str
) -> None:
    assert make(rows({}))
    with pytest.raises(NotComparable, match="may not share an axis") as raised:
        make(rows(unlike))
    assert reason in str(raised.value)


def test_rows_that_do_not_say_what_they_are_of_are_refused() -> None:
    for _, make in WITH_AN_AXIS:
        with pytest.raises(NotComparable, match="basis is missing"):
            make(rows({}).drop(columns=["basis"]))


@pytest.mark.parametrize("make", [panel, line_panel])
def test_an_axis_counts_what_its_rows_are_in(make: Callable[[pd.DataFrame], object]) -> None:
    with pytest.raises(NotComparable, match="counts t, its figures are in ct"):
        make(rows({}).assign(unit="ct"))


def test_a_panel_or_a_strip_of_its_own_is_another_axis() -> None:
    unlike = rows({"basis": "content"})
    assert Stack((panel(unlike.head(1)), panel(unlike.tail(1))))
    assert SideBySide(panel(unlike.head(1)), panel(unlike.tail(1)))
    assert Strips(unlike.assign(strip=[0, 1]), ("2025",))


PARTS = [
    ("stated", "whole", {}, ""),
    ("not stated", None, {}, "not stated to be a part"),
    ("part of another", "other", {}, "not stated to be a part"),
    ("other basis", "whole", {"basis": "content"}, "not stated to be a part"),
    ("other unit", "whole", {"unit": "ct"}, "not stated to be a part"),
]


@pytest.mark.parametrize(("part", "given", "refused"), [c[1:] for c in PARTS], ids=[c[0] for c in PARTS])
def test_only_a_stated_part_stands_in_a_whole(part: str | None, given: dict[str, Any], refused: str) -> None:
    if not refused:
        assert part_of(part, **given).parts[0].part_of == "whole"
        return
    with pytest.raises(NotComparable, match=refused):
        part_of(part, **given)


WITHOUT_AN_AXIS = {Timeline, Heat}
"""Events have no figures; a cell of a table stands for itself."""


def test_every_kind_of_drawing_is_known_here() -> None:
    tried = {Stack, SideBySide, Ranks, Strips, PartOfWhole, LinePanels, Map}
    assert set(get_args(Drawing)) == tried | WITHOUT_AN_AXIS


@pytest.mark.parametrize(
    "kind", [Panel, LinePanel, Chart, *get_args(Drawing)], ids=lambda kind: kind.__name__
)
def test_what_has_passed_the_gate_is_not_exchanged(kind: Any) -> None:
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen
