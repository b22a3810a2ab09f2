"""Why digits are no figure about minerals; the rules are in `knowledge/article_not_figures.csv`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from loaders.articles.amounts import PhraseAmount
from loaders.articles.needed import ByNeed, Sought
from loaders.articles.patterns import NEVER, in_small_letters, latin
from loaders.articles.scene import Scene
from loaders.knowledge import rules

_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*|январ\w*|феврал\w*|март\w*|апрел\w*|мая"
    r"|июн\w*|июл\w*|август\w*"
    r"|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*|січн\w*|лют\w*|берез\w*|квіт\w*|трав\w*|черв\w*|лип\w*"
    r"|серп\w*|верес\w*|жовт\w*"
    r"|листопад\w*|груд\w*|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre"
)
_MONTH_BEFORE = Sought(rf"\b(?:{_MONTH})\.?\s$", re.IGNORECASE)
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s(?:de\s)?(?:{_MONTH})\b", re.IGNORECASE)
_TIME_AFTER = re.compile(r"\s?(?:[ap]\.?m\b|o'clock|час\w*|год\.)", re.IGNORECASE)
_NEAR = 30


class _Rule(NamedTuple):
    where: str
    words: Sought
    reason: str
    vetoes: frozenset[str]


@cache
def _rules(plain: bool) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            row["where"],
            Sought(
                in_small_letters(latin(row["words"]) if plain else row["words"]),
                after_number=row["where"] == "after",
            ),
            row["reason"],
            frozenset(row["vetoes"].split()),
        )
        for row in rules("article_not_figures")
    )


@cache
def _asked(plain: bool) -> ByNeed[_Rule]:
    return ByNeed((rule, rule.words) for rule in _rules(plain) if rule.words.words != NEVER)


def _possible(scene: Scene) -> list[_Rule]:
    """The rules whose words may stand in a sentence, found once for each sentence."""
    if scene.refusals is None:
        scene.refusals = _asked(scene.plain).among(scene.words.begins)
    return scene.refusals


def _vetoes(rule: _Rule, kind: str) -> bool:
    """Whether a rule speaks against amounts of a kind: "yes" is all kinds, "no" none."""
    return kind in rule.vetoes or "yes" in rule.vetoes


_KINDS = ("share", "money", "quantity")
_OF_ONE_KIND = [frozenset([kind]) for kind in _KINDS]


def _stands(where: str, words: Sought, scene: Scene, amount: PhraseAmount) -> bool:
    """Whether words stand at a place: in, after, before or near an amount, in its clause or its sentence."""
    if where == "after":
        return words.match(scene.low, amount.core[1], scene.end) is not None or (
            amount.end > amount.core[1] and words.match(scene.low, amount.end, scene.end) is not None
        )
    if where == "before":
        return words.search(scene.low[max(scene.start, amount.start - 60) : amount.start]) is not None
    if where == "itself":
        return words.search(scene.low, amount.start, amount.end) is not None
    if where == "near":
        low, high = scene.clause(amount.core[0])
        near = scene.low[max(low, amount.start - _NEAR) : min(high, amount.end + _NEAR)]
        return words.search(near) is not None
    low, high = scene.clause(amount.core[0]) if where == "clause" else (scene.start, scene.end)
    return words.search(scene.low, low, high) is not None


def veto(scene: Scene, amount: PhraseAmount, kind: str, *, direct: bool = False) -> str:
    """Why an amount with a unit is no figure about minerals, or nothing.

    `direct` says that words right after the amount name what it is a share of: then neither a poll nor an
    index elsewhere in the sentence speaks against it.
    """
    for rule in _possible(scene):
        if not _vetoes(rule, kind) or (direct and rule.where in ("sentence", "clause", "near")):
            continue
        if _stands(rule.where, rule.words, scene, amount):
            return rule.reason
    return ""


def reason(scene: Scene, amount: PhraseAmount) -> str:
    """Why a number without a unit of ours was not taken."""
    printed = scene.folded[amount.core[0] : amount.core[1]]
    before, after = scene.before(amount.core[0], 16), scene.after(amount.core[1], 16)
    if (scene.may_hold(_MONTH_BEFORE) and _MONTH_BEFORE.search(before)) or _MONTH_AFTER.match(after):
        return "a date"
    if _YEAR.fullmatch(printed):
        return "a year"
    if _TIME_AFTER.match(after):
        return "a time"
    for rule in _possible(scene):
        if rule.vetoes not in _OF_ONE_KIND and _stands(rule.where, rule.words, scene, amount):
            return rule.reason
    return "a number without a unit of ours"
