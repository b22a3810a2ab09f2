"""What documents say a second time: the same figure of the same origin, the same event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from loaders.knowledge import rules
from loaders.model import Claim, Event
from loaders.names import minerals, places
from loaders.vocabulary import WORLD, Direction

_NEAR = 1e-6
_A_DAY = timedelta(days=1)
_SOME_DAYS = timedelta(days=14)
_WORDS_IN_COMMON = 2
_WORDS_ALIKE = 3
_EMPTY_WORDS = frozenset(["the", "a", "an", "of", "its", "his", "her", "their", "and", "s"])


class Repetition(NamedTuple):
    """A known claim that states the same figure, and whether it goes back to the same origin."""

    claim: Claim
    same_origin: bool


def repetitions(claim: Claim, known: Iterable[Claim]) -> list[Repetition]:
    """The known claims with the same figure: kind, mineral, places, measure and number; same origin first.

    An origin is the same where one name holds all words of the other: "Natural Resources Ministry" and
    "Russia's Natural Resources Ministry".
    """
    found = [
        Repetition(other, same_origin(claim.origin, other.origin))
        for other in known
        if other.id != claim.id
        and _of(other) == _of(claim)
        and not _opposed(claim, other)
        and _same_number(claim, other)
    ]
    return sorted(found, key=lambda item: not item.same_origin)


def _of(claim: Claim) -> tuple[str | None, ...]:
    compared = None if claim.compared_place == WORLD else claim.compared_place
    return claim.kind, claim.mineral, claim.place, compared, claim.measure, claim.unit


def _opposed(one: Claim, other: Claim) -> bool:
    """Whether one says that a figure rose and the other that it fell."""
    return {one.direction, other.direction} == set(Direction)


def _same_number(one: Claim, other: Claim) -> bool:
    pairs = ((one.value, other.value), (one.lower, other.lower), (one.upper, other.upper))
    return all(_near(first, second) for first, second in pairs)


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _NEAR * max(abs(one), abs(other))


def same_origin(one: str, other: str) -> bool:
    """Whether two names may be those of one speaker: the words of one are all among those of the other."""
    first, second = _words(one), _words(other)
    return bool(first and second) and (first <= second or second <= first)


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold())) - _EMPTY_WORDS


def same_event(words: str, day: date | None, until: date | None, known: Iterable[Event]) -> Event | None:
    """The known event of the same days, a day more or less, that shares two longer words; or none.

    Names of places do not count: many events are of the same countries.
    """
    if day is None:
        return None
    best: tuple[int, Event] | None = None
    for event in known:
        first, last = event.span
        if day > last + _A_DAY or (until or day) < first - _A_DAY:
            continue
        told = " ".join([event.what, *(mention.phrase for mention in event.mentions)])
        common = len((_stems(words) & _stems(told)) - _places())
        if common >= _WORDS_IN_COMMON and (best is None or common > best[0]):
            best = common, event
    return best[1] if best else None


def redated_event(
    words: str, day: date | None, told: date | None, known: Iterable[Event], published: Mapping[str, date]
) -> Event | None:
    """The known event of the same words that the documents date otherwise, some days off; or none.

    Three words or more of one are all among those of the other. `told` is the day of the text, `published`
    that of each document: both dates were past on all of these days, for what happens again after a document
    was printed is another event.
    """
    if day is None or told is None:
        return None
    stems = _words_of_event(words)
    for event in known:
        first, last = event.span
        printed = [published.get(mention.source, date.min) for mention in event.mentions]
        near = first - _SOME_DAYS <= day <= last + _SOME_DAYS and not event.planned
        if near and last <= told and day <= min(printed) and _is_told_in(stems, event):
            return event
    return None


def _is_told_in(stems: set[str], event: Event) -> bool:
    """Whether the words of one are all among those of the other."""
    others = (_words_of_event(mention.phrase) for mention in event.mentions)
    return any(len(stems & other) >= _WORDS_ALIKE and stems & other in (stems, other) for other in others)


def _words_of_event(phrase: str) -> set[str]:
    return _stems(phrase) - _places() - _months()


@cache
def _months() -> frozenset[str]:
    return frozenset(_stems(" ".join(row["words"].replace("|", " ") for row in rules("article_months"))))


@cache
def _places() -> frozenset[str]:
    """The stems of the names of places and of their people; copper is more than the Copperbelt."""
    listed = [*places()["name"], *(row["spelling"] for row in rules("article_places"))]
    return frozenset(_stems(" ".join(listed)) - _stems(" ".join(map(str, minerals()["name"]))))


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"\w{5,}", text.casefold())}
