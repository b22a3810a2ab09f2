"""Why digits are no figure about minerals; the rules are in `knowledge/article_not_figures.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from loaders.articles.amounts import PhraseAmount
from loaders.articles.dates import month_words
from loaders.articles.first_words import heads
from loaders.articles.needed import ByFirstWord, ChoicesByWord, LazyPattern, Sought
from loaders.articles.patterns import NEVER, in_small_letters, latin, placed
from loaders.articles.scene import Scene
from loaders.knowledge import rules

_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME_AFTER = re.compile(r"\s?(?:[ap]\.?m\b|o'clock|час\w*|год\.)", re.IGNORECASE)
_SCORE_BEFORE = re.compile(r"\b(?:19|20)?\d\d?[-:]$")
_NEAR = 30


@cache
def _months() -> tuple[Sought, re.Pattern[str]]:
    """The name of a month right before the number of a day, and right after it."""
    months = month_words()
    return Sought(rf"\b(?:{months})\.?\s$"), re.compile(rf"(?:st|nd|rd|th)?\s(?:de\s)?(?:{months})\b")


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
            LazyPattern(in_small_letters(latin(words) if plain else words)),
            row["reason"],
            frozenset(row["vetoes"].split()),
        )
        for number, row in enumerate(rules("article_not_figures"))
        for words in [placed(row["words"], row["where"])]
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
def _after(plain: bool, kind: str) -> ChoicesByWord:
    """The rules for a kind whose words begin right after an amount, by the first word after it."""
    kept = (rule for rule in _rules(plain) if rule.where == "after" and _speaks(rule, kind))
    return ChoicesByWord((f"r{rule.number}", rule.words.words) for rule in kept)


@cache
def _asked(plain: bool, *where: str) -> tuple[ByFirstWord[_Rule], list[_Rule]]:
    """The rules for some places: those that begin at a word, and the others."""
    kept = [rule for rule in _rules(plain) if rule.where in where]
    told = [(rule, heads(rule.words.words, passes_signs=False)) for rule in kept]
    at_words = ByFirstWord((rule, begins) for rule, begins in told if "" not in begins)
    return at_words, [rule for rule, begins in told if "" in begins]


def _first(scene: Scene, amount: PhraseAmount, kind: str, *, direct: bool = False) -> str:
    """The reason of the first rule for a kind whose words stand at an amount, or nothing."""
    stand = [*_at(scene, amount), *([] if direct else _around(scene, amount))]
    found = [rule for rule in stand if _speaks(rule, kind)]
    after, listed = _after(scene.plain, kind), _rules(scene.plain)
    for end in {amount.core[1], amount.end}:
        for pattern in after[scene.word_after(end)]:
            match = pattern.match(scene.low, end, scene.end)
            found += [listed[int((match.lastgroup or "")[1:])]] if match else []
    return min(found, default=_NONE).reason


def _at(scene: Scene, amount: PhraseAmount) -> Iterator[_Rule]:
    """The rules whose words stand right before an amount, or in it."""
    at_words, others = _asked(scene.plain, "before", "itself")
    if scene.refusals_begin is None:
        found = scene.words.found
        scene.refusals_begin = [(place, rule) for place, word in found for rule in at_words[word]]
    before, itself = (max(scene.start, amount.start - 60), amount.start), (amount.start, amount.end)
    for place, rule in scene.refusals_begin:
        low, high = before if rule.where == "before" else itself
        if low <= place < high and rule.words.match(scene.low, place, high):
            yield rule
    yield from (rule for rule in others if rule.words.search(scene.low, *before))


def _around(scene: Scene, amount: PhraseAmount) -> list[_Rule]:
    """The rules whose words stand near an amount, in its clause or in its sentence."""
    if scene.refusals is None:
        at_words, others = _asked(scene.plain, "sentence", "clause", "near")
        begun = ((place, rule) for place, word in scene.words.found for rule in at_words[word])
        stand = [rule for place, rule in begun if rule.words.match(scene.low, place, scene.end)]
        stand += [rule for rule in others if rule.words.search(scene.low, scene.start, scene.end)]
        scene.refusals = stand
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
    start, end = amount.core
    before, after = _months()
    if scene.search_low(before, start - 16, start) or after.match(scene.low, end, scene.end):
        return "a date"
    if _YEAR.fullmatch(scene.folded, start, end):
        return "a year"
    if _TIME_AFTER.match(scene.folded, end, scene.end):
        return "a time"
    why = _first(scene, amount, _ANY)
    if not why and _SCORE_BEFORE.search(scene.before(start, 6)):
        return "a score or a time"
    return why or "a number without a unit of ours"
