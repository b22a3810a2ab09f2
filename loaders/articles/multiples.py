"""How many times one thing is another: ratios, and what was multiplied."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.articles import refusals
from loaders.articles.amounts import PhraseAmount
from loaders.articles.measures import SUMS, MeasureFinding, Memory, carried, close, cue_for, refused
from loaders.articles.phrases import PHRASE
from loaders.articles.records import RATIO_UNIT
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.wordings import Wording
from loaders.vocabulary import Kind

CHANGED_BEFORE = Wording(
    "multiples: changed before",
    r"(?<!make )(?<!makes )(?<!mak)(?<!made )(?<!dig )(?<!digs )(?<!dug ){}(?: by| some| about"
    r"| almost| nearly| roughly| around| на| en| un| a| over| more than| only| just| another"
    r"| a further| less than| at least| as much as)*\s?$",
)
_MULTIPLIED = re.compile(
    r"\s?(?:as (?:much|many|large|big|high|great|rich)|more|less|larger|bigger|higher|greater|smaller|lower"
    r"|fewer|that of|the (?:\w+ ){0,2}"
    r"(?:output|production|level|amount|rate|size|figure|price|reserves|volume|sum)|the (?=[$€£¥\d])|what"
    r"|its|that|than|over|today's|(?:the )?current|(?:the )?present|last year's"
    r"|in (?:a|one|two|five|ten|the)|"
    r"since|from|to|ahead|больше|більше|меньше|менше|más|de|por|em|until|by)\b|\s?[,.;]|$",
    re.IGNORECASE,
)
_MULTIPLYING_VERBS = frozenset(
    [
        "double",
        "triple",
        "treble",
        "quadruple",
        "halve",
        "doubles",
        "triples",
        "halves",
        "doubled",
        "tripled",
        "trebled",
        "quadrupled",
        "quintupled",
        "halved",
        "doubling",
        "tripling",
        "halving",
        "duplicó",
        "triplicó",
    ]
)
_NOT_MULTIPLIED = re.compile(
    (
        r"\s(?:over(?=\s?(?:[.,;]|$))|a|an|per|each|every|this|last|before|daily|in (?:19|20)\d\d|weekly"
        r"|running|since New)\b"
    ),
    re.IGNORECASE,
)
_ALONE = re.compile(r"\s?[.;!?]|$")
_BOTH = re.compile(r"\b(?:both|two|these|its|the|all) $")
_HOW_OFTEN = frozenset(["once", "twice", "thrice"])
_AGAIN = re.compile(r"\b(?:doubled|halved|tripled)\s$")
_TOLD = frozenset({"mine_production", "refinery_production", "exports"})
CHANGED_MEASURES = {
    "mine_production": "production",
    "refinery_production": "production",
    "quota": "production",
    "sales": "exports",
    "purchase": "imports",
}
_OBJECT = 25
"""Characters behind a verb that multiplies in which its object stands: "double its output"."""

CAN_CHANGE = frozenset({"production", "exports", "imports", "demand", "price"})


def compared(scene: Scene, amount: PhraseAmount, memory: Memory) -> MeasureFinding:
    """A fraction of what another place or time has: "half of what it was"."""
    measure = _ratio_measure(scene, amount, memory)
    if not measure.code:
        return refused(amount, "a comparison; of what is not stated")
    return MeasureFinding(Kind.RATIO, replace(amount, unit=RATIO_UNIT), measure, compared=True)


def _ratio_measure(scene: Scene, amount: PhraseAmount, memory: Memory) -> Spoken:
    low, high = scene.clause(amount.core[0])
    measure = cue_for(scene, amount, "ratio", low, high)
    aid = cue_for(scene, amount, "money", scene.start, amount.start)
    is_cost = aid.code != "cost" or memory.measure == "price" or "cost" in aid.words.casefold()
    if aid.code in SUMS and is_cost and close(scene, amount, aid, asides=1):
        return aid._replace(code="price") if aid.code == "cost" and memory.measure == "price" else aid
    if measure.code in ("production", "sales") and memory.counted == scene.number:
        told = memory.quantity if memory.quantity in _TOLD else measure.code
        measure = measure._replace(code=told)
    if not measure.code:
        measure = carried(memory, scene, Kind.QUANTITY, Kind.RATIO, Kind.MONEY)
    return measure if measure.code else cue_for(scene, amount, "ratio")


def multiple(scene: Scene, amount: PhraseAmount, memory: Memory) -> MeasureFinding:
    """How many times one thing is another, or what it was: "twice as much", "rose fourfold"."""
    words = scene.folded[amount.core[0] : amount.core[1]].casefold()
    verb = words in _MULTIPLYING_VERBS
    after = scene.after(amount.end, 30)
    changed = not re.match(r"\s?as (?:much|many|large|big|high)", after)
    changed = changed and (verb or scene.search_before(CHANGED_BEFORE, amount.start, 40) is not None)
    phrase = amount.series == PHRASE
    alone = not (changed or phrase) and _ALONE.match(after) is not None
    alone = alone or (words == "halves" and _BOTH.search(scene.before(amount.start, 8)) is not None)
    alone = alone or (words in _HOW_OFTEN and after.startswith(", "))
    if alone or _AGAIN.search(scene.before(amount.start, 12)):
        return refused(amount, "how often, not how much")
    if not (changed or phrase) and (_NOT_MULTIPLIED.match(after) or not _MULTIPLIED.match(after)):
        return refused(amount, "how often, not how much")
    veto = refusals.veto(scene, amount, "share")
    if veto:
        return refused(amount, veto)
    object_ = cue_for(scene, amount, "ratio", amount.end, amount.end + _OBJECT) if verb else NOTHING
    measure = object_ if object_.code else _ratio_measure(scene, amount, memory)
    code = CHANGED_MEASURES.get(measure.code or "", measure.code or "")
    if not code:
        return refused(amount, "how many times; of what is not stated")
    if changed and code in CAN_CHANGE:
        measure = measure._replace(code=f"{code}_change")
    return MeasureFinding(Kind.RATIO, replace(amount, unit=RATIO_UNIT), measure, compared=not changed)
