"""What somebody foresees, estimates or asks for, by the verb, who speaks, and what it is said of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.articles.amounts import PhraseAmount
from loaders.articles.cues import Cue
from loaders.articles.needed_words import Sought
from loaders.articles.patterns import of_year
from loaders.articles.scene import Scene
from loaders.articles.speaker_names import Speaker, words_of

IF_STARTS = re.compile(
    r"[\"'(]?(?:(?:Were|Should|Had|If|Unless|Provided|Если|При условии|В случае|Якщо|Якби|У разі|За умови|Si"
    r"|En caso|Siempre que|De \w{3,}rse)\b|如果|若|一旦|倘若)"
)
BY_TIME = re.compile(r"last year|in (?:19|20)\d\d|прошлом году|торік")


def judged(scene: Scene, cue: Cue, found: Sequence[Cue], amount: PhraseAmount, measure: str | None) -> Cue:
    """The words that decide instead of the nearest, with the mood that they have for an amount."""
    cue = _opinion(scene, cue, found)
    return cue._replace(code=_OF_OBJECT.get(cue.code, _as_it_is)(scene, cue, amount, measure))


def _as_it_is(scene: Scene, cue: Cue, amount: PhraseAmount, measure: str | None) -> str:
    return cue.code


def _of_wish(scene: Scene, cue: Cue, amount: PhraseAmount, measure: str | None) -> str:
    """A wish with a year is a plan, a price that is asked is reported."""
    wants = _WANTS.match(scene.low, cue.start, cue.end)
    if (
        wants
        and amount.unit in ("t", "rank")
        and of_year(_BY_THEN, scene.year).search(scene.low, amount.end, scene.end)
    ):
        return "plan"
    if amount.unit == "t" and _WOULD_HAVE.match(scene.low, cue.start) and IF_STARTS.match(scene.text):
        return "forecast"
    return "reported" if measure == "price" and _OFFERS.match(scene.low, cue.start) else cue.code


def _of_estimate(scene: Scene, cue: Cue, amount: PhraseAmount, measure: str | None) -> str:
    """A count that its office puts is reported; what may be in a year to come is a forecast."""
    puts = _PUTS.match(scene.low, cue.start, cue.end)
    if puts and of_year(_NEXT, scene.year).match(scene.low, amount.end, scene.end):
        return "forecast"
    if puts and measure not in _NOT_COUNTED and not _is_outsider(scene):
        return "reported"
    if measure == "cost":
        return cue.code
    may_be = _MAY.search(scene.low, scene.start, amount.start)
    ahead = (
        of_year(_THEN_HAS, scene.year).match(scene.low, amount.end, scene.end)
        or (may_be and of_year(_BY_THEN, scene.year).search(scene.low, scene.start, scene.end))
        or (cue.end <= amount.start and _WILL_BE.search(scene.low, cue.end, amount.start))
    )
    return "forecast" if ahead else cue.code


def _of_plan(scene: Scene, cue: Cue, amount: PhraseAmount, measure: str | None) -> str:
    """What others will have to pay is an estimate; what they will need, or what follows an if, a forecast."""
    will = cue.code == "plan" and _WILL.match(scene.low, cue.start)
    if measure == "cost" and (_NEEDS.search(scene.low, cue.start, cue.end) or (will and _is_outsider(scene))):
        return "estimate"
    if measure == "price" and _AGREES.match(scene.low, cue.start):
        return "reported"
    will = will or (cue.code == "plan" and _IS_FUTURE.match(scene.low, cue.start))
    if measure == "demand" and (will or (cue.code == "plan" and _BY.match(scene.low, cue.start))):
        return "forecast"
    if not will or not (IF_STARTS.match(scene.text) or scene.search_low(_IF_THEN, scene.start, amount.start)):
        return cue.code
    apart = not scene.plain or "," in scene.folded[scene.start : amount.start]
    return "forecast" if apart else cue.code


_OF_OBJECT = {"proposal": _of_wish, "estimate": _of_estimate, "plan": _of_plan, "forecast": _of_plan}


def _opinion(scene: Scene, cue: Cue, found: Sequence[Cue]) -> Cue:
    """ "They forecast that it will fall" is a forecast, though "will" is nearer."""
    if cue.code == "reported":
        ahead = (other for other in found if other.code == "plan" and _is_ahead(scene, other, cue))
        cue = next(ahead, cue)
    if cue.code == "reported":
        judgements = (other for other in found if other.code == "estimate" and _judges(scene, other, cue))
        return next(judgements, cue)
    before = [other for other in found if other.end <= cue.start]
    if cue.code == "estimate" and _is_ahead_of_us(scene, cue):
        return cue._replace(code="forecast")
    if scene.low.endswith(" cost", cue.start, cue.end):
        return next((other for other in before if other.code == "forecast"), cue)
    if cue.code == "plan" and _WHEN.match(scene.low, cue.start):
        foreseen = next((other for other in before if other.code == "forecast"), None)
        return foreseen or _opinion_after(scene, cue, found) or cue
    if cue.code == "plan" and _WILL.match(scene.low, cue.start):
        return _of_will(scene, cue, found, before)
    return cue


def _of_will(scene: Scene, cue: Cue, found: Sequence[Cue], before: Sequence[Cue]) -> Cue:
    """What decides where something will be: who foresees it, who drafts it, or whether it will be."""
    asked = next((other for other in before if scene.low.startswith("whether", other.start)), None)
    if asked is not None:
        return asked
    if _OUTCOME.match(scene.low, cue.start) and _is_outsider(scene):
        return cue._replace(code="forecast")
    draft = next((other for other in found if other.code == "proposal" and _is_draft(scene, other)), None)
    if draft is not None and scene.low.startswith("would", cue.start):
        return draft
    foretold = [other for other in before if _foresees(scene, other)]
    if foretold and not re.search(r"[;.]\s", scene.folded[foretold[-1].end : cue.start]):
        return foretold[-1]
    return _opinion_after(scene, cue, found) or cue


def _is_ahead_of_us(scene: Scene, cue: Cue) -> bool:
    """Whether somebody sees what is to come: "he sees the share at 75 per cent by 2035"."""
    return _SEES.match(scene.low, cue.start) is not None and bool(
        of_year(_BY_THEN, scene.year).search(scene.low, cue.end, scene.end)
    )


def _is_ahead(scene: Scene, other: Cue, cue: Cue) -> bool:
    """Whether a plan's words stand right before the words of time: "what it will dig in 2025"."""
    near = 0 <= cue.start - other.end <= _AHEAD and _WILL.match(scene.low, other.start)
    return bool(near and _THIS_YEAR.fullmatch(scene.low, cue.start, cue.end)) and not re.search(
        r"[,;]|\d", scene.low[other.end : cue.start]
    )


