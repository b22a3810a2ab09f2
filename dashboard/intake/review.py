"""An article under review: what was found in it, what a person decided of each, and the seed file of that.

Nothing here writes a file, and nothing is accepted but by `decided`. A review is never changed: each step
gives another one, and `undone` the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from dashboard.analysis.repetition import Repetition, redated_event, repetitions, same_event
from loaders.articles import Article, Candidate, CutPiece, DatedEvent, read_again
from loaders.articles.blocks import Fields, claim_block, event_block
from loaders.articles.seeds import AcceptedClaim, compose_seed, source_fields
from loaders.documents import check_text, read_seed, read_seed_files
from loaders.documents.reading import Seeds
from loaders.files.table import InputFile
from loaders.model import Claim, Document, Event
from loaders.report import Problem
from loaders.vocabulary import Relation, Severity

TRIAL = "this-candidate"
"""The id of a claim that is only tried."""


class Verdict(StrEnum):
    """What a person decided of a candidate."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    LEFT_OUT = "left out"


@dataclass(frozen=True, eq=False)
class ReviewItem:
    """A figure or an event that was found: where it stands, what it would be as a block of a seed file.

    `lacks` says why it cannot be kept as it is; `look` what a person should check.
    """

    key: str
    block: Literal["claims", "events"]
    record: Candidate | DatedEvent
    printed: str
    start: int
    end: int
    paragraph: int
    fields: Fields
    lacks: str = ""
    look: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Review:
    """The state of a review; `current` is the key of what is looked at."""

    article: Article
    found: tuple[ReviewItem, ...]
    source: Fields
    decisions: Mapping[str, Verdict] = field(default_factory=dict)
    mended: Mapping[str, Fields] = field(default_factory=dict)
    current: str = ""
    before: Review | None = None
    known: dict[str, tuple[Fields, Claim | None]] = field(default_factory=dict, repr=False)
    """The claims that were tried before, each with the fields that it was made of."""

    def item(self, key: str) -> ReviewItem:
        """What was found under a key."""
        return next(item for item in self.found if item.key == key)

    def decision(self, key: str) -> Verdict:
        """What was decided of it."""
        return self.decisions.get(key, Verdict.WAITING)

    def fields(self, key: str) -> Fields:
        """Its fields, as mended where a person mended them."""
        return self.mended.get(key) or self.item(key).fields

    def lacks(self, key: str) -> str:
        """Why it cannot be kept as it stands; a mended one was checked when it was mended."""
        return "" if key in self.mended else self.item(key).lacks

    def of(self, decision: Verdict) -> list[ReviewItem]:
        """What was decided so, in the order of the text."""
        return [item for item in self.found if self.decision(item.key) is decision]


def begin(article: Article) -> Review:
    """The review of an article that was just read, at its first figure or event."""
    figures = [_figure(article, candidate) for candidate in article.candidates]
    events = [_event(number, event) for number, event in enumerate(article.events, 1)]
    found = tuple(sorted([*figures, *events], key=lambda item: (item.start, item.key)))
    return Review(article, found, source_fields(article), current=found[0].key if found else "")


def _figure(article: Article, candidate: Candidate) -> ReviewItem:
    block = claim_block(article, candidate)
    return ReviewItem(
        f"f{candidate.number}", "claims", candidate, candidate.printed, candidate.start, candidate.end,
        candidate.paragraph, block.fields, block.lacks, candidate.look,
    )  # fmt: skip


def _event(number: int, event: DatedEvent) -> ReviewItem:
    block = event_block(event)
    return ReviewItem(
        f"e{number}", "events", event, event.phrase, event.start, event.end, event.paragraph,
        block.fields, block.lacks,
    )  # fmt: skip


def reread(review: Review, article: Article) -> Review:
    """The review of the same text with another citation or day, or with more of it read.

    What was decided and mended stays with the words that it is of; what a person left as it was found in a
    mended one is as it is found now.
    """
    fresh = begin(article)
    keys = {_stand(item): item.key for item in fresh.found}
    now = {item.key: keys.get(_stand(item), "") for item in review.found}
    mended = {
        now[key]: _followed(value, review.item(key).fields, fresh.item(now[key]).fields)
        for key, value in review.mended.items()
        if now[key]
    }
    return replace(
        fresh,
        decisions={now[key]: value for key, value in review.decisions.items() if now[key]},
        mended=mended,
        current=now.get(review.current) or fresh.current,
    )


