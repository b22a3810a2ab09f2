"""Single numbers that do not fit: with the printed world total, and with the same number elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from loaders.quality.arrays import combine, number_lines
from loaders.quality.figures import FEW, WORLD, Figures, Wrong, nearest_power
from loaders.vocabulary import Certainty, FindingKind, Status

FAR = 0.45
"""A number this far from the same number elsewhere, in powers of ten (a factor of 2.8), stands out."""

NEAR = 0.2
"""A number this near to the year before (a factor of 1.6) is much like it."""

SURE = 0.2
"""A number that a simple error brings this near (a factor of 1.6) is likely to hold that error."""

RESTLESS = 0.34
"""Where more than this share of a series stands out, nothing does."""

EXACT = 0.03
"""A number that is this near (7 %) without a glued digit needs no other year to say so."""

AGREE = 0.6
"""Neighbouring editions that lie within this of each other agree on a number."""

TRIFLE = 0.02
"""A total this near to its sum, as a share, is off by rounding."""

MANY = 20
"""So many totals tell whether a table's totals are sums at all."""

_NO_NUMBER = [
    Status.WITHHELD.value,
    Status.NOT_AVAILABLE.value,
    Status.NOT_SIGNIFICANT.value,
    Status.INCLUDED_ELSEWHERE.value,
]
"""Rows that count in the total without a number."""


def wrong_cells(figures: Figures, compared: pd.DataFrame) -> list[Wrong]:
    """Numbers with glued digits or a power of ten too much or too little, and totals that are no sums."""
    elsewhere = _elsewhere(figures, compared)
    far = _unlike(figures, elsewhere)
    group = _group(figures)
    totals = _totals(figures, group)
    off = totals.index[totals["off"]]
    if not len(off) and not far.any():
        return []
    lines = _lines(figures, elsewhere, group, far | np.isin(group, off))
    explained = _explained_by_total(lines, totals)
    told = _unlike_elsewhere(lines[far[lines.index]].drop(explained["line"], errors="ignore"), totals)
    unexplained = totals[totals["off"] & ~totals.index.isin(explained["group"])]
    totals = _printed(totals.loc[[*explained["group"], *unexplained.index]], figures)
    explained, told, unexplained = (_printed(found, figures) for found in (explained, told, unexplained))
    return [
        *(_cell(hit, totals.loc[hit["group"]]) for _, hit in explained.iterrows()),
        *(_cell(hit, None) for _, hit in told.iterrows()),
        *(_total(total) for _, total in unexplained.iterrows()),
    ]


def _printed(found: pd.DataFrame, figures: Figures) -> pd.DataFrame:
    """With `text`, what is printed on the `line`."""
    return found.assign(text=figures.texts(found["line"].to_numpy(dtype="int64")))


# The same number elsewhere ------------------------------------------------------------------------------


class Elsewhere(NamedTuple):
    """The same number elsewhere, for each line, as a logarithm; NaN where it stands nowhere else.

    `sibling` is that of the year before, or else after; `ref` the middle of the other editions, or else the
    sibling; `spread` how far the `editions` lie apart.
    """

    sibling: np.ndarray
    ref: np.ndarray
    spread: np.ndarray
    editions: np.ndarray


def _elsewhere(figures: Figures, compared: pd.DataFrame) -> Elsewhere:
    sibling = _siblings(figures)
    if compared.empty:
        nothing = np.zeros(len(figures), dtype="int8")
        return Elsewhere(sibling, sibling, nothing, nothing)
    spread, editions = np.zeros(len(figures)), np.zeros(len(figures), dtype="int64")
    ref = sibling.copy()
    logs = _level(figures, compared).groupby("line")["log"]
    lines = logs.median().index.to_numpy(dtype="int64")
    ref[lines] = logs.median()
    spread[lines], editions[lines] = logs.max() - logs.min(), logs.size()
    return Elsewhere(sibling, ref, spread, editions)


