"""What a reader can look for: minerals, countries, claims, sources and pages, however people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from dashboard.snapshot import Snapshot
from dashboard.topics.accounts import dependence_rows
from dashboard.topics.concentration import minerals_of
from dashboard.topics.sources import edition_name, entries
from dashboard.words.claims import claim_words
from loaders.knowledge import table
from loaders.names import mineral_name, minerals, place_name, places
from loaders.text import quoted
from loaders.units.bases import symbol_of
from loaders.vocabulary import OTHER, WORLD

PAGES = {
    "figures": "Figures",
    "claims": "Claims",
    "article": "Read an article",
    "explore": "Explore",
    "over-time": "Over time",
    "prices": "Prices",
    "revisions": "Revisions",
    "concentration": "Concentration",
    "dependence": "Dependence",
    "map": "Map",
    "briefs": "Briefs",
    "sources": "Sources",
    "disagree": "Sources disagree",
    "data": "Data",
    "words": "Words",
}
"""Every page by the name in its address, with its title."""

MOST_NAMES = 6
"""Other names that are shown behind the name of a mineral or a country."""


CODE = 3
"""Letters of the code of one country."""


class Destination(NamedTuple):
    """Where something is to be seen: how it is called, the page, and the parameters of its link."""

    label: str
    page: str
    link: dict[str, str]


@lru_cache(maxsize=2)
def destinations(data: Snapshot) -> tuple[Destination, ...]:
    """Everything that can be looked for in what is loaded: minerals first, then countries, and the rest."""
    return (
        *_minerals(data),
        *_countries(data),
        *_dependence(data),
        *_claims(data),
        *_sources(data),
        *_pages(),
    )


def _minerals(data: Snapshot) -> Iterator[Destination]:
    """A mineral without figures of its own leads to the nearest group that has some."""
    shown = set(minerals_of(data))
    groups = minerals()["group"]
    for mineral in sorted(groups.index, key=mineral_name):
        found: str | None = mineral
        while found and found not in shown:
            found = groups.get(found)
        if found:
            within = f", see {mineral_name(found)}" if found != mineral else ""
            label = _label(mineral_name(mineral), names_of_mineral(mineral)) + within
            yield Destination(label, "concentration", {"mineral": found})


def _countries(data: Snapshot) -> Iterator[Destination]:
    """Countries of which there are claims lead to these, others to the table that they weigh most in."""
    known = places()
    weighty = _weightiest(data)
    claimed = {claim.place for claim in data.seeds.claims}
    for place in sorted(({*weighty.index, *claimed} - {WORLD, OTHER}) & {*known.index}, key=place_name):
        label = _label(place_name(place), names_of_place(place))
        if place in claimed:
            yield Destination(label, "claims", {"place": place})
        else:
            row = weighty.loc[place]
            link = {"mineral": str(row["mineral"]), "measure": str(row["measure"]), "places": place}
            yield Destination(label, "explore", link)


def _dependence(data: Snapshot) -> Iterator[Destination]:
    """A mineral leads to how dependent a country is on it, and a country to what is imported from it."""
    rows = dependence_rows(data)
    for mineral in sorted(rows["mineral"].unique(), key=mineral_name):
        label = f"{_label(mineral_name(mineral), names_of_mineral(mineral))}: dependence on imports"
        yield Destination(label, "dependence", {"mineral": mineral})
    partners = {str(code) for code in rows["partner"].unique() if len(str(code)) == CODE} - {WORLD, OTHER}
    for place in sorted(partners, key=place_name):
        label = f"{_label(place_name(place), names_of_place(place))}: what is imported from there"
        yield Destination(label, "dependence", {"ask": "country", "place": place})


def _weightiest(data: Snapshot) -> pd.DataFrame:
    """For each place the mineral and measure of the row that is the largest part of the sum of a year."""
    table_of = ["dataset", "edition", "mineral", "measure", "year", "unit"]
    rows = data.observations[[*table_of, "place", "value"]]
    rows = rows[rows["place"].str.len() == CODE]
    sums = rows.groupby(table_of, observed=True)["value"].transform("sum")
    ordered = rows.assign(part=rows["value"] / sums).sort_values("part", ascending=False, kind="stable")
    return ordered.drop_duplicates("place").set_index("place")[["mineral", "measure"]]


def _claims(data: Snapshot) -> Iterator[Destination]:
    for claim in data.seeds.claims:
        label = f"Claim: {claim_words(claim)}, {quoted(claim.printed)}, {claim.origin}"
        yield Destination(label, "claims", {"claim": claim.id})


def _sources(data: Snapshot) -> Iterator[Destination]:
    for entry in entries(data.seeds, data.catalogue, data.observations):
        yield Destination(f"Source: {entry.name}", "sources", {"source": entry.source.id})
    for item in reversed(data.catalogue.national):
        yield Destination(f"Source: {edition_name(item)}", "sources", {"source": item.source.id})


def _pages() -> Iterator[Destination]:
    for page, title in PAGES.items():
        yield Destination(f"Page: {title}", page, {})


# Names ------------------------------------------------------------------------------------------------

_SHORT = re.compile(r"[A-Za-zÀ-ž .()'’-]{2,26}|[A-Z][a-z]?")


def _label(name: str, others: Iterable[str]) -> str:
    """A name and what else people call it, the short names first: "Tungsten (W, wolfram)"."""
    short = {other.casefold(): other for other in others if _SHORT.fullmatch(other)}
    short.pop(name.casefold(), None)
    more = sorted(short.values(), key=len)[:MOST_NAMES]
    return f"{name} ({', '.join(more)})" if more else name


def names_of_mineral(mineral: str) -> list[str]:
    """Other names of a mineral: the symbol of its element, common spellings, what the press says."""
    symbol = symbol_of(mineral)
    return [*([symbol] if symbol else []), *_other_names("mineral_names", "mineral").get(mineral, ()),
            *_other_names("article_minerals", "mineral").get(mineral, ())]  # fmt: skip


def names_of_place(place: str) -> list[str]:
    """Other names of a place: its codes, and what else it is called."""
    return [place, *_other_names("place_names", "place").get(place, ())]


@cache
def _other_names(name: str, of: str) -> dict[str, list[str]]:
    """The spellings that are nobody's own, by what they mean."""
    names = table(name)
    common = names["publisher"] == "any" if "publisher" in names else names["language"] == "en"
    whole = names["detail"] == "" if "detail" in names else common
    found = names[common & whole].groupby(of, sort=False)["spelling"].agg(list)
    return {str(code): spellings for code, spellings in found.items()}
