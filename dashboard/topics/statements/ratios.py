"""Comparisons of one place with another, most of them without an amount."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.axis import claim_columns
from dashboard.analysis.checks import Check
from dashboard.charts.chart import Chart, Panel, Stack
from dashboard.charts.table import shown_claims
from dashboard.charts.view import View, note
from dashboard.snapshot import Snapshot
from dashboard.topics.rows import claim_card_of, lead_check
from dashboard.words.claims import about
from dashboard.words.sources import claim_source_words
from loaders.model import Claim
from loaders.text import count
from loaders.units import display_times
from loaders.vocabulary import MarkState, Outcome


def ratio_view(claims: Sequence[Claim], checks: dict[str, list[Check]], data: Snapshot) -> View | None:
    """Comparisons of two places: each a panel, with why it cannot be checked."""
    if not claims:
        return None
    leads = {claim.id: lead_check(checks[claim.id], data) for claim in claims}
    parts = [ratio_panel(claim, leads[claim.id]) for claim in claims]
    source = f"Source: {claim_source_words(claims, data)}."
    checked = [
        claim
        for claim in claims
        if any(c.rows and c.outcome is not Outcome.CANNOT_CHECK for c in checks[claim.id])
    ]
    return View(
        "ratios",
        Chart(
            title=f"{_how_many(claims)}; the statistics allow {len(checked) or 'none'} to be checked",
            subtitle="How many times the one is the other, as stated; they compare different things.",
            source=source,
            alt="; ".join(f"{part.title}: {part.rows['words'].iloc[0]}" for part in parts),
            drawing=Stack(tuple(parts)),
            table=shown_claims(claims, data.source),
            name="ratios",
        ),
        cards=tuple(claim_card_of(claim, data) for claim in claims[:2]),
        why=note(
            "Why not checked",
            tuple(
                dict.fromkeys(
                    reason for found in leads.values() for check in found for reason in check.reasons
                )
            ),
        ),
    )


def _has_amount(claim: Claim) -> bool:
    return claim.value is not None or (claim.lower is not None and claim.upper is not None)


def _how_many(claims: Sequence[Claim]) -> str:
    """How many comparisons are stated, and how many of these without an amount."""
    without = sum(not _has_amount(claim) for claim in claims)
    stated = f"{count(len(claims), 'comparison')} {'is' if len(claims) == 1 else 'are'} made"
    return f"{stated}, {without or 'none'} of them without an amount"


def ratio_panel(claim: Claim, checks: Sequence[Check]) -> Panel:
    """A stated comparison on an axis of its own, with why the last of the checks has no answer."""
    amount = claim.lower is not None and claim.upper is not None
    row = claim_columns(claim) | {
        "label": "stated",
        "value": claim.value,
        "lower": claim.lower if amount else None,
        "upper": claim.upper if amount else None,
        "words": f"“{claim.printed_value}”",
        "state": str(MarkState.RANGE if amount else MarkState.WORD),
        "emphasis": False,
        "id": claim.id,
        "hover": f"“{claim.printed}”, said by {claim.origin}",
    }
    rows = pd.DataFrame([row]).astype({"value": float, "lower": float, "upper": float})
    said = f"{claim.origin}: {about(claim)}, {claim.measure.label.lower()}"
    reasons = " ".join(checks[-1].reasons) if checks else ""
    read = display_times(claim.lower or 0, claim.upper or 0)
    meaning = f"read as {read}" if amount else "no amount stated"
    return Panel(said, f"{meaning}. {reasons}", "statement", rows, "1", "1")
