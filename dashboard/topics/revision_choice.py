"""What can be asked of the revisions of a dataset, and what is shown first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.concordance import measures_alike
from dashboard.analysis.revisions import revisions
from dashboard.analysis.series import AT_ONCE, ByMineral, by_mineral, few
from dashboard.snapshot import Snapshot
from dashboard.topics.explore import PLACES, measure_words, mineral_words
from dashboard.topics.parameters import (
    READING,
    Asked,
    Control,
    Linked,
    Parameter,
    first_mineral,
    first_option,
)
from loaders.names import mineral_name
from loaders.vocabulary import IN_GROUND, Measure

MOST_REVISED, EVERY_PLACE, CHOSEN_PLACES = "first", "all", "chosen"
WHICH = {MOST_REVISED: "Most revised", EVERY_PLACE: "All", CHOSEN_PLACES: "Chosen only"}
"""Which countries are drawn, with the words for it."""


class RevisionChoice(NamedTuple):
    """What the page shows. `year` is 0 for what is in the ground: that is compared edition by edition."""

    dataset: str
    mineral: str
    measure: str
    year: int
    places: tuple[str, ...] = ()
    which: str = MOST_REVISED


@lru_cache(maxsize=4)
def _series(data: Snapshot) -> pd.DataFrame:
    """The distinct series of all editions."""
    columns = ["dataset", "edition", "mineral", "measure", "year"]
    return data.observations[columns].drop_duplicates().reset_index(drop=True)


@lru_cache(maxsize=64)
def _of(data: Snapshot, dataset: str, mineral: str = "") -> pd.DataFrame:
    """The series of a dataset, or those that it has of a mineral."""
    if not mineral:
        series = _series(data)
        return series[series["dataset"] == dataset]
    series = _of(data, dataset)
    return series[series["mineral"] == mineral]


def _datasets(data: Snapshot, _asked: Asked) -> list[str]:
    """The datasets, that of the most editions first."""
    counts = _series(data).groupby("dataset")["edition"].nunique()
    return sorted(sorted(counts.index), key=lambda name: -int(counts[name]))


def _minerals(data: Snapshot, asked: Asked) -> list[str]:
    return sorted(_of(data, asked["dataset"])["mineral"].unique(), key=mineral_name)


def _measures(data: Snapshot, asked: Asked) -> list[str]:
    """The measures that are printed, reserves first."""
    found = set(_of(data, asked["dataset"], asked["mineral"])["measure"])
    return [str(name) for name in Measure if name in found]


def _first_measure(_data: Snapshot, _asked: Asked, measures: Sequence[str]) -> str:
    return "reserves" if "reserves" in measures else first_option(_data, _asked, measures)


def _years(data: Snapshot, asked: Asked) -> list[str]:
    """The years that several editions print, the latest first; all where each is printed once."""
    if in_ground(asked["measure"]):
        return []
    series = _of(data, asked["dataset"], asked["mineral"])
    alike = measures_alike(asked["dataset"], asked["mineral"], asked["measure"])
    counts = series[series["measure"].isin(alike)].groupby("year")["edition"].nunique()
    several = counts[counts > 1]
    return [str(year) for year in sorted((several if len(several) else counts).index, reverse=True)]


def _dataset_words(dataset: str, data: Snapshot) -> str:
    names = {item.dataset.id: item.dataset.short_title for item in data.catalogue.editions}
    return names.get(dataset, dataset)


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "dataset", "Dataset", _datasets, words=_dataset_words, linked=Linked.IF_SEVERAL, quiet=True, width=1.3
    ),
    Parameter("mineral", "Mineral", _minerals, first_mineral, mineral_words, width=2),
    Parameter("measure", "Measure", _measures, _first_measure, measure_words, quiet=True, width=1.3),
    Parameter("year", "Production of", _years, quiet=True, width=1.3),
    PLACES,
    Parameter(
        "which",
        "Show",
        lambda *_: list(WHICH),
        words=lambda which, _: WHICH.get(which, which),
        control=Control.SEGMENTED,
        linked=Linked.UNLESS_DEFAULT,
        row=2,
        width=1.5,
    ),
    READING,
)


class RevisedMineral(NamedTuple):
    """All that a dataset has of a mineral: its observations, and the lines of `analysis.revisions`."""

    rows: pd.DataFrame
    lines: pd.DataFrame


@lru_cache(maxsize=8)
def revised_mineral(data: Snapshot, dataset: str, mineral: str) -> RevisedMineral:
    """Compared once for all measures and years of the mineral: none depends on another.

    Of a dataset that is not large all minerals are compared at once, for the next choice.
    """
    rows = data.of_mineral(mineral)
    rows = rows[rows["dataset"] == dataset]
    if int(data.observations["dataset"].eq(dataset).sum()) > AT_ONCE:
        return RevisedMineral(rows, few(revisions(rows)))
    return RevisedMineral(rows, _revised(data, dataset).of(mineral).reset_index(drop=True))


@lru_cache(maxsize=4)
def _revised(data: Snapshot, dataset: str) -> ByMineral:
    """The lines of `analysis.revisions` of all minerals of a dataset."""
    table = data.observations
    return by_mineral(few(revisions(few(table[table["dataset"] == dataset]))))


def in_ground(measure: str) -> bool:
    """Whether a measure is of what is in the ground, whatever year it is dated."""
    return measure in [str(name) for name in IN_GROUND]
