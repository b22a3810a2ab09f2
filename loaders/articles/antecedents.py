"""Whom a pronoun or a short name stands for: who spoke before, or who was named before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.articles.speaker_names import Namer, Speaker, can_speak, head_of, words_of
from loaders.articles.speech import subject
from loaders.articles.wordings import Wording


class Antecedents:
    """Who spoke and who was named so far in a text, sentence by sentence."""

    def __init__(self, folded: str, low: str, namer: Namer) -> None:
        self.folded = folded
        self.low = low
        self.namer = namer
        self.last: tuple[Speaker, ...] = ()
        self.now = (0, 0)
        self.spoke = (0, 0)
        self.names: list[str] = []
        self.spoken: list[Speaker] = []

    def heard(self, speakers: tuple[Speaker, ...]) -> None:
        """Keep who speaks in the sentence of now."""
        self.last, self.spoke = speakers, self.now
        self.names = [*self.names[-8:], *(speaker.name for speaker in speakers)]
        self.spoken = [*self.spoken[-8:], *reversed(speakers)]

    def of_pronoun(self, pronoun: str, previous: tuple[int, int]) -> tuple[Speaker, ...]:
        """Whom a pronoun stands for: who spoke last, or who was named last; "we" is who wrote the text."""
        if pronoun in _FIRST_PERSON and not self._is_quoted(*self.now):
            return ()
        return self._of_others(pronoun, previous)

    def _of_others(self, pronoun: str, previous: tuple[int, int]) -> tuple[Speaker, ...]:
        head = self.last[0].name.split()[-1].casefold() if self.last else ""
        own = _WANTS_TO.match(self.folded, *self.now)
        if pronoun == "it" and (own or not head or head in words_of("person") or head in words_of("people")):
            subject = own or _ITSELF.match(self.folded, *previous)
            speaker = subject and self.namer.named(subject.start(1), subject.end(1), subject[1])
            if speaker:
                return (speaker,)
        many = self._many(previous) if pronoun in ("one", "some", "they") else None
        if many:
            return (many,)
        acts = self._acting(*self.now) if pronoun == "it" else None
        if acts:
            return (acts,)
        stranger = pronoun in ("he", "she") and self.spoke != previous and self._stranger(*previous)
        if stranger:
            self.last, self.spoke = (stranger,), self.now
            return (stranger,)
        if not self.last and pronoun in ("they", "it", "he", "she"):
            acting = self._acting(*self.now) or self._acting(*previous)
            if acting:
                return (acting,)
        if not self.last and pronoun == "it":
            body = self._body(*self.now) or self._body(*previous)
            return (body,) if body else ()
        if pronoun not in ("he", "she") or (self.last and not _is_body(self.last[0])):
            return self.last[:1]
        mentioned = self._mentioned(previous)
        return (mentioned,) if mentioned else self.last[:1]

    def _mentioned(self, previous: tuple[int, int]) -> Speaker | None:
        """The person whom the sentences mention by an office: "said Beata Nowak, an analyst" is Nowak."""
        mentioned = self.namer.mentioned(max(0, previous[1] - _MENTIONED), previous[1])
        mentioned = mentioned or self.namer.mentioned(*self.now)
        person = next((who for who in reversed(self.spoken) if _is_person(who)), None)
        if mentioned is None or person is None:
            return mentioned
        first, last = person.end, max(person.end, mentioned.start)
        return mentioned if _ENDS_SENTENCE.search(self.folded, first, last) else person

    def _is_quoted(self, start: int, end: int) -> bool:
        """Whether a sentence has words in quotation marks, or stands among such in its paragraph."""
        paragraph = self.folded.rfind("\n", 0, start) + 1
        return '"' in self.folded[start:end] or self.folded.count('"', paragraph, start) % 2 == 1

    def _many(self, previous: tuple[int, int]) -> Speaker | None:
        """Whom "they" or "one of them" are: "Hauliers in Beira had braced for less"."""
        many = _MANY.match(self.folded, *self.now) or _MANY.match(self.folded, *previous)
        if many and self.last and many.start() <= self.last[0].start <= many.end() + 1:
            return self.last[0]
        spoke = self.last[0].name.casefold().split() if self.last else []
        if many is None or not words_of("people").isdisjoint(spoke):
            return None
        return self.namer.agent(*many.span(), many[0], "agent")

    def named_before(self, speaker: Speaker) -> Speaker:
        """ "the directorate" is the "directorate of geology" named before, "the council" a Tin Council."""
        if " " in speaker.name or self.low[max(0, speaker.start - 4) : speaker.start] != "the ":
            return speaker
        ends, begins = f" {speaker.name.casefold()}", _OF_WHAT.format(speaker.name)
        alike = (name for name in reversed(self.names) if name.casefold().endswith(ends))
        same = next((name for name in alike if name.split()[-2].casefold() not in _NO_PART), None)
        longer = (name for name in reversed(self.names) if re.match(begins, name, re.IGNORECASE))
        same = same and _OF_WHOM.split(same)[-1]
        name = same or next(longer, None) or self.namer.described(speaker.name, speaker.start)
        if name == speaker.name in _FIRMS and self.last and _is_firm(self.last[0], self.namer.prefixes):
            name = self.last[0].name
        return speaker._replace(name=name)

    def _body(self, start: int, end: int) -> Speaker | None:
        """The firm or office that a sentence names, whom "it" may stand for: "its Canadian owner"."""
        named = max(_BODY.finditer(self.folded, start, end), key=lambda match: match.start(), default=None)
        return self.namer.named(named.start(), named.end(), named[0]) if named else None

    def _stranger(self, start: int, end: int) -> Speaker | None:
        """Whom a sentence begins with: "A buyer in Seoul smiles at this.", "For the minister it is late."."""
        new = _STRANGER.match(self.folded, start, end) or _FOR_WHOM.match(self.folded, start, end)
        return self.namer.agent(new.start(1), new.end(1), new[1], "agent") if new else None

    def _acting(self, start: int, end: int) -> Speaker | None:
        """Who acts in a sentence, where that is somebody who can speak: "Its new owners give short tons"."""
        owner = _OWN_NAME.match(self.folded, start, end)
        if owner:
            return self.namer.named(owner.start(1), owner.end(1), owner[1])
        span = subject(self.low, start, end)
        return self.namer.agent(*span, self.folded[span[0] : span[1]], "agent") if span else None


def _is_body(speaker: Speaker) -> bool:
    """Whether a speaker is a firm or an office, which no "he" or "she" can mean."""
    head = head_of(speaker.name)
    return head in words_of("office") or head in _FIRMS


def _is_person(speaker: Speaker) -> bool:
    """Whether a speaker is a person with a first name and another."""
    return _FULL_NAME.fullmatch(speaker.name) is not None and not _is_body(speaker)


def _is_firm(speaker: Speaker, places: Sequence[str]) -> bool:
    """Whether a speaker is a firm: a state miner, a Canadian owner, Ferrous Holdings."""
    if speaker.name.istitle() and not can_speak(speaker.name.lower(), ()):
        return speaker.name not in places
    return head_of(speaker.name) in _FIRMS | {
        "owner",
        "producer",
        "maker",
        "explorer",
        "supplier",
        "refinery",
    }


_FIRST_PERSON = frozenset(["we", "i", "you"])
_FULL_NAME = re.compile(r"[A-ZÀ-Ý][\w'.-]+(?: (?:(?:van|von|de|da|del) )?[A-ZÀ-Ý][\w'-]+){1,2}")
_ENDS_SENTENCE = re.compile(r"[.!?\n](?:\s|$)|\n")
_FIRMS = frozenset(
    ["company", "firm", "group", "miner", "operator", "parent", "developer", "refiner", "government"]
)
_OWN_NAME = re.compile(
    r"(?:The|Its|An?) [^,.;:]{3,40}, ([A-Z][\w&'-]+(?: [A-Z&][\w&'-]*){0,3}),"
    r" (?:will|is|has|was|plans|wants|means)\b"
)
_OF_WHOM = re.compile(r" of (?:the )?|'s ")
_OF_WHAT = r"{} (?:of|to|for|at|in|from) "
_STRANGER = re.compile(
    r"(?:An?|One)\s([^,.;:]{3,60}?)"
    r"(?:,|\s(?:[a-z]{2,}(?:s|ed)|is|was|has|had|spoke|came|stood|sat|went|laughed)\b)"
)
_FOR_WHOM = re.compile(
    r"(?:For|To) (?:the|its|his|her) ([^,.;:]{3,60}?),? (?:it|this|that|these|there|such|all)\b"
)
_NO_PART = frozenset(["new", "old", "former", "own"])
_BODY = Wording("speakers: body", r"(?:\b(?:[Ii]ts|[Tt]he|[Aa]n?)|'s)\s(?:[\w-]+\s){0,2}?{}")
_ITSELF = Wording(
    "speakers: itself",
    r"(?:[A-Z][A-Z ,]+[A-Z] [—–-] )?((?:The|An?|Its|[A-Z]\w+'s)\s[^,.;:]{3,60}?)\s(?:in [A-Z]\w+"
    r" )?{}",
)
_WANTS_TO = re.compile(
    r"([A-Z][\w&'-]+(?: [A-Z][\w&'-]+){0,3})(?:, (?:an?|the) [^,;]{3,60},) "
    r"(?:wants|plans|hopes|aims|intends) to\b"
)
_MANY = re.compile(
    r"(?:The )?(?:[A-Z][\w-]+ )?[A-Za-z][a-z]+s"
    r"(?: (?:in|at|from|with|on) (?:the )?[A-Z]\w+(?: (?:& )?[A-Z]\w+){0,3})?\b"
)
_MENTIONED = 500
