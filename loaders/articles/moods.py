"""In what mood a figure is stated: reported, estimate, plan, proposal, forecast or denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from loaders.articles import cues
from loaders.articles.amounts import PhraseAmount
from loaders.articles.needed_words import Sought
from loaders.articles.opinions import BY_TIME, IF_STARTS, judged
from loaders.articles.patterns import of_year
from loaders.articles.records import Candidate
from loaders.articles.scene import Scene

_NOT_BEFORE = Sought(
    r"\b(?:not|never|nor|rather than|instead of|не|no),?\s(?:as [^,;]{3,20}, )?(?:the\s|at\s|of\s|to\s)?$",
    re.IGNORECASE,
)
_NO_SUCH = Sought(
    r"\b(?:no|not|never) (?!(?:more|less|fewer|longer|doubt|matter|only|later|earlier)\b)"
    r"(?:[\w-]+ ){0,4}(?:worth|of|for) $",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\b(?:if|whether or|could|did|does|do|has|have|is|was) not\s$", re.IGNORECASE)
_IF = Sought(
    r"\b(?:if|unless|provided that|in case|were (?:the|it|they)|should (?:the|it)|had (?:the|it) \w+|если"
    r"|якщо|якби|si|при условии|в случае|у разі|за умови|en caso de|siempre que|de \w{3,}rse)\b"
    r"|如果|若|一旦|倘若"
)
_SENTENCE_WIDE = 30.0
_CLAUSE_END = 40.0
_AFTER = 12.0
_MAY = re.compile(r"might|may\b|мо[жг]|可能")
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
    conditional = bool(IF_STARTS.match(scene.text)) or bool(
        scene.may_hold(_IF) and scene.search_low(_IF, *scene.clause(amount.core[0]))
    )
    negation = scene.search_before(_NOT_BEFORE, amount.start, 32) or scene.search_before(
        _NO_SUCH, amount.start
    )
    missed = negation and negation[0].lower().startswith(("instead", "rather"))
    if negation and not (missed and _WAS_PLANNED.match(scene.low, amount.end, scene.end)):
        return Mood("denied", negation[0].strip(), True, conditional)
    found = scene.cues("article_modality")
    denial = next((cue for cue in found if cue.code == "denied" and _reaches(scene, cue, amount)), None)
    if denial is not None and not _is_withdrawn(scene, denial, found):
        return Mood("denied", scene.folded[denial.start : denial.end], True, conditional)
    best = _nearest(scene, amount, found, measure)
    if _is_outset(scene, amount):
        return Mood("reported", conditional=conditional)
    if best is not None:
        cue = judged(scene, best, found, amount, measure)
        supposed = conditional and cue.code == "estimate" and _MAY.match(scene.low, cue.start)
        code = "forecast" if supposed else cue.code
        return Mood(code, scene.folded[cue.start : cue.end], conditional=conditional)
    if held in ("plan", "forecast", "estimate", "proposal"):
        return Mood(held, "", conditional=conditional)
    if conditional and measure != "cost" and _WOULD.search(scene.low, scene.start, amount.start):
        return Mood("forecast", conditional=True)
    return Mood("reported", conditional=conditional)


def _nearest(
    scene: Scene, amount: PhraseAmount, found: Sequence[cues.Cue], measure: str | None
) -> cues.Cue | None:
    """The words of mood that cost least, or none where all cost too much."""
    best: tuple[float, int, cues.Cue] | None = None
    for cue in found:
        most = _CLAUSE_END if best is None else best[0]
        wide = cue.reach == "sentence" and most > _SENTENCE_WIDE
        if _is_barred(scene, cue, amount, measure) or (
            not wide and cues.least_cost(cue, (amount.start, amount.end)) > most
        ):
            continue
        priced = _price(scene, cue, amount), cue.start, cue
        best = priced if best is None or priced < best else best
    return best[2] if best is not None and best[0] <= _CLAUSE_END else None


def _is_barred(scene: Scene, cue: cues.Cue, amount: PhraseAmount, measure: str | None) -> bool:
    """Whether words of mood are of something else than an amount."""
    return (
        cue.code == "denied"
        or _is_of_another(scene, cue, amount)
        or (cue.reach != "sentence" and is_apart(scene, cue, amount))
        or (cue.code == "reported" and scene.low.endswith(" be ", scene.start, cue.start))
        or (cue.start > amount.end and _looks_ahead(scene, cue, amount))
        or (scene.low.endswith(" cost", cue.start, cue.end) and measure != "cost")
    )


def _is_outset(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether an amount is what something was or is before it changes: "from 3 to 4 per cent"."""
    if scene.search_before(_DOWN_FROM, amount.start, 24) and _NOW.match(scene.low, amount.end, scene.end):
        return True
    if not scene.search_before(_STARTS_FROM, amount.start, 24):
        return False
    changes = _CHANGES.search(scene.low, scene.start, amount.start)
    to_number = changes and _TO_NUMBER.match(scene.low, amount.end, scene.end)
    return bool(to_number or of_year(_THEN, scene.year).match(scene.low, amount.end, scene.end))


_ONLY_AHEAD = re.compile(r" that (?!to\b)")
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


