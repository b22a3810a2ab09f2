"""Seed files become claims and events: one hand-written TOML file per article or speech.

To add an article, write `seeds/<publisher>-<date>.toml` in any text editor. It holds figures, short
quoted phrases and a citation, never the article's sentences.

    [source]                       the citation; a field that the article does not print is "not stated"
    id = "my-paper-2026-01-31"     small letters, digits, hyphens; no date that the article does not print
    publisher = "My Paper"
    title = "..."
    author, published, accessed, address, licence = "..."      may be left out: "not stated"
    file = "article.txt"           the text that was read, kept elsewhere
    sha256 = "..."                 `sha256sum article.txt`
    note = "..."                   anything odd about the document

    [[claims]]                     one block per figure
    id = "chile-lithium-reserves"  not used by any other seed file
    kind = "quantity"              quantity, share, rank, money, ratio
    mineral = "lithium"            id of a mineral; `name` is what the article calls it
    name = "lithium"
    place = "CHL"                  ISO 3166-1 alpha-3, or WLD for the world
    compared_place = "ARG"         only where the figure compares two places
    measure, class, scheme, basis  codes of `loaders.vocabulary`; "undefined" where the article is silent,
                                   "not_applicable" where the figure is not an amount in the ground
    modality = "estimate"          reported, estimate, plan, proposal, forecast
    printed = "9.3 million tons of lithium"    at most ten words, as printed; … for words left out
    value = "9.3 million tons"     the words of `printed` that make the number: the number is computed from
                                   them and never typed a second time
    ton = "metric"                 only where the article says elsewhere which ton it means,
    ton_reason = "..."             and how it says so
    currency = "USD"               only where the words of `value` name no currency,
    currency_reason = "..."        and where the article does
    chain = ["the ministry", "a newspaper", "My Paper"]        from who said it first to the document
    paragraph = 4                  the n-th line that is not empty, 1 = the first
    outcome = "..."                what became of it, if the article says
    note = "..."
    links = [{ relation = "part_of", claim = "world-lithium-reserves" }]

    [[events]]                     one block per event that the article mentions
    id = "export-ban"              the same id and the same `what` in each document that mentions it
    what = "..."                   in our own words
    planned = true                 only for what had not happened yet
    date = 2026-01-01              left out where the article does not date it
    until = 2026-01-31             only for a period, or where the day is not known
    printed_date = "in January"    the words that date it
    decision = "..."               how words such as "in January" became a date
    paragraph = 2
    phrase = "..."                 at most ten words, as printed

A plan or a forecast gets the status F, every other claim V: as stated, checked by nobody. `read_seeds`
reports each mistake with file, line, field and remedy, and still loads the other files. `check_text`
compares a seed with the article: the hash, and every quoted phrase in its paragraph.
"""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel, ValidationError

from loaders.errors import BadSeed, MineralsError
from loaders.model import (
    NOT_STATED,
    Claim,
    Document,
    Event,
    Identifier,
    Link,
    Mention,
    Problem,
    Record,
    Text,
)
from loaders.names import minerals, places
from loaders.seed import DAY, LEFT_OUT, LONGEST_QUOTE, QUOTE, Seed, SeedClaim, SeedEvent, SeedSource
from loaders.tables import InputFile
from loaders.units import Reading, parse_quantity
from loaders.vocabulary import Kind, Severity

_RATIO_WORDS = Path(__file__).parent / "knowledge" / "ratio_words.csv"

_Path = tuple[str | int, ...]

# What comes out -------------------------------------------------------------------------------------


class EventEntry(Record):
    """One document's entry on an event; entries with one id become one `Event`."""

    id: Identifier
    what: Text
    planned: bool
    mention: Mention


