"""What can be asked of the revisions of a dataset, and what is shown first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.concordance import measures_alike
from dashboard.analysis.revisions import revisions
from dashboard.analysis.series import ByMineral, by_mineral, few
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.explore import PLACES, measure_words, mineral_words
from dashboard.topics.newest_figures import contents_of, newest_edition
from dashboard.topics.parameters import (
    READING,
    Asked,
    Control,
    Linked,
    Parameter,
    first_mineral,
    named_choice,
)
from dashboard.topics.ranked_rows import is_large_dataset
from loaders.model import EditionId
from loaders.names import mineral_name
from loaders.vocabulary import IN_GROUND, OTHER, WORLD, Measure

MOST_REVISED, EVERY_PLACE, CHOSEN_PLACES = "first", "all", "chosen"
_WHICH = {MOST_REVISED: "Most revised", EVERY_PLACE: "All", CHOSEN_PLACES: "Chosen only"}
"""Which countries are drawn, with the words for it."""


class RevisionChoice(NamedTuple):
    """What the page shows. `year` is 0 for what is in the ground: that is compared edition by edition."""

    dataset: str
    mineral: str
    measure: str
    year: int
    places: tuple[str, ...] = ()
    which: str = MOST_REVISED


@kept_with_data()
def _series(data: Snapshot) -> pd.DataFrame:
    """The distinct series of all editions."""
    columns = ["dataset", "edition", "mineral", "measure", "year"]
    return contents_of(data)[columns].drop_duplicates().reset_index(drop=True)


@kept_with_data(64)
def _of(data: Snapshot, dataset: str, mineral: str = "") -> pd.DataFrame:
    """The series of a dataset, or those that it has of a mineral."""
    if not mineral:
        series = _series(data)
        return series[series["dataset"] == dataset]
    series = _of(data, dataset)
    return series[series["mineral"] == mineral]


def _datasets(data: Snapshot, _asked: Asked) -> list[str]:
    """The datasets, that of the newest figures first; those of one edition last."""
    counts = _series(data).groupby("dataset")["edition"].nunique()
    left, ordered = list(data.edition_names), []
    while left:
        dataset = EditionId.parse(newest_edition(data, left)).dataset
        left = [name for name in left if EditionId.parse(name).dataset != dataset]
        ordered.append(dataset)
    return sorted((name for name in ordered if name in counts), key=lambda name: int(counts[name] == 1))


def _minerals(data: Snapshot, asked: Asked) -> list[str]:
    return sorted(_of(data, asked["dataset"])["mineral"].unique(), key=mineral_name)


def _measures(data: Snapshot, asked: Asked) -> list[str]:
    """The measures that are printed."""
    found = set(_of(data, asked["dataset"], asked["mineral"])["measure"])
    return [str(name) for name in Measure if name in found]


def _first_measure(data: Snapshot, asked: Asked, measures: Sequence[str]) -> str:
    """The first measure of which a number was revised, else that several editions print; reserves first."""
    reserves_first = sorted(measures, key=lambda name: name != Measure.RESERVES)
    revised = (name for name in reserves_first if _revised_years(data, {**asked, "measure": name}))
    compared = (name for name in reserves_first if _is_compared(data, asked, name))
    return next(chain(revised, compared, reserves_first), "")


def _revised_years(data: Snapshot, asked: Asked) -> list[str]:
    """The years of which a number of a country was revised, the latest first."""
    if _of(data, asked["dataset"], asked["mineral"])["edition"].nunique() < 2:
        return []
    lines = revised_lines(data, asked["dataset"], asked["mineral"])
    alike = measures_alike(asked["dataset"], asked["mineral"], asked["measure"])
    changed = lines["change"].fillna(0).ne(0) & ~lines["place"].isin([WORLD, OTHER])
    years = lines.loc[changed & lines["as_measure"].isin(alike), "of_year"].unique()
    return [str(year) for year in sorted(years, reverse=True)]


def _is_compared(data: Snapshot, asked: Asked, measure: str) -> bool:
    """Whether several editions print a measure, of one year unless it is of what is in the ground."""
    counts = _editions_by_year(data, asked, measure)
    return len(counts) > 0 and int(counts.sum() if in_ground(measure) else counts.max()) > 1


def _editions_by_year(data: Snapshot, asked: Asked, measure: str) -> pd.Series:
    """How many editions print a measure, by year."""
    series = _of(data, asked["dataset"], asked["mineral"])
    alike = measures_alike(asked["dataset"], asked["mineral"], measure)
    return series[series["measure"].isin(alike)].groupby("year")["edition"].nunique()


def _years(data: Snapshot, asked: Asked) -> list[str]:
    """The years that several editions print, the latest first; all where each is printed once."""
    if in_ground(asked["measure"]):
        return []
    counts = _editions_by_year(data, asked, asked["measure"])
    several = counts[counts > 1]
    return [str(year) for year in sorted((several if len(several) else counts).index, reverse=True)]


def _first_year(data: Snapshot, asked: Asked, years: Sequence[str]) -> str:
    """The latest year of which a number was revised, if there is one."""
    revised = _revised_years(data, asked) if years else ()
    return next((year for year in revised if year in years), years[0] if years else "")


def _dataset_words(dataset: str, data: Snapshot) -> str:
    names = {item.dataset.id: item.dataset.short_title for item in data.catalogue.editions}
    return names.get(dataset, dataset)


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "dataset", "Dataset", _datasets, words=_dataset_words, linked=Linked.IF_SEVERAL, quiet=True, width=1.3
    ),
    Parameter("mineral", "Mineral", _minerals, first_mineral, mineral_words, width=2),
    Parameter(
        "measure",
        "Measure",
        _measures,
        _first_measure,
        measure_words,
        quiet=True,
        width=1.3,
        fits=_is_compared,
    ),
    Parameter("year", "Production of", _years, _first_year, quiet=True, width=1.3),
    PLACES,
    named_choice("which", "Show", _WHICH, control=Control.SEGMENTED, row=2, width=1.5),
    READING,
)


def rows_of_dataset(data: Snapshot, dataset: str, mineral: str) -> pd.DataFrame:
    """All observations that a dataset has of a mineral."""
    rows = data.of_mineral(mineral)
    return rows[rows["dataset"] == dataset]


@kept_with_data(8)
def revised_lines(data: Snapshot, dataset: str, mineral: str) -> pd.DataFrame:
    """The lines of `analysis.revisions`, for all measures and years of a mineral: none depends on another.

    Of a dataset that is not large all minerals are compared at once, for the next choice.
    """
    if is_large_dataset(data, dataset):
        return few(revisions(rows_of_dataset(data, dataset, mineral)))
    return _revised(data, dataset).of(mineral).reset_index(drop=True)


@kept_with_data(4)
def _revised(data: Snapshot, dataset: str) -> ByMineral:
    """The lines of `analysis.revisions` of all minerals of a dataset."""
    table = data.observations
    return by_mineral(few(revisions(few(table[table["dataset"] == dataset]))))


def in_ground(measure: str) -> bool:
    """Whether a measure is of what is in the ground, whatever year it is dated."""
    return measure in [str(name) for name in IN_GROUND]
