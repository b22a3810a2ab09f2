"""Files of the trade, harmed at random: read, asked about or refused, and never anything else."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.long import LONG
from tests.mutated_files import LAYOUTS, figures_of, mutated, read_or_refused, unharmed, written

pytestmark = pytest.mark.slow

SEEDS = range(12 if LONG else 4)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_harmed_file_is_read_or_refused(layout: str) -> None:
    for seed in SEEDS:
        assert read_or_refused(mutated(layout, seed)) in ("read", "read with errors", "proposed", "refused")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_unharmed_copy_gives_the_same_figures(layout: str) -> None:
    first = figures_of(written(LAYOUTS[layout]()))
    assert len(first)
    for copy in unharmed(layout):
        pd.testing.assert_frame_equal(figures_of(copy), first)
