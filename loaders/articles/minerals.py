"""Which mineral an amount is of: named beside it, in its sentence, or carried over from before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from loaders.articles.amounts import PhraseAmount
from loaders.articles.names import Name
from loaders.articles.needed_words import Sought
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.wordings import Wording
from loaders.names import minerals

_NEXT_TO = re.compile(
    r"(?:[- ](?:largest|biggest)(?:\s\w+){0,2}?)?\s?(?:a year |a day |annually |of |in |worth of |for |de "
    r"|из |з )?(?:(?:of|its|the|all|new|raw|contained|refined|pure|mined|"
    r"separated|flake|crude|global|world|world's|white|light|heavy|primary|spot|known|their"
    r"|such)\s){0,3}[\"']?$"
    r"|\s?(?:a year |annually )?of (?!ore\b|rock\b|it\b"
    r"|th)(?:[a-z]+(?:-[a-z]+)?\s){1,2}?(?<!and )(?<!or )(?<!from )(?<!in )(?<!with )$",
    re.IGNORECASE,
)
_TOGETHER = Wording("minerals: together")
_THE_COUNTRY = Wording("minerals: the country", r"{}(?:'s)?\b")
_MEASURED = re.compile(
    r"\s(?:dug|mined|reserves?|output|production|mines?|mining|ore|exports?|imports?|prices?|deposits?"
    r"|smelters?|furnaces?|producers?|makers?|miners?|refiner(?:s|y|ies)|works|plants?|capacity|trade"
    r"|concentrate|supply|demand)",
    re.IGNORECASE,
)
_ANY = "critical-minerals"
_GENERIC = ("mineral ",)
_MADE_OF = {"alumina": "bauxite", "aluminum": "bauxite"}
_THIS_KIND = Sought(r"\bof (?:this|that|the) (?:kind|sort|type)\b", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|for|from|in|de)\s$|\bof (?:the|its) (?:\w+'s )?$", re.IGNORECASE)


class Minerals:
    """Remembers which minerals a text has spoken of, and says which one an amount is of."""

    def __init__(self, later: Spoken = NOTHING) -> None:
        self.later = later
        self.first: Spoken = NOTHING
        self.last: Spoken = NOTHING
        self.seen: dict[str, Spoken] = {}
        self._said: tuple[tuple[int, int, int], Spoken] = ((-1, -1, -1), NOTHING)

    def read(self, scene: Scene) -> None:
        """Take note of a sentence, after its amounts were read."""
        named = [name for name in self._counted(scene) if not _is_example(scene, name)]
        if named:
            strong = _in_main_clause(scene, [name for name in named if not name.weak] or named)
            self.last = _said(scene, strong[-1], "named in an earlier sentence")
            self.seen.update({name.code: _said(scene, name, "the ore named before") for name in named})
            if self.first.code is None:
                self.first = _said(scene, named[0], "named where the text begins")

    def of(self, scene: Scene, amount: PhraseAmount) -> Spoken:
        """The mineral of an amount, with the words that say so."""
        place = scene.number, amount.start, amount.end
        if self._said[0] != place:
            self._said = place, self._of(scene, amount)
        return self._said[1]

    def _counted(self, scene: Scene) -> list[Name]:
        """The minerals of a sentence without what only hints: "mineral resources" beside a metal's name."""
        if not scene.minerals:
            return []
        named = [name for name in scene.minerals if _counts(scene, name)]
        named = [
            name for name in named if self.last.code in (None, name.code) or not _is_of_firm(scene, name)
        ]
        known = self.first.code or "", *(name.code for name in named)
        if all(code in ("", _ANY) for code in known):
            return named
        return [name for name in named if not scene.low.startswith(_GENERIC, name.start)]

    def ore_of(self, said: Spoken, measure: str | None) -> Spoken:
        """The ore that a text spoke of, for what is dug or lies in the ground: bauxite for alumina.

        What lies there is of the group that a text is about, where only a member was named: rare earths.
        """
        carried = "earlier" in said.how and measure != "mine_production"
        if carried and self.first.code and _members().get(said.code or "") == self.first.code:
            return self.first
        if said.code in _MADE_OF and "earlier" in said.how:
            return self.seen.get(_MADE_OF[said.code], said)
        return said

    def _of(self, scene: Scene, amount: PhraseAmount) -> Spoken:
        named = self._counted(scene)
        beside = _beside(scene, named, amount)
        if beside is not None:
            return _said(scene, beside, "named beside the number")
        if not named and scene.search_low(_TOGETHER) and self.first.code:
            return self.first._replace(how="all that the text spoke of")
        if scene.following and scene.search(_THIS_KIND, amount.end, min(amount.end + 40, scene.end)):
            return _said(scene, scene.following[0], "named in the sentence after")
        near = _near([name for name in named if not _is_example(scene, name)], amount)
        elsewhere = near is not None and near.start >= scene.clause(amount.core[0])[1]
        if near is not None and not (elsewhere and self.last.code):
            return _said(scene, near, "named in the sentence")
        if scene.search_low(_THE_COUNTRY) and self.first.code:
            return self.first
        return self.last if self.last.code else self.later


