"""Which ordinals are ranks: "is fifth in the world", not "the fifth round"."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.articles import cues
from loaders.articles.amounts import PhraseAmount
from loaders.articles.measures import MeasureFinding, Memory
from loaders.articles.phrases import PERHAPS, PHRASE
from loaders.articles.refusals import reason
from loaders.articles.scene import Scene, Spoken
from loaders.vocabulary import Kind

_SUPERLATIVE = re.compile(
    r"[- ](?:largest|biggest|greatest|highest|richest|most important|leading|top)\b(?:\s(?!mine\b|pit\b"
    r"|deposit\b|city\b|company\b|lake\b|export good)[\w-]+){0,4}?"
    r"\s(?:producers?|exporters?|miners?|suppliers?|refiners?|importers?|consumers?|diggers?|smelters?|makers?|sellers?|shippers?|users?|buyers?|sources?"
    r"|holders?|reserves?|resources|deposits|output)\b"
    r"|[- ](?:largest|biggest|greatest)\s?(?:[,.;]|in (?:the )?\w+|of|after|among|worldwide|globally|on earth"
    r"|on the planet|anywhere)",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"\b(?:ranks?|ranked|ranking|is|are|was|were|be|being|become|becomes|became|comes?|came|stands?|stood"
    r"|puts?|placed?|places|puts it|makes|as|lies|finish\w*"
    r"|(?:puts?|putting|ranks?|ranking|placed?|places|placing|makes?|made|making)"
    r"\s(?:it|the country|[A-Z][\w'.]+(?: [A-Z]\w+)?)|now|only"
    r"|remains?|remained|stays?|stayed"
    r"|still|world|es|fue|era|será|quedó|ocupó el|страна|країна)"
    r"\s(?:now\s|only\s|still\s|already\s|just\s|currently\s|a distant\s|a close\s|the world's\s|world\s"
    r"|in\s)?$"
)
_DISTANT = re.compile(r"\ba (?:distant|close|remote|poor|strong) $")
_MOVED = re.compile(
    r"\b(?:push|mov|slip|fell|fall|drop|climb|r[oi]se|rising|went|slid|jump|tumbl|sank|advanc)\w*"
    r"\s(?:[\w']+\s){0,3}?(?:from\s(?:[\w-]+\s(?:place\s)?to\s)?|to\s)$"
)
_FREE_AFTER = re.compile(
    r"\s(?:now|today|again|in|among|after|behind|to (?:China|the|those|that|[A-Z])|globally|worldwide|for"
    r"|by|with|only|on|place|and"
    r"|when|place|of the world|overall|at)\b|\s?[,.;:)!?]|$|\s?\n"
)
_NOT_PLACE = re.compile(
    r"\s(?:in (?:a row|line|command|charge|court|office|person|19|20)|to (?:none|go|speak|last|sign)"
    r"|(?:by size )?among (?:the|its|their) [^.;,]{0,25}\b(?:exports|goods|industries|employers|taxpayers)"
    r"|on the (?:agenda|list of speakers)|for the)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\s(?:place|spot|position|rank|rung)\b|\s(?:мест[оеау]|місц[еіяю]|позици\w+)\b|\s(?:lugar|puesto"
    r"|posición)\b|\s(?:mayor )?(?:productor|exportador|proveedor|consumidor|importador)\w*\b"
    r"|\s(?:по величине|по запасам|по добыче|по производству|за запасами|за видобутком)\b",
    re.IGNORECASE,
)
_APPOSED = re.compile(r"[A-ZА-ЯÁÉÍÓÚ][\w.]+,\s(?:the\s|el\s|la\s|once\s|now\s|still\s|long\s)?$")
_NOT_INSTEAD = re.compile(r"\w, not $")
_ORDERS = re.compile(r"\b(?:the|a|an|его|el|la)\s$", re.IGNORECASE)
_DEPOSIT = re.compile(r"[- ](?:largest|biggest|greatest|richest) (?:[\w-]+ ){0,3}(?:deposit|find|field)\b")
_OF_WORLD = re.compile(r"\b(?:world|globe|planet|continent|region|Europe|Africa|Asia|Latin America)'s\s$")
_AS_THE = re.compile(r"\b(?:as|is|was|are|were|become|becomes|became|becoming|remains)\sthe\s$")
_ROLE_AFTER = re.compile(
    r"\s(?:[\w-]+\s){0,3}?(?:producers?|exporters?|miners?|suppliers?|refiners?|importers?|consumers?|diggers?|smelters?|makers?|sellers?|shippers?|users?"
    r"|holders?|sources? of)\b"
)
_WORLDWIDE = re.compile(
    r"\s(?:in the world|worldwide|globally|en el mundo|del mundo|a nivel mundial|у світі|в мире)\b"
)
_GAPPED = re.compile(r"(?:,|\band|\bwith)\s(?:the\s)?(?:[A-Z][\w.]+(?:\s[A-Z]\w+)?|itself)\s(?:the\s)?$")
_OWNED = re.compile(r"\b[A-Z][\w.]+'s\s$")
_WIDE = re.compile(r"Europe|Africa|Asia|America|Earth|Union")
_GAP_ENDS = re.compile(r"(?:[- ](?:largest|biggest))?(?:\swith\b|\s?[,.;]|\sand\b|$)")
_APPOSITION_ENDS = re.compile(r"\s?[,.]|\s(?:in|among|behind|after|until|since|en|entre|у|в|серед|среди)\b")
_FRONTED = re.compile(r" (?:in|for|among) [^,.;:\d]{3,45}, (?:the )?[A-Z]")
_OF_TRADE = re.compile(
    r"\b(?:trade|world|worldwide|market|league|production|output|mining|smelting|refining|exports|reserves"
    r"|producers|miners|exporters|suppliers|refiners|holders|makers|sellers)\b"
)
_AMONG_OTHERS = re.compile(
    r"\s(?:(?:after|behind)\s(?:the\s)?[A-Z]|(?:among|entre|серед|среди)\b|in the world|у світі|в мире)"
)
_COMES = re.compile(r"\bcomes? $")
_TO_OR_END = re.compile(r"\s(?:to\s(?:[a-z]+(?:st|nd|rd|th)|third|\d+\w\w)\b|place|in|among)|\s?[,.;)]|$")
_NUMBERED = re.compile(r"no\.|number|№")
_RANKS_IN = frozenset({"production", "mine_production", "refinery_production", "exports", "reserves"})
_OUTPUTS = frozenset({"mine_production", "refinery_production"})
_SOURCE_OF = re.compile(r"[- ](?:largest|biggest|greatest|most important|richest) sources? of\b")
_FOR_A_METAL = re.compile(r"(?: place| worldwide| globally| in the world)? (?:for|in|with) (?:the )?")
_HINTS = -30.0
_TOP = 50
_ROLE_WITHIN = 45


def find_ranks(scene: Scene, amount: PhraseAmount, memory: Memory) -> MeasureFinding:
    """What an ordinal is: the rank of a place among producers, exporters or holders, or no figure."""
    if amount.number > _TOP or not _is_rank(scene, amount):
        why = reason(scene, replace(amount, start=amount.core[0]))
        return MeasureFinding(
            None, amount, reason=why if "without a unit" not in why else "an ordinal that ranks no country"
        )
    found = [cue for cue in scene.cues("article_measures", "rank") if cue.weight > _HINTS]
    near = amount.core[1] + _ROLE_WITHIN
    role = next((cue for cue in found if amount.core[1] <= cue.start < near), None)
    if role is not None and not re.search(r"[,;]|\band\b", scene.folded[amount.core[1] : role.start]):
        return MeasureFinding(
            Kind.RANK,
            amount,
            Spoken(role.code, scene.folded[role.start : role.end], "the order it is a rank in"),
        )
    if _is_numbered(scene, amount) and memory.measure in _RANKS_IN and scene.number - memory.sentence <= 1:
        return MeasureFinding(Kind.RANK, amount, Spoken(memory.measure, "", "as for the figure before"))
    source = _SOURCE_OF.match(scene.folded, amount.core[1], scene.end)
    if source and not memory.measure:
        return MeasureFinding(
            Kind.RANK, amount, Spoken("production", source[0].strip(" -"), "a source of it")
        )
    decision, _ = cues.decide_by_cues(scene.folded, found, (amount.start, amount.end), scene.others(amount))
    if decision.code:
        code = decision.code
        if code == "production" and memory.quantity in _OUTPUTS and scene.number - memory.counted <= 1:
            code = memory.quantity or code
        measure = Spoken(code, decision.words, "the words nearest to the rank")
        return MeasureFinding(Kind.RANK, amount, measure)
    held_measure = memory.measure if memory.kind is not Kind.MONEY else memory.quantity
    code = (held_measure or "").removeprefix("share_of_world_").removeprefix("share_of_")
    if code and scene.number - memory.sentence <= 2:
        told = memory.quantity if memory.counted == memory.sentence else None
        code = told if told and code != memory.measure else code
        held = Spoken("refinery_production" if code == "refining" else code, "", "as for the figure before")
        return MeasureFinding(Kind.RANK, amount, held, carried=True)
    metal = next((name for name in scene.minerals if name.start > amount.core[1]), None)
    if metal and _FOR_A_METAL.fullmatch(scene.folded, amount.core[1], metal.start):
        return MeasureFinding(Kind.RANK, amount, Spoken("production", "", "a rank in a mineral"))
    return MeasureFinding(None, amount, reason="an ordinal; in what order is not stated")


def _is_numbered(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a rank is an aside: "The country, No. 1 in the trade, still ..."."""
    return _NUMBERED.match(scene.low, amount.start) is not None and scene.before(amount.start, 2) == ", "


