"""Which place an amount is about: the one that holds, makes or sells, not the one it is compared with."""

from __future__ import annotations

import re
from collections import Counter

from loaders.articles.amounts import MASS, PhraseAmount
from loaders.articles.names import Name
from loaders.articles.needed_words import Sought
from loaders.articles.place_roles import FOCUS, LAST_RESORT, Seen, is_in_speaker, roles_of
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.series import is_money
from loaders.articles.wholes import WORLD_WORDS
from loaders.articles.wordings import Wording
from loaders.vocabulary import EUROPEAN_UNION, WORLD

_GIVEN_TO = Sought(
    r"\b(?:propos\w+|offer\w*|len[dt]\w*|gives?|gave|given|promis\w*|grant\w*|loans?|aid|credits?"
    r"|owed)\s(?:\w+\s){0,2}?(?:to|for)\s(?:the\s)?$",
    re.IGNORECASE,
)
_GIVING = Wording("places: giving", r"{}\s(?:\w+\s){0,2}$")
_TO_THEM = re.compile(r"\s(?:to|for|towards|into)\s(?:[\w-]+\s){0,5}?(?:the\s)?", re.IGNORECASE)
_NOWHERE = Wording(
    "places: nowhere",
    r"\b(?<!among )(?<!in )(?<!state )(?<!government )(?<!firm )(?<!investors )(?:\d+ others\b"
    r"|{})(?! of the world\b| (?:years?|months?|weeks?|days?|quarters?|shipments?|batches)\b)",
)
_WORLDWIDE = Wording("places: worldwide")
_OF_WORLD = Wording("places: of world", r"{}\s?(?:about\s|some\s|around\s|nearly\s|roughly\s)?$")
_AROUND_IT = Wording("places: around it", r"\s{}")
_WHICH = Wording("places: which", r",\s{}\s")
_OFFICE = Wording("places: office")
_PRONOUN = re.compile(r"[\"'(]*(?:It|Its|They|Their|That is|Він|Вона|Она|Он)\b")
_COUNTRY = Wording("places: country")
_IN = Wording("places: in", r"{}\s(?:the\s)?$")
_PARTY = Wording("places: party")
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
_PART_OF = re.compile(r"(?<!forecast)(?<!forecasts)(?<!estimate)(?<!estimates)(?<!outlook) of (?:the )?$")


