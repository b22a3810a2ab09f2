"""Quantities, and what each is: mined, refined, exported, used, stored, held.

Production is of a mine where a mine, ore or a word for mining says so, of a refinery where a smelter, a
refinery or metal that is cast does. What another plant or an owner makes, plans or hopes for is production
without a stage.
"""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.articles import refusals
from loaders.articles.amounts import PhraseAmount
from loaders.articles.measures import (
    IN_PLACE,
    WEAK,
    MeasureFinding,
    Memory,
    carried,
    cue_for,
    refused,
)
from loaders.articles.names import Name
from loaders.articles.needed_words import Sought
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.speaker_names import words_of
from loaders.articles.wordings import Wording
from loaders.vocabulary import Kind

_MINE = Wording(
    "quantities: mine",
    r"(?i:(?<!chamber of )(?<!ministry of ){}(?! (?:minist|registry|department|bureau|inspector)))",
)
_SMELTER = Wording("quantities: smelter")
_PLANT = Wording("quantities: plant")
_REFINED = re.compile(
    r"\s?of (?:(?:\w+ )?refined|(?:primary )?alumini?um|(?:(?!the\b)\w+ )?metal|ingots|slabs|billets)\b"
)
_OF_REFINED = Sought(r"\b(?:output|production|supply) of refined\b", re.IGNORECASE)
_OF_ORE = re.compile(r"\s?of (?:[\w-]+ )?(?:ore|rock|mud|clay)\b")
_OF_THAT = re.compile(r"\W*Of (?:this|that|these|it|them)\b")
_GIVES = re.compile(r"g(?:ave|ives?|iven)\b")
_TOOK = re.compile(r"t(?:ook|akes?|aken)\b")
_YIELDS = re.compile(r"yield|pull|extract|rais|dr[ae]w|wash", re.IGNORECASE)
_MADE = re.compile(
    r"(?:to )?(?:produc|ma[kd]e|turn|output|target|promis|aim|put|hop|plan|want|dream|guid|ramp)",
    re.IGNORECASE,
)
_CASTS = re.compile(r"(?:cast|pours|poured)\b", re.IGNORECASE)
_TARGET = re.compile(r"\b(?:target|goal|aim|objective|guidance)s?\b", re.IGNORECASE)
_COULD = re.compile(r"could |able to (?:yield|deliver)", re.IGNORECASE)
_GOES_ON_WITH_IT = re.compile(
    r"\W*(?:it|its|they|their|there|these|this|last year|in \d{4},? (?:it|they))\b", re.IGNORECASE
)
_NARROWER = {
    "production": ("mine_production", "refinery_production"),
    "holdings": ("reserves", "resources", "stockpile"),
    "sales": ("exports",),
}
_DIVIDED = frozenset({"quota", "imports", "exports", "stockpile", "purchase", "demand", "sales"})
_DIVIDED_INTO = frozenset(
    {None, "refinery_production", "mine_production", "production", "holdings", "sales", "exports"}
)
PART = Wording("quantities: part of", r"{}[^.;]{0,40}$")
_PART_AFTER = re.compile(r"\s(?:of which|of (?:it|this|that|them|these))\b")
_IT_WAS = Wording(
    "quantities: it was",
    r"{}\s(?:then |now |still |already |only |just |about |some |nearly |almost |over |around )*$",
)
_ASIDE = re.compile(r", (?:which|who|whose|where)\b(?:[^,;:]|,(?=\d)){0,140},|\([^)]{0,80}\)")
_SENT = re.compile(r"deliver|suppl|sent|sends|provid", re.IGNORECASE)
_CARRIED = Wording("quantities: carried", r"{}\s(?:[\w.,]+\s){0,3}$")
_TO_A_CONTINENT = Sought(r"\bto (?:Asia|Europe|Africa|America|the (?:Far |Middle )?East)\b")
_TRADING = frozenset({None, "purchase", "sales", "demand"})
_CAME = re.compile(r"\s(?:of (?:it|them) )?(?:came|comes?|arrived) from (?:the )?")
_REACHED = Wording("quantities: reached", r"{} (?:the )?$")
_WENT = Wording("quantities: went", r"{} (?:the )?$")
_FROM = re.compile(r"\bfrom (?:the )?$")
_GETS = Wording("quantities: gets", r"\s{}\s(?:[\w.,]+\s){0,3}")
_SELLS = Sought(r"\s(?:sold|sells|gave|passed)\s(?:[\w.,]+\s){0,3}")
_LEFT = re.compile(r"\b(?:left|leaves?|departed) (?:the )?$")
_ALLOTTED = re.compile(r"\s?(?:to|for)\s")
_SOLD_TO = re.compile(r"\b(?:sold|sells?|sent|sends|shipped) (?:the )?$")
_TO = re.compile(r"\bto (?:the )?$")
_OF_GAS = re.compile(r"\s?of (?:[\w-]+ )?(?:helium|argon|neon|krypton|xenon)\b")
_CHANGED_TO = Sought(
    r"(?:%|\bper ?cent|\bпроцент\w*|\bвідсотк\w*),? (?:to|до|hasta|a) (?:about |some |nearly |only |over )?$"
)
_ROLE_WITHIN = 90
_BUYER = Wording("quantities: buyer")
_SELLER = Wording("quantities: seller")
_IS_IT = re.compile(
    r",?\s(?:(?:is|was|were|are|being|became|remains?|remained|again|still|by far|the|its|their)\s)*"
)
_CARAT = 2e-7
_PRICED = Wording("quantities: priced", r"\s?(?:of (?:[\w-]+ ){1,3})?(?:now |still |already )?{}")


