"""The blocks of the page Figures: one for every claim of the documents, the events last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from dashboard.analysis.checks import Check
from dashboard.analysis.part_of import part_checks
from dashboard.charts.view import Block
from dashboard.snapshot import Data
from dashboard.topics.statements.amounts import part_block, quantity_block
from dashboard.topics.statements.events import event_block
from dashboard.topics.statements.money import money_block
from dashboard.topics.statements.ranks import rank_block
from dashboard.topics.statements.ratios import ratio_block
from dashboard.topics.statements.shares import share_block
from loaders.model import Claim
from loaders.vocabulary import Kind, Measure


def makers(data: Data, checks: dict[str, list[Check]]) -> dict[str, Callable[[], Block | None]]:
    """How to make each block, by its key, in the order of the page: so that the first shows at once."""
    claims = data.seeds.claims
    found: dict[str, Callable[[], Block | None]] = {}
    inside = {check.part for check in part_checks(claims) if check.share is not None and check.fits}
    for claim in claims:
        parts = [other for other in claims if other.part_of == claim.id and other.id in inside]
        parts = parts if claim.kind is Kind.QUANTITY else []
        if parts:
            found[f"part-{claim.id}"] = partial(part_block, claim, parts, data)
        if claim.kind in _MAKERS and claim.measure is not Measure.REVENUE_CONTRIBUTION:
            if claim.kind is Kind.QUANTITY and parts:
                continue  # a whole stands with its parts
            key, make = _MAKERS[claim.kind]
            found[f"{key}-{claim.id}"] = partial(make, claim, checks[claim.id], data)
    for document in data.seeds.documents:
        found[f"money-{document.source.id}"] = partial(money_block, document.claims, document.source, data)
    ratios = [claim for claim in claims if claim.kind is Kind.RATIO]
    found["ratios"] = partial(ratio_block, ratios, checks, data)
    found["events"] = partial(event_block, data.seeds.events, data)
    return found


_MAKERS: dict[Kind, tuple[str, Callable[[Claim, Sequence[Check], Data], Block]]] = {
    Kind.QUANTITY: ("amount", quantity_block),
    Kind.SHARE: ("share", share_block),
    Kind.RANK: ("rank", rank_block),
}


def blocks(data: Data, checks: dict[str, list[Check]]) -> list[Block]:
    """A block for every claim of the documents, money together, and the events last."""
    return [block for make in makers(data, checks).values() if (block := make())]
