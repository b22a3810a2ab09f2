"""Why digits are no figure about minerals; the rules are in `knowledge/article_not_figures.csv`."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from loaders.articles.amounts import PhraseAmount
from loaders.articles.first_words import heads
from loaders.articles.needed import ByFirstWord, Sought
from loaders.articles.patterns import in_small_letters, latin
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
    words: Sought
    reason: str
    vetoes: frozenset[str]


@cache
def _rules(plain: bool) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            number,
            row["where"],
            Sought(in_small_letters(latin(row["words"]) if plain else row["words"])),
            row["reason"],
            frozenset(row["vetoes"].split()),
        )
        for number, row in enumerate(rules("article_not_figures"))
    )


_OF_ONE_KIND = [frozenset([kind]) for kind in ("share", "money", "quantity")]
_ANY = ""


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
def _elsewhere(plain: bool) -> ByFirstWord[_Rule]:
    return ByFirstWord((rule, rule.words.heads) for rule in _rules(plain) if rule.where != "after")


_AROUND = frozenset({"sentence", "clause", "near"})


def _in_sentence(scene: Scene) -> list[_Rule]:
    """The rules whose words may stand in, before or around an amount, found once for each sentence."""
    if scene.refusals is None:
        scene.refusals = [
            rule
            for rule in _elsewhere(scene.plain).among(scene.words.begins)
            if rule.where not in _AROUND or rule.words.search_at(scene.words, scene.low, scene.start, scene.end)
        ]
    return scene.refusals


def _first(scene: Scene, amount: PhraseAmount, kind: str, passed_over: Collection[str] = ()) -> str:
    """The reason of the first rule for a kind whose words stand at an amount, or nothing."""
    ends, after = {amount.core[1], amount.end}, _after(scene.plain, kind)
    found = [
        rule
        for end in ends
        for rule in (after.at(scene.word_after(end)) if scene.plain else after.items)
        if rule.words.match(scene.low, end, scene.end)
    ]
    for rule in _in_sentence(scene):
        if _speaks(rule, kind) and rule.where not in passed_over and _stands(rule, scene, amount):
            found.append(rule)
    return min(found).reason if found else ""


def _stands(rule: _Rule, scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a rule's words stand in, before or near an amount, in its clause or its sentence."""
    low, high = scene.start, scene.end
    if rule.where == "before":
        low, high = max(low, amount.start - 60), amount.start
    elif rule.where == "itself":
        low, high = amount.start, amount.end
    elif rule.where != "sentence":
        low, high = scene.clause(amount.core[0])
    if rule.where == "near":
        low, high = max(low, amount.start - _NEAR), min(high, amount.end + _NEAR)
    return rule.words.search_at(scene.words, scene.low, low, high) is not None


def veto(scene: Scene, amount: PhraseAmount, kind: str, *, direct: bool = False) -> str:
    """Why an amount with a unit is no figure about minerals, or nothing.

    `direct` says that words right after the amount name what it is a share of: then neither a poll nor an
    index elsewhere in the sentence speaks against it.
    """
    return _first(scene, amount, kind, _AROUND if direct else ())


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
