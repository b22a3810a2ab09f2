"""Sources: every edition and document, and the figures that rest on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.checks import Check
from dashboard.analysis.states import signed_words, with_states
from dashboard.charts.view import CitationText, Code, FileList, WebAddress
from dashboard.words.claims import claim_words, standing_words
from dashboard.words.sources import document_title
from loaders.documents import Seeds
from loaders.model import NOT_STATED, Claim, Document, Event, Mention, Source
from loaders.names import mineral_name, place_name
from loaders.store import Catalogue, Installed
from loaders.text import count, day, quoted
from loaders.units import display
from loaders.vocabulary import Basis, Kind, Measure, ReserveClass, Scheme, Status

# The list of sources ----------------------------------------------------------------------------------


class SourceEntry(NamedTuple):
    """A source as the page lists it: a name, how much rests on it, and the record it comes from."""

    source: Source
    name: str
    rests: str
    origin: Document | Installed


def entries(seeds: Seeds, catalogue: Catalogue, sizes: pd.Series) -> list[SourceEntry]:
    """Documents first, then editions, the newest first; `sizes` as `Snapshot.sizes`."""
    documents = [
        SourceEntry(document.source, document_name(document.source), _rests(document, seeds), document)
        for document in seeds.documents
    ]
    return documents + _editions(catalogue.editions, sizes)


def account_entries(catalogue: Catalogue, sizes: pd.Series) -> list[SourceEntry]:
    """The editions of one country's own account, the newest first; `sizes` as `Snapshot.sizes`."""
    return _editions(catalogue.national, sizes)


def _editions(items: Sequence[Installed], sizes: pd.Series) -> list[SourceEntry]:
    return [
        SourceEntry(
            item.source,
            edition_name(item),
            count(int(sizes.get((item.dataset.id, item.edition.edition), 0)), "figure")
            + ("" if item.bundled else ", your own edition"),
            item,
        )
        for item in reversed(items)
    ]


def edition_name(item: Installed) -> str:
    """An edition by its publisher; one of a country's own account by its title, which names the country."""
    said_by = item.dataset.short_title if item.dataset.country else item.dataset.said_by
    return f"{said_by}, edition {item.edition.edition}"


def holes(items: Sequence[Installed]) -> list[str]:
    """Which years have no edition between the first and the last one of a dataset that is at hand."""
    found: dict[str, list[Installed]] = {}
    for item in items:
        if item.edition.edition.isdecimal():
            found.setdefault(item.dataset.id, []).append(item)
    return [words for own in found.values() if (words := _hole(own))]


def _hole(items: Sequence[Installed]) -> str:
    years = {int(item.edition.edition) for item in items}
    missing = sorted({*range(min(years), max(years))} - years)
    if not missing:
        return ""
    return (
        f"Of {items[0].dataset.short_title} no edition {', '.join(map(str, missing))} is at hand; figures "
        "that it alone printed are missing."
    )


def document_name(source: Source) -> str:
    """Publisher and date; the id too where the document names neither publisher nor title."""
    unnamed = source.publisher == source.title == NOT_STATED
    return document_title(source) + (f" ({source.id})" if unnamed else "")


def _rests(document: Document, seeds: Seeds) -> str:
    events = len(mentioned(document, seeds.events))
    return f"{count(len(document.claims), 'figure')}, {count(events, 'event')}"


def facts(entry: SourceEntry) -> list[tuple[str, object]]:
    """What the source says of itself, 'not stated' where it says nothing, and the files that were read."""
    source, origin = entry.source, entry.origin
    return [
        ("publisher", source.publisher),
        ("title", source.title),
        ("author", source.author),
        *([("edition", source.edition)] if source.edition != NOT_STATED else []),
        ("published", _date(source.published)),
        ("accessed", _date(source.accessed)),
        ("address", WebAddress(source.address)),
        ("licence", source.licence),
        ("citation", CitationText(source.citation)),
        *([("note", source.note)] if source.note else []),
        *([("data version", Code(origin.edition.version))] if isinstance(origin, Installed) else []),
        ("files read" if len(source.files) > 1 else "file read", FileList(source.files)),
    ]


def _date(text: str) -> str:
    return NOT_STATED if text == NOT_STATED else day(text)


# Documents --------------------------------------------------------------------------------------------


