"""Simple errors of a number: a power of ten too much or too little, or the mark of a footnote glued to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from loaders.quality.comparisons import FAR
from loaders.quality.totals import TRIFLE, half_step, half_step_of
from loaders.vocabulary import Certainty, FindingKind

_CLOSE = 0.2
"""A number that a simple error brings this near (a factor of 1.6) is likely to hold that error."""

EXACT = 0.03
"""A number that is this near (7 %) without a glued digit needs no other year to say so."""

_NO_HITS = pd.DataFrame({"line": np.array([], dtype="int64"), "group": np.array([], dtype="int64")})
"""Where no number stands out."""


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


def _printed_number(lines: pd.DataFrame) -> pd.Series:
    """The numbers in the unit that is printed with them."""
    return (lines["number"] / 10 ** lines["scale"]).round(6)


def _variants(lines: pd.DataFrame, glued: bool) -> Iterator[tuple[int, pd.Series]]:
    """For each simple error its position in VARIANTS, and the numbers without it, in the canonical unit.

    Glued marks of footnotes are among them if there may be some.
    """
    printed = _printed_number(lines)
    printed = printed.where(printed > 0)
    size = 10.0 ** (np.floor(np.log10(printed)) + 1)
    for position, variant in enumerate(VARIANTS):
        if variant.kind is _FOOTNOTE and not glued:
            continue
        yield position, variant.undo(printed, size) * 10 ** lines["scale"]


def explained_by_total(lines: pd.DataFrame, totals: pd.DataFrame, glued: bool) -> pd.DataFrame:
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
    for position, number in _variants(part, glued):
        margin = total["half"].where(~part["world"], half_step_of(number[part["world"]], part["scale"]))
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


def unlike_elsewhere(lines: pd.DataFrame, totals: pd.DataFrame, glued: bool) -> pd.DataFrame:
    """Those of the lines that a simple error brings near the same number elsewhere.

    Not where a true total holds the number in place.
    """
    if lines.empty:
        return _NO_HITS
    total = totals.reindex(lines["group"]).set_index(lines.index)
    holds = total["holds"].eq(True)
    hits = []
    for position, number in _variants(lines, glued):
        distance = (np.log10(number) - lines["ref"]).abs()
        vouched = holds & ((number - lines["number"]).abs() > 3 * total["half"])
        fits = (distance < VARIANTS[position].near) & ~vouched
        hits.append(lines[fits].assign(variant=position, candidate=number[fits], distance=distance[fits]))
    found = _roundest(pd.concat(hits).reset_index(names="line"))
    found = found.sort_values(["distance", "variant"], kind="stable").drop_duplicates("line")
    beside = (np.log10(found["candidate"]) - found["sibling"]).abs() < _CLOSE
    footnote = found["variant"].isin(_MARKS)
    near = (found["distance"] < _CLOSE) | (beside & ~footnote)
    sure = (found["editions"] > 0) & near & (beside | ~footnote | (found["distance"] < EXACT))
    certain: pd.DataFrame = found.assign(certainty=sure.map(_CERTAINTY))
    return certain
