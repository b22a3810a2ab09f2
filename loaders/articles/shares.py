"""Percentages, fractions and multiples: shares of a whole, changes, and ratios."""

from __future__ import annotations

import re

from loaders.articles import multiples, refusals
from loaders.articles.amounts import PhraseAmount
from loaders.articles.bases import assay, follows_ore
from loaders.articles.changes import change, is_change, moves_apart
from loaders.articles.measures import (
    MeasureFinding,
    Memory,
    base_of,
    close,
    cue_for,
    refused,
)
from loaders.articles.needed_words import Sought
from loaders.articles.numerals import FRACTION
from loaders.articles.partners import is_from_abroad, takes_of_exports
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.wholes import (
    MAKES_IT,
    WORLD_WORDS,
    goes_on_with_the_world,
    is_had_of_the_world,
    is_of_the_world,
)
from loaders.articles.wordings import Wording
from loaders.vocabulary import Kind

_THAN_THEN = Wording(
    "shares: than then", r"\s?(?!(?:of|from) that (?:went|goes|came|comes|was|were|is|will|left)\b){}"
)
_OF_IT = Wording("shares: of it", r"\s?(?:of|de|из|з)\s(?:all\b(?=\s?[,.;)]|$)|{})")
_GOES_ON = Wording("shares: goes on", r"\s?(?:[,.]|$|{})")
_OF_THIS = re.compile(
    r"\s?of (?:this|that|it|them|these|those|which)\b"
    r"(?! (?:demand|consumption|output|production|supply|income|revenue|trade|market)\b)",
    re.IGNORECASE,
)
_OF_A_CHANGE = re.compile(
    r"\s?of (?:the|this|that) (?:increase|rise|growth|decline|fall|drop|jump|difference|change)\b"
)
_OF_A_COUNTRY = Wording(
    "shares: of a country", r"\s?of (?:[A-Z][\w.]+(?: [A-Z]\w+)?'s|{})(?: total)?\s?(?:[,.;]|$)"
)
_SO_MUCH_OF = Wording(
    "shares: so much of", r"\s?of (?:{} )?[A-Z][\w.]+(?: [A-Z]\w+)?'s\s?(?:[,.;]|\band\b|$)"
)
_OUTPUT_IS = Wording("shares: output is", r"{}(?: only| just| about| barely| nearly| roughly)?\s$")
_OF_A_PART_OF_THE_WORLD = Wording("shares: of a part of the world", r"\s?of {}")
_OF_THAT_ALONE = Wording("shares: of that alone", r"\s?of {}\s?(?:[,.;]|$)")
_PUT_IT_AT = Wording("shares: put it at", r"{}\s(?:about |some |only |just )?$")
_OF_THE_ORE = re.compile(r"\s?of (?:the|its|their|this|that) (?:ore|rock|clay|find|field|deposit|tonnage)\b")
_OF_THE_SAME = re.compile(r"\s?of (?:the (?:world|global) total|(?:all )?those (?:known|found))\b")
_MAKES_UP = Sought(r"\b(?:account(?:s|ed)? for|ma(?:kes?|de) up) (?:[\w-]+ ){0,4}$")
_OF_THESE = re.compile(r"\s?of these\b")
_BEGINS_WITH_WHOLE = re.compile(r"[\"']?Of (?:its|their|all|what|the)\b[^,;:.]{3,90}")
_THAT_ALONE = re.compile(r"\s(?:that|this)\s?(?:[,.;]|$)")
_NOW_MADE = Wording(
    "shares: now made",
    r"{}[^.;]{0,25}\b(?:managed|made|produced|shipped|mined|dug|sold|gave|turned out|exported"
    r"|came to)\s(?:only |just |barely |about )?$",
)
_SUPPLIED = Wording("shares: supplied")
_WITH = re.compile(r"\b(?:with|at) $")
_STOPS = re.compile(r"\s?[,.;]|\sand\b|$")
_REFINED = {"refinery_production": "refining"}
_MADE = ("production", "refining")
_BEGINS = "what the sentence is about a part of"
_BUYS = re.compile(r"b(?:uys?|ought)\b", re.IGNORECASE)
_OF_ROYALTY = re.compile(r"of (?:the |its )?royalt")
_SPAN = Wording("shares: span", r"[\s-]?{}")
_ORDERED = Wording("shares: ordered", r"{}[ -]$")
_RIGHT = 70
_SHARES = {
    "production": ("share_of_world_production", "share_of_production"),
    "refining": ("share_of_world_refining", "share_of_production"),
    "reserves": ("share_of_world_reserves", "share_of_reserves"),
    "holdings": ("share_of_world_holdings", "share_of_reserves"),
    "demand": ("share_of_world_demand", "share_of_demand"),
    "exports": ("share_of_exports", "share_of_exports"),
    "imports": ("share_of_imports", "share_of_imports"),
    "sales": ("share_of_world_production", "share_of_sales"),
}
_OWN_WHOLE = frozenset({"capacity_use", "grade", "royalty", "tariff", "market_share"})
_SAME_AGAIN = _OWN_WHOLE | {"stake", "revenue_share"}
_NEVER_OF_WORLD = (None, "share_of_imports", "share_of_exports")
_OPENS = 3
_THE_SHARE = Wording(
    "shares: the share",
    r"(?i:\b(?:the|that|this|its|their|[a-z]\w+'s) (?:\w+ )?(?:share|part|portion|figure"
    r"|proportion|slice|percentage)(?:,\s$|(?: of (?:the|that|these|those) \w+)?\s(?:is therefore "
    r"|thus |therefore |now |then |still |already )?{}[^.;]{0,30}$))",
)
_SHARE_OF_WORLD = Wording(
    "shares: share of world", r"\bshare of (?:the )?{}(?:'s)? (?:[\w-]+ ){1,6}(?:about |only |just )?$"
)
_STAKE = Wording("shares: stake")
_OF_WORLD = Wording("shares: whole before", r"{}[^.;:]{0,60}$")
_WENT_TO = re.compile(r"\s?(?:of (?:it|this|that|them|which) )?(?:went|goes|go|gone)\b")
_IT_WAS = Wording("shares: it was", r"{}\s(?:only |just |still )?$")
_JUDGES = Wording("shares: judges", r"{}\s(?:\w+\s){0,2}?$")
_A_QUARTER = re.compile(r"a quarter\b")
_A_RATE = Wording("shares: a rate", r"{}\s$")
_COUNTED_GOODS = Wording("shares: counted goods")
_STARTS_ON = Wording("shares: starts on", r"[\"'(]?{}")
_NO_METAL = Wording("shares: no metal", r"(?i:(?:'s)? {}(?:s|'s|s')? )")


