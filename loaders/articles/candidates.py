"""From sentences to candidates: every amount is asked what it is, what it is of, and who says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Day
from functools import lru_cache
from typing import NamedTuple

from loaders.articles import findings, moods, ranks
from loaders.articles.amounts import PhraseAmount
from loaders.articles.bases import basis_of, class_of
from loaders.articles.chains import named_with_country
from loaders.articles.directions import direction_of
from loaders.articles.holders import holder_of
from loaders.articles.listed import in_order, part_of
from loaders.articles.measures import SUMS, MeasureFinding, Memory, base_of
from loaders.articles.minerals import Minerals, is_one_change
from loaders.articles.moods import Mood
from loaders.articles.names import Name
from loaders.articles.partners import ToldBefore, partner_of, trading_place
from loaders.articles.passages import PassageLines
from loaders.articles.places import Places
from loaders.articles.records import Because, Candidate, Confidence, PassedOver
from loaders.articles.scene import NOTHING, Scene, Spoken
from loaders.articles.years import YearOf, Years
from loaders.text import capital
from loaders.vocabulary import WORLD, Direction, Kind

_STRONG = 3.0
_NOUNS = re.compile(
    r"output|production|exports?|imports?|demand|consumption|sales|добыча|производство|экспорт"
)
_STAGES = {
    "mine_production": "mine",
    "refinery_production": "refinery",
    "smelter_production": "smelter",
    "share_of_world_refining": "refinery",
}
_OF_ORE = frozenset(
    {
        "mine_production",
        "reserves",
        "resources",
        "holdings",
        "share_of_world_reserves",
        "share_of_world_holdings",
        "share_of_reserves",
    }
)


class Found(NamedTuple):
    """What the sentences of a text hold: candidates, and what was passed over."""

    candidates: list[Candidate]
    passed_over: list[PassedOver]


class _Beside(NamedTuple):
    """What is read of an amount besides its number."""

    mineral: Spoken
    place: Spoken
    basis: Spoken
    in_class: Spoken
    mood: Mood
    year: YearOf


class Collector:
    """Asks every amount of a text, sentence by sentence, and remembers what was said before."""

    def __init__(
        self, text: str, ton_reason: str, minerals: Sequence[Name] = (), day: Day | None = None
    ) -> None:
        self.text = text
        self.ton_reason = ton_reason
        kinds = {name.code for name in minerals if not name.weak}
        only = next(iter(name for name in minerals if not name.weak), None) if len(kinds) == 1 else None
        later = Spoken(only.code, text[only.start : only.end], "named later in the text") if only else NOTHING
        self.minerals = Minerals(later)
        self.places = Places()
        self.memory = Memory()
        self.found = Found([], [])
        self.by_sentence: list[Candidate] = []
        self.previous: list[Candidate] = []
        self.years = Years(day)

    def read(self, scene: Scene, lines: PassageLines) -> None:
        """Take the amounts of a sentence; `lines` number the lines of the text."""
        self.by_sentence = []
        for amount in scene.amounts:
            line = lines.number(amount.core[0])
            finding = (
                ranks.find_ranks(scene, amount, self.memory)
                if amount.unit == "rank"
                else findings.find_figures(scene, amount, self.memory)
            )
            if finding.kind is None or not self._about_minerals(scene, finding):
                reason = finding.reason or "no mineral is named in the text so far"
                self._pass_over(amount, reason, line)
            else:
                self._take(scene, finding, line)
        self._note_topic(scene)
        self.minerals.read(scene)
        self.places.read(scene)
        if self.by_sentence:
            self.previous = self.by_sentence

    def _note_topic(self, scene: Scene) -> None:
        """Remember what a sentence without figures of its own speaks of: "keeps stocks of 11 minerals"."""
        topic = None
        if not scene.leads:
            self.memory = self.memory._replace(topic=None)
            return
        if not self.by_sentence:
            found = scene.cues("article_measures", "quantity")
            strong = [
                cue.code
                for cue in found
                if cue.weight >= _STRONG or _NOUNS.fullmatch(scene.low, cue.start, cue.end)
            ]
            topic = strong[-1] if strong else None
        else:
            sums = [
                candidate.measure
                for candidate in self.by_sentence
                if candidate.kind in (Kind.MONEY, Kind.SHARE)
            ]
            money = scene.cues("article_measures", "money") if sums else []
            topic = next((cue.code for cue in money if cue.code == "fund"), None)
        self.memory = self.memory._replace(topic=topic)

    def _about_minerals(self, scene: Scene, finding: MeasureFinding) -> bool:
        """Whether a mineral was named, or mining words leave no doubt."""
        if self.minerals.of(scene, finding.amount).code or self.minerals.first.code:
            return True
        mined = finding.measure.code in ("mine_production", "grade", "refinery_production")
        return finding.kind is Kind.QUANTITY and mined

    def _pass_over(self, amount: PhraseAmount, reason: str, line: int) -> None:
        start, end = amount.core
        if amount.unit not in ("", "rank", "times"):
            start, end = amount.start, amount.end
        self.found.passed_over.append(
            PassedOver(printed=self.text[start:end], start=start, end=end, paragraph=line, reason=reason)
        )

    def _take(self, scene: Scene, finding: MeasureFinding, line: int) -> None:
        amount = finding.amount
        mineral = self._mineral(scene, amount)
        if finding.measure.code in _OF_ORE:
            mineral = self.minerals.ore_of(mineral, finding.measure.code)
        price = finding.measure.code == "price"
        place = self.places.of_price(scene, amount) if price else self.places.of(scene, amount)
        place = in_order(scene, amount, scene.places) or place
        told = ToldBefore(self._before(), self.places.other_than(scene, place.code))
        place = trading_place(scene, amount, place, finding.measure, told)
        if finding.kind is Kind.MONEY and not price:
            place = self.places.of_sum(scene, amount, place, self._sum_before(scene))
        if finding.kind is Kind.RATIO and finding.measure.code in SUMS:
            place = self._sum_before(scene) if self._sum_before(scene).code else place
        if price and place.code is None and self.memory.measure == "price":
            place = self._price_before(scene, place)
        basis, in_class = basis_of(scene, amount), class_of(scene, finding.measure.code)
        held = self.memory.modality if finding.carried and scene.number - self.memory.sentence <= 2 else ""
        mood = moods.mood(
            scene,
            amount,
            held or moods.goes_on(scene, amount, self.found.candidates[-1:]),
            finding.measure.code,
        )
        year = self._year(scene, amount, mood)
        candidate = self._candidate(
            scene, finding, line, _Beside(mineral, place, basis, in_class, mood, year)
        )
        self.by_sentence.append(candidate)
        self.found.candidates.append(candidate)
        self._remember(scene, finding, mood, year.year, of_world=place.code == WORLD)

    def _sum_before(self, scene: Scene) -> Spoken:
        """The place of the sum of money before, where it stands near."""
        last = self.found.candidates[-3:]
        sums = [one for one in last if one.kind is Kind.MONEY and "/" not in one.unit]
        before = sums[-1] if sums else None
        if before is None or scene.number - before.sentence > 1:
            return NOTHING
        return Spoken(before.place, "", "as for the sum before")

    def _before(self) -> Candidate | None:
        return self.found.candidates[-1] if self.found.candidates else None

    def _price_before(self, scene: Scene, place: Spoken) -> Spoken:
        before = self._before()
        if before is None or before.place is None or scene.number - self.memory.sentence > 1:
            return place
        return Spoken(before.place, "", "as for the price before")

    def _remember(
        self, scene: Scene, finding: MeasureFinding, mood: Mood, year: int | None, *, of_world: bool
    ) -> None:
        code = finding.measure.code
        near = scene.number - self.memory.sentence <= int(finding.carried)
        shares = self.memory.kind is Kind.SHARE and near
        if finding.kind is Kind.RANK and shares:
            return  # "72 per cent; Indonesia, in second place, about 11 per cent"
        base = base_of(code) or self.memory.base
        quantity, counted = self.memory.quantity, self.memory.counted
        if finding.kind is Kind.QUANTITY:
            quantity, counted = code, scene.number
        unit = finding.amount.unit
        priced, priced_in = self.memory.priced, self.memory.priced_in
        if "/" in unit:
            priced, priced_in = unit, scene.number
        told = finding.kind, code, unit, scene.number
        self.memory = Memory(
            *told, base, mood.modality, year, quantity, counted, None, priced, priced_in, of_world
        )

    def _mineral(self, scene: Scene, amount: PhraseAmount) -> Spoken:
        """The mineral; two numbers without one stand for those of the sentence before, in order."""
        said = self.minerals.of(scene, amount)
        said = in_order(scene, amount, scene.minerals) or said
        if (amount.unit == "ct" or "carat" in amount.decision) and "beside" not in said.how:
            return NOTHING
        low = scene.folded.rfind(";", scene.start, amount.start)
        told = self.previous if low < 0 else self.by_sentence
        named = [name for name in scene.minerals if name.start > low]
        if named or len({candidate.mineral for candidate in told if low < 0 or candidate.end < low}) < 2:
            return said
        masses = [other for other in scene.amounts if other.unit == amount.unit and other.start > low]
        before = [one for one in told if one.unit == amount.unit and (low < 0 or one.end < low)]
        if len(masses) == len(before) > 1 and amount in masses and not is_one_change(scene, masses):
            same = before[masses.index(amount)]
            return Spoken(same.mineral, same.name, "in the order of the sentence before")
        return said

    def _year(self, scene: Scene, amount: PhraseAmount, mood: Mood) -> YearOf:
        goes_on = scene.number - self.memory.sentence <= 1
        return self.years.of(scene, amount, mood.modality, self.memory.year if goes_on else None)

    def _candidate(self, scene: Scene, finding: MeasureFinding, line: int, beside: _Beside) -> Candidate:
        amount, measure = finding.amount, finding.measure
        mineral, place, basis, in_class, mood, year = beside
        compared = self.places.compared(scene, amount) if finding.compared else NOTHING
        if measure.code == "share_of_imports":
            compared = partner_of(scene, amount, place.code)
        direction = direction_of(scene, amount) if (measure.code or "").endswith("_change") else NOTHING
        holder = holder_of(scene, amount, finding.kind, measure.code)
        look = _look(finding, beside, holder, self.ton_reason)
        return Candidate(
            number=len(self.found.candidates) + 1,
            printed=self.text[amount.start : amount.end].strip(),
            start=amount.start,
            end=amount.end,
            paragraph=line,
            sentence=scene.number,
            words=self.text[amount.core[0] : max(amount.core[1], amount.end)].strip(),
            kind=finding.kind or Kind.QUANTITY,
            value=amount.value,
            lower=amount.lower,
            upper=amount.upper,
            unit=amount.unit,
            approximate=amount.approximate,
            per=amount.per if finding.kind is Kind.QUANTITY else "",
            mineral=mineral.code,
            name=mineral.words,
            place=place.code,
            compared_place=compared.code if compared.code != place.code else None,
            measure=measure.code,
            basis=basis.code or "",
            reserve_class=in_class.code or "not_applicable",
            stage=_stage(measure),
            whose=holder.code or "",
            year=year.year,
            direction=Direction(direction.code) if direction.code else None,
            modality=mood.modality,
            conditional=mood.conditional,
            negated=mood.negated,
            said_by=named_with_country(scene.chain_of(amount), scene.low, place.code),
            part_of=part_of(scene, amount, self.found.candidates) if finding.kind is Kind.QUANTITY else None,
            confidence=_confidence(finding, mineral, place, look),
            look=look,
            decision=amount.decision,
            ton=amount.ton,
            currency_inferred="currency" in amount.series,
            because=_because(scene, beside, measure, direction, holder),
        )


_OF_OUTPUT = ("production", "share_of_world_production", "share_of_production")
_MINING = re.compile(r"\b(?:mine[sd]?|mining|digs?|dug)\b", re.IGNORECASE)


def _stage(measure: Spoken) -> str:
    """The stage of production that a measure is of, or that its words say; empty where neither does."""
    if measure.code in _OF_OUTPUT:
        return "mine" if _MINING.search(measure.words) else ""
    return _STAGES.get(measure.code or "", "")


@lru_cache(maxsize=1024)
def _reason(field: str, words: str, how: str) -> Because:
    """Why a field is what it is; figures share their reasons."""
    return Because(field=field, words=words, how=how)


def _because(
    scene: Scene, beside: _Beside, measure: Spoken, direction: Spoken, holder: Spoken
) -> tuple[Because, ...]:
    mineral, place, basis, in_class, mood, year = beside
    said = {
        "mineral": mineral,
        "place": place,
        "measure": measure,
        "stage": Spoken(_stage(measure) or None, measure.words, "what is measured says it"),
        "direction": direction,
        "whose": holder,
        "basis": basis,
        "reserve_class": in_class if in_class.words else NOTHING,
    }
    reasons = [
        _reason(field, spoken.words, spoken.how or "as the words say")
        for field, spoken in said.items()
        if spoken.code
    ]
    if year.year:
        reasons.append(_reason("year", year.words, year.how))
    if mood.words:
        reasons.append(_reason("modality", mood.words, "the words that set the mood"))
    if scene.chain.speakers:
        how = (
            "the speaker of the sentence before" if scene.chain.pronoun else "the words that name who says so"
        )
        reasons.append(_reason("said_by", scene.chain.words, how))
    return tuple(reasons)


_NOT_STATED = "What it is a share of is not stated."
_EARLIER = "It is what the figure was before."
_FROM_BEFORE = "What is measured is taken from the figure before."


def _look(finding: MeasureFinding, beside: _Beside, holder: Spoken, ton_reason: str) -> tuple[str, ...]:
    """What a reviewer should check."""
    mineral, place = beside.mineral, beside.place
    amount, said = finding.amount, [*finding.amount.doubts, *([_EARLIER] if beside.year.earlier else [])]
    if holder.code:
        said.append(f"Said of {holder.code}, not of the whole country.")
    if amount.ton and not ton_reason:
        said.append("Which ton is meant is not stated; read as metric.")
    if "may be" in amount.decision:
        said.append(f"{capital(amount.decision)}.")
    for word, answer in (("mineral", mineral), ("place", place), ("measure", finding.measure)):
        if answer.code is None:
            said.append(f"The {word} is not stated.")
        elif _is_far(answer.how):
            said.append(f"The {word} is carried over: {answer.how}.")
    if finding.carried:
        said.append(_NOT_STATED if "not stated" in finding.measure.how else _FROM_BEFORE)
    if "currency" in amount.series:
        said.append("The currency is taken from a sum before.")
    elif amount.series in ("list", "before"):
        said.append("The unit is taken from another number of the series.")
    return tuple(said)


@lru_cache(maxsize=1024)
def _is_far(how: str) -> bool:
    """Whether the words that tell how an answer follows say that it is carried over."""
    return re.search(r"earlier|before|text|paragraph|spoke|begins", how) is not None


def _confidence(finding: MeasureFinding, mineral: Spoken, place: Spoken, look: tuple[str, ...]) -> Confidence:
    """Sure: all is named in the sentence. Ask: something is missing or doubtful. Likely: the rest."""
    of_no_place = place.code is None and finding.measure.code != "price"
    missing = of_no_place or None in (mineral.code, finding.measure.code)
    if missing or finding.amount.doubts or "may be" in finding.amount.decision:
        return "ask"
    return "likely" if look else "sure"
