"""Whose figure it is where it is of a firm or of one mine, and not of the whole country."""

from __future__ import annotations

import re

from loaders.articles.amounts import PhraseAmount
from loaders.articles.needed import Sought
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.vocabulary import Kind

_NAME = r"[A-ZА-ЯІЇЄ][\w&'’-]*[\w](?: (?:(?:de|del|of|&) )?[A-ZА-ЯІЇЄ][\w&'’-]+){0,3}"
_FIRM = (
    r"(?:[Tt]he|[Ii]ts|[Aa]n?) (?:[a-z-]+ )?"
    r"(?:company|firm|miner|group|producer|operator|mine|smelter|refinery)"
)
_SITE = (
    rf"{_NAME} (?:[a-z]+ )?"
    r"(?:mine|pit|smelter|refinery|plant|project|deposit|quarry|concentrator)"
)
_MAKES = (
    r"min(?:es|ed|ing)|produc(?:es|ed|ing)|dug|digs|shipped|ships|sold|sells|exported|smelted|refined|extracted"
    r"|turned out|hoisted|made|makes|put out|holds|held|to (?:mine|produce|dig|ship|make)"
    r"|produjo|produce|extrajo|exportó|добыл[аи]?|произвел[аи]?|выпустил[аи]?|видобу(?:в|ла)|виробил[аи]?"
)
_ASIDE = r"(?: in (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)*)?(?:, [^;.]{3,80}?,)?"
_GIVES = Sought(
    rf"(?<![\w'’-])(?:(?P<firm>{_FIRM})|(?:(?:[Tt]he|[Ii]ts) )?(?P<who>{_SITE}|{_NAME})){_ASIDE}"
    rf" (?:(?:has|had|have|will|also|alone|now|already|expects|plans|hopes|aims|wants) )*(?:{_MAKES})"
    r"\b[^.;,:]{0,30}$"
)
_IS_RANKED = Sought(
    rf"(?<![\w'’-])(?:(?:[Tt]he|[Ii]ts) )?(?P<who>{_SITE}|{_NAME})(?:,| is| was| remains)"
    r"(?: now| still)? (?:the|by far the) (?:world's )?(?:single )?$"
)
_IS_NONE = re.compile(
    r"(?:The|In|On|At|By|For|From|And|But|It|He|She|They|We|I|This|That|These|Those|There|Which|Who|All|Both"
    r"|Each|Nobody|Everyone|Last|Next|Only|Output|Production|Government|Parliament|Republic|Ministry|State"
    r"|Some|Together|Others?|Country|Nation|Island)\b",
    re.IGNORECASE,
)
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
    sought = _IS_RANKED if kind is Kind.RANK else _GIVES
    found = scene.search_before(sought, amount.core[0], _REACH)
    if found is None:
        return NOTHING
    if found["who"] is None:
        return Spoken(found["firm"].lower(), found[0].strip(), _HOW)
    if _IS_NONE.match(found["who"]) or _is_named(scene, found):
        return NOTHING
    begins = found.start("who") == scene.start and " " not in found["who"]
    return NOTHING if begins and found["who"].endswith("s") else Spoken(found["who"], found[0].strip(), _HOW)


def _is_named(scene: Scene, found: re.Match[str]) -> bool:
    """Whether the name is that of a place, of a mineral or of who says so."""
    low, high = found.span("who")
    site = found["who"].split()[-1].islower()  # "the Bolivia mine"
    names = () if site else (*scene.places, *scene.minerals)
    return any(name.start < high and low < name.end for name in names)
