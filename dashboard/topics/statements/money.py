"""Sums of money, with who named them and what became of them; never with tonnes."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.chart import Chart, Stack
from dashboard.charts.panel import claim_groups, claim_panel
from dashboard.charts.table import shown_claims
from dashboard.charts.view import View, note
from dashboard.snapshot import Snapshot
from dashboard.topics.rows import claim_card_of
from dashboard.words.claims import claim_words
from dashboard.words.sources import claim_source_words
from loaders.model import Claim, Source
from loaders.text import in_sentence
from loaders.vocabulary import Kind, Measure, Modality


def money_view(claims: Sequence[Claim], source: Source, data: Snapshot) -> View | None:
    """The sums that a document names, and shares of revenue in a panel of their own; never with tonnes."""
    sums = [claim for claim in claims if is_sum(claim)]
    if not sums:
        return None
    shares = [claim for claim in claims if claim.measure is Measure.REVENUE_CONTRIBUTION]
    largest = max(sums, key=lambda claim: claim.value or 0)
    parts = [
        claim_panel(group, _title(group), f"{_currency(group[0].unit)}; price year not stated")
        for group in claim_groups(sums)
    ]
    if shares:
        parts.append(
            claim_panel(shares, "Share of future revenues", "percent of revenues, a plan, not a sum")
        )
    where = f"Source: {claim_source_words([*sums, *shares], data)}."
    return View(
        f"money-{source.id}",
        Chart(
            title=_finding(largest),
            subtitle="Sums of money as stated, each with who named it. No statistics of minerals apply to "
            "them.",
            source=where,
            alt="Sums named: "
            + "; ".join(
                f"{claim_words(c)} ({c.measure.label.lower()}, {c.origin})" for c in [*sums, *shares]
            ),
            drawing=Stack(tuple(parts)),
            table=shown_claims([*sums, *shares], data.source),
            name=f"{source.id}-money",
        ),
        cards=tuple(claim_card_of(claim, data) for claim in (*sums[:1], *shares[:1])),
        why=note("What became of it", tuple(dict.fromkeys(claim.outcome for claim in sums if claim.outcome))),
    )


def is_sum(claim: Claim) -> bool:
    """Whether a claim states a sum of money: a price is none."""
    return claim.kind is Kind.MONEY and claim.measure is not Measure.PRICE


def _finding(largest: Claim) -> str:
    """The largest sum, what it is, and what became of it where it was only meant to be."""
    words, measure = claim_words(largest), in_sentence(largest.measure.label)
    if largest.modality is Modality.PROPOSAL and largest.measure is Measure.FUND:
        return f"{words} was proposed as a fund; {_what_became(largest)}"
    told = f"{words} is the largest sum named: {measure}, {largest.modality.label}"
    return f"{told}; {_what_became(largest)}" if largest.outcome else told


def _currency(code: str) -> str:
    return "US dollars" if code == "USD" else code


def _title(sums: Sequence[Claim]) -> str:
    return f"Sums named: {sums[0].measure.label.lower()}"


def _what_became(claim: Claim) -> str:
    text = claim.outcome.split(".")[0].strip()
    return in_sentence(text) if text else "what became of it is not stated"
