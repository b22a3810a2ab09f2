"""Minerals and places: every printed name is known, fixed by a table, or knowingly ignored; none is guessed.

The tables are in `knowledge/`: `minerals.csv`, `mineral_names.csv`, `critical_lists.csv`, `places.csv`
and `place_names.csv`. A publisher's rows come first, then the rows of `any`, which hold English names
and ISO 3166-1 codes.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from loaders import knowledge
from loaders.added_minerals import known_minerals, met_mineral, until_minerals_change
from loaders.columns import distinct, spread
from loaders.errors import UnknownName
from loaders.text import without_accents

ANY = "any"

KNOWN = "known"
DIGITS_REMOVED = "footnote digits removed"
ESTIMATE_REMOVED = "estimate letter removed"
QUALIFIER_APART = "qualifier set apart"
IGNORED = "ignored"
BLANK = "blank"
UNKNOWN = "unknown"

# ISO 3166-1 codes and abbreviations (USA, UAE, UK) have at most this many letters.
CODE_LENGTH = 3


class PlaceReading(NamedTuple):
    """What a printed place name means.

    `place` is a code of `places()`, empty for a name that is knowingly ignored. `detail` holds the
    words that narrow what the row counts, such as "crude ore". `estimated` is true where the
    publisher marks the row with a letter e. `rule` says how the name was read: "known", "ignored", or
    the changes that made it known, joined with "; ".
    """

    place: str
    detail: str
    estimated: bool
    rule: str


class _Spelling(NamedTuple):
    printed: str
    place: str
    detail: str


def minerals() -> pd.DataFrame:
    """All minerals: index `id`; columns `name`, `group`, `lists`, `note`, all text.

    `group` is the id of the wider mineral, or empty. `lists` holds ids of `critical_lists()`, joined
    with ";": the lists that name the mineral, or its members one by one. Those that the workspace adds stand
    last, on no list.
    """
    return _all_minerals().copy(deep=False)


@until_minerals_change
def _all_minerals() -> pd.DataFrame:
    table = knowledge.table("minerals").set_index("id")
    own = [
        (item.name, item.part_of, "", "Added with an edition of this workspace") for item in known_minerals()
    ]
    if not own:
        return table
    index = pd.Index([item.id for item in known_minerals()], dtype=table.index.dtype, name="id")
    return pd.concat([table, pd.DataFrame(own, index=index, columns=table.columns, dtype="string")])


def critical_lists() -> pd.DataFrame:
    """The official critical lists by `id`: `title`, `owner`, `place`, `authority`, `year`, `citation`."""
    return knowledge.table("critical_lists").set_index("id")


def places() -> pd.DataFrame:
    """All places: index `code`; columns `name`, `kind`.

    A code is ISO 3166-1 alpha-3 (kind "country"), a withdrawn code ("historic"), XKX for Kosovo
    ("user-assigned"), WLD ("world"), OTH ("other"), EUU ("union"), or several codes joined with "+"
    ("group").
    """
    return _all_places().copy(deep=False)


@cache
def _all_places() -> pd.DataFrame:
    return knowledge.table("places").set_index("code")


@cache
def _names(file: str) -> dict[str, str]:
    table = knowledge.table(file)
    return dict(zip(table.iloc[:, 0].tolist(), table["name"].tolist(), strict=True))


def mineral_name(mineral: str) -> str:
    """The display name of a mineral id; raises UnknownName for an id that no table and no edition has."""
    name = _names("minerals").get(mineral)
    if name is not None:
        return name
    added = met_mineral(mineral)
    if added is None:
        raise UnknownName(f"No mineral has the id '{mineral}'.", remedy="See knowledge/minerals.csv.")
    return added.name


def place_name(code: str) -> str:
    """The display name of a place code, also of codes joined with "+"; raises UnknownName otherwise."""
    names = _names("places")
    if code in names:
        return names[code]
    members = code.split("+")
    unknown = [member for member in members if member not in names]
    if unknown:
        raise UnknownName(f"No place has the code '{unknown[0]}'.", remedy="See knowledge/places.csv.")
    *first, last = [names[member] for member in members]
    return f"{', '.join(first)} and {last}"


def read_mineral(spelling: str, publisher: str) -> str:
    """The mineral id of a publisher's spelling, whatever its case and spacing.

    Publishers: `usgs-file` (codes in file names), `usgs`, `bgs`, `wmd`, `document`; `any` or another
    name reads display names and common alternatives. Raises UnknownName with the nearest known names.
    """
    found = _mineral_spellings(publisher).get(_mineral_key(spelling))
    if found is None:
        raise _unknown("mineral", spelling, publisher)
    return found[1]


def listed_mineral(spelling: str) -> str | None:
    """The id of the mineral that our tables call so, with any publisher; None if there is none."""
    found = (_listed_spellings(publisher).get(_mineral_key(spelling)) for publisher in _PUBLISHERS)
    return next((hit[1] for hit in found if hit), None)


_PUBLISHERS = (ANY, "usgs", "bgs", "wmd", "document")


def known_mineral(spelling: str, publisher: str) -> str | None:
    """As `read_mineral`, but None for a spelling that is not known."""
    found = _mineral_spellings(publisher).get(_mineral_key(spelling))
    return None if found is None else found[1]


def read_minerals(series: pd.Series, publisher: str) -> pd.Series:
    """The mineral ids of a column of spellings: same index, text, <NA> where the name is unknown."""
    codes, texts = distinct(series)
    known = _mineral_spellings(publisher)
    found = [known.get(_mineral_key(text)) for text in texts]
    return spread([None if hit is None else hit[1] for hit in found], codes, series)


def find_mineral(text: str) -> str | None:
    """The id of the one mineral that a title names ("Lithium production"), or None for none or several.

    Whole words count, and a longer name wins over the shorter one inside it ("titanium sponge").
    """
    words = re.findall(r"[^\W_]+", text[:_LONGEST_TITLE].casefold())
    known = _mineral_spellings(ANY)
    found: set[str] = set()
    start = 0
    while start < len(words):
        sizes = (n for n in range(min(_LONGEST_NAME, len(words) - start), 0, -1))
        size = next((n for n in sizes if " ".join(words[start : start + n]) in known), 0)
        if size:
            found.add(known[" ".join(words[start : start + size])][1])
        start += size or 1
    return found.pop() if len(found) == 1 else None


_LONGEST_TITLE = 500
LONGEST_PRINTED = 200
"""Characters of a name; looking for one in a longer text would take long and find nothing."""

_LONGEST_NAME = 6
"""Words in the longest name of a mineral that a title is searched for."""


def read_place(spelling: str, publisher: str) -> PlaceReading:
    """What a publisher's place name means.

    Publishers: `usgs`, `bgs`, `wmd`; `any` or another name reads English names and ISO codes; `code`
    is for columns of ISO codes, where NA is Namibia. Raises UnknownName with the nearest known names.
    """
    reading = _read_place(spelling, publisher)
    if reading.rule in (BLANK, UNKNOWN):
        raise _unknown("place", spelling, publisher)
    return reading


def known_place(spelling: str, publisher: str) -> PlaceReading:
    """As `read_place`, but with an empty place and the rule of it where the name is blank or not known."""
    return _read_place(spelling, publisher)


def read_places(series: pd.Series, publisher: str) -> pd.DataFrame:
    """What a column of place names means: columns `place`, `detail`, `estimated`, `rule`; same index.

    `place` is <NA> where the name is blank, unknown or ignored; `rule` says which.
    """
    codes, texts = distinct(series)
    readings = [_read_place(text, publisher) for text in texts]
    estimated = np.array([reading.estimated for reading in readings], dtype=bool)
    return pd.DataFrame(
        {
            "place": spread([reading.place or None for reading in readings], codes, series),
            "detail": spread([reading.detail for reading in readings], codes, series),
            "estimated": estimated[codes],
            "rule": spread([reading.rule for reading in readings], codes, series),
        },
        index=series.index,
        copy=False,
    )


def nearest(spelling: str, publisher: str, kind: Literal["mineral", "place"]) -> list[str]:
    """Up to three names of what has a spelling that holds an unknown one as a word, or looks most like it."""
    if len(spelling) > LONGEST_PRINTED:
        return []
    wanted = _squeeze(spelling).casefold()
    spellings = _mineral_spellings(publisher).values() if kind == "mineral" else _printed_places(publisher)
    by_key = {printed.casefold(): code for printed, code in spellings if code}
    keys = [key for key in by_key if {wanted, wanted.removesuffix("s")} & set(key.split())]
    keys += difflib.get_close_matches(wanted, by_key, n=9, cutoff=0.7)
    name = mineral_name if kind == "mineral" else place_name
    return [name(code) for code in dict.fromkeys(by_key[key] for key in keys)][:3]


def _unknown(kind: Literal["mineral", "place"], spelling: str, publisher: str) -> UnknownName:
    similar = nearest(spelling, publisher, kind)
    hint = f"Nearest known: {', '.join(similar)}. " if similar else ""
    return UnknownName(
        f"'{spelling}' is not a known {kind} name ({publisher}).",
        remedy=f"{hint}If the name is right, add it to knowledge/{kind}_names.csv.",
    )


def _squeeze(text: str) -> str:
    """One form for no-break spaces, padding, superscript digits, typographic apostrophes; nothing unseen."""
    if text.isascii():  # most names, and nothing to normalise
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFKC", text).translate(_ONE_FORM).split())


# Soft hyphen, marks of direction, zero-width space and joiners, byte order mark: they come with text that
# was copied from web pages and PDFs.
_UNSEEN = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"
_ONE_FORM = str.maketrans("’", "'", _UNSEEN)


def _mineral_key(text: str) -> str:
    return _squeeze(text).casefold()


def _place_key(text: str) -> str:
    """Case counts in codes only, so that the words "in", "is" and "no" are not India, Iceland and Norway."""
    return text if len(text) <= CODE_LENGTH else text.casefold()


@until_minerals_change
def _mineral_spellings(publisher: str) -> dict[str, tuple[str, str]]:
    """Key of a spelling -> (spelling to show, mineral id); our tables win over what a workspace adds."""
    added = {item.id: item.name for item in known_minerals()}
    own = {_mineral_key(text): (name, mineral) for mineral, name in added.items() for text in (mineral, name)}
    return own | _listed_spellings(publisher)


@cache
def _listed_spellings(publisher: str) -> dict[str, tuple[str, str]]:
    names = _names("minerals")
    spellings = {_mineral_key(mineral): (name, mineral) for mineral, name in names.items()}
    spellings |= {_mineral_key(name): (name, mineral) for mineral, name in names.items()}
    table = knowledge.table("mineral_names")
    for owner in (ANY, publisher):
        own = table[table["publisher"] == owner]
        pairs = zip(own["spelling"].tolist(), own["mineral"].tolist(), strict=True)
        spellings |= {_mineral_key(spelling): (spelling, mineral) for spelling, mineral in pairs}
    return {without_accents(key): hit for key, hit in spellings.items()} | spellings


@cache
def _place_spellings(publisher: str) -> dict[str, _Spelling]:
    """Key of a spelling, with its accents and without them -> what it stands for."""
    listed = [_Spelling(text, code, "") for code, name in _names("places").items() for text in (code, name)]
    table = knowledge.table("place_names")
    for owner in (ANY, publisher):
        own = table[table["publisher"] == owner]
        columns = [own[name].tolist() for name in ("spelling", "place", "detail")]
        listed += [_Spelling(*row) for row in zip(*columns, strict=True)]
    spellings = {_place_key(_squeeze(spelling.printed)): spelling for spelling in listed}
    spellings = {without_accents(key): spelling for key, spelling in spellings.items()} | spellings
    if publisher == ANY:
        return spellings
    english = {_place_key(text) for text in (*_names("places").values(), *own["spelling"].tolist())}
    marked = {key for key in spellings.keys() - english if _is_same(spellings, key, key.removesuffix("e"))}
    return {key: spelling for key, spelling in spellings.items() if key not in marked}


def _is_same(spellings: dict[str, _Spelling], one: str, other: str) -> bool:
    """Whether both are spellings of one place: with a publisher in English, Finlande is an estimate."""
    return one != other and other in spellings and spellings[one].place == spellings[other].place


def _printed_places(publisher: str) -> list[tuple[str, str]]:
    spellings = _place_spellings(publisher).values()
    return [(known.printed, known.place) for known in spellings if len(known.printed) > CODE_LENGTH]


def _unread(rule: str) -> PlaceReading:
    return PlaceReading("", "", False, rule)


def _read_place(spelling: str, publisher: str) -> PlaceReading:
    text = _squeeze(spelling)
    if not text:
        return _unread(BLANK)
    if len(text) > LONGEST_PRINTED:
        return _unread(UNKNOWN)
    known = _place_spellings(publisher)
    for name, qualifier, rules in _interpretations(text):
        found = known.get(_place_key(name))
        if found is not None:
            return _place_reading(found, qualifier, rules)
    plain = without_accents(text)
    return _read_place(plain, publisher) if plain != text else _unread(UNKNOWN)


def _place_reading(found: _Spelling, qualifier: str, rules: tuple[str, ...]) -> PlaceReading:
    detail = ", ".join(part for part in (found.detail, qualifier) if part)
    if not found.place:
        return PlaceReading("", detail, False, IGNORED)
    return PlaceReading(found.place, detail, ESTIMATE_REMOVED in rules, "; ".join(rules) or KNOWN)


def _interpretations(text: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Ways to read a printed name, the most literal first: (name, qualifier, rules)."""
    for marked, outer in _without_marks(text):
        yield marked, "", outer
    for marked, outer in _without_marks(text):
        for base, qualifier in _without_qualifier(marked):
            for name, inner in _without_marks(base):
                yield name, qualifier, tuple(dict.fromkeys((*outer, *inner, QUALIFIER_APART)))


