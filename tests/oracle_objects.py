"""What the titles of the pages of one mineral, one country and several assert, from the observations alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from loaders.names import mineral_name, place_name
from loaders.vocabulary import Measure
from tests.oracle_claims import Facts
from tests.printed_tables import SHARE, Printed, edition_of, is_share, is_single, of, small, tables

Asked = Mapping[str, str]


class Entry(NamedTuple):
    """One table that is printed, in its latest year; whether it is one of several of its measure."""

    mineral: str
    measure: str
    table: Printed
    several: bool

    @property
    def words(self) -> str:
        """reserves of rare earths"""
        return f"{small(Measure(self.measure).label)} of {small(mineral_name(self.mineral))}"

    def rank(self, place: str) -> int | None:
        """How many countries have more, and one."""
        value = self.table.countries.get(place)
        return None if value is None else 1 + sum(other > value for other in self.table.countries.values())

    def share(self, place: str) -> float | None:
        """The part of the whole, where that says something."""
        value, whole = self.table.countries.get(place), self.table.whole
        if value is None or not whole:
            return None
        if self.table.is_printed:
            return value / whole if max(self.table.countries.values()) <= whole else None
        return None if self.several or len(self.table.single) == 1 else value / whole


_ENTRIES: dict[tuple[int, str, str], tuple[pd.DataFrame, tuple[Entry, ...]]] = {}
"""The tables of an edition are the same for each country; by observations, which stay alive, and what is asked."""


def entries_of(asked: Asked, facts: Facts, mineral: str = "") -> tuple[Entry, ...]:
    """Every table of an edition, or those of one mineral."""
    rows = facts.of_mineral(mineral) if mineral else facts.table
    asked_for = id(facts.table), mineral, asked["edition"]
    if asked_for not in _ENTRIES:
        _ENTRIES[asked_for] = rows, tuple(_entries(edition_of(rows, asked["edition"])))
    return _ENTRIES[asked_for][1]


def _entries(rows: pd.DataFrame) -> Iterator[Entry]:
    rows = rows[rows["status"] != "F"]
    for (name, measure), own in rows.groupby(["mineral", "measure"], sort=True):
        found = tables(of(own, year=own["year"].max()))
        for table in found:
            yield Entry(str(name), str(measure), table, len(found) > 1)


# One country ------------------------------------------------------------------------------------------


def _of_place(asked: Asked, facts: Facts) -> list[Entry]:
    return [entry for entry in entries_of(asked, facts) if asked["place"] in entry.table.places]


def in_one_table(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """The only table that has a row of the country."""
    own = _of_place(asked, facts)
    if len(own) != 1:
        return f"there are {len(own)} tables"
    return "" if found["what"].startswith(own[0].words) else f"it is {own[0].words}"


def in_tables(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """In how many tables it is first, or among the first three; its largest share."""
    place, own = asked["place"], _of_place(asked, facts)
    ranks = [entry.rank(place) for entry in own]
    best = 1 if found["how"] == "first" else 3
    number = sum(rank is not None and rank <= best for rank in ranks)
    if (found["number"], int(found["of"])) != (str(number or "any"), len(own)):
        return f"{number} of {len(own)}"
    if found["place"] != place_name(place):
        return f"it is about {place_name(place)}"
    return _largest_share(found, place, own)


def _largest_share(found: re.Match[str], place: str, own: list[Entry]) -> str:
    told = [entry for entry in own if found["what"] and found["what"].startswith(entry.words)]
    shares = [entry.share(place) for entry in told]
    right = [share for share in shares if share is not None and is_share(found["share"], share, others=True)]
    if found["share"] and not right:
        return f"its share of {found['what']} is {shares}"
    sure = [entry for entry in own if not entry.table.leaves_out]  # a country that is left out has no share
    most = max((share for entry in sure if (share := entry.share(place)) is not None), default=0.0)
    return f"a share is {most}" if most > max(right, default=0.0) * (1 + 1e-9) else ""


COUNTRY = [
    ("one table", r"(?P<place>.+) is in one table of [^:]+: (?P<what>.+)", in_one_table),
    (
        "tables",
        r"(?P<place>.+) is (?P<how>first|(?:not )?among the first three) in (?P<number>\d+|any) of (?P<of>\d+) tables "
        rf"of [^;]+?(?:; its largest share is (?P<share>{SHARE}) of [^,]+(?:, for no world total is printed)?, "
        r"in (?P<what>.+?))?(?: \(with the publisher’s later figures\))?",
        in_tables,
    ),
]


# One mineral ------------------------------------------------------------------------------------------


def by_country(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """What an edition has of a mineral beside reserves and output."""
    own = [entry for entry in entries_of(asked, facts, asked["mineral"]) if entry.table.single]
    wrong = [entry.words for entry in own if small(Measure(entry.measure).label) not in found["what"]]
    return f"there are {wrong}" if wrong or not own else ""


MINERAL = [("tables by country", r".+? has (?P<what>.+) of .+ by country", by_country)]


# Several ----------------------------------------------------------------------------------------------

USUAL = {
    "minerals": "rare-earths,cobalt,lithium,graphite,copper,nickel",
    "places": "CHN,USA,RUS,AUS",
}
STAGES = {
    "reserves": ("reserves",),
    "production": ("mine_production", "production"),
}


def first_of_minerals(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Who is first in how many of the minerals."""
    leaders, wrong = _leaders_told(found, asked, facts)
    if leaders is None or wrong:
        return wrong
    if int(found["of"]) != len(_compared(asked)):
        return f"there are {len(_compared(asked))}"
    number = sum(found["place"] in first for first in leaders.values())
    return "" if number >= int(found["number"]) else f"it is {number}"


