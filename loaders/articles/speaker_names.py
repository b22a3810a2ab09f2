"""The names of speakers, cut to what a reader would call them: no articles, no country, no place of speech.

`knowledge/article_speaker_words.csv` has the words that play a role in a name, one a row:

    head, person, people, office    a body or a person named before; offices that a person holds; persons;
                                    bodies that count what others dig: "the ministry has 5 tonnes"
    outsider, agent, begins         those who foresee what others plan; what else can speak; how words begin
                                    that can speak in other languages than English
    paper, of paper, printed        what figures stand in, whose maker speaks; what stands before it; what a
                                    paper prints itself in, which is of nobody
    described, outlet               what a proper name only is: the miner Lynwood is Lynwood; what a paper or
                                    a station that was named before is called
    quoted                          how words begin after which a name stands in quotation marks
    pronoun, adverb                 who stands for the speaker before; what stands between it and its verb
    nobody, not first, thing        no speaker; none that begins so; none, though it stands where one may
    small                           no part of a name
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from loaders.added_minerals import until_minerals_change
from loaders.articles.wordings import Wording
from loaders.knowledge import rules
from loaders.names import minerals

LONGEST_NAME = 90
_DETERMINERS = Wording(
    "speaker names: determiners", r"^(?:(?:agency(?= [A-Z])|from|of|by(?: the)?|to|at|in|{})\s)+"
)
_ITS_PAPER = re.compile(
    r"(?<=\w)(?<!\bannual)(?<!\bquarterly)(?<!\bregulatory)(?<!\bcourt)"
    r"\s(?:statement|press release|memo|circular|bulletin|filing|communiqué)$"
)
_OUTLET = Wording("speaker names: outlet", r"^.*{}\s(?=[A-ZÀ-Ý])")
_ARTICLE = Wording(
    "speaker names: article",
    r"^(?:(?:El(?=\s(?:Gobierno|Ministerio|Servicio|Banco|Estado|Instituto|Ejecutivo|Presidente"
    r"|[a-z]))|(?:[Ll][ao]s?|[Uu]na?)(?=\s[a-z])|{})\s)+",
)
_TICKER = re.compile(r"\s\([A-Z][^()]*\)$")
_OF_SOMEONE = Wording(
    "speaker names: of someone",
    r"(?i:^(?:(?:an?|its|his|her|their|some)\s(?:[\w-]+\s)?[\w-]+|the {}|its)'s\s(?=\w))",
)
_TAIL = Wording(
    "speaker names: tail",
    r"(?i:\s(?:do(?! (?-i:[A-Z]))|does|did|had|has|have|is|was|would|will|could|may|might|can"
    r"|{})\b.*$)",
)
_A_PAPER = Wording("speaker names: a paper", r"(?i:^(?:[\w-]+ ){0,3}{}\s(?=\S))")
_WORKS_FOR = Wording("speaker names: works for", r"^(?:[\w-]+ ){0,2}?{}(?= of [A-Z])")
HELD = Wording("speaker names: held", r"(?i:(?:the |an? |its |her |his )?{} (?!next|this|last))")


@cache
def words_of(role: str) -> frozenset[str]:
    """The words that play a role in a speaker's name; `knowledge/article_speaker_words.csv`."""
    return frozenset(row["word"] for row in rules("article_speaker_words") if row["role"] == role)


@cache
def _persons() -> re.Pattern[str]:
    listed = "|".join(sorted(words_of("person")))
    return re.compile(
        rf"(?<![\w'])(?P<lead>(?:[\w-]+(?:'s)? ){{0,3}})(?P<role>{listed})"
        rf"(?P<name>(?-i:(?: [A-Z][\w'-]+){{0,3}}))(?![\w-])",
        re.IGNORECASE,
    )


@cache
def _described() -> re.Pattern[str]:
    """What a proper name only is: "copper producer Minera Alta" is Minera Alta."""
    listed = "|".join(sorted(words_of("described")))
    return re.compile(
        rf"^(?:(?!(?:of|at|for|from)\b)[\w'&.-]+\s){{0,5}}?(?:{listed})s?\s(?=[A-ZÀ-Ý][\w'-]+(?:\s[A-ZÀ-Ý&]|$))"
    )


