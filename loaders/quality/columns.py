"""Whole columns a thousandfold off, by the neighbouring editions and by years of reserves; columns that
hold another measure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from loaders.columns import is_among, only
from loaders.quality.figures import ALIKE, FEW, Figures, Wrong, combine, nearest_power, stacked, unit_name
from loaders.vocabulary import Certainty, FindingKind, Measure

SCATTER = 0.7
"""How far from the column's shift, in powers of ten, a single figure may lie that still belongs to it."""

SHORTEST, LONGEST = 0.4, 8000.0
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
    own = figures.table.iloc[compared["line"].to_numpy(dtype="int64")].reset_index(drop=True)
    pairs = pd.DataFrame(
        {
            "column": own["column_id"],
            "edition": compared["edition"].to_numpy(),
            "shift": own["log"] - compared["log"].to_numpy(),
            "scale": own["scale"] - compared["scale"].to_numpy(),
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
    log = figures.table["log"]
    power = {column: float(_voted_power(given)) for column, given in votes.items()}
    shift = figures.table["column_id"].map(power).fillna(0.0)
    return pd.DataFrame({"read": _lasting(figures, log), "voted": _lasting(figures, log - shift)})


def _lasting(figures: Figures, log: pd.Series) -> pd.Series:
    """log10 of the years that reserves last, by mineral, in the median of its places."""
    return _lasting_by_place(figures, log).groupby(level="mineral").median()


def _lasting_by_place(figures: Figures, log: pd.Series) -> pd.Series:
    minerals, places = figures.table["mineral"].cat, figures.table["place"].cat
    where = minerals.codes.to_numpy(dtype="int64") * len(places.categories) + places.codes.to_numpy()
    size = len(minerals.categories) * len(places.categories)
    reserves = _highest(figures, log, [_RESERVES], where, size)
    produced = _highest(figures, log, _PRODUCTION, where, size)
    known = np.flatnonzero(np.isfinite(reserves) & np.isfinite(produced))
    names = minerals.categories.take(known // max(1, len(places.categories)))
    return pd.Series(reserves[known] - produced[known], index=pd.Index(names, name="mineral"))


def _highest(
    figures: Figures, log: pd.Series, measures: Sequence[str], where: np.ndarray, size: int
) -> np.ndarray:
    """The highest tonnage of the measures at each number in `where`, as a logarithm; none is -inf."""
    table = figures.table
    usable = log.notna().to_numpy() & is_among(table["unit"], ["t"]) & is_among(table["measure"], measures)
    highest = np.full(size, -np.inf)
    np.maximum.at(highest, where[usable], log.to_numpy()[usable])
    return highest


def _voted_power(votes: Sequence[Vote]) -> int:
    """The power that most of the votes against the column name."""
    against = [vote.power for vote in votes if vote.power]
    return max(sorted(set(against)), key=against.count)


def _plausible(years: float) -> bool:
    return math.log10(SHORTEST) <= years <= math.log10(LONGEST)


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
        columns = figures.columns
        mine = (columns["mineral"] == mineral) & (columns["unit"] == "t") & columns["scale"].notna()
        if settled & set(columns.index[mine]):
            continue
        power = 3.0 * round((lasting - _USUAL) / 3)
        sure = Certainty.LIKELY if lasting < 0 else Certainty.POSSIBLE
        text = f"reserves with production: they would last {_years_text(lasting)}"
        for column in columns.index[mine & (columns["measure"] == _RESERVES)]:
            found.append(_unit_wrong(figures, int(column), power, sure, text))
    return found


_USUAL = 1.7  # log10 of 50 years


def _absurdly_lasting(figures: Figures) -> dict[str, float]:
    """log10 of the years, by mineral, where three in four of at least FEW places are not plausible."""
    lasting = _lasting_by_place(figures, figures.table["log"])
    shortest, longest = math.log10(SHORTEST), math.log10(LONGEST)
    if lasting.between(shortest, longest).all():
        return {}
    groups = lasting.groupby(level="mineral")
    short, middle, long = (groups.quantile(share) for share in (0.75, 0.5, 0.25))
    absurd = ((short < shortest) | (long > longest)) & (groups.size() >= FEW)
    return {str(mineral): float(years) for mineral, years in middle[absurd].items()}


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


_NOT_RESERVES = r"(?i)\bnot (?:a )?reserves?\b"


def moved_columns(figures: Figures, neighbours: Figures) -> list[Wrong]:
    """Columns of reserves that repeat the capacities or the production of the same places.

    The other numbers stand in the same edition or in a neighbouring one, which has no reserves at all.
    """
    both = stacked(only(figures.table, _COMPARED), only(neighbours.table, _COMPARED))
    own = np.arange(len(both)) < len(figures.table)
    positive, of_reserves = both["log"].notna().to_numpy(), is_among(both["measure"], [_RESERVES])
    has_reserves = both["mineral"][positive & of_reserves & ~own].unique().tolist()
    reserves = positive & of_reserves & own & ~is_among(both["mineral"], has_reserves)
    if not reserves.any():
        return []
    same = _same_numbers(both, reserves, positive & ~of_reserves)
    if same.empty:
        return []
    keys = ["column_id", "measure", "edition", "year"]
    counts = same.drop_duplicates([*keys, "place"]).groupby(keys).size().rename("same").reset_index()
    share = counts["same"] / counts["column_id"].map(both["column_id"][reserves].value_counts())
    found = counts[(share >= 0.6) & (counts["same"] >= FEW)].sort_values("same", ascending=False)
    best = found.drop_duplicates("column_id")
    return [_moved(figures, *line) for line in best.itertuples(index=False, name=None)]


_COMPARED = ["mineral", "measure", "place", "unit", "edition", "year", "column_id", "log"]


def _same_numbers(both: pd.DataFrame, reserves: np.ndarray, elsewhere: np.ndarray) -> pd.DataFrame:
    """The reserves whose very number stands elsewhere for the same place, with `measure`, `edition`, `year`
    of that other number."""
    number = np.rint(np.nan_to_num(both["log"].to_numpy()) * 1e9).astype("int64")
    codes = combine([both["mineral"], both["place"], both["unit"], number])
    left, right = np.flatnonzero(reserves), np.flatnonzero(elsewhere)
    for _ in range(2):  # each time fewer are left that are there by chance
        right = right[_may_be_among(codes[right], codes[left])]
        left = left[_may_be_among(codes[left], codes[right])]
    left = left[np.isin(codes[left], codes[right])]
    if not len(left):
        return pd.DataFrame()
    others = both[["measure", "edition"]].iloc[right].astype("string")
    others = others.assign(year=both["year"].iloc[right], code=codes[right])
    mine = both[["column_id", "place"]].iloc[left].assign(code=codes[left])
    same: pd.DataFrame = mine.merge(others, on="code")
    return same


def _may_be_among(codes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """False where a code is not among the others; true where it is, and rarely elsewhere.

    It takes a hundredth of the time of comparing, and leaves little to compare.
    """
    marks = 2 ** (4 + len(others).bit_length())
    marked = np.zeros(marks, dtype=bool)
    marked[others & (marks - 1)] = True
    found: np.ndarray = marked[codes & (marks - 1)]
    return found


def _moved(figures: Figures, column: int, measure: str, edition: str, year: int, same: int) -> Wrong:
    lines = figures.table["column_id"] == column
    said = figures.table.loc[lines & figures.table["note"].str.contains(_NOT_RESERVES, regex=True), "note"]
    label = Measure(measure).label.lower()
    text = f"the column with the {label} of {year} in the {edition} edition: {same} numbers are the same"
    if len(said):
        text += f"; the note '{said.iloc[0]}'"
    head = figures.head(column)
    return Wrong(
        kind=FindingKind.VALUE,
        line=head.line,
        column=column,
        power=None,
        printed=str(figures.text.iloc[head.line]),
        expected=f"no reserves, but {label}",
        ratio=None,
        certainty=Certainty.CERTAIN if len(said) else Certainty.LIKELY,
        compared=text,
        cause=f"The column of reserves holds the {label}.",
    )
