"""What stands at a mark: every status keeps its own look from file to screen."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd
import pytest

from dashboard.analysis.states import (
    bar_words,
    printed_words,
    row_id,
    signed,
    state,
    unit_words,
    whole_labels,
    with_states,
)
from loaders.store import catalogue, read_all
from loaders.vocabulary import MarkState
from tests.figures import bundled_data

NONE = math.nan


def row(**given: Any) -> dict[str, Any]:
    usual = {
        "dataset": "usgs-mcs", "edition": "2025", "value": NONE, "lower": NONE, "upper": NONE, "unit": "t",
        "status": "A", "printed_value": "", "note": "", "file": "a.csv", "row": 2, "column": "Value",
    }  # fmt: skip
    return {**usual, **given}


CASES: list[tuple[dict[str, Any], str, str]] = [
    (row(value=3.8e6), "value", "3.8 Mt"),
    (row(value=2500.0, status="E"), "estimate", "2.5 kt e"),
    (row(value=1e5, status="W", note="Estimated. -- Includes rutile."), "estimate", "100 kt e"),
    (row(value=0.0), "zero", "0 t"),
    (row(lower=9e7), "more than", "more than 90 Mt ►"),
    (row(lower=0.0, upper=0.5, status="N"), "less than", "less than 500 kg"),
    (row(lower=0.0, upper=200_000.0, status="N"), "less than", "less than 200 kt"),
    (row(lower=3.3e8, upper=3.9e8), "range", "330 Mt to 390 Mt"),
    (row(status="Q", printed_value="W"), "withheld", "⊘ withheld"),
    (row(status="O", printed_value="NA"), "not available", "○ not available"),
    (row(status="O", printed_value="Large"), "word", "◇ “Large”"),
    (row(status="O", printed_value="", note="Moderate to Large"), "word", "◇ “Moderate to Large”"),
    (row(status="O", printed_value="s"), "word", "◇ “small”"),
    (row(status="M", printed_value="XX"), "does not apply", "× does not apply"),
    (row(status="K", printed_value="Included in World total."), "included elsewhere", "↗ included elsewhere"),
    (row(status="X", printed_value="E", unit="1"), "net exporter", "net exporter"),
]


def drawn(given: dict[str, Any]) -> str:
    return signed(state(given).before, bar_words(given))


@pytest.mark.parametrize(("given", "name", "shown"), CASES, ids=[f"{c[1]}-{c[2]}" for c in CASES])
def test_states_and_words(given: dict[str, Any], name: str, shown: str) -> None:
    assert state(given) == name
    assert drawn(given) == shown


def test_a_label_is_whole_with_what_stands_below_it_if_anything_does() -> None:
    rows = pd.DataFrame({"label": ["China", "Chile", "World"], "below": ["metal", "", None]})
    assert whole_labels(rows) == ["China, metal", "Chile", "World"]


def test_no_two_states_read_alike() -> None:
    shown = [drawn(given) for given, _, _ in CASES]
    assert len(set(shown)) == len(shown)
    assert {name for _, name, _ in CASES} == set(MarkState)


@pytest.mark.slow
def test_every_bundled_figure_has_a_state_that_agrees_with_its_status() -> None:
    table = read_all(catalogue())
    states = with_states(table.drop_duplicates(["status", "printed_value", "note"]))
    number = states["value"].notna()
    assert set(states.loc[number, "state"]) == {"value", "estimate", "zero"}
    assert not set(states.loc[~number, "state"]) & {"value", "estimate", "zero"}
    withheld = states["status"] == "Q"
    assert set(states.loc[withheld, "state"]) == {"withheld"}
    assert (states["words"].str.len() > 0).all()


def test_an_id_names_one_row() -> None:
    table = read_all(catalogue())
    rare = table[table["mineral"] == "rare-earths"]
    assert with_states(rare)["id"].is_unique
    assert row_id(row()) == "usgs-mcs.2025|a.csv|2|Value"


@pytest.mark.parametrize(
    ("printed", "unit", "words"),
    [
        ("21000000", "metric tons", "21,000,000 metric tons"),
        ("3,800,000", "t", "3,800,000 t"),
        ("12345.50", "", "12,345.50"),
        ("2600", "t", "2600 t"),
        (">1000000", "t", ">1000000 t"),
        ("W", "t", "W t"),
        (" ", "t", "blank t"),
    ],
)
def test_what_is_printed_is_said_with_its_digits_in_groups(printed: str, unit: str, words: str) -> None:
    assert printed_words({"printed_value": printed, "printed_unit": unit}) == words


def test_no_unit_of_one_countrys_account_is_a_part_of_a_header() -> None:
    """The files up to 2024 head a price "Price_High-puritydkg"."""
    columns = bundled_data().national.drop_duplicates(["file", "column"])
    told = {unit_words(line) for line in columns.to_dict("records")}
    assert {words for words in told if re.search(r"[a-z]d(?:kg|t|lb)$|^d(?:kg|t|lb)$|\(\d", words)} == set()
    assert {"dollars per kilogram", "cents per pound", "percent"} <= told
