"""How many times one thing is another: ratios, and what was multiplied."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.articles import refusals
from loaders.articles.amounts import PhraseAmount
from loaders.articles.measures import SUMS, MeasureFinding, Memory, carried, close, cue_for, refused
from loaders.articles.needed import Sought
from loaders.articles.phrases import PHRASE
from loaders.articles.records import RATIO_UNIT
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.wordings import Wording
from loaders.vocabulary import Kind

_CHANGED_BEFORE = Wording(
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
_CHANGED_BY = Wording(
    "multiples: changed by",
    r"{}(?:[^.;,]|[.,](?=\d)){1,50}\s(?:by|на|en)\s(?:about |some |almost |nearly |around |over "
    r"|un |майже |почти )?$",
)
_GOT_DEARER = Sought(r"\b(?:cheaper|dearer|more expensive) by\s(?:about |some |almost |nearly |over )?$")
_A_RISE_OF = Wording("multiples: a rise of", r"{}\s(?:about\s|some\s)?$")
_CHANGED_AFTER = re.compile(
    r"\s?(?:less|more|fewer|lower|higher|smaller|larger|cheaper|dearer|below|above|down|up"
    r"|increase|rise|jump|gain|drop|fall|decline|decrease|growth|slump|surge|plunge|меньше|больше|менше|більше"
    r"|menos|más)\b(?! of)",
    re.IGNORECASE,
)
_ADDS = Sought(r"\b(?:add(?:s|ed|ing)?|knock(?:s|ed)?|lop(?:s|ped)?)\s(?:about |some |another |up to )?$")
_TO_OR_OFF_IT = re.compile(r"\s?(?:to|off) (?:its|their|the|world|global|[A-Z])")
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
    changed = changed and (verb or scene.search_before(_CHANGED_BEFORE, amount.start, 40) is not None)
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


_OF_ITS_PRICE = re.compile(r"\s?(?:of|off) (?:its|their|the) (?:price|value)\b")


def is_change(scene: Scene, amount: PhraseAmount, after: str) -> bool:
    """Whether words around a share say that something rose or fell by it."""
    told = _CHANGED_BEFORE, _A_RISE_OF, _CHANGED_BY, _GOT_DEARER
    if scene.search_before(_ADDS, amount.start, 80) and _TO_OR_OFF_IT.match(after):
        return True
    changed = any(scene.search_before(words, amount.start, 80) for words in told)
    return changed or _CHANGED_AFTER.match(after) is not None or _OF_ITS_PRICE.match(after) is not None


_SUBJECT_MOVES = Wording(
    "shares: subject moves",
    r"(?i:(?!(?:it|its|that|this|they|these|those|both|all|the (?:figure|total|number|amount|sum"
    r"|two|latter|former|metal|mineral|country|rest)|which|what|he|she)\b)(?P<subject>(?:the |a "
    r"|an |some |its |their |his |her )?(?:[\w'&-]+ ){0,7}?[\w'&-]+) (?:has |have |had |also "
    r"|then |even |again )*{})",
)
_MOVES = Wording(
    "shares: moves",
    r"\s(?:(?:itself|alone|too|meanwhile|has|have|had|is|was|then|also|now) )*{}\s(?:(?:by|about"
    r"|some|around|nearly|almost|over|roughly|just|more than|less than|another|a further) )*",
)
_IS_THE_SUBJECT = re.compile(r"(?:'s|')?")


def moves_something_else(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a clause has a subject of its own that moves: neither "it" nor a mineral nor a place."""
    low, _ = scene.clause(amount.core[0])
    moved = _SUBJECT_MOVES.match(scene.folded, low, amount.start)
    if moved is None:
        return False
    named = (name for name in (*scene.minerals, *scene.places) if name.start >= low)
    return all(
        _IS_THE_SUBJECT.fullmatch(scene.folded, name.end, moved.end("subject")) is None for name in named
    )


def metal_moves(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a metal itself rises or falls, as only its price can: "tin slipped 5 per cent"."""
    last = next((name for name in reversed(scene.minerals) if name.end <= amount.start), None)
    return last is not None and _MOVES.fullmatch(scene.low, last.end, amount.start) is not None
