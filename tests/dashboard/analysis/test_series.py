"""The lines of one edition in a table of several."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.analysis.series import by_edition

TABLES = {
    "one after another": ["usgs.2024", "usgs.2024", "usgs.2025", "bgs.2025"],
    "one in two places": ["usgs.2024", "bgs.2025", "usgs.2024"],
    "one alone": ["usgs.2024"],
    "none": [],
}


@pytest.mark.parametrize("kind", ["string", "object"])
@pytest.mark.parametrize("of_rows", TABLES.values(), ids=TABLES)
def test_an_edition_has_its_own_lines_in_their_order(of_rows: list[str], kind: str) -> None:
    keys = [name.split(".") for name in of_rows]
    table = pd.DataFrame(keys, columns=["dataset", "edition"], dtype=kind).assign(number=range(len(keys)))
    found = by_edition(table)
    for name in (*of_rows, "bgs.2024"):
        own = found.of(*name.split("."))
        assert own["number"].tolist() == [line for line, other in enumerate(of_rows) if other == name]
        assert list(own.columns) == list(table.columns)