@cache
def _person_of() -> re.Pattern[str]:
    """A person with a name, of a body with a name: "Lina Haddad of the consultancy Maghreb Metals"."""
    listed = "|".join(sorted(words_of("described")))
    return re.compile(
        rf"^([A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'.-]+){{1,3}}) (?:of|from|at) (?:the )?(?:[\w-]+ )?"
        rf"(?:{listed}) [A-ZÀ-Ý].*$"
    )


_WHEN = re.compile(
    r"^(?:(?:last|this|earlier this) \w+|yesterday|on \w+day"
    r"|[^,]*\b\d{4} (?:року|році|году|года)) (?=(?:the |its )?\w)",
    re.IGNORECASE,
)
_FIRM_OF = re.compile(r"(?:[A-Z][\w&-]+ ){2,}of ")
_OFFICE_OF = Wording("speaker names: office of", r"{}\s(?:of|for)\s")


@cache
def _their_table() -> re.Pattern[str]:
    """A paper at the end of its maker's name: "the ministry's annual report"; no body called a survey."""
    papers = "|".join(sorted(words_of("paper"), key=len, reverse=True))
    return re.compile(
        rf"'s (?!(?:[a-z]+ )?geological survey)(?:\w+ ){{0,2}}(?:{papers}|feasibility|summary|speech|slides"
        r"|circular|annual|quarterly|statements?|assessment|papers)\b(?!\s(?:[a-z]+ )?"
        r"(?:institute|office|agency|bureau|service|committee|department|cent(?:re|er)|body|board)\b).*$"
    )


_SPEAKS_ITSELF = re.compile(r"(?:I|We|You|Let)\b(?!\.)[ '’]")
_NO_NAME = re.compile(
    r"(?<![A-Za-z]-)\b\d|\b(?:million|billion|tonnes?|tons?|per ?cent|half(?!-)|it|he|she|they|there|nothing"
    r"|nobody|we|you|holds?|has|have|was|were|been|will|would|could)\b",
    re.IGNORECASE,
)
_EARLIER_PHRASE = re.compile(
    r"^.*[a-z\d](?<!\bof)(?<!\bfor)(?<!\bin)(?<!\bat)(?<!\bfrom)(?<!\bby)(?<!\bwith)(?<!\bon)(?<!\bto)(?<!\band)"
    r"(?<!\bbehind)(?<!\babout)(?<!\bover)(?<!\bunder)(?<!\bagainst)(?<!\bnear)"
    r"\s(?=(?:an?|the|its|his|her|their)\s\w|(?<=\b[a-z][a-z]\s)[A-Z]\w+'s\s|(?<=[a-z]{3}\s)(?<!\b[A-Z][a-z]{4}\s)(?<!\b[A-Z][a-z]{2}\s)[A-Z]\w+'s\s)"
)
_PROPER = r"\b{} ([A-ZÀ-Ý][\w&'-]+(?: [A-ZÀ-Ý&][\w&'-]*)*)"
_QUOTED = re.compile(r'\s?"([^"\n]{2,40})"')
_BEFORE_NAME = re.compile(r"(?!El )(?:(?:the|a|an)\s)?\w+\s[A-Z]")
_NEW_WORD = re.compile(
    r"(?<=[a-z])(?<!\sthe)(?<!\sof)(?<!\sfor)(?<!\sin)(?<!\sat)(?<!\sfrom)(?<!\sby)(?<!\sto)(?<!\sand)\s(?=[A-Z])"
)
_PLACE_ACTS = re.compile(r"((?:[A-Z]\w+\s){0,2}?[A-Z]\w+)(?:'s)?(?=\s(?!(?:del?|of|for|and|y)\b)[a-z])")
BODY_OF_AND = re.compile(
    r"\b(?:Ministry|Minister|Department|Bureau|Agency|Council|Chamber|Institute|Office|Secretariat)"
    r" (?:of|for) (?:[A-Z][\w-]+,? ){1,4}and\s?$"
)
_INITIALS = re.compile(r"\b(?:[A-Z](?:\.[A-Z])+|St|Dr|Mr|Mrs|Ms|Prof|Gen|Gov|Sen)$")
_AFTER_INITIALS = re.compile(r"\.(?: (?:(?:of|for|and) (?=[A-Z]))?[A-Z][\w'&-]+)+")


