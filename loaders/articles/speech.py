"""The grammar of attribution: where a noun phrase that can speak stands in a frame of speech.

A frame is a row of `knowledge/article_speech.csv`: words, and slots in capitals for what may stand there.
WHO is the noun phrase that speaks; BREAK, START and STOP are where a clause breaks off, begins and ends;
SAYS is a listed verb of speech, ANYVERB whatever looks like a verb, PAPER what counts and reports are called;
COMES, what a count does, and LISTS, what a paper does, are lists of `knowledge/article_word_lists.csv`.
A row's needs are patterns, joined by " + ", that a sentence must all have; else the frame is not tried on it.
A frame is told by its shape, not by its verb: in "5 tonnes were sold, its mayor complains." any verb will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from loaders.articles.first_words import heads
from loaders.articles.needed import ByFirstWord, LazyPattern, SentenceWords
from loaders.articles.patterns import by_letter, latin, of_words
from loaders.articles.speaker_names import words_of
from loaders.knowledge import rules

_NOT_IN_NAMES = (
    r"the|an?|of|in|on|at|to|for|from|with|by|as|into|over|under|about|than|and|or|but|nor|that|which|who"
    r"|whose|whom"
    r"|when|where|while|if|is|are|was|were|be|been|being|has|have|had|having|will|would|could|can|may"
    r"|might|must"
    r"|shall|should|do|does|did|not|it|he|she|they|we|you|i|this|these|those|there|here|its|his|her|their"
    r"|our|my"
    r"|said|says|say|told|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow"
    r"|million|billion|trillion|tonnes?|tons?|per|cent|also|only|more|most|less|last|next|what|how|why"
    r"|because|so|yet"
)
_LETTER = r"[^\W\d_]"
_WORD = rf"(?!(?:{by_letter(_NOT_IN_NAMES)})\b){_LETTER}[\w&/-]*+(?:\.(?=\w)[\w&/-]*+)*+(?:'(?!s\b)\w++)?"
_DETERMINER = (
    r"(?:the|an?|its|his|her|their|our|one|some|another|this|that|two|three|four|several|many|most|both|few"
    r"|el|la|los|las|un|una|su) "
)
_NOUNS = rf"(?:{_WORD}(?:'s?)? ){{0,5}}?{_WORD}"
_PHRASE = (
    rf"(?:{_DETERMINER})?{_NOUNS}(?: (?:of|for|at|in|from|with|on|by|to) (?:{_DETERMINER})?{_NOUNS}){{0,3}}?"
)
_SLOTS = {
    "WHO": rf"(?P<who>{_PHRASE})",
    "ASIDE": rf"(?P<who>{_PHRASE}), (?:[^,;:.\"]|\b[a-z]\.){{3,80}}?",
    "BREAK": r"(?:,\"?|\"|[–—-])",
    "START": r"(?:(?:yet|still|but|and|now|meanwhile|however|by contrast|officially|privately),? )?",
    "STOP": r"(?=\s?(?:[.;:!?,\"–—]|$)| and | but | - )",
    "ADVERB": r"(?:[a-z]+ly |also |now |still |then |later )",
    "HAVE": r"(?:(?:has|have|had|also|now|then|later|has since|have since|recently) )",
    "ANYVERB": r"(?:(?!(?:is|was|has|as|its|this|less|plus|years?|tonnes|tons|named?|based|called)\b)"
    r"[a-z]{2,}(?:s|ed)\b|found|wrote|thought|held|swore|let on)",
    "WORD": _WORD,
    "SOMENUMBER": r"(?=[^.;]{0,80}\d)",
    "NUMBER": r"(?=(?:(?!(?:and|but|that|which)\b)[a-z-]+ ){0,4}"
    r"(?:[$€£¥]?\d|(?:twice|half|one|two|three|four|five|six|ten)\b))",
    "SOME": r"(?:[^,;:.\"]|[.,](?=\d)){2,60}?",
}
_BOTH = " + "
_STARTS = re.compile(
    r", |; |: |\( |– |— |- |\"|a(?<!\w.)nd |b(?<!\w.)ut |w(?<!\w.)hile |y(?<!\w.)et |t(?<!\w.)hough "
)
_BREAKS = re.compile(r",\"?(?= )|\"(?= )|–(?= )|—(?= )|-(?= )")


class Speech(NamedTuple):
    """Words that name who speaks: where they stand, the role that they must play, and the whole frame."""

    start: int
    end: int
    role: str
    pronoun: str
    place: int
    words: str


class Frame(NamedTuple):
    """A row of the table: the role of who speaks, where the frame can begin, its pattern, and its needs.

    Those are the needs that are not told by the words of a sentence.
    """

    role: str
    reach: str
    words: LazyPattern
    needs: tuple[LazyPattern, ...]


@cache
def _frames() -> tuple[list[Frame], ByFirstWord[int]]:
    """The frames of the table, and the number of each by the words that it needs."""
    said = ("after", "before", "plural")
    verbs = [latin(row["words"]) for row in rules("article_attributions") if row["place"] in said]
    papers = sorted(words_of("paper"), key=len, reverse=True)
    slots = {
        **_SLOTS,
        "COMES": rf"(?:{of_words('COMES')}|:)(?= |$)",
        "LISTS": of_words("LISTS"),
        "PAPER": f"(?:{'|'.join(papers)})",
        "SAYS": f"(?:{by_letter('|'.join(verbs))})",
    }
    slot = re.compile("|".join(sorted(slots, key=len, reverse=True)))
    held = {
        "ASIDE": ",[^,]*,",
        "PAPER": rf"\b(?:{by_letter('|'.join(papers))})",
        "SAYS": rf"\b{slots['SAYS']}",
    }
    asked = re.compile("|".join(held))
    made: list[Frame] = []
    by_need: list[tuple[int, frozenset[str]]] = []
    for row in rules("article_speech"):
        words = slot.sub(lambda match: slots[match[0]], row["frame"].replace("START ", "START"))
        needs = asked.sub(lambda match: held[match[0]], row["needs"]).split(_BOTH)
        begins, others = _parted([_need(need) for need in needs if need])
        frame = Frame(row["who"], _reach(row["frame"]), LazyPattern(words), others)
        by_need.append((len(made), begins))
        made.append(frame)
    return made, ByFirstWord(by_need)


def _parted(needs: list[LazyPattern]) -> tuple[frozenset[str], tuple[LazyPattern, ...]]:
    """The words that the first need that is told by its words begins with, and the other needs."""
    told_by = next((need for need in needs if "" not in heads(need.words)), None)
    begins = heads(told_by.words) if told_by else frozenset([""])
    return begins, tuple(need for need in needs if need is not told_by)


def told(low: str, folded: str, start: int, end: int, words: SentenceWords) -> list[Speech]:
    """Who speaks in a sentence of these words by the frames of speech; `low` is `folded` in small letters."""
    sentence = low[start:end]
    starts = [0, *(match.end() for match in _STARTS.finditer(sentence))]
    breaks = [match.start() for match in _BREAKS.finditer(sentence)]
    places = {"start": starts, "break": breaks, "both": sorted({*starts, *breaks})}
    found = []
    held: dict[LazyPattern, bool] = {}
    frames, by_need = _frames()
    for frame in map(frames.__getitem__, sorted({n for _, word in words.found for n in by_need[word]})):
        if not all(_holds(need, sentence, held) for need in frame.needs):
            continue
        for match in _matches(frame, sentence, places):
            pronoun = match.groupdict().get("pronoun") or ""
            first, last = match.span("pronoun" if pronoun else "who")
            begins = start + match.start() + len(match[0]) - len(match[0].lstrip(' ,"—–-'))
            after = folded[start + last : start + last + 2]
            goes_on = after[:1] == " " and after[1:].isupper()
            inside = frame.reach == "break" and begins != start + first
            if goes_on or (inside and folded[begins : begins + 1].isupper()):
                continue  # a name, whole or a part: ", Argolis Metals,"
            printed = folded[start + match.start() : start + match.end()].strip(' ,."')
            found.append(
                Speech(start + first, start + last, frame.role, pronoun, start + match.start(), printed)
            )
    return found


def _holds(need: LazyPattern, sentence: str, held: dict[LazyPattern, bool]) -> bool:
    """Whether a sentence has what a frame needs; `held` keeps the answers of the sentence."""
    if need not in held:
        held[need] = need.search(sentence) is not None
    return held[need]


@cache
def _need(words: str) -> LazyPattern:
    return LazyPattern(words)


@cache
def _subject() -> re.Pattern[str]:
    verb = (
        r"(?:is|are|was|were|has|have|had|will|would|can|could|may|plans?|wants?|gives?|gave|sold|made"
        r"|runs?|owns?"
        r"|hopes?|holds?|held|keeps?|kept|knows?|knew|does|did|do|[a-z]{3,}ed)"
    )
    return re.compile(rf"{_SLOTS['START']}{_SLOTS['WHO']} {verb} ")


def subject(low: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the noun phrase stands that a sentence begins with, where a verb follows it."""
    match = _subject().match(low[start:end])
    return (start + match.start("who"), start + match.end("who")) if match else None


def _matches(frame: Frame, sentence: str, places: dict[str, list[int]]) -> Iterator[re.Match[str]]:
    if not frame.reach:
        yield from frame.words.finditer(sentence)
    for place in places.get(frame.reach, ()):
        match = frame.words.match(sentence, place)
        if match is not None:
            yield match


def _reach(frame: str) -> str:
    """Where a frame can begin: where a clause starts, where one breaks off, at both, or anywhere ("")."""
    if frame.startswith("("):
        return "both"
    return "start" if frame.startswith("START") else "break" if frame.startswith("BREAK") else ""
