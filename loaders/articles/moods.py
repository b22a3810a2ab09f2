"""In what mood a figure is stated: reported, estimate, plan, proposal, forecast or denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from loaders.articles import cues
from loaders.articles.amounts import PhraseAmount
from loaders.articles.needed import Sought
from loaders.articles.records import Candidate
from loaders.articles.scene import Scene
from loaders.articles.speaker_names import words_of

_NOT_BEFORE = Sought(
    r"\b(?:not|never|nor|rather than|instead of|не|no)\s(?:the\s|at\s|of\s)?$", re.IGNORECASE
)
_NO_SUCH = Sought(
    r"\b(?:no|not|never) (?!(?:more|less|fewer|longer|doubt|matter|only|later|earlier)\b)"
    r"(?:[\w-]+ ){0,4}(?:worth|of|for) $",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\b(?:if|whether or|could|did|does|do|has|have|is|was) not\s$", re.IGNORECASE)
_IF = Sought(
    r"\b(?:if|unless|provided that|in case|were (?:the|it|they)|should (?:the|it)|had (?:the|it) \w+|если"
    r"|якщо|si)\b"
)
_IF_STARTS = re.compile(r"[\"'(]?(?:Were|Should|Had|If|Unless|Provided|Если|Якщо|Si)\b")
_SENTENCE_WIDE = 30.0
_CLAUSE_END = 40.0
_AFTER = 12.0
_OF_ITS_VERB = frozenset({"plan", "forecast", "proposal"})
_AND_THEN = Sought(r"\band (?:now |also |then )?$")


class Mood(NamedTuple):
    """A figure's mood, the words that decided it, and whether it is negated or depends on an if."""

    modality: str
    words: str = ""
    negated: bool = False
    conditional: bool = False


def mood(scene: Scene, amount: PhraseAmount, held: str = "", measure: str | None = None) -> Mood:
    """The mood of an amount; `held` is that of the figure before, where this one goes on with it."""
    conditional = bool(_IF_STARTS.match(scene.text)) or bool(
        scene.may_hold(_IF) and scene.search_low(_IF, *scene.clause(amount.core[0]))
    )
    negation = scene.search_before(_NOT_BEFORE, amount.start, 16) or scene.search_before(
        _NO_SUCH, amount.start
    )
    missed = negation and negation[0].lower().startswith(("instead", "rather"))
    if negation and not (missed and _WAS_PLANNED.match(scene.low, amount.end, scene.end)):
        return Mood("denied", negation[0].strip(), True, conditional)
    found = scene.cues("article_modality")
    denial = next((cue for cue in found if cue.code == "denied" and _reaches(scene, cue, amount)), None)
    if denial is not None and not _is_withdrawn(scene, denial, found):
        return Mood("denied", scene.folded[denial.start : denial.end], True, conditional)
    best: tuple[float, int, cues.Cue] | None = None
    for cue in found:
        most = _CLAUSE_END if best is None else best[0]
        wide = cue.reach == "sentence" and most > _SENTENCE_WIDE
        if (
            cue.code == "denied"
            or _is_of_another(scene, cue, amount)
            or (cue.reach != "sentence" and is_apart(scene, cue, amount))
            or (cue.code == "reported" and scene.low.endswith(" be ", scene.start, cue.start))
            or (cue.start > amount.end and _looks_ahead(scene, cue, amount))
            or (scene.low.endswith(" cost", cue.start, cue.end) and measure != "cost")
            or (not wide and cues.least_cost(cue, (amount.start, amount.end)) > most)
        ):
            continue
        priced = _price(scene, cue, amount), cue.start, cue
        best = priced if best is None or priced < best else best
    if scene.search_before(_DOWN_FROM, amount.start, 24) and _NOW.match(scene.low, amount.end, scene.end):
        return Mood("reported", conditional=conditional)
    if scene.search_before(_STARTS_FROM, amount.start, 24) and _THEN.match(scene.low, amount.end, scene.end):
        return Mood("reported", conditional=conditional)
    if best is not None and best[0] <= _CLAUSE_END:
        cue = _opinion(scene, best[2], found)
        cue = cue._replace(code=_of_its_own(scene, cue, amount, measure))
        return Mood(cue.code, scene.folded[cue.start : cue.end], conditional=conditional)
    if held in ("plan", "forecast", "estimate", "proposal"):
        return Mood(held, "", conditional=conditional)
    return Mood("reported", conditional=conditional)


