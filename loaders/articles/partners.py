"""Who trades a share with whom: "46 per cent of the imports come from China", "China took a third of it"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from loaders.articles.amounts import PhraseAmount
from loaders.articles.measures import Memory
from loaders.articles.names import Name
from loaders.articles.needed_words import Sought
from loaders.articles.records import Candidate
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.wordings import Wording
from loaders.vocabulary import WORLD

_FROM = re.compile(r"\bfrom\s(?:the\s)?$")
_LISTED = re.compile(r"\s(?:and|or|plus|with)\s(?:the\s)?|,\s(?:the\s)?")
_LAST = re.compile(r",\s(?:and|or)\s(?:the\s)?")
_WITHIN = 90
_NEAR = 70
_COMES_FROM = Wording(
    "shares: from",
    r"\s?of (?:its|their) [^,.;]{2,60}? from\s(?:the )?|\s?of (?!the world|world|global"
    r"|all (?:[\w-]+ ){0,2}?[\w-]+ (?:comes?|came))[^,.;]{0,60}?{} from\s(?:the )?",
)
_RELIES = Sought(
    r"\b(?:rel(?:y|ies|ied)|depend(?:s|ed)?) on (?:the )?[A-Z][\w. ]{2,30} for (?:about |some |nearly )?$"
)
_SUPPLIES = Wording(
    "shares: supplies",
    r"{}\s(?:about |some |nearly |almost |over |only |roughly |around |up to |more than )?$",
)
_OF_THE = re.compile(r"\s?of (?:the )?")
_STOPS = re.compile(r"\s?[,.;]|\sand\b|$")


_TRADED = {"share_of_imports": ("imports",), "share_of_exports": ("exports",)}
_TAKES = re.compile(
    r"\s(?:took|takes|bought|buys|got|gets|received?s?|absorb(?:ed|s)|accounted for|accounts for"
    r"|compr(?:ó|a)|купил[аи]?|закупил[аи]?)\s(?:[\w-]+\s){0,3}"
)
_OF_IT = re.compile(r"\s?(?:[.,;)]|$|(?:of (?:it|this|that|them|the total)|del total|and|y|и)\b)")
_EXPORTS = "who exports, as before"
_CONSUMES = Sought(
    r"\b(?:account(?:s|ed)? for|takes?|took|buys?|bought|swallow\w*|absorb\w*|use[sd]?|consume[sd]?"
    r"|eats?|devours?)\s(?:\w+\s){0,2}$"
)


class ToldBefore(NamedTuple):
    """What was told before a share: the figure before, and the place that its text speaks of."""

    before: Candidate | None
    subject: Spoken


def _supplies(scene: Scene, amount: PhraseAmount, place: Spoken) -> bool:
    """Whether a place supplies a share of another's imports: "China delivered 39 per cent of imports"."""
    if not place.code or "whole" in place.how or not scene.search_before(_SUPPLIES, amount.start):
        return False
    return any(name.code == place.code and name.end < amount.start for name in scene.places)


def trading_place(
    scene: Scene, amount: PhraseAmount, place: Spoken, measure: Spoken, told: ToldBefore
) -> Spoken:
    """The place of a share of trade: who imports or exports, not with whom; as for the figure before."""
    before = told.before
    if measure.code == "share_of_world_demand" and not scene.places:
        goes_on = before is not None and before.place == WORLD and before.sentence == scene.number
        said = goes_on or scene.search_before(_CONSUMES, amount.start, 40)
        return Spoken(WORLD, "", "an industry's part of the world's demand") if said else place
    traded = _TRADED.get(measure.code or "")
    near = before is not None and scene.number - before.sentence <= 1
    if traded is None or before is None or not near or before.measure not in (*traded, measure.code):
        supplied = measure.code == "share_of_imports" and _supplies(scene, amount, place)
        return told.subject if supplied else place
    if measure.code == "share_of_exports":
        return Spoken(before.place, "", _EXPORTS) if _is_taker(scene, amount, before) else place
    return _importer(scene, amount, place, before)


def _is_taker(scene: Scene, amount: PhraseAmount, before: Candidate) -> bool:
    """Whether the place before a share takes it: "China took 27% of it and Canada 12%"."""
    name = next((name for name in reversed(scene.places) if name.end <= amount.start), None)
    if name is None or name.code == before.place:
        return False
    told = any(reason.how == _EXPORTS for reason in before.because)
    named = not told and any(one.code == before.place for one in scene.places)
    listed = before.measure == "share_of_exports" and before.sentence == scene.number and not named
    between = scene.folded[name.end : amount.start]
    return _TAKES.fullmatch(between) is not None or (listed and between == " ")


