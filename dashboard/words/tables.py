"""What a reader must know of whole tables: what their titles count, and how much of them is estimated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.analysis.states import state
from dashboard.analysis.trend import Row
from loaders.knowledge import rules
from loaders.vocabulary import MarkState


def counted_words(dataset: str, mineral: str, measures: Iterable[str]) -> str:
    """What the tables of a mineral count, where their titles narrow it: "Counted: low-purity gallium." """
    wanted = {"", *map(str, measures)}
    found = [
        rule["counts"]
        for rule in rules("table_titles")
        if (rule["dataset"], rule["mineral"]) == (dataset, mineral) and rule["measure"] in wanted
    ]
    return f"Counted: {', '.join(found)}." if found else ""


_NUMBERS = (MarkState.VALUE, MarkState.ESTIMATE, MarkState.MORE_THAN, MarkState.LESS_THAN, MarkState.RANGE)


def estimates_words(tables: Sequence[tuple[str, Iterable[Row]]], sign: str = "") -> str:
    """How much of each table, by what it is of, is estimated: "Estimated: all of primary production."

    Zeros count for nothing. A `sign` is what stands beside an estimate in the chart. Empty where nothing is
    marked as an estimate.
    """
    told = []
    for what, rows in tables:
        states = [found for found in map(state, rows) if found in _NUMBERS]
        number = states.count(MarkState.ESTIMATE)
        if number:
            share = "all" if number == len(states) else f"{number} of {len(states)} figures"
            told.append(f"{share} of {what}")
    return f"Estimated{f' ({sign})' if sign else ''}: {', '.join(told)}." if told else ""
