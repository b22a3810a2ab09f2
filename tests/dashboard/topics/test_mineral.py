"""Mineral: what stands below its chart says what the pages find that it leads to."""

from __future__ import annotations

import pytest

from dashboard.topics import mineral
from dashboard.topics.explore import offered_by
from dashboard.topics.parameters import answer, settle_asked
from tests.long import some
from tests.workspaces import bundled


@pytest.mark.slow
def test_a_part_says_what_its_page_finds() -> None:
    data = bundled()
    told = 0
    for name in some(offered_by(data).minerals, 8):
        asked, _ = settle_asked(mineral.PARAMETERS, {"mineral": name}, data)
        for part in mineral.parts_of(asked, data):
            if part.finding:
                settled, _ = settle_asked(part.topic.PARAMETERS, part.wanted, data)
                view = answer(part.topic, settled, data)
                by_view = mineral.finding_of(
                    part._replace(finding=None), settled, data, lambda _, view=view: view
                )
                assert part.finding(settled, data) == by_view, (name, part.about)
                told += 1
    assert told
