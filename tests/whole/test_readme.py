"""What the README says is so: its lines set up and test, its examples run, its files exist."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from dashboard.cli import serve
from dashboard.cli.command_list import COMMANDS
from dashboard.cli.main import main
from loaders.store import bundled_folder
from tests.checkout import ROOT

pytestmark = pytest.mark.slow

README = (ROOT / "README.md").read_text(encoding="utf-8")

BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
LINES = [(language, line) for language, block in BLOCKS for line in block.splitlines() if line.strip()]
EXAMPLES = [line for _, line in LINES if line.split()[0] == "minerals"]
SWAP = next(block.splitlines() for _, block in BLOCKS if block.startswith("minerals add"))

SHELL, WINDOWS = (
    [line for language, line in LINES if language == wanted and "venv .venv" in line]
    for wanted in ("sh", "powershell")
)


def test_one_line_starts_and_one_line_tests() -> None:
    install = "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e"
    assert [
        f"{install} . && .venv/bin/minerals",
        f"{install} '.[test]' && .venv/bin/pytest -n auto",
    ] == SHELL


def test_the_windows_forms_say_the_same() -> None:
    def windows(line: str) -> str:
        line = line.replace("python3 -m venv", "py -m venv").replace(" && ", "; ")
        return re.sub(r"\.venv/bin/(\w+)", r".venv\\Scripts\\\1", line)

    assert [windows(line) for line in SHELL] == WINDOWS


def test_the_readmes_test_line_is_the_one_that_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert script[-1] == SHELL[1]


def test_the_commands_of_the_lines_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"minerals": "dashboard.cli:main"}
    assert "pytest" in {re.split(r"\W", text)[0] for text in project["optional-dependencies"]["test"]}


@pytest.mark.parametrize("line", [line for line in EXAMPLES if line not in SWAP])
def test_the_examples_run(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "serve", lambda host, port, *, browser: print(host, port, browser))
    monkeypatch.chdir(tmp_path)
    # Files are recognised by what is in them, so an edition of ours can stand for the publisher's file.
    shutil.copy(bundled_folder("data") / "usgs-mcs" / "2025.csv", tmp_path / "MCS2025_World_Data.csv")
    words = "Chile holds 9.3 million tonnes of lithium reserves, and Peru mined 2.6 million tonnes of copper."
    (tmp_path / "my-article.txt").write_text(words, encoding="utf-8")
    ministry = (
        "Country;Mineral;Year;Mine production (t)\nChile;Lithium;2024;49000\nPeru;Copper;2024;2600000\n"
    )
    (tmp_path / "my-ministry.csv").write_text(ministry, encoding="utf-8")
    assert main(shlex.split(line)[1:]) == 0
    printed = capsys.readouterr().out
    short = {"serve": 0, "template": 0, "convert": 1, "export": 0, "brief": 0}
    assert len(printed.splitlines()) > short.get(line.split()[1], 3)


def test_the_example_in_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = [block for language, block in BLOCKS if language == "python"]
    assert sum(bool(line) for line in example.splitlines()) == 5
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
    assert (tmp_path / "lithium.pptx").read_bytes().startswith(b"PK")


def test_the_examples_of_a_swap_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(bundled_folder("data") / "usgs-mcs" / "2025.csv", tmp_path / "MCS2025_World_Data.csv")
    for line in SWAP:
        assert (line, main(shlex.split(line)[1:])) == (line, 0)
        assert capsys.readouterr().out.strip()


def test_examples_cover_every_command() -> None:
    assert {line.split()[1] for line in EXAMPLES} == {"serve", *(name for name, *_ in COMMANDS)}


GUIDE = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PATHS = sorted(
    {
        text
        for text in [*re.findall(r"`([^`\s]+)`", GUIDE), *re.findall(r"\]\(([^)]+)\)", GUIDE)]
        if re.fullmatch(r"\.?[\w.-]+/[\w./-]*", text) and not text.startswith(".venv")
    }
)


@pytest.mark.parametrize("path", PATHS)
def test_files_that_the_guides_name_exist(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_readme_names_files() -> None:
    named = {"loaders/documents/__init__.py", "dashboard/views/", "dashboard/charts/chart.py"}
    assert named <= set(PATHS)


def test_contributing_is_one_screen() -> None:
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 40


def test_the_change_list_has_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {project['version']}" in changes
    assert len(re.findall(r"^- ", changes, re.MULTILINE)) > 5
