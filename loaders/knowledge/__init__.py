"""Knowledge in tables that a person can read and extend: names, units, wording.

One table for each kind of knowledge, one row for each fact, every cell text. `article_*` are the words of
articles, `usgs_*`, `bgs_*` and `owid_*` those of one publisher; names, places, units and publishers are
everybody's.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parent
"""Where the tables lie."""


@cache
def table(name: str) -> pd.DataFrame:
    """The table `name`.csv of this folder, every cell as text, empty cells as empty text."""
    # Spreadsheets save a byte order mark.
    return pd.read_csv(FOLDER / f"{name}.csv", dtype="string", keep_default_na=False, encoding="utf-8-sig")


@cache
def rules(name: str) -> tuple[dict[str, str], ...]:
    """The lines of the table `name`.csv, in order, one mapping each."""
    lines = table(name)
    return tuple(dict(zip(lines.columns, line, strict=True)) for line in lines.to_numpy())
