"""Which place an amount is about: the one that holds, makes or sells, not the one it is compared with."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from loaders.articles.amounts import PhraseAmount
from loaders.articles.names import EUROPEAN_UNION, Name
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.vocabulary import WORLD

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
_GIVEN_TO = re.compile(
    r"\b(?:propos\w+|offer\w*|len[dt]\w*|gives?|gave|given|promis\w*|grant\w*|loans?|aid|credits?"
    r"|owed)\s(?:\w+\s){0,2}?(?:to|for)\s(?:the\s)?$",
    re.IGNORECASE,
)
_GIVING = re.compile(
    (r"\b(?:len[dt]s?|gives?|gave|given|grants?|granted|promised|offered|pledged|paid)\s(?:\w+\s){0,2}$"),
    re.IGNORECASE,
)
_TO_THEM = re.compile(r"\s(?:to|for)\s(?:[\w-]+\s){0,5}?(?:the\s)?", re.IGNORECASE)
_AS = re.compile(r"\bas\s(?:the\s)?$")
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
_NOWHERE = re.compile(
    r"\b(?:remaining|(?<!state )(?<!government )(?<!firm )(?<!investors )the rest(?! of the world)"
    r"|other countries|elsewhere|the others|all other|the (?:two|three|four|five|six"
    r"|top \w+) (?:named|together|countries)"
    r"|spread over)\b",
    re.IGNORECASE,
)
_WORLDWIDE = re.compile(
    r"\b(?:world(?:wide)?(?:'s)?|global|globally)\s(?:\w+\s){0,2}?(?:demand|needs?|output|production"
    r"|reserves|supply|total|consumption|use|trade"
    r"|market|mines|miners|need|stocks|capacity|sales|resources)\b|\b(?:demand|output|production"
    r"|consumption|supply|capacity) (?:in|of|across|around) the (?:whole |entire )?world|\bthe (?:whole "
    r"|entire )?world (?:as a whole )?(?:mined"
    r"|made|used|uses|needs|produced|consumed|holds|has)\b"
    r"|мировы\w+ (?:спрос|запас\w*|добыч\w*|производств\w*)|світов\w+ (?:попит|запас\w*|видобут\w*)"
    r"|(?:demanda|producción) mundial|全球",
    re.IGNORECASE,
)
_OF_WORLD = re.compile(r"\b(?:world|globe|planet)'s\s(?:annual\s|yearly\s|total\s)?$")
_AROUND_IT = re.compile(r"\s(?:worldwide|globally|around the world)\b")
_WHICH = re.compile(r",\s(?:which|who)\s")
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
_OFFICE = re.compile(
    r"\b(?:minist(?:er|ry)|government|president|premier|treasury|parliament|secretary|central bank)\b"
    r"|部|政府|总统",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby (?:the )?$")
_PRONOUN = re.compile(r"[\"'(]*(?:It|Its|They|Their|That is|Він|Вона|Она|Он)\b")
_COUNTRY = re.compile(
    r"\b(?:the|that|this) (?:whole |entire )?(?:country|nation|state|kingdom|republic|island)\b"
    r"|\bстран[аеыу]\b|\bкраїн[аиі]\b"
    r"|\bel país\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|at|inside|across|prices in|в|у|en)\s(?:the\s)?$", re.IGNORECASE)
_PARTY = re.compile(
    r"\b(?:contract|miners?|managers?|owners?|works|our|we|plants?|seller|ledger|sold|firm|company|mine"
    r"|smelter|trader)\b",
    re.IGNORECASE,
)
_HOMES = {
    "CNY": "CHN",
    "RUB": "RUS",
    "JPY": "JPN",
    "INR": "IND",
    "KZT": "KAZ",
    "UAH": "UKR",
    "KRW": "KOR",
    "BRL": "BRA",
    "CLP": "CHL",
}
_NEARBY = 40
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


class _Seen(NamedTuple):
    name: Name
    role: str


class Places:
    """Remembers which places a text has spoken of, and says which one an amount is about."""

    def __init__(self) -> None:
        self.topic: Spoken = NOTHING
        self.topics: dict[str, Spoken] = {}
        self.named: Counter[str] = Counter()
        self.subject: Spoken = NOTHING
        self.paragraph = -1
        self.own: Spoken = NOTHING

    def read(self, scene: Scene) -> None:
        """Take note of a sentence, after its amounts were read."""
        seen = _roles(scene)
        focus = next(
            (named for role in (FOCUS, LAST_RESORT) if (named := [i.name for i in seen if i.role == role])),
            [],
        )
        if not focus and self.topic.code is None:
            focus = [item.name for item in seen]
        self.subject = _said(scene, focus[0], "the subject of the sentence before") if focus else NOTHING
        if not focus:
            return
        if scene.sentence.paragraph != self.paragraph:
            self.paragraph = scene.sentence.paragraph
            first = focus[0]
            leads = first.start - scene.start < _NEARBY and first.code != EUROPEAN_UNION
            self.own = _said(scene, first, "what the paragraph is about") if leads else NOTHING
        self.named.update(name.code for name in focus)
        if self.topic.code is None and focus[0].code != EUROPEAN_UNION:
            told = {name.code: _said(scene, name, "what the text is about") for name in reversed(focus)}
            self.topics = dict(reversed(told.items()))
        if self.topics:  # a text that begins with two countries is about the one that it names more often
            self.topic = max(self.topics.values(), key=lambda said: self.named[said.code or ""])

    def carried(self, scene: Scene) -> Spoken:
        """The place that a sentence without one is about."""
        if _PRONOUN.match(scene.text) and self.subject.code:
            return self.subject
        if scene.sentence.paragraph == self.paragraph and self.own.code:
            return self.own
        if self.topic.code:
            return self.topic
        return self.subject

    def of(self, scene: Scene, amount: PhraseAmount) -> Spoken:
        """The place of an amount, with the words that say so."""
        low, high = scene.clause(amount.core[0])
        clause = scene.folded[low:high]
        if _NOWHERE.search(clause):
            return NOTHING
        if _is_of_world(scene, amount):
            return Spoken(WORLD, "world's", "said of the whole world")
        seen = _roles(scene)
        focus = [item.name for item in seen if item.role == FOCUS]
        before = [name for name in focus if name.start < amount.core[0]]
        country = _last(_COUNTRY, scene, amount.core[0])
        meant = self._meant(scene, seen, before, country) if country is not None else NOTHING
        if meant.code:
            return meant
        named = _which(scene, seen, low) or (before[-1] if before and before[-1].start >= low else None)
        if named is not None:
            return _said(scene, named, "named in the clause")
        opened = scene.folded[max(scene.start, low - 2) : low] == ": "
        worldwide = _WORLDWIDE.search(scene.folded, scene.start if opened else low, amount.start)
        if worldwide is not None and re.search(r"\bof (?:the )?$", scene.before(worldwide.start(), 8)):
            worldwide = None
        if worldwide is not None and not before and amount.unit not in ("1", "rank", "times"):
            return Spoken(WORLD, worldwide[0], "said of the whole world")
        if before:
            return _said(scene, before[-1], "named in the sentence")
        return self._less_near(scene, amount, seen, focus)

    def _meant(self, scene: Scene, seen: list[_Seen], before: list[Name], country: re.Match[str]) -> Spoken:
        """Which place "the country" is; nothing where another place is named after it."""
        if self.topic.code and (not before or before[-1].start < country.start()):
            held = self.carried(scene) if not before else self.own if self.own.code else self.topic
            if before and scene.folded[scene.start : before[0].start] in ("In ", "In the "):
                held = _said(scene, before[0], "where the sentence begins")
            return held._replace(words=country[0], how=f"{country[0]!r} is {held.words!r}, {held.how}")
        speaking = [item.name for item in seen if item.name.start < country.start()]
        if speaking and not before and not self.topic.code:
            return _said(scene, speaking[-1], f"{country[0]!r} is the one named before")
        return NOTHING

    def _less_near(self, scene: Scene, amount: PhraseAmount, seen: list[_Seen], focus: list[Name]) -> Spoken:
        pronoun = _PRONOUN.match(scene.text) is not None
        held = self.carried(scene)
        end = scene.clause(amount.core[0])[1]
        if focus and held.code and focus[0].start >= end:
            return held
        if not focus and not pronoun:
            held = _of_office(scene, seen) or held
        if focus and not (pronoun and self.subject.code):
            return _said(scene, focus[0], "named after the number")
        if held.code:
            return held
        return next(
            (_said(scene, item.name, "named in the sentence") for item in seen if item.role == LAST_RESORT),
            NOTHING,
        )

    def of_price(self, scene: Scene, amount: PhraseAmount) -> Spoken:
        """The place of a price: stated with "in", the home of the currency, or that of seller or buyer."""
        for item in _roles(scene):
            if item.role == FOCUS and _IN.search(scene.before(item.name.start, 14)):
                return _said(scene, item.name, "where the price is paid")
        held = self.carried(scene)
        home = _HOMES.get(amount.unit[:3])
        if home:
            return Spoken(home, amount.unit[:3], "where the currency is used")
        if amount.unit[:3] == "CHF" or _PARTY.search(scene.text):
            return self.of(scene, amount)
        return held._replace(code=None) if not held.code else NOTHING

    def of_sum(self, scene: Scene, amount: PhraseAmount, said: Spoken, before: Spoken) -> Spoken:
        """The place of a sum of money: who is to have it, or whose the sum before was."""
        for item in _roles(scene):
            between = scene.folded[amount.end : item.name.start]
            if _TO_THEM.fullmatch(between) and _GIVING.search(scene.before(amount.start, 40)):
                return _said(scene, item.name, "to whom the sum goes")
            if item.name.start < amount.start + 60 and _GIVEN_TO.search(scene.before(item.name.start, 40)):
                return _said(scene, item.name, "to whom the sum is offered")
        named = any(item.role == FOCUS for item in _roles(scene))
        if said.code is None and not before.code:
            return next((_said(scene, item.name, "with whom it is agreed") for item in _roles(scene)), said)
        return before if before.code and not named else said

    def compared(self, scene: Scene, amount: PhraseAmount) -> Spoken:
        """The place that an amount is compared with: "twice as much as Russia"."""
        for item in _roles(scene):
            if item.name.start < amount.core[1] or item.name.start - amount.core[1] > 90:
                continue
            if re.search(
                r"\b(?:as|than|of|behind|after|to|in|ahead of)\s(?:the\s|in\s)?$",
                scene.before(item.name.start, 12),
            ):
                return _said(scene, item.name, "compared with")
        return NOTHING


def _said(scene: Scene, name: Name, how: str) -> Spoken:
    return Spoken(name.code, scene.folded[name.start : name.end], how)


def _which(scene: Scene, seen: list[_Seen], low: int) -> Name | None:
    """The place that a clause opens with "which" after: "China, which mines twice as much"."""
    return next((item.name for item in seen if _WHICH.fullmatch(scene.folded, item.name.end, low)), None)


def _of_office(scene: Scene, seen: list[_Seen]) -> Spoken | None:
    """The country whose own ministry speaks: it speaks of itself where it names no other."""
    offices = [speaker for speaker in scene.chain.speakers if _OFFICE.search(speaker.name)]
    for item in seen:
        if any(_in_speaker(scene, item.name, office.start, office.end) for office in offices):
            return _said(scene, item.name, "whose office speaks")
    return None


def _is_of_world(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether words right at an amount of mass say that it is the whole world's."""
    if amount.unit not in ("t", "ct", "m3", "L"):
        return False
    after = _AROUND_IT.match(scene.after(amount.end, 24))
    return after is not None or _OF_WORLD.search(scene.before(amount.start, 24)) is not None


