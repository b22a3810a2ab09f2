"""The table below a chart, in words: amounts with their unit, shares in percent, columns by their labels."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.exports.small_table import screen_table
from tests.dashboard.drawing.test_drawing import chart, ranked

NONE = math.nan


def cells(**columns: list[object]) -> dict[str, list[str]]:
    """What is shown of a table."""
    shown = screen_table(replace(chart(ranked()), table=pd.DataFrame(columns)))
    return {str(name): column.tolist() for name, column in shown.items()}


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ({"value": [21e6, NONE], "unit": ["t", "t"]}, {"value": ["21 Mt", ""]}),
        ({"value": [0.0], "unit": ["t"]}, {"value": ["0 t"]}),
        ({"lower": [4e6], "upper": [NONE], "unit": ["t"]}, {"at least": ["4 Mt"]}),
        ({"value": [0.0667], "unit": ["1"]}, {"value": ["6.67 %"]}),
        ({"share": [0.0667], "top_3": [0.5]}, {"share": ["6.67 %"], "top 3": ["50 %"]}),
        ({"share": [0.0667], "share_in_words": ["at most 6.67 %"]}, {"share": ["at most 6.67 %"]}),
        ({"printed": ["21000000"], "printed_unit": ["metric tons"]},
         {"as printed": ["21000000"], "unit as printed": ["metric tons"]}),
        ({"said_by": ["USGS"], "id": ["usgs-mcs.2026:1"]}, {"said by": ["USGS"]}),
        ({"hhi": [3047.23]}, {"HHI": ["3,047"]}),
    ],
    ids=lambda given: "-".join(given),
)  # fmt: skip
def test_a_table_is_shown_in_words(columns: dict[str, list[object]], shown: dict[str, list[str]]) -> None:
    assert cells(**columns) == shown