def portion(scene: Scene, amount: PhraseAmount, memory: Memory) -> MeasureFinding:
    """A percentage or a fraction: a change, a ratio, or a share."""
    after = scene.after(amount.end, _RIGHT)
    direct = _right_cue(scene, amount)
    veto = refusals.veto(
        scene, amount, "share", direct=bool(direct.code) and _ANOTHER_CLAUSE.match(after) is None
    )
    if veto and not moves_apart(scene, amount):
        return refused(amount, veto)
    if takes_of_exports(scene, amount, memory):
        bought = Spoken("share_of_exports", "", "a part of the exports before")
        return MeasureFinding(Kind.SHARE, amount, bought, carried=True)
    whole = _own_whole(scene, amount, direct, memory)
    if whole.code:
        return MeasureFinding(Kind.SHARE, amount, whole)
    if _OF_A_CHANGE.match(after):
        return refused(amount, "a part of a change")
    if is_change(scene, amount, after):
        return change(scene, amount, memory)
    if _is_of_another(scene, amount, memory, after):
        return multiples.compared(scene, amount, memory)
    return _share(scene, amount, memory, direct)


_ANOTHER_CLAUSE = re.compile(r"\s(?:in an? [\w-]+ )?(?:as|while|after|when|because|since)\b")


def _is_of_another(scene: Scene, amount: PhraseAmount, memory: Memory, after: str) -> bool:
    """Whether a part is one of what another place or time has: "half of Peru's", "a tenth of that now"."""
    before = scene.before(amount.start, 60)
    if _SO_MUCH_OF.match(after):
        apposed = memory.counted == scene.number and before.endswith(", ")
        if (apposed and not _OF_A_PART_OF_THE_WORLD.match(after)) or scene.search_before(
            _OUTPUT_IS, amount.start
        ):
            return True
    if amount.form != FRACTION:
        return False
    told = scene.search_before(_PUT_IT_AT, amount.start) or scene.search_before(_NOW_MADE, amount.start)
    if (told and _OF_THAT_ALONE.match(after)) or _THAT_ALONE.match(after):
        return True
    return not amount.counted and _THAN_THEN.match(after) is not None


