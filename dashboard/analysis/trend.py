"""What one line does over the years: where it begins and ends, its highest point, what is no number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dashboard.analysis.states import state
from loaders.vocabulary import MarkState

Row = dict[Any, Any]
"""A line of `over_time`, by column."""

_SINGLE = (MarkState.VALUE, MarkState.ZERO, MarkState.ESTIMATE)


class Trend(NamedTuple):
    """The years of one line in order: those with a single number, and those with anything else.

    A year that its edition prints in several rows has no single number: all its rows are among `others`.
    """

    numbers: tuple[Row, ...]
    others: tuple[Row, ...]

    @property
    def first(self) -> Row | None:
        """The first year with a single number."""
        return self.numbers[0] if self.numbers else None

    @property
    def last(self) -> Row | None:
        """The last year with a single number."""
        return self.numbers[-1] if self.numbers else None

    @property
    def most(self) -> Row | None:
        """The first of the years with the highest number."""
        return max(self.numbers, key=lambda row: (row["value"], -row["year"])) if self.numbers else None

    @property
    def since(self) -> tuple[Row, ...]:
        """What is printed of the years after the last number."""
        last = self.last
        return tuple(row for row in self.others if last and row["year"] > last["year"])

    @property
    def breaks(self) -> tuple[int, ...]:
        """The years with which the publisher begins to count otherwise, but for the first year of all."""
        rows = (*self.numbers, *self.others)
        first = min((row["year"] for row in rows), default=0)
        return tuple(sorted({row["year"] for row in rows if is_break(row) and row["year"] > first}))

    @property
    def together(self) -> float:
        """The sum of all single numbers."""
        return float(sum(row["value"] for row in self.numbers))

    def of_year(self, year: int) -> Row | None:
        """The single number of a year."""
        return next((row for row in self.numbers if row["year"] == year), None)


_BREAK = "break in series"
"""What BGS notes, and others with it: "Break in series."."""


def is_break(row: Row) -> bool:
    """Whether the publisher notes that a year does not continue those before it."""
    return _BREAK in str(row["note"]).lower()


def trend(records: Sequence[Row]) -> Trend:
    """What a line does; `records` are those of one line of `over_time`, in the order of years."""
    times = Counter(row["year"] for row in records)
    numbers: list[Row] = []
    others: list[Row] = []
    for row in records:
        single = times[row["year"]] == 1 and state(row) in _SINGLE
        (numbers if single else others).append(row)
    return Trend(tuple(numbers), tuple(others))


def year_runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Years as runs without a gap: 2019, 2020, 2021, 2023 are (2019, 2021) and (2023, 2023)."""
    found: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if found and year == found[-1][1] + 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found