@until_minerals_change
def _minerals() -> frozenset[str]:
    """The names of minerals, which are nobody's: "prices of terbium ... after Beijing added"."""
    return frozenset(map(str, minerals().index))


class Speaker(NamedTuple):
    """A speaker as named: the name, where its words stand, and the words that say that it speaks."""

    name: str
    start: int
    end: int
    words: str


class Namer:
    """Makes speakers of the words that name them; `prefixes` are the places named in the text."""

    def __init__(self, folded: str, prefixes: tuple[str, ...]) -> None:
        self.folded = folded
        self.prefixes = prefixes

    def named(self, start: int, end: int, words: str) -> Speaker | None:
        """The speaker that the words between two places name, or none where they name nobody."""
        start, end = self._begun(start), self._whole(start, end)
        raw = self.folded[start:end]
        name = self._bare(raw.strip(" '\"([*_"))
        if words_of("not first").intersection(name.casefold().split()[:1]) and not HELD.match(name):
            return None
        if (
            not 2 < len(name) <= LONGEST_NAME
            or name.casefold() in words_of("nobody")
            or name.casefold() in words_of("pronoun")
        ):
            return None
        if (
            _NO_NAME.search(name)
            or _SPEAKS_ITSELF.match(name)
            or not name[0].isalpha()
            or name.casefold() in _minerals()
        ):
            return None
        at = self.folded.find(name, start)
        at = at if at >= 0 else start
        return Speaker(self._full(name, at), at, max(end, at + len(name)), words)

    def agent(self, start: int, end: int, words: str, role: str) -> Speaker | None:
        """The speaker of a frame of speech, where the words name somebody who can play the frame's role."""
        end = self._whole(start, end)
        raw = self.folded[start:end]
        head = head_of(raw)
        is_paper = head in words_of("paper") and head.capitalize() not in raw.split()
        if role == "paper" and not is_paper:
            return None
        if role == "free":
            return self.named(start, end, words)
        if role == "open" and head_of(raw) not in words_of("thing") and _DETERMINED_BY.match(raw):
            return self.named(start, end, words)
        if role == "agent" and (is_paper or not can_speak(raw, self.prefixes)):
            return None
        if role in ("any", "before", "open") and not (is_paper or can_speak(raw, self.prefixes)):
            return None
        return self.named(start, end, words)

    def _begun(self, start: int) -> int:
        """Where a name begins that was cut at an "and": the Ministry of Mining and Heavy Industry."""
        body = BODY_OF_AND.search(self.folded, max(0, start - LONGEST_NAME), start)
        return body.start() if body else start

    def _whole(self, start: int, end: int) -> int:
        """Where a name ends that was cut at the point of an abbreviation: "the U.S" of the Survey."""
        rest = _AFTER_INITIALS.match(self.folded, end) if _INITIALS.search(self.folded[start:end]) else None
        return rest.end() if rest else end

    def called(self, start: int, end: int, words: str) -> Speaker | None:
        """The name in quotation marks after what it is: the newspaper "Руда" is Руда."""
        quoted = _QUOTED.match(self.folded, end)
        what = self.folded[start:end].casefold().split()[-1:]
        is_name = quoted and what and what[0].startswith(tuple(words_of("quoted")))
        return Speaker(quoted[1], *quoted.span(1), words) if quoted and is_name else None

    def called_before(self, end: int, words: str) -> Speaker | None:
        """The name in quotation marks that ends at a place, after what it is."""
        opens = self.folded.rfind('"', max(0, end - LONGEST_NAME), end - 2)
        is_quoted = opens > 0 and self.folded.endswith('" ', 0, end)
        return self.called(max(0, opens - LONGEST_NAME), opens, words) if is_quoted else None

    def before_place(self, start: int, end: int) -> int:
        """Where a name ends that a place with a verb of its own follows: "by the minister Peru mined"."""
        spaces = _NEW_WORD.finditer(self.folded, start, end)
        after = (_PLACE_ACTS.match(self.folded, space.end()) for space in spaces)
        acts = next((match for match in after if match and match[1] in self.prefixes), None)
        return acts.start() - 1 if acts else end

    def described(self, name: str, place: int) -> str:
        """ "The broker" is the broker Puerto Norte named before, "the firm" a French firm; else itself."""
        before = self.folded[max(0, place - 1500) : place]
        proper = _PROPER.format(name) if name in words_of("described") else ""
        found = re.findall(proper, before) if proper else []
        if not found and self.prefixes:
            places = "|".join(map(re.escape, self.prefixes))
            found = re.findall(rf"\b((?:{places}) {re.escape(name)})\b", before)
        return found[-1] if found else name

    def mentioned(self, start: int, end: int) -> Speaker | None:
        """The last person whom the words between two places mention by an office: "President Putin"."""
        last = None
        for match in _persons().finditer(self.folded, start, end):
            last = match
        if last is None:
            return None
        lead = last["lead"].split(" ")[:-1]
        kept: list[str] = []
        for word in reversed(lead):
            if word in words_of("small") or word.endswith("'s") or word[:1].isupper():
                break
            kept.insert(0, word)
        first = last.start("role") - sum(len(word) + 1 for word in kept)
        stop = last.end("name") if last["name"].strip()[:1].isupper() else last.end("role")
        return Speaker(self.folded[first:stop], first, stop, self.folded[first:stop])

    def _bare(self, name: str) -> str:
        """A name without articles, without the place in front of it, and without where it was said."""
        name = _IN.sub("", owner_of(_EARLIER_PHRASE.sub("", _TICKER.sub("", name))))
        name = _WHEN.sub("", name)
        if name.startswith("In "):  # "In Germany sellers asked for"
            place = next((prefix for prefix in self.prefixes if name.startswith(f"In {prefix} ")), "")
            name = name[len(f"In {place} ") :] if place else name
        name = _OF_SOMEONE.sub("", _A_PAPER.sub("", _OUTLET.sub("", name)))
        name = _without_tail(name)
        name = _DETERMINERS.sub("", name) if _BEFORE_NAME.match(name) else _ARTICLE.sub("", name, count=1)
        name = _ITS_PAPER.sub("", _A_PAPER.sub("", _their_table().sub("", name)))
        for prefix in self.prefixes if name.startswith(self.prefixes) else ():
            if name.startswith((f"{prefix}'s ", f"{prefix}' ", f"{prefix} ")) and len(name) > len(prefix) + 3:
                name = (
                    name[len(prefix) :].lstrip("'").removeprefix("s ").strip()
                    if name[len(prefix)] == "'"
                    else self._kept(name, prefix)
                )
                break
        name = _person_of().sub(r"\1", _described().sub("", name))
        hired = _WORKS_FOR.match(name)
        name = hired[0] if hired else name
        kept = name[:1].isupper() and not (
            _is_person(name)
            or _OFFICE_OF.match(name)
            or (_FIRM_OF.match(name) and head_of(name) not in _speaking())
        )
        for prefix in () if kept or " of " not in name else self.prefixes:
            name = name.removesuffix(f" of {prefix}").removesuffix(f" of the {prefix}")
        return re.sub(r"^(?:own|'?s)\s", "", name).removesuffix("'s").strip(" '")

    @staticmethod
    def _kept(name: str, prefix: str) -> str:
        """ "Australian owner" stays whole; "U.S. President Donald Trump" loses its country."""
        rest = name[len(prefix) :].strip()
        in_office = (rest[:1].isupper() and _is_person(rest)) or _STATESMAN.search(rest)
        return rest if in_office else name

    def _full(self, name: str, place: int) -> str:
        """ "The agency" is the "geological agency" named before."""
        if " " in name or name.casefold() not in words_of("head"):
            return name
        before = self.folded[max(0, place - 1500) : place]
        if f" {name}" not in before:
            return name
        earlier = re.findall(rf"\b((?:[a-z][a-z-]+ ){{1,3}}){re.escape(name)}\b", before)
        for words in reversed(earlier):
            kept = [word for word in words.split() if word not in words_of("small")]
            if kept and words.split()[-len(kept) :] == kept:
                return f"{' '.join(kept)} {name}"
        return name


