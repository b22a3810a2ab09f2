"""Which words a pattern begins with, and which of its words is rare.

`\\b(?:that year|of which)\\b` begins with "that" or "of", and needs "year" or "which".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, reduce
from math import inf
from typing import NamedTuple

from loaders.articles.patterns import PIECE

MOST_BEGINNINGS = 6
"""A word is told by so many of its first letters; one that is no longer has a space behind it."""


class _Part(NamedTuple):
    """A piece of a pattern, or a group of it with its choices."""

    sign: str
    choices: tuple[_Parts, ...] = ()
    optional: bool = False
    again: bool = False


_Parts = tuple[_Part, ...]
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_NEVER = _Part("(?!", ((),))
_NOT_IN_WORD = _Part("(?<!", ((_Part(r"\w"),),))
_NO_LETTER = re.compile(r"\\[sW]|\\[^\w]|[^\w\\\[(^$.*+?{}]|\[(?![\^\]])(?:\\[sn\W]|[^\w\\\]])+\]")
_ONE_OF = re.compile(r"\[([^\W\d_]+)\]")
_ANY = frozenset([""])
_ANYWHERE, _AT_WORD, _IN_WORD = range(3)
_SHORT = 3
_COMMON = re.compile(
    r"(?:the|of|in|to|an?|and|for|at|by|on|is|was|its?|that|this|with|from|as|are|were|ha[sd]|have|will|would"
    r"|be|or|but|not|than|more|per|cent|one|two|about|which|their|they|he|his|her|tons?|tonnes?) ?"
)


@cache
def heads(words: str, *, at_word: bool = False, passes_signs: bool = True) -> frozenset[str]:
    """What the first word of each match of a pattern begins with; "" where that cannot be told.

    A space marks where that word ends. `at_word` says that no word goes on before a match; signs before that
    word are passed over, or nothing is told where there may be any.
    """
    where = _AT_WORD if at_word else _ANYWHERE
    return _union(
        _heads(parts, MOST_BEGINNINGS, where, passes_signs) for parts in _parsed(iter(PIECE.findall(words)))
    )


@cache
def needed(words: str, *, at_word: bool = False) -> frozenset[str]:
    """What the rarest word in each match of a pattern begins with, as `heads`."""
    where = _AT_WORD if at_word else _ANYWHERE
    return _union(_rarest(parts, where) for parts in _parsed(iter(PIECE.findall(words))))


def _rarest(parts: _Parts, where: int) -> frozenset[str]:
    """The heads of an alternative at that place of it where they are rarest."""
    told = [_ANY]
    for place, part in enumerate(parts):
        if part == _NEVER:
            return frozenset()
        if not part.optional and part.sign not in _LOOKS:
            begins = part.choices or (where == _AT_WORD and _letters_of(part.sign))
            told += [_heads(parts[place:], MOST_BEGINNINGS, where, True)] if begins else []
            told += [_union(_rarest(choice, where) for choice in part.choices)] if part.choices else []
        where = _where_after(part, where)
    return min(told, key=_commonness)


def _where_after(part: _Part, where: int) -> int:
    """Whether a letter behind a part begins a word."""
    if part.sign in _LOOKS:
        return _AT_WORD if part == _NOT_IN_WORD else where
    if part.optional and where != _AT_WORD:
        return _ANYWHERE
    if not part.choices:
        return _AT_WORD if part.sign == r"\b" or _NO_LETTER.fullmatch(part.sign) else _ANYWHERE
    ends = (reduce(lambda at, piece: _where_after(piece, at), choice, where) for choice in part.choices)
    return _AT_WORD if all(end == _AT_WORD for end in ends) else _ANYWHERE


def _commonness(begins: frozenset[str]) -> float:
    """How often words with one of these beginnings stand in a text, in rough numbers."""
    common = sum(len(head) < _SHORT or _COMMON.fullmatch(head) is not None for head in begins)
    return inf if "" in begins else len(begins) + 30 * common


def _heads(parts: _Parts, most: int, where: int, passes_signs: bool) -> frozenset[str]:
    if not parts or not most:
        return _ANY
    part, rest = parts[0], parts[1:]
    if part == _NEVER:
        return frozenset()
    if part.sign in _LOOKS or (part.sign == r"\b" and where != _IN_WORD):
        at_word = part.sign == r"\b" or part == _NOT_IN_WORD
        return _heads(rest, most, _AT_WORD if at_word else where, passes_signs)
    skipped = _heads(rest, most, where, passes_signs) if part.optional else frozenset[str]()
    if part.choices:
        tail = () if part.again else rest
        return skipped | _union(
            _heads((*choice, *tail), most, where, passes_signs) for choice in part.choices
        )
    if part.sign == r"\b" or _NO_LETTER.fullmatch(part.sign):
        if where == _IN_WORD:
            return skipped | {" "}
        return skipped | (_heads(rest, most, _AT_WORD, True) if passes_signs else _ANY)
    letters = _letters_of(part.sign)
    if where == _ANYWHERE or not letters:
        return skipped | _ANY
    tails = _ANY if part.again else _heads(rest, most - 1, _IN_WORD, passes_signs)
    return skipped | {letter + tail for letter in letters for tail in tails}


def _union(each: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*each)


@cache
def _letters_of(sign: str) -> str:
    """The letters or digits that a sign stands for, as `[Tt]` does; none where it may be any."""
    if sign == r"\d":
        return "0123456789"
    one_of = _ONE_OF.fullmatch(sign)
    letters = one_of[1] if one_of else sign
    return letters.lower() if letters.isalnum() else ""


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
