"""What typed words lead to: a name however it is written, several names together, or words of one thing.

Words are held against whole names and the beginnings of words, never against letters here and there: uranium
is not Mauritania.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import NamedTuple

from dashboard.analysis.evidence import OUTPUT
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics.accounts import dependence_rows
from dashboard.topics.explore import offered_by
from dashboard.topics.newest_figures import first_with_figures
from dashboard.topics.search import (
    CODE,
    Destination,
    destinations,
    looked_for,
    names_of_mineral,
    names_of_place,
)
from dashboard.words.pages import PAGE_TITLES
from loaders.names import mineral_name, minerals, place_name, places
from loaders.text import in_sentence, without_accents
from loaders.vocabulary import Measure

MOST_FOUND = 8
"""Destinations that words lead to at most."""
SPELLED_ALIKE = 0.8
"""How alike two spellings of a name are at least, from 0 to 1."""
SYMBOL = 2
"""Letters of a symbol or a short code, which among words is meant only where it is written so: "US"."""

NOTHING_FOUND = (
    "Nothing is called “{}”. The box finds minerals, countries, claims, sources and pages by their names, "
    "and several of them together, such as “cobalt DR Congo” or “price of lithium”."
)
_ALIKE_SAID = "Nothing is called “{}”. Did you mean:"
_NOT_ALL, _NEAREST = "Nothing here has all of these words", "; nearest to them:"
_NO_FIGURES = "Nothing that is loaded has figures of"
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an and are at by came come comes did do does for from had has have how in is it its many much of "
        "on or since the to was were what when which who with world global "
        "largest biggest first top leading main most",
    )
)
_ASKING = {
    "dependence": "dependence dependent depends relies reliance reliant imports imported importers",
    "prices": "prices costs",
    "revisions": "revisions revised",
    "concentration": "concentration HHI shares",
    "map": "map where",
    "over-time": "over time years history",
}
"""Pages that show one mineral, by words that ask for them."""
_MINED, _REFINED = (Measure.MINE_PRODUCTION,), (Measure.REFINERY_PRODUCTION, Measure.SMELTER_PRODUCTION)
_COUNTED = {
    _MINED: "mines mined mining miners",
    _REFINED: "refines refined refinery refineries refining smelters smelted",
    OUTPUT: "makes made makers production produces producers produced output",
    (Measure.RESERVES,): "holds holders reserves resources",
}
"""What the page of ranked countries counts, by words that ask for it, the narrower first."""


class Hits(NamedTuple):
    """What is found, best first; whether it has all that was typed; and what is said above it."""

    found: tuple[Destination, ...]
    sure: bool
    said: str


@kept_with_data(100)
def hits(typed: str, data: Snapshot) -> Hits:
    """What words lead to.

    First what is called so, then what is asked of several names together, unless some one thing has more of
    the words; then whatever else is named.
    """
    every, named = _by_rank(typed, data), _named(typed, data)
    called = [one for rank in _NAMES for one in every.get(rank, ())]
    together = list(_together([entry.destination for entry in named], _words(typed), data))
    held, explained = every.get(_HELD, []), _explains(named, typed)
    alone = [entry.destination for entry in named]
    found = [*called, *(together + held if explained else held + together), *alone]
    exact = bool(every.keys() & {_EXACT, _SAME})
    if called + held and not exact and len(typed) <= SYMBOL and typed.isascii():
        return Hits(_first(found), False, _ALIKE_SAID.format(typed))  # a letter or two begin many names
    not_loaded = "" if exact else ", ".join(_known_by_name().get(_plain(typed), ()))
    if not not_loaded and (called or held or (explained and together)):
        return Hits(_first(found), True, "")
    without = not_loaded or _without(named, typed)
    if without or found:
        nearest = _NEAREST if found else "."
        return Hits(_first(found), False, f"{f'{_NO_FIGURES} {without}' if without else _NOT_ALL}{nearest}")
    near = _alike(typed, data)
    return Hits(near, False, (_ALIKE_SAID if near else NOTHING_FOUND).format(typed))


def _first(found: Iterable[Destination]) -> tuple[Destination, ...]:
    """The first of them, each link once."""
    once: dict[tuple[object, ...], Destination] = {}
    for one in found:
        once.setdefault((one.page, *one.link.items()), one)
    return tuple(once.values())[:MOST_FOUND]


# One thing --------------------------------------------------------------------------------------------

_EXACT, _SAME, _BEGUN, _ALSO_BEGUN, _HELD = range(5)
_NAMES = (_EXACT, _SAME, _BEGUN, _ALSO_BEGUN)


class _Entry(NamedTuple):
    """A destination, its names, the same in plain letters, and the words of label and names."""

    destination: Destination
    names: tuple[str, ...]
    plain: tuple[str, ...]
    words: frozenset[str]


@kept_with_data()
def _entries(data: Snapshot) -> tuple[_Entry, ...]:
    return tuple(map(_entry, destinations(data)))


def _entry(one: Destination) -> _Entry:
    """Of "Graphite (natural)" the name is "Graphite", too."""
    names = (*one.names, *(name.partition(" (")[0] for name in one.names[:1]))
    words = _tokens(" ".join((one.label, *names)))
    return _Entry(one, names, tuple(map(_plain, names)), frozenset(words) | _words(" ".join(words)))


def _by_rank(typed: str, data: Snapshot) -> dict[int, list[Destination]]:
    """What is called so to the letter, or in other letters; what begins so; what has all of the words."""
    found: dict[int, list[Destination]] = {}
    plain = _plain(typed)
    for entry in _entries(data) if plain else ():
        rank = _rank(entry, typed, plain)
        if rank is not None:
            found.setdefault(rank, []).append(entry.destination)
    if found.keys() & {_EXACT, _SAME}:
        found.pop(_ALSO_BEGUN, None)
    return found


def _rank(entry: _Entry, typed: str, plain: str) -> int | None:
    if typed.strip() in entry.names:
        return _EXACT
    words = [word for word in _tokens(typed) if word not in _SMALL]
    if plain in entry.plain or " ".join(words) in entry.plain:
        return _SAME
    if entry.plain and entry.plain[0].startswith(plain):
        return _BEGUN
    if any(name.startswith(plain) for name in entry.plain):
        return _ALSO_BEGUN
    return _HELD if words and all(_is_held(word, entry.words) for word in words) else None


def _is_held(word: str, words: frozenset[str]) -> bool:
    """Whether a word stands among others, in the plural or not, or is the beginning of one."""
    return _singular(word) in words or any(one.startswith(word) for one in words)


def _alike(typed: str, data: Snapshot) -> tuple[Destination, ...]:
    """What has a name that is spelled nearly so; names as short as codes are alike by chance."""
    plain = _plain(typed)
    every = ((name, one.destination) for one in reversed(_entries(data)) for name in one.plain)
    by_name = {name: one for name, one in every if len(name) > CODE}
    near = get_close_matches(plain, by_name, cutoff=SPELLED_ALIKE) if len(plain) > CODE else []
    return _first(by_name[name] for name in near)


# Several together -------------------------------------------------------------------------------------


def _named(typed: str, data: Snapshot) -> list[_Entry]:
    """What has a name that stands in the words, or that their end begins."""
    return [
        entry
        for entry in _entries(data)
        if any(_is_named(name, typed) for name in entry.names)
        or (entry.plain and entry.plain[0].startswith(_ends(typed)))
    ]


@lru_cache(maxsize=100)
def _ends(typed: str) -> tuple[str, ...]:
    """The last words, the last two, and so on, where they are longer than a symbol."""
    words = _plain(typed).split()
    ends = (" ".join(words[place:]) for place in range(1, len(words)))
    return tuple(end for end in ends if len(end) > SYMBOL)


@cache
def _known() -> list[list[str]]:
    """The names of every mineral and place, whether or not anything is loaded of it."""
    codes = [code for code in places().index if "+" not in code]
    found = [[in_sentence(mineral_name(code)), *names_of_mineral(code)] for code in minerals().index]
    found += [[place_name(code), *names_of_place(code)] for code in codes]
    return [
        [*names, *looked_for(code)] for code, names in zip([*minerals().index, *codes], found, strict=True)
    ]


@cache
def _known_by_name() -> dict[str, list[str]]:
    """What each name in plain letters is the name of: Niger is not the beginning of Nigeria."""
    found: dict[str, list[str]] = {}
    for first, *others in _known():
        for name in {*map(_plain, (first, *others))}:
            found.setdefault(name, []).append(first)
    return found


def _without(named: Iterable[_Entry], typed: str) -> str:
    """The minerals and places in the words of which nothing is loaded, nor of another that is called so."""
    have = {name.casefold() for entry in named for name in entry.names if _is_named(name, typed)}
    found = ((names[0], [name for name in names if _is_named(name, typed)]) for names in _known())
    return ", ".join(first for first, own in found if own and not have & {name.casefold() for name in own})


def _is_named(name: str, typed: str) -> bool:
    """Whether a name stands in the words; one of a letter or two only if it is written as a symbol."""
    if len(name) <= SYMBOL and name.isascii():
        return name in _symbols(typed)
    own = _words(name)
    return bool(own) and own <= _words(typed)


@lru_cache(maxsize=100)
def _symbols(typed: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[A-Z][A-Za-z]?\b", typed))


def _together(named: Iterable[Destination], words: frozenset[str], data: Snapshot) -> Iterator[Destination]:
    """Minerals beside each other; the pages of one that are asked for with it; one in countries over time."""
    links = [(one.page, one.link) for one in named]
    shown = dict.fromkeys(link["mineral"] for page, link in links if page == "mineral" and link)
    countries = dict.fromkeys(link["place"] for page, link in links if page == "country" and link)
    if len(shown) > 1 and not countries:
        label = f"Compare: {', '.join(in_sentence(mineral_name(mineral)) for mineral in shown)}"
        yield Destination(label, "compare", {"minerals": ",".join(shown)})
    asked = [page for page, asking in _ASKING.items() if words & _words(asking)]
    yield from (one for one in named if one.page in asked and one.link)
    for mineral in shown:
        yield from _asked(mineral, words)
        name = in_sentence(mineral_name(mineral))
        for place in countries:
            label = f"Over time: {name} in {place_name(place)}"
            yield Destination(label, "over-time", {"mineral": mineral, "places": place})
        yield from _counted(mineral, words, data)
    if not shown and words & _words(_ASKING["dependence"]):
        yield from _imported(countries, data)


def _asked(mineral: str, words: frozenset[str]) -> Iterator[Destination]:
    """The pages of a mineral that words ask for."""
    for page, asking in _ASKING.items():
        if words & _words(asking):
            name = in_sentence(mineral_name(mineral))
            yield Destination(f"{PAGE_TITLES[page]}: {name}", page, {"mineral": mineral})


def _counted(mineral: str, words: frozenset[str], data: Snapshot) -> Iterator[Destination]:
    """The ranked countries of what words ask for, where an edition counts it."""
    title, name = PAGE_TITLES["explore"], in_sentence(mineral_name(mineral))
    offered = offered_by(data).measures(mineral)
    for counted, asking in _COUNTED.items():
        if words & _words(asking):
            measure = first_with_figures(data, mineral, [one for one in offered if one in counted])
            if measure:
                label = f"{title}: {Measure(measure).label.lower()} of {name}"
                yield Destination(label, "explore", {"mineral": mineral, "measure": measure})


def _imported(countries: Iterable[str], data: Snapshot) -> Iterator[Destination]:
    """What is imported from countries, where an account names them as sources."""
    partners = set(dependence_rows(data)["partner"])
    for place in countries:
        if place in partners:
            label = f"{PAGE_TITLES['dependence']}: what is imported from {place_name(place)}"
            yield Destination(label, "dependence", {"ask": "country", "place": place})


def _explains(named: Sequence[_Entry], typed: str) -> bool:
    """Whether names and the words that ask for a page are all that was typed."""
    names = [name for entry in named for name in entry.names if _is_named(name, typed)]
    names += [end for entry in named for end in _ends(typed) if entry.plain[0].startswith(end)]
    said = {word for word in _words(typed) if not word.isdigit()}  # years
    asking = (*_ASKING.values(), *_COUNTED.values(), PAGE_TITLES["compare"])
    return said <= _words(" ".join((*names, *asking)))


# Words ------------------------------------------------------------------------------------------------


def _tokens(text: str) -> list[str]:
    """The words of a text in small letters, without accents and the sign of the genitive."""
    return re.findall(r"\w+", re.sub(r"['’]s\b", "", without_accents(text).casefold()))


@lru_cache(maxsize=20_000)
def _words(text: str) -> frozenset[str]:
    """The words of a text, small ones left out, each in the singular."""
    return frozenset(map(_singular, _tokens(text))) - _SMALL


def _singular(word: str) -> str:
    return re.sub(r"(?<=\w{3})(?<!s)s$", "", word)


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    """The words of a text in their order, in small letters without accents."""
    return " ".join(re.findall(r"\w+", without_accents(text).casefold()))
