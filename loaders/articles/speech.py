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
from functools import cache
from typing import NamedTuple

from loaders.articles.first_words import heads
from loaders.articles.needed_words import ByNeed, LazyPattern, SentenceWords
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
    "ANYVERB": r"(?:(?!(?:is|was|has|as|its|this|less|plus|years?|tonnes|tons|named?|based|called"
    r"|included|excluded|deducted|waived|refunded|paid|unpaid|counted|excepted|combined|respected)\b)"
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

    One that can begin anywhere begins with one of the words `begins`. The needs are those that the words of a
    sentence do not tell.
    """

    role: str
    reach: str
    begins: frozenset[str]
    words: LazyPattern
    needs: tuple[LazyPattern, ...]


@cache
def _frames() -> ByNeed[Frame]:
    """The frames of the table, by the words that they need."""
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
    made = []
    for row in rules("article_speech"):
        words = slot.sub(lambda match: slots[match[0]], row["frame"].replace("START ", "START"))
        needs = asked.sub(lambda match: held[match[0]], row["needs"]).split(_BOTH)
        begins, others = _parted([_need(need) for need in needs if need])
        first = frozenset(head.rstrip() for head in heads(row["frame"]))
        made.append((Frame(row["who"], _reach(row["frame"]), first, LazyPattern(words), others), begins))
    return ByNeed(made)


def _parted(needs: list[LazyPattern]) -> tuple[frozenset[str], tuple[LazyPattern, ...]]:
    """The words that the first need that is told by its words begins with, and the other needs."""
    told_by = next((need for need in needs if "" not in heads(need.words)), None)
    begins = heads(told_by.words) if told_by else frozenset([""])
    return begins, tuple(need for need in needs if need is not told_by)


def told(low: str, folded: str, start: int, end: int, words: SentenceWords) -> list[Speech]:
    """Who speaks in a sentence of these words by the frames of speech; `low` is `folded` in small letters."""
    starts = [start, *(match.end() for match in _STARTS.finditer(low, start, end))]
    breaks = [match.start() for match in _BREAKS.finditer(low, start, end)]
    places = {"start": starts, "break": breaks, "both": sorted({*starts, *breaks})}
    found = []
    held: dict[LazyPattern, bool] = {}
    for frame in _frames().held(words):
        if not all(_holds(need, low, start, end, held) for need in frame.needs):
            continue
        at_words = [] if frame.reach else [place for place, word in words.found if word in frame.begins]
        for place in places[frame.reach] if frame.reach else at_words:
            match = frame.words.match(low, place, end)
            speech = _speech(frame, match, folded) if match else None
            found += [speech] if speech else []
    return found


def _speech(frame: Frame, match: re.Match[str], folded: str) -> Speech | None:
    """Who speaks where a frame was found, or none where its words are a part of a name."""
    pronoun = match.groupdict().get("pronoun") or ""
    first, last = match.span("pronoun" if pronoun else "who")
    begins = match.start() + len(match[0]) - len(match[0].lstrip(' ,"—–-'))
    goes_on = folded[last : last + 1] == " " and folded[last + 1 : last + 2].isupper()
    inside = frame.reach == "break" and begins != first
    if goes_on or (inside and folded[begins : begins + 1].isupper()):
        return None  # a name, whole or a part: ", Argolis Metals,"
    printed = folded[match.start() : match.end()].strip(' ,."')
    return Speech(first, last, frame.role, pronoun, match.start(), printed)


def _holds(need: LazyPattern, low: str, start: int, end: int, held: dict[LazyPattern, bool]) -> bool:
    """Whether a sentence has what a frame needs; `held` keeps the answers of the sentence."""
    if need not in held:
        held[need] = need.search(low, start, end) is not None
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


def _reach(frame: str) -> str:
    """Where a frame can begin: where a clause starts, where one breaks off, at both, or anywhere ("")."""
    if frame.startswith("("):
        return "both"
    return "start" if frame.startswith("START") else "break" if frame.startswith("BREAK") else ""
