"""Lines over years, as records: panels with an axis of their own, and events on the axis of time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.axis import check_axis

INDEX = "index"
"""As the scale of a panel: the number of one year is 100, and its points are in parts of that number."""


@dataclass(frozen=True, eq=False)
class LinePanel:
    """Lines on one axis.

    `points` has the columns of the gate (see `analysis.axis.together`) and `line` (the lines stand in the
    order of the rows), `label` (what a line is called), `year`, `value`, `lower`, `upper` (in `unit`, or in
    parts of the number of one year), `words` (what is said at the mark), `state` (see
    `loaders.vocabulary.MarkState`), `forecast`, `revised` and `breaks` (bool; the year is not counted as
    those before it), `id` (what a click gives), `hover`. A year without a single number is a gap; the
    sentences `below` say what is printed there instead. `scale` is one of `loaders.units.scales`, or `INDEX`.
    Panels of one unit and scale have one axis unless `apart`.
    """

    title: str
    subtitle: str
    points: pd.DataFrame = field(repr=False)
    unit: str
    scale: str
    below: tuple[str, ...] = ()
    apart: bool = False

    def __post_init__(self) -> None:
        check_axis(self.points, "" if self.scale == INDEX else self.unit)


class EventMark(NamedTuple):
    """An event on the axis of time, where a whole number is the middle of a year; what a click gives."""

    year: float
    words: str
    id: str


@dataclass(frozen=True, eq=False)
class LinePanels:
    """Panels of lines over the same years, the first of which is `since` and the last `until`.

    With `beside` panels stand next to each other where there is room for it, otherwise one below the other.
    A `log` axis goes from power to power of ten. The `events` are marked in every panel. Panels that are
    drawn elsewhere, `scaled_with` these, have their scale.
    """

    panels: tuple[LinePanel, ...]
    since: int
    until: int
    beside: bool = False
    log: bool = False
    events: tuple[EventMark, ...] = ()
    scaled_with: tuple[LinePanel, ...] = ()
