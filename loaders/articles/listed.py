"""Names and amounts of lists: which belong together, and which amount is a part of which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from loaders.articles.amounts import PhraseAmount
from loaders.articles.names import Name
from loaders.articles.places import JOINTLY
from loaders.articles.quantities import PART
from loaders.articles.records import Candidate
from loaders.articles.scene import Scene, Spoken
from loaders.articles.wordings import Wording

_RESPECTIVELY = Wording("candidates: respectively")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def in_order(scene: Scene, amount: PhraseAmount, names: Sequence[Name]) -> Spoken | None:
    """The name that stands at the amount's own place in a list: "X and Y dug 5 and 6 t respectively"."""
    if len(names) < 2:
        return None
    alike = [other for other in scene.amounts if other.unit == amount.unit]
    if len(alike) != len(names) or amount not in alike:
        return None
    if not (scene.search(_RESPECTIVELY) or _are_listed_alike(scene, names, alike)):
        return None
    name = names[alike.index(amount)]
    return Spoken(name.code, scene.folded[name.start : name.end], "in the order of the list")


_LISTED = re.compile(r",\s|,?\s(?:and|y|и|та)\s(?:the\s)?")


def _are_listed_alike(scene: Scene, names: Sequence[Name], alike: Sequence[PhraseAmount]) -> bool:
    """Whether names and amounts stand in a list each: "Chile and Peru mined 5 and 6 tonnes"."""
    one_year = len(set(_YEAR.findall(scene.folded, scene.start, scene.end))) < len(alike)
    lists = [(one.end, other.start) for one, other in pairwise(names)]
    lists += [(one.end, other.start) for one, other in pairwise(alike)]
    listed = all(_LISTED.fullmatch(scene.folded, *gap) for gap in lists)
    return listed and one_year and names[0].end < alike[0].start and not scene.search(JOINTLY)


_OF_IT = re.compile(
    r"[\"'(]?(?:[^.;:]{0,60}[:,] )?(?:(?:Of|Out of) (?:the|its|their|these|those|[\w .'-]{2,25}'s) (?:\w+ )?"
    r"|De (?:los|las|sus) |(?:Из|З|Із) )$"
)
_CLOSES = re.compile(r",\s")


def part_of(scene: Scene, amount: PhraseAmount, found: Sequence[Candidate]) -> int | None:
    """The number of the figure that a quantity is a part of: "5 tonnes, of which 2", "of the 5 tonnes, 2"."""
    whole = found[-1] if found and found[-1].unit == amount.unit else None
    if whole is None:
        return None
    part = scene.search_before(PART, amount.start, 70) is not None or (
        whole.sentence == scene.number
        and _OF_IT.fullmatch(scene.folded, scene.start, whole.start) is not None
        and _CLOSES.search(scene.folded, whole.end, amount.start) is not None
        and (whole.value or 0) > (amount.value or 0)
    )
    return whole.number if part else None
