"""What is wrong in a seed file, in words: which field, what was expected, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from loaders.documents.shape import (
    DAY,
    LONGEST_QUOTE,
    QUOTE,
    Seed,
    SeedClaim,
    SeedEvent,
    SeedSource,
    is_quoted,
)
from loaders.errors import MineralsError
from loaders.model import NOT_STATED, Link
from loaders.names import minerals, places
from loaders.report import Problem
from loaders.units import PhraseReading
from loaders.vocabulary import MEASURES_OF_CHANGE, Kind, Measure, Severity

FieldPath = tuple[str | int, ...]


def file_problem(file: str, rule: str, message: str, remedy: str, row: int | None = None) -> Problem:
    return Problem(severity=Severity.ERROR, rule=rule, message=message, remedy=remedy, file=file, row=row)


# One file -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Flaw:
    """A mistake at a field: path such as ("claims", 0, "place"), rule broken, message, remedy."""

    path: FieldPath
    rule: str
    message: str
    remedy: str
    printed: str = ""


# Mistakes of shape: fields and words ----------------------------------------------------------------

_REASONS = {
    "string_pattern_mismatch": "not of the right form",
    "string_too_short": "empty",
    "too_short": "empty",
    "model_type": "not a block of fields",
    "tuple_type": "not a list",
    "string_type": "not a text",
    "int_type": "not a whole number",
    "bool_type": "neither true nor false",
}
"""Errors of pydantic in words for people; for the others pydantic's own words do."""

_BLOCKS: dict[str, type[BaseModel]] = {"source": SeedSource, "claims": SeedClaim, "events": SeedEvent}


def shape_flaw(detail: Any) -> Flaw:
    """A pydantic error as a flaw with a message for people."""
    path: FieldPath = detail["loc"]
    field = str(path[-1]) if path else ""
    printed = detail["input"] if isinstance(detail["input"], str) else ""
    if detail["type"] == "missing":
        return Flaw(path, "field present", f"{field!r} is missing.", _remedy(path))
    if detail["type"] == "extra_forbidden":
        return Flaw(path, "known field", f"{field!r} is not a field of a seed file.", _fields(path))
    if detail["type"] in ("enum", "literal_error"):
        remedy = f"Allowed: {detail['ctx']['expected']}."
        return Flaw(path, "known word", f"{printed!r} is not a known {field}.", remedy, printed)
    value = detail["input"]
    shown = "" if isinstance(value, (dict, list)) else f"{printed!r}: " if printed else f"{value}: "
    reason = _REASONS.get(detail["type"]) or detail["msg"].removeprefix("Value error, ")
    return Flaw(path, "field well-formed", f"{shown}{reason}.", _remedy(path), printed)


def _remedy(path: FieldPath) -> str:
    """What the field should hold: the description of the first field on the path that has one."""
    block, *rest = (step for step in path if isinstance(step, str))
    if not rest:
        return Seed.model_fields[block].description or ""
    for name, field in _BLOCKS[block].model_fields.items():
        if rest[0] in (name, field.alias):
            return field.description or _allowed(field.annotation)
    return ""


def _allowed(words: Any) -> str:
    return f"Allowed: {', '.join(words)}."


def _fields(path: FieldPath) -> str:
    """The fields that the block of this path may have."""
    model: type[BaseModel] = Seed if len(path) == 1 else Link if "links" in path else _BLOCKS[str(path[0])]
    known = [field.alias or name for name, field in model.model_fields.items()]
    return f"{meant_word(str(path[-1]), known)}Fields here: {', '.join(known)}."


def meant_word(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=3)
    return f"Did you mean {' or '.join(close)}? " if close else ""


# Mistakes of meaning: names, numbers, quotations ----------------------------------------------------


def meaning_flaws(seed: Seed, readings: Sequence[PhraseReading | MineralsError]) -> Iterator[Flaw]:
    for number, (claim, reading) in enumerate(zip(seed.claims, readings, strict=True)):
        path: FieldPath = ("claims", number)
        yield from _name_flaws(path, claim)
        yield from _number_flaws(path, claim, reading)
        yield from _direction_flaws(path, claim)
        yield from _quotation_flaws(path, claim, ("printed", "name"))
        yield from _chain_flaws(path, claim, seed.source.publisher)
    for number, event in enumerate(seed.events):
        path = ("events", number)
        yield from _quotation_flaws(path, event, ("phrase", "printed_date"))
        yield from _date_flaws(path, event)