def _level(figures: Figures, compared: pd.DataFrame) -> pd.DataFrame:
    """The neighbours' numbers, those of a column that is a thousandfold off brought to this one's level."""
    lines = compared["line"].to_numpy()
    shift = figures.log[lines] - compared["log"]
    groups = shift.groupby([figures.column_id[lines], compared["edition"].to_numpy()])
    power = groups.transform("median").map(nearest_power).where(groups.transform("count") >= FEW, 0)
    return compared.assign(log=compared["log"] + power)


def _siblings(figures: Figures) -> np.ndarray:
    """The logarithm of the same figure in the year before, or else after, in the same edition."""
    order = figures.order
    series, year, log = figures.series[order], figures.year[order], figures.log[order]
    next_year = (series[1:] == series[:-1]) & (year[1:] != year[:-1])
    found = np.full(len(log), np.nan)
    np.copyto(found[:-1], log[1:], where=next_year)
    np.copyto(found[1:], log[:-1], where=next_year & ~np.isnan(log[:-1]))
    siblings = np.empty(len(log))
    siblings[order] = found
    return siblings


def _unlike(figures: Figures, elsewhere: Elsewhere) -> np.ndarray:
    """Where a number is far from the same number elsewhere, and not much like the year before.

    Not where most of the series is, and not where the other editions are not at one.
    """
    far: np.ndarray = np.abs(figures.log - elsewhere.ref) > FAR
    if not far.any():
        return far
    beside = np.abs(figures.log - elsewhere.sibling) < NEAR
    unlike: np.ndarray = far & ~beside & _steady(figures, elsewhere.ref, far) & (elsewhere.spread < AGREE)
    return unlike


def _steady(figures: Figures, ref: np.ndarray, far: np.ndarray) -> np.ndarray:
    """Whether the series is one whose figures mostly lie where they lie elsewhere."""
    series = combine([figures["mineral"], figures["measure"]])
    known = np.bincount(series, weights=~np.isnan(ref))
    restless = np.bincount(series, weights=far) > RESTLESS * known
    steady: np.ndarray = (~restless | (known == 1))[series]
    return steady


def _lines(figures: Figures, elsewhere: Elsewhere, group: np.ndarray, chosen: np.ndarray) -> pd.DataFrame:
    """The chosen lines as a table, by position."""
    lines = np.flatnonzero(chosen)
    places = figures["place"]
    arrays = {name: getattr(figures, name)[lines] for name in ("number", "log", "scale")}
    others = {name: array[lines] for name, array in elsewhere._asdict().items()}
    world = places.among([WORLD])[lines]
    return pd.DataFrame({**arrays, **others, "group": group[lines], "world": world}, index=lines)


def _printed_number(lines: pd.DataFrame) -> pd.Series:
    """The numbers in the unit that is printed with them."""
    return (lines["number"] / 10 ** lines["scale"]).round(6)


# Totals -------------------------------------------------------------------------------------------------


def _group(figures: Figures) -> np.ndarray:
    """A number for the lines that belong to one world total, -1 for those that belong to none or several.

    They are those of a column, or those of the same basis in a column of several totals.
    """
    world = figures["place"].among([WORLD])
    if not world.any():
        return np.full(len(figures), -1)
    column = figures.column_id
    several = _worlds(world, column) > 1
    if several.any():
        basis = np.where(several[column], figures["basis"].codes, -1)
        column = number_lines([column, basis])
    group: np.ndarray = np.where(_worlds(world, column) == 1, np.arange(column.max() + 1), -1)[column]
    return group


def _worlds(world: np.ndarray, key: np.ndarray) -> np.ndarray:
    """How many lines of each key (numbers from 0) are world totals."""
    return np.bincount(key[world], minlength=key.max() + 1)


