"""Patterns of tables, matched against small letters: Python's `re` is several times faster that way."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CAPITAL = re.compile(r"(\\.|\(\?P)|([A-ZА-ЯЁІЇЄҐÁÉÍÓÚÑ])")


NEVER = "(?!)"
_OTHER_SCRIPT = re.compile("[\u0400-\u04ff\u4e00-\u9fff]")
_PIECE = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|<?[=!]|[a-z-]*:))?|[)|]|[^\\\[()|]", re.DOTALL
)


def is_latin(text: str, start: int, end: int) -> bool:
    """Whether a text has neither Cyrillic nor Chinese letters between two places."""
    return _OTHER_SCRIPT.search(text, start, end) is None


def latin(words: str) -> str:
    """A pattern without the alternatives that only other letters than Latin ones can match."""
    return _choices(iter(_PIECE.findall(words)))


def _choices(pieces: Iterator[str]) -> str:
    """The alternatives up to the end of a group, or what never matches where none is left."""
    choices, foreign = [""], [False]
    for piece in pieces:
        if piece == ")":
            break
        if piece == "|":
            choices.append("")
            foreign.append(False)
        elif piece.startswith("("):
            choices[-1] += f"{piece}{_choices(pieces)})"
        else:
            choices[-1] += piece
            foreign[-1] |= _OTHER_SCRIPT.match(piece) is not None
    kept = [choice for choice, is_foreign in zip(choices, foreign, strict=True) if not is_foreign]
    return "|".join(kept) if kept else NEVER


def by_letter(words: str) -> str:
    """A pattern with its alternatives put together by their first letter, where they begin with one.

    What is matched stays the same: only alternatives that exclude each other change places.
    """
    made: list[str] = []
    run: dict[str, list[str]] = {}
    for choice in [*_alternatives(words), ""]:
        if _PLAIN_START.match(choice):
            run.setdefault(choice[0], []).append(choice[1:])
            continue
        made += [f"{letter}(?:{'|'.join(rest)})" for letter, rest in run.items()]
        made += [choice] if choice else []
        run = {}
    return "|".join(made)


_PLAIN_START = re.compile(r"[^\W\d_](?![?*+{])")


def _alternatives(words: str) -> list[str]:
    """The alternatives of a pattern, outside of its groups."""
    choices, depth = [""], 0
    for piece in _PIECE.findall(words):
        depth += piece.startswith("(") - (piece == ")")
        if piece == "|" and not depth:
            choices.append("")
        else:
            choices[-1] += piece
    return choices


_OPENS = ("(?:", "(")
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")


def first_letters(words: str) -> frozenset[str] | None:
    """The letters that what a pattern matches can begin with; none where that cannot be told."""
    letters: set[str] = set()
    for choice in _alternatives(words):
        found = _first(_PIECE.findall(choice))
        if found is None:
            return None
        letters |= found
    return frozenset(letters)


def _first(pieces: list[str]) -> frozenset[str] | None:
    """The letters that a pattern without alternatives of its own can begin with."""
    if not pieces:
        return None
    piece, after = pieces[0], 1
    if piece in _LOOKS or piece in _OPENS:
        after = _closed(pieces)
    rest = pieces[after:]
    if piece in _LOOKS or piece == r"\b":
        return _first(rest)
    if rest and rest[0] in ("?", "*", "{"):
        return None
    if piece in _OPENS:
        return first_letters("".join(pieces[1 : after - 1]))
    return frozenset(piece.lower()) if len(piece) == 1 and piece.isalpha() else None


def _closed(pieces: list[str]) -> int:
    """The place after the group that a list of pieces begins with."""
    depth = 0
    for place, piece in enumerate(pieces):
        depth += piece.startswith("(") - (piece == ")")
        if not depth:
            return place + 1
    return len(pieces)


def beginning_with(words: str, letter: str) -> str:
    """A pattern with only those alternatives that can begin with a letter, in their order."""
    kept = [choice for choice in _alternatives(words) if letter in (first_letters(choice) or letter)]
    return "|".join(kept) if kept else NEVER


def lowered(text: str) -> str:
    """The text in small letters, every character in its place."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def small_letters(words: str) -> re.Pattern[str]:
    """A pattern for small letters: capitals in it are lowered, escapes such as `\\S` kept."""
    return re.compile(_CAPITAL.sub(lambda match: match[1] or match[2].lower(), words))
