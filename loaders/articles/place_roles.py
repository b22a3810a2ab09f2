"""What part a place plays in a sentence: what it is about, whom it deals with, or who speaks there."""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.articles.names import EUROPEAN_UNION, Name
from loaders.articles.scene import Scene

FOCUS, LAST_RESORT, PARTNER = "focus", "last resort", "partner"
_PARTNER = re.compile(
    r"\b(?:from|to|than(?: in| for| from)?|behind|ahead of|after|with|against|over|for|like|beside|besides"
    r"|overtake|overtakes|overtook|overtaken|overtaking|surpass|surpassed|surpasses|outstrip|outstripped"
    r"|outside|beyond|except|excluding|by|via|through"
    r"|sent|gave|sold|told|asks?|asked|urges?|owes|owed|supply|supplies|supplied|unlike|out of|из|от"
    r"|после|чем|ніж|від|після"
    r"|desde|tras|con|of what|than what)"
    r"\s(?:the\s|neighbouring\s|nearby\s)?$|[向对]$",
    re.IGNORECASE,
)
_PERSON_IN = re.compile(
    r"\b(?:consultants?|advis[eo]rs?|analysts?|traders?|brokers?|economists?|experts?|professors?"
    r"|officials?|diplomats?|bankers?|lawyers?)\s"
    r"(?:\w+\s){0,5}?(?:in|from|at)\s(?:the\s)?$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|behind|ahead of|to|after|against|with|over|unlike)\s(?:the\s)?$", re.IGNORECASE
)
_AS = re.compile(r"\bas\s(?:the\s)?$")
_CAME_FROM = re.compile(r"\b(?:was|were|is|are)\s(?:all\s|mostly\s|mainly\s)?$")
_ENDS = re.compile(r"\s?(?:[.,;:)]|$)|\s(?:and|but|in)\b")
_SENT_FROM = re.compile(
    r"\b(?:exports?|shipments?|output|production|deliver\w+|sales|supply"
    r"|supplies)\s(?:of\s(?:[\w-]+\s){1,3})?(?:from|out of)\s(?:the\s)?$",
    re.IGNORECASE,
)
_SHIPPED_FROM = re.compile(
    r"\b(?:shipped|exported|hauled|trucked)\s[^.;,]{3,70}\sfrom\s(?:the\s)?$", re.IGNORECASE
)
_TO_ONE_IN = re.compile(
    r"\b(?:went|gone|goes?|sold|sent|shipped|ship|exported|export|delivered)\s(?:to|from)\s(?:an?|the|its"
    r"|their)\s(?:\w+\s){1,2}in\s(?:the\s)?$",
    re.IGNORECASE,
)
_FRONTED = re.compile(r"(?:Behind|After|Unlike|Like|Besides|Next to|Ahead of|Against)\s(?:the\s)?")
_IMPORTS_BY = re.compile(
    r"\b(?:imports?|purchases|use|consumption|exports?)\s(?:of\s[^,;.]{3,40}\s)?by\s(?:the\s)?$",
    re.IGNORECASE,
)
_IMPORTS_OF = re.compile(
    r"\b(?:imports?|purchases|imported|bought|buys)\s(?:of\s)?(?:\w+\s)?$", re.IGNORECASE
)
_ACTOR = re.compile(
    r"\.?[\s-](?:\w+\s)?(?:lenders?|owners?|operators?|utilit(?:y|ies)|parents?|giants?|firms?|compan(?:y"
    r"|ies)|groups?|buyers?|traders?|investors?|banks?"
    r"|partners?|customers?|rivals?"
    r"|competitors?|consort\w+|engineers?|carmakers?|funds?|survey|agency|geologists?|officials?|experts?"
    r"|researchers?|diplomats?|estimates?|dollars?|president|tariffs?|currency|importers?|backers?"
    r"|shareholders?|francs?|компани\w*|фирм\w*|фірм\w*|[иі]нвестор\w*|банк\w*)\b",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"'s?\s(?:\w+\s)?(?:lists?|wish list|watch list|embargo|sanctions|tariffs|controls"
    r"|request)\b"
)
_RECEIVES = re.compile(
    r"\s(?:was|were|had been|has been|have been|would be)\s(?:promised|offered|given|granted|sold)\b"
)
_PLACE_OF_SPEECH = re.compile(
    r"\b(?:fair|forum|conference|summit|congress|investors|journalists|delegates|shareholders|students"
    r"|listeners|senators|lawmakers|speaking|spoke|rally|briefing|ceremony|exhibition|seminar|meeting"
    r"|reporters"
    r"|hearing)\sin\s(?:the\s)?$"
)
_AND = frozenset({" and ", " or ", " and the ", ", ", " и ", " і ", " та ", " y "})
_BY = re.compile(r"\bby (?:the )?$")
_OUTLET = re.compile(
    r"\s(?:\w+\s)?(?:portal|wire|daily|weekly|paper|newspaper|magazine|broadcaster|radio|station|website"
    r"|site)\b"
)
_GIVERS = frozenset({EUROPEAN_UNION, "USA", "CHN", "JPN"})
_GIVES = re.compile(
    r"\s(?:has |had |have |will |would )?(?:already )?(?:grant(?:s|ed)?|g[ai]ve[sn]?|lends?|lent|pledge[sd]?"
    r"|promise[sd]?|set aside|sets aside|earmark(?:s|ed)?|allocate[sd]?|offer(?:s|ed)?|award(?:s|ed)?"
    r"|approved?|paid|pays|spent|spends|contribute[sd]?|cover(?:s|ed)|bears?|bore|put in|puts in"
    r"|chipped in|put up|puts up)\b"
)
_FROM = frozenset(["from", "of"])
_WHERE = frozenset(["in", "from", "at"])
_IS = frozenset(["was", "were", "is", "are", "all", "mostly", "mainly"])
_OPENS_CLAUSE = frozenset(["after", "before"])
_LEADING = re.compile(r"(\w+)\s(?:the\s)?$", re.IGNORECASE)


