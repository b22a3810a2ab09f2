"""Whose figure it is where it is of a firm or of one mine, and not of the whole country.

The words are in `knowledge/article_holders.csv`: what a `firm` without a name and what a `site` with one is
called, what it does with an ore (`makes`), and what stands in place of a name and is `nobody`'s.
"""

from __future__ import annotations

import re
from functools import cache

from loaders.articles.amounts import PhraseAmount
from loaders.articles.needed_words import Sought
from loaders.articles.patterns import of_words
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.knowledge import rules
from loaders.vocabulary import Kind

_NAME = r"[A-ZА-ЯІЇЄ][\w&'’-]*[\w](?: (?:(?:de|del|of|&) )?[A-ZА-ЯІЇЄ][\w&'’-]+){0,3}"
_ASIDE = r"(?: in (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)*)?(?:, [^;.]{3,80}?,)?"
_OF_A_TOTAL = frozenset(
    {"production", "mine_production", "refinery_production", "smelter_production", "exports", "sales"}
    | {"reserves", "resources", "holdings", "capacity", "imports", "stockpile"}
)
_REACH = 160
_HOW = "who or what it is said of"


def holder_of(scene: Scene, amount: PhraseAmount, kind: Kind | None, measure: str | None) -> Spoken:
    """The firm or the mine whose figure an amount is, by its words; NOTHING where it may be a country's."""
    if kind not in (Kind.QUANTITY, Kind.RANK) or measure not in _OF_A_TOTAL:
        return NOTHING
    sought = _is_ranked() if kind is Kind.RANK else _gives()
    found = scene.search_before(sought, amount.core[0], _REACH)
    if found is None:
        return NOTHING
    who = found["who"]
    if who is None:
        return Spoken(found["firm"].lower(), found[0].strip(), _HOW)
    if who.split()[0].casefold() in _nobody() or _is_named(scene, found):
        return NOTHING
    begins = found.start("who") == scene.start and " " not in who
    return NOTHING if begins and who.endswith("s") else Spoken(who, found[0].strip(), _HOW)


def _is_named(scene: Scene, found: re.Match[str]) -> bool:
    """Whether the name is that of a place, of a mineral or of who says so."""
    low, high = found.span("who")
    site = found["who"].split()[-1].islower()  # "the Bolivia mine"
    names = () if site else (*scene.places, *scene.minerals)
    return any(name.start < high and low < name.end for name in names)


@cache
def _gives() -> Sought:
    """Who or what makes an amount that follows: "The Kallio mine in Finland, opened in May, has made "."""
    firm = rf"(?:[Tt]he|[Ii]ts|[Aa]n?) (?:[a-z-]+ )?(?:{_words('firm')})"
    return Sought(
        rf"(?<![\w'’-])(?:(?P<firm>{firm})|(?:(?:[Tt]he|[Ii]ts) )?(?P<who>{_site()}|{_NAME})){_ASIDE}"
        r" (?:(?:has|had|have|will|also|alone|now|already|expects|plans|hopes|aims|wants) )*"
        rf"(?:{_words('makes')})\b[^.;,:]{{0,30}}$"
    )


@cache
def _is_ranked() -> Sought:
    """Who or what has the rank that follows: "The Kallio mine is the world's "."""
    return Sought(
        rf"(?<![\w'’-])(?:(?:[Tt]he|[Ii]ts) )?(?P<who>{_site()}|{_NAME})(?:,| is| was| remains)"
        r"(?: now| still)? (?:the|by far the) (?:world's )?(?:single )?$"
    )


def _site() -> str:
    return rf"{_NAME} (?:[a-z]+ )?(?:{_words('site')})"


def _words(part: str) -> str:
    """The words of a part of the table, as a choice."""
    return "|".join(of_words(row["words"]) for row in rules("article_holders") if row["part"] == part)


@cache
def _nobody() -> frozenset[str]:
    return frozenset(row["words"] for row in rules("article_holders") if row["part"] == "nobody")
