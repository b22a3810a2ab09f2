"""Observations as numbers to compare: one line per figure, whole columns, and what neighbours print."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from loaders.columns import categories, is_category, only
from loaders.errors import UnlikeUnits
from loaders.units import scale_factor, scales
from loaders.values import read_values
from loaders.vocabulary import Certainty, FindingKind

WORLD = "WLD"

ALIKE = 0.35
"""How far apart, in powers of ten, two shifts are that count as the same: a factor of 2.2."""

FEW = 3
"""Fewer figures than this are not judged as a column, unless their stated units differ too."""

COLUMN = ["mineral", "measure", "year", "unit", "file", "column", "printed_unit"]
"""What the figures of one column of a file share."""


IDS = ["mineral", "measure", "place", "basis", "detail"]


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


@dataclass(frozen=True)
class Figures:
    """The figures of one edition, or of several neighbours.

    `table` has one line per observation, in the same order, and holds numbers and categories alone, which
    are compared and grouped far faster than texts: `mineral`, `measure`, `place`, `basis`, `year`, `unit`,
    `status`, `edition`, `detail`, `note`, `number` (the value, or a bound where there is none: then
    `bound` is true), `log` (its decimal logarithm, NaN for zero and none), `column_id`, `scale` (power of
    ten of the printed unit), `series` (a number for those of `IDS`). `text` is what is printed there, `said`
    the names of `COLUMN`, and `first` the position of each column's first number, else of its first line.
    """

    table: pd.DataFrame = field(repr=False)
    text: pd.Series = field(repr=False)
    said: pd.DataFrame = field(repr=False)
    first: np.ndarray = field(repr=False)

    @cached_property
    def columns(self) -> pd.DataFrame:
        """One line per `column_id`, with the names of `COLUMN`, `line` (that of `first`) and `scale`."""
        columns = self.said.iloc[self.first].reset_index(drop=True)
        return columns.assign(line=self.first, scale=self.table["scale"].to_numpy()[self.first])

    @cached_property
    def figure(self) -> np.ndarray:
        """A number for each line, the same for lines that say the same figure."""
        return combine([self.table["series"], self.table["year"], self.table["unit"]])

    @cached_property
    def order(self) -> np.ndarray:
        """The positions of the lines sorted so that the figures of a series stand together, by year."""
        return np.argsort(self.figure, kind="stable")

    def head(self, column: int) -> Head:
        """The head of a column."""
        line = int(self.columns["line"].iloc[column])
        mineral, measure, unit, printed_unit = (
            str(self.columns[name].iloc[column]) for name in ("mineral", "measure", "unit", "printed_unit")
        )
        return Head(mineral, measure, unit, printed_unit, line, float(self.table["scale"].iloc[line]))

    def mended(self, wrong: Iterable[Wrong]) -> Figures:
        """The figures as they are meant, where a power of ten is all that is wrong with them."""
        powers = [item for item in wrong if item.power]
        if not powers:
            return self
        shift = pd.Series(0.0, index=self.table.index)
        for item in powers:
            lines = [item.line] if item.column is None else self.table["column_id"] == item.column
            shift[lines] = item.power
        number, log = self.table["number"] / 10**shift, self.table["log"] - shift
        scale = self.table["scale"] - shift
        return replace(self, table=self.table.assign(number=number, log=log, scale=scale))

    def without(self, wrong: Iterable[Wrong]) -> Figures:
        """The figures but for the numbers of wrong columns."""
        columns = [item.column for item in wrong]
        if not columns:
            return self
        kept = self.table[["number", "log"]].mask(self.table["column_id"].isin(columns))
        return replace(self, table=self.table.assign(**kept))


_TEXTS = ["edition", "mineral", "measure", "place", "basis", "unit", "status", "detail", "note"]


NEEDED = list(dict.fromkeys([*_TEXTS, *COLUMN, "value", "lower", "upper", "printed_value"]))
"""The columns of `model.OBSERVATION_COLUMNS` that are compared."""


def prepare(observations: pd.DataFrame) -> Figures:
    """The observations (columns of `model.OBSERVATION_COLUMNS`) as numbers to compare."""
    observations = observations.reset_index(drop=True)
    value, lower, upper = (observations[name].to_numpy() for name in ("value", "lower", "upper"))
    bound = np.isnan(value)
    number = np.where(bound, np.where(lower > 0, lower, upper), value)
    log = np.full(len(number), np.nan)
    np.log10(number, out=log, where=number > 0)
    names = [name for name in dict.fromkeys([*_TEXTS, *COLUMN]) if name != "year"]
    table = dict(zip(names, categories(observations[name] for name in names), strict=True))
    table["year"] = observations["year"].astype("int32")
    codes = number_lines([table[name] for name in COLUMN])
    numbers = {
        "number": number, "log": log, "bound": bound & ~np.isnan(number), "column_id": codes,
        "scale": _scales(observations, codes)[codes], "series": combine([table[name] for name in IDS]),
    }  # fmt: skip
    lines = {name: table[name].array for name in [*_TEXTS, "year"]} | numbers
    first = _first_where(number > 0, codes, first_lines(codes))
    return Figures(
        pd.DataFrame(lines, copy=False), observations["printed_value"], only(observations, COLUMN), first
    )


def combine(keys: Sequence[pd.Series | np.ndarray]) -> np.ndarray:
    """A whole number for each line, the same for lines of the same keys: categories or whole numbers."""
    numbers = [_from_zero(key) for key in keys]
    small = math.prod(count for _, count in numbers) <= _LARGEST["int32"]
    lines, size = np.zeros(len(keys[0]), dtype="int32" if small else "int64"), 1
    for codes, count in numbers:
        if size * count > _LARGEST["int64"]:
            (lines, size), (codes, count) = _renumbered(lines), _renumbered(codes)
        if count > 1:
            lines *= count
            lines += codes
            size *= count
    return lines


_LARGEST = {"int32": 2**31 - 1, "int64": 2**63 - 1}


def _from_zero(key: pd.Series | np.ndarray) -> tuple[np.ndarray, int]:
    """The key as numbers from 0, and more than the largest of them."""
    if isinstance(key, pd.Series) and is_category(key):
        return key.cat.codes.to_numpy(), len(key.cat.categories)
    numbers = np.asarray(key)
    if not len(numbers):
        return numbers, 1
    least = int(numbers.min())
    return numbers - least, int(numbers.max()) - least + 1


def _renumbered(numbers: np.ndarray) -> tuple[np.ndarray, int]:
    codes, found = pd.factorize(numbers)
    return codes, len(found)


def number_lines(keys: Sequence[pd.Series | np.ndarray]) -> np.ndarray:
    """A number for each distinct line of the keys, from 0, in the order of their first lines."""
    return _renumbered(combine(keys))[0]


def first_lines(lines: np.ndarray) -> np.ndarray:
    """The position of the first of each number of `number_lines`."""
    before = np.maximum.accumulate(np.concatenate([[-1], lines[:-1]]))
    return np.flatnonzero(lines > before)


def stacked(own: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Two tables of the same columns below each other; categories stay categories."""
    if other.empty:
        return own
    return pd.DataFrame({name: _stacked(own[name], other[name]) for name in own}, copy=False)


