"""Whole columns a thousandfold off, by the neighbouring editions and by years of reserves; columns that
hold another measure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from loaders.quality.arrays import Coded, combine, first_lines, number_lines, stacked
from loaders.quality.figures import ALIKE, FEW, Figures, Wrong, nearest_power, unit_name
from loaders.vocabulary import Certainty, FindingKind, Measure

SCATTER = 0.7
"""How far from the column's shift, in powers of ten, a single figure may lie that still belongs to it."""

SHORTEST, _LONGEST = 0.4, 8000.0
"""Years that the reserves of a mineral last at the year's production, in the median of its countries.

In the corrected USGS editions of 2023 to 2026 they last between 1.3 (bromine) and 3,400 years (kyanite).
"""

_RESERVES = Measure.RESERVES.value
_PRODUCTION = [
    measure.value
    for measure in (
        Measure.MINE_PRODUCTION, Measure.PRODUCTION, Measure.SMELTER_PRODUCTION, Measure.PLANT_PRODUCTION,
        Measure.REFINERY_PRODUCTION, Measure.PRIMARY_PRODUCTION,
    )
]  # fmt: skip


class Vote(NamedTuple):
    """How far a column lies from one neighbouring edition: `power` is 0 where they agree."""

    edition: str
    power: int
    figures: int


def shifted_columns(figures: Figures, compared: pd.DataFrame, known: Sequence[Wrong]) -> list[Wrong]:
    """Columns that are a thousandfold or a millionfold too large or too small."""
    settled = {item.column for item in known}
    votes = {column: given for column, given in _votes(figures, compared).items() if column not in settled}
    if not votes:
        return _absurd_reserves(figures, settled)
    years = _years(figures, votes)
    found = [wrong for column, given in votes.items() if (wrong := _outvoted(figures, column, given, years))]
    mended = figures.mended(found)
    return found + _absurd_reserves(mended, {*settled, *(wrong.column for wrong in found)})


def _votes(figures: Figures, compared: pd.DataFrame) -> dict[int, list[Vote]]:
    """The votes on each column that has at least one vote against it."""
    if compared.empty:
        return {}
    lines = compared["line"].to_numpy()
    pairs = pd.DataFrame(
        {
            "column": figures.column_id[lines],
            "edition": compared["edition"].to_numpy(),
            "shift": figures.log[lines] - compared["log"].to_numpy(),
            "scale": figures.scale[lines] - compared["scale"].to_numpy(),
        }
    )
    keys = ["column", "edition"]
    pairs["middle"] = pairs.groupby(keys)["shift"].transform("median")
    pairs["near"] = (pairs["shift"] - pairs["middle"]).abs() < SCATTER
    groups = pairs.groupby(keys).agg(
        shift=("middle", "first"), scale=("scale", "median"), near=("near", "mean"), size=("near", "size")
    )
    votes: dict[int, list[Vote]] = {}
    for line in groups.reset_index().to_dict("records"):
        power = _vote(line["shift"], line["scale"], line["near"], line["size"])
        votes.setdefault(line["column"], []).append(Vote(line["edition"], power, line["size"]))
    return {column: given for column, given in votes.items() if any(vote.power for vote in given)}


def _vote(shift: float, scale: float, near: float, size: int) -> int:
    power = nearest_power(shift)
    units_differ = abs(scale - power) < ALIKE
    return power if near >= 0.6 and (size >= FEW or units_differ) else 0


def _years(figures: Figures, votes: dict[int, list[Vote]]) -> pd.DataFrame:
    """log10 of the years that reserves last, by mineral, in the median of its places.

    `read` is as the file reads; `voted` is after the votes, all of them: where reserves and production are
    off by the same power, years say nothing about either.
    """
    voted = np.zeros(len(figures.first))
    voted[list(votes)] = [_voted_power(given) for given in votes.values()]
    shifted = figures.log - voted[figures.column_id]
    return pd.DataFrame(
        {"read": _middle_years(figures, figures.log), "voted": _middle_years(figures, shifted)}
    )


