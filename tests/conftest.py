"""Fixtures that several test files use."""

from __future__ import annotations

import gc
import os
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from dashboard.cli.main import main
from loaders.added_minerals import know
from tests.chains import CHAINS, chain
from tests.commands import Command, Run
from tests.long import LONG
from tests.swept import SWEPT, summary

# Tables are many small objects, few of them in circles: looking for circles took a fifth of the time.
gc.set_threshold(50_000, 20, 50)

# A busy machine is no error of the program, and every run tries other examples.
settings.register_profile("no clock", deadline=None, max_examples=100 if LONG else 15)
settings.load_profile("no clock")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """How tests are handed to workers that run side by side."""
    from tests.side_by_side import SideBySide  # xdist need not be there

    config.option.loadscopereorder = False  # by how long they take, not by how many they are
    return SideBySide(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long goes first, so that at the end no worker waits for another."""
    items.sort(key=lambda item: (chain(item.nodeid) not in CHAINS, item.get_closest_marker("slow") is None))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many choices of the pages were rendered, and how many titles were held against their figures."""
    reports = terminalreporter.getreports("passed")
    told = [value for report in reports for name, value in report.user_properties if name == SWEPT]
    if told:
        terminalreporter.section("choices rendered, titles that follow from their figures")
        for line in summary(told):
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the publishers' own files and the facts to check against; skips where it is unset."""
    folder = os.environ.get("MINERALS_SHARED")
    if not folder:
        pytest.skip("MINERALS_SHARED is unset: the publishers' own files are not at hand")
    return Path(folder)


_HOMES = count()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace for each test, so that no test reads or changes the user's own."""
    home = tmp_path_factory.mktemp(f"home-{next(_HOMES)}", numbered=False)  # numbering looks at all others
    monkeypatch.setenv("MINERALS_HOME", str(home))
    know(())  # what an earlier test's workspace added
    monkeypatch.delenv("COLUMNS", raising=False)  # side by side, tests are told the width of another window
    return home


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """What runs `minerals` with some words."""

    def command(*words: str | Path) -> Run:
        try:
            code: int | str | None = main([str(word) for word in words])
        except SystemExit as stop:
            code = stop.code
        return Run(code, *capsys.readouterr())

    return command
