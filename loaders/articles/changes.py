"""Changes: what rose or fell by a share: "output rose 5 %", "exports by 7 %", "tin slipped 2 %"."""

from __future__ import annotations

import re

from loaders.articles.amounts import PhraseAmount
from loaders.articles.measures import SUMS, WEAK, MeasureFinding, Memory, carried, close, cue_for, refused
from loaders.articles.multiples import CAN_CHANGE, CHANGED_BEFORE, CHANGED_MEASURES
from loaders.articles.needed_words import Sought
from loaders.articles.scene import Scene, Spoken
from loaders.articles.wordings import Wording
from loaders.vocabulary import Kind

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
_CHEAPER = re.compile(r"\s?(?:cheaper|dearer|more expensive)\b")
_COSTS = Sought(r"\bcosts?\s(?:about |some |around |nearly |over )?$")
_MOVED = re.compile(r",\s(?:up|down)\s(?:by\s)?$")


def change(scene: Scene, amount: PhraseAmount, memory: Memory) -> MeasureFinding:
    """What a share of a change changed: output, trade, demand, a price; or why it is no figure."""
    measure = _changed(scene, amount, memory)
    if not measure.code:
        if _goes_on_changing(scene, amount):
            return refused(amount, "a change of something else")
        if memory.sentence != scene.number and _moves_something_else(scene, amount):
            return refused(amount, "a change of something else")
        measure = carried(memory, scene, Kind.QUANTITY, Kind.MONEY, Kind.RATIO)
    base = (measure.code or "").removesuffix("_change")
    code = CHANGED_MEASURES.get(base, base)
    if memory.sentence == scene.number and memory.measure in SUMS and memory.kind is Kind.MONEY:
        return refused(amount, "a change of a sum of money")
    if code not in CAN_CHANGE:
        return refused(amount, "a change; of what is not stated")
    return MeasureFinding(Kind.RATIO, amount, measure._replace(code=f"{code}_change"))


def _changed(scene: Scene, amount: PhraseAmount, memory: Memory) -> Spoken:
    """What the words at a change, or a price before it, say that changed."""
    also = _goes_on_changing(scene, amount)
    span = (also.start(), amount.start) if also else (None, None)
    measure, price = (cue_for(scene, amount, kind, *span) for kind in ("quantity", "money"))
    if price.code == "price" and (not measure.code or close(scene, amount, price)):
        measure = price
    if _price_moves(scene, amount, memory):
        return Spoken("price", "", "as for the price before")
    cheaper = _CHEAPER.search(scene.before(amount.start, 20)) or _CHEAPER.match(scene.after(amount.end, 20))
    costs = measure.code in (None, "production") and scene.search_before(_COSTS, amount.start, 20)
    if cheaper or costs:
        return Spoken("price", "cheaper or dearer", "what becomes cheaper or dearer")
    before = scene.before(amount.start, 10)
    apposed = memory.quantity in ("exports", "imports") and (before.endswith(", ") or _MOVED.search(before))
    if (measure.how == WEAK or apposed) and memory.counted == scene.number:
        measure = Spoken(memory.quantity, "", "as for the amount before")
    if not measure.code and _metal_moves(scene, amount):
        return Spoken("price", "", "the metal itself rises or falls")
    return measure


_OF_ITS_PRICE = re.compile(r"\s?(?:of|off) (?:its|their|the) (?:price|value)\b")


def is_change(scene: Scene, amount: PhraseAmount, after: str) -> bool:
    """Whether words around a share say that something rose or fell by it."""
    told = CHANGED_BEFORE, _A_RISE_OF, _CHANGED_BY, _GOT_DEARER
    if scene.search_before(_ADDS, amount.start, 80) and _TO_OR_OFF_IT.match(after):
        return True
    changed = any(scene.search_before(words, amount.start, 80) for words in told)
    return (
        changed
        or _goes_on_changing(scene, amount) is not None
        or _CHANGED_AFTER.match(after) is not None
        or _OF_ITS_PRICE.match(after) is not None
    )


_ALSO = Sought(
    r"(?:[,;]|\band|\bwhile|\bа|\bи|\bі|\bта)\s(?P<what>(?:[\w'-]+\s){1,5}?)(?:[-–—]\s)?(?:by|на)\s"
    r"(?:about |some |nearly |почти )?$"
)


def _goes_on_changing(scene: Scene, amount: PhraseAmount) -> re.Match[str] | None:
    """The words of a second thing that changed, without a verb: "output rose by 8 %, exports by 5 %"."""
    also = scene.search_before(_ALSO, amount.start)
    before = [other for other in scene.amounts if other.unit == "1" and other.end <= amount.start]
    if also is None or not before:
        return None
    first = before[-1]
    return also if is_change(scene, first, scene.after(first.end, 30)) else None


_APART = Sought(
    r"\b(?:as|while|after|when|because|since)\s(?P<what>[^.;,]{3,60}?)\s(?=\w+\s(?:by )?(?:about )?$)"
)


_PAPERS = re.compile(r"\b(?:shares?|stocks?|bonds?|index|indices)\b")
_OF_IT = re.compile(r"(?: (?:of|in|for)(?: [\w-]+){1,2})?")


def moves_apart(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a clause of its own says what moved: "shares gained 9 % as Chile's exports rose 28 %"."""
    apart = scene.search_before(_APART, amount.start, 90)
    if apart is None or not is_change(scene, amount, scene.after(amount.end, 30)):
        return False
    low, high = apart.span("what")
    if _PAPERS.search(scene.folded, low, high):
        return False
    found = [*scene.cues("article_measures", "quantity", low, high)]
    found += [cue for cue in scene.cues("article_measures", "money", low, high) if cue.code == "price"]
    return any(_OF_IT.fullmatch(scene.folded, cue.end, high) for cue in found)


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


def _moves_something_else(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a clause has a subject of its own that moves: neither "it" nor a mineral nor a place."""
    low, _ = scene.clause(amount.core[0])
    moved = _SUBJECT_MOVES.match(scene.folded, low, amount.start)
    if moved is None:
        return False
    named = (name for name in (*scene.minerals, *scene.places) if name.start >= low)
    return all(
        _IS_THE_SUBJECT.fullmatch(scene.folded, name.end, moved.end("subject")) is None for name in named
    )


_IT_MOVES = Sought(
    r"(?:[;.]|\b(?:and|but))\s(?:it|they)\s(?:(?:has|have|had|since|then|now|also|already)\s){1,3}\w+\s"
    r"(?:by\s)?(?:about |some |nearly |over )?$"
)


def _price_moves(scene: Scene, amount: PhraseAmount, memory: Memory) -> bool:
    """Whether it is the price told before that moved: "$5, up 9 %", "they have since risen by 9 %"."""
    told = memory.measure == "price" and memory.sentence == scene.number
    if told and _MOVED.search(scene.before(amount.start, 10)):
        return True
    if not scene.search_before(_IT_MOVES, amount.start):
        return False
    prices = [cue.start for cue in scene.cues("article_measures", "money") if cue.code == "price"]
    first = min((cue.start for cue in scene.cues("article_measures", "quantity")), default=scene.end)
    return told or any(place < first for place in prices)


def _metal_moves(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a metal itself rises or falls, as only its price can: "tin slipped 5 per cent"."""
    last = next((name for name in reversed(scene.minerals) if name.end <= amount.start), None)
    return last is not None and _MOVES.fullmatch(scene.low, last.end, amount.start) is not None
