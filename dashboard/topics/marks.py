"""What the marks of charts mean, in the words that every topic has for them."""

from __future__ import annotations

from collections.abc import Container

from dashboard.charts.view import Mark
from loaders.vocabulary import MarkState

CORRECTED_MARK = Mark("*", "Corrected: what is printed is wrong.", on_page="A click on the mark says why.")
AT_MOST_MARK = Mark("at most", "The world total is larger than printed, so the share may be smaller.")
CONTEXT_MARK = Mark("context", "Not one country, so not ranked.")
NO_ROW_MARK = Mark("no row", "The table has no row for the country.")


def state_marks(present: Container[str]) -> list[Mark]:
    """The states that are present, in the order of `MarkState`, with what they mean."""
    return [Mark(str(state), state.definition) for state in MarkState if state in present]
