"""What every drawing shares: colours, sizes, the sketch."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.states import signed_words
from dashboard.charts.chart import Tone
from dashboard.drawing.letters import LINE_HEIGHT, marked_up

VERMILION = "#cc4a12"
BLUE = "#1670ad"
SOFT_BLUE = "#79a6c8"
GREY = "#8b97a4"
INK = "#1a2330"
CLEAR = "rgba(0,0,0,0)"

TEXT = 12.0
SMALL = 12.0
HEADING = 13.0
SUBHEADING = 12.0
SOURCE = 12.0
"""Sizes of letters, in pixels; none is smaller than 12."""

NARROW = 370.0
"""Pixels of the narrowest chart, on a screen of 400."""

RIGHT = 8
"""The margin at the right."""

GAP = 6
"""Between a mark and its words."""


def lines_height(count: int, size: float) -> float:
    """Pixels of some lines."""
    return count * size * LINE_HEIGHT


def tightened(usual: float, least: float, tight: float) -> float:
    """A height between the usual one (0 tight) and the least that its words need (1)."""
    return usual - tight * max(usual - least, 0.0)


class Plotted(NamedTuple):
    """What is drawn of one line of a table: a number (NaN where there is none), its bounds and its words."""

    value: float
    lower: float
    upper: float
    state: str
    words: str
    id: str
    hover: str

    @property
    def known(self) -> float:
        """The number, or else what is known of it at least; NaN where nothing is."""
        return self.lower if math.isnan(self.value) else self.value


def plotted(rows: pd.DataFrame) -> list[Plotted]:
    """The lines of a table."""
    rows = rows.assign(words=signed_words(rows))
    columns = (rows[name].tolist() for name in Plotted._fields)
    return [
        Plotted(_number(value), _number(lower), _number(upper), str(state), str(words), str(name), str(hover))
        for value, lower, upper, state, words, name, hover in zip(*columns, strict=True)
    ]


def _number(value: object) -> float:
    return float(value) if isinstance(value, float | int) else math.nan


def largest_number(figures: Iterable[Plotted]) -> float:
    """The largest number or bound above zero; one where there is none."""
    largest = max((number for item in figures for number in item[:3] if number > 0), default=0.0)
    return largest or 1.0


ALWAYS_OPAQUE = {
    # Plotly fades what is not selected; a click must not change what the chart says. The pages outline what
    # is selected, and tell it from the rest by an opacity that no eye sees.
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 0.99}},
    "showlegend": False,
}

TONES: dict[Tone, str] = {"strong": BLUE, "soft": SOFT_BLUE, "context": GREY}


def edition_ticks(editions: Sequence[str], in_use: Collection[str]) -> list[str]:
    """The editions above a chart; one that is in use has these words below it."""
    return [
        f"<b>{marked_up([edition])}</b>{'<br>in use' if edition in in_use else ''}" for edition in editions
    ]


def above_editions(room: int, in_use: Collection[str]) -> int:
    return room + 16 if in_use else room


def coloured(text: str, colour: str) -> str:
    """Words in bold, in the colour of their family; all other words have the colour of the page."""
    return f'<b style="color:{colour}">{text}</b>'


def hover_text(texts: Sequence[object]) -> list[str]:
    """What a pointer over each mark shows, line by line, as it is."""
    return [marked_up(str(text).split("\n")) for text in texts]


class Sketch(NamedTuple):
    """Marks and layout of a chart without title and source, `body` pixels high below `top`.

    Marks and layout are in the words of Plotly, of which `dashboard.drawing.svg` draws what is used here.
    `labels` is the width of what stands left of the axis, where the chart has such labels, `names` that of
    what stands right of it; `needs` is the width in pixels below which words would not fit. `below` are
    pixels under the axes that the sketch uses itself. Where there is a `ratio`, the body is so many times as
    high as it is wide, however wide that is.
    """

    data: list[dict[str, Any]]
    layout: dict[str, Any]
    body: float
    top: float = 6
    labels: int = 0
    needs: float = 0.0
    names: int = 0
    below: float = 0.0
    ratio: float = 0.0

    @property
    def left(self) -> int:
        """The margin at the left."""
        return self.labels or 4

    @property
    def right(self) -> int:
        """The margin at the right."""
        return self.names or RIGHT