class Seeds(Record):
    """All seed files of a folder: documents in order of file name, events in order of date, problems."""

    documents: tuple[Document, ...] = ()
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all documents, in order."""
        return tuple(claim for document in self.documents for claim in document.claims)


def read_seed(seed: Path | bytes) -> tuple[Document, tuple[EventEntry, ...]]:
    """One seed file: its document with claims, and its entries on events.

    Links to claims of other files are kept unchecked; `read_seeds` checks them. Raises BadSeed with
    every mistake of the file.
    """
    file = InputFile("seed", seed) if isinstance(seed, bytes) else InputFile(seed.name, _bytes(seed))
    draft = _draft(file)
    problems = draft.problems or tuple(_repeated([draft]))
    if draft.document is None or problems:
        first, *others = problems
        more = "".join(f" Also {p.column or 'the file'}: {p.message} {p.remedy}" for p in others)
        raise BadSeed(
            first.message,
            file=first.file,
            row=first.row,
            column=first.column or None,
            remedy=first.remedy + more,
        )
    return draft.document, draft.entries


def read_seeds(folder: Path, *more: Path) -> Seeds:
    """All seed files of a folder; a malformed file becomes problems, and the others still load.

    A file with a mistake is left out as a whole, and so is a file that links to a claim in it. Files of
    `more` folders, which may be empty, are named with their folder; they cannot take the place of a file
    of an earlier folder.
    """
    paths = seed_paths(folder)
    if not paths:
        return Seeds(problems=(_no_seeds(folder),))
    named = {path.name: path for path in paths}
    named |= {str(path): path for others in more for path in seed_paths(others)}
    files: list[InputFile] = []
    problems: list[Problem] = []
    for name, path in named.items():
        try:
            files.append(InputFile(name, _bytes(path)))
        except BadSeed as error:
            problems.append(_file_problem(name, "readable file", error.message, error.remedy or ""))
    seeds = read_seed_files(files)
    return seeds.model_copy(update={"problems": (*problems, *seeds.problems)})


def seed_paths(folder: Path) -> list[Path]:
    """The seed files of a folder, by name; none where there is no such folder."""
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))


def read_seed_files(files: Iterable[InputFile]) -> Seeds:
    """Seed files that are read already, as `read_seeds`; where two clash, the later one is at fault."""
    drafts = [_draft(file) for file in files]
    problems = [problem for draft in drafts for problem in draft.problems]
    kept, disputes = _settle([draft for draft in drafts if not draft.problems])
    events, undated = _merge(kept)
    documents = tuple(draft.document for draft in kept if draft.document is not None)
    return Seeds(documents=documents, events=events, problems=(*problems, *disputes, *undated))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadSeed(
            f"cannot be read ({error.strerror}).",
            file=path.name,
            remedy="Check that it is a file and that you may read it.",
        ) from error


def _no_seeds(folder: Path) -> Problem:
    message = "has no seed files (*.toml)." if folder.is_dir() else "is not a folder."
    remedy = "Name the folder that holds one .toml file per document."
    return _file_problem(folder.name or str(folder), "seed files", message, remedy)


def _file_problem(file: str, rule: str, message: str, remedy: str, row: int | None = None) -> Problem:
    return Problem(severity=Severity.ERROR, rule=rule, message=message, remedy=remedy, file=file, row=row)


# One file -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Flaw:
    """A mistake at a field: path such as ("claims", 0, "place"), rule broken, message, remedy."""

    path: _Path
    rule: str
    message: str
    remedy: str
    printed: str = ""


@dataclass(frozen=True)
class _Draft:
    """One file after reading: its text for line numbers, and the document or the problems."""

    name: str
    text: str
    document: Document | None = None
    entries: tuple[EventEntry, ...] = ()
    problems: tuple[Problem, ...] = ()

    def problem(self, flaw: _Flaw) -> Problem:
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


def _draft(file: InputFile) -> _Draft:
    """A file's document and entries, or its problems."""
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _Draft(file.name, "", problems=(_not_utf8(file, error),))
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return _Draft(file.name, text, problems=(_not_toml(file.name, text, error),))
    draft = _Draft(file.name, text)
    try:
        seed = Seed.model_validate(raw)
    except ValidationError as error:
        flaws = [_shape_flaw(detail) for detail in error.errors()]
        return _Draft(file.name, text, problems=tuple(map(draft.problem, flaws)))
    readings = [_reading(claim) for claim in seed.claims]
    problems = tuple(draft.problem(flaw) for flaw in _meaning_flaws(seed, readings))
    if problems:
        return _Draft(file.name, text, problems=problems)
    return _Draft(file.name, text, _document(seed, readings), _entries(seed))


def _not_utf8(file: InputFile, error: UnicodeDecodeError) -> Problem:
    row = file.content[: error.start].count(b"\n") + 1
    message = f"is not UTF-8 text: byte 0x{file.content[error.start]:02x} in line {row}."
    return _file_problem(file.name, "UTF-8", message, "Save the file as UTF-8.", row)


