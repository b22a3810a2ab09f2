"""The first page: its findings do not change for the worse when a dataset is added."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dashboard.cli.main import main
from dashboard.snapshot import snapshot
from dashboard.topics.home import headlines

pytestmark = pytest.mark.slow

YEARS = (2022, 2023)
ORES = [
    ("Russia", "RU", "RUS", "Loparite", 6_000),
    ("China", "CN", "CHN", "", 130_000),
    ("Malaysia", "MY", "MYS", "Monazite", 900),
]
FOUND = ("Russia ranks 5th in 1 of 3 editions", "18 of the 40 minerals", "Vietnam: reserves of rare earths")


def loparite(folder: Path) -> Path:
    """Invented gross weights of rare-earth ores in the layout of BGS World Mineral Statistics."""
    rows = [
        {
            "country_trans": name, "country_iso2_code": short, "country_iso3_code": code,
            "bgs_statistic_type_trans": "Production", "bgs_commodity_trans": "rare earth minerals",
            "bgs_sub_commodity_trans": ore, "yearbook_table_trans": "Production of rare earth minerals",
            "year": f"{year}-01-01 00:00:00", "quantity": amount, "quantity_in_book_style": amount,
            "units": "tonnes (metric)", "sdmx_code": "A", "sdmx_translation": "Normal value",
            "data_precision_description": "", "concat_figure_notes_text": "", "concat_table_notes_text": "",
        }
        for name, short, code, ore, amount in ORES
        for year in YEARS
    ]  # fmt: skip
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_gross_weights_of_ores_change_no_finding(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert not main(["add", "--home", str(home), "--yes", str(loparite(tmp_path))])
    with_ores = snapshot(home)
    assert {"loparite", "monazite"} <= set(with_ores.observations["mineral"])
    found = headlines(with_ores)
    assert len(found) == len(FOUND)
    for one, words in zip(found, FOUND, strict=True):
        assert words in one.title
