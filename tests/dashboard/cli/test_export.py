"""The command `export`: options from the parameters of the topics, a file by its ending, errors that help."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from dashboard.topics import TOPICS
from tests.checkout import ROOT
from tests.commands import Command

pytestmark = pytest.mark.slow

MADE = [
    ("explore --mineral lithium --edition 2026", "Chile holds 25 % of the world’s reserves of lithium"),
    ("explore --mineral lithium --edition usgs-mcs.2026 --places Chile,AUS --which chosen", "Chile is 1st"),
    ("explore --mineral Lithium --measure Reserves --unit kt", "Chile holds"),
    ("claims --claim russia-rare-earths-rank --edition 2025", "Russia is 5th"),
    (
        "claims --claim russia-rare-earths-rank",
        "Russia ranks 5th in reserves of rare earths in 1 of 4 editions (2025)",
    ),
    ("revisions --mineral rare-earths --measure reserves", "Vietnam: reserves of rare earths went from"),
    ("concentration --mineral cobalt --edition 2026", "DR Congo"),
    ("glance --list eu-2024 --sort name", "one country makes more than half"),
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


FORMS = [
    ("-o x.png --preset slide --scale 1", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x05\0\0\0\x02\xd0"),
    ("-o x.svg --preset square --untitled", b'<svg xmlns="http://www.w3.org/2000/svg" width="1080.00"'),
    ("-o x.csv --about", b"\xef\xbb\xbf# finding: Chile holds 25 %"),
    ("-o x.pdf --paper us-letter", b"%PDF-1.7"),
    ("-o x.xlsx", b"PK"),
    ("-o x.json", b'{\n "about": {\n  "finding": "Chile holds 25 %'),
]  # fmt: skip


@pytest.mark.parametrize(("words", "start"), FORMS, ids=[words for words, _ in FORMS])
def test_a_file_is_made_in_the_form_that_is_asked_for(
    words: str, start: bytes, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", "explore", "--mineral", "lithium", "--edition", "2026", *words.split())
    assert (done.code, done.err) == (0, "")
    (made,) = tmp_path.glob("x.*")
    assert made.read_bytes().startswith(start)


def test_a_short_command_loads_nothing_that_draws() -> None:
    told = "import sys, dashboard.cli.command_list; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT)
    drawing = {"plotly", "typst", "pptx", "docx", "xlsxwriter", "streamlit", "dashboard.drawing.paper"}
    assert drawing & set(done.stdout.split()) == set()


def test_a_size_that_there_is_not_is_refused(run: Command) -> None:
    done = run("export", "explore", "-o", "x.png", "--preset", "poster")
    assert done.code == 2
    assert "half-slide" in done.err