def _not_toml(name: str, text: str, error: ValueError | RecursionError) -> Problem:
    found = re.search(r"at line (\d+), column \d+", str(error))
    row = int(found[1]) if found else text.count("\n") + 1
    message = f"is not TOML: {error}."
    remedy = "Text stands between quotation marks, one 'field = value' a line; a date must exist."
    return _file_problem(name, "TOML", message, remedy, row)


def _spell(path: _Path) -> str:
    """A path as a person writes it, counting from 1: claims[2].place."""
    spelled = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return spelled.removeprefix(".")


def _row(text: str, path: _Path) -> int | None:
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


def _shape_flaw(detail: Any) -> _Flaw:
    """A pydantic error as a flaw with a message for people."""
    path: _Path = detail["loc"]
    field = str(path[-1]) if path else ""
    printed = detail["input"] if isinstance(detail["input"], str) else ""
    if detail["type"] == "missing":
        return _Flaw(path, "field present", f"{field!r} is missing.", _remedy(path))
    if detail["type"] == "extra_forbidden":
        return _Flaw(path, "known field", f"{field!r} is not a field of a seed file.", _fields(path))
    if detail["type"] in ("enum", "literal_error"):
        remedy = f"Allowed: {detail['ctx']['expected']}."
        return _Flaw(path, "known word", f"{printed!r} is not a known {field}.", remedy, printed)
    value = detail["input"]
    shown = "" if isinstance(value, (dict, list)) else f"{printed!r}: " if printed else f"{value}: "
    reason = _REASONS.get(detail["type"]) or detail["msg"].removeprefix("Value error, ")
    return _Flaw(path, "field well-formed", f"{shown}{reason}.", _remedy(path), printed)


def _remedy(path: _Path) -> str:
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


def _fields(path: _Path) -> str:
    """The fields that the block of this path may have."""
    model: type[BaseModel] = Seed if len(path) == 1 else Link if "links" in path else _BLOCKS[str(path[0])]
    known = [field.alias or name for name, field in model.model_fields.items()]
    return f"{_meant(str(path[-1]), known)}Fields here: {', '.join(known)}."


def _meant(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=3)
    return f"Did you mean {' or '.join(close)}? " if close else ""


# Mistakes of meaning: names, numbers, quotations ----------------------------------------------------


def _meaning_flaws(seed: Seed, readings: Sequence[Reading | MineralsError]) -> Iterator[_Flaw]:
    for number, (claim, reading) in enumerate(zip(seed.claims, readings, strict=True)):
        path: _Path = ("claims", number)
        yield from _name_flaws(path, claim)
        yield from _number_flaws(path, claim, reading)
        yield from _quotation_flaws(path, claim, ("printed", "name"))
        yield from _chain_flaws(path, claim, seed.source.publisher)
    for number, event in enumerate(seed.events):
        path = ("events", number)
        yield from _quotation_flaws(path, event, ("phrase", "printed_date"))
        yield from _date_flaws(path, event)


def _name_flaws(path: _Path, claim: SeedClaim) -> Iterator[_Flaw]:
    if claim.mineral not in minerals().index:
        known = [str(code) for code in minerals().index]
        remedy = f"{_meant(claim.mineral, known)}Minerals stand in loaders/knowledge/minerals.csv."
        message = f"{claim.mineral!r} is not a known mineral."
        yield _Flaw((*path, "mineral"), "known mineral", message, remedy, claim.mineral)
    for field in ("place", "compared_place"):
        codes = getattr(claim, field) or ""
        for code in codes.split("+") if codes else ():
            if code not in places().index:
                message = f"{code!r} is not a known place."
                remedy = "Use a code of ISO 3166-1 alpha-3 such as CHL, or WLD for the world."
                yield _Flaw((*path, field), "known place", message, remedy, code)