_ONLY_AHEAD = re.compile(r" that ")
_ITS_CLAUSE = re.compile(r" (?:that|which) \w")
_BACK = re.compile(r"\b(?:has|have|is|are) to$")
_AHEAD_OF = (" to", " for", " on", " at", " with")


def _looks_ahead(scene: Scene, cue: cues.Cue, amount: PhraseAmount) -> bool:
    """Whether words are of what follows them: "would come to", "hopes for", "expects that"."""
    ends = scene.low.endswith(_AHEAD_OF, cue.start, cue.end) and not _BACK.search(
        scene.low, cue.start, cue.end
    )
    if ends and not _ITS_CLAUSE.match(scene.low, amount.end, cue.start):
        return True
    return _ONLY_AHEAD.match(scene.low, cue.end) is not None


_WANTS = re.compile(r"wants?")
_PUTS = re.compile(r"puts?\b|values?\b")
_NOT_COUNTED = frozenset({None, "holdings", "resources", "cost", "value", "debt"})
_MAY = re.compile(r"\b(?:could|may|might)\b")
_OFFICIAL = re.compile(r"\b(?:mining|mines|customs|national|statistics|geolog\w+)\b")
_OFFERS = re.compile(r"offer|h[eo]ld|ask")
_WILL_BE = re.compile(r"\b(?:will|would)\b")


def _of_its_own(scene: Scene, cue: cues.Cue, amount: PhraseAmount, measure: str | None) -> str:
    """The mood of a verb by its object: a wish with a year is a plan, a count that is put is reported."""
    wants = cue.code == "proposal" and _WANTS.match(scene.low, cue.start, cue.end)
    if wants and amount.unit in ("t", "rank") and _BY_THEN.search(scene.low, amount.end, scene.end):
        return "plan"
    puts = cue.code == "estimate" and _PUTS.match(scene.low, cue.start, cue.end)
    if puts and measure not in _NOT_COUNTED and not _is_outsider(scene):
        return "reported"
    if cue.code == "proposal" and measure == "price" and _OFFERS.match(scene.low, cue.start):
        return "reported"
    if measure == "cost" and cue.code == "plan" and _WILL.match(scene.low, cue.start) and _is_outsider(scene):
        return "estimate"
    may_be = cue.code == "estimate" and _MAY.search(scene.low, min(cue.start, amount.start), amount.start)
    if may_be and _BY_THEN.search(scene.low, scene.start, scene.end):
        return "forecast"
    supposed = cue.code == "plan" and _WILL.match(scene.low, cue.start) and _IF_STARTS.match(scene.text)
    if supposed and "," in scene.folded[scene.start : amount.start]:
        return "forecast"
    if (
        cue.code == "estimate"
        and measure != "cost"
        and cue.end <= amount.start
        and _WILL_BE.search(scene.low, cue.end, amount.start)
    ):
        return "forecast"
    return cue.code


def is_apart(scene: Scene, cue: cues.Cue | Candidate, amount: PhraseAmount) -> bool:
    """Whether one of both stands in an aside that is over: "X, which had promised 5 t, dug 3 t"."""
    first, then = (cue.end, amount.start) if cue.end <= amount.start else (amount.end, cue.start)
    aside = _ASIDE.search(scene.folded, scene.start, first)
    return aside is not None and "," in scene.folded[first:then]


_ASIDE = re.compile(r", (?:which|who|whose|where|with|once|down|up)\b[^,;]*$")
_DOWN_FROM = Sought(r", (?:up |down )?(?:from|against|after) (?:about |some |around |nearly |only )*$")
_NOW = re.compile(r"[^.;,\d]{0,24}\b(?:at present|now|today|currently|last year|this year)\b")
_STARTS_FROM = Sought(r"\bfrom (?:about |some |around |nearly |only |just |the )*$")
_THEN = re.compile(r"[^.;,\d]{0,24}\bin (?:19\d\d|20[01]\d|202[0-5])\b[^.;]{0,40}\bto\b")
_RIGHT_AFTER = 14


def _is_of_another(scene: Scene, cue: cues.Cue, amount: PhraseAmount) -> bool:
    """Whether words are part of a later amount, "estimated at 5 t", or of the time of the one before them."""
    if any(amount.end < start <= cue.start < end for start, end in scene.others(amount)):
        return True
    if (
        cue.code != "reported"
        or cue.end > amount.start
        or not _BY_TIME.fullmatch(scene.low, cue.start, cue.end)
    ):
        return False
    if not _TO.fullmatch(scene.low, cue.end, amount.start):
        return False
    return any(0 <= cue.start - end <= _RIGHT_AFTER for _, end in scene.others(amount))