class Places:
    """Remembers which places a text has spoken of, and says which one an amount is about."""

    def __init__(self) -> None:
        self.topic: Spoken = NOTHING
        self.topics: dict[str, Spoken] = {}
        self.named: Counter[str] = Counter()
        self.subject: Spoken = NOTHING
        self.paragraph = -1
        self.own: Spoken = NOTHING
        self.is_guessed = False

    def read(self, scene: Scene) -> None:
        """Take note of a sentence, after its amounts were read."""
        seen = roles_of(scene)
        focus = next(
            (named for role in (FOCUS, LAST_RESORT) if (named := [i.name for i in seen if i.role == role])),
            [],
        )
        if self.is_guessed and focus:
            self.topic, self.topics = NOTHING, {}
        self.is_guessed = not focus and (self.is_guessed or self.topic.code is None)
        if not focus and self.topic.code is None:
            focus = [item.name for item in seen]
        self.subject = _said(scene, focus[0], "the subject of the sentence before") if focus else NOTHING
        if not focus:
            return
        if scene.sentence.paragraph != self.paragraph and any(i.role == FOCUS for i in seen):
            self.paragraph = scene.sentence.paragraph
            first = focus[0]
            leads = first.start - scene.start < _NEARBY and first.code != EUROPEAN_UNION
            leads = leads and not self.is_guessed
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
        if self.topic.code is None:
            return self.subject
        begins = scene.sentence.paragraph != self.paragraph
        return NOTHING if begins and self._has_gone_on() else self.topic

    def other_than(self, scene: Scene, code: str | None) -> Spoken:
        """The place that a sentence is about besides the one of a code."""
        said = self.subject if self.subject.code not in (None, code) else self.carried(scene)
        return said if said.code not in (None, code) else NOTHING

    def _has_gone_on(self) -> bool:
        """Whether a text named another place more often since than the one that it began with."""
        return max(self.named.values()) > self.named[self.topic.code or ""]

    def of(self, scene: Scene, amount: PhraseAmount) -> Spoken:
        """The place of an amount, with the words that say so."""
        low, high = scene.clause(amount.core[0])
        if scene.search_low(_NOWHERE, low, high):
            return NOTHING
        beside = self._beside(scene, amount)
        if beside is not None:
            return beside
        seen = roles_of(scene)
        focus = [item.name for item in seen if item.role == FOCUS]
        before = [name for name in focus if name.start < amount.core[0]]
        if _are_joint(scene, before, low, amount):
            return NOTHING
        country = _last(_COUNTRY, scene, amount.core[0])
        meant = self._meant(scene, seen, before, country) if country is not None else NOTHING
        if meant.code:
            return meant
        named = _which(scene, seen, low) or (before[-1] if before and before[-1].start >= low else None)
        if named is not None:
            return _said(scene, named, "named in the clause")
        opened = scene.folded[max(scene.start, low - 2) : low] == ": "
        worldwide = scene.search(_WORLDWIDE, scene.start if opened else low, amount.start)
        if worldwide is not None and _PART_OF.search(scene.before(worldwide.start(), 20)):
            worldwide = None
        of_clause = worldwide is not None and (not before or low <= worldwide.start())
        if worldwide is not None and of_clause and amount.unit not in ("1", "rank", "times"):
            return Spoken(WORLD, worldwide[0], "said of the whole world")
        if before:
            return _said(scene, before[-1], "named in the sentence")
        return self._less_near(scene, amount, seen, focus)

    def _beside(self, scene: Scene, amount: PhraseAmount) -> Spoken | None:
        """What the words right at an amount say: whose whole, where it is made, the world's, or nobody's."""
        whole = _whose_whole(scene, amount)
        if whole is not None:
            return _said(scene, whole, "whose whole it is a part of")
        if _OF_THE_REST.match(scene.folded, amount.end, scene.end):
            return NOTHING
        of_country = amount.unit == "1" and _OF_THE_COUNTRY.match(scene.folded, amount.end, scene.end)
        if of_country and self.carried(scene).code:
            return self.carried(scene)
        made = _where_made(scene, amount)
        if made is not None:
            return _said(scene, made, "where it is made")
        if amount.unit == "rank" and (unmatched := _than_whom(scene, amount)):
            return _said(scene, unmatched, "none has more")
        if _is_of_world(scene, amount):
            return Spoken(WORLD, "world's", "said of the whole world")
        if _is_whole_of_none(scene, amount):
            return NOTHING
        return _said(scene, lies, "where it is") if (lies := _where_it_is(scene, amount)) else None

    def _meant(self, scene: Scene, seen: list[Seen], before: list[Name], country: re.Match[str]) -> Spoken:
        """Which place "the country" is; nothing where another place is named after it."""
        if self.topic.code and (not before or before[-1].start < country.start()):
            held = self.carried(scene) if not before else self.own if self.own.code else self.topic
            if before and scene.folded[scene.start : before[0].start] in ("In ", "In the "):
                held = _said(scene, before[0], "where the sentence begins")
            elif before and _is_between_amounts(scene, before[-1].end, country.start()):
                held = _said(scene, before[-1], "of which the sentence told before")
            return held._replace(words=country[0], how=f"{country[0]!r} is {held.words!r}, {held.how}")
        speaking = [item.name for item in seen if item.name.start < country.start()]
        if speaking and not before and not self.topic.code:
            return _said(scene, speaking[0], f"{country[0]!r} is the one named before")
        return NOTHING

    def _less_near(self, scene: Scene, amount: PhraseAmount, seen: list[Seen], focus: list[Name]) -> Spoken:
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
        prices = (
            other.start for other in scene.amounts if is_money(other.unit) and other.start > amount.start
        )
        low, high = scene.clause(amount.core[0])
        end = min(high, *prices, scene.end)
        paid = [item.name for item in roles_of(scene) if item.role == FOCUS and item.name.start < end]
        paid = [name for name in paid if _IN.search(scene.before(name.start, 14))]
        if paid:
            own = next((name for name in paid if name.start >= low), paid[0])
            return _said(scene, own, "where the price is paid")
        held = self.carried(scene)
        home = _HOMES.get(amount.unit[:3])
        if home:
            return Spoken(home, amount.unit[:3], "where the currency is used")
        if amount.unit[:3] == "CHF" or scene.search(_PARTY, *scene.clause(amount.core[0])):
            return self.of(scene, amount)
        return held._replace(code=None) if not held.code else NOTHING

    def of_sum(self, scene: Scene, amount: PhraseAmount, said: Spoken, before: Spoken) -> Spoken:
        """The place of a sum of money: who is to have it, or whose the sum before was."""
        for item in roles_of(scene):
            between = scene.folded[amount.end : item.name.start]
            if _TO_THEM.fullmatch(between) and scene.search_before(_GIVING, amount.start, 40):
                return _said(scene, item.name, "to whom the sum goes")
            if item.name.start < amount.start + 60 and scene.search_before(_GIVEN_TO, item.name.start, 40):
                return _said(scene, item.name, "to whom the sum is offered")
        speakers = {speaker.name for speaker in scene.chain.speakers}
        named = any(
            item.role == FOCUS and scene.folded[item.name.start : item.name.end] not in speakers
            for item in roles_of(scene)
        )
        if said.code is None and not before.code:
            home = _HOMES.get(amount.unit)
            listed = (_said(scene, item.name, "with whom it is agreed") for item in roles_of(scene))
            return next(listed, Spoken(home, amount.unit, "where the currency is used") if home else said)
        return before if before.code and not named else said

    def compared(self, scene: Scene, amount: PhraseAmount) -> Spoken:
        """The place that an amount is compared with: "twice as much as Russia"."""
        for item in roles_of(scene):
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