def _number_flaws(path: _Path, claim: SeedClaim, reading: Reading | MineralsError) -> Iterator[_Flaw]:
    if not _quoted(claim.value, claim.printed):
        message = f"{claim.value!r} does not stand in 'printed' ({claim.printed!r})."
        yield _Flaw((*path, "value"), "value quoted", message, "Quote the words as printed.", claim.value)
    for field in ("ton", "currency"):
        if bool(getattr(claim, field)) != bool(getattr(claim, f"{field}_reason")):
            message = f"'{field}' and '{field}_reason' go together."
            yield _Flaw((*path, field), "decision explained", message, "Give both or neither.")
    if isinstance(reading, MineralsError):
        remedy = reading.remedy or "Write the number and its unit as the document prints them."
        yield _Flaw((*path, "value"), "number readable", reading.message, remedy, claim.value)
    elif not _fits(claim.kind, reading.unit):
        message = f"{claim.value!r} is read in the unit {reading.unit!r}, which no {claim.kind.value} has."
        yield _Flaw((*path, "kind"), "kind and unit agree", message, _allowed(Kind), claim.value)


def _fits(kind: Kind, unit: str) -> bool:
    """Whether a figure of this kind can have this unit."""
    plain = {Kind.SHARE: "1", Kind.RATIO: "1", Kind.RANK: "rank"}
    if kind in plain:
        return unit == plain[kind]
    is_money = re.fullmatch(r"[A-Z]{3}", unit) is not None
    return is_money if kind is Kind.MONEY else not is_money and unit not in plain.values()


def _quotation_flaws(path: _Path, block: SeedClaim | SeedEvent, fields: tuple[str, ...]) -> Iterator[_Flaw]:
    for field in fields:
        words = len(getattr(block, field).split())
        if words > LONGEST_QUOTE:
            yield _Flaw((*path, field), "short quotation", f"{words} words are quoted.", QUOTE)


def _chain_flaws(path: _Path, claim: SeedClaim, publisher: str) -> Iterator[_Flaw]:
    if publisher not in (NOT_STATED, claim.chain[-1]):
        message = f"the chain ends with {claim.chain[-1]!r}, not with the publisher."
        yield _Flaw((*path, "chain"), "chain complete", message, f"End the chain with {publisher!r}.")
    for link in claim.links:
        if link.claim == claim.id:
            message = "the claim links to itself."
            yield _Flaw((*path, "links"), "links lead on", message, "Name another claim.", link.claim)


def _date_flaws(path: _Path, event: SeedEvent) -> Iterator[_Flaw]:
    if event.until is not None and (event.date is None or event.until < event.date):
        message = f"'until' ({event.until}) needs a 'date' that is not after it."
        yield _Flaw((*path, "until"), "dates in order", message, DAY)
    if event.date is not None and event.printed_date == NOT_STATED:
        message = "the event has a date, but no words of the document for it."
        yield _Flaw((*path, "printed_date"), "date quoted", message, QUOTE)


# Records --------------------------------------------------------------------------------------------


def _reading(claim: SeedClaim) -> Reading | MineralsError:
    """The number that the printed words make, or the error that says why they make none."""
    words = claim.value_words
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
def _ratio_words() -> dict[str, Reading]:
    """What words such as "far more" say about a ratio; the table is `knowledge/ratio_words.csv`."""
    with _RATIO_WORDS.open(encoding="utf-8", newline="") as lines:
        return {row["words"]: _ratio(row) for row in csv.DictReader(lines)}


def _ratio(row: dict[str, str]) -> Reading:
    value, lower, upper = (float(row[field]) if row[field] else None for field in ("value", "lower", "upper"))
    return Reading(value, lower, upper, "1", "", "", row["decision"])


def _document(seed: Seed, readings: Iterable[Reading | MineralsError]) -> Document:
    good = [reading for reading in readings if not isinstance(reading, MineralsError)]
    pairs = zip(seed.claims, good, strict=True)
    claims = tuple(_claim(seed.source.id, claim, reading) for claim, reading in pairs)
    return Document(source=seed.source.source(), claims=claims)


