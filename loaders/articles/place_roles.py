"""What part a place plays in a sentence: what it is about, whom it deals with, or who speaks there.

The words that decide are in `knowledge/article_place_roles.csv`, one row a rule: those of some rules stand
before the place, those of others after it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from loaders.articles.names import Name
from loaders.articles.needed_words import Sought
from loaders.articles.scene import Scene
from loaders.knowledge import rules
from loaders.vocabulary import EUROPEAN_UNION

FOCUS, LAST_RESORT, PARTNER = "focus", "last resort", "partner"
_AND = frozenset({" and ", " or ", " and the ", ", ", " и ", " і ", " та ", " y "})
_GIVERS = frozenset({EUROPEAN_UNION, "USA", "CHN", "JPN"})
_FROM = frozenset(["from", "of"])
_RANKED = frozenset(["of", "before", "then", "with"])
_INTO = frozenset(["to", "in", "at", "into"])
_WHERE = frozenset(["in", "from", "at"])
_IS = frozenset(["was", "were", "is", "are", "all", "mostly", "mainly", "now"])
_OPENS_CLAUSE = frozenset(["after", "before"])
_LEADING = re.compile(r"(\w+)\s(?:the\s)?$", re.IGNORECASE)
_ENDS = re.compile(r"\s?(?:[.,;:)]|$)|\s(?:and|but|in)\b")
_ITS_MOVES = re.compile(
    r"'s (?:[\w-]+ ){1,3}(?:rose|fell|grew|shrank|dropped|jumped|climbed|slipped|slumped|soared|doubled"
    r"|halved)\b"
)
_NEAR = 40


class Seen(NamedTuple):
    """A place named in a sentence, and its role."""

    name: Name
    role: str


class _Place(NamedTuple):
    """A place with the words before it, the word right before it, and whether it owns what follows."""

    scene: Scene
    name: Name
    before: str
    leads: str
    possessive: bool

    def after(self, most: int) -> str:
        return self.scene.after(self.name.end, most)


def roles_of(scene: Scene) -> list[Seen]:
    """The places of a sentence with their roles, in order; found once for each sentence."""
    if len(scene.roles) != len(scene.places):
        scene.roles = []
        for name in scene.places:
            before = scene.roles[-1] if scene.roles else None
            joined = before and scene.folded[before.name.end : name.start] in _AND
            joined = joined and not _is_fronted(scene, before)
            scene.roles.append(Seen(name, before.role if before and joined else _role(scene, name)))
    return scene.roles


@cache
def _patterns() -> dict[str, Sought]:
    """Rule -> its words."""
    words: dict[str, list[str]] = defaultdict(list)
    for row in rules("article_place_roles"):
        words[row["rule"]].append(row["words"])
    return {rule: Sought("|".join(listed), re.IGNORECASE) for rule, listed in words.items()}


def _says(rule: str, place: _Place, most: int = 60) -> bool:
    """Whether the words of a rule stand at the end of the text before a place."""
    return place.scene.search_before(_patterns()[rule], place.name.start, most) is not None


def _begins(rule: str, place: _Place, most: int) -> bool:
    """Whether the words of a rule begin the text after a place."""
    words = _patterns()[rule]
    return place.scene.may_hold(words) and words.match(place.after(most)) is not None


def _is_fronted(scene: Scene, seen: Seen | None) -> bool:
    """Whether a sentence begins with whom it compares with: "Behind Chile, Peru ranks second"."""
    return seen is not None and bool(
        _patterns()["fronted"].fullmatch(scene.folded, scene.start, seen.name.start)
    )


def _role(scene: Scene, name: Name) -> str:
    """The role of the first question that a place answers with yes; what it is about where none does."""
    before = scene.before(name.start, 60)
    possessive = scene.folded[name.end : name.end + 2] in ("'s", "' ")
    place = _Place(scene, name, before, _leading_word(before), possessive)
    return next((role for role, holds in _QUESTIONS if holds(place)), FOCUS)


def _leading_word(before: str) -> str:
    """The word right before a name, or before its "the"."""
    match = _LEADING.search(before, max(0, len(before) - 30))
    return match[1].lower() if match else ""


def _takes(place: _Place) -> bool:
    """Whether it is for a place, or imported by it; or a list goes on with it."""
    if place.before == "For " or (place.possessive and _begins("its number", place, 24)):
        return True
    if place.leads == "by":
        return _says("imports by", place) or _says("goes on", place, _NEAR)
    if place.leads in _INTO and _says("reaches", place, _NEAR):
        return True
    ranked = place.leads in _RANKED and _says("goes on", place, _NEAR)
    return ranked and _begins("with its own", place, _NEAR)


def _sells(place: _Place) -> bool:
    if place.leads == "from" and _says("imports from", place, 90):
        return True
    return _says("imports of", place) and not place.scene.folded.startswith("'s", place.name.end)


def _sends(place: _Place) -> bool:
    if place.leads not in _FROM:
        return False
    return _says("sent from", place, _NEAR) or _says("shipped from", place, 100)


def _receives(place: _Place) -> bool:
    return _begins("receives", place, 30)


def _is_where_spoken(place: _Place) -> bool:
    """Whether a place is only where somebody spoke or is: "a forum in Rome", "a broker in Toronto"."""
    if place.leads == "in" and _says("place of speech", place, _NEAR):
        return True
    if place.leads in _WHERE and _says("person in", place, 70):
        return True
    return place.possessive and place.leads == "by" and _says("by its own", place, _NEAR)


def _opens_speech(place: _Place) -> bool:
    """Whether a place is in a speaker's name where a clause begins: "after Chile's largest mine said"."""
    scene, name = place.scene, place.name
    return place.leads in _OPENS_CLAUSE and any(
        item.start > name.end and is_in_speaker(scene, name, item.start, item.end)
        for item in scene.chain.speakers
    )