_OF_THEIRS = Wording(
    "places: of theirs", r"\s?of (?:all )?(?:the )?|\s?of (?:the )?(?:[\w-]+ ){1,4}{} (?:by|in) (?:the )?"
)
_THEIR_WHOLE = Wording("places: their whole", r"'s?\s|\s(?:[\w-]+\s){0,2}?{}")
JOINTLY = Wording("places: jointly")


def _whose_whole(scene: Scene, amount: PhraseAmount) -> Name | None:
    """The place whose own whole a share is a part of: "Peru supplies 5 per cent of Japan's zinc"."""
    if amount.unit != "1":
        return None
    after = (name for name in scene.places if amount.end < name.start < amount.end + _WHOLE_WITHIN)
    return next(
        (
            name
            for name in after
            if _OF_THEIRS.fullmatch(scene.folded, amount.end, name.start)
            and _THEIR_WHOLE.match(scene.folded, name.end, scene.end)
        ),
        None,
    )


_WHOLE_WITHIN = 60
_OF_THE_REST = re.compile(r"\s(?:in|for|of) (?:all )?the rest of the world\b")
_OF_THE_COUNTRY = re.compile(r"\s?of (?:the|that) country's\s")
_MADE_IN = Sought(
    r"\b(?:mined|extracted|produced|refined|processed|smelted|made|dug|found) in\s(?:the\s)?$"
    r"|\blies? in (?:the )?$"
)


_NONE = re.compile(r"no(?:body|\s)", re.IGNORECASE)
_THAN = re.compile(r"\b(?:than|as) (?:in )?(?:the )?$")


def _than_whom(scene: Scene, amount: PhraseAmount) -> Name | None:
    """The place than which none has more: "no country mines more tin than China"."""
    if not _NONE.match(scene.folded, amount.start):
        return None
    return next((name for name in scene.places if _THAN.search(scene.before(name.start, 14))), None)


_COMES_FROM = Sought(r"\b(?:c[ao]mes?|stems?|hails?|originates?) from (?:the )?$")


def _where_made(scene: Scene, amount: PhraseAmount) -> Name | None:
    """The place after a share in which it is made: "63 per cent of the world's cobalt is mined in Peru"."""
    if amount.unit != "1":
        return None
    name = next((name for name in scene.places if name.start > amount.end), None)
    if name is None or any(amount.end <= start < name.start for start, _ in scene.others(amount)):
        return None
    if scene.search_before(_COMES_FROM, name.start, 30):
        return name if WORLD_WORDS.search(scene.folded, amount.end, name.start) else None
    if scene.search_before(_MADE_IN, name.start, 40):
        return name
    before = [other for other in scene.amounts if other.unit == "1" and other.end < amount.start]
    goes_on = before and _LIES_IN.fullmatch(scene.folded, amount.end, name.start)
    return name if goes_on and _where_made(scene, before[-1]) else None