def _is_apposed(amount: PhraseAmount, before: str, after: str) -> bool:
    """Whether an ordinal stands by itself: "Chile, third in the world"; "5 tonnes, third after Peru"."""
    if before == "" and (fronted := _FRONTED.match(after)):
        return _OF_TRADE.search(fronted[0]) is not None
    if _APPOSED.search(before) and _APPOSITION_ENDS.match(after):
        return True
    return amount.number > 1 and before[-2:] in ("", ", ") and bool(_AMONG_OTHERS.match(after))


def _follows_a_rank(before: str, after: str) -> bool:
    """Whether an ordinal goes on with one: "Chile is first, Peru the second"; "is fourth, not third"."""
    if _NOT_INSTEAD.search(before):
        return _TO_OR_END.match(after) is not None
    return bool(_GAPPED.search(before) and _GAP_ENDS.match(after))


def _is_rank(scene: Scene, amount: PhraseAmount) -> bool:
    if amount.series in (PHRASE, PERHAPS):
        return amount.series == PHRASE or _is_first(scene, amount) or _is_number(scene, amount)
    before, after = scene.before(amount.start, 40), scene.after(amount.core[1], 80)
    if amount.number > 1 and re.match(r"\sonly to\b", after):
        return True
    owner = _OWNED.search(before)
    if owner and not _WIDE.search(owner[0]) and re.match(r"[- ](?:largest|biggest)", after):
        return False
    if _SUPERLATIVE.match(after) or _PLACE.match(after):
        return not re.match(r"\splace\s(?:in the (?:race|poll|vote)|at the)", after)
    if _NOT_PLACE.match(after) or (amount.number == 1 and _COMES.search(before)):
        return False
    if _is_of_world(amount, before, after):
        return True
    if amount.number > 1 and _WORLDWIDE.match(after) and not _ORDERS.search(before):
        return True
    if _follows_a_rank(before, after):
        before_it = (other for other in scene.amounts if other.start < amount.start)
        return any(other.unit == "rank" and _is_rank(scene, other) for other in before_it)
    if _is_apposed(amount, before, after):
        return True
    return _is_placed(amount, before, after)


