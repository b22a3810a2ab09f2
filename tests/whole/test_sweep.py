"""Every choice that a reader can make renders, and no sentence holds what no reader should see.

A sample without MINERALS_LONG, all of them with it.
"""

from __future__ import annotations

import pytest

from tests.sweep import cases, flaws, rendered

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("case", cases())
def test_every_choice_renders_without_a_flaw(case: tuple[str, str, int]) -> None:
    found = [f"{seen.asked}: {flaw}" for seen in rendered(case) for flaw in flaws(seen.view)]
    assert not found, "\n".join(found[:20])
    assert all(seen.view.chart or seen.view.empty for seen in rendered(case))
