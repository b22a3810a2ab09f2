"""Accepted candidates and events become the text of a seed file, which the product's loader then reads.

A candidate that a seed file cannot hold is left out, with the reason; see `loaders.articles.blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import tomlkit
from tomlkit.items import Table

from loaders.articles.blocks import Fields, claim_block, event_block
from loaders.articles.records import Article, Candidate, Citation, DatedEvent
from loaders.model import NOT_STATED

_LONGEST_ID = 60


class LeftOut(NamedTuple):
    """A candidate that the seed does not hold, and why."""

    number: int
    reason: str


class SeedText(NamedTuple):
    """The TOML text of a seed file, and what was left out of it."""

    text: str
    left_out: tuple[LeftOut, ...]


class AcceptedClaim(NamedTuple):
    """The fields of an accepted claim, its number in the text, and that of the claim it is counted in."""

    number: int
    fields: Fields
    part_of: int | None = None


def seed_text(
    article: Article, candidates: Iterable[Candidate], events: Iterable[DatedEvent] = ()
) -> SeedText:
    """A seed file of the accepted candidates and events of an article.

    Candidates may be mended copies (`model_copy`) of those of the article. A candidate that the seed format
    cannot hold is left out and told: a measure that the vocabulary lacks, a place or mineral that is not
    stated, a number whose words the unit table does not read.
    """
    claims, left_out = [], []
    for candidate in candidates:
        block = claim_block(article, candidate)
        if block.lacks:
            left_out.append(LeftOut(candidate.number, block.lacks))
        else:
            claims.append(AcceptedClaim(candidate.number, block.fields, candidate.part_of))
    told = [event_block(event).fields for event in events]
    return SeedText(compose_seed(source_fields(article), claims, told), tuple(left_out))


def compose_seed(
    source: Fields,
    claims: Sequence[AcceptedClaim],
    events: Iterable[Fields] = (),
    taken: Collection[str] = (),
) -> str:
    """A seed file of blocks; those without an id get one that is not among `taken`.

    A claim whose whole is among the claims is linked to it.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment(f"Read from {source['file']}, and accepted by a person."))
    document["source"] = _table(source)
    ids = _Ids(str(source["id"]), taken)
    named = {claim.number: _named(claim.fields, ids) for claim in claims}
    if claims:
        document["claims"] = _blocks(_linked(claim, named) for claim in claims)
    told = [{"id": ids.new(str(event["what"])), **event} for event in events]
    if told:
        document["events"] = _blocks(told)
    return tomlkit.dumps(document)


def _blocks(listed: Iterable[Fields]) -> Any:
    tables = tomlkit.aot()
    for fields in listed:
        tables.append(_table(fields))
    return tables


def _table(fields: Fields) -> Table:
    table = tomlkit.table()
    for name, value in fields.items():
        table[name] = _links(value) if name == "links" else value
    return table


def _links(links: Iterable[Fields]) -> Any:
    lines = tomlkit.array()
    for link in links:
        line = tomlkit.inline_table()
        line.update(dict(link))
        lines.append(line)
    return lines


# The source


def source_fields(article: Article) -> dict[str, Any]:
    """The fields of the block `[source]`: what the article prints about itself."""
    citation = article.citation
    return {
        "id": source_id(citation, article.sha256),
        "publisher": citation.publisher,
        "title": citation.title,
        "author": citation.author,
        "published": article.day.isoformat() if article.day else NOT_STATED,
        "address": citation.address,
        "licence": citation.licence,
        "file": article.name,
        "sha256": article.sha256,
    }


def source_id(citation: Citation, sha256: str) -> str:
    """An id such as `my-paper-2026-01-31`; of the title or the text's hash where no publisher is stated."""
    stated = [text for text in (citation.publisher, citation.title) if text != NOT_STATED]
    name = _slug(stated[0]) if stated else ""
    when = "" if citation.published == NOT_STATED else f"-{citation.published}"
    return f"{name or 'document'}{when or '-' + sha256[:8]}"


def _slug(text: str, longest: int = 40) -> str:
    """Small letters, digits and hyphens, as far as a text has them."""
    slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return slug[:longest].strip("-")


# Ids and links


class _Ids:
    """Ids of claims and events, each once."""

    def __init__(self, source: str, taken: Collection[str]) -> None:
        self.source = source
        self.taken = set(taken)

    def new(self, *words: str) -> str:
        """An id made of words, with a number where it is taken."""
        base = "-".join(filter(None, (_slug(word, 24) for word in words)))[:_LONGEST_ID].strip("-") or "claim"
        base = f"{self.source[:15].strip('-.')}-{base}"
        name = next(
            name for n in range(1, 10_000) if (name := base if n == 1 else f"{base}-{n}") not in self.taken
        )
        self.taken.add(name)
        return name


_NAMED_BY = ("place", "mineral", "measure", "kind")


def _named(claim: Fields, ids: _Ids) -> dict[str, Any]:
    words = (str(claim.get(field, "")) for field in _NAMED_BY)
    return {"id": claim.get("id") or ids.new(*words), **claim}


def _linked(claim: AcceptedClaim, named: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """A claim with the link to its whole, where that was accepted too."""
    own, whole = named[claim.number], named.get(claim.part_of or 0)
    if whole is None or whole["id"] == own["id"]:
        return own
    link = {"relation": "part_of", "claim": whole["id"]}
    others = [other for other in own.get("links", ()) if dict(other) != link]
    return {**own, "links": [*others, link]}