def quantity(scene: Scene, amount: PhraseAmount, memory: Memory) -> MeasureFinding:
    """What an amount of mass or volume is."""
    veto = refusals.veto(scene, amount, "quantity")
    if veto and not _OF_GAS.match(scene.low, amount.end, scene.end):
        return refused(amount, veto)
    if scene.low[amount.core[0] : amount.core[1]] in ("1", "one", "a", "an") and _PRICED.match(
        scene.after(amount.end, 50)
    ):
        return refused(amount, "the weight that a price is for")
    measure = _counted(scene, amount, memory)
    held = carried(memory, scene, Kind.QUANTITY, Kind.RATIO)
    if memory.topic == "stockpile" and (measure.code == "holdings" or measure.how == WEAK):
        measure = Spoken(memory.topic, measure.words, "what the sentence before spoke of")
    if memory.topic and measure.how == WEAK and _is_asked(scene):
        measure = Spoken(memory.topic, measure.words, "what the sentence before asked for")
    if amount.per and (not measure.code or measure.how == WEAK) and held.code in {None, *IN_PLACE}:
        return MeasureFinding(
            Kind.QUANTITY, amount, Spoken(_put_out_of(scene, amount), f"a {amount.per}", "so much a time")
        )
    if held.code and (not measure.code or (measure.how == WEAK and memory.topic is None)):
        return MeasureFinding(Kind.QUANTITY, amount, held, carried=True)
    if amount.unit == "ct" and not re.search(r"\bdiamond|алмаз|diamante|钻石", scene.text, re.IGNORECASE):
        amount = _in_tonnes(amount)
    return MeasureFinding(Kind.QUANTITY, amount, measure)


def _is_asked(scene: Scene) -> bool:
    """Whether the sentence before is a question."""
    return scene.folded[scene.earlier : scene.start].rstrip().endswith("?")


def _put_out_of(scene: Scene, amount: PhraseAmount) -> str:
    """The production that so much a time is of: ore is mined."""
    return "mine_production" if _OF_ORE.match(scene.low, amount.end, scene.end) else "production"


