"""Axes of lines: from years and numbers to pixels, where numbers and years stand beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from dashboard.charts.lines import INDEX, LinePanel, LinePanels
from dashboard.drawing.frame import TEXT, Plotted, plotted
from dashboard.drawing.letters import text_width
from loaders.units import scale_factor

SHELF = 18.0
"""Pixels below an axis for the marks of years without a number."""

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
_FEW = 4
"""Numbers beside an axis, at most."""


class Point(NamedTuple):
    """A year of a line, its number and bounds in the scale of its panel."""

    year: int
    figure: Plotted
    forecast: bool
    revised: bool
    breaks: bool

    @property
    def bound(self) -> float:
        """What is known where there is no single number: the lower bound, or else the upper one."""
        lower, upper = self.figure.lower, self.figure.upper
        return upper if math.isnan(lower) or (lower == 0 and upper == upper) else lower


class Line(NamedTuple):
    """What one line is called, and its points in the order of years."""

    label: str
    points: list[Point]


@lru_cache(maxsize=200)
def lines_of(panel: LinePanel) -> tuple[Line, ...]:
    """The lines of a panel, in its scale, read once."""
    factor = 100.0 if panel.scale == INDEX else scale_factor(panel.unit, panel.scale)
    rows = panel.points
    columns = (rows[name].tolist() for name in ("line", "label", "year", "forecast", "revised", "breaks"))
    found: dict[object, Line] = {}
    for name, label, year, forecast, revised, breaks, figure in zip(*columns, plotted(rows), strict=True):
        value, lower, upper, *rest = figure
        scaled = Plotted(value * factor, lower * factor, upper * factor, *rest)
        line = found.setdefault(name, Line(str(label), []))
        line.points.append(Point(int(year), scaled, bool(forecast), bool(revised), bool(breaks)))
    return tuple(found.values())


class Across(NamedTuple):
    """The axis of years: its ends, and the pixels of its length at the narrowest."""

    low: float
    high: float
    pixels: float

    @property
    def step(self) -> float:
        """Pixels from year to year."""
        return self.pixels / (self.high - self.low)


def across(drawing: LinePanels, pixels: float) -> Across:
    """The axis of years, with room for the marks at both ends."""
    pad = max(0.5, (drawing.until - drawing.since) * 0.02)
    return Across(drawing.since - pad, drawing.until + pad, pixels)


def year_ticks(since: int, until: int, axis: Across) -> list[int]:
    """The first and the last year, and round ones between, as many as there is room for."""
    room = text_width("2000", TEXT) + 7
    step = next((step for step in _YEAR_STEPS if step * axis.step >= room), _YEAR_STEPS[-1])
    round_ones = [year for year in range(since, until + 1) if year % step == 0]
    inner = [y for y in round_ones if min(y - since, until - y) * axis.step >= room]
    ends = [since, until] if (until - since) * axis.step >= room else [until]
    return sorted({*inner, *ends})


class Up(NamedTuple):
    """The axis of numbers: its ends in its own measure (powers of ten where `log`), its ticks."""

    low: float
    high: float
    log: bool
    ticks: tuple[float, ...]

    def at(self, number: float) -> float | None:
        """Where a number stands; None for none, and for what a logarithmic axis cannot have."""
        if math.isnan(number) or (self.log and number <= 0):
            return None
        return math.log10(number) if self.log else number

    def shelf(self, plot: float) -> float:
        """Where the marks of years without a number stand, `plot` pixels being from end to end."""
        return self.low - (self.high - self.low) * SHELF * 0.55 / plot


def line_numbers(lines: Iterable[Line]) -> list[float]:
    """Every number and bound of some lines."""
    points = (point.figure for line in lines for point in line.points)
    return [number for figure in points for number in figure[:3] if number == number]


def up(numbers: Sequence[float], log: bool) -> Up:
    """The axis that shows all of these numbers: from zero, or from power to power of ten."""
    positive = [number for number in numbers if number > 0]
    if log and positive:
        low, high = math.floor(math.log10(min(positive))), math.ceil(math.log10(max(positive)))
        high = max(high, low + 1)
        every = max(1, math.ceil((high - low) / _FEW))
        ticks = [float(power) for power in range(low, high + 1, every)]
        return Up(low, high, True, tuple(10.0**power for power in ticks))
    most, least = max([*numbers, 0.0]), min([*numbers, 0.0])
    span = (most - least) or 1.0
    size = 10.0 ** math.floor(math.log10(span / _FEW))
    step = next(size * part for part in _STEPS if span / (size * part) <= _FEW)
    first, last = math.floor(least / step), math.ceil((most or span) / step - 1e-9)
    ticks = [number * step for number in range(first, last + 1)]
    return Up(ticks[0], ticks[-1], False, tuple(ticks))


def tick_words(number: float) -> str:
    """A number beside an axis."""
    return f"{number:,.10g}".replace("-", "−")


def spread_labels(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """The middles of labels, in pixels from the top, as near as can be to what is wanted; none overlaps."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    found = [0.0] * len(wanted)
    free = 0.0
    for number in order:
        found[number] = max(wanted[number], free + heights[number] / 2)
        free = found[number] + heights[number] / 2
    floor = max(room, sum(heights))
    for number in reversed(order):
        found[number] = min(found[number], floor - heights[number] / 2)
        floor = found[number] - heights[number] / 2
    return found
