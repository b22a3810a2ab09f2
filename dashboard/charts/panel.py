"""Panels of stated figures."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.analysis.axis import claim_columns, together
from dashboard.charts.chart import Panel
from dashboard.words.claims import claim_words
from loaders.model import Claim
from loaders.vocabulary import Kind, MarkState, Measure


def claim_panel(claims: Sequence[Claim], title: str, subtitle: str) -> Panel:
    """A panel of stated figures; raises NotComparable where they do not count the same thing."""
    scale = "%" if claims[0].kind is Kind.SHARE else None
    return Panel(title, subtitle, "statement", _claim_rows(claims), claims[0].unit, scale)


def claim_groups(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims divided into those that may share an axis, in their order."""
    named = {claim.id: claim for claim in claims}
    return [[named[name] for name in rows["id"]] for rows in together(_claim_rows(claims)).groups]


def _claim_rows(claims: Sequence[Claim]) -> pd.DataFrame:
    rows = pd.DataFrame([_claim_mark(claim) for claim in claims])
    return rows.astype({"value": float, "lower": float, "upper": float})


def _claim_mark(claim: Claim) -> dict[str, object]:
    return claim_columns(claim) | {
        "label": _claim_label(claim),
        "value": claim.value,
        "lower": claim.lower,
        "upper": claim.upper,
        "words": claim_words(claim),
        "state": str(MarkState.VALUE),
        "emphasis": False,
        "id": claim.id,
        "hover": f"“{claim.printed}”, said by {claim.origin}",
    }


def _claim_label(claim: Claim) -> str:
    if claim.kind is Kind.MONEY and claim.measure is not Measure.PRICE:
        return f"{claim.measure.label.lower()}, {claim.origin}"
    return "stated"