def _totals(figures: Figures, group: np.ndarray) -> pd.DataFrame:
    """Each printed total by its group: `line`, `world`, `sum`, `half` (half a unit of its last digit).

    `off` where it contradicts its rows, `holds` where it is their sum.
    A total with a lower bound ("more than") is off when the sum is below it; one with rows that say no
    number is off when the sum is above it.
    """
    worlds = figures["place"].among([WORLD]) & (group >= 0)
    lines = np.flatnonzero(worlds & (figures.number > 0))
    if not len(lines):
        return _NO_TOTALS
    totals = pd.DataFrame(
        {
            "line": lines,
            "world": figures.number[lines],
            "scale": figures.scale[lines],
            "more": figures.bound[lines],
        },
        index=group[lines],
    ).join(_sums(figures, group, np.flatnonzero((group >= 0) & ~worlds)), how="inner")
    totals["printed"] = (totals["world"] / 10 ** totals["scale"]).round(6)
    totals["half"] = half_step(totals["printed"]) * 10 ** totals["scale"]
    above = totals["sum"] > totals["world"] + totals["half"]
    below = totals["sum"] < totals["world"] - totals["half"]
    apart = (totals["sum"] - totals["world"]).abs() > TRIFLE * totals["world"]
    totals["off"] = apart & ((above & ~totals["more"]) | (below & ~totals["open"]))
    totals.loc[totals["sum"] == 0, "off"] = False
    if len(totals) >= MANY and totals["off"].mean() > 0.5:
        totals["off"] = False  # what this table calls the world total is something else
    totals["holds"] = ~apart | ~(above | below)
    return totals


def _sums(figures: Figures, group: np.ndarray, lines: np.ndarray) -> pd.DataFrame:
    """The `sum` of the lines of each group, the number of `rows`, and whether one says no number (`open`)."""
    group, number = group[lines], figures.number[lines]
    missing = np.isnan(number)
    silent = missing & figures["status"].among(_NO_NUMBER)[lines] | figures.bound[lines]
    found = pd.DataFrame(
        {
            "sum": np.bincount(group, weights=np.where(missing, 0, number)),
            "rows": np.bincount(group, weights=~missing),
            "open": np.bincount(group, weights=silent) > 0,
        }
    )
    return found[np.bincount(group) > 0]


def half_step(printed: pd.Series) -> pd.Series:
    """Half a unit of the last digit that counts: trailing zeros do not, but for the second digit.

    The summaries round to two digits or more; 110,000,000 is read as 110 million, give or take 5.
    """
    number = printed.where(printed > 0).to_numpy(dtype="float64")
    zeros = np.zeros(len(number))
    for power in range(1, 16):
        zeros += number % 10.0**power == 0
    second = np.floor(np.log10(number)) - 1
    return pd.Series(10.0 ** np.minimum(zeros, second) / 2, index=printed.index)


def _half_step_of(number: pd.Series, scale: pd.Series) -> pd.Series:
    """`half_step` of numbers in the canonical unit, in that unit."""
    unit = 10.0 ** scale[number.index]
    return half_step((number / unit).round(6)) * unit


_NO_TOTALS = pd.DataFrame(
    {"line": [], "off": np.array([], dtype=bool), "holds": np.array([], dtype=bool), "half": []}
)
_NO_HITS = pd.DataFrame({"line": np.array([], dtype="int64"), "group": np.array([], dtype="int64")})
"""Where there is no total, and where no number stands out."""


# Simple errors ------------------------------------------------------------------------------------------


class Variant(NamedTuple):
    """One simple error: what it is, and what the number would be without it (NaN where it cannot be).

    `near` is how near to the same number elsewhere the result must lie to count where no total vouches
    for it; 0 if that is not enough.
    """

    kind: FindingKind
    near: float
    cause: str
    undo: Callable[[pd.Series, pd.Series], pd.Series]  # of the printed number and of 10**(its digits)


def _without_leading(count: int) -> Callable[[pd.Series, pd.Series], pd.Series]:
    def undo(printed: pd.Series, size: pd.Series) -> pd.Series:
        rest: pd.Series = printed % (size / 10**count)
        return rest.where((printed % 1 == 0) & (rest >= size / 10 ** (count + 1)) & (rest >= 10))

    return undo


