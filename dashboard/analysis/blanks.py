"""Countries without a number that could stand before another one: by what other editions print of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.evidence import EditionRef, Evidence
from dashboard.analysis.series import as_records
from dashboard.analysis.states import state
from loaders.names import place_name
from loaders.units import display
from loaders.vocabulary import MarkState


class Ahead(NamedTuple):
    """A country without a number that could stand before another; `edition` printed a larger one of it.

    Where no edition did, the publisher prints the word "Large" for it.
    """

    place: str
    edition: str
    value: float
    unit: str

    @property
    def words(self) -> str:
        """On what it depends that it stands before."""
        name = place_name(self.place)
        if not self.edition:
            return f"{name}, for which “Large” is printed, stands before it"
        return f"{name} still holds what edition {self.edition} printed ({display(self.value, self.unit)})"


def ahead(
    blank: Sequence[str], own: float, here: Evidence, every: Evidence, edition: EditionRef
) -> list[Ahead]:
    """Those of the blank countries that had more than `own` in the nearest edition that says so.

    `here` is the series in this edition, `every` the evidence of all editions.
    """
    series = here.rows.iloc[0]
    lines = every.ranked
    same = (lines["dataset"] == edition.dataset) & (lines["edition"] != edition.edition)
    for name in ("measure", "basis", "unit"):
        same &= lines[name] == series[name]
    others = lines[same & lines["place"].isin(list(blank)) & (lines["value"].fillna(lines["lower"]) > own)]
    found = [_nearest(others[others["place"] == place], place, edition.edition) for place in blank]
    large = _large(here.rows)
    return [
        one or Ahead(place, "", 0.0, str(series["unit"]))
        for place, one in zip(blank, found, strict=True)
        if one or place in large
    ]


def _nearest(lines: pd.DataFrame, place: str, edition: str) -> Ahead | None:
    """The number of the last edition before this one, else of the first one after it."""
    if lines.empty:
        return None
    latest = lines[lines["year"] == lines.groupby("edition")["year"].transform("max")].sort_values("edition")
    before = latest[latest["edition"] < edition]
    line = before.iloc[-1] if len(before) else latest.iloc[0]
    value = line["lower"] if pd.isna(line["value"]) else line["value"]
    return Ahead(place, str(line["edition"]), float(value), str(line["unit"]))


def _large(rows: pd.DataFrame) -> set[str]:
    """The places for which a word such as "Large" stands."""
    words = [line for line in as_records(rows) if state(line) is MarkState.WORD]
    return {
        line["place"] for line in words if "large" in f"{line['printed_value']} {line['note']}".casefold()
    }