def takes_of_exports(scene: Scene, amount: PhraseAmount, memory: Memory) -> bool:
    """Whether a place takes a share of the exports before: "Peru exported 5 t. China bought half of it"."""
    told = memory.measure in ("exports", "share_of_exports") and scene.number - memory.sentence <= 1
    if not told or not _OF_IT.match(scene.folded, amount.end, scene.end):
        return False
    goes_on = memory.measure == "share_of_exports" and memory.sentence == scene.number
    gaps = [(name.end, amount.start) for name in scene.places if name.end < amount.start]
    return any(
        _TAKES.fullmatch(scene.folded, *gap) or (goes_on and scene.folded[slice(*gap)] in (" ", " el "))
        for gap in gaps
    )


def _importer(scene: Scene, amount: PhraseAmount, place: Spoken, before: Candidate) -> Spoken:
    """Who imports a share that another place supplies: the one of the share of imports before."""
    needs = scene.before(amount.start, 5) == " for "
    if place.code and (needs or origin_of(scene, amount, place.code)):
        return place
    first = before.start if before.sentence == scene.number else max(scene.start, amount.start - 60)
    named = scene.folded[first : amount.start]
    goes_on = before.sentence == scene.number and place.words not in named
    supplied = place.words and (place.words in named or goes_on) and "whole" not in place.how
    return Spoken(before.place, "", "who imports, as for the share before") if supplied else place


def partner_of(scene: Scene, amount: PhraseAmount, importer: str | None) -> Spoken:
    """The one place that a share of the importer's imports comes from; nothing where several are named.

    It stands behind "from" after the number, else before the number: "Mexico supplied 17 per cent".
    """
    low, _ = scene.clause(amount.core[0])
    others = [name for name in scene.places if name.code not in (importer, WORLD)]
    before = [name for name in others if low <= name.start < amount.start]
    found = origin_of(scene, amount, importer) or (before[-1] if before else None)
    if found is None or _is_listed(scene, found):
        return NOTHING
    return Spoken(found.code, scene.folded[found.start : found.end], "from whom the imports come")


def origin_of(scene: Scene, amount: PhraseAmount, importer: str | None) -> Name | None:
    """The place behind "from" in the clause after a number, if it is another one than the importer."""
    high = min(scene.clause(amount.core[0])[1], amount.end + _WITHIN)
    after = (name for name in scene.places if amount.end <= name.start < high and name.code != importer)
    return next((name for name in after if _FROM.search(scene.before(name.start, 10))), None)


def _is_listed(scene: Scene, found: Name) -> bool:
    """Whether another place stands beside it in a list, so that the share is of both.

    "From Chile, and Japan supplied 5" is none; "China, Canada, and Mexico" is.
    """
    at = scene.places.index(found)
    gaps = [scene.folded[one.end : other.start] for one, other in pairwise(scene.places)]
    if any(map(_LISTED.fullmatch, gaps[max(at - 1, 0) : at + 1])):
        return True
    return at > 1 and bool(_LISTED.fullmatch(gaps[at - 2]) and _LAST.fullmatch(gaps[at - 1]))


def is_from_abroad(scene: Scene, amount: PhraseAmount, memory: Memory) -> bool:
    """Whether a share of a country's metal comes from another one."""
    return _comes_from(scene, amount) or _is_supplied(scene, amount, memory)


def _comes_from(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a share of a country's metal comes from another one: "half of its tin comes from Peru"."""
    after = [place for place in scene.places if amount.end < place.start < amount.end + _NEAR]
    return any(_COMES_FROM.fullmatch(scene.folded, amount.end, place.start) for place in after)


def _is_supplied(scene: Scene, amount: PhraseAmount, memory: Memory) -> bool:
    """Whether somebody else supplies a share of a country's need: "Peru supplied 5% of Japan's zinc"."""
    if scene.search_before(_RELIES, amount.start):
        return True
    if not scene.search_before(_SUPPLIES, amount.start):
        return (
            memory.measure == "share_of_imports"
            and memory.sentence == scene.number
            and _is_next(scene, amount)
        )
    after = [place for place in scene.places if amount.end < place.start < amount.end + _NEAR]
    if any(_OF_THE.fullmatch(scene.folded, amount.end, place.start) for place in after):
        return True
    goes_on = scene.number - memory.sentence <= 1 and memory.measure == "share_of_imports"
    return goes_on and _STOPS.match(scene.after(amount.end, 4)) is not None


def _is_next(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a share is the next of a list of places: "Peru supplied 5%, Chile 9% and Brazil 6%"."""
    place = next((name for name in reversed(scene.places) if name.end <= amount.start), None)
    return place is not None and scene.folded[place.end : amount.start] == " "
