"""Who says so: the chain of speakers in a sentence, from who said it first to who carried it.

The verbs and phrases are in `knowledge/article_attributions.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from loaders.articles.names import Name
from loaders.articles.patterns import small_letters
from loaders.knowledge import rules

_LONGEST_NAME = 90
_BOUNDARY = re.compile(
    r"[,;:—–(\"!?]|\b(?:that|which|who|whose|where|when|and|but|as|because|while|than|что|які|який|который|que|y)\b|\.\s"
)
_NAME_ENDS = re.compile(
    r"\s\d|[,;:—–()\"!?]|\.(?=\s|$)|\b(?:that|which|who|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|in (?:an? "
    r"|the |his |her |its |19|20)"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|last|this|at|has|have|had|is|are|was|were|will|would|holds?|held"
    r"|cited|quoted|and|but|when|after|before|published|there|it|they|he|she|what|how|about|что|що|que|se|в|за|"
    r"there|on \d|on (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)\b"
)
_THEIR_TABLE = re.compile(
    r"'s (?:\w+ ){0,2}(?:tables?|counts?|figures|data|numbers|reports?|estimates?|list|study|books"
    r"|statistics)\b.*$"
)
_NO_NAME = re.compile(r"(?:that|which|when|how|what|it|there)\b")
_GENITIVE = re.compile(r"(?:'s?)?$")
_PASSIVE = re.compile(r"\b(?:was|were|been|be|being|is|are|never|not)\s$")
_ASIDE = re.compile(
    r"(?:^|[.;:,]\s|\b(?:that|and|but)\s)([^,;:.]{3,80}),\s(?:who|which|whose|quoted|cited|interviewed|speaking|writing|asked|based|commissioned|a|an|the|now|then|once|himself|herself)\s[^,;]{3,80},\s$"
    r"|(?:^|[.;:,\"]\s)([^,;:.\"]{3,60}),\s\d\d,\s$"
    r"|(?:^|[.;:,\"]\s)((?:the|its|his|her|their|an?)\s[^,;:.\"]{3,60}),\s[A-Z][\w'-]+(?:\s[A-Z][\w'.-]+){1,3},\s$"
)
_DETERMINERS = re.compile(
    r"^(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|one|some|[Oo]ther|[Tt]his|[Tt]hat|own|top|el|la|los|las|un|una|su|daily|weekly|monthly|magazine"
    r"|newspaper|paper|wire|outlet|website|broadcaster|network|channel|pro-Kremlin|propaganda|journal|figures|data|numbers"
    r"|estimates?|report|reports|from|of|by|by the|to|at|in|news|state-run|state-owned|газете?|газета"
    r"|агентству|журналу|diario)\s)+"
)
_OUTLET = re.compile(
    r"^.*\b(?:wire|daily|weekly|monthly|newspaper|paper|magazine|outlet|broadcaster|website|newswire|portal)\s(?=[A-ZÀ-Ý])"
)
_FRONTED = re.compile(
    r"^(?:Between|In|At|On|After|Before|During|Under|For|With|By|From|As|Asked|When|Over)\b.*(?<!of)(?<!to)(?<!by)\s(?:the|its|his|her|their|an?)\s"
)
_ARTICLE = re.compile(
    r"^(?:(?:the|a|an|two|three|several|its|his|her|their|our|his own|its own|this|that|own|el"
    r"|la|los|las|un|una|su|sus)\s)+",
    re.IGNORECASE,
)
_OF_SOMEONE = re.compile(
    r"^(?:(?:an?|its|his|her|their|some)\s(?:[\w-]+\s)?[\w-]+|the (?:country|nation|state|region|province"
    r"|island|kingdom|republic)|its)'s\s(?=\w)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s(?:in|at|on|from|near|outside|seen|under|with|for)\s.*$|\s(?:also|later|then|now|still|already|earlier|once|privately"
    r"|had|has|have|is|was|would|will|does|do|did|never|only|falsely|recently|itself|himself|herself|repeatedly|thus|so|too)\b.*$",
    re.IGNORECASE,
)


@cache
def _words(role: str) -> frozenset[str]:
    """The words that play a role in a speaker's name; `knowledge/article_speaker_words.csv`."""
    return frozenset(
        word for row in rules("article_speaker_words") if row["role"] == role for word in row["words"].split()
    )


class Speaker(NamedTuple):
    """A speaker as named: the name, where its words stand, and the words that say that it speaks."""

    name: str
    start: int
    end: int
    words: str


