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