def _counted(scene: Scene, amount: PhraseAmount, memory: Memory) -> Spoken:
    """What the cue words say of an amount, made narrower by who puts it out and by the amount before."""
    same = _same_as_before(scene, amount, memory)
    if same.code:
        return same
    changed = scene.search_before(_CHANGED_TO, amount.core[0], 24)
    grown = cue_for(scene, amount, "quantity", scene.start, amount.start) if changed else NOTHING
    if grown.code:
        return _put_out(scene, amount, grown)
    measure = cue_for(scene, amount, "quantity")
    if memory.quantity is None and _GIVES.match(measure.words) and _is_in_a_paper(scene, amount):
        return measure._replace(code="holdings", how="what a paper gives of a deposit")
    measure = _put_out(scene, amount, measure)
    if (
        memory.quantity
        and _GIVES.match(measure.words)
        and (memory.quantity == "quota" or _is_in_a_paper(scene, amount))
    ):
        measure = measure._replace(code=memory.quantity, how="as for the amount before")
    told = memory.quantity if memory.counted == scene.number else None
    if measure.code == "purchase" and memory.quantity == "sales" and scene.number - memory.counted <= 1:
        return measure._replace(code="sales", how="as for the amount before")
    if measure.code == "purchase" and told == "exports" and _TOOK.match(measure.words):
        return measure._replace(code=told, how="a part of the amount before")
    goes_on = memory.quantity == "quota" or _OF_THAT.match(scene.text)
    told = told or (memory.quantity if goes_on and scene.number - memory.counted <= 1 else None)
    part = scene.search_before(PART, amount.start, 70) or _PART_AFTER.match(scene.after(amount.end, 12))
    if told == "quota":
        part = part or _ALLOTTED.match(scene.after(amount.end, 8))
    if told in _DIVIDED and measure.code in _DIVIDED_INTO and part:
        measure = Spoken(told, "", "a part of the amount before")
    if told in _NARROWER.get(measure.code or "", ()):
        measure = measure._replace(code=told, how="as for the amount before")
    return measure


