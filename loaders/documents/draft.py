"""One seed file: its bytes, its fields, and where in the file each stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import ValidationError

from loaders.documents.flaws import FieldPath, Flaw, file_problem, meaning_flaws, shape_flaw
from loaders.documents.shape import (
    EventEntry,
    Seed,
    SeedClaim,
)
from loaders.errors import MineralsError
from loaders.files.table import InputFile
from loaders.knowledge import rules
from loaders.model import Claim, Document, Mention
from loaders.report import Problem
from loaders.text import capital, with_stop
from loaders.units import PhraseReading, parse_quantity
from loaders.vocabulary import Kind, Severity


@dataclass(frozen=True)
class Draft:
    """One file after reading: its text for line numbers, and the document or the problems."""

    name: str
    text: str
    document: Document | None = None
    entries: tuple[EventEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    continues: str | None = None

    def problem(self, flaw: Flaw) -> Problem:
        return Problem(
            severity=Severity.ERROR,
            rule=flaw.rule,
            message=flaw.message,
            remedy=flaw.remedy,
            file=self.name,
            row=_row(self.text, flaw.path),
            column=_spell(flaw.path),
            printed=flaw.printed,
        )


def read_draft(file: InputFile) -> Draft:
    """A file's document and entries, or its problems."""
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Draft(file.name, "", problems=(_not_utf8(file, error),))
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Draft(file.name, text, problems=(_not_toml(file.name, text, error),))
    draft = Draft(file.name, text)
    try:
        seed = Seed.model_validate(raw)
    except ValidationError as error:
        flaws = [shape_flaw(detail) for detail in error.errors()]
        return Draft(file.name, text, problems=tuple(map(draft.problem, flaws)))
    readings = [_reading(claim) for claim in seed.claims]
    problems = tuple(draft.problem(flaw) for flaw in meaning_flaws(seed, readings))
    if problems:
        return Draft(file.name, text, problems=problems)
    continues = seed.source.continues
    return Draft(file.name, text, _document(seed, readings), _entries(seed), continues=continues)


def _not_utf8(file: InputFile, error: UnicodeDecodeError) -> Problem:
    row = file.content[: error.start].count(b"\n") + 1
    message = f"is not UTF-8 text: byte 0x{file.content[error.start]:02x} in line {row}."
    return file_problem(file.name, "UTF-8", message, "Save the file as UTF-8.", row)


def _not_toml(name: str, text: str, error: ValueError | RecursionError) -> Problem:
    found = re.search(r"at line (\d+), column \d+", str(error))
    row = int(found[1]) if found else text.count("\n") + 1
    message = f"is not TOML: {error}."
    remedy = "Text stands between quotation marks, one 'field = value' a line; a date must exist."
    return file_problem(name, "TOML", message, remedy, row)


def _spell(path: FieldPath) -> str:
    """A path as a person writes it, counting from 1: claims[2].place."""
    spelled = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return spelled.removeprefix(".")


def _row(text: str, path: FieldPath) -> int | None:
    """The line of a field, or of its block where the field is missing; none where neither is found."""
    block, *rest = path or ("",)
    lines = text.splitlines()
    header = re.compile(rf"\s*\[+\s*{re.escape(str(block))}\s*\]+")
    starts = [number for number, line in enumerate(lines, 1) if header.match(line)]
    nth = rest[0] if rest and isinstance(rest[0], int) else 0
    if nth >= len(starts):
        return None
    field = next((str(step) for step in rest if isinstance(step, str)), None)
    return starts[nth] + _lines_down(lines[starts[nth] :], field)


def _lines_down(lines: Sequence[str], field: str | None) -> int:
    """How many lines below its header a block has a field; 0 where it has none."""
    for number, line in enumerate(lines, 1):
        if re.match(r"\s*\[", line):
            break
        if field and re.match(rf"\s*{re.escape(field)}\s*=", line):
            return number
    return 0


# Records --------------------------------------------------------------------------------------------


def _reading(claim: SeedClaim) -> PhraseReading | MineralsError:
    """The number that the printed words make, or the error that says why they make none."""
    words = claim.in_figures or claim.value_words
    if claim.kind is Kind.RATIO and words.casefold() in _ratio_words():
        return _ratio_words()[words.casefold()]._replace(printed_value=words)
    try:
        if claim.currency is None:
            return parse_quantity(words, ton=claim.ton)
        reading = parse_quantity(f"{words} {claim.currency}", ton=claim.ton)
    except MineralsError as error:
        return error
    return reading._replace(printed_unit=reading.printed_unit.removesuffix(claim.currency).strip())


@cache
def _ratio_words() -> dict[str, PhraseReading]:
    """What words such as "far more" say about a ratio; the table is `knowledge/ratio_words.csv`."""
    return {row["words"]: _ratio(row) for row in rules("ratio_words")}


def _ratio(row: dict[str, str]) -> PhraseReading:
    value, lower, upper = (float(row[field]) if row[field] else None for field in ("value", "lower", "upper"))
    return PhraseReading(value, lower, upper, "1", "", "", row["decision"])


def _document(seed: Seed, readings: Iterable[PhraseReading | MineralsError]) -> Document:
    good = [reading for reading in readings if not isinstance(reading, MineralsError)]
    pairs = zip(seed.claims, good, strict=True)
    claims = tuple(_claim(seed.source.id, claim, reading) for claim, reading in pairs)
    return Document(source=seed.source.source(), claims=claims)


def _claim(source: str, claim: SeedClaim, reading: PhraseReading) -> Claim:
    same = set(Claim.model_fields) & set(SeedClaim.model_fields) - {"value", "links"}
    in_figures = f"“{claim.value_words}” in figures: {claim.in_figures}" if claim.in_figures else ""
    decisions = (in_figures, reading.decision, claim.ton_reason, claim.currency_reason)
    return Claim(
        source=source,
        status=claim.status,
        printed_value=claim.value_words if in_figures else reading.printed_value,
        printed_unit="" if in_figures else reading.printed_unit,
        printed_name=claim.name,
        value=reading.value,
        lower=reading.lower,
        upper=reading.upper,
        unit=reading.unit,
        unit_decision=" ".join(with_stop(capital(text)) for text in decisions if text),
        links=claim.links,
        **claim.model_dump(include=same),
    )


def _entries(seed: Seed) -> tuple[EventEntry, ...]:
    shared = {"id", "what", "planned"}
    return tuple(
        EventEntry(
            mention=Mention(source=seed.source.id, **event.model_dump(exclude=shared)),
            **event.model_dump(include=shared),
        )
        for event in seed.events
    )
