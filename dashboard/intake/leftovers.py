"""The rows of handed-in files that became no figure of an edition, to be looked through."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from dashboard.intake.plan import Plan
from dashboard.intake.proposal import Proposal
from loaders.csv_text import spreadsheet_csv
from loaders.files.table import RawTable


def left_out_csv(item: Proposal, tables: Sequence[RawTable]) -> str:
    """A line per row without a figure: file, row, and its cells as printed with " | " between.

    `tables` are those in the files; `item` says where its plan is kept.
    """
    used = _used(item.path)
    lines = [
        {"file": raw.name, "row": int(row), "printed": " | ".join(text for text in cells if text)}
        for raw in tables
        for row, cells, told in zip(raw.frame.index, _cells(raw), _told(raw), strict=True)
        if any(cells) and told not in used and (raw.file, told[1]) not in used
    ]
    return spreadsheet_csv(pd.DataFrame(lines, columns=["file", "row", "printed"]))


def _cells(raw: RawTable) -> list[list[str]]:
    cells = raw.frame.astype("string").fillna("")
    return [list(map(str.strip, line)) for line in cells.to_numpy()]


def _told(raw: RawTable) -> list[tuple[str, int]]:
    """File and row by which figures name each row: those that our own table states, or else its own."""
    own = [(raw.name, int(row)) for row in raw.frame.index]
    if not {"file", "row"} <= set(raw.frame.columns):
        return own
    stated = zip(raw.frame["file"].fillna(""), raw.frame["row"].fillna(""), strict=True)
    return [
        (str(file), int(row)) if str(row).isdecimal() else here
        for (file, row), here in zip(stated, own, strict=True)
    ]


def _used(path: Path) -> set[tuple[str, int]]:
    """File and row of every figure."""
    plan: Plan = pickle.loads(path.read_bytes())
    rows = plan.load.observations[["file", "row"]].drop_duplicates()
    return set(zip(rows["file"].astype(str), rows["row"].astype(int), strict=True))