def _own_whole(scene: Scene, amount: PhraseAmount, direct: Spoken, memory: Memory) -> Spoken:
    """What a share is where words right at it name a measure of its own: a grade, a stake, a royalty."""
    left = cue_for(scene, amount, "share", scene.start, amount.start)
    near = close(scene, amount, left, asides=int(left.code == "grade"))
    if left.code in _OWN_WHOLE and near and direct.code != "royalty":
        return left
    if left.code == "stake" and _STAKE.search(left.words) and close(scene, amount, left):
        return left
    if follows_ore(scene, amount, memory.measure if memory.sentence == scene.number else None):
        return Spoken("grade", "at", "said of the ore before")
    assayed = assay(scene, amount)
    if assayed:
        return Spoken("grade", assayed, "a content of ore")
    if direct.code == "royalty" and _OF_ROYALTY.match(direct.words):
        return direct._replace(code="revenue_share")
    return direct if direct.code in _OWN_WHOLE else NOTHING


def _right_cue(scene: Scene, amount: PhraseAmount) -> Spoken:
    """What a share is a share of, where the words after it say so: "of world output"."""
    last = max((other.end for other in scene.amounts if _is_listed(scene, amount, other)), default=amount.end)
    match = re.match(
        r"(?:\srespectively)?\s?(?:(?:of|in|del?|от|из)\b|(?=\w))(?:(?!\b(?:and|but|while)\b)(?:[^,;.:()]"
        r"|(?-i:(?<=\b[A-Z])\.))){0,60}",
        scene.after(last, _RIGHT),
        re.IGNORECASE,
    )
    if match is None or _OF_THIS.match(match[0]):
        return NOTHING
    end = last + match.end()
    found = scene.cues("article_measures", "share", last, end)
    between = [other for other in scene.amounts if last <= other.start < end and other.unit]
    if between:
        found = [cue for cue in found if cue.start < between[0].start]
    if not found:
        return NOTHING
    first = min(found, key=lambda cue: (cue.start - cue.weight, cue.start))
    beside = (cue for cue in found if cue.start == first.end + 1 and cue.code != "sales")
    first = next(beside, first)
    return Spoken(first.code, scene.folded[last : first.end].strip(), "what the number is a share of")


def _is_listed(scene: Scene, amount: PhraseAmount, other: PhraseAmount) -> bool:
    """Whether two shares are of one whole that is named after the second: "36 and 22 per cent of output"."""
    return other.unit == amount.unit and scene.folded[amount.end : other.start] in (" and ", " or ")


_SELLS = Sought(r"\b(?:sells?|sold|ships?|shipped|exports?|exported)\s(?:about |some |nearly )?$")
_OF_TONNES = re.compile(r"\s(?:tonnes|tons|pounds|ounces|kilos)(?:\s?[.,;]|$)")


