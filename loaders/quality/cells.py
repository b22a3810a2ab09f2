"""Single numbers that do not fit: with the printed world total, and with the same number elsewhere."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loaders.quality.comparisons import Elsewhere, elsewhere_of, unlike
from loaders.quality.figures import Figures, Wrong
from loaders.quality.slips import VARIANTS, explained_by_total, unlike_elsewhere
from loaders.quality.totals import group_of, totals_of
from loaders.vocabulary import WORLD, Certainty, FindingKind


def wrong_cells(figures: Figures, compared: pd.DataFrame) -> list[Wrong]:
    """Numbers with glued digits or a power of ten too much or too little, and totals that are no sums."""
    elsewhere = elsewhere_of(figures, compared)
    far = unlike(figures, elsewhere)
    group = group_of(figures)
    totals = totals_of(figures, group)
    off = totals.index.to_numpy()[totals["off"].to_numpy()]
    if not len(off) and not far.any():
        return []
    lines = _lines(figures, elsewhere, group, far | np.isin(group, off))
    explained = explained_by_total(lines, totals, figures.glued)
    told = unlike_elsewhere(
        lines[far[lines.index]].drop(explained["line"], errors="ignore"), totals, figures.glued
    )
    unexplained = totals[totals["off"] & ~totals.index.isin(explained["group"])]
    sums = totals["holds"].mean() > _MOST
    totals = _printed(totals.loc[[*explained["group"], *unexplained.index]], figures)
    explained, told, unexplained = (_printed(found, figures) for found in (explained, told, unexplained))
    return [
        *(_cell(hit, totals.loc[hit["group"]]) for _, hit in explained.iterrows()),
        *(_cell(hit, None) for _, hit in told.iterrows()),
        *(_total(total, sums) for _, total in unexplained.iterrows()),
    ]


def _printed(found: pd.DataFrame, figures: Figures) -> pd.DataFrame:
    """With `text`, what is printed on the `line`."""
    return found.assign(text=figures.texts(found["line"].to_numpy(dtype="int64")))


def _lines(figures: Figures, elsewhere: Elsewhere, group: np.ndarray, chosen: np.ndarray) -> pd.DataFrame:
    """The chosen lines as a table, by position."""
    lines = np.flatnonzero(chosen)
    places = figures["place"]
    arrays = {name: getattr(figures, name)[lines] for name in ("number", "log", "scale")}
    others = {name: array[lines] for name, array in elsewhere._asdict().items()}
    world = places.among([WORLD])[lines]
    return pd.DataFrame({**arrays, **others, "group": group[lines], "world": world}, index=lines)


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


def _total(total: pd.Series, sums: bool) -> Wrong:
    """The finding of a total that is not the sum of its rows; `sums` says whether most of the others are."""
    ratio = float(total["world"] / total["sum"])
    likely = ratio < FAR_BELOW or (sums and abs(ratio - 1) > _ROUNDED)
    return Wrong(
        kind=FindingKind.TOTAL,
        line=int(total["line"]),
        column=None,
        power=None,
        printed=total["text"],
        expected=_like(total["text"], total["sum"] / 10 ** total["scale"]),
        ratio=ratio,
        certainty=Certainty.LIKELY if likely else Certainty.POSSIBLE,
        compared=_sum_text(total),
        cause="No rounding explains it: a row or the total is wrong, or a row is missing."
        if likely
        else "A row or the total was revised without the other, or the total is rounded coarsely.",
    )


_ROUNDED = 0.1
"""No rounding takes a total further from its sum than this part: 9 % in the USGS editions of 2023 to 2026."""

_MOST = 2 / 3
"""Where more than this part of the totals are the sums of their rows, all are meant to be."""

FAR_BELOW = 0.4
"""A total that is so much less than its rows is not rounded; regions beside countries count twice only."""


def _sum_text(total: pd.Series) -> str:
    rows = _like(total["text"], total["sum"] / 10 ** total["scale"])
    printed = str(total["text"]).strip()
    return f"the printed world total {printed} with the sum of its {total['rows']:.0f} rows, {rows}"


def _like(text: str, number: float) -> str:
    """The number written as the text is: with commas between thousands if it has any."""
    number = round(float(number), 3)
    plain = f"{number:,.3f}".rstrip("0").rstrip(".")
    return plain if "," in text else plain.replace(",", "")
