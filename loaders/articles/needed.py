r"""Which words a pattern needs: a sentence that has none of them is not searched for it.

A pattern such as `\b(?:that year|of which)\b` can match only where a word begins with "year" or "which".
What the words of a sentence begin with is found once, and each pattern is asked by it before it is sought.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

from loaders.articles.patterns import PIECE, latin

MOST = 6
"""A word is told by so many of its first letters; one that is no longer has a space behind it."""

MOST_KNOWN = 1 << 14
"""Of so many words it is kept what they begin with."""

_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD_OR_SIGN = re.compile(r"[^\W\u4e00-\u9fff]*[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+")
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|[a-z-]*:))?")
_NO_LETTER = re.compile(r"\\[s\W]|[^\w\\\[(^$.*+?{}]|\[(?![\^\]])(?:\\[sn\W]|[^\w\\\]])+\]")
_ONE_OF = re.compile(r"\[([^\W\d_]+)\]")
_ZERO_WIDTH = ("(?=", "(?!", "(?<=", "(?<!")
_UNTOLD = frozenset([""])


class _Part(NamedTuple):
    """A piece of a pattern: a sign, a group with its choices, or what looks around."""

    sign: str
    choices: tuple[_Parts, ...] = ()
    optional: bool = False
    again: bool = False


_Parts = tuple[_Part, ...]


class Sought:
    """A pattern that is sought in sentences, with what it needs; it has these methods of a pattern."""

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]
    split: Callable[..., list[str]]
    words: str
    compiled: re.Pattern[str]
    needs: frozenset[str] | None
    first: FirstWords | None
    latin: Sought
    flags: int = 0
    after_number = False

    def __init__(self, words: str, flags: int = 0, *, after_number: bool = False) -> None:
        self.words = words
        self.flags = flags
        self.after_number = after_number

    def __getattr__(self, name: str) -> Any:
        found = self._made(name)
        setattr(self, name, found)
        return found

    def _made(self, name: str) -> Any:
        """What is asked of a pattern, made when it is asked first: most sentences ask little."""
        if name == "compiled":
            return re.compile(self.words, self.flags)
        if name == "needs":
            return needed(self.words, is_start=self.after_number)
        if name == "first":
            return FirstWords(self.words) if _begins_at_word(self.words) else None
        if name == "latin":
            words = latin(self.words)
            same = words == self.words
            return self if same else Sought(words, self.flags, after_number=self.after_number)
        return getattr(self.compiled, name)

    def may_stand_among(self, begins: frozenset[str] | None) -> bool:
        """Whether a match is possible where words begin so; any is where nothing is known of them."""
        return begins is None or self.needs is None or not self.needs.isdisjoint(begins)


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
    return SentenceWords(found, frozenset(chain.from_iterable(map(_beginnings, {word for _, word in found}))))


def _with_next(low: str, sign: re.Match[str]) -> str:
    """A word; or a Chinese sign with those after it, as it is printed without spaces."""
    return sign[0] if sign[0][0] < "\u4e00" else low[sign.start() : sign.start() + MOST]


@lru_cache(maxsize=MOST_KNOWN)
def _beginnings(word: str) -> tuple[str, ...]:
    parts = [word] if word.isalpha() or word.isdecimal() else [word, *_LETTERS.findall(word)]
    return tuple(head for part in parts for head in (*_prefixes(part), f"{part} "))


def _prefixes(word: str) -> list[str]:
    return [word[:size] for size in range(2, min(len(word), MOST) + 1)]


@lru_cache(maxsize=MOST_KNOWN)
def _all_beginnings(word: str) -> tuple[str, ...]:
    """What a word begins with; each part of one that is not in English letters may be a word of its own."""
    begins = [word[:size] for size in range(1, MOST + 1)]
    return *begins, *([f"{word} "] if word.isascii() else [f"{head} " for head in (*begins, word)])


Item = TypeVar("Item")


class ByNeed(Generic[Item]):
    """Items that each need a pattern, to be asked of a sentence at once."""

    def __init__(self, items: Iterable[tuple[Item, Sought | None]]) -> None:
        self.items: list[Item] = []
        self.always: list[int] = []
        self.by_head: dict[str, list[int]] = {}
        for number, (item, need) in enumerate(items):
            self.items.append(item)
            if need is None or need.needs is None:
                self.always.append(number)
                continue
            for head in need.needs:
                self.by_head.setdefault(head, []).append(number)
        self.heads = frozenset(self.by_head)

    def among(self, begins: frozenset[str] | None) -> list[Item]:
        """The items whose pattern may stand where words begin so, in order; all where nothing is known."""
        if begins is None:
            return self.items
        held = set(self.always).union(*map(self.by_head.__getitem__, self.heads & begins))
        return [self.items[number] for number in sorted(held)]


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


class FirstWords(dict[str, bool]):
    """Whether a pattern can begin with a word, for each word that was asked."""

    def __init__(self, *patterns: str) -> None:
        choices = (choice for words in patterns for choice in _parsed(iter(PIECE.findall(words))))
        self.heads = frozenset[str]().union(*(_heads(choice, MOST) for choice in choices))
        self.any = "" in self.heads

    def __missing__(self, word: str) -> bool:
        if len(self) >= MOST_KNOWN:
            self.clear()
        known = self[word] = self.any or not self.heads.isdisjoint(_all_beginnings(word))
        return known


def needed(words: str, *, is_start: bool = False) -> frozenset[str] | None:
    """What some word of each match of a pattern begins with; none where that cannot be told.

    `is_start` says that no word goes on before a match.
    """
    return _of_all(_parsed(iter(PIECE.findall(words))), is_start=is_start)


def _begins_at_word(words: str) -> bool:
    """Whether each match of a pattern begins where a word begins that can be told."""
    choices = _parsed(iter(PIECE.findall(words)))
    each = ((parts, _heads(parts, MOST)) for parts in choices)
    return all(not heads or ("" not in heads and _opens(parts)) for parts, heads in each)


def _opens(parts: _Parts) -> bool:
    part = parts[0]
    if part.sign in _ZERO_WIDTH and part.choices != _NOT_A_LETTER:
        return len(parts) > 1 and _opens(parts[1:])
    if _is_group(part.sign):
        return not part.optional and all(choice and _opens(choice) for choice in part.choices)
    return part.sign == r"\b" or part == _Part("(?<!", _NOT_A_LETTER)


def _parsed(pieces: Iterator[str]) -> tuple[_Parts, ...]:
    """The choices up to the end of a group."""
    choices: list[list[_Part]] = [[]]
    for piece in pieces:
        if piece == ")":
            break
        now = choices[-1]
        if piece == "|":
            choices.append([])
        elif piece in ("?", "*", "+", "{") and now:
            count = piece + "".join(iter(lambda: next(pieces), "}")) if piece == "{" else piece
            optional = count[0] in "?*" or count.startswith(("{0", "{,"))
            lazy = now[-1].optional or now[-1].again
            now[-1] = now[-1] if lazy else now[-1]._replace(optional=optional, again=count != "?")
        elif piece.startswith("("):
            now.append(_Part(piece, _parsed(pieces)))
        else:
            now.append(_Part(piece))
    return tuple(map(tuple, choices))


def _of_all(choices: Iterable[_Parts], *, is_start: bool) -> frozenset[str] | None:
    """The beginnings that each choice needs one of; `is_start` says that no word goes on before them."""
    each = [_rarest(_of_one(parts, is_start)) for parts in choices]
    return None if None in each else frozenset().union(*(one for one in each if one))


def _rarest(candidates: Iterable[frozenset[str]]) -> frozenset[str] | None:
    """Of several sets of beginnings the one that the fewest words have: long words are rare."""
    return min(candidates, key=lambda heads: sum(8.0 ** -len(head) for head in heads), default=None)


def _of_one(parts: _Parts, is_start: bool) -> Iterator[frozenset[str]]:
    """The sets of beginnings of which each match of a choice has one."""
    for place, part in enumerate(parts):
        if part == _NEVER:
            yield frozenset()
        if not part.optional:
            heads = _heads(parts[place:], MOST) if is_start else _UNTOLD
            if all(len(head) > 1 for head in heads):
                yield heads
            inner = _of_all(part.choices, is_start=is_start) if _is_group(part.sign) else None
            if inner is not None:
                yield inner
        is_start = _ends_open(part, is_start)


@cache
def _is_group(sign: str) -> bool:
    return _GROUP.fullmatch(sign) is not None


@cache
def _is_no_letter(sign: str) -> bool:
    return _NO_LETTER.fullmatch(sign) is not None


@cache
def _letters_of(sign: str) -> str:
    """The letters or digits that a sign stands for, as `[Tt]` does; none where it may be any."""
    if sign == r"\d":
        return "0123456789"
    one_of = _ONE_OF.fullmatch(sign)
    letters = one_of[1] if one_of else sign
    return letters.lower() if letters.isalnum() else ""


def _ends_open(part: _Part, is_start: bool) -> bool:
    """Whether no word goes on behind a part of a pattern."""
    if part.sign in _ZERO_WIDTH:
        return is_start or (part.sign == "(?<!" and part.choices == _NOT_A_LETTER)
    if _is_group(part.sign):
        opens = all(_all_open(parts, is_start) for parts in part.choices)
    else:
        opens = part.sign == r"\b" or _is_no_letter(part.sign)
    return opens and (is_start or not part.optional)


_NOT_A_LETTER = ((_Part(r"\w"),),)
_NEVER = _Part("(?!", ((),))


def _all_open(parts: _Parts, is_start: bool) -> bool:
    for part in parts:
        is_start = _ends_open(part, is_start)
    return is_start


def _heads(parts: _Parts, most: int, *, in_word: bool = False) -> frozenset[str]:
    """What the word begins with that a pattern begins with; a space marks where it ends."""
    if not parts or not most:
        return _UNTOLD
    part, rest = parts[0], parts[1:]
    if part == _NEVER:
        return frozenset()
    if part.sign in _ZERO_WIDTH or (part.sign == r"\b" and not in_word):
        return _heads(rest, most, in_word=in_word)
    skipped = _heads(rest, most, in_word=in_word) if part.optional else frozenset[str]()
    if _is_group(part.sign):
        tail = () if part.again else rest
        return skipped.union(*(_heads((*parts, *tail), most, in_word=in_word) for parts in part.choices))
    if part.sign == r"\b" or _is_no_letter(part.sign):
        return skipped | {" " if in_word else ""}
    letters = _letters_of(part.sign)
    if not letters:
        return skipped | _UNTOLD
    tails = _UNTOLD if part.again else _heads(rest, most - 1, in_word=True)
    return skipped | {letter + tail for letter in letters for tail in tails}
