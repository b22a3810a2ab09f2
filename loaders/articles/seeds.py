"""Accepted candidates and events become the text of a seed file, which the product's loader then reads.

A seed never states another number than the one that was accepted: each value is read again from its
printed words by `loaders.units`, and a candidate whose words make another number is left out, with the
reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import tomlkit
from tomlkit.items import Table

from loaders.articles.events import LONGEST_PHRASE
from loaders.articles.records import RATIO_UNIT, Article, Candidate, Citation, DatedEvent
from loaders.errors import MineralsError
from loaders.knowledge import rules
from loaders.model import NOT_STATED
from loaders.names import places
from loaders.units import PhraseReading, currencies, parse_quantity
from loaders.vocabulary import Basis, Kind, Measure, Modality

LEFT_OUT = "…"
_NEAR = 1e-6
_LONGEST_ID = 60
_MONEY = frozenset({"fund", "debt", "aid", "revenue_contribution", "loan", "investment", "cost"})
_IN_GROUND = frozenset({"reserves", "resources", "holdings"})
_NOT_SEEDED = "by a person: the seed format has no word for it yet"


class LeftOut(NamedTuple):
    """A candidate that the seed does not hold, and why."""

    number: int
    reason: str


class SeedText(NamedTuple):
    """The TOML text of a seed file, and what was left out of it."""

    text: str
    left_out: tuple[LeftOut, ...]


class _Quoted(NamedTuple):
    printed: str
    value: str


def seed_text(
    article: Article, candidates: Iterable[Candidate], events: Iterable[DatedEvent] = ()
) -> SeedText:
    """A seed file of the accepted candidates and events of an article.

    Candidates may be mended copies (`model_copy`) of those of the article. A candidate that the seed format
    cannot hold is left out and told: a measure that the vocabulary lacks, a place or mineral that is not
    stated, a number whose words the unit table does not read.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment(f"Read from {article.name}, and accepted by a person."))
    source = _source(article)
    document["source"] = source
    claims, left_out, ids = tomlkit.aot(), [], _Ids(str(source["id"]))
    accepted = list(candidates)
    for candidate in accepted:
        made = _claim(article, candidate, ids)
        if isinstance(made, LeftOut):
            left_out.append(made)
        else:
            claims.append(made)
    _link(claims, accepted, ids)
    if len(claims):
        document["claims"] = claims
    told = tomlkit.aot()
    for event in events:
        told.append(_event(event, ids))
    if len(told):
        document["events"] = told
    return SeedText(tomlkit.dumps(document), tuple(left_out))


# The source


def _source(article: Article) -> Table:
    citation = article.citation
    table = tomlkit.table()
    table["id"] = source_id(citation, article.sha256)
    for field in ("publisher", "title", "author"):
        table[field] = getattr(citation, field)
    table["published"] = article.day.isoformat() if article.day else NOT_STATED
    table["address"] = citation.address
    table["licence"] = citation.licence
    table["file"] = article.name
    table["sha256"] = article.sha256
    return table


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