def _stacked(own: pd.Series, other: pd.Series) -> object:
    if is_category(own):
        return union_categoricals([own, other])
    return np.concatenate([own, other])


def _scales(observations: pd.DataFrame, codes: np.ndarray) -> np.ndarray:
    """The power of ten of each column's printed unit: what a printed 1 means in the canonical unit."""
    value = observations["value"].to_numpy()
    scale = np.full(codes.max(initial=-1) + 1, np.nan)
    first = _first_where(value > 0, codes, np.full(len(scale), -1))
    lines = first[first >= 0]
    printed = read_values(observations["printed_value"].iloc[lines])["value"].to_numpy()
    scale[first >= 0] = np.log10(value[lines] / np.where(printed > 0, printed, np.nan))
    return scale


def _first_where(mask: np.ndarray, codes: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """The position of the first line of each code for which the mask is true."""
    lines = np.flatnonzero(mask)[::-1]
    first = otherwise.copy()
    first[codes[lines]] = lines  # of several lines of a code the last one assigned counts
    return first


def compare(figures: Figures, neighbours: Figures) -> pd.DataFrame:
    """What each neighbouring edition prints for the same mineral, measure, place and basis, nearest in year.

    One line per figure and edition that has one: `line` (position of the figure), `edition`, `log` (of the
    neighbour's number), `scale` (of its unit), `place`. Where no neighbour has the basis, any will do: it
    changes a number far less than a thousandfold.
    """
    empty = pd.DataFrame({"line": [], "log": [], "scale": [], "edition": []})
    if neighbours.table.empty:
        return empty
    own, other = _positive(figures), _positive(neighbours)
    found = [
        _nearest(own, part).assign(edition=str(edition))
        for edition, part in other.groupby("edition", sort=True)
    ]
    return pd.concat(found, ignore_index=True) if found else empty


def _positive(figures: Figures) -> pd.DataFrame:
    table = figures.table[figures.table["log"].notna()]
    return table.assign(line=table.index)


def _nearest(own: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    same = ["mineral", "measure", "place", "unit"]
    exact = _nearest_year(own, other, [*same, "basis"])
    rest = own[~own["line"].isin(exact["line"])]
    return pd.concat([exact, _nearest_year(rest, other, same)], ignore_index=True)


def _nearest_year(own: pd.DataFrame, other: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    both = stacked(own[keys], other[keys])
    codes = combine([both[name] for name in keys])
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