def _without_trailing(count: int) -> Callable[[pd.Series, pd.Series], pd.Series]:
    def undo(printed: pd.Series, size: pd.Series) -> pd.Series:
        rest: pd.Series = printed // 10**count
        return rest.where((printed % 1 == 0) & (printed % 10 != 0) & (rest >= 10))

    return undo


def _times(factor: float) -> Callable[[pd.Series, pd.Series], pd.Series]:
    return lambda printed, size: printed * factor


def _without_zero(printed: pd.Series, size: pd.Series) -> pd.Series:
    return (printed / 10).where(printed % 10 == 0)


_VALUE, _FOOTNOTE = FindingKind.VALUE, FindingKind.FOOTNOTE
_FRONT = "The mark of a footnote is glued to the front of the number."
_END = "The mark of a footnote is glued to the end of the number."
VARIANTS = (
    Variant(_VALUE, 0.4, "The number is a thousandfold too large.", _times(0.001)),
    Variant(_VALUE, 0.4, "The number is a thousandfold too small.", _times(1000)),
    Variant(_VALUE, 0, "A zero is missing.", _times(10)),
    Variant(_VALUE, 0, "There is a zero too many.", _without_zero),
    Variant(_FOOTNOTE, 0.1, _FRONT, _without_leading(2)),
    Variant(_FOOTNOTE, 0.1, _FRONT, _without_leading(1)),
    Variant(_FOOTNOTE, 0.1, _END, _without_trailing(1)),
    Variant(_FOOTNOTE, 0.1, _END, _without_trailing(2)),
)
_MARKS = [position for position, variant in enumerate(VARIANTS) if variant.kind is _FOOTNOTE]
"""The positions of footnote marks in VARIANTS."""


def _variants(lines: pd.DataFrame) -> Iterator[tuple[int, pd.Series]]:
    """For each simple error its position in VARIANTS, and the numbers without it, in the canonical unit."""
    printed = _printed_number(lines)
    printed = printed.where(printed > 0)
    size = 10.0 ** (np.floor(np.log10(printed)) + 1)
    for position, variant in enumerate(VARIANTS):
        yield position, variant.undo(printed, size) * 10 ** lines["scale"]