def _stand(item: ReviewItem) -> tuple[object, ...]:
    """Where an item stands; two events of a sentence differ by their dates."""
    return item.block, item.start, item.end, getattr(item.record, "printed_date", "")


def restored(review: Review, piece: CutPiece) -> Review:
    """The review with a piece that was cut read as part of the article."""
    article = read_again(review.article, review.article.day, piece)
    return replace(reread(review, article), before=review)


def _followed(mended: Fields, before: Fields, now: Fields) -> Fields:
    """Mended fields with what was left as it was found before as it is found now."""
    same = {name for name in {*before, *now} if mended.get(name) == before.get(name)}
    kept = {name: value for name, value in mended.items() if name not in same}
    chain, document = kept.get("chain"), before.get("chain", [])[-1:]
    if chain and chain[-1:] == document:  # whoever is named before it, the document comes last
        kept["chain"] = [*chain[:-1], *now["chain"][-1:]]
    return {**kept, **{name: now[name] for name in same if name in now}}


# Steps ------------------------------------------------------------------------------------------------


def decided(review: Review, decision: Verdict) -> Review:
    """The current one accepted or left out, and the next that waits looked at."""
    decisions = {**review.decisions, review.current: decision}
    done = replace(review, decisions=decisions, before=review)
    return replace(done, current=_next_waiting(done))


def _next_waiting(review: Review) -> str:
    """The next that waits after the current one, else the first that waits, else the current one."""
    keys = [item.key for item in review.found]
    place = keys.index(review.current)
    waiting = (key for key in keys[place:] + keys[:place] if review.decision(key) is Verdict.WAITING)
    return next(waiting, review.current)


def mended(review: Review, fields: Fields) -> Review:
    """The current one with other fields; it still waits for a decision."""
    return replace(review, mended={**review.mended, review.current: fields}, before=review)


def looked_at(review: Review, key: str) -> Review:
    """The review with another one looked at; an unknown key changes nothing."""
    known = any(item.key == key for item in review.found)
    return replace(review, current=key) if known else review


def stepped(review: Review, by: int) -> Review:
    """The one before or after the current one is looked at; the ends are ends."""
    keys = [item.key for item in review.found]
    place = keys.index(review.current) + by if keys else 0
    return replace(review, current=keys[min(max(place, 0), len(keys) - 1)]) if keys else review


def undone(review: Review) -> Review:
    """The review before the last decision or mending."""
    return review.before or review


# Trying and keeping -----------------------------------------------------------------------------------


def tried(review: Review, key: str, fields: Fields | None = None) -> tuple[Document | None, list[Problem]]:
    """A document with this one alone, or what keeps it out of a seed file.

    Every quotation is looked up in its line of the text.
    """
    item = review.item(key)
    content = dict(fields if fields is not None else review.fields(key)) | {"id": TRIAL}
    claims = [AcceptedClaim(1, content)] if item.block == "claims" else []
    events = [content] if item.block == "events" else []
    seed = compose_seed({**review.source, "id": "this-text"}, claims, events).encode()
    seeds = read_seed_files([InputFile("this candidate", seed)])
    if not seeds.documents:
        return None, list(seeds.problems)
    problems = [problem for problem in seeds.problems if problem.severity is Severity.ERROR]
    _, entries = read_seed(seed)
    misquoted = check_text(seeds.documents[0], review.article.text.encode(), entries)
    problems += [problem for problem in misquoted if problem.column.startswith(f"{TRIAL}.")]
    return (None if problems else seeds.documents[0]), problems


def source_problems(review: Review) -> list[Problem]:
    """What is wrong with the citation."""
    seed = compose_seed({**review.source, "id": "this-text"}, []).encode()
    return list(read_seed_files([InputFile("this text", seed)]).problems)


