"""Fixtures of the tests of the dashboard."""

from __future__ import annotations

import pytest

from dashboard.snapshot import Snapshot
from tests.figures import bundled_data


@pytest.fixture(scope="session")
def data() -> Snapshot:
    """All that is bundled, and nothing else; shared, so nobody may change it."""
    return bundled_data()
