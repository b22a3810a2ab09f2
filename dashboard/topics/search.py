"""What a reader can look for: minerals, countries, claims, sources and pages, however people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.accounts import dependence_rows, has_account
from dashboard.topics.explore import choosable_places, offered_by
from dashboard.topics.members import page_of
from dashboard.topics.sources import document_name, edition_name
from dashboard.words.claims import claim_words
from dashboard.words.pages import PAGE_TITLES
from loaders.knowledge import rules, table
from loaders.names import critical_lists, mineral_name, minerals, place_name, places
from loaders.text import in_sentence, quoted
from loaders.units.elements import symbol_of
from loaders.vocabulary import EUROPEAN_UNION, OTHER, WORLD

_ALSO_CALLED = {
    "concentration": ("HHI", "Herfindahl-Hirschman index", "market shares"),
    "dependence": ("net import reliance",),
    "explore": ("explore",),
    "disagree": ("differences between sources",),
    "glance": ("critical minerals", "overview"),
    "words": ("glossary", "definitions"),
    "data": ("upload", "datasets", "editions"),
    "article": ("upload an article",),
}
"""What people call a page besides."""

_MOST_NAMES, IN_A_BOX = 6, 4
"""Other names that stand behind the name of a mineral or a country: in the search, and in a box of them."""

CODE = 3
"""Letters of the code of one country."""


class Destination(NamedTuple):
    """Where something is to be seen: its label, the page, the parameters of its link, and its names."""

    label: str
    page: str
    link: dict[str, str]
    names: tuple[str, ...] = ()


@kept_with_data()
def destinations(data: Snapshot) -> tuple[Destination, ...]:
    """Everything that can be looked for in what is loaded: minerals first, then countries, and the rest."""
    objects = (*_minerals(data), *_countries(data), *_overviews(data), *_dependence(data))
    return (*objects, *_claims(data), *_sources(data), *_pages())


def _minerals(data: Snapshot) -> Iterator[Destination]:
    """A mineral without figures by country leads to a group that has some or to its parts, and to prices."""
    for mineral in sorted(minerals().index, key=mineral_name):
        label = _label(mineral_name(mineral), names_of_mineral(mineral))
        names = (mineral_name(mineral), *names_of_mineral(mineral), *looked_for(mineral))
        for found, said in _shown_as(mineral, data).items():
            yield Destination(said or label, "mineral", {"mineral": found}, names)
        if page_of(mineral, data) == "prices":
            yield Destination(f"{label}: prices", "prices", {"mineral": mineral}, names)


def _shown_as(mineral: str, data: Snapshot) -> dict[str, str]:
    """The mineral itself, the nearest group of it with figures of its own, or its parts; and other labels."""
    shown, groups = offered_by(data).series, minerals()["group"]
    found: str | None = mineral
    while found and found not in shown:
        found = groups.get(found)
    if found == mineral:
        return {found: ""}
    if found:
        label = _label(mineral_name(mineral), names_of_mineral(mineral))
        return {found: f"{label}, without figures by country: a part of {mineral_name(found)}"}
    parts = [part for part in groups.index[groups == mineral] if part in shown]
    return {part: f"{mineral_name(mineral)}: {in_sentence(mineral_name(part))}" for part in parts}


def _countries(data: Snapshot) -> Iterator[Destination]:
    """Every country that a table or a claim names leads to its page."""
    named = {*data.observations["place"].unique(), *(claim.place for claim in data.seeds.claims)}
    for place in sorted(named & {*choosable_places()}, key=place_name):
        name, names = place_name(place), names_of_place(place)
        label = _label(name, names)
        yield Destination(label, "country", {"place": place}, (name, *names, *looked_for(place)))


def _overviews(data: Snapshot) -> Iterator[Destination]:
    """All minerals of a list at a glance, and what is imported of all; "EU" is the name of a list."""
    for name, line in critical_lists().iterrows():
        link = {"list": str(name)}
        title = str(line["title"])
        label = f"All minerals at a glance: {title}"
        yield Destination(label, "glance", link, (title, str(line["owner"]), str(line["authority"])))
    if not dependence_rows(data).empty:
        yield Destination("All minerals: dependence on imports", "dependence", {"ask": "all"})
        yield _of_the_union(data)


def _of_the_union(data: Snapshot) -> Destination:
    """The European Union's account, or the page that says what to hand in."""
    name, label = place_name(EUROPEAN_UNION), f"{place_name(EUROPEAN_UNION)}: dependence on imports"
    names = (name, *names_of_place(EUROPEAN_UNION), *looked_for(EUROPEAN_UNION))
    if has_account(data, EUROPEAN_UNION):
        return Destination(label, "dependence", {"ask": "all", "account": EUROPEAN_UNION}, names)
    return Destination(f"{label} is not loaded; what to hand in", "dependence", {"ask": "all"}, names)


