"""What can be chosen on the page Explore, what is chosen, and how a link says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import NamedTuple

import pandas as pd

from dashboard.topics.parameters import one
from loaders.names import critical_lists, mineral_name, minerals, place_name, places
from loaders.units import scales
from loaders.units.bases import possible
from loaders.vocabulary import Basis, Measure

AUTO = "auto"
PRINTED = "printed"
FIRST, ALL, CHOSEN = "first", "all", "chosen"
WHICH = {FIRST: "First 15", ALL: "All", CHOSEN: "Chosen only"}
"""Which countries are drawn, with the words for it."""

FIRST_MINERAL = "rare-earths"
"""What the page opens with, where no mineral is asked for."""

_SCALE_WORDS = {AUTO: "as fits", "m3": "m³", "kt": "kt (thousand t)", "Mt": "Mt (million t)"}


class Choice(NamedTuple):
    """One view of the page.

    `basis` is what tonnes are shown as, a code of `vocabulary.Basis`, or `PRINTED`: as they are printed.
    `edition` is an id such as `usgs-mcs.2025`; `places` are codes; `which` is a key of `WHICH`; `unit` is
    one of `loaders.units.scales`, or `AUTO`. `year` is 0 where the edition has no such table.
    """

    mineral: str
    measure: str
    edition: str
    year: int
    places: tuple[str, ...] = ()
    which: str = FIRST
    unit: str = AUTO
    basis: str = PRINTED

    def link(self) -> dict[str, str]:
        """The view as the parameters of a link: stable ids, no labels."""
        found = {
            "mineral": self.mineral,
            "measure": self.measure,
            "edition": self.edition,
            "year": str(self.year or ""),
            "places": ",".join(self.places),
            "which": "" if self.which == FIRST else self.which,
            "unit": "" if self.unit == AUTO else self.unit,
            "basis": "" if self.basis == PRINTED else self.basis,
        }
        return {name: value for name, value in found.items() if value}


PARAMETERS = tuple(Choice._fields)
"""The names of a link's parameters."""


