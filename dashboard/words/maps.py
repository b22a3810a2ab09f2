"""Maps in words: the classes, what has no place on the map, how many claims are about whom."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from loaders.names import mineral_name, place_name
from loaders.text import count, in_sentence
from loaders.units import display


def amount_classes(breaks: Sequence[float], largest: float, unit: str) -> tuple[str, ...]:
    """The words of classes of amounts or fractions, from the lowest: "under 1 Mt", "1 Mt to under 3 Mt"."""
    if not breaks:
        return (f"up to {display(largest, unit)}",)
    shown = [display(number, unit) for number in breaks]
    between = (f"{one} to under {other}" for one, other in itertools.pairwise(shown))
    return (f"under {shown[0]}", *between, f"{shown[-1]} and more")


def rank_classes(breaks: Sequence[float]) -> tuple[str, ...]:
    """The words of classes of ranks, from the first rank on: "1st", "2nd and 3rd", "4th to 10th"."""
    starts = [1, *map(int, breaks)]
    ends = [number - 1 for number in starts[1:]]
    named = [_between(one, other) for one, other in zip(starts, ends, strict=False)]
    last = display(starts[-1], "rank")
    return (*named, f"{last} and after" if starts[-1] > 1 else last)


def _between(first: int, last: int) -> str:
    one, other = (display(number, "rank") for number in (first, last))
    if first == last:
        return one
    return f"{one} {'and' if last == first + 1 else 'to'} {other}"


def count_classes(breaks: Sequence[float], least: int, largest: int) -> tuple[str, ...]:
    """The words of classes of claims, from the lowest: "1 claim", "2 to 4 claims", "5 to 9 claims"."""
    starts = [least, *(int(number) for number in breaks)]
    ends = [*(number - 1 for number in starts[1:]), largest]
    return tuple(
        count(first, "claim") if first == last else f"{first} to {count(last, 'claim')}"
        for first, last in zip(starts, ends, strict=True)
    )


def not_placed_words(told: Iterable[tuple[str, str]]) -> str:
    """What the map cannot show, with its figures: "Other countries: 280 kt; Soviet Union: 5 kt"."""
    return "; ".join(f"{name}: {words}" for name, words in told)


def claims_finding(counts: Mapping[str, int], mineral: str) -> str:
    """Whom most claims about a mineral are about; `counts` are those by country, the most first."""
    total = sum(counts.values())
    of_what = f"{count(total, 'claim')} about {in_sentence(mineral_name(mineral))}"
    first, most = next(iter(counts.items()))
    several = [place_name(code) for code, number in counts.items() if number == most]
    if len(counts) == 1:
        return f"Every one of {of_what} that names a country is about {place_name(first)}"
    if len(several) > 1:
        names = f"{', '.join(several[:-1])} and {several[-1]}"
        return f"Of {of_what} that name a country, most are about {names}: {most} each"
    return f"Of {of_what} that name a country, most are about {place_name(first)}: {most}"
