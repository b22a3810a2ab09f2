"""Why digits are no figure about minerals; the rules are in `knowledge/article_not_figures.csv`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from loaders.articles.amounts import PhraseAmount
from loaders.articles.first_words import heads
from loaders.articles.needed import ByFirstWord, LazyPattern, Sought
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
    number: int
    where: str
    words: LazyPattern
    reason: str
    vetoes: frozenset[str]


@cache
def _rules(plain: bool) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            number,
            row["where"],
            LazyPattern(in_small_letters(latin(row["words"]) if plain else row["words"])),
            row["reason"],
            frozenset(row["vetoes"].split()),
        )
        for number, row in enumerate(rules("article_not_figures"))
    )


_OF_ONE_KIND = [frozenset([kind]) for kind in ("share", "money", "quantity")]
_ANY = ""
_NONE = _Rule(0, "", LazyPattern(NEVER), "", frozenset())


def _speaks(rule: _Rule, kind: str) -> bool:
    """Whether a rule speaks against amounts of a kind, or against a number without a unit."""
    if kind == _ANY:
        return rule.vetoes not in _OF_ONE_KIND
    return kind in rule.vetoes or "yes" in rule.vetoes


@cache
def _after(plain: bool, kind: str) -> ByFirstWord[_Rule]:
    """The rules for a kind whose words begin right after an amount."""
    kept = (rule for rule in _rules(plain) if rule.where == "after" and _speaks(rule, kind))
    return ByFirstWord((rule, heads(rule.words.words, at_word=True)) for rule in kept)


@cache
def _asked(plain: bool, *where: str) -> tuple[ByFirstWord[_Rule], list[_Rule]]:
    """The rules for some places: those that begin at a word, and the others."""
    kept = [rule for rule in _rules(plain) if rule.where in where]
    told = [(rule, heads(rule.words.words, passes_signs=False)) for rule in kept]
    at_words = ByFirstWord((rule, begins) for rule, begins in told if "" not in begins)
    return at_words, [rule for rule, begins in told if "" in begins]


def _found(scene: Scene, low: int, high: int, *where: str) -> list[_Rule]:
    """The rules for some places whose words stand between two places of a sentence."""
    at_words, others = _asked(scene.plain, *where)
    found = [
        rule
        for place, word in scene.words.found
        if low <= place < high
        for rule in at_words[word]
        if rule.words.match(scene.low, place, high)
    ]
    return found + [rule for rule in others if rule.words.search(scene.low, low, high)]


def _first(scene: Scene, amount: PhraseAmount, kind: str, *, direct: bool = False) -> str:
    """The reason of the first rule for a kind whose words stand at an amount, or nothing."""
    after = _after(scene.plain, kind)
    found = [
        rule
        for end in {amount.core[1], amount.end}
        for rule in after[scene.word_after(end)]
        if rule.words.match(scene.low, end, scene.end)
    ]
    found += _found(scene, max(scene.start, amount.start - 60), amount.start, "before")
    found += _found(scene, amount.start, amount.end, "itself")
    found += [] if direct else _around(scene, amount)
    return min((rule for rule in found if _speaks(rule, kind)), default=_NONE).reason


def _around(scene: Scene, amount: PhraseAmount) -> list[_Rule]:
    """The rules whose words stand near an amount, in its clause or in its sentence."""
    if scene.refusals is None:
        scene.refusals = _found(scene, scene.start, scene.end, "sentence", "clause", "near")
    return [rule for rule in scene.refusals if rule.where == "sentence" or _is_near(rule, scene, amount)]


def _is_near(rule: _Rule, scene: Scene, amount: PhraseAmount) -> bool:
    low, high = scene.clause(amount.core[0])
    if rule.where == "near":
        low, high = max(low, amount.start - _NEAR), min(high, amount.end + _NEAR)
    return rule.words.search(scene.low, low, high) is not None


def veto(scene: Scene, amount: PhraseAmount, kind: str, *, direct: bool = False) -> str:
    """Why an amount with a unit is no figure about minerals, or nothing.

    `direct` says that words right after the amount name what it is a share of: then neither a poll nor an
    index elsewhere in the sentence speaks against it.
    """
    return _first(scene, amount, kind, direct=direct)


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
    return _first(scene, amount, _ANY) or "a number without a unit of ours"