def _share(scene: Scene, amount: PhraseAmount, memory: Memory, direct: Spoken) -> MeasureFinding:
    if _A_QUARTER.match(scene.low, amount.start) and _A_RATE.search(scene.before(amount.start, 12)):
        return refused(amount, "a span of time")
    spans = amount.form == FRACTION and _SPAN.match(scene.after(amount.end, 30))
    if spans or scene.search_before(_ORDERED, amount.start, 14):
        return refused(amount, "a span of time")
    after = scene.after(amount.end, 40)
    if amount.counted and not direct.code and not _COUNTED_GOODS.search(amount.counted):
        return refused(amount, "a share of other things")
    if max(number for number in (amount.value, amount.lower, amount.upper, 0.0) if number is not None) > 1:
        return refused(amount, "more than the whole")
    if not direct.code and scene.search_before(_SELLS, amount.start, 20) and _OF_TONNES.match(after):
        return MeasureFinding(Kind.SHARE, amount)
    base, carried = _whole(scene, amount, memory, direct)
    code = base.code or ""
    if not code:
        return refused(amount, "a share; of what is not stated")
    if is_from_abroad(scene, amount, memory):
        code = "imports"
    own_whole = _OF_A_COUNTRY.match(after) or (carried and _OF_THE_ORE.match(after)) or _OF_THESE.match(after)
    if code.startswith("share_of_world_") and own_whole:
        own = code.removeprefix("share_of_world_")
        code = _SHARES[_REFINED.get(own, own)][1]
    if not code.startswith("share_of") and code in _SHARES:
        code = "demand" if _BUYS.match(base.words) and is_of_the_world(scene, amount) else code
        made = (code in _MADE or base.how == _BEGINS) and scene.search_before(_OF_WORLD, amount.start, 80)
        goes_on = memory.world and scene.number - memory.sentence <= 1
        goes_on = goes_on or (
            memory.sentence == scene.number and goes_on_with_the_world(scene, amount, memory.measure)
        )
        code = _SHARES[code][0 if made or goes_on or is_of_the_world(scene, amount) else 1]
    return MeasureFinding(Kind.SHARE, amount, base._replace(code=code), carried=carried)


def _whole(scene: Scene, amount: PhraseAmount, memory: Memory, direct: Spoken) -> tuple[Spoken, bool]:
    """What a share is a share of, and whether that is carried over from before."""
    went = direct.code == "sales" and _WENT_TO.match(scene.after(amount.end, 30))
    left = cue_for(scene, amount, "share", scene.start, amount.start) if went else NOTHING
    if close(scene, amount, left):
        return left, False
    if went and scene.number - memory.counted <= 1:
        return direct._replace(code=base_of(memory.quantity) or direct.code), False
    direct = direct if direct.code else _whole_first(scene, amount)
    if not direct.code and is_had_of_the_world(scene, amount):
        return Spoken("holdings", "", "a share of the world's; of what is not stated"), True
    return (direct, False) if direct.code else _share_by_context(scene, amount, memory)


def _whole_first(scene: Scene, amount: PhraseAmount) -> Spoken:
    """What a share is of where the sentence begins with it: "Of what Japan needs, it digs an eighth"."""
    first = _BEGINS_WITH_WHOLE.match(scene.folded, scene.start, amount.start)
    found = scene.cues("article_measures", "share", scene.start, first.end()) if first else []
    if not found:
        return NOTHING
    return Spoken(found[0].code, scene.folded[scene.start : found[0].end], _BEGINS)


def _held(scene: Scene, memory: Memory) -> Spoken:
    """What the figure before is, or a share of it would be of."""
    if memory.measure is None or scene.number - memory.sentence > 2:
        return NOTHING
    same = memory.kind is Kind.SHARE or memory.measure in _OWN_WHOLE
    base = memory.measure if same else base_of(memory.measure) or base_of(memory.quantity)
    return Spoken(base, "", "as for the figure before") if base else NOTHING


