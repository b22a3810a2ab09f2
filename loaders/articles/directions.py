"""Which way a change went: up or down, by the words of `knowledge/article_directions.csv` nearest to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from loaders.articles.amounts import PhraseAmount
from loaders.articles.patterns import is_chinese, of_words
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.knowledge import rules

_LEFT = 80
_RIGHT = 40
_HOW = "the word nearest to the number"


def direction_of(scene: Scene, amount: PhraseAmount) -> Spoken:
    """`up` or `down` with the word that says so; NOTHING where no word does.

    A word right behind the number counts before one in front of it: "rose, but by 8 per cent less".
    """
    low, high = max(scene.start, amount.start - _LEFT), min(scene.end, amount.end + _RIGHT)
    own = _anywhere().search(scene.low, amount.core[0], amount.end)
    before = [*_anywhere().finditer(scene.low, low, amount.start)]
    behind = _behind().search(scene.low, amount.end, high)
    right_behind = behind and not scene.low[amount.end : behind.start()].strip()
    match = own or (behind if right_behind or not before else before[-1])
    return Spoken(match.lastgroup, match[0], _HOW) if match else NOTHING


@cache
def _anywhere() -> re.Pattern[str]:
    return _words([row for row in rules("article_directions") if not row["where"]])


@cache
def _behind() -> re.Pattern[str]:
    return _words(rules("article_directions"))


def _words(rows: Sequence[Mapping[str, str]]) -> re.Pattern[str]:
    """A pattern of all words, with a group for each direction."""
    listed: dict[str, list[str]] = {"up": [], "down": []}
    for row in rows:
        edge = "" if is_chinese(row["words"]) else r"\b"
        listed[row["direction"]].append(edge + of_words(row["words"]))
    return re.compile("|".join(f"(?P<{way}>{'|'.join(words)})" for way, words in listed.items()))
