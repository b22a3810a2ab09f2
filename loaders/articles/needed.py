"""Patterns that are sought only in sentences with words that they can begin with.

What the words of a sentence begin with is found once, and each pattern is asked by it before it is sought.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

from loaders.articles.first_words import MOST, heads
from loaders.articles.patterns import latin

MOST_KNOWN = 1 << 14
"""Of so many words it is kept what they begin with."""

_WORD = re.compile(r"\w+")
_WORD_OR_SIGN = re.compile(r"[^\W\u4e00-\u9fff]*[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+")


class Sought:
    """A pattern that is sought in sentences which have words for it; it has these methods of a pattern."""

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]
    split: Callable[..., list[str]]
    words: str
    compiled: re.Pattern[str]
    heads: frozenset[str]
    first: FirstWords | None
    latin: Sought
    flags: int = 0

    def __init__(self, words: str, flags: int = 0) -> None:
        self.words = words
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        found = self._made(name)
        setattr(self, name, found)
        return found

    def _made(self, name: str) -> Any:
        """What is asked of a pattern, made when it is asked first: most sentences ask little."""
        if name == "compiled":
            return re.compile(self.words, self.flags)
        if name == "heads":
            return heads(self.words)
        if name == "first":
            first = heads(self.words, passes_signs=False)
            return FirstWords(first) if "" not in first else None
        if name == "latin":
            words = latin(self.words)
            return self if words == self.words else Sought(words, self.flags)
        return getattr(self.compiled, name)

    def may_stand_among(self, begins: frozenset[str] | None) -> bool:
        """Whether a match is possible where words begin so; any is where nothing is known of them."""
        return begins is None or not self.heads.isdisjoint(begins)

    def search_at(self, words: SentenceWords, text: str, low: int, high: int) -> re.Match[str] | None:
        """The first match between two places of a text, tried only at words that it can begin with."""
        first = self.first
        if first is None:
            return self.search(text, low, high)
        found = words.found
        for place, word in found[bisect_left(found, (low,)) : bisect_left(found, (high,))]:
            match = self.match(text, place, high) if first[word] else None
            if match is not None:
                return match
        return None


class SentenceWords(NamedTuple):
    """The words of a sentence: the place of each, and what they begin with where all are in Latin letters."""

    found: list[tuple[int, str]]
    begins: frozenset[str] | None


def sentence_words(low: str, start: int, end: int, *, plain: bool) -> SentenceWords:
    """The words between two places of a text in small letters; each Chinese sign begins one.

    `plain` says that the text is in Latin letters.
    """
    if not plain:
        signs = _WORD_OR_SIGN.finditer(low, start, end)
        return SentenceWords([(sign.start(), _with_next(low, sign)) for sign in signs], None)
    found = [(match.start(), match[0]) for match in _WORD.finditer(low, start, end)]
    words = {"", *(word for _, word in found)}
    return SentenceWords(found, frozenset(chain.from_iterable(map(beginnings, words))))


def _with_next(low: str, sign: re.Match[str]) -> str:
    """A word; or a Chinese sign with those after it, as it is printed without spaces."""
    return sign[0] if sign[0][0] < "\u4e00" else low[sign.start() : sign.start() + MOST]


@lru_cache(maxsize=MOST_KNOWN)
def beginnings(word: str) -> tuple[str, ...]:
    """What a word begins with; of one that is not in English letters each part may be a word of its own."""
    begins = [word[:size] for size in range(min(len(word), MOST) + 1)]
    return *begins, *([f"{word} "] if word.isascii() else [f"{head} " for head in (*begins, word)])


Item = TypeVar("Item")


class ByFirstWord(Generic[Item]):
    """Items by what their words can begin with, to be asked of a word or of a sentence at once."""

    def __init__(self, items: Iterable[tuple[Item, frozenset[str]]]) -> None:
        self.items: list[Item] = []
        self.by_head: dict[str, list[int]] = defaultdict(list)
        for number, (item, begins) in enumerate(items):
            self.items.append(item)
            for head in begins:
                self.by_head[head].append(number)
        self.heads = frozenset(self.by_head)
        self.at = lru_cache(maxsize=MOST_KNOWN)(self._at)

    def _at(self, word: str) -> list[Item]:
        """The items whose words can begin with a word, in order."""
        return self.among(beginnings(word))

    def among(self, begins: Iterable[str] | None) -> list[Item]:
        """The items that words which begin so may hold, in order; all where nothing is known of them."""
        if begins is None:
            return self.items
        held = set[int]().union(*map(self.by_head.__getitem__, self.heads.intersection(begins)))
        return [self.items[number] for number in sorted(held)]


class FirstWords(dict[str, bool]):
    """Whether a pattern can begin with a word, for each word that was asked."""

    def __init__(self, begins: frozenset[str]) -> None:
        self.heads = begins

    def __missing__(self, word: str) -> bool:
        if len(self) >= MOST_KNOWN:
            self.clear()
        known = self[word] = not self.heads.isdisjoint(beginnings(word))
        return known


def matches_at(
    pattern: re.Pattern[str], first: FirstWords, words: SentenceWords, text: str, end: int
) -> Iterator[re.Match[str]]:
    """What a pattern finds up to `end` of a text; it is tried only at words that it can begin with."""
    last = 0
    for place, word in words.found:
        match = pattern.match(text, place, end) if place >= last and first[word] else None
        if match is not None:
            last = match.end()
            yield match