def _share_by_context(scene: Scene, amount: PhraseAmount, memory: Memory) -> tuple[Spoken, bool]:
    """What a share is of, from the words before it or from the figure before it."""
    after = scene.after(amount.end, _RIGHT)
    left = cue_for(scene, amount, "share", scene.start, amount.start)
    held = _held(scene, memory)
    near = memory.sentence == scene.number and memory.kind is Kind.SHARE
    if held.code and ((near and not close(scene, amount, left)) or _is_made(scene, amount, held, left)):
        return held, True
    of_world = WORLD_WORDS.search(after[:30]) or _OF_THE_SAME.match(after)
    does = close(scene, amount, left) and not scene.search_before(_MAKES_UP, amount.start)
    if held.code not in _NEVER_OF_WORLD and of_world and not does:
        return (held._replace(code=memory.base) if memory.base else held), True
    if (
        re.match(r"\s?(?:of|de)\s", after)
        and _OF_IT.match(after)
        and held.code
        and (
            not close(scene, amount, left)
            or held.code == "capacity_use"
            or (held.code == "demand" and left.words.startswith("account"))
            or (held.code == "imports" and _SUPPLIED.search(left.words))
        )
    ):
        return held, True
    if left.code:
        return left, False
    if (
        not held.code
        and memory.kind is Kind.QUANTITY
        and memory.sentence == scene.number
        and _OF_IT.match(after)
    ):
        return Spoken("production", "", "a share of the amount before"), True
    if not held.code and base_of(memory.topic):
        held = Spoken(base_of(memory.topic), "", "what the sentence before spoke of")
    if held.code and _told_of_before(scene, amount, memory, after):
        return held, True
    world = scene.search_before(_SHARE_OF_WORLD, amount.start, 80)
    if world and scene.minerals:
        return Spoken("production", world[0].strip(), "a share of the world's; of what is not stated"), True
    mineral = _of_mineral(scene, amount)
    return (
        (Spoken("production", mineral, ("a share of the mineral; of what is not stated")), True)
        if mineral
        else (NOTHING, False)
    )


def _is_made(scene: Scene, amount: PhraseAmount, held: Spoken, left: Spoken) -> bool:
    """Whether a share without its whole is made of the world's, as the one before: "Peru supplied 5%"."""
    of_world = (held.code or "").startswith("share_of_world_") and left.code == "production"
    bare = of_world and _STOPS.match(scene.after(amount.end, 6)) is not None
    return bare and scene.search_before(MAKES_IT, amount.start) is not None


def _told_of_before(scene: Scene, amount: PhraseAmount, memory: Memory, after: str) -> bool:
    """Whether a share without its whole is of the figure before: "or 37%", "a fifth of that"."""
    if _OF_IT.match(after) or amount.counted:
        return True
    if re.search(r"\bshare of (?:\w+ )?$", scene.before(amount.start, 24)) or memory.measure in _SAME_AGAIN:
        return True
    if (memory.kind is Kind.SHARE or base_of(memory.quantity)) and scene.search_before(
        _THE_SHARE, amount.start
    ):
        return True
    same = memory.sentence == scene.number or memory.counted == scene.number
    near = memory.kind is Kind.SHARE and scene.number - memory.sentence <= 1
    if near and scene.places and _WITH.search(scene.before(amount.start, 12)) and _STOPS.match(after):
        return True
    was_before = memory.kind is Kind.SHARE and scene.search_before(_IT_WAS, amount.start, 40) is not None
    if was_before and scene.number - memory.sentence <= 1:
        return True
    if memory.kind is Kind.SHARE and scene.search_before(_JUDGES, amount.start, 40):
        return True
    opens = (
        scene.before(amount.start, 6).endswith("that ")
        or _STARTS_ON.match(scene.text) is not None
        or memory.topic is not None
        or amount.start - scene.start < _OPENS
    )
    return bool(_GOES_ON.match(after)) and (same or opens)


def _of_mineral(scene: Scene, amount: PhraseAmount) -> str:
    """The words that make a share one of a mineral: "40 per cent of the country's lithium"."""
    for name in scene.minerals:
        gap = scene.folded[amount.end : name.start] if 0 < name.start - amount.end < 30 else "-"
        if re.fullmatch(
            r"\s(?:мирово\w+|світово\w+)\s|\s(?:(?:tonnes|tons|kilos|pounds|ounces) )?(?:of|de)\s"
            r"(?:the\s|its\s|all\s|\w+'s\s|\w+\s\w+'s\s)*",
            gap,
        ):
            things = _NO_METAL.match(scene.folded, name.end, scene.end)
            return "" if things else scene.folded[amount.end : name.end].strip()
    return ""
