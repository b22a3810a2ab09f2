"""From a chart to its sketch: one function for each kind of drawing, the layout of page and paper alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.charts.chart import (
    Chart,
    Heat,
    Map,
    PartOfWhole,
    Ranks,
    SideBySide,
    Stack,
    Strips,
    Timeline,
)
from dashboard.charts.lines import LinePanels
from dashboard.drawing.bars import side_by_side, stack
from dashboard.drawing.frame import NARROW, Sketch
from dashboard.drawing.heat import heat
from dashboard.drawing.lines import lines
from dashboard.drawing.maps import world_map
from dashboard.drawing.nested import part_of_whole
from dashboard.drawing.ranks import ranks
from dashboard.drawing.strips import strips
from dashboard.drawing.timeline import timeline

SKETCHES: dict[type[Any], Callable[[Any, float], Sketch]] = {
    Stack: stack,
    SideBySide: side_by_side,
    Ranks: ranks,
    Strips: strips,
    Heat: heat,
    Timeline: timeline,
    PartOfWhole: part_of_whole,
    LinePanels: lines,
    Map: world_map,
}
"""How each kind of drawing is sketched."""


def sketch(chart: Chart, width: float = NARROW) -> Sketch:
    """The sketch of a chart in which no words are cut where it is drawn `width` pixels wide, or wider."""
    return SKETCHES[type(chart.drawing)](chart.drawing, width)
