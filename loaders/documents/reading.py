"""Seed files read together: what is said twice, what a claim refers to, events joined."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path

from loaders.documents.draft import Draft, read_draft
from loaders.documents.flaws import FieldPath, Flaw, file_problem, meant_word
from loaders.documents.shape import (
    EventEntry,
)
from loaders.errors import BadSeed
from loaders.files.table import InputFile
from loaders.model import Claim, Document, Event, Identifier, Record
from loaders.report import Problem
from loaders.vocabulary import Severity


class Seeds(Record):
    """All seed files of a folder: documents in order of file name, events in order of date, problems.

    `added` are the ids of documents that come from further folders.
    """

    documents: tuple[Document, ...] = ()
    added: tuple[Identifier, ...] = ()
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
    draft = read_draft(file)
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
    added = {str(path): path for others in more for path in seed_paths(others)}
    named = {path.name: path for path in paths} | added
    files: list[InputFile] = []
    problems: list[Problem] = []
    for name, path in named.items():
        try:
            files.append(InputFile(name, _bytes(path)))
        except BadSeed as error:
            problems.append(file_problem(name, "readable file", error.message, error.remedy or ""))
    seeds = read_seed_files(files, added)
    return seeds.model_copy(update={"problems": (*problems, *seeds.problems)})


def seed_paths(folder: Path) -> list[Path]:
    """The seed files of a folder, by name; none where there is no such folder."""
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))


def read_seed_files(files: Iterable[InputFile], added: Container[str] = ()) -> Seeds:
    """Seed files that are read already, as `read_seeds`; where two clash, the later one is at fault.

    `added` are the names of those that come from further folders.
    """
    drafts = [read_draft(file) for file in files]
    problems = [problem for draft in drafts for problem in draft.problems]
    kept, disputes = _settle([draft for draft in drafts if not draft.problems])
    events, undated = _merge(kept)
    named = [(draft.name, draft.document) for draft in kept if draft.document is not None]
    return Seeds(
        documents=tuple(document for _, document in named),
        added=tuple(document.source.id for name, document in named if name in added),
        events=events,
        problems=(*problems, *disputes, *undated),
    )


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
    return file_problem(str(folder), "seed files", message, remedy)


# All files together ---------------------------------------------------------------------------------


def _settle(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Problem]]:
    """The files that agree with each other, and the problems of those that do not."""
    problems = [*_repeated(drafts), *_dangling(drafts)]
    if not problems:
        return list(drafts), []
    faulty = {problem.file for problem in problems}
    kept, others = _settle([draft for draft in drafts if draft.name not in faulty])
    return kept, [*problems, *others]


def _repeated(drafts: Iterable[Draft]) -> Iterator[Problem]:
    """Ids and texts given twice, and events told in two ways; the later file is at fault."""
    sources: dict[str, str] = {}
    texts: dict[str, Draft] = {}
    claims: dict[str, str] = {}
    events: dict[str, tuple[str, EventEntry]] = {}
    for draft in drafts:
        if draft.document is None:
            continue
        source = draft.document.source
        yield from _taken(draft, ("source", "id"), source.id, sources)
        yield from _read_before(draft, source.files[0].sha256, texts)
        for number, claim in enumerate(draft.document.claims):
            yield from _taken(draft, ("claims", number, "id"), claim.id, claims)
        for number, entry in enumerate(draft.entries):
            yield from _told_otherwise(draft, number, *events.setdefault(entry.id, (draft.name, entry)))


def _read_before(draft: Draft, sha256: str, texts: dict[str, Draft]) -> Iterator[Problem]:
    """A problem where another file has the same text, unless this one says that it continues that file."""
    first = texts.setdefault(sha256, draft)
    known = first.document.source.id if first.document else ""
    if first is not draft and draft.continues != known:
        yield from _taken(draft, ("source", "sha256"), sha256, {sha256: first.name})


def _told_otherwise(draft: Draft, number: int, file: str, first: EventEntry) -> Iterator[Problem]:
    """A problem for each field in which an entry differs from the first entry on the same event."""
    for field in ("what", "planned"):
        if getattr(first, field) != getattr(draft.entries[number], field):
            message = f"{file} has {getattr(first, field)!r} for the event {first.id!r}."
            remedy = "Use the same words in each file, or another id for another event."
            path: FieldPath = ("events", number, field)
            yield draft.problem(Flaw(path, "one event, one description", message, remedy))


def _taken(draft: Draft, path: FieldPath, code: str, seen: dict[str, str]) -> Iterator[Problem]:
    """A problem if a code that must be given once has been seen; otherwise it is seen now."""
    if code in seen:
        message = f"{code!r} is already used in {seen[code]}."
        remedy = "Choose another id." if path[-1] == "id" else "Keep one seed file per text."
        yield draft.problem(Flaw(path, "given once", message, remedy, code))
    seen.setdefault(code, draft.name)


def _dangling(drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Links to claims that no file has."""
    documents = [(draft, draft.document) for draft in drafts if draft.document is not None]
    known = [claim.id for _, document in documents for claim in document.claims]
    for draft, document in documents:
        for number, claim in enumerate(document.claims):
            for link in claim.links:
                if link.claim not in known:
                    message = f"no seed file that loads has the claim {link.claim!r}."
                    remedy = f"{meant_word(link.claim, known)}Mend that file, or the link."
                    flaw = Flaw(("claims", number, "links"), "links lead on", message, remedy, link.claim)
                    yield draft.problem(flaw)


def _merge(drafts: Iterable[Draft]) -> tuple[tuple[Event, ...], list[Problem]]:
    """One event per id with all its mentions, by date; a problem for each that no document dates."""
    told: dict[str, list[tuple[Draft, int]]] = {}
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


def _undated(draft: Draft, number: int) -> Problem:
    message = f"no document dates the event {draft.entries[number].id!r}, so it is not shown."
    flaw = Flaw(("events", number, "date"), "event dated", message, "Give it a date, or leave it out.")
    return draft.problem(flaw).model_copy(update={"severity": Severity.WARNING})
