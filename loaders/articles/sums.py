"""Prices and sums of money, and what each is of or for."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.articles import refusals, spellings
from loaders.articles.amounts import PhraseAmount
from loaders.articles.measures import SUMS, WEAK, MeasureFinding, Memory, carried, cue_for, refused
from loaders.articles.needed_words import Sought
from loaders.articles.numerals import CARDINAL
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.wordings import Wording
from loaders.vocabulary import Kind

_TRADED = frozenset({"exports", "sales", "imports", "purchase"})
SMALLEST_SUM = 1e5
LARGEST_PRICE = 1e6
_PART_AFTER = re.compile(r"\s(?:of which|of (?:it|this|that|them|these))\b")
_FROM = re.compile(r"\bfrom (?:the )?$")
_TO = re.compile(r"\bto (?:the )?$")
_DIFFERENCE = re.compile(r"\s(?:less|more|cheaper|dearer|lower|higher|below|above)\b(?! than \$)")
_DIFFERS_BY = Wording("sums: differs by", r"{}\s$")
_OTHER_GOODS = Wording(
    "sums: other goods",
    r"{}(?: prices?)?,? (?:is |was |now |which |trades? |traded |sells? |sold )*(?:at|to|for|is"
    r"|was|near|costs?)\s(?:about |around |some |nearly )?$",
)
_WORKS = Sought(
    r"\b(?:mines?|plants?|projects?|smelter|refinery|works|stakes?|shares?|compan(?:y|ies)|firm)\b"
)
_OF_A_SUM = re.compile(r"\W*Of (?:an?|the|its|this|that)\s")
_BUILDS = re.compile(
    r"\s(?:[\w-]+\s){0,2}(?:mine|project|plant|smelter|refinery|factory|complex|works|mill)\b(?!')"
)
_RECEIPTS = re.compile(
    r"receipts|takings|earn(?:ings|ed|s)|income|proceeds|comes? to|came to|br(?:ings|ought) in|worth",
    re.IGNORECASE,
)
_ALSO_AT = Wording("sums: also at", r"{}\s(?:about\s|around\s|some\s)?$")
_A_THING_COSTS = Wording(
    "sums: a thing costs",
    r"(?i:(?<!\w)(?:an?|one|every|each) (?!tonne|ton\b|kilo|pound|ounce|gram|carat|kg|lb"
    r"|unit\b)[\w-]+(?: (?!it |this |that |they )[\w'-]+){0,5} {}(?: only| just| about)? $)",
)
_GOES_ON_AT = re.compile(
    r"\b(?:average|price|quote|it|they|level|rate|low|high|peak|figure)\s(?:\w+\s){0,2}?(?:was|were|been|is|at|of|to"
    r"|averaged|cost|costs|fetched|brought|been paid|paid|got|received|earned|asked)"
    r"\s(?:(?:about|around|some|only|just|nearly)\s)?$"
    r"|\b(?:predicts?|predicted|forecasts?|expects?|expected|foresees?)\s(?:about\s|some\s|only\s)?$"
)


def money(scene: Scene, amount: PhraseAmount, memory: Memory) -> MeasureFinding:
    """What an amount of money is: a price, or a sum and what it is for."""
    if "/" in amount.unit and (
        _DIFFERENCE.match(scene.after(amount.end, 12)) or scene.search_before(_DIFFERS_BY, amount.start, 20)
    ):
        return refused(amount, "the difference of two prices")
    if "/" in amount.unit and scene.search_before(_OTHER_GOODS, amount.start, 40):
        return refused(amount, "the price of something else")
    veto = refusals.veto(scene, amount, "price" if "/" in amount.unit else "money")
    if veto:
        return refused(amount, veto)
    if "/" in amount.unit:
        return MeasureFinding(Kind.MONEY, amount, Spoken("price", amount.unit[4:], "money for a weight"))
    weight = _weight(scene, amount, memory) if not _is_of_a_thing(scene, amount) else ""
    differs = weight and _DIFFERENCE.match(scene.after(amount.end, 12))
    if differs or (weight and scene.search_before(_DIFFERS_BY, amount.start, 20)):
        return refused(amount, "the difference of two prices")
    if weight and amount.number < LARGEST_PRICE:
        return MeasureFinding(
            Kind.MONEY,
            replace(amount, unit=f"{amount.unit}/{weight}"),
            Spoken("price", "", "a price as the one before it"),
        )
    if amount.number < SMALLEST_SUM:
        return refused(amount, "a sum too small to be about a mine, a fund or trade")
    measure = _sum_for(scene, amount, memory)
    if not measure.code:
        return refused(amount, "a sum of money; what for is not stated")
    return MeasureFinding(Kind.MONEY, amount, measure)


def _is_of_a_thing(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a clause says what some thing costs, not a metal: "a bed costs $19"."""
    low, _ = scene.clause(amount.core[0])
    thing = scene.search(_A_THING_COSTS, low, amount.start)
    return thing is not None and not any(low <= name.start < amount.start for name in scene.minerals)


