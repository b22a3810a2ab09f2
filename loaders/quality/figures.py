"""Observations as numbers to compare: one line per figure, whole columns, and what neighbours print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from loaders.errors import UnlikeUnits
from loaders.quality.arrays import (
    Coded,
    Lines,
    coded,
    combine,
    first_lines,
    first_where,
    number_lines,
    sorted_lines,
    stacked,
)
from loaders.units import scale_factor, scales
from loaders.values import read_values
from loaders.vocabulary import Certainty, FindingKind

ALIKE = 0.35
"""How far apart, in powers of ten, two shifts are that count as the same: a factor of 2.2."""

FEW = 3
"""Fewer figures than this are not judged as a column, unless their stated units differ too."""

COLUMN = ["mineral", "measure", "year", "unit", "file", "column", "printed_unit"]
"""What the figures of one column of a file share."""

_SERIES = ["mineral", "detail", "place", "measure", "basis", "partner"]
"""What the figures of one thing in one place share, from year to year."""

FIGURE = [*_SERIES, "year", "unit"]
"""What tells two figures of one edition apart."""

_NAMES = [name for name in dict.fromkeys([*FIGURE, *COLUMN, "status", "edition", "note"]) if name != "year"]
"""The columns of `model.OBSERVATION_COLUMNS` whose texts are compared."""


class Wrong(NamedTuple):
    """Something wrong with the figure on line `line` (position), or with its whole column `column`.

    `power` is the power of ten by which the stated number is too large; none where no factor mends it.
    """

    kind: FindingKind
    line: int
    column: int | None
    power: float | None
    printed: str
    expected: str
    ratio: float | None
    certainty: Certainty
    compared: str
    cause: str


class Head(NamedTuple):
    """What the figures of a column share, the position of its first number, and the scale of its unit."""

    mineral: str
    measure: str
    unit: str
    printed_unit: str
    line: int
    scale: float


class AsRead(NamedTuple):
    """The numbers of all lines, NaN where there is none, and what is printed there."""

    value: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    printed: pd.Series


@dataclass(frozen=True)
class Figures:
    """The figures of one edition, or of several neighbours, one number of each array for each line.

    `names` has the texts of `_NAMES`; `lines` says which of all lines `as_read` these are. `power` is the
    power of ten by which they are known to be too large, `silent` where they are known to be no such
    figures at all. `glued` says whether the marks of footnotes may be glued to numbers.
    """

    names: Mapping[str, Coded] = field(repr=False)
    year: np.ndarray = field(repr=False)
    lines: np.ndarray = field(repr=False)
    as_read: AsRead = field(repr=False)
    power: np.ndarray | None = field(default=None, repr=False)
    silent: np.ndarray | None = field(default=None, repr=False)
    glued: bool = True

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, name: str) -> Coded:
        """The texts of one of `_NAMES`."""
        return self.names[name]

    def part(self, lines: Lines) -> Figures:
        """Some of the lines."""
        names = {name: column.at(lines) for name, column in self.names.items()}
        return replace(self, names=names, year=self.year[lines], lines=self.lines[lines])

    def without_lines(self, gone: np.ndarray) -> Figures:
        """The others than some of the lines, which are among `lines`; what is sorted stays so."""
        stays = np.ones(len(self), dtype=bool)
        stays[np.searchsorted(self.lines, gone)] = False
        left = self.part(np.flatnonzero(stays))
        order = self.order[stays[self.order]]
        vars(left).update(figure=self.figure[stays], order=(np.cumsum(stays) - 1)[order])
        return left

    @cached_property
    def value(self) -> np.ndarray:
        """The value as read, NaN where there is none."""
        value: np.ndarray = self.as_read.value[self.lines]
        return value

    @cached_property
    def number(self) -> np.ndarray:
        """The value, or a bound where there is none; NaN where there is neither."""
        missing = np.flatnonzero(np.isnan(self.value))
        lower, upper = (bound[self.lines[missing]] for bound in (self.as_read.lower, self.as_read.upper))
        number = self.value.copy()
        number[missing] = np.where(lower > 0, lower, upper)
        if self.power is not None:
            number /= 10**self.power
        if self.silent is not None:
            number[self.silent] = np.nan
        return number

    @cached_property
    def bound(self) -> np.ndarray:
        """Where the number is a bound."""
        bound: np.ndarray = np.isnan(self.value) & ~np.isnan(self.number)
        return bound

    @cached_property
    def log(self) -> np.ndarray:
        """The decimal logarithm of the number, NaN for zero and none."""
        log = np.full(len(self), np.nan)
        np.log10(self.number, out=log, where=self.number > 0)
        return log

    @cached_property
    def column_id(self) -> np.ndarray:
        """A number for each column of a file, from 0, in the order of their first lines."""
        return number_lines([self._key(name) for name in COLUMN])

    @cached_property
    def first(self) -> np.ndarray:
        """The position of each column's first number, else of its first line."""
        return first_where(self.number > 0, self.column_id, first_lines(self.column_id))

    @cached_property
    def scale(self) -> np.ndarray:
        """The power of ten of the printed unit: what a printed 1 means in the canonical unit."""
        scale: np.ndarray = self._column_scales[self.column_id]
        return scale if self.power is None else scale - self.power

    @cached_property
    def _column_scales(self) -> np.ndarray:
        codes = self.column_id
        scale = np.full(codes.max(initial=-1) + 1, np.nan)
        first = first_where(self.value > 0, codes, np.full(len(scale), -1))
        lines = first[first >= 0]
        printed = read_values(self.as_read.printed.iloc[self.lines[lines]])["value"].to_numpy()
        scale[first >= 0] = np.log10(self.value[lines] / np.where(printed > 0, printed, np.nan))
        return scale

    @cached_property
    def series(self) -> np.ndarray:
        """A number for each line, the same for lines of the same `_SERIES`."""
        return combine([self.names[name] for name in _SERIES])

    @cached_property
    def figure(self) -> np.ndarray:
        """A number for each line, the same for lines that say the same figure; a series stands together."""
        return combine([self._key(name) for name in FIGURE])

    @cached_property
    def order(self) -> np.ndarray:
        """The positions of the lines sorted so that the figures of a series stand together, by year."""
        return sorted_lines(self.figure)

    def _key(self, name: str) -> Coded | np.ndarray:
        return self.year if name == "year" else self.names[name]

    def texts(self, lines: np.ndarray) -> list[str]:
        """What is printed on some lines."""
        return [str(text) for text in self.as_read.printed.iloc[self.lines[lines]]]

    def head(self, column: int) -> Head:
        """The head of a column."""
        line = int(self.first[column])
        mineral, measure, unit, printed_unit = (
            self[name].text(line) for name in ("mineral", "measure", "unit", "printed_unit")
        )
        return Head(mineral, measure, unit, printed_unit, line, float(self.scale[line]))

    def mended(self, wrong: Iterable[Wrong]) -> Figures:
        """The figures as they are meant, where a power of ten is all that is wrong with them."""
        powers = [item for item in wrong if item.power]
        if not powers:
            return self
        shift = np.zeros(len(self))
        for item in powers:
            shift[[item.line] if item.column is None else self.column_id == item.column] = item.power
        return replace(self, power=shift if self.power is None else self.power + shift)

    def without(self, wrong: Iterable[Wrong]) -> Figures:
        """The figures but for the numbers of wrong columns."""
        columns = [item.column for item in wrong if item.column is not None]
        return replace(self, silent=np.isin(self.column_id, columns)) if columns else self