def _are_joint(scene: Scene, before: list[Name], low: int, amount: PhraseAmount) -> bool:
    """Whether several places have an amount together: "Chile and Peru together mined"."""
    named = [name for name in before if name.start >= low]
    if len({name.code for name in named}) < 2:
        return False
    spans = (low, named[0].start), (named[-1].end, amount.start)
    return any(scene.search(JOINTLY, *span) is not None for span in spans)


def _which(scene: Scene, seen: list[Seen], low: int) -> Name | None:
    """The place that a clause opens with "which" after: "China, which mines twice as much"."""
    return next((item.name for item in seen if _WHICH.fullmatch(scene.folded, item.name.end, low)), None)


def _of_office(scene: Scene, seen: list[Seen]) -> Spoken | None:
    """The country whose own ministry speaks: it speaks of itself where it names no other."""
    offices = [speaker for speaker in scene.chain.speakers if _OFFICE.search(speaker.name)]
    for item in seen:
        if any(is_in_speaker(scene, item.name, office.start, office.end) for office in offices):
            return _said(scene, item.name, "whose office speaks")
    return None


def _is_of_world(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether words right at an amount of mass say that it is the whole world's."""
    if amount.unit not in MASS:
        return False
    if _part_before(scene, amount) and _OF_THE_WORLD.match(scene.folded, amount.end, scene.end):
        return True
    after = scene.may_hold(_AROUND_IT) and _AROUND_IT.match(scene.after(amount.end, 24))
    return bool(after) or scene.search_before(_OF_WORLD, amount.start, 24) is not None


_OF_THE_WORLD = re.compile(r"\s?of (?:the )?(?:world|globe|planet)'s\b")
_OF_WHOLE = re.compile(
    r"\s(?:out )?of (?P<the>the |its |their )?(?P<owner>[\w-]+'s )?(?:about |some |total )?"
)


def _part_before(scene: Scene, amount: PhraseAmount) -> re.Match[str] | None:
    """The words between an amount and the part of it before: "2 million of the 5 million tonnes"."""
    parts = (other for other in scene.amounts if other.end < amount.start and other.unit == amount.unit)
    return next(
        (gap for part in parts if (gap := _OF_WHOLE.fullmatch(scene.folded, part.end, amount.start))), None
    )


def _is_whole_of_none(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether it is not stated whose whole an amount is: "Chile has 2 million of 5 million tonnes"."""
    gap = _part_before(scene, amount)
    return gap is not None and gap["owner"] is None and gap["the"] is None


_LIES_IN = re.compile(r"(?:\s(?:of|de)(?:\s[\w-]+){1,3}?)?\sin\s(?:the\s)?")


def _where_it_is(scene: Scene, amount: PhraseAmount) -> Name | None:
    """The place right after an amount, in a list of such: "5 tonnes in Brazil and 7 in Canada"."""
    if amount.unit not in MASS or len(scene.places) < _FEWEST:
        return None
    told = {other: _place_after(scene, other) for other in scene.amounts if other.unit == amount.unit}
    listed = [name for name in told.values() if name is not None]
    return told[amount] if len(listed) >= _FEWEST else None


_FEWEST = 2


def _place_after(scene: Scene, amount: PhraseAmount) -> Name | None:
    name = next((name for name in scene.places if name.start > amount.end), None)
    return name if name and _LIES_IN.fullmatch(scene.folded, amount.end, name.start) else None


def _is_between_amounts(scene: Scene, low: int, high: int) -> bool:
    """Whether an amount stands between two places of a sentence."""
    return any(other.unit and low <= other.start < high for other in scene.amounts)


def _last(pattern: Wording, scene: Scene, place: int) -> re.Match[str] | None:
    if not scene.may_hold(pattern):
        return None
    return max(
        pattern.finditer(scene.folded, scene.start, place), key=lambda match: match.start(), default=None
    )
