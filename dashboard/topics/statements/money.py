"""Sums of money, with who named them and what became of them; never with tonnes."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.chart import Chart
from dashboard.charts.panel import claim_groups, claim_panel
from dashboard.charts.table import shown_claims
from dashboard.charts.view import Block
from dashboard.drawing.bars import panels
from dashboard.snapshot import Data
from dashboard.topics.rows import claim_card_of
from dashboard.words.claims import claim_words
from dashboard.words.sources import claim_source_words
from loaders.model import Claim, Source
from loaders.vocabulary import Kind, Measure


def money_block(claims: Sequence[Claim], source: Source, data: Data) -> Block | None:
    """The sums that a document names, and shares of revenue in a panel of their own; never with tonnes."""
    sums = [claim for claim in claims if claim.kind is Kind.MONEY]
    if not sums:
        return None
    shares = [claim for claim in claims if claim.measure is Measure.REVENUE_CONTRIBUTION]
    largest = max(sums, key=lambda claim: claim.value or 0)
    parts = [
        claim_panel(group, _title(group), "US dollars; price year not stated") for group in claim_groups(sums)
    ]
    if shares:
        parts.append(
            claim_panel(shares, "Share of future revenues", "percent of revenues, a plan, not a sum")
        )
    where = f"Source: {claim_source_words([*sums, *shares], data)}."
    return Block(
        f"money-{source.id}",
        Chart(
            panels(parts, where),
            f"{claim_words(largest)} was proposed as a fund; {_what_became(largest)}",
            "Sums of money as stated, each with who named it. No statistics of minerals apply to them.",
            where,
            "Sums named: "
            + "; ".join(
                f"{claim_words(c)} ({c.measure.label.lower()}, {c.origin})" for c in [*sums, *shares]
            ),
            shown_claims([*sums, *shares], data.source),
            f"{source.id}-money",
        ),
        tuple(claim_card_of(claim, data) for claim in (*sums[:1], *shares[:1])),
        tuple(dict.fromkeys(claim.outcome for claim in sums if claim.outcome)),
        "What became of it.",
    )


def _title(sums: Sequence[Claim]) -> str:
    return f"Sums named: {sums[0].measure.label.lower()}"


def _what_became(claim: Claim) -> str:
    text = claim.outcome.split(".")[0].strip()
    return (text[:1].lower() + text[1:]) if text else "what became of it is not stated"
