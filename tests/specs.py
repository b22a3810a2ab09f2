"""What a chart is to show, read from its spec."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.cards import event_mark
from dashboard.charts.chart import Chart, Heat, Map, Panel, PartOfWhole, Ranks, SideBySide, Stack, Strips
from dashboard.charts.lines import LinePanels
from dashboard.charts.view import View


def drawn(view: View) -> Chart:
    """The chart of a view; fails with what is said where there is none."""
    assert view.chart is not None, view.empty
    return view.chart


def panels(view: View) -> tuple[Panel, ...]:
    """The panels of bars, the first on top or at the left."""
    drawing = drawn(view).drawing
    if isinstance(drawing, SideBySide):
        return (drawing.left, drawing.right)
    assert isinstance(drawing, Stack)
    return drawing.panels


def strips(view: View) -> list[pd.DataFrame]:
    """The marks of each strip, from the top down."""
    drawing = drawn(view).drawing
    assert isinstance(drawing, Strips)
    return [strip for _, strip in drawing.marks.groupby("strip", sort=False)]


def marks(view: View) -> pd.DataFrame:
    """All marks that stand for a row or a claim: `id`, and what the drawing has besides."""
    drawing = drawn(view).drawing
    if isinstance(drawing, Stack | SideBySide):
        return pd.concat([part.rows for part in panels(view)], ignore_index=True)
    if isinstance(drawing, Ranks):
        return drawing.lines
    if isinstance(drawing, Strips):
        return drawing.marks
    if isinstance(drawing, Heat):
        return drawing.cells
    if isinstance(drawing, LinePanels):
        return pd.concat([part.points for part in drawing.panels], ignore_index=True)
    if isinstance(drawing, Map):
        return drawing.marks
    if isinstance(drawing, PartOfWhole):
        return pd.DataFrame({"id": [claim.id for claim in (drawing.whole, *drawing.parts)]})
    return pd.DataFrame({"id": [event_mark(event.id) for event in drawing.events]})


def ids(view: View) -> list[str]:
    """What a click on each mark gives; a mark of nothing gives nothing."""
    return [name for name in marks(view)["id"] if name]


def words(view: View) -> list[str]:
    """What stands at the marks."""
    return list(marks(view)["words"])