def _sum_for(scene: Scene, amount: PhraseAmount, memory: Memory) -> Spoken:
    """What a sum of money is for."""
    measure = cue_for(scene, amount, "money")
    told = _of_the_sum_before(scene, amount, memory) or _paid_between(scene, amount, measure.code)
    if told:
        return Spoken(told, "", "what it is a part of, or what it is paid for")
    if memory.measure in SUMS and memory.sentence == scene.number and _OF_A_SUM.match(scene.text):
        return Spoken(memory.measure, "", "a part of the amount before")
    if measure.code in (None, "price", "value") and _BUILDS.match(scene.after(amount.end, 60)):
        return Spoken("cost", scene.after(amount.end, 60).strip(), "what the money builds")
    sold = memory.quantity == "exports" and scene.number - memory.counted <= 2
    if sold and measure.code in ("revenue", "value") and _RECEIPTS.match(measure.words):
        return measure._replace(code="exports", how="as for the amount before")
    paid = measure.how == WEAK and memory.counted == scene.number and memory.quantity in _TRADED
    if measure.code and measure.code != "price" and not paid:
        return measure
    held = carried(memory, scene, Kind.MONEY)
    if held.code and held.code != memory.topic:
        return held
    if memory.topic in SUMS:
        return Spoken(memory.topic, "", "what the sentence before spoke of")
    if memory.quantity in _TRADED and scene.number - memory.counted <= 2:
        return Spoken(memory.quantity, "", "as for the amount before")
    if scene.minerals:
        name = scene.minerals[0]
        return Spoken("value", scene.folded[name.start : name.end], "a sum named with a mineral")
    return NOTHING


def _paid_between(scene: Scene, amount: PhraseAmount, measure: str | None) -> str:
    """Trade between places that is told in money: "sold tin to Japan for $5 million"."""
    low, high = scene.clause(amount.core[0])
    asked, code = {"sales": (_TO, "exports"), "purchase": (_FROM, "imports")}.get(measure or "", (None, ""))
    if asked is None or scene.search(_WORKS, low, high):
        return ""
    within = (name for name in scene.places if low <= name.start < high)
    return code if any(asked.search(scene.before(name.start, 10)) for name in within) else ""


def _of_the_sum_before(scene: Scene, amount: PhraseAmount, memory: Memory) -> str | None:
    """What the sum before is for, where this one is a part of it: "€9 million, €2 million of it"."""
    if memory.kind is not Kind.MONEY or memory.sentence != scene.number or memory.measure == "price":
        return None
    if _PART_AFTER.match(scene.after(amount.end, 12)) is None:
        return None
    before = max((end for _, end in scene.others(amount) if end <= amount.start), default=scene.start)
    return None if scene.cues("article_measures", "money", before, amount.start) else memory.measure


def _weight(scene: Scene, amount: PhraseAmount, memory: Memory) -> str:
    """The weight of a price that does not repeat it: "$565 a kilogram, up from $290"."""
    same = memory.unit if memory.unit[:4] == f"{amount.unit}/" else ""
    named = spellings.weight_named(scene.text) if scene.number != memory.sentence else ""
    if named:
        return named
    if same and scene.number - memory.sentence <= 1 and amount.form == CARDINAL:
        also = bool(scene.search_before(_ALSO_AT, amount.start, 20) and scene.minerals)
        also = also or _GOES_ON_AT.search(scene.before(amount.start, 40)) is not None
        return same[4:] if scene.number == memory.sentence or also else ""
    priced = memory.priced if memory.priced[:4] == f"{amount.unit}/" else ""
    if priced and scene.number - memory.priced_in <= 1 and scene.search_before(_ALSO_AT, amount.start, 20):
        return priced[4:] if scene.minerals else ""
    return spellings.weight_named(scene.text)