@dataclass(frozen=True)
class Offer:
    """What can be chosen: the distinct series of all editions.

    `series` gives the years of each mineral, measure and edition (an id such as `usgs-mcs.2025`), the
    latest first; `unit` the canonical unit of each mineral and measure; `editions` are all installed
    editions by id, with the words for them, in order; `in_use` are the current ones of their datasets;
    `printed_bases` are those on which some edition prints a mineral and measure.
    """

    series: dict[str, dict[str, dict[str, list[int]]]] = field(repr=False)
    unit: dict[tuple[str, str], str] = field(repr=False)
    editions: dict[str, str]
    in_use: frozenset[str] = frozenset()
    printed_bases: dict[tuple[str, str], set[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def minerals(self) -> list[str]:
        """Every mineral that some edition has figures of, by display name."""
        return sorted(self.series, key=mineral_name)

    def measures(self, mineral: str) -> list[str]:
        """The measures that some edition has of a mineral, in the order of the vocabulary."""
        known = self.series[mineral]
        return [str(measure) for measure in Measure if measure in known]

    def having(self, mineral: str, measure: str) -> list[str]:
        """The editions that have this measure of this mineral, the latest last."""
        known = self.series[mineral][measure]
        return [edition for edition in self.editions if edition in known]

    def years(self, mineral: str, measure: str, edition: str) -> list[int]:
        """The years that an edition has of a series, the latest first; none where it has no such series."""
        return self.series[mineral][measure].get(edition, [])

    def units(self, mineral: str, measure: str) -> list[str]:
        """The units in which a series can be shown, `AUTO` first."""
        return [AUTO, *scales(self.unit[mineral, measure])]

    def bases(self, mineral: str, measure: str) -> list[str]:
        """What the tonnes can be shown as, `PRINTED` first: nothing else where no basis converts."""
        if self.unit[mineral, measure] != "t":
            return [PRINTED]
        if not any(possible(mineral, basis) for basis in self.printed_bases[mineral, measure]):
            return [PRINTED]
        return [PRINTED, *map(str, [Basis.CONTENT, *possible(mineral, Basis.CONTENT)])]


def offer(observations: pd.DataFrame, editions: Mapping[str, str], in_use: Iterable[str] = ()) -> Offer:
    """What the observations offer; `editions` are the installed ones by id, with the words for them.

    `in_use` are the current ones of their datasets, one of which is the default.
    """
    columns = ["mineral", "measure", "dataset", "edition", "year", "unit"]
    table = observations[columns].drop_duplicates().sort_values("year", ascending=False)
    series: dict[str, dict[str, dict[str, list[int]]]] = {}
    units: dict[tuple[str, str], str] = {}
    for mineral, measure, dataset, edition, year, unit in table.itertuples(index=False, name=None):
        years = series.setdefault(mineral, {}).setdefault(measure, {}).setdefault(f"{dataset}.{edition}", [])
        if year not in years:
            years.append(int(year))
        units.setdefault((mineral, measure), unit)
    return Offer(series, units, dict(editions), frozenset(in_use), _printed_bases(observations))


def _printed_bases(observations: pd.DataFrame) -> dict[tuple[str, str], set[str]]:
    """(mineral, measure) -> the bases on which some edition prints it."""
    found: dict[tuple[str, str], set[str]] = {}
    pairs = observations[["mineral", "measure", "basis"]].drop_duplicates()
    for mineral, measure, basis in pairs.itertuples(index=False, name=None):
        found.setdefault((mineral, measure), set()).add(str(basis))
    return found


@cache
def choosable_places() -> tuple[str, ...]:
    """The codes of all countries, by display name: also those that no table names."""
    table = places()
    single = table[table["kind"].isin(["country", "historic", "user-assigned"])]
    return tuple(sorted(single.index, key=place_name))


def settle(wanted: Mapping[str, str], offered: Offer) -> tuple[Choice, list[str]]:
    """The view that comes nearest to what a link or the controls ask for, and what was not to be had.

    Whatever is missing takes its default: the measure that is kept or the first, the edition in use, else
    the latest with figures, its latest year. An edition without figures of the mineral stays, so that the
    page can say so.
    """
    missed: list[str] = []

    def choose(name: str, options: Sequence[str], default: str) -> str:
        return one(name, wanted, options, default, missed, partial(_words, offered, name))

    mineral = choose("mineral", offered.minerals, _first_mineral(offered))
    measures = offered.measures(mineral)
    measure = choose("measure", measures, measures[0])
    having = offered.having(mineral, measure)
    edition = choose("edition", list(offered.editions), _default(having, offered))
    years = [str(year) for year in offered.years(mineral, measure, edition)]
    year = choose("year", years, years[0]) if years else "0"
    which = choose("which", list(WHICH), FIRST)
    unit = choose("unit", offered.units(mineral, measure), AUTO)
    basis = choose("basis", offered.bases(mineral, measure), PRINTED)
    codes = _places(wanted.get("places", ""), missed)
    return Choice(mineral, measure, edition, int(year), codes, which, unit, basis), missed


def _default(having: Sequence[str], offered: Offer) -> str:
    return next((name for name in reversed(having) if name in offered.in_use), having[-1])


def _first_mineral(offered: Offer) -> str:
    names = offered.minerals
    return FIRST_MINERAL if FIRST_MINERAL in names else names[0]


def _places(text: str, missed: list[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(code for code in text.split(",") if code))
    known = set(choosable_places())
    unknown = [code for code in asked if code not in known]
    if unknown:
        missed.append(f"No country has the code {', '.join(f'“{code[:40]}”' for code in unknown)}.")
    return tuple(code for code in asked if code in known)


def _words(offered: Offer, name: str, value: str) -> str:
    """How a value is called, if it is known at all; otherwise as the link has it."""
    if name == "mineral":
        return mineral_name(value) if value in minerals().index else value
    if name == "measure":
        return Measure(value).label.lower() if value in list(Measure) else value
    return {**offered.editions, **WHICH, **_SCALE_WORDS, PRINTED: basis_words(PRINTED)}.get(value, value)


def unit_words(unit: str) -> str:
    """A scale as the control shows it."""
    return _SCALE_WORDS.get(unit, unit)


def basis_words(basis: str) -> str:
    """A basis as the control shows it."""
    return "as printed" if basis == PRINTED else Basis(basis).label


def lists_of(mineral: str) -> list[str]:
    """The official critical lists that name a mineral or its members, in a few words: "US 2022"."""
    titles, ids = critical_lists()["title"], minerals().at[mineral, "lists"]
    return [
        f"{str(titles[name]).split()[0]} {name.rsplit('-', 1)[1]}" for name in str(ids).split(";") if name
    ]
