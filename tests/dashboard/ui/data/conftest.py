"""What the tests of the page Data open."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests import handing_in


@pytest.fixture
def page() -> AppTest:
    """The page Data as it opens."""
    return handing_in.open_page()
