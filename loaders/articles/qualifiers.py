"""Words around a number that bound it or make it approximate; `knowledge/article_qualifiers.csv`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from loaders.knowledge import rules

_FARTHEST = 26
_MOST = 3


class Around(NamedTuple):
    """What stands around a number: where the words begin and end, lower or upper, and whether about."""

    start: int
    end: int
    bound: str
    about: bool


@cache
def _patterns(side: str) -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """One pattern for all words of a side, and what each of its groups says."""
    rows = [row for row in rules("article_qualifiers") if row["side"] == side]
    says = {f"q{number}": frozenset(row["says"].split()) for number, row in enumerate(rows)}
    groups = [f"(?P<q{number}>{row['words']})" for number, row in enumerate(rows)]
    edge = r"(?:^|(?<![^\W\u4e00-\u9fff]))"
    if side == "before":
        return re.compile(rf"{edge}(?:{'|'.join(groups)})\s?$", re.IGNORECASE), says
    return re.compile(rf"\s?(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE), says


def around(folded: str, start: int, end: int) -> Around:
    """The words around the number that stands from `start` to `end`."""
    said: set[str] = set()
    first = start
    pattern, says = _patterns("before")
    for _ in range(_MOST):
        match = pattern.search(folded, max(0, start - _FARTHEST), start)
        if match is None:
            break
        said |= says[match.lastgroup or ""]
        start = match.start()
        if match.start() == match.end():
            break
    pattern, says = _patterns("after")
    match = pattern.match(folded, end)
    if match is not None:
        said |= says[match.lastgroup or ""]
        end = match.end()
    bound = "lower" if "lower" in said else "upper" if "upper" in said else ""
    return Around(start if said - {"exact"} or start == first else start, end, bound, "about" in said)