_WAS_PLANNED = re.compile(r"[^.;,\d]{0,45}\b(?:planned|foreseen|expected|promised|targeted|hoped for)\b")
_TO = re.compile(r",?\sto\s(?:\w+\s){0,2}")
_PART_ENDS = re.compile(r";\s")
_PARENTHESIS = re.compile(r",\"?\s[^,;:.]{3,60}$")
_BY_TIME = re.compile(r"last year|in (?:19|20)\d\d|прошлом году|торік")
_DRAFT = re.compile(r"drafts?|proposals?|proposed|under .*|bill .*")
_OUTCOME = re.compile(
    r"(?:will|would) (?:\w+ )?(?:rise|fall|grow|climb|drop|shrink|double|halve|exceed|reach|hit|amount"
    r"|total|average|require|outstrip|increase|decline|meet|be)\b"
)
_WHEN = re.compile(r"(?:by|from) 20|next year")
_WILL = re.compile(r"will|shall|'ll|is to|are to|would")


_CLOSING = 3
_THIS_YEAR = re.compile(r"in 20\d\d")
_AHEAD = 25


_BY_THEN = re.compile(r"\bby (?:the end of )?(?:20[3-9]\d|202[6-9])\b")
_SEES = re.compile(r"sees?\b")


def _is_ahead_of_us(scene: Scene, cue: cues.Cue) -> bool:
    """Whether somebody sees what is to come: "he sees the share at 75 per cent by 2035"."""
    return _SEES.match(scene.low, cue.start) is not None and bool(
        _BY_THEN.search(scene.low, cue.end, scene.end)
    )


def _is_ahead(scene: Scene, other: cues.Cue, cue: cues.Cue) -> bool:
    """Whether a plan's words stand right before the words of time: "what it will dig in 2025"."""
    near = 0 <= cue.start - other.end <= _AHEAD and _WILL.match(scene.low, other.start)
    return bool(near and _THIS_YEAR.fullmatch(scene.low, cue.start, cue.end)) and not re.search(
        r"[,;]|\d", scene.low[other.end : cue.start]
    )


_JUDGES = re.compile(r"estimate[sd]?\b|reckon|believe|think|guess")


def _judges(scene: Scene, other: cues.Cue, cue: cues.Cue) -> bool:
    """Whether somebody's judgement reaches over the words of time: not into another clause."""
    ends = other.start > cue.end and scene.end - other.end <= _CLOSING
    if not ends and not _BY_TIME.fullmatch(scene.low, cue.start, cue.end):
        return False
    between = scene.folded[min(other.end, cue.end) : max(other.start, cue.start)]
    return _JUDGES.match(scene.low, other.start) is not None and not re.search(
        r"[,;]\s(?:and|but|while)\b"
        r"|;",
        between,
    )


_WITHDRAWN = re.compile(
    r"(?:crossed|struck|thrown|edited|left|taken|written) out|dropped|deleted|scrapped|erased|is gone"
)


def _is_withdrawn(scene: Scene, denial: cues.Cue, found: list[cues.Cue]) -> bool:
    """Whether a clause was taken out that would have given something: it was proposed, then dropped."""
    taken = _WITHDRAWN.search(scene.low, denial.start, denial.end) is not None
    return taken and any(
        cue.code == "proposal" and " have " in scene.low[cue.start : cue.end] for cue in found
    )


def _is_draft(scene: Scene, cue: cues.Cue) -> bool:
    return _DRAFT.fullmatch(scene.low, cue.start, cue.end) is not None


def _is_outsider(scene: Scene) -> bool:
    """Whether the speaker only watches: analysts foresee what a minister plans."""
    first = scene.chain.speakers[:1]
    printed = (f"{who.name.casefold()} {scene.low[who.start : who.end]}" for who in first)
    return any(
        not words_of("outsider").isdisjoint(words.split()) and not _OFFICIAL.search(words)
        for words in printed
    )


