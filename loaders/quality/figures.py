"""Observations as numbers to compare: one line per figure, whole columns, and what neighbours print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from loaders.columns import distinct
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

    `table` has one line per observation, in the same order: `mineral`, `measure`, `place`, `basis`,
    `year`, `unit`, `status`, `edition`, `detail`, `note`, `text` (as printed), `number` (the value, or
    a bound where there is none: then `bound` is true), `log` (its decimal logarithm, NaN for zero and
    none), `column_id`, `scale` (power of ten of the printed unit).
    Those of `IDS` stand there as numbers too (`mineral_id`), which group faster than texts.
    `columns` has one line per `column_id`, with the names of `COLUMN` and `line`, its first number.
    """

    table: pd.DataFrame = field(repr=False)
    columns: pd.DataFrame = field(repr=False)

    def head(self, column: int) -> Head:
        """The head of a column."""
        line = int(self.columns["line"].iloc[column])
        mineral, measure, unit, printed_unit = (
            str(self.columns[name].iloc[column]) for name in ("mineral", "measure", "unit", "printed_unit")
        )
        return Head(mineral, measure, unit, printed_unit, line, float(self.table["scale"].iloc[line]))

    def mended(self, wrong: Iterable[Wrong]) -> Figures:
        """The figures as they are meant, where a power of ten is all that is wrong with them."""
        shift = pd.Series(0.0, index=self.table.index)
        for item in wrong:
            if item.power is not None:
                lines = [item.line] if item.column is None else self.table["column_id"] == item.column
                shift[lines] = item.power
        if not shift.any():
            return self
        number, log = self.table["number"] / 10**shift, self.table["log"] - shift
        scale = self.table["scale"] - shift
        return replace(self, table=self.table.assign(number=number, log=log, scale=scale))

    def without(self, wrong: Iterable[Wrong]) -> Figures:
        """The figures but for the numbers of wrong columns."""
        bad = self.table["column_id"].isin([item.column for item in wrong])
        kept = self.table[["number", "log"]].mask(bad)
        return replace(self, table=self.table.assign(**kept)) if bad.any() else self


def prepare(observations: pd.DataFrame) -> Figures:
    """The observations (columns of `model.OBSERVATION_COLUMNS`) as numbers to compare."""
    observations = observations.reset_index(drop=True)
    value, lower, upper = (observations[name] for name in ("value", "lower", "upper"))
    number = value.fillna(lower.where(lower > 0)).fillna(upper)
    numbers = {name: number_lines([observations[name]]) for name in dict.fromkeys([*COLUMN, *IDS])}
    codes = number_lines([pd.Series(numbers[name]) for name in COLUMN])
    first = _first_lines(codes)
    columns = observations.iloc[first][COLUMN].assign(line=_first_numbers(codes, first, number))
    columns = columns.reset_index(drop=True)
    with np.errstate(divide="ignore"):
        log = np.log10(number.where(number > 0))
    names = ["edition", "mineral", "measure", "place", "basis", "year", "unit", "status", "detail", "note"]
    table = observations[names].assign(
        number=number, log=log, bound=value.isna() & number.notna(), column_id=codes,
        text=observations["printed_value"],
        **{f"{name}_id": numbers[name] for name in IDS},
    )  # fmt: skip
    columns["scale"] = _scales(observations, table)
    return Figures(table.assign(scale=columns["scale"].to_numpy()[codes]), columns)


def _first_numbers(codes: np.ndarray, first: np.ndarray, number: pd.Series) -> np.ndarray:
    """The position of the first number of each column, or of its first line if it has none."""
    lines = np.flatnonzero(number > 0)
    found, position = np.unique(codes[lines], return_index=True)
    first = first.copy()
    first[found] = lines[position]
    return first


def number_lines(keys: Sequence[pd.Series]) -> np.ndarray:
    """A number for each distinct line of the keys, from 0, in the order of their first lines."""
    lines, size = np.zeros(len(keys[0]), dtype="int64"), 1
    for key in keys:
        codes, count = _number_texts(key)
        if count > 1:
            lines, size = (lines * count + codes, size * count) if size > 1 else (codes, count)
        if size > _MANY_LINES:
            lines, found = pd.factorize(lines)
            size = len(found)
    return lines if len(keys) == 1 else pd.factorize(lines)[0]


def _number_texts(key: pd.Series) -> tuple[np.ndarray, int]:
    """A number for each distinct value, in the order of their first lines, and how many there are."""
    if isinstance(key.dtype, pd.StringDtype) and not key.hasnans:
        codes, texts = distinct(key)
        return codes.astype("int64"), len(texts)
    codes, found = pd.factorize(key, use_na_sentinel=False)
    return codes, len(found)


_MANY_LINES = 2**31  # times any number of distinct texts is still an int64


def _first_lines(lines: np.ndarray) -> np.ndarray:
    """The position of the first of each number of `number_lines`."""
    before = np.maximum.accumulate(np.concatenate([[-1], lines[:-1]]))
    return np.flatnonzero(lines > before)


def _scales(observations: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """The power of ten of each column's printed unit: what a printed 1 means in the canonical unit."""
    usable = observations["value"].notna() & (table["number"] > 0)
    first = table.loc[usable, "column_id"].drop_duplicates()
    printed = read_values(observations.loc[first.index, "printed_value"])["value"]
    scale = np.log10(table.loc[first.index, "number"] / printed.where(printed > 0))
    by_column = pd.Series(scale.to_numpy(), index=first.to_numpy())
    return by_column.reindex(range(int(table["column_id"].max()) + 1 if len(table) else 0))


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
    both = pd.concat([own[keys], other[keys]], ignore_index=True)
    codes = number_lines([both[name] for name in keys])
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
