"""Knowledge in tables that a person can read and extend: names, units, wording.

One table for each kind of knowledge, one row for each fact, every cell text. `article_*` are the words of
articles, `usgs_*`, `bgs_*` and `owid_*` those of one publisher; names, places, units and publishers are
everybody's. `*_looked_for` are names that only the search of a reader knows, in six languages, of old and of
the trade: some mean several things, so that nothing is read by them. Names of countries in them are those of
Unicode CLDR (https://cldr.unicode.org, Unicode License v3).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NoReturn

import pandas as pd

from loaders.errors import UnreadableFile

FOLDER = Path(__file__).parent
"""Where the tables lie."""


@cache
def table(name: str) -> pd.DataFrame:
    """The table `name`.csv of this folder, every cell as text, empty cells as empty text.

    Raises UnreadableFile, with the row as a spreadsheet counts it, for a row that is not as wide as the
    heading and for a quotation mark that nothing closes.
    """
    heading, *lines = _lines(FOLDER / f"{name}.csv")
    return pd.DataFrame(lines, columns=heading, dtype="string")


def _lines(path: Path) -> list[list[str]]:
    """The cells of each line of a table, the heading first; empty lines are no rows."""
    # Spreadsheets save a byte order mark.
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.reader(opened, strict=True)
        try:
            lines = [cells for cells in reader if cells]
        except csv.Error as error:
            raise UnreadableFile(
                f"a cell cannot be read ({error})",
                file=path.name,
                row=reader.line_num,
                remedy="Close each cell that begins with a double quotation mark with another, and write"
                " a mark inside of it twice.",
            ) from error
    if len(set(map(len, lines))) > 1:
        _refuse_uneven(path, len(lines[0]))
    return lines


def _refuse_uneven(path: Path, wanted: int) -> NoReturn:
    """Name the first row that is not as wide as the heading."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.reader(opened, strict=True)
        row, cells = next((reader.line_num, cells) for cells in reader if cells and len(cells) != wanted)
    raise UnreadableFile(
        f"{len(cells)} cells where the heading has {wanted}; the row begins {cells[0][:40]!r}",
        file=path.name,
        row=row,
        remedy="Put each cell that has a comma in it in double quotation marks."
        if len(cells) > wanted
        else "Write a comma for each cell that is empty.",
    )


@cache
def rules(name: str) -> tuple[dict[str, str], ...]:
    """The lines of the table `name`.csv, in order, one mapping each; raises what `table` raises."""
    lines = table(name)
    return tuple(dict(zip(lines.columns, line, strict=True)) for line in lines.to_numpy())