def _explained_by_total(lines: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """The one number of each wrong total that a simple error explains: `line`, `group`, `variant`, `number`.

    The number without the error must make the total true, and must fit the same number elsewhere.
    """
    off = totals[totals["off"]]
    if off.empty:
        return _NO_HITS
    part = lines[(lines["group"] >= 0) & (lines["number"] > 0)]
    part = part[part["group"].isin(off.index)]
    total = off.reindex(part["group"]).set_index(part.index)
    needed = (part["number"] + total["world"] - total["sum"]).mask(part["world"], total["sum"])
    hits = []
    for position, number in _variants(part):
        margin = total["half"].where(~part["world"], _half_step_of(number[part["world"]], part["scale"]))
        margin = margin.clip(lower=TRIFLE * total["world"].where(~part["world"], number))
        fits = ((number - needed).abs() <= margin) & ((number - part["number"]).abs() > 3 * margin)
        hits.append(part.loc[fits].assign(variant=position, candidate=number[fits]))
    return _clearest(_roundest(pd.concat(hits).reset_index(names="line")))


def _roundest(found: pd.DataFrame) -> pd.DataFrame:
    """The hits, but without a mark whose removal leaves much more digits than that of another mark there.

    Publishers round: 1100003 is 110000 with a mark at its end, not 100003 with one at its front.
    """
    marks = found[found["variant"].isin(_MARKS)]
    printed = (marks["candidate"] / 10 ** marks["scale"]).round(6)
    digits: pd.Series = (printed / half_step(printed)).map(np.log10).round()
    odd = digits >= digits.groupby(marks["line"]).transform("min") + 2
    return found.loc[~found.index.isin(odd.index[odd])]


def _clearest(found: pd.DataFrame) -> pd.DataFrame:
    """One hit of each group; none where the numbers elsewhere speak against all, or several are as good."""
    distance = (np.log10(found["candidate"]) - found["ref"]).abs()
    found = found.assign(distance=distance.fillna(FAR))[distance.isna() | (distance < FAR)]
    found = found.sort_values(["distance", "variant"], kind="stable")
    found["rivals"] = found.groupby("group")["line"].transform("nunique")
    best = found.drop_duplicates("group")
    sure = (best["rivals"] == 1) | best["ref"].notna()
    return best.assign(certainty=sure.map(_CERTAINTY))


_CERTAINTY = {True: Certainty.LIKELY.value, False: Certainty.POSSIBLE.value}


def _unlike_elsewhere(lines: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Those of the lines that a simple error brings near the same number elsewhere.

    Not where a true total holds the number in place.
    """
    if lines.empty:
        return _NO_HITS
    total = totals.reindex(lines["group"]).set_index(lines.index)
    holds = total["holds"].eq(True)
    hits = []
    for position, number in _variants(lines):
        distance = (np.log10(number) - lines["ref"]).abs()
        vouched = holds & ((number - lines["number"]).abs() > 3 * total["half"])
        fits = (distance < VARIANTS[position].near) & ~vouched
        hits.append(lines[fits].assign(variant=position, candidate=number[fits], distance=distance[fits]))
    found = _roundest(pd.concat(hits).reset_index(names="line"))
    found = found.sort_values(["distance", "variant"], kind="stable").drop_duplicates("line")
    beside = (np.log10(found["candidate"]) - found["sibling"]).abs() < SURE
    footnote = found["variant"].isin(_MARKS)
    near = found["distance"] < SURE
    sure = (found["editions"] > 0) & near & (beside | ~footnote | (found["distance"] < EXACT))
    certain: pd.DataFrame = found.assign(certainty=sure.map(_CERTAINTY))
    return certain


def _cell(hit: pd.Series, total: pd.Series | None) -> Wrong:
    """The finding of a number that a simple error explains."""
    variant, text = VARIANTS[int(hit["variant"])], str(hit["text"])
    compared = [] if total is None else [_sum_text(total)]
    if not np.isnan(hit["ref"]):
        other = _like(text, 10 ** (hit["ref"] - hit["scale"]))
        compared.append(f"the same figure in {_editions(int(hit['editions']))} (about {other})")
    return Wrong(
        kind=FindingKind.TOTAL if hit["world"] else variant.kind,
        line=int(hit["line"]),
        column=None,
        power=None,
        printed=text,
        expected=_like(text, hit["candidate"] / 10 ** hit["scale"]),
        ratio=float(hit["number"] / hit["candidate"]),
        certainty=Certainty(str(hit["certainty"])),
        compared="; ".join(compared),
        cause=variant.cause,
    )


def _editions(count: int) -> str:
    if not count:
        return "another year of this edition"
    return "one other edition" if count == 1 else f"{count} other editions"


def _total(total: pd.Series) -> Wrong:
    """The finding of a total that is not the sum of its rows."""
    return Wrong(
        kind=FindingKind.TOTAL,
        line=int(total["line"]),
        column=None,
        power=None,
        printed=total["text"],
        expected=_like(total["text"], total["sum"] / 10 ** total["scale"]),
        ratio=float(total["world"] / total["sum"]),
        certainty=Certainty.POSSIBLE,
        compared=_sum_text(total),
        cause="A row or the total was revised without the other, or the total is rounded coarsely.",
    )


def _sum_text(total: pd.Series) -> str:
    rows = _like(total["text"], total["sum"] / 10 ** total["scale"])
    printed = str(total["text"]).strip()
    return f"the printed world total {printed} with the sum of its {total['rows']:.0f} rows, {rows}"


def _like(text: str, number: float) -> str:
    """The number written as the text is: with commas between thousands if it has any."""
    number = round(float(number), 3)
    plain = f"{number:,.3f}".rstrip("0").rstrip(".")
    return plain if "," in text else plain.replace(",", "")