def _opinion(scene: Scene, cue: cues.Cue, found: list[cues.Cue]) -> cues.Cue:
    """ "They forecast that it will fall" is a forecast, though "will" is nearer."""
    if cue.code == "reported":
        ahead = (other for other in found if other.code == "plan" and _is_ahead(scene, other, cue))
        cue = next(ahead, cue)
    if cue.code == "reported":
        judged = (other for other in found if other.code == "estimate" and _judges(scene, other, cue))
        return next(judged, cue)
    if cue.code == "estimate" and _is_ahead_of_us(scene, cue):
        return cue._replace(code="forecast")
    if scene.low.endswith(" cost", cue.start, cue.end):
        return next((other for other in found if other.code == "forecast" and other.end <= cue.start), cue)
    if cue.code == "plan" and _WHEN.match(scene.low, cue.start):
        foreseen = next(
            (other for other in found if other.code == "forecast" and other.end <= cue.start), None
        )
        return foreseen or _opinion_after(scene, cue, found) or cue
    if cue.code != "plan" or not _WILL.match(scene.low, cue.start):
        return cue
    if _OUTCOME.match(scene.low, cue.start) and _is_outsider(scene):
        return cue._replace(code="forecast")
    draft = next((other for other in found if other.code == "proposal" and _is_draft(scene, other)), None)
    if draft is not None and scene.low.startswith("would", cue.start):
        return draft
    before = [other for other in found if other.end <= cue.start and _foresees(scene, other)]
    if before and not re.search(r"[;.]\s", scene.folded[before[-1].end : cue.start]):
        return before[-1]
    return _opinion_after(scene, cue, found) or cue


def _foresees(scene: Scene, cue: cues.Cue) -> bool:
    """Whether words foretell: "the broker thinks that it will fall", not "it would cost"."""
    return cue.code == "forecast" or bool(cue.code == "estimate" and _JUDGES.match(scene.low, cue.start))


def _opinion_after(scene: Scene, cue: cues.Cue, found: list[cues.Cue]) -> cues.Cue | None:
    """The judgement of somebody named after what is foreseen: "by 2035 it holds 5 t, her office expects"."""
    after = next(
        (other for other in found if other.code in ("forecast", "estimate") and other.start >= cue.end), None
    )
    if after is None or not _PARENTHESIS.search(scene.folded, cue.end, after.start):
        return None
    return after


_TURNS = re.compile(r";|\bbut\b|\binstead\b|\bso\b")


def _reaches(scene: Scene, cue: cues.Cue, amount: PhraseAmount) -> bool:
    """Whether a denial reaches an amount: not across a semicolon, and not backwards over "but"."""
    if is_apart(scene, cue, amount):
        return False
    low, high = sorted((cue.start, amount.start))
    between = scene.folded[low:high]
    return not _TURNS.search(between)


def _price(scene: Scene, cue: cues.Cue, amount: PhraseAmount) -> float:
    """The cost of a mood's words: an opinion reaches the whole sentence, a plan its own clause."""
    others = [] if cue.reach == "sentence" else scene.others(amount)
    price = cues.cost(scene.folded, cue, (amount.start, amount.end), others)
    if cue.start >= amount.end:
        price += _AFTER
        if cue.code in _OF_ITS_VERB and scene.search_before(_AND_THEN, cue.start, 12):
            price += _CLAUSE_END
    if cue.reach == "sentence" and not _PART_ENDS.search(
        scene.folded, min(cue.end, amount.end), max(cue.start, amount.start)
    ):
        return min(price, _SENTENCE_WIDE)
    return price


def goes_on(scene: Scene, amount: PhraseAmount, last: Sequence[Candidate]) -> str:
    """The mood of the figure before, where this one has no clause of its own or says what that is."""
    if not last or last[0].sentence < scene.number - 1:
        return ""
    before = last[0]
    if before.sentence == scene.number:
        own = _OWN_CLAUSE.search(scene.folded, before.end, amount.start) or is_apart(scene, before, amount)
        return "" if own else before.modality
    if not _THAT_IS.match(scene.folded, scene.start) or "," in scene.folded[scene.start : amount.start]:
        return ""
    return "" if _PAST.search(scene.low, amount.end, scene.end) else before.modality


_THAT_IS = re.compile(
    r"(?:That|This) (?:is|would (?:be|cover|make)|equals|means|makes|amounts to|comes to)\b"
)
_PAST = re.compile(r"\b(?:was|were|had|did|last year|19\d\d|20[01]\d|202[0-5])\b")
_OWN_CLAUSE = re.compile(
    r"[;:]|, from\b|\b(?:but|while|whereas|although|though|where|who|whose|against|up from|down from|than"
    r"|compared|now|this year|last year|сейчас|зараз|ahora|already|has|have|had|is|are|was|were|says?|said)\b"
)
"""What begins a statement of its own after a figure: not "5 tonnes, of which 2 would go abroad"."""