_SAID_ASIDE = re.compile(
    r", (?:(?:he|she|it|they) [a-z ]{3,12}|(?:the|its|an?) [^,;]{3,40} (?:said|says|[a-z]+ed|[a-z]+s)), "
)
_WOULD = re.compile(r"\b(?:would|could|бы|би|(?!miner|mar|tub)[^\W\d_]{2,}rían?)\b[^,;]*$")


def is_apart(scene: Scene, cue: cues.Cue | Candidate, amount: PhraseAmount) -> bool:
    """Whether one of both stands in an aside that is over: "X, which had promised 5 t, dug 3 t"."""
    first, then = (cue.end, amount.start) if cue.end <= amount.start else (amount.end, cue.start)
    aside = _ASIDE.search(scene.folded, scene.start, first)
    return aside is not None and "," in scene.folded[first:then]


_ASIDE = re.compile(r", (?:which|who|whose|where|with|once|down|up)\b[^,;]*$")
_TO_NUMBER = re.compile(r"(?: [a-z]+){0,2} to [\d$€£]")
_CHANGES = re.compile(
    r"\b(?:rais|ris|lift|increas|grow|lower|cut|fall|doubl)(?!.*\b(?:plan|target|guidance|forecast|quota|aim|goal|outlook"
    r"|estimate|projection|view|guess)s?\b)"
)
_DOWN_FROM = Sought(
    r", (?:up |down )?(?:from|against|after|compared with|compared to|versus)"
    r" (?:about |some |around |nearly |only )*$"
)
_NOW = re.compile(r"[^.;,\d]{0,24}\b(?:at present|now|today|currently|last year|this year)\b")
_STARTS_FROM = Sought(r"\bfrom (?:about |some |around |nearly |only |just |the )*$")
_THEN = r"[^.;,\d]{0,24}\bin PASTYEAR\b[^.;]{0,40}\bto\b"
_RIGHT_AFTER = 14


def _is_of_another(scene: Scene, cue: cues.Cue, amount: PhraseAmount) -> bool:
    """Whether words are part of a later amount, "estimated at 5 t", or of the time of the one before them."""
    if any(amount.end < start <= cue.start < end for start, end in scene.others(amount)):
        return True
    if (
        cue.code != "reported"
        or cue.end > amount.start
        or not BY_TIME.fullmatch(scene.low, cue.start, cue.end)
    ):
        return False
    if not _TO.fullmatch(scene.low, cue.end, amount.start):
        return False
    return any(0 <= cue.start - end <= _RIGHT_AFTER for _, end in scene.others(amount))


_WAS_PLANNED = re.compile(r"[^.;,\d]{0,45}\b(?:planned|foreseen|expected|promised|targeted|hoped for)\b")
_TO = re.compile(r",?\sto\s(?:\w+\s){0,2}")
_PART_ENDS = re.compile(r";\s")


_WITHDRAWN = re.compile(
    r"(?:crossed|struck|thrown|edited|left|taken|written) out|dropped|deleted|scrapped|erased|is gone"
)


def _is_withdrawn(scene: Scene, denial: cues.Cue, found: list[cues.Cue]) -> bool:
    """Whether a clause was taken out that would have given something: it was proposed, then dropped."""
    taken = _WITHDRAWN.search(scene.low, denial.start, denial.end) is not None
    return taken and any(
        cue.code == "proposal" and " have " in scene.low[cue.start : cue.end] for cue in found
    )


_TURNS = re.compile(r";|\bbut\b|\binstead\b|\bso\b")


def _reaches(scene: Scene, cue: cues.Cue, amount: PhraseAmount) -> bool:
    """Whether a denial reaches an amount: not across a semicolon, and not backwards over "but"."""
    if is_apart(scene, cue, amount) or (cue.start >= amount.end and _looks_ahead(scene, cue, amount)):
        return False
    low, high = sorted((cue.start, amount.start))
    between = scene.folded[low:high]
    return not _TURNS.search(between)


def _price(scene: Scene, cue: cues.Cue, amount: PhraseAmount) -> float:
    """The cost of a mood's words: an opinion reaches the whole sentence, a plan its own clause."""
    others = [] if cue.reach == "sentence" else scene.others(amount)
    price = cues.cost(scene.folded, cue, (amount.start, amount.end), others)
    if cue.start >= amount.end and _SAID_ASIDE.search(scene.low, amount.end, cue.start):
        price -= 2 * cues.COMMA
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
    return "" if of_year(_PAST, scene.year).search(scene.low, amount.end, scene.end) else before.modality


_THAT_IS = re.compile(
    r"(?:That|This) (?:is|would (?:be|cover|make)|equals|means|makes|amounts to|comes to)\b"
)
_PAST = r"\b(?:was|were|had|did|last year|PASTYEAR)\b"
_OWN_CLAUSE = re.compile(
    r"[;:]|, from\b|\b(?:but|while|whereas|although|though|where|who|whose|against|up from|down from|than"
    r"|compared|now|this year|last year|но|однако|але|проте|pero|сейчас|зараз|ahora|already|has|have|had"
    r"|is|are|was|were|says?|said)\b"
)
"""What begins a statement of its own after a figure: not "5 tonnes, of which 2 would go abroad"."""
