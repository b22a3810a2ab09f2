"""Rows that say again what another row says: counted once, as if they had never been there."""

import pandas as pd
import pytest

from loaders import quality
from loaders.files.inputs import InputFile
from loaders.read import Load, load_inputs
from loaders.spreadsheets.mapping import Mapping, ValueColumn

HEADER = ["dataset", "edition", "mineral", "place", "measure", "year", "value", "unit"]


def _table(*rows: str) -> pd.DataFrame:
    return pd.DataFrame([["own", "2025", *row.split("|"), "t"] for row in rows], columns=HEADER)


COUNTRIES = ("Chile|30", "Peru|40", "Congo (Kinshasa)|W", "Australia|NA", "Canada|>10", "Other countries|5")
ROWS = [
    f"{mineral}|{place}|mine_production|{year}|{value}"
    for mineral in ("cobalt", "nickel", "lithium", "tin")
    for year in (2021, 2022)
    for place, value in (row.split("|") for row in (*COUNTRIES, "World total|85"))
]
ROWS[6] = ROWS[6].replace("85", "20")


def _load(table: pd.DataFrame) -> Load:
    return load_inputs([InputFile("input.csv", table.to_csv(index=False).encode())], "nowhere")


def _figures(loaded: Load) -> list[tuple]:
    """All that is said of the figures but where they stand."""
    return list(loaded.observations.drop(columns=["row"]).fillna(-1).itertuples(index=False, name=None))


@pytest.mark.parametrize("part", [80_000, pytest.param(10, marks=pytest.mark.slow), 3])
@pytest.mark.parametrize("lot", [0, *(pytest.param(lot, marks=pytest.mark.slow) for lot in range(1, 4))])
def test_rows_that_stand_again_are_as_if_they_were_not_there(lot, part, monkeypatch) -> None:
    monkeypatch.setattr(quality, "_PART", part)
    plain = _table(*ROWS)
    again = pd.concat([plain, plain.sample(20, random_state=lot, replace=True)])
    shuffled = again.sample(frac=1, random_state=lot, ignore_index=True)
    once = shuffled.drop_duplicates()
    found, expected = _load(shuffled), _load(once)
    assert _figures(found) == _figures(expected)
    assert sum(item.count for item in found.report.ignored) == len(shuffled) - len(once) == 20
    assert found.report.findings
    told = [item.model_dump(exclude={"row"}) for item in found.report.findings]
    assert told == [item.model_dump(exclude={"row"}) for item in expected.report.findings]
    rules = {problem.rule for problem in found.report.problems}
    assert "the same row again" in rules
    assert "repeated figure" not in rules


NOT_AGAIN = {
    "another spelling of the place": {"place": "Republic of Chile"},
    "another number": {"value": "31"},
    "the same number printed otherwise": {"value": "30.0"},
    "another sign without a number": {"value": "NA"},
    "another unit of the same amount": {"value": "0.03", "unit": "kt"},
}


@pytest.mark.parametrize("differs", NOT_AGAIN.values(), ids=NOT_AGAIN)
def test_rows_that_differ_in_anything_stay_and_are_pointed_out(differs) -> None:
    row = _table("cobalt|Chile|mine_production|2021|30")
    loaded = _load(pd.concat([row, row.assign(**differs)]))
    assert len(loaded.observations) == 2
    assert [problem.rule for problem in loaded.report.problems] == ["repeated figure"]


WIDE = Mapping(
    columns={"place": "Country"},
    constants={"dataset": "own", "edition": "2025", "measure": "reserves", "year": "2021", "unit": "t"},
    values=[ValueColumn(header=name, says={"mineral": name}) for name in ("Cobalt", "Nickel")],
)  # fmt: skip


@pytest.mark.parametrize("part", [80_000, 2])
def test_a_row_of_several_figures_goes_as_a_whole_or_not_at_all(part, monkeypatch) -> None:
    monkeypatch.setattr(quality, "_PART", part)
    rows = "Country,Cobalt,Nickel\nChile,1,2\nPeru,3,4\nChile,1,2\nPeru,3,5\n"
    loaded = load_inputs([InputFile("wide.csv", rows.encode())], "nowhere", WIDE)
    said = loaded.observations.sort_values(["row", "mineral"])
    assert said["value"].tolist() == [1, 2, 3, 4, 3, 5]
    assert [(item.reason, item.count) for item in loaded.report.ignored] == [("the same row again", 1)]
    assert sorted(problem.rule for problem in loaded.report.problems) == [
        "repeated figure",
        "repeated figure",
        "the same row again",
    ]
