"""Lines as a native chart of an office program has them: a row for each year, a column for each line."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.charts.chart import Chart
from dashboard.charts.lines import INDEX, LinePanel, LinePanels
from loaders.text import with_stops
from loaders.units import scale_factor, scale_label
from loaders.vocabulary import MarkState

_MOST_PANELS = 3
"""More panels than these are too many for one slide."""


class NativeLines(NamedTuple):
    """A panel: its title, the years, and of each line its name and a number or None for every year.

    The `ends` are what is said of the last number of each line; "" for a line without one.
    """

    title: str
    years: list[int]
    lines: list[tuple[str, list[float | None]]]
    ends: list[str]

    @property
    def series(self) -> list[tuple[str, list[float | None]]]:
        """The lines as a legend names them: several with their last numbers, which would cover each other."""
        if len(self.lines) == 1:
            return self.lines
        return [
            (f"{label}: {end}" if end else label, numbers)
            for (label, numbers), end in zip(self.lines, self.ends, strict=True)
        ]


def line_panels_of(chart: Chart) -> tuple[LinePanel, ...]:
    """The panels of lines of a chart; none where it is of another kind."""
    return chart.drawing.panels if isinstance(chart.drawing, LinePanels) else ()


def native_panel(chart: Chart, panel: LinePanel) -> NativeLines:
    """The numbers of a panel in its scale; what is no single number is None, a gap."""
    assert isinstance(chart.drawing, LinePanels)
    years = list(range(chart.drawing.since, chart.drawing.until + 1))
    factor = 100.0 if panel.scale == INDEX else scale_factor(panel.unit, panel.scale)
    columns = (panel.points[name].tolist() for name in ("line", "label", "year", "value", "words"))
    found: dict[object, tuple[str, dict[int, list[float]]]] = {}
    said: dict[tuple[str, int], str] = {}
    for line, label, year, value, words in zip(*columns, strict=True):
        numbers = found.setdefault(line, (str(label), {}))[1]
        numbers.setdefault(int(year), []).append(float(value) * factor)
        said[str(label), int(year)] = str(words)
    lines = [(label, [_single(numbers.get(year, [])) for year in years]) for label, numbers in found.values()]
    ends = [_end(label, dict(zip(years, numbers, strict=True)), said) for label, numbers in lines]
    unit = "" if panel.scale == INDEX else scale_label(panel.scale)
    known = unit in panel.subtitle or unit in panel.title
    told = with_stops(panel.title if known else f"{panel.title}, {unit}", panel.subtitle)
    return NativeLines(told, years, lines, ends)


def _end(label: str, numbers: dict[int, float | None], said: dict[tuple[str, int], str]) -> str:
    """The words of the last number of a line, with its year where it is not the last one of the axis."""
    last = max((year for year, number in numbers.items() if number is not None), default=None)
    if last is None:
        return ""
    return said[label, last] if last == max(numbers) else f"{said[label, last]} in {last}"


def _single(printed: list[float]) -> float | None:
    """The one number of a year, or None."""
    return printed[0] if len(printed) == 1 and printed[0] == printed[0] else None


def is_plain(chart: Chart) -> bool:
    """Whether an office program can draw all that the lines say: no bounds, no events, few panels."""
    drawing = chart.drawing
    if (
        not isinstance(drawing, LinePanels)
        or drawing.log
        or drawing.events
        or len(drawing.panels) > _MOST_PANELS
    ):
        return False
    states = {str(state) for panel in drawing.panels for state in panel.points["state"]}
    return not states & {str(state) for state in _NOT_DRAWN}


_NOT_DRAWN = (MarkState.MORE_THAN, MarkState.LESS_THAN, MarkState.RANGE)