def _works_abroad(place: _Place) -> bool:
    """Whether a place is the home of a firm with works elsewhere: "Canada's Lark runs a mine in Peru"."""
    if not _begins("owner", place, _NEAR):
        return False
    scene, name = place.scene, place.name
    others = (other for other in scene.places if other.start > name.end and other.code != name.code)
    named = [place._replace(name=other) for other in others]
    return any(_says("works in", other) and not _says("works of others", other) for other in named)


def _owns(place: _Place) -> bool:
    """Whether a place is dealt with but what it owns is spoken of: "from Chile's mines"."""
    if place.leads == "after" and _ITS_MOVES.match(place.after(_NEAR)):
        return True
    return place.possessive and _is_dealt_with(place) and not _says("compared", place, _NEAR)


def _is_dealt_with(place: _Place) -> bool:
    came = place.leads in _IS and _says("came from", place, _NEAR) and _ENDS.match(place.after(8)) is not None
    return came or _says("partner", place, _NEAR)


def _is_partner(place: _Place) -> bool:
    if _is_dealt_with(place) or (place.leads == "in" and _says("one in", place, _NEAR)):
        return True
    return not place.possessive and place.leads == "as" and _says("as", place, _NEAR)


def _is_outlet(place: _Place) -> bool:
    return _begins("outlet", place, 24)


def _acts(place: _Place) -> bool:
    """Whether a place is named for who speaks, acts or gives: "Chinese traders", "Brussels has granted"."""
    scene, name = place.scene, place.name
    speaking = [item for item in scene.chain.speakers if is_in_speaker(scene, name, item.start, item.end)]
    if speaking:
        return any(item.name != scene.folded[name.start : name.end] for item in speaking)
    if _begins("lists" if place.possessive else "actor", place, _NEAR):
        return True
    return name.code in _GIVERS and _begins("gives", place, _NEAR)


_QUESTIONS: tuple[tuple[str, Callable[[_Place], bool]], ...] = (
    (FOCUS, _takes),
    (PARTNER, _sells),
    (FOCUS, _sends),
    (PARTNER, _receives),
    (LAST_RESORT, _is_where_spoken),
    (LAST_RESORT, _opens_speech),
    (LAST_RESORT, _works_abroad),
    (FOCUS, _owns),
    (PARTNER, _is_partner),
    (LAST_RESORT, _is_outlet),
    (LAST_RESORT, _acts),
)
"""What is asked of a place, in order, and its role where the answer is yes."""


def is_in_speaker(scene: Scene, name: Name, start: int, end: int) -> bool:
    """Whether a place is part of a speaker's name: "Indonesia's energy minister"."""
    if start <= name.start < end:
        return True
    return (
        name.end <= start
        and re.fullmatch(r"(?:'s|\.)?\s(?:\w+\s)?", scene.folded[name.end : start]) is not None
    )