def claim_lines(document: Document, checks: Mapping[str, Sequence[Check]]) -> list[tuple[object, ...]]:
    """A line per claim: phrase, figure, about, class and basis, paragraph, chain, against the statistics."""
    return [
        (
            quoted(claim.printed),
            claim_words(claim),
            _about(claim),
            _class_and_basis(claim),
            claim.paragraph,
            " → ".join(claim.chain),
            standing_words(claim, checks.get(claim.id, []))[0],
        )
        for claim in document.claims
    ]


def _about(claim: Claim) -> str:
    mineral = mineral_name(claim.mineral) if claim.mineral else "no mineral"
    return f"{mineral}, {place_name(claim.place)}: {claim.measure.label.lower()} ({claim.modality.label})"


def _class_and_basis(claim: Claim) -> str:
    reserve_class = (
        "" if claim.reserve_class is ReserveClass.NOT_APPLICABLE else f"class {claim.reserve_class.label}"
    )
    scheme = "" if claim.scheme in (Scheme.UNDEFINED, Scheme.NOT_APPLICABLE) else f" ({claim.scheme.label})"
    basis = "" if claim.basis is Basis.NOT_APPLICABLE else f"basis {claim.basis.label}"
    return ", ".join(part for part in (reserve_class + scheme, basis) if part) or Basis.NOT_APPLICABLE.label


def mentioned(document: Document, events: Sequence[Event]) -> list[tuple[object, ...]]:
    """A line per event that the document mentions: what, its date there, its words, paragraph."""
    return [
        (
            event.what + (" (the documents disagree on the date)" if event.disputed else ""),
            _span(mention),
            mention.printed_date,
            quoted(mention.phrase),
            mention.paragraph,
        )
        for event in events
        for mention in event.mentions
        if mention.source == document.source.id
    ]


def _span(mention: Mention) -> str:
    if mention.date is None:
        return "not dated"
    first = day(mention.date.isoformat())
    return f"{first} to {day(mention.until.isoformat())}" if mention.until else first


# Editions ---------------------------------------------------------------------------------------------


def measure_lines(observations: pd.DataFrame) -> list[tuple[object, ...]]:
    """A line per measure of one edition: minerals, places, figures, and how many have which status."""
    groups = observations.groupby("measure")
    found = groups.agg(
        minerals=("mineral", "nunique"), places=("place", "nunique"), figures=("value", "size")
    )
    found["numbers"] = groups["value"].count()
    for status in (Status.WITHHELD, Status.NOT_AVAILABLE):
        found[status.name] = (observations["status"] == status.value).groupby(observations["measure"]).sum()
    found["others"] = found["figures"] - found[
        ["numbers", Status.WITHHELD.name, Status.NOT_AVAILABLE.name]
    ].sum(axis=1)
    found = found.sort_values("figures", ascending=False)
    return [(Measure(str(code)).label, *map(int, line)) for code, *line in found.itertuples()]


def check_lines(
    item: Installed, claims: Sequence[Claim], checks: Mapping[str, Sequence[Check]]
) -> list[tuple[object, ...]]:
    """A line per claim: phrase, evidence here, outcome, reasons."""
    return [
        (
            quoted(claim.printed),
            " → ".join(claim.chain),
            _evidence(claim, check),
            check.outcome.label,
            " ".join(check.reasons),
        )
        for claim in claims
        for check in checks.get(claim.id, [])
        if (check.dataset, check.edition) == (item.dataset.id, item.edition.edition)
    ]


def _evidence(claim: Claim, check: Check) -> str:
    if check.evidence_value is None:
        return "none"
    scale = "1" if claim.kind is Kind.RATIO else None
    most, bound = ("at most ", "upper") if check.is_upper_bound else ("", "")
    return most + display(check.evidence_value, check.unit, scale, check.digits, bound)


ROW_COLUMNS = {
    "place": "place",
    "measure": "measure",
    "year": "year",
    "words": "figure",
    "printed_value": "printed",
    "printed_unit": "printed unit",
    "status": "status",
    "basis": "basis",
    "detail": "narrowed to",
    "note": "note",
    "file": "file",
    "row": "row",
    "column": "column",
}


def row_table(observations: pd.DataFrame) -> pd.DataFrame:
    """A small table of observations in words, as printed, with file, row and column."""
    lines = with_states(observations)
    lines = lines.assign(
        place=lines["place"].map(place_name),
        words=signed_words(lines),
        measure=lines["measure"].map(lambda code: Measure(code).label),
        status=lines["status"].map(lambda code: Status(code).label),
        basis=lines["basis"].map(lambda code: Basis(code).label),
    )
    return lines[list(ROW_COLUMNS)].rename(columns=ROW_COLUMNS)
