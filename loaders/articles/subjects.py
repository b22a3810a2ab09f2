"""Where the subject of a verb of speech begins and ends in the words before it."""

from __future__ import annotations

import re

from loaders.articles.wordings import Wording

WHICH_IS_PUT = r",\s(?=which [^,;]{3,60}? (?:puts?|pegs?|pegged|values?|valued|estimates?d?|reckons?) at )"
"""Where a clause begins in which somebody else measures: "a quota, which analysts put at 5 tonnes"."""
_BOUNDARY = re.compile(
    r",(?!\d)|;|:|—|–|\(|\"|!|\?|-(?<=\s-)\s"
    r"|t(?<!\w.)h(?:at|an)\b|w(?<!\w.)h(?:ich|o|ose|ere|en|ile)\b|a(?<!\w.)(?:nd|s|fter)\b|b(?<!\w.)(?:ut|ecause|efore)\b"
    r"|ч(?<!\w.)то\b|я(?<!\w.)к(?:і|ий)\b|к(?<!\w.)оторый\b|q(?<!\w.)ue\b|y(?<!\w.)\b"
    r"|\.(?<!\b[A-Z]\.)(?<!\bCorp\.)(?<!\bInc\.)(?<!\bLtd\.)(?<!\bCo\.)\s"
)
"""Every choice begins with a sign of its own, by which `re` goes from one to the next at once."""


def subject_of(text: str) -> tuple[int, int, bool]:
    """Where the subject of a verb begins and ends in the words before it, and whether a clause begins there.

    "the energy and mines ministry" is one name; in "the chamber is less sure and (expects)" the chamber is
    the subject, and in "the agency that runs it (says)" the agency.
    """
    cuts = [cut for cut in _BOUNDARY.finditer(text) if not _is_in_name(text, cut)]
    if not cuts:
        return 0, len(text), False
    before = cuts[-2].end() if len(cuts) > 1 else 0
    word, rest = cuts[-1][0], text[cuts[-1].end() :].strip()
    if word == "than" or _is_claimed(text, cuts[-1], rest):
        return 0, 0, False  # "more than the industry had hoped for"
    if word in ("who", "which") and text.endswith(", ", 0, cuts[-1].start()):
        before = cuts[-3].end() if len(cuts) > 2 else 0
        return before, cuts[-2].start(), True
    if word == "that" and _NEXT_NOUN.search(rest):
        return cuts[-1].end(), len(text), True
    if (word in ("who", "which") and rest) or (
        word == "that" and (_RELATIVE_VERB.match(rest) or _ORDERS.search(rest))
    ):
        return before, cuts[-1].start(), True
    if word in ("and", "but") and not rest:
        if len(cuts) > 1 and cuts[-2][0] == "that":
            return 0, 0, False  # "X denied that the firm had paid and (said)": it is X
        found = _SUBJECT.match(text, before, cuts[-1].start())
        if found:
            return found.start(1), found.end(1), True
    return cuts[-1].end(), len(text), True


def _is_claimed(text: str, cut: re.Match[str], rest: str) -> bool:
    """Whether words are of a claim: "the $5 billion that Washington claimed", "ore, which Trump claimed"."""
    amount = cut[0] in ("that", "which") and _RELATIVE.search(text, 0, cut.start()) and _NOUN.match(rest)
    return bool(amount or (cut[0] == "which" and _CLAIMED_BY.search(text)))


def claimer_of(folded: str, start: int, verb: re.Match[str]) -> tuple[int, int] | None:
    """Where who said it first stands in what another one says: "a debt in ore, which Trump claimed"."""
    claimed = verb[0] in _CLAIMED and _CLAIMED_BY.search(folded, start, verb.start())
    return claimed.span(1) if claimed else None


def is_no_subject(text: str, low: str, start: int, verb: int, end: int) -> bool:
    """Whether what stands before a verb of speech does not state the figure with it.

    "the $5 it promised."; "cut its forecast"; "that is to say"; of "a stockpile which traders estimate at 5"
    a frame of speech tells who speaks.
    """
    own = OWN_PRONOUN.search(text)
    return bool(
        (own and _ENDS_RELATIVE.search(low, max(start, verb - 60), end))
        or _NOUN_AFTER.search(text)
        or _THAT_IS_TO.search(text)
        or (_AS_NUMBER.match(low, verb) and _OF_WHICH.search(text))
    )


