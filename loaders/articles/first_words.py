"""Which words a pattern can begin with: `\\b(?:that year|of which)\\b` begins with "that" or "of"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from loaders.articles.patterns import PIECE

MOST = 6
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


@cache
def heads(words: str, *, at_word: bool = False, passes_signs: bool = True) -> frozenset[str]:
    """What the first word of each match of a pattern begins with; "" where that cannot be told.

    A space marks where that word ends. `at_word` says that no word goes on before a match; signs before that
    word are passed over, or nothing is told where there may be any.
    """
    where = _AT_WORD if at_word else _ANYWHERE
    each = (_heads(parts, MOST, where, passes_signs) for parts in _parsed(iter(PIECE.findall(words))))
    return frozenset[str]().union(*each)


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
        each = (_heads((*choice, *tail), most, where, passes_signs) for choice in part.choices)
        return skipped.union(*each)
    if part.sign == r"\b" or _NO_LETTER.fullmatch(part.sign):
        if where == _IN_WORD:
            return skipped | {" "}
        return skipped | (_heads(rest, most, _AT_WORD, True) if passes_signs else _ANY)
    letters = _letters_of(part.sign)
    if where == _ANYWHERE or not letters:
        return skipped | _ANY
    tails = _ANY if part.again else _heads(rest, most - 1, _IN_WORD, passes_signs)
    return skipped | {letter + tail for letter in letters for tail in tails}


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
