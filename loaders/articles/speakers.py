"""Who says so: the chain of speakers in a sentence, from who said it first to who carried it.

What counts as the first speaker:

- Who said it first, not who printed it: the ministry, then the paper that quotes it. The article's own
  publisher is no speaker; a sentence that names nobody has none, also after a sentence that names one.
- A speaker reaches over its sentence: over a list, over what follows a semicolon or an aside, unless another
  speaker has that part. A pronoun, "the agency" and a quotation that goes on stand for who spoke before.
- The name without an article and without the country in front of it ("Indonesia's energy minister" is the
  energy minister; an Australian owner stays one), without where it spoke and whom it told. An office with a
  name after a comma is the office; a name with an office after a comma is the name. "Traders in Durban" is
  whole.
- A paper is its maker's ("a finance ministry sheet", "the survey's table"); of nobody's it is itself ("a
  study").
- Who plans is no speaker ("the operator means to make"); who says, thinks, expects, denies, promises or asks
  for it is. A country that wants something plans it; who offers a loan acts.
- Who speaks for a place is named instead of it ("Peru expects 5 tonnes, the ministry said"); "the company" is
  the firm that spoke before.

The verbs and phrases are in `knowledge/article_attributions.csv`, the shapes of sentences in which any
verb will do in `knowledge/article_speech.csv`; how a name is cut, in `loaders.articles.speaker_names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.articles import attributions
from loaders.articles.antecedents import Antecedents
from loaders.articles.chains import Chain, ordered, without_place
from loaders.articles.chinese_speakers import CHINESE_SAYS, chinese_speakers
from loaders.articles.names import Name
from loaders.articles.needed_words import SentenceWords, matches_at
from loaders.articles.patterns import is_latin
from loaders.articles.speaker_names import (
    BODY_OF_AND,
    HELD,
    LONGEST_NAME,
    Namer,
    Speaker,
    can_speak,
    head_of,
    words_of,
)
from loaders.articles.speech import told
from loaders.articles.subjects import (
    OWN_PRONOUN,
    SECOND_HALF,
    WHICH_IS_PUT,
    claimer_of,
    is_no_subject,
    subject_of,
)
from loaders.articles.wordings import Wording

_NAME_ENDS = Wording(
    "speakers: name ends",
    r"\s\d|[,;:—–()\"!?]|\.(?=\s|$)|(?<![\s-]of)(?<!\sfor)(?<!\sin)(?<!\sat)(?<!\sfrom)(?<!\sby)"
    r"(?<!\swith)(?<!\son)(?<!\sto)(?<!\sand)(?<!\sas)\s(?=(?:the|an?|its|his|her|their|one"
    r"|another)\s)|\b(?:in (?:an? |the |his |her |its |19|20)|on \d|{})",
)
_NO_NAME = re.compile(
    r"(?:that|which|when|how|what|it|there|in|on|at|to|for|with|from|as|during|after|before|last|this"
    r"|yesterday"
    r"|today|both|only|not|also|earlier|later|than|about|over|more|some|up|down|between|during|if|whether)\b"
)
_GENITIVE = re.compile(r"(?:'s?)?$")
_PASSIVE = Wording("speakers: passive", r"{}\s$")
_NEW_SENTENCE = re.compile(r"[.;:\"]\s|\s[—–-]\s|^\"|(?:Now|But|And|Yet|Still|Meanwhile|Then)\s")
_NEW_CLAUSE = re.compile(r"\b(?:that|but|and)\s")
_NOT_A_NAME = re.compile(
    r"^(?:for|in|on|at|by|to|with|from|after|before|asked|as|if|when|while|since|of|under|once|like|unlike)\s"
    r"|\b(?:is|was|are|were|has|had|have|will|would|does|did|can|could|may)\b",
    re.IGNORECASE,
)
_SEEN = Wording("speakers: seen")


class Listener:
    """Finds the speakers of each sentence of a text, in order."""

    def __init__(self, folded: str, low: str, places: Sequence[Name]) -> None:
        self.folded = folded
        self.low = low
        named = {folded[name.start : name.end] for name in places}
        named |= {f"{name}." for name in named if "." in name}  # "U.S."
        prefixes = sorted(named, key=len, reverse=True)
        self.namer = Namer(folded, tuple(prefixes))
        self.before = Antecedents(folded, low, self.namer)
        self.words = SentenceWords([])
        self.earlier: Speaker | None = None
        self.is_plain = is_latin(low, 0, len(low))
        self.is_chinese = not self.is_plain and CHINESE_SAYS.search(folded) is not None

    def chain(self, start: int, end: int, words: SentenceWords, *, framed: bool = True) -> Chain:
        """The chain of the sentence from `start` to `end`, `framed` asks the frames of speech too."""
        self.words = words
        found = self._inverted(start, end)
        taken = [speaker.start for speaker in found]
        others: dict[str, list[Speaker]] = {"carried": [], "cited": [], "claimed": []}
        pronoun, at, heads = "", start, found[:0]
        for match in self._phrases(start, end):
            speaker, said_pronoun = self._at(match, start, end)
            pronoun, at = (pronoun, at) if pronoun else (said_pronoun, match.start())
            if speaker is None or speaker.start in taken:
                claimer = None if speaker else claimer_of(self.folded, start, match)
                first = self.namer.named(*claimer, match[0]) if claimer else None
                others["claimed"] += [first] if first else []
                continue
            others.get(match.lastgroup or "", found).append(speaker)
            taken.append(speaker.start)
            others["carried"].extend(self._told(match, end))
            others["carried"].extend(self._quoter(match, start))
            heads += self._quoted_head(match, start)
        found += [] if found else heads
        if self.is_chinese and not is_latin(self.low, start, end):
            found += chinese_speakers(self.folded, start, end)
        self.earlier = None
        asked = (framed or '"' in self.folded[start:end]) and not (
            found and _PARTS.search(self.folded, start, end) is None
        )
        if asked or _SO_SAYS.match(self.low, start):
            pronoun, at = self._framed(found, start, end, pronoun, at)
        cited = others["cited"] + (others["claimed"] if found else [])
        chain = ordered(self.low, found, others["carried"], cited, end)
        chain = without_place(chain, self.namer.prefixes)
        before, self.before.now = self.before.now, (start, end)
        if chain:
            chain = tuple(self.before.named_before(speaker) for speaker in chain)
            if pronoun and any(";" in self.folded[min(at, s.start) : max(at, s.start)] for s in chain):
                told = at > min(speaker.start for speaker in chain)
                before_it = chain[:1] if told else self.before.of_pronoun(pronoun, before)
                both = *chain, *(speaker._replace(start=at, end=at) for speaker in before_it)
                return Chain(both, bool(before_it))
            self.before.heard(chain)
        elif pronoun:
            return Chain(self.before.of_pronoun(pronoun, before), True)
        return Chain(chain, bool(pronoun))

    def _phrases(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """The phrases of speech in a sentence; those that look far ahead only where their words stand."""
        owned = self.low.find("'", start, end) >= 0
        seen = self.words.search(_SEEN, self.low, start, end) is not None
        found = matches_at(attributions.verbs(self.is_plain, owned, seen), self.words, self.low, end)
        return (match for match in found if not self._is_in_name(match.start()))

    def _is_in_name(self, place: int) -> bool:
        """Whether a phrase is a part of other words: "London-listed", the United States, member states."""
        states = self.low.startswith("states", place)
        named = states and _IS_STATES.search(self.folded[max(0, place - 7) : place + 1])
        return bool(named) or self.low.startswith("-", place - 1)

    def _framed(
        self,
        found: list[Speaker],
        start: int,
        end: int,
        pronoun: str,
        at: int,
    ) -> tuple[str, int]:
        """Add the speakers of the frames of speech, in parts of the sentence where nobody speaks yet."""
        stood_for: list[int] = []
        for hit in told(self.low, self.folded, start, end, self.words):
            known = [*stood_for, *(speaker.start for speaker in found)]
            if hit.role != "before" and self._is_spoken(hit.start, known, start, end):
                continue
            if hit.pronoun:
                stands_for = _POSSESSIVES[hit.pronoun]
                stood_for.append(hit.start)
                pronoun, at = (pronoun, at) if pronoun or found else (stands_for, hit.place)
                continue
            speaker = self.namer.agent(hit.start, hit.end, hit.words, hit.role)
            if speaker is not None and hit.role == "before":
                self.earlier = speaker
            if speaker is not None:
                found.append(speaker)
        return pronoun, at

    def _is_spoken(self, place: int, taken: list[int], start: int, end: int) -> bool:
        """Whether somebody speaks already in the part of the sentence around a place."""
        parts = [match.span() for match in _PARTS.finditer(self.folded, start, end)]
        low = max((last for _, last in parts if last <= place), default=start)
        high = min((first for first, _ in parts if first >= place), default=end)
        return any(low <= other < high for other in taken)

    def _at(self, match: re.Match[str], start: int, end: int) -> tuple[Speaker | None, str]:
        words, place, parts = match[0].strip(), match.lastgroup, match.groupdict()
        if place in ("before", "plural", "wants", "counts", "many"):
            noun = place in _OF_NUMBERS and _BEFORE_NOUN.search(self.low, start, match.start())
            if noun or _OF_ITSELF.search(words) or _SAID_TO.match(self.low, match.start()):
                return None, ""
            speaker, pronoun = self._before(match.start(), start, words)
            if place == "before" or (pronoun and self._stands_for_a_speaker(match, start)):
                return speaker, pronoun
            return (speaker if self._speaks(speaker, match) else None), ""
        for group in ("owner", "paper", "author", "issuer", "book", "quoted"):
            if parts.get(group):
                genitive = _GENITIVE.search(match[group])
                end = match.end(group) - (len(genitive[0]) if genitive else 0)
                if group == "paper" and not can_speak(match[group], self.namer.prefixes):
                    end = self.folded.find(" ", end + 1)  # nobody's paper: "a planning paper leaked to us"
                return self.namer.named(match.start(group), end, words), ""
        if place == "views":
            return None, {"his": "he", "her": "she", "their": "they"}.get(match["view"], "it")
        own = _PRONOUN.match(self.low, match.end(), end) if place == "named" else None
        if own:
            return None, {"him": "he", "her": "she", "them": "they"}.get(own[1], own[1])
        speaker = self._after(match.end(), end, words)
        if speaker and speaker.name.islower() and head_of(speaker.name) in words_of("thing"):
            return None, ""  # "according to the price"
        return speaker, ""

    def _stands_for_a_speaker(self, match: re.Match[str], start: int) -> bool:
        """Whether a pronoun is who asks for a number or hopes for it, and not one in what somebody says."""
        if match.lastgroup == "plural":
            return _SAYING.match(self.low, match.end()) is not None
        if match.lastgroup in _OF_NUMBERS:
            return self.folded.count('"', start, match.start()) % 2 == 0
        return match[0].startswith("want") and not self.low.startswith(" to ", match.end())

    def _speaks(self, speaker: Speaker | None, match: re.Match[str]) -> bool:
        """Whether "report" or "want" has somebody for a subject: "brokers in London report"."""
        if speaker is None:
            return False
        words = speaker.name.casefold().split()
        if match.lastgroup in _OF_NUMBERS:
            is_many = words[-1].endswith("s") or "&" in words or not words_of("people").isdisjoint(words)
            if _OTHER_VERB.search(self.low, speaker.start, match.start()):
                return False  # "Argentina has lithium projects worth"
            if _OFFERS_MONEY.match(self.low, match.start()):
                return False  # a loan that is offered is a deed, a share that is offered is said
            able = speaker.name in self.namer.prefixes or can_speak(speaker.name, ())
            return able and (is_many or match.lastgroup == "counts")
        if match.lastgroup == "wants":
            if _COUNTS.match(match[0].casefold()):
                return not words_of("office").isdisjoint(words)
            return speaker.name not in self.namer.prefixes and can_speak(speaker.name, ())
        return not words_of("people").isdisjoint(words) or (words[-1].endswith("s") and len(words[-1]) > 3)

    def _before(self, verb: int, start: int, words: str) -> tuple[Speaker | None, str]:
        """The name before a verb, back to where the clause begins; or the pronoun that stands for it."""
        low = max(start, verb - LONGEST_NAME)
        text = _TICKER.sub(lambda match: " " * len(match[0]), self.folded[low:verb])
        if is_no_subject(text, self.low, start, verb, verb + len(words) + 1):
            return None, ""
        own = OWN_PRONOUN.search(text)
        if own:
            return None, own[1].casefold()
        text = _TOOK_OCCASION.sub(" ", text)
        perfect = _PERFECT.search(text)
        text, ends = (text[: perfect.start()], low + perfect.start()) if perfect else (text, verb)
        begin, stop, is_cut = subject_of(text)
        if not is_cut and low > start:
            return None, ""
        if _PASSIVE.search(text) and not _NO_PASSIVE.match(words):
            return None, ""
        name = text[begin:stop].strip(" '")
        if not name:
            return self.namer.called_before(ends, words) or self._before_aside(low, ends, words), ""
        first, *more = name.casefold().split()
        if first in words_of("pronoun") and (not more or set(more) <= words_of("adverb")):
            return None, first
        if more and more[-1] in words_of("pronoun") and not name[0].islower():
            return None, more[-1]
        if name.casefold().startswith("one of"):
            return None, "one"
        if _VALUED_IN.match(self.low, verb):
            return self._valuer(low + begin, low + stop, words), ""
        return self.namer.named(low + begin, low + stop, words), ""

    def _valuer(self, start: int, end: int, words: str) -> Speaker | None:
        """Who values what: the geologists in "запасы геологи оценивают в 5", nobody without them."""
        last = self.folded[start:end].split()[-1]
        begin = self.folded.rfind(last, start, end)
        return self.namer.named(begin, end, words) if last.islower() and can_speak(last, ()) else None

    def _before_aside(self, start: int, end: int, words: str) -> Speaker | None:
        """Whom an aside before a verb describes: "the minister, 52, once a runner, (hopes)"."""
        if not self.folded.startswith(", ", end - 2):
            return None
        for clauses in (_NEW_SENTENCE, _NEW_CLAUSE):
            place = max((match.end() for match in clauses.finditer(self.folded, start, end)), default=start)
            for part in self.folded[place : end - 2].split(", ")[:-1]:
                if not _NOT_A_NAME.search(part) and can_speak(part, self.namer.prefixes):
                    return self.namer.named(place, place + len(part), words)
                place += len(part) + 2
        return None

    def _inverted(self, start: int, end: int) -> list[Speaker]:
        found: list[Speaker] = []
        inverted = attributions.inverted(self.is_plain)
        if not self.words.may_hold(inverted):
            return found
        for match in inverted.finditer(self.low, start, end):
            if self.folded.startswith(",", match.start()) and self._before_aside(
                start, match.start() + 2, match[0]
            ):
                continue
            speaker = self._after(match.end(), end, match[0].strip(' ,"'))
            if speaker and not _STATES.match(self.folded, speaker.end, end):
                found.append(speaker)
        return found

    def _after(self, place: int, end: int, words: str) -> Speaker | None:
        """The name after a phrase, up to where it ends."""
        stop = min(end, place + LONGEST_NAME)
        if _NO_NAME.match(self.low, place, stop):
            return None
        published = _PUBLISHED_BY.match(self.folded, place, stop)
        place = published.end() if published else place
        skipped = HELD.match(self.folded, place, stop) or _AFTER_NAME.match(self.folded, place, stop)
        first = skipped.end() if skipped else place
        cut = _NAME_ENDS.search(self.folded, first, stop)
        if (
            cut
            and cut[0] == "and"
            and (
                SECOND_HALF.match(self.folded, cut.end(), stop)
                or (
                    self.folded[cut.end() + 1 :][:1].isupper()
                    and BODY_OF_AND.search(self.folded, first, cut.end())
                )
            )
        ):
            cut = _NAME_ENDS.search(self.folded, cut.end(), stop)
        stop = cut.start() if cut else stop
        called = self.namer.called(first, stop, words)
        return called or self.namer.named(place, self.namer.before_place(first, stop), words)

    def _told(self, match: re.Match[str], end: int) -> list[Speaker]:
        """Who was told, where that is a newspaper with a name: "told El Puneño"."""
        if match.lastgroup != "before" or match[0].casefold() not in ("told", "tells"):
            return []
        skipped = _PAPERS.match(self.folded, match.end(), end)
        place = skipped.end() if skipped else match.end()
        if not self.folded[place : place + 1].isupper() or _DAYS.match(self.folded, place):
            return []
        speaker = self._after(place, end, match[0])
        return [speaker] if speaker else []

    def _quoted_head(self, match: re.Match[str], start: int) -> list[Speaker]:
        """Who is quoted: "the ministry, quoted by the Herald"; "specialists cited by the Review"."""
        if match.lastgroup != "carried" or not match[0].startswith(("quoted by", "cited by")):
            return []
        stop = match.start() - 2 if self.folded.startswith(", ", match.start() - 2) else match.start()
        speaker, _ = self._before(stop, start, match[0])
        return [speaker] if speaker else []

    def _quoter(self, match: re.Match[str], start: int) -> list[Speaker]:
        """Who quotes: "Interfax quoted the minister as saying"."""
        if match.lastgroup != "quotes":
            return []
        speaker, _ = self._before(match.start(), start, match[0])
        return [speaker] if speaker else []


_TICKER = re.compile(r"\s\([A-Za-z][^()]{1,40}\)(?=\s$)")
_PRONOUN = re.compile(r"(him|her|them|it)\b")
_OF_ITSELF = re.compile(r"^(?!сомнев|сумнів).*с[яь]$")  # "запаси оцінюються": nobody is named
_SO_SAYS = re.compile(r"(?:so|thus|that|this|such|it)\s")
_POSSESSIVES = {
    **{"his": "he", "her": "she", "their": "they", "its": "it"},
    **{"його": "he", "її": "she", "їхніми": "they", "его": "he", "её": "she", "ее": "she", "их": "they"},
}
_IS_STATES = Wording("speakers: is states", r"S$|{} s$")
_PARTS = re.compile(rf";\s|,\"?\s(?:and|but|while|whereas|although|though)\s|{WHICH_IS_PUT}")
_STATES = Wording("speakers: states", r"\s?(?:\d|{})")
_AFTER_NAME = re.compile(r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|this|in|at|an?|last)\s)+")
_PAPERS = re.compile(
    r"\s(?:(?:the|an?|daily|weekly|newspaper|magazine|paper|agency|wire|broadcaster|station|pro-Kremlin"
    r"|Russian|state|news)\s)*"
)
_VALUED_IN = re.compile(r"(?:оценивают|оцінюють)(?: \w+)?? [ву] \d")
_TOOK_OCCASION = Wording("speakers: took occasion", r"\s{}\s[^,;.]{3,50}\sto\s$")
_PERFECT = re.compile(r"(?<=,\s)(?:has|have|had)\s$")
_NO_PASSIVE = re.compile(r"\w+(?:s|ing)\b|.*(?:s|ing)$")
_OTHER_VERB = re.compile(
    r"\b(?:has|have|had|is|are|was|were|will|would)\s(?!(?:also|now|since|already|then|later|even|still|never"
    r"|often|long|just|been|be|not)\b|\w+ly\b)\w"
)
_SAYING = re.compile(r"\s?(?:[,.;:]|that\b)")
_SAID_TO = re.compile(
    r"said to (?:be|have|hold|contain|lie|cover|exceed|amount|reach|run|come|stand|host|hide|total)\b"
)
_OFFERS_MONEY = re.compile(r"(?:offer|tender)[a-z]* [^.;,]{0,30}[$€£¥]")
_PUBLISHED_BY = re.compile(
    r"(?:the |its |an? )?(?:[\w-]+ ){0,3}?(?:data|figures|numbers|statistics|reports?|study|survey"
    r"|documents?|tables?|estimates?) (?:published|released|issued|compiled|collected|supplied|provided"
    r"|prepared)(?: [^,;.]{0,30}?)? by "
)
_OF_NUMBERS = ("counts", "many")
_BEFORE_NOUN = re.compile(r"(?:\b(?:to|on|in|of|for|by|at|with|from|under|no|any|this|more)|'s?)\s$")
_COUNTS = re.compile(r"g[ai]ve|ha[sv]e?$")
_DAYS = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