def _name_flaws(path: FieldPath, claim: SeedClaim) -> Iterator[Flaw]:
    if claim.mineral not in minerals().index:
        known = [str(code) for code in minerals().index]
        remedy = f"{meant_word(claim.mineral, known)}Minerals stand in loaders/knowledge/minerals.csv."
        message = f"{claim.mineral!r} is not a known mineral."
        yield Flaw((*path, "mineral"), "known mineral", message, remedy, claim.mineral)
    for field in ("place", "compared_place"):
        codes = getattr(claim, field) or ""
        for code in codes.split("+") if codes else ():
            if code not in places().index:
                message = f"{code!r} is not a known place."
                remedy = "Use a code of ISO 3166-1 alpha-3 such as CHL, or WLD for the world."
                yield Flaw((*path, field), "known place", message, remedy, code)


def _direction_flaws(path: FieldPath, claim: SeedClaim) -> Iterator[Flaw]:
    if claim.direction and claim.measure not in MEASURES_OF_CHANGE:
        message = f"Only a change has a direction, and “{claim.measure.label}” is none."
        yield Flaw((*path, "direction"), "direction of a change", message, "Leave it out.", claim.direction)


def _number_flaws(
    path: FieldPath, claim: SeedClaim, reading: PhraseReading | MineralsError
) -> Iterator[Flaw]:
    if not is_quoted(claim.value, claim.printed):
        message = f"{claim.value!r} does not stand in 'printed' ({claim.printed!r})."
        yield Flaw((*path, "value"), "value quoted", message, "Quote the words as printed.", claim.value)
    for field in ("ton", "currency"):
        if bool(getattr(claim, field)) != bool(getattr(claim, f"{field}_reason")):
            message = f"'{field}' and '{field}_reason' go together."
            yield Flaw((*path, field), "decision explained", message, "Give both or neither.")
    if isinstance(reading, MineralsError):
        remedy = reading.remedy or "Write the number and its unit as the document prints them."
        yield Flaw((*path, "value"), "number readable", reading.message, remedy, claim.value)
    elif not _fits(claim.kind, reading.unit):
        message = f"{claim.value!r} is read in the unit {reading.unit!r}, which no {claim.kind.value} has."
        yield Flaw((*path, "kind"), "kind and unit agree", message, _allowed(Kind), claim.value)
    elif claim.measure in MEASURES_OF_CHANGE and claim.kind is not Kind.RATIO:
        message = f"A {claim.measure.label.lower()} is no {claim.kind.value}: it says how a figure moved."
        yield Flaw((*path, "kind"), "measure and kind agree", message, "Its kind is 'ratio'.", claim.kind)
    elif _is_price(claim) != ("/" in reading.unit):
        message = f"{claim.value!r} is read in the unit {reading.unit!r}; a price is money for an amount."
        remedy = "Write what the money is for, as in '$69/kg', or choose another measure."
        yield Flaw((*path, "measure"), "measure and unit agree", message, remedy, claim.value)


def _is_price(claim: SeedClaim) -> bool:
    """Whether it is a price itself, and not how many times one price is another."""
    return claim.measure is Measure.PRICE and claim.kind is not Kind.RATIO


def _fits(kind: Kind, unit: str) -> bool:
    """Whether a figure of this kind can have this unit."""
    plain = {Kind.SHARE: "1", Kind.RATIO: "1", Kind.RANK: "rank"}
    if kind in plain:
        return unit == plain[kind]
    is_money = re.fullmatch(r"[A-Z]{3}(?:/\w+)?", unit) is not None
    return is_money if kind is Kind.MONEY else not is_money and unit not in plain.values()


def _quotation_flaws(
    path: FieldPath, block: SeedClaim | SeedEvent, fields: tuple[str, ...]
) -> Iterator[Flaw]:
    for field in fields:
        words = len(getattr(block, field).split())
        if words > LONGEST_QUOTE:
            yield Flaw((*path, field), "short quotation", f"{words} words are quoted.", QUOTE)


def _chain_flaws(path: FieldPath, claim: SeedClaim, publisher: str) -> Iterator[Flaw]:
    if publisher not in (NOT_STATED, claim.chain[-1]):
        message = f"the chain ends with {claim.chain[-1]!r}, not with the publisher."
        yield Flaw((*path, "chain"), "chain complete", message, f"End the chain with {publisher!r}.")
    for link in claim.links:
        if link.claim == claim.id:
            message = "the claim links to itself."
            yield Flaw((*path, "links"), "links lead on", message, "Name another claim.", link.claim)


def _date_flaws(path: FieldPath, event: SeedEvent) -> Iterator[Flaw]:
    if event.until is not None and (event.date is None or event.until < event.date):
        message = f"'until' ({event.until}) needs a 'date' that is not after it."
        yield Flaw((*path, "until"), "dates in order", message, DAY)
    if event.date is not None and event.printed_date == NOT_STATED:
        message = "the event has a date, but no words of the document for it."
        yield Flaw((*path, "printed_date"), "date quoted", message, QUOTE)
