"""What can be followed over the years: minerals, measures and datasets with figures of several years."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.concordance import measures_alike
from dashboard.analysis.scope import members
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.explore import (
    choosable_places,
    measure_words,
    mineral_words,
    offered_by,
    place_words,
)
from dashboard.topics.newest_figures import bundled_datasets
from dashboard.topics.parameters import (
    Asked,
    Control,
    Linked,
    Parameter,
    first_mineral,
    named_choice,
    none_of_them,
)
from dashboard.topics.time_details import DETAIL
from loaders.model import EditionId
from loaders.names import mineral_name
from loaders.vocabulary import EUROPEAN_UNION, OF_ONE_COUNTRY, WORLD, Measure

_TOGETHER, EACH_ALONE, INDEXED = "together", "apart", "index"
FORMS = {_TOGETHER: "On one axis", EACH_ALONE: "A panel each", INDEXED: "Index, one year = 100"}
"""How lines are drawn, with the words for it."""

LINEAR, LOG, OWN = "linear", "log", "own"
AXES = {LINEAR: "Equal steps", LOG: "Powers of ten", OWN: "Own scales"}
"""Which scale they are drawn on."""

WITH_EVENTS, WITHOUT_EVENTS = "shown", "hidden"
_EVENTS = {WITH_EVENTS: "Shown", WITHOUT_EVENTS: "Hidden"}

_Years = dict[str, tuple[int, ...]]
"""The years of each dataset, in order."""


@kept_with_data()
def offered_years(data: Snapshot) -> dict[str, dict[str, _Years]]:
    """mineral -> measure -> dataset -> its years; own accounts too."""
    every: dict[tuple[str, str, str], set[int]] = {}
    for mineral, measures in offered_by(data).series.items():
        for measure, editions in measures.items():
            for edition, years in editions.items():
                every.setdefault((mineral, measure, EditionId.parse(edition).dataset), set()).update(years)
    own = _national(data)[["mineral", "measure", "dataset", "year"]].drop_duplicates()
    for *table, year in own.itertuples(index=False, name=None):
        every.setdefault((table[0], table[1], table[2]), set()).add(int(year))
    found: dict[str, dict[str, _Years]] = {}
    for (mineral, measure, dataset), several in sorted(every.items()):
        found.setdefault(mineral, {}).setdefault(measure, {})[dataset] = tuple(sorted(several))
    return found


@kept_with_data()
def followed(data: Snapshot) -> dict[str, dict[str, _Years]]:
    """The same of what has two years at least, so that there is a line."""
    found: dict[str, dict[str, _Years]] = {}
    for mineral, measures in offered_years(data).items():
        for measure, datasets in measures.items():
            several = {name: years for name, years in datasets.items() if len(years) > 1}
            if several:
                found.setdefault(mineral, {})[measure] = several
    return found


@kept_with_data()
def own_accounts(data: Snapshot) -> frozenset[str]:
    """The datasets that are accounts alone: one country's own, or the European Union's."""
    return frozenset(item.dataset.id for item in data.catalogue.all) - data.compared


def _national(data: Snapshot) -> pd.DataFrame:
    """The figures of accounts that make lines: not those of the Union in a table of countries."""
    table = data.national
    alone = table["dataset"].isin(own_accounts(data)) | table["measure"].isin(map(str, OF_ONE_COUNTRY))
    return table[alone]


def minerals_over_time(data: Snapshot, _asked: Asked) -> list[str]:
    """Every mineral that something can be followed of, by name."""
    return sorted(followed(data), key=mineral_name)


def _of(data: Snapshot, asked: Asked) -> dict[str, _Years]:
    return followed(data).get(asked["mineral"], {})


def _measures(data: Snapshot, asked: Asked) -> list[str]:
    known = _of(data, asked)
    return [str(measure) for measure in Measure if measure in known]


def first_measure(data: Snapshot, asked: Asked, measures: Sequence[str]) -> str:
    """The measure that is compared between countries over the most years, of several to the latest.

    Datasets that count the mineral's forms apart come after those that do not. If there is none, it is one of
    an own account. Of two names for the same it is the one of more years.
    """
    own, known = own_accounts(data), _of(data, asked)

    def years(measure: str) -> tuple[bool, bool, int, int, int]:
        among = [name for name in known[measure] if name not in own]
        every = among or list(known[measure])
        named = {name: _printed_years(data, asked["mineral"], measure, name) for name in every}
        most = max(
            (not parts_apart(data, asked["mineral"], name), len(years), years[-1], len(known[measure][name]))
            for name, years in named.items()
        )
        return bool(among), *most

    return max(measures, key=years) if measures else ""


def _datasets(data: Snapshot, asked: Asked) -> list[str]:
    """The datasets that have the measure: the most years first, then the latest.

    Those that count the mineral's forms apart come after the others, own accounts last.
    """
    known, own = _of(data, asked).get(asked["measure"], {}), own_accounts(data)

    def order(dataset: str) -> tuple[bool, bool, int, int, bool, str]:
        years = _printed_years(data, asked["mineral"], asked["measure"], dataset)
        apart, others = bool(parts_apart(data, asked["mineral"], dataset)), bundled_datasets(data)
        return dataset in own, apart, -len(years), -years[-1], dataset not in others, dataset

    return sorted(known, key=order)


def _printed_years(data: Snapshot, mineral: str, measure: str, dataset: str) -> list[int]:
    """The years in which a dataset prints a measure, or the same under another name, in order."""
    known = offered_years(data).get(mineral, {})
    alike = measures_alike(dataset, mineral, measure)
    return sorted({year for name in alike for year in known.get(name, {}).get(dataset, ())})


def dataset_words(dataset: str, data: Snapshot) -> str:
    """A dataset by its short title, if it is installed."""
    names = {item.dataset.id: item.dataset.short_title for item in data.catalogue.all}
    return names.get(dataset, dataset)


def _years(data: Snapshot, asked: Asked) -> list[str]:
    return list(map(str, _printed_years(data, asked["mineral"], asked["measure"], asked["dataset"])))


def _until(data: Snapshot, asked: Asked) -> list[str]:
    return [year for year in _years(data, asked) if year >= asked["since"]][::-1]


def _bases(data: Snapshot, asked: Asked) -> list[str]:
    """The years that can be 100; none where lines are not indexed."""
    if asked["form"] != INDEXED:
        return []
    return [year for year in _years(data, asked) if asked["since"] <= year <= asked["until"]]


def _places(data: Snapshot, asked: Asked) -> list[str]:
    """The world, the countries that the dataset has figures of, and then all others, each by name."""
    printed = _printed_places(data).get((asked["mineral"], asked["dataset"]), frozenset())
    several = [place for place in (WORLD, EUROPEAN_UNION) if place == WORLD or place in printed]
    return [*several, *sorted(choosable_places(), key=lambda place: place not in printed)]


def _is_printed(data: Snapshot, asked: Asked, place: str) -> bool:
    """Whether the dataset has figures of a country."""
    return place in _printed_places(data).get((asked["mineral"], asked["dataset"]), frozenset())


def parts_apart(data: Snapshot, mineral: str, dataset: str) -> list[str]:
    """The forms and members of a mineral that a dataset counts apart: in no line of the mineral itself."""
    printed = _printed_places(data)
    return [part for part in members(mineral) if (part, dataset) in printed]


@kept_with_data()
def _printed_places(data: Snapshot) -> dict[tuple[str, str], frozenset[str]]:
    """The places of each mineral and dataset."""
    columns = ["mineral", "dataset", "place"]
    table = pd.concat([part[columns].drop_duplicates() for part in (data.observations, _national(data))])
    groups = table.groupby(["mineral", "dataset"], sort=False)["place"]
    return {(str(mineral), str(dataset)): frozenset(own) for (mineral, dataset), own in groups}


PARAMETERS_OF_TIME: tuple[Parameter, ...] = (
    Parameter("mineral", "Mineral", minerals_over_time, first_mineral, mineral_words, width=2),
    Parameter(
        "measure", "Measure", _measures, first_measure, measure_words, width=1.6, yields_to=("dataset",)
    ),
    Parameter("dataset", "Dataset", _datasets, words=dataset_words, quiet=True, width=2, follows=True),
    DETAIL,
    Parameter("since", "From", _years, linked=Linked.UNLESS_DEFAULT, quiet=True, width=0.7),
    Parameter("until", "To", _until, linked=Linked.UNLESS_DEFAULT, quiet=True, width=0.7),
    Parameter(
        "places", "Countries", _places, none_of_them, words=place_words,
        control=Control.MULTISELECT, many=True, row=2, width=2.6, unknown="No country has the code {}.",
        fits=_is_printed,
        placeholder="The largest; or choose",
    ),
    named_choice("form", "Lines", FORMS, row=2, width=1.3),
    named_choice("axis", "Scale", AXES, row=2, width=1.3),
    Parameter(
        "base", "Year = 100", _bases, linked=Linked.UNLESS_DEFAULT, row=2, quiet=True, width=0.8,
    ),
    named_choice("events", "Events", _EVENTS, row=2, width=0.8),
)  # fmt: skip
