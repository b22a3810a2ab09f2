"""Where a name leads: to the page of a mineral or of a country, where that page knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlencode

import pandas as pd

from dashboard.analysis.scope import members
from dashboard.charts.view import View
from dashboard.snapshot import Snapshot, kept_with_data
from dashboard.topics import country, mineral
from dashboard.topics.explore import choosable_places
from dashboard.topics.members import page_of
from loaders.names import mineral_name, minerals, place_name

_KEPT = 600
"""Of so many views the names are kept: a page asks for those of one with each sentence."""


@kept_with_data()
def pages_of_names(data: Snapshot) -> dict[str, str]:
    """The address of the page of each mineral and country that there is one of, by its name on the screen.

    A mineral without figures by country leads to its prices, or to where imports of it come from. An address
    names the mineral or the country alone: what else was chosen is remembered.
    """
    pages = {code: page_of(code, data) for code in minerals().index}
    of_minerals = {
        mineral_name(code): _address(page, "mineral", code) for code, page in pages.items() if page
    }
    places = {place_name(code): _address(country.NAME, "place", code) for code in choosable_places()}
    return {**places, **of_minerals}


def _address(page: str, name: str, code: str) -> str:
    return f"{page}?{urlencode({name: code})}"


@kept_with_data()
def _names_in_texts(data: Snapshot) -> re.Pattern[str]:
    """Each name that has a page; a mineral only where nothing else belongs to its name."""
    found = sorted(pages_of_names(data), key=len, reverse=True)
    places = {place_name(code) for code in choosable_places()}
    told = [
        re.escape(name) if name in places else rf"(?<![^;,]\s){re.escape(name)}(?=$|[,;:])" for name in found
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)") if told else re.compile(r"(?!)")


def parts_by_name(text: str, data: Snapshot) -> Iterator[tuple[str, str]]:
    """A text in parts, each with the address that it leads to; empty for what is no name."""
    pages, end = pages_of_names(data), 0
    for found in _names_in_texts(data).finditer(text):
        yield text[end : found.start()], ""
        yield found[0], pages[found[0]]
        end = found.end()
    yield text[end:], ""


def parts_of_sentence(text: str, view: View, data: Snapshot) -> Iterator[tuple[str, str]]:
    """A sentence of a view in parts, each with the address that it leads to, of a name where it stands first.

    Within a sentence the minerals that the view is of have small letters. What the page itself is about
    leads nowhere.
    """
    told = {_here(view)}
    for part, address in _names_in(text, _minerals_of(view, data), data):
        yield part, "" if address in told else address
        told.add(address)


def _names_in(text: str, of_view: Mapping[str, str], data: Snapshot) -> Iterator[tuple[str, str]]:
    for part, address in parts_by_name(text, data):
        if address or not of_view:
            yield part, address
        else:
            words = _any_of(tuple(of_view)).split(part)
            yield from ((word, of_view.get(word.lower(), "")) for word in words)


@lru_cache(maxsize=100)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """One of these names, in capitals or not, with nothing else of the same word beside it."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


@kept_with_data(_KEPT)
def _minerals_of(view: View, data: Snapshot) -> dict[str, str]:
    """The minerals that a view draws or was asked for, by their names in small letters.

    Where nothing is drawn, the parts of what was asked for too.
    """
    drawn = names_drawn(view, data)
    asked = dict(view.asked).get("mineral", "")
    if page_of(asked, data) == mineral.NAME:
        drawn = {mineral_name(asked): _address(mineral.NAME, "mineral", asked), **drawn}
    told = {
        name.lower(): address for name, address in drawn.items() if address.startswith(f"{mineral.NAME}?")
    }
    return told if view.chart else {**_parts_of(asked, data), **told}


def _parts_of(group: str, data: Snapshot) -> dict[str, str]:
    pages, names = pages_of_names(data), map(mineral_name, members(group))
    return {name.lower(): pages[name] for name in names if name in pages}


def _here(view: View) -> str:
    """The address of the page of what a view is about, where it stands on that page itself."""
    own = "place" if view.topic == country.NAME else "mineral"
    return _address(view.topic, own, dict(view.asked).get(own, ""))


_COLUMNS_OF_NAMES = ("mineral", "name", "place", "partner", "holds_first", "makes_first")
"""The columns of the table behind a chart that name minerals and countries, or have their codes."""


def names_drawn(view: View, data: Snapshot) -> dict[str, str]:
    """The minerals and countries of a chart with the addresses of their pages, minerals first.

    That which the page itself is about is not among them.
    """
    if view.chart is None:
        return {}
    pages, here = pages_of_names(data), _here(view)
    names = dict.fromkeys(name for text in _texts(view.chart.table) for name in _names_of(text))
    return {name: pages[name] for name in names if name in pages and pages[name] != here}


def _texts(table: pd.DataFrame) -> Iterator[str]:
    """What stands in the columns of names, each once."""
    for column in _COLUMNS_OF_NAMES:
        if column in table:
            texts = dict.fromkeys(table[column].tolist())
            yield from (str(text) for text in texts if pd.notna(text))


def _names_of(text: str) -> list[str]:
    """The name that a text is, or the names of the places whose codes it has."""
    codes = [code for code in text.split("+") if code in _codes()]
    return [place_name(code) for code in codes] or [text]


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(choosable_places())
