"""What a later release of a publisher prints otherwise: declared, found where it still stands, read so."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from loaders.errors import StoreError
from loaders.quality.later_figures import (
    LATER_FIGURES_FILE,
    as_later,
    numbers_of,
    read_later_figures,
    unit_of,
    with_later_figure,
)
from loaders.store import bundled_folder

ENTRY = {
    "id": "'one'", "publisher": "'usgs'", "edition": "'2026'", "mineral": "'lithium'",
    "measure": "'reserves'", "place": "'CHL'", "year": "2025", "unit": "'thousand metric tons'",
    "printed": "'9,200'", "later": "'>9,000'", "release": "'version 2'", "published": "2026-06-01",
    "citation": "'A survey.'",
}  # fmt: skip


def written(folder: Path, **changed: str) -> Path:
    lines = "\n".join(f"{name} = {text}" for name, text in {**ENTRY, **changed}.items() if text)
    (folder / LATER_FIGURES_FILE).write_text(f"[[later_figures]]\n{lines}\n", encoding="utf-8")
    return folder


def row(**changed: object) -> dict[str, object]:
    return {
        "dataset": "usgs-mcs", "edition": "2026", "mineral": "lithium", "measure": "reserves",
        "place": "CHL", "year": 2025, "value": 9.2e6, "lower": float("nan"), "upper": float("nan"),
        "printed_value": "9,200", "printed_unit": "thousand metric tons", "correction": "",
    } | changed  # fmt: skip


def test_the_bundled_entries_are_those_of_rare_earths_2026() -> None:
    found = read_later_figures([bundled_folder("data") / "usgs-mcs"])
    told = {item.place: (item.edition, item.printed, item.later) for item in found}
    assert told == {
        "BRA": ("2026", "21,000,000", "11,000,000"),
        "WLD": ("2026", ">85,000,000", ">75,000,000"),
    }


@pytest.mark.parametrize(
    ("changed", "stands"),
    [
        ({}, True),
        ({"printed_value": " 9,200 "}, True),
        ({"printed_value": "9,000"}, False),  # the publisher has released the table anew
        ({"printed_unit": "metric tons"}, False),
        ({"edition": "2025"}, False),
        ({"dataset": "survey"}, False),
        ({"year": 2024}, False),
        ({"place": "ARG"}, False),
        ({"measure": "resources"}, False),
    ],
)
def test_an_entry_holds_only_where_its_figure_still_stands(
    tmp_path: Path, changed: dict[str, object], stands: bool
) -> None:
    table = pd.DataFrame([row(place="BOL"), row(**changed)])
    item = read_later_figures([written(tmp_path)])[0]
    assert with_later_figure(table, "usgs-mcs", item) == ([1] if stands else [])


def test_read_as_a_later_release_has_it_only_numbers_change(tmp_path: Path) -> None:
    table = pd.DataFrame([row(place="BOL"), row()])
    item = read_later_figures([written(tmp_path)])[0]
    read = as_later(table, {1: item})
    assert (numbers_of(item, item.later)["lower"], unit_of(item)) == (9e6, "t")
    assert read.loc[1, "lower"] == 9e6
    assert pd.isna(read.loc[1, "value"])
    assert list(read["correction"]) == ["", "later release: one"]
    same = ["printed_value", "printed_unit", "place", "year"]
    assert read[same].equals(table[same])
    assert read.loc[0, "value"] == table.loc[0, "value"]
    assert table.loc[1, "value"] == 9.2e6  # what was given is as it was


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"later": "'plenty'"}, "the 'later' figure cannot be read"),
        ({"printed": "'?'"}, "the 'printed' figure cannot be read"),
        ({"unit": "'bushels'"}, "bushels"),
        ({"release": ""}, "Field required"),
        ({"more": "'x'"}, "Extra inputs"),
    ],
)
def test_a_malformed_entry_is_named(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    with pytest.raises(StoreError) as raised:
        read_later_figures([written(tmp_path, **changed)])
    assert said in str(raised.value)
    assert "'one'" in str(raised.value)
    assert raised.value.file.endswith(LATER_FIGURES_FILE)


def test_a_users_entry_replaces_the_bundled_one_of_its_id(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    folders = [written(tmp_path), written(tmp_path / "own", later="'8,000'")]
    assert [item.later for item in read_later_figures(folders)] == ["8,000"]
