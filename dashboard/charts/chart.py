"""A chart: what it says, and what is to be drawn.

The records of drawings know no colours, no pixels and no library. Each passes the comparability gate when it
is made, so that a drawing with unlike things on one axis cannot exist: making it raises NotComparable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from dashboard.analysis.axis import check_axes, check_axis, check_part
from dashboard.charts.lines import LinePanels
from loaders.model import Claim, Event

Family = Literal["statement", "statistic"]
Tone = Literal["strong", "soft", "context"]


@dataclass(frozen=True, eq=False)
class Panel:
    """One set of bars on one axis.

    `rows` has the columns of the gate (see `analysis.axis.together`) and `label`, `value`, `lower`, `upper`
    (in `unit`), `words` (what stands at the mark), `state` (see `loaders.vocabulary.MarkState`), `emphasis`
    (bool), `id` (what a click gives), `hover`. It may have a `sign` that is drawn before the words, `below`,
    a second and smaller line of the label, and `tone` (see `Tone`) for a colour of its own. Panels of one
    unit share a scale but for one with an `own_scale`.
    """

    title: str
    subtitle: str
    family: Family
    rows: pd.DataFrame = field(repr=False)
    unit: str
    scale: str | None = None
    own_scale: bool = False

    def __post_init__(self) -> None:
        check_axis(self.rows, self.unit)


@dataclass(frozen=True, eq=False)
class Stack:
    """Panels one above the other, those of one unit to one scale; bars from the top down.

    Panels that may stand `beside` each other do so where there is room.
    """

    panels: tuple[Panel, ...]
    beside: bool = False


@dataclass(frozen=True, eq=False)
class SideBySide:
    """Two panels beside each other, with the same rows in the same order, of one unit to one scale."""

    left: Panel
    right: Panel


@dataclass(frozen=True, eq=False)
class Ranks:
    """Ranks by edition, one line per place, first at the top; editions `in_use` are marked.

    `lines` has the columns of the gate and `edition`, `place`, `label`, `rank` (NaN where not ranked),
    `shown` (position, ties drawn apart), `emphasis`, `id`, `hover`, `words`; `stated` maps an edition to a
    stated rank to be marked.
    """

    lines: pd.DataFrame = field(repr=False)
    stated: Mapping[str, int]
    in_use: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_axis(self.lines)


@dataclass(frozen=True, eq=False)
class Strips:
    """One strip per figure: its line through the editions, from zero to the figure's own highest number.

    `marks` has a line per strip and edition, with the columns of the gate and `strip` (strips stand in the
    order of the lines), `title`, `below`, `tone` (see `Tone`), `edition`, `value`, `lower`, `upper`,
    `words`, `state`, `id`, `hover`. Where there is no number the line is broken. Editions `in_use` are
    marked. Each strip is an axis of its own.
    """

    marks: pd.DataFrame = field(repr=False)
    editions: tuple[str, ...]
    in_use: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_axes(self.marks, "strip")


@dataclass(frozen=True, eq=False)
class Heat:
    """A table of cells, each with its number printed in it; the shade only repeats the number.

    `cells` has a line per cell: `row` (rows stand in the order of the lines), `column`, `words`, `shade`
    (0 to 1, NaN for a cell without a shade), `id`, `hover`. `columns` are the headings, left to right;
    "|" breaks a line. A cell stands for itself, so there is no axis.
    """

    cells: pd.DataFrame = field(repr=False)
    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Timeline:
    """Events from the earliest on; planned ones are open, disputed ones show every date that is given."""

    events: tuple[Event, ...]


@dataclass(frozen=True, eq=False)
class PartOfWhole:
    """One stated amount with the stated parts inside it; a part that is not stated to be one is refused."""

    whole: Claim
    parts: tuple[Claim, ...]

    def __post_init__(self) -> None:
        for part in self.parts:
            check_part(part, self.whole)


@dataclass(frozen=True, eq=False)
class Map:
    """A map of the world, places shaded by class, with a pattern where there is no plain number.

    `marks` has the columns of the gate and a line per place: `place` (a code that `boundaries` knows),
    `label`, `value` (what is shaded; NaN for none), `shade` (the number of its class from 0 up, -1 for none),
    `words`, `state` (see `loaders.vocabulary.MarkState`, or `APART`), `emphasis` (chosen: outlined and always
    named), `id`, `hover`. `classes` are the words of the classes, from the lowest; `heading` says what is
    shaded, `absent` what is said of a country without a line. The largest values are named on the map; where
    `lowest_first`, the smallest. `stated` are statements in documents, not statistics.
    """

    marks: pd.DataFrame = field(repr=False)
    classes: tuple[str, ...]
    heading: str
    absent: str
    lowest_first: bool = False
    stated: bool = False

    def __post_init__(self) -> None:
        check_axis(self.marks)


APART = "apart"
"""The state of a place on a map whose figures cannot be shaded with those of the others."""

Drawing = Stack | SideBySide | Ranks | Strips | Heat | Timeline | PartOfWhole | Map | LinePanels


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart:
    """A chart and all that goes with it; the same only as itself.

    `title` is the finding, `subtitle` says measure, unit, basis and edition; `table` is exactly what is
    drawn, with source columns; `name` is the stem of files made from it.
    """

    title: str
    subtitle: str
    source: str
    alt: str
    drawing: Drawing = field(repr=False)
    table: pd.DataFrame = field(repr=False)
    name: str