_ENDS_RELATIVE = re.compile(
    r"[a-z]\s(?<!that )(?:he|she|it|they) (?:promised|pledged|vowed|wanted|announced|proposed)\s?[.,;]$"
)
_OF_WHICH = re.compile(r"\b(?:which|that) (?:the|its|an?|[A-Z]\w*|\w+s)\b[^,;]*$")
_AS_NUMBER = re.compile(r"\w+ (?:at|as|to be) (?:[\w-]+ ){0,3}[$€£\d]")
OWN_PRONOUN = re.compile(
    r"(?:^|\s)([Hh]e|[Ss]he|[Ii]t|[Tt]hey)\s(?:(?:also|now|then|still|even|later|had|has|have)\s){0,2}$"
)
_THAT_IS_TO = re.compile(r"\b(?:that is|needless|so) to\s*$", re.IGNORECASE)
_NOUN_AFTER = Wording("speakers: noun after", r"{}\s$")
_CLAIMED = frozenset(["claimed", "alleged", "asserted", "maintained", "boasted"])
_CLAIMED_BY = re.compile(
    r"\b(?:which|that) ((?:(?:the|its) )?(?:[A-Z][\w.'-]* ){1,5})"
    r"(?:(?:has|had|have) )?(?:[a-z]+ly |once |also )?$"
)
_RELATIVE = re.compile(
    r"(?:\b(?:[mb]illion|trillion|tonnes|tons|dollars|euros|per ?cent|debts?|figures?|sums?|amount|number"
    r"|claim|estimate|total|draft|agreement|document|memo|table)|%|(?<![\w-])\d[\d.,]*),?\"?\s$"
)
_RELATIVE_VERB = re.compile(
    r"(?:\w+s|\w+ed|runs|got|won|made|dug|bought|sold|built|has|had|is|was)\s(?:the|its|a|an|it|them|by"
    r"|in|on|for|most|all|this)\b"
)
_ORDERS = re.compile(r"\b(?:commissioned|ordered|paid for|asked for|funded|requested)\b")
_NEXT_NOUN = re.compile(
    r"^\w+ .*\b(?!(?:of|in|on|at|for|to|from|with|by|and|over|under)\b)\w+ (?:the|its) (?:[\w'-]+ ?){1,4}$"
)
_NOUN = re.compile(r"(?:the|its|his|her|their|an?)\s|[A-Z]")
_SUBJECT = re.compile(
    r"[\s'\"]*((?:[\w'.-]+\s){0,7}?[\w'.-]+)\s(?:is|are|was|were|has|have|had|will|remains?|does|did)\s"
)
_OFFICE_FOR = re.compile(
    r"\b(?:envoy|minister|ministry|secretary|commissioner|representative|advis[eo]r|department|committee"
    r"|agency|office)"
    r"\s(?:for|of)\s(?:[\w-]+\s){1,4}$"
)
_FIELD = re.compile(r"\s(?!(?:the|an?|its|his|her|their)\b)[a-z-]+(?:\s[a-z-]+)?\s*(?:$|\[)")
_OF_BOTH = re.compile(r"\b(?:of|for)\s(?:[A-Z]\w+\s)+$")
_AND_BOTH = re.compile(r"\s[A-Z]\w+(?:\s(?:of|for|in)\s(?:the\s)?[A-Z]\w+)?\s*$")
_FIRST_HALF = re.compile(r"(?:^|[\s,;:\"])(?:[Tt]he|[Ii]ts|[Aa]n?)\s[\w-]+\s$")
SECOND_HALF = re.compile(
    r"\s[\w-]+\s(?:ministry|department|agency|committee|commission|office|council|chamber|institute|union"
    r"|board|minister|secretary|regulator|association)\b"
)


def _is_in_name(text: str, cut: re.Match[str]) -> bool:
    """Whether "and" stands inside a name: "the energy and mines ministry"."""
    if cut[0] != "and":
        return False
    if _OF_BOTH.search(text, 0, cut.start()) and _AND_BOTH.match(text, cut.end()):
        return True
    if _FIRST_HALF.search(text, 0, cut.start()) and SECOND_HALF.match(text, cut.end()):
        return True
    return bool(_OFFICE_FOR.search(text, 0, cut.start()) and _FIELD.match(text, cut.end()))
