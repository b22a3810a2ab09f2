"""Sources in words: the line inside a chart, a document by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from dashboard.snapshot import Snapshot
from loaders.model import NOT_STATED, Claim, Source
from loaders.store import Installed
from loaders.text import day


def publishers_of(rows: pd.DataFrame, data: Snapshot) -> str:
    pairs = rows[["dataset", "edition"]].drop_duplicates().itertuples(index=False)
    return ", ".join(dict.fromkeys(data.installed(d, e).dataset.said_by for d, e in pairs))


def span_of(editions: pd.Series) -> str:
    low, high = min(editions), max(editions)
    return str(low) if low == high else f"{low} to {high}"


def with_years(finding: str, years: Iterable[int]) -> str:
    """A finding with the year of its figures, or the first and last: "China makes 62 % of alumina (2025)".

    Behind what is in brackets they stand without any.
    """
    span = span_of(pd.Series(list(years)))
    return f"{finding}, {span}" if finding.endswith(")") else f"{finding} ({span})"


def source_line(claims: Sequence[Claim], rows: pd.DataFrame, data: Snapshot) -> str:
    """The line inside a chart: who said it, and the editions that rows are of."""
    return f"{sources_words(claims, rows, data)}."


def sources_words(claims: Sequence[Claim], rows: pd.DataFrame, data: Snapshot) -> str:
    """The same, to be gone on with."""
    parts = [claim_source_words(claims, data)] if claims else []
    if not rows.empty:
        for dataset, group in rows.groupby("dataset", sort=True):
            newest = data.installed(str(dataset), str(max(group["edition"])))
            parts.append(edition_source_words(newest, span_of(group["edition"])))
    return f"Sources: {'; '.join(parts)}"


def edition_source_words(newest: Installed, span: str = "") -> str:
    """An edition with the day of its publication, as far as that is known; or a span up to the newest."""
    edition, published = newest.edition.edition, newest.source.published
    several = "" if span in ("", edition) else "the latest "
    dated = "" if published == NOT_STATED else f", {several}published {day(published)}"
    return f"{newest.dataset.short_title} {span or edition}{dated}"


def claim_source_words(claims: Sequence[Claim], data: Snapshot) -> str:
    lines = dict.fromkeys(f"{_chain(claim)}, {day(data.source(claim.source).published)}" for claim in claims)
    return "; ".join(lines)


def _chain(claim: Claim) -> str:
    first, *rest = claim.chain
    return " via ".join([first, *rest[:-1]]) + (f", in {rest[-1]}" if rest else "")


def source_of(data: Snapshot, dataset: str, edition: str) -> tuple[str, Source]:
    """How an edition's publisher is called, and its source record."""
    item = data.installed(dataset, edition)
    return item.dataset.said_by, item.source


def document_title(source: Source) -> str:
    """Publisher and date, or what stands for them where they are not stated."""
    publisher = source.publisher
    if publisher == NOT_STATED:
        publisher = (
            f"“{source.title}”" if source.title != NOT_STATED else "Document without a publisher's name"
        )
    return f"{publisher}, {day(source.published)}"