# USGS 2023 to 2025: "New Caledonia11", "World total (rounded) 10", "Chinae"; ministries: "Peru*".
FOOTNOTE_DIGITS = re.compile(r"(?<=[^\s\d]) ?(?:[0-9]{1,2}(?:, ?[0-9]{1,2})*|[*†‡]{1,3})$")
_FOOTNOTE_IN_BRACKETS = re.compile(r" ?(?:[(\[](\d{1,2}|[a-z])[)\]]|\d{1,2}\))$| (\d{1,2}|[a-z])/$")


def _without_marks(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The text as it is, then without footnote digits, without a glued e, and without both.

    Digits or a letter in brackets or before a slash, such as "(2)", "2)", "(a)" or "3/", are a footnote;
    "(e)" and "e/" mark an estimate.
    """
    yield text, ()
    bracketed = _FOOTNOTE_IN_BRACKETS.search(text)
    if bracketed:
        mark = ESTIMATE_REMOVED if "e" in bracketed.groups() else DIGITS_REMOVED
        yield text[: bracketed.start()], (mark,)
    bare = FOOTNOTE_DIGITS.sub("", text)
    if bare != text and len(bare) > CODE_LENGTH:
        yield bare, (DIGITS_REMOVED,)
    if bare.endswith("e") and len(bare) > CODE_LENGTH + 1:
        rules = (ESTIMATE_REMOVED,) if bare == text else (DIGITS_REMOVED, ESTIMATE_REMOVED)
        yield bare[:-1], rules


# A qualifier starts with a small letter ("crude ore"); "China, Hong Kong SAR" and "Russia, Asia" are
# other places, so a capital after the comma is never set apart.
QUALIFIER_START = re.compile(r" ?\(|, ")
QUALIFIERS = re.compile(r"(?: ?\([^()]+\)|, [^(),]+)+")
QUALIFIER_PART = re.compile(r"\(([^()]+)\)|, ([^(),]+)")


def _without_qualifier(text: str) -> Iterator[tuple[str, str]]:
    """Ways to divide a text into a name and the qualifiers that follow it, the longest name first."""
    for start in reversed([match.start() for match in QUALIFIER_START.finditer(text)]):
        rest = text[start:]
        if not QUALIFIERS.fullmatch(rest):
            continue
        parts = [(inside or after).strip() for inside, after in QUALIFIER_PART.findall(rest)]
        if all(part[:1].islower() for part in parts):
            yield text[:start], ", ".join(parts)
