"""The phrases of speech as patterns, from `knowledge/article_attributions.csv`."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from loaders.articles.needed_words import ChoicesByWord, Sought
from loaders.articles.patterns import NEVER, alternatives, by_letter, in_small_letters, latin, of_words
from loaders.knowledge import rules

_NUMBER = (
    r"(?= (?:(?!(?:and|but|that|which|who|when|because)\b)[^\W\d][\w'-]* ){0,6}?"
    r"(?:(?:us|nok|sek|usd|eur|a|c) ?)?(?:[$€£¥]|\d"
    r"|an? (?:third|quarter|fifth|sixth|tenth|twentieth|million)\b"
    r"|(?:twice|half|double|triple|one|two|three|four|five|six|seven|eight|nine|ten|twenty)\b))"
)
_ENDS = {
    **dict.fromkeys(("named", "carried", "cited"), r"\s"),
    "passive": r" by\s",
    **dict.fromkeys(("before", "plural", "wants"), r"\b"),
    **dict.fromkeys(("counts", "many"), _NUMBER),
}
"""What follows the words of each place: a number is what somebody asks for, speaks of, hopes for."""
_NAME = r"[^,;.]{3,60}?"
_SHOWN = (
    r"(?:(?:seen|obtained|read|reviewed) by|(?:leaked|shown) to"
    r"|that (?:this|our) \w+ (?:has |have )?(?:seen|read|obtained))\b"
)
_PAPERS = "sheet|document|paper|memo|report|draft|note|letter|presentation|slide"
_PAPER_SEEN = (
    rf"(?P<paper>\b(?:an?|the|its)\s{_NAME}) (?:{_PAPERS})s? {_SHOWN}"
    rf"|(?:{_PAPERS})s? (?:of|by|from) (?P<author>{_NAME}),? {_SHOWN}"
)
_ISSUED = (
    rf"(?:{_PAPERS}|table|list|map|brochure|leaflet|file)s?"
    r" (?:circulated|published|issued|compiled|drawn up|prepared|leaked|released|kept|printed) by"
    rf" (?P<issuer>{_NAME}) (?:has|have|gives?|gave|shows?|puts?|lists?|names)\b"
)
_QUOTED = r"(?:quot|cit)(?:ed|es|ing|e)\s(?P<quoted>[^.;,]{3,60}?) as [a-z]{3,}ing\b"


@cache
def verbs(plain: bool, owned: bool, seen: bool) -> ChoicesByWord:
    """The phrases of speech by the words that they begin with, each in a group named by its place.

    `owned` takes in those of an owner's table, `seen` those of a paper seen.
    """
    listed = _listed(plain)
    made = {place: "|".join(f"(?:{words}){ends}" for words in listed[place]) for place, ends in _ENDS.items()}
    counts = "|".join(listed["count"])
    owner = rf"\b(?:by|in) (?P<owner>[^,;.]{{2,60}}?'s?) (?:own |latest )?(?:{counts})\b"
    book = (
        rf"\b(?:the|an?|its) (?P<book>{_NAME}'s?) (?:own |latest |annual )?(?:{counts})"
        r"(?: of [a-z' -]{3,30}?)? (?:has|have|gives?|gave|puts?|had|runs|reads)\b"
    )
    view = rf"\b(?:in|by) (?P<view>his|her|its|their) (?:own )?(?:view|opinion|words|estimation|{counts})\b"
    shapes = {
        **{place: made[place] for place in ("named", "carried", "cited")},
        "owners": owner if owned else "",
        "views": view,
        "by": rf"by the (?:{counts}) of\s",
        "passive": made["passive"],
        "papers": _PAPER_SEEN if seen else "",
        "issued": _ISSUED,
        "books": book if owned else "",
        "quotes": _QUOTED,
        **{place: made[place] for place in ("before", "plural", "wants", "counts", "many")},
    }
    return ChoicesByWord((place, words) for place, words in shapes.items() if words)


@cache
def _listed(plain: bool) -> dict[str, list[str]]:
    """Place -> the words of its rows, each a choice; for `plain` text without those in other letters."""
    listed: dict[str, list[str]] = defaultdict(list)
    for row in rules("article_attributions"):
        words = latin(of_words(row["words"])) if plain else of_words(row["words"])
        listed[row["place"]].extend(alternatives(words) if words != NEVER else ())
    return listed


@cache
def inverted(plain: bool) -> Sought:
    """The verbs of speech that stand before their speaker: ", said the minister"."""
    words = by_letter("|".join(_listed(plain)["after"]))
    return Sought(
        in_small_letters(rf"(?:[,\"]\s*(?:[—–-]\s)?|\bcomo\s)(?:{words})(?:\s[ву](?=\s))?\s+(?=[^\W\d])")
    )
