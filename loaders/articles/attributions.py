"""The phrases of speech as patterns, from `knowledge/article_attributions.csv`."""

from __future__ import annotations

import re
from functools import cache

from loaders.articles.needed import ByFirstWord, Sought, by_first_word
from loaders.articles.patterns import NEVER, by_letter, in_small_letters, latin, small_letters
from loaders.knowledge import rules


@cache
def verbs(plain: bool, owned: bool, seen: bool) -> ByFirstWord[re.Pattern[str]]:
    """The phrases of speech, by the words that they begin with.

    `owned` takes in those of an owner's table, `seen` those of a paper seen.
    """
    groups: dict[str, list[str]] = {}
    for row in rules("article_attributions"):
        words = latin(row["words"]) if plain else row["words"]
        groups.setdefault(row["place"], []).extend([words] if words != NEVER else [])
    listed = {place: by_letter("|".join(words)) for place, words in groups.items()}
    no_owner, no_paper = "" if owned else NEVER, "" if seen else NEVER
    phrases = small_letters(
        rf"\b(?=\w)(?:(?P<named>{listed['named']})\s|(?P<carried>{listed['carried']})\s"
        rf"|(?P<cited>{listed['cited']})\s"
        rf"|{no_owner}\b(?:by|in) (?P<owner>[^,;.]{{2,60}}?'s?) (?:{listed['count']})\b"
        rf"|\b(?:in|by) (?P<view>his|her|its|their) (?:own )?(?:view|opinion|words|estimation"
        rf"|{listed['count']})\b"
        rf"|by the (?:{listed['count']}) of\s(?P<by>)"
        rf"|(?P<passive>{listed['passive']}) by\s"
        rf"|{no_paper}(?P<paper>\b(?:an?|the|its)\s[^,;.]{{3,60}}?)"
        rf" (?:sheet|document|paper|memo|report|draft|note|letter|presentation)s?"
        rf" (?:(?:seen|obtained|read|reviewed) by|(?:leaked|shown) to)\b"
        rf"|{no_paper}(?:sheet|document|paper|memo|report|draft|note|letter|presentation|slides)"
        rf" (?:of|by|from) (?P<author>[^,;.]{{3,60}}?),?"
        r" (?:(?:seen|obtained|read|reviewed) by|(?:leaked|shown) to)\b"
        rf"|(?:sheet|document|paper|memo|report|draft|note|letter|table|list|map|brochure|leaflet|file)s?"
        rf" (?:circulated|published|issued|compiled|drawn up|prepared|leaked|released|kept|printed) by"
        rf" (?P<issuer>[^,;.]{{3,60}}?) (?:has|have|gives?|gave|shows?|puts?|lists?|names)\b"
        rf"|{no_owner}\b(?:the|an?|its) (?P<book>[^,;.]{{3,60}}?'s?)"
        rf" (?:own |latest |annual )?(?:{listed['count']})"
        rf"(?: of [a-z' -]{{3,30}}?)? (?:has|have|gives?|gave|puts?|had|runs|reads)\b"
        rf"|(?:quot|cit)(?:ed|es|ing|e)\s(?P<quoted>[^.;,]{{3,60}}?) as (?:saying|telling|stating|claiming)\b"
        rf"|(?P<before>{listed['before']}|(?P<plural>{listed['plural']})|(?P<wants>{listed['wants']}))\b)"
    )
    return by_first_word(phrases)


@cache
def inverted(plain: bool) -> Sought:
    """The verbs of speech that stand before their speaker: ", said the minister"."""
    rows = (row["words"] for row in rules("article_attributions") if row["place"] == "after")
    words = by_letter("|".join(latin(listed) if plain else listed for listed in rows))
    return Sought(
        in_small_letters(rf"(?:[,\"]\s*(?:[—–-]\s)?|\bcomo\s)(?:{words})(?:\s[ву](?=\s))?\s+(?=[^\W\d])")
    )
