"""What kind of figure an amount is, and what it measures; or why it is none."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from loaders.articles import cues, refusals, spellings
from loaders.articles.amounts import MASS, Amount, is_money
from loaders.articles.numerals import CARDINAL, FRACTION, MULTIPLE
from loaders.articles.records import RATIO_UNIT
from loaders.articles.scene import NOTHING, Said, Scene
from loaders.vocabulary import Kind

SUMS = frozenset({"fund", "debt", "loan", "investment", "aid", "cost"})
SMALLEST_SUM = 1e5
LARGEST_PRICE = 1e6

_CHANGED_BEFORE = re.compile(
    r"\b(?:r[oi]se|risen|rising|fell|fallen|falling|gr[eo]w|grown|growing|increas\w+|decreas\w+|jump\w*|drop\w*|declin\w*|climb\w*"
    r"|slip\w*|slid|slump\w*|soar\w*|surg\w*|plung\w*|tumbl\w*|shr[aiu]nk|gain\w*|lost|up|down|cut|higher|lower|more|less"
    r"|вырос\w*|упал\w*|сниз\w*|увелич\w*|сократ\w*|зріс|зросл\w*|впал\w*|скорот\w*|subi\w*|cay[óe]\w*|aument\w*|baj\w*|creci\w*)"
    r"(?: by| some| about| almost| nearly| roughly| around| на| en| un| a| over| more than)*\s?$",
    re.IGNORECASE,
)
_CHANGED_AFTER = re.compile(
    r"\s?(?:less|more|fewer|lower|higher|smaller|larger|below|above|down|up|меньше|больше|менше|більше|menos|más)\b(?! of)", re.IGNORECASE
)
_THAN_THEN = re.compile(
    r"\s?(?:of|from)\s(?:what|that|the (?:level|amount|sum|figure|tonnage|volume)|its)\b[^.;]{0,40}\b(?:had|left|was|were|went|sent|came|made"
    r"|produced|mined|sold|shipped|earlier|before|ago|level|in (?:19|20)\d\d)\b|\s?as (?:much|many|large|big|high)\b",
    re.IGNORECASE,
)
_MULTIPLIED = re.compile(
    r"\s?(?:as (?:much|many|large|big|high|great|rich)|more|less|larger|bigger|higher|greater|smaller|lower|fewer|that of|the (?:\w+ ){0,2}"
    r"(?:output|production|level|amount|rate|size|figure|price|reserves|volume|sum)|what|its|that|than|over|in (?:a|one|two|five|ten|the)|"
    r"since|from|to|ahead|больше|більше|меньше|менше|más|de|por|em|until|by)\b|\s?[,.;]|$",
    re.IGNORECASE,
)
_MULTIPLYING_VERBS = frozenset("doubled tripled trebled quadrupled halved doubling duplicó triplicó".split())
_NOT_MULTIPLIED = re.compile(r"\s(?:a|an|per|each|every|this|last|before|daily|in (?:19|20)\d\d|weekly|running)\b", re.IGNORECASE)
_WORLD = re.compile(
    r"\b(?:world(?:wide)?|global(?:ly)?|all that is known|the planet|миров\w+|мира|світов\w+|світу|mundial\w*|el mundo)\b|全球|世界", re.IGNORECASE
)
_OF_IT = re.compile(
    r"\s?(?:of|de|из|з)\s(?:this|that|it|them|these|which|the (?:total|whole|lot|sum|amount|metal|ore|rock|tonnage|flakes?|oxides?|material|haul|stuff"
    r"|magnets?|concentrate|country's \w+))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s?(?:,|went|goes|go|was|is|are|were|comes|come|now|ends|at|in|between|and|or|\.|$)",
    re.IGNORECASE,
)
_OF_THIS = re.compile(r"\s?of (?:this|that|it|them|these|those|which)\b", re.IGNORECASE)
_SHARE_OF = re.compile(r"\bshare\b|\bдол[яюи]\b|\bчастк\w+\b", re.IGNORECASE)
_MINE = re.compile(r"\b(?:mines?|pits?|quarry|quarries|shafts?|diggings|open[- ]cast)\b", re.IGNORECASE)
_RIGHT = 70

_CHANGES = {"mine_production": "production", "refinery_production": "production", "sales": "exports", "purchase": "imports"}
_CHANGING = frozenset({"production", "exports", "imports", "demand", "price"})
_BASES = {
    **dict.fromkeys(("mine_production", "production", "quota", "production_change"), "production"),
    "refinery_production": "production",
    **dict.fromkeys(("reserves", "resources", "holdings", "stockpile"), "reserves"),
    "exports": "exports",
    "imports": "imports",
    "sales": "sales",
    "demand": "demand",
    "purchase": "imports",
    "capacity": "capacity_use",
    "revenue": "revenue_share",
}
_SHARES = {
    "production": ("share_of_world_production", "share_of_production"),
    "refining": ("share_of_world_refining", "share_of_production"),
    "reserves": ("share_of_world_reserves", "share_of_reserves"),
    "demand": ("share_of_world_demand", "share_of_demand"),
    "exports": ("share_of_exports", "share_of_exports"),
    "imports": ("share_of_imports", "share_of_imports"),
    "sales": ("share_of_sales", "share_of_sales"),
}
_OWN_WHOLE = frozenset({"capacity_use", "grade", "royalty", "tariff", "market_share"})
_WEAK = "words that hint at it"
_HOW_BEFORE = "the words nearest to the number"


class Memory(NamedTuple):
    """The figure before: its kind, measure and unit, and the sentence that stated it."""

    kind: Kind | None = None
    measure: str | None = None
    unit: str = ""
    sentence: int = -9
    base: str | None = None
    modality: str = ""
    year: int | None = None
    quantity: str | None = None
    counted: int = -9
    topic: str | None = None


class Finding(NamedTuple):
    """What an amount is: its kind, the amount in its unit, its measure; or the reason why it is none."""

    kind: Kind | None
    amount: Amount
    measure: Said = NOTHING
    reason: str = ""
    carried: bool = False
    compared: bool = False


def _no(amount: Amount, reason: str) -> Finding:
    return Finding(None, amount, reason=reason)


def find(scene: Scene, amount: Amount, memory: Memory) -> Finding:
    """What an amount in a sentence is, after the figure that `memory` holds."""
    if amount.unit in MASS:
        return _quantity(scene, amount, memory)
    if is_money(amount.unit):
        return _money(scene, amount, memory)
    if amount.unit == "1":
        return _portion(scene, amount, memory)
    if amount.unit == "times":
        return _multiple(scene, amount, memory)
    if amount.unit == spellings.POINTS:
        return _no(amount, "percentage points: the difference of two shares")
    return _no(amount, refusals.reason(scene, amount))


def _cue(scene: Scene, amount: Amount, kind: str, low: int | None = None, high: int | None = None) -> Said:
    found = cues.cues("article_measures", scene.low, scene.start if low is None else low, scene.end if high is None else high, kind)
    decision, _ = cues.decide(scene.folded, found, (amount.start, amount.end), scene.others(amount))
    weak = all(cue.weight < 0 for cue in found if cue.code == decision.code)
    return Said(decision.code, decision.words, _WEAK if weak else _HOW_BEFORE) if decision.code else NOTHING


def _carried(memory: Memory, scene: Scene, *kinds: Kind) -> Said:
    """The measure of the figure before, where it stands near and is of a kind like this one."""
    if memory.measure is not None and memory.kind in kinds and scene.number - memory.sentence <= 3:
        return Said(memory.measure, "", "as for the figure before")
    if memory.quantity is not None and Kind.QUANTITY in kinds and scene.number - memory.counted <= 4:
        return Said(memory.quantity, "", "as for the amount before")
    if memory.topic is not None:
        return Said(memory.topic, "", "what the sentence before spoke of")
    return NOTHING


# Quantities and money


def _quantity(scene: Scene, amount: Amount, memory: Memory) -> Finding:
    veto = refusals.veto(scene, amount, "quantity")
    if veto:
        return _no(amount, veto)
    measure = _cue(scene, amount, "quantity")
    if measure.code == "production" and _MINE.search(scene.before(amount.start, 90)):
        measure = measure._replace(code="mine_production", how="what a mine puts out")
    held = _carried(memory, scene, Kind.QUANTITY, Kind.RATIO)
    if held.code and (not measure.code or (measure.how == _WEAK and memory.topic is None)):
        return Finding(Kind.QUANTITY, amount, held, carried=True)
    if amount.unit == "ct" and not re.search(r"\bdiamond|алмаз|diamante|钻石", scene.text, re.IGNORECASE):
        amount = _in_tonnes(amount)
    return Finding(Kind.QUANTITY, amount, measure)


_CARAT = 2e-7


def _in_tonnes(amount: Amount) -> Amount:
    """Carats of other stones than diamonds are a weight: 0.2 g."""
    scaled = [None if number is None else number * _CARAT for number in (amount.value, amount.lower, amount.upper)]
    return replace(amount, unit="t", value=scaled[0], lower=scaled[1], upper=scaled[2], decision="a carat is 0.2 g")


def _money(scene: Scene, amount: Amount, memory: Memory) -> Finding:
    if "/" in amount.unit:
        return Finding(Kind.MONEY, amount, Said("price", amount.unit[4:], "money for a weight"))
    veto = refusals.veto(scene, amount, "money")
    if veto:
        return _no(amount, veto)
    weight = _weight(scene, amount, memory)
    if weight and amount.number < LARGEST_PRICE:
        return Finding(Kind.MONEY, replace(amount, unit=f"{amount.unit}/{weight}"), Said("price", "", "a price as the one before it"))
    if amount.number < SMALLEST_SUM:
        return _no(amount, "a sum too small to be about a mine, a fund or trade")
    measure = _cue(scene, amount, "money")
    if measure.code == "price":
        measure = NOTHING
    if not measure.code:
        measure = _carried(memory, scene, Kind.MONEY)
    if not measure.code and memory.topic in SUMS:
        measure = Said(memory.topic, "", "what the sentence before spoke of")
    if not measure.code and memory.quantity in ("exports", "sales", "imports") and scene.number - memory.counted <= 2:
        measure = Said(memory.quantity, "", "as for the amount before")
    if not measure.code and scene.minerals:
        measure = Said("value", scene.folded[scene.minerals[0].start : scene.minerals[0].end], "a sum named with a mineral")
    if not measure.code:
        return _no(amount, "a sum of money; what for is not stated")
    return Finding(Kind.MONEY, amount, measure)


def _weight(scene: Scene, amount: Amount, memory: Memory) -> str:
    """The weight of a price that does not repeat it: "$565 a kilogram, up from $290"."""
    if memory.unit[:4] == f"{amount.unit}/" and scene.number - memory.sentence <= 1 and amount.form == CARDINAL:
        return memory.unit[4:] if scene.number == memory.sentence else ""
    return spellings.weight_named(scene.text)


# Shares, changes and ratios


def _portion(scene: Scene, amount: Amount, memory: Memory) -> Finding:
    """A percentage or a fraction: a change, a ratio, or a share."""
    after = scene.after(amount.end, _RIGHT)
    direct = _right_cue(scene, amount)
    veto = refusals.veto(scene, amount, "share", direct=bool(direct.code))
    if veto:
        return _no(amount, veto)
    left = _cue(scene, amount, "share", scene.start, amount.start)
    if left.code in _OWN_WHOLE and _close(scene, amount, left):
        return Finding(Kind.SHARE, amount, left)
    if direct.code in _OWN_WHOLE:
        return Finding(Kind.SHARE, amount, direct)
    if _CHANGED_BEFORE.search(scene.before(amount.start, 40)) or _CHANGED_AFTER.match(after):
        return _change(scene, amount, memory)
    if amount.form == FRACTION and not amount.counted and _THAN_THEN.match(after):
        return _compared(scene, amount, memory)
    return _share(scene, amount, memory, direct)


def _change(scene: Scene, amount: Amount, memory: Memory) -> Finding:
    measure = _cue(scene, amount, "quantity")
    price = _cue(scene, amount, "money")
    if price.code == "price" and not measure.code:
        measure = price
    if not measure.code:
        measure = _carried(memory, scene, Kind.QUANTITY, Kind.MONEY, Kind.RATIO)
    base = (measure.code or "").removesuffix("_change")
    code = _CHANGES.get(base, base)
    if code not in _CHANGING:
        return _no(amount, "a change; of what is not stated")
    return Finding(Kind.RATIO, amount, measure._replace(code=f"{code}_change"))


def _compared(scene: Scene, amount: Amount, memory: Memory) -> Finding:
    measure = _ratio_measure(scene, amount, memory)
    if not measure.code:
        return _no(amount, "a comparison; of what is not stated")
    return Finding(Kind.RATIO, replace(amount, unit=RATIO_UNIT), measure, compared=True)


def _ratio_measure(scene: Scene, amount: Amount, memory: Memory) -> Said:
    low, high = scene.clause(amount.core[0])
    measure = _cue(scene, amount, "ratio", low, high)
    aid = _cue(scene, amount, "money", scene.start, amount.start)
    if aid.code in SUMS and _close(scene, amount, aid, asides=1):
        return aid
    if not measure.code:
        measure = _carried(memory, scene, Kind.QUANTITY, Kind.RATIO, Kind.MONEY)
    return measure if measure.code else _cue(scene, amount, "ratio")


def _multiple(scene: Scene, amount: Amount, memory: Memory) -> Finding:
    words = scene.folded[amount.core[0] : amount.core[1]].casefold()
    verb = words in _MULTIPLYING_VERBS
    after = scene.after(amount.end, 30)
    changed = not re.match(r"\s?as (?:much|many|large|big|high)", after)
    changed = changed and (verb or bool(_CHANGED_BEFORE.search(scene.before(amount.start, 40))))
    phrase = amount.series == "phrase"
    if not (changed or phrase) and (_NOT_MULTIPLIED.match(after) or not _MULTIPLIED.match(after)):
        return _no(amount, "how often, not how much")
    veto = refusals.veto(scene, amount, "share")
    if veto:
        return _no(amount, veto)
    measure = _ratio_measure(scene, amount, memory)
    code = _CHANGES.get(measure.code or "", measure.code or "")
    if not code:
        return _no(amount, "how many times; of what is not stated")
    if changed and code in _CHANGING:
        measure = measure._replace(code=f"{code}_change")
    return Finding(Kind.RATIO, replace(amount, unit=RATIO_UNIT), measure, compared=not changed)


def _right_cue(scene: Scene, amount: Amount) -> Said:
    """What a share is a share of, where the words after it say so: "of world output"."""
    match = re.match(
        r"\s?(?:(?:of|in|del?|от|из)\b|(?=\w))(?:(?!\b(?:and|but|while)\b)[^,;.:()]){0,60}", scene.after(amount.end, _RIGHT), re.IGNORECASE
    )
    if match is None or _OF_THIS.match(match[0]):
        return NOTHING
    end = amount.end + match.end()
    found = cues.cues("article_measures", scene.low, amount.end, end, "share")
    between = [other for other in scene.amounts if amount.end <= other.start < end and other.unit]
    if between:
        found = [cue for cue in found if cue.start < between[0].start]
    if not found:
        return NOTHING
    first = min(found, key=lambda cue: (cue.start - cue.weight, cue.start))
    return Said(first.code, scene.folded[amount.end : first.end].strip(), "what the number is a share of")


_PEOPLE = re.compile(
    r"workers?|people|voters?|men|women|guests?|citizens|families|homes|houses|children|jobs|miners|villagers|adults|firms|companies|shops|drivers"
)


def _share(scene: Scene, amount: Amount, memory: Memory, direct: Said) -> Finding:
    if _PEOPLE.search(amount.counted):
        return _no(amount, "a share of people or votes")
    if max(number for number in (amount.value, amount.lower, amount.upper, 0.0) if number is not None) > 1:
        return _no(amount, "more than the whole")
    base, carried = direct, False
    if not base.code:
        base, carried = _share_by_context(scene, amount, memory)
    if not base.code:
        return _no(amount, "a share; of what is not stated")
    if base.code.startswith("share_of") or base.code not in _SHARES:
        return Finding(Kind.SHARE, amount, base, carried=carried)
    world = _of_the_world(scene, amount)
    return Finding(Kind.SHARE, amount, base._replace(code=_SHARES[base.code][0 if world else 1]), carried=carried)


def _of_the_world(scene: Scene, amount: Amount) -> bool:
    """Whether the whole of a share is the world's."""
    after = re.split(r"[;.]", scene.after(amount.end, _RIGHT))[0]
    if _WORLD.search(re.split(r",", after)[0]):
        return True
    before = scene.before(amount.start, 60)
    if re.search("全球|世界", before[-14:]):
        return True
    return bool(_SHARE_OF.search(before)) and not re.search(r"\b(?:its|their|his)\b", before)


