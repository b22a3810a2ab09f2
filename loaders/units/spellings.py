"""The table of printed units, publisher by publisher: `knowledge/units.csv`."""

from __future__ import annotations

import difflib
import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from loaders.errors import UnknownUnit
from loaders.knowledge import rules
from loaders.units.elements import is_element
from loaders.vocabulary import Basis

_BASES = {str(basis): basis for basis in Basis}

_CURRENCY = re.compile(r"[A-Z]{3}")

FOUR_LETTERS = re.compile(r"[^\W\d_]{4}")


class UnitSpelling(NamedTuple):
    """One line of the spelling table; an empty unit marks a spelling known to be ambiguous."""

    spelling: str
    unit: str
    factor: Decimal
    basis: Basis | None
    note: str


# The spelling table


def tidy_spelling(text: str) -> str:
    """One plain space for every run of white space, no-break spaces included."""
    return " ".join(text.split())


def _key(spelling: str) -> str:
    """How a spelling is looked up: words in any case, symbols (`Mt`, `mt`) exactly as printed."""
    tidy = tidy_spelling(spelling)
    return tidy.casefold() if FOUR_LETTERS.search(tidy) else tidy


@cache
def _spellings() -> dict[str, dict[str, UnitSpelling]]:
    """The spelling table: publisher -> key -> row."""
    table: dict[str, dict[str, UnitSpelling]] = {}
    for line in rules("units"):
        row = UnitSpelling(
            line["spelling"],
            line["unit"],
            Decimal(line["factor"] or 0),
            _BASES[line["basis"]] if line["basis"] else None,
            line["note"],
        )
        table.setdefault(line["publisher"], {})[_key(row.spelling)] = row
    return table


def find_spelling(spelling: str, publisher: str) -> UnitSpelling:
    row = spelling_row(spelling, publisher)
    if row is None:
        raise UnknownUnit(f"The unit {spelling!r} is not known.", remedy=_nearest(_key(spelling), publisher))
    if not row.unit:
        raise UnknownUnit(
            f"The unit {spelling!r} is ambiguous: {row.note}.",
            remedy="Use a spelling that says which one is meant.",
        )
    return row


def spelling_row(spelling: str, publisher: str) -> UnitSpelling | None:
    """The row of a spelling; a known unit and what it is a weight of make one: "t, Co content"; so does a
    word for thousands or millions before a unit: "miles TMF".

    Not for a publisher: what its tables weigh is read from more than the unit.
    """
    listed = _listed(spelling, publisher)
    if listed or publisher != "any":
        return listed
    tidy = tidy_spelling(spelling)
    return _with_basis(tidy, publisher) or _scaled(tidy)


def _listed(spelling: str, publisher: str) -> UnitSpelling | None:
    key, table = _key(spelling), _spellings()
    return table.get(publisher, {}).get(key) or table["any"].get(key)


_LONGEST = 60
"""Characters of a unit and what it is a weight of."""

_WEIGHTS = ("t", "kg", "g", "kt", "Mt", "lb", "short_ton", "long_ton")


def _with_basis(tidy: str, publisher: str) -> UnitSpelling | None:
    """The shortest beginning that is a unit of weight, if the rest says what it is a weight of."""
    if len(tidy) > _LONGEST:
        return None
    for cut in re.finditer(r"[,;]? \(?|[,;(]", tidy):
        row, rest = _listed(tidy[: cut.start()], publisher), tidy[cut.end() :].rstrip(")")
        basis = basis_in_words(rest) if row and row.unit in _WEIGHTS and row.basis is None else None
        if row and basis:
            return row._replace(spelling=tidy, basis=basis)
    return None


_ONE = ("t", "kg", "g", "lb", "short_ton", "long_ton", "troy_oz", "ct")
"""Units that are counted in thousands and millions."""


def _scaled(tidy: str) -> UnitSpelling | None:
    """A unit after a word for thousands or millions, in one of the languages of `unit_scales.csv`."""
    for rule in rules("unit_scales"):
        if tidy.casefold().startswith(f"{rule['words']} ".casefold()):
            row = _listed(tidy[len(rule["words"]) + 1 :], "any")
            if row and row.unit in _ONE and row.factor == 1:
                return row._replace(spelling=tidy, factor=Decimal(rule["factor"]))
    return None


def basis_in_words(words: str) -> Basis | None:
    """What a weight is of: "Co content", "of contained cobalt", "metal", "Co", "V2O5 content", "gross"."""
    if words == "gross":
        return Basis.GROSS
    listed = next((basis for pattern, basis in _basis_words() if pattern.fullmatch(words)), None)
    if listed:
        return listed
    tokens = words.split()
    told = [token for token in tokens if token.casefold() in _CONTENT]
    rest = [token for token in tokens if token not in told and token != "of"]
    if len(rest) > 1 and rest[0] in _COMPOUNDS:
        rest = [token for token in rest if token.casefold() not in _EQUIVALENT]
    if len(rest) > 1 or ("of" in tokens and not told):
        return None
    if rest and rest[0] in _BASES:
        return _BASES[rest[0]] if rest[0] in _COMPOUNDS else None
    return Basis.CONTENT if all(map(is_element, rest)) and tokens else None


@cache
def _basis_words() -> list[tuple[re.Pattern[str], Basis]]:
    return [(re.compile(rule["words"], re.I), _BASES[rule["basis"]]) for rule in rules("basis_words")]


_CONTENT = ("content", "contained", "metal")
_EQUIVALENT = ("equivalent", "equivalents", "equiv.", "eq.")
_COMPOUNDS = [code for code in _BASES if re.search("[A-Z]", code)]


def _nearest(key: str, publisher: str) -> str:
    """A remedy that names the known spellings nearest to `key`."""
    table = _spellings()
    known = {
        k.casefold(): row.spelling for k, row in (table["any"] | table.get(publisher, {})).items() if row.unit
    }
    near = [known[k] for k in difflib.get_close_matches(key.casefold(), known, n=3, cutoff=0.5)]
    known_words = f"Known spellings nearest to it: {', '.join(near)}. " if near else ""
    return f"{known_words}If it is a new spelling, add a line to units.csv."


@cache
def currencies() -> tuple[str, ...]:
    """The ISO 4217 codes that the spelling table knows."""
    rows = (row for table in _spellings().values() for row in table.values())
    return tuple(sorted({row.unit for row in rows if _CURRENCY.fullmatch(row.unit)}))
