"""Words of a command line become codes; a word that no table knows is refused with the nearest known ones."""

from __future__ import annotations

import difflib
import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import Literal, TypeVar

from loaders.errors import UnknownName
from loaders.names import nearest, place_name, read_mineral, read_place
from loaders.vocabulary import Measure

_T = TypeVar("_T", int, str)


def comma_list(text: str) -> list[str]:
    """Words with commas between. Raises ArgumentTypeError if there is none."""
    words = [part.strip() for part in text.split(",") if part.strip()]
    if not words:
        raise ArgumentTypeError("a value is missing")
    return words


def years(text: str) -> list[int]:
    """Years with commas between. Raises ArgumentTypeError."""
    words = comma_list(text)
    for word in words:
        if not re.fullmatch(r"[0-9]{4}", word):
            raise ArgumentTypeError(f"'{word}' is not a year such as 2024")
    return [int(word) for word in words]


def year(text: str) -> int:
    """One year. Raises ArgumentTypeError."""
    return _one(years(text), text)


def mineral(text: str) -> str:
    """The id of one mineral. Raises ArgumentTypeError."""
    return _one(mineral_codes(text), text)


def _one(found: list[_T], text: str) -> _T:
    if len(found) != 1:
        raise ArgumentTypeError(f"'{text}' is more than one")
    return found[0]


def measure_codes(text: str) -> list[str]:
    """Codes of measures, given as codes or as labels. Raises ArgumentTypeError."""
    return [measure(word) for word in comma_list(text)]


def measure(word: str) -> str:
    """The code of one measure. Raises ArgumentTypeError."""
    spellings = {spelling.casefold(): str(code) for code in Measure for spelling in (code, code.label)}
    code = spellings.get(word.casefold())
    if code is None:
        similar = difflib.get_close_matches(word.casefold(), list(Measure)) or list(Measure)
        raise ArgumentTypeError(f"'{word}' is not a known measure; nearest known: {', '.join(similar)}")
    return code


def mineral_codes(text: str) -> list[str]:
    """Ids of minerals, given as ids or names. Raises ArgumentTypeError."""
    return _named(text, "mineral", lambda name: read_mineral(name, "any"))


def place_codes(text: str) -> list[str]:
    """Codes of places, given as codes or English names. Raises ArgumentTypeError."""
    return _named(text, "place", _place)


def _place(name: str) -> str:
    """The code of a place; codes may be in small letters and joined with "+"."""
    if re.fullmatch(r"[A-Za-z]{3}(?:\+[A-Za-z]{3})*", name):
        try:
            place_name(name.upper())
        except UnknownName:
            pass
        else:
            return name.upper()
    return read_place(name, "any").place


_Kind = Literal["mineral", "place"]


def _named(text: str, kind: _Kind, read: Callable[[str], str]) -> list[str]:
    """Names with commas between, or one name that has a comma of its own ("Korea, Republic of")."""
    try:
        return [read(text)]
    except UnknownName:
        return [_code(part, kind, read) for part in comma_list(text)]


def _code(name: str, kind: _Kind, read: Callable[[str], str]) -> str:
    try:
        return read(name)
    except UnknownName as error:
        similar = ", ".join(nearest(name, "any", kind))
        hint = f"; nearest known: {similar}" if similar else ""
        raise ArgumentTypeError(f"'{name}' is not a known {kind}{hint}") from error