_STATESMAN = re.compile(r"\b(?:minister|president|premier|chancellor|governor)\b")
_PREPOSITION = Wording("speaker names: preposition", r"\s{}\s|,")
_AGENT_ENDS = Wording("speaker names: agent ends", r"(?:[a-z]{2}[eo]rs?|{})$")
_FROM = Wording("speaker names: from", r"^.{0,60}?\s{}\s(?=\S)")


def head_of(name: str) -> str:
    """The word that a noun phrase is about, in small letters: "the ministry for trade" is a "ministry"."""
    words = _PREPOSITION.split(name.strip(" '\""), maxsplit=1)[0].split()
    return words[-1].casefold().removesuffix("'s").strip("'\".,") if words else ""


@cache
def _speaking() -> frozenset[str]:
    return frozenset().union(*map(words_of, ("head", "person", "people", "outsider", "office", "agent")))


@cache
def _speaks_elsewhere() -> re.Pattern[str]:
    """What begins with a word that can speak in Spanish, Russian or Ukrainian."""
    return re.compile(
        rf"^(?:(?:el|la|los|las|un|una|su|sus) )?(?:{'|'.join(sorted(words_of('begins')))})", re.IGNORECASE
    )


def can_speak(name: str, places: Sequence[str]) -> bool:
    """Whether a noun phrase names a person, a body or a proper name that is no place."""
    head = head_of(name)
    if head in words_of("thing"):
        return False
    if (
        head in _speaking()
        or head.removesuffix("s") in _speaking()
        or _AGENT_ENDS.search(head)
        or _speaks_elsewhere().search(name)
    ):
        return True
    words = _PREPOSITION.split(name.strip(" '\""), maxsplit=1)[0].split()
    proper = [word for word in words if word[:1].isupper() and word not in _DETERMINED]
    return bool(proper) and words[-1] == proper[-1] and proper[-1] not in places and len(proper[-1]) > 2