def each_led(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Who is first in each of the minerals."""
    leaders, wrong = _leaders_told(found, asked, facts)
    if leaders is None or wrong:
        return wrong
    led = dict(one.rsplit(" in ", 1)[::-1] for one in found["led"].split("; "))
    others = [mineral for mineral, first in leaders.items() if led.get(mineral) not in first]
    return "" if not others and len(led) == len(leaders) else f"{others or leaders} are led otherwise"


def _leaders_told(found: re.Match[str], asked: Asked, facts: Facts) -> tuple[dict[str, set[str]] | None, str]:
    """Who is first, and what is wrong about minerals without a table; none for a stage of many measures."""
    if found["stage"] not in STAGES:
        return None, ""
    leaders = _leaders(found["stage"], asked, facts)
    return leaders, _other_without(found["without"], leaders, asked)


def _compared(asked: Asked) -> list[str]:
    return (asked["minerals"] or USUAL["minerals"]).split(",")[:6]


def _other_without(said: str | None, leaders: dict[str, set[str]], asked: Asked) -> str:
    """Nothing where those that are said to have no table are those without a country that is first."""
    lacking = [name for code in _compared(asked) if (name := small(mineral_name(code))) not in leaders]
    return "" if (said.split(", ") if said else []) == lacking else f"{lacking} have none"


def _leaders(stage: str, asked: Asked, facts: Facts) -> dict[str, set[str]]:
    """Those who are first in each mineral, by name."""
    leaders = {}
    for mineral in _compared(asked):
        entries = list(entries_of(asked, facts, mineral))
        having = [
            [entry for entry in entries if entry.measure == measure and entry.table.countries]
            for measure in STAGES[stage]
        ]
        own = next((these for these in having if these), [])
        if own:
            names = {place_name(code) for entry in own for code in entry.table.first}
            leaders[small(mineral_name(mineral))] = names
    return leaders


def most_of_countries(found: re.Match[str], asked: Asked, facts: Facts) -> str:
    """Who of the countries has the largest number in how many of the tables that are drawn."""
    codes = (asked["places"] or USUAL["places"]).split(",")[:6]
    place = next((code for code in codes if place_name(code) == found["place"]), "")
    if not place:
        return f"{found['place']} is none of {codes}"
    ahead = 0
    for entry in entries_of(asked, facts):
        numbers = {code: entry.table.countries.get(code) or 0.0 for code in codes if is_single(code)}
        ahead += numbers[place] > 0 and numbers[place] == max(numbers.values())
    return "" if int(found["number"]) <= min(ahead, int(found["of"])) else f"it is {ahead}"


_LATER = r"(?: \(with the publisher’s later figures\))?"

COMPARE = [
    (
        "first of minerals",
        r"(?P<place>.+?) is first in (?P<stage>.+) of (?P<number>\d+) of (?P<of>\d+) minerals?: "
        r".+?(?:; no table of (?P<without>.+))?",
        first_of_minerals,
    ),
    (
        "another each",
        r"First in (?P<stage>.+?): (?P<led>.+?)(?:; no table of (?P<without>.+))?",
        each_led,
    ),
    (
        "most of countries",
        rf"Of these countries (?P<place>.+?) has the largest number in (?P<number>\d+) of (?P<of>\d+) tables?{_LATER}",
        most_of_countries,
    ),
]
