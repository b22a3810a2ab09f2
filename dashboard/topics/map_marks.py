"""The places of a map and how they are marked: from one printed table, by amount, share or rank."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from dashboard.analysis.classes import class_breaks, class_number, present_ranks
from dashboard.analysis.corrections import is_corrected
from dashboard.analysis.ranked_series import RANKED, RankedSeries, has_place
from dashboard.analysis.series import as_records
from dashboard.analysis.states import amount_words, printed_words
from dashboard.boundaries.shapes import world
from dashboard.charts.chart import APART
from dashboard.topics.marks import CORRECTED_MARK
from dashboard.topics.ranked_tables import DrawnSeries
from dashboard.words.maps import amount_classes, rank_classes
from dashboard.words.ranking import amounts, measure_of_mineral, share_words
from loaders.text import capital
from loaders.units import display
from loaders.vocabulary import Kind, MarkState, Total

BY_AMOUNT, BY_SHARE, BY_RANK, BY_CLAIMS = "amount", "share", "rank", "claims"
"""What places are shaded by."""

_BOUNDS = (MarkState.MORE_THAN, MarkState.RANGE)
_NUMBERS = (MarkState.VALUE, MarkState.ESTIMATE)


class Marked(NamedTuple):
    """The lines of a map (see `charts.chart.Map`), its classes, and what is shaded in words.

    `left` are the names and words of what has no place on the map.
    """

    marks: pd.DataFrame
    classes: tuple[str, ...]
    heading: str
    left: tuple[tuple[str, str], ...]


def marked_places(drawn: DrawnSeries, by: str) -> Marked:
    """The places of a series, one line for each, and what has none. Its rows have states."""
    part, shapes = drawn.series, world().shapes
    places: dict[str, list[_Row]] = {}
    for row in as_records(drawn.rows):
        places.setdefault(str(row["place"]), []).append(row)
    lines = [_line(rows, part, by, drawn.scale) for rows in places.values()]
    placed = [line for line in lines if line["place"] in shapes]
    left = tuple((str(line["label"]), line["told"]) for line in lines if line["place"] not in shapes)
    breaks = _breaks(placed, by)
    classes = _classes(placed, breaks, by, part.unit)
    shades = [_shade(line, breaks, by, len(classes)) for line in placed]
    marks = pd.DataFrame(placed).assign(shade=shades)
    return Marked(marks, classes, _heading(part, by), left)


def _heading(part: RankedSeries, by: str) -> str:
    what = measure_of_mineral(str(part.any_row["measure"]), str(part.any_row["mineral"]))
    of_what = f"{what}, {part.any_row['year']}"
    if by == BY_SHARE:
        return f"Share of {'the printed' if part.total == Total.SUM else 'the world’s'} {of_what}"
    if by == BY_RANK:
        return f"Rank by {of_what}"
    return f"{capital(of_what)}, {amounts(part)}"


# One place ----------------------------------------------------------------------------------------------


_Row = dict[Any, Any]


def _line(rows: list[_Row], part: RankedSeries, by: str, scale: str | None) -> _Row:
    """The mark of a place: its rows together where they are ranked, else the one row that it has."""
    first, found = rows[0], _state(rows)
    amount = _amount(rows, part, scale)
    corrected = any(map(is_corrected, rows))
    value = _value(first, found, by)
    return {
        **{name: first[name] for name in _KEPT},
        **_kind_of(by, first),
        "label": str(first["name"]),
        "value": value,
        "state": APART if found in _NUMBERS and value != value else str(found),
        "told": amount,
        "words": _words(first, by, part, amount) + (f" {CORRECTED_MARK.sign}" if corrected else ""),
        "hover": _hover(rows, found, part, amount) + (_CORRECTED if corrected else ""),
        "corrected": corrected,
    }


_CORRECTED = f"\n{CORRECTED_MARK.sign} Corrected: what is printed is wrong; the card says why."

_KEPT = ("place", "mineral", "measure", "class", "scheme", "dataset", "emphasis", "id")
"""Columns of the rows that a mark keeps; of several rows those of the first one."""


def _kind_of(by: str, first: _Row) -> dict[str, str]:
    """What the gate is told of the number that is shaded."""
    if by == BY_AMOUNT:
        return {"figure_kind": str(Kind.QUANTITY), "unit": str(first["unit"]), "basis": str(first["basis"])}
    kind, unit = (Kind.SHARE, "1") if by == BY_SHARE else (Kind.RANK, "rank")
    return {"figure_kind": str(kind), "unit": unit, "basis": str(first["basis"])}


def _state(rows: list[_Row]) -> MarkState:
    """The state of a place: of its one row, or of its rows together."""
    states = [MarkState(row["state"]) for row in rows]
    if len(states) == 1:
        return states[0]
    if rows[0]["row_kind"] != RANKED:
        return next((found for found in states if found not in (*_NUMBERS, MarkState.ZERO)), MarkState.VALUE)
    if not rows[0]["place_value"]:
        return MarkState.ZERO
    return MarkState.ESTIMATE if MarkState.ESTIMATE in states else MarkState.VALUE


def _value(first: _Row, found: MarkState, by: str) -> float:
    """What is shaded; NaN where there is nothing to shade by."""
    if first["row_kind"] == RANKED:
        return float(first[{BY_AMOUNT: "place_value", BY_SHARE: "place_share", BY_RANK: "rank"}[by]])
    return float(first["lower"]) if by == BY_AMOUNT and found in _BOUNDS else float("nan")


def _amount(rows: list[_Row], part: RankedSeries, scale: str | None) -> str:
    """The figure of a place in words; of several rows together, or one by one."""
    if len(rows) > 1 and rows[0]["row_kind"] == RANKED:
        return display(float(rows[0]["place_value"]), part.unit, scale)
    return ", ".join(amount_words(row, scale) for row in rows)


def _words(first: _Row, by: str, part: RankedSeries, amount: str) -> str:
    """What stands on the map."""
    if first["row_kind"] != RANKED or by == BY_AMOUNT:
        return amount
    if by == BY_RANK:
        return _rank(first) if has_place(first) else f"{amount}, not ranked"
    share = first["place_share"]
    return share_words(share, part, first) if share == share else f"{amount}, no share"


def _rank(first: _Row) -> str:
    return f"{'tied ' if first['tied'] else ''}{display(first['rank'], 'rank')}"


def _hover(rows: list[_Row], found: MarkState, part: RankedSeries, amount: str) -> str:
    first = rows[0]
    lines = [f"{first['name']}: {amount}"]
    if first["place_share"] == first["place_share"]:
        lines.append(f"Share: {share_words(first['place_share'], part, first)}")
    if has_place(first):
        lines.append(f"Rank: {_rank(first)}")
    if len(rows) > 1:
        return "\n".join([*lines, f"{len(rows)} rows; the table has each"])
    return "\n".join([*lines, f"Printed {printed_words(first)}", found.definition])


# Classes ------------------------------------------------------------------------------------------------


def _breaks(lines: list[_Row], by: str) -> tuple[float, ...]:
    known = [line["value"] for line in lines if line["value"] > 0]
    if by == BY_RANK:
        return present_ranks(max(known, default=0.0))
    return class_breaks(known)


def _classes(lines: list[_Row], breaks: tuple[float, ...], by: str, unit: str) -> tuple[str, ...]:
    """The words of the classes, the palest first; none where nothing is above zero."""
    known = [line["value"] for line in lines if line["value"] > 0]
    if not known:
        return ()
    if by == BY_RANK:
        return rank_classes(breaks)[::-1]
    return amount_classes(breaks, max(known), "1" if by == BY_SHARE else unit)


def _shade(line: _Row, breaks: tuple[float, ...], by: str, classes: int) -> int:
    """The number of the class of a place, the first rank in the darkest; -1 for what has none."""
    if not line["value"] > 0 or line["state"] in (MarkState.ZERO, APART):
        return -1
    own = class_number(line["value"], breaks)
    return classes - 1 - own if by == BY_RANK else own


def row_amounts(part: RankedSeries, scale: str | None) -> tuple[tuple[str, str], ...]:
    """The figures of a series that is not on the map, by name."""
    lines = as_records(part.rows)
    return tuple((str(line["name"]), amount_words(line, scale)) for line in lines)


def has_numbers(part: RankedSeries) -> bool:
    """Whether some row of a series has a number, or a bound of one."""
    return bool(part.rows[["value", "lower", "upper"]].notna().any(axis=None))
