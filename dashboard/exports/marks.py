"""What the signs of a chart mean, for files: each in words; in pictures those that explain nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dashboard.charts.chart import Chart
from dashboard.charts.view import View
from loaders.vocabulary import MarkState

_NAMES = {MarkState.ESTIMATE: "e", "context": "grey"}
"""Marks that a page draws, by what is seen of them."""
_IN_PICTURES = {
    "a ring": "ringed: revised since an older edition",
    "a cut": "a cut: a break in series",
    "◇": "◇: planned or forecast",
    "*": "*: corrected",
    "=": "=: tied",
    "≤": "≤: at most",
    "≥": "≥: at least",
    "–": "–: not computed",
    "no number": "no number: not available",
    "bold": "bold: the country of the account, and those that its imports come from",
    "≈": "≈: may be more or less",
}


def marks_words(view: View) -> str:
    """What every mark of a view means; that a number is a number is not said."""
    told = [mark for mark in view.marks if mark.named or mark.sign != MarkState.VALUE]
    return " ".join(f"{_NAMES.get(mark.sign, mark.words)}: {mark.meaning}" for mark in told)


@lru_cache(maxsize=50)
def keyed(view: View, chart: Chart, *, bold: bool = True) -> Chart:
    """The chart for a picture: its source line ends with what its signs mean, where nothing else says it.

    Without `bold`, names are all alike, as in native charts.
    """
    shown = [mark.sign for mark in view.marks if bold or mark.sign != "bold"]
    told = [_IN_PICTURES[sign] for sign in shown if sign in _IN_PICTURES]
    estimates = any(mark.meaning == MarkState.ESTIMATE.definition for mark in view.marks)
    if estimates and "(e)" not in chart.subtitle:
        told.insert(0, "e: estimated")
    return replace(chart, source=f"{chart.source} Signs: {'; '.join(told)}.") if told else chart
