"""Words around a number that bound it or make it approximate; `knowledge/article_qualifiers.csv`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from loaders.articles.patterns import lowered
from loaders.knowledge import rules

_FARTHEST = 60
_MOST = 3
_LONGEST = 4
_SIGNS = ">≥<≤~≈"
_OPENING = "\"'([¿¡"
_WORD = re.compile(r"\w+")
_PHRASE_ENDS = re.compile(r"[^\w ]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NOTHING: frozenset[str] = frozenset()


class Around(NamedTuple):
    """What stands around a number: where the words begin and end, lower or upper, and whether about."""

    start: int
    end: int
    bound: str
    about: bool


@cache
def _phrases(side: str) -> dict[str, frozenset[str]]:
    """Phrase -> what it says."""
    return {
        row["words"]: frozenset(row["says"].split())
        for row in rules("article_qualifiers")
        if row["side"] == side
    }


@cache
def _edges(side: str) -> frozenset[str]:
    """The words of the phrases that stand next to a number."""
    next_to = -1 if side == "before" else 0
    return frozenset(phrase.split(" ")[next_to] for phrase in _phrases(side))


@cache
def _not_after() -> dict[str, frozenset[str]]:
    """Phrase -> the words before it that make it say nothing: "довести до" raises to, and is no bound."""
    return {
        row["words"]: frozenset(row["not_after"].split("|"))
        for row in rules("article_qualifiers")
        if row["not_after"]
    }


def around(folded: str, start: int, end: int) -> Around:
    """The words around the number that stands from `start` to `end` of a folded text."""
    said: set[str] = set()
    first = start
    for _ in range(_MOST):
        place, says = _before(folded, start)
        if place == start:
            break
        said |= says
        start = place
    stop, says = _after(folded, end)
    said |= says
    bound = "lower" if "lower" in said else "upper" if "upper" in said else ""
    return Around(start if said - {"exact"} else first, stop, bound, "about" in said)


def _before(folded: str, start: int) -> tuple[int, frozenset[str]]:
    """Where the qualifier right before a place begins, and what it says."""
    text = lowered(folded[max(0, start - _FARTHEST) : start])
    bare = text.rstrip()
    known = _phrases("before")
    if bare and (bare[-1] in _SIGNS or _CHINESE.match(bare[-1])):
        for size in range(min(3, len(bare)), 0, -1):
            if bare[-size:] in known:
                return start - len(text) + len(bare) - size, known[bare[-size:]]
        return start, _NOTHING
    if len(text) - len(bare) != 1:
        return start, _NOTHING
    words = bare.rsplit("\n", 1)[-1].split(" ")
    if words[-1].lstrip(_OPENING) not in _edges("before"):
        return start, _NOTHING
    for size in range(min(_LONGEST, len(words)), 0, -1):
        phrase = " ".join(words[-size:]).lstrip(_OPENING)
        if phrase in known and not _voided(phrase, words[:-size]):
            return start - len(text) + len(bare) - len(phrase), known[phrase]
    return start, _NOTHING


_RAISED = {"до": 8, "hasta": 8, "hasta los": 8}
"""How far before a phrase the word may stand that voids it: "увеличить производство лития до"."""


_CHANGES = ("%", "процентов", "процента", "відсотків", "відсотки")
"""What ends right before a phrase that says where a change led: "выросли на 7% до 7,8 тонн"."""


def _voided(phrase: str, before: list[str]) -> bool:
    void = _not_after().get(phrase)
    near = before[-_RAISED.get(phrase, 1) :]
    if phrase == "up to" and near == ["add"] and before[-2:-1] in (["to"], ["will"]):
        return False  # "is to add up to 5 tonnes", not "adds up to 5 tonnes"
    if phrase in _RAISED and before and before[-1].endswith(_CHANGES):
        return True
    return any(word.startswith(tuple(void or ())) for word in near)


def _after(folded: str, end: int) -> tuple[int, frozenset[str]]:
    """Where the qualifier right after a place ends, and what it says."""
    known = _phrases("after")
    text = lowered(folded[end : end + _FARTHEST])
    gap = 1 if text[:1] == " " else 0
    if _CHINESE.match(text[gap : gap + 1]):
        size = next((size for size in (2, 1) if text[gap : gap + size] in known), 0)
        return (end + gap + size, known[text[gap : gap + size]]) if size else (end, _NOTHING)
    first = _WORD.match(text, 1)
    if not gap or first is None or first[0] not in _edges("after"):
        return end, _NOTHING
    words = _PHRASE_ENDS.split(text[1:], 1)[0].split(" ")
    for size in range(min(_LONGEST, len(words)), 0, -1):
        phrase = " ".join(words[:size])
        if phrase in known:
            return end + 1 + len(phrase), known[phrase]
    return end, _NOTHING
