"""From whom a share of imports comes: "46 per cent of the imports come from China"."""

from __future__ import annotations

import re
from itertools import pairwise

from loaders.articles.amounts import PhraseAmount
from loaders.articles.measures import Memory
from loaders.articles.names import Name
from loaders.articles.needed import Sought
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.wordings import Wording
from loaders.vocabulary import WORLD

_FROM = re.compile(r"\bfrom\s(?:the\s)?$")
_LISTED = re.compile(r"\s(?:and|or|plus|with)\s(?:the\s)?|,\s(?:the\s)?")
_LAST = re.compile(r",\s(?:and|or)\s(?:the\s)?")
_WITHIN = 90
_NEAR = 70
_COMES_FROM = Wording("shares: from")
_RELIES = Sought(
    r"\b(?:rel(?:y|ies|ied)|depend(?:s|ed)?) on (?:the )?[A-Z][\w. ]{2,30} for (?:about |some |nearly )?$"
)
_SUPPLIES = Wording("shares: supplies")
_OF_THE = re.compile(r"\s?of (?:the )?")
_STOPS = re.compile(r"\s?[,.;]|\sand\b|$")


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
