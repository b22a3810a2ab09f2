"""What stands around lines over the years: marks, notes, events, and the table of each line."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

import pandas as pd

from dashboard.analysis.corrections import is_corrected
from dashboard.analysis.over_time import REVISED
from dashboard.analysis.scope import groups
from dashboard.analysis.states import state
from dashboard.analysis.trend import Row
from dashboard.charts.cards import event_mark
from dashboard.charts.lines import EventMark
from dashboard.charts.table import shown_observations
from dashboard.charts.view import Column, Mark, Table
from dashboard.snapshot import Snapshot
from dashboard.topics.marks import CORRECTED_MARK
from dashboard.topics.time_lines import TimeLine
from dashboard.words.ranking import BASIS_NOT_STATED
from dashboard.words.sources import source_of
from dashboard.words.trends import dated, others_words, revised_words, shown_number, spoken_years
from loaders.model import Event
from loaders.names import mineral_name
from loaders.text import day
from loaders.units import display, scale_label
from loaders.vocabulary import Basis, MarkState, Measure, Status

_OPEN = (
    MarkState.WITHHELD, MarkState.WORD, MarkState.NOT_AVAILABLE, MarkState.DOES_NOT_APPLY,
    MarkState.INCLUDED_ELSEWHERE, MarkState.NET_EXPORTER,
)  # fmt: skip

_MEANINGS = (
    ((MarkState.VALUE, MarkState.ZERO), "●", "A number of the newest edition that prints the year."),
    ((MarkState.ESTIMATE,), "○", MarkState.ESTIMATE.definition),
    ((MarkState.MORE_THAN,), "▲", "Printed as 'more than': the mark stands at the lower bound."),
    ((MarkState.LESS_THAN,), "▼", "Printed as 'less than': the mark stands at the upper bound."),
    ((MarkState.RANGE,), "▲ with a bar", "Printed as a range: the bar goes from bound to bound."),
    (
        _OPEN,
        "⊙ below the axis",
        "No number, which is not zero: the words below the panel say what is printed.",
    ),
)


def line_marks(lines: Sequence[TimeLine], events: bool) -> tuple[Mark, ...]:
    """The marks that are present, with what they mean."""
    rows = [row for line in lines for row in line.records]
    present = {state(row) for row in rows}
    found = [Mark(sign, meaning) for states, sign, meaning in _MEANINGS if present & set(states)]
    if any(row["status"] == Status.FORECAST.value for row in rows):
        found.append(Mark("◇", "Planned or forecast."))
    if any(row["change"] == REVISED for row in rows):
        found.append(Mark("a ring", "Revised: an older edition prints another number for the year."))
    if any(line.trend.breaks for line in lines):
        found.append(Mark("a cut", "A break in series: the publisher counts otherwise from that year on."))
    if any(map(is_corrected, rows)):
        found.append(CORRECTED_MARK)
    if events:
        found.append(Mark("a letter", "An event that documents date; what it is stands below."))
    return (*found, Mark("no mark", "No edition at hand prints the year; a line is broken there."))


def counted_as(row: Row, scale: str) -> str:
    """What the numbers of a panel count: "kt of contained element or metal", "$/kg", "%"."""
    label = scale_label(scale)
    basis = Basis(str(row["basis"]))
    if basis is Basis.NOT_APPLICABLE or "/" in scale or scale == "%":
        return label
    if basis is Basis.UNDEFINED:
        return f"{label}, {BASIS_NOT_STATED}" if row["unit"] == "t" else label
    return f"{label}{', ' if basis is Basis.GROSS else ' of '}{basis.label}"


# The tables ---------------------------------------------------------------------------------------------


def shown_lines(lines: Sequence[TimeLine], base: int, data: Snapshot) -> pd.DataFrame:
    """The table behind the chart: each year of each line, with what an older edition printed instead.

    With a `base` year also the index that is drawn.
    """
    records = [{**row, "label": line.name} for line in lines for row in line.records]
    table = shown_observations(pd.DataFrame(records), partial(source_of, data))
    added = {
        "revision": [row["change"] for row in records],
        "printed_before": [row["before_printed"] for row in records],
        "edition_before": [row["before_edition"] for row in records],
        "editions_that_print_it": [int(row["prints"]) for row in records],
        "correction": [row["correction"] if is_corrected(row) else "" for row in records],
    }
    table = table.assign(**added)
    if base:
        index = [row["value"] / _number_of(line, base) * 100 for line in lines for row in line.records]
        table.insert(list(table.columns).index("value"), f"index_{base}_is_100", index)
    return table


def _number_of(line: TimeLine, year: int) -> float:
    row = line.trend.of_year(year)
    return float(row["value"]) if row else math.nan


_FLOWS = (
    *(measure for measure in Measure if measure.value.endswith("production")),
    Measure.IMPORTS, Measure.EXPORTS, Measure.APPARENT_CONSUMPTION, Measure.REPORTED_CONSUMPTION,
    Measure.CONSUMPTION, Measure.SUPPLY, Measure.SALES, Measure.SHIPMENTS,
)  # fmt: skip
"""Measures of what happens in a year, so that years can be added up."""

_COLUMNS = (
    "Line",
    "First number",
    "Last number",
    "Most",
    "All years together",
    "Break in series",
    "No single number",
    "Revised",
)


def line_table(lines: Sequence[TimeLine], measure: str) -> Table:
    """Line by line: its first and last number, its most, and of flows the sum of its years."""
    flow = all(is_flow(line, measure) for line in lines)
    rows = tuple(_line_cells(line, flow) for line in lines)
    filled = [any(row[place] for row in rows) for place in range(len(_COLUMNS))]
    columns = tuple(
        Column(name, names=name == "Line") for name, kept in zip(_COLUMNS, filled, strict=True) if kept
    )
    cells = tuple(tuple(cell for cell, kept in zip(row, filled, strict=True) if kept) for row in rows)
    return Table("Line by line", columns, cells)


def is_flow(line: TimeLine, measure: str) -> bool:
    """Whether the years of a line can be added up: amounts of what happens in a year."""
    return measure in _FLOWS and line.any["unit"] in ("t", "ct", "m3", "L")


def _line_cells(line: TimeLine, flow: bool) -> tuple[str, ...]:
    trend = line.trend
    scale = line.scale
    found = (trend.first, trend.last, trend.most)
    ends = [f"{shown_number(row, scale)} in {dated(row)}" if row else "none" for row in found]
    return (
        line.name,
        *ends,
        together_words(line) if flow else "",
        spoken_years(trend.breaks) if trend.breaks else "",
        others_words(trend.others, scale),
        revised_words((*trend.numbers, *trend.others), scale),
    )


def together_words(line: TimeLine) -> str:
    """The years of a line added up: "1.63 Mt in 53 years"; "at least" where years have no single number."""
    count = len(line.trend.numbers)
    if count < 2:
        return ""
    whole = count == line.records[-1]["year"] - line.records[0]["year"] + 1
    unit = str(line.any["unit"])
    return (
        f"{'' if whole else 'at least '}{display(line.trend.together, unit)} in {count} years with a number"
    )


# Notes --------------------------------------------------------------------------------------------------


def edition_notes(rows: pd.DataFrame, dataset: str, data: Snapshot) -> list[str]:
    """Which editions are not at hand, which have no such figures, and years that none prints."""
    installed = [item for item in data.catalogue.all if item.dataset.id == dataset]
    names = [item.edition.edition for item in installed]
    title = installed[0].dataset.short_title if installed else dataset
    without = [name for name in names if name not in set(rows["edition"])]
    years = sorted({int(year) for year in rows["year"]})
    holes = [year for year in range(years[0], years[-1] + 1) if year not in years]
    found = []
    if missing := _missing(names):
        found.append(f"Not at hand: {title}, edition {', '.join(missing)}.")
    if without:
        found.append(f"No such figures: edition {', '.join(without)}.")
    if holes:
        found.append(f"No edition at hand prints {', '.join(map(str, holes))}.")
    return found


def _missing(names: Sequence[str]) -> list[str]:
    """The years between the first and the last edition that have none."""
    numbers = [int(name) for name in names if re.fullmatch(r"(?:19|20)\d\d", name)]
    if len(numbers) != len(names) or len(numbers) < 2:
        return []
    return [str(year) for year in range(min(numbers), max(numbers)) if year not in numbers]


# Events -------------------------------------------------------------------------------------------------


def event_marks(mineral: str, since: int, until: int, data: Snapshot) -> tuple[EventMark, ...]:
    """The dated events that name the mineral or its group, from half a year before to half a year after."""
    words = [_plain(mineral_name(name)) for name in (mineral, *groups(mineral))]
    found = []
    for event in data.seeds.events:
        start, end = event.span
        year = _year_of(start)
        if since - 0.5 <= year <= until + 0.5 and _names(event, words):
            dates = (
                day(start.isoformat())
                if start == end
                else f"{day(start.isoformat())} to {day(end.isoformat())}"
            )
            planned = " (planned)" if event.planned else ""
            found.append(EventMark(year, f"{dates}: {event.what}{planned}", event_mark(event.id)))
    return tuple(sorted(found))


def _names(event: Event, words: Iterable[str]) -> bool:
    told = _plain(" ".join([event.what, *(mention.phrase for mention in event.mentions)]))
    return any(re.search(rf"\b{re.escape(word)}", told) for word in words)


def _plain(text: str) -> str:
    """Small letters, hyphens as spaces, one thing instead of several."""
    return text.lower().replace("-", " ").removesuffix("s")


def _year_of(moment: date) -> float:
    """A date on the axis of years, where the figure of a year stands in its middle."""
    return moment.year + (moment.timetuple().tm_yday - 1) / 365.25 - 0.5