def owner_of(name: str) -> str:
    """Whose paper it is: "trade ministry data" are the trade ministry's; a paper of nobody's stays itself."""
    head = head_of(name)
    if head not in words_of("paper"):
        return name
    lead = _PREPOSITION.split(name.strip(" '\""), maxsplit=1)[0]
    before = lead[: len(lead.rstrip()) - len(lead.split()[-1])].strip()
    if head == "survey" and ("geological survey" in name.casefold() or lead.split()[-1][0].isupper()):
        return name
    made_by = _FROM.match(name[len(lead) :]) if len(lead) < len(name) else None
    if made_by and can_speak(rest := name[len(lead) + made_by.end() :], ()):
        return rest
    while before and before.split()[-1].casefold() in words_of("of paper"):
        before = before[: -len(before.split()[-1])].strip()
    if before and (before.endswith(("'s", "s'")) or head_of(before) in _speaking() - _NOT_OWNERS):
        return before.removesuffix("'s").removesuffix("'")
    return _NEWEST.sub("", _TO_WHOM.split(name)[0])


_TO_WHOM = re.compile(r"(?<!report) to ")
_NEWEST = Wording("speaker names: newest", r"^((?:[Tt]he |[Ii]ts )?){} ")
_IN = Wording("speaker names: in", r"^(?:(?:[Вв]о? |[Уу] |el )?{} (?:el |la |los |las )?|[ВвУу] )(?=\w)")
_DETERMINED_BY = re.compile(r"(?:the|an?|its|his|her|their)\s", re.IGNORECASE)
_DETERMINED = ("The", "A", "An", "Its", "His", "Her", "Their")
_NOT_OWNERS = frozenset(["industry", "sector", "trust", "fund"])
_IN_HELD = frozenset(["for", "at", "with", "of", "in", "from", "inside", "within", "on", "to"])


def _without_tail(name: str) -> str:
    """A name without where and when it spoke; "minister for industry" is a whole name."""
    held = None if _IN_HELD.isdisjoint(name.casefold().split()) else HELD.match(name)
    kept = held.end() if held else 0
    return name[:kept] + _TAIL.sub("", name[kept:])


def _is_person(name: str) -> bool:
    """Whether a name holds an office that a person has."""
    return any(word.casefold() in words_of("person") for word in name.split())
