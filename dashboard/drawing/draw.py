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
from dashboard.drawing.nesting import part_of_whole
from dashboard.drawing.ranks import ranks
from dashboard.drawing.strips import strips
from dashboard.drawing.timeline import timeline

ELASTIC: dict[type[Any], Callable[[Any, float, float], Sketch]] = {
    Stack: stack,
    SideBySide: side_by_side,
    Ranks: ranks,
    Strips: strips,
    Heat: heat,
    LinePanels: lines,
    Map: world_map,
    PartOfWhole: part_of_whole,
}
SKETCHES: dict[type[Any], Callable[[Any, float], Sketch]] = {
    Timeline: timeline,
}
"""How each kind of drawing is sketched; the elastic ones can be made lower, where there is little room."""


def sketch(chart: Chart, width: float = NARROW, tight: float = 0.0) -> Sketch:
    """The sketch of a chart in which no words are cut where it is drawn `width` pixels wide, or wider.

    It is as high as usual, or less so: where `tight` is 1, as low as its words allow.
    """
    kind = type(chart.drawing)
    if kind in ELASTIC:
        return ELASTIC[kind](chart.drawing, width, tight)
    return SKETCHES[kind](chart.drawing, width)