class Chain(NamedTuple):
    """The speakers of a sentence, who said it first to who carried it, and the words that say so."""

    speakers: tuple[Speaker, ...] = ()
    pronoun: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names, each once."""
        return tuple(dict.fromkeys(speaker.name for speaker in self.speakers))

    @property
    def words(self) -> str:
        """The words that decided."""
        return "; ".join(dict.fromkeys(speaker.words for speaker in self.speakers))


@cache
def _verbs() -> re.Pattern[str]:
    groups: dict[str, list[str]] = {}
    for row in rules("article_attributions"):
        groups.setdefault(row["place"], []).append(row["words"])
    listed = {place: "|".join(words) for place, words in groups.items()}
    return small_letters(
        rf"\b(?:(?P<named>{listed['named']})\s|(?P<carried>{listed['carried']})\s"
        rf"|\b(?:by|in) (?P<owner>[^,;.]{{2,60}}?'s?) (?:{listed['count']})\b"
        rf"|by the (?:{listed['count']}) of\s(?P<by>)"
        rf"|(?P<paper>\b(?:an?|the|its)\s[^,;.]{{3,60}}?) (?:sheet|document|paper|memo|report|draft|note"
        rf"|letter|presentation)s? (?:seen|obtained|read|reviewed) by\b"
        rf"|(?P<before>{listed['before']})\b)"
    )


@cache
def _inverted() -> re.Pattern[str]:
    words = "|".join(row["words"] for row in rules("article_attributions") if row["place"] == "after")
    return small_letters(rf"[,\"]\s*(?:{words})(?:\s[ву](?=\s))?\s+(?=[^\W\d])")


class Listener:
    """Finds the speakers of each sentence of a text, in order."""

    def __init__(self, folded: str, low: str, places: Sequence[Name]) -> None:
        self.folded = folded
        self.low = low
        self.prefixes = tuple(
            sorted({folded[name.start : name.end] for name in places}, key=len, reverse=True)
        )
        self.last: tuple[Speaker, ...] = ()
        self.is_chinese = _CHINESE_SAYS.search(folded) is not None

    def chain(self, start: int, end: int) -> Chain:
        """The chain of the sentence from `start` to `end`."""
        found = self._inverted(start, end)
        taken = [speaker.start for speaker in found]
        carried: list[Speaker] = []
        pronoun = False
        for match in _verbs().finditer(self.low, start, end):
            if self.folded[match.start()].isupper() and self.low.startswith("states", match.start()):
                continue  # the United States
            speaker, is_pronoun = self._at(match, start, end)
            pronoun = pronoun or is_pronoun
            if speaker is None or speaker.start in taken:
                continue
            (carried if match["carried"] else found).append(speaker)
            taken.append(speaker.start)
            carried.extend(self._told(match, end))
        if self.is_chinese:
            found += self._chinese(start, end)
        ordered = sorted(found, key=lambda speaker: speaker.start, reverse=True) if len(found) > 1 else found
        trailing = _trailing(ordered, end)
        ordered = [*self._nested(ordered[len(trailing) :], carried), *trailing]
        if ordered:
            self.last = tuple(ordered)
        elif pronoun:
            return Chain(self.last[:1], True)
        return Chain(tuple(ordered), pronoun)

    @staticmethod
    def _nested(found: list[Speaker], carried: list[Speaker]) -> list[Speaker]:
        """Carriers after the speakers, but before a speaker who stands in front of them and carries them."""
        if not carried or len(found) < 2:
            return [*found, *carried]
        return sorted([*found, *carried], key=lambda speaker: speaker.start, reverse=True)

    def _at(self, match: re.Match[str], start: int, end: int) -> tuple[Speaker | None, bool]:
        words = match[0].strip()
        if match["before"]:
            return self._before(match.start("before"), start, words)
        for group in ("owner", "paper"):
            if match[group]:
                genitive = _GENITIVE.search(match[group])
                end = match.end(group) - (len(genitive[0]) if genitive else 0)
                return self._named(match.start(group), end, words), False
        return self._after(match.end(), end, words), False

    def _before(self, verb: int, start: int, words: str) -> tuple[Speaker | None, bool]:
        """The name before a verb, back to where the clause begins."""
        low = max(start, verb - _LONGEST_NAME)
        text = self.folded[low:verb]
        begin, stop, is_cut = _subject(text)
        if not is_cut and low > start:
            return None, False
        if _PASSIVE.search(text) and not words.endswith(("s", "ing")):
            return None, False
        name = text[begin:stop].strip(" '")
        if not name:
            aside = _ASIDE.search(text)
            return (
                (
                    self._named(
                        low + aside.start(aside.lastindex or 1), low + aside.end(aside.lastindex or 1), words
                    ),
                    False,
                )
                if aside
                else (None, False)
            )
        if name.casefold() in _words("pronoun") or name.casefold().startswith("one of"):
            return None, True
        return self._named(low + begin, low + stop, words), False

    def _chinese(self, start: int, end: int) -> list[Speaker]:
        return [
            Speaker(match[1], match.start(1), match.end(1), match[2])
            for match in _CHINESE_SAYS.finditer(self.folded, start, end)
        ]

    def _inverted(self, start: int, end: int) -> list[Speaker]:
        match = _inverted().search(self.low, start, end)
        if match is None:
            return []
        speaker = self._after(match.end(), end, match[0].strip(' ,"'))
        return [speaker] if speaker else []

    def _after(self, place: int, end: int, words: str) -> Speaker | None:
        """The name after a phrase, up to where it ends."""
        stop = min(end, place + _LONGEST_NAME)
        if _NO_NAME.match(self.low, place, stop):
            return None
        skipped = _DETERMINERS.match(self.folded[place:stop])
        first = place + skipped.end() if skipped else place
        cut = _NAME_ENDS.search(self.folded, first, stop)
        return self._named(place, cut.start() if cut else stop, words)

    def _told(self, match: re.Match[str], end: int) -> list[Speaker]:
        """Who was told, where that is a newspaper with a name: "told El Puneño"."""
        if match["before"] is None or match["before"].casefold() not in ("told", "tells"):
            return []
        skipped = re.compile(
            r"\s(?:(?:the|daily|weekly|newspaper|magazine|paper|agency|wire|pro-Kremlin|Russian|state)\s)*"
        ).match(self.folded, match.end(), end)
        place = skipped.end() if skipped else match.end()
        if not self.folded[place : place + 1].isupper():
            return []
        speaker = self._after(place, end, match[0])
        return [speaker] if speaker else []

    def _named(self, start: int, end: int, words: str) -> Speaker | None:
        raw = self.folded[start:end]
        name = self._bare(raw.strip(" '\"([*_"))
        if (
            not 2 < len(name) <= _LONGEST_NAME
            or name.casefold() in _words("nobody")
            or name.casefold() in _words("pronoun")
        ):
            return None
        if (
            re.search(
                r"\d|\b(?:it|he|she|they|there|nothing|nobody|we|you|holds?|has|have|was|were|been|will|would|could)\b",
                name,
                re.IGNORECASE,
            )
            or not name[0].isalpha()
        ):
            return None
        at = self.folded.find(name, start)
        at = at if at >= 0 else start
        return Speaker(self._full(name, at), at, max(end, at + len(name)), words)

    def _bare(self, name: str) -> str:
        """A name without articles, without the place in front of it, and without where it was said."""
        name = _without_tail(_OF_SOMEONE.sub("", _FRONTED.sub("", _OUTLET.sub("", name))))
        name = (
            _DETERMINERS.sub("", name)
            if re.match(r"(?:(?:the|a|an)\s)?\w+\s[A-Z]", name)
            else _ARTICLE.sub("", name, count=1)
        )
        name = _THEIR_TABLE.sub("", name)
        name = re.sub(
            r"^(?:\w+ ){0,2}(?:(?:figures|data|numbers|estimates|reports) (?:from|of|by)"
            r"|(?:report|study|paper|note|analysis|memo|letter) (?:from|by)) (?:the |an? )?",
            "",
            name,
        )
        for prefix in self.prefixes:
            if name.startswith((f"{prefix}'s ", f"{prefix}' ", f"{prefix} ")) and len(name) > len(prefix) + 3:
                name = (
                    name[len(prefix) :].lstrip("'").removeprefix("s ").strip()
                    if name[len(prefix)] == "'"
                    else self._kept(name, prefix)
                )
                break
        for prefix in self.prefixes:
            name = name.removesuffix(f" of {prefix}").removesuffix(f" of the {prefix}")
        return name.strip(" '")

    @staticmethod
    def _kept(name: str, prefix: str) -> str:
        """ "Australian owner" stays whole; "U.S. President Donald Trump" loses its country."""
        rest = name[len(prefix) :].strip()
        short = len(rest.split()) < 2 and len(prefix) > 4
        return rest if rest[:1].isupper() and not short else name

    def _full(self, name: str, place: int) -> str:
        """ "The agency" is the "geological agency" named before."""
        if " " in name or name.casefold() not in _words("head"):
            return name
        earlier = re.findall(
            rf"\b((?:[a-z][a-z-]+ ){{1,3}}){re.escape(name)}\b", self.folded[max(0, place - 1500) : place]
        )
        for words in reversed(earlier):
            kept = [word for word in words.split() if word not in _words("small")]
            if kept and words.split()[-len(kept) :] == kept:
                return f"{' '.join(kept)} {name}"
        return name


_CHINESE_SAYS = re.compile(
    r"(?:^|(?<=[，。；,.;]))([\u4e00-\u9fff]{2,14}?)(表示|宣布|指出|透露|认为|称)(?=[，,：:])"
)
_HELD = re.compile(
    r"(?:[Tt]he |[Aa]n? |[Ii]ts |[Hh]er |[Hh]is )?(?:(?:[\w'-]+ ){0,5}(?:minist(?:er|ry)"
    r"|secretary|commissioner|spokes\w+|department"
    r"|office|bureau|institute|agency|cent(?:re|er)|council|committee|envoy|association|union) for "
    r"|(?:[Aa]nalysts|[Tt]raders|[Ee]conomists|[Gg]eologists|[Rr]esearchers|[Ee]ngineers"
    r"|[Ee]xperts|[Bb]rokers|[Ss]cientists) (?:at|in|on|with|from) )"
)


def _without_tail(name: str) -> str:
    """A name without where and when it spoke; "minister for industry" is a whole name."""
    held = _HELD.match(name)
    kept = held.end() if held else 0
    return name[:kept] + _TAIL.sub("", name[kept:])


def _subject(text: str) -> tuple[int, int, bool]:
    """Where the subject of a verb begins and ends in the words before it, and whether a clause begins there.

    "the energy and mines ministry" is one name; in "the chamber is less sure and (expects)" the chamber is
    the subject, and in "the agency that runs it (says)" the agency.
    """
    cuts = [cut for cut in _BOUNDARY.finditer(text) if not _is_in_name(text, cut)]
    if not cuts:
        return 0, len(text), False
    before = cuts[-2].end() if len(cuts) > 1 else 0
    word, rest = cuts[-1][0], text[cuts[-1].end() :].strip()
    if word in ("who", "which") and rest:
        return before, cuts[-1].start(), True
    if word in ("and", "but") and not rest:
        found = _SUBJECT.match(text, before, cuts[-1].start())
        if found:
            return found.start(1), found.end(1), True
    return cuts[-1].end(), len(text), True


_SUBJECT = re.compile(
    r"[\s'\"]*((?:[\w'.-]+\s){0,5}?[\w'.-]+)\s(?:is|are|was|were|has|have|had|will|remains?|does|did)\s"
)
_OFFICE_FOR = re.compile(
    r"\b(?:envoy|minister|ministry|secretary|commissioner|representative|advis[eo]r|department|committee|agency|office)"
    r"\s(?:for|of)\s(?:[\w-]+\s){1,4}$"
)
_FIELD = re.compile(r"\s(?!(?:the|an?|its|his|her|their)\b)[a-z-]+(?:\s[a-z-]+)?\s*(?:$|\[)")
_FIRST_HALF = re.compile(r"(?:^|[\s,;:\"])(?:[Tt]he|[Ii]ts|[Aa]n?)\s[\w-]+\s$")
_SECOND_HALF = re.compile(
    r"\s[\w-]+\s(?:ministry|department|agency|committee|commission|office|council|chamber|institute|union"
    r"|board|minister|secretary|regulator|association)\b"
)


def _is_in_name(text: str, cut: re.Match[str]) -> bool:
    """Whether "and" stands inside a name: "the energy and mines ministry"."""
    if cut[0] != "and":
        return False
    if _FIRST_HALF.search(text, 0, cut.start()) and _SECOND_HALF.match(text, cut.end()):
        return True
    return bool(_OFFICE_FOR.search(text, 0, cut.start()) and _FIELD.match(text, cut.end()))


def _trailing(found: list[Speaker], end: int) -> list[Speaker]:
    """Who is named where the sentence ends carries the others: "A told B that so it is, C wrote"."""
    if len(found) > 1 and end - found[0].end < _TRAILING and found[0].start > found[-1].end + _LONG_CONTENT:
        return found[:1]
    return []


_TRAILING = 16
_LONG_CONTENT = 40