def _share_by_context(scene: Scene, amount: Amount, memory: Memory) -> tuple[Said, bool]:
    """What a share is of, from the words before it or from the figure before it."""
    after = scene.after(amount.end, _RIGHT)
    left = _cue(scene, amount, "share", scene.start, amount.start)
    held = NOTHING
    if memory.measure is not None and scene.number - memory.sentence <= 2:
        base = memory.measure if memory.kind is Kind.SHARE else _BASES.get(memory.measure) or _BASES.get(memory.quantity or "")
        held = Said(base, "", "as for the figure before") if base else NOTHING
    near = memory.sentence == scene.number and memory.kind is Kind.SHARE
    if near and held.code and not _close(scene, amount, left):
        return held, True
    if _WORLD.search(after[:30]) and held.code and not _close(scene, amount, left):
        return (held._replace(code=memory.base) if memory.base else held), True
    if re.match(r"\s?(?:of|de)\s", after) and _OF_IT.match(after) and held.code and not _close(scene, amount, left):
        return held, True
    if left.code:
        return left, False
    if held.code and _told_of_before(scene, amount, memory, after):
        return held, True
    mineral = _of_mineral(scene, amount)
    return (Said("production", mineral, "a share of the mineral; of what is not stated"), True) if mineral else (NOTHING, False)


