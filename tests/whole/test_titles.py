"""Every title follows from its figures: held against an oracle that knows nothing of the analysis."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from loaders.knowledge import FOLDER
from tests import (
    oracle,
    oracle_claims,
    oracle_dependence,
    oracle_map,
    oracle_objects,
    oracle_time,
    printed_tables,
)
from tests.sweep import Seen, cases, rendered
from tests.swept import SWEPT, counted
from tests.workspaces import WORKSPACES

pytestmark = pytest.mark.slow


def _told_apart(case: tuple[str, str, int]) -> list[Seen]:
    """The views with a title; one of those that differ in nothing but their order."""
    titled = [seen for seen in rendered(case) if seen.title]
    alike = {(seen.title, *(v for k, v in seen.asked.items() if k != "sort")): seen for seen in titled}
    return list(alike.values())


@cache
def _facts(workspace: str) -> oracle.Facts:
    data = WORKSPACES[workspace]()
    return oracle.Facts(
        data.observations,
        {claim.id: claim for claim in data.seeds.claims},
        tuple(data.seeds.events),
        {item.dataset.id: item.dataset.said_by for item in data.catalogue.editions},
        FOLDER,
        {str(mineral): rows for mineral, rows in data.observations.groupby("mineral")},
        data.national,
    )


@pytest.mark.parametrize("case", cases())
def test_every_title_follows_from_the_figures(
    case: tuple[str, str, int], record_property: Callable[[str, object], None]
) -> None:
    facts = _facts(case[0])
    record_property(SWEPT, counted(case))
    wrong = []
    for seen in _told_apart(case):
        judged = oracle.judge(seen.topic, seen.asked, seen.title, facts)
        if judged.wrong:
            wrong.append(f"{seen.title} [{judged.kind}: {judged.wrong}]")
    assert not wrong, "\n".join(wrong[:20])


ORACLES = (
    oracle,
    oracle_claims,
    oracle_dependence,
    oracle_map,
    oracle_objects,
    oracle_time,
    printed_tables,
)


@pytest.mark.parametrize("module", ORACLES)
def test_the_oracle_knows_nothing_of_the_dashboard(module: ModuleType) -> None:
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    names = [node.module or "" for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in names if name.startswith("dashboard")]