def _is_in_a_paper(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether it is a paper that gives an amount: "an older edition had given 22 million"."""
    papers = words_of("paper") | words_of("printed")
    return not papers.isdisjoint(scene.before(amount.start, 80).casefold().split())


def _same_as_before(scene: Scene, amount: PhraseAmount, memory: Memory) -> Spoken:
    """What the amount before is, where only "it was" is said of this one."""
    if memory.quantity is None or scene.number - memory.counted > 1:
        return NOTHING
    stated = scene.search_before(_IT_WAS, amount.start, 60)
    if stated is None:
        return NOTHING
    others = (end for start, end in scene.others(amount) if start < stated.start())
    told = scene.cues("article_measures", "quantity", max(others, default=scene.start), stated.start())
    return NOTHING if told else Spoken(memory.quantity, stated[0].strip(), "as for the amount before")


def _put_out(scene: Scene, amount: PhraseAmount, measure: Spoken) -> Spoken:
    """Production by whom it is: of a mine, of a smelter, of a plant; or what is carried to another place."""
    sent = _SENT.match(measure.words) if measure.code == "production" else None
    carried_off = measure.code in (None, "purchase", "production", "mine_production") and (
        scene.search_before(_CARRIED, amount.start, 40)
    )
    if ((sent or carried_off) and _goes_to_a_place(scene, amount)) or (
        measure.code is None and _leaves_a_place(scene, amount)
    ):
        return measure._replace(code="exports", how="what goes to another place")
    if measure.code == "sales" and _goes_to_a_place(scene, amount):
        return measure._replace(code="exports", how="what goes to another place")
    if dealt := _dealt(scene, amount):
        return measure._replace(code=dealt, how="what a buyer or a seller takes or gives")
    if measure.code in _TRADING and (traded := _traded(scene, amount, measure.code)):
        return measure._replace(code=traded, how="trade between two places")
    if measure.code == "production":
        return _produced(scene, amount, measure)
    if measure.code == "capacity" and _COULD.match(measure.words) and _source(scene, amount, 90, _MINE):
        return measure._replace(code="mine_production", how="what a mine puts out")
    if measure.code == "mine_production" and _YIELDS.match(measure.words) and _is_of_plant(scene, amount):
        return measure._replace(code="production", how="what a plant yields")
    return measure


def _produced(scene: Scene, amount: PhraseAmount, measure: Spoken) -> Spoken:
    """Production of a mine or of a smelter, where the words before an amount name one."""
    if _REFINED.match(scene.low, amount.end, scene.end) or scene.search_before(_OF_REFINED, amount.start):
        return measure._replace(code="refinery_production", how="what is refined")
    if _OF_ORE.match(scene.low, amount.end, scene.end):
        return measure._replace(code="mine_production", how="ore is mined")
    if _TARGET.search(measure.words):
        return measure
    if _CASTS.match(measure.words):
        return measure._replace(code="refinery_production", how="what is cast")
    far = _MADE.match(measure.words) is None
    if _source(scene, amount, 90, _MINE, far=far):
        return measure._replace(code="mine_production", how="what a mine puts out")
    if _source(scene, amount, 60, _SMELTER, far=far):
        return measure._replace(code="refinery_production", how="what a smelter puts out")
    return measure


def _source(scene: Scene, amount: PhraseAmount, most: int, words: Sought, *, far: bool = True) -> bool:
    """Whether words stand before an amount, or in the sentence before where "it" goes on with that.

    `far` says whether the sentence before is asked.
    """
    if scene.search_before(words, amount.start, most) or _is_subject(scene, amount, most, words):
        return True
    if not far or scene.search_before(_PLANT, amount.start, most) or not _GOES_ON_WITH_IT.match(scene.text):
        return False
    return words.search(scene.folded, scene.earlier, scene.start) is not None


def _is_subject(scene: Scene, amount: PhraseAmount, most: int, words: Sought) -> bool:
    """Whether words stand before an amount and an aside: "the smelter, which is old, made 5 tonnes"."""
    before = scene.folded[scene.start : amount.start]
    plain = _ASIDE.sub("", before)
    return plain != before and words.search(plain[-most:]) is not None


def _goes_to_a_place(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether an amount goes to a place that is named: "delivered 5 tonnes of it to Germany"."""
    near = amount.end + 40
    beside = (name.start for name in scene.places if name.end == amount.start - 1)
    if any(_SOLD_TO.search(scene.before(start, 12)) for start in beside):
        return True
    return scene.search(_TO_A_CONTINENT, amount.end, min(amount.end + 50, scene.end)) is not None or any(
        amount.end < name.start < near and _TO.search(scene.before(name.start, 8)) for name in scene.places
    )


def _traded(scene: Scene, amount: PhraseAmount, measure: str | None) -> str:
    """Trade between places: "Germany bought 5 tonnes from China", "5 tonnes of it reached Germany"."""
    near = amount.end + 50
    for name in scene.places:
        if amount.end < name.start < near:
            before = scene.before(name.start, 16)
            if measure is None and _REACHED.search(before):
                return "imports"
            if measure == "demand" and _CAME.fullmatch(scene.folded, amount.end, name.start):
                return "imports"
            if measure is None and _WENT.search(before):
                return "exports"
            partner = "imports" if _FROM.search(before) else "exports" if _TO.search(before) else ""
            words = {"imports": _GETS, "exports": _SELLS}.get(partner)
            who = (other.end for other in scene.places if other.end < amount.start)
            if words and any(words.fullmatch(scene.folded, end, amount.start) for end in who):
                return partner
    return ""


def _dealt(scene: Scene, amount: PhraseAmount) -> str:
    """Imports of the largest buyer, exports of the largest seller: "Germany was the largest buyer with 5"."""
    low, _ = scene.clause(amount.core[0])
    for words, measure in ((_BUYER, "imports"), (_SELLER, "exports")):
        role = scene.search_before(words, amount.start, min(amount.start - low, _ROLE_WITHIN))
        if role and any(_has_role(scene, name, role) for name in scene.places):
            return measure
    return ""


def _has_role(scene: Scene, name: Name, role: re.Match[str]) -> bool:
    """Whether a place is said to be a buyer or a seller, before or after these words."""
    spans = (name.end, role.start()), (role.end(), name.start)
    return any(low <= high and _IS_IT.fullmatch(scene.folded, low, high) for low, high in spans)


def _leaves_a_place(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether an amount leaves a place that is named: "5 tonnes of it left Gabon"."""
    near = amount.end + 50
    return any(
        amount.end < name.start < near and _LEFT.search(scene.before(name.start, 16)) for name in scene.places
    )


def _is_of_plant(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether it is a plant, not a mine, that an amount comes from."""
    return scene.search_before(_PLANT, amount.start, 90) is not None and (
        scene.search_before(_MINE, amount.start, 90) is None
    )


def _in_tonnes(amount: PhraseAmount) -> PhraseAmount:
    """Carats of other stones than diamonds are a weight: 0.2 g."""
    scaled = [
        None if number is None else number * _CARAT for number in (amount.value, amount.lower, amount.upper)
    ]
    return replace(
        amount, unit="t", value=scaled[0], lower=scaled[1], upper=scaled[2], decision="a carat is 0.2 g"
    )