_STARTS_ON = re.compile(r"[\"'(]?(?:That|This|It|They|Only|Some|Это|Эт\w+|Це|Esto|Eso)\b")


def _told_of_before(scene: Scene, amount: Amount, memory: Memory, after: str) -> bool:
    """Whether a share without its whole is of the figure before: "or 37%", "a fifth of that"."""
    if _OF_IT.match(after) or amount.counted:
        return True
    if re.search(r"\bshare of (?:\w+ )?$", scene.before(amount.start, 24)) or memory.measure in _OWN_WHOLE:
        return True
    same = memory.sentence == scene.number or memory.counted == scene.number
    return bool(_GOES_ON.match(after)) and (same or _STARTS_ON.match(scene.text) is not None)


def _of_mineral(scene: Scene, amount: Amount) -> str:
    """The words that make a share one of a mineral: "40 per cent of the country's lithium"."""
    for name in scene.minerals:
        gap = scene.folded[amount.end : name.start] if 0 < name.start - amount.end < 30 else "-"
        if re.fullmatch(r"\s(?:of|de)\s(?:the\s|its\s|all\s|\w+'s\s|\w+\s\w+'s\s)*", gap):
            return scene.folded[amount.end : name.end].strip()
    return ""


def _close(scene: Scene, amount: Amount, said: Said, asides: int = 0) -> bool:
    """Whether deciding words stand right before an amount, with at most so many commas between."""
    if not said.code:
        return False
    place = scene.folded.rfind(said.words, scene.start, amount.start)
    between = scene.folded[place + len(said.words) : amount.start]
    return place >= 0 and len(between) < 35 and len(re.findall(r"[,;]", between)) <= asides


def base_of(measure: str | None) -> str | None:
    """What a share after a figure of this measure is a share of: production after mined tonnes."""
    return _BASES.get(measure or "")
