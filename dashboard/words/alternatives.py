"""What an edition has of a mineral, where what is asked for is not there."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.analysis.membership import counted_in
from dashboard.analysis.scope import members
from loaders.names import mineral_name
from loaders.text import in_sentence
from loaders.vocabulary import OTHER, WORLD, Measure


def instead_words(mineral: str, rows: pd.DataFrame) -> str:
    """What the rows of an edition have of a mineral and its members, or of what counts it; may be empty.

    "mine production of magnesium metal (5 countries) and reserves of magnesium compounds (14 countries)"
    """
    minerals = _with_members(mineral)
    own = rows[rows["mineral"].isin(minerals)]
    found = [
        f"{_measure_words(str(measure), name)} ({_of_whom(group['place'])})"
        for name in minerals
        for measure, group in own[own["mineral"] == name].groupby("measure", sort=True)
    ]
    if not found and (wider := counted_in(mineral)) in set(rows["mineral"]):
        return f"figures of {in_sentence(mineral_name(wider))}, which count it"
    return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def _measure_words(measure: str, mineral: str) -> str:
    return f"{in_sentence(Measure(measure).label)} of {in_sentence(mineral_name(mineral))}"


def _with_members(mineral: str) -> tuple[str, ...]:
    below = (code for member in members(mineral) for code in _with_members(member))
    return (mineral, *below)


def _of_whom(places: Iterable[str]) -> str:
    names = set(places)
    count = len(names - {WORLD, OTHER})
    if count:
        return f"{count} {'country' if count == 1 else 'countries'}"
    return "the world total alone" if WORLD in names else "other countries alone"