class Seen(NamedTuple):
    """A place named in a sentence, and its role."""

    name: Name
    role: str


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


def _is_fronted(scene: Scene, seen: Seen | None) -> bool:
    """Whether a sentence begins with whom it compares with: "Behind Chile, Peru ranks second"."""
    return seen is not None and _FRONTED.fullmatch(scene.folded, scene.start, seen.name.start) is not None


def _role(scene: Scene, name: Name) -> str:
    """Whether a place is what the sentence is about, whom it deals with, or who speaks."""
    before = scene.before(name.start, 60)
    leads = _leading_word(before)  # most of what is asked below ends with a word of its own
    if (leads == "by" and _IMPORTS_BY.search(before)) or before == "For ":
        return FOCUS
    if _IMPORTS_OF.search(before) and not scene.folded.startswith("'s", name.end):
        return PARTNER
    before = before[-40:]
    possessive = scene.folded[name.end : name.end + 2] in ("'s", "' ")
    if leads in _FROM and (_SENT_FROM.search(before) or _SHIPPED_FROM.search(scene.before(name.start, 100))):
        return FOCUS
    if _RECEIVES.match(scene.after(name.end, 30)):
        return PARTNER
    if _is_where_spoken(scene, name, before, leads) or (possessive and leads == "by" and _BY.search(before)):
        return LAST_RESORT
    if _opens_speech(scene, name, leads):
        return LAST_RESORT
    partner = _came_from(scene, name, leads, before) or _PARTNER.search(before) is not None
    if possessive and partner and not _COMPARED.search(before):
        return FOCUS
    if partner or (leads == "in" and _TO_ONE_IN.search(before)) or (_AS.search(before) and not possessive):
        return PARTNER
    if _OUTLET.match(scene.after(name.end, 24)):
        return LAST_RESORT
    return LAST_RESORT if _acts(scene, name, possessive=possessive) else FOCUS


def _opens_speech(scene: Scene, name: Name, leads: str) -> bool:
    """Whether a place is in a speaker's name where a clause begins: "after Chile's largest mine said"."""
    return leads in _OPENS_CLAUSE and any(
        item.start > name.end and is_in_speaker(scene, name, item.start, item.end)
        for item in scene.chain.speakers
    )


def _came_from(scene: Scene, name: Name, leads: str, before: str) -> bool:
    """Whether a place is only where something came from: "one tonne in nine was Ukrainian"."""
    said = leads in _IS and _CAME_FROM.search(before) is not None
    return said and _ENDS.match(scene.after(name.end, 8)) is not None


def _leading_word(before: str) -> str:
    """The word right before a name, or before its "the"."""
    match = _LEADING.search(before, max(0, len(before) - 30))
    return match[1].lower() if match else ""


def _is_where_spoken(scene: Scene, name: Name, before: str, leads: str) -> bool:
    """Whether a place is only where somebody spoke or is: "a forum in Rome", "a broker in Toronto"."""
    if leads == "in" and _PLACE_OF_SPEECH.search(before):
        return True
    return leads in _WHERE and _PERSON_IN.search(scene.before(name.start, 70)) is not None


def _acts(scene: Scene, name: Name, *, possessive: bool) -> bool:
    """Whether a place is named for who speaks, acts or gives: "Chinese traders", "Brussels has granted"."""
    speaking = [item for item in scene.chain.speakers if is_in_speaker(scene, name, item.start, item.end)]
    if speaking:
        return any(item.name != scene.folded[name.start : name.end] for item in speaking)
    after = scene.after(name.end, 40)
    if possessive and _LISTS.match(after):
        return True
    if not possessive and _ACTOR.match(after):
        return True
    return name.code in _GIVERS and _GIVES.match(after) is not None


def is_in_speaker(scene: Scene, name: Name, start: int, end: int) -> bool:
    """Whether a place is part of a speaker's name: "Indonesia's energy minister"."""
    if start <= name.start < end:
        return True
    return (
        name.end <= start
        and re.fullmatch(r"(?:'s|\.)?\s(?:\w+\s)?", scene.folded[name.end : start]) is not None
    )