class _Ids:
    """Ids of claims and events, each once; remembers which claim a candidate became."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.taken: set[str] = set()
        self.claims: dict[int, str] = {}

    def new(self, *words: str) -> str:
        """An id made of words, with a number where it is taken."""
        base = "-".join(filter(None, (_slug(word, 24) for word in words)))[:_LONGEST_ID].strip("-") or "claim"
        base = f"{self.source[:15].strip('-.')}-{base}"
        name = next(
            name for n in range(1, 10_000) if (name := base if n == 1 else f"{base}-{n}") not in self.taken
        )
        self.taken.add(name)
        return name


# Claims


@cache
def _measures() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rules("article_measure_codes")}


@cache
def _bases() -> dict[str, str]:
    return {row["basis"]: row["ours"] for row in rules("article_bases")}


def _claim(article: Article, candidate: Candidate, ids: _Ids) -> Table | LeftOut:
    problem = _lacks(candidate)
    quoted = None if problem else _quotation(article, candidate)
    if quoted is None:
        reason = problem or "The printed words do not make this number by the unit table; write it by hand."
        return LeftOut(candidate.number, reason)
    measure = _measures()[candidate.measure or ""]
    table = tomlkit.table()
    table["id"] = ids.new(
        candidate.place or "", candidate.mineral or "", str(candidate.measure), candidate.kind
    )
    ids.claims[candidate.number] = str(table["id"])
    table["kind"] = str(candidate.kind)
    table["mineral"] = candidate.mineral
    table["name"] = _shortened(candidate.name or str(candidate.mineral))
    table["place"] = candidate.place
    compared = candidate.compared_place or measure["compared"]
    if compared and compared != candidate.place:
        table["compared_place"] = compared
    _put_meaning(table, candidate, measure["ours"])
    _put_quotation(table, article, candidate, quoted)
    return table


_OF_STATISTICS = (Measure.IMPORTS, Measure.EXPORTS, Measure.PRICE)
"""Measures of tables of trade and prices, against which no statement is checked."""


def _lacks(candidate: Candidate) -> str:
    """What a seed needs and a candidate does not have; empty where it has all."""
    for field in ("mineral", "place", "measure"):
        if getattr(candidate, field) is None:
            return f"The {field} is not stated; choose one."
    ours = _measures().get(candidate.measure or "", {}).get("ours", "")
    if ours not in {str(measure) for measure in Measure if measure not in _OF_STATISTICS}:
        return f"The measure {candidate.measure!r} is to be recorded {_NOT_SEEDED}."
    if candidate.place not in places().index:
        return f"The place {candidate.place!r} is to be recorded {_NOT_SEEDED}."
    if "/" in candidate.unit:
        return f"A price is to be recorded {_NOT_SEEDED}."
    return ""


def _put_meaning(table: Table, candidate: Candidate, ours: str) -> None:
    ground = ours in _IN_GROUND
    table["measure"] = ours
    table["class"] = candidate.reserve_class if ground else "not_applicable"
    table["scheme"] = "undefined" if ground else "not_applicable"
    table["basis"] = _basis(candidate, ours)
    known = {str(modality) for modality in Modality}
    table["modality"] = candidate.modality if candidate.modality in known else "reported"


def _basis(candidate: Candidate, ours: str) -> str:
    if ours in _MONEY:
        return "not_applicable"
    known = {str(basis) for basis in Basis}
    named = _bases().get(candidate.basis, candidate.basis)
    return named if named in known else "undefined"


def _put_quotation(table: Table, article: Article, candidate: Candidate, quoted: _Quoted) -> None:
    table["printed"] = quoted.printed
    table["value"] = quoted.value
    if candidate.ton:
        table["ton"] = candidate.ton
        table["ton_reason"] = "Accepted by the reviewer as this ton."
    if candidate.currency_inferred:
        table["currency"] = candidate.unit
        table["currency_reason"] = "No currency is printed at the number; a sum before it has this one."
    publisher = article.citation.publisher
    last = publisher if publisher != NOT_STATED else "the document, publisher not stated"
    table["chain"] = [*candidate.said_by, last]
    table["paragraph"] = candidate.paragraph
    notes = [*candidate.look]
    if candidate.year is not None:
        notes.insert(0, f"Said of {candidate.year}.")
    if candidate.modality not in {str(modality) for modality in Modality}:
        notes.insert(0, "The text denies it.")
    if notes:
        table["note"] = " ".join(notes)


def _link(claims: Iterable[Table], accepted: Sequence[Candidate], ids: _Ids) -> None:
    """Put the whole to each part whose whole was accepted too."""
    tables = {str(table["id"]): table for table in claims}
    for candidate in accepted:
        own, whole = ids.claims.get(candidate.number), ids.claims.get(candidate.part_of or 0)
        if own and whole and own != whole:
            link = tomlkit.inline_table()
            link.update({"relation": "part_of", "claim": whole})
            tables[own]["links"] = [link]


# Quotations


def _quotation(article: Article, candidate: Candidate) -> _Quoted | None:
    """The words to quote, and those of them that make the accepted number; none where no words do."""
    for quoted in _ways(article, candidate):
        if _reads_as(quoted.value, candidate):
            return quoted
    return None


def _ways(article: Article, candidate: Candidate) -> list[_Quoted]:
    line = _line(article.text, candidate.start)
    found = [
        _Quoted(_widened(line, words, candidate.name), words)
        for words in (candidate.printed, candidate.words)
    ]
    series = _series(article, candidate)
    return [*([series] if series else []), *(quoted for quoted in found if quoted.value in line)]


def _series(article: Article, candidate: Candidate) -> _Quoted | None:
    """ "500, 350, or 100 billion": the first is quoted as "500 … billion"."""
    same = [
        other
        for other in article.candidates
        if other.sentence == candidate.sentence and other.start > candidate.start
    ]
    whole = next((other for other in same if not other.printed.replace(",", "").isdigit()), None)
    if whole is None or not candidate.printed.replace(",", "").isdigit():
        return None
    tail = re.sub(r"^[\d.,\s]+", "", whole.words)
    printed = article.text[candidate.start : whole.end]
    if "\n" in printed or len(printed.split()) > LONGEST_PHRASE:
        return None
    return _Quoted(printed, f"{candidate.printed} {LEFT_OUT} {tail}")


def _line(text: str, place: int) -> str:
    """The line of a text around a place."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return text[start : end if end >= 0 else len(text)]


