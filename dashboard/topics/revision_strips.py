"""The strips of the chart of revisions: one figure through the editions, with its largest change in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.analysis.states import state, words
from loaders.names import place_name
from loaders.units import best_scale, display, format_quantity
from loaders.vocabulary import Basis, MarkState


def strip_marks(shown: pd.DataFrame) -> pd.DataFrame:
    """The table of `charts.strips`; each strip is an axis of its own."""
    strips_ = []
    several = shown.groupby("place")["basis"].transform("nunique") > 1
    for _, strip in shown.groupby(["group", "strip"], sort=False):
        strips_.append(_mark_columns(strip, several=bool(several[strip.index].any())))
    return pd.concat(strips_, ignore_index=True)


def _mark_columns(strip: pd.DataFrame, *, several: bool) -> pd.DataFrame:
    strip = strip.sort_values("edition")
    unit = str(strip["unit"].iloc[0])
    scale = best_scale(float(strip["value"].fillna(strip["lower"]).max() or 0), unit) if (
        strip["value"].notna() | strip["lower"].notna()
    ).any() else None  # fmt: skip
    lines = strip.to_dict("records")
    basis = f" · {Basis(strip['basis'].iloc[0]).label}" if several else ""
    return strip.assign(
        title=place_name(strip["place"].iloc[0]),
        below=_change_words(strip, scale) + basis,
        state=[str(state(line)) for line in lines],
        words=[_words(line, scale, strip) for line in lines],
        tone=_tone(strip),
        hover=[_hover(line) for line in lines],
    )


def _words(line: dict[Any, Any], scale: str | None, strip: pd.DataFrame) -> str:
    """As elsewhere; with every digit where three would show two different numbers alike."""
    short = words(line, scale)
    numbers = strip["value"].dropna().unique()
    if pd.notna(line["value"]) and len(numbers) > len({display(n, line["unit"], scale) for n in numbers}):
        estimated = " e" if state(line) is MarkState.ESTIMATE else ""
        short = f"{format_quantity(line['value'], line['unit'], scale=scale)}{estimated}"
    return f"{short}{' *' if line['corrected'] else ''}"


def _tone(strip: pd.DataFrame) -> str:
    if strip["chosen"].any():
        return "strong"
    revised = strip["revised"].any() or strip["comes"].any()
    return "context" if strip["group"].iloc[0] or not revised else "soft"


def _change_words(strip: pd.DataFrame, scale: str | None) -> str:
    """The largest revision of a strip: "2025: −18.5 Mt (−84.1 %)"."""
    changed = strip[strip["revised"]]
    if changed.empty:
        return _comes_words(strip)
    line = largest_change(changed)
    return f"{line['edition']}: {signed_change(line, scale)}{' · reason given' if strip['why'].any() else ''}"


def signed_change(line: Any, scale: str | None) -> str:
    plus = "+" if line["change"] > 0 else ""
    amount = f"{plus}{display(line['change'], line['unit'])}"
    if pd.isna(line["ratio"]) or line["ratio"] == 1:
        return amount
    if line["ratio"] >= 2:
        return f"{amount} ({display(line['ratio'], '1', '1')} as much)"
    return f"{amount} ({plus}{display(line['ratio'] - 1, '1')})"


def _comes_words(strip: pd.DataFrame) -> str:
    for line in strip.to_dict("records"):
        if line["previous_edition"] and pd.isna(line["value"]) != pd.isna(line["previous"]):
            came = "no single number any more" if pd.isna(line["value"]) else "a number appears"
            return f"{line['edition']}: {came}"
    if strip["value"].notna().sum() > 1:
        return "not revised"
    return "one edition only" if strip["value"].notna().any() else "no number"


def _hover(line: dict[Any, Any]) -> str:
    what = f"{place_name(line['place'])}, edition {line['edition']}, {line['year']}"
    told = [f"{what}: printed {line['printed']} {line['printed_unit']}".strip()]
    if line["revised"]:
        before = display(line["previous"], line["unit"])
        told.append(f"Edition {line['previous_edition']}: {before}; now {signed_change(line, None)}")
    return "<br>".join([*told, state(line).definition])


def largest_change(changed: pd.DataFrame) -> pd.Series:
    """The line with the largest change."""
    return changed.iloc[int(changed["change"].abs().to_numpy().argmax())]
