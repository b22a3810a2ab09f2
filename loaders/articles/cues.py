"""Cue words in a sentence, and which of them decides about an amount.

A cue costs its distance from the amount, more for each comma, semicolon or other amount between, and less
by the weight of its rule; the cheapest decides. The rules are tables under `knowledge/`, written in words as
`of_words` says, or as patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from loaders.articles.needed_words import ChoicesByWord, SentenceWords, matches_at
from loaders.articles.patterns import NEVER, in_year, latin, of_words
from loaders.knowledge import rules

_FAR = 90.0
_AFTER = 6.0
_COLON, COMMA, _STOP, _OTHER, _AND, _ASIDE = 22.0, 14.0, 45.0, 16.0, 8.0, 4.0
_SEPARATORS = re.compile(
    r",(?<=[a-z],)(?P<aside> [A-Z]\w+(?: [A-Z]\w+)?,)(?= )|,|;|—|–|\. |:"
    r"|a(?<!\w.)nd\b|b(?<!\w.)ut\b|w(?<!\w.)h(?:ile|ereas)\b|и(?<!\w.)\b|а(?<!\w.)\b|і(?<!\w.)\b|y(?<!\w.)\b"
)
_PRICES = {",": COMMA, ":": _COLON, **dict.fromkeys((";", "—", "–", ". "), _STOP)}


class Cue(NamedTuple):
    """Cue words: where they stand, what they say, and the weight and reach of their rule."""

    start: int
    end: int
    code: str
    weight: float
    reach: str = ""


class CueDecision(NamedTuple):
    """What was decided and the words that decided it; both empty where nothing is stated."""

    code: str
    words: str


_OF_A_YEAR = frozenset({"article_modality"})
"""The tables with slots for years: `patterns.in_year`."""

_Says = tuple[str, float, str]


@cache
def _rules(table: str, kind: str, plain: bool, year: int | None) -> tuple[tuple[str, str, _Says], ...]:
    """The rules of a table that hold for a kind: a group's name, its words, and what they say.

    For `plain` text, in Latin letters, what is written in others is left out. `year` is that of the document
    for a table of `_OF_A_YEAR`.
    """
    columns = {"article_measures": ("measure", "weight"), "article_modality": ("says", "weight")}
    code, weight = columns[table]
    kept = [row for row in rules(table) if not kind or kind in row["kinds"].split()]
    written = [(of_words(row["words"]), row) for row in kept]
    dated = [(in_year(words, year) if year else words, row) for words, row in written]
    listed = [(latin(words) if plain else words, row) for words, row in dated]
    return tuple(
        (f"c{number}", words, (row[code], float(row[weight]), row.get("reach", "")))
        for number, (words, row) in enumerate(listed)
        if words != NEVER
    )


@cache
def _says(table: str, kind: str, plain: bool, year: int | None) -> dict[str, _Says]:
    return {name: says for name, _, says in _rules(table, kind, plain, year)}


@lru_cache(maxsize=32)
def _by_word(table: str, kind: str, plain: bool, year: int | None) -> ChoicesByWord:
    """Word -> the pattern of a table's rules that can begin with it."""
    return ChoicesByWord((name, words) for name, words, _ in _rules(table, kind, plain, year))


def cues(
    table: str, kind: str, words: SentenceWords, low: str, end: int, *, plain: bool, year: int
) -> list[Cue]:
    """The cues of a table among the words of a sentence in small letters; earlier rules hide later ones.

    The sentence ends at `end`; `plain` says that it is in Latin letters, `year` is that of its document.
    """
    rules_of = table, kind, plain, year if table in _OF_A_YEAR else None
    says, found = _says(*rules_of), matches_at(_by_word(*rules_of), words, low, end)
    return [Cue(match.start(), match.end(), *says[match.lastgroup or ""]) for match in found]


def cost(folded: str, cue: Cue, span: tuple[int, int], others: Iterable[tuple[int, int]]) -> float:
    """How far a cue is from an amount at `span`; `others` are the spans of the other amounts."""
    if cue.start < span[1] and span[0] < cue.end:
        return -cue.weight
    left = cue.end <= span[0]
    low, high = (cue.end, span[0]) if left else (span[1], cue.start)
    between = folded[low:high]
    price = float(len(between)) * 0.5 - cue.weight + (0.0 if left else _AFTER)
    if price > 2 * _FAR:
        return price
    price += sum(map(_price, _SEPARATORS.finditer(between)))
    return price + _OTHER * sum(low <= start and end <= high for start, end in others)


def _price(separator: re.Match[str]) -> float:
    return _ASIDE if separator["aside"] else _PRICES.get(separator[0], _AND)


def decide_by_cues(
    folded: str,
    found: Sequence[Cue],
    span: tuple[int, int],
    others: Sequence[tuple[int, int]],
    most: float = _FAR,
) -> tuple[CueDecision, float]:
    """What the nearest cue says about an amount, and its cost; nothing where all cost more than `most`."""
    best: tuple[float, int, Cue] | None = None
    for cue in found:
        if best is not None and least_cost(cue, span) > best[0]:
            continue
        priced = cost(folded, cue, span, others), cue.start, cue
        best = priced if best is None or priced < best else best
    if best is None or best[0] > most:
        return CueDecision("", ""), most
    price, _, cue = best
    return CueDecision(cue.code, folded[cue.start : cue.end].strip()), price


def least_cost(cue: Cue, span: tuple[int, int]) -> float:
    """What a cue costs at least: its distance alone."""
    if cue.start < span[1] and span[0] < cue.end:
        return -cue.weight
    if cue.end <= span[0]:
        return (span[0] - cue.end) * 0.5 - cue.weight
    return (cue.start - span[1]) * 0.5 - cue.weight + _AFTER
