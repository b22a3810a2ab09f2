"""Every choice that a reader can make renders, and no sentence holds what no reader should see.

A sample without MINERALS_LONG, all of them with it.
"""

from __future__ import annotations

import pytest

from dashboard.topics import explore
from tests.exported import unlike_files
from tests.long import LONG
from tests.sweep import (
    WHOLE,
    cases,
    faults,
    flaws,
    ill_told,
    kept_as_printed,
    misdrawn,
    not_converted,
    rendered,
    sentences,
)
from tests.workspaces import WORKSPACES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("case", cases())
def test_every_choice_renders_without_a_flaw(case: tuple[str, str, int]) -> None:
    found = [f"{seen.asked}: {flaw}" for seen in rendered(case) for flaw in flaws(seen.view)]
    found += [f"{seen.asked}: {wrong}" for seen in rendered(case) for wrong in misdrawn(seen, case[0])]
    found += [f"{seen.asked}: {wrong}" for seen in rendered(case) for wrong in ill_told(seen, case[0])]
    assert not found, "\n".join(found[:20])
    assert all(seen.view.chart or seen.view.empty for seen in rendered(case))


SOME = 80
"""One in so many choices of a basis that changes nothing is rendered, to see that it does not."""

STEPS_OF_A_SAMPLE = {"bundled": 16, "bgs": 96}


@pytest.mark.parametrize("workspace", ["bundled", "bgs"])
def test_a_basis_that_changes_no_row_shows_what_is_printed_and_says_why(workspace: str) -> None:
    data = WORKSPACES[workspace]()
    step = 1 if WHOLE else STEPS_OF_A_SAMPLE[workspace]
    for number, asked in enumerate(kept_as_printed(explore, data, step)):
        said = not_converted(asked, data)
        assert [flaw for text in said for flaw in faults("note", text)] == []
        if number * step % SOME == 0:
            printed = explore.view({**asked, "basis": "printed"}, data)
            shown = explore.view(asked, data)
            told = [sentence for sentence in sentences(shown) if sentence not in [("note", n) for n in said]]
            assert told == list(sentences(printed))
            assert str(shown.chart and shown.chart.drawing) == str(printed.chart and printed.chart.drawing)


READ_BACK = 1 if LONG >= 12 or not WHOLE else 30
"""One in so many choices is read back from its workbook, which takes as long as to render it."""


@pytest.mark.parametrize("case", cases())
def test_files_have_the_numbers_that_are_on_screen(case: tuple[str, str, int]) -> None:
    found = [
        f"{seen.asked}: {flaw}"
        for number, seen in enumerate(rendered(case))
        for flaw in unlike_files(seen.view, workbook=number % READ_BACK == 0)
    ]
    assert not found, "\n".join(found[:20])