def prepare(observations: pd.DataFrame, glued: bool = True) -> Figures:
    """The observations (columns of `model.OBSERVATION_COLUMNS`) as arrays to compare; see `Figures.glued`."""
    value, lower, upper = (observations[name].to_numpy() for name in ("value", "lower", "upper"))
    columns = {**{name: observations[name] for name in _NAMES}, "printed_unit": _stated_units(observations)}
    return Figures(
        names=dict(zip(_NAMES, coded(columns[name] for name in _NAMES), strict=True)),
        year=observations["year"].to_numpy(dtype="int32"),
        lines=np.arange(len(observations), dtype="int32"),
        as_read=AsRead(value, lower, upper, observations["printed_value"]),
        glued=glued,
    )


def _stated_units(observations: pd.DataFrame) -> pd.Series:
    """The printed units; a blank one is that of the other rows of its column."""
    printed = observations["printed_unit"]
    blank = printed == ""
    if not blank.any() or blank.all():
        return printed
    columns = [observations[name] for name in ("file", "mineral", "measure", "column")]
    stated = printed.astype("string").mask(blank)
    return stated.fillna(stated.groupby(columns, observed=True).transform("first")).fillna("")


def compare_figures(figures: Figures, neighbours: Figures) -> pd.DataFrame:
    """What each neighbouring edition prints for the same mineral, measure, place and basis, nearest in year.

    One line per figure and edition that has one: `line` (position of the figure), `edition`, `log` (of the
    neighbour's number), `scale` (of its unit), `place`. Where no neighbour has the basis, any will do: it
    changes a number far less than a thousandfold.
    """
    if not len(neighbours):
        return _NOTHING
    own, other = _positive(figures), _positive(neighbours)
    found = [
        _nearest(own, part).assign(edition=str(edition))
        for edition, part in other.groupby("edition", sort=True)
    ]
    return pd.concat(found, ignore_index=True) if found else _NOTHING


