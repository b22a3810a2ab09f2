"""What an amount measures: the words that say so, or what the figures before it measured."""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.articles import cues
from loaders.articles.amounts import PhraseAmount
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.vocabulary import Kind

SUMS = frozenset({"fund", "debt", "loan", "investment", "aid", "cost"})
_BASES = {
    **dict.fromkeys(("mine_production", "production", "quota", "production_change"), "production"),
    "refinery_production": "production",
    **dict.fromkeys(("reserves", "resources", "holdings", "stockpile"), "reserves"),
    "exports": "exports",
    "imports": "imports",
    "sales": "sales",
    "demand": "demand",
    "purchase": "imports",
    "capacity": "capacity_use",
    "revenue": "revenue_share",
}
_NO_WEIGHT = frozenset({"price", *SUMS})
IN_PLACE = frozenset({"holdings", "reserves", "resources", "stockpile"})
WEAK = "words that hint at it"
_HOW_BEFORE = "the words nearest to the number"


class Memory(NamedTuple):
    """The figure before: its kind, measure and unit, and the sentence that stated it."""

    kind: Kind | None = None
    measure: str | None = None
    unit: str = ""
    sentence: int = -9
    base: str | None = None
    modality: str = ""
    year: int | None = None
    quantity: str | None = None
    counted: int = -9
    topic: str | None = None
    priced: str = ""
    priced_in: int = -9
    world: bool = False


class MeasureFinding(NamedTuple):
    """What an amount is: its kind, the amount in its unit, its measure; or the reason why it is none."""

    kind: Kind | None
    amount: PhraseAmount
    measure: Spoken = NOTHING
    reason: str = ""
    carried: bool = False
    compared: bool = False


def refused(amount: PhraseAmount, reason: str) -> MeasureFinding:
    """An amount that is no figure, and the reason."""
    return MeasureFinding(None, amount, reason=reason)


def cue_for(
    scene: Scene, amount: PhraseAmount, kind: str, low: int | None = None, high: int | None = None
) -> Spoken:
    """The measure that the nearest cue words state, in the sentence or between two places of it."""
    speakers = scene.chain.speakers
    listed = scene.cues("article_measures", kind, low, high)
    named = [any(who.start <= cue.start < who.end for who in speakers) for cue in listed]
    own = [cue for cue, is_name in zip(listed, named, strict=True) if not is_name]
    found = own if any(cue.weight >= 0 for cue in own) else listed
    if amount.per and kind == "quantity":
        found = [cue for cue in found if cue.code not in IN_PLACE]
    decision, _ = cues.decide_by_cues(scene.folded, found, (amount.start, amount.end), scene.others(amount))
    weak = all(cue.weight < 0 for cue in found if cue.code == decision.code)
    return Spoken(decision.code, decision.words, WEAK if weak else _HOW_BEFORE) if decision.code else NOTHING


def carried(memory: Memory, scene: Scene, *kinds: Kind) -> Spoken:
    """The measure of the figure before, where it stands near and is of a kind like this one."""
    code = (memory.measure or "").removesuffix("_change") if Kind.QUANTITY in kinds else memory.measure
    weighs = Kind.QUANTITY not in kinds or Kind.MONEY in kinds or code not in _NO_WEIGHT
    if code and weighs and memory.kind in kinds and scene.number - memory.sentence <= 3:
        return Spoken(code, "", "as for the figure before")
    if memory.quantity is not None and Kind.QUANTITY in kinds and scene.number - memory.counted <= 4:
        return Spoken(memory.quantity, "", "as for the amount before")
    if memory.topic is not None:
        return Spoken(memory.topic, "", "what the sentence before spoke of")
    ranked = memory.kind is Kind.RANK and Kind.QUANTITY in kinds and scene.number - memory.sentence <= 1
    return Spoken(memory.measure, "", "as for the rank before") if ranked else NOTHING


def close(scene: Scene, amount: PhraseAmount, said: Spoken, asides: int = 0) -> bool:
    """Whether deciding words stand right before an amount, with at most so many commas between."""
    if not said.code:
        return False
    place = scene.folded.rfind(said.words, scene.start, amount.start)
    between = scene.folded[place + len(said.words) : amount.start]
    return place >= 0 and len(between) < 35 and len(re.findall(r"[,;]", between)) <= asides


def base_of(measure: str | None) -> str | None:
    """What a share after a figure of this measure is a share of: production after mined tonnes."""
    return _BASES.get(measure or "")
