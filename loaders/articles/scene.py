"""A sentence with everything named in it, and what the sentences before it were about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from loaders.articles.amounts import PhraseAmount
from loaders.articles.chains import Chain
from loaders.articles.cues import Cue, cues
from loaders.articles.names import Name
from loaders.articles.needed_words import SentenceWords, Sought, sentence_words
from loaders.articles.passages import Sentence
from loaders.articles.patterns import is_latin
from loaders.articles.speaker_names import Speaker
from loaders.articles.subjects import WHICH_IS_PUT

Spanned = TypeVar("Spanned", Name, PhraseAmount)


class Spoken(NamedTuple):
    """A field's answer: the code, the words that decided it, and how it follows from them."""

    code: str | None
    words: str = ""
    how: str = ""


NOTHING = Spoken(None)


_Match = re.Match[str] | None


@dataclass(slots=True)
class Scene:
    """A sentence: its words, amounts, minerals and places, the year of its document, and who speaks in it."""

    folded: str
    low: str
    sentence: Sentence
    number: int
    amounts: list[PhraseAmount]
    minerals: list[Name]
    places: list[Name]
    year: int
    chain: Chain = field(default_factory=Chain)
    following: list[Name] = field(default_factory=list)
    leads: bool = False
    turn: Speaker | None = None
    earlier: int = 0
    refusals: list[Any] | None = None
    roles: list[Any] = field(default_factory=list)
    start: int = field(init=False)
    end: int = field(init=False)
    plain: bool = field(init=False)
    words: SentenceWords = field(init=False)
    _spans: list[tuple[int, int]] | None = None
    _clauses: dict[int, tuple[int, int]] = field(default_factory=dict)
    _cues: dict[tuple[str, str], list[Cue]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.start, self.end = self.sentence.start, self.sentence.end
        self.plain = is_latin(self.low, self.start, self.end)
        self.words = sentence_words(self.low, self.start, self.end, plain=self.plain)

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.folded[self.start : self.end]

    def cues(self, table: str, kind: str = "", low: int | None = None, high: int | None = None) -> list[Cue]:
        """The cues of a table in the sentence, or between two places of it; each table is searched once."""
        key = table, kind
        if key not in self._cues:
            self._cues[key] = cues(
                table, kind, self.words, self.low, self.end, plain=self.plain, year=self.year
            )
        found = self._cues[key]
        if low is None and high is None:
            return found
        first, last = self.start if low is None else low, self.end if high is None else high
        return [cue for cue in found if first <= cue.start and cue.end <= last]

    def may_hold(self, sought: Sought) -> bool:
        """Whether the sentence has words that a pattern needs."""
        return self.words.may_hold(sought)

    def search(self, sought: Sought, low: int | None = None, high: int | None = None) -> _Match:
        """The first match in the sentence, or between two places of it."""
        return self._first(sought, self.folded, low, high)

    def search_low(self, sought: Sought, low: int | None = None, high: int | None = None) -> _Match:
        """The first match in small letters in the sentence, or between two places of it."""
        return self._first(sought, self.low, low, high)

    def search_before(self, sought: Sought, place: int, most: int = 60) -> _Match:
        """The first match in up to `most` characters of the sentence before a place."""
        words = self.words
        if sought in words.asked and sought not in words.held:
            return None  # as most are not, which is asked here without another call
        low = place - most
        return words.search(sought, self.folded, low if low > self.start else self.start, place)

    def _first(self, sought: Sought, text: str, low: int | None, high: int | None) -> _Match:
        low = self.start if low is None or low < self.start else low
        return self.words.search(sought, text, low, self.end if high is None else high)

    def before(self, place: int, most: int = 60) -> str:
        """Up to `most` characters of the sentence before a place."""
        low = place - most
        return self.folded[low if low > self.start else self.start : place]

    def word_after(self, place: int) -> str:
        """The first word after a place in small letters, "" where the sentence has none."""
        match = _WORD.search(self.low, place, self.end)
        return match[0] if match else ""

    def after(self, place: int, most: int = 60) -> str:
        """Up to `most` characters of the sentence after a place."""
        high = place + most
        return self.folded[place : high if high < self.end else self.end]

    def chain_of(self, amount: PhraseAmount) -> Chain:
        """Who states an amount: the speakers of its part of the sentence, then who has the turn."""
        chain = self._own_chain(amount)
        return chain._replace(speakers=(*chain.speakers, self.turn)) if self.turn else chain

    def _own_chain(self, amount: PhraseAmount) -> Chain:
        """The speakers of an amount's part of the sentence, or all where that names none."""
        chain = self.chain
        tests = (self._is_told_later, self._is_told_aside, self._is_told_elsewhere)
        if chain.speakers and any(test(amount, chain) for test in tests):
            return Chain()
        if len(chain.speakers) > 1:
            after = min((start for start, _ in self.others(amount) if start >= amount.end), default=self.end)
            own = tuple(
                speaker
                for speaker in chain.speakers
                if amount.end <= speaker.start < after and speaker.words.startswith(_NAMED)
            )
            if own and speaker_follows(self.folded[amount.end : own[0].start]):
                return chain._replace(speakers=own)
        for parts in (_HALVES, _JOINED) if len(chain.speakers) > 1 else ():
            low = max(
                (m.end() for m in parts.finditer(self.folded, self.start, amount.start)), default=self.start
            )
            match = parts.search(self.folded, amount.end, self.end)
            high = match.start() if match else self.end
            own = tuple(speaker for speaker in chain.speakers if low <= speaker.start < high)
            chain = chain._replace(speakers=own) if own else chain
        return chain

    def _is_told_later(self, amount: PhraseAmount, chain: Chain) -> bool:
        """Whether all speakers stand in a clause of their own after an amount: "rose 5 %, after X said"."""
        later = _AFTERWARDS.search(self.folded, amount.end, self.end)
        if later is None or chain.pronoun:
            return False
        return all(
            later.end() <= speaker.start < later.end() + _NEAR
            and "," not in self.folded[later.end() : speaker.start]
            for speaker in chain.speakers
        )

    def _is_told_aside(self, amount: PhraseAmount, chain: Chain) -> bool:
        """Whether the speaker only told an amount before: "with 5 % of it, as X claimed, dug 8 tonnes"."""
        start = chain.speakers[0].start
        aside = _IN_ASIDE.match(self.folded, chain.speakers[0].end, self.end)
        if start >= self.start and len(chain.speakers) == 1 and aside:
            if chain.speakers[0].words in aside[0]:
                return amount.start >= aside.end()
            return aside.start() < amount.start < aside.end()
        if len(chain.speakers) > 1 or not self.folded.endswith(", as ", self.start, start):
            return False
        ends = self.folded.find(",", chain.speakers[0].end, amount.start)
        opens = self.folded.rfind(",", self.start, start - len(", as "))
        return 0 <= opens < ends and any(opens < low < start for low, _ in self.others(amount))

    def _is_told_elsewhere(self, amount: PhraseAmount, chain: Chain) -> bool:
        """Whether another clause says who tells its amount: "it is 5 %, and the bank asks for 6 %"."""
        start = chain.speakers[0].start
        if len(chain.speakers) > 1 or chain.pronoun or not self.start <= start:
            return False
        if start > amount.end:
            between = self.folded[amount.end : start]
            own = ";" in between or _OWN_SPEAKER.search(between)
            return bool(own) and any(low > start for low, _ in self.others(amount))
        return _TODAY.search(self.low, start, amount.start) is not None

    def others(self, amount: PhraseAmount) -> list[tuple[int, int]]:
        """The spans of the other amounts with a unit."""
        if self._spans is None:
            counted = (other for other in self.amounts if other.unit and "list" not in other.series)
            self._spans = [(other.start, other.end) for other in counted]
        own = amount.start, amount.end
        return [span for span in self._spans if span != own]

    def clause(self, place: int) -> tuple[int, int]:
        """Where the clause around a place begins and ends."""
        if place not in self._clauses:
            self._clauses[place] = self._clause(place)
        return self._clauses[place]

    def _clause(self, place: int) -> tuple[int, int]:
        low = max(
            (match.end() for match in _CLAUSE.finditer(self.folded, self.start, place)), default=self.start
        )
        match = _CLAUSE.search(self.folded, place, self.end)
        return low, match.start() if match else self.end


_WORD = re.compile(r"\w+")
_NAMED = ("according to", "by the", "in the", "reported by", "estimated by")


def speaker_follows(between: str) -> bool:
    """Whether nothing but the words that name a speaker stands between an amount and the speaker."""
    return re.search(r"[.;:]|,\s\S+\s\S+\s\S+\s\S+\s\S+", between) is None and len(between) < _NEAR


_NEAR = 40
_OWN_SPEAKER = re.compile(
    r"(?:;|, (?:and|but|while|whereas|although|though|where))"
    r"(?: (?:the|its|an?|his|her|their|our|my|\w+'s))?[\w -]{0,12}$"
)
_TODAY = re.compile(r";\s(?:today|now|at present|currently|at the moment)\b")
_IN_ASIDE = re.compile(
    r", (?:who|which) (?!(?:puts?|gives?|gave|estimates?|estimated|values?|valued|reckons?|reckoned)\b)"
    r"(?:[^,;]|,(?=\d))*,"
)
_AFTERWARDS = re.compile(
    r",\s(?:after|when|once|before)\s|\safter (?=[A-Z]\w+ (?:said|announced|told|warned)\b)"
)
_HALVES = re.compile(r";\s")
_JOINED = re.compile(rf",\s(?:and|but|while|whereas|although|though)\s|{WHICH_IS_PUT}")
_CLAUSE = re.compile(
    r";\s|:\s|,\s(?:and|but|while|whereas|which|who|for which|although|though|so|а|но|але"
    r"|pero|mientras|из них|з них)\s"
    r"| —\s| –\s"
)


def parted(listed: Iterable[Spanned], sentences: Sequence[Sentence]) -> list[list[Spanned]]:
    """The items that begin in each sentence."""
    starts, found = [sentence.start for sentence in sentences], [list[Spanned]() for _ in sentences]
    for item in listed:
        number = bisect_right(starts, item.start) - 1
        if number >= 0 and item.start < sentences[number].end:
            found[number].append(item)
    return found
