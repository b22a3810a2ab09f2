"""The command `article`: what a text states as a table, JSON or a seed; files, folders, standard input."""

from __future__ import annotations

import io
import json
import sys
import tomllib
from pathlib import Path

import pytest

from tests.commands import Command

TEXT = (
    "Chile holds 9.3 million tonnes of lithium reserves, according to the mining ministry.\n\n"
    "Officials met for the third time on Tuesday.\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "my-article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_a_figure_is_listed_with_who_says_it(article: Path, run: Command) -> None:
    done = run("article", str(article), "--format", "csv")
    assert done.code == 0
    assert "9.3 million tonnes,quantity,9300000.0,,,t,Lithium,Chile,Reserves" in done.out
    assert "mining ministry" in done.out
    assert "my-article.txt: 1 figure, 1 event; passed over as no figures: 1" in done.err


def test_everything_is_in_json(article: Path, run: Command) -> None:
    found = run("article", str(article), "--format", "json", "--date", "2025-03-31").json
    assert [item["printed"] for item in found["candidates"]] == ["9.3 million tonnes"]
    assert found["day"] == "2025-03-31"
    assert "third" in {item["printed"] for item in found["passed_over"]}
    assert "text" not in found


def test_a_seed_can_be_read_by_the_loader(article: Path, run: Command) -> None:
    seed = tomllib.loads(run("article", str(article), "--format", "toml").out)
    assert [claim["value"] for claim in seed["claims"]] == ["9.3 million tonnes"]


def test_standard_input_and_a_folder_are_read(
    article: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert json.loads(run("article", "-", "--format", "json").out)["candidates"]
    (article.parent / "second.txt").write_text(
        "Peru mined 3 million tonnes of copper in 2024.", encoding="utf-8"
    )
    listed = run("article", str(article.parent), "--format", "csv").out
    assert "my-article.txt" in listed
    assert "second.txt" in listed


REFUSED = [
    (["article", "no-such-file.txt"], 1, "cannot be read"),
    (["article", "."], 1, "the folder holds no article"),
    (["article", "x.txt", "--date", "soon"], 2, "'soon' is not a day"),
]


@pytest.mark.parametrize(("words", "code", "told"), REFUSED, ids=[" ".join(words) for words, _, _ in REFUSED])
def test_what_cannot_be_read_is_said(
    words: list[str], code: int, told: str, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert done.code == code
    assert told in done.err