def _last(pattern: re.Pattern[str], scene: Scene, place: int) -> re.Match[str] | None:
    return max(
        pattern.finditer(scene.folded, scene.start, place), key=lambda match: match.start(), default=None
    )


def _roles(scene: Scene) -> list[_Seen]:
    if len(scene.roles) != len(scene.places):
        scene.roles = []
        for name in scene.places:
            before = scene.roles[-1] if scene.roles else None
            joined = before and scene.folded[before.name.end : name.start] in _AND
            scene.roles.append(_Seen(name, before.role if before and joined else _role(scene, name)))
    return scene.roles


def _role(scene: Scene, name: Name) -> str:
    """Whether a place is what the sentence is about, whom it deals with, or who speaks."""
    before = scene.before(name.start, 60)
    if _IMPORTS_BY.search(before) or before == "For ":
        return FOCUS
    if _IMPORTS_OF.search(before) and not scene.folded.startswith("'s", name.end):
        return PARTNER
    before = before[-40:]
    possessive = scene.folded[name.end : name.end + 2] in ("'s", "' ")
    if _SENT_FROM.search(before) or _SHIPPED_FROM.search(scene.before(name.start, 100)):
        return FOCUS
    if _RECEIVES.match(scene.after(name.end, 30)):
        return PARTNER
    if (
        _PLACE_OF_SPEECH.search(before)
        or _PERSON_IN.search(scene.before(name.start, 70))
        or (possessive and _BY.search(before))
    ):
        return LAST_RESORT
    if possessive and _PARTNER.search(before) and not _COMPARED.search(before):
        return FOCUS
    if _PARTNER.search(before) or _TO_ONE_IN.search(before) or (_AS.search(before) and not possessive):
        return PARTNER
    if _OUTLET.match(scene.after(name.end, 24)):
        return LAST_RESORT
    return LAST_RESORT if _acts(scene, name, possessive=possessive) else FOCUS


def _acts(scene: Scene, name: Name, *, possessive: bool) -> bool:
    """Whether a place is named for who speaks, acts or gives: "Chinese traders", "Brussels has granted"."""
    speaking = [item for item in scene.chain.speakers if _in_speaker(scene, name, item.start, item.end)]
    if speaking:
        return any(item.name != scene.folded[name.start : name.end] for item in speaking)
    after = scene.after(name.end, 40)
    if possessive and _LISTS.match(after):
        return True
    if not possessive and _ACTOR.match(after):
        return True
    return name.code in _GIVERS and _GIVES.match(after) is not None


def _in_speaker(scene: Scene, name: Name, start: int, end: int) -> bool:
    """Whether a place is part of a speaker's name: "Indonesia's energy minister"."""
    if start <= name.start < end:
        return True
    return (
        name.end <= start
        and re.fullmatch(r"(?:'s|\.)?\s(?:\w+\s)?", scene.folded[name.end : start]) is not None
    )
