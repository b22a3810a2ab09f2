"""Why digits are no figure about minerals; the rules are in `knowledge/article_not_figures.csv`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from loaders.articles.amounts import PhraseAmount
from loaders.articles.dates import month_words
from loaders.articles.first_words import needed
from loaders.articles.needed_words import ByNeed, LazyPattern, Sought
from loaders.articles.patterns import in_small_letters, latin, placed
from loaders.articles.records import PassedOver
from loaders.articles.scene import Scene
from loaders.knowledge import rules

_YEAR = re.compile(r"(?:19|20)\d\d")
_TIME_AFTER = re.compile(r"\s?(?:[ap]\.?m\b|o'clock|час\w*|год\.)", re.IGNORECASE)
_SCORE_BEFORE = re.compile(r"\b(?:19|20)?\d\d?[-:]$")
_NEAR, _BEFORE = 30, 60
_LONGEST_ROW = 200


@cache
def _months() -> tuple[Sought, re.Pattern[str]]:
    """The name of a month right before the number of a day, and right after it."""
    months = month_words()
    return Sought(rf"\b(?:{months})\.?\s$"), re.compile(rf"(?:st|nd|rd|th)?\s(?:de\s)?(?:{months})\b")


class _Rule(NamedTuple):
    where: str
    words: LazyPattern
    reason: str
    against: frozenset[str]


@cache
def _rules(plain: bool) -> ByNeed[_Rule]:
    """The rules by the words that they need."""
    made = []
    for row in rules("article_not_figures"):
        words = placed(row["words"], row["where"])
        words = in_small_letters(latin(words) if plain else words)
        rule = _Rule(row["where"], LazyPattern(words), row["reason"], _against(row["vetoes"].split()))
        made.append((rule, needed(words, at_word=rule.where == "after")))
    return ByNeed(made)


_KINDS = ("share", "money", "quantity", "price")
_ANY = ""
_BESIDE = ("before", "itself", "after")


def _against(vetoes: list[str]) -> frozenset[str]:
    """The kinds of amounts that a rule speaks against, and `_ANY` for a number without a unit."""
    is_of_one = len(vetoes) == 1 and vetoes[0] in ("share", "money", "quantity")
    return frozenset([*(_KINDS if "yes" in vetoes else vetoes), *([] if is_of_one else [_ANY])])


def _first(scene: Scene, amount: PhraseAmount, kind: str, *, direct: bool = False) -> str:
    """The reason of the first rule for a kind whose words stand at an amount, or nothing."""
    if scene.refusals is None:
        scene.refusals = _held(scene)
    for rule in scene.refusals:
        asked = kind in rule.against and (not direct or rule.where in _BESIDE)
        if asked and _stands(rule, scene, amount):
            return rule.reason
    return ""


def _held(scene: Scene) -> list[_Rule]:
    """The rules whose words may stand at an amount of a sentence, or do so elsewhere in it."""
    span, held = (scene.start, scene.end), _rules(scene.plain).held(scene.words)
    return [rule for rule in held if rule.where in _BESIDE or rule.words.search(scene.low, *span)]


def _stands(rule: _Rule, scene: Scene, amount: PhraseAmount) -> bool:
    """Whether the words of a rule stand where it asks for them."""
    if rule.where == "after":
        match, core = rule.words.match, amount.core[1]
        if match(scene.low, amount.end, scene.end) is not None:
            return True
        return core != amount.end and match(scene.low, core, scene.end) is not None
    low, high = amount.start, amount.end
    if rule.where == "before":
        low, high = max(scene.start, amount.start - _BEFORE), amount.start
    elif rule.where != "itself":
        low, high = scene.clause(amount.core[0])
    if rule.where == "near":
        low, high = max(low, amount.start - _NEAR), min(high, amount.end + _NEAR)
    return rule.where == "sentence" or rule.words.search(scene.low, low, high) is not None


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
    return why or _NO_UNIT


_NO_UNIT = "a number without a unit of ours"
_OF_A_TABLE = "a number of a table, which is not read: load the table as a dataset on the page Data"
_ROW = re.compile(r"[^\n\d!?:;]{0,60}\d[\d.,%'()\s*–—-]*(?:(?:[A-Za-z]|n/?a)\b[\d.,%'()\s*–—-]*)*")


def of_tables(text: str, passed: Sequence[PassedOver]) -> list[PassedOver]:
    """What was passed over, with a reason of its own where it stands in a row of a table.

    A row is a line of a few words and then numbers alone, beside another such line: tables have no other
    mark in a PDF file or a pasted text.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    return [
        one.model_copy(update={"reason": _OF_A_TABLE})
        if one.reason == _NO_UNIT and _is_of_table(lines, one.paragraph - 1)
        else one
        for one in passed
    ]


def in_bare_row(scene: Scene, amount: PhraseAmount) -> str:
    """The reason against a number that takes its unit from elsewhere, in a line of a table."""
    if amount.series not in ("list", "before"):
        return ""
    line = scene.folded[scene.start : scene.end].strip()
    return _OF_A_TABLE if not line.endswith(".") and _is_row(line) else ""


def _is_of_table(lines: Sequence[str], place: int) -> bool:
    beside = [line for near in (place - 1, place + 1) if near >= 0 for line in lines[near : near + 1]]
    return _is_row(lines[place]) and any(map(_is_row, beside))


def _is_row(line: str) -> bool:
    return len(line) <= _LONGEST_ROW and _ROW.fullmatch(line) is not None