def _dependence(data: Snapshot) -> Iterator[Destination]:
    """A mineral leads to how dependent a country is on it, and a country to what is imported from it."""
    rows = dependence_rows(data)
    for mineral in sorted(rows["mineral"].unique(), key=mineral_name):
        label = f"{_label(mineral_name(mineral), names_of_mineral(mineral))}: dependence on imports"
        nowhere_else = page_of(mineral, data) != "mineral"
        called = (mineral_name(mineral), *names_of_mineral(mineral), *looked_for(mineral))
        names = called if nowhere_else else ()
        yield Destination(label, "dependence", {"mineral": mineral}, names)
    partners = {str(code) for code in rows["partner"].unique() if len(str(code)) == CODE} - {
        WORLD,
        OTHER,
        EUROPEAN_UNION,
    }
    for place in sorted(partners, key=place_name):
        label = f"{_label(place_name(place), names_of_place(place))}: what is imported from there"
        yield Destination(label, "dependence", {"ask": "country", "place": place})


def _claims(data: Snapshot) -> Iterator[Destination]:
    for claim in data.seeds.claims:
        label = f"Claim: {claim_words(claim)}, {quoted(claim.printed)}, {claim.origin}"
        yield Destination(label, "claims", {"claim": claim.id})


def _sources(data: Snapshot) -> Iterator[Destination]:
    for document in data.seeds.documents:
        source = document.source
        yield Destination(f"Source: {document_name(source)}", "sources", {"source": source.id})
    for item in (*reversed(data.catalogue.editions), *reversed(data.catalogue.national)):
        yield Destination(f"Source: {edition_name(item)}", "sources", {"source": item.source.id})


def _pages() -> Iterator[Destination]:
    for page, title in PAGE_TITLES.items():
        yield Destination(f"Page: {title}", page, {}, (title, *_ALSO_CALLED.get(page, ())))


# Names ------------------------------------------------------------------------------------------------

_SHORT = re.compile(r"[A-Za-zÀ-ž .()'’-]{2,26}|[A-Z][a-z]?")


def _label(name: str, others: Iterable[str], most: int = _MOST_NAMES) -> str:
    """A name and what else people call it, the short names first: "Tungsten (W, wolfram)"."""
    short = {other.casefold(): other for other in others if _SHORT.fullmatch(other)}
    short.pop(name.casefold(), None)
    more = sorted(short.values(), key=len)[:most]
    return f"{name} ({', '.join(more)})" if more else name


@cache
def with_other_names(code: str, name: str) -> str:
    """The name of a mineral or a place with what else people call it; any other words as they are."""
    if code in minerals().index and name == mineral_name(code):
        return _label(name, names_of_mineral(code), IN_A_BOX)
    if code in places().index and name == place_name(code):
        return _label(name, names_of_place(code), IN_A_BOX)
    return name


def names_of_mineral(mineral: str) -> list[str]:
    """Other names of a mineral: the symbol of its element, common spellings, what the press says."""
    symbol = symbol_of(mineral)
    return [*([symbol] if symbol else []), *_other_names("mineral_names", "mineral").get(mineral, ()),
            *_other_names("article_minerals", "mineral").get(mineral, ())]  # fmt: skip


def names_of_place(place: str) -> list[str]:
    """Other names of a place: its codes, and what else it is called."""
    return [place, *_other_names("place_names", "place").get(place, ())]


def looked_for(code: str) -> tuple[str, ...]:
    """Names of a mineral or a place that are looked for and stand in no label.

    In other languages, of old, symbols and words of the trade; some mean several things, so that nothing
    that is handed in is read by them.
    """
    return _looked_for().get(code, ())


@cache
def _looked_for() -> dict[str, tuple[str, ...]]:
    lines = [line for name in ("minerals_looked_for", "places_looked_for") for line in rules(name)]
    cells = {next(iter(line.values())): ";".join([*line.values()][1:]) for line in lines}
    return {code: tuple(dict.fromkeys(filter(None, text.split(";")))) for code, text in cells.items()}


@cache
def _other_names(name: str, of: str) -> dict[str, list[str]]:
    """The spellings that are nobody's own, by what they mean."""
    names = table(name)
    common = names["publisher"] == "any" if "publisher" in names else names["language"] == "en"
    whole = names["detail"] == "" if "detail" in names else common
    found = names[common & whole].groupby(of, sort=False)["spelling"].agg(list)
    return {str(code): spellings for code, spellings in found.items()}
