"""A chart: what it says, and what is to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

Family = Literal["statement", "statistic"]
Tone = Literal["strong", "soft", "context"]


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart and all that goes with it; the same only as itself.

    `title` is the finding, `subtitle` says measure, unit, basis and edition; `table` is exactly what is
    drawn, with source columns; `name` is the stem of files made from it.
    """

    figure: go.Figure = field(repr=False)
    title: str
    subtitle: str
    source: str
    alt: str
    table: pd.DataFrame = field(repr=False)
    name: str


@dataclass(frozen=True)
class Panel:
    """One set of marks on one axis.

    `rows` has the columns `label`, `value`, `lower`, `upper` (in `unit`), `words` (what stands at the
    mark), `state` (see `analysis.states`), `emphasis` (bool), `id` (what a click gives). It may have
    `below`, a second and smaller line of the label, and `tone` (see `Tone`) for a colour of its own.
    """

    title: str
    subtitle: str
    family: Family
    rows: pd.DataFrame = field(repr=False)
    unit: str
    scale: str | None = None