_SUBORDINATE = re.compile(r"\b(?:after|since|where|once|because|although|whereas|until)\s")


def _in_main_clause(scene: Scene, named: list[Name]) -> list[Name]:
    """Without what a clause beside the main one names: "draws gallium, years after alumina was made"."""
    found = _SUBORDINATE.search(scene.folded, named[0].end, scene.end)
    return [name for name in named if name.end <= found.start()] if found else named


def _counts(scene: Scene, name: Name) -> bool:
    """A weak name counts only as "of lead", "lead reserves", or "Lead rose to $2,100 a tonne"."""
    if not name.weak:
        return True
    if name.start == scene.start and any("/" in amount.unit for amount in scene.amounts):
        return True
    return bool(_MEASURED.match(scene.after(name.end, 20)) or _OF.search(scene.before(name.start, 6)))


_OF_A_NAME = re.compile(r"\s(?!of\b|[A-Z]+\b)(?:& )?[A-Z][a-z]+")


def _is_of_firm(scene: Scene, name: Name) -> bool:
    """Whether a mineral is part of a name with capitals: "Zinc Nacional", "Cobalt Ridge Capital"."""
    goes_on = _OF_A_NAME.match(scene.folded, name.end, scene.end)
    if goes_on is None or not scene.folded[name.start].isupper() or scene.folded[name.end - 1].isupper():
        return False
    placed = any(place.start < goes_on.end() and name.end < place.end for place in scene.places)
    return not placed and _MEASURED.match(scene.after(name.end, 20)) is None


_EXAMPLES = Sought(
    r"\b(?:(?:of|among) (?:them|which|these)|including|such as|especially|notably|above all"
    r"|mainly|mostly)\b[^.;:\d]{0,40}$",
    re.IGNORECASE,
)


def _is_example(scene: Scene, name: Name) -> bool:
    """Whether a mineral is named as one of a group: "rare earths, a fifth of them dysprosium"."""
    return name.code in _members() and scene.search_before(_EXAMPLES, name.start) is not None


@cache
def _members() -> dict[str, str]:
    """Mineral -> the group with a name of its own in which it is counted."""
    groups = minerals()["group"]
    return {str(code): str(group) for code, group in groups.items() if group and group in groups.index}


def _said(scene: Scene, name: Name, how: str) -> Spoken:
    return Spoken(name.code, scene.folded[name.start : name.end], how)


def _beside(scene: Scene, named: list[Name], amount: PhraseAmount) -> Name | None:
    """The mineral right after an amount: "5 tonnes of copper"."""
    following = [name for name in named if name.start >= amount.core[1]]
    if not following or following[0].start - amount.end > 40:
        return None
    first = following[0]
    gap = scene.folded[amount.end : first.start] if first.start > amount.end else ""
    return first if _NEXT_TO.fullmatch(gap) else None


def _near(named: list[Name], amount: PhraseAmount) -> Name | None:
    """The last mineral named before an amount, or else the first after it."""
    before = [name for name in named if name.end <= amount.start]
    if before:
        return before[-1]
    return next((name for name in named if name.start >= amount.core[1]), None)


_FROM_OR_THAN = re.compile(r"\b(?:from|than|against|compared)\b")


def is_one_change(scene: Scene, amounts: Sequence[PhraseAmount]) -> bool:
    """Whether amounts are the after and the before of one thing: "91 per cent, up from 85 per cent"."""
    return _FROM_OR_THAN.search(scene.folded, amounts[0].end, amounts[-1].start) is not None