_ROLE_SOON = re.compile(
    r"\s(?:[\w-]+\s){0,3}?(?:(?:produc|export|min|suppli|refin|import|consum|buy)ers?|holders?|sources?"
    r"|reserves?|resources)\b"
)
_OF_IT = re.compile(r"\sof\s(?:the\s)?(?:[\w-]+\s)?")
_IS_THE = re.compile(
    r"\b(?:is|was|are|were|be|being|remains?|remained|became|become|as|still|now|by far)\s(?:the\s)?$"
)
_LIES_IN = re.compile(r"[^.;:,\d]{0,40}\s(?:are|is|lies?|sits?)\s(?:\w+\s)?(?:in|under|beneath)\b")
_PRONOUN = re.compile(r"[\"'(]*(?:It|The country|The nation)\b")


def _is_first(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether "the largest producer" is a place's rank: "Peru is the largest tin producer", no firm's."""
    role = _ROLE_SOON.match(scene.folded, amount.core[1], scene.end)
    if role is None or not any(_is_of(scene, name.start, amount, role) for name in scene.minerals):
        return False
    if _IS_THE.search(scene.before(amount.start, 30)):
        named = any(name.end < amount.start for name in scene.places)
        return named or _PRONOUN.match(scene.text) is not None
    lies = _LIES_IN.match(scene.folded, role.end(), scene.end)
    return lies is not None and any(name.start > lies.end() for name in scene.places)


def _is_of(scene: Scene, mineral: int, amount: PhraseAmount, role: re.Match[str]) -> bool:
    """Whether a mineral stands between a superlative and its role, or behind that: "producer of tin"."""
    inside = amount.core[1] < mineral < role.end()
    return inside or _OF_IT.fullmatch(scene.folded, role.end(), mineral) is not None


def _is_number(scene: Scene, amount: PhraseAmount) -> bool:
    """Whether a number is a rank in a mineral: "Peru is number two in tin and Chile number three"."""
    if not _IS_THE.search(scene.before(amount.start, 30)):
        return False
    in_it = any(scene.folded[amount.end : name.start] == " in " for name in scene.minerals)
    goes_on = (other.end < amount.start and other.unit == "rank" for other in scene.amounts)
    return in_it or any(goes_on)


def _is_of_world(amount: PhraseAmount, before: str, after: str) -> bool:
    """Whether an ordinal orders the world's: "the world's third-largest deposit", "as the third producer"."""
    owned = _OF_WORLD.search(before)
    if owned and _DEPOSIT.match(after):
        return True
    named = owned or _AS_THE.search(before)
    return amount.number > 1 and named is not None and _ROLE_AFTER.match(after) is not None


def _is_placed(amount: PhraseAmount, before: str, after: str) -> bool:
    """Whether a verb puts something at an ordinal: "ranks third", "fell from second to sixth"."""
    if amount.number > 1 and _DISTANT.search(before) and _FREE_AFTER.match(after):
        return True
    if amount.number > 1 and _MOVED.search(before) and _TO_OR_END.match(after):
        return True
    return bool(_RANKED.search(before) and _FREE_AFTER.match(after)) and not _ORDERS.search(before)