def claim_of(review: Review, key: str) -> Claim | None:
    """The claim that a figure would be; none for events and for what cannot be kept as it stands."""
    if review.item(key).block == "events" or review.lacks(key):
        return None
    fields = review.fields(key)
    held = review.known.get(key)
    if held is None or held[0] is not fields:
        document, _ = tried(review, key)
        held = review.known[key] = fields, document.claims[0] if document else None
    return held[1]


def known_claims(review: Review, key: str, seeds: Seeds) -> list[Repetition]:
    """The known claims that state the same figure; those of this very text have the same origin."""
    claim = claim_of(review, key)
    found = repetitions(claim, seeds.claims) if claim else []
    same = same_text(review, seeds)
    return [
        item._replace(same_origin=item.same_origin or _is_of(item.claim, same, review.item(key)))
        for item in found
    ]


def _is_of(claim: Claim, document: Document | None, item: ReviewItem) -> bool:
    return document is not None and claim.source == document.source.id and claim.paragraph == item.paragraph


def known_event(review: Review, key: str, seeds: Seeds) -> Event | None:
    """The known event that this one seems to be, of the same days or of other ones."""
    record = review.item(key).record
    if not isinstance(record, DatedEvent):
        return None
    same = same_event(record.phrase, record.date, record.until, seeds.events)
    if same or record.planned:
        return same
    on = {document.source.id: _day(document.source.published) for document in seeds.documents}
    published = {name: day for name, day in on.items() if day}
    told = _day(str(review.source["published"]))
    return redated_event(record.phrase, record.date, told, seeds.events, published)


def _day(printed: str) -> date | None:
    try:
        return date.fromisoformat(printed)
    except ValueError:
        return None


def same_text(review: Review, seeds: Seeds) -> Document | None:
    """The document that was read from this very text, if there is one."""
    sha256 = review.article.sha256
    return next((one for one in seeds.documents if one.source.files[0].sha256 == sha256), None)


def seed_of(review: Review, seeds: Seeds) -> str:
    """The seed file of what was accepted; empty where nothing was.

    Ids are not those of other documents. A claim that repeats a known one of the same origin is linked to
    it, and an event that is known is told by its id and words.
    """
    accepted = review.of(Verdict.ACCEPTED)
    if not accepted:
        return ""
    taken = {
        *(document.source.id for document in seeds.documents),
        *(claim.id for claim in seeds.claims),
        *(event.id for event in seeds.events),
    }
    claims = [_accepted(review, item, seeds) for item in accepted if item.block == "claims"]
    events = [_told(review, item, seeds) for item in accepted if item.block == "events"]
    return compose_seed(_source(review, seeds, taken), claims, events, taken)


def _source(review: Review, seeds: Seeds, taken: set[str]) -> dict[str, Any]:
    name = str(review.source["id"])
    own = next(free for n in range(1, 10_000) if (free := name if n == 1 else f"{name}-{n}") not in taken)
    before = same_text(review, seeds)
    return {**review.source, "id": own, **({"continues": before.source.id} if before else {})}


def _accepted(review: Review, item: ReviewItem, seeds: Seeds) -> AcceptedClaim:
    fields = dict(review.fields(item.key))
    record = item.record
    number, whole = (record.number, record.part_of) if isinstance(record, Candidate) else (0, None)
    linked = {str(link["claim"]) for link in fields.get("links", ())}
    same = [found.claim.id for found in known_claims(review, item.key, seeds) if found.same_origin]
    if same and same[0] not in linked:
        repeats = {"relation": str(Relation.REPEATS), "claim": same[0]}
        fields["links"] = [*fields.get("links", ()), repeats]
    return AcceptedClaim(number, fields, whole)


def _told(review: Review, item: ReviewItem, seeds: Seeds) -> Fields:
    fields = dict(review.fields(item.key))
    known = known_event(review, item.key, seeds)
    if known is None or item.key in review.mended:
        return fields
    fields.pop("planned", None)
    planned = {"planned": True} if known.planned else {}
    return {"id": known.id, **fields, "what": known.what, **planned}
