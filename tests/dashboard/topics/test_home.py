"""The first page: its findings do not change for the worse when a dataset is added."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.cli.main import main
from dashboard.snapshot import snapshot
from dashboard.topics.home import headlines
from tests.bgs_export import Series, bgs_export

pytestmark = pytest.mark.slow

YEARS = (2022, 2023)
ORES = [
    Series("Russia", "RU", "RUS", 6_000, "Loparite"),
    Series("China", "CN", "CHN", 130_000),
    Series("Malaysia", "MY", "MYS", 900, "Monazite"),
]
FOUND = (
    "Russia ranks 5th in reserves of rare earths in 1 of 4 editions (2025), not in 2; open in edition 2026",
    "Of 40 minerals on the list US 2025 with a world total of output, one country makes more than half of 18",
    "Vietnam: reserves of rare earths",
)


def loparite(folder: Path) -> Path:
    """Gross weights of rare-earth ores."""
    table = "Production of rare earth minerals"
    return bgs_export(folder, "rare earth minerals", table, "tonnes (metric)", ORES, YEARS)


def test_gross_weights_of_ores_change_no_finding(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert not main(["add", "--home", str(home), "--yes", str(loparite(tmp_path))])
    with_ores = snapshot(home)
    assert {"loparite", "monazite"} <= set(with_ores.observations["mineral"])
    found = headlines(with_ores)
    assert len(found) == len(FOUND)
    for one, words in zip(found, FOUND, strict=True):
        assert words in one.title
    assert found[0].title == FOUND[0]  # on what the open rank depends is said on its page
