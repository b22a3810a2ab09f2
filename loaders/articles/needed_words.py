"""Patterns that are sought only in sentences with words that they need, or at words that they can begin with.

Which patterns can begin with a word, or need it, is found once for each word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from loaders.articles.first_words import MOST_BEGINNINGS, heads, needed
from loaders.articles.patterns import alternatives, latin, small_letters

MOST_KNOWN = 1 << 14
"""Of so many words it is kept what can begin with them."""

_WORD = re.compile(r"\w+")
_WORD_OR_SIGN = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+")


class LazyPattern:
    """The words of a pattern, compiled when it is asked first; it has these methods of a pattern."""

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]
    split: Callable[..., list[str]]
    words: str
    compiled: re.Pattern[str]
    flags: int = 0

    def __init__(self, words: str, flags: int = 0) -> None:
        self.words = words
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        found = self._made(name)
        setattr(self, name, found)
        return found

    def _made(self, name: str) -> Any:
        return re.compile(self.words, self.flags) if name == "compiled" else getattr(self.compiled, name)


class Sought(LazyPattern):
    """A pattern that is sought in sentences.

    `latin` is what of it can match in Latin letters, `heads` what a word begins with that this needs.
    """

    latin: LazyPattern
    heads: frozenset[str]
    every: ClassVar[list[Sought]] = []

    def __init__(self, words: str, flags: int = 0) -> None:
        super().__init__(words, flags)
        self.every.append(self)

    def _made(self, name: str) -> Any:
        if name == "latin":
            words = latin(self.words)
            return self if words == self.words else LazyPattern(words, self.flags)
        return needed(self.latin.words) if name == "heads" else super()._made(name)


@lru_cache(maxsize=MOST_KNOWN)
def _beginnings(word: str) -> tuple[str, ...]:
    """What a word begins with, and the letters behind its digits, if any: "300km".

    Of a word that is not in English letters each part may be a word of its own.
    """
    begins = [word[:size] for size in range(min(len(word), MOST_BEGINNINGS) + 1)]
    behind = word.lstrip("0123456789")
    more = _beginnings(behind) if behind != word else ()
    return *begins, *more, *([f"{word} "] if word.isascii() else [f"{head} " for head in (*begins, word)])


Item = TypeVar("Item")


class ByFirstWord(dict[str, tuple[Item, ...]]):
    """Word -> the items that can begin with it, in order; each is given with its heads."""

    def __init__(self, items: Iterable[tuple[Item, frozenset[str]]]) -> None:
        self.by_head: dict[str, dict[int, Item]] = defaultdict(dict)
        for number, (item, begins) in enumerate(items):
            for head in begins:
                self.by_head[head][number] = item

    def __missing__(self, word: str) -> tuple[Item, ...]:
        if len(self) >= MOST_KNOWN:
            self.clear()
        held: dict[int, Item] = {}
        for head in _beginnings(word):
            held |= self.by_head.get(head, {})
        found = self[word] = tuple(held[number] for number in sorted(held))
        return found


class ChoicesByWord(dict[str, tuple[re.Pattern[str], ...]]):
    """Word -> one pattern of what can begin with it among named patterns for small letters, if any can."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        choices = ((name, choice) for name, words in named for choice in alternatives(words))
        self.choices = ByFirstWord((choice, heads(choice[1], at_word=True)) for choice in choices)

    def __missing__(self, word: str) -> tuple[re.Pattern[str], ...]:
        if len(self) >= MOST_KNOWN:
            self.clear()
        choices = self.choices[word]
        found = self[word] = (_joined(choices),) if choices else ()
        return found


@cache
def _joined(choices: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One pattern of choices, with a group for those of each name."""
    named = groupby(choices, key=lambda choice: choice[0])
    groups = ((name, "|".join(words for _, words in listed)) for name, listed in named)
    return small_letters("|".join(f"(?P<{name}>{words})" for name, words in groups))


@lru_cache(maxsize=1)
def _asked(count: int) -> tuple[ByFirstWord[Sought], frozenset[Sought]]:
    """The first `count` patterns whose words are told: some are made when their table is read."""
    told = [sought for sought in Sought.every[:count] if "" not in sought.heads]
    return ByFirstWord((sought, sought.heads) for sought in told), frozenset(told)


_NONE: frozenset[Sought] = frozenset()


class SentenceWords(NamedTuple):
    """The words of a sentence with their places.

    Of the patterns that were asked by these words, `held` are those that need one of them.
    """

    found: list[tuple[int, str]]
    plain: bool = False
    asked: frozenset[Sought] = _NONE
    held: frozenset[Sought] = _NONE

    def may_hold(self, sought: Sought) -> bool:
        """Whether the sentence has words that a pattern needs."""
        return sought in self.held or sought not in self.asked

    def search(self, sought: Sought, text: str, low: int, high: int) -> re.Match[str] | None:
        """The first match of a pattern between two places of the text."""
        if sought in self.asked and sought not in self.held:
            return None
        return (sought.latin if self.plain else sought).search(text, low, high)


def sentence_words(low: str, start: int, end: int, *, plain: bool) -> SentenceWords:
    """The words between two places of a text in small letters; each Chinese sign begins one.

    `plain` says that the text is in Latin letters; in others no patterns are asked.
    """
    if not plain:
        signs = _WORD_OR_SIGN.finditer(low, start, end)
        return SentenceWords([(sign.start(), _with_next(low, sign)) for sign in signs])
    found = [(match.start(), match[0]) for match in _WORD.finditer(low, start, end)]
    by_word, asked = _asked(len(Sought.every))
    held = _NONE.union(*[by_word[word] for _, word in found])
    return SentenceWords(found, plain, asked, held)


def _with_next(low: str, sign: re.Match[str]) -> str:
    """A word; or a Chinese sign with those after it, as it is printed without spaces."""
    return sign[0] if sign[0][0] < "\u4e00" else low[sign.start() : sign.start() + MOST_BEGINNINGS]


class ByNeed(Generic[Item]):
    """Items that may be in a sentence, by the words that they need."""

    def __init__(self, items: Iterable[tuple[Item, frozenset[str]]]) -> None:
        listed = list(items)
        self.items = [item for item, _ in listed]
        self.untold = frozenset(number for number, (_, needs) in enumerate(listed) if "" in needs)
        self.by_word = ByFirstWord((number, needs - {""}) for number, (_, needs) in enumerate(listed))

    def held(self, words: SentenceWords) -> list[Item]:
        """The items that a sentence may have, in order."""
        numbers = self.untold.union(*[self.by_word[word] for _, word in words.found])
        return [self.items[number] for number in sorted(numbers)]


def by_first_word(*patterns: re.Pattern[str]) -> ByFirstWord[re.Pattern[str]]:
    """Word -> the patterns that can begin with it."""
    return ByFirstWord((pattern, heads(pattern.pattern, at_word=True)) for pattern in patterns)


def matches_at(
    patterns: Mapping[str, tuple[re.Pattern[str], ...]], words: SentenceWords, text: str, end: int
) -> Iterator[re.Match[str]]:
    """What patterns find up to `end` of a text; each is tried only at words that it can begin with."""
    last = 0
    for place, word in words.found:
        for pattern in patterns[word]:
            match = pattern.match(text, place, end) if place >= last else None
            if match is not None:
                last = match.end()
                yield match
