"""What the marks of charts mean, in the words that every topic has for them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Any

from dashboard.charts.view import Mark
from loaders.vocabulary import MarkState

CORRECTED_MARK = Mark("*", "Corrected: what is printed is wrong.", on_page="A click on the mark says why.")
AT_MOST_MARK = Mark("at most", "The world total is larger than printed, so the share may be smaller.")
CONTEXT_MARK = Mark("context", "Not one country, so not ranked.")
NO_ROW_MARK = Mark("no row", "The table has no row for the country.")
BOUND_MARK = Mark("≤", "At most: the world total is larger than printed.")
ESTIMATE_MARK = Mark(MarkState.ESTIMATE.after, MarkState.ESTIMATE.definition)
OF_ROWS_MARK = Mark("of rows", "No world total is printed: the share is of the rows of the table.")
CELL_MARKS = (NO_ROW_MARK, BOUND_MARK, OF_ROWS_MARK, ESTIMATE_MARK, CORRECTED_MARK)
"""Signs in the cells of tables that are drawn, in the order in which they are explained."""

NO_ROW_DRAWN: dict[str, Any] = {
    **dict.fromkeys(("value", "lower", "upper"), float("nan")),
    **dict.fromkeys(("state", "words"), NO_ROW_MARK.sign),
    **{"id": "", "sign": "", "hover": NO_ROW_MARK.meaning},
}
"""What a row of a panel says of a place without a row in the table."""


def state_marks(present: Container[str]) -> list[Mark]:
    """The states that are present, in the order of `MarkState`, with what they mean."""
    return [Mark(str(state), state.definition) for state in MarkState if state in present]


def marks_in_order(present: Iterable[Mark], order: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks that are present, each once, in an order that has them all."""
    found = set(present)
    return tuple(mark for mark in order if mark in found)
