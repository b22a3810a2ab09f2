"""Fixtures that several test files use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the publishers' own files and the facts to check against; skips where it is unset."""
    folder = os.environ.get("MINERALS_SHARED")
    if not folder:
        pytest.skip("MINERALS_SHARED is unset: the publishers' own files are not at hand")
    return Path(folder)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace for each test, so that no test reads or changes the user's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("MINERALS_HOME", str(home))
    return home