_NOTHING = pd.DataFrame({"line": np.array([], dtype="int64"), "log": [], "scale": [], "edition": []})


def _positive(figures: Figures) -> pd.DataFrame:
    """The lines with a number above zero as a table."""
    lines = np.flatnonzero(~np.isnan(figures.log))
    names = {name: figures[name].categories(lines) for name in ("edition", *_SAME, "basis")}
    arrays = {name: getattr(figures, name)[lines] for name in ("year", "log", "scale")}
    return pd.DataFrame({**names, **arrays, "line": lines})


_SAME = ["mineral", "measure", "place", "unit"]


def _nearest(own: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    exact = _nearest_year(own, other, [*_SAME, "basis"])
    rest = own[~own["line"].isin(exact["line"])]
    return pd.concat([exact, _nearest_year(rest, other, _SAME)], ignore_index=True)


def _nearest_year(own: pd.DataFrame, other: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    codes = combine([stacked(*coded([own[name], other[name]])) for name in keys])
    mine = pd.DataFrame({"key": codes[: len(own)], "year": own["year"].to_numpy(), "line": own["line"]})
    theirs = pd.DataFrame(
        {
            "key": codes[len(own) :],
            "year": other["year"].to_numpy(),
            "log": other["log"].to_numpy(),
            "scale": other["scale"].to_numpy(),
        }
    )
    theirs = theirs.groupby(["key", "year"], as_index=False).mean()
    nearest = pd.merge_asof(
        mine.sort_values("year"), theirs.sort_values("year"), on="year", by="key", direction="nearest"
    )
    return nearest.loc[nearest["log"].notna(), ["line", "log", "scale"]]


def nearest_power(shift: float) -> int:
    """The power 3, 6, -3 or -6 that the shift is near to, or 0."""
    power = 3 * round(shift / 3) if np.isfinite(shift) else 0
    return power if abs(power) in (3, 6) and abs(shift - power) <= ALIKE else 0


def unit_name(unit: str, scale: float) -> str:
    """The name of the unit that is 10**scale of the canonical `unit`, such as kt for 3 and t."""
    for name in scales(unit):
        try:
            if abs(np.log10(1 / scale_factor(unit, name)) - scale) < 0.05:
                return name
        except UnlikeUnits:
            continue
    return f"10^{scale:.0f} {unit}"
