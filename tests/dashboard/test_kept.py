"""What is worked out from data is kept as long as the data are, and no longer."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import pytest

from dashboard.topics import mineral, over_time
from dashboard.topics.hits import hits
from dashboard.topics.home import headlines
from dashboard.topics.parameters import answer, settle_asked
from dashboard.topics.ranked_rows import printed_table
from tests.workspaces import bundled

TABLE = ("rare-earths", "reserves", "usgs-mcs.2025")


@pytest.mark.slow
def test_data_that_nobody_holds_leave_the_memory() -> None:
    data = replace(bundled())
    headlines(data)
    hits("lithium", data)
    for topic in (mineral, over_time):
        answer(topic, settle_asked(topic.PARAMETERS, {}, data)[0], data)
    held = weakref.ref(data)
    del data
    gc.collect()
    assert held() is None


@pytest.mark.parametrize("basis", ["printed", "content"])
def test_what_was_worked_out_is_given_again(basis: str) -> None:
    data, other = bundled(), replace(bundled())
    found = printed_table(data, *TABLE, 2024, basis)
    assert printed_table(data, *TABLE, 2024, basis) is found
    assert printed_table(data, *TABLE, 2024) is not printed_table(data, *TABLE, year=2024, basis="content")
    again = printed_table(other, *TABLE, 2024, basis)
    assert again is not found
    assert again.lines.equals(found.lines)