def _middle_years(figures: Figures, log: np.ndarray) -> pd.Series:
    """log10 of the years that reserves last, by mineral, in the median of its places."""
    minerals, years = _lasting(figures, log)
    return pd.Series(years).groupby([figures["mineral"].texts[code] for code in minerals]).median()


def _lasting(figures: Figures, log: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """log10 of the years that reserves last: one number for each mineral (its code) and place."""
    minerals, places = figures["mineral"], figures["place"]
    where = combine([minerals, places])
    in_tonnes = figures["unit"].among(["t"]) & ~np.isnan(log)
    size = len(minerals.texts) * len(places.texts)
    reserves, produced = np.full((2, size), -np.inf)
    for highest, measures in ((reserves, [_RESERVES]), (produced, _PRODUCTION)):
        lines = np.flatnonzero(in_tonnes & figures["measure"].among(measures))
        np.maximum.at(highest, where[lines], log[lines])
    known = np.flatnonzero(np.isfinite(reserves) & np.isfinite(produced))
    return known // max(1, len(places.texts)), reserves[known] - produced[known]


def _voted_power(votes: Sequence[Vote]) -> int:
    """The power that most of the votes against the column name."""
    against = [vote.power for vote in votes if vote.power]
    return max(sorted(set(against)), key=against.count)


def _plausible(years: float) -> bool:
    return math.log10(SHORTEST) <= years <= math.log10(_LONGEST)


def _outvoted(figures: Figures, column: int, votes: list[Vote], years: pd.DataFrame) -> Wrong | None:
    """The column as wrong if most editions contradict it, and years of reserves do not speak for it."""
    power = _voted_power(votes)
    head = figures.head(column)
    read, voted = _years_of(head.mineral, head.measure, years)
    if _plausible(read) and not _plausible(voted):
        return None
    supported = not _plausible(read) and _plausible(voted)
    share = sum(vote.power == power for vote in votes) / len(votes)
    if share < 0.5 and not supported:
        return None
    text = _compared_editions(votes, power)
    if supported:
        text += f"; reserves with production: they would last {_years_text(read)}"
    sure = Certainty.LIKELY if supported or share > 0.5 else Certainty.POSSIBLE
    return _unit_wrong(figures, column, float(power), sure, text)


def _years_of(mineral: str, measure: str, years: pd.DataFrame) -> tuple[float, float]:
    """The years as read and as voted; a plausible number twice where the measure does not bear on them."""
    if mineral not in years.index or not (measure == _RESERVES or measure in _PRODUCTION):
        return 1.0, 1.0
    return float(years["read"][mineral]), float(years["voted"][mineral])


def _compared_editions(votes: Sequence[Vote], power: int) -> str:
    agreeing = [vote for vote in votes if vote.power == power]
    names = ", ".join(vote.edition for vote in agreeing)
    figures = max(vote.figures for vote in agreeing)
    places = "place" if figures == 1 else "places"
    return f"{figures} {places} with {len(agreeing)} of {len(votes)} other editions ({names})"


def _years_text(log: float) -> str:
    years = 10**log
    return f"{years:,.0f} years" if years >= 10 else f"{years:.2g} years"


def _absurd_reserves(figures: Figures, settled: set[int | None]) -> list[Wrong]:
    """Columns of reserves that last for days or for ages in most countries, where no edition can tell."""
    found = []
    for mineral, lasting in _absurdly_lasting(figures).items():
        columns = _columns_in_tonnes(figures, mineral)
        if settled & set(columns):
            continue
        power = 3.0 * round((lasting - _USUAL) / 3)
        sure = Certainty.LIKELY if lasting < 0 else Certainty.POSSIBLE
        text = f"reserves with production: they would last {_years_text(lasting)}"
        for column in columns:
            if figures.head(column).measure == _RESERVES:
                found.append(_unit_wrong(figures, column, power, sure, text))
    return found


def _columns_in_tonnes(figures: Figures, mineral: str) -> list[int]:
    """The columns of a mineral that have a number of tonnes."""
    lines = figures.first
    mine = figures["mineral"].among([mineral])[lines] & figures["unit"].among(["t"])[lines]
    found: list[int] = np.flatnonzero(mine & ~np.isnan(figures.scale[lines])).tolist()
    return found


_USUAL = 1.7  # log10 of 50 years


def _absurdly_lasting(figures: Figures) -> dict[str, float]:
    """log10 of the years, by mineral, where three in four of at least FEW places are not plausible."""
    minerals, years = _lasting(figures, figures.log)
    shortest, longest = math.log10(SHORTEST), math.log10(_LONGEST)
    odd = (years < shortest) | (years > longest)
    places, of_them = (
        np.bincount(minerals),
        np.bincount(minerals[odd], minlength=minerals.max(initial=-1) + 1),
    )
    found = {}
    for code in np.flatnonzero((places >= FEW) & (of_them >= 0.75 * (places - 1))):  # else no quartile is
        long, middle, short = np.quantile(years[minerals == code], (0.25, 0.5, 0.75))
        if short < shortest or long > longest:
            found[figures["mineral"].texts[code]] = float(middle)
    return found


def _unit_wrong(figures: Figures, column: int, power: float, certainty: Certainty, compared: str) -> Wrong:
    head = figures.head(column)
    expected = unit_name(head.unit, head.scale - power)
    size = f"{10 ** abs(power):,.0f} times too {'large' if power > 0 else 'small'}"
    return Wrong(
        kind=FindingKind.UNIT,
        line=head.line,
        column=column,
        power=power,
        printed=head.printed_unit,
        expected=expected,
        ratio=10.0**power,
        certainty=certainty,
        compared=compared,
        cause=f"Read as stated, the column is {size}; its numbers fit {expected}.",
    )


MOVED = 0.6
"""The share of a column's numbers that tells that the column is another one."""

COMMON = 40
"""A number that a place has more often in other columns is no sign of one of them."""

_NOT_RESERVES = r"(?i)\bnot (?:a )?reserves?\b"


def moved_columns(figures: Figures, neighbours: Figures) -> list[Wrong]:
    """Columns of reserves that repeat the capacities or the production of the same places.

    The other numbers stand in the same edition or in a neighbouring one, which has no reserves at all.
    """
    both = _both(figures, neighbours)
    minerals, measures = both.names["mineral"], both.names["measure"]
    own = np.arange(len(both.log)) < len(figures)
    positive, of_reserves = ~np.isnan(both.log), measures.among([_RESERVES])
    has_reserves = minerals.at(np.flatnonzero(positive & of_reserves & ~own)).present()
    reserves = np.flatnonzero(positive & of_reserves & own & ~np.isin(minerals.codes, has_reserves))
    if not len(reserves):
        return []
    mine, others = _same_numbers(both, reserves, np.flatnonzero(positive & ~of_reserves))
    if not len(mine):
        return []
    column = figures.column_id
    of_column = np.bincount(column[reserves])
    enough = _enough(np.bincount(column[mine], minlength=len(of_column)), of_column)[column[mine]]
    found = _most_alike(both, column, of_column, mine[enough], others[enough])
    return [_moved(figures, both, *alike) for alike in found]


class _Both(NamedTuple):
    """Figures with those of neighbours below them."""

    names: dict[str, Coded]
    year: np.ndarray
    log: np.ndarray


def _both(figures: Figures, neighbours: Figures) -> _Both:
    names = ("mineral", "measure", "place", "unit", "edition")
    return _Both(
        {name: stacked(figures[name], neighbours[name]) for name in names},
        np.concatenate([figures.year, neighbours.year]),
        np.concatenate([figures.log, neighbours.log]),
    )


def _same_numbers(both: _Both, reserves: np.ndarray, elsewhere: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of lines, of the reserves and elsewhere, with the very same number for the same place.

    A number that stands elsewhere more than COMMON times for a place tells nothing.
    """
    number = np.rint(np.nan_to_num(both.log) * 1e9).astype("int64")
    where = combine([both.names[name] for name in ("mineral", "place", "unit")])
    codes = number * _ODD + where  # an overflow does no harm: what is alike is compared once more
    mine, others = reserves, elsewhere
    for _ in range(2):  # each time fewer are left that are there by chance
        others = others[_may_be_among(codes[others], codes[mine])]
        mine = mine[_may_be_among(codes[mine], codes[others])]
    others = others[np.argsort(codes[others], kind="stable")]
    start, stop = (np.searchsorted(codes[others], codes[mine], side) for side in ("left", "right"))
    times = np.where(stop - start <= COMMON, stop - start, 0)
    before = np.cumsum(times) - times
    others = others[np.repeat(start - before, times) + np.arange(times.sum())]
    mine = np.repeat(mine, times)
    same = (number[mine] == number[others]) & (where[mine] == where[others])
    return mine[same], others[same]


def _enough(same: np.ndarray, of_column: np.ndarray) -> np.ndarray:
    """Whether so many of a column's numbers tell that it is another one."""
    enough: np.ndarray = (same >= FEW) & (same >= MOVED * of_column)
    return enough


def _most_alike(
    both: _Both, column: np.ndarray, of_column: np.ndarray, mine: np.ndarray, others: np.ndarray
) -> Iterator[tuple[int, int, int]]:
    """Of each column enough of whose numbers stand in one other column: the column, a line of the other
    one, and for how many places the numbers are the same."""
    other = combine([both.names["edition"], both.names["measure"], both.year])
    pairs = number_lines([column[mine], other[others]])
    places = first_lines(number_lines([pairs, both.names["place"].codes[mine]]))
    same, first = np.bincount(pairs[places]), first_lines(pairs)
    columns = column[mine[first]]
    found = np.flatnonzero(_enough(same, of_column[columns]))
    found = found[np.argsort(-same[found], kind="stable")]
    for pair in found[np.unique(columns[found], return_index=True)[1]]:
        yield int(columns[pair]), int(others[first[pair]]), int(same[pair])


_ODD = 0x9E3779B97F4A7C15 - 2**64
"""A number that mixes the bits of what it multiplies: 2**64 divided by the golden ratio."""


def _may_be_among(codes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """False where a code is not among the others; true where it is, and rarely elsewhere.

    It takes a hundredth of the time of comparing, and leaves little to compare.
    """
    marks = 2 ** (4 + len(others).bit_length())
    marked = np.zeros(marks, dtype=bool)
    marked[others & (marks - 1)] = True
    found: np.ndarray = marked[codes & (marks - 1)]
    return found


def _moved(figures: Figures, both: _Both, column: int, other: int, same: int) -> Wrong:
    """The finding of a column of reserves; `other` is a line of the column whose numbers it repeats."""
    notes = figures["note"].at(np.flatnonzero(figures.column_id == column))
    said = [note for code in notes.codes if re.search(_NOT_RESERVES, note := notes.texts[code])]
    label = Measure(both.names["measure"].text(other)).label.lower()
    edition = both.names["edition"].text(other)
    text = f"the column with the {label} of {both.year[other]} in the {edition} edition: "
    text += f"{same} numbers are the same"
    if said:
        text += f"; the note '{said[0]}'"
    head = figures.head(column)
    return Wrong(
        kind=FindingKind.VALUE,
        line=head.line,
        column=column,
        power=None,
        printed=figures.texts(np.array([head.line]))[0],
        expected=f"no reserves, but {label}",
        ratio=None,
        certainty=Certainty.CERTAIN if said else Certainty.LIKELY,
        compared=text,
        cause=f"The column of reserves holds the {label}.",
    )
