"""The command `export`: options from the parameters of the topics, a file by its ending, errors that help."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.topics import TOPICS
from tests.commands import Command

pytestmark = pytest.mark.slow

MADE = [
    ("explore --mineral lithium --edition 2026", "Chile holds 24.9 % of the world’s reserves of lithium"),
    ("explore --mineral lithium --edition usgs-mcs.2026 --places Chile,AUS --which chosen", "Chile is 1st"),
    ("explore --mineral Lithium --measure Reserves --unit kt", "Chile holds"),
    ("claims --claim russia-rare-earths-rank --edition 2025", "Russia is 5th"),
    ("claims --claim russia-rare-earths-rank", "Russia ranks 5th in 1 of 3 editions (2025)"),
    ("revisions --mineral rare-earths --measure reserves", "Vietnam: reserves of rare earths went from"),
    ("concentration --mineral cobalt --edition 2026", "DR Congo"),
    ("glance --list eu-2024 --sort name", "One country makes more than half"),
]


@pytest.mark.parametrize(("words", "title"), MADE, ids=[words for words, _ in MADE])
def test_what_a_page_shows_is_written(words: str, title: str, run: Command, tmp_path: Path) -> None:
    output = tmp_path / "figures.csv"
    done = run("export", *words.split(), "-o", str(output))
    assert (done.code, done.err) == (0, "")
    assert title in done.out
    assert len(pd.read_csv(output, encoding="utf-8-sig"))
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".csv"] == ["figures.csv"]


def test_every_topic_and_parameter_is_an_option(run: Command) -> None:
    for topic in TOPICS:
        told = run("export", topic.NAME, "--help").out
        assert all(f"--{item.name}" in told for item in topic.PARAMETERS)


REFUSED = [
    ("explore --mineral lithum -o x.csv", "nearest known: Lithium"),
    ("explore --mineral lithium --edition 1999 -o x.csv", "There is: usgs-mcs.2026"),
    ("explore --mineral lithium --measure smelter_production -o x.csv", "no measure “smelter_production”"),
    ("explore --mineral lithium -o x.gif", "Take one of: .png"),
    ("explore --mineral lithium -o nowhere/x.csv", "cannot be written"),
    ("claims --claim no-such-claim -o x.csv", "no claim “no-such-claim” to choose here. There is: russia"),
    ("disagree -o x.csv", "there is nothing to draw. Datasets that are loaded: USGS."),
]


@pytest.mark.parametrize(("words", "told"), REFUSED, ids=[words for words, _ in REFUSED])
def test_what_cannot_be_written_is_said(
    words: str, told: str, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", *words.split())
    assert done.code == 1
    assert told in done.err
    assert not list(tmp_path.rglob("x.*"))