def _widened(line: str, words: str, name: str) -> str:
    """A quotation of up to ten words that reaches the mineral's name, where that is near."""
    start = line.find(words)
    after = line[start + len(words) :]
    place = after.find(name) if name else -1
    longer = words + after[: place + len(name)] if place >= 0 else words
    return longer.strip() if len(longer.split()) <= LONGEST_PHRASE else _shortened(words)


def _shortened(words: str) -> str:
    return " ".join(words.split(" ")[:LONGEST_PHRASE]).strip()


def _reads_as(words: str, candidate: Candidate) -> bool:
    reading = _read(words, candidate)
    unit = "1" if candidate.unit == RATIO_UNIT else candidate.unit
    if reading is None or reading.unit != unit:
        return False
    if candidate.kind is Kind.RATIO and reading.value == candidate.value:
        return True
    pairs = zip(reading[:3], (candidate.value, candidate.lower, candidate.upper), strict=True)
    return all(_near(one, other) for one, other in pairs)


def _read(words: str, candidate: Candidate) -> PhraseReading | None:
    """The reading of the seed loader: ratio words by their table, all others by the unit table."""
    words = " ".join(words.replace(LEFT_OUT, " ").split())
    for row in rules("ratio_words") if candidate.kind is Kind.RATIO else ():
        if row["words"] == words.casefold():
            value, lower, upper = (
                float(row[field]) if row[field] else None for field in ("value", "lower", "upper")
            )
            return PhraseReading(value, lower, upper, "1", words, "", "")
    money = candidate.currency_inferred and candidate.unit in currencies()
    try:
        return parse_quantity(f"{words} {candidate.unit}" if money else words, ton=candidate.ton or None)
    except MineralsError:
        return None


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _NEAR * max(abs(one), abs(other))


# Events


def _event(event: DatedEvent, ids: _Ids) -> Table:
    table = tomlkit.table()
    table["id"] = ids.new(event.phrase)
    table["what"] = event.phrase
    if event.planned:
        table["planned"] = True
    if event.date is not None:
        table["date"] = event.date
        if event.until is not None:
            table["until"] = event.until
    if event.printed_date != NOT_STATED:
        table["printed_date"] = _shortened(event.printed_date)
    if event.decision:
        table["decision"] = event.decision
    table["paragraph"] = event.paragraph
    table["phrase"] = event.phrase
    return table


def measure_code(measure: str | None) -> str:
    """The measure of the product's vocabulary for one of the reader's; empty where there is none."""
    return _measures().get(measure or "", {}).get("ours", "")
