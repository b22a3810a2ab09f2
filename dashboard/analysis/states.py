"""What stands at a mark: a state for each figure, and its words. Keeps zero, withheld and absent apart."""

from __future__ import annotations

from typing import Any

import pandas as pd

from loaders.units import display
from loaders.vocabulary import Status

STATES: dict[str, str] = {
    "value": "A number.",
    "estimate": "A number that the publisher marks as estimated.",
    "zero": "A printed zero, or a blank that the edition uses for zero.",
    "more than": "Printed as 'more than': the bar shows the lower bound.",
    "less than": "More than nothing, but below a printed limit.",
    "range": "Printed as a range: the bar ends at the lower bound, the dashed box at the upper.",
    "withheld": "Known to the publisher and kept back.",
    "word": "The publisher prints a word, such as 'Large', and no number.",
    "not available": "The publisher has no number.",
    "does not apply": "No number can exist here.",
    "included elsewhere": "Counted within another row, which the note names.",
}

_WITHOUT_NUMBER = {
    Status.WITHHELD: "withheld",
    Status.NOT_APPLICABLE: "does not apply",
    Status.INCLUDED_ELSEWHERE: "included elsewhere",
    Status.NOT_SIGNIFICANT: "less than",
}

_SIGNS = {
    "withheld": "▧ withheld",
    "not available": "○ not available",
    "does not apply": "× does not apply",
    "included elsewhere": "↗ included elsewhere",
}


def state(row: Any) -> str:
    """The state of one figure: a key of `STATES`. `row` is a line of the observation table, by column."""
    if pd.notna(row["value"]):
        if row["value"] == 0:
            return "zero"
        return "estimate" if _is_estimated(row) else "value"
    lower, upper = pd.notna(row["lower"]), pd.notna(row["upper"])
    if row["status"] == Status.NOT_SIGNIFICANT or (upper and not row["lower"]):
        return "less than"
    if lower and upper:
        return "range"
    if lower:
        return "more than"
    if row["status"] == Status.NOT_AVAILABLE and _word(row):
        return "word"
    return _WITHOUT_NUMBER.get(row["status"], "not available")


def _is_estimated(row: Any) -> bool:
    """Whether the publisher marks a number as estimated: by its status, or by a note where that says more.

    USGS 2026 has "Estimated." beside ilmenite of the United States, whose status is that it includes rutile.
    """
    if row["status"] == Status.INCLUDES_OTHER:
        return str(row.get("note", "")).startswith("Estimated")
    return bool(row["status"] == Status.ESTIMATED)


def _word(row: Any) -> str:
    """The word that stands for a number ('Large'), printed as value or in the note."""
    for text in (str(row["printed_value"]).strip(), str(row["note"]).strip()):
        lowered = text.lower()
        if len(text) < 60 and any(word in lowered for word in ("large", "small", "moderate")):
            return text
        if text == "s":
            return "small"
    return ""


def words(row: Any, scale: str | None = None, factor: float = 1.0) -> str:
    """What a reader should see at the mark: '3.8 Mt', 'more than 90 Mt', '▧ withheld', '◇ “Large”'.

    `factor` turns the canonical unit into that of `scale` only where a row is in another unit already.
    """
    name = state(row)
    unit = row["unit"]
    shown = {
        key: display(row[key] * factor, unit, scale)
        for key in ("value", "lower", "upper")
        if pd.notna(row[key])
    }
    if name in ("value", "zero"):
        return shown["value"]
    if name == "estimate":
        return f"{shown['value']} e"
    if name == "more than":
        return f"more than {shown['lower']} ▸"
    if name == "range":
        return f"{shown['lower']} to {shown['upper']}"
    if name == "less than":
        return f"less than {shown['upper']}" if "upper" in shown else "less than the smallest unit shown"
    return f"◇ “{_word(row)}”" if name == "word" else _SIGNS[name]


def with_states(rows: pd.DataFrame, scale: str | None = None) -> pd.DataFrame:
    """Adds `state`, `words` and `id` to a small table of observations."""
    lines = rows.to_dict("records")
    return rows.assign(
        state=[state(line) for line in lines],
        words=[words(line, scale) for line in lines],
        id=[row_id(line) for line in lines],
    )


def row_id(row: Any) -> str:
    """A stable name for one observation: dataset, edition, file, row and column."""
    return f"{row['dataset']}.{row['edition']}|{row['file']}|{row['row']}|{row['column']}"
