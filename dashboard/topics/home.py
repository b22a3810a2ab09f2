"""The first page: three headlines computed from what is loaded."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.snapshot import Snapshot
from dashboard.topics import claims, glance, revisions
from dashboard.topics.parameters import Asked, Topic, settle_asked
from dashboard.topics.statements.ranks import rank_finding
from loaders.model import Claim
from loaders.text import quoted
from loaders.vocabulary import Kind


class Headline(NamedTuple):
    """A title that a view computes, its sources, and the page and link that show the view."""

    title: str
    about: str
    page: str
    link: dict[str, str]


def headlines(data: Snapshot) -> list[Headline]:
    """What the first claim with a rank comes to, how concentrated output is, and the largest revision."""
    found = [_headline(glance, {}, "glance", data), _headline(revisions, {}, "revisions", data)]
    claim = _first_claim(data)
    if claim:
        found.insert(0, _stated(claim, data))
    return [item for item in found if item]


def _stated(claim: Claim, data: Snapshot) -> Headline | None:
    """A claim with its words; on what an open rank depends is said on its page."""
    found = _headline(claims, {"claim": claim.id, "edition": claims.ALL_EDITIONS}, "claims", data)
    if not found:
        return None
    is_rank = claim.kind is Kind.RANK
    title = rank_finding(claim, data.checks[claim.id], data, reasons=False) if is_rank else found.title
    about = f"Stated: {quoted(claim.printed)}. {found.about}"
    return found._replace(title=title, about=about, link={"claim": claim.id})


def _headline(topic: Topic, wanted: Asked, page: str, data: Snapshot) -> Headline | None:
    """What a topic finds, in which edition, by which sources; later figures are said on its page."""
    asked, _ = settle_asked(topic.PARAMETERS, wanted, data)
    chart = topic.view(asked, data).chart
    edition = {name: asked[name] for name in ("edition",) if name in asked}
    return Headline(chart.title, chart.source, page, edition) if chart else None


def _first_claim(data: Snapshot) -> Claim | None:
    """The first stated rank that an edition has figures for, else the first such claim of any kind."""
    checked = [claim for claim in data.seeds.claims if any(c.rows for c in data.checks.get(claim.id, ()))]
    ranks = [claim for claim in checked if claim.kind is Kind.RANK]
    return next(iter([*ranks, *checked]), None)