def _claim(source: str, claim: SeedClaim, reading: Reading) -> Claim:
    same = set(Claim.model_fields) & set(SeedClaim.model_fields) - {"value", "links"}
    decisions = (reading.decision, claim.ton_reason, claim.currency_reason)
    return Claim(
        source=source,
        status=claim.status,
        printed_value=reading.printed_value,
        printed_unit=reading.printed_unit,
        printed_name=claim.name,
        value=reading.value,
        lower=reading.lower,
        upper=reading.upper,
        unit=reading.unit,
        unit_decision=" ".join(f"{text[0].upper()}{text[1:].rstrip('.')}." for text in decisions if text),
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


# All files together ---------------------------------------------------------------------------------


def _settle(drafts: Sequence[_Draft]) -> tuple[list[_Draft], list[Problem]]:
    """The files that agree with each other, and the problems of those that do not."""
    problems = [*_repeated(drafts), *_dangling(drafts)]
    if not problems:
        return list(drafts), []
    faulty = {problem.file for problem in problems}
    kept, others = _settle([draft for draft in drafts if draft.name not in faulty])
    return kept, [*problems, *others]


def _repeated(drafts: Iterable[_Draft]) -> Iterator[Problem]:
    """Ids and texts given twice, and events told in two ways; the later file is at fault."""
    sources: dict[str, str] = {}
    texts: dict[str, str] = {}
    claims: dict[str, str] = {}
    events: dict[str, tuple[str, EventEntry]] = {}
    for draft in drafts:
        if draft.document is None:
            continue
        source = draft.document.source
        yield from _taken(draft, ("source", "id"), source.id, sources)
        yield from _taken(draft, ("source", "sha256"), source.files[0].sha256, texts)
        for number, claim in enumerate(draft.document.claims):
            yield from _taken(draft, ("claims", number, "id"), claim.id, claims)
        for number, entry in enumerate(draft.entries):
            yield from _told_otherwise(draft, number, *events.setdefault(entry.id, (draft.name, entry)))


def _told_otherwise(draft: _Draft, number: int, file: str, first: EventEntry) -> Iterator[Problem]:
    """A problem for each field in which an entry differs from the first entry on the same event."""
    for field in ("what", "planned"):
        if getattr(first, field) != getattr(draft.entries[number], field):
            message = f"{file} has {getattr(first, field)!r} for the event {first.id!r}."
            remedy = "Use the same words in each file, or another id for another event."
            path: _Path = ("events", number, field)
            yield draft.problem(_Flaw(path, "one event, one description", message, remedy))


def _taken(draft: _Draft, path: _Path, code: str, seen: dict[str, str]) -> Iterator[Problem]:
    """A problem if a code that must be given once has been seen; otherwise it is seen now."""
    if code in seen:
        message = f"{code!r} is already used in {seen[code]}."
        remedy = "Choose another id." if path[-1] == "id" else "Keep one seed file per text."
        yield draft.problem(_Flaw(path, "given once", message, remedy, code))
    seen.setdefault(code, draft.name)


def _dangling(drafts: Sequence[_Draft]) -> Iterator[Problem]:
    """Links to claims that no file has."""
    documents = [(draft, draft.document) for draft in drafts if draft.document is not None]
    known = [claim.id for _, document in documents for claim in document.claims]
    for draft, document in documents:
        for number, claim in enumerate(document.claims):
            for link in claim.links:
                if link.claim not in known:
                    message = f"no seed file that loads has the claim {link.claim!r}."
                    remedy = f"{_meant(link.claim, known)}Mend that file, or the link."
                    flaw = _Flaw(("claims", number, "links"), "links lead on", message, remedy, link.claim)
                    yield draft.problem(flaw)


def _merge(drafts: Iterable[_Draft]) -> tuple[tuple[Event, ...], list[Problem]]:
    """One event per id with all its mentions, by date; a problem for each that no document dates."""
    told: dict[str, list[tuple[_Draft, int]]] = {}
    for draft in drafts:
        for number, entry in enumerate(draft.entries):
            told.setdefault(entry.id, []).append((draft, number))
    events, problems = [], []
    for places_told in told.values():
        entries = [draft.entries[number] for draft, number in places_told]
        mentions = tuple(entry.mention for entry in entries)
        first = entries[0]
        if any(mention.date for mention in mentions):
            events.append(Event(id=first.id, what=first.what, planned=first.planned, mentions=mentions))
        else:
            problems.append(_undated(*places_told[0]))
    return tuple(sorted(events, key=lambda event: (event.span, event.id))), problems


def _undated(draft: _Draft, number: int) -> Problem:
    message = f"no document dates the event {draft.entries[number].id!r}, so it is not shown."
    flaw = _Flaw(("events", number, "date"), "event dated", message, "Give it a date, or leave it out.")
    return draft.problem(flaw).model_copy(update={"severity": Severity.WARNING})


# Tables and texts -----------------------------------------------------------------------------------

_NUMBERS = ("value", "lower", "upper")

CLAIM_COLUMNS: dict[str, str] = {
    "id": "string",
    "mineral": "string",
    "place": "string",
    "compared_place": "string",
    "measure": "string",
    "kind": "string",
    "value": "float64",
    "lower": "float64",
    "upper": "float64",
    "unit": "string",
    "basis": "string",
    "class": "string",
    "scheme": "string",
    "modality": "string",
    "status": "string",
    "printed": "string",
    "printed_value": "string",
    "printed_unit": "string",
    "printed_name": "string",
    "chain": "object",
    "source": "string",
    "paragraph": "int64",
    "part_of": "string",
    "outcome": "string",
    "note": "string",
    "unit_decision": "string",
}
"""Columns of the claims table and their pandas dtypes; `chain` holds tuples of names.

`value`, `lower` and `upper` are in `unit`, NaN where there is none. `basis`, `class`, `scheme`,
`modality`, `status`, `measure` and `kind` are codes of `loaders.vocabulary`.
"""


def claims_table(claims: Iterable[Claim]) -> pd.DataFrame:
    """Claims as a tidy table: one line per claim, the columns of `CLAIM_COLUMNS`."""
    plain = {column: column for column in CLAIM_COLUMNS} | {"class": "reserve_class"}
    listed = list(claims)
    columns = {
        column: pd.Series([getattr(claim, field) for claim in listed], dtype=object)
        for column, field in plain.items()
    }
    return pd.DataFrame(columns).astype(CLAIM_COLUMNS)


def check_text(document: Document, text: bytes, entries: Iterable[EventEntry] = ()) -> list[Problem]:
    """What a seed says that its document does not: hash, title, author, and every quotation in its place.

    `text` is the document's bytes as read; `entries` are those of `read_seed`. A paragraph is a line
    that is not empty; quotation marks of any shape count as equal. The list is empty when all holds.
    """
    source = document.source
    name = source.files[0].name
    try:
        paragraphs = [line for line in text.decode("utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError:
        return [_file_problem(name, "UTF-8", "is not UTF-8 text.", "Save the text as UTF-8.")]
    problems = []
    if hashlib.sha256(text).hexdigest() != source.files[0].sha256:
        remedy = "Read the figures again from this text, then put its SHA-256 into the seed."
        problems.append(_file_problem(name, "hash", "is not the text that the seed was read from.", remedy))
    for field, phrase, number in _quotations(document, entries):
        problems.extend(_misquoted(name, field, phrase, number, paragraphs))
    return problems


def _quotations(document: Document, entries: Iterable[EventEntry]) -> Iterator[tuple[str, str, int | None]]:
    """Field, phrase and paragraph of everything quoted; paragraph none for 'anywhere'."""
    yield "source.title", document.source.title, None
    yield "source.author", document.source.author, None
    yield "source.address", document.source.address, None
    for claim in document.claims:
        yield f"{claim.id}.printed", claim.printed, claim.paragraph
        yield f"{claim.id}.name", claim.printed_name, None
    for entry in entries:
        mention = entry.mention
        yield f"{entry.id}.phrase", mention.phrase, mention.paragraph
        yield f"{entry.id}.printed_date", mention.printed_date, mention.paragraph


def _misquoted(
    name: str, field: str, phrase: str, number: int | None, paragraphs: Sequence[str]
) -> Iterator[Problem]:
    if phrase == NOT_STATED:
        return
    where = paragraphs if number is None else paragraphs[number - 1 : number]
    if any(_quoted(phrase, paragraph) for paragraph in where):
        return
    place = "in the text" if number is None else f"in paragraph {number}"
    yield Problem(
        severity=Severity.ERROR,
        rule="quotation",
        message=f"{phrase!r} does not stand {place}.",
        remedy="Quote the words as printed and count the lines that are not empty, 1 for the first.",
        file=name,
        column=field,
        printed=phrase,
    )


_ONE_SHAPE = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})


def _quoted(phrase: str, text: str) -> bool:
    """Whether the words of a phrase stand in a text, in order, with gaps only where it marks them."""
    parts = [" ".join(part.split()) for part in phrase.translate(_ONE_SHAPE).split(LEFT_OUT)]
    pattern = ".*".join(rf"(?<!\w)(?<!\d[.,]){re.escape(part)}(?!\w|[.,]\d)" for part in parts if part)
    return bool(pattern) and re.search(pattern, " ".join(text.translate(_ONE_SHAPE).split())) is not None
