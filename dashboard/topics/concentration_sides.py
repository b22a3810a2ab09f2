"""Who holds and who makes a mineral in an edition: its two sides, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dashboard.analysis.concentration import Side
from dashboard.analysis.first_places import Lead, of_several
from dashboard.analysis.gate import compare, figure_of_row
from dashboard.charts.view import Note, note
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.concentration_rows import RankedEdition, printed_edition, ranked_mineral
from dashboard.words.alternatives import instead_words
from dashboard.words.shares import first_share_words, index_words
from dashboard.words.sources import with_years
from loaders.model import EditionId
from loaders.names import mineral_name, place_name
from loaders.text import in_sentence
from loaders.units import best_scale, display
from loaders.vocabulary import OTHER

_KEPT = 200
"""How many are kept: the page Mineral begins with what the page Concentration shows."""

HOLDS, MAKES = "reserves", "production"
VERBS = {HOLDS: "holds", MAKES: "makes"}


class Sides(NamedTuple):
    """Who holds and who makes, and how many years reserves would last; without any, `empty` says why."""

    sides: tuple[Side, ...]
    years: pd.DataFrame
    empty: str = ""


@kept_with_data(_KEPT)
def sides_of(mineral: str, edition: str, data: Snapshot) -> Sides:
    """The sides of a mineral in an edition, an id such as `usgs-mcs.2026`."""
    own, main = ranked_mineral(data, edition, mineral)
    sides = tuple(_side(kind, series, own) for kind, series in main.items())
    if not sides:
        name = in_sentence(mineral_name(mineral))
        item = data.installed(*EditionId.parse(edition))
        publisher = f"{item.dataset.said_by} {item.edition.edition}"
        there = instead_words(mineral, printed_edition(data, edition))
        instead = f" It has {there}." if there else ""
        empty = f"{publisher} names no country with reserves or production of {name}.{instead}"
        return Sides((), own.years, empty)
    years = own.years.assign(name=[place_name(code) for code in own.years["place"]])
    years = years.sort_values(["years", "name"], ascending=[False, True], na_position="last")
    return Sides(sides, years)


def _side(kind: str, series: dict[str, Any], own: RankedEdition) -> Side:
    ranked, rows, lines = (_of_series(table, series) for table in (own.ranked, own.rows, own.lines))
    return Side(kind, series, ranked, rows, lines)


_WITHIN_MINERAL = ("measure", "year", "basis", "unit")
"""What tells the series of one mineral and edition apart."""


def _of_series(table: pd.DataFrame, series: dict[str, Any]) -> pd.DataFrame:
    same = np.logical_and.reduce([table[name] == series[name] for name in _WITHIN_MINERAL])
    return table[same]


def indices_words(sides: Sequence[Side]) -> str:
    """The index of concentration of each side."""
    return "; ".join(
        f"{side.what.capitalize()}, {side.series['year']}: concentration (HHI) "
        f"{index_words(side.series['hhi'], str(side.series['bound']), side.series['share_digits'])}"
        for side in sides
    )


def two_panels_note(sides: tuple[Side, ...], publisher: str) -> Note | None:
    """Why reserves and production do not share an axis, in the words of the gate."""
    if len(sides) < 2:
        return None
    one, other = (figure_of_row(side.rows.iloc[0], publisher) for side in sides)
    return note("Why two panels", compare(one, other).reasons)


def sides_finding(mineral: str, sides: tuple[Side, ...]) -> str:
    """Who is first on each side, and with how much of it."""
    name = in_sentence(mineral_name(mineral))
    known = [side for side in sides if pd.notna(side.series["first"])]
    if not known:
        return f"No country has a number for {' or '.join(side.what for side in sides)} of {name}"
    telling = [side for side in known if side.ranked["value"].iloc[0]]
    if not telling:
        what = " or ".join(side.what for side in known)
        return f"Every country that has a number for {what} of {name} has zero"
    known = telling
    clauses = [
        _clause(known[0], f"{known[0].what} of {name}"),
        *(_clause(side, side.what) for side in known[1:]),
    ]
    subjects, years = [_subject(side) for side in known], [int(side.series["year"]) for side in known]
    if len(set(subjects)) == 1:
        told = f"{subjects[0]} {' and '.join(clauses)}"
    else:
        told = ", ".join(f"{subject} {clause}" for subject, clause in zip(subjects, clauses, strict=True))
    return f"{with_years(told, years)}{_no_total(known)}"


def _no_total(sides: Sequence[Side]) -> str:
    """That shares of some sides are of the rows alone."""
    without = [side.what for side in sides if side.has_shares and side.of_rows]
    return f"; no world total of {' and '.join(without)} is given" if without else ""


def _subject(side: Side) -> str:
    tied = ", tied," if side.series["first_tied"] else ""
    return f"{place_name(side.series['first'])}{tied}"


def _clause(side: Side, what: str) -> str:
    amount, more = display(side.ranked["value"].iloc[0], side.series["unit"]), _outweighed(side)
    if side.lead is Lead.ALONE:
        share = f" ({first_share_words(side, 'top_1')})" if side.has_shares else ""
        return f"is the only country with a number for {what}, {amount}{share}"
    if not side.has_shares:  # of others there may be a word alone, such as “Large”
        told = "; ".join(filter(None, (amount, more)))
        return f"has the largest number printed for {what} ({told})"
    printed = "the printed " if side.of_rows else ""
    share = first_share_words(side, "top_1")
    return f"{VERBS[side.kind]} {share} of {printed}{what}{f' ({more})' if more else ''}"


def _outweighed(side: Side) -> str:
    """That countries in one row have more together than the first one, or that more is in no row."""
    if side.lead is Lead.OPEN:
        rest = display(side.in_no_row, "1", digits=int(side.series["share_digits"]))
        return f"{rest} of the total in no row"
    if side.lead is not Lead.OUTWEIGHED:
        return ""
    line = of_several(side.rows).sort_values("value", ascending=False).iloc[0]
    name = in_sentence(place_name(line["place"])) if line["place"] == OTHER else place_name(line["place"])
    same = best_scale(float(side.ranked["value"].iloc[0]), line["unit"])  # as the first country's number
    return f"{name} together {display(line['value'], line['unit'], same)}"
