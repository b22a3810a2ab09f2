"""What is asked for of lines over the years, and the lines that it gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.trend import trend
from dashboard.snapshot import Snapshot
from dashboard.topics.parameters import Asked, codes_of
from dashboard.topics.time_details import EVERY_DETAIL, of_detail
from dashboard.topics.time_lines import (
    TimeLine,
    chosen_rows,
    empty_world_words,
    groups_of,
    no_row_words,
    printed_lines,
    time_lines_of,
    without_empty_world,
)
from dashboard.topics.time_offer import INDEXED, WITH_EVENTS, dataset_words, followed
from dashboard.words.ranking import measure_of_mineral


class TimeChoice(NamedTuple):
    """What is asked for: `since`, `until` and `base` are years, `base` 0 where lines are no index."""

    mineral: str
    measure: str
    dataset: str
    since: int
    until: int
    places: tuple[str, ...]
    form: str
    scale: str
    base: int
    events: bool
    detail: str = EVERY_DETAIL

    @classmethod
    def of(cls, asked: Asked) -> TimeChoice:
        """What is asked for, typed."""
        mineral, measure, dataset, detail, form, scale = (
            asked[name] for name in ("mineral", "measure", "dataset", "detail", "form", "axis")
        )
        since, until, base = (int(asked[name] or 0) for name in ("since", "until", "base"))
        places, events = codes_of(asked["places"]), asked["events"] == WITH_EVENTS
        return cls(mineral, measure, dataset, since, until, places, form, scale, base, events, detail)

    @property
    def what(self) -> str:
        """As "mine production of cobalt"."""
        return measure_of_mineral(self.measure, self.mineral)


class LinesOfChoice(NamedTuple):
    """The lines of a choice, by what may stand on one axis, and why; without any, `empty` says why.

    `printed` are all years of all places; `notes` say which places and lines are left out.
    """

    printed: pd.DataFrame
    empty: str = ""
    groups: Sequence[list[TimeLine]] = ()
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> list[TimeLine]:
        """All of them."""
        return [line for group in self.groups for line in group]


def lines_of_choice(choice: TimeChoice, data: Snapshot) -> LinesOfChoice:
    """The lines of a choice."""
    as_worded = choice.detail != EVERY_DETAIL
    every = printed_lines(data, choice.mineral, choice.measure, choice.dataset, as_worded)
    every = of_detail(every, choice.detail, data)
    shown = chosen_rows(every[every["year"].between(choice.since, choice.until)], choice.places)
    absent = no_row_words(choice.places, every)
    if shown.empty:
        return LinesOfChoice(every, " ".join([_nothing_words(choice), *absent, *_also_in(choice, data)]))
    shown, void = (shown, shown[:0]) if choice.places else without_empty_world(shown)
    groups, reasons = groups_of(shown)
    drawn, without_base = _with_base(_named_apart(groups), choice)
    if not drawn:
        empty = f"No line has a single number above zero in {choice.base}: choose another year."
        return LinesOfChoice(every, empty)
    return LinesOfChoice(every, "", drawn, reasons, (*absent, *empty_world_words(void), *without_base))


def _named_apart(groups: Sequence[pd.DataFrame]) -> list[list[TimeLine]]:
    """The lines of each group; where two have one name, by what tells each from all others."""
    found = [time_lines_of(rows) for rows in groups]
    names = [line.name for own in found for line in own]
    if len(set(names)) == len(names):
        return found
    named = {line.any["line"]: line for line in time_lines_of(pd.concat(list(groups)))}
    return [[named[line.any["line"]] for line in own] for own in found]


def _also_in(choice: TimeChoice, data: Snapshot) -> list[str]:
    """The other datasets that have the measure."""
    others = [name for name in followed(data)[choice.mineral][choice.measure] if name != choice.dataset]
    return [f"Also in: {', '.join(dataset_words(name, data) for name in others)}."] if others else []


def _nothing_words(choice: TimeChoice) -> str:
    """That there is nothing, in the years that are asked for."""
    years = f"from {choice.since} to {choice.until}" if choice.since != choice.until else f"in {choice.since}"
    whose = "the chosen places" if choice.places else "any country"
    return f"Nothing is printed {years} for {choice.what} of {whose}."


def _with_base(
    groups: Sequence[list[TimeLine]], choice: TimeChoice
) -> tuple[list[list[TimeLine]], list[str]]:
    """The lines that can be drawn; of an index those that have a single number above zero in its year.

    An index has the years alone that are counted as its own year is.
    """
    if choice.form != INDEXED:
        return list(groups), []
    kept, left, cut = [], [], []
    for group in groups:
        own = [line for line in group if index_base(line, choice)]
        left += [line.name for line in group if not index_base(line, choice)]
        cut += [line.name for line in own if line.trend.breaks]
        if own:
            kept.append([_counted_alike(line, choice.base) for line in own])
    said = [f"No single number above zero in {choice.base}, so no index: {', '.join(left)}."] if left else []
    if cut:
        said.append(
            f"Left out, since the publisher counts otherwise than in {choice.base} (“break in series”): "
            f"years of {', '.join(cut)}."
        )
    return kept, said


def _counted_alike(line: TimeLine, base: int) -> TimeLine:
    """The line without the years before or after a break in its series, as seen from one year."""
    breaks = line.trend.breaks
    own = sum(year <= base for year in breaks)
    kept = [row for row in line.records if sum(year <= row["year"] for year in breaks) == own]
    return TimeLine(line.name, kept, trend(kept)) if breaks else line


def index_base(line: TimeLine, choice: TimeChoice) -> float:
    """The number of a line in the year that is 100; zero where it has none above zero."""
    row = line.trend.of_year(choice.base)
    return max(float(row["value"]), 0.0) if row else 0.0
