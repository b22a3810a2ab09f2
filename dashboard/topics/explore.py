"""Explore: any mineral, measure and edition, countries ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache

import pandas as pd

from dashboard.analysis.scope import list_name, lists, lists_naming
from dashboard.charts.view import InShort, View
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.newest_figures import contents_of, first_with_figures, newest_edition
from dashboard.topics.parameters import (
    NO_STATISTICS,
    PANEL_SCALES,
    READING,
    SHARED_SCALE,
    Asked,
    Control,
    Linked,
    Parameter,
    codes_of,
    first_mineral,
    named_choice,
    none_of_them,
)
from dashboard.topics.ranked_rows import AS_PRINTED
from dashboard.topics.ranking import ALL, AUTO, CHOSEN, FIRST, Choice, ranked_finding, ranked_view
from loaders.added_minerals import until_minerals_change
from loaders.errors import UnknownName
from loaders.model import EditionId
from loaders.names import mineral_name, place_name, places
from loaders.units import scales
from loaders.units.bases import possible
from loaders.vocabulary import Basis, Measure

NAME = "explore"

_WHICH = {FIRST: "First 15", ALL: "All", CHOSEN: "Chosen only"}
"""Which countries are drawn, with the words for it."""

_SCALE_WORDS = {AUTO: "as fits", "m3": "m³", "kt": "kt (thousand t)", "Mt": "Mt (million t)"}


def view(asked: Asked, data: Snapshot) -> View:
    """One table of one edition, ranked."""
    if data.observations.empty:
        return View(NAME, empty=NO_STATISTICS)
    return ranked_view(NAME, choice_of(asked), data)


def explore_finding(asked: Asked, data: Snapshot) -> InShort:
    """What the view finds."""
    return ranked_finding(choice_of(asked), data)


def choice_of(asked: Asked) -> Choice:
    """What is asked for, typed."""
    return Choice(
        mineral=asked["mineral"],
        measure=asked["measure"],
        edition=asked["edition"],
        year=int(asked["year"] or 0),
        places=codes_of(asked["places"]),
        which=asked["which"],
        unit=asked["unit"],
        basis=asked["basis"],
    )


# What can be chosen -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """What can be chosen: the distinct series of all editions.

    `series` gives the years of each mineral, measure and edition (an id such as `usgs-mcs.2025`), the
    latest first, and those of forecasts after all others; `unit` the canonical unit of each mineral and
    measure; `editions` are all installed editions by id, with the words for them, in order; `printed_bases`
    are those on which some edition prints a mineral and measure.
    """

    series: dict[str, dict[str, dict[str, list[int]]]] = field(repr=False)
    unit: dict[tuple[str, str], str] = field(repr=False)
    editions: dict[str, str]
    printed_bases: dict[tuple[str, str], set[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def minerals(self) -> list[str]:
        """Every mineral that some edition has figures of, by display name."""
        return sorted(self.series, key=mineral_name)

    def measures(self, mineral: str) -> list[str]:
        """The measures that some edition has of a mineral, in the order of the vocabulary."""
        known = self.series.get(mineral, {})
        return [str(measure) for measure in Measure if measure in known]

    def having(self, mineral: str, measure: str) -> list[str]:
        """The editions that have this measure of this mineral, the latest last."""
        known = self.series.get(mineral, {}).get(measure, {})
        return [edition for edition in self.editions if edition in known]

    def years(self, mineral: str, measure: str, edition: str) -> list[int]:
        """The years that an edition has of a series, the latest first; none where it has no such series."""
        return self.series.get(mineral, {}).get(measure, {}).get(edition, [])

    def units(self, mineral: str, measure: str) -> list[str]:
        """The units in which a series can be shown, `AUTO` first."""
        unit = self.unit.get((mineral, measure), "")
        return [AUTO, *scales(unit)] if unit else [AUTO]

    @cached_property
    def _bases(self) -> dict[tuple[str, str], list[str]]:
        return {}

    def bases(self, mineral: str, measure: str) -> list[str]:
        """What the tonnes can be shown as, `AS_PRINTED` first: nothing else where no basis converts."""
        if (mineral, measure) not in self._bases:
            self._bases[mineral, measure] = self._found_bases(mineral, measure)
        return self._bases[mineral, measure]

    def _found_bases(self, mineral: str, measure: str) -> list[str]:
        if self.unit.get((mineral, measure)) != "t":
            return [AS_PRINTED]
        if not any(possible(mineral, basis) for basis in self.printed_bases[mineral, measure]):
            return [AS_PRINTED]
        return [AS_PRINTED, *map(str, [Basis.CONTENT, *possible(mineral, Basis.CONTENT)])]


def offer(contents: pd.DataFrame, editions: Mapping[str, str]) -> Offer:
    """What contents of tables offer; `editions` are the installed ones by id, with the words for them."""
    columns = ["mineral", "measure", "dataset", "edition", "year", "unit"]
    names, forecast = contents[columns], contents["is_forecast"]
    tables = [names[~forecast], names[forecast]] if forecast.any() else [names]
    table = pd.concat([part.drop_duplicates().sort_values("year", ascending=False) for part in tables])
    series: dict[str, dict[str, dict[str, list[int]]]] = {}
    units: dict[tuple[str, str], str] = {}
    for mineral, measure, dataset, edition, year, unit in table.itertuples(index=False, name=None):
        years = (
            series.setdefault(mineral, {})
            .setdefault(measure, {})
            .setdefault(str(EditionId(dataset, edition)), [])
        )
        if year not in years:
            years.append(int(year))
        units.setdefault((mineral, measure), unit)
    return Offer(series, units, dict(editions), _printed_bases(contents))


def _printed_bases(contents: pd.DataFrame) -> dict[tuple[str, str], set[str]]:
    """(mineral, measure) -> the bases on which some edition prints it."""
    found: dict[tuple[str, str], set[str]] = {}
    pairs = contents[["mineral", "measure", "basis"]].drop_duplicates()
    for mineral, measure, basis in pairs.itertuples(index=False, name=None):
        found.setdefault((mineral, measure), set()).add(str(basis))
    return found


@kept_with_data(of_names=True)
def offered_by(data: Snapshot) -> Offer:
    """What a snapshot offers, found once."""
    return offer(contents_of(data), data.edition_names)


@cache
def choosable_places() -> tuple[str, ...]:
    """The codes of all countries, by display name: also those that no table names."""
    table = places()
    single = table[table["kind"].isin(["country", "historic", "user-assigned"])]
    return tuple(sorted(single.index, key=place_name))


def _default_edition(data: Snapshot, asked: Asked, _options: Sequence[str]) -> str:
    """The edition that has the table with the newest figures."""
    having = offered_by(data).having(asked["mineral"], asked["measure"])
    return newest_edition(data, having, [asked["mineral"]], [asked["measure"]])


def _default_measure(data: Snapshot, asked: Asked, measures: Sequence[str]) -> str:
    return first_with_figures(data, asked["mineral"], measures)


def _has_table(data: Snapshot, asked: Asked, edition: str) -> bool:
    return edition in offered_by(data).having(asked["mineral"], asked["measure"])


def _years(data: Snapshot, asked: Asked) -> list[str]:
    years = offered_by(data).years(asked["mineral"], asked["measure"], asked["edition"])
    return [str(year) for year in years]


def mineral_words(mineral: str, _data: Snapshot) -> str:
    """A mineral by name, if it is known; otherwise as the link has it."""
    try:
        return mineral_name(mineral)
    except UnknownName:
        return mineral


def measure_words(measure: str, _data: Snapshot) -> str:
    """A measure by its label, if it is known."""
    return Measure(measure).label if measure in list(Measure) else measure


def edition_words(edition: str, data: Snapshot) -> str:
    """An edition as "USGS 2025", if it is installed."""
    return data.edition_names.get(edition, edition)


def place_words(place: str, _data: Snapshot) -> str:
    """A country by name, if it is known."""
    try:
        return place_name(place)
    except UnknownName:
        return place


def _basis_words(basis: str, _data: Snapshot) -> str:
    if basis == AS_PRINTED:
        return "as printed"
    return Basis(basis).label if basis in list(Basis) else basis


def _scales(data: Snapshot, asked: Asked) -> Sequence[str]:
    """A choice only of what some edition prints in more ways than one: that may be several panels."""
    bases = offered_by(data).printed_bases.get((asked["mineral"], asked["measure"]), ())
    return PANEL_SCALES.options(data, asked) if len(bases) > 1 else [SHARED_SCALE]


PLACES = Parameter(
    "places",
    "Countries",
    lambda _data, _asked: choosable_places(),
    none_of_them,
    words=place_words,
    control=Control.MULTISELECT,
    many=True,
    row=2,
    width=2.0,
    unknown="No country has the code {}.",
    placeholder="Choose countries",
)

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "mineral", "Mineral", lambda data, _: offered_by(data).minerals, first_mineral, mineral_words, width=2
    ),
    Parameter(
        "measure",
        "Measure",
        lambda data, asked: offered_by(data).measures(asked["mineral"]),
        _default_measure,
        measure_words,
        width=1.6,
        yields_to=("edition",),
    ),
    Parameter(
        "edition", "Edition", lambda data, _: list(offered_by(data).editions)[::-1], _default_edition,
        edition_words, fits=_has_table,
    ),
    Parameter("year", "Year", _years, quiet=True, width=0.8),
    PLACES,
    named_choice("which", "Show", _WHICH, control=Control.SEGMENTED, row=2, width=2.4),
    Parameter(
        "unit", "Unit", lambda data, asked: offered_by(data).units(asked["mineral"], asked["measure"]),
        words=lambda unit, _: _SCALE_WORDS.get(unit, unit), linked=Linked.UNLESS_DEFAULT, row=2,
    ),
    Parameter(
        "basis", "Show as", lambda data, asked: offered_by(data).bases(asked["mineral"], asked["measure"]),
        words=_basis_words, linked=Linked.UNLESS_DEFAULT, row=2, quiet=True,
    ),
    replace(PANEL_SCALES, options=_scales),
    READING,
)  # fmt: skip


@until_minerals_change
@lru_cache(maxsize=300)
def lists_words(mineral: str) -> str:
    """The official critical lists that name a mineral or its members: "Rare earths: on US 2022, ..."."""
    names, every = (", ".join(map(list_name, found)) for found in (lists_naming(mineral), lists()))
    return f"{mineral_name(mineral)}: on {names or f'none of the lists {every}'}"
