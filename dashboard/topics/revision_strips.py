"""The strips of the chart of revisions: one figure through the editions, with its largest change in words."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from dashboard.analysis.series import as_records
from dashboard.analysis.states import amount_words, printed_words, state
from dashboard.words.ranking import basis_words
from loaders.names import place_name
from loaders.units import best_scale, digits_of, display, format_quantity
from loaders.vocabulary import MarkState

_Line = dict[Any, Any]


def strip_marks(shown: pd.DataFrame) -> pd.DataFrame:
    """The table of `charts.Strips`; each strip is an axis of its own."""
    several = shown.groupby("place")["basis"].transform("nunique") > 1
    order = shown.groupby(["group", "strip"], sort=False).ngroup()
    ordered = shown.assign(several=several, order=order).sort_values(["order", "edition"], ignore_index=True)
    lines = [
        mark
        for _, strip in groupby(as_records(ordered), key=itemgetter("order"))
        for mark in _marks(list(strip))
    ]
    return ordered.drop(columns=["several", "order"]).assign(
        **{name: [line[name] for line in lines] for name in _MARK_COLUMNS}
    )


_MARK_COLUMNS = ("title", "below", "state", "sign", "words", "tone", "hover")


def _marks(strip: list[_Line]) -> list[_Line]:
    """What stands at each mark of a strip: `_MARK_COLUMNS`."""
    first = strip[0]
    numbers: list[Any] = [line["value"] if pd.notna(line["value"]) else line["lower"] for line in strip]
    known = [float(line) for line in numbers if pd.notna(line)]
    scale = best_scale(max(known), str(first["unit"])) if known else None
    basis = f" · {basis_words(first['basis'])}" if any(line["several"] for line in strip) else ""
    of_strip = {
        "title": place_name(first["place"]),
        "below": _change_words(strip, scale) + basis,
        "tone": _tone(strip),
    }
    alike = _look_alike(strip, scale)
    return [
        of_strip
        | {
            "state": str(found := state(line)),
            "sign": found.before,
            "words": _words(line, scale, alike=alike),
            "hover": _hover(line),
        }
        for line in strip
    ]


def _look_alike(strip: list[_Line], scale: str | None) -> bool:
    """Whether two different numbers of a strip would be shown alike."""
    numbers = {line["value"] for line in strip if pd.notna(line["value"])}
    return len(numbers) > len({display(number, strip[0]["unit"], scale) for number in numbers})


def _words(line: _Line, scale: str | None, *, alike: bool) -> str:
    """As elsewhere; with every digit where three would show two different numbers alike."""
    short = amount_words(line, scale)
    if alike and pd.notna(line["value"]):
        estimated = " e" if state(line) is MarkState.ESTIMATE else ""
        short = f"{format_quantity(line['value'], line['unit'], scale=scale)}{estimated}"
    return f"{short}{' *' if line['corrected'] else ''}"


def _tone(strip: list[_Line]) -> str:
    if any(line["chosen"] for line in strip):
        return "strong"
    revised = any(line["revised"] or line["comes"] for line in strip)
    return "context" if strip[0]["group"] or not revised else "soft"


def _change_words(strip: list[_Line], scale: str | None) -> str:
    """The largest revision of a strip: "2025: −18.5 Mt (−84.1 %)"."""
    changed = [line for line in strip if line["revised"]]
    if not changed:
        return _comes_words(strip)
    line = max(changed, key=lambda one: abs(one["change"]))
    reason = " · reason given" if any(one["why"] for one in strip) else ""
    return f"{line['edition']}: {signed_change(line, scale)}{reason}"


def signed_change(line: Any, scale: str | None) -> str:
    plus = "+" if line["change"] > 0 else ""
    amount = f"{plus}{display(line['change'], line['unit'])}"
    if pd.isna(line["ratio"]) or line["ratio"] == 1:
        return amount
    digits = digits_of(line["value"], line["previous"])
    if line["ratio"] >= 2:
        return f"{amount} ({display(line['ratio'], '1', '1', digits)} as much)"
    return f"{amount} ({plus}{display(line['ratio'] - 1, '1', digits=digits)})"


def _comes_words(strip: list[_Line]) -> str:
    for line in strip:
        if line["previous_edition"] and pd.isna(line["value"]) != pd.isna(line["previous"]):
            gone = pd.isna(line["value"])
            return f"{line['edition']}: {'no single number any more' if gone else 'a number appears'}"
    numbers = sum(bool(pd.notna(line["value"])) for line in strip)
    if numbers > 1:
        return "not revised"
    return "one edition only" if numbers else "no number"


def _hover(line: _Line) -> str:
    what = f"{place_name(line['place'])}, edition {line['edition']}, {line['year']}"
    told = [f"{what}: printed {printed_words({**line, 'printed_value': line['printed']})}"]
    if line["revised"]:
        before = display(line["previous"], line["unit"])
        told.append(f"Edition {line['previous_edition']}: {before}; now {signed_change(line, None)}")
    return "\n".join([*told, state(line).definition])


def largest_change(changed: pd.DataFrame) -> pd.Series:
    """The line with the largest change."""
    return changed.iloc[int(changed["change"].abs().to_numpy().argmax())]
