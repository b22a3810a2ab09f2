"""Whether the whole of a share is the world's, by the words around the share."""

from __future__ import annotations

import re

from loaders.articles.amounts import PhraseAmount
from loaders.articles.needed_words import Sought
from loaders.articles.scene import Scene
from loaders.articles.wordings import Wording

WORLD_WORDS = Wording("shares: world")
MAKES_IT = Wording("shares: makes", r"{}\s(?:\w+\s)?$")
_OF_AN_INDUSTRY = Wording(
    "shares: of an industry",
    r"\s?of (?!its|their|the (?:country|nation|island)|domestic|European|[A-Z])(?:[\w-]+ ){1,3}{}",
)
_OF_ALL = Wording("shares: of all", r"\s?{}(?=\s?[,.;)]|$)")
_OF_ALL_NAMED = Wording("shares: of all named", r"\s?{} (?:the )?(?:\w+ )?")
_ALL_OF_IT = Wording("shares: all of it", r"\s?of {}")
_OF_NO_OWNER = Wording(
    "shares: of no owner", r"\s?(?:(?:tonnes|tons|pounds|ounces|kilos) )?of (?:all )?(?:the )?(?:{} )?"
)
_IN_WORLD_WITH = Wording("shares: in world with", r"\bin the world,? {}\s(?:\w+\s)?$")
_OF_THE_TOTAL = Wording("shares: of the total", r"\s?{}")
_TOGETHER = Wording("shares: together")
_ALSO_SAID = Wording("shares: also said", r"(?:,? {} (?:about |some |roughly |around |nearly )?|, |\()$")
_SHARE_OF = Wording("shares: share of")
_MADE_THERE = re.compile(
    r"\s(?:is|are|was|were) (?:now |still )?(?:mined|dug|produced|made|refined|smelted|processed)"
    r" in (?:the )?[A-Z]"
)
_OF_ITS_OWN = re.compile(r",? (?:that|which|it|they|from|in|used|needed|bought)\b")
_RIGHT = 70


def is_of_the_world(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether the whole of a share is the world's."""
    after = re.split(r"[;.]|\band\b(?=[^.]{0,12}\d)", scene.after(amount.end, _RIGHT))[0]
    if WORLD_WORDS.search(re.split(r",", after)[0]):
        return True
    before = scene.before(amount.start, 60)
    if scene.search_before(MAKES_IT, amount.start) and _OF_AN_INDUSTRY.match(after):
        return True
    if _OF_ALL.match(after) or any(
        _OF_ALL_NAMED.fullmatch(scene.folded, amount.end, name.start) for name in scene.minerals
    ):
        return True
    if _ALL_OF_IT.match(after) and scene.search_before(MAKES_IT, amount.start):
        return True
    makes = scene.search_before(MAKES_IT, amount.start) is not None
    of_no_owner = [
        name for name in scene.minerals if _OF_NO_OWNER.fullmatch(scene.folded, amount.end, name.start)
    ]
    if any(
        _MADE_THERE.match(scene.folded, name.end, scene.end)
        or (makes and not _OF_ITS_OWN.match(scene.folded, name.end, scene.end))
        for name in of_no_owner
    ):
        return True
    if re.search("全球|世界", before[-14:]) or scene.search_before(_IN_WORLD_WITH, amount.start):
        return True
    if _OF_THE_TOTAL.match(after) and (
        scene.search(_TOGETHER) or scene.search_before(_ALSO_SAID, amount.start)
    ):
        return True
    return bool(scene.search_before(_SHARE_OF, amount.start)) and not re.search(
        r"\b(?:its|their|his)\b|\bshare of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?'s\b", before
    )


_HAS = Sought(r"\b(?:has|have|had|home to|host to)\s(?:[\w-]+\s){0,2}$")
_OF_THE_WORLD = re.compile(r"\s?of (?:all )?(?:the )?(?:world|globe|planet)'s (?:known )?")
_IS_THERE = re.compile(r"\s(?:is|are) in (?:the )?[A-Z]")


def is_had_of_the_world(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a share is had of a mineral of the world's, nothing more: "has 5% of the world's tin"."""
    had = scene.search_before(_HAS, amount.start, 40) is not None
    return any(
        _OF_THE_WORLD.fullmatch(scene.folded, amount.end, name.start)
        and (had or _IS_THERE.match(scene.folded, name.end, scene.end))
        for name in scene.minerals
    )


_OF_BARE = re.compile(
    r"\s?of (?:refining|mining|smelting|processing|separation|reserves)(?:\s?[.,;)]| and|$)"
    r"|\s?of (?:magnet|metal) (?:production|making)\b"
    r"|\s(?:is|are) (?:refined|mined|processed|smelted|produced) in\b"
)


def goes_on_with_the_world(scene: Scene, amount: PhraseAmount, measure: str | None) -> bool:
    """Whether a share follows one of the world's: "60% of world mining and 90% of refining"."""
    if not (measure or "").startswith("share_of_world_"):
        return False
    return (
        scene.before(amount.start, 5).endswith((", ", " and "))
        and _OF_BARE.match(scene.after(amount.end)) is not None
    )