def _judges(scene: Scene, other: Cue, cue: Cue) -> bool:
    """Whether somebody's judgement reaches over the words of time: not into another clause."""
    ends = other.start > cue.end and scene.end - other.end <= _CLOSING
    if not ends and not BY_TIME.fullmatch(scene.low, cue.start, cue.end):
        return False
    between = scene.folded[min(other.end, cue.end) : max(other.start, cue.start)]
    return _JUDGES.match(scene.low, other.start) is not None and not re.search(
        r"[,;]\s(?:and|but|while)\b"
        r"|;",
        between,
    )


def _is_draft(scene: Scene, cue: Cue) -> bool:
    return _DRAFT.fullmatch(scene.low, cue.start, cue.end) is not None


def _is_outsider(scene: Scene) -> bool:
    """Whether the speaker only watches: analysts foresee what a minister plans."""
    first = scene.chain.speakers[:1]
    printed = (f"{who.name.casefold()} {_described(scene, who)}" for who in first)
    return any(
        not words_of("outsider").isdisjoint(words.split()) and not _OFFICIAL.search(words)
        for words in printed
    )


def _described(scene: Scene, who: Speaker) -> str:
    """A speaker's words with the two before them: "the think tank Orrery"."""
    before = scene.low[max(0, who.start - 30) : who.start].split()[-2:]
    return " ".join([*before, scene.low[who.start : who.end]])


def _foresees(scene: Scene, cue: Cue) -> bool:
    """Whether words foretell: "the broker thinks that it will fall", not "it would cost"."""
    return cue.code == "forecast" or bool(cue.code == "estimate" and _JUDGES.match(scene.low, cue.start))


def _opinion_after(scene: Scene, cue: Cue, found: Sequence[Cue]) -> Cue | None:
    """The judgement of somebody named after what is foreseen: "by 2035 it holds 5 t, her office expects"."""
    after = next(
        (other for other in found if other.code in ("forecast", "estimate") and other.start >= cue.end), None
    )
    if after is None or not _PARENTHESIS.search(scene.folded, cue.end, after.start):
        return None
    return after


_WANTS = re.compile(r"wants?")
_PUTS = re.compile(r"puts?\b|values?\b")
_NOT_COUNTED = frozenset({None, "holdings", "resources", "cost", "value", "debt"})
_NEXT = r"[^.;]{0,40}\b(?:in|for|by) (?:COMINGYEAR|next year)\b"
_THEN_HAS = r"[^.;,\d]{0,30}\b(?:in|for|by) LATERYEAR\b"
_NEEDS = re.compile(r" (?:need|require)$")
_MAY = re.compile(r"\b(?:could|may|might)\b")
_OFFICIAL = re.compile(r"\b(?:mining|mines|customs|national|statistics|geolog\w+)\b")
_OFFERS = re.compile(r"offer|h[eo]ld|ask")
_WILL_BE = re.compile(r"\b(?:will|would|(?:буд|достигн|сягн|выраст|зрост|вырас|подним|піднім|упад)\w*)\b|将")
_PARENTHESIS = re.compile(r",\"?\s[^,;:.]{3,60}$")
_DRAFT = re.compile(r"drafts?|proposals?|proposed|under .*|bill .*")
_OUTCOME = re.compile(
    r"(?:will|would) (?:\w+ )?(?:rise|fall|grow|climb|drop|shrink|double|halve|exceed|reach|hit|amount"
    r"|total|average|require|outstrip|increase|decline|meet"
    r"|be(?! (?:lent|paid|given|granted|spent|built|invested|handed|offered|awarded|put|sold|shipped)\b))\b"
    r"|will (?:\w+ )?(?:take|use|need|absorb|consume)\b"
)
_WHEN = re.compile(r"(?:by|from) 20|next year")
_WILL = re.compile(r"will|shall|'ll|is to|are to|would")
_IS_FUTURE = re.compile(r"(?!план|намер|має|хо[чт]|обещ|обіця)[а-яіїє]+|将|会|[a-z]+rán?\b")
_AGREES = re.compile(r"agree[sd]? to\b")
_WOULD_HAVE = re.compile("would have ")
_IF_THEN = Sought(r"[,，:]\s?(?:что |що )?(?:если\b|якщо\b|如果|若|一旦)")
_BY = re.compile(r"(?:by|к|до) 20\d\d")
_CLOSING = 3
_THIS_YEAR = re.compile(r"in 20\d\d")
_AHEAD = 25
_BY_THEN = r"\bby (?:the end of )?COMINGYEAR\b"
_SEES = re.compile(r"sees?\b")
_JUDGES = re.compile(r"estimate[sd]?\b|reckon|believe|think|guess")
