"""From whom a share of imports comes: "46 per cent of the imports come from China"."""

from __future__ import annotations

import re
from itertools import pairwise

from loaders.articles.amounts import PhraseAmount
from loaders.articles.names import Name
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.vocabulary import WORLD

_FROM = re.compile(r"\bfrom\s(?:the\s)?$")
_LISTED = re.compile(r"\s(?:and|or|plus|with)\s(?:the\s)?|,\s(?:the\s)?")
_LAST = re.compile(r",\s(?:and|or)\s(?:the\s)?")
_WITHIN = 90


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
